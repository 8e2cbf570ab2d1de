// "Your own vectors": a file of vectors that was trained elsewhere, its most frequent words as a map, neighbours and sums of
// words in all of it. The server keeps the file while the page is open; the numbers come from its route.

import { el, fill, say, styles } from "../kit/dom.js";
import { followSteps, step } from "../kit/steps.js";
import { onThemeChange, palette } from "../kit/theme.js";
import { Analogy } from "./analogy.js";
import { Looks } from "../kit/looks.js";
import { PointMap } from "./map.js";
import { Near } from "./near.js";
import { WordField } from "./parts.js";
import { mounted } from "../kit/views.js";

const style = await styles("kit/base.css", "kit/panel.css", "words_as_vectors/view.css");
const REST = 150; // ms of standstill until the page is told

export const { mount, unmount } = mounted((...all) => new FilesView(...all));

class FilesView {
  constructor(host, data, send) {
    const { words } = data;
    Object.assign(this, { host, data, send, words, view: { ...data.view } });
    this.looks = new Looks(`${data.base}/language/vectors`, { onTrouble: (sentence) => say(this.trouble, sentence ?? "") });
    this.map = new PointMap({ key: "own", label: words.mapLabel, onPick: (i) => this.change({ word: this.mapped[i], arrows: false }) });
    this.field = new WordField("own-word", words.word, (word) => this.change({ word, arrows: false }), { open: true });
    this.near = new Near(words, { onPick: (word) => this.change({ word, arrows: false }) });
    this.analogy = new Analogy(words, { onChange: (analogy) => this.change({ ...analogy, arrows: true }), open: true });
    this.about = el("p", { class: "note", "data-fp": "own-about" });
    this.trouble = el("p", { class: "wrong", role: "status", "data-fp": "own-trouble" });
    this.root = el("div", { class: "fp vectors", "data-fp": "own" }, el("style", {}, style),
      el("div", { class: "above" }, this.about, this.trouble),
      el("div", { class: "row", "data-block": "own-vectors" },
        el("section", {}, el("div", { class: "tools" }, this.field.element), this.map.element),
        el("div", { class: "side" }, this.near.element, this.analogy.element)));
    host.append(this.root);
    this.theme();
    onThemeChange(this.root, () => this.theme());
    this.leaveSteps = followSteps((detail) => step(this.root, detail, ".row"));
  }

  close() {
    clearTimeout(this.telling);
    this.looks.stop();
    this.map.close();
    this.leaveSteps();
    this.root.remove();
  }

  receive(data, send) {
    const { revision, session } = this.data;
    Object.assign(this, { data, send });
    if (data.session !== session) this.tell();
    else if (data.revision !== revision) this.view = { ...data.view };
    this.paint();
  }

  change(change) {
    Object.assign(this.view, change);
    this.paint();
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.tell(), REST);
  }

  tell() {
    this.send("view", { ...this.view, told: performance.now() });
  }

  theme() {
    this.palette = palette(this.root);
    this.paint();
  }

  paint() {
    const { data, view, words } = this;
    const { file } = data;
    if (this.file?.id !== file.id) {
      this.file = file;
      this.mapped = file.words;
      this.vocabulary = { words: file.words, index: new Map(file.words.map((word, i) => [word, i])), examples: [] };
      this.looks.forget();
    }
    const { vocabulary } = this;
    const scene = { view, vocabulary, run: { id: file.id }, ask: (name, query, hear) => this.looks.ask(name, { run: file.id, step: 0 }, query, hear) };
    say(this.about, fill(words.about, file));
    this.word = view.word || file.words[0];
    this.field.paint(file.words, this.word);
    this.near.paint(scene, this.word, () => this.paintMap());
    this.analogy.paint(scene, "", () => this.paintMap());
    this.paintMap();
  }

  paintMap() {
    const { file, vocabulary, palette } = this;
    const index = (word) => vocabulary.index.get(word);
    const near = this.near.nearest.map(index).filter((i) => i != null);
    this.map.paint({ words: file.words, points: file.plane, chosen: index(this.word) ?? null, near }, palette);
    this.root.dataset.answers = (this.answers = (this.answers ?? 0) + 1);
    this.root.dataset.word = this.word;
  }
}
