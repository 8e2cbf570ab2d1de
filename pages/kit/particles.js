// Korean particles after words and numbers that are known only when a sentence is filled in: the
// same rules as core/korean.py, held to the same cases by a test of each.

/** @type {Record<string, [string, string]>} after a consonant, after a vowel */
const PAIRS = {
  "이(가)": ["이", "가"], "은(는)": ["은", "는"], "을(를)": ["을", "를"], "과(와)": ["과", "와"],
  "으로(로)": ["으로", "로"], "이라(라)": ["이라", "라"], "이었(였)": ["이었", "였"],
  "이어(여)": ["이어", "여"],
};
const PAIR = /이\(가\)|은\(는\)|을\(를\)|과\(와\)|으로\(로\)|이라\(라\)|이었\(였\)|이어\(여\)/g;
const WORD = /(?:[\d.,]*\d|[A-Za-z]+|[가-힣]|\p{L}|%)(?=[^\p{L}\p{N}_%]*$)/u;
const DIGITS = ["consonant", "ㄹ", "vowel", "consonant", "vowel", "vowel", "consonant", "ㄹ", "ㄹ",
  "vowel"]; // 영 일 이 삼 사 오 육 칠 팔 구
/** @type {Record<string, string>} */
const LETTERS = { L: "ㄹ", M: "consonant", N: "consonant" };

/** @param {string} text */
export function particles(text) {
  let done = "";
  let begin = 0;
  for (const match of text.matchAll(PAIR)) {
    done += text.slice(begin, match.index);
    const end = endOf(done);
    const consonant = end === "consonant" || (end === "ㄹ" && match[0] !== "으로(로)");
    done += end ? PAIRS[match[0]][consonant ? 0 : 1] : match[0];
    begin = match.index + match[0].length;
  }
  return done + text.slice(begin);
}

/** @param {string} text @returns {string | null} */
function endOf(text) {
  const word = text.match(WORD)?.[0];
  if (!word) return null;
  const last = word[word.length - 1];
  if (/\d/.test(last)) {
    const trillions = !word.includes(".") && /0{12,15}$/.test(word.replaceAll(",", ""));
    return trillions ? "vowel" : DIGITS[Number(last)];
  }
  if (/[가-힣]/.test(last)) {
    const final = (last.charCodeAt(0) - 0xac00) % 28;
    return final === 0 ? "vowel" : final === 8 ? "ㄹ" : "consonant";
  }
  if (word === "%") return "vowel"; // 퍼센트
  return /^[A-Za-z]+$/.test(word) ? ofLatin(word) : null;
}

/** @param {string} word */
function ofLatin(word) {
  if (word === word.toUpperCase() || word.length === 1) {
    return LETTERS[word[word.length - 1].toUpperCase()] ?? "vowel";
  }
  const low = word.toLowerCase();
  const spoken = /[lmn]e$/.test(low) ? low.slice(0, -1) : low;
  if (spoken.endsWith("l")) return "ㄹ";
  return /(?:[mn]|ng|(?:^|[^aeiou])[aeiou][bckpt])$/.test(spoken) ? "consonant" : "vowel";
}
