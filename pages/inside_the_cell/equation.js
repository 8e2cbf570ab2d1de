// @ts-nocheck
// The arithmetic behind the selected number of a cell: the largest products, what all others add up
// to, the biases, the squashing function; or, for a state, the few gates that it is put together
// from, each of which can be followed.

import { button, el, entry, fill, number, say, signed } from "../kit/dom.js";

export class Equation {
  /** @type {any} */
  cell;

  // onPlace(what): follow a factor to where it stands: a gate, or "c_before" and "h_before"
  /** @param {CellWords} words @param {{ onPlace: (what: any) => void }} options */
  constructor(words, { onPlace }) {
    this.words = words;
    this.onPlace = onPlace;
    this.title = el("h3", {});
    this.where = el("p", { class: "note" });
    this.lines = el("table", { class: "ledger" });
    this.total = el("output", { class: "total", "data-fp": "total" });
    this.element = el("section", { class: "equation", "data-block": "number" },
      this.title, this.where, this.lines, this.total);
  }

  // worked: see core/recurrent/cell/gates.py; heard: the word or number that the step has read.
  /** @param {any} worked @param {any} heard */
  paint(worked, heard) {
    const { words } = this;
    const { cell, gate, layer, time, unit, number: opened } = worked;
    say(this.title, fill(words.numberOf, { gate: words.gates[gate], unit }));
    say(this.where, fill(words.numberAt, { time: time + 1, word: heard, layer: layer + 1 }));
    this.cell = cell;
    this.fillIn(opened.kind === "gate" ? this.state(opened) : this.sum(opened));
    say(this.total, `${this.symbol(gate)} = ${number(opened.value)}`);
    this.total.dataset.value = opened.value;
    this.element.dataset.number = [cell, gate, layer, time, unit].join(".");
  }

  /** @param {string} what */
  symbol(what) {
    return this.cell === "gru" && what === "candidate" ? "n" : this.words.symbols[what];
  }

  // A row of weights times what the step has read and what it remembers; the biases; the function
  // around it all. What adds up to the total is a "head"; what a reset gate multiplies is not.
  /**
   * @param {{ x?: number, h?: any, b_ih?: any, b_hh?: any, before?: any, function?: any,
   *   reset?: any }} options
   */
  sum({ x, h, b_ih, b_hh, before, function: activation, reset }) {
    const { words } = this;
    /**
     * @param {string} name
     * @param {{ terms?: any, sum?: any, rest?: any }} options
     * @param {any} unitName
     * @param {string} [kind]
     */
    const part = (name, { terms, sum, rest }, unitName, kind = "head") => [
      { kind, name, value: sum },
      ...terms.map((/** @type {any} */ { at, left, right, product }) => ({
        kind: "term", name: `${number(left, 2)} × ${number(right, 2)}`, value: product,
        note: fill(unitName, { unit: at[at.length - 1] }),
      })),
      ...(rest == null ? [] : [{ kind: "term", name: words.others, value: rest }]),
    ];
    const held = reset == null ? "head" : "past";
    return [
      ...part(words.fromInput, x, words.inputUnit),
      ...part(words.fromHidden, h, words.hiddenUnit, held),
      ...(reset == null ? [{ kind: "head", name: words.biases, value: b_ih + b_hh }] : [
        { kind: "term", name: words.biasHidden, value: b_hh },
        {
          kind: "head", name: fill(words.timesReset, { reset: number(reset) }),
          value: reset * (h.sum + b_hh),
        },
        { kind: "head", name: words.biasInput, value: b_ih }]),
      { kind: "sum", name: words.before, value: before },
      { kind: "note", name: activation === "tanh" ? words.tanhOf : words.sigmoidOf },
    ];
  }

  // A state is put together from gates: products of two, added up.
  /** @param {{ products?: any, total?: any }} options */
  state({ products, total }) {
    const rows = products.map((/** @type {any} */ { factors, value }) => ({
      kind: "factors", value, factors: factors.map((/** @type {any} */ factor) => {
        const name = nameOf(factor);
        return { name, text: `${this.symbol(name)} ${number(factor.value)}` };
      }),
    }));
    const sum = { kind: "sum", name: this.words.together, value: total };
    return rows.length < 2 ? rows : [...rows, sum];
  }

  /** @param {any} rows */
  fillIn(rows) {
    /** @param {any} list */
    const between = (list) => list.flatMap((/** @type {any} */ factor, /** @type {number} */ i) =>
      [i ? " × " : "", this.factor(factor)]);
    /** @param {{ kind: any, name: string, note: any, value: number, factors: any }} options */
    const line = ({ kind, name, note, value, factors }) => el("tr", { class: kind },
      el("td", {}, ...(factors ? between(factors) : [name]),
        note ? el("span", { class: "note" }, ` ${note}`) : null),
      el("td", value == null ? {} : { "data-value": value }, value == null ? "" : signed(value)));
    this.lines.replaceChildren(...rows.map(line));
    this.lines.setAttribute("aria-label", this.words.arithmetic);
  }

  // tanh c and 1 − z lead to c and z.
  /** @param {{ name?: string, text?: string }} options */
  factor({ name, text }) {
    const target = { tanh_c: "c", one_minus_update: "update" }[name] ?? name;
    const follow = () => this.onPlace(target);
    return button(text, follow, { class: "quiet", "data-fp": `factor-${name}` });
  }
}

// What a factor is called in the words of the page: "c_before", "tanh_c", "one_minus_update".
/** @param {{ array?: any, function?: any, before?: any }} options */
function nameOf({ array, function: applied, before }) {
  const around = entry({ tanh: "tanh_", "one minus": "one_minus_" }, applied) ?? "";
  return `${around}${array}${before ? "_before" : ""}`;
}
