// One stage from inside: its parts, all maps of one of them, one map enlarged with its numbers, the
// kernel that makes it, and the places in all pictures that excite it most.

import { layout, stageName } from "./stages.js";
import { choices, head, press } from "../kit/controls.js";
import { button, contextOf, el, fill, number, say } from "../kit/dom.js";
import { Heat } from "../kit/heat.js";
import { Layer } from "../kit/layer.js";
import { paintPixels } from "../kit/pixels.js";

/** @typedef {NetworksAnswer["networks"][number]["stages"]} StageList */
/** @typedef {StageList[number]["parts"][number]} Part */

const SIDE = 84; // pixels of a small picture

export class Inside {
  /** @type {StageList} */
  stages = [];
  /** @type {StageList[number] | undefined} */
  stage;
  /** @type {Part | undefined} */
  part;
  map = 0;
  of = ""; // the question that the layer on show answers
  /** @type {any} */
  layer = null;
  /** @type {any} */
  one = null;
  /** @type {PicturesPeaksAnswer | null} */
  peaks = null;
  /** @type {any} */
  kernels = null;
  built = "";
  drawn = "";
  /** @type {Layer | null} */
  all = null;

  /**
   * @param {PicturesWords} words
   * @param {{ onChange: (change: { array?: string, map?: number }) => unknown,
   *   onNumber: (text: string) => unknown, onPicture: (name: string) => unknown,
   *   onSee: (box: number[] | null) => unknown, at: (name: string) => string }} told
   */
  constructor(words, { onChange, onNumber, onPicture, onSee, at }) {
    this.words = words;
    this.onChange = onChange;
    this.onNumber = onNumber;
    this.onPicture = onPicture;
    this.onSee = onSee;
    this.at = at;
    this.title = el("h2", {});
    this.shape = el("span", { class: "note shape" });
    this.parts = el("div", { class: "choices", role: "group", "aria-label": words.partsLabel });
    this.maps = el("div", { class: "all-maps" });
    this.heat = new Heat({ key: "map", title: words.enlarged,
      labelOf: (row, column, value) => this.says(row, column, value),
      onPick: (row, column) => this.pick(row, column),
      onHover: (row, column) => this.hover(row, column) });
    this.field = el("p", { class: "note", "data-fp": "field" });
    this.kernel = el("canvas", { class: "kernel" });
    this.kernelFigure = el("figure", { hidden: true }, this.kernel,
      el("figcaption", {}, el("span", {}, words.kernelOf)));
    this.nine = el("div", { class: "nine" });
    this.peaksNote = el("p", { class: "note" }, words.peaksNote);
    this.peaksPart = el("section", { "data-block": "peaks" }, head(words.peaksTitle), this.nine,
      this.peaksNote);
    this.first = el("div", { class: "kernels" });
    this.element = el("div", { class: "inside" },
      el("section", { class: "layer-part", "data-block": "layer" },
        el("div", { class: "head" }, this.title, this.shape), this.parts, this.maps),
      el("section", { class: "one", "data-block": "map" }, this.heat.element, this.field,
        this.kernelFigure),
      this.peaksPart,
      el("section", { "data-block": "kernels" }, head(words.kernelsTitle, words.kernelsNote),
        this.first));
  }

  get hasPlaces() {
    return Boolean(this.part && this.part.shape.length === 3 && this.part.shape[2] > 1);
  }

  /** @param {string} array */
  arrayName(array) {
    const { words } = this;
    for (const stage of this.stages) {
      const found = stage.parts.find((part) => part.array === array);
      if (found) {
        const name = stageName(stage.name, words);
        return found.part ? `${name}, ${words.parts[found.part] ?? found.part}` : name;
      }
    }
    return words.arrays[array] ?? words.weight;
  }

