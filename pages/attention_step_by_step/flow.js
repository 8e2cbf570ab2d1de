// @ts-nocheck
// The way through attention at a glance: every matrix as a small heat map, from the words on the
// left to the output on the right. What is selected is outlined, and so is all that it is made of.
// The switches stand where they act.

import { press } from "../kit/controls.js";
import { button, el, entry, fill, say } from "../kit/dom.js";
import { Heat, largestOf } from "../kit/heat.js";
import { Knob } from "../kit/knob.js";
import { lowered } from "../kit/matrix.js";

const WEIGHTS = ["Wq", "Wk", "Wv"];
const PER_HEAD = new Set(["S", "scaled", "masked"]);
export const SPLIT = new Set(["Q", "K", "V", "Z"]);

export class Flow {
  /** @type {any} */
  head;

  // onPick(matrix, head, row, column); onSwitch({name: value}) while a control moves, onRest() when
  // it stands still
  /**
   * @param {StepsWords} words
   * @param {{ onPick: (matrix: string, head: number, row: number, column: number) => void,
   *   onSwitch: (change: any) => void, onRest: () => void }} options
   */
  constructor(words, { onPick, onSwitch, onRest }) {
    this.words = words;
    this.onPick = onPick;
    this.onSwitch = onSwitch;
    this.thumbs = {};
    /** @param {string[]} names @param {...any} below */
    const column = (names, ...below) =>
      el("div", { class: `stage ${names[0]}` }, ...names.map((name) => this.thumb(name)), ...below);
    this.positions = el("input", { type: "checkbox", "data-fp": "positions",
      onchange: () => { onSwitch({ positions: this.positions.checked }); onRest(); } });
    this.scaled = el("input", { type: "checkbox", "data-fp": "scaled",
      onchange: () => { onSwitch({ scaled: this.scaled.checked }); onRest(); } });
    this.root = el("span", {});
    this.masks = this.choices("mask", words.masks, (mask) => ({ mask }));
    this.heads = this.choices("heads", words.headCounts, (heads) => ({ heads: Number(heads) }));
    this.temperature = new Knob({ name: "temperature", label: words.temperature,
      help: words.temperatureHelp, low: 0.1, high: 5, step: 0.1,
      show: (value) => value.toFixed(1) },
      { onInput: (_, temperature) => onSwitch({ temperature }), onChange: onRest });
    const A = el("div", { class: "many", "data-block": "A" });
    this.many = A;
    this.each = []; // the weights of each head
    /** @param {HTMLInputElement} input @param {HTMLSpanElement} text */
    const label = (input, text) => el("label", { class: "switch" }, input, text);
    this.columns = {
      x: column(["E", "P", "X"], label(this.positions, el("span", {}, words.addPositions))),
      c: column(["EC", "PC", "C"]),
      w: column(WEIGHTS), qkv: column(["Q", "K", "V"]),
      S: column(["S"], el("div", { class: "act", "data-block": "heads" },
        el("b", {}, words.headsTitle), this.heads)),
      scaled: column(["scaled"], el("div", { class: "act" }, label(this.scaled, this.root))),
      masked: column(["masked"], el("div", { class: "act" }, this.masks)),
      A: el("div", { class: "stage A" }, A, el("div", { class: "act" }, this.temperature.element)),
      Z: column(["Z"]), Wo: column(["Wo"]), O: column(["O"]),
    };
    this.element = el("div", { class: "flow" }, ...Object.values(this.columns));
  }

  // The arithmetic of the selected number stands in the room that the long columns leave.
  /** @param {HTMLDivElement} arithmetic */
  place(arithmetic) {
    this.element.append(arithmetic);
  }

  /** @param {string} name @param {any} options @param {(mask: any) => { heads: number }} change */
  choices(name, options, change) {
    return el("div", { class: "choices", role: "group" },
      ...options.map((/** @type {any} */ [value, label]) =>
      button(label, () => { this.onSwitch(change(value)); this.rest?.(); },
        { "data-fp": `${name}-${value}`, "data-value": value })));
  }

  /** @param {string} name */
  thumb(name) {
    const heat = this.heat(name, this.words.short[name] ?? this.words.matrices[name],
      (row, column) => this.onPick(name, PER_HEAD.has(name) ? this.head : 0, row, column));
    /** @type {any} */ (this.thumbs)[name] = heat;
    return heat.element;
  }

  /**
   * @param {string} key
   * @param {string} title
   * @param {(row: number, column: number) => void} onPick
   */
  heat(key, title, onPick) {
    const heat = new Heat({
      key, title, onPick: (row, column) => onPick(row, column),
      says: (row, column, value) => fill(this.words.cellSays,
        { matrix: title, ...this.names(key, row, column),
          value: value === null ? "−∞" : shown(value) }),
    });
    heat.title.replaceChildren(...lowered(title));
    heat.boxes = el("div", { class: "boxes" });
    heat.grid.append(heat.boxes);
    return heat;
  }

