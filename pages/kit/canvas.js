// The drawing canvas. A drawing is a list of strokes, a stroke a list of [x, y] in canvas units
// (SIDE x SIDE); it is never turned into pixels here. Every change makes a new list, so that undo
// is a walk along a list of lists.

import { contextOf, el } from "./dom.js";
import { letter } from "./keys.js";

// Where the browser has it, the raw event comes at once; the ordinary one waits for the next frame,
// 8 ms on average.
const MOVE = "onpointerrawupdate" in window ? "pointerrawupdate" : "pointermove";
// canvas units: points closer than this to the last one carry nothing that can be seen
const STEP = 3;
const ERASER = 44; // radius in canvas units
const ERASING_END = 5;
const AT_REST = 200; // ms after which a touch that stays where it is counts as a palm
const PEN_IN_HAND = 30_000; // ms after the pen was seen in which touches are the hand that holds it

export class Canvas {
  /** @type {CanvasRenderingContext2D | undefined} */
  context;
  /** @type {Strokes} */
  strokes = [];
  /** @type {Strokes[]} */
  past = [];
  /** @type {Strokes[]} */
  future = [];
  /** @type {Strokes} */
  before = [];
  /** @type {number | null} */
  pointer = null;
  /** @type {PointerEvent | null} that drew last, or began to */
  last = null;
  penSeen = -PEN_IN_HAND;
  /** @type {string} */
  tool = "pen";
  erasing = false;
  colour = "#16204a";

  /**
   * @param {{ side: number, pen: number, points: number, strokes: number, label: string,
   *   help: string }} options
   * @param {{ onChange: (event?: PointerEvent) => unknown, onFinish: () => unknown,
   *   onFull: () => unknown }} told
   */
  constructor({ side, pen, points, strokes, label, help }, { onChange, onFinish, onFull }) {
    this.side = side;
    this.pen = pen;
    this.limit = { points, strokes };
    this.onChange = onChange;
    this.onFinish = onFinish;
    this.onFull = onFull;
    this.ink = el("canvas", {
      class: "ink", role: "application", tabindex: "0", "aria-label": label,
      "aria-describedby": "help",
      "data-fp": "canvas",
    });
    this.element =
      el("div", { class: "canvas" }, this.ink, el("span", { class: "unseen", id: "help" }, help));
    this.listen();
    this.observer = new ResizeObserver(() => this.redraw());
    this.observer.observe(this.element);
  }

  close() {
    this.observer.disconnect();
  }

  // -- the drawing --------------------------------------------------------------------------------

  /** @param {Strokes} strokes */
  show(strokes) {
    this.pointer = null; // a stroke that is being drawn belongs to what was shown before
    this.strokes = strokes;
    this.redraw();
  }

  /** @param {Strokes} strokes */
  change(strokes) {
    if (this.pointer != null) this.lift();
    this.past.push(this.strokes);
    this.strokes = strokes;
    this.redraw();
    this.onChange();
    this.onFinish();
  }

  clear() {
    if (this.strokes.length) this.change([]);
  }

  undo() {
    this.walk(this.past, this.future);
  }

  redo() {
    this.walk(this.future, this.past);
  }

  /** @param {Strokes[]} from @param {Strokes[]} to */
  walk(from, to) {
    if (this.pointer != null) this.lift(); // what the pen has drawn so far is the last stroke
    const strokes = from.pop();
    if (!strokes) return;
    to.push(this.strokes);
    this.strokes = strokes;
    this.redraw();
    this.onChange();
    this.onFinish();
  }

  get points() {
    return this.strokes.reduce((sum, stroke) => sum + stroke.length, 0);
  }

  // -- the pointer --------------------------------------------------------------------------------

