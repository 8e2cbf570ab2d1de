// A matrix of numbers that can be read, picked and changed: names of rows and columns, its shape, a
// tint behind each number. A click or the arrow keys pick a number; dragging it up or down, typing,
// + and − change it; Delete gives it back. It knows nothing of what the numbers are.

import { activeBeside, el, number, say, targetOf } from "./dom.js";
import { pending } from "./in_flight.js";
import { commanded, narrow, onEnter, typedNumber } from "./keys.js";

const PER_PIXEL = 0.02; // how far a number moves with the pointer
const STEP = 0.1; // and with a key
const LARGEST = 100;
// scripts that are also written downwards
export const UPRIGHT = /[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;
const SLACK = 4; // px that the pointer may move within a click
// milliseconds in which a number that was set is asked about
const AHEAD = 1000;

export class Matrix {
  /** @type {(number | null)[][]} */
  values = [];
  /** @type {HTMLDivElement[]} */
  cells = [];
  /** @type {Cell | null} */
  chosen = null;
  /** @type {(Cell & { y: number, from: number, may: boolean, moved: boolean }) | null} */
  pressed = null;
  /** @type {(Cell & { value: number, until: number }) | null} */
  ahead = null;
  /** @type {Cell | null} */
  typing = null;
  /** @type {WeakMap<Element, string>} */
  backgrounds = new WeakMap();
  fixed = false;
  height = 0;
  width = 0;
  titled = "";

  // labelOf(row, column, value) names a number; onPick(row, column), onSet(row, column,
  // value | null, event) and onHover(row, column | null) are called. Without onSet it is only read.
  // nothing: how a number that is not there is written.
  /**
   * @param {{ key: string, labelOf: (row: number, column: number, value: number | null) => string,
   *   onPick: (row: number, column: number) => unknown, nothing?: string,
   *   onSet?: MatrixSet | null,
   *   onHover?: (row: number | null, column?: number) => unknown }} options
   */
  constructor({ key, labelOf, onPick, onSet = null, onHover = () => {}, nothing = "−∞" }) {
    this.key = key;
    this.labelOf = labelOf;
    this.onPick = onPick;
    this.onSet = onSet;
    this.onHover = onHover;
    this.nothing = nothing;
    this.title = el("b", {});
    this.shape = el("span", { class: "shape" });
    this.tops = el("div", { class: "tops", "aria-hidden": "true" });
    this.sides = el("div", { class: "sides", "aria-hidden": "true" });
    this.body = el("div", { class: "body", role: "grid", "data-fp": `matrix-${key}` });
    this.boxes = el("div", { class: "boxes", "aria-hidden": "true" });
    this.field =
      el("input", { class: "typed", inputmode: "decimal", hidden: true, "aria-label": key });
    this.element = el("figure", { class: "matrix", "data-matrix": key },
      el("figcaption", {}, this.title, this.shape), this.tops, this.sides,
      el("div", { class: "area" }, this.body, this.boxes, this.field));
    this.listen();
  }

  listen() {
    const { body, field } = this;
    body.addEventListener("pointerdown", (event) => this.press(event));
    body.addEventListener("pointermove", (event) => this.move(event));
    body.addEventListener("pointerup", () => this.lift());
    body.addEventListener("pointercancel", () => { this.pressed = null; });
    body.addEventListener("pointerleave", () => this.onHover(null));
    body.addEventListener("dblclick", (event) => this.at(event) && this.type());
    body.addEventListener("keydown", (event) => this.onKey(event));
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape" && !event.isComposing) this.typed(false);
    });
    onEnter(field, () => this.typed(true));
    field.addEventListener("blur", () => this.typed(true));
  }

  // values: rows of numbers, null for minus infinity. rows, columns: names, or none. size: paper to
  // ink, else signed. light: of a photograph, black to white. faded(row, column): numbers that take
  // no part. set(row, column): numbers that were set by hand. fixed: cannot be set.
  /**
   * @param {{ title: string, shape: string, values: (number | null)[][], rows?: string[] | null,
   *   columns?: string[] | null, size?: boolean, light?: boolean, largest: number,
   *   fixed?: boolean, faded?: (row: number, column: number) => boolean,
   *   set?: (row: number, column: number) => boolean }} spec
   * @param {Palette} palette
   */
  paint({ title, shape, values, rows = null, columns = null, size = false, light = false,
    largest,    faded = () => false, set = () => false, fixed = false }, palette) {
    const [height, width] = [values.length, values[0].length];
    if (this.titled !== title) this.title.replaceChildren(...lowered((this.titled = title)));
    say(this.shape, shape);
    this.element.classList.toggle("fixed", fixed || !this.onSet);
    if (this.height !== height || this.width !== width) this.build(height, width);
    this.name(this.sides, rows, height);
    this.name(this.tops, columns, width);
    this.values = values;
    this.fixed = fixed;
    const full = largest || 1;
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const cell = this.cells[row * width + column];
        const value = values[row][column];
        say(cell, value === null ? this.nothing : short(value));
        const out = faded(row, column);
        const state = `${value === null ? "hidden " : ""}${out ? "faded "
          : ""}${value === 0 ? "zero " : ""}${set(row, column) ? "set" : ""}`;
        if (cell.className !== state) cell.className = state;
        const { background, color } = tint(value, full, { size, light }, palette);
        if (this.backgrounds.get(cell) !== background) {
          Object.assign(cell.style, { background, color });
          this.backgrounds.set(cell, background);
        }
      }
    }
  }

  /** @param {number} height @param {number} width */
  build(height, width) {
    this.height = height;
    this.width = width;
    this.cells = Array.from({ length: height * width }, (_, i) => el("div",
      { role: "gridcell", tabindex: "-1", "data-at": `${Math.floor(i / width)}.${i % width}` }));
    this.element.style.setProperty("--columns", String(width));
    this.element.style.setProperty("--rows", String(height));
    this.body.replaceChildren(...Array.from({ length: height }, (_, row) =>
      el("div", { role: "row" }, ...this.cells.slice(row * width, (row + 1) * width))));
    this.cells[0].tabIndex = 0;
    this.chosen = null;
  }

  /** @param {HTMLElement} where @param {string[] | null} names @param {number} count */
  name(where, names, count) {
    where.hidden = !names;
    const text = names?.join("\n") ?? "";
    if (where.dataset.names === text && where.childElementCount === (names ? count : 0)) return;
    where.dataset.names = text;
    where.replaceChildren(...(names ?? []).map((name) =>
      el("bdi", { title: name, class: UPRIGHT.test(name) ? "upright" : null }, name)));
  }

  // The selected number, or none; marks: [{top, bottom, left, right, role}] are outlined, "source"
  // or "row".
  /** @param {Cell | null} chosen @param {Box[]} [marks] */
  select(chosen, marks = []) {
    const active = activeBeside(this.element);
    const held = this.cells.some((cell) => cell === active);
    for (const cell of this.cells) cell.tabIndex = -1;
    this.chosen = chosen && chosen.row < this.height && chosen.column < this.width ? chosen : null;
    const { row, column } = this.chosen ?? { row: 0, column: 0 };
    const cell = this.chosen && this.cell(row, column);
    (cell ?? this.cells[0]).tabIndex = 0;
    for (const other of this.cells) other.removeAttribute("aria-selected");
    cell?.setAttribute("aria-selected", "true");
    // Its name is the number that is written in it; a rounded one is no part of the exact one.
    cell?.setAttribute("aria-description", this.labelOf(row, column, this.values[row][column]));
    if (held && cell) cell.focus({ preventScroll: true });
    for (const [i, side] of [...this.sides.children].entries()) {
      side.classList.toggle("now",
        i === this.chosen?.row || marks.some((m) => m.top === i && m.bottom === i + 1));
    }
    const all = this.chosen ? [...marks, { ...square(this.chosen), role: "chosen" }] : marks;
    this.boxes.replaceChildren(...all.map((mark) =>
      el("i", { class: mark.role, style: this.place(mark) })));
  }

  /** @param {Box} box */
  place({ top, bottom, left, right }) {
    /** @param {number} value @param {number} whole */
    const share = (value, whole) => `${(100 * value) / whole}%`;
    return `left:${share(left, this.width)};top:${share(top, this.height)};width:${share(right
      - left, this.width)};height:${share(bottom - top, this.height)}`;
  }

  /** @param {number} row @param {number} column */
  cell(row, column) {
    return this.cells[row * this.width + column];
  }

  /** @param {Event} event @returns {Cell | null} */
  at(event) {
    const where = targetOf(event).dataset?.at;
    if (!where) return null;
    const [row, column] = where.split(".").map(Number);
    return { row, column };
  }

  // -- pointer ------------------------------------------------------------------------------------

  /** @param {PointerEvent} event */
  press(event) {
    const place = this.at(event);
    if (!place || event.button) return;
    const touch = event.pointerType === "touch"; // a finger scrolls, but on the selected number
    const isChosen = this.chosen?.row === place.row && this.chosen.column === place.column;
    const from = this.values[place.row][place.column];
    const may = this.onSet !== null && !this.fixed && (!touch || isChosen) && from !== null;
    this.pressed = { ...place, y: event.clientY, from: from ?? 0, may, moved: false };
    if (may) this.body.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { pressed } = this;
    if (!pressed) {
      const place = this.at(event);
      if (place && event.pointerType === "mouse") this.onHover(place.row, place.column);
      return;
    }
    const up = pressed.y - event.clientY;
    if (!pressed.may || (!pressed.moved && Math.abs(up) < SLACK)) return;
    if (!pressed.moved) this.element.classList.add("dragging");
    pressed.moved = true;
    this.put(pressed, pressed.from + up * PER_PIXEL * (event.shiftKey ? 0.1 : 1), event);
  }

  lift() {
    const { pressed } = this;
    this.pressed = null;
    this.element.classList.remove("dragging");
    if (!pressed) return;
    // the drag has ended
    if (pressed.moved) return this.onSet?.(pressed.row, pressed.column, undefined, null);
    this.cell(pressed.row, pressed.column).focus({ preventScroll: true });
    this.onPick(pressed.row, pressed.column);
  }

  /** @param {Cell} place @param {number} value @param {Event | null} [event] */
  put({ row, column }, value, event = null) {
    const rounded = Math.round(Math.max(-LARGEST, Math.min(LARGEST, value)) * 100) / 100 + 0;
    this.ahead = { row, column, value: rounded, until: performance.now() + AHEAD };
    this.onSet?.(row, column, rounded, event);
  }

  // What a number was set to just now. Keys can be pressed faster than answers come, and none of
  // them may be lost: it counts until every answer is there, however slow the machine.
  /** @param {number} row @param {number} column */
  latest(row, column) {
    const { ahead } = this;
    const same = ahead?.row === row && ahead.column === column;
    const counts = same && (pending() || performance.now() < ahead.until);
    return counts ? ahead.value : this.values[row][column];
  }

  // -- keys ---------------------------------------------------------------------------------------

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const place = this.at(event);
    if (!place || commanded(event)) return;
    const { row, column } = place;
    const key = narrow(event.key);
    const may = this.onSet && !this.fixed && this.values[row][column] !== null;
    const turn = { "+": 1, "=": 1, "-": -1, "−": -1 }[key]
      ?? (event.shiftKey ? { ArrowUp: 1, ArrowDown: -1 }[event.key] : undefined);
    const move =
      { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const digit = /^[0-9.,]$/.test(key);
    if (may && turn) {
      this.put(place, (this.latest(row, column) ?? 0) + turn * STEP, event);
      this.onSet?.(row, column, undefined, null);
    } else if (move) this.go(row + move[0], column + move[1]);
    else if (event.key === "Home") this.go(row, 0);
    else if (event.key === "End") this.go(row, this.width - 1);
    else if (event.key === " ") this.onPick(row, column);
    else if (may && (event.key === "Enter" || event.key === "F2" || digit)) {
      this.type(place, digit ? key : "");
    }
    else if (this.onSet && (event.key === "Delete" || event.key === "Backspace")) {
      this.ahead = null;
      this.onSet(row, column, null, event);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number} row @param {number} column */
  go(row, column) {
    if (row < 0 || column < 0 || row >= this.height || column >= this.width) return;
    this.ahead = null;
    this.cell(row, column).focus({ preventScroll: true });
    this.onPick(row, column);
  }

  /** @param {Cell | null} [place] @param {string} [start] */
  type(place = this.chosen, start = "") {
    if (!place || !this.onSet || this.fixed || this.values[place.row][place.column] === null) {
      return;
    }
    const { field } = this;
    this.typing = place;
    field.style.cssText = this.place(square(place));
    field.hidden = false;
    field.value =
      start || String(Math.round((this.values[place.row][place.column] ?? 0) * 1000) / 1000);
    field.focus({ preventScroll: true });
    if (!start) field.select();
  }

  /** @param {boolean} keep */
  typed(keep) {
    const place = this.typing;
    if (!place) return;
    this.typing = null;
    this.field.hidden = true;
    const value = typedNumber(this.field.value);
    if (keep && value !== null) {
      this.put(place, value);
      this.onSet?.(place.row, place.column, undefined, null);
    }
    this.cell(place.row, place.column)?.focus({ preventScroll: true });
  }
}

