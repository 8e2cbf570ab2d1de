// A curve drawn by hand from left to right: one value for each column, as the finger passes it; by
// keyboard, arrow by arrow.

import { contextOf, el, pointed, stands, walkable } from "../dom.js";
import { initialPalette } from "../palette.js";

const COUNT = 80; // as core/room/pieces.py wants them
const SHOWN = 50; // of them the network is shown
const STEP = 0.1; // of an arrow key

export class Hand {
  /** @type {(number | null)[]} */
  drawn = Array(COUNT).fill(null);
  palette = initialPalette;
  last = -1; // the column that was drawn last in this gesture
  at = 0; // where the keys stand

  /** @param {string} label @param {() => void} onChange */
  constructor(label, onChange) {
    this.label = label;
    this.onChange = onChange;
    this.canvas = el("canvas", { width: "640", height: "320", ...walkable(label),
      "data-fp": "curve" });
    this.element = el("div", { class: "curve" }, this.canvas);
    this.canvas.addEventListener("pointerdown", (event) => {
      this.canvas.setPointerCapture(event.pointerId);
      this.last = -1;
      this.draw(event);
    });
    this.canvas.addEventListener("pointermove", (event) => event.buttons && this.draw(event));
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.say();
    this.paint();
  }

  get complete() {
    return this.drawn.every((value) => value !== null);
  }

  get values() {
    return this.drawn.map((value) => Math.round(1000 * (value ?? 0)) / 1000);
  }

  clear() {
    this.drawn.fill(null);
    this.at = 0;
    this.changed();
  }

  /** @param {PointerEvent} event */
  draw(event) {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const [x, y] = pointed(event, this.canvas);
    const column = Math.max(0, Math.min(COUNT - 1, Math.round((x / width) * (COUNT - 1))));
    const value = Math.max(-1, Math.min(1, 1 - (2 * y) / height));
    const from = this.last < 0 ? column : this.last;
    const before = this.drawn[from] ?? value;
    const steps = Math.abs(column - from);
    for (let i = 0; i <= steps; i++) {
      const share = steps ? i / steps : 1;
      this.drawn[from + Math.sign(column - from) * i] = before + (value - before) * share;
    }
    this.last = column;
    this.changed();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const turn = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (turn === undefined && move === undefined) return;
    event.preventDefault();
    const value = this.drawn[this.at] ?? 0;
    if (turn !== undefined) this.drawn[this.at] = Math.max(-1, Math.min(1, value + turn));
    if (move !== undefined) {
      this.drawn[this.at] = value;
      this.at = Math.max(0, Math.min(COUNT - 1, this.at + move));
      this.drawn[this.at] ??= value;
    }
    this.changed();
  }

  changed() {
    this.say();
    this.paint();
    this.onChange();
  }

  say() {
    const value = this.drawn[this.at];
    stands(this.canvas, `${this.at + 1}: ${value === null ? "–" : value.toFixed(1)}`,
      this.at, COUNT - 1);
  }

  /** @param {Palette} palette */
  theme(palette) {
    this.palette = palette;
    this.paint();
  }

  paint() {
    const { width, height } = this.canvas;
    const context = contextOf(this.canvas);
    const { ink, line, grey } = this.palette;
    context.clearRect(0, 0, width, height);
    context.strokeStyle = line;
    context.beginPath();
    context.moveTo(0, height / 2);
    context.lineTo(width, height / 2);
    const border = (SHOWN / COUNT) * width;
    context.moveTo(border, 0);
    context.lineTo(border, height);
    context.stroke();
    /** @param {string} colour @param {number} from @param {number} to */
    const curve = (colour, from, to) => {
      context.strokeStyle = colour;
      context.lineWidth = 5;
      context.lineJoin = context.lineCap = "round";
      context.beginPath();
      let pen = false;
      for (let i = from; i < to; i++) {
        const value = this.drawn[i];
        if (value !== null) {
          const place = /** @type {[number, number]} */ (
            [(i / (COUNT - 1)) * width, ((1 - value) / 2) * height]);
          if (pen) context.lineTo(...place);
          else context.moveTo(...place);
        }
        pen = value !== null;
      }
      context.stroke();
      context.lineWidth = 1;
    };
    curve(grey, SHOWN - 1, COUNT);
    curve(ink, 0, SHOWN);
  }
}
