// The sentence with an arc from the word that reads to each word that is read, as thick as the
// number between them; below each word stands that number, and opens.

import { button, el, say } from "../kit/dom.js";
import { arc, svg } from "../kit/svg.js";

const THICK = 12; // px for the largest number
const FAINT = 0.25; // how much of an arc is seen at least

export class Arcs {
  /** @type {number[]} of the word that reads */
  weights = [];
  row = 0;
  /** @type {number | null} the word that is read most */
  best = null;
  /** @type {(column: number) => boolean} */
  cut = () => false;
  lines = svg("svg", { "aria-hidden": "true" });
  words = el("div", { class: "spoken" });
  stand = el("div", { class: "stand" }, this.lines, this.words);
  element = el("section", { class: "arcs", "data-block": "arcs", "data-fp": "arcs", tabindex: "0" },
    this.stand);
  observer = new ResizeObserver(() => this.draw());

  // onWord(i): it is to read; onNumber(row, column, event): the number of a word is picked
  /**
   * @param {{ onWord: (i: number) => void,
   *   onNumber: (row: number, column: number, event: MouseEvent) => void }} options
   */
  constructor({ onWord, onNumber }) {
    this.onWord = onWord;
    this.onNumber = onNumber;
    this.observer.observe(this.stand);
  }

  close() {
    this.observer.disconnect();
  }

  // written: how a number is written; label: what the drawing says.
  /**
   * @param {{ labels: string[], weights: number[], row: number, label: string,
   *   written: (value: number) => string, cut: (column: number) => boolean }} spec
   */
  paint({ labels, weights, row, label, written, cut }) {
    Object.assign(this, { weights, row, cut });
    this.element.setAttribute("aria-label", label);
    this.best = weights.indexOf(Math.max(...weights));
    const text = labels.join("\n");
    if (this.words.dataset.words !== text) {
      this.words.dataset.words = text;
      this.words.replaceChildren(...labels.map((word, i) => el("div", {},
        button(el("bdi", {}, word), () => this.onWord(i), { "data-fp": `reads-${i}` }),
        button("", (event) => this.onNumber(this.row, i, event),
          { class: "opens", "data-fp": `arc-${i}` }))));
    }
    for (const [i, word] of [...this.words.children].entries()) {
      const [name, share] = word.children;
      name.setAttribute("aria-pressed", String(i === row));
      say(share, written(weights[i]));
      /** @type {HTMLElement} */ (share).dataset.value = String(weights[i]);
      word.classList.toggle("won", i === this.best);
    }
    this.draw();
  }

  draw() {
    const { weights, words, row, best } = this;
    if (!weights.length || !words.children[row]) return;
    // in pixels of the drawing: a picture that is presented is scaled
    /** @param {number} i */
    const middle = (i) => {
      const word = /** @type {HTMLElement} */ (words.children[i]);
      return word.offsetLeft + word.offsetWidth / 2;
    };
    const low = words.offsetTop;
    const largest = Math.max(...weights) || 1;
    this.lines.replaceChildren(...weights.map((weight, i) => {
      const share = weight / largest;
      const line = svg("path", { d: arc(middle(row), middle(i), low), "data-at": i,
        "stroke-width": Math.max(0.75, share * THICK),
        class: this.cut(i) ? "cut" : i === best ? "won" : null });
      line.style.opacity = String(FAINT + (1 - FAINT) * share);
      return line;
    }));
  }
}
