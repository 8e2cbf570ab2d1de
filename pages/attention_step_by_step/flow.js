// The way through attention at a glance: every matrix as a small heat map, from the words on the
// left to the output on the right. What is selected is outlined, and so is all that it is made of.
// The switches stand where they act.

import { choices, press } from "../kit/controls.js";
import { el, entry, fill, say } from "../kit/dom.js";
import { Heat, largestOf } from "../kit/heat.js";
import { Knob } from "../kit/knob.js";
import { lowered } from "../kit/matrix.js";
import { boxes } from "../kit/opened.js";

/**
 * @typedef {StepsAnswer & { head: number }} Answered head: the one that is shown
 * @typedef {StepsViewPlace} Place
 * @typedef {Omit<StepsView, "place" | "edits">} State
 * @typedef {import("../kit/opened.js").Wire} Wire
 * @typedef {(matrix: string, row: number, column: number) =>
 *   { row: string, column: string }} NameOf what the row and the column of a number are called
 */

const PER_HEAD = new Set(["S", "scaled", "masked"]);
// rows as high as a word; whose words stand beside the first of them, they are those of all
const TALL = new Set(["X", "C", "Q", "S", "scaled", "masked", "Z", "O"]);
const NAMED = { X: "words", C: "looked_at" };
export const SPLIT = new Set(["Q", "K", "V", "Z"]);

export class Flow {
  head = 0;
  /** @type {Record<string, Thumb>} */
  thumbs = {};
  /** @type {Thumb[]} the weights of each head */
  each = [];
  many = el("div", { class: "many", "data-block": "A" });
  root = el("span", {});

  // onSwitch(change) while a control moves, onRest() when it stands still.
  /**
   * @param {StepsWords} words
   * @param {{ onPick: (place: Place) => unknown, onSwitch: (change: Partial<State>) => unknown,
   *   onRest: () => unknown, nameOf: NameOf }} options
   */
  constructor(words, { onPick, onSwitch, onRest, nameOf }) {
    this.words = words;
    this.onPick = onPick;
    this.nameOf = nameOf;
    /** @param {Partial<State>} change */
    const switched = (change) => { onSwitch(change); onRest(); };
    this.positions = el("input", { type: "checkbox", "data-fp": "positions",
      onchange: () => { switched({ positions: this.positions.checked }); } });
    this.scaled = el("input", { type: "checkbox", "data-fp": "scaled",
      onchange: () => { switched({ scaled: this.scaled.checked }); } });
    this.masks = choices("mask", words.masks, (mask) => switched({ mask }));
    this.heads = choices("heads", words.headCounts, (heads) => switched({ heads: Number(heads) }));
    this.temperature = new Knob({ name: "temperature", label: words.temperature,
      help: words.temperatureHelp, low: 0.1, high: 5, step: 0.1,
      show: (value) => value.toFixed(1) },
    { onInput: (_, temperature) => onSwitch({ temperature }), onChange: onRest });
    this.columns = this.build();
    this.element = el("div", { class: "flow" }, ...Object.values(this.columns));
  }

  build() {
    const { words } = this;
    /** @param {string[]} names @param {...HTMLElement} below */
    const column = (names, ...below) =>
      el("div", { class: `stage ${names[0]}` }, ...names.map((name) => this.thumb(name)), ...below);
    /** @param {...HTMLElement} parts */
    const act = (...parts) => el("div", { class: "act" }, ...parts);
    /** @param {HTMLElement} input @param {HTMLElement} text */
    const label = (input, text) => el("label", { class: "switch" }, input, text);
    const heads = act(el("b", {}, words.headsTitle), this.heads);
    heads.dataset.block = "heads";
    return {
      x: column(["E", "P", "X"], label(this.positions, el("span", {}, words.addPositions))),
      c: column(["EC", "PC", "C"]),
      w: column(["Wq", "Wk", "Wv"]), qkv: column(["Q", "K", "V"]),
      S: column(["S"], heads),
      scaled: column(["scaled"], act(label(this.scaled, this.root))),
      masked: column(["masked"], act(this.masks)),
      A: el("div", { class: "stage A" }, this.many, act(this.temperature.element)),
      Z: column(["Z"]), Wo: column(["Wo"]), O: column(["O"]),
    };
  }

