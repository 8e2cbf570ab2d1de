// From the drawing to what the network sees, one stage after the other, each with the answer that
// it would have had. Each pixel and each answer opens.

import { button, el, fill, percent, say, walkable } from "../kit/dom.js";
import { paintPixels } from "../kit/pixels.js";
import { pickable } from "./pick.js";

export class Strip {
  /** @type {TraceVerdict[]} */
  answers = [];

  // onNumber: of a stage; the array, and where in it.
  /**
   * @param {DigitWords} words
   * @param {{ onToggle: (key: string) => void,
   *   onNumber: (stage: string, array: string, ...at: number[]) => void }} options
   */
  constructor(words, { onToggle, onNumber }) {
    this.words = words;
    this.frames = words.stages.map(({ key, name, help }, i) => {
      const canvas = el("canvas", { ...walkable(fill(words.pixelsOf, { stage: name })),
        width: 28, height: 28, "data-fp": `stage-${key}` });
      pickable(canvas, canvas, (row, column) => onNumber(key, "ink", 0, row, column));
      const answer = el("output", { "data-fp": `answer-${key}` });
      const open = button(answer, () =>
        onNumber(key, "probabilities", this.answers[i].digit), { class: "opens answer-of" });
      const caption = i === 0 ? el("span", { class: "stage", title: help }, name)
        : button(name, () => onToggle(key),
          { class: "stage", title: help, "aria-pressed": "true" });
      return { key, canvas, answer, open, caption,
        element: el("figure", { class: "frame" }, canvas, caption, open) };
    });
    this.note = el("p", { class: "note" });
    this.element = el("div", { class: "strip", "data-block": "strip" },
      el("h2", {}, words.stripTitle),
      el("div", { class: "frames" }, ...this.frames.map((frame) => frame.element)), this.note);
  }

  /** @param {TraceStrip} strip @param {Palette} palette */
  paint({ codes, answers }, palette) {
    const { noDigit, notADigit, stageAnswer, wouldHaveMissed, sameAnswer } = this.words;
    const [first, final] = [answers[0], answers[answers.length - 1]];
    /** @param {TraceVerdict} verdict */
    const differs = ({ digit, isDigit }) =>
      isDigit !== final.isDigit || (isDigit && digit !== final.digit);
    this.answers = answers;
    this.frames.forEach(({ canvas, answer, open, element }, i) => {
      paintPixels(canvas, 28, 28, (k) => palette.size[127 + (codes[784 * i + k] >> 1)]);
      const { digit, probability, isDigit } = answers[i];
      say(answer, isDigit ? String(digit) : noDigit);
      open.title = fill(stageAnswer, { digit, share: percent(probability) });
      answer.dataset.digit = isDigit ? String(digit) : "";
      element.classList.toggle("differs", differs(answers[i]));
    });
    /** @param {TraceVerdict} verdict */
    const name = ({ digit, isDigit }) => (isDigit ? String(digit) : notADigit);
    say(this.note, differs(first)
      ? fill(wouldHaveMissed, { naive: name(first), answer: name(final) }) : sameAnswer);
  }

  /** @param {Record<string, boolean>} stages */
  stages(stages) {
    for (const { key, caption } of this.frames.slice(1)) {
      caption.setAttribute("aria-pressed", String(stages[key]));
    }
  }
}
