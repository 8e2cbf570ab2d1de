// The picture of "Words as vectors": a run that arranges words while one watches, seen as a map, as
// one step in numbers, or as counts. The component talks to the engine's routes itself; the page
// is notified of what a person chose in here.

import { el, percent, say, styles } from "../kit/dom.js";
import { Inspections } from "../kit/run/inspections.js";
import { RunView } from "../kit/run/view.js";
import { mounted } from "../kit/view.js";
import { NumberOpened } from "./arithmetic.js";
import { Counts } from "./counts.js";
import { Move } from "./move.js";
import { Opened } from "./opened.js";
import { scoreQuery, settingsOf } from "./parts.js";

const style = await styles("kit/base.css", "kit/run/panel.css", "kit/heat.css", "kit/word_map.css",
  "kit/matrix.css", "kit/opened.css", "words_as_vectors/view.css");

export const { mount, unmount } = mounted(() => VectorsPicture);

/** @extends {RunView<VectorsData>} */
class VectorsPicture extends RunView {
  hideable = ["rate", "near", "analogy"];
  tab = "";
  compared = false;
  /** @type {{ id: string, step: number, shipped: boolean } | null} */
  before = null;
  /** @type {Map<string, Vocabulary>} of each run */
  vocabularies = new Map();
  notifiedNumber = "";

  /** @param {HTMLElement} host @param {VectorsData} data @param {Send} send */
  constructor(host, data, send) {
    const { words } = data;
    /** @param {string} name */
    const share = (name) => ({
      value: (/** @type {Run} */ run) =>
        (run.marks[name] == null ? "–" : percent(run.marks[name])),
      onOpen: (/** @type {Run} */ run) => this.change({ number: `score.${name}.${run.id}` }),
    });
    super(host, data, send, {
      name: "vectors", classes: "vectors", style, job: "vectors", picture: ".stage",
      columns: [
        { name: words.colExcluding, ...share("excluding") },
        { name: words.colIncluding, ...share("including") },
      ],
    });
    this.view = { ...data.view };
    this.inspections = this.own(new Inspections(`${data.base}/runs`,
      { onTrouble: (sentence) => say(this.trouble, sentence ?? "") }));
    this.trouble = el("p", { class: "wrong", role: "status", "data-fp": "vectors-trouble" });
    this.origin = el("span", { class: "origin", "data-fp": "vectors-origin" });
    /** @type {{ change: VectorsChange }} */
    const options = { change: (change, passing) => this.change(change, passing) };
    /** @type {Record<string, Move | Opened | Counts>} */
    this.tabs = { move: this.own(new Move(words, options)),
      step: this.own(new Opened(words, options)), count: this.own(new Counts(words, options)) };
    this.stage = el("div", { class: "stage" });
    this.number = new NumberOpened(words);
    this.root.append(el("div", { class: "above" }, this.trouble, this.origin), this.stage,
      this.number.element, this.panel.element, this.list.element);
    this.root.addEventListener("revealed", () => this.repaint());
    this.open();
    this.begin(".stage");
  }

  open() {
    const { tab } = this.data;
    if (this.tab === tab) return;
    this.tab = tab;
    this.stage.replaceChildren(this.tabs[tab].element);
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
    return settingsOf(config);
  }

  // The example that is most like what is set.
  /** @param {Run[]} listed @returns {Run | undefined} */
  example(listed) {
    const { language, method } = this.config;
    /** @param {Run} run */
    const alike = ({ config }) =>
      2 * Number(config.language === language) + Number(config.method === method);
    return listed.filter(({ shipped }) => shipped).sort((a, b) => alike(b) - alike(a))[0];
  }

  // A shipped run on the text that is set: it can be laid beside.
  /** @param {Run} run */
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

  /** @param {Config} config */
  refused({ text }) {
    return this.data.own && !text ? this.words.noText : null;
  }

  /** @param {Partial<VectorsView>} change @param {boolean} [passing] see `VectorsChange` */
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
    const { before } = this;
    if (before?.id === run.id && run.step < before.step) this.inspections.forget();
    // what was there stays beside it
    if (before?.shipped && before.id !== run.id) this.list.show(before.id);
    this.before = { id: run.id, step: run.step, shipped: run.shipped };
    super.changed(run);
  }

  // -- painting -----------------------------------------------------------------------------------

  repaint() {
    const { run } = this.runs;
    if (!run?.saved.length) return; // it begins, or begins anew: there is no state to ask
    const { inspected } = this;
    // arrows end at the answer, which may be to be guessed
    const guessed = !["asked", "covered"].includes(this.root.dataset.guess ?? "");
    const view = { ...this.view, arrows: this.view.arrows && guessed };
    const step = inspected?.step ?? run.step;
    const vocabulary = this.vocabularies.get(run.id);
    if (!vocabulary) return this.askWords(run);
    say(this.origin,
      this.words.origins[step === 0 ? "random" : run.shipped ? "shipped" : "trained"]);
    /** @type {VectorsScene} */
    const scene = {
      run, step, vocabulary, view, inspected, pictures: (inspected ?? run).pictures,
      overlays: this.overlays.filter(({ id }) => id !== run.id), results: this.data.results,
      ask: (name, query, receive) =>
        this.inspections.ask(name, { run: run.id, step }, query, receive),
    };
    this.tabs[this.tab].paint(scene, this.palette);
    this.openNumber(scene);
    this.root.dataset.answers = String(this.updates);
  }

  // Asks how the chosen number comes about. The page hears the question, for its formula and
  // program.
  /** @param {VectorsScene} scene */
  openNumber({ run, step, vocabulary }) {
    const { view, tab } = this;
    const asked = view.number
      ? scoreQuery(view.number) ?? this.tabs[tab].asks(view.number) : null;
    // a score may be of another run, and is of its last state
    const of = asked?.of ? [run, ...this.list.listed].find(({ id }) => id === asked.of)
      : { id: run.id, step };
    if (!asked || !of) return this.number.clear();
    const { query } = asked;
    /** @type {(answer: VectorsAnswers["arithmetic"]) => void} */
    const receive = ({ opened, rows = asked.rows }) => {
      if (run.id !== this.runs.id || this.tab !== tab) return;
      const { palette } = this;
      this.number.paint(opened, { vocabulary: vocabulary.words, rows, asked: query, palette });
      const question = JSON.stringify({ run: of.id, step: of.step, query });
      const still = !["running", "waiting"].includes(run.status);
      if (view.asked === question || (!still && view.number === this.notifiedNumber)) return;
      view.asked = question;
      this.notifiedNumber = view.number;
      this.notify();
    };
    this.inspections.ask("arithmetic", { run: of.id, step: of.step }, query, receive);
  }

  /** @param {Run} run */
  askWords(run) {
    this.inspections.ask("words", { run: run.id, step: 0 }, {},
      (/** @type {VectorsWordsAnswer} */ answer, /** @type {VectorsAbout} */ about) => {
        const { words, groups } = answer;
        const kinds = Object.keys(this.words.groups).filter((group) => groups.includes(group));
        this.vocabularies.set(about.run, {
          ...answer, kinds, categories: groups.map((group) => kinds.indexOf(group)),
          index: new Map(words.map((word, i) => [word, i])),
        });
        this.repaint();
      });
  }
}
