// How good the state on show is: accuracies, losses and counts of the confusion matrix, opened down
// to single digits.

import { entry, fill } from "../kit/dom.js";
import { Live } from "../kit/live.js";
import { OpenedNumber } from "../kit/opened_number.js";
/** @import { NumberAnswer } from "../kit/opened_number.js" */

export class ScoreNumber extends OpenedNumber {
  /** @type {{ address: string, step: number } | null} */
  of = null;
  part = "validation";

  /** @param {CnnWords} words */
  constructor(words) {
    /** @param {string} array @param {string} at */
    const name = (array, at) => `${entry(words.scores, array) ?? array} ${at}`.trim();
    super(words, {
      key: "score-", write: (array, at) => [array, ...at].join("."),
      titleOf: (array, at) => `${name(array, at)} ${entry(words.parts, this.part)}`,
      nameOf: (array, at) => name(array, at.join(", ")),
      onwardOf: (array, place) => fill(words.onward, { layer: name(array, ""), place }),
      leads: (array) => array in words.scores, onOpen: (text) => this.open(text),
    });
    this.live = new Live({
      onAnswer: (/** @type {NumberAnswer} */ answer) => this.take(answer),
      onTrouble: (trouble) => this.trouble(trouble?.message) });
  }

  close() {
    this.live.close();
  }

  /** @param {string} text @param {string} [part] of the digits */
  open(text, part = this.part) {
    this.part = part;
    this.show(text);
    this.ask();
    if (text) this.element.scrollIntoView({ block: "nearest" });
  }

  // The state that is asked.
  /** @param {string} address of the run @param {number} step */
  stand(address, step) {
    if (this.of?.address === address && this.of.step === step) return;
    this.of = { address, step };
    this.ask();
  }

  ask() {
    if (!this.text || !this.of) return;
    const { address, step } = this.of;
    this.live.inspect(address, "score", { step, part: this.part, number: this.text });
  }
}
