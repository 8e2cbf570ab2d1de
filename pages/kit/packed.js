// Binary answers, and those with maps in uint16 codes (core/attention/packed.py).

/**
 * A binary answer or message: uint32 length of the head, the head as JSON, then what the head
 * points into.
 * @param {ArrayBuffer} buffer
 * @returns {{ head: any, start: number }}
 */
export function headOf(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  return { head, start: 4 + length };
}

/** @param {ArrayBuffer} buffer @returns {any} */
export function unpack(buffer) {
  const { head, start } = headOf(buffer);
  /** @type {Record<string, any>} */
  const maps = {};
  for (const { name, shape, at, scales } of head.maps) {
    const square = shape.at(-2) * shape.at(-1);
    const codes = new Uint16Array(buffer, start + at, scales.length * square);
    const all = /** @type {number[]} */ (scales).map((scale,
      i) => Float32Array.from(codes.subarray(i * square,
      (i + 1) * square), (code) => (code * scale) / 65535));
    maps[name] = nested(all, shape.slice(0, -2));
  }
  return { ...head, maps };
}

/** @param {AnswerBody} answer */
export const packed = async (answer) => unpack(await answer.arrayBuffer());

// T x T numbers one after the other, as a list of rows.
/** @param {Float32Array} values @param {number} side */
export const rowsOf = (values, side) =>
  Array.from({ length: side }, (_, i) => values.subarray(i * side, (i + 1) * side));

/** @param {Float32Array[][]} maps */
export const largestIn =
  (maps) => maps.flat().reduce((most, map) => map.reduce((a, b) => Math.max(a, b), most), 0);

/** @param {Float32Array[]} all @param {number[]} shape @returns {any} */
function nested(all, shape) {
  if (shape.length < 2) return all;
  const [first] = shape;
  return Array.from({ length: first },
    (_, i) => all.slice((i * all.length) / first, ((i + 1) * all.length) / first));
}
