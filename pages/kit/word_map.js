// The large heat map of a head: Heat with words at its rows (who reads) and columns (who is read).
// Words can be picked to look at their row or column alone; what was cut is hatched.

import { button, el } from "./dom.js";
import { Heat } from "./heat.js";
import { UPRIGHT } from "./matrix.js";
import { rowsOf } from "./packed.js";

export class WordMap {
  // words: { reads, isRead }; labelOf(row, column, value) names a number; onPick(row, column,
  // event) and onWord("from" | "to", i).
  /**
   * @param {{ key: string, words: { reads: string, isRead: string },
   *   labelOf: (row: number, column: number, value: number) => string,
   *   onPick: (row: number, column: number, event: MouseEvent | KeyboardEvent) => unknown,
   *   onWord: (which: "from" | "to", index: number) => unknown }} options
   */
  constructor({ key, words, labelOf, onPick, onWord }) {
    this.onWord = onWord;
    this.heat = new Heat({ key, title: "", labelOf, onPick });
    this.over = el("div", { class: "over", "aria-hidden": "true" });
    this.heat.grid.append(this.over);
    this.tops = el("div", { class: "tops", role: "group", "aria-label": words.isRead });
    this.sides = el("div", { class: "sides", role: "group", "aria-label": words.reads });
    this.element = el("figure", { class: "word-map", "data-block": key },
      el("div", { class: "corner", "aria-hidden": "true" }, el("span", {}, `${words.isRead} →`),
        el("span", {}, `${words.reads} ↓`)), this.tops, this.sides, this.heat.element);
  }

  // values: T x T in a Float32Array; chosen: { row, column } | null; from, to: the only row or
  // column to look at, or null; cuts: [{ from, to }], null for all; asked: the word in question;
  // won: the word that is its answer; signed: as in heat.js.
  /**
   * @param {{ labels: string[], values: Float32Array, largest: number, chosen?: Cell | null,
   *   from?: number | null, to?: number | null, won?: number[], signed?: boolean,
   *   cuts?: { from: number | null, to: number | null }[], asked?: number | null }} spec
   * @param {Palette} palette
   */
  paint({ labels, values, largest, chosen = null, from = null, to = null, cuts = [], asked = null,
    won = [], signed = false }, palette) {
    const side = labels.length;
    this.name(this.sides, labels, "from", from, (i) => (i === asked ? "asked" : ""));
    this.name(this.tops, labels, "to", to, (i) => (won.includes(i) ? "won" : ""));
    this.element.style.setProperty("--tokens", String(side));
    this.heat.paint({ values: rowsOf(values, side), signed, largest }, palette);
    this.heat.select(chosen?.row, chosen?.column);
    const veils = [
      ...(from === null ? [] : [box(0, from, 0, side), box(from + 1, side, 0, side)]),
      ...(to === null ? [] : [box(0, side, 0, to), box(0, side, to + 1, side)]),
    ];
    const hatched = cuts.map((cut) =>
      box(cut.from ?? 0, (cut.from ?? side - 1) + 1, cut.to ?? 0, (cut.to ?? side - 1) + 1));
    this.over.replaceChildren(...[...veils.map((veil) => ({ ...veil, kind: "veil" })),
      ...hatched.map((hatch) => ({ ...hatch, kind: "cut" }))]
      .filter(({ bottom, top, left, right }) => bottom > top && right > left)
      .map(({ top, bottom, left, right, kind }) => el("i", {
        class: kind, style: `top:${(100 * top) / side}%;height:${(100 * (bottom - top))
          / side}%;left:${(100 * left) / side}%;width:${(100 * (right - left)) / side}%`,
      })));
  }

  /**
   * @param {HTMLElement} where
   * @param {string[]} labels
   * @param {"from" | "to"} which
   * @param {number | null} chosen
   * @param {(index: number) => string} role
   */
  name(where, labels, which, chosen, role) {
    const text = labels.join("\n");
    if (where.dataset.words !== text) {
      where.dataset.words = text;
      where.replaceChildren(...labels.map((label, i) => button(el("bdi",
        { class: which === "to" && UPRIGHT.test(label) ? "upright" : null }, label),
          () => this.onWord(which, i),
        { "data-fp": `${which}-${i}`, title: label })));
    }
    for (const [i, word] of [...where.children].entries()) {
      word.setAttribute("aria-pressed", String(i === chosen));
      word.className = role(i);
    }
  }
}

/** @param {number} top @param {number} bottom @param {number} left @param {number} right */
const box = (top, bottom, left, right) => ({ top, bottom, left, right });
