// @ts-nocheck
// The picture of "Words as vectors": a run that arranges words while one watches, seen as a map, as
// one step in numbers, or as counts. The component talks to the engine's routes itself; the page
// hears of what a person chose in here.

import { el, percent, say, styles } from "../kit/dom.js";
import { RunView } from "../kit/run/view.js";
import { mounted } from "../kit/view.js";
import { Counts } from "./counts.js";
import { Inspections } from "../kit/run/inspections.js";
import { Move } from "./move.js";
import { NumberOpened } from "./arithmetic.js";
import { Opened } from "./opened.js";
import { told } from "./parts.js";

const style = await styles("kit/base.css", "kit/run/panel.css", "kit/heat.css", "kit/word_map.css",
  "kit/matrix.css", "kit/opened.css", "words_as_vectors/view.css");
const VIEWS = { move: Move, step: Opened, count: Counts };

export const { mount, unmount } = mounted(() => VectorsView);

/** @extends {RunView<VectorsData>} */
class VectorsView extends RunView {
  hideable = ["rate", "near", "analogy"];
  /** @type {string} */
  tab;
  compared = false;
  /** @type {{ id: string, step: number, shipped: boolean }} */
  before;

  /** @param {HTMLElement} host @param {VectorsData} data @param {Send} send */
  constructor(host, data, send) {
    const { words } = data;
    /** @param {string} name */
    const share = (name) =>
      (/** @type {Run} */ run) => (run.marks[name] == null ? "–" : percent(run.marks[name]));
    super(host, data, send, {
      name: "vectors", classes: "vectors", style, job: "vectors", picture: ".stage",
      columns: [
        { name: words.colExcluding, value: share("excluding") },
        { name: words.colIncluding, value: share("including") },
      ],
    });
    const { runs } = this;
    this.view = { ...data.view };
    this.vocabularies = new Map();
    this.inspections = this.own(new Inspections(`${data.base}/runs`,
      { onTrouble: (sentence) => say(this.trouble, sentence ?? "") }));
    this.trouble = el("p", { class: "wrong", role: "status", "data-fp": "vectors-trouble" });
    this.origin = el("span", { class: "origin", "data-fp": "vectors-origin" });
    /** @param {...any} all */
    const change = (...all) => this.change(...all);
    this.views = Object.fromEntries(Object.entries(VIEWS)
      .map(([name, View]) => [name, new View(words, { change, runs })]));
    this.stage = el("div", { class: "stage" });
    this.number = new NumberOpened(words);
    this.root.append(this.panel.element, el("div", { class: "above" }, this.trouble, this.origin),
      this.stage,
      this.number.element, this.list.element);
    this.open();
    this.begin(".stage");
  }

  close() {
    super.close();
    for (const view of Object.values(this.views)) view.close();
  }

  open() {
    const { tab } = this.data;
    if (this.tab === tab) return;
    this.tab = tab;
    this.stage.replaceChildren(this.views[tab].element);
    this.root.dataset.tab = tab;
    this.number.clear();
  }

  // -- what the page says -------------------------------------------------------------------------

  /** @param {VectorsData} data */
  adopt(data) {
    this.view = { ...data.view };
    super.adopt(data);
  }

  /** @param {VectorsData} before */
  compare(before) {
    super.compare(before);
    this.open();
    this.repaint();
  }

  /** @param {Run} run */
  isListed(run) {
    return !run.shipped || run.id === this.runs.id || this.alike(run);
  }

  /** @param {Config} config */
  naming(config) {
    return told(config);
  }

  // The example that is most like what is set.
  /** @param {Run[]} listed */
  example(listed) {
    const { config } = this;
    /** @param {{ config?: Config }} options */
    const alike = ({ config: other }) =>
      2 * Number(other.language === config.language) + Number(other.method === config.method);
    return listed.filter(({ shipped }) => shipped).sort((a, b) => alike(b) - alike(a))[0];
  }

