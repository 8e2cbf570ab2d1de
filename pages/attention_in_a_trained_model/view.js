// @ts-nocheck
// The picture of "Attention in a trained model": a sentence, the answer of the network, the map of
// a head with all heads beside it, what cutting does to the answer, and the arithmetic of one
// weight. All numbers come from the live route.

import { choices, press } from "../kit/controls.js";
import { el, entry, fill, number, percent, say, styles } from "../kit/dom.js";
import { Answer } from "./answer.js";
import { Edges } from "../kit/edges.js";
import { Heads } from "../kit/heads.js";
import { Live } from "../kit/live.js";
import { largestIn, packed, rowsOf } from "../kit/packed.js";
import { mounted, View } from "../kit/view.js";
import { MOST, reaches, same, Scissors } from "./cuts.js";
import { Working } from "./cell.js";
import { Sentence } from "./sentence.js";
import { WordMap } from "../kit/word_map.js";

const style = await styles("kit/base.css", "kit/heat.css", "kit/heads.css", "kit/edges.css",
  "kit/word_map.css", "attention_in_a_trained_model/view.css");
const WIDE = 26; // from so many words on, the map takes the whole width

export const { mount, unmount } = mounted(() => TrainedView);

/** @extends {View<TrainedData>} */
class TrainedView extends View {
  hideable = ["sentence", "models", "scissors", "working"];
  /** @type {any} */
  auto = null;
  /** @type {string | null} */
  proposal = null;
  /** @type {TrainedAnswer} */
  last;
  /** @type {string} */
  kind;
  /** @type {any} */
  values;

  /** @param {HTMLElement} host @param {TrainedData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "trained", classes: "trained", style });
    this.state = structuredClone(data.view);
    this.after = true;
    this.live = this.own(new Live({ url: `${data.base}/attention/trained`,
      read: packed, onAnswer: (...all) => this.paint(...all),
      onTrouble: (trouble) => this.trouble(trouble),
    }));
    const { words } = this;
    this.sentence =
      new Sentence(words.sentence, data, { onSentence: (text) => this.propose(text) });
    this.models = choices("model", data.models.map(({ name, title }) => [name, title]),
      (model) => this.change({ model, head: null,
        cuts: this.state.cuts.filter((cut) => cut.layer === null) }));
    this.about = el("p", { class: "note about", "data-fp": "about" });
    this.views = choices("view", words.views, (view) => this.turn({ view }));
    this.norms = el("input", { type: "checkbox", "data-fp": "norms",
      onchange: () => this.change({ norms: this.norms.checked }) });
    this.shown =
      choices("shown", words.shown, (shown) => { this.after = shown === "after"; this.repaint(); });
    this.caption = el("b", {});
    this.darkest = el("span", { class: "note" });
    this.caveat = el("p", { class: "note caveat", "data-fp": "caveat" });
    /** @param {number} row @param {number} column @param {number} value */
    const says = (row, column, value) => this.says(row, column, value);
    this.map = new WordMap({ key: "map", words, says, onPick: (row, column, event) =>
      this.pick(row, column, event), onWord: (which, i) => this.word(which, i) });
    this.edges = new Edges({ key: "lines", says, onPick: (row, column) => (row === null
      ? this.word("to", column) : column === null ? this.word("from", row)
      : this.pick(row, column)) });
    this.heads = new Heads({ key: "all", words: { name: words.head, layer: words.layer },
      onPick: (layer, head) => this.head(layer, head) });
    this.headsNote = el("p", { class: "note" });
    this.answer = new Answer(words.answer,
      { onCut: (cut) => this.toggle({ layer: null, head: null, ...cut }) });
    this.scissors = new Scissors(words.scissors, {
      onMode: (/** @type {any} */ cutting) => this.root.classList.toggle("cutting", cutting),
      onGrow: (/** @type {any} */ renormalise) => this.change({ renormalise }),
      onRelease: (/** @type {any} */ cut) =>
        this.change({ cuts: cut ? this.state.cuts.filter((other) => other !== cut) : [] }),
    });
    this.working = new Working(words.working);
    this.root.append(this.sentence.element,
      el("div", { class: "which", "data-block": "models" }, this.models, this.about),
      el("div", { class: "stage" },
        el("div", { class: "left", "data-block": "map" },
          el("div", { class: "tools" }, this.views,
            el("label", { class: "switch" }, this.norms, el("span", {}, words.norms)), this.shown),
          this.scissors.switches,
          el("p", { class: "caption", "data-fp": "caption" }, this.caption, this.darkest),
          el("div", { class: "scroll" }, this.map.element, this.edges.element), this.caveat,
          this.scissors.below),
        el("div", { class: "right" }, this.answer.element, el("div",
          { class: "all", "data-block": "heads" }, el("h3", {}, words.headsTitle),
          this.heads.element, this.headsNote))),
      this.working.element);
    this.begin(".stage");
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

