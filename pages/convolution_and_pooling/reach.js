// Who sees whom, read off the tables of the answer (core/vision/convolution/live.py); and the answer itself.

export const range = (count) => Array.from({ length: count }, (_, i) => i);

// Where the middle of a receptive field lies, in rows of the bare input.
const centre = (axis, index) => {
  const seen = axis.taps[index].filter((tap) => tap != null);
  return seen.length ? seen.reduce((sum, tap) => sum + tap, 0) / seen.length - (axis.transposed ? 0 : axis.low) : Infinity;
};
export const middle = ({ rows, columns }, row, column) => ({ row: centre(rows, row), column: centre(columns, column) });

// The output row whose receptive field has its middle nearest to a row of the bare input; and to one of the padded input.
export function closest(axis, at) {
  let best = 0;
  for (let i = 1; i < axis.output; i++) if (Math.abs(centre(axis, i) - at) < Math.abs(centre(axis, best) - at)) best = i;
  return best;
}
export const nearest = (axis, at) => closest(axis, at - (axis.transposed ? 0 : axis.low));

// The output rows that see a row of the padded input, wherever else it comes from.
export function touching(axis, at) {
  const origin = axis.origin[at];
  return range(axis.output).filter((out) => axis.taps[out].some((tap) => tap === at || (tap != null && origin != null && axis.origin[tap] === origin)));
}

// uint32 length of the head, the head as JSON, then float32.
export async function decoded(answer) {
  const buffer = await answer.arrayBuffer();
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  for (const part of [head.input, head.output]) {
    if (part) part.values = new Float32Array(buffer, 4 + length + part.at, part.shape.reduce((a, b) => a * b, 1));
  }
  return head;
}
