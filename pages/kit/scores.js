// Both errors of every cell, beside those of two rules that learn nothing: always in sight, numbers
// in place.

import { el, fill, say } from "./dom.js";
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

  /** @param {SineWords} words */
  constructor(words) {
    this.words = words;
    this.horizon = el("th");
    this.body = el("tbody");
    this.element = el("table", { class: "scores", "data-fp": "scores" },
      el("thead", {}, el("tr", {}, el("th", {}, ""), el("th", {}, words.scoreOne), this.horizon)),
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

  /** @param {HTMLElement} cell @param {number} value */
  set(cell, value) {
    say(cell, short(value));
    cell.dataset.value = String(value ?? "");
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
      const [one, free] =
        ["one_step", "free_run"].map((key) => el("td", { "data-fp": `${name}-${key}` }));
      const element = el("tr", { class: learns ? "cell" : "baseline", title: help[name] },
        el("td", {}, swatch, words.cells[name] ?? /** @type {Record<string, any>} */ (words)[name]),
        one, free);
      return { name, swatch, one, free, element };
    });
    this.body.replaceChildren(...this.rows.map(({ element }) => element));
  }
}
