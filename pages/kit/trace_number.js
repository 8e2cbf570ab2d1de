// Any number of a trace, opened: what it is called, what enters it, and the way back. Numbers that
// enter can be opened in turn, down to the weights of the network. A page says their names.

import { button, el, fill, number } from "./dom.js";
import { Heat } from "./heat.js";
import { Live } from "./live.js";
import { Arithmetic, deepest, show } from "./opened.js";

/**
 * @typedef {import("./opened.js").Wire} Wire
 * @typedef {import("./opened.js").Source} Source
 * @typedef {{ array: string, index: number[] }} Place in an array of a trace
 * @typedef {(place: Place | null) => unknown} OnNumber
 * @typedef {{ number: string, labels: string[] | null, opened: Wire, piece?: string }} Answer
 *   number: as it stands in a link; labels: what the rows of its arrays are called; piece: what its
 *   column is
 */

const MASKS = /(^|_)(allowed|kept)$/; // true or false: nothing to open
// What the last places of a number are, by the last word of its array.
const EDGES = new Set(["scores", "scaled", "masked", "weights", "norms", "mean", "half", "reach",
  "rollout", "identity"]); // of one word that reads another one
const WORDS = new Set(["lengths", "squares"]); // of a word
const WEIGHTS = /(^|_)([wb][qkvo12]?|table|weight|bias)$/;
// Kinds of sums whose terms are listed, or stand in the strip.
const LISTED = new Set(["dot", "mean", "total", "length", "squares"]);

/**
 * A number that opens when it is clicked.
 * @param {string} text @param {Place} place @param {OnNumber} onNumber @param {string} [role]
 */
export const opens = (text, place, onNumber, role = "") =>
  button(text, () => onNumber(place), { class: `num ${role}`.trim(), "data-number": keyOf(place) });

/** @param {Place} place */
export const keyOf = ({ array, index }) => [array, ...index].join(".");

/** A page's own extends it, and says what numbers are called: `name` and `where`. */
export class TraceNumber {
  /** @type {Place[]} numbers that were opened before, the first one first */
  trail = [];
  /** @type {string[]} words of the sentence */
  labels = [];
  /** @type {string | undefined} what the column of the number is called, where it has a name */
  column;
  /** @type {number[][]} */
  rows = [];
  /** @type {Wire | null} */
  opened = null;
  title = el("h2", { "data-fp": "number-title" });
  note = el("span", { class: "note" });
  entering = el("p", { class: "line entering", "data-fp": "number-sources" });
  strip = new Heat({ key: "number-strip", title: "",
    labelOf: (row, column) => this.stripSays(row, column),
    onPick: (row, column) => this.pick(row, column) });

  /**
   * @param {Record<string, any>} words of pages/kit/trace_number.py
   * @param {OnNumber} onNumber another number is asked for, or none
   */
  constructor(words, onNumber) {
    this.words = words;
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
    this.note.textContent = this.where(array);
    this.back.hidden = !this.trail.length;
    this.arithmetic.paint(opened, palette);
    const total = el("output", { class: "total" });
    this.arithmetic.result(total, `= ${show(value)}`);
    total.dataset.value = String(value);
    this.title.replaceChildren(`${this.name({ array, index })} `, total);
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
    if (many && LISTED.has(kind)) return null;
    const at = spans.map(([low, high]) => (high - low > 1 ? index[index.length - 1] : low));
    return { array, index: at };
  }

  /**
   * What a number of a layer is called, one of a whole network or a weight of it.
   * @param {string} last what its array is called within the layer
   * @param {number[]} index
   * @param {string} [column] what its column is called
   */
  named(last, index, column) {
    const { words, labels } = this;
    if (WEIGHTS.test(last)) {
      return fill(words.weight, { places: index.map((i) => i + 1).join(", ") });
    }
    const name = words.names[last] ?? last;
    const [from, to] = index.slice(-2);
    if (EDGES.has(last)) return fill(words.edge, { name, from: labels[from], to: labels[to] });
    if (last === "share") return name;
    if (WORDS.has(last)) return fill(words.word, { name, word: labels[to] });
    return fill(words.place, { name, word: labels[from], place: column ?? to + 1 });
  }

