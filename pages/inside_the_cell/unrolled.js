// The network unrolled along a sentence: a column for each word, in it the next word that the
// network expects, the cell with its hidden state in colours, the word, and how much the answer
// hangs on that word. Columns line up with the maps below.

import { CELLS, colourOf } from "../kit/cells.js";
import { button, contextOf, el, fill, number, percent, say } from "../kit/dom.js";
import { paintPixels, shade } from "../kit/pixels.js";
import { scientific } from "../kit/scale.js";

const TILT = Math.sin((50 * Math.PI) / 180);
const TIGHT = 21; // px where a rem is 16: narrower columns have upright words

/** @typedef {{ label: HTMLElement, cells: HTMLElement }} Row */

export class Unrolled {
  /** @type {ReturnType<Unrolled["column"]>[]} */
  columns = [];
  list = el("select");
  listed = ""; // what the list holds, and where
  measuring = contextOf(document.createElement("canvas"));

  // onTime(time), onName(name), onCell(cell); onGuess(time), onInfluence(cell, time): a number is
  // to be opened
  /**
   * @param {CellWords} words
   * @param {{ onTime: (time: number) => void, onName: (name: string) => void,
   *   onCell: (cell: string) => void, onGuess: (time: number) => void,
   *   onInfluence: (cell: string, time: number) => void }} options
   */
  constructor(words, { onTime, onName, onCell, onGuess, onInfluence }) {
    this.onGuess = onGuess;
    this.onInfluence = onInfluence;
    this.words = words;
    this.onTime = onTime;
    this.onName = onName;
    this.onCell = onCell;
    this.guesses = row("guesses", words.guess, words.guessHelp);
    this.steps = row("steps", words.hidden, words.hiddenHelp);
    this.texts = row("words", words.word);
    this.influences = words.cells.map(([cell, name]) => this.influence(cell, name));
    const heading = el("h2", { class: "across" }, words.influence,
      el("span", { class: "note" }, words.influenceHelp));
    /** @param {Row} row */
    const both = ({ label, cells }) => [label, cells];
    this.now = [this.guesses, this.steps, this.texts].flatMap(both);
    this.past = [heading, ...this.influences.flatMap(both)];
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(this.texts.cells);
  }

  close() {
    this.observer.disconnect();
  }

  /** @param {string} cell @param {string} name */
  influence(cell, name) {
    const pick =
      button(name, () => this.onCell(cell), { class: "cell-name", "data-fp": `cell-${cell}` });
    const most = button("", () => this.onInfluence(cell, Number(most.dataset.time)),
      { class: "note opens", "data-fp": `influence-${cell}` });
    return { cell, pick, most, label: el("div", { class: "label" }, pick, most),
      cells: el("div", { class: "cells influence", "data-block": "influence" }) };
  }

  /** @param {number} time */
  column(time) {
    const state = el("canvas", { width: 1, height: 1 });
    const step = button("", () => this.onTime(time), { class: "step", "data-fp": `step-${time}` });
    step.append(state);
    const word = el("span", { class: "tilted" });
    const guess = el("span", { class: "tilted", role: "button", tabindex: "0",
      "data-fp": `guess-${time}`, onclick: () => this.onGuess(time),
      onkeydown: (event) => { if (event.key === "Enter") this.onGuess(time); } });
    const place = el("div", { class: "word", onclick: () => this.onTime(time) }, word);
    const bars = CELLS.map(() => el("i"));
    return { guess, state, step, word, place, bars };
  }

  // Columns are made anew only when the sentence has another length.
  /** @param {number} count */
  build(count) {
    if (this.columns.length === count) return;
    this.columns = Array.from({ length: count }, (_, time) => this.column(time));
    this.guesses.cells.replaceChildren(...this.columns.map(({ guess }) => el("div", {}, guess)));
    this.steps.cells.replaceChildren(...this.columns.map(({ step }) =>
      el("div", { class: "state" }, step)));
    this.texts.cells.replaceChildren(...this.columns.map(({ place }) => place));
    this.influences.forEach(({ cell, cells }, i) => {
      cells.replaceChildren(...this.columns.map(({ bars }, time) =>
        el("div", { onclick: () => this.onInfluence(cell, time) }, bars[i])));
    });
  }

