// Small parts that the pictures of "Words as vectors" share.

import { activeBeside, el } from "../kit/dom.js";
import { onEnter } from "../kit/keys.js";

let fields = 0;

// What of a config names a run: only Word2Vec has an objective.
/** @param {Config} options */
export const settingsOf = ({ objective, negatives, ...config }) =>
  ["skip_gram", "cbow"].includes(config.method) ? { ...config, objective, negatives } : config;

/**
 * The question that opens a cosine: "near.WORD" with the selected word, "sum.WORD" with a − b + c.
 * @param {string} chosen
 * @param {string} word
 * @param {{ a: string, b: string, c: string }} sum
 * @returns {NumberQuery | null}
 */
export function cosineQuery(chosen, word, sum) {
  const [, kind, other] = chosen.match(/^(near|sum)\.(.*)$/) ?? [];
  if (!kind) return null;
  const words = kind === "near" ? { a: word, b: other } : { ...sum, d: other };
  return { query: { about: "cosine", ...words, array: "cosine", index: "" }, rows: [] };
}

/**
 * The question that opens the share of analogies that a run answers right: "score.NAME.RUN".
 * @param {string} chosen
 * @returns {NumberQuery | null}
 */
export function scoreQuery(chosen) {
  const [, array, of] = chosen.match(/^score\.(excluding|including)\.(.+)$/) ?? [];
  return of ? { query: { about: "score", array, index: "" }, rows: [], of } : null;
}

// A field for one word of the vocabulary; another text is marked and changes nothing. open: other
// words count too, once Enter is pressed: the vocabulary is longer than the list.
export class WordField {
  /** @type {string[]} */
  words = [];
  word = "";

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
    this.input = onEnter(el("input", { type: "text", list, "data-fp": `field-${name}`,
      "aria-label": label, autocomplete: "off", spellcheck: "false",
      oninput: () => this.typed(false), onchange: () => this.typed(true),
      onfocus: () => { this.input.select(); } }), () => this.typed(true));
    this.element = el("label", { class: "word-field" }, el("span", { class: "note" }, label),
      this.input, this.options);
  }

  /** @param {boolean} ended */
  typed(ended) {
    const word = this.input.value.trim();
    const counts = this.words.includes(word) || (this.open && ended && word !== "");
    this.input.setAttribute("aria-invalid", String(!counts));
    if (word !== this.word && counts) this.onWord(word);
  }

  /** @param {string[]} words @param {string} word */
  paint(words, word) {
    const { input } = this;
    const other = this.word !== word || this.words !== words;
    if (this.words !== words) {
      this.options.replaceChildren(...words.slice(0, 1000).map((value) => el("option", { value })));
    }
    this.words = words;
    this.word = word;
    const typing =
      activeBeside(input) === input && input.getAttribute("aria-invalid") === "true";
    if (!other && typing) return;
    if (input.value !== word) input.value = word;
    input.setAttribute("aria-invalid", "false");
  }
}