  // The arithmetic of the selected number stands in the room that the long columns leave.
  /** @param {HTMLElement} arithmetic */
  place(arithmetic) {
    this.element.append(arithmetic);
  }

  /** @param {string} name */
  thumb(name) {
    const title = entry(this.words.short, name) ?? entry(this.words.matrices, name);
    this.thumbs[name] = this.heat(name, title, (row, column) => this.onPick(
      { matrix: name, head: PER_HEAD.has(name) ? this.head : 0, row, column }));
    this.thumbs[name].element.classList.toggle("tall", TALL.has(name));
    return this.thumbs[name].element;
  }

  /**
   * @param {string} key
   * @param {string} title
   * @param {(row: number, column: number) => unknown} onPick
   */
  heat(key, title, onPick) {
    return new Thumb({
      key, title, onPick,
      labelOf: (row, column, value) => fill(this.words.cellSays, { matrix: title,
        ...this.nameOf(key[0] === "A" ? "A" : key, row, column), value: shown(value) }),
    });
  }

  /** @param {Answered} answer @param {State} state @param {Palette} palette */
  paint(answer, state, palette) {
    const { matrices, heads } = answer;
    const { columns } = this;
    this.head = answer.head;
    columns.c.hidden = !matrices.C;
    this.element.classList.toggle("crossed", Boolean(matrices.C));
    for (const [name, thumb] of Object.entries(this.thumbs)) {
      const values = entry(matrices, name);
      const isUsed = values && (state.positions || !["E", "EC"].includes(name));
      thumb.element.hidden = !isUsed;
      if (!isUsed) continue;
      thumb.name(entry(NAMED, name) && entry(answer, entry(NAMED, name)));
      say(thumb.note, shape(values));
      thumb.show(values, { signed: true, largest: largestOf(values) }, palette);
      if (SPLIT.has(name)) thumb.element.style.setProperty("--heads", String(heads));
      thumb.element.classList.toggle("split", SPLIT.has(name) && heads > 1);
    }
    this.paintHeads(answer, palette);
    const m = answer.looked_at.length;
    for (const [name, stage] of Object.entries(columns)) {
      const wide = PER_HEAD.has(name) || name === "A" ? m : 8;
      stage.style.setProperty("--wide", String(wide));
    }
    this.element.style.setProperty("--units", String((matrices.C ? 56 : 48) + 4 * m));
    this.element.style.setProperty("--gaps", matrices.C ? "10" : "9");
    this.positions.checked = state.positions;
    this.scaled.checked = state.scaled;
    say(this.root, fill(this.words.divide, { d: 8 / heads }));
    if (this.temperature.value !== state.temperature) this.temperature.value = state.temperature;
    press(this.masks, state.mask);
    press(this.heads, state.heads);
    const causal = this.masks.querySelector("[data-value=causal]");
    causal?.toggleAttribute("disabled", state.kind === "cross");
  }

  /** @param {Answered} answer @param {Palette} palette */
  paintHeads({ matrices, heads, head }, palette) {
    while (this.each.length < heads) {
      const index = this.each.length;
      const thumb = this.heat(`A${index}`, "", (row, column) => this.onPick(
        { matrix: "A", head: index, row, column }));
      this.each.push(thumb);
      this.many.append(thumb.element);
    }
    const { words } = this;
    for (const [index, thumb] of this.each.entries()) {
      thumb.element.hidden = index >= heads;
      if (index >= heads) continue;
      const values = matrices.A[index];
      say(thumb.title, heads === 1 ? words.matrices.A
        : heads === 2 ? fill(words.headNumber, { head: index + 1 }) : String(index + 1));
      say(thumb.note, heads === 1 ? shape(values) : "");
      thumb.element.classList.toggle("now", heads > 1 && index === head);
      thumb.element.classList.toggle("tall", heads === 1);
      thumb.show(values, { signed: false, largest: 1 }, palette);
    }
    this.many.dataset.heads = String(heads);
  }

