// @ts-nocheck
// "Your own vectors": a file of vectors that was trained elsewhere, its most frequent words as a
// map, neighbours and sums of words in all of it. The server keeps the file while the page is open;
// the numbers come from its route.

import { el, fill, say, styles } from "../kit/dom.js";
import { mounted, View } from "../kit/view.js";
import { Analogy } from "./analogy.js";
import { Inspections } from "../kit/run/inspections.js";
import { PointMap } from "./map.js";
import { Near } from "./near.js";
import { WordField } from "./parts.js";

const style = await styles("kit/base.css", "kit/run/panel.css", "words_as_vectors/view.css");

export const { mount, unmount } = mounted(() => FilesView);

/** @extends {View<FilesData>} */
class FilesView extends View {
  /** @type {{ id: string, name: string, words: string[], plane: number[][] }} */
  file;
  /** @type {string[]} */
  mapped;
  /** @type {{ words: string[], index: Map<string, number>, examples: any[] }} */
  vocabulary;
  /** @type {any} */
  word;

  /** @param {HTMLElement} host @param {FilesData} data @param {Send} send */
  constructor(host, data, send) {
    const { words } = data;
    super(host, data, send, { name: "own", classes: "vectors", style });
    this.view = { ...data.view };
    this.inspections = this.own(new Inspections(`${data.base}/language/vectors`,
      { onTrouble: (sentence) => say(this.trouble, sentence ?? "") }));
    this.map = this.own(new PointMap({ key: "own", label: words.mapLabel,
      onPick: (i) => this.change({ word: this.mapped[i], arrows: false }) }));
    this.field = new WordField("own-word", words.word,
      (word) => this.change({ word, arrows: false }), { open: true });
    this.near = new Near(words, { onPick: (word) => this.change({ word, arrows: false }) });
    this.analogy = new Analogy(words,
      { onChange: (analogy) => this.change({ ...analogy, arrows: true }), open: true });
    this.about = el("p", { class: "note", "data-fp": "own-about" });
    this.trouble = el("p", { class: "wrong", role: "status", "data-fp": "own-trouble" });
    this.root.append(el("div", { class: "above" }, this.about, this.trouble),
      el("div", { class: "row", "data-block": "own-vectors" },
        el("section", {}, el("div", { class: "tools" }, this.field.element), this.map.element),
        el("div", { class: "side" }, this.near.element, this.analogy.element)));
    this.begin(".row");
  }

  /** @param {FilesData} data */
  adopt(data) {
    this.view = { ...data.view };
    super.adopt(data);
  }

  compare() {
    this.repaint();
  }

  /** @param {{ word: string, arrows: boolean }} change */
  change(change) {
    Object.assign(this.view, change);
    this.repaint();
    this.notify();
  }

  report() {
    return this.view;
  }

  repaint() {
    const { data, view, words } = this;
    const { file } = data;
    if (this.file?.id !== file.id) {
      this.file = file;
      this.mapped = file.words;
      this.vocabulary =
        { words: file.words, index: new Map(file.words.map((word, i) => [word, i])), examples: [] };
      this.inspections.forget();
    }
    const { vocabulary } = this;
    const scene = { view, vocabulary, run: { id: file.id },
      ask: (/** @type {string} */ name, /** @type {any} */ query, /** @type {any} */ hear) =>
        this.inspections.ask(name, { run: file.id, step: 0 }, query, hear) };
    say(this.about, fill(words.about, file));
    this.word = view.word || file.words[0];
    this.field.paint(file.words, this.word);
    this.near.paint(scene, this.word, () => this.paintMap());
    this.analogy.paint(scene, "", () => this.paintMap());
    this.paintMap();
  }

  paintMap() {
    const { file, vocabulary, palette } = this;
    /** @param {string} word */
    const index = (word) => vocabulary.index.get(word);
    const near = this.near.nearest.map(index).filter((/** @type {number} */ i) => i != null);
    this.map.paint({ words: file.words, points: file.plane, chosen: index(this.word) ?? null,
      near }, palette);
    this.painted();
    this.root.dataset.word = this.word;
  }
}
