// "Your own vectors": a file of vectors that was trained elsewhere, its most frequent words as a
// map, neighbours and sums of words in all of it. The server keeps the file while the page is open;
// the numbers come from its route.

import { el, fill, say, styles } from "../kit/dom.js";
import { Inspections } from "../kit/run/inspections.js";
import { mounted, View } from "../kit/view.js";
import { Analogy } from "./analogy.js";
import { NumberOpened } from "./arithmetic.js";
import { PointMap } from "./map.js";
import { Near } from "./near.js";
import { cosineQuery, WordField } from "./parts.js";

const style = await styles("kit/base.css", "kit/run/panel.css", "kit/opened.css",
  "words_as_vectors/view.css");

export const { mount, unmount } = mounted(() => FilesPicture);

/** @extends {View<FilesData>} */
class FilesPicture extends View {
  /** @type {FilesData["file"] | null} */
  file = null;
  /** @type {WordList} */
  vocabulary = { words: [], index: new Map(), examples: [] };
  word = "";

  /** @param {HTMLElement} host @param {FilesData} data @param {Send} send */
  constructor(host, data, send) {
    const { words } = data;
    super(host, data, send, { name: "own", classes: "vectors", style });
    this.view = { ...data.view };
    this.inspections = this.own(new Inspections(`${data.base}/language/vectors`,
      { onTrouble: (sentence) => say(this.trouble, sentence ?? "") }));
    /** @param {string} word */
    const choose = (word) => this.change({ word });
    this.map = this.own(new PointMap({ key: "own", label: words.mapLabel,
      onPick: (i) => choose(this.vocabulary.words[i]) }));
    this.field = new WordField("own-word", words.word, choose, { open: true });
    this.near = new Near(words, { onPick: choose,
      onNumber: (other) => this.change({ number: `near.${other}` }) });
    this.analogy = new Analogy(words, { onChange: (sum) => this.change(sum), open: true,
      onNumber: (other) => this.change({ number: `sum.${other}` }) });
    this.number = new NumberOpened(words);
    this.about = el("p", { class: "note", "data-fp": "own-about" });
    this.trouble = el("p", { class: "wrong", role: "status", "data-fp": "own-trouble" });
    this.root.append(el("div", { class: "above" }, this.about, this.trouble),
      el("div", { class: "row", "data-block": "own-vectors" },
        el("section", {}, el("div", { class: "tools" }, this.field.element), this.map.element),
        el("div", { class: "side" }, this.near.element, this.analogy.element)),
      this.number.element);
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

  /** @param {Partial<FilesData["view"]>} change */
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
      const index = new Map(file.words.map((word, i) => [word, i]));
      this.vocabulary = { words: file.words, index, examples: [] };
      this.inspections.forget();
    }
    /** @type {WordScene} */
    const scene = { view, vocabulary: this.vocabulary, run: { id: file.id },
      ask: (name, query, receive) =>
        this.inspections.ask(name, { run: file.id, step: 0 }, query, receive) };
    say(this.about, fill(words.about, file));
    this.word = view.word || file.words[0];
    this.field.paint(file.words, this.word);
    this.near.paint(scene, this.word, () => this.paintMap());
    this.analogy.paint(scene, "", () => this.paintMap());
    this.openNumber(scene);
    this.paintMap();
  }

  /** @param {WordScene} scene */
  openNumber({ ask }) {
    const asked = cosineQuery(this.view.number, this.word, this.analogy.sum);
    if (!asked) return this.number.clear();
    const { query } = asked;
    ask("arithmetic", query, ({ opened }) => this.number.paint(opened,
      { vocabulary: [], rows: [], asked: query, palette: this.palette }));
  }

  paintMap() {
    const { vocabulary: { words, index }, word } = this;
    this.map.paint({ words, points: this.data.file.plane, chosen: index.get(word) ?? null,
      near: this.near.nearest.flatMap((near) => index.get(near) ?? []) }, this.palette);
    this.painted();
    this.root.dataset.word = word;
  }
}