  // The stage that holds an array; of a network without it the first one.
  /** @param {StageList} stages @param {{ array: string, map: number }} state
   * @param {PicturesAnswer} answer */
  show(stages, { array, map }, answer) {
    this.stages = stages;
    this.kernels = answer.layers.find(({ name }) => name === "kernels");
    this.stage = stages.find(({ parts }) => parts.some((part) => part.array === array))
      ?? stages[0];
    this.part = this.stage?.parts.find((part) => part.array === array)
      ?? this.stage?.parts[this.stage.parts.length - 1];
    this.map = this.part && map < this.part.shape[0] ? map : 0;
  }

  /** @param {any} answer */
  takeLayer(answer) {
    this.layer = answer;
    this.paint(this.palette);
  }

  /** @param {any} answer */
  takeMap(answer) {
    this.one = answer;
    this.paint(this.palette);
  }

  /** @param {PicturesPeaksAnswer} answer */
  takePeaks(answer) {
    this.peaks = answer;
    this.paint(this.palette);
  }

  /** @type {Palette | undefined} */
  palette;

  /** @param {Palette | undefined} palette */
  paint(palette) {
    const { stage, part, words } = this;
    this.palette = palette;
    if (!palette || !stage || !part) return;
    say(this.title, stageName(stage.name, words));
    say(this.shape, part.shape.join(" × "));
    if (this.built !== stage.array) {
      this.built = stage.array;
      const named = stage.parts.map((one) => /** @type {[string, string]} */ (
        [one.array, words.parts[one.part] ?? words.units]));
      this.parts.replaceChildren(
        ...choices("part", named, (array) => this.onChange({ array })).children);
    }
    press(this.parts, part.array);
    this.paintLayer(part, palette);
    this.paintMap(part, palette);
    this.paintPeaks(part);
    this.paintKernels(palette);
  }

  /** @param {Part} part @param {Palette} palette */
  paintLayer({ array }, palette) {
    if (this.layer?.array !== array) return;
    const [travelled] = this.layer.layers;
    const shape = travelled.shape.length === 3 && travelled.shape[2] === 1
      ? [travelled.shape[0]] : travelled.shape;
    const key = `${array} ${shape}`;
    if (this.drawn !== key) {
      this.drawn = key;
      this.all = new Layer(array, shape, { layers: { [array]: this.arrayName(array) },
        mapOf: this.words.mapOf }, { layout: layout(shape, 8),
        onPick: (_, map) => this.chooseMap(map) });
      this.all.element.removeAttribute("data-block");
      this.all.canvas.dataset.fp = "layer-maps";
      this.maps.replaceChildren(this.all.element);
    }
    this.all?.paint(travelled, "map", palette);
    this.all?.select(this.map);
    this.maps.dataset.array = array;
  }

  // A map, or a unit: a unit is a number, which opens.
  /** @param {number} map */
  chooseMap(map) {
    const { part } = this;
    if (!part) return;
    if (!this.hasPlaces) {
      this.onNumber([part.array, map, ...(part.shape.length === 3 ? [0, 0] : [])].join("."));
    }
    this.onChange({ map });
  }

  /** @param {Part} part @param {Palette} palette */
  paintMap({ array, sees }, palette) {
    const { one, words } = this;
    this.heat.element.hidden = this.field.hidden = !this.hasPlaces;
    if (!this.hasPlaces || one?.array !== array || one.map !== this.map) {
      this.kernelFigure.hidden = true;
      return;
    }
    const [{ shape: [, rows, columns], codes, scales: [scale], signed }, kernel] = one.layers;
    const values = Array.from({ length: rows }, (_, row) => Array.from({ length: columns },
      (__, column) => (codes[row * columns + column] * scale) / 127));
    this.heat.element.style.setProperty("--aspect", `${columns} / ${rows}`);
    say(this.heat.title, fill(words.mapTitle, { map: this.map, array: this.arrayName(array) }));
    this.heat.paint({ values, signed, largest: scale }, palette);
    say(this.field, sees ? fill(words.sees, { size: sees.size, jump: sees.jump }) : words.seesAll);
    this.heat.element.dataset.map = `${array}.${this.map}`;
    this.kernelFigure.hidden = !kernel;
    if (kernel) paintKernel(this.kernel, kernel.codes, palette);
  }

