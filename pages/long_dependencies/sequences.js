// @ts-nocheck
// Test sequences of the adding problem: every value as a bar, the two that are marked in ink, and
// on a scale from 0 to 2 their true sum beside what each network says.

import { el, number } from "../kit/dom.js";
import { ROLE } from "./unrolled.js";
import { round, svg } from "../kit/svg.js";

const SHOWN = 3;
const TOP = 2; // the largest sum

export class Sequences {
  /** @type {any} */
  pictures;
  /** @type {any} */
  cells;
  /** @type {any} */
  palette;

  /** @param {AddingWords} words */
  constructor(words) {
    this.words = words;
    this.element = el("div", { class: "sequences" });
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.element);
  }

  close() {
    this.observer.disconnect();
  }

  /** @param {any} pictures @param {any} cells @param {Palette} palette */
  paint(pictures, cells, palette) {
    this.pictures = pictures;
    this.cells = cells;
    this.palette = palette;
    this.draw();
  }

  draw() {
    const { pictures, cells, element, words } = this;
    if (!pictures?.values || !element.clientWidth) return;
    const unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const count = Math.min(SHOWN, pictures.values.length);
    element.replaceChildren(...Array.from({ length: count }, (_, i) => {
      const marked = pictures.values[i].filter((/** @type {unknown} */ _, /** @type {any} */ t) =>
        pictures.marked[i][t] > 0.5);
      const said = cells.map((/** @type {any} */ cell) => [cell, pictures[`${cell}.says`]?.[i]])
        .filter((/** @type {any} */ [, value]) => Number.isFinite(value));
      const truth = pictures.truth[i];
      const sum = marked.map(number2).join(" + ");
      const spoken =
        said.map((/** @type {any} */ [cell, value]) => `${words.cells[cell]} ${number2(value)}`);
      const label = [`${sum} = ${number2(truth)}`, ...spoken].join(", ");
      return el("div", { class: "sequence", role: "img", "aria-label": label },
        this.bars(pictures.values[i], pictures.marked[i], unit), el("span", { class: "sum" }, sum),
        this.scale(truth, said, unit));
    }));
  }

  // How wide each half of a row is; on a phone they stand below each other.
  /** @param {any} unit */
  side(unit) {
    const { clientWidth } = this.element;
    return clientWidth > 700 * unit ? clientWidth * 0.42 : clientWidth;
  }

  // All values, first step left; the marked ones in ink with their number.
  /** @param {any} values @param {any} marked @param {number} unit */
  bars(values, marked, unit) {
    const width = this.side(unit);
    const [height, top] = [52 * unit, 18 * unit];
    const pitch = width / values.length;
    const picture =
      svg("svg", { width: round(width), height: round(height), "aria-hidden": "true" });
    const ground = round(height - 0.5);
    picture.append(svg("line",
      { class: "rule one", x1: 0, x2: round(width), y1: ground, y2: ground }));
    const texts = []; // above all bars
    values.forEach((/** @type {number} */ value, /** @type {any} */ t) => {
      const chosen = marked[t] > 0.5;
      const tall = value * (height - top);
      picture.append(svg("rect", {
        class: chosen ? "bar marked" : "bar", x: round(t * pitch + pitch * 0.15),
        width: round(pitch * 0.7),
        y: round(height - tall), height: round(Math.max(1, tall)),
      }));
      if (!chosen) return;
      const edge =
        t * pitch < 20 * unit ? "start" : (t + 1) * pitch > width - 20 * unit ? "end" : "middle";
      texts.push(svg("text", { x: round((t + 0.5) * pitch), y: round(height - tall - 6 * unit),
        "text-anchor": edge }, number2(value)));
    });
    picture.append(...texts);
    return picture;
  }

  // 0 to 2: a tick of ink is the truth, a dot with its name is what a network says.
  /** @param {any} truth @param {any} said @param {number} unit */
  scale(truth, said, unit) {
    const width = this.side(unit);
    const [height, line] = [52 * unit, 30 * unit];
    /** @param {number} value */
    const x = (value) =>
      10 * unit + (Math.max(-0.1, Math.min(TOP + 0.1, value)) / TOP) * (width - 20 * unit);
    const picture =
      svg("svg", { width: round(width), height: round(height), "aria-hidden": "true" });
    picture.append(svg("line",
      { class: "rule one", x1: round(x(0)), x2: round(x(TOP)), y1: line, y2: line }));
    for (const tick of [0, 1, 2]) {
      const [at, anchor] = [round(x(tick)), tick === 0 ? "start" : tick === TOP ? "end" : "middle"];
      picture.append(svg("line",
        { class: "rule one", x1: at, x2: at, y1: line - 3 * unit, y2: line + 3 * unit }),
        svg("text", { class: "quietly", x: at, y: line + 17 * unit, "text-anchor": anchor },
          String(tick)));
    }
    picture.append(svg("rect", {
      class: "truth", x: round(x(truth) - 1.5 * unit), width: 3 * unit, y: line - 15 * unit,
      height: 30 * unit,
    }));
    for (const [cell, value] of said) {
      const fill = this.palette.category(ROLE[cell]);
      picture.append(svg("circle",
        { cx: round(x(value)), cy: line, r: 5.5 * unit, fill, class: "dot" }));
    }
    const names = [[null, truth], ...said].map(([cell, value]) => ({
      text: `${cell ? this.words.cells[cell] : this.words.truth} ${number2(value)}`, at: x(value),
      cell,
    }));
    names.sort((a, b) => a.at - b.at);
    /** @param {{ text: string }} options */
    const wideOf = ({ text }) => text.length * 7.3 * unit + 10 * unit;
    let edge = 0;
    for (const name of names) {
      edge = (name.left = Math.max(edge, name.at - wideOf(name) / 2)) + wideOf(name);
    }
    let limit = width;
    for (const name of [...names].reverse()) {
      limit = name.left = Math.min(name.left, limit - wideOf(name));
    }
    for (const { text, left, cell } of names) {
      picture.append(svg("text", { class: cell ? null : "name", x: round(left), y: 10 * unit },
        text));
    }
    return picture;
  }
}

/** @param {number} value */
const number2 = (value) => number(value, 2);
