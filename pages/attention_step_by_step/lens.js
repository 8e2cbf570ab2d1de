// One step of the way: what goes in, what is done to it, what comes out. The matrix that has the
// selected number is at full size, with its numbers and words; the others are small, and a click
// brings one forward. And the arithmetic of the selected number.

import { activeBeside, el, entry, fill, number, say } from "../kit/dom.js";
import { largestOf, transposed } from "../kit/heat.js";
import { Matrix } from "../kit/matrix.js";
import { boxes } from "../kit/opened.js";
import { Practice } from "../kit/practice.js";
import { SPLIT, shape, Thumb } from "./flow.js";

/**
 * @typedef {import("./flow.js").Answered} Answered
 * @typedef {import("./flow.js").Place} Place
 * @typedef {import("./flow.js").State} State
 * @typedef {import("./flow.js").Wire} Wire
 * @typedef {[name: string, sign?: string]} Part a matrix with the sign before it
 * @typedef {(place: Place, value: number | null | undefined, event: Event | null) => unknown} OnSet
 */

const SIZE = new Set(["exp", "A"]);
const FIXED = new Set(["exp", "P", "PC"]); // follow from a formula
const ODD = new Set(["S", "scaled", "masked", "exp", "A"]); // one of each head: words by words
/** @type {Record<string, string>} the step that a matrix belongs to */
export const MAKES =
  { E: "X", P: "X", EC: "C", PC: "C", Wq: "Q", Wk: "K", Wv: "V", Wo: "O", exp: "A" };

/**
 * What stands in each step.
 * @param {string} step @param {{ cross: boolean, positions: boolean }} switches
 * @returns {Part[]}
 */
function parts(step, { cross, positions }) {
  const source = cross ? "C" : "X";
  /** @type {Record<string, Part[]>} */
  const steps = {
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
  };
  return steps[step];
}

export class Lens {
  /** @type {Record<string, Matrix>} */
  matrices = {};
  /** @type {Record<string, Thumb>} the same, small */
  thumbs = {};
  large = ""; // which of those on show is at full size
  /** @type {Record<string, HTMLElement>} */
  signs = {};
  /** @type {string[]} the matrices on show */
  names = [];
  /** @type {Answered | undefined} */
  answer;
  /** @type {Partial<StepsNames>} of columns that were set by hand */
  columns = {};
  head = 0;
  scaled = true;
  key = "";
  title = el("h2", {});
  note = el("p", { class: "note" });
  row = el("div", { class: "row" });
  formula = el("div", { class: "arithmetic", "data-fp": "arithmetic" });
  total = el("output", { class: "total", "data-fp": "total" });
  /** @type {{ opened: Wire, place: Place } | null} */
  worked = null;
  written = ""; // what the formula was made from
  element = el("section", { class: "lens answered", "data-block": "lens" },
    el("div", { class: "head" }, this.title, this.note),
    el("div", { class: "scroll" }, this.row));

  /**
   * @param {StepsWords} words
   * @param {{ onPick: (place: Place) => unknown, onSet: OnSet }} options
   */
  constructor(words, { onPick, onSet }) {
    this.words = words;
    this.onPick = onPick;
    this.onSet = onSet;
    this.practice = new Practice(words, () => this.again());
    this.practice.onFound = () => this.tell();
  }

  /** @param {string} name @param {number} row @param {number} column @returns {Place} */
  place(name, row, column) {
    if (name === "KT") return { matrix: "K", head: 0, row: column, column: row };
    return { matrix: name, head: ODD.has(name) ? this.head : 0, row, column };
  }

  /** @param {string} name */
  matrix(name) {
    return (this.matrices[name] ??= new Matrix({
      key: name,
      labelOf: (row, column, value) => this.labelOf(this.place(name, row, column), value),
      onPick: (row, column) => this.onPick(this.place(name, row, column)),
      onSet: FIXED.has(name) ? null
        : (row, column, value, event) => this.onSet(this.place(name, row, column), value, event),
    }));
  }

