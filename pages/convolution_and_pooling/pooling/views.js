// The lower half of the tab "Pooling": where a gradient goes, what is lost, and what a small shift
// changes. Each view is two planes with words between them. Their numbers open.

import { choices, press } from "../../kit/controls.js";
import { Chart } from "../../kit/chart.js";
import { button, el, entry, filled, number, percent, say } from "../../kit/dom.js";
import { Knob } from "../../kit/knob.js";
import { plain, Plane } from "../plane.js";
/** @import { Change } from "./controls.js" */

/** @type {Record<string, string>} */
const ROLES = { max: "0", average: "2", stride: "1", none: "grey" };
const WAYS = Object.keys(ROLES);
const LEAST = 1e-9; // where nothing is larger, the colours end here

/** @typedef {[array: string, text: string, ...at: number[]]} Shown a number of a sentence */

// What each view shows: left, right.
/** @type {Record<string, [string, string]>} */
const ARRAYS = { gradient: ["routed", "given"], lost: ["unpooled", "lost"],
  shift: ["moved", "difference"] };

export class Views {
  view = "gradient";

  // onSet, onRest as in controls.js; onPoint(row, column): an output cell was pointed at;
  // onMove(down, right).
  /**
   * @param {PoolWords} words
   * @param {PoolLimits} limits
   * @param {{ onSet: (change: Change) => unknown, onRest: () => unknown,
   *   onPoint: (row: number, column: number) => unknown,
   *   onMove: (down: number, right: number) => unknown,
   *   onNumber: (array: string, ...at: number[]) => unknown }} options
   */
  constructor(words, { shift }, { onSet, onRest, onPoint, onMove, onNumber }) {
    this.words = words;
    this.onNumber = onNumber;
    /** @param {Change} change */
    const chosen = (change) => { onSet(change); onRest(); };
    this.tabs = choices("pool-view", words.views, (view) => chosen({ view }),
      { class: "choices large", "aria-label": words.viewsLabel });
    this.gradients = choices("pool-gradient", words.gradients, (gradient) => chosen({ gradient }),
      { "aria-label": words.gradientLabel });
    this.left = new Plane({ key: "pool-left", label: words.left, onMove,
      onPoint: (row, column) => onNumber(ARRAYS[this.view][0], row, column) });
    this.right = new Plane({ key: "pool-right", label: words.right, onMove,
      onPoint: (row, column) => {
        if (this.view !== "lost") onPoint(row, column); // an output cell is opened above, too
        onNumber(ARRAYS[this.view][1], row, column);
      } });
    this.leftTitle = el("figcaption", {});
    this.rightTitle = el("figcaption", {});
    /** @param {string} name */
    const knob = (name) => new Knob(
      { name: `pool-${name}`, label: words.fields[name], low: -shift, high: shift,
        show: (value) => String(value).replace("-", "−") },
      { onInput: (_, value) => onSet({ [name]: value }), onChange: onRest });
    this.shifts = { dx: knob("dx"), dy: knob("dy") };
    this.moved =
      el("div", { class: "pool-shifts" }, this.shifts.dx.element, this.shifts.dy.element);
    this.sentence = el("p", { class: "pool-said", "data-fp": "pool-said" });
    /** @param {string} name @param {string} way */
    const share = (name, way) => button("", () => onNumber(`${way}_${name}`),
      { class: "opens", "data-fp": `pool-${name}-${way}` });
    this.cells = WAYS.map((way) => ({ changed: share("changed", way), norm: share("norm", way) }));
    this.shares = el("table", { class: "pool-shares" }, el("thead", {},
      el("tr", {}, el("td"), el("th", {}, words.changed), el("th", {}, words.norm))),
    el("tbody", {}, ...this.cells.map(({ changed, norm }, i) =>
      el("tr", {}, el("td", {}, words.ways[WAYS[i]]), el("td", {}, changed),
        el("td", {}, norm)))));
    /** @param {string} label */
    const chart = (label) => new Chart({ label, height: 190, xName: words.pixels, yName: label });
    this.changed = chart(words.changedLabel);
    this.norm = chart(words.normLabel);
    this.curves = el("div", { class: "pool-curves answered" },
      this.changed.element, this.norm.element);
    this.element = el("section", { class: "pool-views", "data-block": "pool-views" }, this.tabs,
      el("div", { class: "pool-stage lower answered" },
        el("figure", {}, this.leftTitle, this.left.element),
        el("div", { class: "pool-between" }, this.gradients, this.moved, this.sentence,
          this.shares),
        el("figure", {}, this.rightTitle, this.right.element)),
      this.curves);
  }

  close() {
    for (const part of [this.left, this.right, this.changed, this.norm]) part.close();
  }

