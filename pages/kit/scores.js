// Both errors of every cell, beside those of two rules that learn nothing: always visible, numbers
// in place.

import { button, el, fill, say } from "./dom.js";
import { exact, seen } from "./scale.js";

const BASELINES = ["persistence", "two_tap"];

// Three digits that mean something.
/** @param {number | null | undefined} value */
export const short = (value) => (seen(value) ? exact(Number(value.toPrecision(3))) : "–");

export class Scores {
  /** @type {string | undefined} */
  cells;
  /** @type {Record<string, any>[]} */
  rows = [];

  // onNumber: an error is opened, of a cell or a baseline, and of what.
  /**
   * @param {SineWords} words
   * @param {{ onNumber: (of: string, mode: string) => void }} options
   */
  constructor(words, { onNumber }) {
    this.words = words;
    this.onNumber = onNumber;
    this.horizon = el("th");
    this.body = el("tbody");
    this.element = el("table", { class: "scores", "data-fp": "scores" },
      el("thead", {}, el("tr", {}, el("td"), el("th", {}, words.scoreOne), this.horizon)),
      this.body);
  }

  // cells: those of the run; marks: what was measured; colour(cell): of its curves.
  /**
   * @param {string[]} cells @param {Saved["marks"]} marks @param {(cell: string) => string} colour
   */
  paint(cells, marks, colour) {
    say(this.horizon, fill(this.words.scoreFree, { horizon: marks.horizon ?? 150 }));
    this.rowsOf(cells);
    for (const { name, swatch, one, free } of this.rows) {
      if (cells.includes(name)) swatch.style.background = colour(name);
      this.set(one, marks[`${name}.one_step`] ?? marks[name]);
      this.set(free, marks[`${name}.free_run`]);
    }
  }

  /** @param {{ cell: HTMLElement, opens: HTMLElement }} place @param {number} value */
  set({ cell, opens }, value) {
    say(opens, short(value));
    cell.dataset.value = String(value ?? "");
  }

  // A cell of the table whose number opens.
  /** @param {string} name @param {string} mode */
  cell(name, mode) {
    const opens = button("", () => this.onNumber(name, mode),
      { class: "opens", "data-fp": `open-${name}-${mode}` });
    return { opens, cell: el("td", { "data-fp": `${name}-${mode}` }, opens) };
  }

  /** @param {string[]} cells */
  rowsOf(cells) {
    if (this.cells === cells.join()) return;
    this.cells = cells.join();
    const { words } = this;
    /** @type {Record<string, string>} */
    const help = { persistence: words.persistenceHelp, two_tap: words.twoTapHelp };
    this.rows = [...cells, ...BASELINES].map((name) => {
      const learns = cells.includes(name);
      const swatch = el("i", { class: learns ? "swatch" : "swatch dotted" });
      const [one, free] = ["one_step", "free_run"].map((mode) => this.cell(name, mode));
      const element = el("tr", { class: learns ? "cell" : "baseline", title: help[name] },
        el("td", {}, swatch, words.cells[name] ?? /** @type {Record<string, any>} */ (words)[name]),
        one.cell, free.cell);
      return { name, swatch, one, free, element };
    });
    this.body.replaceChildren(...this.rows.map(({ element }) => element));
  }
}
