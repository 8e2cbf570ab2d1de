// All stages of a network beside each other, each with all its maps; and the same as a table, where
// there are no weights to compute maps with.

import { head } from "../kit/controls.js";
import { el, fill, grouped } from "../kit/dom.js";
import { Layer } from "../kit/layer.js";

/** @typedef {NetworksAnswer["networks"][number]} Network */

/** @param {string} stage @param {PicturesWords} words */
export function stageName(stage, words) {
  const [, kind, at] = /** @type {string[]} */ (stage.match(/^([a-z]+)(\d*)$/));
  return fill(words.stageNames[kind] ?? stage, { number: at });
}

export class Stages {
  built = "";
  /** @type {Map<string, Layer>} */
  layers = new Map();

  /**
   * @param {PicturesWords} words
   * @param {(array: string, map: number) => unknown} onPick
   */
  constructor(words, onPick) {
    this.words = words;
    this.onPick = onPick;
    this.body = el("div", { class: "stages" });
    this.element = el("section", { "data-block": "overview" },
      head(words.stagesTitle, words.stagesNote), this.body);
  }

  /**
   * @param {PicturesAnswer} answer @param {Network | undefined} net
   * @param {{ array: string, map: number }} chosen @param {Palette} palette
   */
  paint(answer, net, chosen, palette) {
    if (!net) return;
    if (this.built !== net.name) this.build(net, answer);
    for (const [array, layer] of this.layers) {
      const maps = answer.layers.find(({ name }) => name === array);
      if (maps) layer.paint(/** @type {any} */ (maps), "map", palette);
      layer.select(chosen.array === array && chosen.map < layer.count ? chosen.map : null);
    }
    this.element.dataset.painted = answer.picture;
  }

  /** @param {Network} net @param {PicturesAnswer} answer */
  build(net, answer) {
    const { words } = this;
    this.built = net.name;
    this.layers.clear();
    const figures = net.stages.map(({ name, array, parts }) => {
      const travelled = answer.layers.find((layer) => layer.name === array);
      const shape = /** @type {number[]} */ (travelled?.shape);
      const layer = new Layer(array, shape, { layers: { [array]: stageName(name, words) },
        mapOf: words.mapOf }, { onPick: this.onPick, layout: layout(shape) });
      const whole = parts[parts.length - 1].shape;
      layer.element.querySelector("figcaption span")?.replaceChildren(whole.join(" × "));
      layer.element.style.width = `${Math.max(layer.canvas.width, 90)}px`;
      layer.element.removeAttribute("data-block");
      this.layers.set(array, layer);
      return layer.element;
    });
    this.body.replaceChildren(...figures);
  }
}

// Maps beside each other so that all of them are about as wide as high.
/** @param {number[]} shape */
export function layout([count, rows = 0, columns = 0], most = 16) {
  if (!rows) return [Math.min(count, 50), 3, 0];
  const across = Math.ceil(Math.sqrt((count * (rows + 1) * 1.25) / (columns + 1)));
  return [Math.min(count, Math.max(4, across), Math.max(most, across)), 1, 1];
}

/** @param {Network} net @param {PicturesWords} words */
export function stageTable(net, words) {
  const { columns } = words;
  const rows = net.stages.map(({ name, parts, parameters, multiply_adds: work }) =>
    el("tr", {}, el("th", { scope: "row" }, stageName(name, words)),
      el("td", {}, parts[parts.length - 1].shape.join(" × ")),
      el("td", {}, grouped(parameters)), el("td", {}, grouped(work))));
  const sum = (/** @type {"parameters" | "multiply_adds"} */ what) =>
    grouped(net.stages.reduce((all, stage) => all + stage[what], 0));
  return el("div", { class: "layers", tabindex: "0" }, el("table", {},
    el("caption", {}, fill(words.tableTitle, { name: net.title })),
    el("thead", {}, el("tr", {}, ...columns.map((title) => el("th", { scope: "col" }, title)))),
    el("tbody", {}, ...rows), el("tfoot", {}, el("tr", {}, el("th", { scope: "row" },
      words.together), el("td"), el("td", {}, sum("parameters")),
    el("td", {}, sum("multiply_adds"))))));
}