// "W_q" and "K^T" as they are written by hand.
/** @param {string} text @returns {(string | HTMLElement)[]} */
export function lowered(text) {
  const [, start, sign, end] = text.match(/^(.+)([_^])(.+)$/) ?? [];
  return sign ? [start, el(sign === "_" ? "sub" : "sup", {}, end)] : [text];
}

/** @param {Cell} cell @returns {Box} */
const square =
  ({ row, column }) => ({ top: row, bottom: row + 1, left: column, right: column + 1 });

// At most four characters: two places below one, one place below ten, none above.
/** @param {number | null} value */
export function short(value) {
  if (value === null) return "−∞";
  const size = Math.abs(value);
  if (size < 0.005) return "0";
  const places = size < 0.995 ? 2 : size < 9.95 ? 1 : 0;
  return number(value, places).replace(/(^|−)0\./, "$1.").replace(/\.0$/, "");
}

/**
 * @param {number | null} value
 * @param {number} largest
 * @param {{ size: boolean, light: boolean }} look
 * @param {Palette} palette
 */
function tint(value, largest, { size, light }, palette) {
  if (value === null) return { background: "", color: "" };
  if (light) return palette.lit(size ? value : (value + 1) / 2);
  const share = value / largest;
  if (!size || share < 0) return palette.cell(share);
  const code = palette.size[Math.round(Math.min(1, share) * 0.9 * 127) + 127];
  const colour = [code & 255, (code >> 8) & 255, (code >> 16) & 255];
  return { background: `rgb(${colour})`, color: palette.on(colour) };
}
