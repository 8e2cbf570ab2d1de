// What the numbers of the networks on this page are called, in whichever pass they stand.

import { fill } from "../kit/dom.js";
import { TraceNumber } from "../kit/trace_number.js";
/** @import { OnNumber, Place } from "../kit/trace_number.js" */

const SENTENCES = new Set(["ahead", "ranked", "lead", "referent", "other"]);
const NOUNS = new Set(["logits", "probabilities", "lost"]);

// What stands before the name of an array: its pass, and its layer; see core/attention/trained.
const PASS = new RegExp("^(?:(uncut_)|without_(\\d+)_(?:in_(\\d)_(?:(\\d)_)?)?|sentence_(\\d+)_)?"
  + "(?:layer_(\\d+)_)?(.*)$");

export class TrainedNumber extends TraceNumber {
  /**
   * @param {Record<string, any>} words
   * @param {string[]} lexicon every word that the networks know
   * @param {OnNumber} onNumber
   */
  constructor(words, lexicon, onNumber) {
    super(words, onNumber);
    this.lexicon = lexicon;
  }

  /** @param {Place} place */
  name({ array, index }) {
    const { words } = this;
    const { last } = parsed(array);
    if (!SENTENCES.has(last)) {
      return this.named(last, index, NOUNS.has(last) ? this.lexicon[index[1]] : undefined);
    }
    const name = words.names[last] ?? last;
    const [, , sentence] = index;
    return sentence === undefined ? name
      : `${name}, ${fill(words.sentence, { number: sentence + 1 })}`;
  }

  // The layer of an array, and what is cut in its pass.
  /** @param {string} array */
  where(array) {
    const { words } = this;
    const { last, uncut, without, within, sentence, layer } = parsed(array);
    const { index = [] } = this.opened ?? {};
    /** @param {number} in_ @param {number} [head] */
    const place = (in_, head) => (head === undefined ? fill(words.layer, { layer: in_ + 1 })
      : fill(words.head, { layer: in_ + 1, head: head + 1 }));
    const word = without === null ? "" : this.labels[without];
    return [
      SENTENCES.has(last) ? place(index[0], index[1])
        : layer === null ? "" : place(layer, index.length === 3 ? index[0] : undefined),
      uncut ? words.uncut : "",
      !word ? "" : !within.length ? fill(words.without, { word })
        : fill(words.withoutIn, { where: place(within[0], within[1]), word }),
      sentence === null ? "" : `${fill(words.sentence, { number: sentence + 1 })}: ${
        this.labels.join(" ")}`,
    ].filter(Boolean).join(", ");
  }
}

/**
 * An array's pass and layer, and the last word of its name.
 * @param {string} array
 */
function parsed(array) {
  const [, uncut, cut, inLayer, inHead, sentence, layer, name] = array.match(PASS) ?? [];
  /** @param {string | undefined} text */
  const number = (text) => (text === undefined ? null : Number(text));
  const within = [inLayer, inHead].filter((text) => text !== undefined).map(Number);
  return { uncut: Boolean(uncut), without: number(cut), within, sentence: number(sentence),
    layer: number(layer), last: name.replace(/^(attention|feed)_/, "") };
}
