// What happens at one place: patch times kernel, the products, their sum channel by channel, bias, activation.

import { button, el, fill, number, say, signed } from "../kit/dom.js";
import { Matrix } from "../kit/matrix.js";

export class Sum {
  // onSet(row, column, value | null | undefined, event): a weight; see Matrix. onChannel(index among those that are added up).
  constructor(words, { onSet, onChannel }) {
    Object.assign(this, { words, onChannel });
    const says = (name) => (row, column, value) => fill(words.entry, { name, row: row + 1, column: column + 1, value: value == null ? "–" : number(value) });
    const quiet = { onPick: (row, column) => this.pick(row, column), nothing: "·" };
    this.patch = new Matrix({ key: "patch", says: says(words.patch), ...quiet });
    this.kernel = new Matrix({ key: "kernel", says: says(words.kernel), ...quiet, onSet });
    this.products = new Matrix({ key: "products", says: says(words.products), ...quiet });
    for (const matrix of [this.patch, this.kernel, this.products]) matrix.onHover = (row, column) => this.hover(row, column);
    this.term = el("p", { class: "term", "data-fp": "term" });
    this.channels = el("div", { class: "sums" });
    this.lines = el("table", { class: "ledger" });
    this.at = el("p", { class: "note" });
    this.total = el("output", { class: "total", "data-fp": "total" });
    this.left = el("div", { class: "under", "data-block": "kernel" },
      el("div", { class: "factor", "data-block": "patch" }, this.patch.element), el("span", { class: "sign", "aria-hidden": "true" }, "×"), this.kernel.element);
    this.right = el("div", { class: "adding", "data-block": "sum" }, el("span", { class: "sign", "aria-hidden": "true" }, "="), this.products.element, this.term,
      this.channels, this.lines, this.at, this.total);
  }

  // opened: as core/vision/convolution/live.py sends it; shown: the weights as set, of the shown channel; about: names.
  paint(opened, { weight, channel, edited, largestInput, largestWeight, signedInput, after, flipped, transposed, channelNames }, palette) {
    const { words } = this;
    const part = opened.parts[channel];
    Object.assign(this, { part });
    const size = `${part.weight.length} × ${part.weight[0].length}`;
    const many = opened.parts.length > 1;
    this.patch.paint({ title: words.patch, shape: "", values: part.patch, size: !signedInput, largest: largestInput, fixed: true }, palette);
    this.kernel.paint({ title: words.kernel, shape: size, values: weight, largest: largestWeight, set: edited }, palette);
    const products = part.products.flat().filter((value) => value != null);
    this.products.paint({
      title: flipped ? words.productsTurned : words.products, shape: "", values: part.products, fixed: true,
      largest: products.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    }, palette);
    for (const matrix of [this.patch, this.kernel, this.products]) matrix.select(matrix.chosen);
    this.flipped = flipped;
    this.hover(null);
    this.sums(opened, channel, channelNames);
    this.rows([
      many ? null : [words.sum, signed(part.sum)],
      many ? [fill(words.allChannels, { count: opened.parts.length }), signed(opened.parts.reduce((all, one) => all + one.sum, 0))] : null,
      [words.bias, signed(opened.bias)],
      after === "none" ? null : [words.before, signed(opened.before)],
      after === "none" ? null : [words.activations[after], ""],
    ]);
    say(this.at, fill(words.output, { row: opened.row + 1, column: opened.column + 1 }));
    say(this.total, `= ${number(opened.value)}`);
    this.total.dataset.value = opened.value;
    this.right.classList.toggle("transposed", transposed);
  }

  // One line for each input channel; a click looks into its products.
  sums(opened, channel, channelNames) {
    const { parts } = opened;
    const many = parts.length > 1;
    this.channels.hidden = !many;
    if (!many) return;
    while (this.channels.children.length > parts.length) this.channels.lastChild.remove();
    while (this.channels.children.length < parts.length) {
      const index = this.channels.children.length;
      this.channels.append(button("", () => this.onChannel(index), { "data-fp": `channel-sum-${index}` }));
    }
    parts.forEach((part, i) => {
      const row = this.channels.children[i];
      say(row, fill(this.words.channelSum, { channel: channelNames(part.channel), sum: signed(part.sum) }));
      row.setAttribute("aria-pressed", String(i === channel));
    });
  }

  rows(rows) {
    const lines = rows.filter(Boolean);
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
    const { patch, weight, products } = this.part ?? {};
    if (!place || patch?.[place.row]?.[place.column] == null) return say(this.term, " ");
    const { row: r, column: c } = place;
    say(this.term, `${number(patch[r][c], 2)} × ${number(weight[r][c], 2)} = ${number(products[r][c])}`);
  }
}
