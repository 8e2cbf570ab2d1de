// The arithmetic of one weight: query times key, the scale, the softmax of its row, and what the
// words carry home.

import { el, fill, number, say } from "../kit/dom.js";
import { Heat, largestOf } from "../kit/heat.js";
import { picked, power } from "../kit/opened.js";
import { Practice } from "../kit/practice.js";
import { opens } from "../kit/trace_number.js";

/** @typedef {import("../kit/trace_number.js").OnNumber} OnNumber */

const LINES = 10; // words of the row that have a line, those with the largest weights

export class Working {
  /** @type {string[]} what the rows of the strips are called */
  stripNames = [];
  /** @type {string[]} and those of what is carried */
  lineNames = [];
  title = el("h2", { "data-fp": "cell-title" });
  sum = el("div", { class: "sum", "data-fp": "score" });
  way = el("div", { class: "sum", "data-fp": "way" });
  names = el("div", { class: "names" });
  rows = el("div", { class: "rows", "data-fp": "row" });
  rest = el("p", { class: "note" });

  /** @type {TrainedAnswerCell | null} */
  cell = null;
  /** @type {{ cell: TrainedAnswerCell, labels: string[], palette: Palette } | null} */
  painted = null;
  /** @type {number[]} words of the row that have a line */
  shown = [];

  /** @param {TrainedWordsWorking} words @param {{ onNumber: OnNumber }} options */
  constructor(words, { onNumber }) {
    this.words = words;
    this.onNumber = onNumber;
    this.strips = this.heat("query-key", () => this.stripNames,
      (row, column) => this.openStrip(row, column));
    this.carried = this.heat("carried", () => this.lineNames,
      (row, column) => this.openCarried(row, column));
    this.practice = new Practice(words, () => this.again());
    this.practice.onFound = () => this.tell();
    this.blanks = el("div", { class: "blanks" });
    this.element = el("section", { class: "working", "data-block": "working" },
      el("div", { class: "head" }, this.title, el("p", { class: "note" }, words.note)),
      el("div", { class: "pair" },
        el("div", { class: "part" }, el("b", {}, words.queryKey),
          el("div", { class: "strips" }, this.names, this.strips.element), this.sum, this.blanks,
          this.practice.element, el("b", {}, words.softmax), this.way),
        el("div", { class: "part" }, el("b", {}, words.carried),
          el("div", { class: "table" }, this.rows, this.carried.element), this.rest)));
  }

  // A number of the selected head.
  /** @param {string} array @param {...number} index */
  place(array, ...index) {
    const { layer, head } = /** @type {TrainedAnswerCell} */ (this.cell);
    return { array: `layer_${layer}_attention_${array}`, index: [head, ...index] };
  }

  // A number of the query, of the key; their product is part of the score.
  /** @param {number} row @param {number} column */
  openStrip(row, column) {
    const { from, to } = /** @type {TrainedAnswerCell} */ (this.cell);
    this.onNumber([this.place("q", from, column), this.place("k", to, column),
      this.place("scores", from, to)][row]);
  }

  // A number of the value of a word, or of what is carried home.
  /** @param {number} row @param {number} column */
  openCarried(row, column) {
    const { from } = /** @type {TrainedAnswerCell} */ (this.cell);
    this.onNumber(row < this.shown.length ? this.place("v", this.shown[row], column)
      : this.place("mixed", from, column));
  }

  /**
   * @param {string} key
   * @param {() => string[]} names
   * @param {(row: number, column: number) => unknown} onOpen
   */
  heat(key, names, onOpen) {
    /** @type {Heat} */
    const heat = new Heat({
      key, title: "", onPick: (row, column) => {
        heat.select(row, column);
        onOpen(row, column);
      },
      labelOf: (row, column, value) => fill(this.words.stripSays,
        { name: names()[row] ?? "", number: column + 1, value: number(value) }),
    });
    return heat;
  }

  /**
   * @param {TrainedAnswerCell | null} cell
   * @param {string[]} labels of the words of the sentence
   * @param {Palette} palette
   */
  paint(cell, labels, palette) {
    this.cell = cell;
    this.element.classList.toggle("empty", !cell);
    if (!cell) {
      delete this.element.dataset.cell; // the one of the sentence before is not this one's
      return;
    }
    const { from, to, score, weight } = cell;
    this.element.dataset.cell = [cell.layer, cell.head, from, to].join(".");
    this.element.dataset.score = String(score.value);
    this.paintTitle(cell, labels);
    this.paintScore(cell, labels, palette);
    this.way.replaceChildren(
      ...(weight.row[to] === null || weight.cut ? [sign(this.words.cutOff)]
        : this.share(cell)));
    this.paintRow(cell, labels, palette);
    this.painted = { cell, labels, palette };
    if (this.practice.take(score, 0)) this.practice.write(this.blanks);
    this.tell();
  }

  again() {
    if (this.painted) this.paint(this.painted.cell, this.painted.labels, this.painted.palette);
  }

