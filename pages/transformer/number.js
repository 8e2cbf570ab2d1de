// What the numbers of the network on the tab "Train it" are called.

import { fill } from "../kit/dom.js";
import { TraceNumber } from "../kit/trace_number.js";
/** @import { Place } from "../kit/trace_number.js" */

const NAME = /^(?:(encoder|decoder)_)?(?:(\d+)_)?(?:(attention|cross|feed)_)?(.*)$/;
const EDGES = new Set(["scores", "scaled", "masked", "weights"]);
const TOKENS = new Set(["logits", "probabilities"]);
const WEIGHT = /^([wb][qkvo12]|table|norm\d_(weight|bias))$/;

export class RunNumber extends TraceNumber {
  /** @type {{ source: string[], truth: string[], all: string[] }} of the task: what goes in, what
   *   is right, every token */
  task = { source: [], truth: [], all: [] };

  /** @param {Place} place */
  name({ array, index }) {
    const { words, task } = this;
    const [, stack, , part, last] = NAME.exec(array) ?? [];
    const at = index[index.length - 1];
    if (WEIGHT.test(last)) {
      return fill(words.weight, { places: index.map((i) => i + 1).join(", ") });
    }
    const own = stack === "encoder" ? task.source : task.truth;
    const read = part === "cross" ? task.source : own;
    const name = words.names[last.replace(/^norm\d_out$/, "norm_out")
      .replace(/^norm\d_added$/, "norm2_added")] ?? last;
    const row = index[index.length - 2];
    if (EDGES.has(last)) return fill(words.edge, { name, from: own[row], to: read[at] });
    const rows = part === "cross" && (last === "k" || last === "v") ? read : own;
    const place = TOKENS.has(last) ? task.all[at] : at + 1;
    return fill(words.place, { name, word: rows[row], place });
  }

  /** @param {string} array */
  where(array) {
    const { words } = this;
    const [, stack, layer, part] = NAME.exec(array) ?? [];
    const { index = [] } = this.opened ?? {};
    if (!stack) return "";
    const place = layer === undefined ? "" : index.length === 3
      ? fill(words.head, { layer: Number(layer) + 1, head: index[0] + 1 })
      : fill(words.layer, { layer: Number(layer) + 1 });
    return [words.stacks[stack], words.parts[part], place].filter(Boolean).join(", ");
  }
}
