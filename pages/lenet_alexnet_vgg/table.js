// A network's layers as a table, a row a layer, and its sums. A click on a row selects the layer.

import { button, el, say } from "../kit/dom.js";

/** @param {number} value */
const grouped = (value) => value.toLocaleString("en-US");
/** @param {number} bytes */
export const megabytes = (bytes) => (bytes < 1e4 ? `${(bytes / 1e3).toFixed(2)} kB`
  : `${grouped(Number((bytes / 1e6).toFixed(2)))} MB`);

const CELLS = [
  ["outputs", (/** @type {any} */ { outputs }) => outputs.join(" × ")],
  ["kernel", (/** @type {any} */ { kernel }) => (kernel ? `${kernel} × ${kernel}` : "")],
  ["stride", (/** @type {any} */ { kernel, stride }) => (kernel ? String(stride) : "")],
  ["padding", (/** @type {any} */ { kernel, padding }) => (kernel ? String(padding) : "")],
  ["parameters", (/** @type {any} */ { parameters }) => grouped(parameters)],
  ["multiply_adds", (/** @type {any} */ { multiply_adds: products }) => grouped(products)],
  ["weight_bytes",
    (/** @type {any} */ { weight_bytes: bytes }) => (bytes ? megabytes(bytes) : "0")],
  ["output_bytes", (/** @type {any} */ { output_bytes: bytes }) => megabytes(bytes)],
  ["field", (/** @type {any} */ { field }, /** @type {any} */ words) =>
    (field ? String(field.size) : words.all)],
  ["jump", (/** @type {any} */ { field }) => (field ? String(field.jump) : "")],
];

export class LayerTable {
  /** @type {any} */
  sheet;

  /** @param {ArchWords} words @param {{ onPick: (layer: any) => void }} options */
  constructor(words, { onPick }) {
    this.words = words;
    this.onPick = onPick;
    this.rows = [];
    this.caption = el("caption", {});
    this.body = el("tbody", {});
    this.foot = el("tfoot", {});
    const head = ["layer", ...CELLS.map(([name]) => name)];
    this.table = el("table", {}, this.caption,
      el("thead", {}, el("tr", {},
        ...head.map((name) =>
          el("th", { scope: "col", title: words.columnHelp[name] }, words.columns[name])))),
      this.body, this.foot);
    this.element = el("div",
      { class: "layers", "data-block": "table", "data-fp": "table", tabindex: "0" }, this.table);
  }

  /** @param {any} sheet @param {number} chosen */
  paint(sheet, chosen) {
    if (this.sheet !== sheet) this.build(sheet);
    this.rows.forEach((row, i) => {
      row.classList.toggle("is", i === chosen);
      row.setAttribute("aria-selected", String(i === chosen));
    });
  }

  /** @param {any} sheet */
  build(sheet) {
    this.sheet = sheet;
    const { words } = this;
    say(this.caption, words.names[sheet.name]);
    this.rows = sheet.rows.map((/** @type {number} */ row, /** @type {number} */ i) => el("tr",
      { "data-fp": `row-${i}`, onclick: () => this.onPick(i) },
      el("th", { scope: "row" }, button(row.name, () => {}, { "aria-label": row.name }),
        el("span", { class: "note" }, [words.kinds[row.kind], ...row.aside].join(", "))),
      ...CELLS.map(([name, text]) => el("td", {
        "data-value": name in row && typeof row[name] === "number" ? row[name] : null,
      }, text(row, words)))));
    this.body.replaceChildren(...this.rows);
    /** @param {string} name @param {string} text */
    const sum = (name, text) => el("td", { "data-fp": `sum-${name}` }, text);
    /** @param {number} count */
    const blank = (count) => el("td", { colspan: count });
    this.foot.replaceChildren(el("tr", {}, el("th", { scope: "row" }, words.together), blank(4),
      sum("parameters", grouped(sheet.parameters)),
      sum("multiply_adds", grouped(sheet.multiply_adds)),
      sum("weight_bytes", megabytes(4 * sheet.parameters)),
      sum("output_bytes", megabytes(sheet.output_bytes)), blank(2)));
  }
}
