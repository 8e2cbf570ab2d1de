// @ts-nocheck
// The network unrolled along a sentence: a column for each word, in it the next word that the
// network expects, the cell with its hidden state in colours, the word, and how much the answer
// hangs on that word. Columns line up with the maps below.

import { button, contextOf, el, entry, fill, number, percent, say } from "../kit/dom.js";

const TILT = Math.sin((50 * Math.PI) / 180);
const TIGHT = 21; // px where a rem is 16: narrower columns have upright words

export class Unrolled {
  /** @type {string} */
  listed;
  /** @type {HTMLSelectElement} */
  list;
  /** @type {CanvasRenderingContext2D | null} */
  context = null;

  // onTime(time), onName(name), onCell(cell)
  /**
   * @param {CellWords} words
   * @param {{ onTime: (time: number) => void, onName: (name: string) => void,
   *   onCell: (cell: any) => void }} options
   */
  constructor(words, { onTime, onName, onCell }) {
    this.words = words;
    this.onTime = onTime;
    this.onName = onName;
    this.onCell = onCell;
    this.columns = [];
    this.guesses = this.row("guesses", words.guess, words.guessHelp);
    this.steps = this.row("steps", words.hidden, words.hiddenHelp);
    this.texts = this.row("words", words.word);
    this.bars =
      Object.fromEntries(words.cells.map(([cell, name]) => [cell, this.influence(cell, name)]));
    this.heading = el("h3", { class: "across" }, words.influence,
      el("span", { class: "note" }, words.influenceHelp));
    this.elements = [this.guesses, this.steps,
      this.texts].flatMap(({ label, cells }) => [label, cells])
      .concat(this.heading,
      ...Object.values(this.bars).flatMap(({ label, cells }) => [label, cells]));
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(this.texts.cells);
  }

  close() {
    this.observer.disconnect();
  }

  /** @param {string} key @param {string} title @param {string} [help] */
  row(key, title, help = "") {
    return {
      label: el("div", { class: `label of-${key}`, title: help }, title),
      cells: el("div", { class: `cells ${key}`, "data-block": key }),
    };
  }

  /** @param {any} cell @param {string} name */
  influence(cell, name) {
    const pick =
      button(name, () => this.onCell(cell), { class: "cell-name", "data-fp": `cell-${cell}` });
    const most = el("span", { class: "note" });
    return { pick, most, label: el("div", { class: "label" }, pick, most),
      cells: el("div", { class: "cells influence", "data-block": "influence" }), bars: [] };
  }

  // Columns are made anew only when the sentence has another length.
  /** @param {number} count */
  build(count) {
    if (this.columns.length === count) return;
    this.columns = Array.from({ length: count }, (_, time) => {
      const state = el("canvas", { width: 1, height: 1 });
      const parts = {
        guess: el("span", { class: "tilted" }), state,
        step: button("", () => this.onTime(time), { class: "step", "data-fp": `step-${time}` }),
        word: el("span", { class: "tilted" }), place: el("div", { class: "word" }),
      };
      parts.step.append(state);
      parts.place.append(parts.word);
      parts.place.addEventListener("click", () => this.onTime(time));
      return parts;
    });
    this.guesses.cells.replaceChildren(...this.columns.map(({ guess }) => el("div", {}, guess)));
    this.steps.cells.replaceChildren(...this.columns.map(({ step }) =>
      el("div", { class: "state" }, step)));
    this.texts.cells.replaceChildren(...this.columns.map(({ place }) => place));
    for (const bars of Object.values(this.bars)) {
      bars.bars = this.columns.map(() => el("i"));
      bars.cells.replaceChildren(...bars.bars.map((bar, time) => {
        const place = el("div", {}, bar);
        place.addEventListener("click", () => this.onTime(time));
        return place;
      }));
    }
  }

