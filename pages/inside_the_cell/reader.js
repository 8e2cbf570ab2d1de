// Reads the sentence word by word, while the gates open and shut: back, on, and all of it.

import { action, el, say } from "../kit/dom.js";

const PAUSE = 900; // ms from word to word

export class Reader {
  timer = 0;

  // count(): of the steps; at(): the one on show; onTime(time); onRest(): reading has ended
  /**
   * @param {CellWords} words
   * @param {{ count: () => number, at: () => number, onTime: (time: number) => void,
   *   onRest: () => void }} options
   */
  constructor(words, { count, at, onTime, onRest }) {
    this.words = words;
    this.count = count;
    this.at = at;
    this.onTime = onTime;
    this.onRest = onRest;
    this.back = action("‹", () => this.go(-1),
      { "aria-label": words.stepBack, "data-fp": "read-back" });
    this.all = action("", () => (this.timer ? this.rest() : this.read()), { "data-fp": "read-on" });
    this.on = action("›", () => this.go(1),
      { "aria-label": words.stepOn, "data-fp": "read-next" });
    this.element = el("div", { class: "actions" }, this.back, this.all, this.on);
  }

  close() {
    clearInterval(this.timer);
  }

  /** @param {number} by */
  go(by) {
    this.close();
    this.timer = 0;
    this.onTime(this.at() + by);
    this.onRest();
  }

  // From the first word again where the last has been read.
  read() {
    if (this.at() >= this.count() - 1) this.onTime(0);
    this.timer = window.setInterval(() => {
      if (this.at() < this.count() - 1) this.onTime(this.at() + 1);
      if (this.at() >= this.count() - 1) this.rest();
    }, PAUSE);
    this.paint();
  }

  rest() {
    this.close();
    this.timer = 0;
    this.paint();
    this.onRest();
  }

  paint() {
    const at = this.at();
    this.back.disabled = at <= 0;
    this.on.disabled = at >= this.count() - 1;
    say(this.all, this.timer ? this.words.readStop : this.words.readOn);
  }
}
