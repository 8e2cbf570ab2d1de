// Lines between words: on the left the word that reads, on the right the word that is read, a line
// as thick and as dark as the number between them. Words and lines can be pointed at and picked.

import { button, el, say, targetOf } from "./dom.js";
import { svg } from "./svg.js";

const THICK = 7; // pixels for the largest number
const LEAST = 0.04; // of the largest: what is smaller is not drawn

export class Edges {
  /** @type {(number | null)[][]} */
  weights = [];
  /** @type {number | null} */
  row = null;
  /** @type {number | null} */
  column = null;

  // labelOf(row, column, value) names a line; onPick(row, column): a word on the left has column
  // null, one on the right row null.
  /**
   * @param {{ key: string, labelOf: (row: number, column: number, value: number) => string,
   *   onPick: (row: number | null, column: number | null) => unknown }} options
   */
  constructor({ key, labelOf, onPick }) {
    this.key = key;
    this.labelOf = labelOf;
    this.onPick = onPick;
    this.left = el("div", { class: "from" });
    this.right = el("div", { class: "to" });
    this.lines = svg("svg", { preserveAspectRatio: "none", "aria-hidden": "true" });
    this.readout = el("output", { class: "note", "data-fp": `edges-${key}-says` });
    this.element = el("figure", { class: "edges", "data-block": key, "data-fp": `edges-${key}` },
      this.left, this.lines, this.right, this.readout);
    this.lines.addEventListener("pointerover", (event) => this.point(placeOf(event)));
    this.lines.addEventListener("pointerleave", () => this.point(null));
    this.lines.addEventListener("click", (event) => {
      const place = placeOf(event);
      if (place) this.onPick(place[0], place[1]);
    });
  }

  // weights: T x S, a row for each of the labels and a column for each word of `to`; row, column:
  // only the lines of this word on the left, or to this word on the right; null: of all. cut(row,
  // column): lines that are cut are drawn dashed, whatever their number. won: word on the right
  // that has won.
  /**
   * @param {{ labels: string[], to?: string[], weights: (number | null)[][], row?: number | null,
   *   column?: number | null, cut?: (row: number, column: number) => boolean,
   *   won?: number | null }} spec
   */
  paint({ labels, to = labels, weights, row = null, column = null, cut = () => false,
    won = null }) {
    this.weights = weights;
    this.row = row;
    this.column = column;
    this.name(this.left, labels, (i) => this.onPick(i, null), row, null);
    this.name(this.right, to, (i) => this.onPick(null, i), column, won);
    this.lines.setAttribute("viewBox", `0 0 100 ${Math.max(labels.length, to.length)}`);
    const shown = [];
    let largest = 0;
    for (let i = 0; i < labels.length; i++) {
      for (let j = 0; j < to.length; j++) {
        if ((row !== null && row !== i) || (column !== null && column !== j)) continue;
        largest = Math.max(largest, weights[i][j] ?? 0);
        shown.push([i, j]);
      }
    }
    const drawn = shown.filter(([i, j]) =>
      cut(i, j) ? row !== null || column !== null : (weights[i][j] ?? 0) > LEAST * largest);
    this.lines.replaceChildren(...drawn.map(([i, j]) => {
      const share = largest ? (weights[i][j] ?? 0) / largest : 0;
      const gone = cut(i, j);
      const d = `M0,${i + 0.5} C45,${i + 0.5} 55,${j + 0.5} 100,${j + 0.5}`;
      return svg("path", {
        d, "data-at": `${i}.${j}`, class: gone ? "cut" : j === won && row !== null ? "won" : null,
        "stroke-width": gone ? 1.5 : Math.max(1, THICK * share),
        opacity: gone ? 0.8 : 0.12 + 0.88 * share,
      });
    }));
    say(this.readout, "");
  }

  /**
   * @param {HTMLElement} where
   * @param {string[]} labels
   * @param {(index: number) => unknown} onWord
   * @param {number | null} chosen
   * @param {number | null} won
   */
  name(where, labels, onWord, chosen, won) {
    const text = labels.join("\n");
    if (where.dataset.words !== text) {
      where.dataset.words = text;
      where.replaceChildren(...labels.map((label, i) =>
        button(el("bdi", {}, label), () => onWord(i), { "data-word": i, title: label })));
    }
    for (const [i, word] of [...where.children].entries()) {
      word.setAttribute("aria-pressed", String(i === chosen));
      word.classList.toggle("won", i === won);
    }
  }

  /** @param {number[] | null} place */
  point(place) {
    for (const line of this.lines.children) {
      line.classList.toggle("faint",
        place !== null && line.getAttribute("data-at") !== place.join("."));
    }
    if (!place) return say(this.readout, "");
    const [row, column] = place;
    say(this.readout, this.labelOf(row, column, this.weights[row][column] ?? 0));
  }
}

// Row and column of the line under the pointer.
/** @param {Event} event @returns {number[] | null} */
const placeOf = (event) => targetOf(event).dataset?.at?.split(".").map(Number) ?? null;
