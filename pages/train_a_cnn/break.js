// @ts-nocheck
// Break it: change a trained network by hand and see at once what it costs, on 1,000 digits of the
// test set.

import { button, el, entry, fill, say } from "../kit/dom.js";
import { Knob } from "../kit/knob.js";
import { Live } from "../kit/live.js";
import { Matrix } from "../kit/matrix.js";
import { percent2 } from "./mistakes.js";

const NONE = { kernels: [], off: [], shuffled: [], stride: {}, padding: {} };

export class Break {
  /** @type {{ row: number, column: number }} */
  chosen;
  /** @type {any} */
  palette;
  /** @type {any} */
  shape;
  /** @type {string} */
  state;
  /** @type {any} */
  run;
  /** @type {any} */
  step;
  /** @type {any} */
  values = null;
  /** @type {any} */
  answer = null;
  /** @type {any} */
  convolutions;
  isOpen = false;
  dragging = false;
  /** @type {any} */
  names;

  // onEdits(text): the network is another one; "" as it was learned. onFilter(filter): chosen in
  // here.
  /**
   * @param {CnnWords} words
   * @param {string} base
   * @param {{ onEdits: (edits: string) => void, onFilter: (filter: number) => void }} options
   */
  constructor(words, base, { onEdits, onFilter }) {
    this.words = words;
    this.base = base;
    this.onEdits = onEdits;
    this.onFilter = onFilter;
    this.edits = NONE;
    this.past = [];
    this.layer = "conv1";
    this.filter = 0;
    this.input = 0;
    this.score = new Live({ onAnswer: (answer) => this.scored(answer),
      onTrouble: (trouble) => this.refused(trouble?.message) });
    this.weights = new Live({ onAnswer: (answer, { query }) => this.learned(answer, query),
      onTrouble: (trouble) => say(this.message, trouble?.message ?? "") });
    this.chips = el("div", { class: "chips", role: "toolbar", "aria-label": words.layer });
    /** @param {string} name @param {number} low @param {number} high @param {any} act */
    const knob = (name, low, high, act) => new Knob({ name, label: name === "padding"
      ? words.paddingKnob : entry(words, name), low, high,
        show: (value) => this.shows(name, value) },
        act);
    this.filterKnob =
      knob("filter", 0, 31, {
        onInput: (/** @type {unknown} */ _, /** @type {number} */ value) =>
          this.choose({ filter: value }),
      });
    this.inputKnob = knob("input", 0, 0, {
      onInput: (/** @type {unknown} */ _, /** @type {number} */ value) =>
        this.choose({ input: value }),
    });
    this.strideKnob = knob("stride", 1, 4, {
      onChange: (/** @type {unknown} */ _, /** @type {number} */ value) =>
        this.edit({ stride: { ...this.edits.stride, [this.layer]: value } }),
    });
    this.paddingKnob = knob("padding", 0, 4, {
      onChange: (/** @type {unknown} */ _, /** @type {number} */ value) =>
        this.edit({ padding: { ...this.edits.padding, [this.layer]: value } }),
    });
    this.matrix = new Matrix({
      key: "kernel",
      says: (row, column, value) => fill(words.weight, { row, column, value: value.toFixed(3) }),
      onPick: (row, column) => { this.chosen = { row, column }; this.paint(); },
      onSet: (...all) => this.set(...all),
    });
    this.off = button(words.switchOff, () => this.toggle("off"), { "data-fp": "off" });
    this.shuffle = button(words.shuffle, () => this.toggle("shuffled"), { "data-fp": "shuffle" });
    this.undo = button(words.undoEdit, () => this.back(), { "data-fp": "undo-edit" });
    this.heal = button(words.heal, () => this.edit(NONE, false), { "data-fp": "heal" });
    this.before = el("output", { "data-fp": "before" });
    this.after = el("output", { "data-fp": "after" });
    this.says = el("p", { class: "says", "data-fp": "break-says", role: "status" });
    this.message = el("p", { class: "wrong-edit", role: "status", "data-fp": "break-trouble" });
    this.list = el("p", { class: "note" });
    this.note = el("p", { class: "note", "data-fp": "break-note" });
    this.element = el("section", { class: "break", "data-block": "break", "data-fp": "break" },
      el("div", { class: "head" }, el("h3", {}, words.breakTitle),
        el("span", { class: "note" }, words.breakNote)),
      el("div", { class: "bench" },
        el("div", { class: "pick" }, this.chips, this.filterKnob.element, this.inputKnob.element,
          el("div", { class: "acts" }, this.off, this.shuffle)),
        this.matrix.element,
        el("div", { class: "geometry" }, this.strideKnob.element, this.paddingKnob.element),
        el("div", { class: "result" },
          el("div", { class: "figures" },
            el("span", {}, el("small", {}, words.before), this.before),
            el("span", { class: "arrow", "aria-hidden": "true" }, "→"),
            el("span", {}, el("small", {}, words.after), this.after)),
          this.says, this.message, this.note, this.list,
          el("div", { class: "acts" }, this.undo, this.heal))));
  }

