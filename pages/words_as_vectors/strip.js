// A few vectors below each other, each a row of a heat map with its name; pointing at a square
// reads its number out, a click opens it.

import { el, fill, number } from "../kit/dom.js";
import { Heat, largestOf } from "../kit/heat.js";

/**
 * @typedef {{name: string, numbers: number[], array: string, row?: number}} Row numbers of an
 *   array, or of one row of it
 */

export class Strip {
  /**
   * @param {string} key
   * @param {Record<string, any>} words
   * @param {(array: string, index: number[]) => void} onNumber
   */
  constructor(key, words, onNumber) {
    /** @type {Row[]} */
    this.rows = [];
    /** @type {string[] | null} */
    this.columns = null;
    this.heat = new Heat({
      key, title: "",
      labelOf: (
        /** @type {number} */ row, /** @type {number} */ column, /** @type {number} */ value,
      ) => {
        const at = this.columns?.[column] ?? column + 1;
        const { name } = this.rows[row];
        return fill(words.stripSays, { name, number: at, value: number(value) });
      },
      onPick: (/** @type {number} */ row, /** @type {number} */ column) => {
        const { array, row: at } = this.rows[row];
        onNumber(array, at === undefined ? [column] : [at, column]);
      },
    });
    delete this.heat.element.dataset.block; // it belongs to the block around it
    this.labels = el("div", { class: "names" });
    this.element = el("div", { class: "strip" }, this.labels, this.heat.element);
  }

  /**
   * @param {Row[]} rows
   * @param {any} palette
   * @param {{columns?: string[] | null, chosen?: string}} options columns: names of the numbers;
   *   chosen: the number that is open, "array.index"
   */
  paint(rows, palette, { columns = null, chosen = "" } = {}) {
    this.element.hidden = !rows.length;
    if (!rows.length) return;
    this.columns = columns;
    const names = rows.map(({ name }) => name);
    if (names.join("\n") !== this.rows.map(({ name }) => name).join("\n")) {
      this.labels.replaceChildren(...names.map((name) => el("bdi", { title: name }, name)));
    }
    this.rows = rows;
    this.element.style.setProperty("--lines", String(rows.length));
    const values = rows.map(({ numbers }) => numbers);
    this.heat.paint({ values, signed: true, largest: largestOf(values) }, palette);
    const open = rows.findIndex(({ array, row }) => {
      const [start, ...at] = chosen.split(".");
      return start === array && (row === undefined ? at.length === 1 : at[0] === String(row));
    });
    this.heat.select(open < 0 ? null : open, Number(chosen.split(".").at(-1)));
  }
}