  /** @param {string} name */
  thumb(name) {
    return (this.thumbs[name] ??= new Thumb({
      key: `lens-${name}`,
      title: name === "KT" ? "K^T" : entry(this.words.matrices, name),
      labelOf: (row, column, value) => this.labelOf(this.place(name, row, column), value),
      onPick: (row, column) => this.onPick(this.place(name, row, column)),
    }));
  }

  // The matrix of the selected number, if it is in this step, else what comes out of it.
  /** @param {Place} place */
  largest({ matrix, head }) {
    const mine = this.names.filter((name) => (name === "KT" ? "K" : name) === matrix);
    return mine.find((name) => !ODD.has(name) || head === this.head)
      ?? this.names[this.names.length - 1];
  }

  /** @param {Place} place @param {number | null} value */
  labelOf({ matrix, row, column }, value) {
    return fill(this.words.cellSays, { matrix: this.words.matrices[matrix],
      ...this.nameOf(matrix, row, column), value: value === null ? "−∞" : number(value) });
  }

  // What rows and columns are called: words, features, questions or plain numbers.
  /** @param {string} matrix @returns {[string[], string[]]} */
  axes(matrix) {
    const { words, looked_at: looked } = /** @type {Answered} */ (this.answer);
    const plain = Array.from({ length: 8 }, (_, i) => String(i + 1));
    const { features = plain, questions = plain } = this.columns;
    /** @type {Record<string, [string[], string[]]>} */
    const axes = {
      E: [words, features], P: [words, plain], X: [words, features], EC: [looked, features],
      PC: [looked, plain], C: [looked, features],
      Wq: [features, questions], Wk: [features, questions], Wv: [features, features],
      Wo: [features, features],
      Q: [words, questions], K: [looked, questions], V: [looked, features], Z: [words, features],
      O: [words, features],
    };
    return axes[matrix] ?? [words, looked];
  }

  /** @param {string} matrix @param {number} row @param {number} column */
  nameOf(matrix, row, column) {
    if (!this.answer) return { row: String(row + 1), column: String(column + 1) };
    const [rows, columns] = this.axes(matrix);
    return { row: rows[row], column: columns[column] };
  }

  // step: what is enlarged; columns: names of hand-set ones.
  /**
   * @param {Answered} answer
   * @param {State} state
   * @param {string} step
   * @param {Partial<StepsNames>} columns
   * @param {Palette} palette
   */
  paint(answer, state, step, columns, palette) {
    const { words } = this;
    const focused = activeBeside(this.element);
    this.answer = answer;
    this.columns = columns;
    this.head = answer.head;
    this.scaled = state.scaled;
    const shown = parts(step, { cross: state.kind === "cross", positions: state.positions });
    this.names = shown.map(([name]) => name);
    const about = { d: 8 / answer.heads, t: state.temperature.toFixed(1),
      mask: words.masked[state.mask] };
    const [title, note] = entry(words.steps, step);
    say(this.title, fill(title, about));
    say(this.note, fill(note, about));
    this.large = this.largest(answer.place);
    this.arrange(shown);
    for (const [, sign] of shown) {
      if (sign) say(this.sign(sign), fill(this.signText(sign, state), about));
    }
    for (const name of this.names) this.paintMatrix(name, step, palette);
    // who has brought a matrix forward by the keys goes on in it
    const came = this.thumbs[this.large]?.canvas === focused && focused;
    if (came) this.matrix(this.large).cells[0].focus({ preventScroll: true });
    this.row.style.setProperty("--others", String(shown.length - 1));
  }

  // Puts the matrices of a step beside each other, with their signs.
  /** @param {Part[]} shown */
  arrange(shown) {
    const key = `${shown} ${this.large}`;
    if (this.key === key) return;
    this.key = key;
    this.row.replaceChildren(...shown.flatMap(([name, sign]) => {
      const { element } = name === this.large ? this.matrix(name) : this.thumb(name);
      return sign ? [el("div", { class: `sign ${sign}` }, this.sign(sign)), element] : [element];
    }));
  }

