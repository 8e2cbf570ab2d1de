// The arithmetic behind the selected number of a cell: the largest products, what all others add up
// to, the biases, the squashing function; or, for a state, the few gates that it is put together
// from, each of which can be followed.

import { button, el, fill, number, say, signed } from "../kit/dom.js";
import { Practice } from "../kit/practice.js";
/** @import { Term, Wire } from "../kit/opened.js" */

/**
 * A number with its place: see core/recurrent/cell/gates.py.
 * @typedef {CellViewPlace & { cell: string, number: Wire }} Worked
 * A line of the arithmetic; what adds up to the total is a "head", what a reset gate multiplies is
 * "past".
 * @typedef {{ kind: string, name?: string, note?: string, value?: number,
 *   factors?: Factor[], isProduct?: boolean }} Line
 * @typedef {{ array: string, function: string, before: boolean, value: number }} Factor
 * @typedef {{ terms: Term[], sum: number, rest: number | null }} Sum
 */

export class Equation {
  cell = "";
  written = ""; // what the lines were made from
  /** @type {{ worked: Worked, word: string } | null} */
  now = null;

  // onPlace(what): follow a factor to where it stands: a gate, or "c_before" and "h_before"
  /** @param {CellWords} words @param {{ onPlace: (what: string) => void }} options */
  constructor(words, { onPlace }) {
    this.words = words;
    this.onPlace = onPlace;
    this.title = el("h2", {});
    this.where = el("p", { class: "note" });
    this.lines = el("table", { class: "ledger", "aria-label": words.arithmetic });
    this.total = el("output", { class: "total", "data-fp": "total" });
    this.practice = new Practice(words, () => this.again());
    this.practice.onFound = () => this.tell();
    this.element = el("section", { class: "equation", "data-block": "number" },
      this.title, this.where, this.lines, this.total, this.practice.element);
  }

  // word: what the step has read.
  /** @param {Worked} worked @param {string} word */
  paint(worked, word) {
    const { cell, gate, layer, time, unit, number: opened } = worked;
    const { words, practice } = this;
    this.cell = cell;
    this.now = { worked, word };
    say(this.title, fill(words.numberOf, { gate: words.gates[gate], unit }));
    say(this.where, fill(words.numberAt, { time: time + 1, word, layer: layer + 1 }));
    const lines = opened.kind === "gate" ? this.state(opened) : this.sum(opened);
    const changed = practice.take(asSides(opened), 0);
    const written = JSON.stringify([worked, word]);
    this.element.dataset.number = [cell, gate, layer, time, unit].join(".");
    // what is being typed stays as long as the number does
    if (!changed && practice.blanks.length && written === this.written) return;
    this.written = written;
    this.lines.replaceChildren(...lines.map((line) => this.line(line)));
    practice.place([.../** @type {NodeListOf<HTMLElement>} */ (
      this.lines.querySelectorAll(".is-product"))]);
    this.tell();
  }

  again() {
    if (this.now) this.paint(this.now.worked, this.now.word);
  }

  // What it comes to, unless that is to be worked out.
  tell() {
    if (!this.now) return;
    const { worked: { gate, number: { value } } } = this.now;
    const hidden = this.practice.open("sum");
    say(this.total, `${this.symbol(gate)} = ${hidden ? "?" : number(value ?? NaN)}`);
    this.total.dataset.value = hidden ? "" : String(value);
    this.element.classList.toggle("hides", hidden);
  }

  /** @param {string} what */
  symbol(what) {
    return this.cell === "gru" && what === "candidate" ? "n" : this.words.symbols[what];
  }

  // A row of weights times what the step has read and what it remembers; the biases; the function
  // around it all.
  /** @param {Wire} opened @returns {Line[]} */
  sum({ x, h, b_ih, b_hh, before, function: activation, reset }) {
    const { words } = this;
    const biases = reset == null ? [{ kind: "head", name: words.biases, value: b_ih + b_hh }] : [
      { kind: "term", name: words.biasHidden, value: b_hh },
      { kind: "head", name: fill(words.timesReset, { reset: number(reset) }),
        value: reset * (h.sum + b_hh) },
      { kind: "head", name: words.biasInput, value: b_ih }];
    return [
      ...this.side(words.fromInput, x, words.inputUnit, "head"),
      ...this.side(words.fromHidden, h, words.hiddenUnit, reset == null ? "head" : "past"),
      ...biases,
      { kind: "sum", name: words.before, value: before },
      { kind: "note", name: activation === "tanh" ? words.tanhOf : words.sigmoidOf },
    ];
  }

  // The products of one side: the largest, and what all others add up to.
  /** @param {string} name @param {Sum} sum @param {string} unit @param {string} kind */
  side(name, { terms, sum, rest }, unit, kind) {
    const others = rest == null ? []
      : [{ kind: "term", name: this.words.others, value: rest }];
    return [{ kind, name, value: sum }, ...terms.map(({ at, left, right, product }) => ({
      kind: "term", name: `${number(left)} × ${number(right)}`, value: product,
      isProduct: true,
      note: fill(unit, { unit: at[at.length - 1] }),
    })), ...others];
  }

  // A state is put together from gates: products of two, added up.
  /** @param {Wire} opened @returns {Line[]} */
  state({ products, total }) {
    /** @type {Line[]} */
    const lines = products.map((/** @type {{ factors: Factor[], value: number }} */ product) =>
      ({ kind: "factors", ...product }));
    if (lines.length < 2) return lines.map((line) => ({ ...line, kind: "factors result" }));
    return [...lines, { kind: "sum result", name: this.words.together, value: total ?? undefined }];
  }

  /** @param {Line} line */
  line({ kind, name = "", note, value, factors, isProduct }) {
    const left = factors?.flatMap((factor, i) => [i ? " × " : "", this.factor(factor)]) ?? [name];
    return el("tr", { class: kind },
      el("td", {}, ...left, note ? el("span", { class: "note" }, ` ${note}`) : null),
      el("td", { "data-value": this.practice.blanks.length ? null : value,
        class: isProduct ? "is-product" : null }, value == null ? "" : signed(value)));
  }

  // tanh c and 1 − z lead to c and z.
  /** @param {Factor} factor */
  factor({ array, function: applied, before, value }) {
    const place = `${array}${before ? "_before" : ""}`;
    const name = `${AROUND[applied] ?? ""}${place}`;
    return button(`${this.symbol(name)} ${number(value)}`, () => this.onPlace(place),
      { class: "quiet", "data-fp": `factor-${name}` });
  }
}

// A gate with the products that are written out here: the largest of both sides.
/** @param {Wire} opened @returns {Wire} */
const asSides = (opened) => (opened.kind === "gate" ? opened
  : { ...opened, kind: "sides", terms: [...opened.x.terms, ...opened.h.terms] });

/** @type {Record<string, string>} */
const AROUND = { tanh: "tanh_", "one minus": "one_minus_" };
