// One unit of the hidden state, coloured over held-out text, and which units follow what can be
// read off the text at each letter.

import { choices, head, press } from "../kit/controls.js";
import { button, el, fill, number, say } from "../kit/dom.js";

export class Units {
  /** @type {WritingUnitsAnswer | null} */
  answer = null;
  /** @type {HTMLElement[]} the span of each letter */
  spans = [];

  /** @param {WritingWords} words @param {{ onLook: (change: object) => void }} told */
  constructor(words, { onLook }) {
    this.words = words;
    this.onLook = onLook;
    this.properties = choices("property",
      /** @type {[string, string][]} */ (Object.entries(words.properties)),
      (property) => onLook({ property, watched: -1 }), { "aria-label": words.unitsTitle });
    this.note = el("p", { class: "note" });
    this.ranked = el("div", { class: "chips", "data-fp": "ranked" });
    this.title = el("p", { "data-fp": "unit-title" });
    this.text = el("p", { class: "text over", role: "img", "data-fp": "unit-text" });
    this.element = el("section", { class: "units", "data-block": "units" },
      head(words.unitsTitle, words.unitsNote), this.properties, this.note, this.ranked, this.title,
      this.text);
  }

  /** @param {WritingUnitsAnswer} answer */
  take(answer) {
    this.answer = answer;
    this.spans = [];
    const written = /** @type {[string, number][]} */ (answer.written);
    this.text.replaceChildren(...written.map(([character, count]) => {
      const span = el("span", { class: character === "\n" ? "end" : null }, character);
      for (let i = 0; i < count; i++) this.spans.push(span);
      return span;
    }));
  }

  /** @param {Palette} palette */
  paint(palette) {
    const { answer, words } = this;
    if (!answer) return;
    const { property, unit, values, letters } = answer;
    const r = number(answer.r, 2);
    /** @type {Record<string, [number, number][]>} */
    const ranked = Object.fromEntries(Object.entries(answer.ranked));
    /** @type {Record<string, number>} */
    const chance = Object.fromEntries(Object.entries(answer.chance));
    press(this.properties, property);
    for (const choice of this.properties.querySelectorAll("button")) {
      choice.hidden = !((choice.dataset.value ?? "") in ranked);
    }
    say(this.note, `${fill(words.ranked, { letters })}; ${
      fill(words.chance, { r: number(chance[property], 2) })}`);
    this.ranked.replaceChildren(...ranked[property].map(([at, follows]) =>
      button(`${fill(words.unit, { unit: at })}: ${number(follows, 2)}`,
        () => this.onLook({ property, watched: at }),
        { "data-fp": `unit-${at}`, "aria-pressed": String(at === unit) })));
    say(this.title, fill(words.unitIs, { unit, r }));
    this.text.setAttribute("aria-label",
      fill(words.unitsLabel, { unit, r, property: words.properties[property] }));
    this.spans.forEach((span, i) => Object.assign(span.style, palette.cell(values[i])));
    this.text.dataset.unit = String(unit);
  }
}
