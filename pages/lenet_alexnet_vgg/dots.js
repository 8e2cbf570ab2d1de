// Accuracies as dots with their 95% intervals, a row a network, a dot a seed.

import { percent2 } from "./figures.js";
import { el } from "../kit/dom.js";
import { format, ticks } from "../kit/scale.js";
import { round, svg } from "../kit/svg.js";

const ROW = 46;
const TOP = 8;
const FOOT = 30;
// what lies further below is written at the edge, or the others could not be told apart
const WIDEST = 0.05;

/**
 * @typedef {{ accuracy: number, interval: number[] }} Dot
 * @typedef {{ key: string, name: string, colour: string, runs: Dot[] }} Row
 */

export class Dots {
  /** @type {Row[]} */
  rows = [];

  /** @param {string} label */
  constructor(label) {
    this.drawing =
      svg("svg", { class: "dots", role: "img", "aria-label": label, "data-fp": "dots" });
    this.element = el("div", {}, this.drawing);
    this.observer = new ResizeObserver(() => this.rows.length && this.paint(this.rows));
    this.observer.observe(this.element);
  }

  close() {
    this.observer.disconnect();
  }

  /** @param {Row[]} rows */
  paint(rows) {
    this.rows = rows;
    const width = Math.round(this.element.clientWidth);
    if (!width) return;
    const left = Math.min(150, width * 0.3);
    const all = rows.flatMap(({ runs }) => runs.flatMap(({ interval }) => interval));
    const high = Math.max(...all);
    const low = Math.max(Math.min(...all), high - WIDEST);
    const margin = (high - low || 0.01) * 0.06;
    /** @param {number} value */
    const x =
      (value) => left + ((value - low + margin) / (high - low + 2 * margin)) * (width - left - 12);
    const height = TOP + rows.length * ROW + FOOT;
    this.drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.drawing.setAttribute("height", String(height));
    const marks = ticks(100 * low, 100 * high, (width - left) / 80);
    const texts = format(marks, false);
    this.drawing.replaceChildren(
      ...marks.flatMap((mark, i) => [
        svg("line", { class: "grid", x1: round(x(mark / 100)), x2: round(x(mark / 100)), y1: TOP,
          y2: height - FOOT + 4 }),
        svg("text", { class: "tick", x: round(x(mark / 100)), y: height - 8,
          "text-anchor": "middle", "font-size": 14 }, `${texts[i]}%`),
      ]),
      ...rows.map((row, i) => this.row(row, TOP + i * ROW, x, low)));
  }

  /**
   * @param {Row} row
   * @param {number} top
   * @param {(value: number) => number} x
   * @param {number} least
   */
  row({ key, name, colour, runs }, top, x, least) {
    return svg("g", { "data-fp": `dots-${key}` },
      svg("text", { x: 0, y: top + ROW / 2 + 5, "font-size": 14 }, name),
      ...runs.flatMap(({ accuracy, interval: [low, high] }, i) => {
        const y = top + (ROW * (i + 1)) / (runs.length + 1);
        if (accuracy < least) return [this.beyond(accuracy, x(least), y, colour)];
        return [
          svg("line", { x1: round(x(low)), x2: round(x(high)), y1: y, y2: y, stroke: colour,
            "stroke-width": 2 }),
          svg("circle",
            { cx: round(x(accuracy)), cy: y, r: 4.5, fill: colour, "data-value": accuracy },
            svg("title", {},
              `${percent2(accuracy)} (${(100 * low).toFixed(2)} – ${percent2(high)})`)),
        ];
      }));
  }

  /** @param {number} accuracy @param {number} x @param {number} y @param {string} colour */
  beyond(accuracy, x, y, colour) {
    return svg("g", {},
      svg("circle", { cx: round(x - 4), cy: y, r: 0, "data-value": accuracy }),
      svg("path", { d: `M${round(x)} ${y - 5}v10l-8 -5z`, fill: colour }),
      svg("text", { x: round(x + 8), y: y + 5, "font-size": 14 }, percent2(accuracy)));
  }
}
