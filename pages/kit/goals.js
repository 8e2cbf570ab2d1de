// The goals of a page, folded at its end. What reaches one is said by the server beside its answers
// (reached.js); here it is remembered and shown. Nothing moves when one is reached.

import { el, fill, say, styles } from "./dom.js";
import { keep, memory } from "./memory.js";
import { onReached, reached } from "./reached.js";
import { View, mounted } from "./view.js";

const STYLE = await styles("kit/base.css", "kit/goals.css");
const SEEN = 8000; // ms that a goal is announced

/** @extends {View<GoalsData>} */
class Goals extends View {
  kept = true;
  hiding = 0;

  /** @param {HTMLElement} host @param {GoalsData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "goals", classes: "goals", style: STYLE });
    this.count = el("span", { class: "note", "data-fp": "goals-count" });
    this.list = el("ol");
    this.note = el("p", { class: "note" });
    this.now = el("p", { class: "now", role: "status", "data-fp": "goal-now" });
    this.root.append(
      el("details", {}, el("summary", {}, el("b", {}, this.words.title), " ", this.count),
        this.list, this.note), this.now);
    this.own({ close: onReached(() => this.take()) });
    this.own({ close: () => clearTimeout(this.hiding) });
    this.begin("");
  }

  walk() {}

  /** @param {GoalsData} data */
  adopt(data) {
    super.adopt(data);
    this.build();
  }

  /** @param {GoalsData} before */
  compare(before) {
    if (names(before) !== names(this.data)) this.build();
  }

  build() {
    this.list.replaceChildren(...this.data.goals.map(({ name, sentence, hint }) =>
      el("li", { "data-fp": `goal-${name}` },
        el("i"), el("div", {}, el("p", {}, sentence, " ", el("span", { class: "unseen" })),
          el("details", {}, el("summary", { class: "quiet" }, this.words.hint),
            el("p", {}, hint))))));
    say(this.now, "");
    this.take();
  }

  // What has been reached since it was asked last.
  take() {
    const kept = memory();
    const fresh = this.data.goals.filter(({ name }) =>
      reached.has(name) && !kept.goals.includes(name));
    if (fresh.length) {
      kept.goals.push(...fresh.map(({ name }) => name));
      this.kept = keep(kept);
      this.announce(fresh[0].sentence);
    }
    this.paintReached(kept.goals);
  }

  /** @param {string} goal */
  announce(goal) {
    say(this.now, fill(this.words.now, { goal }));
    clearTimeout(this.hiding);
    this.hiding = setTimeout(() => say(this.now, ""), SEEN);
  }

  /** @param {string[]} done */
  paintReached(done) {
    const { words, data: { goals } } = this;
    goals.forEach(({ name }, i) => {
      const item = /** @type {HTMLElement} */ (this.list.children[i]);
      item.dataset.state = done.includes(name) ? "done" : "open";
      const state = /** @type {HTMLElement} */ (item.querySelector(".unseen"));
      say(state, done.includes(name) ? words.done : words.open);
    });
    const count = goals.filter(({ name }) => done.includes(name)).length;
    say(this.count, fill(words.count, { reached: count, goals: goals.length }));
    say(this.note, this.kept ? words.how : words.unkept);
    this.painted();
  }
}

/** @param {GoalsData} data */
const names = ({ goals }) => goals.map(({ name }) => name).join();

export const { mount, unmount } = mounted(() => Goals);
