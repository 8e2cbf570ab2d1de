// A heat map: a matrix of numbers, one texel each, with its name. Hovering reads a number out, a
// click or the arrow keys pick one. It knows nothing of what the numbers are: `signed` ones are
// blue above zero and orange below, others go from paper to ink.

import { el, say, stands, walkable } from "./dom.js";
import { paintPixels, shade } from "./pixels.js";

export class Heat {
  /** @type {Rows | undefined} */
  values;
  /** @type {Cell | null} */
  chosen = null;
  /** @type {Cell | null} */
  hovered = null;

  // labelOf(row, column, value) names a number in a sentence; onPick(row, column, event)
  // and onHover(row, column | null) are called.
  /**
   * @param {{ key: string, title: string, note?: string,
   *   labelOf: (row: number, column: number, value: number) => string,
   *   onPick: (row: number, column: number, event: MouseEvent | KeyboardEvent) => unknown,
   *   onHover?: (row: number | null, column: number | null) => unknown }} options
   */
  constructor({ key, title, note = "", labelOf, onPick, onHover = () => {} }) {
    this.key = key;
    this.labelOf = labelOf;
    this.onPick = onPick;
    this.onHover = onHover;
    this.rows = 1;
    this.columns = 1;
    this.canvas =
      el("canvas", { ...walkable(title), "data-fp": `heat-${key}`, width: 1, height: 1 });
    this.mark = el("div", { class: "mark", hidden: true });
    this.title = el("b", {}, title);
    this.note = el("span", {}, note);
    this.caption = el("figcaption", {}, this.title, this.note);
    this.readout = el("output", { class: "readout", hidden: true });
    this.grid = el("div", { class: "grid" }, this.canvas, this.mark, this.readout);
    this.element = el("figure", { class: "heat", "data-block": key }, this.caption, this.grid);
    this.canvas.addEventListener("click", (event) => this.pick(...this.at(event), event));
    this.canvas.addEventListener("pointermove",
      (event) => event.pointerType === "mouse" && this.hover(...this.at(event)));
    this.canvas.addEventListener("pointerleave", () => this.hover(null));
    this.canvas.addEventListener("keydown", (event) => this.onKey(event));
  }

  // values: a row is a list of numbers; largest: the size that gets the full colour.
  /** @param {{ values: Rows, signed: boolean, largest?: number }} spec @param {Palette} palette */
  paint({ values, signed, largest = 1 }, palette) {
    const [rows, columns] = [values.length, values[0]?.length ?? 0];
    this.values = values;
    this.rows = rows;
    this.columns = columns;
    if (!rows || !columns) return;
    const ramp = signed ? palette.signed : palette.size;
    paintPixels(this.canvas, columns, rows,
      (i) => shade(ramp, values[Math.floor(i / columns)][i % columns] ?? 0, largest));
    this.select(this.chosen?.row, this.chosen?.column);
    if (this.hovered) this.hover(this.hovered.row, this.hovered.column);
  }

  // Outlines a number, or none.
  /** @param {number | null} [row] @param {number | null} [column] */
  select(row, column) {
    this.chosen =
      row == null || column == null || row >= this.rows || column >= this.columns ? null
      : { row, column };
    this.mark.hidden = !this.chosen;
    if (this.chosen) {
      Object.assign(this.mark.style, this.place(this.chosen.row, this.chosen.column));
    }
    const { row: r, column: c } = this.chosen ?? { row: 0, column: 0 };
    if (!this.values) return;
    const text = this.labelOf(r, c, this.values[r][c]);
    this.canvas.setAttribute("aria-label", this.title.textContent || text);
    stands(this.canvas, text, r * this.columns + c, this.rows * this.columns - 1);
  }

  /** @param {number | null} row @param {number | null} [column] */
  hover(row, column) {
    this.hovered = row == null || column == null ? null : { row, column };
    this.readout.hidden = row == null;
    this.onHover(row ?? null, column ?? null);
    if (row == null || column == null || !this.values) return;
    say(this.readout, this.labelOf(row, column, this.values[row][column]));
    const { left, top } = this.place(row, column);
    const late = column > this.columns / 2; // the text stays within the map
    Object.assign(this.readout.style, late ? { left: "", right: `calc(100% - ${left})` }
      : { left: `calc(${left} + ${100 / this.columns}%)`, right: "" }, { top });
  }

  /** @param {number} row @param {number} column */
  place(row, column) {
    /** @param {number} value @param {number} whole */
    const share = (value, whole) => `${(100 * value) / whole}%`;
    const { rows, columns } = this;
    return { left: share(column, columns), top: share(row, rows), width: share(1, columns),
      height: share(1, rows) };
  }

  /** @param {MouseEvent} event @returns {[number, number]} */
  at(event) {
    const box = this.canvas.getBoundingClientRect();
    /** @param {number} value @param {number} whole @param {number} count */
    const part = (value, whole, count) =>
      Math.min(count - 1, Math.max(0, Math.floor((value / whole) * count)));
    return [part(event.clientY - box.top, box.height, this.rows),
      part(event.clientX - box.left, box.width, this.columns)];
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0],
      Enter: [0, 0], " ": [0, 0] }[event.key];
    const { row, column } = this.chosen ?? { row: 0, column: 0 };
    const to = step ? [row + step[0], column + step[1]]
      : { Home: [row, 0], End: [row, this.columns - 1] }[event.key];
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    this.pick(to[0], to[1], event);
  }

  /** @param {number} row @param {number} column @param {MouseEvent | KeyboardEvent} event */
  pick(row, column, event) {
    if (row >= 0 && column >= 0 && row < this.rows && column < this.columns) {
      this.onPick(row, column, event);
    }
  }
}

// All maps of one kind on one scale: the largest size among them.
/** @param {(number | null)[][]} values @returns {number} */
export const largestOf = (values) =>
  Math.max(0, ...values.map((row) => Math.max(0, ...row.map((value) => Math.abs(value ?? 0)))));

/** @template T @param {T[][]} rows @returns {T[][]} */
export const transposed = (rows) => rows[0].map((_, column) => rows.map((row) => row[column]));
