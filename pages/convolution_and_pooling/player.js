// The kernel moves by itself: play, pause, one place further, how fast. It waits for each answer
// before it goes on.

import { button, el, fill, say } from "../kit/dom.js";
import { Knob } from "../kit/knob.js";

const SPEEDS = [1, 2, 4, 8, 15, 30]; // places in a second

export class Player {
  /** @type {any} */
  row;
  /** @type {any} */
  column;
  /** @type {any} */
  rows;
  /** @type {any} */
  columns;
  /** @type {number} */
  timer;

  // onPlace(row, column): go there; onRest(): playing has ended.
  /**
   * @param {ConvWords} words
   * @param {{ onPlace: (row: number, column: number) => void, onRest: () => void }} options
   */
  constructor(words, { onPlace, onRest }) {
    this.words = words;
    this.onPlace = onPlace;
    this.onRest = onRest;
    this.playing = false;
    this.icon = el("i", { class: "icon", "aria-hidden": "true" });
    this.label = el("span", {}, words.play);
    this.play = el("button", { type: "button", class: "play", "data-fp": "play",
      onclick: () => (this.playing ? this.rest() : this.start()) }, this.icon, this.label);
    this.back = button("‹", () => this.by(-1),
      { "data-fp": "back", "aria-label": words.back, title: words.back });
    this.next = button("›", () => this.by(1),
      { "data-fp": "next", "aria-label": words.next, title: words.next });
    this.speed = new Knob({ name: "speed", label: words.speed, low: 0, high: SPEEDS.length - 1,
      show: (i) => fill(words.perSecond, { count: SPEEDS[i] }) }, {});
    this.speed.value = 2;
    this.where = el("output", { class: "where", "data-fp": "where" });
    this.element = el("div", { class: "player", "data-block": "player", "data-part": "player" },
      this.play,
      el("span", { class: "places" }, this.back, this.where, this.next), this.speed.element);
  }

  /** @param {ConvAnswerOpened} what @param {number} rows @param {number} columns */
  paint({ row, column }, rows, columns) {
    this.row = row;
    this.column = column;
    this.rows = rows;
    this.columns = columns;
    say(this.where,
      fill(this.words.placeOf, { place: row * columns + column + 1, count: rows * columns }));
    say(this.label, this.playing ? this.words.pause : this.words.play);
    this.icon.classList.toggle("pausing", this.playing);
  }

  start() {
    this.playing = true;
    const atEnd = this.row * this.columns + this.column >= this.rows * this.columns - 1;
    if (atEnd) this.onPlace(0, 0);
    else this.by(1, true);
  }

  // The answer is there: the next place follows after its time.
  arrived() {
    if (!this.playing) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.by(1, true), 1000 / SPEEDS[this.speed.value]);
  }

  /** @param {number} places @param {boolean} [playing] */
  by(places, playing = false) {
    if (this.row == null) return;
    if (!playing) this.stop();
    const at = this.row * this.columns + this.column + places;
    if (at < 0) return;
    if (at >= this.rows * this.columns) return this.rest();
    this.onPlace(Math.floor(at / this.columns), at % this.columns);
    if (!playing) this.onRest();
  }

  rest() {
    this.stop();
    this.onRest();
  }

  stop() {
    this.playing = false;
    clearTimeout(this.timer);
  }
}
