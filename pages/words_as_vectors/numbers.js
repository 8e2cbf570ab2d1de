// @ts-nocheck
// The numbers of one step for one pair: look-up, score, answer and loss, gradient and update; for
// counting methods what takes their place. It is given all of them and adds up nothing but the sums
// that it writes below a column.

import { el, entry, fill, number, say, signed } from "../kit/dom.js";
import { exact } from "../kit/scale.js";
import { Strip } from "./strip.js";

const TERMS = 6; // products that are written out, the largest ones
const LINES = 9; // words that have a line in the table
const PARTS = ["look-up", "score", "answer", "update"];

export class Numbers {
  /** @type {any} */
  step;
  /** @type {any} */
  vocabulary;
  /** @type {any} */
  palette;
  /** @type {any} */
  titled;

  /** @param {any} words */
  constructor(words) {
    this.words = words;
    this.strips = { oneHot: new Strip("one-hot", words), rows: new Strip("rows", words),
      centre: new Strip("centre", words), target: new Strip("target", words) };
    this.titles = Object.fromEntries(PARTS.map((name) => [name, el("h3")]));
    /** @param {string} name @param {...any} content */
    const part = (name, ...content) =>
      el("section", { class: "part", "data-block": name }, this.titles[name], ...content);
    /** @param {string} name @param {string} [kind] */
    const line = (name, kind = "note") =>
      (/** @type {any} */ (this)[name] = el("p", { class: kind, "data-fp": name }));
    this.table = el("tbody");
    this.head = el("tr");
    this.element = el("div", { class: "row numbers" },
      el("div", { class: "opened" },
        part("look-up", line("about"), this.strips.oneHot.element, this.strips.rows.element),
        part("score", line("terms", "terms")),
        part("update", line("rate"), this.strips.centre.element, this.strips.target.element,
          line("after", "loss"))),
      part("answer", el("table", { "data-fp": "answer" }, el("thead", {}, this.head), this.table),
        line("zero"), line("loss", "loss")));
  }

  /** @param {number} step @param {any} vocabulary @param {Palette} palette */
  paint(step, vocabulary, palette) {
    this.step = step;
    this.vocabulary = vocabulary;
    this.palette = palette;
    const kind = ["glove", "ppmi_svd"].includes(step.method) ? step.method : step.objective;
    for (const [name, title] of Object.entries(this.titles)) {
      say(title, fill(this.words.openedTitles[kind][name], { target: this.target }));
    }
    entry(({ softmax: () => this.softmax(), negative: () => this.sampled(),
      glove: () => this.glove(),
      ppmi_svd: () => this.counted() }), kind)();
    Object.assign(this.element.dataset, { centre: step.centre, kind, loss: step.loss ?? "" });
  }

  // The word whose output vector meets the hidden one: for skip-gram the one beside, for CBOW the
  // one in the middle.
  get target() {
    const { step } = this;
    return step.method === "cbow" ? step.centre : step.context[0];
  }

  // -- Word2Vec -----------------------------------------------------------------------------------

  word2vec() {
    const { step, vocabulary, words, palette } = this;
    const bag = step.method === "cbow";
    const inputs = bag ? step.context : [step.centre];
    const oneHot =
      vocabulary.words.map((/** @type {string} */ word) => Number(inputs.includes(word)));
    const name = bag ? inputs.join(", ")
      : fill(words.oneHot, { word: inputs[0], index: vocabulary.index.get(inputs[0]) + 1 });
    this.strips.oneHot.paint([[name, oneHot]], palette, { columns: vocabulary.words });
    const rows = inputs.map((/** @type {string} */ word, /** @type {number} */ i) =>
      [fill(words.rowOf, { word }), step.in.before[i]]);
    this.strips.rows.paint([...rows, ...(bag ? [[words.hiddenMean, step.hidden]] : []),
      [fill(words.outOf, { word: this.target }), step.out.before[0]]], palette);
    say(this.about,
      fill(words.lookUpNote, { words: vocabulary.words.length, dimension: step.hidden.length }));
    this.sum(step.hidden, step.out.before[0]);
    this.update(inputs[0], step.in.before[0], step.gradient_in[0], step.update_in[0],
      step.out.before[0], step.out.gradient[0], step.out.after[0]);
  }

