// The numbers of one step for one pair: look-up, score, answer and loss, gradient and update; for
// counting methods what takes their place. It is given all of them and adds up nothing but the sums
// that it writes below a column. A click on a number opens it.

import { button, el, fill, number, say, signed } from "../kit/dom.js";
import { show } from "../kit/opened.js";
import { exact } from "../kit/scale.js";
import { Strip } from "./strip.js";

/**
 * @typedef {Record<string, any>} Words
 * @typedef {Record<string, any>} Step what the look "opened" answers
 * @typedef {{words: string[], index: Map<string, number>}} Vocabulary
 * @typedef {[text: string, array: string, ...index: number[]]} Cell a text, and the number that it
 *   opens
 */

const TERMS = 6; // products that are written out, the largest ones
const PARTS = ["look-up", "score", "answer", "update"];
/** @type {Record<string, string>} lines of the table whose array has another name */
const ARRAYS = { bias_in: "b", bias_out: "c" };

export class Numbers {
  /**
   * @param {Words} words
   * @param {(array: string, index: number[]) => void} onNumber
   */
  constructor(words, onNumber) {
    this.words = words;
    this.onNumber = onNumber;
    /** @type {Step} */
    this.step = {};
    /** @type {Vocabulary} */
    this.vocabulary = { words: [], index: new Map() };
    /** @type {any} */
    this.palette = null;
    this.chosen = "";
    this.titled = "";
    const strip = (/** @type {string} */ key) => new Strip(key, words, onNumber);
    this.strips = {
      oneHot: strip("one-hot"), rows: strip("rows"), centre: strip("centre"),
      target: strip("target"),
    };
    /** @type {Record<string, HTMLElement>} */
    this.titles = Object.fromEntries(PARTS.map((name) => [name, el("h2")]));
    const part = (/** @type {string} */ name, /** @type {HTMLElement[]} */ ...content) =>
      el("section", { class: "part", "data-block": name }, this.titles[name], ...content);
    const line = (/** @type {string} */ name, kind = "note") =>
      el("p", { class: kind, "data-fp": name });
    this.about = line("about");
    this.terms = line("terms", "terms");
    this.rate = line("rate");
    this.after = line("after", "loss");
    this.zero = line("zero");
    this.loss = line("loss", "loss");
    this.table = el("tbody");
    this.head = el("tr");
    this.element = el("div", { class: "row numbers" },
      el("div", { class: "opened" },
        part("look-up", this.about, this.strips.oneHot.element, this.strips.rows.element),
        part("score", this.terms),
        part("update", this.rate, this.strips.centre.element, this.strips.target.element,
          this.after)),
      part("answer",
        el("table", { "data-fp": "answer" }, el("thead", {}, this.head), this.table),
        this.zero, this.loss));
  }

  /**
   * @param {Step} step
   * @param {Vocabulary} vocabulary
   * @param {string} chosen the number that is open
   * @param {any} palette
   */
  paint(step, vocabulary, chosen, palette) {
    this.step = step;
    this.vocabulary = vocabulary;
    this.chosen = chosen;
    this.palette = palette;
    const kind = ["glove", "ppmi_svd"].includes(step.method) ? step.method : step.objective;
    for (const [name, title] of Object.entries(this.titles)) {
      say(title, fill(this.words.openedTitles[kind][name], { target: this.target }));
    }
    if (kind === "softmax") this.softmax();
    else if (kind === "negative") this.sampled();
    else if (kind === "glove") this.glove();
    else this.counted();
    Object.assign(this.element.dataset, { centre: step.centre, kind, loss: step.loss ?? "" });
  }

  // The word whose output vector meets the hidden one: for skip-gram the one beside, for CBOW the
  // one in the middle.
  get target() {
    const { step } = this;
    return step.method === "cbow" ? step.centre : step.context[0];
  }

  // The words that have a score: all of them, or the one that is wanted and those that were drawn.
  get scored() {
    const { step, vocabulary } = this;
    const { words } = vocabulary;
    if (!step.negatives) return words;
    return [this.target, ...step.negatives.map((/** @type {number} */ i) => words[i])];
  }

  /**
   * A text that opens a number.
   * @param {Cell} cell
   */
  opens([text, array, ...index]) {
    const key = [array, ...index].join(".");
    return button(text, () => this.onNumber(array, index), {
      class: "opens", "data-number": key, "aria-pressed": String(key === this.chosen),
    });
  }

  // -- Word2Vec -----------------------------------------------------------------------------------

