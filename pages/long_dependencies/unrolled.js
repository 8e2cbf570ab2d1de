// Backpropagation through time, drawn on the unrolled network: one row for each cell, arrows that
// carry the gradient back, and under them the same norms as curves. Rows and curves share one axis,
// so a step stands in one column everywhere.

import { CELLS, colourOf } from "../kit/cells.js";
import { el, fill, pointed } from "../kit/dom.js";
import { initialPalette } from "../kit/palette.js";
import { decades, format, scientific } from "../kit/scale.js";
import { round, svg } from "../kit/svg.js";

const STRIDES = [1, 2, 5, 10, 20, 25, 50];
const FLOOR = -12; // decades: below, an arrow is a dotted hair

// Two digits are enough to compare with; a power of ten where there are many places.
/** @param {number | null} value null: infinite */
export function size(value) {
  if (value == null) return "∞";
  if (value === 0) return "0";
  if (value >= 0.01 && value < 1000) return String(Number(value.toPrecision(2)));
  return scientific(value);
}

// The steps that get a cell of their own: every one of a short sequence, every second, fifth, ...
// of a longer one, counted back from the loss, and always the first; what lies closer to it than
// `room` steps makes way.
/** @param {number} length @param {number} most @param {number} room */
export function columns(length, most, room) {
  const stride =
    STRIDES.find((every) => Math.ceil((length - 1) / every) + 1 <= most) ?? STRIDES[6];
  const steps = [];
  for (let step = length; step > 1; step -= stride) steps.unshift(step);
  if (steps.length > 1 && steps[0] - 1 < room) steps.shift();
  return { steps: [1, ...steps], stride };
}

/** @param {number} norm */
const thickness =
  (norm) => (norm > 0 ? Math.min(20, Math.max(0.75, 12 + Math.log10(norm) * (11.25 / -FLOOR))) : 0);

export class Unrolled {
  /** @type {LongAnswer} */
  answer = { length: 0, tiny: 0, cells: {} };
  palette = initialPalette;
  step = 1;
  chart = false;
  box = { left: 0, right: 0 };
  unit = 1;
  narrow = false;
  /** @type {number[]} */
  steps = [];
  stride = 1;
  side = 0;
  plot = { top: 0, bottom: 0 };

