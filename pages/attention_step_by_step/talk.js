// @ts-nocheck
// The class: the word that asks, and how much each word answers, as lines as thick as the weights.

import { el, fill, say } from "../kit/dom.js";

const SVG = "http://www.w3.org/2000/svg";
const THICK = 11; // pixels for a weight of one

export class Talk {
  /** @type {any} */
  weights;
  /** @type {any} */
  row;
  /** @type {any} */
  cross;
  /** @type {any} */
  best;

  /**
   * @param {StepsWords} words
   * @param {{ onAsk: (row: any) => undefined, onAnswer: (column: any) => void }} options
   */
  constructor(words, { onAsk, onAnswer }) {
    this.words = words;
    this.onAsk = onAsk;
    this.onAnswer = onAnswer;
    this.lines = document.createElementNS(SVG, "svg");
    this.lines.setAttribute("aria-hidden", "true");
    this.above = el("div", { class: "spoken answers" });
    this.below = el("div", { class: "spoken asks" });
    this.question = el("p", { class: "asked" });
    this.said = el("p", { class: "said", "data-fp": "said", "aria-live": "polite" });
    this.badge = el("p", { class: "note", "data-fp": "badge" });
    this.stage = el("div", { class: "stand" }, this.lines, this.above, this.below);
    this.element = el("section", { class: "talk", "data-block": "talk" },
      el("div", { class: "speech" }, this.question, this.said, this.badge), this.stage);
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.stage);
  }

  close() {
    this.observer.disconnect();
  }

  /** @param {StepsAnswer} what @param {{ row: number, column: number, cross: boolean }} options */
  paint({ words, looked_at: looked, matrices, heads, head }, { row, column, cross }) {
    const weights = matrices.A[head][row];
    this.weights = weights;
    this.row = row;
    this.cross = cross;
    this.element.classList.toggle("cross", cross);
    this.tell(this.above, looked, (i) => this.onAnswer(i), !cross && row);
    this.tell(this.below, cross ? words : [], (i) => this.onAsk(i), row);
    const order = weights.map((weight, i) => [weight, i]).sort((a, b) => b[0] - a[0]);
    // of equals nobody has won
    this.best = order[1] && order[0][0] - order[1][0] < 1e-6 ? null : order[0][1];
    for (const [i, word] of [...this.above.children].entries()) {
      say(word.lastChild, round(weights[i]));
      word.classList.toggle("won", i === this.best);
      word.classList.toggle("picked", i === column);
    }
    say(this.question, fill(this.words.asks, { word: words[row] }));
    /** @param {number[]} options */
    const name = ([weight, i]) => fill(this.words.part, { word: looked[i], share: round(weight) });
    const [first, second] = order;
    const sentence = fill(second ? this.words.answers : this.words.answersOne,
      { first: name(first), second: second ? name(second) : "" });
    say(this.said, [sentence,
      heads > 1 ? fill(this.words.ofHead, { head: head + 1 }) : ""].filter(Boolean).join(" "));
    this.draw();
  }

  /**
   * @param {HTMLDivElement} where
   * @param {string[]} words
   * @param {(i: any) => any} onWord
   * @param {number | boolean} now
   */
  tell(where, words, onWord, now) {
    const text = words.join("\n");
    if (where.dataset.words !== text) {
      where.dataset.words = text;
      where.replaceChildren(...words.map((word, i) => el("button",
        { type: "button", "data-word": i, onclick: () => (this.cross ? onWord(i) : this.onAsk(i)) },
        el("bdi", {}, word), el("small", {}))));
    }
    for (const [i, word] of [...where.children].entries()) word.classList.toggle("now", i === now);
  }

  draw() {
    if (!this.weights) return;
    const box = this.stage.getBoundingClientRect();
    /** @param {Element} word */
    const middle = (word) => {
      const { left, width } = word.firstChild.getBoundingClientRect();
      return left - box.left + width / 2;
    };
    const top = this.above.getBoundingClientRect();
    const from = middle((this.cross ? this.below : this.above).children[this.row]);
    const low =
      this.cross ? this.below.firstChild.getBoundingClientRect().top - box.top : top.top - box.top;
    const lines = this.weights.map((/** @type {any} */ weight, /** @type {number} */ i) => {
      const to = middle(this.above.children[i]);
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("d",
        this.cross ? straight(from, low, to, top.bottom - box.top) : arc(from, to, low));
      path.setAttribute("stroke-width", String(Math.max(0.5, weight * THICK)));
      path.setAttribute("class", i === this.best ? "won" : "");
      path.style.opacity = String(weight < 0.0005 ? 0 : 0.25 + 0.75 * Math.min(1, weight * 2));
      return path;
    });
    this.lines.replaceChildren(...lines);
  }
}

/** @param {number} share */
const round = (share) => `${Math.round(100 * share)}%`;

/** @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
const straight =
  (x0, y0, x1, y1) => `M${x0},${y0} C${x0},${(y0 + y1) / 2} ${x1},${(y0 + y1) / 2} ${x1},${y1}`;

/** @param {number} from @param {number} to @param {number} low */
function arc(from, to, low) {
  if (from === to) {
    return `M${from - 5},${low} C${from - 16},${low - 24} ${from + 16},${low
    - 24} ${from + 5},${low}`;
  }
  const high = low - Math.min(low - 4, 10 + Math.abs(to - from) * 0.16);
  return `M${from},${low} C${from},${high} ${to},${high} ${to},${low}`;
}
