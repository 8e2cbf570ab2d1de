// @ts-nocheck
// A few vectors below each other, each a row of a heat map with its name; pointing at a square
// reads its number out.

import { el, fill, number } from "../kit/dom.js";
import { Heat, largestOf } from "../kit/heat.js";

export class Strip {
  /** @type {any} */
  columns = null;

  /** @param {string} key @param {any} words */
  constructor(key, words) {
    /** @param {number} row @param {number} column @param {number} value */
    const says = (row, column, value) => fill(words.stripSays,
      { name: this.names[row], number: this.columns?.[column] ?? column + 1,
        value: number(value) });
    this.heat =
      new Heat({ key, title: "", says, onPick: (row, column) => this.heat.select(row, column) });
    delete this.heat.element.dataset.block; // it belongs to the block around it
    this.labels = el("div", { class: "names" });
    this.names = [];
    this.element = el("div", { class: "strip" }, this.labels, this.heat.element);
  }

  // rows: [name, numbers]; columns: names of the numbers, or none.
  /**
   * @param {any[]} rows
   * @param {Palette} palette
   * @param {{ columns?: any, largest?: any }} [options]
   */
  paint(rows, palette, { columns = null, largest = null } = {}) {
    this.element.hidden = !rows.length;
    if (!rows.length) return;
    this.columns = columns;
    const names = rows.map(([name]) => name);
    if (names.join("\n") !== this.names.join("\n")) {
      this.labels.replaceChildren(...names.map((name) => el("bdi", { title: name }, name)));
    }
    this.names = names;
    this.element.style.setProperty("--lines", rows.length);
    const values = rows.map(([, numbers]) => numbers);
    this.heat.paint({ values, signed: true, largest: largest ?? largestOf(values) }, palette);
  }
}
