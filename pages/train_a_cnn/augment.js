// What augmentation does to one's own digit: six variants of it, from the generator that training draws on.

import { button, el, say } from "../kit/dom.js";
import { Look } from "../kit/look.js";
import { Thumbs } from "./thumbs.js";

export class Augmented {
  constructor(words, base) {
    Object.assign(this, { words, base, seed: 0 });
    this.look = new Look({ onAnswer: (answer) => { this.images = answer.images; this.paint(); }, onTrouble: (said) => say(this.message, said ?? "") });
    this.thumbs = new Thumbs({ key: "augmented" });
    this.message = el("span", { class: "note" });
    this.again = button(words.others, () => { this.seed++; this.ask(); }, { class: "quiet", "data-fp": "others" });
    this.element = el("section", { class: "augmented", "data-block": "augmented" },
      el("div", { class: "head" }, el("h3", {}, words.augmented), this.message, this.again), this.thumbs.element);
  }

  close() {
    this.look.stop();
  }

  // Nothing is shown where training changes nothing.
  follow(run, image, palette) {
    Object.assign(this, { run, image, palette });
    this.element.hidden = run.config.augment === "none";
    if (!this.element.hidden) this.ask();
    this.paint();
  }

  ask() {
    const { run, image, seed } = this;
    if (run && image && run.saved.length) this.look.ask(`${this.base}/runs/${run.id}`, "augmented", { step: 0, image, seed });
  }

  paint() {
    if (this.images && this.palette) this.thumbs.paint(this.images, null, this.palette);
  }
}