  /** @param {string} name @param {string} step @param {Palette} palette */
  paintMatrix(name, step, palette) {
    const answer = /** @type {Answered} */ (this.answer);
    const [matrix, turned] = name === "KT" ? ["K", true] : [name, false];
    /** @type {number[][]} */
    let values = matrix === "A" ? answer.matrices.A[answer.head] : entry(answer.matrices, matrix);
    const size = SIZE.has(matrix);
    const largest = size ? 1 : largestOf(values);
    let [rows, columns] = this.axes(matrix);
    if (turned) [rows, columns, values] = [columns, rows, transposed(values)];
    if (name !== this.large) {
      say(this.thumb(name).note, shape(values));
      return this.thumb(name).show(values, { signed: !size, largest }, palette);
    }
    this.row.style.setProperty("--cells", String(columns.length));
    const width = 8 / answer.heads;
    /** @param {number} column */
    const outside = (column) => answer.heads > 1 && Math.floor(column / width) !== answer.head;
    const split = SPLIT.has(matrix) && (step === "S" || step === "Z");
    const edited = new Set(answer.set.map((place) => place.join(".")));
    this.matrix(name).paint({
      title: turned ? "K^T" : this.words.matrices[matrix], shape: shape(values), values,
      rows, columns, size, largest,
      faded: split ? (row, column) => outside(turned ? row : column) : undefined,
      set: (row, column) => edited.has(keyOf(this.place(name, row, column))),
      fixed: FIXED.has(name),
    }, palette);
  }

  /** @param {string} kind */
  sign(kind) {
    return (this.signs[kind] ??= el("span", {}));
  }

  /** @param {string} kind @param {State} state */
  signText(kind, state) {
    const { signs } = this.words;
    if (kind === "divide") return state.scaled ? signs.divide : signs.leave;
    if (kind === "mask") return state.mask === "none" ? signs.open : signs.mask;
    return signs[kind];
  }

  // Outlines the selected number and what it is made of.
  /** @param {Place} place @param {Wire} opened */
  mark(place, opened) {
    for (const name of this.names) {
      const turned = name === "KT";
      const own = turned ? "K" : name;
      const sources = boxes(opened, own, ODD.has(own) ? [this.head] : [])
        .map((box) => ({ ...(turned ? turn(box) : box), role: "source" }));
      if (name !== this.large) {
        this.thumb(name).outline(null, sources);
        continue;
      }
      const { row, column } = place;
      const here = place.matrix === own && (!ODD.has(own) || place.head === this.head);
      const chosen = turned ? { row: column, column: row } : { row, column };
      this.matrix(name).select(here ? chosen : null, sources);
    }
  }

  // The selected number as a sum that can be checked, or worked out. What is being typed into it
  // stays as long as the number does.
  /** @param {Wire} opened @param {Place} place */
  work(opened, place) {
    const { words, practice } = this;
    const { row, column } = this.nameOf(place.matrix, place.row, place.column);
    this.worked = { opened, place };
    const changed = practice.take(asTerms(opened), 0);
    const now = JSON.stringify([opened, place, row, column]);
    if (!changed && practice.blanks.length && now === this.written) return;
    this.written = now;
    const title =
      [`${words.matrices[place.matrix]} [`, el("bdi", {}, row), ", ", el("bdi", {}, column), "]"];
    const byHand = opened.computed !== null;
    const pieces = byHand ? [] : [...this.pieces(opened, column), sign("=")];
    const sum = el("div", { class: "sum" }, el("b", { class: "name" }, ...title), sign("="),
      ...pieces, this.total);
    const note = fill(words.setByYou, { value: brief(opened.computed) });
    this.formula.replaceChildren(sum, practice.element,
      ...(byHand ? [el("p", { class: "by-hand" }, note)] : []));
    practice.place([.../** @type {NodeListOf<HTMLElement>} */ (sum.querySelectorAll(".product"))]);
    this.tell();
    this.formula.dataset.cell = keyOf(place);
    const { left = [], right } = opened;
    this.formula.dataset.terms = practice.blanks.length ? "" : JSON.stringify(left.map(
      (/** @type {number} */ x, /** @type {number} */ k) => [x, right[k], x * right[k]]));
  }

  again() {
    if (this.worked) this.work(this.worked.opened, this.worked.place);
  }

