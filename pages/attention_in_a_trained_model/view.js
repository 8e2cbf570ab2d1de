// The picture of "Attention in a trained model": a sentence, the answer of the network, the map of
// a head with all heads beside it, what cutting does to the answer, and the arithmetic of one
// weight. All numbers come from the live route.

import { choices, press } from "../kit/controls.js";
import { button, el, fill, filled, number, percent, say, styles } from "../kit/dom.js";
import { Answer } from "./answer.js";
import { Arcs } from "./arcs.js";
import { Edges } from "../kit/edges.js";
import { Heads } from "../kit/heads.js";
import { Live } from "../kit/live.js";
import { largestIn, packed, rowsOf } from "../kit/packed.js";
import { LiveScore, scoring } from "../kit/score.js";
import { mounted, View } from "../kit/view.js";
import { MOST, reaches, same, Scissors } from "./cuts.js";
import { Working } from "./cell.js";
import { TrainedNumber } from "./number.js";
import { opens } from "../kit/trace_number.js";
import { Sentence } from "./sentence.js";
import { WordMap } from "../kit/word_map.js";

/**
 * @typedef {Omit<TrainedAnswer, "maps"> & { maps: { before: Float32Array[][],
 *   after?: Float32Array[][], rollout: Float32Array[] } }} Answered
 * @typedef {import("./cuts.js").Cut} Cut
 */

const style = await styles("kit/base.css", "kit/heat.css", "kit/heads.css", "kit/edges.css",
  "kit/word_map.css", "kit/opened.css", "kit/trace_number.css",
  "attention_in_a_trained_model/view.css");
const WIDE = 26; // from so many words on, the map takes the whole width

export const { mount, unmount } = mounted(() => LookView);

/** @extends {View<TrainedData>} */
class LookView extends View {
  hideable = ["sentence", "models", "scissors", "working"];
  state = structuredClone(this.data.view);
  /** @type {number[] | null} the square that is opened where none was picked */
  auto = null;
  /** @type {string | null} a sentence that the network has not read yet */
  proposal = null;
  /** @type {Answered | undefined} */
  last;
  /** @type {"weights" | "norms" | "rollout"} */
  kind = "weights";
  after = true; // whether maps are those after the cuts
  live = this.own(new Live({ url: `${this.data.base}/attention/trained`, read: packed,
    onAnswer: (answer, { proposal }) => this.paint(answer, proposal),
    onTrouble: (trouble) => this.trouble(trouble) }));

