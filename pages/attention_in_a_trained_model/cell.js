// @ts-nocheck
// The arithmetic of one weight: query times key, the scale, the softmax of its row, and what the
// words carry home.

import { el, fill, number, say } from "../kit/dom.js";
import { Heat, largestOf } from "../kit/heat.js";
import { times } from "../kit/opened.js";

const LINES = 10; // words of the row that have a line, those with the largest weights

export class Working {
  constructor(words) {
    this.words = words;
    this.title = el("h3", { "data-fp": "cell-title" });
    this.sum = el("div", { class: "sum", "data-fp": "score" });
    this.way = el("div", { class: "sum", "data-fp": "way" });
    this.strips = this.heat("query-key");
    this.carried = this.heat("carried");
    this.names = el("div", { class: "names" });
    this.rows = el("div", { class: "rows", "data-fp": "row" });
    this.rest = el("p", { class: "note" });
    this.element = el("section", { class: "working", "data-block": "working" },
      el("div", { class: "head" }, this.title, el("p", { class: "note" }, words.note)),
      el("div", { class: "pair" },
        el("div", { class: "part" }, el("b", {}, words.queryKey),
          el("div", { class: "strips" }, this.names, this.strips.element), this.sum,
          el("b", {}, words.softmax), this.way),
        el("div", { class: "part" }, el("b", {}, words.carried),
          el("div", { class: "table" }, this.rows, this.carried.element), this.rest)));
  }

  heat(key) {
    const heat = new Heat({
      key, title: "", onPick: (row, column) => heat.select(row, column),
      says: (row, column, value) => fill(this.words.stripSays,
        { name: heat.named?.[row] ?? "", number: column + 1, value: number(value) }),
    });
    return heat;
  }

  paint(cell, tokens, palette) {
    this.element.classList.toggle("empty", !cell);
    if (!cell) {
      delete this.element.dataset.cell; // the one of the sentence before is not this one's
      return;
    }
    const { words } = this;
    const labels = tokens.map(({ text }) => text);
    const { from, to, score, scaled, weight, weights, values, mixed } = cell;
    this.element.dataset.cell = [cell.layer, cell.head, from, to].join(".");
    this.element.dataset.score = score.value;
    const head = fill(words.head, { layer: cell.layer + 1, head: cell.head + 1 });
    const total = { class: "total", "data-fp": "weight", "data-value": weight.value };
    const between = [el("bdi", {}, labels[from]), " → ", el("bdi", {}, labels[to]), " "];
    this.title.replaceChildren(`${head}: `, ...between, el("output", total, number(weight.value)));

    this.strips.named = [fill(words.query, { word: labels[from] }),
      fill(words.key, { word: labels[to] }), words.product];
    const { left, right } = score;
    this.lay(this.strips, [left, right, times(left, right)], palette);
    this.names.replaceChildren(...this.strips.named.map((text) =>
      el("bdi", { title: text }, text)));
    this.sum.replaceChildren(...this.terms(score), sign("="), el("b", {}, number(score.value)));

    const { row, powers, sum, largest } = weight;
    this.way.replaceChildren(...(row[to] === null || weight.cut ? [sign(words.cutOff)] : [
      piece(sign(`${number(scaled.x)} / √${scaled.root} =`), el("b", {}, number(scaled.value))),
      piece(sign(`e^(${number(row[to])} − ${bracket(largest)}) =`),
        el("b", {}, number(powers[to]))),
      piece(sign(`${number(powers[to])} / ${number(sum)} =`),
        el("b", { class: "total" }, number(weight.value)))]));

    const shown = weights.map((weight, i) => [weight, i]).sort((a, b) => b[0] - a[0])
      .slice(0, LINES).map(([, i]) => i).sort((a, b) => a - b);
    const lines = shown.map((i) => values[i].map((value) => value * weights[i]));
    this.carried.named = [...shown.map((i) => labels[i]), words.sum];
    this.lay(this.carried, [...lines, mixed], palette);
    const line = (name, numbers, role = "") => [el("bdi", { class: `name ${role}`, title: name },
      name), ...numbers.map((value) => el("span", { class: role }, value))];
    this.rows.replaceChildren(
      ...["", words.rows.scaled, words.rows.exponentials,
        words.rows.weights].map((text) => el("span", { class: "note" }, text)),
      ...shown.flatMap((i) => line(labels[i], [row[i] === null ? words.cutShort : number(row[i]),
        number(powers[i]), number(weights[i])], i === to ? "own" : "")),
      ...line(words.sum, ["", number(sum), number(weights.reduce((a, b) => a + b, 0))],
        "total-line"));
    say(this.rest, shown.length < labels.length
      ? fill(words.rest, { count: labels.length - shown.length }) : "");
  }

  lay(heat, values, palette) {
    heat.element.style.setProperty("--lines", values.length);
    heat.paint({ values, signed: true, largest: largestOf(values) }, palette);
  }

  // The largest products, and what the others add up to.
  terms({ terms, rest, count }) {
    const written = terms.flatMap(({ product }, n) =>
      [...(n ? [sign("+")] : []), el("span", {}, bracket(product))]);
    if (rest === null) return written;
    const others = fill(this.words.others, { count: count - terms.length });
    return [...written, sign("+"),
      el("span", { class: "rest" }, bracket(rest), el("small", {}, others))];
  }
}

const sign = (text) => el("span", { class: "op" }, text);
const piece = (...parts) => el("span", { class: "piece" }, ...parts.flatMap((part) => [part, " "]));
const bracket = (value) => (value < 0 ? `(${number(value)})` : number(value));
