// The arithmetic behind the selected number of a cell: the largest products, what all others add up to, the biases, the
// squashing function; or, for a state, the few gates that it is put together from, each of which can be followed.

import { button, el, fill, number, say, signed } from "../kit/dom.js";

export class Equation {
  // onPlace(what): follow a factor to where it stands: a gate, or "c_before" and "h_before"
  constructor(words, { onPlace }) {
    Object.assign(this, { words, onPlace });
    this.title = el("h3", {});
    this.where = el("p", { class: "note" });
    this.lines = el("table", { class: "ledger" });
    this.total = el("output", { class: "total", "data-fp": "total" });
    this.element = el("section", { class: "equation", "data-block": "number" }, this.title, this.where, this.lines, this.total);
  }

  // worked: see core/recurrent/gates.py; heard: the word or number that the step has read.
  paint(worked, heard) {
    const { words } = this;
    const { cell, gate, layer, time, unit } = worked;
    say(this.title, fill(words.numberOf, { gate: words.gates[gate], unit }));
    say(this.where, fill(words.numberAt, { time: time + 1, word: heard, layer: layer + 1 }));
    this.cell = cell;
    this.fillIn(worked.factors ? this.state(worked) : this.sum(worked));
    say(this.total, `${this.symbol(gate)} = ${number(worked.value)}`);
    this.total.dataset.value = worked.value;
    this.element.dataset.number = [cell, gate, layer, time, unit].join(".");
  }

  symbol(what) {
    return this.cell === "gru" && what === "candidate" ? "n" : this.words.symbols[what];
  }

  // A row of weights times what the step has read and what it remembers; the biases; the function around it all. What adds
  // up to the total is a "head"; what a reset gate still multiplies is not.
  sum({ terms, inputs, hidden, biases, before, activation, reset }) {
    const { words } = this;
    const part = (from, name, { sum, rest }, unitName, kind = "head") => [
      { kind, name, value: sum },
      ...terms.filter((term) => term.from === from).map(({ index, input, weight, product }) =>
        ({ kind: "term", name: `${number(input, 2)} × ${number(weight, 2)}`, note: fill(unitName, { unit: index }), value: product })),
      ...(rest == null ? [] : [{ kind: "term", name: words.others, value: rest }]),
    ];
    const past = part("h", words.fromHidden, hidden, words.hiddenUnit, reset == null ? "head" : "past");
    return [
      ...part("x", words.fromInput, inputs, words.inputUnit), ...past,
      ...(reset == null ? [] : [{ kind: "term", name: words.biasHidden, value: hidden.bias },
        { kind: "head", name: fill(words.timesReset, { reset: number(reset) }), value: reset * (hidden.sum + hidden.bias) }]),
      { kind: "head", name: reset == null ? words.biases : words.biasInput, value: biases },
      { kind: "sum", name: words.before, value: before }, { kind: "note", name: activation === "tanh" ? words.tanhOf : words.sigmoidOf },
    ];
  }

  // A state is put together from gates: products of two, added up.
  state({ factors, products }) {
    const rows = products.map(({ names, value }) => ({
      kind: "factors", value, factors: names.map((name) => ({ name, text: `${this.symbol(name)} ${number(factors[name])}` })),
    }));
    return rows.length < 2 ? rows : [...rows, { kind: "sum", name: this.words.together, value: rows.reduce((all, row) => all + row.value, 0) }];
  }

  fillIn(rows) {
    const { words } = this;
    this.lines.replaceChildren(...rows.map(({ kind, name, note, value, factors }) => el("tr", { class: kind },
      el("td", {}, ...(factors ? factors.flatMap((factor, i) => [i ? " × " : "", this.factor(factor)]) : [name]),
        note ? el("span", { class: "note" }, ` ${note}`) : null),
      el("td", value == null ? {} : { "data-value": value }, value == null ? "" : signed(value)))));
    this.lines.setAttribute("aria-label", words.arithmetic);
  }

  // tanh c and 1 − z lead to c and z.
  factor({ name, text }) {
    const target = { tanh_c: "c", one_minus_update: "update" }[name] ?? name;
    return button(text, () => this.onPlace(target), { class: "quiet", "data-fp": `factor-${name}` });
  }
}
