// @ts-nocheck
// "Count instead": how often words stand near each other, as a heat map, and what GloVe and PPMI
// make of one of its cells.

import { choices, press } from "../kit/controls.js";
import { button, el, fill, number, say } from "../kit/dom.js";
import { WordMap } from "../kit/word_map.js";

// Kinds of words with those that stand beside them; what a text does not have is left out.
const COMPANY = {
  people: ["people", "one", "own", "place", "thing", "age"],
  country: ["country", "language", "is", "has", "who"],
  animal: ["animal", "sound", "near", "size", "state"],
  comparative: ["comparative", "what", "how", "end"],
  tense: ["tense", "what", "how", "when"],
};
const MOST = 36; // words of a text that has no kinds

export class Counts {
  constructor(words, { change }) {
    this.words = words;
    this.change = change;
    this.kinds = choices("kind", words.kinds, (kind) => change({ kind }));
    this.focuses = choices("focus", Object.entries(words.groups), (focus) => change({ focus }));
    // not what it is shaded by
    const value = (row, column) => number(this.found?.values[row]?.[column] ?? 0, 2);
    const says = (row, column) => fill(words.countSays,
      { a: this.names?.[row], b: this.names?.[column], value: value(row, column) });
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
        el("section", { "data-block": "counts" }, el("div", { class: "tools" }, this.kinds,
          this.focuses), el("div", { class: "scroll" }, this.map.element), this.about),
        el("section", { "data-block": "cell" }, this.title, this.lines)));
  }

  close() {}

  paint({ view, ask, vocabulary, run }, palette) {
    this.view = view;
    this.palette = palette;
    press(this.kinds, view.kind);
    say(this.about, this.words.kindsAbout[view.kind]);
    const { kinds, groups } = vocabulary;
    const focus = kinds.includes(view.focus) ? view.focus : kinds[0] ?? "";
    for (const choice of this.focuses.children) {
      choice.hidden = !kinds.includes(choice.dataset.value);
    }
    press(this.focuses, focus);
    const words = focus ? COMPANY[focus].filter((group) => groups.includes(group))
      : vocabulary.words.slice(0, MOST);
    ask("counts", { kind: view.kind, words: words.join(",") }, (found, about) => {
      this.found = { ...found, run: about.run };
      this.show(run.id, ask);
    });
    this.show(run.id, ask);
  }

  show(run, ask) {
    const { found, view, palette } = this;
    if (found?.run !== run) return;
    this.names = found.words;
    const { values } = found;
    const at = (word) => found.words.indexOf(word);
    const [row, column] =
      at(view.row) < 0 || at(view.column) < 0 ? brightest(values) : [at(view.row), at(view.column)];
    // Counts go over three powers of ten: their logarithm is what can be seen, and what GloVe fits.
    const shade = found.kind === "counts" ? Math.log1p : (value) => value;
    this.map.paint({ labels: found.words, values: Float32Array.from(values.flat(), shade),
      largest: shade(found.largest), chosen: { row, column } }, palette);
    ask("cell", { row: found.words[row], column: found.words[column] },
      (cell) => this.derive(cell));
  }

  derive(cell) {
    const { words } = this;
    say(this.title, fill(words.cellTitle, { a: cell.row, b: cell.column }));
    const all = { ...cell.glove, ...cell.ppmi };
    const text = (value) =>
      (typeof value === "number" ? number(value, Number.isInteger(value) ? 0 : 3) : value);
    const written =
      Object.fromEntries(Object.entries(all).map(([key, value]) => [key, text(value)]));
    const line = ([key, name, formula]) => el("div", { class: "line" },
      el("span", { class: "name" }, name),
      el("span", { class: "formula" }, fill(formula, written)),
      el("b", { "data-fp": `cell-${key}`, "data-value": all[key] },
        button(written[key], () => this.change({ number: key }),
          { class: "opens", "data-number": key,
            "aria-pressed": String(key === this.view.number) })));
    this.lines.replaceChildren(...words.cellLines.filter(([key]) => all[key] != null).map(line));
    this.cell = { row: cell.row, column: cell.column };
    this.element.dataset.cell = `${cell.row} ${cell.column}`;
  }

  // What is asked for to open a number of this cell.
  asks(array) {
    return this.cell ? { query: { about: "cell", ...this.cell, array, index: "" }, rows: [] }
      : null;
  }
}

function brightest(values) {
  let best = [0, 0];
  for (const [i, row] of values.entries()) {
    for (const [j, value] of row.entries()) if (value > values[best[0]][best[1]]) best = [i, j];
  }
  return best;
}