  sentence = new Sentence(this.words.sentence, this.data,
    { onSentence: (text) => this.propose(text) });
  models = choices("model", this.data.models.map(({ name, title }) => [name, title]),
    (model) => this.change({ model, head: null, number: null,
      cuts: this.state.cuts.filter((cut) => cut.layer === null) }));
  staleNote = el("p", { class: "note stale-note", "data-fp": "stale" });
  about = el("p", { class: "note about", "data-fp": "about" });
  /** @type {TrainedModel | null} the network that is described there */
  described = null;
  views = choices("view", this.words.views, (view) => this.turn({ view }));
  norms = el("input", { type: "checkbox", "data-fp": "norms",
    onchange: () => { this.change({ norms: this.norms.checked }); } });
  shown = choices("shown", this.words.shown, (shown) => {
    this.after = shown === "after";
    this.repaint();
  });
  caption = el("b", {});
  largest = button("", () => this.openDarkest(), { class: "opens", "data-fp": "open-darkest" });
  darkest = el("span", { class: "note" }, ...filled(this.words.darkest, { value: this.largest }));
  /** where the darkest square stands, in the map on show and in the one before cuts */
  most = { at: [0, -1], count: 1 };
  caveat = el("p", { class: "note caveat", "data-fp": "caveat" });
  map = new WordMap({ key: "map", words: this.words,
    labelOf: (row, column, value) => this.labelOf(row, column, value),
    onPick: (row, column, event) => this.pick(row, column, event),
    onWord: (which, i) => this.word(which, i) });
  arcs = this.own(new Arcs({ onWord: (i) => this.reads(i),
    onNumber: (row, column, event) => this.pick(row, column, event) }));
  edges = new Edges({ key: "lines",
    labelOf: (row, column, value) => this.labelOf(row, column, value),
    onPick: (row, column) => {
      if (row !== null && column !== null) this.pick(row, column);
      else this.word(row === null ? "to" : "from", row ?? column ?? 0);
    } });
  heads = new Heads({ key: "all", words: { name: this.words.head, layer: this.words.layer },
    onPick: (layer, head) => this.head(layer, head),
    onNote: (layer, head) => {
      if (!this.scissors.cutting) this.openNumber({ array: "ahead", index: [layer, head] });
    } });
  headsNote = el("span");
  headShare = el("span", { "data-fp": "head-share" });
  answer = new Answer(this.words.answer, {
    onCut: (edge) => this.toggle({ ...EVERYWHERE, ...edge }),
    onNumber: (place) => this.openNumber(place),
  });
  scissors = new Scissors(this.words.scissors, {
    onMode: (cutting) => this.root.classList.toggle("cutting", cutting),
    onGrow: (renormalise) => this.change({ renormalise }),
    onRelease: (cut) =>
      this.recut(cut ? this.state.cuts.filter((other) => other !== cut) : []),
  });
  working = new Working(this.words.working, { onNumber: (place) => this.openNumber(place) });
  score = new LiveScore(this, this.words.scored,
    `${this.data.base}/attention/trained/score`,
    () => ({ model: this.model().name, language: this.state.read }));
  number = new TrainedNumber(this.words.number, this.data.lexicon,
    (place) => this.change({ number: place }));

