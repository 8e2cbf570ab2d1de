// @ts-nocheck
// From the drawing to what the network sees, one stage after the other, each with the answer that
// it would have had.

import { button, contextOf, el, fill, percent, say } from "../kit/dom.js";

export class Strip {
  /** @param {DigitWords} words @param {{ onToggle: (key: any) => void }} options */
  constructor(words, { onToggle }) {
    this.words = words;
    this.frames = words.stages.map(({ key, name, help }, i) => {
      const canvas = el("canvas", { width: 28, height: 28, "data-fp": `stage-${key}` });
      const answer = el("output", { "data-fp": `answer-${key}` });
      const caption = i === 0 ? el("span", { class: "stage", title: help }, name)
        : button(name, () => onToggle(key),
          { class: "stage", title: help, "aria-pressed": "true" });
      return { key, canvas, answer, caption,
        element: el("figure", { class: "frame" }, canvas, caption, answer) };
    });
    this.note = el("p", { class: "note" });
    this.element = el("div", { class: "strip", "data-block": "strip" },
      el("h3", {}, words.stripTitle),
      el("div", { class: "frames" }, ...this.frames.map((frame) => frame.element)), this.note);
  }

  /** @param {TraceStrip} what @param {Palette} palette */
  paint({ codes, answers }, palette) {
    const final = answers[answers.length - 1];
    /** @param {TraceVerdict} options */
    const parts =
      ({ digit, isDigit }) => isDigit !== final.isDigit || (isDigit && digit !== final.digit);
    this.frames.forEach((frame, i) => {
      const context = contextOf(frame.canvas);
      const image = context.createImageData(28, 28);
      const pixels = new Uint32Array(image.data.buffer);
      for (let k = 0; k < 784; k++) pixels[k] = palette.size[127 + (codes[784 * i + k] >> 1)];
      context.putImageData(image, 0, 0);
      const { digit, probability, isDigit } = answers[i];
      say(frame.answer, isDigit ? `${digit}` : this.words.noDigit);
      frame.answer.title = fill(this.words.stageAnswer, { digit, share: percent(probability) });
      frame.answer.dataset.digit = isDigit ? digit : "";
      frame.element.classList.toggle("differs", parts(answers[i]));
    });
    const first = answers[0];
    /** @param {TraceVerdict} options */
    const said = ({ digit, isDigit }) => (isDigit ? String(digit) : this.words.notADigit);
    say(this.note, parts(first)
      ? fill(this.words.wouldHaveMissed, { naive: said(first), answer: said(final) })
      : this.words.sameAnswer);
  }

  /** @param {Record<string, boolean> | undefined} stages */
  stages(stages) {
    for (const { key, caption } of this.frames.slice(1)) {
      caption.setAttribute("aria-pressed", String(stages[key]));
    }
  }
}
