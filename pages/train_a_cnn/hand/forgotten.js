// What is left of the old digits: for each one how many are still right, and what the others are
// taken for.

import { button, el, filled, percent, say } from "../../kit/dom.js";

const NAMED = 0.05; // of a digit's pictures: a mistake that is rarer is not worth a word

class DigitRow {
  bar = el("i", { class: "bar" });
  before = el("i", { class: "before" });
  taken = el("span", { class: "note" });
  most = 0; // what it is taken for, if for another one

  /** @param {number} digit @param {(as: number) => void} onOpen */
  constructor(digit, onOpen) {
    this.digit = digit;
    this.share = el("output", { "data-fp": `kept-${digit}` });
    this.often = button("", () => onOpen(this.most), { class: "opens" });
    this.element = el("li", {}, el("b", {}, String(digit)),
      el("span", { class: "track" }, this.bar, this.before),
      button(this.share, () => onOpen(digit), { class: "opens" }), this.taken);
  }

  // counts: how often the digit was called each of the ten; start: the same before the first step.
  /** @param {number[]} counts @param {number[] | undefined} start @param {string} sentence */
  paint(counts, start, sentence) {
    const { digit } = this;
    const left = part(counts, digit);
    const was = start ? part(start, digit) : null;
    this.bar.style.transform = `scaleX(${left ?? 0})`;
    this.before.hidden = was === null;
    this.before.style.left = `${100 * (was ?? 0)}%`;
    this.share.dataset.value = String(left ?? "");
    say(this.share, left === null ? "–" : percent(left));
    const others = counts.map((count, other) => (other === digit ? 0 : count));
    const most = (this.most = others.indexOf(Math.max(...others)));
    const often = part(counts, most) ?? 0;
    const named = most !== digit && often >= NAMED;
    say(this.often, percent(often));
    this.taken.replaceChildren(
      ...(named ? filled(sentence, { digit: String(most), share: this.often }) : []));
  }
}

export class Forgotten {
  // onOpen(digit, as): how often a digit is called so.
  /** @param {HandWords} words @param {(digit: number, as: number) => void} onOpen */
  constructor(words, onOpen) {
    this.words = words;
    this.rows = Array.from({ length: 10 }, (_, digit) =>
      new DigitRow(digit, (as) => onOpen(digit, as)));
    this.element =
      el("ol", { class: "kept", "data-fp": "kept" }, ...this.rows.map(({ element }) => element));
  }

  // confusion, start: (10, 10) counts, row the true digit; drawn: the digits that were drawn.
  /**
   * @param {number[][]} confusion
   * @param {number[][] | undefined} start
   * @param {Set<number>} drawn
   */
  paint(confusion, start, drawn) {
    this.rows.forEach((row, digit) => {
      row.paint(confusion[digit], start?.[digit], this.words.takenFor);
      row.element.classList.toggle("drawn-too", drawn.has(digit));
    });
  }
}

// The share of a digit's pictures that were called so; null: there are none.
/** @param {number[]} counts @param {number} digit */
function part(counts, digit) {
  const all = counts.reduce((a, b) => a + b, 0);
  return all ? counts[digit] / all : null;
}
