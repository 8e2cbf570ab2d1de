// @ts-nocheck
// The selected map, large: every pixel can be hovered, clicked, or reached with the arrow keys.

import { contextOf, el, fill, say } from "../kit/dom.js";

export class Lens {
  /** @type {any} */
  layer;
  flat = false;
  /** @type {any} */
  columns;
  /** @type {any} */
  rows;
  /** @type {any} */
  place;

  /**
   * @param {DigitWords} words
   * @param {{ onPlace: (place: number) => void, onHover: (place: any) => undefined }} options
   */
  constructor(words, { onPlace, onHover }) {
    this.words = words;
    this.onPlace = onPlace;
    this.onHover = onHover;
    this.canvas = el("canvas",
      { tabindex: "0", role: "img", class: "lens", "data-fp": "lens", width: 28, height: 28 });
    this.mark = el("div", { class: "mark" });
    this.title = el("figcaption");
    this.kernels = el("canvas", { class: "kernels", width: 31, height: 3, role: "img" });
    this.caption = el("p", { class: "note" });
    this.element = el("figure", { class: "magnified" }, this.title,
      el("div", { class: "grid" }, this.canvas, this.mark), this.kernels, this.caption);
    this.canvas.addEventListener("click", (event) => this.go(this.at(event)));
    this.canvas.addEventListener("pointermove",
      (event) => event.pointerType === "mouse" && this.onHover(this.at(event)));
    this.canvas.addEventListener("pointerleave", () => this.onHover(null));
    this.canvas.addEventListener("keydown", (event) => {
      const step =
        { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      const [row, column] = this.position(this.place);
      this.go(this.put(row + step[0], column + step[1]));
    });
  }

  // A flat layer is shown as its units in rows of 32; otherwise one map.
  /** @param {TraceLayer} layer @param {DigitViewPlace} place @param {Palette} palette */
  paint(layer, place, palette) {
    this.layer = layer;
    const [, h, w] = layer.shape;
    this.flat = layer.shape.length === 1;
    this.columns = this.flat ? 32 : w;
    this.rows = this.flat ? Math.ceil(layer.shape[0] / 32) : h;
    const { canvas, columns, rows } = this;
    if (canvas.width !== columns || canvas.height !== rows) {
      Object.assign(canvas, { width: columns, height: rows });
    }
    const ramp = layer.signed ? palette.signed : palette.size;
    const context = contextOf(canvas);
    const image = context.createImageData(columns, rows);
    const pixels = new Uint32Array(image.data.buffer);
    const start = this.flat ? 0 : place.map * columns * rows;
    for (let i = 0; i < pixels.length; i++) pixels[i] = ramp[layer.codes[start + i] + 127];
    context.putImageData(image, 0, 0);
    this.select(place);
  }

  /** @param {number} options */
  select({ layer, map, row: r, column: c }) {
    const place = (this.place = { layer, map, row: r, column: c });
    const [row, column] = this.position(place);
    Object.assign(this.mark.style, {
      left: `${(100 * column) / this.columns}%`, top: `${(100 * row) / this.rows}%`,
      width: `${100 / this.columns}%`, height: `${100 / this.rows}%`,
    });
    const name = this.words.layers[place.layer];
    say(this.title,
      fill(this.flat ? this.words.unit : this.words.pixel, { ...place, layer: name }));
    this.canvas.setAttribute("aria-label", this.title.textContent);
  }

  // All kernels of the filter that made the map, one for each input channel, on one scale.
  /** @param {number[][][] | null} kernel @param {Palette} palette */
  weigh(kernel, palette) {
    this.kernels.hidden = this.caption.hidden = !kernel;
    if (!kernel) return;
    const [columns, step] = [Math.min(kernel.length, 8), 4];
    Object.assign(this.kernels,
      { width: columns * step - 1, height: Math.ceil(kernel.length / columns) * step - 1 });
    this.kernels.classList.toggle("single", kernel.length === 1);
    const largest = Math.max(...kernel.flat(2).map(Math.abs)) || 1;
    const context = contextOf(this.kernels);
    const image = context.createImageData(this.kernels.width, this.kernels.height);
    const pixels = new Uint32Array(image.data.buffer);
    kernel.forEach((rows, channel) => rows.forEach((row, y) => row.forEach((weight, x) => {
      const at =
        (Math.floor(channel / columns) * step + y) * image.width + (channel % columns) * step + x;
      pixels[at] = palette.signed[Math.round((127 * weight) / largest) + 127];
    })));
    context.putImageData(image, 0, 0);
    say(this.caption, fill(this.words.kernelsOf, { count: kernel.length }));
    this.kernels.setAttribute("aria-label", this.caption.textContent);
  }

  /** @param {{ map?: any, row?: number, column?: number }} options */
  position({ map, row, column }) {
    return this.flat ? [Math.floor(map / 32), map % 32] : [row, column];
  }

  /** @param {number} row @param {number} column */
  put(row, column) {
    if (row < 0 || column < 0 || row >= this.rows || column >= this.columns) return null;
    if (this.flat) return { ...this.place, map: row * 32 + column };
    return { ...this.place, row, column };
  }

  /** @param {PointerEvent} event */
  at(event) {
    const box = this.canvas.getBoundingClientRect();
    /** @param {number} value @param {number} whole @param {number} count */
    const part = (value, whole, count) =>
      Math.min(count - 1, Math.max(0, Math.floor((value / whole) * count)));
    return this.put(part(event.clientY - box.top, box.height, this.rows),
      part(event.clientX - box.left, box.width, this.columns));
  }

  /** @param {number} place */
  go(place) {
    if (place) this.onPlace(place);
  }
}
