// @ts-nocheck
// What happens at one place: patch times kernel, the products, their sum channel by channel, bias,
// activation. The kernel's numbers can be set; all others are those of the opened number.

import { button, el, entry, fill, number, say, signed } from "../kit/dom.js";
import { Matrix } from "../kit/matrix.js";
import { deepest, times } from "../kit/opened.js";

export class Sum {
  /** @type {any} */
  patch_;
  /** @type {any} */
  kernel_;
  /** @type {any} */
  products_;

  // onSet(row, column, value | null | undefined, event): a weight; see Matrix.
  // onChannel(index among those that are added up).
  /**
   * @param {ConvWords} words
   * @param {{ onSet: any, onChannel: (index: number) => void }} options
   */
  constructor(words, { onSet, onChannel }) {
    this.words = words;
    this.onChannel = onChannel;
    /** @param {string} key @param {any} [more] */
    const matrix = (key, more = {}) => new Matrix({
      key, nothing: "·", onPick: (row, column) => this.pick(row, column),
      onHover: (row, column) => this.hover(row, column),
      says: (row, column, value) => fill(words.entry, {
        name: entry(words, key), row: row + 1, column: column + 1,
        value: value == null ? "–" : number(value),
      }),
      ...more,
    });
    this.patch = matrix("patch");
    this.kernel = matrix("kernel", { onSet });
    this.products = matrix("products");
    this.matrices = [this.patch, this.kernel, this.products];
    this.term = el("p", { class: "term", "data-fp": "term" });
    this.channels = el("div", { class: "sums" });
    this.lines = el("table", { class: "ledger" });
    this.at = el("p", { class: "note" });
    this.total = el("output", { class: "total", "data-fp": "total" });
    /** @param {string} text */
    const sign = (text) => el("span", { class: "sign", "aria-hidden": "true" }, text);
    this.left = el("div", { class: "under", "data-block": "kernel" },
      el("div", { class: "factor", "data-block": "patch" }, this.patch.element), sign("×"),
      this.kernel.element);
    this.right = el("div", { class: "adding", "data-block": "sum" }, sign("="),
      this.products.element, this.term, this.channels, this.lines, this.at, this.total);
  }

  // opened: of the answer; about: the kernel as set, of the shown channel, sizes for the colours,
  // how a channel is called, and the setting.
  /** @param {ConvAnswerOpened} opened @param {any} about @param {Palette} palette */
  paint(opened, about, palette) {
    const { words } = this;
    const { weight, channel, edited, largestInput, largestWeight, signedInput, after } = about;
    const sums = deepest(opened.number);
    const [patch, kernel] = [sums.patch[channel], sums.kernel[channel]];
    const products =
      patch.map((/** @type {number} */ row, /** @type {number} */ i) => times(row, kernel[i]));
    this.patch_ = patch;
    this.kernel_ = kernel;
    this.products_ = products;
    this.patch.paint({ title: words.patch, shape: "", values: patch, size: !signedInput,
      largest: largestInput, fixed: true }, palette);
    const shape = `${kernel.length} × ${kernel[0].length}`;
    this.kernel.paint({ title: words.kernel, shape, values: weight, largest: largestWeight,
      set: edited }, palette);
    const title = about.flipped ? words.productsTurned : words.products;
    const largest =
      Math.max(0, ...products.flat().map((/** @type {number} */ value) => Math.abs(value ?? 0)));
    this.products.paint({ title, shape: "", values: products, fixed: true, largest }, palette);
    for (const matrix of this.matrices) matrix.select(matrix.chosen);
    this.hover(null);
    this.sums(sums, channel, about.channelNames);
    const many = sums.sums.length > 1;
    const all = sums.sums.reduce((/** @type {any} */ a, /** @type {any} */ b) => a + b, 0);
    const through =
      after === "none" ? [] : [[words.before, signed(sums.value)], [words.activations[after], ""]];
    this.rows([
      [words.sum, signed(sums.sums[channel]), many],
      [fill(words.allChannels, { count: sums.sums.length }), signed(all), !many],
      [words.bias, signed(sums.bias)], ...through,
    ].filter(([, , hidden]) => !hidden));
    say(this.at, fill(words.output, { row: opened.row + 1, column: opened.column + 1 }));
    say(this.total, `= ${number(opened.number.value)}`);
    this.total.dataset.value = opened.number.value;
    this.right.classList.toggle("transposed", about.transposed);
  }

  // One line for each input channel; a click looks into its products.
  /**
   * @param {import("../kit/opened.js").Wire} what
   * @param {any} chosen
   * @param {(a: any) => any} nameOf
   */
  sums({ channels, sums }, chosen, nameOf) {
    this.channels.hidden = sums.length < 2;
    if (this.channels.hidden) return;
    while (this.channels.children.length > sums.length) this.channels.lastChild.remove();
    while (this.channels.children.length < sums.length) {
      const index = this.channels.children.length;
      const follow = () => this.onChannel(index);
      this.channels.append(button("", follow, { "data-fp": `channel-sum-${index}` }));
    }
    sums.forEach((/** @type {any} */ sum, /** @type {number} */ i) => {
      const row = this.channels.children[i];
      say(row, fill(this.words.channelSum, { channel: nameOf(channels[i]), sum: signed(sum) }));
      row.setAttribute("aria-pressed", String(i === chosen));
    });
  }

  /** @param {any} lines */
  rows(lines) {
    while (this.lines.children.length > lines.length) this.lines.lastChild.remove();
    while (this.lines.children.length
      < lines.length) this.lines.append(el("tr", {}, el("td"), el("td")));
    lines.forEach((/** @type {any} */ [name, value], /** @type {number} */ i) => {
      say(this.lines.children[i].children[0], name);
      say(this.lines.children[i].children[1], value);
    });
  }

  /** @param {number} row @param {number} column */
  pick(row, column) {
    this.kernel.select({ row, column });
    this.hover(row, column);
  }

  /** @param {number | null} row @param {number | undefined} [column] */
  hover(row, column) {
    const place = row == null ? this.kernel.chosen : { row, column };
    const { patch_: patch, kernel_: kernel, products_: products } = this;
    if (!place || patch?.[place.row]?.[place.column] == null) return say(this.term, " ");
    const { row: r, column: c } = place;
    say(this.term,
      `${number(patch[r][c], 2)} × ${number(kernel[r][c], 2)} = ${number(products[r][c])}`);
  }
}
