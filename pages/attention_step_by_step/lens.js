// @ts-nocheck
// One step of the way at full size: what goes in, what is done to it, what comes out; and below it
// the arithmetic of the selected number.

import { el, fill, number, say } from "../kit/dom.js";
import { largestOf, transposed } from "../kit/heat.js";
import { Matrix } from "../kit/matrix.js";
import { boxes } from "../kit/opened.js";
import { SPLIT, shape } from "./flow.js";

const SIZE = new Set(["exp", "A"]);
const ODD = new Set(["S", "scaled", "masked", "exp", "A"]); // one of each head: words by words
// the step that a matrix belongs to
export const MAKES =
  { E: "X", P: "X", EC: "C", PC: "C", Wq: "Q", Wk: "K", Wv: "V", Wo: "O", exp: "A" };

// What stands in each step, with the sign before each matrix but the first.
function parts(step, { cross, positions }) {
  const source = cross ? "C" : "X";
  return {
    X: positions ? [["E"], ["P", "plus"], ["X", "is"]] : [["X"]],
    C: positions ? [["EC"], ["PC", "plus"], ["C", "is"]] : [["C"]],
    Q: [["X"], ["Wq", "times"], ["Q", "is"]],
    K: [[source], ["Wk", "times"], ["K", "is"]],
    V: [[source], ["Wv", "times"], ["V", "is"]],
    S: [["Q"], ["KT", "times"], ["S", "is"]],
    scaled: [["S"], ["scaled", "divide"]],
    masked: [["scaled"], ["masked", "mask"]],
    A: [["masked"], ["exp", "power"], ["A", "share"]],
    Z: [["A"], ["V", "times"], ["Z", "is"]],
    O: [["Z"], ["Wo", "times"], ["O", "is"]],
  }[step];
}

export class Lens {
  // onPick(cell), onSet(cell, value | null | undefined, event)
  constructor(words, { onPick, onSet, onHover }) {
    this.words = words;
    this.onPick = onPick;
    this.onSet = onSet;
    this.onHover = onHover;
    this.matrices = {};
    this.signs = {};
    this.title = el("h3", {});
    this.note = el("p", { class: "note" });
    this.row = el("div", { class: "row" });
    this.formula = el("div", { class: "arithmetic", "data-fp": "arithmetic" });
    this.element = el("section", { class: "lens", "data-block": "lens" },
      el("div", { class: "head" }, this.title, this.note),
      el("div", { class: "scroll" }, this.row));
  }

  cell(name, row, column) {
    if (name === "KT") return { matrix: "K", head: 0, row: column, column: row };
    return { matrix: name, head: ODD.has(name) ? this.head : 0, row, column };
  }

  matrix(name) {
    return (this.matrices[name] ??= new Matrix({
      key: name, says: (row, column, value) => this.says(this.cell(name, row, column), value),
      onPick: (row, column) => this.onPick(this.cell(name, row, column)),
      onSet: name === "exp" || name === "P" || name === "PC" ? null
        : (row, column, value, event) => this.onSet(this.cell(name, row, column), value, event),
    }));
  }

  says(cell, value) {
    return fill(this.words.cellSays, { matrix: this.words.matrices[cell.matrix],
      ...this.nameOf(cell.matrix, cell.row, cell.column),
      value: value === null ? "−∞" : number(value) });
  }

  // What a row and a column are called: words, features, questions or plain numbers.
  axes(matrix) {
    const { answer, names } = this;
    const { words, looked_at: looked } = answer;
    const plain = Array.from({ length: 8 }, (_, i) => String(i + 1));
    const features = names.features ?? plain;
    const questions = names.questions ?? plain;
    return {
      E: [words, features], P: [words, plain], X: [words, features], EC: [looked, features],
      PC: [looked, plain], C: [looked, features],
      Wq: [features, questions], Wk: [features, questions], Wv: [features, features],
      Wo: [features, features],
      Q: [words, questions], K: [looked, questions], V: [looked, features], Z: [words, features],
      O: [words, features],
    }[matrix] ?? [words, looked];
  }