  // hidden: (H rows, T) of the chosen cell.
  /**
   * @param {CellReading} reading @param {number[][]} hidden @param {string} cell
   * @param {Palette} palette
   */
  paint(reading, hidden, cell, palette) {
    const tokens = reading.words.slice(0, -1); // the answer is what is asked for
    this.build(tokens.length);
    this.choose(reading.name_at, reading.names, tokens[reading.name_at]);
    this.columns.forEach((column, time) => {
      const word = tokens[time];
      say(column.word, word);
      column.place.classList.toggle("is-name", time === reading.name_at);
      const [guess, share] = reading.cells[cell]?.guesses[time] ?? ["", 0];
      say(column.guess, guess);
      column.guess.title = fill(this.words.guessIs, { word: guess, share: percent(share) });
      column.guess.style.opacity = String(0.3 + 0.7 * share);
      column.step.setAttribute("aria-label", fill(this.words.stepOf, { time: time + 1, word }));
      paintColumn(column.state, hidden.map((units) => units[time]), palette);
    });
    this.influences.forEach((_, i) => this.paintInfluence(i, reading, cell, palette));
    this.fit();
  }

  /**
   * @param {number} i @param {CellReading} reading @param {string} chosen
   * @param {Palette} palette
   */
  paintInfluence(i, { words, cells, name_at: nameAt }, chosen, palette) {
    const { cell, pick, most, label, cells: row } = this.influences[i];
    const values = cells[cell]?.influence;
    label.hidden = row.hidden = !values;
    pick.setAttribute("aria-pressed", String(cell === chosen));
    if (!values) return;
    const largest = Math.max(...values) || 1;
    say(most, fill(this.words.largestInfluence, { size: measured(largest) }));
    most.dataset.time = String(Math.max(0, values.indexOf(largest)));
    this.columns.forEach(({ bars }, time) => {
      const bar = bars[i];
      bar.style.transform = `scaleY(${values[time] / largest})`;
      bar.dataset.value = String(values[time]);
      const label = `${words[time]}: ${measured(values[time])}`;
      bar.parentElement?.setAttribute("title", label); // the bar itself may be too low to point at
      bar.classList.toggle("on-name", time === nameAt);
    });
    for (const part of [row, label]) part.style.setProperty("--colour", colourOf(palette, cell));
  }

  // The name can be changed where it stands: the browser's own list lies over the word, unseen.
  /** @param {number} at @param {string[]} names @param {string} name */
  choose(at, names, name) {
    const column = this.columns[at];
    if (!column || !names.length) return;
    const key = `${at}:${names.join()}`;
    if (this.listed !== key || !column.place.contains(this.list)) {
      this.listed = key;
      this.list.remove();
      this.list = el("select", { "aria-label": this.words.name, "data-fp": "name",
        onchange: () => this.onName(this.list.value), onclick: (event) => event.stopPropagation() },
        ...names.map((each) => el("option", { value: each }, each)));
      column.place.append(this.list);
    }
    if (this.list.value !== name) this.list.value = name;
  }

  /** @param {number} time */
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
    const room = cells.clientWidth / this.columns.length;
    this.measuring.font = `${14 * unit}px ${getComputedStyle(cells).fontFamily}`;
    /** @param {"word" | "guess"} key */
    const widest = (key) => Math.max(0,
      ...this.columns.map((column) => this.measuring.measureText(column[key].textContent).width));
    const [word, guess] = [widest("word"), widest("guess")];
    const mode = Math.max(word, guess) + 8 * unit < room ? "flat"
      : room > TIGHT * unit ? "tilt" : "upright";
    for (const { row, text } of [{ row: this.texts, text: word },
      { row: this.guesses, text: guess }]) {
      row.cells.dataset.words = mode;
      const high = { flat: 24 * unit, tilt: text * TILT + 20 * unit, upright: text + 10 * unit };
      row.cells.style.height = `${high[mode]}px`;
    }
  }
}

/** @param {string} key @param {string} title @param {string} [help] @returns {Row} */
function row(key, title, help = "") {
  return {
    label: el("div", { class: `label of-${key}`, title: help }, title),
    cells: el("div", { class: `cells ${key}`, "data-block": key }),
  };
}

/** @param {HTMLCanvasElement} canvas @param {number[]} values @param {Palette} palette */
const paintColumn = (canvas, values, palette) =>
  paintPixels(canvas, 1, values.length, (unit) => shade(palette.signed, values[unit] ?? 0, 1));

// 0.42, or 3.1·10⁻⁷ where three places would be zero.
/** @param {number} value */
export function measured(value) {
  if (!Number.isFinite(value)) return "–";
  return value === 0 || Math.abs(value) >= 0.001 ? number(value) : scientific(value);
}
