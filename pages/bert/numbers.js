// A number that was clicked, opened: the array that it stands in, how it comes about, and the way
// on to what it is made of.

import { button, el, fill, say } from "../kit/dom.js";
import { Heat, largestOf } from "../kit/heat.js";
import { Arithmetic, deepest, show } from "../kit/opened.js";
import { initialPalette } from "../kit/palette.js";
import { alone } from "./parts.js";

/**
 * @typedef {{ net: string, step: number, array: string, index: number[] }} Place of a number: the
 *   network, the step of writing, the array and where in it
 * @typedef {{ about: object, place: Place | null, order: string }} Question
 */

const LAYER = /^layer_(\d+)_(.+)$/;
const SHARES = /(weights|probabilities|targets)$/;

export class Numbers {
  /** @type {NumberAnswer | undefined} */
  answer;
  palette = initialPalette;
  key = "";
  /** @type {Place[]} the numbers that led here */
  trail = [];

  /**
   * @param {BertRunWordsNumbers} words
   * @param {{ onOpen: (place: Place) => void, ask: (question: Question) => void }} page onOpen:
   *   another number was chosen; ask: whose answer is to be given to `take`
   */
  constructor(words, { onOpen, ask }) {
    this.words = words;
    this.onOpen = onOpen;
    this.ask = ask;
    this.hint = el("p", { class: "note" }, words.hint);
    this.arrays = el("select", { "data-fp": "array", "aria-label": words.array });
    this.arrays.addEventListener("change",
      () => this.open(this.arrays.value, this.answer?.place.index ?? []));
    this.heads = el("div", { class: "choices", role: "group" });
    this.back = button(words.back, () => this.goBack(), { class: "quiet", "data-fp": "back" });
    this.heat = new Heat({ key: "numbers", title: "",
      labelOf: (row, column, value) => `${this.name(...this.at(row, column))}: ${show(value)}`,
      onPick: (row, column) => this.open(...this.at(row, column)) });
    this.sides = el("div", { class: "sides", "aria-hidden": "true" });
    this.sheet = el("div", { class: "sheet" }, this.sides, this.heat.element);
    this.arithmetic = new Arithmetic(words.opened, {
      onSource: (array, at) => this.open(array, at), nameOf: (array, at) => this.term(array, at),
    });
    this.total = el("output", { class: "total", "data-fp": "number" });
    this.onward = el("div", { class: "line" });
    this.body = el("div", { class: "opened", hidden: true },
      el("div", { class: "line" }, el("label", { class: "note" }, `${words.array} `, this.arrays),
        this.heads, this.back), this.sheet,
      el("div", { class: "even" },
        el("div", { class: "notes" }, this.total, this.arithmetic.lines, this.onward),
        this.arithmetic.body));
    this.element = el("section", { "data-block": "numbers", "data-fp": "numbers" },
      el("div", { class: "head" }, el("h2", {}, words.title)), this.hint, this.body);
  }

  // question: what is opened, of which answer; key: of what else the number depends on.
  /** @param {Question | null} question @param {Palette} palette @param {string} [key] */
  show(question, palette, key = "") {
    this.palette = palette;
    this.hint.hidden = Boolean(question?.place);
    if (!question?.place) {
      this.body.hidden = true;
      this.key = "";
      return;
    }
    const text = JSON.stringify([question, key]);
    if (this.key === text) return this.paint();
    this.key = text;
    this.ask(question);
  }

  /** @param {NumberAnswer} answer */
  take(answer) {
    this.answer = answer;
    this.body.hidden = false;
    this.paint();
  }

  // -- what the person does -----------------------------------------------------------------------

  /** @param {string} array @param {number[]} index */
  open(array, index) {
    const { answer } = this;
    if (!answer?.arrays.includes(array)) return;
    this.trail.push(answer.place);
    this.onOpen({ ...answer.place, array, index });
  }

  goBack() {
    const place = this.trail.pop();
    if (place) this.onOpen(place);
  }

  // The number of a cell of the map: its array and its place in it.
  /** @param {number} row @param {number} column @returns {[string, number[]]} */
  at(row, column) {
    const { place: { array, index }, before, top } = /** @type {NumberAnswer} */ (this.answer);
    const whole = [...before, top + row, column];
    return [array, whole.slice(whole.length - index.length)];
  }

  // -- painting -----------------------------------------------------------------------------------

