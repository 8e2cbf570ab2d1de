// One layer: all its feature maps in one canvas, with its name and shape above. A click or the
// arrow keys pick a map.

import { contextOf, el, fill, stands, walkable } from "./dom.js";

// How the maps are laid out: maps beside each other, times each value is repeated, texels between
// two maps.
/** @type {Record<string, number[]>} */
const LAYOUT = {
  input: [1, 1, 0], kernels: [8, 8, 4], conv1: [8, 1, 3], relu1: [8, 1, 3], pool1: [8, 2, 3],
  conv2: [13, 1, 2], relu2: [13, 1, 2], pool2: [13, 2, 2], fc1: [32, 1, 0], relu3: [32, 1, 0],
};

export class Layer {
  /** @type {number | undefined} */
  map;
  /** @type {HTMLElement | undefined} */
  lit;

  // layout: as in LAYOUT, for a layer that is not in it.
  /**
   * @param {string} name
   * @param {number[]} shape
   * @param {{ layers: Record<string, string>, mapOf: string }} words
   * @param {{ onPick: (layer: string, map: number) => unknown, layout?: number[],
   *   onPoint?: (layer: string, map: number | null) => unknown }} options onPoint: the mouse is
   *   over a map, or has left
   */
  constructor(name, shape, words, { onPick, layout = LAYOUT[name], onPoint }) {
    this.name = name;
    this.shape = shape;
    this.onPick = onPick;
    this.words = words;
    const [columns, zoom, gap] = layout;
    this.columns = columns;
    this.zoom = zoom;
    this.gap = gap;
    this.count = shape[0];
    this.rows = Math.ceil(this.count / this.columns);
    this.height = (shape[1] ?? 1) * this.zoom;
    this.width = (shape[2] ?? 1) * this.zoom;
    this.stepX = this.width + this.gap;
    this.stepY = this.height + this.gap;
    this.canvas = el("canvas", {
      width: this.columns * this.stepX - this.gap, height: this.rows * this.stepY - this.gap,
      ...walkable(`${words.layers[name]}, ${shape.join(" × ")}`),
      "data-fp": name, class: shape.length === 1 ? "units" : "maps",
    });
    this.mark = el("div", { class: "mark", hidden: true });
    this.element = el("figure", { class: "layer", "data-block": name },
      el("figcaption", {}, el("b", {}, words.layers[name]), el("span", {}, shape.join(" × "))),
      el("div", { class: "grid" }, this.canvas, this.mark));
    this.canvas.addEventListener("click", (event) => this.pick(this.at(event)));
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    if (onPoint) {
      this.canvas.addEventListener("pointermove", (event) => {
        if (event.pointerType === "mouse") onPoint(name, this.at(event));
      });
      this.canvas.addEventListener("pointerleave", () => onPoint(name, null));
    }
    this.image =
      contextOf(this.canvas).createImageData(this.canvas.width, this.canvas.height);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  // scale: "map" (each map fills the ramp) or "layer" (all maps on the ramp of the strongest).
  /** @param {LayerMaps} maps @param {string} scale @param {Palette} palette */
  paint({ codes, scales, signed }, scale, palette) {
    const ramp = signed ? palette.signed : palette.size;
    const strongest = Math.max(...scales);
    const { pixels, zoom, columns, stepX, stepY } = this;
    const width = this.canvas.width;
    const [h, w] = [this.height / zoom, this.width / zoom];
    const flat = this.shape.length === 1;
    for (let map = 0, k = 0; map < this.count; map++) {
      const share = flat || scale === "map" || !strongest ? 1 : scales[map] / strongest;
      const corner = Math.floor(map / columns) * stepY * width + (map % columns) * stepX;
      for (let y = 0; y < h; y++) {
        const row = corner + y * zoom * width;
        for (let x = 0, at = row; x < w; x++, k++) {
          // rounds, for the sum is never negative
          const colour = ramp[(codes[k] * share + 127.5) | 0];
          pixels[at++] = colour;
          for (let repeat = 1; repeat < zoom; repeat++) pixels[at++] = colour;
        }
        for (let repeat = 1; repeat < zoom; repeat++) {
          pixels.copyWithin(row + repeat * width, row, row + w * zoom);
        }
      }
    }
    contextOf(this.canvas).putImageData(this.image, 0, 0);
  }

  /** @param {number | null} map */
  select(map) {
    this.mark.hidden = map == null;
    if (map == null) return;
    this.map = map;
    this.surround(this.mark, map);
    stands(this.canvas, fill(this.words.mapOf,
      { layer: this.words.layers[this.name], map, count: this.count }), map, this.count - 1);
  }

  // Puts an outline around a map.
  /** @param {HTMLElement} outline @param {number} map */
  surround(outline, map) {
    const { canvas, columns, stepX, stepY } = this;
    /** @param {number} value @param {number} whole */
    const share = (value, whole) => `${(100 * value) / whole}%`;
    Object.assign(outline.style, {
      left: share((map % columns) * stepX, canvas.width),
      top: share(Math.floor(map / columns) * stepY, canvas.height),
      width: share(this.width, canvas.width), height: share(this.height, canvas.height),
    });
  }

  // Lit: this map alone, all of them ("all"), or none (null: the layer steps back); undefined: as
  // ever.
  /** @param {number | "all" | null | undefined} map */
  light(map) {
    this.element.classList.toggle("back", map === null);
    this.element.classList.toggle("lit-one", typeof map === "number");
    if (typeof map !== "number") return;
    this.lit ??= el("div", { class: "lit" });
    this.mark.before(this.lit);
    this.surround(this.lit, map);
  }

  /** @param {MouseEvent} event */
  at(event) {
    const box = this.canvas.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width)
      * (this.canvas.width + this.gap) / this.stepX);
    const row = Math.floor(((event.clientY - box.top) / box.height)
      * (this.canvas.height + this.gap) / this.stepY);
    return row * this.columns + Math.min(column, this.columns - 1);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const move = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.columns, ArrowDown: this.columns,
      Enter: 0, " ": 0 }[event.key];
    if (move == null) return;
    event.preventDefault();
    event.stopPropagation();
    this.pick((this.map ?? 0) + move);
  }

  /** @param {number} map */
  pick(map) {
    if (map >= 0 && map < this.count) this.onPick(this.name, map);
  }
}
