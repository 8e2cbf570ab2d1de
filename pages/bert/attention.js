// @ts-nocheck
// Who reads whom in this sentence: all heads of one of the two networks, and one of them large.

import { choices, press } from "../kit/controls.js";
import { button, el, entry, fill, say } from "../kit/dom.js";
import { alone } from "./parts.js";
import { Heads } from "../kit/heads.js";
import { WordMap } from "../kit/word_map.js";

export class Attention {
  /** @type {{ row: number, column: number } | null} */
  chosen = null;
  /** @type {any} */
  answer;
  /** @type {any} */
  view;
  /** @type {any} */
  palette;
  /** @type {any} */
  open;
  /** @type {any} */
  labels;

  /**
   * @param {BertRealWords} words
   * @param {{ change: (change: any) => void, both?: boolean }} options
   */
  constructor(words, { change, both = true }) {
    this.words = words;
    this.change = change;
    this.fold = button(words.attentionTitle, () => change({ attention: !this.open }),
      { class: "fold", "data-fp": "attention-fold" });
    this.nets = choices("net", words.nets, (net) => change({ net }));
    this.nets.hidden = !both;
    this.heads = new Heads({ key: "bert-heads", words: { name: words.head, layer: words.layer },
      onPick: (layer, head) => change({ head: [layer, head] }) });
    /** @param {number} row @param {number} column @param {number} value */
    const says = (row, column, value) => fill(words.cellSays,
      { from: this.labels?.[row] ?? "", to: this.labels?.[column] ?? "",
        value: (value ?? 0).toFixed(3) });
    this.map = new WordMap({ key: "bert-map", words: { reads: words.reads, isRead: words.isRead },
      says,
      onPick: (row, column) => { this.chosen = { row, column }; this.paint(); },
      onWord: (which, i) => {
        (this)[which] = entry(this, which) === i ? null : i;
        this.paint();
      } });
    this.caption = el("p", { class: "note" });
    this.body = el("div", { class: "attention" },
      el("div", {}, this.nets, this.heads.element),
      el("div", {}, this.caption, el("div", { class: "scroll" }, this.map.element)));
    this.element = el("section", { "data-block": "attention" }, this.fold, this.body);
  }

  /**
   * @param {HiddenAnswer} answer
   * @param {{ view?: { attention: boolean, head: null, net: string } }} options
   * @param {Palette} palette
   */
  show(answer, { view }, palette) {
    this.answer = answer;
    this.view = view;
    this.palette = palette;
    this.open = view.attention;
    this.body.hidden = !this.open;
    this.fold.setAttribute("aria-expanded", String(this.open));
    if (this.open) this.paint();
  }

  paint() {
    const { answer, view, words, palette } = this;
    const left = view.net === "left" && answer.left_weights;
    const maps = left ? answer.left_weights : answer.weights;
    const masked = new Set((answer.places ?? []).map((/** @type {any} */ { at }) => at));
    const labels =
      answer.tokens.map((/** @type {any} */ { text }, /** @type {number} */ i) =>
        (masked.has(i) && !left ? "[MASK]" : alone(text)));
    const side = labels.length;
    const [l, h] = view.head ?? [0, 0];
    const [layer, head] = [Math.min(l, maps.length - 1), Math.min(h, maps[0].length - 1)];
    /** @param {number} place */
    const within = (place) => (place != null && place < side ? place : null);
    if (this.chosen && (this.chosen.row >= side || this.chosen.column >= side)) this.chosen = null;
    this.labels = labels;
    press(this.nets, left ? "left" : "both");
    const values = Float32Array.from(maps[layer][head].flat());
    this.heads.paint({ labels, maps, selected: { layer, head } }, palette);
    this.map.paint({ labels, values, largest: values.reduce((a, b) => Math.max(a, b), 0),
      chosen: this.chosen ?? null, from: within(this.from), to: within(this.to),
      asked: [...masked][0] ?? null }, palette);
    say(this.caption, fill(left ? words.captionLeft : words.captionBoth,
      { head: fill(words.head, { layer: layer + 1, head: head + 1 }) }));
    this.element.dataset.head = `${layer}.${head}`;
  }
}
