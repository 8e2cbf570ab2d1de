// The selected map, large: every pixel can be hovered, clicked, or reached with the arrow keys.

import { arrow } from "../kit/controls.js";
import { el, fill, say, stands, walkable } from "../kit/dom.js";
import { paintPixels, shade } from "../kit/pixels.js";

const BESIDE = 32; // units of a flat layer in a row

export class Lens {
  /** @type {TraceLayer | undefined} */
  layer;
  /** @type {DigitViewPlace} */
  place = { layer: "", map: 0, row: 0, column: 0 };
  flat = false;
  columns = 1;
  rows = 1;

  /**
   * @param {DigitWords} words
   * @param {{ onPlace: (place: DigitViewPlace) => void,
   *   onHover: (place: DigitViewPlace | null) => void }} options
   */
  constructor(words, { onPlace, onHover }) {
    this.words = words;
    this.onPlace = onPlace;
    this.canvas = el("canvas",
      { ...walkable(), class: "lens", "data-fp": "lens", width: 28, height: 28 });
    this.mark = el("div", { class: "mark" });
    this.title = el("figcaption");
    this.kernels = el("canvas", { class: "kernels", width: 31, height: 3, role: "img" });
    this.caption = el("p", { class: "note" });
    this.element = el("figure", { class: "magnified" }, this.title,
      el("div", { class: "grid" }, this.canvas, this.mark), this.kernels, this.caption);
    this.canvas.addEventListener("click", (event) => this.go(this.at(event)));
    this.canvas.addEventListener("pointermove",
      (event) => event.pointerType === "mouse" && onHover(this.at(event)));
    this.canvas.addEventListener("pointerleave", () => onHover(null));
    this.canvas.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const move = arrow(event);
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    const [row, column] = this.position(this.place);
    this.go(this.put(row + move[0], column + move[1]));
  }

  // A flat layer is shown as its units in rows; otherwise one map.
  /** @param {TraceLayer} layer @param {DigitViewPlace} place @param {Palette} palette */
  paint(layer, place, palette) {
    const { shape: [units, height, width], signed, codes } = layer;
    this.layer = layer;
    this.flat = layer.shape.length === 1;
    this.columns = this.flat ? BESIDE : width;
    this.rows = this.flat ? Math.ceil(units / BESIDE) : height;
    const ramp = signed ? palette.signed : palette.size;
    const start = this.flat ? 0 : place.map * this.columns * this.rows;
    paintPixels(this.canvas, this.columns, this.rows, (i) => ramp[codes[start + i] + 127]);
    this.select(place);
  }

  /** @param {DigitViewPlace} place */
  select(place) {
    this.place = place;
    const [row, column] = this.position(place);
    Object.assign(this.mark.style, {
      left: `${(100 * column) / this.columns}%`, top: `${(100 * row) / this.rows}%`,
      width: `${100 / this.columns}%`, height: `${100 / this.rows}%`,
    });
    const title = fill(this.flat ? this.words.unit : this.words.pixel,
      { ...place, layer: this.words.layers[place.layer] });
    say(this.title, title);
    this.canvas.setAttribute("aria-label", this.words.layers[place.layer]);
    stands(this.canvas, title, row * this.columns + column, this.rows * this.columns - 1);
  }

  // All kernels of the filter that made the map, one for each input channel, on one scale.
  /** @param {number[][][] | null} kernel @param {Palette} palette */
  weigh(kernel, palette) {
    this.kernels.hidden = this.caption.hidden = !kernel;
    if (!kernel) return;
    const [beside, step] = [Math.min(kernel.length, 8), 4];
    const [columns, rows] = [beside * step - 1, Math.ceil(kernel.length / beside) * step - 1];
    const largest = Math.max(...kernel.flat(2).map(Math.abs));
    paintPixels(this.kernels, columns, rows, (i) => {
      const [y, x] = [Math.floor(i / columns), i % columns];
      const channel = Math.floor(y / step) * beside + Math.floor(x / step);
      const weight = kernel[channel]?.[y % step]?.[x % step];
      return weight === undefined ? 0 : shade(palette.signed, weight, largest);
    });
    this.kernels.classList.toggle("single", kernel.length === 1);
    const caption = fill(this.words.kernelsOf, { count: kernel.length });
    say(this.caption, caption);
    this.kernels.setAttribute("aria-label", caption);
  }

  /** @param {DigitViewPlace} place */
  position({ map, row, column }) {
    return this.flat ? [Math.floor(map / BESIDE), map % BESIDE] : [row, column];
  }

  /** @param {number} row @param {number} column @returns {DigitViewPlace | null} */
  put(row, column) {
    if (row < 0 || column < 0 || row >= this.rows || column >= this.columns) return null;
    if (this.flat) return { ...this.place, map: row * BESIDE + column };
    return { ...this.place, row, column };
  }

  /** @param {MouseEvent} event */
  at(event) {
    const box = this.canvas.getBoundingClientRect();
    /** @param {number} share @param {number} count */
    const part = (share, count) => Math.min(count - 1, Math.max(0, Math.floor(share * count) || 0));
    return this.put(part((event.clientY - box.top) / box.height, this.rows),
      part((event.clientX - box.left) / box.width, this.columns));
  }

  /** @param {DigitViewPlace | null} place */
  go(place) {
    if (place) this.onPlace(place);
  }
}