  /** @param {LongWords} words @param {{ onStep: (step: number) => void }} options */
  constructor(words, { onStep }) {
    this.words = words;
    this.onStep = onStep;
    this.upTo = 1;
    this.svg = svg("svg", {
      class: "unrolled", tabindex: "0", role: "slider", "aria-label": words.picture,
      "aria-valuemin": 1,
      "data-fp": "unrolled",
    });
    this.element = el("div", { class: "through", "data-block": "through" }, this.svg);
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.element);
    this.svg.addEventListener("click", (event) => this.point(event));
    this.svg.addEventListener("pointermove", (event) => event.buttons && this.point(event));
    this.svg.addEventListener("keydown", (event) => this.key(event));
  }

  close() {
    this.observer.disconnect();
  }

  // upTo: how far back the gradient has come; what lies before it is not shown yet.
  /**
   * @param {LongAnswer} answer
   * @param {Palette} palette
   * @param {{ step: number, upTo?: number, chart?: boolean }} options
   */
  paint(answer, palette, { step, upTo = 1, chart = true }) {
    this.answer = answer;
    this.palette = palette;
    this.step = step;
    this.upTo = upTo;
    this.chart = chart;
    this.draw();
  }

  // -- layout -------------------------------------------------------------------------------------

  draw() {
    const { answer, element } = this;
    const width = element.clientWidth;
    if (!answer.length || !width) return;
    const unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const narrow = width < 620 * unit;
    const { length } = answer;
    this.box = { left: (narrow ? 46 : 158) * unit, right: width - 66 * unit };
    this.unit = unit;
    this.narrow = narrow;
    const room = this.box.right - this.box.left;
    const shown = columns(length, Math.max(3, Math.floor(room / (42 * unit))),
      (30 * unit * (length - 1)) / room);
    this.steps = shown.steps;
    this.stride = shown.stride;
    this.side = Math.min(22 * unit, (room / Math.max(1, this.steps.length - 1)) * 0.5);
    const row = (narrow ? 96 : 66) * unit;
    const top = (narrow ? 58 : 32) * unit;
    const axis = top + 2 * row + 34 * unit;
    this.plot = { top: axis + 34 * unit, bottom: axis + 34 * unit + (this.chart ? 190 * unit : 0) };
    const height = this.chart ? this.plot.bottom + (narrow ? 48 : 30) * unit : axis + 14 * unit;
    this.svg.setAttribute("viewBox", `0 0 ${round(width)} ${round(height)}`);
    this.svg.setAttribute("height", String(round(height)));
    const rows = CELLS.map((cell, i) => this.row(cell, top + i * row));
    this.svg.replaceChildren(this.chosen(axis), ...rows, this.axis(axis),
      ...(this.chart ? this.curves() : []));
    this.announce();
  }

  /** @param {number} step */
  x(step) {
    const { left, right } = this.box;
    return left + ((step - 1) / Math.max(1, this.answer.length - 1)) * (right - left);
  }

  /** @param {number} x @param {number} y @param {string} words @param {object} [attributes] */
  text(x, y, words, attributes = {}) {
    return svg("text", { x: round(x), y: round(y), "dominant-baseline": "central", ...attributes },
      words);
  }

  // -- the network --------------------------------------------------------------------------------

  /** @param {string} cell @param {number} y */
  row(cell, y) {
    const { unit, box, side, steps, narrow, answer, words } = this;
    const { norms, ratio } = answer.cells[cell];
    const colour = colourOf(this.palette, cell);
    const last = steps[steps.length - 1];
    const group = svg("g", { "data-cell": cell });
    const name = words.cells[cell];
    const reach = fill(words.reach, { share: size(ratio) });
    const above = y - (narrow ? 46 : 10) * unit; // a phone has no room beside the row
    group.append(
      svg("rect", { x: 0, y: round(above - 5 * unit), width: 10 * unit, height: 10 * unit,
        fill: colour, rx: 2 }),
      this.text(16 * unit, above, name, { class: "name" }),
      this.text(narrow ? 62 * unit : 0, narrow ? above : y + 9 * unit, reach,
        { class: "quietly", "data-fp": `ratio-${cell}`, "data-value": ratio }));
    const loss = box.right + 44 * unit;
    for (let i = 0; i < steps.length; i++) {
      const [from, to] = [steps[i], steps[i + 1]];
      if (to) group.append(this.forward(this.x(from), this.x(to), y));
    }
    group.append(this.forward(this.x(last), loss, y));
    for (let i = 0; i < steps.length; i++) {
      const start = i + 1 < steps.length ? this.x(steps[i + 1]) : loss;
      group.append(this.backward(cell, steps[i], start, y, norms[steps[i] - 1], colour));
    }
    for (const step of steps) {
      group.append(svg("rect", {
        class: step === this.step ? "state here" : "state", x: round(this.x(step) - side / 2),
        y: round(y - side / 2),
        width: round(side), height: round(side), rx: 4 * unit,
      }));
    }
    group.append(
      svg("circle", { class: "state", cx: round(loss), cy: round(y), r: round(11 * unit) }),
      this.text(loss, y, "L", { "text-anchor": "middle", class: "name" }));
    group.append(...this.numbers(cell, y, norms));
    return group;
  }

  /** @param {number} from @param {number} to @param {number} y */
  forward(from, to, y) {
    const { side, unit } = this;
    const [start, end, at] = [from + side / 2, to - side / 2 - unit, y - side * 0.36];
    const [wing, half] = [3 * unit, 2.5 * unit];
    const head = `m${-wing} ${-half}l${wing} ${half}l${-wing} ${half}`;
    return svg("path",
      { class: "forward", d: `M${round(start)} ${round(at)}H${round(end)}${head}` });
  }

  // An arrow to a step, as thick as the gradient that arrives there is large (logarithmic).
  /**
   * @param {string} cell
   * @param {number} step
   * @param {number} from
   * @param {number} y
   * @param {number} norm
   * @param {string} colour
   */
  backward(cell, step, from, y, norm, colour) {
    const { side, unit } = this;
    const at = y + side * 0.14;
    const [start, end] = [from - side / 2 - 2 * unit, this.x(step) + side / 2 + 2 * unit];
    const wide = thickness(norm) * unit;
    const faint = norm > 0 && Math.log10(norm) < FLOOR;
    const half = Math.max(wide / 2, 0.4);
    const head = Math.min(start - end, 4 * unit + half);
    const wing = half + 2.5 * unit;
    const arrow = svg("path", {
      class: "backward", "data-cell": cell, "data-step": step, "data-value": norm,
      fill: faint ? "none" : colour, stroke: faint ? colour : null,
      "stroke-dasharray": faint ? `1.5 ${3 * unit}` : null,
      visibility: norm === 0 || step < this.upTo ? "hidden" : null,
      d: faint
        ? `M${round(start)} ${round(at)}H${round(end)}`
        : `M${round(start)} ${round(at - half)}H${round(end + head)}V${round(at
          - wing)}L${round(end)} ${round(at)}` +
          `L${round(end + head)} ${round(at + wing)}V${round(at + half)}H${round(start)}Z`,
    }, svg("title", {}, `${this.words.cells[cell]}: t = ${step}, ‖∂L/∂s‖ = ${size(norm)}`));
    return arrow;
  }

  // Numbers on a few arrows: near the quarters, the first, the last, and the one that is selected.
  /** @param {string} cell @param {number} y @param {number[]} norms */
  numbers(cell, y, norms) {
    const { steps, unit } = this;
    const few =
      Math.max(1, Math.round((76 * unit * (steps.length - 1)) / (this.box.right - this.box.left)));
    /** @type {number[]} */
    const marked = [];
    /** @param {number} step */
    const near =
      (step) => marked.some((other) => Math.abs(this.x(other) - this.x(step)) < 70 * unit);
    const regular = steps.filter((_, i) => (steps.length - 1 - i) % few === 0).reverse();
    for (const step of [this.step, 1, ...regular]) {
      if (step >= this.upTo && !near(step)) marked.push(step);
    }
    return marked.map((step) => this.text(this.x(step) + this.side * 0.1,
      y - this.side / 2 - 9 * unit, size(norms[step - 1]), {
      "text-anchor": "middle", class: step === this.step ? "here" : null,
      "data-fp": `norm-${cell}-${step}`, "data-value": norms[step - 1],
    }));
  }

  // -- the column that is selected ----------------------------------------------------------------

  /** @param {number} axis */
  chosen(axis) {
    const x = round(this.x(this.step));
    return svg("line",
      { class: "cursor", x1: x, x2: x, y1: 0, y2: round(this.chart ? this.plot.bottom : axis) });
  }

  /** @param {number} y */
  axis(y) {
    const { answer: { length }, unit, words } = this;
    const group = svg("g", {});
    const [left, right] = [this.x(1), this.x(length)];
    const here = this.x(this.step);
    /** @param {number} step @param {{ class: string }} [attributes] */
    const note = (step, attributes) =>
      this.text(this.x(step), y, `t = ${step}`, { "text-anchor": "middle", ...attributes });
    if (here - left > 56 * unit) group.append(note(1));
    if (right - here > 56 * unit) group.append(note(length));
    group.append(note(this.step, { class: "here" }));
    group.append(this.text(this.box.right + 44 * unit, y, words.loss,
      { "text-anchor": "middle", class: "quietly" }));
    return group;
  }

  // -- the curves ---------------------------------------------------------------------------------

  curves() {
    const { answer, plot } = this;
    const values = CELLS.flatMap((cell) => answer.cells[cell].norms).filter((norm) => norm > 0);
    const low = Math.min(-1, Math.floor(Math.log10(Math.min(...values)) + 1e-9));
    const high = Math.max(0, Math.ceil(Math.log10(Math.max(...values)) - 1e-9));
    /** @param {number} norm */
    const py =
      (norm) => plot.bottom - ((Math.log10(norm) - low) / (high - low)) * (plot.bottom - plot.top);
    return [svg("g", { class: "curves" }, ...this.grid(low, high, py),
      ...CELLS.flatMap((cell) => this.curve(cell, py)), ...this.names(py), ...this.counts())];
  }

  /** @param {number} low @param {number} high @param {(norm: number) => number} py */
  grid(low, high, py) {
    const { answer, plot, box, unit, words } = this;
    /** @param {string} kind @param {number} y */
    const rule = (kind, y) =>
      svg("line", { class: kind, x1: box.left, x2: box.right, y1: round(y), y2: round(y) });
    const marks = decades(10 ** low, 10 ** high, (plot.bottom - plot.top) / (26 * unit));
    const names = format(marks, true);
    const lines = marks.flatMap((mark, i) => [rule(mark === 1 ? "rule one" : "rule", py(mark)),
      this.text(box.left - 8 * unit, py(mark), names[i],
        { "text-anchor": "end", class: "quietly" })]);
    lines.push(this.text(0, plot.top - 16 * unit, words.norm, { class: "quietly" }));
    if (low < Math.log10(answer.tiny)) {
      const y = py(answer.tiny);
      lines.push(rule("limit", y), this.text(box.right - 4 * unit, y - 10 * unit, words.tiny,
        { "text-anchor": "end", class: "quietly" }));
    }
    return lines;
  }

  // A curve as far as the gradient has come, with a dot at the step that is selected.
  /** @param {string} cell @param {(norm: number) => number} py */
  curve(cell, py) {
    const { norms } = this.answer.cells[cell];
    const points = norms.map((norm, i) => ({ step: i + 1, norm }))
      .filter(({ step, norm }) => norm > 0 && step >= this.upTo);
    if (!points.length) return [];
    const colour = colourOf(this.palette, cell);
    /** @type {SVGElement[]} */
    const drawn = [svg("polyline", { class: "curve", stroke: colour, points: points
      .map(({ step, norm }) => `${round(this.x(step))},${round(py(norm))}`).join(" ") })];
    const here = norms[this.step - 1];
    if (here > 0 && this.step >= this.upTo) {
      drawn.push(svg("circle", { class: "dot", cx: round(this.x(this.step)), cy: round(py(here)),
        r: 4 * this.unit, fill: colour }));
    }
    return drawn;
  }

  // How many steps before the loss, below the curves.
  counts() {
    const { answer: { length }, plot, box, unit, words } = this;
    const room = (box.right - box.left) / (64 * unit);
    const every = [1, 2, 5, 10, 20, 50].find((gap) => (length - 1) / gap <= room) ?? 50;
    const line = plot.bottom + 16 * unit;
    const texts = [this.text(0, this.narrow ? line + 18 * unit : line, words.back,
      { class: "quietly" })];
    for (let back = 0; back < length; back += every) {
      texts.push(this.text(this.x(length - back), line, String(back),
        { "text-anchor": "middle", class: "quietly" }));
    }
    return texts;
  }

  // Each curve's name stands where the curve has come to, apart from the others.
  /** @param {(norm: number) => number} py */
  names(py) {
    const { unit, plot, answer, words } = this;
    const ends = CELLS.flatMap((cell) => {
      const { norms } = answer.cells[cell];
      const first = norms.findIndex((norm, i) => norm > 0 && i + 1 >= this.upTo);
      return first < 0 ? []
        : [{ cell, x: this.x(first + 1), y: py(norms[first]), zero: norms[0] === 0, top: 0 }];
    });
    ends.sort((a, b) => a.y - b.y);
    let above = plot.top - 6 * unit;
    for (const end of ends) above = end.top = Math.max(end.y - 11 * unit, above + 17 * unit);
    let below = plot.bottom + 2 * unit;
    for (const end of [...ends].reverse()) {
      below = (end.top = Math.min(end.top, below - 12 * unit)) - 5 * unit;
    }
    return ends.map(({ cell, x, top, zero }) =>
      this.text(Math.min(x, this.box.right - 60 * unit) + 8 * unit, top,
        zero ? fill(words.zero, { cell: words.cells[cell] }) : words.cells[cell],
        { class: "curve-name", fill: this.palette.ink }));
  }

  // -- pointing -----------------------------------------------------------------------------------

  /** @param {PointerEvent} event */
  point(event) {
    const [across] = pointed(event, this.svg);
    const { left, right } = this.box;
    const share = (across - left) / (right - left);
    const step = 1 + Math.round(Math.max(0, Math.min(1, share)) * (this.answer.length - 1));
    if (step !== this.step) this.onStep(step);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { length } = this.answer;
    const to = {
      ArrowLeft: this.step - 1, ArrowDown: this.step - 1, ArrowRight: this.step + 1,
      ArrowUp: this.step + 1,
      PageDown: this.step - 10, PageUp: this.step + 10, Home: 1, End: length,
    }[event.key];
    if (to == null) return;
    event.preventDefault();
    event.stopPropagation();
    this.onStep(Math.max(1, Math.min(length, to)));
  }

  announce() {
    const { answer, step, words } = this;
    this.svg.setAttribute("aria-valuemax", String(answer.length));
    this.svg.setAttribute("aria-valuenow", String(step));
    const each = CELLS.map((cell) =>
      `${words.cells[cell]} ${size(answer.cells[cell].norms[step - 1])}`).join(", ");
    this.svg.setAttribute("aria-valuetext",
      `${fill(words.at, { step, back: answer.length - step })} ${each}`);
  }
}
