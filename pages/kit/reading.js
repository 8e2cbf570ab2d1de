// Reading a chart: the values under the pointer or the arrow keys, in a small table beside the
// place, and aloud.

import { pointed, stands } from "./dom.js";
import { date, exact, format, seen, xOf } from "./scale.js";

const HIT = 24; // px: farther away from every point, nothing is read out
const LINE = 18; // px between two rows

export class Reading {
  /** @type {number | null} */
  at = null;

  /** @param {import("./chart.js").Chart} chart */
  constructor(chart) {
    this.chart = chart;
    const { canvas } = chart;
    canvas.addEventListener("pointermove", (event) => this.point(event));
    canvas.addEventListener("pointerleave", () => this.read(null));
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("blur", () => this.read(null));
  }

  /** @param {PointerEvent} event */
  point(event) {
    const { chart } = this;
    const [at] = pointed(event, chart.canvas);
    /** @param {number} x */
    const distance = (x) => Math.abs(chart.px(x) - at);
    const places = this.places();
    const nearest = Math.min(...places.map(distance));
    const x = places.find((place) => distance(place) === nearest);
    this.read(x != null && nearest < HIT * chart.unit ? x : null);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const xs = this.places();
    const at = this.at == null ? -1 : xs.indexOf(this.at);
    const to = { ArrowLeft: at < 0 ? xs.length - 1 : at - 1, ArrowRight: at + 1, Home: 0,
      End: xs.length - 1 }[event.key];
    if (event.key === "Escape" && this.at != null) this.read(null);
    else if (to == null || !xs.length) return;
    else this.read(xs[Math.max(0, Math.min(xs.length - 1, to))], true);
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number | null} x */
  read(x, aloud = false) {
    if (x === this.at) return;
    this.at = x;
    this.chart.onCursor(x);
    this.chart.later();
    if (!aloud) return;
    const xs = this.places();
    const said = this.rows().map(({ name, text }) => `${name} ${text}`).join(", ");
    stands(this.chart.canvas, said, x == null ? 0 : xs.indexOf(x), xs.length - 1);
  }

  // The x values that can be read out: those of the longest line with a name.
  /** @returns {number[]} */
  places() {
    const named =
      this.chart.spec.series.filter(({ name, y }) => name && Array.from(y).some(seen));
    const most = Math.max(...named.map(({ y }) => y.length));
    const longest = named.find(({ y }) => y.length === most);
    return longest ? Array.from(longest.y, (_, i) => xOf(longest, i)) : [];
  }

  /** @returns {{ name: string, text: string, role?: string }[]} */
  rows() {
    const at = this.at ?? 0;
    const values = this.chart.spec.series.filter(({ name }) => name)
      .map(({ name, role, x, y }) => ({ name, role, value: y[x ? Array.from(x).indexOf(at) : at] }))
      .filter(({ value }) => seen(value))
      .map((row) => ({ ...row, text: exact(row.value) }));
    const text = this.chart.spec.dated ? date(at) : format([at], false)[0];
    return [{ name: this.chart.xName, text }, ...values];
  }

  draw() {
    if (this.at == null) return;
    const { chart } = this;
    const { context, palette, box, unit } = chart;
    const rows = this.rows();
    const line = LINE * unit;
    const wide = Math.max(...rows.map(({ name, text }) =>
      context.measureText(`${name}  ${text}`).width)) + 34 * unit;
    const x = chart.px(this.at);
    chart.upright(this.at, palette.grey, []);
    const left =
      x + 10 * unit + wide < box.width ? x + 10 * unit : Math.max(0, x - 10 * unit - wide);
    Object.assign(context, { fillStyle: palette.paper, strokeStyle: palette.line, lineWidth: 1 });
    context.beginPath();
    context.roundRect(Math.round(left) + 0.5, Math.round(box.top) + 0.5, wide,
      rows.length * line + 10 * unit, 4 * unit);
    context.fill();
    context.stroke();
    rows.forEach(({ name, text, role }, i) => {
      const y = box.top + 5 * unit + (i + 0.5) * line;
      if (role != null) {
        context.fillStyle = chart.colour(role);
        context.fillRect(left + 8 * unit, y - 1.5 * unit, 10 * unit, 3 * unit);
      }
      context.fillStyle = role == null ? palette.grey : palette.ink;
      context.textAlign = "left";
      context.fillText(name, left + (role == null ? 8 : 24) * unit, y);
      context.textAlign = "right";
      context.fillText(text, left + wide - 8 * unit, y);
    });
  }
}
