// One block of the diagram, opened: its matrices in the order in which they are computed, and the
// arithmetic of a number in them.

import { button, el, fill, number, say } from "../kit/dom.js";
import { Heat, largestOf } from "../kit/heat.js";
import { Matrix } from "../kit/matrix.js";
import { Arithmetic, boxes, show, times } from "../kit/opened.js";
import { role } from "./diagram.js";

/**
 * @typedef {import("../kit/opened.js").Wire} Wire
 * @typedef {Omit<TransformerAnswerBlockMatrice, "values"> & { values: (number | null)[][] }} Shown
 * @typedef {NonNullable<TransformerView["cell"]>} BlockCell
 * @typedef {(row: number, column: number) => void} OnPick
 */

const SHARES =
  new Set(["weights", "probabilities", "chances", "kept", "remaining", "shares", "chosen"]);
const NAMED = 24; // columns at most that are written as numbers
const OF_SOURCE = new Set(["memory", "k", "v"]); // in encoder-decoder attention the encoder's rows
const STRIP = 64; // numbers of a row at most that are drawn beside their powers

export class Block {
  /** @type {Table[]} */
  tables = [];
  built = "";
  drawn = false; // whether the numbers behind it stand in a strip

  /**
   * @param {TransformerWordsBlock} words
   * @param {{ onCell: (cell: BlockCell) => void, onHead: (head: number) => void }} options
   */
  constructor(words, { onCell, onHead }) {
    this.words = words;
    this.onCell = onCell;
    this.onHead = onHead;
    this.title = el("h2", {});
    this.about = el("p", { class: "note" });
    this.heads = el("div", { class: "choices", role: "group" });
    this.row = el("div", { class: "matrices" });
    this.total = el("output", { class: "total", "data-fp": "working" });
    this.arithmetic = new Arithmetic(words.opened,
      { leads: () => false, nameOf: (_, at) => String(at[at.length - 1] + 1) });
    const { practice } = this.arithmetic;
    practice.onChange = () => {
      this.arithmetic.again();
      this.showStrip();
    };
    practice.onFound = () => {
      this.arithmetic.write();
      this.showStrip();
    };
    this.worked = el("div", { class: "worked" }, this.arithmetic.lines, this.arithmetic.body);
    /** @type {(row: number, column: number) => void} */
    const select = (row, column) => this.strip.select(row, column);
    this.strip = new Heat({ key: "strip", title: "", labelOf: () => "", onPick: select });
    this.stripNames = el("div", { class: "sides" });
    this.stripBox = el("div", { class: "sheet strip" }, this.stripNames, this.strip.element);
    this.working = el("div", { class: "sum", "data-block": "working" },
      this.total, this.worked, this.stripBox);
    this.element = el("section", { class: "opened", "data-block": "opened", "data-fp": "opened" },
      el("div", { class: "head" }, this.title, this.heads, this.about), this.row, this.working);
  }

  /**
   * @param {TransformerAnswerBlock} block
   * @param {{ title: string, count: number, now: number | null, width: number }} about title: of
   *   the diagram; count: heads; now: the row that is decoded at the moment; width: of the network
   * @param {Palette} palette
   */
  paint(block, { title, count, now, width }, palette) {
    const { words } = this;
    const part = role(block.name);
    const stack = words.stacks[block.name.split(".")[0]] ?? "";
    say(this.title, fill(words.title, { block: title, stack }));
    say(this.about, fill(words.about[part], { d: width / count, heads: count }));
    this.paintHeads(count, block.head, ["attention", "masked", "cross"].includes(part));
    this.build(block);
    for (const [i, matrix] of block.matrices.entries()) {
      const aside = part === "cross" && OF_SOURCE.has(matrix.name);
      this.tables[i].paint(matrix, block.opened, aside ? null : now, palette);
    }
    this.calculate(block, palette);
  }

  /** @param {number} count @param {number} chosen @param {boolean} attends */
  paintHeads(count, chosen, attends) {
    this.heads.hidden = !attends;
    if (this.heads.children.length !== count) {
      this.heads.replaceChildren(...Array.from({ length: count }, (_, head) => button(
        fill(this.words.head, { head: head + 1 }), () => this.onHead(head),
        { "data-fp": `head-${head}` })));
    }
    [...this.heads.children].forEach((choice, head) =>
      choice.setAttribute("aria-pressed", String(head === chosen)));
  }