  /** @param {any} change */
  change(change) {
    Object.assign(this.state, change);
    this.ask();
    this.notify();
  }

  // The same answer, seen otherwise.
  /** @param {{ view: string }} change */
  turn(change) {
    Object.assign(this.state, change);
    this.repaint();
    this.notify();
  }

  /** @param {number} layer @param {number} head */
  head(layer, head) {
    if (this.scissors.cutting) return this.toggle({ layer, head, from: null, to: null });
    this.state.head = [layer, head];
    this.repaint(); // all maps are here already; only the arithmetic is asked for
    this.change({});
  }

  // A click on a square opens it, or cuts it; the arrow keys only ever open.
  /** @param {number} row @param {number} column @param {MouseEvent | KeyboardEvent} [event] */
  pick(row, column, event) {
    const moved = event?.type === "keydown" && event.key.startsWith("Arrow");
    if (this.scissors.cutting && !moved) {
      return this.toggle({ ...this.reach(), from: row, to: column });
    }
    this.state.cell = [row, column];
    this.repaint();
    this.change({});
  }

  /** @param {string} which @param {number | null} i */
  word(which, i) {
    if (this.scissors.cutting) {
      return this.toggle({ ...this.reach(), from: null, to: null, [which]: i });
    }
    this.turn({ [which]: entry(this.state, which) === i ? -1 : i });
  }

  reach() {
    const [layer, head] = this.scissors.everywhere ? [null, null] : this.selected();
    return { layer, head };
  }

  /** @param {{ layer: number, head: number, from: null, to: null }} cut */
  toggle(cut) {
    const { cuts } = this.state;
    const rest = cuts.filter((other) => !same(other, cut));
    if (rest.length === cuts.length && cuts.length === MOST) return;
    this.after = true;
    this.change({ cuts: rest.length < cuts.length ? rest : [...cuts, cut] });
  }

  selected() {
    return this.state.head ?? this.model().best;
  }

  model() {
    return this.data.models.find(({ name }) => name === this.state.model);
  }

  report() {
    return this.state;
  }

  // -- question and answer ------------------------------------------------------------------------

  ask() {
    const proposal = this.proposal ?? null;
    this.live.ask({ proposal, body: () => {
      const { state } = this;
      const [layer, head] = this.selected();
      const sentence = proposal ?? state.sentence;
      const fresh = sentence !== state.sentence;
      const cell = fresh ? null : state.cell ?? this.auto;
      return {
        sentence, model: state.model, renormalise: state.renormalise,
        maps: state.norms ? "norms" : "weights", head: { layer, head },
        cuts: fresh ? withoutWords(state.cuts) : state.cuts,
        cell: cell && { layer, head, from: cell[0], to: cell[1] },
      };
    } });
  }

  /** @param {TrainedAnswer} answer @param {import("../kit/live.js").Question} question */
  paint(answer, { proposal }) {
    if (proposal !== null && proposal === this.proposal) this.accept(proposal);
    if (proposal === null && this.proposal != null) return; // a newer sentence is on its way
    this.last = answer;
    this.state.cell = within(this.state.cell, answer.words.length);
    if (!answer.cell) this.open(answer);
    this.repaint();
    this.painted();
    this.root.dataset.words = String(answer.words.length);
  }

  /** @param {string} sentence */
  accept(sentence) {
    this.proposal = null;
    this.sentence.trouble(null);
    if (sentence === this.state.sentence) return;
    Object.assign(this.state,
      { sentence, cell: null, from: -1, to: -1, cuts: withoutWords(this.state.cuts) });
    this.auto = null;
    this.notify();
  }

