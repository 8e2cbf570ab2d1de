// Any number on the page, opened: what it is called, what enters it, and the way back. Numbers that
// enter can be opened in turn, down to the weights of the network.

import { button, el, fill, number } from "../kit/dom.js";
import { Heat } from "../kit/heat.js";
import { Arithmetic, deepest, show } from "../kit/opened.js";
import { particles } from "../kit/particles.js";

/**
 * @typedef {import("../kit/opened.js").Wire} Wire
 * @typedef {import("../kit/opened.js").Source} Source
 * @typedef {{ array: string, index: number[] }} Place an array of core/attention/trained/rules.py
 * @typedef {(place: Place | null) => unknown} OnNumber
 */

// What the last places of a number are, by the last word of its array.
const EDGES = new Set(["scores", "scaled", "masked", "weights", "norms", "mean", "half", "reach",
  "rollout", "identity"]);
const NOUNS = new Set(["logits", "probabilities", "lost"]);
const MASKS = /_(allowed|kept)$/; // true or false: nothing to open

/**
 * A number that opens when it is clicked.
 * @param {string} text @param {Place} place @param {OnNumber} onNumber @param {string} [role]
 */
export const opens = (text, place, onNumber, role = "") =>
  button(text, () => onNumber(place), { class: `num ${role}`.trim(), "data-number": keyOf(place) });

/**
 * A translated sentence with nodes for its names; Korean particles follow their text.
 * @param {string} sentence @param {Record<string, string | Node>} values
 */
export function filled(sentence, values) {
  let before = "";
  return sentence.split(/\{(\w+)\}/).map((part, i) => {
    const value = i % 2 ? values[part] ?? "" : particles(before + part).slice(before.length);
    before += typeof value === "string" ? value : value.textContent;
    return value;
  });
}

/** @param {Place} place */
export const keyOf = ({ array, index }) => [array, ...index].join(".");

export class OpenedNumber {
  /** @type {Place[]} numbers that were opened before, the first one first */
  trail = [];
  /** @type {string[]} words of the sentence */
  labels = [];
  /** @type {number[][]} */
  rows = [];
  /** @type {Wire | null} */
  opened = null;
  title = el("h3", { "data-fp": "number-title" });
  note = el("span", { class: "note" });
  entering = el("p", { class: "line entering", "data-fp": "number-sources" });
  strip = new Heat({ key: "number-strip", title: "",
    labelOf: (row, column) => this.stripSays(row, column),
    onPick: (row, column) => this.pick(row, column) });

  /**
   * @param {TrainedWordsNumber} words
   * @param {string[]} lexicon every word that the networks know
   * @param {OnNumber} onNumber
   */
  constructor(words, lexicon, onNumber) {
    this.words = words;
    this.lexicon = lexicon;
    this.onNumber = onNumber;
    this.arithmetic = new Arithmetic(words.opened, {
      onSource: (array, index) => this.follow({ array, index }),
      nameOf: (array, at) => this.name({ array, index: at }),
    });
    this.back =
      button(words.back, () => this.goBack(), { class: "quiet", "data-fp": "number-back" });
    this.element = el("section", { class: "number-opened", "data-block": "number" },
      el("div", { class: "head" }, this.title, this.note, this.back,
        button(words.close, () => this.close(), { class: "quiet", "data-fp": "number-close" })),
      el("div", { class: "pair" }, this.arithmetic.body,
        el("div", { class: "part" }, this.arithmetic.lines, this.entering)),
      this.strip.element);
    this.element.hidden = true;
  }

  /** @param {Place} place */
  follow(place) {
    if (this.opened) this.trail.push({ array: this.opened.array, index: this.opened.index });
    this.onNumber(place);
  }

  goBack() {
    this.onNumber(this.trail.pop() ?? null);
  }

  close() {
    this.trail = [];
    this.onNumber(null);
  }

  /** @param {Wire | null} opened @param {string[]} labels @param {Palette} palette */
  paint(opened, labels, palette) {
    this.opened = opened;
    this.labels = labels;
    this.element.hidden = !opened;
    if (!opened) return;
    const { array, index, value } = opened;
    this.element.dataset.number = keyOf({ array, index });
    this.element.dataset.value = String(value);
    this.title.replaceChildren(`${this.name({ array, index })} = `,
      el("output", { class: "total" }, show(value)));
    this.note.textContent = this.where(array);
    this.back.hidden = !this.trail.length;
    this.arithmetic.paint(opened, palette);
    const places = opened.sources.flatMap((source) => this.placeOf(source, opened) ?? []);
    this.entering.replaceChildren(...places.map((place) =>
      button(this.name(place), () => this.follow(place), { "data-number": keyOf(place) })));
    this.paintStrip(deepest(opened), palette);
  }

