// @ts-nocheck
// The cosines of many pairs of words at once, as a heat map: words of one kind stand beside each
// other.

import { el, fill, number, say } from "../kit/dom.js";
import { WordMap } from "../kit/word_map.js";

const KINDS = 3; // more would be too small to read
const MOST = 32; // words of a text that has no kinds

export class Similar {
  constructor(words, { onPick }) {
    this.words = words;
    const says = (row, column, value) => fill(words.cosineOf,
      { a: this.names?.[row], b: this.names?.[column], value: number(value ?? 0) });
    this.map = new WordMap({ key: "similar", words: { reads: "", isRead: "" }, says,
      onPick: (row, column) => onPick(this.names[row], this.names[column]),
      onWord: (_, i) => onPick(this.names[i]) });
    this.sentence = el("p", { class: "note", "data-fp": "similar-range" });
    this.element = el("section", { class: "similar", "data-block": "similar" },
      el("div", { class: "head" }, el("h3", {}, words.similarTitle),
        el("span", { class: "note" }, words.similarNote)),
      el("div", { class: "scroll" }, this.map.element), this.sentence);
  }

  paint({ ask, vocabulary, run }, word, palette) {
    this.word = word;
    this.palette = palette;
    this.kinds = vocabulary.kinds.length;
    const words =
      vocabulary.kinds.slice(0, KINDS).join(",") || vocabulary.words.slice(0, MOST).join(",");
    ask("similar", { words }, (found, about) => {
      this.found = { ...found, run: about.run };
      this.show();
    });
    if (this.found?.run === run.id) this.show();
  }

  show() {
    const { found, palette } = this;
    this.names = found.words;
    const values = Float32Array.from(found.cosines.flat());
    const at = found.words.indexOf(this.word);
    this.map.paint({ labels: found.words, values, largest: 1, signed: true,
      asked: at < 0 ? null : at }, palette);
    say(this.sentence, fill(this.words[this.kinds ? "similarRange" : "similarFirst"],
      { count: found.words.length }));
  }
}
