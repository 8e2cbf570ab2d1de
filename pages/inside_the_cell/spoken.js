// What the numbers are called behind what a network says of a sentence: how likely each next word
// is, and how far each word still moves the last hidden state.

import { fill } from "../kit/dom.js";
import { TraceNumber } from "../kit/trace_number.js";
/** @import { Place } from "../kit/trace_number.js" */

const WEIGHT = /^(w_ih|w_out|b_out)$/;

export class Spoken extends TraceNumber {
  /** @type {string[]} every word that the network knows */
  vocabulary = [];

  /** @param {Place} place */
  name({ array, index }) {
    const { words, labels, vocabulary } = this;
    if (WEIGHT.test(array)) {
      return fill(words.weight, { places: index.map((i) => i + 1).join(", ") });
    }
    const [time, first, second] = index;
    return fill(words.names[array], { word: labels[time], next: vocabulary[first],
      unit: first, input: second });
  }
}