  /** @param {number} row @param {number} column @param {number} value */
  says(row, column, value) {
    return fill(this.words.cell, { row, column, value: number(value ?? 0, 2) });
  }

  /** @param {number} row @param {number} column */
  pick(row, column) {
    this.heat.select(row, column);
    if (this.part) this.onNumber([this.part.array, this.map, row, column].join("."));
  }

  /** @param {number | null} row @param {number | null} column */
  hover(row, column) {
    const { sees } = this.part ?? {};
    if (row === null || column === null || !sees) return this.onSee(null);
    const [top, left] = [row, column].map((at) => sees.start + sees.jump * at);
    this.onSee([Math.max(0, top), Math.max(0, left), Math.min(224, top + sees.size),
      Math.min(224, left + sees.size)]);
  }

  /** @param {Part} part */
  paintPeaks({ array }) {
    const { peaks, words } = this;
    this.peaksPart.hidden = !this.hasPlaces;
    if (!peaks || peaks.array !== array || peaks.map !== this.map) return;
    const key = `${array}.${this.map}.${peaks.peaks.map(({ picture }) => picture)}`;
    if (this.nine.dataset.of === key) return;
    this.nine.dataset.of = key;
    this.nine.replaceChildren(...peaks.peaks.map(({ picture, value, row, column, sees }) => {
      const canvas = el("canvas", { width: SIDE, height: SIDE });
      const label = fill(words.peak, { picture: words.set[picture] ?? words.own,
        value: number(value, 2), row, column });
      draw(canvas, this.at(picture), sees);
      return button(canvas, () => this.onPicture(picture), { title: label, "aria-label": label,
        "data-picture": picture, "data-value": value });
    }));
  }

  /** @param {Palette} palette */
  paintKernels(palette) {
    const { kernels, words } = this;
    if (!kernels) return;
    const each = kernels.shape[1];
    const count = kernels.shape[0];
    const array = this.stages[0].parts[0].array;
    if (this.first.children.length !== count) {
      this.first.replaceChildren(...Array.from({ length: count }, (_, map) =>
        button(el("canvas"), () => this.onChange({ array, map }),
          { "aria-label": fill(words.kernel, { map }), "data-fp": `kernel-${map}` })));
    }
    [...this.first.children].forEach((one, map) => {
      const canvas = /** @type {HTMLCanvasElement} */ (one.firstChild);
      paintKernel(canvas, kernels.codes.subarray(map * each, (map + 1) * each), palette);
      one.setAttribute("aria-pressed", String(this.part?.array === array && this.map === map));
    });
  }
}

// Of three channels the colours that a kernel looks for: grey where its weights are 0. Of one the
// weights themselves.
/** @param {HTMLCanvasElement} canvas @param {Int8Array} codes @param {Palette} palette */
function paintKernel(canvas, codes, palette) {
  const colours = codes.length % 3 === 0 && Number.isInteger(Math.sqrt(codes.length / 3));
  const side = Math.sqrt(codes.length / (colours ? 3 : 1));
  paintPixels(canvas, side, side, (i) => {
    if (!colours) return palette.signed[codes[i] + 127];
    const [r, g, b] = [0, 1, 2].map((channel) => 128 + codes[channel * side * side + i]);
    return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  });
}

/** @param {HTMLCanvasElement} canvas @param {string} source @param {number[]} box */
function draw(canvas, source, [top, left, bottom, right]) {
  const image = new Image();
  image.onload = () => {
    const context = contextOf(canvas);
    context.imageSmoothingEnabled = right - left > SIDE;
    context.drawImage(image, left, top, right - left, bottom - top, 0, 0, SIDE, SIDE);
  };
  image.src = source;
}
