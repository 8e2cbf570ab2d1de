// Who reads whom in this sentence: all heads of one of the two networks, and one of them large.

import { choices, press } from "../kit/controls.js";
import { button, el, fill, say } from "../kit/dom.js";
import { Heads } from "../kit/heads.js";
import { initialPalette } from "../kit/palette.js";
import { WordMap } from "../kit/word_map.js";
import { alone } from "./parts.js";

/**
 * @typedef {{ tokens: { text: string }[], places?: { at: number }[], weights: number[][][][],
 *   left_weights?: number[][][][] }} Answer
 * @typedef {{ attention: boolean, head: [number, number] | null, net: string }} Look
 */

export class Attention {
  /** @type {Cell | null} */
  chosen = null;
  /** @type {{ from: number | null, to: number | null }} words whose row or column stands alone */
  only = { from: null, to: null };
  /** @type {Answer} */
  answer = { tokens: [], weights: [] };
  /** @type {Look} */
  look = { attention: false, head: null, net: "both" };
  palette = initialPalette;
  /** @type {string[]} */
  labels = [];

  /**
   * @param {Pick<BertRealWords, "attentionTitle" | "nets" | "head" | "layer" | "cellSays" | "reads"
   *   | "isRead" | "captionBoth" | "captionLeft">} words
   * @param {{ change: (change: Partial<Look>) => void, both?: boolean,
   *   onOpen?: (net: string, array: string, index: number[]) => void }} options
   *   both: whether there are two networks; onOpen: a weight was chosen
   */
  constructor(words, { change, both = true, onOpen = () => {} }) {
    this.words = words;
    this.onOpen = onOpen;
    this.fold = button(words.attentionTitle, () => change({ attention: !this.look.attention }),
      { class: "fold", "data-fp": "attention-fold" });
    this.nets = choices("net", words.nets, (net) => change({ net }));
    this.nets.hidden = !both;
    this.heads = new Heads({ key: "bert-heads", words: { name: words.head, layer: words.layer },
      onPick: (layer, head) => change({ head: [layer, head] }) });
    this.map = new WordMap({ key: "bert-map", words: { reads: words.reads, isRead: words.isRead },
      labelOf: (row, column, value) => fill(words.cellSays, { from: this.labels[row] ?? "",
        to: this.labels[column] ?? "", value: (value ?? 0).toFixed(3) }),
      onPick: (row, column) => this.pick(row, column),
      onWord: (which, i) => {
        this.only[which] = this.only[which] === i ? null : i;
        this.paint();
      } });
    this.caption = el("p", { class: "note" });
    this.body = el("div", { class: "attention" },
      el("div", {}, this.nets, this.heads.element),
      el("div", {}, this.caption, el("div", { class: "scroll" }, this.map.element)));
    this.element = el("section", { "data-block": "attention" }, this.fold, this.body);
  }

  /** @param {Answer} answer @param {{ view: Look }} options @param {Palette} palette */
  show(answer, { view }, palette) {
    this.answer = answer;
    this.look = view;
    this.palette = palette;
    this.body.hidden = !view.attention;
    this.fold.setAttribute("aria-expanded", String(view.attention));
    if (view.attention) this.paint();
  }

  // Which network is on show; the left one only where there is one.
  get net() {
    return this.look.net === "left" && this.answer.left_weights ? "left" : "both";
  }

  get maps() {
    const { weights, left_weights: left } = this.answer;
    return (this.net === "left" && left) || weights;
  }

  // Layer and head, of a network that has them.
  get place() {
    const [layer, head] = this.look.head ?? [0, 0];
    const { maps } = this;
    return { layer: Math.min(layer, maps.length - 1), head: Math.min(head, maps[0].length - 1) };
  }

  /** @param {number} row @param {number} column */
  pick(row, column) {
    this.chosen = { row, column };
    this.paint();
    const { layer, head } = this.place;
    this.onOpen(this.net, `layer_${layer}_attention_weights`, [head, row, column]);
  }

  paint() {
    const { answer, words, palette, net, maps, place: { layer, head } } = this;
    const masked = new Set((answer.places ?? []).map(({ at }) => at));
    this.labels = answer.tokens.map(({ text }, i) =>
      (masked.has(i) && net === "both" ? "[MASK]" : alone(text)));
    const { labels } = this;
    const side = labels.length;
    const within = (/** @type {number | null} */ i) => (i !== null && i < side ? i : null);
    if (this.chosen && Math.max(this.chosen.row, this.chosen.column) >= side) this.chosen = null;
    press(this.nets, net);
    const values = Float32Array.from(maps[layer][head].flat());
    this.heads.paint({ labels, maps, selected: { layer, head } }, palette);
    this.map.paint({ labels, values, largest: values.reduce((a, b) => Math.max(a, b), 0),
      chosen: this.chosen, from: within(this.only.from), to: within(this.only.to),
      asked: [...masked][0] ?? null }, palette);
    say(this.caption, fill(net === "left" ? words.captionLeft : words.captionBoth,
      { head: fill(words.head, { layer: layer + 1, head: head + 1 }) }));
    this.element.dataset.head = `${layer}.${head}`;
  }
}
