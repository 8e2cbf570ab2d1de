// "Co-occurrence": how often words stand near each other, as a heat map, and what GloVe and PPMI
// make of one of its cells.

import { choices, press } from "../kit/controls.js";
import { button, el, fill, number, say } from "../kit/dom.js";
import { initialPalette } from "../kit/palette.js";
import { WordMap } from "../kit/word_map.js";

/** @type {Record<string, string[]>} kinds of words with those that stand beside them; what a text
 *   does not have is left out */
const COMPANY = {
  people: ["people", "one", "own", "place", "thing", "age"],
  country: ["country", "language", "is", "has", "who"],
  animal: ["animal", "sound", "near", "size", "state"],
  comparative: ["comparative", "what", "how", "end"],
  tense: ["tense", "what", "how", "when"],
};
const MOST = 36; // words of a text that has no kinds

export class Counts {
  /** @type {(VectorsCountsAnswer & { run: string }) | null} */
  answer = null;
  /** @type {{ row: string, column: string } | null} */
  cell = null;
  /** @type {Pick<VectorsView, "row" | "column" | "number">} */
  view = { row: "", column: "", number: "" };
  palette = initialPalette;

  /** @param {VectorsWords} words @param {{ change: VectorsChange }} options */
  constructor(words, { change }) {
    this.words = words;
    this.change = change;
    this.kinds = choices("kind", words.kinds, (kind) => change({ kind }));
    this.focuses = choices("focus", Object.entries(words.groups), (focus) => change({ focus }));
    /** @param {number} i */
    const word = (i) => this.answer?.words[i] ?? "";
    this.map = new WordMap({
      key: "counts", words: { reads: words.word, isRead: words.near },
      // the count itself, not what it is shaded by
      labelOf: (row, column) => fill(words.countSays, { a: word(row), b: word(column),
        value: number(this.answer?.values[row]?.[column] ?? 0, 2) }),
      onPick: (row, column) => change({ row: word(row), column: word(column) }),
      onWord: (which, i) => change({ [which === "from" ? "row" : "column"]: word(i) }),
    });
    this.about = el("p", { class: "note hint" });
    this.title = el("h2", { "data-fp": "cell-title" });
    this.lines = el("div", { class: "derivation", "data-fp": "cell" });
    this.element = el("div", { class: "counts" },
      el("div", { class: "row" },
        el("section", { "data-block": "counts" }, el("div", { class: "tools" }, this.kinds,
          this.focuses), el("div", { class: "scroll" }, this.map.element), this.about),
        el("section", { "data-block": "cell" }, this.title, this.lines)));
  }

  close() {}

  /** @param {VectorsScene} scene @param {Palette} palette */
  paint({ view, ask, vocabulary, run }, palette) {
    this.view = view;
    this.palette = palette;
    press(this.kinds, view.kind);
    say(this.about, this.words.kindsAbout[view.kind]);
    const { kinds, groups } = vocabulary;
    const focus = kinds.includes(view.focus) ? view.focus : kinds[0] ?? "";
    for (const choice of /** @type {Iterable<HTMLElement>} */ (this.focuses.children)) {
      choice.hidden = !kinds.includes(choice.dataset.value ?? "");
    }
    press(this.focuses, focus);
    const words = focus ? COMPANY[focus].filter((group) => groups.includes(group))
      : vocabulary.words.slice(0, MOST);
    ask("counts", { kind: view.kind, words: words.join(",") }, (answer, about) => {
      this.answer = { ...answer, run: about.run };
      this.show(this.answer, ask);
    });
    if (this.answer?.run === run.id) this.show(this.answer, ask);
  }

  /** @param {VectorsCountsAnswer} answer @param {VectorsAsk} ask */
  show({ words, values, kind, largest }, ask) {
    const chosen = [words.indexOf(this.view.row), words.indexOf(this.view.column)];
    const [row, column] = chosen.includes(-1) ? brightest(values) : chosen;
    // Counts go over three powers of ten: their logarithm is what can be seen, and what GloVe fits.
    const shade = kind === "counts" ? Math.log1p : (/** @type {number} */ value) => value;
    this.map.paint({ labels: words, values: Float32Array.from(values.flat(), shade),
      largest: shade(largest), chosen: { row, column } }, this.palette);
    ask("cell", { row: words[row], column: words[column] }, (cell) => this.derive(cell));
  }

  /** @param {VectorsCellAnswer} cell */
  derive({ row, column, glove, ppmi }) {
    const { words } = this;
    say(this.title, fill(words.cellTitle, { a: row, b: column }));
    /** @type {Record<string, unknown>} */
    const all = { ...glove, ...ppmi };
    const written = Object.fromEntries(Object.entries(all).map(([key, value]) =>
      [key, typeof value === "number" ? number(value, Number.isInteger(value) ? 0 : 3) : ""]));
    const lines = words.cellLines.filter(([key]) => all[key] != null);
    this.lines.replaceChildren(...lines.map(([key, name, formula]) =>
      el("div", { class: "line" }, el("span", { class: "name" }, name),
        el("span", { class: "formula" }, fill(formula, written)),
        el("b", { "data-fp": `cell-${key}`, "data-value": all[key] },
          button(written[key], () => this.change({ number: key }),
            { class: "opens", "data-number": key,
              "aria-pressed": String(key === this.view.number) })))));
    this.cell = { row, column };
    this.element.dataset.cell = `${row} ${column}`;
  }

  /**
   * The question that opens a number of this cell.
   * @param {string} array
   * @returns {NumberQuery | null}
   */
  asks(array) {
    // a number of the other tab has places
    if (!this.cell || array.includes(".")) return null;
    return { query: { about: "cell", ...this.cell, array, index: "" }, rows: [] };
  }
}

/** @param {number[][]} values */
function brightest(values) {
  const largest = values.map((row) => Math.max(...row));
  const row = largest.indexOf(Math.max(...largest));
  return [row, values[row].indexOf(largest[row])];
}