  paint() {
    const { answer, palette } = this;
    if (!answer) return;
    const { place: { net, step, array, index }, opened } = answer;
    this.choose(answer);
    this.paintMap(answer);
    this.total.dataset.value = String(opened.value);
    this.arithmetic.paint(opened, palette);
    this.arithmetic.result(this.total, `${this.name(array, index)} = ${show(opened.value)}`);
    this.onward.replaceChildren(...this.ways(answer).map(([source, at]) =>
      button(fill(this.words.onward, { name: this.name(source, at) }), () => this.open(source, at),
        { class: "quiet", "data-fp": `onward-${source}` })));
    this.back.hidden = !this.trail.length;
    this.element.dataset.number = [net, step, array, ...index].join(".");
  }

  // Which array, and which head of it.
  /** @param {NumberAnswer} answer */
  choose({ arrays, place: { array, index }, before, heads }) {
    if (this.arrays.dataset.arrays !== arrays.join()) {
      this.arrays.dataset.arrays = arrays.join();
      this.arrays.replaceChildren(...arrays.map((name) =>
        el("option", { value: name }, this.nameOfArray(name))));
    }
    this.arrays.value = array;
    this.heads.hidden = !before.length;
    if (!before.length) return;
    const [, ...rest] = index;
    this.heads.replaceChildren(...Array.from({ length: heads }, (_, head) =>
      button(fill(this.words.head, { head: head + 1 }), () => this.open(array, [head, ...rest]),
        { "aria-pressed": String(head === before[0]) })));
  }

  /** @param {NumberAnswer} answer */
  paintMap({ values, rows, top, place: { array, index } }) {
    const signed = !SHARES.test(array);
    this.sides.replaceChildren(...rows.map((row) => el("bdi", {}, this.label(row))));
    this.sheet.style.setProperty("--rows", String(rows.length));
    this.sheet.style.setProperty("--columns", String(values[0].length));
    const largest = signed ? largestOf(values) || 1 : 1;
    this.heat.paint({ values, signed, largest }, this.palette);
    this.heat.select((index.at(-2) ?? 0) - top, index.at(-1) ?? 0);
    say(this.heat.note, `${rows.length} × ${values[0].length}`);
  }

  // The numbers that enter, each the one at its own place where a whole row does.
  /** @param {NumberAnswer} answer @returns {[string, number[]][]} */
  ways({ arrays, opened, place: { index } }) {
    const { kind, sources, terms } = deepest(opened);
    const own = index.at(-1) ?? 0;
    return sources.filter(({ array }) => arrays.includes(array)).map(({ array, role, spans }) => {
      if (kind === "dot" && role === "left") return [array, terms[0].at];
      return [array, spans.map(([low, high]) => (high - low > 1 && own < high ? own : low))];
    });
  }

  // -- names --------------------------------------------------------------------------------------

  /** @param {string} array */
  nameOfArray(array) {
    const { arrays, layerArray } = this.words;
    const [, layer, part] = LAYER.exec(array) ?? [];
    return part ? fill(layerArray, { layer: Number(layer) + 1, name: arrays[part] })
      : arrays[array] ?? array;
  }

  // A row or a column: a token, a class, or only its number.
  /** @param {string} key */
  label(key) {
    const { classes } = this.words;
    return Object.hasOwn(classes, key) ? classes[key] : alone(key);
  }

  // What enters: in the row of a softmax each number by its column alone.
  /** @param {string} array @param {number[]} index */
  term(array, index) {
    const column = index[index.length - 1];
    const shares = this.answer?.opened.kind === "softmax";
    return shares ? this.label(this.answer?.columns?.[column] ?? String(column + 1))
      : this.name(array, index);
  }

  // A number by its array, its head, its row and its column.
  /** @param {string} array @param {number[]} index */
  name(array, index) {
    const { words, answer } = this;
    let name = this.nameOfArray(array);
    if (!answer || !index.length) return name;
    if (index.length === 3) name += `, ${fill(words.head, { head: index[0] + 1 })}`;
    const [row, column] = [index.at(-2), index[index.length - 1]];
    const own = array === answer.place.array;
    const like = own || answer.opened.kind === "softmax" || answer.opened.kind === "mask";
    const shown = this.label((like && answer.columns?.[column]) || String(column + 1));
    if (row === undefined) return `${name}, ${shown}`;
    const side = own ? answer.rows[row - answer.top] : answer.tokens[row];
    return fill(words.cell, { name, row: this.label(side ?? String(row + 1)), column: shown });
  }
}
