// @ts-nocheck
// One block of the diagram, opened: its matrices in the order in which they are computed, and the
// arithmetic of a number in them.

import { button, el, fill, number, say, signed } from "../kit/dom.js";
import { Heat, largestOf } from "../kit/heat.js";
import { Matrix } from "../kit/matrix.js";
import { boxes, deepest, lines, show, times, written } from "../kit/opened.js";
import { kind } from "./diagram.js";

/**
 * @typedef {import("../kit/opened.js").Wire} Wire
 * @typedef {{name: string, array: string, before: number[], values: (number | null)[][],
 *   rows: string[], columns: string[] | null}} Shown a matrix, as the live route sends it
 * @typedef {{name: string, head: number, matrices: Shown[], opened: Wire | null}} Opened
 * @typedef {{title: string, count: number, now: number | null, width: number}} About
 * @typedef {Record<string, any>} Words
 * @typedef {Record<string, any>} Palette
 * @typedef {(matrix: string, row: number, column: number) => void} OnCell
 */

const SHARES = new Set(["weights", "probabilities"]);
const NAMED = 24; // columns at most that are written as numbers
const OF_SOURCE = new Set(["memory", "k", "v"]); // in encoder-decoder attention the encoder's rows
const STRIP = 64; // numbers of a row at most that are drawn beside their powers

export class Block {
  constructor(
    /** @type {Words} */ words,
    /** @type {{onCell: OnCell, onHead: (head: number) => void}} */ { onCell, onHead },
  ) {
    this.words = words;
    this.onCell = onCell;
    this.onHead = onHead;
    /** @type {(Sheet | Numbers)[]} */
    this.shown = [];
    /** @type {string | null} */
    this.key = null;
    /** @type {string[]} */
    this.names = [];
    this.title = el("h3", {});
    this.about = el("p", { class: "note" });
    this.heads = el("div", { class: "choices", role: "group" });
    this.row = el("div", { class: "matrices" });
    this.total = el("output", { class: "total", "data-fp": "working" });
    this.lines = el("div", { class: "lines" });
    this.strip = new Heat({
      key: "strip", title: "", says: () => "",
      onPick: (/** @type {number} */ row, /** @type {number} */ column) =>
        this.strip.select(row, column),
    });
    this.stripNames = el("div", { class: "sides" });
    this.stripBox = el("div", { class: "sheet strip" }, this.stripNames, this.strip.element);
    this.working = el("div", { class: "sum", "data-block": "working" },
      this.total, this.lines, this.stripBox);
    this.element = el("section", { class: "opened", "data-block": "opened", "data-fp": "opened" },
      el("div", { class: "head" }, this.title, this.heads, this.about), this.row, this.working);
  }

  // block: of the answer; title: of the diagram; count: heads; now: the row that is decoded at the
  // moment, or null.
  paint(
    /** @type {Opened} */ block, /** @type {About} */ { title, count, now, width },
    /** @type {Palette} */ palette,
  ) {
    const { words } = this;
    const part = kind(block.name);
    const masked = block.name.startsWith("decoder") && part === "attention";
    const stack = words.stacks[block.name.split(".")[0]] ?? "";
    say(this.title, fill(words.title, { block: title, stack }));
    const about = words.about[masked ? "masked" : part];
    say(this.about, fill(about, { d: width / count, heads: count }));
    this.paintHeads(count, block.head, part === "attention" || part === "cross");
    const kinds = block.matrices.map((matrix) =>
      `${matrix.name}${writtenOut(matrix) ? matrix.values[0].length : ""}`);
    const key = `${block.name} ${kinds}`;
    if (this.key !== key) this.build(block, key);
    for (const [i, matrix] of block.matrices.entries()) {
      const aside = part === "cross" && OF_SOURCE.has(matrix.name);
      this.shown[i].paint(matrix, block.opened, aside ? null : now, palette);
    }
    this.calculate(block, palette);
  }

