// @ts-nocheck
// The lower half of the tab "Pooling": where a gradient goes, what is lost, and what a small shift
// changes. Each view is two planes with words between them.

import { press } from "../../kit/controls.js";
import { Chart } from "../../kit/chart.js";
import { button, el, entry, fill, number, percent, say } from "../../kit/dom.js";
import { Knob } from "../../kit/knob.js";
import { Plane } from "../plane.js";

/** @type {Record<string, string>} */
const ROLES = { max: "0", average: "2", stride: "1", none: "grey" };
const WAYS = Object.keys(ROLES);

// Values as rows of numbers, on a plane of their own without padding.
/**
 * @param {number[][]} values
 * @param {{ signed: boolean, largest: number, marks?: { rows: number[], columns: number[],
 *   role: string }[] }} options
 */
export function plain(values, { signed, largest, marks = [] }) {
  const [rows, columns] = [values.length, values[0].length];
  /** @param {number} count */
  const along = (count) => Array.from({ length: count }, (_, i) => i);
  return {
    values: values.flat(), rows, columns, signed, largest, marks,
    padding: { top: 0, bottom: 0, left: 0, right: 0 },
    origin: { rows: along(rows), columns: along(columns) },
  };
}

/** @param {any} rows */
const most = (rows) =>
  rows.reduce((/** @type {any} */ found, /** @type {number} */
    row) => row.reduce((/** @type {any} */ a, /** @type {any} */ b) => Math.max(a, Math.abs(b)),
      found), 1e-9);

export class Views {
  // onSet(change, event), onRest() as in convolution_and_pooling/pooling/controls.js; onPoint(row,
  // column): an output cell was pointed at; onMove(down, right).
  /**
   * @param {PoolWords} words
   * @param {PoolLimits} options
   * @param {{ onSet: (change: Record<string, number>, event: { timeStamp: number }) => void,
   *   onRest: () => void, onPoint: (row: number, column: number, event: PointerEvent) => any,
   *   onMove: ((down: number, right: number) => any) | undefined }} options
   */
  constructor(words, { shift }, { onSet, onRest, onPoint, onMove }) {
    this.words = words;
    this.onSet = onSet;
    this.onRest = onRest;
    /** @param {any} change */
    const chosen = (change) => (/** @type {any} */ event) => { onSet(change, event); onRest(); };
    this.tabs = el("div", { class: "choices large", role: "group", "aria-label": words.viewsLabel },
      ...words.views.map(([value, label]) =>
      button(label, chosen({ view: value }),
        { "data-fp": `pool-view-${value}`, "data-value": value })));
    this.left = new Plane({ key: "pool-left", label: words.left, onPoint: () => {}, onMove });
    this.right = new Plane({ key: "pool-right", label: words.right, onPoint, onMove });
    this.leftTitle = el("figcaption", {});
    this.rightTitle = el("figcaption", {});
    this.gradients = el("div", { class: "choices", role: "group",
      "aria-label": words.gradientLabel }, ...words.gradients.map(([value, label]) =>
      button(label, chosen({ gradient: value }),
        { "data-fp": `pool-gradient-${value}`, "data-value": value })));
    this.shifts = Object.fromEntries(["dx", "dy"].map((name) => [name, new Knob(
      { name: `pool-${name}`, label: words.fields[name], low: -shift, high: shift,
        show: (value) => String(value).replace("-", "−") },
      { onInput: (_, value) => onSet({ [name]: value }, { timeStamp: performance.now() }),
        onChange: onRest })]));
    this.moved =
      el("div", { class: "pool-shifts" }, this.shifts.dx.element, this.shifts.dy.element);
    this.said = el("p", { class: "pool-said", "data-fp": "pool-said" });
    this.table = el("tbody", {}, ...WAYS.map((way) => el("tr", {}, el("td", {}, words.ways[way]),
      el("td", { "data-fp": `pool-changed-${way}` }),
      el("td", { "data-fp": `pool-norm-${way}` }))));
    this.shares = el("table", { class: "pool-shares" }, el("thead", {},
      el("tr", {}, el("th", {}), el("th", {}, words.changed), el("th", {}, words.norm))),
        this.table);
    this.charts = {
      changed: new Chart({ label: words.changedLabel, height: 190, xName: words.pixels,
        yName: words.changedLabel }),
      norm: new Chart({ label: words.normLabel, height: 190, xName: words.pixels,
        yName: words.normLabel }),
    };
    this.curves =
      el("div", { class: "pool-curves" }, this.charts.changed.element, this.charts.norm.element);
    this.element = el("section", { class: "pool-views", "data-block": "pool-views" }, this.tabs,
      el("div", { class: "pool-stage lower" },
        el("figure", {}, this.leftTitle, this.left.element),
        el("div", { class: "pool-between" }, this.gradients, this.moved, this.said, this.shares),
        el("figure", {}, this.rightTitle, this.right.element)),
      this.curves);
  }

