// @ts-nocheck
// The arithmetic of one weight: query times key, the scale, the softmax of its row, and what the
// words carry home.

import { el, fill, number, say } from "../kit/dom.js";
import { Heat, largestOf } from "../kit/heat.js";

const TERMS = 6; // products that are written out, the largest ones
const LINES = 10; // words of the row that have a line, those with the largest weights

export class Working {
  /** @param {TrainedWordsWorking} words */
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

  /** @param {string} key */
  heat(key) {
    const heat = new Heat({
      key, title: "", onPick: (row, column) => heat.select(row, column),
      says: (row, column, value) => fill(this.words.stripSays,
        { name: heat.named?.[row] ?? "", number: column + 1, value: number(value) }),
    });
    return heat;
  }

  /**
   * @param {TrainedAnswerCell | null} cell
   * @param {Record<string, string>[]} tokens
   * @param {Palette} palette
   */
  paint(cell, tokens, palette) {
    this.element.classList.toggle("empty", !cell);
    if (!cell) {
      delete this.element.dataset.cell; // the one of the sentence before is not this one's
      return;
    }
    const { words } = this;
    const labels = tokens.map(({ text }) => text);
    const { from, to, q, k, products, score, scale, scaled, exponentials, weights, values, mixed } =
      cell;
    this.element.dataset.cell = [cell.layer, cell.head, from, to].join(".");
    this.element.dataset.score = score;
    const head = fill(words.head, { layer: cell.layer + 1, head: cell.head + 1 });
    this.title.replaceChildren(`${head}: `, el("bdi", {}, labels[from]), " → ",
      el("bdi", {}, labels[to]), " ", el("output",
        { class: "total", "data-fp": "weight", "data-value": weights[to] }, number(weights[to])));

    this.strips.named = [fill(words.query, { word: labels[from] }),
      fill(words.key, { word: labels[to] }), words.product];
    this.lay(this.strips, [q, k, products], palette);
    this.names.replaceChildren(...this.strips.named.map((/** @type {string} */ text) =>
      el("bdi", { title: text }, text)));
    this.sum.replaceChildren(...this.terms(products), sign("="), el("b", {}, number(score)));

    const sum = exponentials.reduce((a, b) => a + b, 0);
    const most = Math.max(...scaled.filter((value) => value !== null));
    this.way.replaceChildren(...(scaled[to] === null ? [sign(words.cutOff)] : [
      piece(sign(`${number(score)} / √${Math.round(scale * scale)} =`),
        el("b", {}, number(scaled[to]))),
      piece(sign(`e^(${number(scaled[to])} − ${bracket(most)}) =`),
        el("b", {}, number(exponentials[to]))),
      piece(sign(`${number(exponentials[to])} / ${number(sum)} =`),
        el("b", { class: "total" }, number(weights[to])))]));

    const shown = weights.map((weight, i) => [weight, i]).sort((a, b) => b[0] - a[0])
      .slice(0, LINES).map(([, i]) => i).sort((a, b) => a - b);
    const lines = shown.map((i) => values[i].map((value) => value * weights[i]));
    this.carried.named = [...shown.map((i) => labels[i]), words.sum];
    this.lay(this.carried, [...lines, mixed], palette);
    /** @param {string} name @param {string[]} numbers @param {string} [role] */
    const line = (name, numbers, role = "") => [el("bdi", { class: `name ${role}`, title: name },
      name), ...numbers.map((value) => el("span", { class: role }, value))];
    this.rows.replaceChildren(
      ...["", words.rows.scaled, words.rows.exponentials,
        words.rows.weights].map((text) => el("span", { class: "note" }, text)),
      ...shown.flatMap((i) => line(labels[i], [
        scaled[i] === null ? words.cutShort : number(scaled[i]), number(exponentials[i]),
        number(weights[i]),
      ], i === to ? "own" : "")),
      ...line(words.sum, ["", number(sum), number(weights.reduce((a, b) => a + b, 0))],
        "total-line"));
    say(this.rest, shown.length < labels.length
      ? fill(words.rest, { count: labels.length - shown.length }) : "");
  }

  /** @param {Heat} heat @param {number[][]} values @param {Palette} palette */
  lay(heat, values, palette) {
    heat.element.style.setProperty("--lines", values.length);
    heat.paint({ values, signed: true, largest: largestOf(values) }, palette);
  }

  // The largest products, and what the others add up to.
  /** @param {number[]} products */
  terms(products) {
    const order =
      products.map((_, i) => i).sort((a, b) => Math.abs(products[b]) - Math.abs(products[a]));
    const rest = order.slice(TERMS).reduce((sum, i) => sum + products[i], 0);
    const written = order.slice(0, TERMS)
      .flatMap((i, n) => [...(n ? [sign("+")] : []), el("span", {}, bracket(products[i]))]);
    if (order.length <= TERMS) return written;
    return [...written, sign("+"), el("span", { class: "rest" }, bracket(rest),
      el("small", {}, fill(this.words.others, { count: order.length - TERMS })))];
  }
}

/** @param {string} text */
const sign = (text) => el("span", { class: "op" }, text);
/** @param {...any} parts */
const piece = (...parts) => el("span", { class: "piece" }, ...parts.flatMap((part) => [part, " "]));
/** @param {number} value */
const bracket = (value) => (value < 0 ? `(${number(value)})` : number(value));