  listen() {
    const ink = this.ink;
    ink.addEventListener("pointerdown", (event) => {
      // the end of a stylus that erases is a button of its own
      if (![0, ERASING_END].includes(event.button) || !this.takes(event)) return;
      if (this.pointer != null) this.withdraw();
      ink.setPointerCapture(event.pointerId);
      ink.focus({ preventScroll: true });
      this.pointer = event.pointerId;
      this.last = event;
      this.before = this.strokes;
      // a stylus turned round erases
      this.erasing = this.tool === "eraser" || (event.buttons & 32) !== 0;
      if (!this.erasing) {
        if (this.isFull) return this.full();
        this.strokes = [...this.strokes, []];
      }
      this.move(event);
      event.preventDefault();
    });
    ink.addEventListener(MOVE, (raw) => {
      const event = /** @type {PointerEvent} */ (raw);
      if (event.pointerType === "pen") this.penSeen = event.timeStamp;
      if (event.pointerId === this.pointer) this.move(event);
    });
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) {
      ink.addEventListener(name, (event) => {
        const { pointerId, pointerType } = /** @type {PointerEvent} */ (event);
        if (pointerId !== this.pointer) return;
        // the system has found out that a touch was a palm
        if (name === "pointercancel" && pointerType === "touch") {
          this.withdraw();
          this.onChange();
        } else this.lift();
      });
    }
    ink.addEventListener("keydown", (event) => {
      if (event.altKey || event.getModifierState("AltGraph")) return; // it writes another sign
      const key = letter(event);
      if ((event.ctrlKey || event.metaKey) && key === "z") {
        event.shiftKey ? this.redo() : this.undo();
      }
      else if ((event.ctrlKey || event.metaKey) && key === "y") this.redo();
      else if (key === "Delete" || key === "Backspace") this.clear();
      else return;
      event.preventDefault();
    });
  }

  // A palm may be there before the pen or the finger: a pen always draws, a touch only where no pen
  // is in the hand, and beside another touch only if that one rests.
  /** @param {PointerEvent} event */
  takes(event) {
    const { pointerType: kind, timeStamp: now } = event;
    if (kind === "pen") this.penSeen = now;
    if (kind === "touch" && now - this.penSeen < PEN_IN_HAND) return false;
    if (this.pointer == null) return true;
    if (this.last?.pointerType !== "touch") return false;
    const moved = this.strokes[this.strokes.length - 1]?.length > 1;
    return kind === "pen" || (!moved && now - this.last.timeStamp > AT_REST);
  }

  // As if the pointer that draws had never come down.
  withdraw() {
    this.pointer = null;
    this.strokes = this.before;
    this.redraw();
  }

  /** @param {PointerEvent} event */
  move(event) {
    const box = this.ink.getBoundingClientRect();
    const unit = this.side / box.width;
    const events = event.getCoalescedEvents?.() ?? [];
    let changed = false;
    for (const each of events.length ? events : [event]) {
      /** @param {number} value */
      const within =
        (value) => Math.max(-this.side, Math.min(2 * this.side - 1, Math.round(value)));
      const point =
        [within((each.clientX - box.left) * unit), within((each.clientY - box.top) * unit)];
      changed = (this.erasing ? this.erase(point) : this.write(point)) || changed;
    }
    if (changed) this.onChange(event);
  }

  /** @param {number[]} point */
  write(point) {
    const stroke = this.strokes[this.strokes.length - 1];
    const last = stroke[stroke.length - 1];
    if (last && Math.hypot(point[0] - last[0], point[1] - last[1]) < STEP) return false;
    if (this.points >= this.limit.points) return this.full();
    stroke.push(point);
    this.line(last ? [last, point] : [point]);
    return true;
  }

  /** @param {number[]} point */
  erase(point) {
    const rest = this.strokes.flatMap((stroke) => cut(stroke, point));
    if (rest.length === this.strokes.length
      && rest.every((stroke, i) => stroke === this.strokes[i])) return false;
    this.strokes = rest;
    this.redraw();
    return true;
  }

  lift() {
    this.pointer = null;
    if (this.strokes === this.before) return;
    this.past.push(this.before);
    this.onFinish();
  }

  // What has been drawn stays and is reported; nothing more is accepted.
  full() {
    this.lift();
    this.onFull();
    return false;
  }

  get isFull() {
    return this.points >= this.limit.points || this.strokes.length >= this.limit.strokes;
  }

  // -- painting -----------------------------------------------------------------------------------

  redraw() {
    const size = Math.round(this.element.clientWidth * devicePixelRatio);
    if (!size) return;
    if (this.ink.width !== size) this.ink.width = this.ink.height = size;
    const context = (this.context ??= contextOf(this.ink));
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, size, size);
    context.scale(size / this.side, size / this.side);
    context.lineWidth = this.pen;
    context.lineCap = context.lineJoin = "round";
    context.strokeStyle = this.colour;
    for (const stroke of this.strokes) this.line(stroke);
  }

  /** @param {number[][]} stroke */
  line(stroke) {
    if (!this.context || !stroke.length) return;
    this.context.beginPath();
    const [[x, y]] = stroke;
    this.context.moveTo(x, y);
    for (const [a, b] of stroke.length > 1 ? stroke.slice(1) : stroke) this.context.lineTo(a, b);
    this.context.stroke();
  }

  /** @param {string} colour */
  recolour(colour) {
    this.colour = colour;
    this.redraw();
  }
}

// A stroke without what lies within the eraser: the same stroke if it is not touched, else the
// pieces that are left.
/** @param {number[][]} stroke @param {number[]} point */
function cut(stroke, [x, y]) {
  /** @param {number[]} point */
  const near = ([a, b]) => Math.hypot(a - x, b - y) < ERASER;
  if (!touches(stroke, x, y)) return [stroke];
  /** @type {number[][][]} */
  const pieces = [[]];
  for (const point of dense(stroke)) {
    if (near(point)) pieces.push([]);
    else pieces[pieces.length - 1].push(point);
  }
  return pieces.filter((piece) => piece.length > 1);
}

/** @param {number[][]} stroke @param {number} x @param {number} y */
function touches(stroke, x, y) {
  return stroke.some(([ax, ay], i) => {
    const [bx, by] = stroke[Math.min(i + 1, stroke.length - 1)];
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const t =
      length ? Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) : 0;
    return Math.hypot(ax + t * (bx - ax) - x, ay + t * (by - ay) - y) < ERASER;
  });
}

// The same line with points at most 12 units apart: long straight pieces can then be cut in the
// middle.
/** @param {number[][]} stroke @returns {number[][]} */
function dense(stroke) {
  return stroke.flatMap(([ax, ay], i) => {
    if (i + 1 === stroke.length) return [[ax, ay]];
    const [bx, by] = stroke[i + 1];
    const steps = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / 12));
    return Array.from({ length: steps }, (_, k) => [
      Math.round(ax + ((bx - ax) * k) / steps), Math.round(ay + ((by - ay) * k) / steps),
    ]);
  });
}
