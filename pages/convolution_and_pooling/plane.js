// A plane of numbers: one square for each, its number in it where there is room, a ring of padding
// around it, outlines of what is meant. It can be pointed at, dragged over and walked with the
// arrow keys. It knows nothing of what the numbers are.

import { arrow } from "../kit/controls.js";
import { contextOf, density, el, number, pointed, stands, walkable } from "../kit/dom.js";
import { onEnter } from "../kit/keys.js";
import { short } from "../kit/matrix.js";
import { initialPalette } from "../kit/palette.js";
import { colouring, paintPixels } from "../kit/pixels.js";

const ROOM = 20; // pixels below which no number is written
const LARGEST = 56; // pixels of a square at most
const FINE = 7; // pixels of a square below which there are no lines between them
const FONT = 14;
export const NO_PADDING = { top: 0, bottom: 0, left: 0, right: 0 };

export class Plane {
  /** @type {PlaneSpec | undefined} */
  spec;
  palette = initialPalette;
  /** @type {[number, number] | null} */
  typing = null;
  dragging = false;
  dense = 1; // pixels of the screen in one of the page
  unit = 1; // pixels of the screen in a square
  cell = 1; // pixels of the page in a square
  top = 0;
  left = 0;

  // onPoint(row, column, event): pressed or dragged there; onHover(row, column) or (null);
  // onMove(down, right): arrow keys; onType(row, column, text), if given: a number was typed over
  // another one.
  /**
   * @param {{ key: string, label: string,
   *   onPoint: (row: number, column: number, event: PointerEvent) => unknown,
   *   onHover?: (row: number | null, column?: number) => unknown,
   *   onMove?: (down: number, right: number) => unknown,
   *   onType?: ((row: number, column: number, text: string) => unknown) | null }} options
   */
  constructor({ key, label, onPoint, onHover = () => {}, onMove = () => {}, onType = null }) {
    this.key = key;
    this.onPoint = onPoint;
    this.onHover = onHover;
    this.onMove = onMove;
    this.onType = onType;
    this.canvas =
      el("canvas", { ...walkable(label), "data-fp": `plane-${key}` });
    this.field = el("input", { class: "typed", inputmode: "decimal", hidden: true,
      "aria-label": label, "data-fp": `type-${key}` });
    this.cover = el("div", { class: "cover", "aria-hidden": "true", hidden: true });
    this.element = el("div", { class: "plane" }, this.canvas, this.cover, this.field);
    this.texels = document.createElement("canvas");
    this.listen();
    this.observer = new ResizeObserver(() => this.spec && this.paint(this.spec, this.palette));
    this.observer.observe(this.element);
  }

  close() {
    this.observer.disconnect();
  }

