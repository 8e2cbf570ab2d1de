// Walking through a decoding: to its beginning, back, play, one token on, to its end.

import { action, button, el, say } from "../kit/dom.js";

const BEAT = 900; // ms between two tokens

export class Player {
  /** @type {number | undefined} */
  timer = undefined;
  at = 0;
  count = 0;

  /**
   * @param {Record<string, string>} words
   * @param {{ onAt: (at: number) => void }} options onAt: so many tokens are on show
   */
  constructor(words, { onAt }) {
    this.words = words;
    this.onAt = onAt;
    /** @param {string} name @param {() => void} act */
    const make = (name, act) =>
      action(words[name], () => { this.stop(); act(); }, { "data-fp": name });
    this.play = button(words.play, () => (this.timer ? this.stop() : this.start()),
      { "data-fp": "play", class: "play" });
    this.back = make("back", () => this.go(this.at - 1));
    this.step = make("step", () => this.go(this.at + 1));
    this.place = el("output", { "data-fp": "place" });
    this.element = el("div", { class: "player", role: "group", "data-block": "player" },
      make("start", () => this.go(0)), this.back, this.play, this.step,
      make("end", () => this.go(this.count)), this.place);
  }

  /** @param {number} at @param {number} count */
  paint(at, count) {
    this.at = at;
    this.count = count;
    this.back.disabled = at <= 0;
    this.step.disabled = at >= count;
    say(this.place, `${at} / ${count}`);
    if (this.timer && at >= count) this.stop();
  }

  /** @param {number} at */
  go(at) {
    const to = Math.max(0, Math.min(this.count, at));
    if (to !== this.at) this.onAt(to);
  }

  start() {
    this.timer = setInterval(() => this.go(this.at + 1), BEAT);
    say(this.play, this.words.pause);
    if (this.at >= this.count) this.onAt(0);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = undefined;
    say(this.play, this.words.play);
  }
}
