// A training of the small BERT while one watches: pre-training, or a task learnt from labels. What
// the network of each saved state says to the sentence on the page stands beside the curves, and a
// number of it, opened. The component talks to the engine's routes itself.

import { Chart } from "../kit/chart.js";
import { head } from "../kit/controls.js";
import { el, fill, percent, say, styles } from "../kit/dom.js";
import { Heads } from "../kit/heads.js";
import { Inspections } from "../kit/run/inspections.js";
import { RunView } from "../kit/run/view.js";
import { RunScore, scoring } from "../kit/score.js";
import { exact, measured } from "../kit/scale.js";
import { mounted } from "../kit/view.js";
import { Numbers } from "./numbers.js";
import { alone, Meter, Tokens, Tops } from "./parts.js";

/**
 * @typedef {{ tokens: HiddenAnswerToken[], weights?: number[][][][], left_weights?: number[][][][],
 *   places?: Partial<HiddenAnswerPlace>[], says?: { run: { p?: number } & Partial<SpanAnswerSay> }
 * }} Answer of whichever game the run learns
 */

const style = await styles("kit/base.css", "kit/run/panel.css", "kit/heat.css", "kit/heads.css",
  "kit/opened.css", "bert/view.css");
// the first value of a curve belongs to step 1
const COUNTS = Float64Array.from({ length: 5_001 }, (_, i) => i + 1);
const MOST = 3; // hidden words that are followed

export const { mount, unmount } = mounted(() => BertRunView);

/** @extends {RunView<BertRunData>} */
class BertRunView extends RunView {
  /** @type {{ id: string, step: number } | undefined} */
  before;
  /** @type {Answer | undefined} */
  answer;
  /** @type {import("./numbers.js").Place | null} the number that is opened */
  place = null;

  /** @param {HTMLElement} host @param {BertRunData} data @param {Send} send */
  constructor(host, data, send) {
    const { words } = data;
    const objective = words.objectives[data.config.objective];
    super(host, data, send, {
      name: "bert-run", classes: "bert", style, job: "bert", picture: ".pictures",
      columns: objective.marks.map(([name, label]) => ({ name: label,
        value: (run) => (run.marks[name] == null ? "–" : percent(run.marks[name])),
        onOpen: async (run) => {
          await this.look(run);
          this.score.open("accuracy", name);
        } })),
    });
    this.score = new RunScore(this, words.scored);
    this.inspections = this.own(new Inspections(`${data.base}/runs`, {
      onTrouble: (sentence) => say(this.trouble, sentence ?? ""),
    }));
    this.trouble = el("p", { class: "wrong", role: "status" });
    this.origin = el("span", { class: "origin", "data-fp": "bert-origin" });
    this.tokens = new Tokens({ key: "run", label: words.runText, every: true,
      onPick: (i) => this.pick(i) });
    this.tops = Array.from({ length: MOST }, (_, i) => this.top(i));
    this.meter = new Meter({ key: "run", name: "", low: words.negative, high: words.positive,
      onOpen: () => this.open("sentiment_probabilities", [0, 1]) });
    this.reply = el("p", { class: "found", "data-fp": "run-found" });
    this.heads = new Heads({ key: "run-heads", words: { name: words.head, layer: words.layer },
      onPick: (layer, at) => this.open(`layer_${layer}_attention_weights`, [at, 0, 0]) });
    this.headsBox = el("div", { hidden: true }, head(words.headsTitle), this.heads.element);
    this.numbers = new Numbers(words.numbers, { onOpen: (place) => this.openPlace(place),
      ask: (question) => this.askNumber(question) });
    this.loss = this.chart(words.lossLabel, words.lossUnit);
    this.right = this.chart(words.rightLabel, words.share);
    this.root.append(el("h2", {}, words.runTitle), this.panel.element,
      el("div", { class: "pictures" }, this.answerBox(objective),
        el("div", { class: "even" },
          el("section", { "data-block": "right" }, head(words.rightTitle, objective.measured),
            this.right.element),
          el("section", { "data-block": "loss" }, head(words.lossTitle, "",
            scoring(this.score, objective.marks[0][0], "loss", words.scored.lossHeld)),
          this.loss.element))),
      this.numbers.element, this.score.element, this.list.element);
    this.begin(":not(*)");
  }

  get objective() {
    return this.config.objective;
  }

  // -- building -----------------------------------------------------------------------------------

  // What the network of the state on show says.
  /** @param {BertRunWordsObjective} objective */
  answerBox({ note }) {
    this.meter.element.hidden = this.objective !== "sentiment";
    return el("section", { "data-block": "run-says" }, head(this.words.runSays, note), this.origin,
      this.trouble, this.tokens.element,
      el("div", { class: "three" }, ...this.tops.map(({ element }) => element)),
      this.meter.element, this.reply, this.headsBox);
  }

  /** @param {number} i */
  top(i) {
    const title = el("h3");
    const tops = new Tops({ key: `run-${i}`, count: 5, onOpen: (id) => this.openGuess(i, id) });
    return { title, tops, element: el("div", {}, title, tops.element) };
  }

  /** @param {string} label @param {string} yName */
  chart(label, yName) {
    return this.own(new Chart({ label, height: 180, xName: this.words.stepName, yName }));
  }

  // -- which run ----------------------------------------------------------------------------------

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

