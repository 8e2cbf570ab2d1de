// What happens at one place: patch times kernel, the products, their sum channel by channel, bias,
// activation. The kernel's numbers can be set; all others are those of the opened number.

import { button, el, entry, fill, number, say, signed } from "../kit/dom.js";
import { Matrix } from "../kit/matrix.js";
import { deepest, times } from "../kit/opened.js";
import { Practice } from "../kit/practice.js";
import { rowsOf } from "./picture.js";
/** @import { Wire } from "../kit/opened.js" */

/**
 * What is painted around an opened number.
 * @typedef {{ weight: number[][], channel: number, after: string, flipped: boolean,
 *   transposed: boolean, edited: (row: number, column: number) => boolean, largestInput: number,
 *   largestWeight: number, signedInput: boolean, light: boolean,
 *   nameOf: (channel: number) => string }} About
 *   weight: the kernel as set, of the shown channel; largest...: for the colours
 * The number of a convolution, as core/opened/wire.py describes it.
 * @typedef {Wire & { patch: (number | null)[][][], kernel: number[][][], channels: number[],
 *   sums: number[], bias: number, value: number, rows: (number | null)[],
 *   columns: (number | null)[] }} Sums
 */

const BIAS = 1; // its line in the ledger

export class Sum {
  /** @type {(number | null)[][]} */
  seen = [];
  /** @type {number[][]} */
  weights = [];
  /** @type {Sums | undefined} */
  sums;
  flipped = false;
  shown = { map: 0, channel: 0 };
  /** @type {{ opened: ConvAnswerOpened, about: About, palette: Palette } | null} */
  now = null;

  // onSet: a weight; see Matrix. onChannel(index among those that are added up).
  /**
   * @param {ConvWords} words
   * @param {{ onSet: MatrixSet, onChannel: (index: number) => void,
   *   onNumber: (array: string, at: number[]) => void }} options
   */
  constructor(words, { onSet, onChannel, onNumber }) {
    this.words = words;
    this.onChannel = onChannel;
    this.onNumber = onNumber;
    /** @param {string} key @param {MatrixSet | null} [onSet] */
    const matrix = (key, onSet = null) => new Matrix({
      key, nothing: "·", onSet, onPick: (row, column) => this.pick(row, column),
      onHover: (row, column = 0) => this.hover(row === null ? null : { row, column }),
      labelOf: (row, column, value) => fill(words.entry, {
        name: entry(words, key), row: row + 1, column: column + 1,
        value: value === null ? "–" : number(value),
      }),
    });
    this.patch = matrix("patch");
    this.kernel = matrix("kernel", onSet);
    this.products = matrix("products");
    this.factors = { x: this.opens("x"), kernel: this.opens("kernel") };
    this.product = el("span");
    this.term = el("p", { class: "term", "data-fp": "term" },
      this.factors.x.button, " × ", this.factors.kernel.button, this.product);
    this.bias = this.opens("bias");
    this.channels = el("div", { class: "sums" });
    this.lines = el("table", { class: "ledger" });
    this.at = el("p", { class: "note" });
    this.total = el("output", { class: "total", "data-fp": "total" });
    /** @param {string} text */
    const sign = (text) => el("span", { class: "sign", "aria-hidden": "true" }, text);
    this.practice = new Practice(words.opened, () => this.again());
    this.practice.onFound = () => this.tell();
    this.blanks = el("div", { class: "blanks" });
    // patch × kernel = products, on one line where there is room
    this.equation = el("div", { class: "equation" },
      el("div", { class: "factors", "data-block": "kernel" },
        el("div", { "data-block": "patch" }, this.patch.element), sign("×"), this.kernel.element),
      el("div", { class: "factors", "data-block": "sum" }, sign("="), this.products.element));
    this.adding = el("div", { class: "adding", "data-block": "sum" }, this.blanks,
      this.term, this.channels, this.lines, this.at, this.total, this.practice.element);
  }

  // A number that opens.
  /** @param {string} array */
  opens(array) {
    /** @type {{ at: number[], button: HTMLButtonElement }} */
    const place = { at: [],
      button: button("", () => this.onNumber(array, place.at),
        { class: "opens", "data-fp": `open-${array}` }) };
    return place;
  }

  /** @param {ConvAnswerOpened} opened @param {About} about @param {Palette} palette */
  paint(opened, about, palette) {
    const { channel } = about;
    this.now = { opened, about, palette };
    const sums = /** @type {Sums} */ (deepest(opened.number));
    this.sums = sums;
    this.flipped = about.flipped;
    this.shown = { map: opened.map, channel };
    this.seen = sums.patch[channel];
    this.weights = sums.kernel[channel];
    this.paintMatrices(about, palette);
    this.paintChannels(sums, about);
    this.paintLines(sums, about);
    say(this.at, fill(this.words.output, { row: opened.row + 1, column: opened.column + 1 }));
    this.adding.classList.toggle("transposed", about.transposed);
    if (this.practice.take(opened.number, channel)) this.practice.write(this.blanks);
    this.tell();
  }