  // -- what a page says ---------------------------------------------------------------------------

  /** What a number is called. @param {Place} place */
  name(place) {
    return keyOf(place);
  }

  /** What stands beside its name: a layer, a head. @param {string} array */
  where(array) {
    void array;
    return "";
  }
}

/** A number that the server is asked for. */
class AskedTrace {
  /**
   * @param {import("./view.js").View<any>} view the picture that it is part of
   * @param {(onNumber: OnNumber) => TraceNumber} make
   * @param {Place | null} place
   */
  constructor(view, make, place) {
    this.view = view;
    this.place = place;
    this.shown = make((chosen) => this.take(chosen));
    view.own(this);
    this.live = view.own(new Live({
      onAnswer: (/** @type {Omit<Answer, "number">} */ answer, { query }) =>
        this.paint({ ...answer, number: query.number }),
      onTrouble: (trouble) => trouble?.message && this.take(null), // there is no such number
    }));
  }

  close() {}

  /** @param {Palette} palette */
  theme(palette) {
    const { opened, labels } = this.shown;
    if (opened) this.shown.paint(opened, labels, palette);
  }

  /** A number on the page; those before it are forgotten. @param {Place} place */
  open(place) {
    this.shown.trail = [];
    this.take(place);
  }

  /** @param {Place | null} place */
  take(place) {
    this.place = place;
    this.ask();
  }

  ask() {
    if (this.place) return this.send(written(this.place));
    this.live.forget();
    this.shown.paint(null, [], this.view.palette);
  }

  /** Asks for a number as it stands in a link. @param {string} number */
  send(number) {
    void number;
  }

  /** @param {Answer} answer */
  paint({ number, labels, opened, piece }) {
    const { place, shown, view } = this;
    if (!place || written(place) !== number) return;
    shown.column = piece;
    shown.paint(opened, labels ?? [], view.palette);
  }
}

/** A number of a run: it is asked of the saved state that is on show. */
export class RunTrace extends AskedTrace {
  /**
   * @param {import("./run/view.js").RunView<any>} view its page hears of another number
   * @param {(onNumber: OnNumber) => TraceNumber} make
   * @param {(run: Run) => object} [about] what else is asked with the number
   */
  constructor(view, make, about = () => ({})) {
    super(view, make, view.data.number);
    this.runs = view;
    this.about = about;
  }

  /** @param {Place | null} place */
  take(place) {
    super.take(place);
    this.view.notify();
  }

  /** @param {string} number */
  send(number) {
    const { runs: { run }, inspected } = this.runs;
    const step = inspected?.step ?? run?.saved.at(-1);
    if (!run || step == null) return;
    this.live.inspect(`${this.view.data.base}/runs/${run.id}`, "number",
      { number, step, ...this.about(run) });
  }
}

/** A number of what a picture asks a route for: it is asked with the same question. */
export class RouteTrace extends AskedTrace {
  /** @type {string | undefined} the question of the number on show */
  asked;

  /**
   * @param {import("./view.js").View<any>} view
   * @param {(onNumber: OnNumber) => TraceNumber} make
   * @param {string} url
   * @param {() => object | undefined} question what the picture has been answered
   */
  constructor(view, make, url, question) {
    super(view, make, null);
    this.url = url;
    this.question = question;
  }

  /** The picture has another answer: a number of a pass that is gone closes. */
  renewed() {
    if (this.place && JSON.stringify(this.question()) !== this.asked) this.take(null);
  }

  /** @param {string} number */
  send(number) {
    const question = this.question();
    if (!question) return;
    this.asked = JSON.stringify(question);
    const body = () => ({ ...question, number: this.place });
    this.live.ask({ url: this.url, body, query: { number } });
  }
}

/** A number as it stands in a link: places count from 1. @param {Place} place */
export const written = ({ array, index }) => [array, ...index.map((at) => at + 1)].join(".");

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
