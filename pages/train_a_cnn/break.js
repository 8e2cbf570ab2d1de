// Break it: change a trained network by hand and see at once what it costs, on 1,000 digits of the
// test set.

import { head, press } from "../kit/controls.js";
import { action, button, el, fill, grouped, say } from "../kit/dom.js";
import { Knob } from "../kit/knob.js";
import { Live } from "../kit/live.js";
import { Matrix } from "../kit/matrix.js";
import { initialPalette } from "../kit/palette.js";
import { percent2 } from "./mistakes.js";

/**
 * @typedef {{ layer: string, out: number }} Filter
 * @typedef {Filter & { in: number, values: number[][] }} Kernel
 * @typedef {{ kernels: Kernel[], off: Filter[], shuffled: Filter[],
 *   stride: Record<string, number>, padding: Record<string, number> }} Edits
 */

/** @type {Edits} */
const NONE = { kernels: [], off: [], shuffled: [], stride: {}, padding: {} };
const FILTERS = /** @type {const} */ (["kernels", "off", "shuffled"]);
const SIZES = /** @type {const} */ (["stride", "padding"]);

export class Break {
  /** @type {Cell | null} */
  chosen = null;
  palette = initialPalette;
  state = "";
  run = "";
  step = 0;
  /** @type {number[][][] | null} all kernels of the layer that read the input map */
  values = null;
  /** @type {RescoredAnswer | null} */
  answer = null;
  /** @type {ShapeAnswerLayer[]} */
  convolutions = [];
  /** @type {Edits} */
  edits = NONE;
  /** @type {Edits[]} */
  past = [];
  isOpen = false;
  dragging = false;
  layer = "conv1";
  filter = 0;
  input = 0;

  // onEdits(text): the network is another one; "" as it was learned. onFilter(filter): chosen in
  // here.
  /**
   * @param {CnnWords} words
   * @param {string} base
   * @param {{ onEdits: (edits: string) => void, onFilter: (filter: number) => void,
   *   onOpen: (part: string) => void }} options
   */
  constructor(words, base, { onEdits, onFilter, onOpen }) {
    this.words = words;
    this.base = base;
    this.onEdits = onEdits;
    this.onOpen = onOpen;
    this.onFilter = onFilter;
    this.score = new Live({
      onAnswer: (/** @type {RescoredAnswer} */ answer) => this.scored(answer),
      onTrouble: (trouble) => this.refused(trouble?.message),
    });
    this.weights = new Live({
      onAnswer: (/** @type {KernelAnswer} */ answer, { query }) => this.learned(answer, query),
      onTrouble: (trouble) => say(this.message, trouble?.message ?? ""),
    });
    const { filter, input, stride, padding } = this.knobs();
    this.filterKnob = filter;
    this.inputKnob = input;
    this.sizeKnobs = { stride, padding };
    this.chips = el("div", { class: "choices", role: "toolbar", "aria-label": words.layer });
    this.matrix = new Matrix({
      key: "kernel",
      labelOf: (row, column, value) =>
        fill(words.weight, { row, column, value: (value ?? 0).toFixed(3) }),
      onPick: (row, column) => { this.chosen = { row, column }; this.paint(); },
      onSet: (row, column, value) => this.set(row, column, value),
    });
    this.toggles = {
      off: action(words.switchOff, () => this.toggle("off"), { "data-fp": "off" }),
      shuffled: action(words.shuffle, () => this.toggle("shuffled"), { "data-fp": "shuffle" }),
    };
    this.undo = action(words.undoEdit, () => this.back(), { "data-fp": "undo-edit" });
    this.heal = action(words.heal, () => this.change(NONE), { "data-fp": "heal" });
    this.before = el("output", { "data-fp": "before" });
    this.after = el("output", { "data-fp": "after" });
    this.outcome = el("p", { class: "says", "data-fp": "break-says", role: "status" });
    this.message = el("p", { class: "wrong-edit", role: "status", "data-fp": "break-trouble" });
    this.list = el("p", { class: "note" });
    this.note = el("p", { class: "note", "data-fp": "break-note" });
    this.element = el("section", { class: "break", "data-block": "break", "data-fp": "break" },
      head(words.breakTitle, words.breakNote),
      el("div", { class: "bench" },
        el("div", { class: "pick" }, this.chips, filter.element, input.element,
          el("div", { class: "acts" }, this.toggles.off, this.toggles.shuffled)),
        this.matrix.element,
        el("div", { class: "geometry" }, stride.element, padding.element),
        this.result()));
  }

