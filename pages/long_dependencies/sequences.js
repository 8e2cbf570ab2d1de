// Test sequences of the adding problem: every value as a bar, the two that are marked in ink, and
// on a scale from 0 to 2 their true sum beside what each network says.

import { colourOf } from "../kit/cells.js";
import { el, number } from "../kit/dom.js";
import { initialPalette } from "../kit/palette.js";
import { round, svg } from "../kit/svg.js";

const SHOWN = 3;
const TOP = 2; // the largest sum

/** @typedef {[cell: string, value: number]} Answer of a network */

export class Sequences {
  /** @type {Saved["pictures"]} */
  pictures = {};
  /** @type {string[]} */
  cells = [];
  palette = initialPalette;

  /**
   * @param {AddingWords} words
   * @param {{ onNumber: (cell: string, sequence: number) => void }} options
   */
  constructor(words, { onNumber }) {
    this.words = words;
    this.onNumber = onNumber;
    this.element = el("div", { class: "sequences" });
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.element);
  }

  close() {
    this.observer.disconnect();
  }

  /** @param {Saved["pictures"]} pictures @param {string[]} cells @param {Palette} palette */
  paint(pictures, cells, palette) {
    this.pictures = pictures;
    this.cells = cells;
    this.palette = palette;
    this.draw();
  }

  draw() {
    const { pictures, element } = this;
    if (!pictures.values || !element.clientWidth) return;
    const unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const count = Math.min(SHOWN, pictures.values.length);
    element.replaceChildren(...Array.from({ length: count }, (_, i) => this.sequence(i, unit)));
  }

  /** @param {number} i @param {number} unit */
  sequence(i, unit) {
    const { pictures, words } = this;
    /** @type {number[]} */
    const values = pictures.values[i];
    const marked = values.map((_, t) => pictures.marked[i][t] > 0.5);
    const truth = pictures.truth[i];
    /** @type {Answer[]} */
    const answers = this.cells.map((cell) => [cell, pictures[`${cell}.says`]?.[i]]);
    const given = answers.filter(([, value]) => Number.isFinite(value));
    const sum = values.filter((_, t) => marked[t]).map(number2).join(" + ");
    const spoken = given.map(([cell, value]) => `${words.cells[cell]} ${number2(value)}`);
    const label = [`${sum} = ${number2(truth)}`, ...spoken].join(", ");
    return el("div", { class: "sequence", role: "group", "aria-label": label },
      this.bars(values, marked, unit), el("span", { class: "sum" }, sum),
      this.scale(truth, given, unit, i));
  }

  // How wide each half of a row is; on a phone they stand below each other.
  /** @param {number} unit */
  side(unit) {
    const { clientWidth } = this.element;
    return clientWidth > 700 * unit ? clientWidth * 0.42 : clientWidth;
  }

  // All values, first step left; the marked ones in ink with their number.
  /** @param {number[]} values @param {boolean[]} marked @param {number} unit */
  bars(values, marked, unit) {
    const width = this.side(unit);
    const [height, top] = [52 * unit, 18 * unit];
    const pitch = width / values.length;
    const picture =
      svg("svg", { width: round(width), height: round(height), "aria-hidden": "true" });
    picture.append(rule(0, width, height - 0.5));
    /** @type {SVGTextElement[]} above all bars */
    const texts = [];
    values.forEach((value, t) => {
      const tall = value * (height - top);
      picture.append(svg("rect", {
        class: marked[t] ? "bar marked" : "bar", x: round(t * pitch + pitch * 0.15),
        width: round(pitch * 0.7),
        y: round(height - tall), height: round(Math.max(1, tall)),
      }));
      if (!marked[t]) return;
      const edge =
        t * pitch < 20 * unit ? "start" : (t + 1) * pitch > width - 20 * unit ? "end" : "middle";
      texts.push(svg("text", { x: round((t + 0.5) * pitch), y: round(height - tall - 6 * unit),
        "text-anchor": edge }, number2(value)));
    });
    picture.append(...texts);
    return picture;
  }

  // 0 to 2: a tick of ink is the truth, a dot with its name is what a network says.
  /** @param {number} truth @param {Answer[]} answers @param {number} unit @param {number} i */
  scale(truth, answers, unit, i) {
    const width = this.side(unit);
    const [height, line] = [52 * unit, 30 * unit];
    /** @param {number} value */
    const x = (value) =>
      10 * unit + (Math.max(-0.1, Math.min(TOP + 0.1, value)) / TOP) * (width - 20 * unit);
    const picture = svg("svg", { width: round(width), height: round(height) });
    picture.append(rule(x(0), x(TOP), line));
    for (const tick of [0, 1, 2]) {
      const [at, anchor] = [round(x(tick)), tick === 0 ? "start" : tick === TOP ? "end" : "middle"];
      picture.append(rule(x(tick), x(tick), line - 3 * unit, line + 3 * unit),
        svg("text", { class: "quietly", x: at, y: line + 17 * unit, "text-anchor": anchor },
          String(tick)));
    }
    picture.append(svg("rect", {
      class: "truth", x: round(x(truth) - 1.5 * unit), width: 3 * unit, y: line - 15 * unit,
      height: 30 * unit,
    }));
    for (const [cell, value] of answers) {
      const fill = colourOf(this.palette, cell);
      picture.append(svg("circle",
        { cx: round(x(value)), cy: line, r: 5.5 * unit, fill, class: "dot" }));
    }
    const { words } = this;
    const names = [{ text: `${words.truth} ${number2(truth)}`, at: x(truth), cell: "", left: 0 },
      ...answers.map(([cell, value]) =>
        ({ text: `${words.cells[cell]} ${number2(value)}`, at: x(value), cell, left: 0 }))];
    spread(names, width, unit);
    picture.append(...names.map(({ text, left, cell }) => {
      const at = { x: round(left), y: 10 * unit };
      return cell ? this.opens(cell, i, text, at) : svg("text", { class: "name", ...at }, text);
    }));
    return picture;
  }

  // What a network says, which opens.
  /** @param {string} cell @param {number} i @param {string} text @param {object} at */
  opens(cell, i, text, at) {
    const open = () => this.onNumber(cell, i);
    const name = svg("text", { class: "opens", role: "button", tabindex: 0,
      "data-fp": `says-${cell}-${i}`, ...at }, text);
    name.addEventListener("click", open);
    name.addEventListener("keydown", ({ key }) => (key === "Enter" || key === " ") && open());
    return name;
  }
}

/** @param {number} x1 @param {number} x2 @param {number} y1 */
const rule = (x1, x2, y1, y2 = y1) => svg("line",
  { class: "rule one", x1: round(x1), x2: round(x2), y1: round(y1), y2: round(y2) });

// Names above the scale, each as near to its place as the others allow.
/**
 * @param {{ text: string, at: number, left: number }[]} names @param {number} width
 * @param {number} unit
 */
function spread(names, width, unit) {
  names.sort((a, b) => a.at - b.at);
  /** @param {string} text */
  const wide = (text) => text.length * 7.3 * unit + 10 * unit;
  let edge = 0;
  for (const name of names) {
    name.left = Math.max(edge, name.at - wide(name.text) / 2);
    edge = name.left + wide(name.text);
  }
  let limit = width;
  for (const name of [...names].reverse()) {
    limit = name.left = Math.min(name.left, limit - wide(name.text));
  }
}

/** @param {number} value */
const number2 = (value) => number(value, 2);