  word2vec() {
    const { step, vocabulary, words, palette, chosen } = this;
    const bag = step.method === "cbow";
    /** @type {string[]} */
    const inputs = bag ? step.context : [step.centre];
    const at = (/** @type {string} */ word) => vocabulary.index.get(word) ?? 0;
    const shares = vocabulary.words.map((word) =>
      inputs.filter((input) => input === word).length / inputs.length);
    const [first] = inputs;
    const named = bag ? inputs.join(", ")
      : fill(words.oneHot, { word: first, index: at(first) + 1 });
    this.strips.oneHot.paint([{ name: named, numbers: shares, array: "x" }], palette,
      { columns: vocabulary.words, chosen });
    const rows = inputs.map((word, i) => ({
      name: fill(words.rowOf, { word }), numbers: step.in.before[i], array: "inward", row: at(word),
    }));
    const hidden = { name: words.hiddenMean, numbers: step.hidden, array: "hidden" };
    const output = {
      name: fill(words.outOf, { word: this.target }), numbers: step.out.before[0],
      array: "outward", row: at(this.target),
    };
    this.strips.rows.paint([...rows, ...(bag ? [hidden] : []), output], palette, { chosen });
    say(this.about, fill(words.lookUpNote, {
      words: vocabulary.words.length, dimension: step.hidden.length,
    }));
    this.sum(step.hidden, step.out.before[0], ["scores", step.negatives ? 0 : at(this.target)]);
    this.update(
      { name: fill(words.rowOf, { word: first }), array: "inward", row: at(first) },
      [step.in.before[0], step.gradient_in[0], step.update_in[0]],
      { name: output.name, array: "outward", row: at(this.target) },
      [step.out.before[0], step.out.gradient[0], step.out.after[0]]);
  }

  /**
   * Hidden times output, the largest products written out.
   * @param {number[]} hidden @param {number[]} output
   * @param {[string, ...number[]]} place where the score stands
   */
  sum(hidden, output, place) {
    const products = hidden.map((one, i) => one * output[i]);
    const order = products.map((_, i) => i)
      .sort((a, b) => Math.abs(products[b]) - Math.abs(products[a]));
    const add = (/** @type {number[]} */ list) => list.reduce((sum, i) => sum + products[i], 0);
    const [shown, rest] = [order.slice(0, TERMS), order.slice(TERMS)];
    const score = add(order);
    const terms = shown.flatMap((i, n) => [
      ...(n ? [op("+")] : []), el("span", {}, `${bracket(hidden[i])}·${bracket(output[i])}`)]);
    const others = el("small", {}, fill(this.words.others, { count: rest.length }));
    this.terms.replaceChildren(...terms,
      ...(rest.length ? [op("+"), el("span", {}, bracket(add(rest)), others)] : []),
      op("="), el("b", { "data-value": score }, this.opens([number(score), ...place])));
  }

  softmax() {
    const { step, vocabulary, words } = this;
    this.word2vec();
    const target = vocabulary.index.get(this.target) ?? 0;
    const { softmax: p, scores, gradient_scores: slope } = step;
    const order = p.map((/** @type {number} */ _, /** @type {number} */ i) => i)
      .sort((/** @type {number} */ a, /** @type {number} */ b) => p[b] - p[a]);
    const shown = order.filter((/** @type {number} */ i) => step.lines.includes(i));
    const rest = order.filter((/** @type {number} */ i) => !step.lines.includes(i));
    const add = (/** @type {number[]} */ values, /** @type {number[]} */ list) =>
      list.reduce((sum, i) => sum + values[i], 0);
    const sums = (/** @type {string} */ name, /** @type {string} */ kind,
      /** @type {string} */ of, /** @type {number[]} */ list, /** @type {number} */ t) =>
      line(kind, name, "", this.opens([number(add(p, list)), `p_${of}`]),
        this.opens([number(t, 0), `target_${of}`]),
        this.opens([signed(add(slope, list)), `gradient_${of}`]));
    const one = (/** @type {number} */ i) => {
      const t = i === target ? 1 : 0;
      return line(t ? "own" : "", vocabulary.words[i],
        this.opens([number(scores[i]), "scores", i]), this.opens([number(p[i]), "p", i]),
        this.opens([number(t, 0), "target", i]), this.opens([signed(slope[i]), "gradient", i]));
    };
    this.paintTable(words.softmaxHead, [
      ...shown.map(one),
      ...(rest.length
        ? [sums(fill(words.otherWords, { count: rest.length }), "rest", "others", rest, 0)] : []),
      sums(words.total, "total", "sum", order, 1),
    ]);
    this.zero.dataset.value = String(add(slope, order));
    say(this.zero, words.zero);
    this.say(fill(words.softmaxLoss, { share: number(p[target]) }), step.loss);
  }

  sampled() {
    const { step, words } = this;
    this.word2vec();
    const { labels, scores, sigmoid, gradient_scores: slope } = step;
    this.paintTable(words.sampledHead, this.scored.map((name, i) => line(i ? "" : "own", name,
      this.opens([number(labels[i], 0), "target", i]),
      this.opens([number(scores[i]), "scores", i]), this.opens([number(sigmoid[i]), "p", i]),
      this.opens([signed(slope[i]), "gradient", i]))));
    say(this.zero, words.notZero);
    this.say(words.sampledLoss, step.loss);
  }

