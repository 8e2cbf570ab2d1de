// A line chart on one canvas: crisp on every screen, names at the ends of the lines, values under
// the pointer or the arrow keys. It is painted at most once a frame, whatever is asked; two
// thousand points of a few lines take about a millisecond.

import { contextOf, density, el, walkable } from "./dom.js";
import { initialPalette } from "./palette.js";
import { Reading } from "./reading.js";
import { calendar, decades, format, seen, spread, ticks, xOf } from "./scale.js";

/** @typedef {[number, number]} Range */
/**
 * Where a line ends, and where its name stands.
 * @typedef {{ name: string, role: string, faint?: boolean, fromX: number, fromY: number,
 *   top: number }} End
 */

const TEXT = 14; // px where a rem is 16
const LINE = 18; // between two names

export class Chart {
  /** @type {ChartSpec & { lines: Level[], marks: { x: number, name: string }[], bands: Band[] }} */
  spec = { series: [], lines: [], marks: [], bands: [] };
  palette = initialPalette;
  isPainted = false; // once there is something to draw
  /** @type {Box & { width: number, height: number }} */
  box = { left: 0, right: 0, top: 0, bottom: 0, width: 0, height: 0 };
  /** @type {{ x: Range, y: Range, low: number, high: number }} */
  range = { x: [0, 1], y: [0, 1], low: 0, high: 1 };
  /** @type {{ value: number, text: string }[]} */
  yTicks = [];
  /** @type {number | null} */
  frame = null;
  unit = 1;
  font = "";