  knobs() {
    const { words } = this;
    /** @param {"filter" | "input"} name */
    const choice = (name) => new Knob({ name, label: words[name], low: 0, high: 0 },
      { onInput: (_, value) => this.choose({ [name]: value }) });
    /** @param {"stride" | "padding"} name @param {string} label @param {number} low */
    const size = (name, label, low) => new Knob(
      { name, label, low, high: 4, show: (value) => this.asLearned(name, value) },
      { onChange: (_, value) => {
        const { edits, layer } = this;
        this.change({ ...edits, [name]: { ...edits[name], [layer]: value } });
      } });
    return { filter: choice("filter"), input: choice("input"),
      stride: size("stride", words.stride, 1), padding: size("padding", words.paddingKnob, 0) };
  }

  result() {
    const { words } = this;
    /** @param {HTMLElement} output @param {string} part */
    const opens = (output, part) => button(output, () => this.onOpen(part), { class: "opens" });
    return el("div", { class: "result" },
      el("div", { class: "figures" },
        el("span", {}, el("small", {}, words.before), opens(this.before, "before")),
        el("span", { class: "arrow", "aria-hidden": "true" }, "→"),
        el("span", {}, el("small", {}, words.after), opens(this.after, "after"))),
      this.outcome, this.message, this.note, this.list,
      el("div", { class: "acts" }, this.undo, this.heal));
  }

  close() {
    this.score.close();
    this.weights.close();
  }

  // The state that is edited; another one is as it was learned.
  /**
   * @param {Run} run
   * @param {number} step
   * @param {ShapeAnswerLayer[]} layers
   * @param {Palette} palette
   */
  follow(run, step, layers, palette) {
    this.palette = palette;
    const state = `${run.id}.${step}`;
    if (state !== this.state) {
      const other = run.id !== this.run;
      this.state = state;
      this.run = run.id;
      this.step = step;
      this.values = null;
      this.answer = null;
      if (other || this.text) this.clear();
    }
    this.convolutions = layers.filter(({ kind }) => kind === "conv");
    if (!this.convolutions.length) return;
    if (!this.here) Object.assign(this, { layer: "conv1", filter: 0, input: 0 });
    if (!["running", "waiting"].includes(run.status)) {
      this.askWeights();
      if (this.isOpen) this.rescore();
    }
    this.paint();
  }

  clear() {
    this.edits = NONE;
    this.past = [];
    this.onEdits("");
  }

  open() {
    this.isOpen = true;
    if (this.run) this.rescore();
  }

  get text() {
    const text = JSON.stringify(this.edits);
    return text === JSON.stringify(NONE) ? "" : text;
  }

  // The convolution that is chosen.
  get here() {
    return this.convolutions.find(({ name }) => name === this.layer);
  }

  // -- what the person does -----------------------------------------------------------------------

  /** @param {{ layer?: string, filter?: number, input?: number }} what */
  choose(what) {
    Object.assign(this, what);
    if ("filter" in what && this.layer === "conv1") this.onFilter(this.filter);
    if ("layer" in what || "input" in what) {
      this.values = null;
      this.askWeights();
    }
    this.paint();
  }

  // Another network: scored at once; the one before can be taken back.
  /** @param {Edits} edits */
  change(edits) {
    this.past.push(this.edits);
    this.edits = edits;
    this.changed();
  }

  back() {
    const before = this.past.pop();
    if (!before) return;
    this.edits = before;
    this.changed();
  }

  changed() {
    this.paint();
    this.rescore();
    this.onEdits(this.text);
  }

  /** @param {Filter} each */
  isChosen(each) {
    return each.layer === this.layer && each.out === this.filter;
  }

  /** @param {"off" | "shuffled"} name */
  toggle(name) {
    const { layer, filter, edits } = this;
    const others = edits[name].filter((each) => !this.isChosen(each));
    const isIn = others.length < edits[name].length;
    this.change({ ...edits, [name]: isIn ? others : [...others, { layer, out: filter }] });
  }

  // A weight is dragged or typed; null: as it was learned. undefined: the drag has ended.
  /** @param {number} row @param {number} column @param {number | null | undefined} value */
  set(row, column, value) {
    const { layer, filter, input } = this;
    if (value === undefined) {
      this.dragging = false;
      return;
    }
    if (!this.values) return;
    const learned = this.values[filter];
    const values = this.kernel(this.values).map((line, r) => line.map((old, c) =>
      (r === row && c === column ? value ?? learned[r][c] : old)));
    const others = this.edits.kernels.filter((each) => !this.isChosen(each) || each.in !== input);
    const same = JSON.stringify(values) === JSON.stringify(learned);
    if (!this.dragging) this.past.push(this.edits); // one drag is one step back
    this.dragging = value !== null;
    const edited = { layer, out: filter, in: input, values };
    this.edits = { ...this.edits, kernels: same ? others : [...others, edited] };
    this.chosen = { row, column };
    this.changed();
  }

  // -- question and answer ------------------------------------------------------------------------

