// A series above the maps, a column for each step: what the network reads, and what it predicts
// from it.

import { el } from "../kit/dom.js";

const HIGH = 100; // units of the drawing; the page stretches it

export class Wave {
  /** @type {any} */
  count;

  /** @param {CellWords} words @param {{ onTime: (time: number) => void }} options */
  constructor(words, { onTime }) {
    this.words = words;
    this.input = path("input");
    this.prediction = path("prediction");
    this.picture = svg("svg", { preserveAspectRatio: "none", class: "wave", "data-fp": "wave",
      role: "img", "aria-label": words.series });
    this.picture.append(this.input, this.prediction);
    this.picture.addEventListener("click", (event) => {
      const box = this.picture.getBoundingClientRect();
      onTime(Math.min(this.count - 1,
        Math.floor(((event.clientX - box.left) / box.width) * this.count)));
    });
    this.label = el("div", { class: "label series" }, el("span", { class: "of-input" },
      words.inputLine), el("span", { class: "of-prediction" }, words.predictionLine));
    this.elements = [this.label, el("div", { class: "cells series" }, this.picture)];
  }

  /** @param {{ series?: any, prediction?: any }} what @param {any} cell */
  paint({ series, prediction }, cell) {
    this.count = series.length;
    const said = prediction[cell] ?? [];
    const largest = Math.max(...[...series, ...said].map((value) => Math.abs(value ?? 0))) || 1;
    this.picture.setAttribute("viewBox", `0 0 ${series.length} ${HIGH}`);
    /** @param {any} values */
    const points = (values) => values.flatMap((/** @type {number} */ value, /** @type {number} */
      time) =>
      value == null ? [] : [`${time + 0.5},${HIGH / 2 - (0.46 * HIGH * value) / largest}`])
        .join(" ");
    this.input.setAttribute("points", points(series));
    this.prediction.setAttribute("points", points(said));
  }
}

/** @param {string} tag @param {any} attributes */
const svg = (tag, attributes) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};
/** @param {string} name */
const path = (name) => svg("polyline", { class: name, "vector-effect": "non-scaling-stroke" });
