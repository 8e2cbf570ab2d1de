// A training of the small BERT while one watches: pre-training, or a task learnt from labels. What the network of each saved state
// says to the sentence on the page stands beside the curves. The component talks to the engine's routes itself.

import { el, fill, percent, say, styles } from "../kit/dom.js";
import { Chart } from "../kit/chart.js";
import { Heads } from "../kit/heads.js";
import { Panel } from "../kit/panel.js";
import { RunList } from "../kit/run_list.js";
import { RunView } from "../kit/run_view.js";
import { exact, measured } from "../kit/scale.js";
import { snapshot } from "../kit/snapshot.js";
import { mounted } from "../kit/views.js";
import { alone, head, Meter, Tokens, Tops } from "./parts.js";
import { Looks } from "../kit/looks.js";

const style = await styles("kit/base.css", "kit/panel.css", "kit/heads.css", "bert/view.css");
const COUNTS = Float64Array.from({ length: 5_001 }, (_, i) => i + 1); // the first value of a curve belongs to step 1
const MOST = 3; // hidden words that are followed

export const { mount, unmount } = mounted((...all) => new BertRunView(...all));

class BertRunView extends RunView {
  constructor(host, data, send) {
    super(host, data, send, { job: "bert", whole: ":not(*)" });
  }

  close() {
    super.close();
    this.looks.stop();
    this.loss.close();
    this.right.close();
  }

  get objective() {
    return this.config.objective;
  }

  build() {
    const { words, runs, data } = this;
    const { marks } = words.objectives[data.config.objective];
    this.panel = new Panel(words, runs, {
      config: () => this.config, rate: this.config.learning_rate,
      onLook: (saved) => this.look(saved), onBegin: () => { this.begun = true; this.list.refresh(); }, onRate: (rate) => this.tell({ learning_rate: rate }),
    });
    this.list = new RunList(words, runs, {
      columns: marks.map(([name, label]) => ({ name: label, value: (run) => (run.marks[name] == null ? "–" : percent(run.marks[name])) })),
      roles: () => [], palette: () => this.palette,
      onShow: (overlays) => { this.overlays = overlays; this.paint(); },
      onOpen: (run) => run.shipped || this.tell({ ...run.config, learning_rate: run.learning_rate }),
      only: (run) => run.config.objective === this.objective && run.config.language === this.config.language,
      picture: () => snapshot(this.root.querySelector(".pictures"), this.palette),
    });
    this.looks = new Looks(`${data.base}/runs`, { onTrouble: (sentence) => say(this.trouble, sentence ?? "") });
    this.trouble = el("p", { class: "wrong", role: "status" });
    this.origin = el("span", { class: "origin", "data-fp": "bert-origin" });
    this.tokens = new Tokens({ key: "run", label: words.runText });
    this.tops = Array.from({ length: MOST }, (_, i) => {
      const [title, tops] = [el("h4"), new Tops({ key: `run-${i}`, count: 5 })];
      return { title, tops, element: el("div", {}, title, tops.element) };
    });
    this.meter = new Meter({ key: "run", name: "", low: words.negative, high: words.positive });
    this.found = el("p", { class: "found", "data-fp": "run-found" });
    this.heads = new Heads({ key: "run-heads", words: { name: words.head, layer: words.layer }, onPick() {} });
    this.headsBox = el("div", { hidden: true }, head(words.headsTitle), this.heads.element);
    this.meter.element.hidden = data.config.objective !== "sentiment";
    this.loss = new Chart({ label: words.lossLabel, height: 180, xName: words.stepName, yName: words.lossUnit });
    this.right = new Chart({ label: words.rightLabel, height: 180, xName: words.stepName, yName: words.share });
    const [first, second] = words.objectives[data.config.objective].curves;
    this.curves = { first, second };
    this.root = el("div", { class: "fp bert", "data-fp": "bert-run" }, el("style", {}, style), el("h2", {}, words.runTitle),
      this.panel.element,
      el("div", { class: "pictures" },
        el("section", { "data-block": "run-says" }, head(words.runSays, words.objectives[data.config.objective].note), this.origin, this.trouble, this.tokens.element,
          el("div", { class: "three" }, ...this.tops.map(({ element }) => element)), this.meter.element, this.found, this.headsBox),
        el("div", { class: "even" },
          el("section", { "data-block": "right" }, head(words.rightTitle, words.objectives[data.config.objective].measured), this.right.element),
          el("section", { "data-block": "loss" }, head(words.lossTitle), this.loss.element))),
      this.list.element);
  }

