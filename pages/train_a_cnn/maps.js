// A layer whose numbers open: a click picks one, the arrow keys another map, with Shift another
// number of it. What is open is outlined, and so is what it is made of.

import { arrow } from "../kit/controls.js";
import { el } from "../kit/dom.js";
import { Layer } from "../kit/layer.js";
import { boxes } from "../kit/opened.js";
/** @import { Wire } from "../kit/opened.js" */

export class OpenMaps extends Layer {
  outlines = el("div", { class: "outlines", "aria-hidden": "true" });

  /**
   * @param {string} name
   * @param {number[]} shape
   * @param {{ layers: Record<string, string>, mapOf: string }} words
   * @param {{ layout: number[], title: string,
   *   onPick: (layer: string, map: number) => void }} options
   */
  constructor(name, shape, words, { layout, onPick, title }) {
    super(name, shape, words, { layout, onPick });
    this.spot = shape.slice(1).map((size) => Math.floor(size / 2));
    this.canvas.title = title;
    this.mark.after(this.outlines);
  }

  // The place of the number that is picked in a map; units have none.
  /** @param {number} map */
  placeIn(map) {
    return [map, ...this.spot];
  }

  /** @param {MouseEvent} event */
  at(event) {
    const box = this.canvas.getBoundingClientRect();
    const { zoom, stepX, stepY, canvas } = this;
    /** @param {number} share @param {number} whole @param {number} step @param {number} count */
    const within = (share, whole, step, count) =>
      Math.max(0, Math.min(count - 1, Math.floor(((share * whole) % step) / zoom)));
    const [, rows, columns] = this.shape;
    if (rows) {
      this.spot = [
        within((event.clientY - box.top) / box.height, canvas.height, stepY, rows),
        within((event.clientX - box.left) / box.width, canvas.width, stepX, columns),
      ];
    }
    return super.at(event);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const step = event.shiftKey && this.spot.length ? arrow(event) : undefined;
    if (!step) return super.key(event);
    event.preventDefault();
    event.stopPropagation();
    const sizes = this.shape.slice(1);
    this.spot = this.spot.map((at, i) => Math.max(0, Math.min(sizes[i] - 1, at + step[i])));
    this.pick(this.map ?? 0);
  }

  // opened: the number that is open, or null; own: where it stands, if it is one of these.
  /** @param {Wire | null} opened @param {number[] | null} own */
  outline(opened, own) {
    if (own) this.spot = own.slice(1);
    this.select(own ? own[0] : null);
    const [count, height, width] = this.shape;
    const sources = opened && width ? Array.from({ length: count }, (_, map) =>
      boxes(opened, this.name, [map]).map((box) => ({ ...box, map }))).flat() : [];
    const parts = sources.filter(({ top, bottom, left, right }) =>
      bottom - top < height || right - left < width);
    const chosen = own && width ? [this.cell(own)] : [];
    this.outlines.replaceChildren(...parts.map((box) => el("i", { style: this.place(box) })),
      ...chosen.map((box) => el("i", { class: "chosen", style: this.place(box) })));
  }

  /** @param {number[]} index */
  cell([map, row, column]) {
    return { map, top: row, bottom: row + 1, left: column, right: column + 1 };
  }

  /** @param {Box & { map: number }} box */
  place({ map, top, bottom, left, right }) {
    const { canvas, columns, stepX, stepY, zoom } = this;
    const [x, y] = [(map % columns) * stepX, Math.floor(map / columns) * stepY];
    /** @param {number} value @param {number} whole */
    const share = (value, whole) => `${(100 * value) / whole}%`;
    return `left:${share(x + left * zoom, canvas.width)};`
      + `top:${share(y + top * zoom, canvas.height)};`
      + `width:${share((right - left) * zoom, canvas.width)};`
      + `height:${share((bottom - top) * zoom, canvas.height)}`;
  }
}
