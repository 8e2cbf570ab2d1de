// The answer: ten logits, ten calibrated probabilities as bars, and whether this is a digit at all.

import { button, el, fill, number, percent, say } from "../kit/dom.js";

export class Answer {
  /** @param {DigitWords} words @param {{ onPlace: (place: DigitViewPlace) => void }} options */
  constructor(words, { onPlace }) {
    this.words = words;
    this.verdict = el("p", { class: "verdict", "aria-live": "polite", "data-fp": "verdict" });
    this.digit = el("span", { class: "digit", "aria-hidden": "true" }); // the verdict says it
    this.rows = Array.from({ length: 10 }, (_, map) => {
      /** @param {string} name @param {string} layer */
      const open = (name, layer) => button("", () => onPlace({ layer, map, row: 0, column: 0 }),
        { class: name, "data-fp": `${layer === "logits" ? "logit" : "probability"}-${map}` });
      const [logit, share] = [open("logit", "logits"), open("share", "probabilities")];
      const bar = el("i", { class: "bar" });
      return { logit, share, bar, element: el("li", {}, el("b", {}, String(map)), logit,
        el("span", { class: "track" }, bar), share) };
    });
    this.element = el("figure", { class: "layer answer", "data-block": "answer" },
      el("div", { class: "says" }, this.digit, this.verdict),
      el("figcaption", {}, el("b", {}, words.layers.logits), el("span", {}, words.softmax)),
      el("ol", {}, ...this.rows.map((row) => row.element)));
  }

  /** @param {Trace} answer */
  paint({ logits, probabilities, verdict: { digit: best, isDigit, reason } }) {
    this.rows.forEach(({ logit, share, bar, element }, digit) => {
      say(logit, number(logits[digit], 1));
      say(share, percent(probabilities[digit]));
      logit.dataset.value = String(logits[digit]);
      share.dataset.value = String(probabilities[digit]);
      bar.style.transform = `scaleX(${probabilities[digit]})`;
      element.classList.toggle("won", isDigit && digit === best);
    });
    const { reasons, answerIs, refused, noDigit } = this.words;
    say(this.digit, isDigit ? String(best) : noDigit);
    this.digit.classList.toggle("won", isDigit);
    say(this.verdict, isDigit ? fill(answerIs, { digit: best, share: percent(probabilities[best]) })
      : fill(refused, { reason: reasons[reason] ?? "" }));
    this.verdict.dataset.digit = isDigit ? String(best) : "";
    this.element.classList.toggle("refused", !isDigit);
  }

  /** @param {DigitViewPlace} place */
  select({ layer, map }) {
    this.rows.forEach(({ logit, share }, digit) => {
      logit.classList.toggle("chosen", layer === "logits" && map === digit);
      share.classList.toggle("chosen", layer === "probabilities" && map === digit);
    });
  }
}
