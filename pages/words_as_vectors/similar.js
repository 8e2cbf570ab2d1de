// The cosines of many pairs of words at once, as a heat map: words of one kind stand beside each
// other. Clicking a cosine opens it.

import { head } from "../kit/controls.js";
import { el, fill, number, say } from "../kit/dom.js";
import { initialPalette } from "../kit/palette.js";
import { WordMap } from "../kit/word_map.js";

const KINDS = 3; // more would be too small to read
const MOST = 32; // words of a text that has no kinds

export class Similar {
  /** @type {(VectorsSimilarAnswer & { run: string }) | null} */
  answer = null;
  word = "";
  kinds = 0;
  palette = initialPalette;

  /**
   * @param {VectorsWords} words
   * @param {{ onPick: (word: string, other?: string) => void }} options other: the second word of
   *   a cosine
   */
  constructor(words, { onPick }) {
    this.words = words;
    /** @param {number} i */
    const word = (i) => this.answer?.words[i] ?? "";
    this.map = new WordMap({ key: "similar", words: { reads: "", isRead: "" },
      labelOf: (row, column, value) => fill(words.cosineOf,
        { a: word(row), b: word(column), value: number(value ?? 0) }),
      onPick: (row, column) => onPick(word(row), word(column)),
      onWord: (_, i) => onPick(word(i)) });
    this.sentence = el("p", { class: "note", "data-fp": "similar-range" });
    this.element = el("section", { class: "similar", "data-block": "similar" },
      head(words.similarTitle, words.similarNote),
      el("div", { class: "scroll" }, this.map.element), this.sentence);
  }

  /** @param {VectorsScene} scene @param {string} word @param {Palette} palette */
  paint({ ask, vocabulary, run }, word, palette) {
    this.word = word;
    this.palette = palette;
    this.kinds = vocabulary.kinds.length;
    const words =
      vocabulary.kinds.slice(0, KINDS).join(",") || vocabulary.words.slice(0, MOST).join(",");
    ask("similar", { words }, (answer, about) => {
      this.answer = { ...answer, run: about.run };
      this.show(this.answer);
    });
    if (this.answer?.run === run.id) this.show(this.answer);
  }

  /** @param {VectorsSimilarAnswer} answer */
  show({ words, cosines }) {
    const values = Float32Array.from(cosines.flat());
    const at = words.indexOf(this.word);
    this.map.paint({ labels: words, values, largest: 1, signed: true, asked: at < 0 ? null : at },
      this.palette);
    say(this.sentence, fill(this.words[this.kinds ? "similarRange" : "similarFirst"],
      { count: words.length }));
  }
}
