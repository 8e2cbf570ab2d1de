// What the numbers of a pretrained model are called: its layers and what they compute.

import { fill } from "../dom.js";
import { TraceNumber } from "../trace_number.js";
/** @import { Place } from "../trace_number.js" */

const LAYER = /^(?:layer_(\d+)_)?(?:(?:attention|feed)_)?(.*)$/;

const PIECES = new Set(["logits", "powers", "probabilities"]); // a column for each of them

export class ModelNumber extends TraceNumber {
  /** @param {Place} place */
  name({ array, index }) {
    const [, , last] = LAYER.exec(array) ?? [];
    if (last in this.words.names && index.length < 2) {
      return fill(this.words.names[last], { unit: index[0] });
    }
    return this.named(last.replace(/^norm\d_out$/, "norm_out")
      .replace(/^norm\d_added$/, "norm2_added"), index,
    PIECES.has(last) ? this.column : undefined);
  }

  /** @param {string} array */
  where(array) {
    const [, layer] = LAYER.exec(array) ?? [];
    const { words, opened } = this;
    if (layer === undefined) return "";
    const [head, ...inside] = opened?.index ?? [];
    return inside.length === 2
      ? fill(words.head, { layer: Number(layer) + 1, head: head + 1 })
      : fill(words.layer, { layer: Number(layer) + 1 });
  }
}
