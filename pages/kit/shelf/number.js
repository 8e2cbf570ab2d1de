// What the numbers of a pretrained model are called: its layers and what they compute.

import { fill } from "../dom.js";
import { TraceNumber } from "../trace_number.js";
/** @import { Place } from "../trace_number.js" */

const LAYER = /^(?:layer_(\d+)_)?(?:(?:attention|feed)_)?(.*)$/;

export class ModelNumber extends TraceNumber {
  /** @param {Place} place */
  name({ array, index }) {
    const [, , last] = LAYER.exec(array) ?? [];
    return this.named(last.replace(/^norm\d_out$/, "norm_out")
      .replace(/^norm\d_added$/, "norm2_added"), index);
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
