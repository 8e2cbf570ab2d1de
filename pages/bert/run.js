// @ts-nocheck
// A training of the small BERT while one watches: pre-training, or a task learnt from labels. What
// the network of each saved state says to the sentence on the page stands beside the curves. The
// component talks to the engine's routes itself.

import { head } from "../kit/controls.js";
import { el, entry, fill, percent, say, styles } from "../kit/dom.js";
import { Chart } from "../kit/chart.js";
import { Heads } from "../kit/heads.js";
import { RunView } from "../kit/run/view.js";
import { mounted } from "../kit/view.js";
import { exact, measured } from "../kit/scale.js";
import { alone, Meter, Tokens, Tops } from "./parts.js";
import { Inspections } from "../kit/run/inspections.js";

const style = await styles("kit/base.css", "kit/run/panel.css", "kit/heads.css", "bert/view.css");
// the first value of a curve belongs to step 1
const COUNTS = Float64Array.from({ length: 5_001 }, (_, i) => i + 1);
const MOST = 3; // hidden words that are followed

export const { mount, unmount } = mounted(() => BertRunView);

/** @extends {RunView<BertRunData>} */
class BertRunView extends RunView {
  /** @type {{ id: string, step: number }} */
  before;

  /** @param {HTMLElement} host @param {BertRunData} data @param {Send} send */
  constructor(host, data, send) {
    const { words } = data;
    const { marks } = words.objectives[data.config.objective];
    super(host, data, send, {
      name: "bert-run", classes: "bert", style, job: "bert", picture: ".pictures",
      columns: marks.map(([name, label]) => ({ name: label,
        value: (run) => (run.marks[name] == null ? "–" : percent(run.marks[name])) })),
    });
    this.inspections = this.own(new Inspections(`${data.base}/runs`, {
      onTrouble: (sentence) => say(this.trouble, sentence ?? ""),
    }));
    this.trouble = el("p", { class: "wrong", role: "status" });
    this.origin = el("span", { class: "origin", "data-fp": "bert-origin" });
    this.tokens = new Tokens({ key: "run", label: words.runText });
    this.tops = Array.from({ length: MOST }, (_, i) => {
      const [title, tops] = [el("h4"), new Tops({ key: `run-${i}`, count: 5 })];
      return { title, tops, element: el("div", {}, title, tops.element) };
    });
    this.meter = new Meter({ key: "run", name: "", low: words.negative, high: words.positive });
    this.found = el("p", { class: "found", "data-fp": "run-found" });
    this.heads =
      new Heads({ key: "run-heads", words: { name: words.head, layer: words.layer }, onPick() {} });
    this.headsBox = el("div", { hidden: true }, head(words.headsTitle), this.heads.element);
    this.meter.element.hidden = data.config.objective !== "sentiment";
    this.loss = this.own(new Chart({ label: words.lossLabel, height: 180, xName: words.stepName,
      yName: words.lossUnit }));
    this.right = this.own(new Chart({ label: words.rightLabel, height: 180, xName: words.stepName,
      yName: words.share }));
    const [first, second] = words.objectives[data.config.objective].curves;
    this.curves = { first, second };
    this.root.append(el("h2", {}, words.runTitle),
      this.panel.element,
      el("div", { class: "pictures" },
        el("section", { "data-block": "run-says" }, head(words.runSays,
          words.objectives[data.config.objective].note), this.origin, this.trouble,
            this.tokens.element,
          el("div", { class: "three" }, ...this.tops.map(({ element }) => element)),
          this.meter.element, this.found, this.headsBox),
        el("div", { class: "even" },
          el("section", { "data-block": "right" }, head(words.rightTitle,
            words.objectives[data.config.objective].measured), this.right.element),
          el("section", { "data-block": "loss" }, head(words.lossTitle), this.loss.element))),
      this.list.element);
    this.begin(":not(*)");
  }

  get objective() {
    return this.config.objective;
  }

  // At first sight a run of this task: what is restored may be of another one.
  async first() {
    await super.first();
    const { run } = this.runs;
    if (!run || this.begun || this.isListed(run)) return;
    const example = this.example(this.list.listed);
    if (example) await this.runs.open(example.id);
    else await this.runs.begin(this.config, { play: false });
    this.list.refresh();
  }

