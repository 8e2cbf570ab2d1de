// What happens at one place: patch times kernel, the products, their sum channel by channel, bias,
// activation. The kernel's numbers can be set; all others are those of the opened number.

import { button, el, fill, number, say, signed } from "../kit/dom.js";
import { Matrix } from "../kit/matrix.js";
import { deepest, times } from "../kit/opened.js";

export class Sum {
  // onSet(row, column, value | null | undefined, event): a weight; see Matrix.
  // onChannel(index among those that are added up).
  constructor(words, { onSet, onChannel }) {
    Object.assign(this, { words, onChannel });
    const matrix = (key, more = {}) => new Matrix({
      key, nothing: "·", onPick: (row, column) => this.pick(row, column),
      onHover: (row, column) => this.hover(row, column),
      says: (row, column, value) => fill(words.entry, {
        name: words[key], row: row + 1, column: column + 1, value: value == null ? "–" : number(value),
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
    const sign = (text) => el("span", { class: "sign", "aria-hidden": "true" }, text);
    this.left = el("div", { class: "under", "data-block": "kernel" },
      el("div", { class: "factor", "data-block": "patch" }, this.patch.element), sign("×"),
      this.kernel.element);
    this.right = el("div", { class: "adding", "data-block": "sum" }, sign("="),
      this.products.element, this.term, this.channels, this.lines, this.at, this.total);
  }

  // opened: of the answer; about: the kernel as set, of the shown channel, sizes for the colours,
  // how a channel is called, and the setting.
  paint(opened, about, palette) {
    const { words } = this;
    const { weight, channel, edited, largestInput, largestWeight, signedInput, after } = about;
    const sums = deepest(opened.number);
    const [patch, kernel] = [sums.patch[channel], sums.kernel[channel]];
    const products = patch.map((row, i) => times(row, kernel[i]));
    Object.assign(this, { patch_: patch, kernel_: kernel, products_: products });
    this.patch.paint({ title: words.patch, shape: "", values: patch, size: !signedInput, largest: largestInput, fixed: true }, palette);
    const shape = `${kernel.length} × ${kernel[0].length}`;
    this.kernel.paint({ title: words.kernel, shape, values: weight, largest: largestWeight, set: edited }, palette);
    const title = about.flipped ? words.productsTurned : words.products;
    const largest = Math.max(0, ...products.flat().map((value) => Math.abs(value ?? 0)));
    this.products.paint({ title, shape: "", values: products, fixed: true, largest }, palette);
    for (const matrix of this.matrices) matrix.select(matrix.chosen);
    this.hover(null);
    this.sums(sums, channel, about.channelNames);
    const many = sums.sums.length > 1;
    const all = sums.sums.reduce((a, b) => a + b, 0);
    const through = after === "none" ? [] : [[words.before, signed(sums.value)], [words.activations[after], ""]];
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
  sums({ channels, sums }, chosen, nameOf) {
    this.channels.hidden = sums.length < 2;
    if (this.channels.hidden) return;
    while (this.channels.children.length > sums.length) this.channels.lastChild.remove();
    while (this.channels.children.length < sums.length) {
      const index = this.channels.children.length;
      const follow = () => this.onChannel(index);
      this.channels.append(button("", follow, { "data-fp": `channel-sum-${index}` }));
    }
    sums.forEach((sum, i) => {
      const row = this.channels.children[i];
      say(row, fill(this.words.channelSum, { channel: nameOf(channels[i]), sum: signed(sum) }));
      row.setAttribute("aria-pressed", String(i === chosen));
    });
  }

  rows(lines) {
    while (this.lines.children.length > lines.length) this.lines.lastChild.remove();
    while (this.lines.children.length < lines.length) this.lines.append(el("tr", {}, el("td"), el("td")));
    lines.forEach(([name, value], i) => {
      say(this.lines.children[i].children[0], name);
      say(this.lines.children[i].children[1], value);
    });
  }

  pick(row, column) {
    this.kernel.select({ row, column });
    this.hover(row, column);
  }

  hover(row, column) {
    const place = row == null ? this.kernel.chosen : { row, column };
    const { patch_: patch, kernel_: kernel, products_: products } = this;
    if (!place || patch?.[place.row]?.[place.column] == null) return say(this.term, " ");
    const { row: r, column: c } = place;
    say(this.term, `${number(patch[r][c], 2)} × ${number(kernel[r][c], 2)} = ${number(products[r][c])}`);
  }
}
