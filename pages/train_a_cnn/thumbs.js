// @ts-nocheck
// Digits side by side, each with a line below it. A click picks one.

import { el, say } from "../kit/dom.js";
import { bytes, paintInk, text } from "./pixels.js";

export class Thumbs {
  // onPick(text): the picture that was clicked, as it travels.
  /** @param {{ key: string, onPick?: ((a: string) => void) | null }} options */
  constructor({ key, onPick = null }) {
    this.onPick = onPick;
    this.tiles = [];
    this.element = el("div", { class: "thumbs", "data-fp": key });
  }

  // images: texts; captions: one for each, or none.
  /** @param {any} images @param {any} captions @param {Palette} palette */
  paint(images, captions, palette) {
    while (this.tiles.length < images.length) this.tiles.push(this.tile());
    this.tiles.length = images.length;
    images.forEach((/** @type {any} */ image, /** @type {number} */ i) => {
      const tile = this.tiles[i];
      if (tile.image !== image || tile.palette !== palette) {
        tile.ink = bytes(image);
        paintInk(tile.canvas, tile.ink, palette);
      }
      Object.assign(tile, { image, palette });
      say(tile.caption, captions?.[i] ?? "");
      tile.element.setAttribute("aria-label", captions?.[i] ?? "");
    });
    this.element.replaceChildren(...this.tiles.map(({ element }) => element));
  }

  tile() {
    const tile = { canvas: el("canvas"), caption: el("span") };
    tile.element = this.onPick
      ? el("button", { type: "button", class: "thumb", onclick: () => this.onPick(text(tile.ink)) },
        tile.canvas, tile.caption)
      : el("div", { class: "thumb" }, tile.canvas, tile.caption);
    return tile;
  }
}
