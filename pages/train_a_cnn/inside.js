// @ts-nocheck
// Inside the network: the kernels of its first convolution, and how large one batch's gradient was
// in each layer.

import { el, fill, say } from "../kit/dom.js";
import { Layer } from "../kit/layer.js";
import { exact, seen } from "../kit/scale.js";

const DECADES = { low: -6, high: 1 }; // of the bars; powers of ten

export class Kernels {
  /** @type {any} */
  shape;
  /** @type {Layer} */
  layer;

  // onPick(filter): one was clicked.
  /** @param {CnnWords} words @param {{ onPick: (filter: number) => void }} options */
  constructor(words, { onPick }) {
    this.words = words;
    this.onPick = onPick;
    this.place = el("div", { class: "kernels" });
    this.note = el("span", { class: "note" });
    this.element = el("section", { "data-block": "kernels" },
      el("div", { class: "head" }, el("h3", {}, words.kernels), this.note), this.place);
  }

  // values: (C, k, k) as nested lists.
  /** @param {any} values @param {number} chosen @param {Palette} palette */
  paint(values, chosen, palette) {
    if (!values?.length) return;
    const shape = [values.length, values[0].length, values[0][0].length];
    if (this.shape !== shape.join()) this.build(shape);
    const flat = values.map((/** @type {any} */ kernel) => kernel.flat());
    const scales =
      flat.map(
        (/** @type {any} */ kernel) => kernel.reduce((/** @type {any} */ most, /** @type {number} */
          value) => Math.max(most, Math.abs(value)), 0));
    const codes = Int8Array.from(flat.flatMap((/** @type {any} */ kernel, /** @type {number} */
      i) =>
      kernel.map((/** @type {number} */ value) =>
        (scales[i] ? Math.round((value / scales[i]) * 127) : 0))));
    this.layer.paint({ codes, scales, signed: true }, "layer", palette);
    this.layer.select(chosen);
  }

  /** @param {any} shape */
  build(shape) {
    this.shape = shape.join();
    const [count, side] = shape;
    const words = { layers: { kernels: this.words.kernels }, mapOf: this.words.kernelOf };
    const zoom = Math.max(3, Math.round(26 / side));
    this.layer = new Layer("kernels", shape, words, { onPick: (_, filter) => this.onPick(filter),
      layout: [count > 32 ? 16 : 8, zoom, Math.round(zoom / 2)] });
    say(this.note, fill(this.words.kernelsNote, { count, side }));
    this.place.replaceChildren(this.layer.canvas.parentElement);
  }
}

export class Gradients {
  /** @type {any} */
  names;
  /** @type {any} */
  rows;

  /** @param {CnnWords} words */
  constructor(words) {
    this.words = words;
    this.body = el("tbody");
    this.element = el("section", { "data-block": "gradients" },
      el("div", { class: "head" }, el("h3", {}, words.gradients),
        el("span", { class: "note" }, words.gradientsNote)),
      el("table", { class: "gradients" }, el("thead", {},
        el("tr", {}, el("th", {}, words.layer), el("th", {}, ""), el("th", {}, words.norm),
        el("th", { title: words.ratioHelp }, words.ratio))), this.body));
  }

  // values: (layers, 2): the norm of the last batch's gradient, and that norm over the norm of the
  // weights.
  /** @param {any} values @param {any} layers */
  paint(values, layers) {
    const names = (layers ?? []).filter((/** @type {any} */ { parameters, kind }) =>
      parameters && /conv|linear/.test(kind)).map((/** @type {any} */ { name }) => name);
    const rows = values ?? names.map(() => [null, null]);
    this.rowsOf(rows.map((/** @type {unknown} */ _, /** @type {number} */ i) =>
      names[i] ?? String(i + 1)));
    rows.forEach((/** @type {any} */ [norm, ratio], /** @type {number} */ i) => {
      const row = this.rows[i];
      const share = norm > 0 ? (Math.log10(norm) - DECADES.low) / (DECADES.high - DECADES.low) : 0;
      row.bar.style.transform = `scaleX(${Math.max(0, Math.min(1, share))})`;
      say(row.norm, seen(norm) ? exact(Number(norm.toPrecision(2))) : "–");
      say(row.ratio, seen(ratio) ? exact(Number(ratio.toPrecision(2))) : "–");
      row.norm.dataset.value = norm ?? "";
    });
  }

  /** @param {any} names */
  rowsOf(names) {
    if (this.names === names.join()) return;
    this.names = names.join();
    this.rows = names.map((/** @type {string} */ name) => {
      const [bar, norm, ratio] =
        [el("i", { class: "bar" }), el("td", { "data-fp": `gradient-${name}` }), el("td")];
      return { bar, norm, ratio, row: el("tr", {}, el("td", {}, name),
        el("td", { class: "wide" }, el("span", { class: "track" }, bar)), norm, ratio) };
    });
    this.body.replaceChildren(...this.rows.map((/** @type {any} */ { row }) => row));
  }
}