  // At first sight a run of this task: what is restored may be of another one.
  async first() {
    await super.first();
    const { run } = this.runs;
    if (!run || this.begun || (run.config.objective === this.objective && run.config.language === this.config.language)) return;
    const example = this.example(this.list.listed);
    if (example) await this.runs.open(example.id);
    else await this.runs.begin(this.config, { play: false });
    this.list.refresh();
  }

  example(listed) {
    const { config } = this;
    const own = listed.filter(({ shipped, config: { objective, language } }) => shipped && objective === config.objective && language === config.language);
    const alike = ({ config: other }) => Number(other.start === config.start) + Number(other.direction === config.direction);
    return own.sort((a, b) => alike(b) - alike(a))[0];
  }

  receive(data, send) {
    const { session, question } = this.data;
    super.receive(data, send);
    if (data.session !== session) this.tell();
    if (JSON.stringify(question) !== JSON.stringify(data.question)) this.paint();
  }

  changed(run) {
    if (this.before?.id === run.id && run.step < this.before.step) this.looks.forget();
    this.before = { id: run.id, step: run.step };
    super.changed(run);
  }

  paint() {
    const { run } = this.runs;
    if (!run || !this.headsBox) return;
    const { words, palette, looked } = this;
    const step = looked?.step ?? run.step;
    const { objective, start } = run.config;
    const first = objective === "pretrain" || start === "scratch" ? "random" : "begun";
    say(this.origin, words.origins[step === 0 ? first : run.shipped ? "shipped" : "trained"]);
    if (run.saved.length && run.config.objective === this.objective && run.config.language === this.config.language) {
      const saved = run.saved.filter((at) => at <= step).at(-1) ?? run.saved[0];
      this.looks.ask("answer", { run: run.id, step: saved }, { q: JSON.stringify(this.data.question) }, (found, about) => this.says(found, about));
    }
    this.paintCurves(run, looked);
    Object.assign(this.root.dataset, { step, run: run.id, answers: this.updates });
  }

  says(answer, { step }) {
    const { words, palette } = this;
    const { objective } = this;
    const places = answer.places ?? [];
    const hidden = new Set(places.map(({ at }) => at));
    const one = answer.says?.run;
    const [from, to] = one?.span ?? [-1, -1];
    this.tokens.paint(answer.tokens, (i) => {
      if (hidden.has(i)) return { text: "?", class: "hidden-word" };
      if (objective === "answer") return { class: `spot${i >= from && i <= to ? " won" : ""}`, share: one.start[i], end: one.end[i] };
      return {};
    });
    for (const [i, { title, tops, element }] of this.tops.entries()) {
      const place = places[i];
      element.hidden = !place;
      if (!place) continue;
      say(title, fill(words.placeTruthRun, { place: i + 1, truth: alone(place.truth ?? "?") }));
      tops.paint((place.both ?? place.left).slice(0, 5), place.truth);
    }
    this.meter.element.hidden = objective !== "sentiment";
    this.found.hidden = objective !== "answer";
    if (objective === "sentiment") this.meter.paint(one.p, one.p >= 0.5 ? words.positive : words.negative);
    if (objective === "answer") say(this.found, `${one.answer ?? words.noAnswer}`);
    const maps = answer.weights ?? answer.left_weights;
    this.headsBox.hidden = !maps;
    if (maps) this.heads.paint({ labels: answer.tokens.map(({ text }) => text), maps, selected: null }, palette);
    Object.assign(this.root.dataset, { says: step, top: places[0] ? (places[0].both ?? places[0].left)[0].token : "", p: one?.p ?? one?.none ?? "" });
  }

  paintCurves(run, looked) {
    const { words, palette, overlays, curves } = this;
    const marks = run.rates.slice(1).map(([x, rate]) => ({ x, name: fill(words.rateMark, { rate: exact(rate) }) }));
    const common = { x: [0, Math.max(1, run.steps)], cursor: looked?.step ?? null, marks };
    const others = overlays.filter(({ id }) => id !== run.id);
    const loss = (of, faint) => ({ key: `${of.id}.loss`, name: "", x: COUNTS, y: of.series.loss ?? [], role: "ink", faint });
    this.loss.paint({ ...common, y: null, series: [...others.map((other) => loss(other, true)), loss(run, false)] }, palette);
    const score = (of, name, faint) => ({ key: `${of.id}.${name}`, name: faint ? "" : curves[name], ...measured(of.series[name] ?? []), role: name === "first" ? "ink" : "0", dash: faint, faint });
    this.right.paint({ ...common, y: [0, 1], series: [...others.flatMap((other) => [score(other, "first", true), score(other, "second", true)]), score(run, "second", false), score(run, "first", false)] }, palette);
  }
}
