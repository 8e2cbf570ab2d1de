// The questions of a plan's step as they are typed: a question, then each choice on a line of its
// own, the right one with a * before it; for a number "=" and the answer. A blank line before the
// next.

/** @typedef {Partial<PageQuestion>} Asked */

/** @param {Asked[]} questions @returns {string} */
export function asText(questions) {
  return questions.filter(isWritten).map(({ prompt, kind, choices = [], answer }) => [
    prompt,
    ...choices.map((choice) => (choice === answer ? `* ${choice}` : choice)),
    ...(kind === "number" && answer ? [`= ${answer}`] : []),
  ].join("\n")).join("\n\n");
}

/**
 * What a text asks; of a question that was there already it keeps what is not written.
 * @param {string} text @param {Asked[]} before @returns {Asked[]}
 */
export function asked(text, before) {
  const blocks = text.split(/\n\s*\n/).map((block) =>
    block.split("\n").map((line) => line.trim()).filter(Boolean));
  const found = blocks.filter((lines) => lines.length).map(([prompt, ...lines]) => {
    const known = before.find((each) => each.prompt === prompt) ?? {};
    const number = lines.find((line) => line.startsWith("="));
    const choices = number ? [] : lines.map((line) => line.replace(/^\*\s*/, ""));
    const right = lines.findIndex((line) => line.startsWith("*"));
    const same = JSON.stringify(known.choices ?? []) === JSON.stringify(choices);
    return { ...known, wordings: same ? known.wordings ?? [] : [], prompt, choices,
      kind: /** @type {"choice" | "number"} */ (choices.length ? "choice" : "number"),
      answer: number ? number.slice(1).trim() : choices[right] ?? "" };
  });
  return [...found, ...before.filter((each) => !isWritten(each))];
}

// A place in a picture is not typed.
/** @param {Asked} question */
const isWritten = ({ kind }) => kind !== "place";