  /** @param {HTMLElement} host @param {TrainedData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "trained", classes: "trained", style });
    const { words } = this;
    this.root.append(this.sentence.element, this.arcs.element,
      el("div", { class: "which", "data-block": "models" }, this.models, this.about),
      this.staleNote,
      el("div", { class: "stage" },
        el("div", { class: "left", "data-block": "map" },
          el("div", { class: "tools" }, this.views,
            el("label", { class: "switch" }, this.norms, el("span", {}, words.norms)), this.shown),
          this.scissors.switches,
          el("p", { class: "caption", "data-fp": "caption" }, this.caption, this.darkest),
          el("div", { class: "scroll" }, this.map.element, this.edges.element), this.caveat,
          this.scissors.below),
        el("div", { class: "right" }, this.answer.element, el("div",
          { class: "all", "data-block": "heads" }, el("h2", {}, words.headsTitle),
          this.heads.element,
          el("p", { class: "note" }, this.headsNote, " ", this.headShare)))),
      this.working.element, this.number.element, this.score.element);
    this.begin(".stage");
  }

  // What was measured of the network on show; its numbers open.
  paintAbout() {
    const model = this.model();
    if (this.described === model) return;
    this.described = model;
    const { about, best: [layer, head], measured } = model;
    /** @param {string} part @param {string} content */
    const opens = (part, content) => scoring(this.score, part, "accuracy", content);
    const open = () => this.openNumber({ array: "ahead", index: [layer, head] });
    this.about.replaceChildren(...filled(about, { ...measured,
      right: opens("pairs", measured.right), guessed: opens("hidden", measured.guessed),
      ahead: button(measured.ahead, open, { class: "opens", "data-fp": "open-ahead" }) }));
  }

  // -- what the page says -------------------------------------------------------------------------

  /** @param {TrainedData} data */
  adopt(data) {
    this.state = structuredClone(data.view);
    this.auto = null;
    super.adopt(data);
    this.propose(data.view.sentence);
  }

  // -- what the person does -----------------------------------------------------------------------

  // A sentence counts once the network has read it: until then the picture stays with the one
  // before.
  /** @param {string} sentence */
  propose(sentence) {
    this.sentence.show(sentence);
    this.proposal = sentence;
    this.ask();
  }

  /** @param {Partial<TrainedView>} change */
  change(change) {
    Object.assign(this.state, change);
    this.ask();
    this.notify();
  }

  // The same answer, seen otherwise.
  /** @param {Partial<TrainedView>} change */
  turn(change) {
    Object.assign(this.state, change);
    this.repaint();
    this.notify();
  }

  /** @param {number} layer @param {number} head */
  head(layer, head) {
    if (this.scissors.cutting) return this.toggle({ ...EVERYWHERE, layer, head });
    this.state.head = [layer, head];
    this.repaint(); // all maps are here already; only the arithmetic is asked for
    this.change({});
  }

  // A click on a square opens it, or cuts it; the arrow keys only ever open.
  /** @param {number} row @param {number} column @param {MouseEvent | KeyboardEvent} [event] */
  pick(row, column, event) {
    const moved = event instanceof KeyboardEvent && event.key.startsWith("Arrow");
    if (this.scissors.cutting && !moved) {
      return this.toggle({ ...this.reach(), from: row, to: column });
    }
    this.openSquare(row, column);
  }

  /** @param {number} row @param {number} column */
  openSquare(row, column) {
    this.state.cell = [row, column];
    this.repaint();
    this.openNumber(this.squareOf(row, column));
  }

  // The darkest square; beside a map with cuts it may be one of the map before them.
  openDarkest() {
    const { at: [here, before], count } = this.most;
    const at = here < 0 ? before : here;
    const [row, column] = [Math.floor(at / count), at % count];
    if (here >= 0) return this.openSquare(row, column);
    const [layer, head] = this.selected();
    this.openNumber({ array: `uncut_layer_${layer}_attention_${this.kind}`,
      index: [head, row, column] });
  }

  /** @param {"from" | "to"} which @param {number} i */
  word(which, i) {
    if (this.scissors.cutting) {
      return this.toggle({ ...this.reach(), [which]: i });
    }
    this.turn({ [which]: this.state[which] === i ? -1 : i });
  }

  // The word whose arcs are drawn: the one that was chosen to read, else the one in question.
  get reader() {
    const count = this.last?.words.length ?? 0;
    const { from, cell } = this.state;
    const [row] = [from, cell?.[0], this.last?.at, this.auto?.[0]]
      .filter((i) => i != null && i >= 0 && i < count);
    return row ?? 0;
  }

  /** @param {number} i */
  reads(i) {
    if (this.scissors.cutting) return this.word("from", i);
    this.turn({ from: this.state.from === i ? -1 : i });
  }

  // The heads that a cut is made in.
  /** @returns {Cut} */
  reach() {
    const [layer, head] = this.selected();
    return this.scissors.everywhere ? EVERYWHERE : { ...EVERYWHERE, layer, head };
  }

  /** @param {Cut} cut */
  toggle(cut) {
    const { cuts } = this.state;
    const rest = cuts.filter((other) => !same(other, cut));
    if (rest.length === cuts.length && cuts.length === MOST) return;
    this.after = true;
    this.recut(rest.length < cuts.length ? rest : [...cuts, cut]);
  }

  // With other cuts there are other forward passes: what was opened may be of none of them.
  /** @param {Cut[]} cuts */
  recut(cuts) {
    this.change({ cuts, number: null });
  }

  // A number somewhere on the page; those before it are forgotten.
  /** @param {import("../kit/trace_number.js").Place | null} place */
  openNumber(place) {
    this.number.trail = [];
    this.change({ number: place });
  }

  // The number of a square where it is not the weight whose arithmetic stands below.
  /** @param {number} row @param {number} column */
  squareOf(row, column) {
    const [layer, head] = this.selected();
    if (this.kind === "rollout") return { array: `layer_${layer}_rollout`, index: [row, column] };
    const pass = this.last?.maps.after && !this.after ? "uncut_" : "";
    if (!pass && this.kind === "weights") return null;
    return { array: `${pass}layer_${layer}_attention_${this.kind}`, index: [head, row, column] };
  }

  selected() {
    return this.state.head ?? this.model().best;
  }

  model() {
    const { models } = this.data;
    return models.find(({ name }) => name === this.state.model) ?? models[0];
  }

  report() {
    return this.state;
  }

  // -- question and answer ------------------------------------------------------------------------

  ask() {
    const { proposal } = this;
    this.live.ask({ proposal, body: () => {
      const { state } = this;
      const [layer, head] = this.selected();
      const sentence = proposal ?? state.sentence;
      const fresh = sentence !== state.sentence;
      const cell = fresh ? null : state.cell ?? this.auto;
      return {
        sentence, language: state.read, model: state.model, renormalise: state.renormalise,
        maps: state.norms ? "norms" : "weights", head: { layer, head },
        cuts: fresh ? withoutWords(state.cuts) : state.cuts,
        cell: cell && { layer, head, from: cell[0], to: cell[1] },
        number: fresh ? null : state.number,
      };
    } });
  }

  /** @param {Answered} answer @param {string | null} proposal the sentence that was asked about */
  paint(answer, proposal) {
    if (proposal !== null && proposal === this.proposal) this.accept(proposal);
    if (proposal === null && this.proposal !== null) return; // a newer sentence is on its way
    this.last = answer;
    const { cell } = this.state;
    if (cell && Math.max(...cell) >= answer.words.length) this.state.cell = null;
    if (!answer.cell) this.open(answer);
    this.repaint();
    this.painted();
    this.root.dataset.words = String(answer.words.length);
  }

  /** @param {string} sentence */
  accept(sentence) {
    this.proposal = null;
    this.sentence.trouble(null);
    this.stale(false);
    if (sentence === this.state.sentence) return;
    const cuts = withoutWords(this.state.cuts);
    Object.assign(this.state, { sentence, cell: null, number: null, from: -1, to: -1, cuts });
    this.auto = null;
    this.notify();
  }

  // Nothing was picked: what the word in question reads most is opened.
  /** @param {Answered} answer */
  open({ says, at, words, maps }) {
    const [layer, head] = this.selected();
    const row = at ?? 0;
    const weights = rowsOf((maps.after ?? maps.before)[layer][head], words.length)[row];
    this.auto = [row, says?.map.to ?? weights.indexOf(Math.max(...weights))];
    this.ask();
  }

  /** @param {Trouble | null} trouble */
  trouble(trouble) {
    if (!trouble) return this.sentence.unreachable(false);
    if (!trouble.message) return this.sentence.unreachable(true);
    this.sentence.trouble(trouble.message);
    const { proposal, state, last } = this;
    this.proposal = null;
    if (proposal === state.sentence) {
      // A link with a sentence that cannot be read: what is on show stays, at first sight the
      // example.
      Object.assign(state, { sentence: last?.sentence ?? this.data.examples[0].sentence,
        cuts: withoutWords(state.cuts) });
      if (!last) this.ask();
    }
    if (proposal !== null) this.stale(true);
  }

  // Whether what is on show belongs to another sentence than the one in the field.
  /** @param {boolean} is */
  stale(is) {
    super.stale(is);
    const { sentence } = this.state;
    say(this.staleNote, is ? fill(this.words.sentence.stale, { sentence }) : "");
  }

  // -- painting -----------------------------------------------------------------------------------

  repaint() {
    const { last, state, words } = this;
    if (!last || last.model !== state.model) return; // another network is on its way
    const [layer, head] = this.selected();
    const cut = Boolean(last.maps.after);
    const rollout = state.view === "rollout";
    this.kind = rollout ? "rollout" : state.norms ? "norms" : "weights";
    const all = (this.after && last.maps.after) || last.maps.before;
    const labels = last.words.map(({ text }) => text);
    this.paintMap(last, rollout ? last.maps.rollout[layer] : all[layer]?.[head], labels);
    this.heads.paint({
      labels, maps: all, selected: { layer, head }, largest: largestIn(last.maps.before),
      crossed: (l, h) =>
        state.cuts.some((one) => one.from === null && one.to === null && reaches(one, l, h)),
      notes: this.model().ahead.map((row) => row.map((share) => percent(share))),
    }, this.palette);
    this.answer.paint(last,
      { isCut: (edge) => state.cuts.some((one) => same(one, { ...EVERYWHERE, ...edge })) });
    this.working.paint(last.cell, labels, this.palette);
    this.number.paint(last.opened, last.labels ?? labels, this.palette);
    this.scissors.paint(state.cuts, last.words, state.renormalise);
    this.sentence.paint(state, last.unlike);
    press(this.models, state.model);
    press(this.views, state.view);
    press(this.shown, this.after ? "after" : "before");
    this.shown.classList.toggle("off", !cut || rollout);
    this.norms.checked = state.norms;
    this.paintAbout();
    const name = fill(words.head, { layer: layer + 1, head: head + 1 });
    say(this.caption, fill(words.captions[this.kind], { head: name, layer: layer + 1 }));
    say(this.caveat, words.caveats[this.kind]);
    const { headsNote, ahead } = this.model();
    say(this.headsNote, headsNote);
    this.headShare.replaceChildren(`${name}: `, opens(percent(ahead[layer][head]),
      { array: "ahead", index: [layer, head] }, (place) => this.openNumber(place)));
    this.root.classList.toggle("many", labels.length > WIDE);
    this.root.dataset.head = `${layer}.${head}`;
  }

  /** @param {Answered} answered @param {Float32Array} values @param {string[]} labels */
  paintMap({ maps, answer, at }, values, labels) {
    const { state } = this;
    const [layer, head] = this.selected();
    const rollout = this.kind === "rollout";
    const largest = largestIn(rollout ? [[values]] : [[maps.before[layer][head], values]]);
    const seen = rollout ? [values] : [values, maps.before[layer][head]];
    this.most = { at: seen.map((map) => map.indexOf(largest)), count: labels.length };
    say(this.largest, number(largest, 2));
    const won = answer?.words.find(({ word }) => word === answer.top)?.positions ?? [];
    const cuts =
      state.cuts.filter((one) => (rollout ? one.layer === null : reaches(one, layer, head)));
    /** @param {number} place */
    const only = (place) => (place < 0 || place >= labels.length ? null : place);
    const [from, to] = [only(state.from), only(state.to)];
    const lines = state.view === "lines";
    this.paintArcs(labels, values, (column) =>
      cuts.some((one) => (one.from ?? this.reader) === this.reader
        && (one.to ?? column) === column));
    this.map.element.hidden = lines;
    this.edges.element.hidden = !lines;
    if (lines) {
      const weights = rowsOf(values, labels.length).map((row) => [...row]);
      this.edges.paint({ labels, weights, row: from, column: to, won: won[0] ?? null,
        cut: (row, column) =>
          cuts.some((one) => (one.from ?? row) === row && (one.to ?? column) === column) });
      return;
    }
    const cell = state.cell ?? this.auto;
    this.map.paint({ labels, from, to, values, largest, cuts, won, asked: at,
      chosen: cell && { row: cell[0], column: cell[1] } }, this.palette);
  }

  /**
   * @param {string[]} labels @param {Float32Array} values
   * @param {(column: number) => boolean} cut
   */
  paintArcs(labels, values, cut) {
    const { reader: row } = this;
    const weights = [...rowsOf(values, labels.length)[row]];
    const norms = this.kind === "norms";
    const best = weights.indexOf(Math.max(...weights));
    this.arcs.paint({ labels, weights, row, cut,
      label: this.labelOf(row, best, weights[best]),
      written: (value) => (norms ? number(value, 2) : percent(value)) });
  }

  /** @param {number} row @param {number} column @param {number} value */
  labelOf(row, column, value) {
    /** @param {number} i */
    const name = (i) => this.last?.words[i]?.text ?? "";
    return fill(this.words.cellSays[this.kind],
      { from: name(row), to: name(column), value: (value ?? 0).toFixed(3) });
  }
}

/** @type {Cut} */
const EVERYWHERE = { layer: null, head: null, from: null, to: null };

// What a cut keeps of its meaning in another sentence: heads, not words.
/** @param {Cut[]} cuts */
const withoutWords = (cuts) => cuts.filter(({ from, to }) => from === null && to === null);
