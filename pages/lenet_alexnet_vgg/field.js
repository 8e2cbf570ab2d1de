// What one number of the selected layer sees: a square on the drawing, which is as large here as
// the network's input. Moving over the picture moves to the number whose square lies there; where
// the network runs here, a click opens it.

import { arrow } from "../kit/controls.js";
import { button, contextOf, el, fill, say, stands, walkable } from "../kit/dom.js";
import { initialPalette } from "../kit/palette.js";

const SIDE = 1024; // canvas units of a drawing
const PEN = 56;

export class FieldPicture {
  /** @type {ArchAnswerRow | null} */
  row = null;
  /** @type {Strokes} */
  drawing = [];
  palette = initialPalette;
  side = 1; // of the network's input

  /** @type {number | null} */
  front = null; // the map whose number can be opened, where the network runs here

  /** @param {ArchWords} words @param {{ onOpen: (at: number[]) => void }} options */
  constructor(words, { onOpen }) {
    this.words = words;
    this.onOpen = onOpen;
    this.spot = [0.5, 0.5];
    this.canvas = el("canvas", { ...walkable(words.fieldTitle), "data-fp": "field" });
    this.square = el("div", { class: "square" });
    this.caption = el("p", { class: "seen", "aria-live": "polite", "data-fp": "field-said" });
    this.frame = el("div", { class: "input" }, this.canvas, this.square);
    this.open = button("", () => this.opens(), { class: "opens", "data-fp": "open-cell" });
    this.element = el("figure", { class: "field", "data-block": "field" }, this.frame,
      el("div", {}, el("figcaption", {}, el("b", {}, words.fieldTitle)), this.caption, this.open));
    this.canvas.addEventListener("click", () => this.opens());
    this.canvas.addEventListener("pointermove", (event) => this.move(event));
    this.canvas.addEventListener("pointerleave", () => this.go([0.5, 0.5]));
    this.canvas.addEventListener("keydown", (event) => this.onKey(event));
    this.observer = new ResizeObserver(() => this.ink());
    this.observer.observe(this.frame);
  }

  close() {
    this.observer.disconnect();
  }

  /**
   * @param {ArchAnswerRow} row
   * @param {number} side
   * @param {Strokes} drawing
   * @param {Palette} palette
   * @param {number | null} front
   */
  paint(row, side, drawing, palette, front) {
    this.row = row;
    this.front = front;
    this.side = side;
    this.palette = palette;
    this.drawing = drawing;
    this.ink();
    this.mark(row);
  }

  ink() {
    if (!this.frame.clientWidth) return;
    const size = Math.round(this.frame.clientWidth * devicePixelRatio);
    Object.assign(this.canvas, { width: size, height: size });
    const context = contextOf(this.canvas);
    context.scale(size / SIDE, size / SIDE);
    Object.assign(context,
      { lineWidth: PEN, lineCap: "round", lineJoin: "round", strokeStyle: this.palette.ink });
    for (const [[x, y], ...rest] of this.drawing) {
      context.beginPath();
      context.moveTo(x, y);
      for (const [toX, toY] of rest.length ? rest : [[x, y]]) context.lineTo(toX, toY);
      context.stroke();
    }
  }

  // The number of the layer that lies at the spot of the picture.
  /** @param {ArchAnswerRow} row */
  indexIn({ outputs: [, rows = 1, columns = 1] }) {
    const [x, y] = this.spot;
    /** @param {number} share @param {number} count */
    const at = (share, count) => Math.max(0, Math.min(count - 1, Math.floor(share * count)));
    return [at(y, rows), at(x, columns)];
  }

  /** @param {ArchAnswerRow} row */
  mark(row) {
    const { words, side } = this;
    const [r, c] = this.indexIn(row);
    const field = row.field ?? { size: side, jump: 0, start: 0 };
    /** @param {number} index */
    const edge = (index) => field.start + index * field.jump;
    /** @param {number} from */
    const within = (from) => [Math.max(0, from), Math.min(side, from + field.size)];
    const [[top, bottom], [left, right]] = [within(edge(r)), within(edge(c))];
    /** @param {number} pixels */
    const share = (pixels) => `${(100 * pixels) / side}%`;
    Object.assign(this.square.style, { top: share(top), left: share(left),
      width: share(right - left), height: share(bottom - top) });
    Object.assign(this.square.dataset, { top, left, bottom, right });
    // A field may be wider than the picture and still miss a part of it: near a corner most of it
    // lies in the padding.
    const whole = !row.field || (row.outputs[1] === 1 && right - left === side);
    say(this.caption, fill(whole ? words.seesAll : words.sees, {
      layer: row.name, row: r, column: c, size: field.size, side, jump: field.jump,
    }));
    const [, rows = 1, columns = 1] = row.outputs;
    this.open.hidden = this.front === null;
    say(this.open, fill(words.openCell, { layer: row.name, place: this.place(row).join(", ") }));
    stands(this.canvas, this.caption.textContent ?? "", r * columns + c, rows * columns - 1);
  }

  // The number as the network's arrays have it: of the map in front, or of the first unit.
  /** @param {ArchAnswerRow} row */
  place(row) {
    return row.outputs.length > 1 ? [this.front ?? 0, ...this.indexIn(row)] : [this.front ?? 0];
  }

  opens() {
    if (this.row && this.front !== null) this.onOpen(this.place(this.row));
  }

  /** @param {PointerEvent} event */
  move(event) {
    const box = this.canvas.getBoundingClientRect();
    this.go([(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]);
  }

  /** @param {number[]} spot */
  go(spot) {
    this.spot = spot.map((share) => Math.max(0, Math.min(0.999, share)));
    if (this.row) this.mark(this.row);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.key === "Enter") return this.opens();
    const step = arrow(event);
    if (!step || !this.row) return;
    event.preventDefault();
    event.stopPropagation();
    const [down, right] = step;
    const [, rows = 1, columns = 1] = this.row.outputs;
    const [r, c] = this.indexIn(this.row);
    this.go([(c + right + 0.5) / columns, (r + down + 0.5) / rows]);
  }
}
