// @ts-nocheck
// The answer: ten logits, ten calibrated probabilities as bars, and whether this is a digit at all.

import { button, el, fill, number, percent, say } from "../kit/dom.js";

export class Answer {
  /**
   * @param {DigitWords} words
   * @param {{ onPlace: (a: { layer: string, map: number, row: number,
   *   column: number }) => void }} options
   */
  constructor(words, { onPlace }) {
    this.words = words;
    this.verdict = el("p", { class: "verdict", "aria-live": "polite", "data-fp": "verdict" });
    this.rows = Array.from({ length: 10 }, (_, digit) => {
      const logit = button("", () => onPlace({ layer: "logits", map: digit, row: 0, column: 0 }),
        { class: "logit", "data-fp": `logit-${digit}` });
      const share = button("", () => onPlace({ layer: "probabilities", map: digit, row: 0,
        column: 0 }), { class: "share", "data-fp": `probability-${digit}` });
      const bar = el("i", { class: "bar" });
      return { logit, share, bar, element: el("li", {}, el("b", {}, String(digit)), logit,
        el("span", { class: "track" }, bar), share) };
    });
    this.element = el("figure", { class: "layer answer", "data-block": "answer" },
      el("figcaption", {}, el("b", {}, words.layers.logits), el("span", {}, words.softmax)),
      el("ol", {}, ...this.rows.map((row) => row.element)), this.verdict);
  }

  /** @param {Trace} options */
  paint({ logits, probabilities, verdict }) {
    const best = verdict.isDigit ? verdict.digit : -1;
    this.rows.forEach(({ logit, share, bar, element }, digit) => {
      say(logit, number(logits[digit], 1));
      say(share, percent(probabilities[digit]));
      logit.dataset.value = logits[digit];
      share.dataset.value = probabilities[digit];
      bar.style.transform = `scaleX(${probabilities[digit]})`;
      element.classList.toggle("won", digit === best);
    });
    const { reasons, answerIs, refused } = this.words;
    say(this.verdict, verdict.isDigit
      ? fill(answerIs, { digit: verdict.digit, share: percent(probabilities[verdict.digit]) })
      : fill(refused, { reason: reasons[verdict.reason] ?? "" }));
    this.verdict.dataset.digit = verdict.isDigit ? verdict.digit : "";
    this.element.classList.toggle("refused", !verdict.isDigit);
  }

  /** @param {number} place */
  select(place) {
    this.rows.forEach(({ logit, share }, digit) => {
      logit.classList.toggle("chosen", place.layer === "logits" && place.map === digit);
      share.classList.toggle("chosen", place.layer === "probabilities" && place.map === digit);
    });
  }
}
