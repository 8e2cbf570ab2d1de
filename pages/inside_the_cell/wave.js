// A series above the maps, a column for each step: what the network reads, and what it predicts
// from it.

import { el } from "../kit/dom.js";
import { svg } from "../kit/svg.js";

const HIGH = 100; // units of the drawing; the page stretches it

export class Wave {
  count = 0;

  /** @param {CellWords} words @param {{ onTime: (time: number) => void }} options */
  constructor(words, { onTime }) {
    /** @param {string} name */
    const line =
      (name) => svg("polyline", { class: name, "vector-effect": "non-scaling-stroke" });
    this.input = line("input");
    this.prediction = line("prediction");
    this.picture = svg("svg", { preserveAspectRatio: "none", class: "wave", "data-fp": "wave",
      role: "img", "aria-label": words.series }, this.input, this.prediction);
    this.picture.addEventListener("click", (event) => {
      const box = this.picture.getBoundingClientRect();
      onTime(Math.min(this.count - 1,
        Math.floor(((event.clientX - box.left) / box.width) * this.count)));
    });
    const label = el("div", { class: "label series" },
      el("span", { class: "of-input" }, words.inputLine),
      el("span", { class: "of-prediction" }, words.predictionLine));
    this.elements = [label, el("div", { class: "cells series" }, this.picture)];
  }

  // prediction: null where there is none.
  /** @param {number[]} series @param {(number | null)[]} prediction */
  paint(series, prediction) {
    this.count = series.length;
    const sizes = [...series, ...prediction].map((value) => Math.abs(value ?? 0));
    const largest = Math.max(...sizes) || 1;
    this.picture.setAttribute("viewBox", `0 0 ${series.length} ${HIGH}`);
    /** @param {(number | null)[]} values */
    const points = (values) => values.flatMap((value, time) => (value == null ? []
      : [`${time + 0.5},${HIGH / 2 - (0.46 * HIGH * value) / largest}`])).join(" ");
    this.input.setAttribute("points", points(series));
    this.prediction.setAttribute("points", points(prediction));
  }
}
