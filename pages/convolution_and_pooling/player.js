// The kernel moves by itself: play, pause, one place further, how fast. It waits for each answer
// before it goes on.

import { action, el, fill, say } from "../kit/dom.js";
import { Knob } from "../kit/knob.js";

const SPEEDS = [1, 2, 4, 8, 15, 30]; // places in a second

export class Player {
  playing = false;
  place = 0; // counted row by row
  places = 0; // how many there are; 0: there is no answer yet
  columns = 1;
  /** @type {number | undefined} */
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
    this.icon = el("i", { class: "icon", "aria-hidden": "true" });
    this.label = el("span", {}, words.play);
    /** @param {string} name @param {string} label @param {string} sign @param {number} by */
    const step = (name, label, sign, by) => action(sign, () => this.by(by),
      { "data-fp": name, "aria-label": label, title: label });
    this.speed = new Knob({ name: "speed", label: words.speed, low: 0, high: SPEEDS.length - 1,
      show: (i) => fill(words.perSecond, { count: SPEEDS[i] }) }, {});
    this.speed.value = 2;
    this.speed.element.dataset.fold = "";
    this.where = el("output", { class: "where", "data-fp": "where" });
    this.element = el("div", { class: "player", "data-block": "player", "data-part": "player" },
      el("button", { type: "button", class: "play", "data-fp": "play",
        onclick: () => (this.playing ? this.rest() : this.start()) }, this.icon, this.label),
      el("span", { class: "places" }, step("back", words.back, "‹", -1), this.where,
        step("next", words.next, "›", 1)),
      this.speed.element);
  }

  /** @param {ConvAnswerOpened} opened @param {number} rows @param {number} columns */
  paint({ row, column }, rows, columns) {
    this.place = row * columns + column;
    this.places = rows * columns;
    this.columns = columns;
    say(this.where, fill(this.words.placeOf, { place: this.place + 1, count: this.places }));
    say(this.label, this.playing ? this.words.pause : this.words.play);
    this.icon.classList.toggle("pausing", this.playing);
  }

  start() {
    this.playing = true;
    if (this.place >= this.places - 1) this.onPlace(0, 0);
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
    if (!this.places) return;
    if (!playing) this.stop();
    const at = this.place + places;
    if (at < 0) return;
    if (at >= this.places) return this.rest();
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
