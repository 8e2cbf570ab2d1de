// One's own answers, and the goals that were reached, as a page of its own to keep or to hand in.

const ESCAPED = /** @type {Record<string, string>} */ (
  { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" });

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ESCAPED[sign])
  .replace(/\*([^*]+)\*/g, "<em>$1</em>").replace(/`([^`]+)`/g, "<code>$1</code>");

// What was tried of each question, on whichever page it was asked last.
/** @param {RecallPage[]} course @param {Memory} kept */
function tried(course, kept) {
  /** @type {Record<string, number[]>} */
  const tries = {};
  for (const { page } of course) Object.assign(tries, kept.pages[page]?.tries);
  return tries;
}

/**
 * @param {RecallPage[]} course @param {Memory} kept @param {Record<string, string>} words
 * @param {string} language
 */
export function answersAsHtml(course, kept, words, language) {
  const tries = tried(course, kept);
  const parts = course.flatMap(({ title, questions, goals }) => {
    const asked = questions.filter(({ name }) => tries[name]?.length);
    const written = asked.map((question) => one(question, tries[question.name]));
    const reached = goals.filter(([name]) => kept.goals.includes(name))
      .map(([, sentence]) => `<li>✓ ${escaped(sentence)}</li>`);
    if (reached.length) {
      written.push(`<h3>${escaped(words.goals)}</h3><ol>${reached.join("")}</ol>`);
    }
    return written.length ? [`<h2>${escaped(title)}</h2>`, ...written] : [];
  });
  return `<!doctype html>
<html lang="${language}"><meta charset="utf-8"><title>${escaped(words.answers)}</title>
<style>body { max-width: 45rem; margin: 2rem auto; font: 1rem/1.5 sans-serif; }
ol { list-style: none; padding: 0; } p { margin: 0 0 .5rem 1.5rem; }</style>
<h1>Forward Pass: ${escaped(words.answers)}</h1>
${parts.join("\n")}
</html>
`;
}

/** @param {RecallQuestion} question @param {number[]} tries */
function one({ prompt, choices, right, source }, tries) {
  const items = choices.map(([text, why], i) => {
    const chosen = tries.includes(i);
    const mark = i === right ? "✓" : chosen ? "×" : "○";
    const said = chosen || i === right ? `<p>${escaped(why)}</p>` : "";
    const answer = chosen ? `<strong>${escaped(text)}</strong>` : escaped(text);
    return `<li>${mark} ${answer}${said}</li>`;
  });
  const cited = source ? `<p>${escaped(source)}</p>` : "";
  return `<h3>${escaped(prompt)}</h3><ol>${items.join("")}</ol>${cited}`;
}
