// The codes of layers as they travel (core/vision/codes.py says how): a layer that follows from
// another is made from it here, by its codes alone.

/**
 * @typedef {{ name: string, shape: number[], signed: boolean, scales: number[], codes: Int8Array,
 *   at?: number, above?: number[], of?: string, by?: "relu" | "pool" }} Travelled
 */

/**
 * Gives each layer its codes, as they are painted: value = code * scale / 127.
 * @param {Travelled[]} layers @param {ArrayBuffer} buffer @param {number} start
 */
export function readCodes(layers, buffer, start) {
  /** @type {Record<string, Int8Array>} */
  const travelled = {};
  for (const layer of layers) {
    const { name, shape, at, above, of } = layer;
    const size = shape.reduce((all, length) => all * length, 1);
    layer.codes = of === undefined ? new Int8Array(buffer, start + /** @type {number} */ (at), size)
      : follow(layer, travelled[of], new Int8Array(size));
    travelled[name] = layer.codes;
    if (above) layer.codes = even(layer, above);
  }
}

/** @param {Travelled} layer @param {Int8Array} source @param {Int8Array} codes */
function follow({ shape, scales, by }, source, codes) {
  const [, height, width] = shape;
  const map = height * width;
  if (by === "relu") {
    for (let k = 0; k < codes.length; k++) {
      codes[k] = source[k] > 0 && scales[Math.floor(k / map)] ? source[k] : 0;
    }
    return codes;
  }
  const across = 2 * width;
  for (let k = 0, corner = 0; k < codes.length; k++, corner += 2) {
    if (k && k % width === 0) corner += across; // a row of windows is two rows high
    codes[k] = Math.max(source[corner], source[corner + 1], source[corner + across],
      source[corner + across + 1]);
  }
  return codes;
}

// Codes above zero that have a scale of their own, on the scale of the others.
/** @param {Travelled} layer @param {number[]} above */
function even({ shape, scales, codes }, above) {
  const map = codes.length / shape[0];
  return codes.map((code, k) => {
    const at = Math.floor(k / map);
    return code > 0 ? Math.round((code * above[at]) / scales[at]) : code;
  });
}