  // What it comes to, here and in the matrix above, unless that is to be worked out.
  tell() {
    const { value } = /** @type {{ opened: Wire }} */ (this.worked).opened;
    const hidden = this.practice.open("sum");
    say(this.total, hidden ? "?" : value === null ? "−∞" : number(value));
    this.total.dataset.value = hidden ? "" : String(value);
    this.element.classList.toggle("hides", hidden);
  }

  // What stands on the right of the equals sign.
  /** @param {Wire} opened @param {string} column */
  pieces(opened, column) {
    const { matrices, maskTitle, off, origins } = this.words;
    const first = opened.sources[0] && matrices[opened.sources[0].array];
    switch (opened.kind) {
      case "dot": return this.products(opened);
      case "sum": return opened.terms.length === 1 ? [sign(first)]
        : plus(opened.terms.map((/** @type {number} */ x, /** @type {number} */ k) =>
          term(matrices["EP"[k]], k ? wrap(x) : brief(x))));
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
      case "softmax": return this.shares(opened, column);
      case "position": {
        const { function: wave, place, exponent, width, angle } = opened;
        return [
          sign(`${wave}(${place} / 10000^(${exponent}/${width})) = ${wave}(${number(angle)})`),
        ];
      }
      default: return [sign(origins[opened.origin])];
    }
  }

  /** @param {Wire} opened */
  products({ left, right, sources: [source] }) {
    const names = this.along(source);
    return plus(left.map((/** @type {number} */ x, /** @type {number} */ k) => {
      const product = x * right[k];
      return term(names[k], `${brief(x)} · ${wrap(right[k])}`, brief(product),
        product ? "" : "none");
    }));
  }

  /** @param {Wire} opened @param {string} name of the word that is read */
  shares({ powers, column, sum }, name) {
    const { looked_at: looked } = /** @type {Answered} */ (this.answer);
    const power = brief(powers[column]);
    const all = powers.map((/** @type {number} */ x, /** @type {number} */ k) =>
      term(looked[k], brief(x), "", k === column ? "own" : x ? "" : "none"));
    return [term(name, power, "", "own"), sign("/"), sign("("), ...plus(all), sign(")"), sign("="),
      sign(`${power} / ${brief(sum)}`)];
  }

  // What the numbers of a source that lie along its last axis are called.
  /** @param {import("../kit/opened.js").Source} source */
  along({ array, spans }) {
    const [, columns] = this.axes(array);
    return columns.slice(...spans[spans.length - 1]);
  }
}

/** @param {Place} place */
export const keyOf = ({ matrix, head, row, column }) => [matrix, head, row, column].join(".");

// A sum of products with all of them in the order in which they stand here.
/** @param {Wire} opened @returns {Wire} */
function asTerms(opened) {
  if (opened.kind !== "dot") return opened;
  const { left, right } = opened;
  return { ...opened, rest: null, terms: left.map((/** @type {number} */ x,
    /** @type {number} */ k) => ({ left: x, right: right[k], product: x * right[k] })) };
}

/** @param {string} text */
const sign = (text) => el("span", { class: "op" }, text);
/** @param {string} top @param {string} middle @param {string} [bottom] @param {string} [extra] */
const term = (top, middle, bottom = "", extra = "") => el("span", { class: `term ${extra}` },
  el("small", {}, el("bdi", {}, top)), el("span", {}, middle),
  el("span", { class: "product" }, bottom));
/** @param {HTMLElement[]} terms */
const plus = (terms) => terms.flatMap((one, k) => (k ? [sign("+"), one] : [one]));
/** @param {number} x */
const wrap = (x) => (x < 0 ? `(${brief(x)})` : brief(x));

// As few places as say the same, three at most.
/** @param {number | null} value */
function brief(value) {
  if (value === null) return "−∞";
  const places =
    [0, 1, 2].find((count) => Math.abs(value - Number(value.toFixed(count))) < 1e-6) ?? 3;
  return number(value, value && Math.abs(value) < 0.0005 ? 3 : places);
}

/** @param {Box} box @returns {Box} */
const turn = ({ top, bottom, left, right }) =>
  ({ top: left, bottom: right, left: top, right: bottom });