  paintHeads(
    /** @type {number} */ count, /** @type {number} */ chosen, /** @type {boolean} */ attends,
  ) {
    this.heads.hidden = !attends;
    if (this.heads.children.length !== count) {
      this.heads.replaceChildren(...Array.from({ length: count }, (_, head) => button(
        fill(this.words.head, { head: head + 1 }), () => this.onHead(head),
        { "data-fp": `head-${head}` })));
    }
    [...this.heads.children].forEach((choice, head) =>
      choice.setAttribute("aria-pressed", String(head === chosen)));
  }

  build(/** @type {Opened} */ block, /** @type {string} */ key) {
    this.key = key;
    this.shown = block.matrices.map((matrix) => {
      const Kind = writtenOut(matrix) ? Numbers : Sheet;
      return new Kind(matrix.name, this.words, (row, column) =>
        this.onCell(matrix.name, row, column));
    });
    this.row.replaceChildren(...this.shown.map(({ element }) => element));
  }

  calculate(/** @type {Opened} */ { opened, matrices }, /** @type {Palette} */ palette) {
    const { words } = this;
    this.working.classList.toggle("empty", !opened);
    const shown = opened && matrices.find((matrix) => matrix.array === opened.array);
    this.stripBox.hidden = !opened || !["dot", "softmax"].includes(opened.kind);
    if (!opened || !shown) {
      say(this.total, words.hint);
      this.lines.replaceChildren();
      return;
    }
    const [row, column] = opened.index.slice(-2);
    const named = {
      matrix: words.matrices[shown.name], row: shown.rows[row],
      column: shown.columns?.[column] ?? column + 1,
    };
    say(this.total, `${fill(words.cell, named)} = ${show(opened.value)}`);
    this.lines.replaceChildren(...this.sentences(opened).map((line) => el("p", {}, line)));
    if (opened.kind === "dot") {
      const { left, right } = opened;
      this.draw([left, right, times(left, right)], words.strip, palette);
    } else if (opened.kind === "softmax") {
      const { row: all, powers } = opened;
      this.draw(all.length <= STRIP ? [all, powers] : [all], words.stripSoftmax, palette);
      this.strip.select(0, column);
    }
  }

  // A sum of products has its first ones written out, for all of them are drawn below.
  sentences(/** @type {Wire} */ opened) {
    const { words } = this;
    if (opened.kind !== "dot") return lines(opened, words.opened);
    const { left, right, sum, bias, value } = deepest(opened);
    const added = bias === null ? "" : ` ${signed(bias)} = ${show(value)}`;
    return [
      `${written(left, right)} = ${show(sum)}${added}`,
      fill(words.products, { count: left.length }),
    ];
  }

  draw(
    /** @type {(number | null)[][]} */ rows, /** @type {string[]} */ names,
    /** @type {Palette} */ palette,
  ) {
    this.stripNames.replaceChildren(...rows.map((_, i) => el("bdi", {}, names[i])));
    this.stripBox.style.setProperty("--lines", String(rows.length));
    this.strip.select(null);
    this.strip.says = (/** @type {number} */ row, /** @type {number} */ column) => {
      const value = rows[row]?.[column] ?? null;
      return `${names[row]}, ${column + 1}: ${value === null ? "−∞" : number(value)}`;
    };
    this.strip.paint({ values: rows.map(scaled), signed: true, largest: 1 }, palette);
  }
}

// A wide matrix: a heat map with the names of its rows.
class Sheet {
  constructor(
    /** @type {string} */ name, /** @type {Words} */ words,
    /** @type {(row: number, column: number) => void} */ onPick,
  ) {
    this.name = name;
    /** @type {string[]} */
    this.rows = [];
    /** @type {string[] | null} */
    this.columns = null;
    const says = (
      /** @type {number} */ row, /** @type {number} */ column, /** @type {number} */ value,
    ) => {
      const at = { row: this.rows[row], column: this.columns?.[column] ?? column + 1 };
      return `${fill(words.cell, { matrix: words.matrices[name], ...at })}: ${number(value)}`;
    };
    this.heat = new Heat({ key: `block-${name}`, title: words.matrices[name], says, onPick });
    this.sources = el("div", { class: "boxes", "aria-hidden": "true" });
    this.heat.grid.append(this.sources);
    this.sides = el("div", { class: "sides" });
    this.element = el("div", { class: "sheet" }, this.sides, this.heat.element);
  }