  again() {
    if (this.now) this.paint(this.now.opened, this.now.about, this.now.palette);
  }

  // What is to be worked out is not told: neither the products nor what they come to.
  tell() {
    if (!this.now) return;
    const { value } = this.now.opened.number;
    const { products, sum } = this.practice.hides;
    say(this.total, sum ? "= ?" : `= ${number(value)}`);
    this.total.dataset.value = sum ? "" : String(value);
    this.adding.classList.toggle("hides-sum", sum);
    for (const part of [this.adding, this.equation]) {
      part.classList.toggle("hides-products", products);
    }
  }

  /** @param {About} about @param {Palette} palette */
  paintMatrices({ weight, edited, flipped, largestInput, largestWeight, signedInput, light },
    palette) {
    const { words, seen, weights } = this;
    const products = seen.map((row, i) => times(row, weights[i]));
    const largest = Math.max(0, ...products.flat().map((value) => Math.abs(value ?? 0)));
    this.patch.paint({ title: words.patch, shape: "", values: seen, size: !signedInput,
      light, largest: largestInput, fixed: true }, palette);
    this.kernel.paint({ title: words.kernel, shape: `${weights.length} × ${weights[0].length}`,
      values: weight, largest: largestWeight, set: edited }, palette);
    this.products.paint({ title: flipped ? words.productsTurned : words.products, shape: "",
      values: products, fixed: true, largest }, palette);
    for (const matrix of [this.patch, this.kernel, this.products]) matrix.select(matrix.chosen);
    this.hover(null);
  }

  // One line for each input channel; a click looks into its products.
  /** @param {Sums} sums @param {About} about */
  paintChannels({ channels, sums }, { channel, nameOf }) {
    this.channels.hidden = sums.length < 2;
    if (this.channels.hidden) return;
    const make = (/** @type {number} */ i) =>
      button("", () => this.onChannel(i), { "data-fp": `channel-sum-${i}` });
    rowsOf(this.channels, sums.length, make).forEach((row, i) => {
      say(row, fill(this.words.channelSum,
        { channel: nameOf(channels[i]), sum: signed(sums[i]) }));
      row.setAttribute("aria-pressed", String(i === channel));
    });
  }

  /** @param {Sums} sums @param {About} about */
  paintLines({ sums, bias, value }, { channel, after }) {
    const { words } = this;
    const all = sums.reduce((a, b) => a + b, 0);
    const lines = [
      sums.length > 1 ? [fill(words.allChannels, { count: sums.length }), signed(all)]
        : [words.sum, signed(sums[channel])],
      [words.bias, signed(bias)],
      ...(after === "none" ? []
        : [[words.before, signed(value)], [words.activations[after], ""]]),
    ];
    const make = () => el("tr", {}, el("td"), el("td", {}, el("span")));
    rowsOf(this.lines, lines.length, make).forEach((row, i) => {
      say(row.children[0], lines[i][0]);
      if (i === BIAS) row.children[1].replaceChildren(this.bias.button);
      say(/** @type {Element} */ (row.children[1].firstElementChild), lines[i][1]);
    });
    this.bias.at = [this.shown.map];
    this.bias.button.dataset.value = String(bias);
  }

  // Where in the kernel as it was set the weight at a place of the turned one stands.
  /** @param {number} row @param {number} column */
  turned(row, column) {
    const { weights } = this;
    return this.flipped ? [weights.length - 1 - row, weights[0].length - 1 - column]
      : [row, column];
  }

  /** @param {number} row @param {number} column */
  pick(row, column) {
    this.kernel.select({ row, column });
    this.hover({ row, column });
  }

  // The product under the pointer, or the chosen one.
  /** @param {Cell | null} cell */
  hover(cell) {
    const { row, column } = cell ?? this.kernel.chosen ?? { row: -1, column: -1 };
    const [seen, weight] = [this.seen[row]?.[column] ?? null, this.weights[row]?.[column]];
    this.term.classList.toggle("blank", seen === null);
    if (seen === null || !this.sums) return;
    const { sums: { channels, rows, columns }, factors, shown: { map, channel } } = this;
    const [y, x] = [rows[row], columns[column]];
    factors.x.button.disabled = y === null || x === null; // padding is no number of the input
    factors.x.at = [channels[channel], y ?? 0, x ?? 0];
    factors.kernel.at = [map, channel, ...this.turned(row, column)];
    say(factors.x.button, number(seen, 2));
    say(factors.kernel.button, number(weight, 2));
    say(this.product, ` = ${number(seen * weight)}`);
  }
}
