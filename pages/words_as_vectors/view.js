// The picture of "Words as vectors": a run that arranges words while one watches, seen as a map, as one step in numbers, or as
// counts. The component talks to the engine's routes itself; the page hears of what a person chose in here.

import { el, percent, say, styles } from "../kit/dom.js";
import { Panel } from "../kit/panel.js";
import { RunList } from "../kit/run_list.js";
import { RunView } from "../kit/run_view.js";
import { snapshot } from "../kit/snapshot.js";
import { mounted } from "../kit/views.js";
import { Counts } from "./counts.js";
import { Looks } from "../kit/looks.js";
import { NumberOpened } from "./arithmetic.js";
import { Move } from "./move.js";
import { Opened } from "./opened.js";
import { told } from "./parts.js";

const style = await styles("kit/base.css", "kit/panel.css", "kit/heat.css", "kit/word_map.css", "kit/matrix.css", "kit/opened.css", "words_as_vectors/view.css");
const VIEWS = { move: Move, step: Opened, count: Counts };

export const { mount, unmount } = mounted((...all) => new VectorsView(...all));

class VectorsView extends RunView {
  constructor(host, data, send) {
    super(host, data, send, { job: "vectors", whole: ".stage" });
  }

  close() {
    super.close();
    this.looks.stop();
    for (const view of Object.values(this.views)) view.close();
  }

  // -- building --------------------------------------------------------------------------------------------------

  build() {
    const { words, runs, data } = this;
    this.view = { ...data.view };
    this.vocabularies = new Map();
    this.panel = new Panel(words, runs, {
      config: () => this.config, rate: this.config.learning_rate,
      onLook: (saved) => this.look(saved), onBegin: () => { this.begun = true; this.list.refresh(); }, onRate: (rate) => this.tell({ learning_rate: rate }),
    });
    const share = (name) => (run) => (run.marks[name] == null ? "–" : percent(run.marks[name]));
    this.list = new RunList(words, runs, {
      columns: [{ name: words.colExcluding, value: share("excluding") }, { name: words.colIncluding, value: share("including") }],
      roles: () => [], palette: () => this.palette,
      onShow: (overlays) => { this.overlays = overlays; this.paint(); },
      onOpen: (run) => run.shipped || this.tell({ ...run.config, learning_rate: run.learning_rate }),
      told,
      only: (run) => !run.shipped || run.id === runs.id || this.alike(run),
      picture: () => snapshot(this.root.querySelector(".stage"), this.palette),
    });
    this.looks = new Looks(`${data.base}/runs`, { onTrouble: (sentence) => say(this.trouble, sentence ?? "") });
    this.trouble = el("p", { class: "wrong", role: "status", "data-fp": "vectors-trouble" });
    this.origin = el("span", { class: "origin", "data-fp": "vectors-origin" });
    const change = (...all) => this.change(...all);
    this.views = Object.fromEntries(Object.entries(VIEWS).map(([name, View]) => [name, new View(words, { change, runs })]));
    this.stage = el("div", { class: "stage" });
    this.number = new NumberOpened(words);
    this.root = el("div", { class: "fp vectors", "data-fp": "vectors" }, el("style", {}, style),
      this.panel.element, el("div", { class: "above" }, this.trouble, this.origin), this.stage, this.number.element, this.list.element);
    this.open();
  }

  showHidden() {
    super.showHidden();
    for (const part of ["near", "analogy"]) this.root.classList.toggle(`without-${part}`, this.data.hidden.includes(part));
  }

  open() {
    const { tab } = this.data;
    if (this.tab === tab) return;
    this.tab = tab;
    this.stage.replaceChildren(this.views[tab].element);
    this.root.dataset.tab = tab;
    this.number.clear();
  }

  // -- what the page says ----------------------------------------------------------------------------------------

  receive(data, send) {
    const { session, revision } = this.data;
    super.receive(data, send);
    this.open();
    if (data.session !== session) this.tell(); // the server was away; what was done meanwhile is only here
    else if (data.revision !== revision) this.view = { ...data.view };
    this.paint();
  }

  // The example that is most like what is set.
  example(listed) {
    const { config } = this;
    const alike = ({ config: other }) => 2 * Number(other.language === config.language) + Number(other.method === config.method);
    return listed.filter(({ shipped }) => shipped).sort((a, b) => alike(b) - alike(a))[0];
  }

  // A shipped run on the text that is set: it can be laid beside.
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

  refused({ text }) {
    return this.data.own && !text ? this.words.noText : null;
  }

  // passing: more of it comes at once, and the page need not hear of it yet.
  change(change, passing = false) {
    Object.assign(this.view, change);
    this.paint();
    if (!passing) this.tell();
  }

  more() {
    return { view: this.view };
  }

  changed(run) {
    if (this.before?.id === run.id && run.step < this.before.step) this.looks.forget();
    if (this.before?.shipped && this.before.id !== run.id) this.list.show(this.before.id); // what was there stays beside it
    this.before = { id: run.id, step: run.step, shipped: run.shipped };
    super.changed(run);
  }

  // -- painting --------------------------------------------------------------------------------------------------

  paint() {
    const { run } = this.runs;
    if (!run || !this.views) return;
    const vocabulary = this.vocabularies.get(run.id);
    const shown = this.looked ?? run;
    const step = this.looked?.step ?? run.step;
    if (!vocabulary) {
      if (run.saved.length) this.looks.ask("words", { run: run.id, step: 0 }, {}, (found, { run: id }) => this.know(id, found));
      return;
    }
    say(this.origin, this.words.origins[step === 0 ? "random" : run.shipped ? "shipped" : "trained"]);
    const scene = {
      run, step, marks: shown.marks, pictures: shown.pictures, vocabulary, view: this.view, looked: this.looked,
      overlays: this.overlays.filter(({ id }) => id !== run.id), results: this.data.results,
      ask: (name, query, hear) => this.looks.ask(name, { run: run.id, step }, query, hear),
    };
    this.views[this.tab].paint(scene, this.palette);
    this.openNumber(scene);
    this.root.dataset.answers = this.updates;
  }

  // Asks how the chosen number comes about. The page hears the question, for its formula and program.
  openNumber({ run, step, ask, vocabulary }) {
    const { view, tab } = this;
    const asked = view.number ? this.views[tab].asks(view.number) : null;
    if (!asked) return this.number.clear();
    const { query, rows } = asked;
    ask("arithmetic", query, ({ opened }, about) => {
      if (about.run !== this.runs.id || this.tab !== tab) return;
      this.number.paint(opened, { vocabulary: vocabulary.words, rows, asked: query, palette: this.palette });
      const told = JSON.stringify({ run: run.id, step, query });
      const still = !["running", "waiting"].includes(run.status);
      if (view.asked === told || (!still && view.number === this.toldNumber)) return;
      Object.assign(view, { asked: told });
      this.toldNumber = view.number;
      this.tell();
    });
  }

  know(id, vocabulary) {
    const kinds = Object.keys(this.words.groups).filter((group) => vocabulary.groups.includes(group));
    this.vocabularies.set(id, {
      ...vocabulary, kinds, categories: vocabulary.groups.map((group) => kinds.indexOf(group)), index: new Map(vocabulary.words.map((word, i) => [word, i])),
    });
    this.paint();
  }
}
