// The picture of "Pooling": input, one window, output, painted from the live route; below, what a
// gradient, the way back and a small shift make of it. What the person does is stored here and sent
// to the page when a gesture ends.

import { button, el, entry, fill, filled, say, styles } from "../../kit/dom.js";
import { typedNumber } from "../../kit/keys.js";
import { Live } from "../../kit/live.js";
import { LiveNumber } from "../../kit/opened_number.js";
import { hideParts, painted, refusedOf } from "../picture.js";
import { NO_PADDING, plain, Plane } from "../plane.js";
import { PoolControls, rowsIn } from "./controls.js";
import { short, Views } from "./views.js";
import { mounted, View } from "../../kit/view.js";
/** @import { Change } from "./controls.js" */

/** @typedef {Cell & { where: "input" | "output" }} Hovered */

const style = await styles("kit/base.css", "kit/opened.css",
  "convolution_and_pooling/pooling/view.css");

export const { mount, unmount } = mounted(() => PoolPicture);

/** @extends {View<PoolData>} */
class PoolPicture extends View {
  /** @type {PoolAnswer | undefined} */
  last;
  state = structuredClone(this.data.view);
  sized = "";
  /** @type {Hovered | null} */
  hovered = null;

  /** @param {HTMLElement} host @param {PoolData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "pooling", classes: "pool", style });
    const { words } = this;
    this.live = this.own(new Live({ url: `${data.base}/pooling`,
      onAnswer: (answer, { start }) => this.answer(answer, start),
      onTrouble: (trouble) => this.trouble(trouble) }));
    const options = { onSet: (/** @type {Change} */ change) => this.set(change),
      onRest: () => this.notify() };
    this.controls = new PoolControls(words, data, options);
    this.message = el("p", { class: "message", role: "status", "data-fp": "pool-message" });
    /** @param {number} down @param {number} right */
    const onMove = (down, right) => this.go(this.state.row + down, this.state.column + right);
    this.input = this.own(new Plane({
      key: "pool-input", label: words.input, onMove,
      onPoint: (row, column) => this.under(row, column),
      onHover: (row, column = 0) => this.hover("input", row, column),
      onType: (row, column, text) => this.retype(row, column, text),
    }));
    this.number = this.makeNumber();
    /** @param {string} array @param {...number} at */
    const onNumber = (array, ...at) => this.open([array, ...at].join("."));
    this.window = this.own(new Plane({ key: "pool-window", label: words.window, onMove,
      onPoint: (row, column) => {
        const [y, x] = this.seen(row, column);
        if (y != null && x != null) onNumber("x", y, x);
      } }));
    this.output = this.own(new Plane({
      key: "pool-output", label: words.output, onMove,
      onPoint: (row, column) => this.go(row, column),
      onHover: (row, column = 0) => this.hover("output", row, column),
    }));
    this.views = this.own(new Views(words, data.limits,
      { ...options, onMove, onNumber, onPoint: (row, column) => this.go(row, column) }));
    this.inputShape = el("span", {});
    this.outputShape = el("span", {});
    this.sum = el("p", { class: "pool-sum", "data-fp": "pool-sum" });
    this.size = el("p", { class: "pool-size", "data-fp": "pool-size", "data-block": "pool-size" });
    this.readIn = el("p", { class: "note" });
    this.readOut = el("p", { class: "note" });
    this.root.append(this.controls.element, this.message, this.stage(), this.number.element,
      this.views.element);
    this.begin(".pool-stage");
  }

  makeNumber() {
    const { words } = this;
    /** @param {string} array @param {string} at */
    const name = (array, at) => `${entry(words.names, array)} ${at}`.trim();
    return new LiveNumber(this, `${this.data.base}/pooling/number`, {
      body: (number) => ({ ...this.body(), opened: number }),
      write: (array, at) => [array, ...at].join("."),
      titleOf: name,
      onwardOf: (array, at) => fill(words.onward, { name: name(array, at) }),
      nameOf: (array, at) => name(array, at.join(", ")),
      leads: (array) => array in words.names,
      onOpen: (number) => this.open(number),
    });
  }

  stage() {
    const { words } = this;
    /** @param {string} title @param {HTMLElement} [more] */
    const caption = (title, more) => el("figcaption", {}, el("b", {}, title), more);
    return el("div", { class: "pool-stage answered" },
      el("figure", { "data-block": "pool-in" }, caption(words.input, this.inputShape),
        this.input.element, this.readIn),
      el("div", { class: "pool-between", "data-block": "pool-one" },
        el("figure", {}, caption(words.window), this.window.element), this.sum, this.size),
      el("figure", { "data-block": "pool-out" }, caption(words.output, this.outputShape),
        this.output.element, this.readOut));
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
    hideParts(this.root, "absent", this.data.hidden);
  }

  // -- what the person does -----------------------------------------------------------------------

  /** @param {Change} change */
  set(change) {
    Object.assign(this.state, change);
    this.controls.paint(this.state);
    this.ask(performance.now());
  }

  // A number of the typed matrix itself.
  /** @param {number} row @param {number} column @param {string} text */
  retype(row, column, text) {
    const value = typedNumber(text);
    if (this.state.source !== "matrix" || value === null) return;
    const rows = rowsIn(this.state.matrix);
    rows[row][column] = String(value);
    this.set({ matrix: rows.map((line) => line.join(" ")).join(";") });
    this.notify();
  }

  // The window that covers a cell of the padded input and lies nearest to the one that is open.
  /** @param {number} row @param {number} column */
  under(row, column) {
    if (!this.last) return;
    const { rows, columns, cell } = this.last;
    this.go(nearest(rows.taps, row, cell.row), nearest(columns.taps, column, cell.column));
  }

  /** @param {number} row @param {number} column */
  go(row, column) {
    if (this.last?.output[row]?.[column] === undefined) return;
    Object.assign(this.state, { row, column });
    this.ask(performance.now());
    this.notify();
  }

  // A number is opened; "" closes it.
  /** @param {string} number */
  open(number) {
    this.state.opened = number;
    this.number.ask(number);
    if (number) this.number.element.scrollIntoView({ block: "nearest" });
    this.notify();
  }

  // Which number of the input stands at a place of the open window; null in the padding.
  /** @param {number} row @param {number} column */
  seen(row, column) {
    if (!this.last) return [null, null];
    const { rows, columns, cell } = this.last;
    return [rows.origin[rows.taps[cell.row][row]],
      columns.origin[columns.taps[cell.column][column]]];
  }

  /** @param {"input" | "output"} where @param {number | null} row @param {number} column */
  hover(where, row, column) {
    this.hovered = row === null ? null : { where, row, column };
    this.paintPlanes();
  }

  report() {
    return this.state;
  }

  // -- question and answer ------------------------------------------------------------------------

  /** @param {number} [start] */
  ask(start) {
    this.live.ask({ start, body: () => this.body() });
    this.number.ask(this.state.opened);
  }

  body() {
    const { kind, window, stride, padding, ceil, opened, ...rest } = this.state;
    void opened; // asked for on its own
    const setting = { kind, window, stride, padding, ceil };
    return { ...rest, setting, drawing: this.data.drawing };
  }

  /** @param {PoolAnswer} answer @param {number | undefined} start */
  answer(answer, start) {
    const { row, column } = answer.cell;
    this.last = answer;
    Object.assign(this.state, { row, column });
    this.repaint();
    if (start) painted(start);
    this.painted();
    this.root.dataset.cell = `${row}.${column}`;
  }

  /** @param {Trouble | null} trouble */
  trouble(trouble) {
    const refused = refusedOf(trouble);
    say(this.message, refused?.message ?? (trouble ? this.words.unreachable : ""));
    this.stale(refused !== null);
    if (refused) this.controls.paint(this.state);
  }

  // -- painting -----------------------------------------------------------------------------------

  repaint() {
    const { last, state } = this;
    if (!last) return;
    this.controls.paint(state);
    /** @param {number[][]} rows */
    const shape = (rows) => `${rows.length} × ${rows[0].length}`;
    say(this.inputShape, shape(last.values));
    say(this.outputShape, shape(last.output));
    this.paintSize(last);
    this.paintPlanes();
    this.paintWindow(last);
    this.views.paint(last, state, this.palette);
    this.number.paint(this.palette);
  }

  paintPlanes() {
    const { last, hovered } = this;
    if (!last) return;
    const { rows, columns, cell, winners, tied, padding, values, output, signed, largest } = last;
    // of equals nobody has won
    const won = (winners ?? []).flatMap((line, r) => line.filter((_, c) => !tied?.[r][c]));
    /** @type {Outline[]} */
    const marks = won.map(([row, column]) =>
      ({ rows: [row + padding], columns: [column + padding], role: "thin" }));
    marks.push({ rows: rows.taps[cell.row], columns: columns.taps[cell.column], role: "chosen" });
    /** @type {Outline[]} */
    const outMarks =
      [{ rows: [cell.row], columns: [cell.column], role: "chosen", opened: true }];
    if (hovered?.where === "output" && rows.taps[hovered.row] && columns.taps[hovered.column]) {
      marks.push({ rows: rows.taps[hovered.row], columns: columns.taps[hovered.column],
        role: "hover" });
    } else if (hovered) {
      outMarks.push({ rows: windowsOver(rows, hovered.row),
        columns: windowsOver(columns, hovered.column), role: "hover" });
    }
    this.input.paint({
      values: values.flat(), rows: values.length, columns: values[0].length, signed, largest, marks,
      ring: padding, padding: { top: padding, bottom: padding, left: padding, right: padding },
      origin: { rows: rows.origin, columns: columns.origin }, outside: winners ? "−∞" : "0",
      rest: { rows: beyond(rows), columns: beyond(columns) },
    }, this.palette);
    this.output.paint(plain(output, { signed, largest, marks: outMarks }), this.palette);
    this.read(last);
  }

  // What is under the pointer, in words.
  /** @param {PoolAnswer} answer */
  read({ rows, columns, values, output }) {
    const { hovered, words } = this;
    let [input, out] = [" ", " "];
    if (hovered?.where === "input") {
      const [row, column] = [rows.origin[hovered.row], columns.origin[hovered.column]];
      const count =
        windowsOver(rows, hovered.row).length * windowsOver(columns, hovered.column).length;
      input = row == null || column == null ? fill(words.readPadding, { count })
        : fill(words.readIn, { row, column, value: short(values[row][column]), count });
    } else if (hovered && output[hovered.row]?.[hovered.column] !== undefined) {
      const { row, column } = hovered;
      out = fill(words.readOut, { row, column, value: short(output[row][column]) });
    }
    say(this.readIn, input);
    say(this.readOut, out);
  }

  // How many windows fit; a line for rows and columns where they are not the same.
  /** @param {PoolAnswer} answer */
  paintSize({ size, output }) {
    const text = `${this.words.sizeRule} ${size.join(" · ")}`;
    if (this.sized === text) return;
    this.sized = text;
    const counts = [output.length, output[0].length];
    const lines = size.flatMap((line, i) => {
      const array = i ? "output_columns" : "output_rows";
      const before = line.slice(0, line.lastIndexOf("=") + 2);
      return [i ? " · " : "", before, button(String(counts[i]), () => this.open(array),
        { class: "opens", "data-fp": `open-${array}` })];
    });
    this.size.replaceChildren(this.words.sizeRule, " ", ...lines);
  }

  // The window at full size, the winner outlined, and its arithmetic.
  /** @param {PoolAnswer} answer */
  paintWindow({ rows, columns, cell, winners, tied, values, signed, largest }) {
    const ys = rows.taps[cell.row].map((at) => rows.origin[at]);
    const xs = columns.taps[cell.column].map((at) => columns.origin[at]);
    const winner = winners?.[cell.row][cell.column];
    this.window.paint({
      values: ys.flatMap((y) => xs.map((x) => (y == null || x == null ? 0 : values[y][x]))),
      rows: ys.length, columns: xs.length, signed, largest, padding: NO_PADDING,
      origin: { rows: ys.map((y, i) => (y == null ? null : i)),
        columns: xs.map((x, i) => (x == null ? null : i)) },
      outside: winners ? "−∞" : "0",
      marks: winner ? [
        { rows: [ys.indexOf(winner[0])], columns: [xs.indexOf(winner[1])], role: "chosen" },
      ] : [],
    }, this.palette);
    this.sum.dataset.value = String(cell.number.value);
    this.sum.replaceChildren(
      ...this.sentence(cell, winner && tied?.[cell.row][cell.column]));
  }

  // Each of its numbers opens the output cell, whose arithmetic has them all.
  /** @param {PoolAnswerCell} cell @param {boolean | undefined} tied */
  sentence({ row, column, number }, tied) {
    const { tiedSays, maxSays, averageSays } = this.words;
    const { value, window: seen, count, winner } = number;
    const inside = seen.flat();
    /** @param {string} name @param {number} shown */
    const opens = (name, shown) => button(short(shown), () => this.open(`y.${row}.${column}`),
      { class: "opens", "data-fp": `pool-sum-${name}` });
    const sum = inside.reduce((a, b) => a + b, 0);
    const counted = tied ? inside.length : winner ? inside.length - 1 : count;
    return filled(tied ? tiedSays : winner ? maxSays : averageSays,
      { value: opens("value", value), count: opens("count", counted), sum: opens("all", sum) });
  }
}

// The windows that cover a row or column of the padded input.
/** @param {PoolAnswerRows} axis @param {number} at */
const windowsOver = ({ taps }, at) => taps.flatMap((tap, i) => (tap.includes(at) ? [i] : []));

// The window that covers `at` and lies nearest to `now`, or the one that comes nearest to `at`.
/** @param {number[][]} taps @param {number} at @param {number} now */
function nearest(taps, at, now) {
  const away = taps.map((tap, i) => tap.includes(at) ? Math.abs(i - now) / 1000
    : Math.min(...tap.map((each) => Math.abs(each - at))));
  return away.indexOf(Math.min(...away));
}

// Rows or columns behind the last window.
/** @param {PoolAnswerRows} axis */
const beyond = ({ taps, origin }) =>
  Math.max(0, origin.length - 1 - (taps.at(-1)?.at(-1) ?? 0));
