// "Count instead": how often words stand near each other, as a heat map, and what GloVe and PPMI make of one of its cells.

import { el, fill, number, say } from "./dom.js";
import { choices, press } from "./vectors_parts.js";
import { WordMap } from "./word_map.js";

export class Counts {
  constructor(words, { change }) {
    Object.assign(this, { words, change });
    this.kinds = choices("kind", words.kinds, (kind) => change({ kind }));
    const says = (row, column, value) => fill(words.countSays, { a: this.names?.[row], b: this.names?.[column], value: number(value ?? 0, 2) });
    this.map = new WordMap({
      key: "counts", words: { reads: words.word, isRead: words.near }, says,
      onPick: (row, column) => change({ row: this.names[row], column: this.names[column] }),
      onWord: (which, i) => change({ [which === "from" ? "row" : "column"]: this.names[i] }),
    });
    this.about = el("p", { class: "note hint" });
    this.title = el("h3", { "data-fp": "cell-title" });
    this.lines = el("div", { class: "derivation", "data-fp": "cell" });
    this.element = el("div", { class: "counts" },
      el("div", { class: "row" },
        el("section", { "data-block": "counts" }, el("div", { class: "tools" }, this.kinds), el("div", { class: "scroll" }, this.map.element), this.about),
        el("section", { "data-block": "cell" }, this.title, this.lines)));
  }

  close() {}

  paint({ view, ask, vocabulary, run }, palette) {
    Object.assign(this, { view, palette });
    press(this.kinds, view.kind);
    say(this.about, this.words.kindsAbout[view.kind]);
    ask("counts", { kind: view.kind }, (found, about) => {
      this.found = { ...found, run: about.run };
      this.show(run.id, ask, vocabulary);
    });
    this.show(run.id, ask, vocabulary);
  }

  show(run, ask, { index }) {
    const { found, view, palette } = this;
    if (found?.run !== run) return;
    this.names = found.words;
    const at = (word, other) => Math.max(0, found.words.indexOf(found.words.includes(word) ? word : other));
    const [first, second] = found.brightest ?? [found.words[0], found.words[1] ?? found.words[0]];
    const [row, column] = [at(view.row, first), at(view.column, second)];
    this.map.paint({ labels: found.words, values: Float32Array.from(found.values.flat()), largest: found.largest, chosen: { row, column }, signed: found.signed ?? false }, palette);
    const asked = { row: found.words[row], column: found.words[column] };
    if (index.has(asked.row)) ask("cell", asked, (cell) => this.derive(cell));
  }

  derive(cell) {
    const { words } = this;
    say(this.title, fill(words.cellTitle, { a: cell.row, b: cell.column }));
    const written = Object.fromEntries(Object.entries(cell).map(([key, value]) => [key, typeof value === "number" ? number(value, Number.isInteger(value) ? 0 : 3) : value]));
    this.lines.replaceChildren(...words.cellLines.filter(([key]) => cell[key] != null).map(([key, name, formula]) => el("div", { class: "line" },
      el("span", { class: "name" }, name), el("span", { class: "formula" }, fill(formula, written)), el("b", { "data-fp": `cell-${key}`, "data-value": cell[key] }, written[key]))));
    this.element.dataset.cell = `${cell.row} ${cell.column}`;
  }
}