  // A shipped run on the text that is set: it can be laid beside.
  /** @param {{ config?: Config }} options */
  alike({ config }) {
    return config.language === this.config.language && !this.config.text;
  }

  // At first sight all four methods are there.
  async first() {
    await super.first();
    const others = this.list.listed.filter((run) => run.shipped && run.id !== this.runs.id);
    if (!this.runs.run?.shipped || this.compared) return;
    this.compared = true;
    for (const { id } of others) await this.list.show(id);
    this.list.paint();
  }

  /** @param {Config} options */
  refused({ text }) {
    return this.data.own && !text ? this.words.noText : null;
  }

  // passing: more of it comes at once, and the page need not hear of it yet.
  /** @param {any} change @param {boolean} [passing] */
  change(change, passing = false) {
    Object.assign(this.view, change);
    this.repaint();
    if (!passing) this.notify();
  }

  more() {
    return { view: this.view };
  }

  /** @param {Run} run */
  changed(run) {
    if (this.before?.id === run.id && run.step < this.before.step) this.inspections.forget();
    // what was there stays beside it
    if (this.before?.shipped && this.before.id !== run.id) this.list.show(this.before.id);
    this.before = { id: run.id, step: run.step, shipped: run.shipped };
    super.changed(run);
  }

  // -- painting -----------------------------------------------------------------------------------

  repaint() {
    const { run } = this.runs;
    if (!run) return;
    const vocabulary = this.vocabularies.get(run.id);
    const shown = this.inspected ?? run;
    const step = this.inspected?.step ?? run.step;
    if (!vocabulary) {
      if (run.saved.length) {
        this.inspections.ask("words", { run: run.id, step: 0 }, {},
        (found, { run: id }) => this.know(id, found));
      }
      return;
    }
    say(this.origin,
      this.words.origins[step === 0 ? "random" : run.shipped ? "shipped" : "trained"]);
    const scene = {
      run, step, marks: shown.marks, pictures: shown.pictures, vocabulary, view: this.view,
      inspected: this.inspected,
      overlays: this.overlays.filter(({ id }) => id !== run.id), results: this.data.results,
      ask: (/** @type {string} */ name, /** @type {any} */ query, /** @type {any} */ hear) =>
        this.inspections.ask(name, { run: run.id, step }, query, hear),
    };
    this.views[this.tab].paint(scene, this.palette);
    this.openNumber(scene);
    this.root.dataset.answers = String(this.updates);
  }

  // Asks how the chosen number comes about. The page hears the question, for its formula and
  // program.
  /** @param {any} scene */
  openNumber({ run, step, ask, vocabulary }) {
    const { view, tab } = this;
    const asked = view.number ? this.views[tab].asks(view.number) : null;
    if (!asked) return this.number.clear();
    const { query, rows } = asked;
    ask("arithmetic", query, (/** @type {any} */ { opened }, /** @type {any} */ about) => {
      if (about.run !== this.runs.id || this.tab !== tab) return;
      const { palette } = this;
      this.number.paint(opened, { vocabulary: vocabulary.words, rows, asked: query, palette });
      const told = JSON.stringify({ run: run.id, step, query });
      const still = !["running", "waiting"].includes(run.status);
      if (view.asked === told || (!still && view.number === this.toldNumber)) return;
      Object.assign(view, { asked: told });
      this.toldNumber = view.number;
      this.notify();
    });
  }

  /** @param {any} id @param {any} vocabulary */
  know(id, vocabulary) {
    const kinds =
      Object.keys(this.words.groups).filter((group) => vocabulary.groups.includes(group));
    this.vocabularies.set(id, {
      ...vocabulary, kinds,
      categories: vocabulary.groups.map((/** @type {any} */ group) => kinds.indexOf(group)),
      index: new Map(vocabulary.words.map((/** @type {string} */ word, /** @type {number} */ i) =>
        [word, i])),
    });
    this.repaint();
  }
}
