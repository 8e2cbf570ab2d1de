// @ts-nocheck
// What is left of the old digits: for each one how many are still right, and what the others are
// taken for.

import { el, entry, fill, percent, say } from "../../kit/dom.js";

const NAMED = 0.05; // of a digit's pictures: a mistake that is rarer is not worth a word

export class Forgotten {
  /** @param {HandWords} words */
  constructor(words) {
    this.words = words;
    this.rows = Array.from({ length: 10 }, (_, digit) => {
      const [bar, before, share, taken] = [el("i", { class: "bar" }), el("i", { class: "before" }),
        el("output", { "data-fp": `kept-${digit}` }), el("span", { class: "note" })];
      return { bar, before, share, taken, row: el("li", {}, el("b", {}, String(digit)),
        el("span", { class: "track" }, bar, before), share, taken) };
    });
    this.element =
      el("ol", { class: "kept", "data-fp": "kept" }, ...this.rows.map(({ row }) => row));
  }

  // confusion, start: (10, 10) counts, row the true digit; drawn: the digits that were drawn.
  /** @param {any} confusion @param {any} start @param {any} drawn */
  paint(confusion, start, drawn) {
    this.rows.forEach(({ bar, before, share, taken, row }, digit) => {
      const kept = part(confusion[digit], digit);
      const was = start ? part(start[digit], digit) : null;
      bar.style.transform = `scaleX(${kept ?? 0})`;
      before.hidden = was == null;
      before.style.left = `${100 * (was ?? 0)}%`;
      share.dataset.value = kept ?? "";
      say(share, kept == null ? "–" : percent(kept));
      const [other, often] = mistake(confusion[digit], digit);
      say(taken,
        often >= NAMED ? fill(this.words.takenFor, { digit: other, share: percent(often) }) : "");
      row.classList.toggle("drawn-too", drawn.has(digit));
    });
  }
}

/** @param {number} row */
const sum = (row) => row.reduce((/** @type {any} */ a, /** @type {any} */ b) => a + b, 0);
/** @param {number} row @param {number} digit */
const part = (row, digit) => (sum(row) ? entry(row, digit) / sum(row) : null);

// The digit that it is most often taken for, and how often.
/** @param {number} row @param {number} digit */
function mistake(row, digit) {
  const rest =
    row.map((/** @type {number} */ count, /** @type {number} */ i) => (i === digit ? 0 : count));
  const most = Math.max(...rest);
  return [rest.indexOf(most), sum(row) ? most / sum(row) : 0];
}
