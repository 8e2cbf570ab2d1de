// Inside the network: the kernels of its first convolution, and how large one batch's gradient was
// in each layer.

import { head } from "../kit/controls.js";
import { button, el, fill, say } from "../kit/dom.js";
import { Layer } from "../kit/layer.js";
import { exact, seen } from "../kit/scale.js";

const DECADES = { low: -6, high: 1 }; // of the bars; powers of ten

export class Kernels {
  /** @type {Layer | null} */
  layer = null;

  // onPick(filter): one was clicked.
  /** @param {CnnWords} words @param {{ onPick: (filter: number) => void }} options */
  constructor(words, { onPick }) {
    this.words = words;
    this.onPick = onPick;
    this.place = el("div", { class: "kernels" });
    this.note = el("span", { class: "note" });
    this.element = el("section", { "data-block": "kernels" },
      el("div", { class: "head" }, el("h2", {}, words.kernels), this.note), this.place);
  }

  // values: (C, k, k).
  /**
   * @param {number[][][] | undefined} values
   * @param {number | null} chosen
   * @param {Palette} palette
   */
  paint(values, chosen, palette) {
    if (!values?.length) return;
    const shape = [values.length, values[0].length, values[0][0].length];
    const layer = this.layerOf(shape);
    const kernels = values.map((kernel) => kernel.flat());
    const scales = kernels.map((kernel) => Math.max(...kernel.map(Math.abs)));
    const codes = kernels.flatMap((kernel, i) =>
      kernel.map((value) => (scales[i] ? Math.round((value / scales[i]) * 127) : 0)));
    layer.paint({ name: "kernels", shape, codes: Int8Array.from(codes), scales, signed: true },
      "layer", palette);
    layer.select(chosen);
  }

  /** @param {number[]} shape */
  layerOf(shape) {
    if (this.layer && String(this.layer.shape) === String(shape)) return this.layer;
    const [count, side] = shape;
    const words = { layers: { kernels: this.words.kernels }, mapOf: this.words.kernelOf };
    const zoom = Math.max(3, Math.round(26 / side));
    this.layer = new Layer("kernels", shape, words, { onPick: (_, filter) => this.onPick(filter),
      layout: [count > 32 ? 16 : 8, zoom, Math.round(zoom / 2)] });
    say(this.note, fill(this.words.kernelsNote, { count, side }));
    const grid = /** @type {HTMLElement} */ (this.layer.canvas.parentElement);
    this.place.replaceChildren(grid);
    return this.layer;
  }
}

class GradientRow {
  bar = el("i", { class: "bar" });

  /** @param {string} name @param {(number: string) => void} onOpen */
  constructor(name, onOpen) {
    /** @param {string} what */
    const opens = (what) => button("", () => onOpen(`${name}_${what}`), { class: "opens" });
    this.norm = opens("norm");
    this.ratio = opens("ratio");
    this.cell = el("td", { "data-fp": `gradient-${name}` }, this.norm);
    this.element = el("tr", {}, el("td", {}, name),
      el("td", { class: "wide" }, el("span", { class: "track" }, this.bar)), this.cell,
      el("td", {}, this.ratio));
  }

  /** @param {number | null} norm @param {number | null} ratio */
  paint(norm, ratio) {
    const share = norm ? (Math.log10(norm) - DECADES.low) / (DECADES.high - DECADES.low) : 0;
    this.bar.style.transform = `scaleX(${Math.max(0, Math.min(1, share))})`;
    for (const [open, value] of /** @type {const} */ ([[this.norm, norm], [this.ratio, ratio]])) {
      say(open, seen(value) ? exact(Number(value.toPrecision(2))) : "–");
      open.disabled = !seen(value);
    }
    this.cell.dataset.value = String(norm ?? "");
  }
}

export class Gradients {
  /** @type {string | undefined} */
  names;
  /** @type {GradientRow[]} */
  rows = [];

  // onOpen(number): a number of a layer is opened.
  /** @param {CnnWords} words @param {{ onOpen: (number: string) => void }} options */
  constructor(words, { onOpen }) {
    this.onOpen = onOpen;
    this.body = el("tbody");
    const titles = el("tr", {}, el("th", {}, words.layer), el("td"),
      el("th", {}, words.norm), el("th", { title: words.ratioHelp }, words.ratio));
    this.element = el("section", { "data-block": "gradients" },
      head(words.gradients, words.gradientsNote),
      el("table", { class: "gradients" }, el("thead", {}, titles), this.body));
  }

  // values: for each layer with weights the norm of the last batch's gradient, and that norm over
  // the norm of the weights.
  /**
   * @param {[number | null, number | null][] | undefined} values
   * @param {ShapeAnswerLayer[]} layers
   */
  paint(values, layers) {
    const names = layers.filter(({ kind }) => kind === "conv" || kind === "linear")
      .map(({ name }) => name);
    const pairs = values ?? names.map(() => /** @type {[null, null]} */ ([null, null]));
    this.build(pairs.map((_, i) => names[i] ?? String(i + 1)));
    pairs.forEach(([norm, ratio], i) => this.rows[i].paint(norm, ratio));
  }

  /** @param {string[]} names */
  build(names) {
    if (this.names === names.join()) return;
    this.names = names.join();
    this.rows = names.map((name) => new GradientRow(name, this.onOpen));
    this.body.replaceChildren(...this.rows.map(({ element }) => element));
  }
}
