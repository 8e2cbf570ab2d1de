// How good the state on show is: accuracies, losses and counts of the confusion matrix, opened down
// to single digits.

import { entry, fill } from "../kit/dom.js";
import { Live } from "../kit/live.js";
import { countName, OpenedNumber } from "../kit/opened_number.js";
/** @import { NumberAnswer } from "../kit/opened_number.js" */

/**
 * A state of a run, and what else is asked with a number: "norms" of its gradients, the "highest"
 * learning rate, the "edits".
 * @typedef {{ address: string, step: number, more: Record<string, string> }} Asked
 */

export class ScoreNumber extends OpenedNumber {
  /** @type {Asked | null} */
  of = null;
  part = "validation";

  /** @param {CnnWords} words */
  constructor(words) {
    /** @param {string} array @param {string} at */
    const name = (array, at) =>
      `${entry(words.scores, array) ?? countName(words.counts, array)} ${at}`.trim();
    super(words, {
      key: "score-", write: (array, at) => [array, ...at].join("."),
      titleOf: (array, at) => (array in words.scores
        ? `${name(array, at)} ${entry(words.parts, this.part)}` : name(array, at)),
      nameOf: (array, at) => name(array, at.join(", ")),
      onwardOf: (array, place) => fill(words.onward, { layer: name(array, ""), place }),
      leads: (array) => name(array, "") !== array, onOpen: (text) => this.open(text),
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
  /** @param {Asked} of */
  stand(of) {
    if (JSON.stringify(this.of) === JSON.stringify(of)) return;
    this.of = of;
    this.ask();
  }

  ask() {
    if (!this.text || !this.of) return;
    const { address, step, more } = this.of;
    this.live.inspect(address, "score", { step, part: this.part, number: this.text, ...more });
  }
}
