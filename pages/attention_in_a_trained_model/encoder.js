// @ts-nocheck
// The tab "A real encoder": a sentence in pieces, and the maps of all heads of a pretrained model.
// The component asks the routes itself; the page hears what was chosen. Where no model is, it says
// what it takes to get one, and shows nothing.

import { button, el, entry, fill, percent, say, styles } from "../kit/dom.js";
import { Shelf } from "../kit/shelf/shelf.js";
import { Heads } from "../kit/heads.js";
import { Live } from "../kit/live.js";
import { largestIn, packed } from "../kit/packed.js";
import { mounted, View } from "../kit/view.js";
import { WordMap } from "../kit/word_map.js";

const WIDE = 26; // from so many pieces on, the map takes the whole width
const SLOW = 300; // ms until it is said that the model is at work

const style = await styles("kit/base.css", "kit/heat.css", "kit/heads.css", "kit/word_map.css",
  "kit/shelf/shelf.css",
  "attention_in_a_trained_model/view.css", "attention_in_a_trained_model/encoder.css");

export const { mount, unmount } = mounted(() => EncoderView);

/** @extends {View<EncoderData>} */
class EncoderView extends View {
  /** @type {{ row: number, column: number } | null} */
  chosen = null;
  /** @type {number} */
  slow;
  /** @type {any} */
  from = null;
  /** @type {any} */
  to = null;
  /** @type {any} */
  last;
  /** @type {any} */
  labels;
  /** @type {any} */
  kind;
  /** @type {any} */
  listed;

