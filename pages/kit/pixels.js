// A picture on a canvas, a pixel for each value.

import { contextOf } from "./dom.js";

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} columns
 * @param {number} rows
 * @param {(i: number) => number} colour of each pixel, row by row, as in a palette's ramps
 */
export function paintPixels(canvas, columns, rows, colour) {
  if (canvas.width !== columns || canvas.height !== rows) {
    Object.assign(canvas, { width: columns, height: rows });
  }
  const context = contextOf(canvas);
  const image = context.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; i++) pixels[i] = colour(i);
  context.putImageData(image, 0, 0);
}

/**
 * The colour of a number of a plane: ink on paper, or light.
 * @param {{ signed: boolean, largest: number, light?: boolean }} look
 * @param {Palette} palette
 * @returns {(value: number) => number}
 */
export function colouring({ signed, largest, light = false }, palette) {
  if (light) return (value) => shade(palette.light, signed ? value : 2 * value - 1, 1);
  return (value) => shade(signed ? palette.signed : palette.size, value, largest);
}

/**
 * The colour of a number, where the largest of its kind has the end of the ramp.
 * @param {Uint32Array} ramp
 * @param {number} value
 * @param {number} largest
 */
export const shade = (ramp, value, largest) =>
  ramp[Math.round(largest > 0 ? 127 * Math.max(-1, Math.min(1, value / largest)) : 0) + 127];
