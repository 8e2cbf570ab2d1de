// @ts-nocheck
// The picture of "Pooling": input, one window, output, painted from the live route; below, what a
// gradient, the way back and a small shift make of it. What the person does is kept here and told
// to the page when a gesture ends.

import { el, fill, say, styles } from "../../kit/dom.js";
import { Live } from "../../kit/live.js";
import { Plane } from "../plane.js";
import { PoolControls, rowsOf } from "./controls.js";
import { plain, short, Views } from "./views.js";
import { mounted, View } from "../../kit/view.js";

const style = await styles("kit/base.css", "convolution_and_pooling/pooling/view.css");

export const { mount, unmount } = mounted(() => PoolView);

/** @extends {View<PoolData>} */
class PoolView extends View {
  /** @type {PoolAnswer} */
  last;

  /** @param {HTMLElement} host @param {PoolData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "pooling", classes: "pool", style });
    this.state = structuredClone(data.view);
    this.hovered = null;
    this.live = this.own(new Live({ url: `${data.base}/pooling`,
      onAnswer: (...all) => this.answer(...all), onTrouble: (trouble) => this.trouble(trouble),
    }));
    const { words } = this;
    const told = { onSet: (...all) => this.set(...all), onRest: () => this.notify() };
    this.controls = new PoolControls(words, data, told);
    this.message = el("p", { class: "message", role: "status", "data-fp": "pool-message" });
    /** @param {any} down @param {any} right */
    const onMove = (down, right) => this.go(this.state.row + down, this.state.column + right);
    this.input = this.own(new Plane({
      key: "pool-input", label: words.input, onMove,
      onPoint: (row, column) => this.under(row, column),
      onHover: (row, column) => this.hover("input", row, column),
      onType: (...all) => this.retype(...all),
    }));
    this.window =
      this.own(new Plane({ key: "pool-window", label: words.window, onMove, onPoint: () => {} }));
    this.output = this.own(new Plane({
      key: "pool-output", label: words.output, onMove,
      onPoint: (row, column) => this.go(row, column),
      onHover: (row, column) => this.hover("output", row, column),
    }));
    this.views = this.own(new Views(words, data.limits,
      { ...told, onMove, onPoint: (row, column) => this.go(row, column) }));
    this.inputShape = el("span", {});
    this.outputShape = el("span", {});
    this.sum = el("p", { class: "pool-sum", "data-fp": "pool-sum" });
    this.size = el("p", { class: "pool-size", "data-fp": "pool-size", "data-block": "pool-size" });
    this.readIn = el("p", { class: "note" });
    this.readOut = el("p", { class: "note" });
    /** @param {string} title @param {HTMLSpanElement} more */
    const caption = (title, more) => el("figcaption", {}, el("b", {}, title), more);
    this.root.append(this.controls.element, this.message,
      el("div", { class: "pool-stage" },
        el("figure", { "data-block": "pool-in" }, caption(words.input, this.inputShape),
          this.input.element, this.readIn),
        el("div", { class: "pool-between", "data-block": "pool-one" },
          el("figure", {}, caption(words.window, el("span", {})), this.window.element), this.sum,
          this.size),
        el("figure", { "data-block": "pool-out" }, caption(words.output, this.outputShape),
          this.output.element, this.readOut)),
      this.views.element);
    this.begin(".pool-stage");
  }

  // -- what the page says -------------------------------------------------------------------------

  /** @param {PoolData} before */
  compare(before) {
    if (JSON.stringify(this.data.drawing) !== JSON.stringify(before.drawing)) this.ask();
  }

  /** @param {PoolData} data */
  adopt(data) {
    this.state = structuredClone(data.view);
    super.adopt(data);
    this.ask();
  }

  showHidden() {
    for (const part of this.root.querySelectorAll("[data-part]")) {
      part.classList.toggle("absent", this.data.hidden.includes(part.dataset.part));
    }
  }

  // -- what the person does -----------------------------------------------------------------------

  /** @param {{ matrix: string }} change @param {{ timeStamp: number }} event */
  set(change, event) {
    Object.assign(this.state, change);
    if (change.ceil !== undefined) this.state.ceil = String(change.ceil) === "true";
    this.controls.paint(this.state);
    this.ask(event?.timeStamp);
  }

  // A number of the typed matrix itself.
  /** @param {number} row @param {number} column @param {string} text */
  retype(row, column, text) {
    const value = Number(text.replace("−", "-").replace(",", "."));
    if (this.state.source !== "matrix" || !Number.isFinite(value)) return;
    const rows = rowsOf(this.state.matrix);
    rows[row][column] = String(value);
    this.set({ matrix: rows.map((line) => line.join(" ")).join(";") },
      { timeStamp: performance.now() });
    this.notify();
  }

  // The window that covers a cell of the padded input and lies nearest to the one that is open.
  /** @param {number} row @param {number} column */
  under(row, column) {
    const { rows, columns, cell } = this.last;
    /** @param {number[][]} taps @param {number} at @param {number} now */
    const nearest = (taps, at, now) => taps.reduce((found, tap, i) => {
      const away = tap.includes(at) ? Math.abs(i - now) / 1000
        : Math.min(...tap.map((each) => Math.abs(each - at)));
      return away < found.away ? { i, away } : found;
    }, { i: now, away: Infinity }).i;
    this.go(nearest(rows.taps, row, cell.row), nearest(columns.taps, column, cell.column));
  }

  /** @param {number} row @param {number} column */
  go(row, column) {
    const { output } = this.last;
    if (row < 0 || column < 0 || row >= output.length || column >= output[0].length) return;
    Object.assign(this.state, { row, column });
    this.ask(performance.now());
    this.notify();
  }

  /** @param {string} where @param {number | null} row @param {number | undefined} column */
  hover(where, row, column) {
    this.hovered = row == null ? null : { where, row, column };
    this.paintPlanes();
  }

  report() {
    return this.state;
  }

  // -- question and answer ------------------------------------------------------------------------

  /** @param {number} [start] */
  ask(start) {
    this.live.ask({ start, body: () => {
      const { state } = this;
      const { kind, window, stride, padding, ceil, ...rest } = state;
      return { ...rest, setting: { kind, window, stride, padding, ceil },
        drawing: this.data.drawing };
    } });
  }

  /** @param {PoolAnswer} found @param {import("../../kit/live.js").Question} question */
  answer(found, { start }) {
    this.last = found;
    Object.assign(this.state, { row: found.cell.row, column: found.cell.column });
    this.repaint();
    if (start) {
      requestAnimationFrame(() =>
      performance.measure("fp:painted", { start, end: performance.now() }));
    }
    this.painted();
    this.root.dataset.cell = `${found.cell.row}.${found.cell.column}`;
  }

  /** @param {Trouble | null} trouble */
  trouble(trouble) {
    let text = trouble ? this.words.unreachable : "";
    if (trouble?.message) {
      const refused =
        trouble.message.startsWith("{") ? JSON.parse(trouble.message) : { said: trouble.message };
      text = refused.said;
    }
    say(this.message, text);
    this.root.classList.toggle("refused", Boolean(trouble?.message));
    if (trouble?.message) this.controls.paint(this.state);
  }

  // -- painting -----------------------------------------------------------------------------------

  repaint() {
    const { last, state, words } = this;
    if (!last) return;
    this.controls.paint(state);
    /** @param {number[][]} rows */
    const shape = (rows) => `${rows.length} × ${rows[0].length}`;
    say(this.inputShape, shape(last.values));
    say(this.outputShape, shape(last.output));
    say(this.size, `${words.sizeRule} ${last.size.join(" · ")}`);
    this.paintPlanes();
    this.paintWindow();
    this.views.paint(last, state, this.palette);
  }

  paintPlanes() {
    const { last, hovered, palette: colours } = this;
    if (!last) return;
    const { rows, columns, cell, winners, tied, padding, values, output, signed, largest } = last;
    // of equals nobody has won
    const won = (winners ?? []).flatMap((line, r) => line.filter((_, c) => !tied[r][c]));
    const marks = won.map(([row, column]) =>
      ({ rows: [row + padding], columns: [column + padding], role: "thin" }));
    marks.push({ rows: rows.taps[cell.row], columns: columns.taps[cell.column], role: "chosen" });
    const outMarks = [{ rows: [cell.row], columns: [cell.column], role: "chosen" }];
    const touched = { rows: [], columns: [] };
    if (hovered?.where === "output" && rows.taps[hovered.row] && columns.taps[hovered.column]) {
      marks.push({ rows: rows.taps[hovered.row], columns: columns.taps[hovered.column],
        role: "hover" });
    } else if (hovered) {
      touched.rows = rows.taps.flatMap((tap, i) => (tap.includes(hovered.row) ? [i] : []));
      touched.columns = columns.taps.flatMap((tap, i) => (tap.includes(hovered.column) ? [i] : []));
      outMarks.push({ ...touched, role: "hover" });
    }
    const ring = { top: padding, bottom: padding, left: padding, right: padding };
    this.input.paint({
      values: values.flat(), rows: values.length, columns: values[0].length, signed, largest, marks,
      ring: padding, padding: ring,
      origin: { rows: rows.origin, columns: columns.origin }, outside: winners ? "−∞" : "0",
      rest: { rows: beyond(rows), columns: beyond(columns) },
    }, colours);
    this.output.paint(plain(output, { signed, largest, marks: outMarks }), colours);
    this.read(touched);
  }

  /** @param {{ rows: any[], columns: any[] }} options */
  read({ rows: touchedRows, columns: touchedColumns }) {
    const { last, hovered, words } = this;
    let [input, output] = ["", ""];
    if (hovered?.where === "input") {
      const [row, column] = [last.rows.origin[hovered.row], last.columns.origin[hovered.column]];
      const count = touchedRows.length * touchedColumns.length;
      input = row == null || column == null ? fill(words.readPadding, { count })
        : fill(words.readIn, { row, column, value: short(last.values[row][column]), count });
    } else if (hovered && last.output[hovered.row]?.[hovered.column] !== undefined) {
      output = fill(words.readOut, { row: hovered.row, column: hovered.column,
        value: short(last.output[hovered.row][hovered.column]) });
    }
    say(this.readIn, input || " ");
    say(this.readOut, output || " ");
  }

  // The window at full size, the winner outlined, and its arithmetic.
  paintWindow() {
    const { last, words } = this;
    const { rows, columns, cell, winners, values, signed, largest } = last;
    const ys = rows.taps[cell.row].map((at) => rows.origin[at]);
    const xs = columns.taps[cell.column].map((at) => columns.origin[at]);
    const winner = winners?.[cell.row][cell.column];
    this.window.paint({
      values: ys.flatMap((y) => xs.map((x) => (y == null || x == null ? 0 : values[y][x]))),
      rows: ys.length, columns: xs.length, signed, largest,
      origin: { rows: ys.map((y, i) => (y == null ? null : i)),
        columns: xs.map((x, i) => (x == null ? null : i)) },
      padding: { top: 0, bottom: 0, left: 0, right: 0 }, outside: winners ? "−∞" : "0",
      marks: winner ? [
        { rows: [ys.indexOf(winner[0])], columns: [xs.indexOf(winner[1])], role: "chosen" },
      ] : [],
    }, this.palette);
    const { value, window: seen, count } = cell.number;
    const inside = seen.flat();
    this.sum.dataset.value = String(value);
    const tied = winner && last.tied[cell.row][cell.column];
    const sum = short(inside.reduce((a, b) => a + b, 0));
    say(this.sum, tied ? fill(words.tiedSays, { value: short(value), count: inside.length })
      : winner ? fill(words.maxSays, { value: short(value), count: inside.length - 1 })
      : fill(words.averageSays, { value: short(value), sum, count }));
  }
}

// Rows or columns behind the last window.
/** @param {PoolAnswerRows} options */
const beyond = ({ taps, origin }) =>
  Math.max(0, origin.length - 1 - taps[taps.length - 1][taps[taps.length - 1].length - 1]);
