// Small grey pictures as they travel: 28 x 28 bytes of ink in a short text, and painted.

import { contextOf } from "../kit/dom.js";

export const PIXELS = 28;

// base64 as it stands in an address, and as it stands elsewhere.
/** @param {string} text */
export function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")),
    (letter) => letter.charCodeAt(0));
}

/** @param {Uint8Array} ink */
export function text(ink) {
  return btoa(String.fromCharCode(...ink)).replaceAll("+", "-").replaceAll("/", "_")
    .replaceAll("=", "");
}

/** @param {HTMLCanvasElement} canvas @param {Uint8Array} ink @param {Palette} palette */
export function paintInk(canvas, ink, palette) {
  Object.assign(canvas, { width: PIXELS, height: PIXELS });
  const context = contextOf(canvas);
  const image = context.createImageData(PIXELS, PIXELS);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = palette.size[127 + Math.round((ink[i] / 255) * 127)];
  }
  context.putImageData(image, 0, 0);
}

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
    paintInk(this.canvas, bytes(image), palette);
    this.image = image;
    this.palette = palette;
  }
}