  /**
   * One vector of each matrix before the step, its gradient, and after the step.
   * @param {{name: string, array: string, row?: number}} own @param {number[][]} numbers
   * @param {{name: string, array: string, row?: number}} other @param {number[][]} others
   */
  update(own, numbers, other, others) {
    const { step, words, palette, chosen } = this;
    const rows = (/** @type {{name: string, array: string, row?: number}} */ { name, array, row },
      /** @type {number[][]} */ [before, gradient, after]) => [
      { name, numbers: before, array, row },
      { name: words.gradient, numbers: gradient, array: `${array}_gradient`, row },
      { name: words.afterStep, numbers: after, array: `${array}_after`, row },
    ];
    this.strips.centre.paint(rows(own, numbers), palette, { chosen });
    this.strips.target.paint(rows(other, others), palette, { chosen });
    const { learning_rate: rate, first_rate: first, loss, after } = step;
    say(this.rate, [fill(words.updateNote, { rate: exact(rate) }),
      rate < first && after < loss ? fill(words.overshoots, { first }) : "",
      loss && after >= loss ? words.lowest : ""].join(" ").trim());
    /** @type {Record<string, HTMLElement>} */
    const opens = { "{after}": this.opens([show(after), "after"]),
      "{before}": this.opens([show(loss), "loss"]) };
    this.after.replaceChildren(.../** @type {string[]} */ (words.lossAfter.split(/(\{\w+\})/))
      .map((part) => opens[part] ?? part));
  }

  // -- what is counted ----------------------------------------------------------------------------

  glove() {
    const { step, words } = this;
    const [own, other] = this.two(step.in.before, step.out.before);
    this.update(own, [step.in.before, step.in.gradient, step.in.after],
      other, [step.out.before, step.out.gradient, step.out.after]);
    if (!step.count) return this.empty(words.gloveZero);
    this.paintTable(["", ""], words.gloveLines.map((/** @type {[string, string]} */ [key, name]) =>
      line(key === "error" ? "total" : "", name,
        this.opens([number(step[key]), ARRAYS[key] ?? key]))));
    say(this.zero, words.gloveError);
    this.say(words.gloveLoss, step.loss);
  }

  counted() {
    const { step, words, palette } = this;
    this.two(step.in.before, step.out.before);
    this.paintTable(["", ""], words.ppmiLines.map((/** @type {[string, string]} */ [key, name]) =>
      line(key === "ppmi" ? "total" : "", name, this.opens([number(step[key] ?? NaN), key]))));
    say(this.zero, words.ppmiNote);
    this.loss.replaceChildren();
    for (const strip of [this.strips.centre, this.strips.target]) strip.paint([], palette);
    say(this.rate, "");
    this.after.replaceChildren();
  }

  /**
   * A cell has two words, each with a vector of its own kind.
   * @param {number[]} own @param {number[]} other
   */
  two(own, other) {
    const { step, words, palette, chosen } = this;
    this.strips.oneHot.paint([], palette);
    const rows = [
      { name: fill(words.rowOf, { word: step.centre }), numbers: own, array: "w" },
      { name: fill(words.columnOf, { word: this.target }), numbers: other, array: "u" },
    ];
    this.strips.rows.paint(rows, palette, { chosen });
    say(this.about, words.twoNote);
    this.sum(own, other, [step.method === "glove" ? "dot" : "reconstructed"]);
    return rows;
  }

  /** @param {string} sentence */
  empty(sentence) {
    this.paintTable(["", ""], []);
    say(this.zero, sentence);
    this.loss.replaceChildren();
  }

  /** @param {string[]} head @param {HTMLElement[]} rows */
  paintTable(head, rows) {
    const text = head.join("\n");
    if (this.titled !== text) {
      this.titled = text;
      this.head.replaceChildren(...head.map((name) => el("th", {}, name)));
    }
    this.table.replaceChildren(...rows);
  }

  /** @param {string} sentence @param {number} loss */
  say(sentence, loss) {
    this.loss.replaceChildren(`${sentence} `,
      el("b", { "data-fp": "pair-loss-value", "data-value": loss },
        this.opens([show(loss), "loss"])));
  }
}

/** @param {string} kind @param {(string | HTMLElement)[]} cells */
const line = (kind, ...cells) =>
  el("tr", { class: kind }, ...cells.map((cell) => el("td", {}, cell)));
/** @param {string} text */
const op = (text) => el("span", { class: "op" }, text);
/** @param {number} value */
const bracket = (value) => (value < 0 ? `(${number(value, 2)})` : number(value, 2));
