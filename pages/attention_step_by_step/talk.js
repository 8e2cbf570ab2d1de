// The class: the word that asks, and how much each word answers, as lines as thick as the weights.

import { button, el, fill, filled, say } from "../kit/dom.js";
import { arc, svg } from "../kit/svg.js";

/** @typedef {import("./flow.js").Answered} Answered */

const THICK = 11; // pixels for a weight of one

export class Talk {
  /** @type {number[]} of the word that asks */
  weights = [];
  row = 0;
  cross = false;
  said = ""; // what the answer was written from
  /** @type {number | null} the word that is read most */
  best = null;
  lines = svg("svg", { "aria-hidden": "true" });
  above = el("div", { class: "spoken answers" });
  below = el("div", { class: "spoken asks" });
  question = el("p", { class: "asked" });
  answer = el("p", { class: "said", "data-fp": "said", "aria-live": "polite" });
  badge = el("p", { class: "note", "data-fp": "badge" });
  stage = el("div", { class: "stand" }, this.lines, this.above, this.below);
  element = el("section", { class: "talk", "data-block": "talk" },
    el("div", { class: "speech" }, this.question, this.answer, this.badge), this.stage);
  observer = new ResizeObserver(() => this.draw());

  /**
   * @param {StepsWords} words
   * @param {{ onAsk: (row: number) => unknown, onAnswer: (column: number) => unknown }} options
   *   onAnswer: the weight of a word is opened
   */
  constructor(words, { onAsk, onAnswer }) {
    this.words = words;
    this.onAsk = onAsk;
    this.onAnswer = onAnswer;
    this.observer.observe(this.stage);
  }

  close() {
    this.observer.disconnect();
  }

  /** @param {Answered} answer @param {{ row: number, column: number, cross: boolean }} options */
  paint({ words, looked_at: looked, matrices, heads, head }, { row, column, cross }) {
    const weights = matrices.A[head][row];
    Object.assign(this, { weights, row, cross });
    this.element.classList.toggle("cross", cross);
    this.name(this.above, looked, (i) => (cross ? this.onAnswer(i) : this.onAsk(i)),
      cross ? null : row);
    this.name(this.below, cross ? words : [], (i) => this.onAsk(i), row);
    const order = [...weights.keys()].sort((a, b) => weights[b] - weights[a]);
    const [first, second] = order;
    // of equals nobody has won
    const tied = second !== undefined && weights[first] - weights[second] < 1e-6;
    this.best = tied ? null : first;
    for (const [i, word] of [...this.above.children].entries()) {
      say(/** @type {Element} */ (word.lastElementChild), round(weights[i]));
      word.classList.toggle("won", i === this.best);
      word.classList.toggle("picked", i === column);
    }
    say(this.question, fill(this.words.asks, { word: words[row] }));
    /** @param {number} i */
    const part = (i) => el("span", {}, ...filled(this.words.part, { word: looked[i],
      share: button(round(weights[i]), () => this.onAnswer(i),
        { class: "share", "data-fp": `share-${i}` }) }));
    const sentence = second === undefined ? filled(this.words.answersOne, { first: part(first) })
      : filled(this.words.answers, { first: part(first), second: part(second) });
    const of = heads > 1 ? ` ${fill(this.words.ofHead, { head: head + 1 })}` : "";
    const said = [looked, weights, of].join();
    if (this.said !== said) this.answer.replaceChildren(...sentence, of);
    this.said = said;
    this.draw();
  }

  /**
   * @param {HTMLElement} where
   * @param {string[]} words
   * @param {(index: number) => unknown} onWord
   * @param {number | null} now
   */
  name(where, words, onWord, now) {
    const text = `${this.cross} ${words.join("\n")}`;
    if (where.dataset.words !== text) {
      where.dataset.words = text;
      where.replaceChildren(...words.map((word, i) => el("button",
        { type: "button", "data-word": i, onclick: () => onWord(i) },
        el("bdi", {}, word), el("small", { "data-fp": where === this.above ? `weight-${i}` : null,
          onclick: (event) => {
            if (where !== this.above) return;
            event.stopPropagation();
            this.onAnswer(i);
          } }))));
    }
    for (const [i, word] of [...where.children].entries()) word.classList.toggle("now", i === now);
  }

  draw() {
    if (!this.weights.length) return;
    const { above, below, cross } = this;
    const box = this.stage.getBoundingClientRect();
    /** @param {Element | null} word */
    const middle = (word) => {
      const { left, width } = sizeOf(word?.firstElementChild);
      return left - box.left + width / 2;
    };
    const { top, bottom } = sizeOf(above);
    const from = middle((cross ? below : above).children[this.row]);
    const low = (cross ? sizeOf(below.firstElementChild).top : top) - box.top;
    this.lines.replaceChildren(...this.weights.map((weight, i) => {
      const to = middle(above.children[i]);
      const path = svg("path", {
        d: cross ? straight(from, low, to, bottom - box.top) : arc(from, to, low),
        "stroke-width": Math.max(0.5, weight * THICK), class: i === this.best ? "won" : "" });
      path.style.opacity = String(weight < 0.0005 ? 0 : 0.25 + 0.75 * Math.min(1, weight * 2));
      return path;
    }));
  }
}

/** @param {Element | null | undefined} element */
const sizeOf = (element) => element?.getBoundingClientRect() ?? new DOMRect();

/** @param {number} share */
const round = (share) => `${Math.round(100 * share)}%`;

/** @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
const straight =
  (x0, y0, x1, y1) => `M${x0},${y0} C${x0},${(y0 + y1) / 2} ${x1},${(y0 + y1) / 2} ${x1},${y1}`;