  // What is to be worked out stands nowhere else in the panel.
  tell() {
    const { products, sum } = this.practice.hides;
    this.element.classList.toggle("hides-products", products);
    this.element.classList.toggle("hides-sum", sum);
  }

  /** @param {TrainedAnswerCell} cell @param {string[]} labels */
  paintTitle({ layer, head, from, to, weight }, labels) {
    const place = fill(this.words.head, { layer: layer + 1, head: head + 1 });
    const total = { class: "total", "data-fp": "weight", "data-value": weight.value };
    this.title.replaceChildren(`${place}: `, el("bdi", {}, labels[from]), " → ",
      el("bdi", {}, labels[to]), " ", el("output", total, number(weight.value)));
  }

  // Query times key, number by number.
  /** @param {TrainedAnswerCell} cell @param {string[]} labels @param {Palette} palette */
  paintScore({ from, to, score }, labels, palette) {
    const { words } = this;
    this.stripNames = [fill(words.query, { word: labels[from] }),
      fill(words.key, { word: labels[to] }), words.product];
    const { left, right } = score;
    lay(this.strips, [left, right, left.map((x, i) => x * right[i])], palette);
    this.names.replaceChildren(...this.stripNames.map((text) => el("bdi", { title: text }, text)));
    this.sum.replaceChildren(...this.terms(score), sign("="),
      opens(number(score.value), this.place("scores", from, to), this.onNumber, "strong"));
  }

  // The largest products, and what the others add up to.
  /** @param {TrainedAnswerCellScore} score */
  terms({ terms, rest, count }) {
    const written = terms.flatMap(({ product }, n) =>
      [...(n ? [sign("+")] : []), el("span", {}, bracket(product))]);
    if (rest === null) return written;
    const others = fill(this.words.others, { count: count - terms.length });
    return [...written, sign("+"),
      el("span", { class: "rest" }, bracket(rest), el("small", {}, others))];
  }

  // The softmax of the row, and weight times value of each of its words.
  /** @param {TrainedAnswerCell} cell @param {string[]} labels @param {Palette} palette */
  paintRow({ from, to, weight: { row, powers, sum }, weights, values, mixed }, labels, palette) {
    const { words } = this;
    const shown = picked(weights, weights.indexOf(Math.max(...weights)), LINES);
    this.shown = shown;
    const lines = shown.map((i) => values[i].map((value) => value * weights[i]));
    this.lineNames = [...shown.map((i) => labels[i]), words.sum];
    lay(this.carried, [...lines, mixed], palette);
    /** @param {string} name @param {(string | HTMLElement)[]} numbers */
    const line = (name, numbers, role = "") => [el("bdi", { class: `name ${role}`, title: name },
      name), ...numbers.map((value) => el("span", { class: role }, value))];
    /** @param {string} array @param {number} i @param {number} value */
    const open = (array, i, value) =>
      opens(number(value), this.place(array, from, i), this.onNumber);
    const { scaled, exponentials, weights: share } = words.rows;
    this.rows.replaceChildren(
      ...["", scaled, exponentials, share].map((text) => el("span", { class: "note" }, text)),
      ...shown.flatMap((i) => line(labels[i], [
        row[i] === null ? words.cutShort : open("scaled", i, row[i]),
        open("weights", i, powers[i]), open("weights", i, weights[i]),
      ], i === to ? "own" : "")),
      ...line(words.sum, ["", number(sum), number(weights.reduce((a, b) => a + b, 0))],
        "total-line"));
    const hidden = labels.length - shown.length;
    say(this.rest, hidden ? fill(words.rest, { count: hidden }) : "");
  }

  // The score over the root of d, the exponential of that, and its share of the row.
  /** @param {TrainedAnswerCell} cell */
  share({ from, to, scaled, weight: { row, powers, sum, largest, value } }) {
    /** @param {string} array @param {number} shown @param {string} [role] */
    const open = (array, shown, role = "strong") =>
      opens(number(shown), this.place(array, from, to), this.onNumber, role);
    return [
      piece(sign(`${number(scaled.x)} / √${scaled.root} =`), open("scaled", scaled.value)),
      piece(sign(`${power(row[to], largest ?? 0, 1)} =`), open("weights", powers[to])),
      piece(sign(`${number(powers[to])} / ${number(sum)} =`), open("weights", value, "total"))];
  }
}

/** @param {Heat} heat @param {number[][]} values @param {Palette} palette */
function lay(heat, values, palette) {
  heat.element.style.setProperty("--lines", String(values.length));
  heat.paint({ values, signed: true, largest: largestOf(values) }, palette);
}

/** @param {string} text */
const sign = (text) => el("span", { class: "op" }, text);
/** @param {...HTMLElement} parts */
const piece = (...parts) => el("span", { class: "piece" }, ...parts.flatMap((part) => [part, " "]));
/** @param {number} value */
const bracket = (value) => (value < 0 ? `(${number(value)})` : number(value));