  /** @param {Run[]} listed @returns {Run | undefined} */
  example(listed) {
    const { config } = this;
    /** @param {Run} run */
    const alike = ({ config: other }) =>
      Number(other.start === config.start) + Number(other.direction === config.direction);
    return listed.filter((run) => run.shipped && this.isListed(run))
      .sort((a, b) => alike(b) - alike(a))[0];
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

  // The run with the saved state that is on show; null where there is none.
  get state() {
    const { runs: { run }, inspected } = this;
    if (!run?.saved.length || !this.isListed(run)) return null;
    const step = inspected?.step ?? run.step;
    return { run: run.id, step: run.saved.filter((at) => at <= step).at(-1) ?? run.saved[0] };
  }

  // -- a number, opened ---------------------------------------------------------------------------

  // Of an answer: how likely it begins at a token.
  /** @param {number} i */
  pick(i) {
    if (this.objective === "answer") this.open("ends_probabilities", [0, i]);
  }

  /** @param {number} i @param {number} id */
  openGuess(i, id) {
    const place = this.answer?.places?.[i];
    if (place?.at !== undefined) this.open("probabilities", [place.at - (place.both ? 0 : 1), id]);
  }

  /** @param {string} array @param {number[]} index */
  open(array, index) {
    const left = this.answer?.places && !this.answer.weights;
    const net = this.objective !== "pretrain" ? "pretrained" : left ? "left" : "both";
    this.openPlace({ net, step: 0, array, index });
  }

  /** @param {import("./numbers.js").Place} place */
  openPlace(place) {
    this.place = place;
    this.showNumber();
  }

  showNumber() {
    const { state, place, data } = this;
    if (state && place) {
      this.numbers.show({ about: data.question, place, order: "left" }, this.palette,
        JSON.stringify(state));
    }
  }

  /** @param {import("./numbers.js").Question} question */
  askNumber(question) {
    const { state } = this;
    if (!state) return;
    this.inspections.ask("number", state, { q: JSON.stringify(question) },
      (answer) => this.numbers.take(answer));
  }

  // -- painting -----------------------------------------------------------------------------------

  repaint() {
    const { runs: { run }, words, inspected, state } = this;
    if (!run) return;
    const step = inspected?.step ?? run.step;
    const { objective, start } = run.config;
    const first = objective === "pretrain" || start === "scratch" ? "random" : "begun";
    say(this.origin, words.origins[step === 0 ? first : run.shipped ? "shipped" : "trained"]);
    if (state) {
      this.inspections.ask("answer", state, { q: JSON.stringify(this.data.question) },
        (answer, about) => this.paintAnswer(answer, about.step));
    }
    this.paintCurves(run, inspected);
    this.showNumber();
    this.score.ask();
    Object.assign(this.root.dataset, { step, run: run.id, answers: this.updates });
  }

  /** @param {Answer} answer @param {number} step */
  paintAnswer(answer, step) {
    const { words, palette, objective } = this;
    this.answer = answer;
    const { tokens, places = [], says } = answer;
    const verdict = says?.run;
    this.paintTokens(answer);
    for (const [i, { title, tops, element }] of this.tops.entries()) {
      const place = places[i];
      element.hidden = !place;
      if (!place) continue;
      say(title, fill(words.placeTruthRun, { place: i + 1, truth: alone(place.truth ?? "?") }));
      tops.paint((place.both ?? place.left ?? []).slice(0, 5), place.truth);
    }
    this.meter.element.hidden = objective !== "sentiment";
    this.reply.hidden = objective !== "answer";
    if (verdict?.p !== undefined) {
      this.meter.paint(verdict.p, verdict.p >= 0.5 ? words.positive : words.negative);
    }
    if (objective === "answer") say(this.reply, verdict?.answer ?? words.noAnswer);
    const maps = answer.weights ?? answer.left_weights;
    this.headsBox.hidden = !maps;
    if (maps) {
      this.heads.paint({ labels: tokens.map(({ text }) => text), maps, selected: null }, palette);
    }
    Object.assign(this.root.dataset, { says: step,
      top: (places[0]?.both ?? places[0]?.left)?.[0].token ?? "",
      p: verdict?.p ?? verdict?.none ?? "" });
  }

  // Hidden words, or how likely an answer begins and ends at each token.
  /** @param {Answer} answer */
  paintTokens({ tokens, places = [], says }) {
    const hidden = new Set(places.map(({ at }) => at));
    const { start, end, span } = says?.run ?? {};
    const [from, to] = span ?? [-1, -1];
    this.tokens.paint(tokens, (i) => {
      if (hidden.has(i)) return { text: "?", class: "hidden-word" };
      return start && end ? { class: `spot${i >= from && i <= to ? " won" : ""}`,
        share: start[i], end: end[i] } : {};
    });
  }

  /** @param {Run} run @param {Saved | null} inspected */
  paintCurves(run, inspected) {
    const { words, palette, overlays } = this;
    const [first, second] = words.objectives[this.objective].curves;
    const marks = run.rates.slice(1)
      .map(([x, rate]) => ({ x, name: fill(words.rateMark, { rate: exact(rate) }) }));
    const common = { x: [0, Math.max(1, run.steps)], cursor: inspected?.step ?? null, marks };
    const others = overlays.filter(({ id }) => id !== run.id);
    /** @param {Run} of @param {boolean} faint */
    const loss = (of, faint) =>
      ({ key: `${of.id}.loss`, name: "", x: COUNTS, y: of.series.loss ?? [], role: "ink", faint });
    this.loss.paint({ ...common, y: null,
      series: [...others.map((other) => loss(other, true)), loss(run, false)] }, palette);
    /** @param {Run} of @param {"first" | "second"} key @param {string} name */
    const score = (of, key, name) => ({ key: `${of.id}.${key}`, name,
      ...measured(of.series[key] ?? []), role: key === "first" ? "ink" : "0", dash: !name,
      faint: !name });
    this.right.paint({ ...common, y: [0, 1], series: [
      ...others.flatMap((other) => [score(other, "first", ""), score(other, "second", "")]),
      score(run, "second", second), score(run, "first", first),
    ] }, palette);
  }
}
