// What augmentation does to one's own digit: six variants of it, from the generator that training
// draws on.

import { button, el, say } from "../kit/dom.js";
import { Live } from "../kit/live.js";
import { initialPalette } from "../kit/palette.js";
import { Thumbs } from "./thumbs.js";

export class Augmented {
  seed = 0;
  /** @type {string[]} */
  images = [];
  /** @type {Run | null} */
  run = null;
  /** @type {string | null} */
  image = null;
  palette = initialPalette;

  /** @param {CnnWords} words @param {string} base */
  constructor(words, base) {
    this.base = base;
    this.live = new Live({
      onAnswer: (/** @type {AugmentedAnswer} */ { images }) => {
        this.images = images;
        this.paint();
      },
      onTrouble: (trouble) => say(this.message, trouble?.message ?? ""),
    });
    this.thumbs = new Thumbs({ key: "augmented" });
    this.message = el("span", { class: "note" });
    const again = () => { this.seed++; this.ask(); };
    this.element = el("section", { class: "augmented", "data-block": "augmented" },
      el("div", { class: "head" }, el("h2", {}, words.augmented), this.message,
        button(words.others, again, { class: "quiet", "data-fp": "others" })),
      this.thumbs.element);
  }

  close() {
    this.live.close();
  }

  // Nothing is shown where training changes nothing.
  /** @param {Run} run @param {string | null} image @param {Palette} palette */
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
    if (!image || !run?.saved.length) return;
    this.live.inspect(`${this.base}/runs/${run.id}`, "augmented", { step: 0, image, seed });
  }

  paint() {
    if (this.images.length) this.thumbs.paint(this.images, null, this.palette);
  }
}
