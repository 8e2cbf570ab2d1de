// One block of the diagram, opened: its matrices in the order in which they are computed, and the arithmetic of a number in them.

import { button, el, fill, number, say, signed } from "../kit/dom.js";
import { Heat, largestOf } from "../kit/heat.js";
import { kind } from "./diagram.js";
import { Matrix } from "../kit/matrix.js";

const SHARES = new Set(["weights", "probabilities"]);
const NAMED = 24; // columns at most that are written as numbers
const OF_SOURCE = new Set(["memory", "k", "v"]); // their rows are the encoder's, in encoder-decoder attention
const STRIP = 64; // products at most that are drawn

export class Block {
  // onCell(matrix, row, column), onHead(head)
  constructor(words, { onCell, onHead }) {
    Object.assign(this, { words, onCell, onHead, shown: [] });
    this.title = el("h3", {});
    this.about = el("p", { class: "note" });
    this.heads = el("div", { class: "choices", role: "group" });
    this.row = el("div", { class: "matrices" });
    this.total = el("output", { class: "total", "data-fp": "working" });
    this.lines = el("div", { class: "lines" });
    this.strip = new Heat({ key: "strip", title: "", says: (row, column, value) => `${this.names?.[row] ?? ""}, ${column + 1}: ${number(value)}`, onPick: (row, column) => this.strip.select(row, column) });
    this.stripNames = el("div", { class: "sides" });
    this.stripBox = el("div", { class: "sheet strip" }, this.stripNames, this.strip.element);
    this.working = el("div", { class: "sum", "data-block": "working" }, this.total, this.lines, this.stripBox);
    this.element = el("section", { class: "opened", "data-block": "opened", "data-fp": "opened" },
      el("div", { class: "head" }, this.title, this.heads, this.about), this.row, this.working);
  }

  // block: of the answer; title: of the diagram; count: heads; now: the row that is decoded at the moment, or null.
  paint(block, { title, count, now, width }, palette) {
    const { words } = this;
    if (!block) return;
    const part = kind(block.name);
    const masked = block.name.startsWith("decoder") && part === "attention";
    say(this.title, fill(words.title, { block: title, stack: words.stacks[block.name.split(".")[0]] ?? "" }));
    say(this.about, fill(words.about[masked ? "masked" : part], { d: width / count, heads: count }));
    const attends = part === "attention" || part === "cross";
    this.heads.hidden = !attends;
    if (this.heads.children.length !== count) {
      this.heads.replaceChildren(...Array.from({ length: count }, (_, head) => button(fill(words.head, { head: head + 1 }), () => this.onHead(head), { "data-fp": `head-${head}` })));
    }
    [...this.heads.children].forEach((choice, head) => choice.setAttribute("aria-pressed", String(head === block.head)));
    const key = `${block.name} ${block.matrices.map((m) => `${m.name}${m.columns && m.columns.length <= NAMED ? m.values[0].length : ""}`)}`;
    if (this.key !== key) this.build(block, key);
    for (const [i, matrix] of block.matrices.entries()) this.shown[i].paint(matrix, block.working, part === "cross" && OF_SOURCE.has(matrix.name) ? null : now, palette);
    this.calculate(block.working, block.matrices, palette);
  }

  build(block, key) {
    this.key = key;
    this.shown = block.matrices.map(({ name, columns }) => {
      const Kind = columns && columns.length <= NAMED ? Numbers : Sheet;
      return new Kind(name, this.words, (row, column) => this.onCell(name, row, column));
    });
    this.row.replaceChildren(...this.shown.map(({ element }) => element));
  }

  calculate(working, matrices, palette) {
    const { words } = this;
    this.working.classList.toggle("empty", !working);
    this.stripBox.hidden = !["dot", "softmax"].includes(working?.kind);
    if (!working) {
      say(this.total, words.hint);
      return this.lines.replaceChildren();
    }
    const { matrix, row, column, value } = working;
    const shown = matrices.find(({ name }) => name === matrix);
    const named = { matrix: words.matrices[matrix], row: shown.rows[row], column: shown.columns?.[column] ?? column + 1 };
    say(this.total, `${fill(words.cell, named)} = ${value === null ? "−∞" : places(value)}`);
    this.lines.replaceChildren(...this.sentences(working).map((line) => el("p", {}, line)));
    if (working.kind === "dot") {
      const { left, right } = working;
      this.draw([left, right, left.map((a, i) => a * right[i])], words.strip, palette);
    } else if (working.kind === "softmax") {
      const all = working.row.length <= STRIP ? [working.row, working.exps] : [working.row];
      this.draw(all, words.stripSoftmax, palette);
      if (column < working.row.length) this.strip.select(0, column);
    }
  }