  // hidden times output, the largest products written out.
  /** @param {any} hidden @param {any} output @param {number} [value] */
  sum(hidden, output, value) {
    const products =
      hidden.map((/** @type {any} */ one, /** @type {number} */ i) => one * output[i]);
    const order =
      products.map((/** @type {unknown} */ _, /** @type {number} */ i) => i)
        .sort((/** @type {any} */ a, /** @type {any} */ b) =>
          Math.abs(products[b]) - Math.abs(products[a]));
    /** @param {any} list */
    const add = (list) =>
      list.reduce((/** @type {any} */ sum, /** @type {number} */ i) => sum + products[i], 0);
    const shown = order.slice(0, TERMS);
    const rest = order.slice(TERMS);
    const score = value ?? add(order);
    this.terms.replaceChildren(...shown.flatMap((/** @type {number} */ i, /** @type {any} */ n) =>
      [...(n ? [op("+")] : []), el("span", {}, `${bracket(hidden[i])}·${bracket(output[i])}`)]),
      ...(rest.length ? [op("+"),
        el("span", {}, bracket(add(rest)),
          el("small", {}, fill(this.words.others, { count: rest.length })))] : []),
      op("="), el("b", { "data-value": score }, number(score)));
  }

  softmax() {
    const { step, vocabulary, words } = this;
    this.word2vec();
    const target = vocabulary.index.get(this.target);
    const order = step.softmax.map((/** @type {unknown} */ _, /** @type {number} */ i) => i)
      .sort((/** @type {any} */ a, /** @type {any} */ b) => step.softmax[b] - step.softmax[a]);
    const shown = order.slice(0, LINES);
    if (!shown.includes(target)) shown[LINES - 1] = target;
    const rest = order.filter((/** @type {number} */ i) => !shown.includes(i));
    /** @param {any} values @param {any} list */
    const add = (values, list) =>
      list.reduce((/** @type {any} */ sum, /** @type {number} */ i) => sum + values[i], 0);
    /**
     * @param {string} name
     * @param {string} kind
     * @param {any} score
     * @param {any} p
     * @param {number} t
     * @param {any} gradient
     */
    const row = (name, kind, score, p, t, gradient) => line(kind, name,
      score == null ? "" : number(score), number(p), number(t, 0), signed(gradient));
    this.tell(words.softmaxHead, [
      ...shown.map((/** @type {number} */ i) => row(vocabulary.words[i], i === target ? "own" : "",
        step.scores[i],
        step.softmax[i], i === target ? 1 : 0, step.gradient_scores[i])),
      ...(rest.length ? [
        row(fill(words.otherWords, { count: rest.length }), "rest", null, add(step.softmax, rest),
          0, add(step.gradient_scores, rest)),
      ] : []),
      row(words.total, "total", null, add(step.softmax, order), 1,
        add(step.gradient_scores, order)),
    ]);
    this.zero.dataset.value = add(step.gradient_scores, order);
    say(this.zero, words.zero);
    this.say(fill(words.softmaxLoss, { share: number(step.softmax[target]) }), step.loss);
  }

  sampled() {
    const { step, vocabulary, words } = this;
    this.word2vec();
    const names =
      [this.target, ...step.negatives.map((/** @type {number} */ i) => vocabulary.words[i])];
    const { labels, scores, sigmoid, gradient_scores: slope } = step;
    this.tell(words.sampledHead, names.map((name, i) =>
      line(i ? "" : "own", name, number(labels[i], 0), number(scores[i]), number(sigmoid[i]),
        signed(slope[i]))));
    say(this.zero, words.notZero);
    this.say(words.sampledLoss, step.loss);
  }