  // values: one number after the other, row by row; padding {top, bottom, left, right} with
  // `origin` {rows, columns}: where each row of the padded plane comes from, or null; ring: squares
  // of room kept for padding; most: squares that there is room for side by side; faint(row,
  // column): not yet there; rest {rows, columns}: at the end, reached by nothing. marks: [{rows:
  // [..], columns: [..], role}] in padded rows and columns; every pair of them is outlined, thinly
  // where the role is "thin". outside: what is written in padding, if not its number.
  /** @param {PlaneSpec} spec @param {Palette} palette */
  paint(spec, palette) {
    this.spec = spec;
    this.palette = palette;
    const { rows, columns, ring = 0, most = Math.max(rows, columns) + 2 * ring } = spec;
    const width = this.element.clientWidth;
    if (!width) return;
    const dense = density();
    const room = Math.min((width * dense) / most, LARGEST * dense);
    // whole pixels, unless they would cost too much room
    const cell = room < FINE * dense ? room : Math.floor(room);
    this.dense = dense;
    this.unit = cell;
    this.cell = cell / dense;
    this.top = ring - spec.padding.top;
    this.left = ring - spec.padding.left;
    const side = Math.round(width * dense);
    const { canvas } = this;
    if (canvas.width !== side || canvas.height !== side) {
      Object.assign(canvas, { width: side, height: side });
    }
    const context = contextOf(canvas);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, side, side);
    context.setTransform(1, 0, 0, 1, this.left * cell, this.top * cell);
    this.squares(context, spec);
    this.padding(context, spec);
    this.lines(context, spec);
    this.numbers(context, spec);
    for (const mark of spec.marks ?? []) this.mark(context, mark);
    this.place(spec.marks?.find(({ opened }) => opened));
    this.speak(spec);
  }

  // Over the number that is opened below, for as long as it is to be worked out.
  /** @param {Outline | undefined} mark */
  place(mark) {
    const [row, column] = [mark?.rows[0], mark?.columns[0]];
    this.cover.hidden = row == null || column == null;
    if (row == null || column == null) return;
    const { cell, top, left } = this;
    Object.assign(this.cover.style, { top: `${(row + top) * cell}px`,
      left: `${(column + left) * cell}px`, width: `${cell}px`, height: `${cell}px` });
  }

  // Where the outline stands, and the number there.
  /** @param {PlaneSpec} spec */
  speak(spec) {
    const mark = spec.marks?.find(({ role }) => role === "chosen" || role === "seen");
    const [row, column] = [mark?.rows[0] ?? 0, mark?.columns[0] ?? 0];
    const [rows, columns] = [spec.origin.rows.length, spec.origin.columns.length];
    stands(this.canvas, `${row}, ${column}: ${number(numberAt(spec, row, column))}`,
      row * columns + column, rows * columns - 1);
  }

  /** @param {CanvasRenderingContext2D} context @param {PlaneSpec} spec */
  squares(context, spec) {
    const { palette, texels, unit } = this;
    const [rows, columns] = [spec.origin.rows.length, spec.origin.columns.length];
    const colour = colouring(spec, palette);
    paintPixels(texels, columns, rows, (i) => {
      const [row, column] = [Math.floor(i / columns), i % columns];
      return spec.faint?.(row, column) ? 0 : colour(numberAt(spec, row, column));
    });
    context.imageSmoothingEnabled = false;
    context.drawImage(texels, 0, 0, columns * unit, rows * unit);
  }

  // Padding is lighter and hatched; what no kernel reaches is crossed out.
  /** @param {CanvasRenderingContext2D} context @param {PlaneSpec} spec */
  padding(context, spec) {
    const [rows, columns] = [spec.origin.rows.length, spec.origin.columns.length];
    const { palette, unit, dense } = this;
    const { top, bottom, left, right } = spec.padding;
    const frame = new Path2D();
    frame.rect(0, 0, columns * unit, rows * unit);
    frame.rect(left * unit, top * unit, (columns - left - right) * unit,
      (rows - top - bottom) * unit);
    /** @param {Path2D} path @param {number} alpha @param {CanvasFillRule} rule */
    const hatch = (path, alpha, rule) => {
      context.save();
      context.clip(path, rule);
      context.globalAlpha = alpha;
      context.fillStyle = palette.paper;
      context.fillRect(0, 0, columns * unit, rows * unit);
      context.globalAlpha = 0.5;
      context.strokeStyle = palette.grey;
      context.lineWidth = dense * 0.75;
      context.beginPath();
      const step = 6 * dense;
      for (let x = -rows * unit; x < columns * unit; x += step) {
        context.moveTo(x, rows * unit);
        context.lineTo(x + rows * unit, 0);
      }
      context.stroke();
      context.restore();
    };
    if (top || bottom || left || right) hatch(frame, 0.45, "evenodd");
    const rest = spec.rest ?? { rows: 0, columns: 0 };
    if (!rest.rows && !rest.columns) return;
    const unseen = new Path2D();
    unseen.rect(0, (rows - rest.rows) * unit, columns * unit, rest.rows * unit);
    unseen.rect((columns - rest.columns) * unit, 0, rest.columns * unit, (rows - rest.rows) * unit);
    hatch(unseen, 0.7, "nonzero");
  }

  /** @param {CanvasRenderingContext2D} context @param {PlaneSpec} spec */
  lines(context, spec) {
    const [rows, columns] = [spec.origin.rows.length, spec.origin.columns.length];
    const { palette, unit, dense } = this;
    context.strokeStyle = palette.line;
    context.lineWidth = dense;
    context.beginPath();
    if (unit >= FINE * dense) {
      for (let row = 1; row < rows; row++) context.rect(0, row * unit, columns * unit, 0);
      for (let column = 1; column < columns; column++) {
        context.rect(column * unit, 0, 0, rows * unit);
      }
    }
    context.rect(dense / 2, dense / 2, columns * unit - dense, rows * unit - dense);
    context.stroke();
    const { top, bottom, left, right } = spec.padding;
    if (!(top || bottom || left || right)) return;
    context.strokeStyle = palette.grey;
    context.strokeRect(left * unit, top * unit, (columns - left - right) * unit,
      (rows - top - bottom) * unit);
  }

  // All numbers or none: a plane that shows some of them would say that the others are missing.
  /** @param {CanvasRenderingContext2D} context @param {PlaneSpec} spec */
  numbers(context, spec) {
    const [rows, columns] = [spec.origin.rows.length, spec.origin.columns.length];
    const { palette, unit, dense } = this;
    if (unit < ROOM * dense) return;
    context.font = `${FONT * dense}px ${getComputedStyle(this.element).fontFamily}`;
    const values = Array.from({ length: rows * columns }, (_, i) =>
      numberAt(spec, Math.floor(i / columns), i % columns));
    const texts = values.map(short);
    const widest = Math.max(...[...new Set(texts)].map((text) => context.measureText(text).width));
    if (widest > unit - 2 * dense) return;
    context.textAlign = "center";
    context.textBaseline = "middle";
    texts.forEach((text, i) => {
      const [row, column] = [Math.floor(i / columns), i % columns];
      if (spec.faint?.(row, column)) return;
      const outside = spec.origin.rows[row] === null || spec.origin.columns[column] === null;
      context.fillStyle = outside || text === "0" ? palette.grey : this.colour(spec, values[i]);
      context.fillText(outside ? (spec.outside ?? text) : text, (column + 0.5) * unit,
        (row + 0.54) * unit);
    });
  }

  // Ink is dark on paper; a full square of it is written on in paper.
  /** @param {PlaneSpec} spec @param {number} value */
  colour({ largest, signed, light }, value) {
    const { palette } = this;
    if (light) return palette.lit(signed ? (value + 1) / 2 : value).color;
    const share = largest > 0 ? value / largest : 0;
    if (signed) return palette.cell(share / 0.75).color;
    return share > 0.5 ? palette.paper : palette.ink;
  }

  /** @param {CanvasRenderingContext2D} context @param {Outline} outline */
  mark(context, { rows, columns, role }) {
    const { palette, unit, dense } = this;
    const [ys, xs] = [rows.filter((y) => y !== null), columns.filter((x) => x !== null)];
    if (!ys.length || !xs.length) return;
    const bold = role === "chosen" || role === "seen";
    context.strokeStyle = role === "hover" ? palette.ink : palette.accent;
    context.setLineDash(role === "hover" ? [4 * dense, 3 * dense] : []);
    /** @param {number[]} list */
    const gaps = (list) => list.some((value, i) => i && Math.abs(value - list[i - 1]) > 1);
    const apart = gaps(ys) || gaps(xs);
    if (apart) {
      context.lineWidth = 1.75 * dense;
      const inset = Math.min(unit / 5, 1.5 * dense);
      for (const [y, x] of ys.flatMap((y) => xs.map((x) => [y, x]))) {
        context.strokeRect(x * unit + inset, y * unit + inset, unit - 2 * inset, unit - 2 * inset);
      }
    }
    const [top, bottom, left, right] =
      [Math.min(...ys), Math.max(...ys) + 1, Math.min(...xs), Math.max(...xs) + 1];
    context.lineWidth = (role === "thin" || (bold && apart) ? 1 : bold ? 3 : 2) * dense;
    context.strokeRect(left * unit, top * unit, (right - left) * unit, (bottom - top) * unit);
    context.setLineDash([]);
  }

  // -- pointer and keys ---------------------------------------------------------------------------

  listen() {
    const { canvas, field } = this;
    canvas.addEventListener("pointerdown", (event) => {
      const place = !event.button && this.under(event);
      if (!place) return;
      if (event.pointerType !== "touch") canvas.setPointerCapture(event.pointerId);
      this.dragging = true;
      canvas.focus({ preventScroll: true });
      this.onPoint(...place, event);
    });
    canvas.addEventListener("pointermove", (event) => {
      const place = this.under(event, this.dragging);
      if (this.dragging && place) this.onPoint(...place, event);
      if (this.dragging || event.pointerType !== "mouse") return;
      if (place) this.onHover(...place);
      else this.onHover(null);
    });
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) {
      canvas.addEventListener(name, () => { this.dragging = false; });
    }
    canvas.addEventListener("pointerleave", () => this.onHover(null));
    canvas.addEventListener("dblclick", (event) => {
      const place = this.under(event);
      if (place) this.type(...place);
    });
    canvas.addEventListener("keydown", (event) => {
      const move = arrow(event);
      if (!move) return;
      event.preventDefault();
      event.stopPropagation();
      this.onMove(...move);
    });
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape" && !event.isComposing) this.typed(false);
    });
    onEnter(field, () => this.typed(true));
    field.addEventListener("blur", () => this.typed(true));
  }

  // The row and column of the padded plane under the pointer; `near`: the nearest, if it is beside
  // the plane.
  /** @param {MouseEvent} event @returns {[number, number] | null} */
  under(event, near = false) {
    if (!this.spec) return null;
    const [x, y] = pointed(event, this.canvas);
    const [row, column] =
      [Math.floor(y / this.cell) - this.top, Math.floor(x / this.cell) - this.left];
    const [rows, columns] = [this.spec.origin.rows.length, this.spec.origin.columns.length];
    if (near) {
      return [Math.max(0, Math.min(rows - 1, row)), Math.max(0, Math.min(columns - 1, column))];
    }
    return row >= 0 && column >= 0 && row < rows && column < columns ? [row, column] : null;
  }

  // Typing over a number of the plane itself, not of its padding.
  /** @param {number} row @param {number} column */
  type(row, column) {
    if (!this.onType || !this.spec) return;
    const { origin, padding } = this.spec;
    const [y, x] = [origin.rows[row], origin.columns[column]];
    if (y !== row - padding.top || x !== column - padding.left) return;
    this.typing = [y, x];
    const { field, cell } = this;
    field.style.cssText = `left:${(column + this.left) * cell}px;top:${(row + this.top)
      * cell}px;width:${cell}px;height:${cell}px`;
    field.hidden = false;
    field.value = String(Math.round(numberAt(this.spec, row, column) * 1000) / 1000);
    field.focus({ preventScroll: true });
    field.select();
  }

  /** @param {boolean} keep */
  typed(keep) {
    if (!this.typing) return;
    const place = this.typing;
    this.typing = null;
    this.field.hidden = true;
    const text = this.field.value.trim();
    if (keep && text) this.onType?.(...place, text);
    this.canvas.focus({ preventScroll: true });
  }
}

// The number at a row and a column of the padded plane.
/** @param {PlaneSpec} spec @param {number} row @param {number} column */
function numberAt({ values, origin, columns }, row, column) {
  const [y, x] = [origin.rows[row], origin.columns[column]];
  return y === null || x === null ? 0 : values[y * columns + x];
}

/**
 * Rows of numbers as a plane without padding.
 * @param {number[][]} values
 * @param {{ signed: boolean, largest: number, marks?: Outline[] }} look
 * @returns {PlaneSpec}
 */
export const plain = (values, look) => ({
  values: values.flat(), rows: values.length, columns: values[0].length, ...look,
  padding: NO_PADDING, origin: { rows: [...values.keys()], columns: [...values[0].keys()] },
});

// A small picture of a plane, to choose it by.
/**
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} values
 * @param {number} rows
 * @param {number} columns
 * @param {{ signed: boolean, largest: number, light?: boolean }} look
 * @param {Palette} palette
 */
export function thumbnail(canvas, values, rows, columns, look, palette) {
  const colour = colouring(look, palette);
  paintPixels(canvas, columns, rows, (i) => colour(values[i]));
}
