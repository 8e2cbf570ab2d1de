// @ts-nocheck
// One step of the way at full size: what goes in, what is done to it, what comes out; and below it
// the arithmetic of the selected number.

import { el, entry, fill, number, say } from "../kit/dom.js";
import { largestOf, transposed } from "../kit/heat.js";
import { Matrix } from "../kit/matrix.js";
import { SPLIT, shape } from "./flow.js";

const SIZE = new Set(["exp", "A"]);
const ODD = new Set(["S", "scaled", "masked", "exp", "A"]); // one of each head: words by words
// the step that a matrix belongs to
/** @type {Record<string, string>} */
export const MAKES =
  { E: "X", P: "X", EC: "C", PC: "C", Wq: "Q", Wk: "K", Wv: "V", Wo: "O", exp: "A" };

// What stands in each step, with the sign before each matrix but the first.
/** @param {number} step @param {{ cross: boolean, positions: any }} options */
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
  /** @type {any} */
  answer;
  /** @type {any} */
  names;
  /** @type {any} */
  head;
  /** @type {string} */
  shown;
  /** @type {any} */
  names_;

  // onPick(cell), onSet(cell, value | null | undefined, event)
  /**
   * @param {StepsWords} words
   * @param {{ onPick: (cell: any) => void, onSet: (all: any, value: number | null | undefined,
   *   event: Event | null) => void, onHover?: any }} options
   */
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

  /** @param {string} name @param {number} row @param {number} column */
  cell(name, row, column) {
    if (name === "KT") return { matrix: "K", head: 0, row: column, column: row };
    return { matrix: name, head: ODD.has(name) ? this.head : 0, row, column };
  }

  /** @param {string} name */
  matrix(name) {
    return (/** @type {any} */ (this.matrices)[name] ??= new Matrix({
      key: name, says: (row, column, value) => this.says(this.cell(name, row, column), value),
      onPick: (row, column) => this.onPick(this.cell(name, row, column)),
      onSet: name === "exp" || name === "P" || name === "PC" ? null
        : (row, column, value, event) => this.onSet(this.cell(name, row, column), value, event),
    }));
  }

  /** @param {any} cell @param {number | null} value */
  says(cell, value) {
    return fill(this.words.cellSays, { matrix: this.words.matrices[cell.matrix],
      ...this.nameOf(cell.matrix, cell.row, cell.column),
      value: value === null ? "−∞" : number(value) });
  }

  // What a row and a column are called: words, features, questions or plain numbers.
  /** @param {any} matrix */
  axes(matrix) {
    const { answer, names } = this;
    const { words, looked_at: looked } = answer;
    const plain = Array.from({ length: 8 }, (_, i) => String(i + 1));
    const features = names.features ?? plain;
    const questions = names.questions ?? plain;
    return entry({
      E: [words, features], P: [words, plain], X: [words, features], EC: [looked, features],
      PC: [looked, plain], C: [looked, features],
      Wq: [features, questions], Wk: [features, questions], Wv: [features, features],
      Wo: [features, features],
      Q: [words, questions], K: [looked, questions], V: [looked, features], Z: [words, features],
      O: [words, features],
    }, matrix) ?? [words, looked];
  }

  /** @param {any} matrix @param {number} row @param {number} column */
  nameOf(matrix, row, column) {
    const [rows, columns] = this.axes(matrix);
    return { row: rows[row], column: columns[column] };
  }

  // answer: of the route; state: the switches; step: what is enlarged; names: of hand-set columns;
  // edits: numbers set by hand.
  /**
   * @param {StepsAnswer} answer
   * @param {any} state
   * @param {number} step
   * @param {any} names
   * @param {Palette} palette
   */
  paint(answer, state, step, names, palette) {
    const { words } = this;
    this.answer = answer;
    this.names = names;
    this.head = answer.head;
    const shown = parts(step, { cross: state.kind === "cross", positions: state.positions });
    const width = 8 / answer.heads;
    const d = { d: width, t: state.temperature.toFixed(1), mask: words.masked[state.mask] };
    say(this.title, fill(entry(words.steps, step)[0], d));
    say(this.note, fill(entry(words.steps, step)[1], d));
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
    /** @param {number} column */
    const outside = (column) => answer.heads > 1 && Math.floor(column / width) !== answer.head;
    const edited = new Set(answer.set.map((cell) => cell.join(".")));
    for (const [i, [name]] of shown.entries()) {
      const [matrix, turned] = name === "KT" ? ["K", true] : [name, false];
      let values = entry(answer.matrices, matrix);
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
        faded: split ? (/** @type {number} */ row, /** @type {number} */ column) =>
          outside(turned ? row : column) : undefined,
        set: (/** @type {number} */ row, /** @type {number} */ column) => {
          const cell = this.cell(name, row, column);
          return edited.has([cell.matrix, cell.head, cell.row, cell.column].join("."));
        },
        fixed: name === "exp" || name === "P" || name === "PC",
      }, palette);
    }
    const sides = shown.filter(([name]) => !this.matrix(name).sides.hidden).length;
    this.row.style.setProperty("--cells", String(count));
    this.row.style.setProperty("--names", sides);
    this.row.style.setProperty("--signs", String(shown.length - 1));
    this.row.style.setProperty("--wider",
      step === "scaled" || step === "masked" ? "3.1rem" : "0rem");
    this.names_ = shown.map(([name]) => name);
  }

  /** @param {any} kind */
  sign(kind) {
    return (/** @type {any} */ (this.signs)[kind] ??=
      el("div", { class: `sign ${kind}` }, el("span", {})));
  }

  /** @param {any} kind @param {any} state */
  sign_(kind, state) {
    const { signs } = this.words;
    if (kind === "divide") return state.scaled ? signs.divide : signs.leave;
    if (kind === "mask") return state.mask === "none" ? signs.open : signs.mask;
    return signs[kind];
  }

  // Outlines the selected number and what it is made of; the row of the word that asks is named.
  /** @param {StepsViewPlace} place @param {StepsAnswerWorkingSource[]} sources */
  mark(place, sources) {
    for (const name of this.names_) {
      const matrix = this.matrix(name);
      const turned = name === "KT";
      const own = turned ? "K" : name;
      const head = ODD.has(own) ? this.head : 0;
      const boxes = sources.filter((box) => box.matrix === own
        && (!ODD.has(own) || box.head === head))
          .map((box) => ({ ...(turned ? turn(box) : box), role: "source" }));
      const here = place.matrix === own && (!ODD.has(own) || place.head === head);
      const chosen = here && (turned ? { row: place.column, column: place.row }
        : { row: place.row, column: place.column });
      matrix.select(chosen || null, boxes);
    }
  }

  // The selected number as a sum that can be checked.
  /** @param {StepsAnswerWorking} working @param {any} state */
  work(working, state) {
    const { words } = this;
    const { cell, kind, terms, value, total, computed } = working;
    const { row, column } = this.nameOf(cell.matrix, cell.row, cell.column);
    const result = value === null ? "−∞" : number(value);
    const name = el("b", { class: "name" }, `${words.matrices[cell.matrix]} [`, el("bdi", {}, row),
      ", ", el("bdi", {}, column), "]");
    const out =
      el("output", { class: "total", "data-fp": "total", "data-value": String(value) }, result);
    const pieces = [];
    /** @param {string} top @param {string} middle @param {string} bottom @param {string} [extra] */
    const term = (top, middle, bottom, extra = "") => el("span", { class: `term ${extra}` },
      el("small", {}, el("bdi", {}, top)), el("span", {}, middle),
      el("span", { class: "product" }, bottom));
    /** @param {string} text */
    const sign = (text) => el("span", { class: "op" }, text);
        /** @param {number} x */
        const wrap = (x) => (x < 0 ? `(${brief(x)})` : brief(x));
    const labels = this.inner(working);
    if (kind === "dot") {
      terms.forEach(([a, b, product], k) => {
        if (k) pieces.push(sign("+"));
        pieces.push(term(labels[k], `${brief(a)} · ${wrap(b)}`, brief(product),
          product === 0 ? "none" : ""));
      });
    } else if (kind === "sum") {
      pieces.push(term(words.matrices.E, brief(terms[0][0]), ""), sign("+"),
        term(words.matrices.P, wrap(terms[1][0]), ""));
    } else if (kind === "scale") {
      pieces.push(term(words.matrices.S, brief(terms[0][0]), ""), sign("/"),
        term(state.scaled ? `√${8 / state.heads}` : words.off, brief(total), ""));
    } else if (kind === "mask") {
      pieces.push(term(words.matrices.scaled, brief(terms[0][0]), ""), sign("+"),
        term(words.maskTitle, total ? "0" : "−∞", ""));
    } else if (kind === "exp") {
      pieces.push(sign("e ^"),
        term("", `(${brief(terms[0][0])} − ${wrap(total)}) / ${state.temperature.toFixed(1)}`, ""));
    } else if (kind === "softmax") {
      const power = terms[cell.column][1];
      pieces.push(term(column, brief(power), "", "own"), sign("/"), sign("("));
      terms.forEach(([, exponent], k) => {
        if (k) pieces.push(sign("+"));
        pieces.push(term(labels[k], brief(exponent), "",
          k === cell.column ? "own" : exponent === 0 ? "none" : ""));
      });
      pieces.push(sign(")"), sign("="), sign(`${brief(power)} / ${brief(total)}`));
    } else if (kind === "position") {
      pieces.push(sign(`${cell.column % 2 ? "cos" : "sin"}(${cell.row} / 10000^(${2
        * Math.floor(cell.column / 2)}/8)) = ${cell.column % 2 ? "cos"
          : "sin"}(${number(total)})`));
    } else pieces.push(sign(kind === "same" ? words.matrices.E : words.origins[working.origin]));
    const by = computed === null ? []
      : [el("p", { class: "by-hand" }, fill(words.setByYou, { value: brief(computed) }))];
    const sums = computed === null ? [...pieces, sign("=")] : [sign("=")];
    this.formula.replaceChildren(el("div", { class: "sum" }, name, sign("="),
      ...(computed === null ? sums : []), out), ...by);
    this.formula.dataset.cell = [cell.matrix, cell.head, cell.row, cell.column].join(".");
    this.formula.dataset.terms = JSON.stringify(terms);
  }

  // What each term of a sum stands for.
  /** @param {{ kind?: any, terms?: any, sources?: any }} options */
  inner({ kind, terms, sources }) {
    if (kind === "softmax") return this.answer.looked_at;
    if (kind !== "dot") return terms.map(() => "");
    const [, columns] = this.axes(sources[0].matrix);
    return columns.slice(sources[0].left, sources[0].right);
  }
}

// As few places as say the same, three at most.
/** @param {number} value */
function brief(value) {
  if (value === null) return "−∞";
  const places =
    [0, 1, 2].find((count) => Math.abs(value - Number(value.toFixed(count))) < 1e-6) ?? 3;
  return number(value, value && Math.abs(value) < 0.0005 ? 3 : places);
}

/** @param {StepsAnswerWorkingSource} options */
const turn = ({ top, bottom, left, right, ...rest }) =>
  ({ ...rest, top: left, bottom: right, left: top, right: bottom });