  askWeights() {
    this.weights.inspect(`${this.base}/runs/${this.run}`, "kernel",
      { step: this.step, layer: this.layer, in: this.input });
  }

  /** @param {KernelAnswer} answer @param {Record<string, any>} query */
  learned({ values }, query) {
    if (query.layer !== this.layer || Number(query.in) !== this.input) return;
    this.values = values;
    this.paint();
  }

  rescore() {
    this.score.inspect(`${this.base}/runs/${this.run}`, "rescored",
      { step: this.step, edits: this.text || JSON.stringify(NONE) });
  }

  /** @param {RescoredAnswer} answer */
  scored(answer) {
    this.answer = answer;
    say(this.message, "");
    this.paint();
  }

  // The message says why nothing was computed; the previous number stays, greyed out.
  /** @param {string | undefined} message */
  refused(message) {
    if (message) this.answer = null;
    say(this.message, message ?? "");
    this.paint();
  }

  // -- what is shown ------------------------------------------------------------------------------

  // The chosen kernel, edited or as it was learned.
  /** @param {number[][][]} learned */
  kernel(learned) {
    const edited = this.edits.kernels.find((each) => this.isChosen(each) && each.in === this.input);
    return edited?.values ?? learned[this.filter];
  }

  /** @param {"stride" | "padding"} name @param {number} value */
  asLearned(name, value) {
    const same = this.here?.[name] === value;
    return same ? fill(this.words.asLearned, { value }) : String(value);
  }

  paint() {
    const { here } = this;
    if (!here) return;
    this.paintChoice(here);
    this.undo.disabled = !this.past.length;
    this.heal.disabled = !this.text;
    if (this.values) this.paintKernel(this.values);
    this.figures();
    say(this.list, this.described());
  }

  /** @param {ShapeAnswerLayer} here */
  paintChoice(here) {
    const { convolutions, edits, layer } = this;
    const names = convolutions.map(({ name }) => name);
    if (this.chips.childElementCount !== names.length) {
      this.chips.replaceChildren(...names.map((name) => button(name,
        () => this.choose({ layer: name, filter: 0, input: 0 }),
        { "data-layer": name, "data-value": name })));
    }
    press(this.chips, layer);
    const before = convolutions[convolutions.indexOf(here) - 1];
    this.filterKnob.input.max = String(here.shape[0] - 1);
    this.inputKnob.input.max = String(before ? before.shape[0] - 1 : 0);
    this.inputKnob.element.hidden = !before;
    this.filter = Math.min(this.filter, here.shape[0] - 1);
    this.filterKnob.value = this.filter;
    this.inputKnob.value = this.input;
    for (const name of SIZES) this.sizeKnobs[name].value = edits[name][layer] ?? here[name] ?? 0;
    for (const name of /** @type {const} */ (["off", "shuffled"])) {
      const isIn = edits[name].some((each) => this.isChosen(each));
      this.toggles[name].setAttribute("aria-pressed", String(isIn));
    }
  }

  /** @param {number[][][]} values */
  paintKernel(values) {
    const { words, layer, filter } = this;
    const [shown, learned] = [this.kernel(values), values[filter]];
    this.matrix.paint({
      title: fill(words.kernelTitle, { layer, filter }), shape: `${shown.length} × ${shown.length}`,
      values: shown, largest: Math.max(...values.flat(2).map(Math.abs)),
      set: (row, column) => shown[row][column] !== learned[row][column],
    }, this.palette);
    this.matrix.select(this.chosen);
  }

  figures() {
    const { words, answer } = this;
    if (!answer) {
      say(this.after, "–");
      say(this.outcome, "");
      return say(this.note, "");
    }
    this.before.dataset.value = String(answer.before);
    this.after.dataset.value = String(answer.after);
    say(this.before, percent2(answer.before));
    say(this.after, percent2(answer.after));
    const change = Math.round((answer.after - answer.before) * answer.of);
    const sentence = !this.text ? words.untouched : change === 0 ? words.noChange
      : change < 0 ? words.costs : words.gains;
    say(this.outcome, fill(sentence, { count: Math.abs(change), of: grouped(answer.of),
      seconds: answer.seconds.toFixed(2) }));
    say(this.note, answer.note ? fill(words.stretched, answer.note) : "");
  }

  // Everything that is not as it was learned, in one line.
  described() {
    const { edits, words } = this;
    const filters = FILTERS.flatMap((name) => edits[name].map(({ layer, out }) =>
      fill(words.edited[name], { layer, filter: out })));
    const sizes = SIZES.flatMap((name) => Object.entries(edits[name]).map(([layer, value]) =>
      fill(words.edited[name], { layer, value })));
    return [...filters, ...sizes].join(" · ");
  }
}
