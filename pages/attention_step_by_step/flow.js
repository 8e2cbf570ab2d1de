// @ts-nocheck
// The way through attention at a glance: every matrix as a small heat map, from the words on the
// left to the output on the right. What is selected is outlined, and so is all that it is made of.
// The switches stand where they act.

import { press } from "../kit/controls.js";
import { button, el, fill, say } from "../kit/dom.js";
import { Heat, largestOf } from "../kit/heat.js";
import { Knob } from "../kit/knob.js";
import { lowered } from "../kit/matrix.js";
import { boxes } from "../kit/opened.js";

const WEIGHTS = ["Wq", "Wk", "Wv"];
const PER_HEAD = new Set(["S", "scaled", "masked"]);
export const SPLIT = new Set(["Q", "K", "V", "Z"]);

export class Flow {
  // onPick(matrix, head, row, column); onSwitch({name: value}) while a control moves, onRest() when
  // it stands still
  constructor(words, { onPick, onSwitch, onRest }) {
    this.words = words;
    this.onPick = onPick;
    this.onSwitch = onSwitch;
    this.thumbs = {};
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
  place(arithmetic) {
    this.element.append(arithmetic);
  }

  choices(name, options, change) {
    return el("div", { class: "choices", role: "group" }, ...options.map(([value, label]) =>
      button(label, () => { this.onSwitch(change(value)); this.rest?.(); },
        { "data-fp": `${name}-${value}`, "data-value": value })));
  }

  thumb(name) {
    const heat = this.heat(name, this.words.short[name] ?? this.words.matrices[name],
      (row, column) => this.onPick(name, PER_HEAD.has(name) ? this.head : 0, row, column));
    this.thumbs[name] = heat;
    return heat.element;
  }

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
  names(matrix, row, column) {
    return this.naming ? this.naming(matrix, row, column) : { row, column };
  }

  paint(answer, state, palette) {
    const { matrices, heads } = answer;
    const { columns } = this;
    this.head = answer.head;
    columns.c.hidden = !matrices.C;
    this.element.classList.toggle("crossed", Boolean(matrices.C));
    for (const [name, heat] of Object.entries(this.thumbs)) {
      const values = matrices[name];
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
    this.element.style.setProperty("--units", (matrices.C ? 56 : 48) + 4 * m);
    this.element.style.setProperty("--gaps", matrices.C ? 10 : 9);
    this.positions.checked = state.positions;
    this.scaled.checked = state.scaled;
    say(this.root, fill(this.words.divide, { d: 8 / heads }));
    if (this.temperature.value !== state.temperature) this.temperature.value = state.temperature;
    press(this.masks, state.mask);
    press(this.heads, String(state.heads));
    this.masks.querySelector("[data-value=causal]").disabled = state.kind === "cross";
  }

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

  // place: what is selected; opened: what it is made of.
  mark(place, opened) {
    const all = { ...this.thumbs,
      ...Object.fromEntries(this.each.map((heat, index) => [`A${index}`, heat])) };
    const key = (matrix, head) => (matrix === "A" ? `A${head}` : matrix);
    for (const [name, heat] of Object.entries(all)) {
      if (!heat.values) continue;
      const isHere = name === key(place.matrix, place.head);
      heat.select(isHere ? place.row : null, isHere ? place.column : null);
      heat.element.classList.toggle("here", isHere);
      const [array, head] = /^A\d$/.test(name) ? ["A", Number(name[1])] : [name, this.head];
      const sources = boxes(opened, array, array === "A" || PER_HEAD.has(array) ? [head] : []);
      heat.boxes.replaceChildren(...sources.map((box) => el("i", { style: inside(box, heat) })));
    }
  }
}

const inside = ({ top, bottom, left, right }, { rows, columns }) =>
  `left:${(100 * left) / columns}%;top:${(100 * top) / rows}%;width:${(100 * (right - left))
    / columns}%;height:${(100 * (bottom - top)) / rows}%`;

export const shape = (values) => `${values.length}×${values[0].length}`;
const shown = (value) => (value < 0 ? "−" : "") + Math.abs(value).toFixed(3);