  close() {
    for (const part of [this.left, this.right, ...Object.values(this.charts)]) part.close();
  }

  /** @param {PoolAnswer} answer @param {PoolView} state @param {Palette} palette */
  paint(answer, state, palette) {
    press(this.tabs, state.view);
    press(this.gradients, state.gradient);
    const { view } = answer; // what was asked a moment ago
    this.gradients.hidden = view !== "gradient";
    this.moved.hidden = this.shares.hidden = this.curves.hidden = view !== "shift";
    for (const name of ["dx", "dy"]) this.shifts[name].value = entry(state, name);
    say(this.leftTitle, entry(this.words.titles, view)[0]);
    say(this.rightTitle, entry(this.words.titles, view)[1]);
    /** @type {any} */ (this)[view](answer, entry(answer, view), palette);
  }

  // The gradient flows from right to left: from the output, to whoever had a share in it.
  /**
   * @param {{ cell: any, values: any, output: any }} what
   * @param {{ given: any, routed: any, reached: any, sums: any, most: any }} options
   * @param {Palette} palette
   */
  gradient({ cell, values, output }, { given, routed, reached, sums, most: largest }, palette) {
    const { window: seen, winner, sources: [{ spans: [[top], [left]] }] } = cell.number;
    const shared = winner ? [winner] : seen.flatMap((/** @type {any} */ line, /** @type {any} */
      r) => line.map((/** @type {unknown} */ _, /** @type {any} */ c) => [r, c]));
    const touched = shared.filter((/** @type {any} */ [r, c]) => routed[top + r][left + c] !== 0);
    const marks = touched.map((/** @type {any} */ [r, c]) =>
      ({ rows: [top + r], columns: [left + c], role: "thin" }));
    this.left.paint(plain(routed, { signed: false, largest: Math.max(largest, 1e-9), marks }),
      palette);
    this.right.paint(plain(given, { signed: false, largest: 1,
      marks: [{ rows: [cell.row], columns: [cell.column], role: "chosen" }] }), palette);
    say(this.said, fill(this.words.gradientSays, {
      given: short(sums[0]), arrived: short(sums[1]), reached,
      all: values.length * values[0].length, most: short(largest),
      windows: output.length * output[0].length,
    }));
  }

  /**
   * @param {{ signed: any, largest: any }} what
   * @param {{ unpooled: any, difference: any, kept: any, numbers: any, norm: any }} options
   * @param {Palette} palette
   */
  lost({ signed, largest }, { unpooled, difference, kept, numbers: [all, left], norm }, palette) {
    this.left.paint(plain(unpooled, { signed, largest }), palette);
    this.right.paint(plain(difference, { signed: true, largest }), palette);
    say(this.said, fill(this.words.lostSays, { all, left, kept, share: percent(norm) }));
  }

  /**
   * @param {{ largest: any, signed: any, cell: any }} what
   * @param {{ moved: any, difference: any, steps: any, across: any, here: any,
   *   curves: any }} options
   * @param {Palette} palette
   */
  shift({ largest, signed, cell }, { moved, difference, steps, across, here, curves }, palette) {
    this.left.paint(plain(moved, { signed, largest }), palette);
    const marks = [{ rows: [cell.row], columns: [cell.column], role: "chosen" }];
    this.right.paint(plain(difference,
      { signed: true, largest: Math.max(most(difference), largest / 2), marks }), palette);
    [...this.table.children].forEach((row, i) => {
      say(row.children[1], percent(here[WAYS[i]].changed));
      say(row.children[2], percent(here[WAYS[i]].norm));
    });
    say(this.said, this.words.shiftSays);
    for (const [name, chart] of Object.entries(this.charts)) {
      chart.paint({
        series: WAYS.map((way) => ({ key: way, name: this.words.ways[way], x: steps,
          y: curves[way][name], role: ROLES[way], dash: way === "none" })),
        x: [steps[0], steps[steps.length - 1]],
        y: [0, 1.05 * Math.max(0.2, ...WAYS.map((way) => Math.max(...curves[way][name])))],
        cursor: across ? this.shifts.dy.value : this.shifts.dx.value,
      }, palette);
    }
  }
}

/** @param {number} value */
export const short = (value) => number(value, Number.isInteger(value) ? 0 : 3);
