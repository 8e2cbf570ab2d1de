// @ts-nocheck
// Who sees whom, read off the tables of the answer (core/vision/convolution/live.py); and the
// answer itself.

import { headOf } from "../kit/live.js";

/** @param {number} count */
export const range = (count) => Array.from({ length: count }, (_, i) => i);

// Where the middle of a receptive field lies, in rows of the bare input.
/** @param {ConvAnswerRows} axis @param {number} index */
const centre = (axis, index) => {
  const seen = axis.taps[index].filter((tap) => tap != null);
  return seen.length ? seen.reduce((sum, tap) => sum + tap, 0) / seen.length
    - (axis.transposed ? 0 : axis.low) : Infinity;
};
/** @param {ConvAnswer} what @param {number} row @param {number} column */
export const middle =
  ({ rows, columns }, row, column) => ({ row: centre(rows, row), column: centre(columns, column) });

// The output row whose receptive field has its middle nearest to a row of the bare input; and to
// one of the padded input.
/** @param {ConvAnswerRows} axis @param {number} at */
export function closest(axis, at) {
  let best = 0;
  for (let i = 1; i < axis.output; i++) {
    if (Math.abs(centre(axis, i) - at) < Math.abs(centre(axis, best) - at)) best = i;
  }
  return best;
}
/** @param {ConvAnswerRows} axis @param {number} at */
export const nearest = (axis, at) => closest(axis, at - (axis.transposed ? 0 : axis.low));

// The output rows that see a row of the padded input, wherever else it comes from.
/** @param {ConvAnswerRows} axis @param {number | undefined} at */
export function touching(axis, at) {
  const origin = axis.origin[at];
  return range(axis.output).filter((out) => axis.taps[out].some((tap) =>
    tap === at || (tap != null && origin != null && axis.origin[tap] === origin)));
}

// uint32 length of the head, the head as JSON, then float32.
/** @param {any} answer */
export async function decoded(answer) {
  const buffer = await answer.arrayBuffer();
  const { head, start } = headOf(buffer);
  for (const part of [head.input, head.output]) {
    if (part) {
      part.values =
      new Float32Array(buffer, start + part.at,
        part.shape.reduce((/** @type {any} */ a, /** @type {any} */ b) => a * b, 1));
    }
  }
  return head;
}
