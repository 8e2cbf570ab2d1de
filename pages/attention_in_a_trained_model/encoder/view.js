// The tab "A real encoder": a sentence in pieces, and the maps of all heads of a pretrained model.
// The component asks the routes itself; the page receives what was chosen.

import { choices, head, press } from "../../kit/controls.js";
import { action, button, el, entry, fill, percent, say, styles } from "../../kit/dom.js";
import { Heads } from "../../kit/heads.js";
import { largestIn, packed } from "../../kit/packed.js";
import { ModelNumber } from "../../kit/shelf/number.js";
import { ShelfView } from "../../kit/shelf/view.js";
import { RouteTrace } from "../../kit/trace_number.js";
import { mounted } from "../../kit/view.js";
import { WordMap } from "../../kit/word_map.js";
import { onEnter } from "../../kit/keys.js";

/**
 * @typedef {{ name: string, sentence: string, maps: "weights" | "norms" }} Query
 * @typedef {{ layer: number, head: number, relation: string, share: number,
 *   rules: Record<string, number>, paper: string }} NamedHead counted from 1
 * @typedef {{ words: { text: string, part: string }[], model: string, layers: number,
 *   heads: number, named: NamedHead[],
 *   maps: { before: Float32Array[][], rollout: Float32Array[] } }} Answer
 */

const WIDE = 26; // from so many pieces on, the map takes the whole width

const style = await styles("kit/base.css", "kit/heat.css", "kit/heads.css", "kit/word_map.css",
  "kit/shelf/shelf.css", "kit/opened.css", "kit/trace_number.css",
  "attention_in_a_trained_model/view.css", "attention_in_a_trained_model/encoder/view.css");

export const { mount, unmount } = mounted(() => EncoderView);

/** @extends {ShelfView<EncoderData, Answer, Query>} */
class EncoderView extends ShelfView {
  /** @type {Cell | null} */
  chosen = null;
  /** @type {number | null} the only row to see */
  from = null;
  /** @type {number | null} the only column to see */
  to = null;
  /** @type {number[]} of the pieces on show, among all of the sentence */
  places = [];
  /** @type {string[]} of the pieces on show */
  labels = [];
  kind = "weights";
  /** @type {string | undefined} the model whose named heads are listed */
  listed;

  field = onEnter(el("input", { type: "text", "data-fp": "encoder-sentence", dir: "auto",
    spellcheck: "false", autocomplete: "off", maxlength: 4000,
    "aria-label": fill(this.words.sentence, { pieces: this.data.pieces }),
    onchange: () => this.enter() }), () => this.enter());
  chips = this.data.examples.map((sentence) => button(el("bdi", {}, sentence),
    () => this.change({ sentence }), { "data-sentence": sentence }));
  views = choices("encoder-view", this.words.views, (view) => this.turn({ view }));
  norms = el("input", { type: "checkbox", "data-fp": "encoder-norms",
    onchange: () => { this.change({ norms: this.norms.checked }); } });
  special = el("input", { type: "checkbox", "data-fp": "encoder-special",
    onchange: () => { this.turn({ special: this.special.checked }); } });
  caption = el("p", { class: "caption", "data-fp": "encoder-caption" });
  map = new WordMap({ key: "encoder-map", words: this.words,
    labelOf: (row, column, value) => this.labelOf(row, column, value),
    onPick: (row, column) => this.pick(row, column), onWord: (which, i) => this.word(which, i) });
  outside = el("p", { class: "note outside", "data-fp": "encoder-outside" });
  headsTitle = el("h2");
  heads = new Heads({ key: "encoder-heads", words: this.words.heads,
    onPick: (layer, head) => this.turn({ head: [layer, head] }) });
  rollouts = new Heads({ key: "encoder-rollout", words: this.words.rolloutHeads,
    onPick: (layer) => this.turn({ head: [layer, this.selected().head] }) });
  number = new RouteTrace(this,
    (onNumber) => new ModelNumber(this.words.number, onNumber),
    `${this.data.base}/attention/encoder/number`, () => this.sentenceRead());
  named = el("ol", { class: "named" });
  papers = el("p", { class: "note" });
  unnamed = el("p", { class: "note" }, this.words.unnamed);