  /** @param {PoolAnswer} answer @param {PoolView} state @param {Palette} palette */
  paint(answer, state, palette) {
    press(this.tabs, state.view);
    press(this.gradients, state.gradient);
    const { view, gradient, lost, shift } = answer; // what was asked a moment ago
    this.view = view;
    this.gradients.hidden = !gradient;
    this.moved.hidden = this.shares.hidden = this.curves.hidden = !shift;
    this.shifts.dx.value = state.dx;
    this.shifts.dy.value = state.dy;
    const [left, right] = entry(this.words.titles, view);
    say(this.leftTitle, left);
    say(this.rightTitle, right);
    if (gradient) this.gradient(answer, gradient, palette);
    if (lost) this.lost(answer, lost, palette);
    if (shift) this.shift(answer, shift, palette);
  }

  // The sentence between the planes; its numbers open.
  /** @param {string} text @param {Record<string, Shown>} numbers */
  counts(text, numbers) {
    const buttons = Object.entries(numbers).map(([name, [array, shown, ...at]]) => [name,
      button(shown, () => this.onNumber(array, ...at),
        { class: "opens", "data-fp": `open-${array}` })]);
    this.sentence.replaceChildren(...filled(text, Object.fromEntries(buttons)));
  }

  // The gradient flows from right to left: from the output, to whoever had a share in it.
  /**
   * @param {PoolAnswer} answer
   * @param {PoolAnswerGradient} gradient
   * @param {Palette} palette
   */
  gradient({ cell, values }, { given, routed, reached, sums, most }, palette) {
    const { window: seen, winner, sources: [{ spans: [[top], [left]] }] } = cell.number;
    const shared = winner ? [winner] : seen.flatMap((line, r) => line.map((_, c) => [r, c]));
    const marks = shared.filter(([r, c]) => routed[top + r][left + c] !== 0).map(([r, c]) =>
      ({ rows: [top + r], columns: [left + c], role: "thin" }));
    this.left.paint(plain(routed, { signed: false, largest: Math.max(most, LEAST), marks }),
      palette);
    this.right.paint(plain(given, { signed: false, largest: 1, marks: [chosen(cell)] }), palette);
    this.counts(this.words.gradientSays, {
      given: ["goes_in", short(sums[0])], arrived: ["arrived", short(sums[1])],
      reached: ["reached", String(reached)],
      all: ["all", String(values.length * values[0].length)], most: ["most", short(most), 0],
    });
  }

  /** @param {PoolAnswer} answer @param {PoolAnswerLost} lost @param {Palette} palette */
  lost({ signed, largest }, { unpooled, difference, kept, numbers: [all, left], norm }, palette) {
    this.left.paint(plain(unpooled, { signed, largest }), palette);
    this.right.paint(plain(difference, { signed: true, largest }), palette);
    this.counts(this.words.lostSays, { all: ["all", String(all)], left: ["left", String(left)],
      kept: ["kept", String(kept)], share: ["missing", percent(norm)] });
  }

  /** @param {PoolAnswer} answer @param {PoolAnswerShift} shift @param {Palette} palette */
  shift({ largest, signed, cell }, { moved, difference, steps, across, here, curves }, palette) {
    const most = Math.max(...difference.flat().map(Math.abs), largest / 2, LEAST);
    this.left.paint(plain(moved, { signed, largest }), palette);
    this.right.paint(plain(difference, { signed: true, largest: most, marks: [chosen(cell)] }),
      palette);
    this.cells.forEach(({ changed, norm }, i) => {
      const shares = entry(here, WAYS[i]);
      say(changed, percent(shares.changed));
      say(norm, percent(shares.norm));
      changed.dataset.value = String(shares.changed);
      norm.dataset.value = String(shares.norm);
    });
    this.sentence.replaceChildren(this.words.shiftSays);
    const cursor = (across ? this.shifts.dy : this.shifts.dx).value;
    /** @param {Chart} chart @param {"changed" | "norm"} name */
    const draw = (chart, name) => {
      const series = WAYS.map((key) => ({ key, name: this.words.ways[key], x: steps,
        y: entry(curves, key)[name], role: ROLES[key], dash: key === "none" }));
      const highest = Math.max(0.2, ...series.flatMap(({ y }) => y));
      chart.paint({ series, x: [steps[0], steps[steps.length - 1]], y: [0, 1.05 * highest],
        cursor }, palette);
    };
    draw(this.changed, "changed");
    draw(this.norm, "norm");
  }
}

/** @param {Cell} cell */
const chosen = ({ row, column }) => ({ rows: [row], columns: [column], role: "chosen" });

/** @param {number} value */
export const short = (value) => number(value, Number.isInteger(value) ? 0 : 3);
