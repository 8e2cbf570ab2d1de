// A network's layers as a table, a row a layer, and its sums. A click on a row selects the layer,
// one on a number opens it.

import { megabytes } from "./figures.js";
import { button, el, grouped, say } from "../kit/dom.js";

/** @type {[keyof ArchAnswerRow | "jump", (row: ArchAnswerRow, words: ArchWords) => string][]} */
const CELLS = [
  ["outputs", ({ outputs }) => outputs.join(" × ")],
  ["kernel", ({ kernel }) => (kernel ? `${kernel} × ${kernel}` : "")],
  ["stride", ({ kernel, stride }) => (kernel ? String(stride) : "")],
  ["padding", ({ kernel, padding }) => (kernel ? String(padding) : "")],
  ["parameters", ({ parameters }) => grouped(parameters)],
  ["multiply_adds", ({ multiply_adds: products }) => grouped(products)],
  ["weight_bytes", ({ weight_bytes: bytes }) => (bytes ? megabytes(bytes) : "0")],
  ["output_bytes", ({ output_bytes: bytes }) => megabytes(bytes)],
  ["field", ({ field }, words) => (field ? String(field.size) : words.all)],
  ["jump", ({ field }) => (field ? String(field.jump) : "")],
];

export class LayerTable {
  /** @type {ArchAnswer | null} */
  sheet = null;
  /** @type {HTMLTableRowElement[]} */
  rows = [];

  // onNumber: of the network on show, as its answers name it.
  /**
   * @param {ArchWords} words
   * @param {{ onPick: (layer: number) => void, onNumber: (number: string) => void }} options
   */
  constructor(words, { onPick, onNumber }) {
    this.words = words;
    this.onPick = onPick;
    this.onNumber = onNumber;
    this.caption = el("caption", {});
    this.body = el("tbody", {});
    this.foot = el("tfoot", {});
    const names = ["layer", ...CELLS.map(([name]) => name)];
    const titles = names.map((name) =>
      el("th", { scope: "col", title: words.columnHelp[name] }, words.columns[name]));
    this.element = el("div",
      { class: "layers", "data-block": "table", "data-fp": "table", tabindex: "0" },
      el("table", {}, this.caption, el("thead", {}, el("tr", {}, ...titles)), this.body,
        this.foot));
  }

  /** @param {ArchAnswer} sheet @param {number} chosen */
  paint(sheet, chosen) {
    if (this.sheet !== sheet) this.build(sheet);
    this.rows.forEach((row, i) => {
      row.classList.toggle("is", i === chosen);
      row.setAttribute("aria-selected", String(i === chosen));
    });
  }

  /** @param {ArchAnswer} sheet */
  build(sheet) {
    this.sheet = sheet;
    const { words } = this;
    say(this.caption, words.names[sheet.name]);
    this.rows = sheet.rows.map((row, i) => this.row(row, i));
    this.body.replaceChildren(...this.rows);
    /** @param {string} name @param {string} text */
    const sum = (name, text) => el("td", { "data-fp": `sum-${name}` }, this.opens(name, text));
    /** @param {number} count */
    const blank = (count) => el("td", { colspan: count });
    this.foot.replaceChildren(el("tr", {}, el("th", { scope: "row" }, words.together), blank(4),
      sum("parameters", grouped(sheet.parameters)),
      sum("multiply_adds", grouped(sheet.multiply_adds)),
      sum("weight_bytes", megabytes(4 * sheet.parameters)),
      sum("output_bytes", megabytes(sheet.output_bytes)), blank(2)));
  }

  // A number that opens.
  /** @param {string} number @param {string} text */
  opens(number, text) {
    return button(text, () => this.onNumber(number),
      { class: "opens", "data-fp": `open-${number}` });
  }

  /** @param {ArchAnswerRow} row @param {number} i */
  row(row, i) {
    const { words } = this;
    const cells = CELLS.map(([name, text]) => {
      const value = name === "jump" ? null : row[name];
      const written = text(row, words);
      const what = name === "outputs" ? (row.outputs.length > 1 ? "side" : "units") : name;
      const opens = written && (name !== "field" && name !== "jump" || row.field);
      return el("td", { "data-value": typeof value === "number" ? value : null },
        opens ? this.opens(`l${i}_${what}`, written) : written);
    });
    return el("tr", { "data-fp": `row-${i}`, onclick: () => this.onPick(i) },
      el("th", { scope: "row" }, button(row.name, () => {}, { "aria-label": row.name }),
        el("span", { class: "note" }, [words.kinds[row.kind], ...row.aside].join(", "))),
      ...cells);
  }
}