  // What the row and the column of a number are called.
  /** @param {string} matrix @param {number} row @param {number} column */
  names(matrix, row, column) {
    return this.naming ? this.naming(matrix, row, column) : { row, column };
  }

  /** @param {StepsAnswer} answer @param {any} state @param {Palette} palette */
  paint(answer, state, palette) {
    const { matrices, heads } = answer;
    const { columns } = this;
    this.head = answer.head;
    columns.c.hidden = !matrices.C;
    this.element.classList.toggle("crossed", Boolean(matrices.C));
    for (const [name, heat] of Object.entries(this.thumbs)) {
      const values = entry(matrices, name);
      const isUsed = values && (state.positions || !["E", "EC"].includes(name));
      heat.element.hidden = !isUsed;
      if (!isUsed) continue;
      say(heat.note, shape(values));
      heat.element.style.setProperty("--aspect", `${values[0].length} / ${values.length}`);
      heat.paint({ values, signed: true, largest: largestOf(values) }, palette);
      if (SPLIT.has(name)) heat.element.style.setProperty("--heads", heads);
      heat.element.classList.toggle("split", SPLIT.has(name) && heads > 1);
    }
    this.paintHeads(answer, palette);
    const m = answer.looked_at.length;
    for (const [name, stage] of Object.entries(columns)) {
      const wide = ["S", "scaled", "masked", "A"].includes(name) ? m : 8;
      stage.style.setProperty("--wide", wide);
    }
    this.element.style.setProperty("--units", String((matrices.C ? 56 : 48) + 4 * m));
    this.element.style.setProperty("--gaps", matrices.C ? 10 : 9);
    this.positions.checked = state.positions;
    this.scaled.checked = state.scaled;
    say(this.root, fill(this.words.divide, { d: 8 / heads }));
    if (this.temperature.value !== state.temperature) this.temperature.value = state.temperature;
    press(this.masks, state.mask);
    press(this.heads, String(state.heads));
    this.masks.querySelector("[data-value=causal]").disabled = state.kind === "cross";
  }

  /** @param {{ matrices?: any, heads?: any, head?: any }} what @param {Palette} palette */
  paintHeads({ matrices, heads, head }, palette) {
    while (this.each.length < heads) {
      const index = this.each.length;
      const heat =
        this.heat(`A${index}`, "", (row, column) => this.onPick("A", index, row, column));
      this.each.push(heat);
      this.many.append(heat.element);
    }
    for (const [index, heat] of this.each.entries()) {
      heat.element.hidden = index >= heads;
      if (index >= heads) continue;
      const values = matrices.A[index];
      say(heat.title, heads === 1 ? this.words.matrices.A
        : heads === 2 ? fill(this.words.headNumber, { head: index + 1 }) : String(index + 1));
      say(heat.note, heads === 1 ? shape(values) : "");
      heat.element.style.setProperty("--aspect", `${values[0].length} / ${values.length}`);
      heat.element.classList.toggle("now", heads > 1 && index === head);
      heat.paint({ values, signed: false, largest: 1 }, palette);
    }
    this.many.dataset.heads = heads;
  }

  // place: what is selected; sources: boxes of what it is made of.
  /** @param {StepsViewPlace} place @param {StepsAnswerWorkingSource[]} sources */
  mark(place, sources) {
    const all = { ...this.thumbs,
      ...Object.fromEntries(this.each.map((heat, index) => [`A${index}`, heat])) };
    /** @param {string} matrix @param {number} head */
    const key = (matrix, head) => (matrix === "A" ? `A${head}` : matrix);
    for (const [name, heat] of Object.entries(all)) {
      if (!heat.values) continue;
      const isHere = name === key(place.matrix, place.head);
      heat.select(isHere ? place.row : null, isHere ? place.column : null);
      heat.element.classList.toggle("here", isHere);
      const boxes = sources.filter(({ matrix, head }) => key(matrix, head) === name);
      heat.boxes.replaceChildren(...boxes.map((box) => el("i", { style: inside(box, heat) })));
    }
  }
}

/** @param {StepsAnswerWorkingSource} what @param {{ rows?: any, columns?: any }} options */
const inside = ({ top, bottom, left, right }, { rows, columns }) =>
  `left:${(100 * left) / columns}%;top:${(100 * top) / rows}%;width:${(100 * (right - left))
    / columns}%;height:${(100 * (bottom - top)) / rows}%`;

/** @param {any} values */
export const shape = (values) => `${values.length}×${values[0].length}`;
/** @param {number} value */
const shown = (value) => (value < 0 ? "−" : "") + Math.abs(value).toFixed(3);