  // Nothing was picked: what the word in question looks at most is opened.
  /** @param {TrainedAnswer} options */
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
    if (proposal !== state.sentence) return;
    // A link with a sentence that cannot be read: what is on show stays, at first sight the
    // example.
    Object.assign(state, {
      sentence: last?.words.map(({ text }) => text).join(" ") ?? this.data.examples[0].sentence,
      cuts: withoutWords(state.cuts),
    });
    if (!last) this.ask();
  }

  // -- painting -----------------------------------------------------------------------------------

  repaint() {
    const { last, state, words } = this;
    if (!last || last.model !== state.model) return; // another network is on its way
    const side = last.words.length;
    const [layer, head] = this.selected();
    const { maps } = last;
    const cut = Boolean(maps.after);
    const all = cut && this.after ? maps.after : maps.before;
    const rollout = state.view === "rollout";
    const kind = (this.kind = rollout ? "rollout" : state.norms ? "norms" : "weights");
    const values = rollout ? maps.rollout[layer] : all[layer]?.[head];
    const labels = last.words.map(({ text }) => text);
    const largest = largestIn(rollout ? [values] : [maps.before[layer][head], values]);
    const top = last.answer?.words.find(({ word }) => word === last.answer.top)?.positions ?? [];
    /** @param {number} place */
    const only = (place) => (place < 0 || place >= side ? null : place);
    const cell = state.cell ?? this.auto;
    const here =
      state.cuts.filter((one) => rollout ? one.layer === null : reaches(one, layer, head));
    this.values = values;
    const shown = { labels, from: only(state.from), to: only(state.to) };
    const lines = state.view === "lines";
    this.map.element.hidden = lines;
    this.edges.element.hidden = !lines;
    if (lines) {
      /** @param {number} row @param {number} column */
      const off = (row, column) =>
        here.some((one) => (one.from ?? row) === row && (one.to ?? column) === column);
      this.edges.paint({ labels, weights: rowsOf(values, side), row: shown.from, column: shown.to,
        cut: off, won: top[0] ?? null });
    } else {
      this.map.paint({ ...shown, values, largest, chosen: cell && { row: cell[0], column: cell[1] },
        cuts: here, asked: last.at, won: top }, this.palette);
    }
    this.heads.paint({
      labels, maps: all, selected: { layer, head }, largest: largestIn(maps.before),
      crossed: (l, h) =>
        state.cuts.some((one) => one.from === null && one.to === null && reaches(one, l, h)),
      notes: this.model().ahead.map((row) => row.map((share) => percent(share))),
    }, this.palette);
    this.answer.paint(last, {
      isCut: (/** @type {any} */ edge) =>
        state.cuts.some((one) => same(one, { layer: null, head: null, ...edge })),
    });
    this.working.paint(last.cell, last.words, this.palette);
    this.scissors.paint(state.cuts, last.words, state.renormalise);
    this.sentence.paint(state);
    press(this.models, state.model);
    press(this.views, state.view);
    press(this.shown, this.after ? "after" : "before");
    this.shown.classList.toggle("off", !cut || rollout);
    this.norms.checked = state.norms;
    say(this.about, this.model().about);
    const name = fill(words.head, { layer: layer + 1, head: head + 1 });
    say(this.caption, fill(words.captions[kind], { head: name, layer: layer + 1 }));
    say(this.darkest, fill(words.darkest, { value: number(largest, 2) }));
    say(this.caveat, words.caveats[kind]);
    say(this.headsNote, this.model().headsNote);
    this.root.classList.toggle("many", side > WIDE);
    this.root.dataset.head = `${layer}.${head}`;
  }

  /** @param {number} row @param {number} column @param {number} value */
  says(row, column, value) {
    const { words, last } = this;
    /** @param {number} i */
    const name = (i) => last.words[i]?.text ?? "";
    return fill(words.cellSays[this.kind],
      { from: name(row), to: name(column), value: (value ?? 0).toFixed(3) });
  }

}

// What a cut keeps of its meaning in another sentence: heads, not words.
/** @param {any} cuts */
const withoutWords =
  (cuts) => cuts.filter((/** @type {any} */ { from, to }) => from === null && to === null);

/** @param {any} cell @param {number} side */
const within =
  (cell, side) => (cell && cell.every((/** @type {any} */ place) => place < side) ? cell : null);
