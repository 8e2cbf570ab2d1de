// Where labelled digits are drawn quickly: draw, press the digit's key, the canvas is free for the
// next.

import { Canvas } from "./canvas.js";
import { action, button, el, fill, say } from "./dom.js";
import { commanded, digitOf } from "./keys.js";

/** @typedef {"canvas" | "padHelp" | "whatIsIt" | "itIs" | "tools" | "undo" | "clear" | "full"
 *   | "unreachable"} PadWord */

export class Pad {
  busy = false;

  // onLabel(digit, strokes): resolves with whether the drawing was taken. onDrawn(strokes): a
  // gesture has ended.
  /**
   * @param {Record<PadWord, string>} words
   * @param {DigitLimits} limits
   * @param {{ onLabel: (label: number, drawing: Strokes) => Promise<boolean>,
   *   onDrawn?: (strokes: Strokes) => void }} options
   */
  constructor(words, limits, { onLabel, onDrawn = () => {} }) {
    this.words = words;
    this.onLabel = onLabel;
    this.onDrawn = onDrawn;
    this.canvas = new Canvas({ ...limits, label: words.canvas, help: words.padHelp }, {
      onChange: () => {}, onFinish: () => this.drawn(), onFull: () => this.trouble(null),
    });
    this.message = el("p", { class: "message", role: "status" });
    this.canvas.element.append(this.message);
    this.keys = Array.from({ length: 10 },
      (_, digit) => button(String(digit), () => this.label(digit), {
      class: "key", "data-fp": `label-${digit}`, "aria-label": fill(words.itIs, { digit }),
      disabled: true,
    }));
    this.element = el("section", { class: "pad", "data-block": "pad", "data-fp": "pad" },
      this.canvas.element,
      el("p", { class: "asks" }, words.whatIsIt),
      el("div", { class: "keys", role: "group", "aria-label": words.whatIsIt }, ...this.keys),
      el("div", { class: "tools", role: "toolbar", "aria-label": words.tools },
        action(words.undo, () => this.canvas.undo(), { "data-fp": "undo" }),
        action(words.clear, () => this.canvas.clear(), { "data-fp": "clear" })));
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  close() {
    this.canvas.close();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const digit = commanded(event) ? null : digitOf(event);
    if (digit === null) return;
    event.preventDefault();
    this.label(digit);
  }

  drawn() {
    this.enable();
    this.onDrawn(this.canvas.strokes);
  }

  enable() {
    for (const key of this.keys) key.disabled = this.busy || !this.canvas.strokes.length;
  }

  /** @param {number} digit */
  async label(digit) {
    const { strokes } = this.canvas;
    if (this.busy || !strokes.length) return;
    this.busy = true;
    this.enable();
    const taken = await this.onLabel(digit, strokes);
    this.busy = false;
    if (taken && this.canvas.strokes === strokes) this.canvas.show([]);
    this.enable();
    if (taken) this.canvas.ink.focus({ preventScroll: true }); // the next key is the next label
  }

  /** @param {Trouble | null} trouble */
  trouble(trouble) {
    const message = trouble && (trouble.message ?? this.words.unreachable);
    say(this.message, message ?? (this.canvas.isFull ? this.words.full : ""));
  }

  /** @param {Palette} palette */
  theme(palette) {
    this.canvas.recolour(palette.ink);
  }
}
