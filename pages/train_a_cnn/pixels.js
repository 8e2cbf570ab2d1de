// @ts-nocheck
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

/**
 * @param {HTMLCanvasElement | undefined} canvas
 * @param {Uint8Array} ink
 * @param {Palette} palette
 */
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