  /** @param {TransformerAnswerBlock} block */
  build({ name, matrices, first }) {
    const kinds = matrices.map((matrix) =>
      `${matrix.name}${isWritten(matrix) ? matrix.values[0].length : ""}`);
    const built = `${name} ${first} ${kinds}`;
    if (this.built === built) return;
    this.built = built;
    this.tables = matrices.map((matrix) => {
      const Kind = isWritten(matrix) ? Numbers : Sheet;
      return new Kind(matrix.name, this.words, (row, column) =>
        this.onCell({ matrix: matrix.name, row: first + row, column }));
    });
    this.row.replaceChildren(...this.tables.map(({ element }) => element));
  }

  /** @param {TransformerAnswerBlock} block @param {Palette} palette */
  calculate({ opened: sent, matrices }, palette) {
    const { words, arithmetic } = this;
    /** @type {Wire | null} */
    const opened = sent;
    const shown = matrices.find((matrix) => matrix.array === opened?.array);
    this.drawn = Boolean(opened && shown) && ["dot", "softmax"].includes(opened?.kind ?? "");
    this.working.classList.toggle("empty", !opened);
    this.worked.hidden = !opened || !shown;
    if (!opened || !shown) {
      this.showStrip();
      delete this.total.dataset.value;
      return say(this.total, words.hint);
    }
    const { row, column } = placeOf(opened);
    const cell = cellName(words, shown, row, column);
    arithmetic.result(this.total, `${cell} = ${show(opened.value)}`);
    this.total.dataset.value = String(opened.value);
    arithmetic.paint(opened, palette,
      opened.kind === "dot" ? fill(words.products, { count: opened.left.length }) : "");
    if (opened.kind === "dot") {
      const { left, right } = opened;
      this.draw([left, right, times(left, right)], words.strip, palette);
    } else if (opened.kind === "softmax") {
      const { row: all, powers } = opened;
      this.draw(all.length <= STRIP ? [all, powers] : [all], words.stripSoftmax, palette);
      this.strip.select(0, column);
    }
    this.showStrip();
  }

  // The numbers of a row would tell what is to be worked out.
  showStrip() {
    const { practice } = this.arithmetic;
    this.stripBox.hidden = !this.drawn || practice.blanks.some(({ name }) => practice.open(name));
  }

  /** @param {(number | null)[][]} rows @param {string[]} names @param {Palette} palette */
  draw(rows, names, palette) {
    this.stripNames.replaceChildren(...rows.map((_, i) => el("bdi", {}, names[i])));
    this.stripBox.style.setProperty("--lines", String(rows.length));
    this.strip.select(null);
    this.strip.labelOf = (row, column) =>
      `${names[row]}, ${column + 1}: ${infinite(rows[row]?.[column] ?? null)}`;
    this.strip.paint({ values: rows.map(scaled), signed: true, largest: 1 }, palette);
  }
}

// A matrix of the block, with the number that is opened and what enters it.
class Table {
  /** @type {Pick<Shown, "rows" | "columns">} */
  names = { rows: [], columns: null };

  /** @param {string} name @param {TransformerWordsBlock} words */
  constructor(name, words) {
    this.name = name;
    this.words = words;
    this.shares = SHARES.has(name);
    /** @type {HTMLElement} */
    this.element = el("div");
    /** @type {(row: number, column: number, value: number | null) => string} */
    this.labelOf = (row, column, value) =>
      `${cellName(words, { name, ...this.names }, row, column)}: ${infinite(value)}`;
  }

  /**
   * @param {Shown} matrix
   * @param {Wire | null} opened
   * @param {number | null} now
   * @param {Palette} palette
   */
  paint(matrix, opened, now, palette) {
    const { array, before, values, rows, columns } = matrix;
    const chosen = opened?.array === array ? placeOf(opened) : null;
    const sources = opened ? boxes(opened, array, before) : [];
    const largest = this.shares ? 1 : largestOf(values) || 1;
    this.show(matrix, largest, palette);
    this.names = { rows, columns };
    this.mark(chosen, sources, now);
  }

  /** @param {Shown} matrix @param {number} largest @param {Palette} palette */
  show(matrix, largest, palette) {
    void matrix, largest, palette;
  }