  /** @param {Run[]} listed */
  example(listed) {
    const { config } = this;
    const own = listed.filter(({ shipped, config: { objective, language } }) =>
      shipped && objective === config.objective && language === config.language);
    /** @param {{ config?: Config }} options */
    const alike = ({ config: other }) =>
      Number(other.start === config.start) + Number(other.direction === config.direction);
    return own.sort((a, b) => alike(b) - alike(a))[0];
  }

  /** @param {BertRunData} before */
  compare(before) {
    super.compare(before);
    if (JSON.stringify(before.question) !== JSON.stringify(this.data.question)) this.repaint();
  }

  /** @param {Run} run */
  isListed(run) {
    const { objective, language } = this.config;
    return run.config.objective === objective && run.config.language === language;
  }

  /** @param {Run} run */
  changed(run) {
    if (this.before?.id === run.id && run.step < this.before.step) this.inspections.forget();
    this.before = { id: run.id, step: run.step };
    super.changed(run);
  }

  repaint() {
    const { run } = this.runs;
    if (!run) return;
    const { words, inspected } = this;
    const step = inspected?.step ?? run.step;
    const { objective, start } = run.config;
    const first = objective === "pretrain" || start === "scratch" ? "random" : "begun";
    say(this.origin, words.origins[step === 0 ? first : run.shipped ? "shipped" : "trained"]);
    if (run.saved.length && this.isListed(run)) {
      const saved = run.saved.filter((at) => at <= step).at(-1) ?? run.saved[0];
      this.inspections.ask("answer", { run: run.id, step: saved },
        { q: JSON.stringify(this.data.question) }, (found, about) => this.says(found, about));
    }
    this.paintCurves(run, inspected);
    Object.assign(this.root.dataset, { step, run: run.id, answers: this.updates });
  }

  /** @param {any} answer @param {{ step?: number }} options */
  says(answer, { step }) {
    const { words, palette } = this;
    const { objective } = this;
    const places = answer.places ?? [];
    const hidden = new Set(places.map((/** @type {any} */ { at }) => at));
    const one = answer.says?.run;
    const [from, to] = one?.span ?? [-1, -1];
    this.tokens.paint(answer.tokens, (i) => {
      if (hidden.has(i)) return { text: "?", class: "hidden-word" };
      if (objective === "answer") {
        return { class: `spot${i >= from && i <= to ? " won" : ""}`,
        share: one.start[i], end: one.end[i] };
      }
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
    if (objective === "sentiment") {
      this.meter.paint(one.p, one.p >= 0.5 ? words.positive : words.negative);
    }
    if (objective === "answer") say(this.found, `${one.answer ?? words.noAnswer}`);
    const maps = answer.weights ?? answer.left_weights;
    this.headsBox.hidden = !maps;
    if (maps) {
      this.heads.paint({ labels: answer.tokens.map((/** @type {any} */ { text }) => text), maps,
      selected: null }, palette);
    }
    Object.assign(this.root.dataset, { says: step,
      top: places[0] ? (places[0].both ?? places[0].left)[0].token : "",
      p: one?.p ?? one?.none ?? "" });
  }

  /** @param {Run} run @param {Saved | null} inspected */
  paintCurves(run, inspected) {
    const { words, palette, overlays, curves } = this;
    const marks = run.rates.slice(1)
      .map(([x, rate]) => ({ x, name: fill(words.rateMark, { rate: exact(rate) }) }));
    const common = { x: [0, Math.max(1, run.steps)], cursor: inspected?.step ?? null, marks };
    const others = overlays.filter(({ id }) => id !== run.id);
    /** @param {Run} of @param {boolean} faint */
    const loss = (of, faint) =>
      ({ key: `${of.id}.loss`, name: "", x: COUNTS, y: of.series.loss ?? [], role: "ink", faint });
    this.loss.paint({ ...common, y: null,
      series: [...others.map((other) => loss(other, true)), loss(run, false)] }, palette);
    /** @param {Run} of @param {string} name @param {boolean} faint */
    const score = (of, name, faint) => ({ key: `${of.id}.${name}`,
      name: faint ? "" : entry(curves, name),
      ...measured(of.series[name] ?? []), role: name === "first" ? "ink" : "0", dash: faint,
      faint });
    this.right.paint({ ...common, y: [0, 1], series: [
      ...others.flatMap((other) => [score(other, "first", true), score(other, "second", true)]),
      score(run, "second", false), score(run, "first", false),
    ] }, palette);
  }
}