  /** @param {HTMLElement} host @param {EncoderData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "encoder", classes: "trained", style,
      route: "/attention/encoder", read: packed,
      message: { class: "trouble", "data-fp": "encoder-message" }, stage: "stage",
      work: "encoder-work" });
    const { words } = this;
    /** @param {HTMLInputElement} input @param {string} text @param {string} title */
    const label =
      (input, text, title) => el("label", { class: "switch", title }, input, el("span", {}, text));
    this.stage.append(
      el("div", { class: "left" },
        el("div", { class: "options" }, this.views, label(this.norms, words.norms, words.normsHelp),
          label(this.special, words.special, words.specialHelp)),
        this.caption, el("div", { class: "scroll" }, this.map.element), this.outside),
      el("div", { class: "right" },
        el("div", { class: "all", "data-block": "encoder-all" }, this.headsTitle,
          this.heads.element, this.rollouts.element),
        el("section", { "data-block": "encoder-named" }, head(words.namedTitle, words.namedNote),
          this.named, this.papers, this.unnamed)));
    this.work.append(
      el("section", { class: "sentence", "data-block": "encoder-sentence" },
        el("div", { class: "line" }, this.field,
          action(words.go, () => this.enter(true), { "data-fp": "encoder-go" })), this.message,
        el("div", { class: "chips" }, el("span", { class: "note" }, words.examples),
          ...this.chips)), this.stage, this.number.shown.element);
    this.beginShelf();
  }

  // -- what the person does -----------------------------------------------------------------------

  enter(again = false) {
    const sentence = this.field.value;
    if (again || sentence !== this.sentence()) this.change({ sentence });
  }

  sentence() {
    return this.state.sentence || this.data.examples[0];
  }

  // The same numbers, seen otherwise.
  /** @param {Partial<EncoderView["state"]>} change */
  turn(change) {
    Object.assign(this.state, change);
    this.repaint();
    this.notify();
  }

  /** @param {number} row @param {number} column */
  pick(row, column) {
    this.chosen = { row, column };
    this.repaint();
    const { layer, head } = this.selected();
    const [from, to] = [this.places[row], this.places[column]];
    this.number.open(this.kind === "rollout"
      ? { array: `layer_${layer}_rollout`, index: [from, to] }
      : { array: `layer_${layer}_attention_${this.kind}`, index: [head, from, to] });
  }

  // What the answer on show was asked for, whichever maps it holds.
  sentenceRead() {
    return this.last && { name: this.last.query.name, sentence: this.last.query.sentence };
  }

  /** @param {"from" | "to"} which @param {number} i */
  word(which, i) {
    this[which] = this[which] === i ? null : i;
    this.repaint();
  }

  selected() {
    const { layers, heads } = /** @type {Answer} */ (this.last);
    const [layer, head] = this.state.head ?? [0, 0];
    return { layer: Math.min(layer, layers - 1), head: Math.min(head, heads - 1) };
  }

  // -- question and answer ------------------------------------------------------------------------

  chosenModel() {
    return this.state.name;
  }

  /** @param {string} name */
  pickModel(name) {
    this.change({ name, head: null });
  }

  /** @param {string} name @returns {Query} */
  query(name) {
    const sentence = this.sentence();
    if (this.field.value !== sentence) this.field.value = sentence;
    for (const chip of this.chips) {
      chip.setAttribute("aria-pressed", String(chip.dataset.sentence === sentence));
    }
    return { name, sentence, maps: this.state.norms ? "norms" : "weights" };
  }

  /** @param {Answer} answer @param {Query} query */
  show(answer, query) {
    const before = this.last?.query;
    if (before?.sentence !== query.sentence || before.name !== query.name) {
      this.chosen = this.from = this.to = null;
    }
    super.show(answer, query);
    this.number.renewed();
  }

  // -- painting -----------------------------------------------------------------------------------

  repaint() {
    const { last, state, words, palette } = this;
    if (!last) return;
    const { layer, head } = this.selected();
    const rollout = state.view === "rollout";
    const places = this.places = [...last.words.keys()]
      .filter((i) => state.special || last.words[i].part !== "special");
    this.labels = places.map((i) => last.words[i].text);
    this.kind = rollout ? "rollout" : last.query.maps;
    const whole = last.words.length;
    const all = (rollout ? last.maps.rollout.map((map) => [map]) : last.maps.before)
      .map((row) => row.map((map) => part(map, places, whole)));
    this.paintMap(all[layer][rollout ? 0 : head]);
    const grid = rollout ? this.rollouts : this.heads;
    this.heads.element.hidden = rollout;
    this.rollouts.element.hidden = !rollout;
    grid.paint({ labels: this.labels, maps: all, selected: { layer, head: rollout ? 0 : head },
      largest: rollout ? null : largestIn(all) }, palette);
    say(this.headsTitle, rollout ? words.rolloutTitle : words.headsTitle);
    this.paintNamed(layer, head);
    const name = fill(words.heads.name, { layer: layer + 1, head: head + 1 });
    say(this.caption, fill(words.captions[this.kind], { head: name, layer: layer + 1 }));
    const share = 1 - readWithin(last.maps.before[layer][head], places, whole);
    say(this.outside, this.kind === "weights" && places.length < whole
      ? fill(words.outside, { share: percent(Math.max(0, share)) }) : "");
    press(this.views, state.view);
    Object.assign(this.norms, { checked: state.norms, disabled: rollout });
    this.special.checked = state.special;
    this.root.classList.toggle("many", places.length > WIDE);
    Object.assign(this.root.dataset,
      { head: `${layer}.${head}`, pieces: this.labels.join(" "), model: last.model });
  }

  /** @param {Float32Array} values */
  paintMap(values) {
    const { labels, chosen } = this;
    /** @param {number | null} place */
    const within = (place) => (place !== null && place < labels.length ? place : null);
    const here =
      chosen && Math.max(chosen.row, chosen.column) < labels.length ? chosen : null;
    this.map.paint({ labels, values, largest: largestIn([[values]]), chosen: here,
      from: within(this.from), to: within(this.to) }, this.palette);
  }

  /** @param {number} layer @param {number} head */
  paintNamed(layer, head) {
    const { model, named } = /** @type {Answer} */ (this.last);
    this.unnamed.hidden = named.length > 0;
    if (this.listed !== model) {
      this.listed = model;
      this.named.replaceChildren(...named.map((one) => this.namedRow(one)));
      say(this.papers, [...new Set(named.map(({ paper }) => paper))].join("; "));
    }
    for (const one of this.named.querySelectorAll("button")) {
      one.setAttribute("aria-pressed", String(one.dataset.place === `${layer}.${head}`));
    }
  }

  /** @param {NamedHead} one */
  namedRow(one) {
    const { words } = this;
    const [layer, head] = [one.layer - 1, one.head - 1];
    const relation = entry(words.relations, one.relation) ?? one.relation;
    const rules = Object.entries(one.rules).map(([rule, share]) =>
      fill(words.ruleOf, { rule: entry(words.rules, rule) ?? rule, share }));
    return el("li", {},
      button(el("b", {}, fill(words.heads.name, one)),
        () => this.turn({ head: [layer, head], view: "map" }),
        { "data-fp": `named-${one.layer}-${one.head}`, "data-place": `${layer}.${head}` }),
      el("span", {}, fill(words.named, { ...one, relation })),
      el("span", { class: "note" }, rules.join(", ")));
  }

  /** @param {number} row @param {number} column @param {number} value */
  labelOf(row, column, value) {
    return fill(this.words.says[this.kind], { from: this.labels[row] ?? "",
      to: this.labels[column] ?? "", value: (value ?? 0).toFixed(3) });
  }
}

// The rows and columns of some places, of a map of `whole` rows and columns.
/** @param {Float32Array} map @param {number[]} places @param {number} whole */
const part = (map, places, whole) => (places.length === whole ? map
  : Float32Array.from(places.flatMap((i) => places.map((j) => map[i * whole + j]))));

// How much of their reading these places spend on each other.
/** @param {Float32Array} map @param {number[]} places @param {number} whole */
const readWithin = (map, places, whole) => (places.length
  ? part(map, places, whole).reduce((sum, value) => sum + value, 0) / places.length : 1);
