// @ts-nocheck
// What augmentation does to one's own digit: six variants of it, from the generator that training
// draws on.

import { button, el, say } from "../kit/dom.js";
import { Live } from "../kit/live.js";
import { Thumbs } from "./thumbs.js";

export class Augmented {
  /** @type {any} */
  images;
  /** @type {Run} */
  run;
  /** @type {string | null} */
  image = null;
  /** @type {Palette} */
  palette;

  /** @param {CnnWords} words @param {string} base */
  constructor(words, base) {
    this.words = words;
    this.base = base;
    this.seed = 0;
    this.look = new Live({ onAnswer: (answer) => { this.images = answer.images; this.paint(); },
      onTrouble: (trouble) => say(this.message, trouble?.message ?? "") });
    this.thumbs = new Thumbs({ key: "augmented" });
    this.message = el("span", { class: "note" });
    this.again = button(words.others, () => { this.seed++; this.ask(); },
      { class: "quiet", "data-fp": "others" });
    this.element = el("section", { class: "augmented", "data-block": "augmented" },
      el("div", { class: "head" }, el("h3", {}, words.augmented), this.message, this.again),
      this.thumbs.element);
  }

  close() {
    this.look.close();
  }

  // Nothing is shown where training changes nothing.
  /** @param {Run} run @param {string | undefined} image @param {Palette} palette */
  follow(run, image, palette) {
    this.run = run;
    this.image = image;
    this.palette = palette;
    this.element.hidden = run.config.augment === "none";
    if (!this.element.hidden) this.ask();
    this.paint();
  }

  ask() {
    const { run, image, seed } = this;
    if (run && image && run.saved.length) {
      this.look.inspect(`${this.base}/runs/${run.id}`, "augmented", { step: 0, image, seed });
    }
  }

  paint() {
    if (this.images && this.palette) this.thumbs.paint(this.images, null, this.palette);
  }
}