  nameOf(matrix, row, column) {
    const [rows, columns] = this.axes(matrix);
    return { row: rows[row], column: columns[column] };
  }

  // answer: of the route; state: the switches; step: what is enlarged; names: of hand-set columns;
  // edits: numbers set by hand.
  paint(answer, state, step, names, palette) {
    const { words } = this;
    this.answer = answer;
    this.names = names;
    this.head = answer.head;
    this.scaled = state.scaled;
    const shown = parts(step, { cross: state.kind === "cross", positions: state.positions });
    const width = 8 / answer.heads;
    const d = { d: width, t: state.temperature.toFixed(1), mask: words.masked[state.mask] };
    say(this.title, fill(words.steps[step][0], d));
    say(this.note, fill(words.steps[step][1], d));
    const key = `${shown} ${answer.heads}`;
    if (this.shown !== key) {
      this.shown = key;
      this.row.replaceChildren(...shown.flatMap(([name, sign]) =>
        [sign && this.sign(sign), this.matrix(name).element].filter(Boolean)));
    }
    for (const [, sign] of shown) {
      if (sign) this.sign(sign).firstChild.textContent = fill(this.sign_(sign, state), d);
    }
    let count = 0;
    const outside = (column) => answer.heads > 1 && Math.floor(column / width) !== answer.head;
    const edited = new Set(answer.set.map((cell) => cell.join(".")));
    for (const [i, [name]] of shown.entries()) {
      const [matrix, turned] = name === "KT" ? ["K", true] : [name, false];
      let values = answer.matrices[matrix];
      if (matrix === "A") values = values[answer.head];
      const largest = SIZE.has(matrix) ? 1 : largestOf(values);
      let [rows, columns] = this.axes(matrix);
      if (turned) [rows, columns, values] = [columns, rows, transposed(values)];
      const ends = i === 0 || i === shown.length - 1 || rows.length !== answer.words.length
        || turned || matrix.startsWith("W");
      const split = SPLIT.has(matrix) && (step === "S" || step === "Z");
      count += columns.length;
      this.matrix(name).paint({
        title: turned ? "K^T" : words.matrices[matrix], shape: shape(values), values,
        rows: ends ? rows : null, columns, size: SIZE.has(matrix), largest,
        faded: split ? (row, column) => outside(turned ? row : column) : undefined,
        set: (row, column) => {
          const cell = this.cell(name, row, column);
          return edited.has([cell.matrix, cell.head, cell.row, cell.column].join("."));
        },
        fixed: name === "exp" || name === "P" || name === "PC",
      }, palette);
    }
    const sides = shown.filter(([name]) => !this.matrix(name).sides.hidden).length;
    this.row.style.setProperty("--cells", count);
    this.row.style.setProperty("--names", sides);
    this.row.style.setProperty("--signs", shown.length - 1);
    this.row.style.setProperty("--wider",
      step === "scaled" || step === "masked" ? "3.1rem" : "0rem");
    this.names_ = shown.map(([name]) => name);
  }

  sign(kind) {
    return (this.signs[kind] ??= el("div", { class: `sign ${kind}` }, el("span", {})));
  }

  sign_(kind, state) {
    const { signs } = this.words;
    if (kind === "divide") return state.scaled ? signs.divide : signs.leave;
    if (kind === "mask") return state.mask === "none" ? signs.open : signs.mask;
    return signs[kind];
  }

  // Outlines the selected number and what it is made of.
  mark(place, opened) {
    for (const name of this.names_) {
      const matrix = this.matrix(name);
      const turned = name === "KT";
      const own = turned ? "K" : name;
      const sources = boxes(opened, own, ODD.has(own) ? [this.head] : [])
        .map((box) => ({ ...(turned ? turn(box) : box), role: "source" }));
      const here = place.matrix === own && (!ODD.has(own) || place.head === this.head);
      const { row, column } = place;
      matrix.select(here ? (turned ? { row: column, column: row } : { row, column }) : null,
        sources);
    }
  }