  draw(rows, names, palette) {
    this.names = names;
    this.stripNames.replaceChildren(...rows.map((_, i) => el("bdi", {}, names[i])));
    this.stripBox.style.setProperty("--lines", rows.length);
    const finite = rows.map((row) => row.map((value) => value ?? 0));
    this.strip.select(null);
    this.strip.paint({ values: finite.map((row) => scaled(row)), signed: true, largest: 1 }, palette);
    this.strip.says = (row, column) => `${names[row]}, ${column + 1}: ${rows[row][column] === null ? "−∞" : number(rows[row][column])}`;
  }

  // The arithmetic in one or two lines.
  sentences(w) {
    const { words } = this;
    const n = (value) => (value === null ? "−∞" : places(value));
    switch (w.kind) {
      case "lookup": return [`${n(w.weight)} × √D = ${n(w.weight)} × ${n(w.factor)} = ${n(w.value)}`];
      case "position": return [
        `${w.function}(${w.position} / 10000^(${2 * Math.floor(w.column / 2)}/D)) = ${w.function}(${w.position} × ${n(w.rate)}) = ${w.function}(${n(w.angle)}) = ${n(w.value)}`];
      case "add": return [`${n(w.left)} ${signed(w.right)} = ${n(w.value)}`];
      case "scale": return [`${n(w.score)} / ${n(w.divisor)} = ${n(w.value)}`];
      case "mask": return [w.open ? words.open : words.shut];
      case "softmax": return [`e^(${n(w.row[w.column])} − ${n(w.max)}) / ${n(w.sum)} = ${n(w.exps[w.column])} / ${n(w.sum)} = ${n(w.value)}`];
      case "norm": return [`(${n(w.x)} − ${n(w.mean)}) / √(${n(w.variance)} + ${w.eps}) × ${n(w.weight)} ${signed(w.bias)} = ${n(w.value)}`];
      case "relu": return [`max(0, ${n(w.x)}) = ${n(w.value)}`];
      case "dot": {
        const products = w.left.map((a, i) => a * w.right[i]);
        const first = w.left.slice(0, 3).map((a, i) => `${n(a)} · ${n(w.right[i])}`).join(" + ");
        const sum = products.reduce((a, b) => a + b, 0);
        return [`${first} + … = ${n(sum)}${w.bias === null ? "" : ` ${signed(w.bias)} = ${n(w.value)}`}`, fill(words.products, { count: w.left.length })];
      }
      default: return [words.given];
    }
  }
}

// A wide matrix: a heat map with the names of its rows.
class Sheet {
  constructor(name, words, onPick) {
    Object.assign(this, { name, words });
    const says = (row, column, value) => `${fill(words.cell, { matrix: words.matrices[name], row: this.rows[row], column: this.columns?.[column] ?? column + 1 })}: ${number(value)}`;
    this.heat = new Heat({ key: `block-${name}`, title: words.matrices[name], says, onPick });
    this.sides = el("div", { class: "sides" });
    this.element = el("div", { class: "sheet" }, this.sides, this.heat.element);
  }

  paint({ values, rows, columns }, working, now, palette) {
    Object.assign(this, { rows, columns });
    this.element.style.setProperty("--lines", rows.length);
    this.element.style.setProperty("--wide", values[0].length);
    if (this.named !== rows.join("\n")) this.sides.replaceChildren(...rows.map((row) => el("bdi", { title: row }, row)));
    this.named = rows.join("\n");
    [...this.sides.children].forEach((side, i) => side.classList.toggle("now", i === now));
    const shares = SHARES.has(this.name);
    this.heat.paint({ values, signed: !shares, largest: shares ? 1 : largestOf(values) || 1 }, palette);
    say(this.heat.note, `${rows.length} × ${values[0].length}`);
    const here = working?.matrix === this.name;
    this.heat.select(here ? working.row : null, here ? working.column : null);
  }
}

// A small one: its numbers.
class Numbers {
  constructor(name, words, onPick) {
    Object.assign(this, { name, words });
    const says = (row, column, value) => `${fill(words.cell, { matrix: words.matrices[name], row: this.rows[row], column: this.columns[column] })}: ${value === null ? "−∞" : number(value)}`;
    this.matrix = new Matrix({ key: `block-${name}`, says, onPick });
    this.element = this.matrix.element;
  }

  paint({ values, rows, columns }, working, now, palette) {
    Object.assign(this, { rows, columns });
    const shares = SHARES.has(this.name);
    this.matrix.paint({ title: this.words.matrices[this.name], shape: `${rows.length} × ${columns.length}`, values, rows, columns, size: shares, largest: shares ? 1 : largestOf(values) || 1 }, palette);
    const here = working?.matrix === this.name ? { row: working.row, column: working.column } : null;
    this.matrix.select(here, now === null || now >= rows.length ? [] : [{ top: now, bottom: now + 1, left: 0, right: columns.length, role: "row" }]);
  }
}

const scaled = (row) => {
  const most = row.reduce((a, b) => Math.max(a, Math.abs(b)), 0) || 1;
  return row.map((value) => value / most);
};

// Very small numbers in powers of ten, the others with three places.
export const places = (value) => (value !== 0 && Math.abs(value) < 0.0005 ? value.toExponential(1).replaceAll("-", "−") : number(value));
