// The number that was clicked: its name, what enters it, and what that comes to.

import { el, fill } from "../kit/dom.js";
import { Arithmetic, show } from "../kit/opened.js";

/**
 * @typedef {import("../kit/opened.js").Wire} Wire
 * @typedef {Record<string, any>} Words
 */

export class NumberOpened {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    /** @type {string[]} */
    this.vocabulary = [];
    /** @type {string[]} */
    this.rows = [];
    /** @type {Record<string, string>} */
    this.asked = {};
    this.arithmetic = new Arithmetic(words.opened, {
      nameOf: (array, index) => this.nameOf(array, index),
    });
    this.total = el("output", { class: "total", "data-fp": "number" });
    this.hint = el("p", { class: "note" }, words.numberHint);
    this.result = el("div", { class: "result" }, this.total, this.arithmetic.lines);
    this.row = el("div", { class: "row" }, this.arithmetic.body, this.result);
    this.element = el("section", { class: "number-opened", "data-block": "number" },
      el("h2", {}, words.numberTitle), this.hint, this.row);
    this.clear();
  }

  clear() {
    this.hint.hidden = false;
    this.row.hidden = true;
    delete this.element.dataset.number;
  }

  /**
   * @param {Wire} opened
   * @param {{vocabulary: string[], rows: string[], asked: Record<string, string>, palette: any}}
   *   about vocabulary: words by their numbers; rows: the words that have a score; asked: the
   *   question that this answers
   */
  paint(opened, { vocabulary, rows, asked, palette }) {
    this.vocabulary = vocabulary;
    this.rows = rows;
    this.asked = asked;
    this.hint.hidden = true;
    this.row.hidden = false;
    this.arithmetic.paint(opened, palette);
    const name = this.nameOf(opened.array, opened.index);
    this.arithmetic.result(this.total, `${name} = ${show(opened.value)}`);
    this.total.dataset.value = String(opened.value);
    this.element.dataset.number = [opened.array, ...opened.index].join(".");
  }

  /**
   * Of an array of words the word, of a vector the place: "row of “king”, 3".
   * @param {string} array @param {number[]} index
   */
  nameOf(array, index) {
    const { numberArrays, numberOf } = this.words;
    const name = fill(numberArrays[array] ?? array, this.asked);
    const [first, second] = index;
    if (first === undefined) return name;
    const words = SCORED.test(array) ? this.rows : OF_WORDS.test(array) ? this.vocabulary : null;
    const where = words ? words[first] ?? first + 1 : first + 1;
    const place = second === undefined ? where : `${where}, ${second + 1}`;
    return fill(numberOf, { name, where: place });
  }
}

// Arrays with a number for each word that has a score or each analogy, and those with a row for
// each word of all.
const SCORED = /^(scores|p|out)(_after)?$|^(target|gradient)$|_right$/;
const OF_WORDS = /^(x|pull|drawn|others)$|^(inward|outward)(_gradient|_after)?$/;