  close() {
    this.score.close();
    this.weights.close();
  }

  // The state that is edited; another one is as it was learned.
  /** @param {Run} run @param {number} step @param {any} shape @param {Palette} palette */
  follow(run, step, shape, palette) {
    this.palette = palette;
    this.shape = shape;
    const state = `${run.id}.${step}`;
    const calm = !["running", "waiting"].includes(run.status);
    if (state !== this.state) {
      const other = run.id !== this.run;
      this.state = state;
      this.run = run.id;
      this.step = step;
      this.values = null;
      this.answer = null;
      if (other || this.text) this.clear();
    }
    this.convolutions =
      (shape?.layers ?? []).filter((/** @type {any} */ { kind }) => kind === "conv");
    if (!this.convolutions.length) return;
    if (!this.convolutions.some((/** @type {any} */ { name }) => name === this.layer)) {
      this.layer = "conv1";
      this.filter = 0;
      this.input = 0;
    }
    if (calm) {
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
    return JSON.stringify(this.edits) === JSON.stringify(NONE) ? "" : JSON.stringify(this.edits);
  }

  // -- what the person does -----------------------------------------------------------------------

  /** @param {{ layer: string, filter: number, input: number }} what */
  choose(what) {
    Object.assign(this, what);
    if ("filter" in what && this.layer === "conv1") this.onFilter(this.filter);
    if ("layer" in what || "input" in what) {
      this.values = null;
      this.askWeights();
    }
    this.paint();
  }

  // Another network: scored at once, and kept to be taken back.
  /** @param {any} change @param {boolean} [keep] */
  edit(change, keep = true) {
    this.past.push(this.edits);
    this.edits = keep ? { ...this.edits, ...change } : change;
    this.changed();
  }

  back() {
    if (!this.past.length) return;
    this.edits = this.past.pop();
    this.changed();
  }

  changed() {
    this.paint();
    this.rescore();
    this.onEdits(this.text);
  }

  /** @param {string | HTMLButtonElement} name */
  isIn(name) {
    return entry(this.edits, name)
      .some((/** @type {any} */ { layer, out }) => layer === this.layer && out === this.filter);
  }

  /** @param {string} name */
  toggle(name) {
    const { layer, filter } = this;
    const others = entry(this.edits, name)
      .filter((/** @type {any} */ each) => each.layer !== layer || each.out !== filter);
    this.edit({ [name]: this.isIn(name) ? others : [...others, { layer, out: filter }] });
  }

  // A weight is dragged or typed; null: as it was learned. Without a value the hand rests.
  /** @param {number} row @param {number} column @param {number} value */
  set(row, column, value) {
    const { layer, filter, input } = this;
    if (value === undefined) {
      this.dragging = false;
      return;
    }
    const before = this.kernel();
    const learned = this.values[filter];
    const values = before.map((/** @type {any} */ line, /** @type {any} */ r) =>
      line.map((/** @type {any} */ old, /** @type {any} */ c) =>
        (r === row && c === column ? value ?? learned[r][c] : old)));
    const others = this.edits.kernels.filter((each) =>
      each.layer !== layer || each.out !== filter || each.in !== input);
    const same = JSON.stringify(values) === JSON.stringify(learned);
    if (!this.dragging) this.past.push(this.edits); // one drag is one step back
    this.dragging = value !== null;
    this.edits = { ...this.edits,
      kernels: same ? others : [...others, { layer, out: filter, in: input, values }] };
    this.chosen = { row, column };
    this.changed();
  }

  // -- question and answer ------------------------------------------------------------------------

  askWeights() {
    this.weights.inspect(`${this.base}/runs/${this.run}`, "kernel",
      { step: this.step, layer: this.layer, in: this.input });
  }

  /** @param {{ values?: any }} what @param {any} query */
  learned({ values }, query) {
    if (query.layer !== this.layer || Number(query.in) !== this.input) return;
    this.values = values;
    this.paint();
  }

  rescore() {
    this.score.inspect(`${this.base}/runs/${this.run}`, "rescored",
      { step: this.step, edits: this.text || JSON.stringify(NONE) });
  }

  /** @param {any} answer */
  scored(answer) {
    this.answer = answer;
    say(this.message, "");
    this.paint();
  }

  // What cannot be computed is said; the number of before stays in sight, in grey.
  /** @param {string | undefined} said */
  refused(said) {
    if (said) this.answer = null;
    say(this.message, said ?? "");
    this.paint();
  }

  // -- what is shown ------------------------------------------------------------------------------

  kernel() {
    const { layer, filter, input } = this;
    const edited = this.edits.kernels.find((each) =>
      each.layer === layer && each.out === filter && each.in === input);
    return edited?.values ?? this.values[filter];
  }

  /** @param {string} name @param {number} value */
  shows(name, value) {
    const learned =
      this.convolutions?.find((/** @type {any} */ each) => each.name === this.layer)?.[name];
    return learned === undefined || learned !== value ? String(value)
      : fill(this.words.asLearned, { value });
  }

  paint() {
    const { words, answer, values, palette, edits, layer } = this;
    const here = this.convolutions?.find((/** @type {any} */ { name }) => name === layer);
    if (!here || !palette) return;
    this.choices();
    const count = here.shape[0];
    const before = this.convolutions[this.convolutions.indexOf(here) - 1];
    this.filterKnob.input.max = String(count - 1);
    this.inputKnob.input.max = String(before ? before.shape[0] - 1 : 0);
    this.inputKnob.element.hidden = !before;
    this.filter = Math.min(this.filter, count - 1);
    this.filterKnob.value = this.filter;
    this.inputKnob.value = this.input;
    this.strideKnob.value = entry(edits.stride, layer) ?? here.stride ?? 1;
    this.paddingKnob.value = entry(edits.padding, layer) ?? here.padding ?? 0;
    for (const [element, name] of [[this.off, "off"], [this.shuffle, "shuffled"]]) {
      element.setAttribute("aria-pressed", String(this.isIn(name)));
    }
    this.undo.disabled = !this.past.length;
    this.heal.disabled = !this.text;
    if (values) {
      const shown = this.kernel();
      const learned = values[this.filter];
      const largest = Math.max(...values.flat(2).map(Math.abs));
      const side = shown.length;
      this.matrix.paint({
        title: fill(words.kernelTitle, { layer, filter: this.filter }), shape: `${side} × ${side}`,
        values: shown, largest,
        set: (row, column) => shown[row][column] !== learned[row][column],
      }, palette);
      this.matrix.select(this.chosen ?? null);
    }
    this.figures(answer);
    say(this.list, this.described());
  }

  /** @param {any} answer */
  figures(answer) {
    const { words } = this;
    if (!answer) {
      for (const output of [this.after, this.says, this.note]) {
        say(output, output === this.after ? "–" : "");
      }
      return;
    }
    this.before.dataset.value = answer.before;
    this.after.dataset.value = answer.after;
    say(this.before, percent2(answer.before));
    say(this.after, percent2(answer.after));
    const change = Math.round((answer.after - answer.before) * answer.of);
    const sentence = !this.text ? words.untouched : change === 0 ? words.noChange
      : change < 0 ? words.costs : words.gains;
    say(this.says, fill(sentence,
      { count: Math.abs(change), of: answer.of.toLocaleString("en"),
        seconds: answer.seconds.toFixed(2) }));
    say(this.note, answer.note ? fill(words.stretched, answer.note) : "");
  }

  choices() {
    const names = this.convolutions.map((/** @type {any} */ { name }) => name);
    if (this.names !== names.join()) {
      this.names = names.join();
      this.chips.replaceChildren(...names.map((/** @type {string} */ name) => button(name,
        () => this.choose({ layer: name, filter: 0, input: 0 }),
        { class: "chip", "data-layer": name })));
    }
    for (const chip of this.chips.children) {
      chip.setAttribute("aria-pressed", String(chip.dataset.layer === this.layer));
    }
  }

  // Everything that is not as it was learned, in one line.
  described() {
    const { edits, words } = this;
    /** @param {string} name @param {any[]} list */
    const all = (name, list) =>
      list.map((each) => fill(words.edited[name], { layer: each.layer, filter: each.out }));
    /** @param {string} name */
    const sizes = (name) => Object.entries(entry(edits, name))
      .map(([layer, value]) => fill(words.edited[name], { layer, value }));
    return [...all("kernels", edits.kernels), ...all("off", edits.off),
      ...all("shuffled", edits.shuffled), ...sizes("stride"), ...sizes("padding")].join(" · ");
  }
}