  // place: what is selected; opened: what it is made of; row, column: the word that asks, and the
  // one that is read.
  /** @param {Place} place @param {Wire} opened @param {Cell} asked @param {string[]} read */
  mark(place, opened, { row, column }, read) {
    this.thumbs.X.call(row);
    this.thumbs.C.call(column);
    for (const name of PER_HEAD) this.thumbs[name].under(column, read[column]);
    for (const thumb of this.each) thumb.under(column, this.each.length > 1 ? "" : read[column]);
    for (const [name, thumb] of Object.entries(this.thumbs)) {
      thumb.outline(name === place.matrix ? place : null,
        boxes(opened, name, PER_HEAD.has(name) ? [this.head] : []));
    }
    for (const [head, thumb] of this.each.entries()) {
      const here = place.matrix === "A" && place.head === head;
      thumb.outline(here ? place : null, boxes(opened, "A", [head]));
    }
  }
}

// A small heat map on which parts can be outlined.
export class Thumb extends Heat {
  boxes = el("div", { class: "boxes" });
  names = el("div", { class: "names", "aria-hidden": "true" });
  foot = el("bdi", { class: "foot won", "aria-hidden": "true" });

  /** @param {ConstructorParameters<typeof Heat>[0]} options */
  constructor(options) {
    super(options);
    this.title.replaceChildren(...lowered(options.title));
    this.grid.append(this.boxes, this.names, this.foot);
  }

  // Words beside its rows.
  /** @param {string[] | undefined} rows */
  name(rows) {
    const text = rows?.join("\n") ?? "";
    if (this.names.dataset.names === text) return;
    this.names.dataset.names = text;
    this.names.replaceChildren(...(rows ?? []).map((word) => el("bdi", { title: word }, word)));
  }

  // The word of this row is meant.
  /** @param {number} row */
  call(row) {
    for (const [i, name] of [...this.names.children].entries()) {
      name.classList.toggle("now", i === row);
    }
  }

  // A word below a column.
  /** @param {number} column @param {string} [word] */
  under(column, word = "") {
    say(this.foot, word);
    const late = column >= this.columns / 2; // the word stays below the map
    const share = (100 * (late ? this.columns - 1 - column : column)) / this.columns;
    this.foot.style.cssText = `${late ? "right" : "left"}:${share}%`;
  }

  /**
   * @param {number[][]} values
   * @param {{ signed: boolean, largest: number }} scale
   * @param {Palette} palette
   */
  show(values, { signed, largest }, palette) {
    this.element.style.setProperty("--aspect", `${values[0].length} / ${values.length}`);
    this.element.style.setProperty("--rows", String(values.length));
    this.paint({ values, signed, largest }, palette);
  }

  /** @param {Cell | null} chosen @param {Box[]} sources */
  outline(chosen, sources) {
    if (!this.values) return;
    this.select(chosen?.row, chosen?.column);
    this.element.classList.toggle("here", chosen !== null);
    this.boxes.replaceChildren(...sources.map((box) => el("i", { style: this.inside(box) })));
  }

  /** @param {Box} box */
  inside({ top, bottom, left, right }) {
    /** @param {number} part @param {number} whole */
    const share = (part, whole) => `${(100 * part) / whole}%`;
    const { rows, columns } = this;
    return `left:${share(left, columns)};top:${share(top, rows)};`
      + `width:${share(right - left, columns)};height:${share(bottom - top, rows)}`;
  }
}

/** @param {(number | null)[][]} values */
export const shape = (values) => `${values.length}×${values[0].length}`;
/** @param {number | null} value */
const shown = (value) =>
  (value === null ? "−∞" : (value < 0 ? "−" : "") + Math.abs(value).toFixed(3));