  // The selected number as a sum that can be checked.
  work(opened, place) {
    const { words } = this;
    const { row, column } = this.nameOf(place.matrix, place.row, place.column);
    const matrix = words.matrices[place.matrix];
    const title = [`${matrix} [`, el("bdi", {}, row), ", ", el("bdi", {}, column), "]"];
    const value = opened.value === null ? "−∞" : number(opened.value);
    const result = { class: "total", "data-fp": "total", "data-value": String(opened.value) };
    const out = el("output", result, value);
    const byHand = opened.computed !== null;
    const pieces = byHand ? [] : [...this.pieces(opened, column), sign("=")];
    const sum =
      el("div", { class: "sum" }, el("b", { class: "name" }, ...title), sign("="), ...pieces, out);
    const note = fill(words.setByYou, { value: brief(opened.computed) });
    this.formula.replaceChildren(sum, ...(byHand ? [el("p", { class: "by-hand" }, note)] : []));
    this.formula.dataset.cell = [place.matrix, place.head, place.row, place.column].join(".");
    const { left = [], right = [] } = opened;
    this.formula.dataset.terms = JSON.stringify(left.map((x, k) => [x, right[k], x * right[k]]));
  }

  // What stands on the right of the equals sign.
  pieces(opened, column) {
    const { matrices, maskTitle, off, origins } = this.words;
    const first = opened.sources[0] && matrices[opened.sources[0].array];
    switch (opened.kind) {
      case "dot": return plus(opened.left.map((x, k) => {
        const product = x * opened.right[k];
        const label = this.along(opened.sources[0])[k];
        return term(label, `${brief(x)} · ${wrap(opened.right[k])}`, brief(product),
          product ? "" : "none");
      }));
      case "sum": return opened.terms.length === 1 ? [sign(first)]
        : plus(opened.terms.map((x, k) => term(matrices["EP"[k]], k ? wrap(x) : brief(x))));
      case "scale": {
        const root = this.scaled ? `√${opened.root}` : off;
        return [term(first, brief(opened.x)), sign("/"), term(root, brief(opened.divisor))];
      }
      case "mask": return plus([term(first, brief(opened.x)),
        term(maskTitle, opened.open ? "0" : "−∞")]);
      case "exponential": {
        const { x, largest, temperature } = opened;
        return [sign("e ^"),
          term("", `(${brief(x)} − ${wrap(largest)}) / ${temperature.toFixed(1)}`)];
      }
      case "softmax": {
        const power = opened.powers[opened.column];
        const { looked_at: looked } = this.answer;
        const all = opened.powers.map((x, k) =>
          term(looked[k], brief(x), "", k === opened.column ? "own" : x ? "" : "none"));
        return [term(column, brief(power), "", "own"), sign("/"), sign("("), ...plus(all),
          sign(")"),
          sign("="), sign(`${brief(power)} / ${brief(opened.sum)}`)];
      }
      case "position": {
        const { function: wave, place, exponent, width, angle } = opened;
        return [
          sign(`${wave}(${place} / 10000^(${exponent}/${width})) = ${wave}(${number(angle)})`),
        ];
      }
      default: return [sign(origins[opened.origin])];
    }
  }

  // What the numbers of a source that lie along its last axis are called.
  along({ array, spans }) {
    const [, columns] = this.axes(array);
    return columns.slice(...spans[spans.length - 1]);
  }
}

const sign = (text) => el("span", { class: "op" }, text);
const term = (top, middle, bottom = "", extra = "") => el("span", { class: `term ${extra}` },
  el("small", {}, el("bdi", {}, top)), el("span", {}, middle),
  el("span", { class: "product" }, bottom));
const plus = (terms) => terms.flatMap((one, k) => (k ? [sign("+"), one] : [one]));
const wrap = (x) => (x < 0 ? `(${brief(x)})` : brief(x));

// As few places as say the same, three at most.
function brief(value) {
  if (value === null) return "−∞";
  const places =
    [0, 1, 2].find((count) => Math.abs(value - Number(value.toFixed(count))) < 1e-6) ?? 3;
  return number(value, value && Math.abs(value) < 0.0005 ? 3 : places);
}

const turn = ({ top, bottom, left, right, ...rest }) =>
  ({ ...rest, top: left, bottom: right, left: top, right: bottom });