  paint(
    /** @type {Shown} */ { array, before, values, rows, columns },
    /** @type {Wire | null} */ opened, /** @type {number | null} */ now,
    /** @type {Palette} */ palette,
  ) {
    const [height, width] = [rows.length, values[0].length];
    if (this.rows.join("\n") !== rows.join("\n")) {
      this.sides.replaceChildren(...rows.map((row) => el("bdi", { title: row }, row)));
    }
    this.rows = rows;
    this.columns = columns;
    this.element.style.setProperty("--lines", String(height));
    this.element.style.setProperty("--wide", String(width));
    [...this.sides.children].forEach((side, i) => side.classList.toggle("now", i === now));
    const shares = SHARES.has(this.name);
    const largest = shares ? 1 : largestOf(values) || 1;
    this.heat.paint({ values, signed: !shares, largest }, palette);
    say(this.heat.note, `${height} × ${width}`);
    const [row, column] = opened?.array === array ? opened.index.slice(-2) : [null, null];
    this.heat.select(row, column);
    const share = (/** @type {number} */ part, /** @type {number} */ whole) =>
      `${(100 * part) / whole}%`;
    const found = opened ? boxes(opened, array, before) : [];
    this.sources.replaceChildren(...found.map(({ top, bottom, left, right }) => el("i", {
      style: `left:${share(left, width)};top:${share(top, height)};`
        + `width:${share(right - left, width)};height:${share(bottom - top, height)}`,
    })));
  }
}

// A small one: its numbers.
class Numbers {
  constructor(
    /** @type {string} */ name, /** @type {Words} */ words,
    /** @type {(row: number, column: number) => void} */ onPick,
  ) {
    this.name = name;
    this.words = words;
    /** @type {string[]} */
    this.rows = [];
    /** @type {string[] | null} */
    this.columns = [];
    const says = (
      /** @type {number} */ row, /** @type {number} */ column, /** @type {number | null} */ value,
    ) => {
      const at = { row: this.rows[row], column: this.columns?.[column] };
      const text = value === null ? "−∞" : number(value);
      return `${fill(words.cell, { matrix: words.matrices[name], ...at })}: ${text}`;
    };
    this.matrix = new Matrix({ key: `block-${name}`, says, onPick });
    this.element = this.matrix.element;
  }

  paint(
    /** @type {Shown} */ { array, before, values, rows, columns },
    /** @type {Wire | null} */ opened, /** @type {number | null} */ now,
    /** @type {Palette} */ palette,
  ) {
    this.rows = rows;
    this.columns = columns;
    const [height, width] = [rows.length, values[0].length];
    const size = SHARES.has(this.name);
    this.matrix.paint({
      title: this.words.matrices[this.name], shape: `${height} × ${width}`, values, rows, columns,
      size, largest: size ? 1 : largestOf(values) || 1,
    }, palette);
    const [row, column] = opened?.array === array ? opened.index.slice(-2) : [-1, -1];
    const marks = opened ? boxes(opened, array, before)
      .map((box) => ({ ...box, role: "source" })) : [];
    if (now !== null && now < height) {
      marks.push({ top: now, bottom: now + 1, left: 0, right: width, role: "row" });
    }
    this.matrix.select(row < 0 ? null : { row, column }, marks);
  }
}

// Whether a matrix is small enough for its numbers to be written.
const writtenOut = (/** @type {Shown} */ { columns }) =>
  columns !== null && columns.length <= NAMED;

const scaled = (/** @type {(number | null)[]} */ row) => {
  const most = row.reduce((/** @type {number} */ a, b) => Math.max(a, Math.abs(b ?? 0)), 0) || 1;
  return row.map((value) => (value ?? 0) / most);
};
