// Which cells see which, read off the tables of the answer (core/vision/convolution/answer.py); and
// the answer itself.

import { headOf } from "../kit/packed.js";

/** @typedef {Pick<ConvAnswerRows, "taps" | "origin" | "transposed" | "low" | "output">} Axis */

/** @param {number} count */
export const range = (count) => Array.from({ length: count }, (_, i) => i);

// Where the middle of a receptive field lies, in rows of the bare input.
/** @param {Axis} axis @param {number} index */
function centre({ taps, transposed, low }, index) {
  const seen = taps[index].filter((tap) => tap !== null);
  if (!seen.length) return Infinity;
  return seen.reduce((sum, tap) => sum + tap, 0) / seen.length - (transposed ? 0 : low);
}

/** @param {{ rows: Axis, columns: Axis }} answer @param {number} row @param {number} column */
export const middle =
  ({ rows, columns }, row, column) => ({ row: centre(rows, row), column: centre(columns, column) });

// The output row whose receptive field has its middle nearest to a row of the bare input; and to
// one of the padded input.
/** @param {Axis} axis @param {number} at */
export function closest(axis, at) {
  /** @param {number} i */
  const away = (i) => Math.abs(centre(axis, i) - at);
  return range(axis.output).reduce((best, i) => (away(i) < away(best) ? i : best), 0);
}
/** @param {Axis} axis @param {number} at */
export const nearest = (axis, at) => closest(axis, at - (axis.transposed ? 0 : axis.low));

// The output rows that see a row of the padded input, wherever else it comes from.
/** @param {Axis} axis @param {number} at */
export function touching({ output, origin, taps }, at) {
  return range(output).filter((out) => taps[out].some((tap) => tap === at
    || (tap !== null && origin[at] !== null && origin[tap] === origin[at])));
}

// uint32 length of the head, the head as JSON, then float32.
/** @param {AnswerBody} response @returns {Promise<ConvAnswer>} */
export async function decoded(response) {
  const buffer = await response.arrayBuffer();
  const { head, start } = headOf(buffer);
  for (const part of [head.input, head.output]) {
    if (!part) continue;
    const [channels, rows, columns] = part.shape;
    part.values = new Float32Array(buffer, start + part.at, channels * rows * columns);
  }
  return head;
}