  /** @param {HTMLElement} host @param {EncoderData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "encoder", classes: "trained", style });
    this.state = structuredClone(data.view);
    this.live = this.own(new Live({ url: `${data.base}/attention/encoder`,
      read: packed, onAnswer: (...all) => this.paint(...all),
      onTrouble: (trouble) => this.trouble(trouble),
    }));
    const { words } = this;
    this.shelf = this.own(new Shelf(words, data.base,
      { onModels: () => this.models(), onPick: (name) => this.change({ name, head: null }) }));
    this.field = el("input", { type: "text", "data-fp": "encoder-sentence", dir: "auto",
      spellcheck: "false", autocomplete: "off", maxlength: 4000,
      "aria-label": fill(words.sentence, { pieces: data.pieces }),
      onkeydown: (event) => event.key === "Enter" && this.enter(), onchange: () => this.enter() });
    this.message = el("p", { class: "trouble", role: "status", "data-fp": "encoder-message" });
    this.chips = data.examples.map((sentence) => button(el("bdi", {}, sentence),
      () => this.change({ sentence }), { "data-sentence": sentence }));
    this.views = el("div", { class: "choices", role: "group" },
      ...words.views.map(([view, label]) => button(label, () => this.look({ view }),
        { "data-fp": `encoder-view-${view}`, "data-value": view })));
    /** @param {string} name @param {any} onchange */
    const box =
      (name, onchange) => el("input", { type: "checkbox", "data-fp": `encoder-${name}`, onchange });
    this.norms = box("norms", () => this.change({ norms: this.norms.checked }));
    this.special = box("special", () => this.look({ special: this.special.checked }));
    /** @param {HTMLInputElement} input @param {string} text @param {string} title */
    const label =
      (input, text, title) => el("label", { class: "switch", title }, input, el("span", {}, text));
    this.caption = el("p", { class: "caption", "data-fp": "encoder-caption" });
    this.outside = el("p", { class: "note outside", "data-fp": "encoder-outside" });
    /** @param {number} row @param {number} column @param {number} value */
    const says = (row, column, value) => this.says(row, column, value);
    this.map = new WordMap({ key: "encoder-map", words, says,
      onPick: (row, column) => this.pick(row, column), onWord: (which, i) => this.word(which, i) });
    this.heads = new Heads({ key: "encoder-heads", words: words.heads,
      onPick: (layer, head) => this.look({ head: [layer, head] }) });
    this.rollouts = new Heads({ key: "encoder-rollout", words: words.rolloutHeads,
      onPick: (layer) => this.look({ head: [layer, this.selected()[1]] }) });
    this.headsTitle = el("h3");
    this.named = el("ol", { class: "named" });
    this.papers = el("p", { class: "note" });
    this.unnamed = el("p", { class: "note" }, words.unnamed);
    this.namedBlock = el("section", { "data-block": "encoder-named" },
      el("div", { class: "head" }, el("h3", {}, words.namedTitle),
        el("span", { class: "note" }, words.namedNote)), this.named, this.papers, this.unnamed);
    this.work = el("div", { class: "encoder-work", hidden: true },
      el("section", { class: "sentence", "data-block": "encoder-sentence" },
        el("div", { class: "line" }, this.field,
          button(words.go, () => this.enter(true), { "data-fp": "encoder-go" })), this.message,
        el("div", { class: "chips" }, el("span", { class: "note" }, words.examples),
          ...this.chips)),
      this.stage = el("div", { class: "stage", hidden: true },
        el("div", { class: "left" },
          el("div", { class: "options" }, this.views, label(this.norms, words.norms,
            words.normsHelp), label(this.special, words.special, words.specialHelp)),
          this.caption, el("div", { class: "scroll" }, this.map.element), this.outside),
        el("div", { class: "right" },
          el("div", { class: "all", "data-block": "encoder-all" }, this.headsTitle,
            this.heads.element, this.rollouts.element), this.namedBlock)));
    this.root.append(this.shelf.element, this.work);
    this.begin(":not(*)");
    this.shelf.refresh();
  }

  close() {
    clearTimeout(this.slow);
    super.close();
  }

  // -- what the page says -------------------------------------------------------------------------

  /** @param {EncoderData} data */
  adopt(data) {
    this.state = structuredClone(data.view);
    super.adopt(data);
    this.ask();
  }

  // -- what the person does -----------------------------------------------------------------------

  // The models that lie ready have become known.
  models() {
    this.work.hidden = !this.shelf.models.length;
    this.root.dataset.models = String(this.shelf.models.length);
    this.ask();
  }

  enter(again = false) {
    const sentence = this.field.value;
    if (again || sentence !== this.sentence()) this.change({ sentence });
  }

  sentence() {
    return this.state.sentence || this.data.examples[0];
  }

  name() {
    const { models } = this.shelf;
    return models.includes(this.state.name) ? this.state.name : models[0];
  }

  // Something else is to be computed.
  /** @param {any} change */
  change(change) {
    Object.assign(this.state, change);
    this.ask();
    this.notify();
  }

  // The same numbers, seen otherwise.
  /** @param {any} change */
  look(change) {
    Object.assign(this.state, change);
    this.repaint();
    this.notify();
  }

  /** @param {number} row @param {number} column */
  pick(row, column) {
    this.chosen = { row, column };
    this.repaint();
  }

  /** @param {string} which @param {number} i */
  word(which, i) {
    /** @type {any} */ (this)[which] = entry(this, which) === i ? null : i;
    this.repaint();
  }

  selected() {
    const { layers, heads } = this.last;
    const [layer, head] = this.state.head ?? [0, 0];
    return [Math.min(layer, layers - 1), Math.min(head, heads - 1)];
  }

  report() {
    return this.state;
  }

  // -- question and answer ------------------------------------------------------------------------

  ask() {
    const name = this.name();
    this.shelf.choose(name);
    if (!name) return;
    const sentence = this.sentence();
    if (this.field.value !== sentence) this.field.value = sentence;
    for (const chip of this.chips) {
      chip.setAttribute("aria-pressed", String(chip.dataset.sentence === sentence));
    }
    clearTimeout(this.slow);
    this.slow = setTimeout(() => say(this.message, this.words.reading), SLOW);
    const body = { name, sentence, maps: this.state.norms ? "norms" : "weights" };
    this.live.ask({ body: () => body, asked: body });
  }

  /** @param {any} answer @param {import("../kit/live.js").Question} question */
  paint(answer, { asked }) {
    const same =
      this.last?.asked.sentence === asked.sentence && this.last.asked.name === asked.name;
    if (!same) {
      this.chosen = null;
      this.from = null;
      this.to = null;
    }
    this.last = { ...answer, asked };
    this.stage.hidden = false;
    this.repaint();
    this.painted();
  }

  // null: an answer has come, or one without trouble is about to.
  /** @param {Trouble | null} trouble */
  trouble(trouble) {
    clearTimeout(this.slow);
    const { words } = this;
    say(this.message, trouble ? trouble.message ?? words.unreachable : "");
  }

  // -- painting -----------------------------------------------------------------------------------

  repaint() {
    const { last, state, words, palette } = this;
    if (!last) return;
    const [layer, head] = this.selected();
    const rollout = state.view === "rollout";
    const whole = last.words.length;
    const kept =
      last.words.map((/** @type {unknown} */ _, /** @type {number} */ i) => i)
        .filter((/** @type {number} */ i) => state.special || last.words[i].part !== "special");
    /** @param {any} values */
    const part = (values) => (kept.length === whole ? values
      : Float32Array.from(kept.flatMap((/** @type {number} */ i) =>
        kept.map((/** @type {any} */ j) => values[i * whole + j]))));
    const labels = kept.map((/** @type {number} */ i) => last.words[i].text);
    const all = rollout ? last.maps.rollout.map((/** @type {any} */ values) => [part(values)])
      : last.maps.before.map((/** @type {number} */ row) => row.map(part));
    const values = rollout ? all[layer][0] : all[layer][head];
    const kind = rollout ? "rollout" : last.asked.maps;
    this.labels = labels;
    this.kind = kind;
    /** @param {number} place */
    const within = (place) => (place != null && place < labels.length ? place : null);
    const chosen = this.chosen && within(this.chosen.row) !== null
      && within(this.chosen.column) !== null ? this.chosen : null;
    const largest =
      values.reduce((/** @type {any} */ a, /** @type {any} */ b) => Math.max(a, b), 0);
    this.map.paint({ labels, values, largest, chosen, from: within(this.from),
      to: within(this.to) }, palette);
    const grid = rollout ? this.rollouts : this.heads;
    this.heads.element.hidden = rollout;
    this.rollouts.element.hidden = !rollout;
    grid.paint({ labels, maps: all, selected: { layer, head: rollout ? 0 : head },
      largest: rollout ? null : largestIn(all) }, palette);
    say(this.headsTitle, rollout ? words.rolloutTitle : words.headsTitle);
    this.paintNamed(layer, head);
    const name = fill(words.heads.name, { layer: layer + 1, head: head + 1 });
    say(this.caption, fill(words.captions[kind], { head: name, layer: layer + 1 }));
    const full = last.maps.before[layer][head];
    say(this.outside, kind === "weights" && kept.length < whole
      ? fill(words.outside, { share: percent(hiddenShare(full, kept, whole)) }) : "");
    for (const view of this.views.children) {
      view.setAttribute("aria-pressed", String(view.dataset.value === state.view));
    }
    Object.assign(this.norms, { checked: state.norms, disabled: rollout });
    this.special.checked = state.special;
    this.root.classList.toggle("many", labels.length > WIDE);
    Object.assign(this.root.dataset,
      { head: `${layer}.${head}`, pieces: labels.join(" "), model: last.model });
  }

  /** @param {number} layer @param {number} head */
  paintNamed(layer, head) {
    const { last, words } = this;
    this.unnamed.hidden = last.named.length > 0;
    if (this.listed !== last.model) {
      this.listed = last.model;
      this.named.replaceChildren(...last.named.map((/** @type {any} */ one) => el("li", {},
        button(el("b", {}, fill(words.heads.name, { layer: one.layer, head: one.head })),
          () => this.look({ head: [one.layer - 1, one.head - 1], view: "map" }),
          { "data-fp": `named-${one.layer}-${one.head}`,
            "data-place": `${one.layer - 1}.${one.head - 1}` }),
        el("span", {}, fill(words.named,
          { ...one, relation: words.relations[one.relation] ?? one.relation })))));
      say(this.papers,
        [...new Set(last.named.map((/** @type {any} */ { paper }) => paper))].join("; "));
    }
    for (const one of this.named.querySelectorAll("button")) {
      one.setAttribute("aria-pressed", String(one.dataset.place === `${layer}.${head}`));
    }
  }

  /** @param {number} row @param {number} column @param {number} value */
  says(row, column, value) {
    return fill(this.words.says[this.kind ?? "weights"], { from: this.labels?.[row] ?? "",
      to: this.labels?.[column] ?? "", value: (value ?? 0).toFixed(3) });
  }

}

// How much of their reading the pieces that are shown spend on those that are not.
/** @param {any} values @param {any} kept @param {any} whole */
function hiddenShare(values, kept, whole) {
  const seen =
    kept.reduce((/** @type {any} */ sum, /** @type {number} */ i) => sum
      + kept.reduce((/** @type {any} */ part, /** @type {any} */ j) => part + values[i * whole + j],
        0), 0);
  return kept.length ? Math.max(0, 1 - seen / kept.length) : 0;
}
