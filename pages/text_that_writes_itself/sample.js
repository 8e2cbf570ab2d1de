// What the network writes: each letter can be chosen, with the pointer or the arrow keys, and shows
// the candidates that it was drawn from.

import { arrow, head } from "../kit/controls.js";
import { action, button, el, fill, percent, say, stands, targetOf, walkable } from "../kit/dom.js";
import { Knob } from "../kit/knob.js";
import { spoken } from "./number.js";
/** @import { OnNumber } from "../kit/trace_number.js" */

const DRAWS = 10_000;
const LINE = 40; // letters that an arrow up or down goes

export class Sample {
  /** @type {WritingSampleAnswer | null} */
  answer = null;
  /** @type {HTMLElement[]} the span of each letter */
  spans = [];
  at = 0;

  /**
   * @param {WritingWords} words
   * @param {WritingData["limits"]} limits of the knobs
   * @param {{ onLook: (change: object) => void, onNumber: OnNumber }} told
   */
  constructor(words, limits, { onLook, onNumber }) {
    this.words = words;
    this.onLook = onLook;
    this.onNumber = onNumber;
    this.knob = new Knob({ name: "temperature", label: words.temperature,
      help: words.temperatureHelp, ...range(limits.temperature),
      show: (value) => value.toFixed(2) },
    { onInput: (_, temperature) => onLook({ temperature }) });
    this.topK = new Knob({ name: "top-k", label: words.topK, help: words.topKHelp,
      ...range(limits.top_k), show: (value) => (value ? String(value) : words.all) },
    { onInput: (_, most) => onLook({ top_k: most }) });
    this.topP = new Knob({ name: "top-p", label: words.topP, help: words.topPHelp,
      ...range(limits.top_p), show: (value) => value.toFixed(2) },
    { onInput: (_, share) => onLook({ top_p: share }) });
    this.draw = 0;
    this.again = action(words.again, () => onLook({ draw: (this.draw + 1) % DRAWS }),
      { "data-fp": "write-again" });
    this.text = el("p", { class: "text sampled", "data-fp": "written",
      ...walkable(words.sampleLabel) });
    this.text.addEventListener("click", (event) => {
      const at = targetOf(event).dataset.at;
      if (at) onLook({ letter: Number(at) });
    });
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.title = el("h2", { "data-fp": "candidates-title" });
    this.after = el("span", { class: "note" });
    this.list = el("ol", { class: "candidates" });
    this.element = el("section", { class: "sample", "data-block": "sample" },
      head(words.sampleTitle, words.sampleNote),
      el("div", { class: "manner" }, this.knob.element, this.topK.element, this.topP.element,
        this.again),
      el("div", { class: "both" }, this.text,
        el("section", { "data-block": "candidates" },
          el("div", { class: "head" }, this.title, this.after), this.list)));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const by = arrow(event);
    if (!by || !this.spans.length) return;
    event.preventDefault();
    event.stopPropagation();
    const to = this.at + by[1] + LINE * by[0];
    this.onLook({ letter: Math.max(0, Math.min(this.spans.length - 1, to)) });
  }

  /** @param {WritingSampleAnswer} answer */
  take(answer) {
    this.answer = answer;
    this.spans = [];
    const written = /** @type {[string, number][]} */ (answer.written);
    this.text.replaceChildren(...written.map(([character, count]) => {
      const last = this.spans.length + count - 1;
      const span = el("span", { "data-at": last, class: character === "\n" ? "end" : null },
        character);
      for (let i = 0; i < count; i++) this.spans.push(span);
      return span;
    }));
  }

  /**
   * @param {{ temperature: number, draw: number, top_k: number, top_p: number,
   *   letter: number }} look
   */
  paint({ temperature, draw, top_k: topK, top_p: topP, letter }) {
    this.knob.value = temperature;
    this.topK.value = topK;
    this.topP.value = topP;
    this.draw = draw;
    const { answer, words } = this;
    if (!answer) return;
    this.spans[this.at]?.classList.remove("chosen");
    this.at = Math.min(letter, this.spans.length - 1);
    const { at } = this;
    this.spans[at].classList.add("chosen");
    const name = spoken(words.letters, answer.letters[at]);
    stands(this.text, name, at, this.spans.length - 1);
    say(this.title, fill(words.candidates, { letter: name }));
    const before = answer.letters.slice(Math.max(0, at - 12), at).join("").normalize("NFC");
    say(this.after, before && fill(words.candidatesNote, { before: `…${before}` }));
    const rows = [.../** @type {[number, number, number][]} */ (answer.candidates[at])];
    if (!rows.some(([number]) => number === answer.numbers[at])) {
      rows.push([answer.numbers[at], answer.shares[at], answer.shares[at]]);
    }
    const rest = 1 - rows.reduce((sum, [, , share]) => sum + share, 0);
    this.list.replaceChildren(...rows.map((row) => this.row(...row)),
      el("li", { class: "note" }, el("b", {}, words.others), bar(Math.max(0, rest)),
        el("span", {}, percent(Math.max(0, rest)))));
  }

  // What is cut shows the probability that it had.
  /** @param {number} number @param {number} p @param {number} share that it is drawn with */
  row(number, p, share) {
    const { answer, at, words } = this;
    const drawn = answer?.numbers[at] === number;
    const cut = share === 0 && Boolean(answer?.cuts);
    const array = answer?.cuts && !cut ? "shares" : "probabilities";
    const value = cut ? p : share;
    return el("li", { class: drawn ? "won" : cut ? "cut" : null,
      title: drawn ? words.drawn : cut ? words.isCut : null },
    el("b", {}, spoken(words.letters, answer?.kinds[number] ?? "")), bar(value),
    button(percent(value), () => this.onNumber({ array, index: [at, number] }),
      { class: "opens", "data-fp": `share-${number}`, "data-value": value }));
  }
}

/** @param {{ low: number, high: number, step: number | null }} kind */
const range = ({ low, high, step }) => ({ low, high, step: step ?? 1 });

/** @param {number} share */
const bar = (share) => el("span", { class: "track" },
  el("i", { class: "bar", style: `transform: scaleX(${share})` }));
