// Digits side by side, each with a line below it. A click picks one.

import { el, say } from "../kit/dom.js";
import { Tile } from "./pixels.js";

class Thumb extends Tile {
  /** @param {((image: string) => unknown) | null} onPick */
  constructor(onPick) {
    super();
    const parts = [this.canvas, this.caption];
    const pick = () => onPick?.(this.image ?? "");
    const attributes = { type: "button", class: "thumb", onclick: pick };
    this.element =
      onPick ? el("button", attributes, ...parts) : el("div", { class: "thumb" }, ...parts);
  }
}

export class Thumbs {
  /** @type {Thumb[]} */
  tiles = [];

  // onPick(image): the picture that was clicked, as it travels.
  /** @param {{ key: string, onPick?: ((image: string) => unknown) | null }} options */
  constructor({ key, onPick = null }) {
    this.onPick = onPick;
    this.element = el("div", { class: "thumbs", "data-fp": key });
  }

  // captions: one for each image, or none.
  /** @param {string[]} images @param {string[] | null} captions @param {Palette} palette */
  paint(images, captions, palette) {
    while (this.tiles.length < images.length) this.tiles.push(new Thumb(this.onPick));
    this.tiles.length = images.length;
    this.tiles.forEach((tile, i) => {
      tile.paint(images[i], palette);
      say(tile.caption, captions?.[i] ?? "");
      tile.element.setAttribute("aria-label", captions?.[i] ?? "");
    });
    this.element.replaceChildren(...this.tiles.map(({ element }) => element));
  }
}