  // reading: what the run says to the sentence; hidden: (H rows, T) of the chosen cell, or null
  // while it is on its way.
  /**
   * @param {{ words?: any, name_at?: any, names?: any, cells?: any }} what
   * @param {any} hidden
   * @param {any} cell
   * @param {Palette} palette
   */
  paint({ words, name_at: nameAt, names, cells }, hidden, cell, palette) {
    const tokens = words.slice(0, -1); // the answer is what is asked for
    this.build(tokens.length);
    this.choose(nameAt, names, tokens[nameAt]);
    this.columns.forEach((column, time) => {
      say(column.word, tokens[time]);
      column.place.classList.toggle("is-name", time === nameAt);
      const [guess, share] = cells[cell]?.guesses[time] ?? ["", 0];
      say(column.guess, guess);
      column.guess.title = fill(this.words.guessIs, { word: guess, share: percent(share) });
      column.guess.style.opacity = 0.3 + 0.7 * share;
      column.step.setAttribute("aria-label",
        fill(this.words.stepOf, { time: time + 1, word: tokens[time] }));
      if (hidden) {
        paintColumn(column.state, hidden.map((/** @type {number} */ row) => row[time]), palette);
      }
    });
    for (const [key, { pick, most, cells: row, bars, label }] of Object.entries(this.bars)) {
      const values = cells[key]?.influence;
      label.hidden = row.hidden = !values;
      pick.setAttribute("aria-pressed", String(key === cell));
      if (!values) continue;
      const largest = Math.max(...values) || 1;
      say(most, fill(this.words.largestInfluence, { size: scientific(largest) }));
      bars.forEach((bar, time) => {
        bar.style.transform = `scaleY(${values[time] / largest})`;
        bar.dataset.value = values[time];
        bar.parentElement.title = `${tokens[time]}: ${scientific(values[time])}`;
        bar.classList.toggle("on-name", time === nameAt);
      });
      row.style.setProperty("--colour", palette.category(entry(this.words.colours, key)));
      label.style.setProperty("--colour", palette.category(entry(this.words.colours, key)));
    }
    this.fit();
  }

  // The name can be changed where it stands: the browser's own list lies over the word, unseen.
  /** @param {any} at @param {any} names @param {string} name */
  choose(at, names, name) {
    const column = this.columns[at];
    if (!column || !names?.length) return;
    const key = `${at}:${names.join()}`;
    if (this.listed !== key || !column.place.contains(this.list)) {
      this.listed = key;
      this.list?.remove();
      this.list = el("select", { "aria-label": this.words.name, "data-fp": "name",
        onchange: () => this.onName(this.list.value), onclick: (event) => event.stopPropagation() },
        ...names.map((/** @type {any} */ each) => el("option", { value: each }, each)));
      column.place.append(this.list);
    }
    if (this.list.value !== name) this.list.value = name;
  }

  /** @param {any} time */
  select(time) {
    this.columns.forEach(({ step, place }, at) => {
      step.classList.toggle("now", at === time);
      place.classList.toggle("now", at === time);
    });
  }

  // Words lie flat where there is room, tilted where there is less, upright where there is hardly
  // any.
  fit() {
    const { cells } = this.texts;
    if (!this.columns.length || !cells.clientWidth) return;
    const unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const width = cells.clientWidth / this.columns.length;
    const context = (this.context ??= document.createElement("canvas").getContext("2d"));
    context.font = `${14 * unit}px ${getComputedStyle(cells).fontFamily}`;
    /** @param {string | { label: HTMLDivElement, cells: HTMLDivElement }} key */
    const widest = (key) => Math.max(0,
      ...this.columns.map((column) => context.measureText(column[key].textContent).width));
    for (const [row, key] of [[this.texts, "word"], [this.guesses, "guess"]]) {
      const text = widest(key);
      const mode = Math.max(text, widest("word"), widest("guess")) + 8 * unit < width ? "flat"
        : width > TIGHT * unit ? "tilt" : "upright";
      row.cells.dataset.words = mode;
      row.cells.style.height =
        `${{ flat: 24 * unit, tilt: text * TILT + 20 * unit, upright: text + 10 * unit }[mode]}px`;
    }
  }
}

/** @param {any} canvas @param {any} values @param {Palette} palette */
function paintColumn(canvas, values, palette) {
  if (canvas.height !== values.length) canvas.height = values.length;
  const context = contextOf(canvas);
  const image = context.createImageData(1, values.length);
  const pixels = new Uint32Array(image.data.buffer);
  values.forEach((/** @type {number} */ value, /** @type {any} */ unit) => {
    pixels[unit] = palette.signed[Math.round(127 * Math.max(-1, Math.min(1, value ?? 0))) + 127];
  });
  context.putImageData(image, 0, 0);
}

// 0.42, or 3.1e−7 where three places would be zero.
/** @param {number} value */
export function scientific(value) {
  if (!Number.isFinite(value)) return "–";
  if (value === 0 || Math.abs(value) >= 0.001) return number(value);
  const [digits, power] = value.toExponential(1).split("e");
  return `${digits} × 10${[
    ...power.replace("+", ""),
  ].map((c) => ({ "-": "⁻" })[c] ?? "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]).join("")}`;
}
