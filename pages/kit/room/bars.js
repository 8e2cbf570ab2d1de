// The answers of a room as bars: of the first vote, and of the second below it.

import { el, fill } from "../dom.js";
import { places } from "./place.js";
import { answerOf } from "./tapped.js";

/**
 * @param {RoomQuestion} question @param {Record<string, string>} words
 * @param {(index: number) => boolean} [mine] whether a bar holds the reader's own vote
 */
export function bars(question, words, mine = () => false) {
  const two = question.round > 1;
  const totals = question.votes;
  if (question.kind === "place") return places(question, words);
  if (!question.bars.length) return el("p", { class: "note" }, words.votesNone);
  const rows = question.bars.map(([label, ...counts], i) => {
    const right = question.revealed && question.answer === label;
    return el("li", { class: right ? "won" : null },
      el("span", { class: "label" }, right ? "✓ " : "", label,
        mine(i) ? el("span", { class: "note" }, ` (${words.yours})`) : null),
      ...counts.map((count, round) => bar(count, totals[round], two && round === 0)));
  });
  return el("div", { class: "bars" },
    two ? el("p", { class: "note legend" }, el("i", { class: "before" }), ` ${words.first} `,
      el("i"), ` ${words.second}`) : null,
    el("ol", {}, ...rows));
}

/** @param {number} count @param {number} total @param {boolean} before */
function bar(count, total, before) {
  const share = total ? count / total : 0;
  return el("span", { class: before ? "bar before" : "bar" },
    el("i", { style: `--share: ${share}`, class: count ? null : "none" }),
    el("b", {}, `${count}`), el("span", { class: "note" }, ` ${Math.round(100 * share)}%`));
}

/** @param {RoomQuestion} question @param {Record<string, string>} words */
export function verdict(question, words) {
  const [votes, votesAgain] = question.votes;
  const [right, again] = question.right;
  return fill(question.round > 1 ? words.rightSecond : words.rightFirst,
    { right, votes, again, votesAgain });
}

// The right answer as it is read: of a place its row and column.
/** @param {RoomQuestion} question @param {Record<string, string>} words */
export function answered(question, words) {
  return fill(words.answer,
    { answer: question.kind === "place" ? answerOf(question, words) : question.answer });
}