  // All numbers of a sum of products, or of the row of a softmax.
  /** @param {Wire} opened @param {Palette} palette */
  paintStrip({ kind, left, right, row }, palette) {
    this.rows = kind === "dot" && left
      ? [left, right, left.map((/** @type {number} */ x, /** @type {number} */ i) => x * right[i])]
      : kind === "softmax" ? [row] : [];
    this.strip.element.hidden = !this.rows.length;
    if (!this.rows.length) return;
    this.strip.select(null);
    this.strip.element.style.setProperty("--lines", String(this.rows.length));
    this.strip.paint({ values: this.rows.map(scaled), signed: true, largest: 1 }, palette);
  }

  /** @param {number} row @param {number} column */
  stripSays(row, column) {
    const place = this.stripPlace(row, column);
    return `${place ? this.name(place) : this.words.product}: ${number(this.rows[row][column])}`;
  }

  /** @param {number} row @param {number} column */
  pick(row, column) {
    this.strip.select(row, column);
    const place = this.stripPlace(row, column);
    if (place) this.follow(place);
  }

  // Where a number of the strip stands; a product stands nowhere.
  /** @param {number} row @param {number} column @returns {Place | null} */
  stripPlace(row, column) {
    const source = this.opened && deepest(this.opened).sources[row];
    if (!source || row > 1) return null;
    return { array: source.array, index: unravelled(source, column) };
  }

  // The number that a source is, or that stands where the opened one does in its row.
  /** @param {Source} source @param {Wire} opened @returns {Place | null} */
  placeOf({ array, spans }, { kind, index }) {
    if (MASKS.test(array)) return null;
    const many = spans.filter(([low, high]) => high - low > 1).length;
    if (many && kind === "dot") return null; // they are in the strip
    const at = spans.map(([low, high]) => (high - low > 1 ? index[index.length - 1] : low));
    return { array, index: at };
  }

  // -- what numbers are called --------------------------------------------------------------------

  /** @param {Place} place */
  name({ array, index }) {
    const { words, labels } = this;
    const { last, isWeight } = parsed(array);
    if (isWeight) return fill(words.weight, { places: index.map((i) => i + 1).join(", ") });
    const name = words.names[last] ?? last;
    const [from, to] = index.slice(-2);
    if (EDGES.has(last)) return fill(words.edge, { name, from: labels[from], to: labels[to] });
    if (last === "share") return name;
    if (last === "lengths" || last === "squares") {
      return fill(words.word, { name, word: labels[to] });
    }
    return fill(words.place, { name, word: labels[from],
      place: NOUNS.has(last) ? this.lexicon[to] : to + 1 });
  }

  // The layer of an array, and what is cut in its pass.
  /** @param {string} array */
  where(array) {
    const { words } = this;
    const { without, uncut, layer } = parsed(array);
    const { index = [], kind } = this.opened ?? {};
    const headed = layer !== null && kind !== undefined && index.length === 3;
    return [
      headed ? fill(words.head, { layer: layer + 1, head: index[0] + 1 })
        : layer !== null ? fill(words.layer, { layer: layer + 1 }) : "",
      uncut ? words.uncut : "",
      without === null ? "" : fill(words.without, { word: this.labels[without] }),
    ].filter(Boolean).join(", ");
  }
}

/**
 * An array's pass and layer, and the last word of its name.
 * @param {string} array
 */
function parsed(array) {
  const [, uncut, cut, layer, name] =
    array.match(/^(?:(uncut_)|without_(\d+)_)?(?:layer_(\d+)_)?(.*)$/) ?? [];
  const isWeight = /(^|_)([wb][qkvo12]|table|weight|bias)$/.test(name);
  return { uncut: Boolean(uncut), without: cut === undefined ? null : Number(cut),
    layer: layer === undefined ? null : Number(layer), isWeight,
    last: name.replace(/^(attention|feed)_/, "") };
}

/**
 * Where the n-th number of a source stands.
 * @param {Source} source @param {number} n
 */
function unravelled({ spans }, n) {
  return spans.toReversed().map(([low, high]) => {
    const place = low + (n % (high - low));
    n = Math.floor(n / (high - low));
    return place;
  }).reverse();
}

/** @param {number[]} row */
function scaled(row) {
  const most = Math.max(...row.map((value) => Math.abs(value ?? 0))) || 1;
  return row.map((value) => (value ?? 0) / most);
}
