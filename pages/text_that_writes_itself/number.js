// What the numbers are called behind a letter that was written: from its probability down to the
// cell and the embedding of the letter before.

import { fill } from "../kit/dom.js";
import { TraceNumber } from "../kit/trace_number.js";
/** @import { OnNumber, Place } from "../kit/trace_number.js" */

const WEIGHT = /^(w_ih|w_hh|b_ih|b_hh|w_out|b_out|table)$/;

/** @param {Record<string, string>} names @param {string} letter */
export const spoken = (names, letter) => names[letter] ?? letter;

export class LetterNumber extends TraceNumber {
  /** @type {string[]} what the scores are of */
  kinds = [];

  /**
   * @param {Record<string, any>} words
   * @param {OnNumber} onNumber
   * @param {Record<string, string>} letters what those are called that are not seen
   */
  constructor(words, onNumber, letters) {
    super(words, onNumber);
    this.letters = letters;
  }

  /** @param {Place} place */
  name({ array, index }) {
    const { words, labels, kinds, letters } = this;
    if (WEIGHT.test(array)) {
      return fill(words.weight, { places: index.map((i) => i + 1).join(", ") });
    }
    const [time, unit] = index;
    return fill(words.names[array] ?? array, { letter: spoken(letters, labels[time] ?? ""), unit,
      next: spoken(letters, kinds[unit] ?? "") });
  }
}