  /** @param {Cell | null} chosen @param {Box[]} sources @param {number | null} now */
  mark(chosen, sources, now) {
    void chosen, sources, now;
  }
}

// A wide matrix: a heat map with the names of its rows.
class Sheet extends Table {
  /** @param {string} name @param {TransformerWordsBlock} words @param {OnPick} onPick */
  constructor(name, words, onPick) {
    super(name, words);
    this.heat = new Heat({ key: `block-${name}`, title: words.matrices[name], labelOf: this.labelOf,
      onPick });
    this.sources = el("div", { class: "boxes", "aria-hidden": "true" });
    this.heat.grid.append(this.sources);
    this.sides = el("div", { class: "sides" });
    this.element = el("div", { class: "sheet" }, this.sides, this.heat.element);
  }

  /** @param {Shown} matrix @param {number} largest @param {Palette} palette */
  show({ values, rows }, largest, palette) {
    const [height, width] = [rows.length, values[0].length];
    if (this.names.rows.join("\n") !== rows.join("\n")) {
      this.sides.replaceChildren(...rows.map((row) => el("bdi", { title: row }, row)));
    }
    this.element.style.setProperty("--lines", String(height));
    this.element.style.setProperty("--wide", String(width));
    const finite = values.map((row) => row.map((value) => value ?? 0));
    this.heat.paint({ values: finite, signed: !this.shares, largest }, palette);
    say(this.heat.note, `${height} × ${width}`);
  }

  /** @param {Cell | null} chosen @param {Box[]} sources @param {number | null} now */
  mark(chosen, sources, now) {
    const { rows, columns } = this.heat;
    [...this.sides.children].forEach((side, i) => side.classList.toggle("now", i === now));
    this.heat.select(chosen?.row, chosen?.column);
    /** @param {number} part @param {number} whole */
    const share = (part, whole) => `${(100 * part) / whole}%`;
    this.sources.replaceChildren(...sources.map(({ top, bottom, left, right }) => el("i", {
      style: `left:${share(left, columns)};top:${share(top, rows)};`
        + `width:${share(right - left, columns)};height:${share(bottom - top, rows)}`,
    })));
  }
}

// A small one: its numbers.
class Numbers extends Table {
  /** @param {string} name @param {TransformerWordsBlock} words @param {OnPick} onPick */
  constructor(name, words, onPick) {
    super(name, words);
    this.matrix = new Matrix({ key: `block-${name}`, labelOf: this.labelOf, onPick });
    this.element = this.matrix.element;
  }

  /** @param {Shown} matrix @param {number} largest @param {Palette} palette */
  show({ values, rows, columns }, largest, palette) {
    this.matrix.paint({
      title: this.words.matrices[this.name], shape: `${rows.length} × ${values[0].length}`, values,
      rows, columns, size: this.shares, largest,
    }, palette);
  }

  /** @param {Cell | null} chosen @param {Box[]} sources @param {number | null} now */
  mark(chosen, sources, now) {
    const { height, width } = this.matrix;
    const marks = sources.map((box) => ({ ...box, role: "source" }));
    if (now !== null && now < height) {
      marks.push({ top: now, bottom: now + 1, left: 0, right: width, role: "row" });
    }
    this.matrix.select(chosen, marks);
  }
}

/**
 * @param {TransformerWordsBlock} words
 * @param {{ name: string, rows: string[], columns: string[] | null }} matrix
 * @param {number} row
 * @param {number} column
 */
const cellName = (words, { name, rows, columns }, row, column) => fill(words.cell,
  { matrix: words.matrices[name], row: rows[row], column: columns?.[column] ?? column + 1 });

/** @param {number | null} value */
const infinite = (value) => (value === null ? "−∞" : number(value));

// What has one axis is shown as a row.
/** @param {Wire} opened @returns {Cell} */
function placeOf({ index }) {
  const [row, column] = [0, ...index].slice(-2);
  return { row, column };
}

// Whether a matrix is small enough for its numbers to be written.
/** @param {Shown} matrix */
const isWritten = ({ columns }) => columns !== null && columns.length <= NAMED;

/** @param {(number | null)[]} row */
function scaled(row) {
  const most = Math.max(0, ...row.map((value) => Math.abs(value ?? 0))) || 1;
  return row.map((value) => (value ?? 0) / most);
}
