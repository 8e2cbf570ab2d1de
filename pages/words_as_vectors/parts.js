// Small parts that the pictures of "Words as vectors" share.

import { activeBeside, el } from "../kit/dom.js";

let fields = 0;

// What of a config names a run: only Word2Vec has an objective.
/** @param {Config} options */
export const told = ({ objective, negatives, ...config }) =>
  ["skip_gram", "cbow"].includes(config.method) ? { ...config, objective, negatives } : config;

// A field for one word of the vocabulary; another text is marked and changes nothing. open: other
// words count too, once Enter is pressed: the vocabulary is longer than the list.
export class WordField {
  /** @type {any} */
  words;
  /** @type {any} */
  word;

  /**
   * @param {string} name
   * @param {string} label
   * @param {(word: string) => void} onWord
   * @param {{ open?: boolean }} [options]
   */
  constructor(name, label, onWord, { open = false } = {}) {
    this.onWord = onWord;
    this.open = open;
    const list = `fp-words-${fields++}`;
    this.options = el("datalist", { id: list });
    this.input = el("input", { type: "text", list, "data-fp": `field-${name}`, "aria-label": label,
      autocomplete: "off", spellcheck: "false" });
    this.element = el("label", { class: "word-field" }, el("span", { class: "note" }, label),
      this.input, this.options);
    this.input.addEventListener("input", () => this.typed(false));
    this.input.addEventListener("change", () => this.typed(true));
    this.input.addEventListener("focus", () => this.input.select());
  }

  /** @param {boolean} ended */
  typed(ended) {
    const word = this.input.value.trim();
    const known = this.words.includes(word);
    this.input.setAttribute("aria-invalid", String(!known && !(this.open && ended)));
    if (word !== this.word && (known || (this.open && ended && word))) this.onWord(word);
  }

  /** @param {string[]} words @param {string} word */
  paint(words, word) {
    if (this.words !== words) {
      this.options.replaceChildren(...words.slice(0, 1000).map((value) => el("option", { value })));
    }
    const other = this.word !== word || this.words !== words;
    this.words = words;
    this.word = word;
    const held = activeBeside(this.input) === this.input
      && this.input.getAttribute("aria-invalid") === "true";
    if (other || !held) {
      if (this.input.value !== word) this.input.value = word;
      this.input.setAttribute("aria-invalid", "false");
    }
  }
}
