// Small grey pictures as they travel: 28 x 28 bytes of ink in a short text, and painted.

import { bytesOf } from "../kit/base64.js";
import { paintPixels, shade } from "../kit/pixels.js";

export const PIXELS = 28;

/** @param {HTMLCanvasElement} canvas @param {Uint8Array} ink @param {Palette} palette */
export const paintInk = (canvas, ink, palette) =>
  paintPixels(canvas, PIXELS, PIXELS, (i) => shade(palette.size, ink[i], 255));

// A picture with a line below it; it is painted again only when it or the colours are others.
export class Tile {
  /** @type {string | undefined} */
  image;
  /** @type {Palette | undefined} */
  palette;
  canvas = document.createElement("canvas");
  caption = document.createElement("span");

  /** @param {string} image @param {Palette} palette */
  paint(image, palette) {
    if (this.image === image && this.palette === palette) return;
    paintInk(this.canvas, bytesOf(image), palette);
    this.image = image;
    this.palette = palette;
  }
}