  // One vector of each matrix before the step, its gradient, and after the step.
  /**
   * @param {string} word
   * @param {any} before
   * @param {any} gradient
   * @param {any} after
   * @param {any} outBefore
   * @param {any} outGradient
   * @param {any} outAfter
   */
  update(word, before, gradient, after, outBefore, outGradient, outAfter) {
    const { step, words, palette } = this;
    /** @param {string} name @param {any} own @param {any} change @param {any} then */
    const rows =
      (name, own, change, then) => [[name, own], [words.gradient, change], [words.afterStep, then]];
    this.strips.centre.paint(rows(fill(words.rowOf, { word }), before, gradient, after), palette);
    const out = step.method === "glove" ? words.columnOf : words.outOf;
    this.strips.target.paint(rows(fill(out, { word: this.target }), outBefore, outGradient,
      outAfter), palette);
    say(this.rate, fill(words.updateNote, { rate: exact(step.learning_rate) }));
    say(this.after,
      fill(words.lossAfter, { after: number(step.after), before: number(step.loss) }));
  }

  // -- what is counted ----------------------------------------------------------------------------

  glove() {
    const { step, words } = this;
    this.two(step.in.before, step.out.before);
    this.update(step.centre, step.in.before, step.in.gradient, step.in.after, step.out.before,
      step.out.gradient, step.out.after);
    if (!step.count) return this.empty(words.gloveZero);
    this.tell(["", ""], words.gloveLines.map((/** @type {any} */ [key, name]) =>
      line(key === "error" ? "total" : "", name, number(step[key], 3))));
    say(this.zero, words.gloveError);
    this.say(words.gloveLoss, step.loss);
  }

  counted() {
    const { step, words, palette } = this;
    this.two(step.in.before, step.out.before);
    this.tell(["", ""], words.ppmiLines.map((/** @type {any} */ [key, name]) =>
      line(key === "ppmi" ? "total" : "", name, number(step[key] ?? NaN, 3))));
    say(this.zero, words.ppmiNote);
    this.loss.replaceChildren();
    for (const strip of [this.strips.centre, this.strips.target]) strip.paint([], palette);
    say(this.rate, "");
    say(this.after, "");
  }

  // A cell has two words, each with a vector of its own kind.
  /** @param {any} own @param {any} other */
  two(own, other) {
    const { step, words, palette } = this;
    this.strips.oneHot.paint([], palette);
    this.strips.rows.paint([[fill(words.rowOf, { word: step.centre }), own],
      [fill(words.columnOf, { word: this.target }), other]], palette);
    say(this.about, words.twoNote);
    this.sum(own, other);
  }

  /** @param {string} sentence */
  empty(sentence) {
    this.tell(["", ""], []);
    say(this.zero, sentence);
    this.loss.replaceChildren();
  }

  /** @param {string[]} head @param {HTMLTableRowElement[] | any[]} rows */
  tell(head, rows) {
    const text = head.join("\n");
    if (this.titled !== text) {
      this.titled = text;
      this.head.replaceChildren(...head.map((name) => el("th", {}, name)));
    }
    this.table.replaceChildren(...rows);
  }

  /** @param {string} sentence @param {any} loss */
  say(sentence, loss) {
    this.loss.replaceChildren(`${sentence} `,
      el("b", { "data-fp": "pair-loss-value", "data-value": loss }, number(loss)));
  }
}

/** @param {string} kind @param {...any} cells */
const line =
  (kind, ...cells) => el("tr", { class: kind }, ...cells.map((cell) => el("td", {}, cell)));
/** @param {string} text */
const op = (text) => el("span", { class: "op" }, text);
/** @param {number} value */
const bracket = (value) => (value < 0 ? `(${number(value, 2)})` : number(value, 2));