  // onCursor: told the x under the pointer, or null when it leaves.
  /**
   * @param {{ label: string, height?: number, log?: boolean, xName?: string, yName?: string,
   *   onCursor?: (x: number | null) => unknown }} options
   */
  constructor({ label, height = 200, log = false, xName = "", yName = "", onCursor = () => {} }) {
    this.label = label;
    this.height = height;
    this.log = log;
    this.xName = xName;
    this.yName = yName;
    this.onCursor = onCursor;
    this.canvas = el("canvas", walkable(label));
    this.context = contextOf(this.canvas);
    this.reading = new Reading(this);
    this.element = el("div", { class: "chart" }, this.canvas);
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.element);
  }

  close() {
    this.observer.disconnect();
  }

  // spec: { series: [{ key, name, x?, y, role, dash?, faint?, dots?, broad? }], lines: [{ y, name,
  // role }], marks: [{ x, name }],   cursor: x | null, x: [low, high] | null, y: [low, high] | null
  // }. Values that are not finite leave a gap. A broad line is one that others are meant to cover,
  // such as the truth.
  /** @param {ChartSpec} spec @param {Palette} palette */
  paint(spec, palette) {
    this.spec = { lines: [], marks: [], bands: [], ...spec };
    this.palette = palette;
    this.isPainted = true;
    this.later();
  }

  later() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (this.isPainted && this.canvas.clientWidth) this.draw();
    });
  }

  resize() {
    const style = getComputedStyle(this.element);
    // presenting enlarges the rem
    this.unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    this.font = `${TEXT * this.unit}px ${style.fontFamily}`;
    this.canvas.style.height = `${this.height * this.unit}px`;
    this.later();
  }

  // -- layout -------------------------------------------------------------------------------------

  draw() {
    const { canvas, context, spec } = this;
    if (!this.font) this.resize();
    const ratio = density();
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.font = this.font;
    context.textBaseline = "middle";
    this.lay(width, height, this.xRange(spec), this.yRange(spec));
    this.axes();
    for (const band of spec.bands) this.band(band);
    for (const line of spec.lines) this.level(line);
    const first = this.yName ? context.measureText(this.yName).width + 16 * this.unit : 0;
    for (const { x } of spec.marks) this.upright(x, this.palette.grey, [2, 3]);
    spec.marks.reduce((from, mark) => this.mark(mark, from), first);
    /** @param {Series} one */
    const order = (one) => (one.faint ? 0 : 1);
    for (const one of [...spec.series].sort((a, b) => order(a) - order(b))) this.curve(one);
    if (spec.cursor != null) this.upright(spec.cursor, this.palette.accent, []);
    this.names();
    this.reading.draw();
    canvas.dataset.painted = String(Number(canvas.dataset.painted ?? 0) + 1);
  }

  /** @param {number} width @param {number} height @param {Range} x @param {Range} y */
  lay(width, height, [x0, x1], y) {
    const { context, unit, spec } = this;
    const yTicks =
      this.log ? decades(...y, height / (LINE * unit)) : ticks(...y, height / (44 * unit));
    const labels = format(yTicks, this.log);
    /** @param {string[]} texts */
    const widest = (texts) => Math.max(0, ...texts.map((text) => context.measureText(text).width));
    const left = widest(labels) + 10 * unit;
    const named =
      [...spec.series.map(({ name }) => name ?? ""), ...spec.lines.map(({ name }) => `${name} ↓`)];
    const right = Math.min(widest(named) + 20 * unit, width * 0.45);
    const [top, bottom] = [(this.yName || spec.marks.length ? 26 : 10) * unit, 26 * unit];
    const [low, high] = this.log ? y.map(Math.log10) : y;
    this.box = { left, right: width - right, top, bottom: height - bottom, width, height };
    this.range = { x: [x0, x1], y, low, high };
    this.yTicks = yTicks.map((value, i) => ({ value, text: labels[i] }));
  }

  /** @param {ChartSpec} spec @returns {Range} */
  xRange({ x, series }) {
    if (x) return /** @type {Range} */ (x);
    const firsts =
      series.filter(({ y }) => y.length).map((one) => [xOf(one, 0), xOf(one, one.y.length - 1)]);
    if (!firsts.length) return [0, 1];
    const [low, high] =
      [Math.min(...firsts.map(([a]) => a)), Math.max(...firsts.map(([, b]) => b))];
    return [low, high > low ? high : low + 1];
  }

  /** @param {ChartSpec} spec @returns {Range} */
  yRange({ y, series, lines = [] }) {
    if (y) return /** @type {Range} */ (y);
    let [low, high] = [Infinity, -Infinity];
    /** @param {number | null | undefined} value */
    const see = (value) => {
      if (value == null || !Number.isFinite(value) || (this.log && value <= 0)) return;
      if (value < low) low = value;
      if (value > high) high = value;
    };
    for (const one of series) Array.from(one.y).forEach(see);
    for (const line of lines) see(line.y);
    if (low > high) return this.log ? [0.001, 1] : [0, 1];
    if (this.log) { // whole decades: the axis then moves seldom
      const [from, to] = [Math.floor(Math.log10(low) + 1e-9), Math.ceil(Math.log10(high) - 1e-9)];
      return [10 ** from, 10 ** Math.max(to, from + 1)];
    }
    const margin = (high - low || Math.abs(high) || 1) * 0.06;
    return [low - margin, high + margin];
  }

  /** @param {number} x */
  px(x) {
    const { box, range: { x: [low, high] } } = this;
    return box.left + ((x - low) / (high - low)) * (box.right - box.left);
  }

  /** @param {number} y */
  py(y) {
    const { box, range: { low, high } } = this;
    const share = ((this.log ? Math.log10(Math.max(y, 1e-300)) : y) - low) / (high - low);
    return box.bottom - Math.max(-0.02, Math.min(1.02, share)) * (box.bottom - box.top);
  }

  // -- painting -----------------------------------------------------------------------------------

  /** @param {string} role @returns {string} */
  colour(role) {
    const { palette } = this;
    const own = /** @type {Record<string, any>} */ (palette)[role];
    return own ?? palette.category(Number(role));
  }

  axes() {
    const { context, palette, box, unit } = this;
    context.lineWidth = 1;
    context.strokeStyle = palette.line;
    context.fillStyle = palette.grey;
    context.textAlign = "right";
    context.beginPath();
    for (const { value, text } of this.yTicks) {
      const y = Math.round(this.py(value)) + 0.5;
      context.moveTo(box.left, y);
      context.lineTo(box.right, y);
      context.fillText(text, box.left - 6 * unit, y);
    }
    context.stroke();
    const y = box.bottom + 15 * unit;
    const xTicks = this.xTicks((box.right - box.left) / (64 * unit));
    context.textAlign = "right";
    const edge =
      this.xName ? box.width - context.measureText(this.xName).width - 8 * unit : box.width;
    if (this.xName) context.fillText(this.xName, box.width, y);
    context.textAlign = "center";
    for (const { value, text } of xTicks) {
      if (this.px(value) + context.measureText(text).width / 2 < edge) {
        context.fillText(text, this.px(value), y);
      }
    }
    context.textAlign = "left";
    if (this.yName) context.fillText(this.yName, 0, 9 * unit);
  }

  /** @param {number} most @returns {{ value: number, text: string }[]} */
  xTicks(most) {
    if (this.spec.dated) return calendar(...this.range.x, most);
    const values = ticks(...this.range.x, most);
    const texts = format(values, false);
    return values.map((value, i) => ({ value, text: texts[i] }));
  }

  /** @param {Band} band */
  band({ x, low, high, role }) {
    const { context } = this;
    const upper = Array.from(x, (at, i) => [this.px(at), this.py(high[i])]);
    const lower = Array.from(x, (at, i) => [this.px(at), this.py(low[i])]).reverse();
    context.save();
    context.globalAlpha = 0.18;
    context.fillStyle = this.colour(role);
    context.beginPath();
    for (const [across, down] of [...upper, ...lower]) context.lineTo(across, down);
    context.fill();
    context.restore();
  }

  /** @param {Series} series */
  curve({ x, y, role, dash, faint, dots, broad }) {
    const { context, unit } = this;
    context.save();
    context.beginPath();
    context.rect(this.box.left - 2, this.box.top - 2, this.box.right - this.box.left + 4,
      this.box.bottom - this.box.top + 4);
    context.clip();
    context.strokeStyle = context.fillStyle = this.colour(role);
    context.globalAlpha = broad ? 0.28 : faint ? 0.35 : 1;
    context.lineWidth = (broad ? 6 : faint ? 1.5 : 2) * unit;
    context.lineJoin = "round";
    context.setLineDash(dash ? [6 * unit, 5 * unit] : []);
    context.beginPath();
    /** @param {number} i */
    const height = (i) => {
      const value = y[i];
      return seen(value) ? this.py(value) : null;
    };
    trace(context, y.length, (i) => this.px(x ? x[i] : i), height);
    context.stroke();
    if (dots || single(y)) {
      Array.from(y).forEach((/** @type {number | null} */ value, /** @type {number} */ i) => {
        if (!seen(value)) return;
        context.beginPath();
        context.arc(this.px(x ? x[i] : i), this.py(value), 2.5 * unit, 0, 7);
        context.fill();
      });
    }
    context.restore();
  }

  /** @param {Level} level */
  level({ y, role }) {
    if (!seen(y) || this.beyond(y)) return;
    const { context, box, unit } = this;
    context.strokeStyle = this.colour(role);
    context.lineWidth = 1.5 * unit;
    context.setLineDash([2 * unit, 4 * unit]);
    context.beginPath();
    context.moveTo(box.left, this.py(y));
    context.lineTo(box.right, this.py(y));
    context.stroke();
    context.setLineDash([]);
  }

  // What a mark means stands above the plot, one after the other on the line of the axis' name.
  /** @param {{ x: number, name: string }} mark @param {number} from */
  mark({ x, name }, from) {
    const { context, palette, box, unit } = this;
    const wide = context.measureText(name).width;
    const left = Math.max(from, Math.min(this.px(x) - 3 * unit, box.width - wide));
    if (left + wide > box.width + 1) return from;
    context.fillStyle = palette.grey;
    context.textAlign = "left";
    context.fillText(name, left, box.top - 17 * unit);
    return left + wide + 12 * unit;
  }

  /** @param {number} x @param {string} colour @param {number[]} dash */
  upright(x, colour, dash) {
    const { context, box, unit } = this;
    context.strokeStyle = colour;
    context.lineWidth = 1.5 * unit;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(this.px(x), box.top);
    context.lineTo(this.px(x), box.bottom);
    context.stroke();
    context.setLineDash([]);
  }

  // Names stand where their lines end, in ink, since not every line's colour can be read as text; a
  // stroke leads to each. Lines that end close together are named in one order for all charts, so
  // that names do not flicker.
  names() {
    const { context, palette, box, unit, spec } = this;
    /** @param {{ fromY: number }} a @param {{ fromY: number }} b */
    const near = (a, b) => Math.abs(a.fromY - b.fromY) < (LINE / 2) * unit;
    /** @param {Level & { y: number }} level @returns {End} */
    const level = ({ name, y, role }) =>
      ({ name: name + this.beyond(y), role, fromX: box.right, fromY: this.py(y), top: 0 });
    const levels = /** @type {(Level & { y: number })[]} */ (spec.lines);
    const ends = [
      ...spec.series.filter(({ name }) => name).map((one) => this.end(one)),
      ...levels.filter(({ name, y }) => name && seen(y)).map(level)]
      .filter((end) => end != null).map((end, rank) => ({ ...end, rank }))
      .sort((a, b) => (near(a, b) ? a.rank - b.rank : a.fromY - b.fromY));
    spread(ends, box.top + 6 * unit, box.bottom - 4 * unit, LINE * unit);
    context.textAlign = "left";
    for (const { name, role, fromX, fromY, top, faint } of ends) {
      const wide = context.measureText(name).width;
      // a line that is still growing carries its name along
      const inside = fromX + 16 * unit + wide < box.right;
      const from = inside ? fromX + 2 * unit : Math.max(fromX, box.right);
      const left = inside ? fromX + 16 * unit : box.right + 16 * unit;
      context.globalAlpha = faint ? 0.5 : 1;
      context.strokeStyle = this.colour(role);
      context.lineWidth = 1.25 * unit;
      context.beginPath();
      context.moveTo(from, fromY);
      context.lineTo(left - 4 * unit, top);
      context.stroke();
      context.globalAlpha = 1;
      const text = this.cut(name, box.width - left);
      Object.assign(context,
        { strokeStyle: palette.paper, lineWidth: 4 * unit, lineJoin: "round" });
      if (inside) context.strokeText(text, left, top);
      context.fillStyle = faint || role === "grey" ? palette.grey : palette.ink;
      context.fillText(text, left, top);
    }
  }

  // A level that lies outside of the axis is named at its edge, with an arrow to where it would be.
  /** @param {number} y */
  beyond(y) {
    const [low, high] = this.range.y;
    return y < low ? " ↓" : y > high ? " ↑" : "";
  }

  /** @param {Series} series @returns {End | null} */
  end({ name, role, faint, x, y }) {
    for (let i = y.length - 1; i >= 0; i--) {
      const value = y[i];
      if (!seen(value)) continue;
      return { name, role, faint, fromX: this.px(x ? x[i] : i), fromY: this.py(value), top: 0 };
    }
    return null;
  }

  /** @param {string} text @param {number} width */
  cut(text, width) {
    const { context } = this;
    if (context.measureText(text).width <= width) return text;
    let start = text;
    while (start && context.measureText(`${start}…`).width > width) start = start.slice(0, -1);
    return `${start}…`;
  }
}

/** @param {ArrayLike<unknown>} y */
const single = (y) => y.length === 1;

// A line through many points: within one pixel column only where it enters, its lowest, its highest
// and where it leaves.
/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} count
 * @param {(index: number) => number} px
 * @param {(index: number) => number | null} py
 */
function trace(context, count, px, py) {
  let open = false;
  /** @type {{ x: number, low: number, high: number, last: number } | null} */
  let column = null;
  const leave = () => {
    if (column) for (const y of [column.low, column.high, column.last]) context.lineTo(column.x, y);
    column = null;
  };
  for (let i = 0; i < count; i++) {
    const [x, y] = [px(i), py(i)];
    if (y == null) {
      leave();
      open = false;
    } else if (column && Math.abs(x - column.x) < 0.5) {
      column.low = Math.max(column.low, y);
      column.high = Math.min(column.high, y);
      column.last = y;
    } else {
      leave();
      if (open) context.lineTo(x, y);
      else context.moveTo(x, y);
      open = true;
      column = { x, low: y, high: y, last: y };
    }
  }
  leave();
}
