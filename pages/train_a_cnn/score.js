// How good the state on show is, what it costs and what it learns, down to single digits.

import { entry } from "../kit/dom.js";
import { countName } from "../kit/opened_number.js";
import { ScoreNumber } from "../kit/score.js";
/** @import { ScoreAnswer, ScoreQuery } from "../kit/score.js" */
/** @import { Live } from "../kit/live.js" */

/** Its places are digits and classes, and so they are counted from 0. */
export class DigitScore extends ScoreNumber {
  part = "validation";

  /**
   * @param {CnnWords} words
   * @param {(live: Live<ScoreAnswer>, query: ScoreQuery) => void} send asks
   */
  constructor(words, send) {
    super(words, send);
    this.counts = words.counts;
    this.measured = words.measured;
  }

  /** @param {ScoreAnswer} answer */
  take(answer) {
    super.take(answer);
    this.trouble(this.opened?.array === "loss" ? this.measured : "");
  }

  /** @param {string} array @param {number[]} at */
  write(array, at) {
    return [array, ...at].join(".");
  }

  /** @param {string} array */
  knows(array) {
    return this.called(array, []) !== array;
  }

  // Of which digits, where it is of digits.
  /** @param {string} array @param {number[]} at */
  heading(array, at) {
    const name = this.called(array, at);
    return array in this.words.scores ? `${name} ${entry(this.words.parts, this.part)}` : name;
  }

  /** @param {string} array @param {number[]} at */
  called(array, at) {
    const name = entry(this.words.scores, array) ?? countName(this.counts, array);
    return `${name} ${at.join(", ")}`.trim();
  }

  /** @param {string} array @param {number[]} at */
  short(array, at) {
    return this.called(array, at);
  }
}
