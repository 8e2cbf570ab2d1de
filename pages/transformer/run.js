// The tab "Train it" of "Transformer": a network learns a task while one watches. The
// component talks to the engine's routes itself; the page hears only of what a person chose in
// here.

import { head } from "../kit/controls.js";
import { Chart } from "../kit/chart.js";
import { el, entry, fill, number, percent, say, styles } from "../kit/dom.js";
import { Edges } from "../kit/edges.js";
import { Heads } from "../kit/heads.js";
import { Heat } from "../kit/heat.js";
import { RunView } from "../kit/run/view.js";
import { RunScore, scoring } from "../kit/score.js";
import { RunTrace } from "../kit/trace_number.js";
import { CROSS, mayRead } from "./mask.js";
import { RunNumber } from "./number.js";
import { mounted } from "../kit/view.js";
import { exact, measured } from "../kit/scale.js";

const START = 1; // where <start> stands among all tokens
// the first value of a curve belongs to step 1
const COUNTS = Float64Array.from({ length: 5_000 }, (_, i) => i + 1);

const style = await styles("kit/base.css", "kit/run/panel.css", "kit/heads.css", "kit/edges.css",
  "kit/heat.css", "kit/opened.css", "kit/trace_number.css", "kit/run/run.css",
  "transformer/run.css");

export const { mount, unmount } = mounted(() => TransformerRunView);

/** @extends {RunView<TransformerRunData>} */
class TransformerRunView extends RunView {
  /** @type {{ layer: number, head: number } | null} */
  picked = null;
  here = { layer: 0, head: 0 }; // the head that is on show
  /** @type {number | null} */
  row = null;
  /** @type {string[]} */
  source = [];
  /** @type {string[]} */
  truth = [];
  /** @type {string[]} source, and what the decoder reads */
  fed = [];

  /** @param {HTMLElement} host @param {TransformerRunData} data @param {Send} send */
  constructor(host, data, send) {
    const { words } = data;
    /** @param {string} name */
    const share = (name) =>
      (/** @type {Run} */ run) => (run.marks[name] == null ? "–" : percent(run.marks[name]));
    /** @param {string} part */
    const opens = (part) => async (/** @type {Run} */ run) => {
      await this.look(run);
      this.score.open("accuracy", part);
    };
    super(host, data, send, {
      name: "transformer-run", style, job: "translate", picture: ".pictures",
      columns: [
        { name: words.colTokens, value: share("token_accuracy"), onOpen: opens("tokens") },
        { name: words.colExact, value: share("exact"), onOpen: opens("texts") },
      ],
    });
    this.score = new RunScore(this, words.scored);
    this.heads = new Heads({ key: "run-cross", words: words.heads,
      onPick: (layer, head) => { this.picked = { layer, head }; this.repaint(); } });
    /** @param {number} row @param {number} column @param {number} value */
    const labelOf = (row, column, value) => fill(words.edge,
      { reader: this.truth[row], read: this.source[column], weight: number(value ?? 0) });
    this.number = new RunTrace(this, (onNumber) => new RunNumber(words.number, onNumber));
    this.edges = new Edges({ key: "run-edges", labelOf, onPick: (row, column) => {
      if (row !== null && column !== null) return this.openWeight(row, column);
      this.row = this.row === row ? null : row;
      this.repaint();
    } });
    this.mask = new Heat({ key: "run-mask", title: "", onPick: () => {},
      labelOf: (row, column, value) => this.saysMask(row, column, value) });
    /** @param {string} name */
    const line = (name) => el("span", { class: "tokens", "data-fp": `run-${name}` });
    this.lines = { source: line("source"), truth: line("truth"), said: line("said") };
    this.origin = el("span", { class: "origin", "data-fp": "run-origin" });
    this.right = this.own(new Chart({ label: words.rightLabel, height: 230, xName: words.step,
      yName: words.share }));
    this.loss = this.own(new Chart({ label: words.lossLabel, height: 170, xName: words.step,
      yName: words.crossEntropy }));
    /** @param {string} name @param {...any} content */
    const block = (name, ...content) => el("section", { "data-block": name }, ...content);
    this.root.append(el("div", { class: "training" }, this.panel.element,
        el("div", { class: "pictures" },
          block("run-said", head(words.saidTitle, "", this.origin),
            el("dl", { class: "said-lines" }, ...Object.entries(this.lines).flatMap(
              ([name, tokens]) => [el("dt", {}, entry(words, name)), el("dd", {}, tokens)]))),
          el("div", { class: "row" },
            block("right", head(words.rightTitle, words.rightNote), this.right.element,
              head(words.lossTitle, "",
                scoring(this.score, "tokens", "loss", words.scored.lossHeld)), this.loss.element),
            el("div", { class: "beside-charts" },
              block("maps", head(words.mapsTitle, words.mapsNote), this.heads.element,
                this.edges.element, el("p", { class: "note" }, words.edgeHint)),
              block("who", head(words.maskTitle, words.maskNote), this.mask.element))),
          this.number.shown.element),
        this.score.element, this.list.element));
    this.begin(":not(*)");
  }

  more() {
    return { number: this.number.place };
  }

  /** @param {number} row @param {number} column */
  openWeight(row, column) {
    const { layer, head } = this.here;
    // a decoder alone has source and answer in one row of tokens
    this.number.open(this.alone
      ? { array: `decoder_${layer}_attention_weights`,
        index: [head, this.source.length + row, column] }
      : { array: `decoder_${layer}_cross_weights`, index: [head, row, column] });
  }

  get alone() {
    return this.runs.run?.config.network === "decoder";
  }

  // What the network reads: the source, then the answer as far as it is there.
  /** @param {number} row @param {number} column @param {number} value */
  saysMask(row, column, value) {
    const { words, fed } = this;
    const says = value === CROSS ? words.maskCross : value ? words.maskReads : words.maskNot;
    return fill(says, { reader: fed[row], read: fed[column] });
  }

  repaint() {
    const { run } = this.runs;
    if (!run) return;
    const { inspected, words, overlays } = this;
    const shown = inspected ?? run;
    const { cross, said } = shown.pictures;
    const at = inspected?.step ?? run.step;
    if (!cross) return; // a new run that has not begun: what was there stays
    const task = this.data.tasks[run.config.task];
    const { source, truth, all } = task;
    this.source = source;
    this.truth = truth;
    say(this.origin, words.origins[at === 0 ? "random" : run.shipped ? "shipped" : "trained"]);
    paintLine(this.lines.source, source);
    paintLine(this.lines.truth, truth);
    paintLine(this.lines.said, said.map((/** @type {number} */ id) => all[id]), truth);
    this.paintMaps(cross);
    this.fed = [...source, all[START], ...truth.slice(0, -1)];
    this.mask.paint({ values: mayRead(run.config, source.length, truth.length), signed: false },
      this.palette);
    this.paintCharts(run, overlays, inspected);
    const rows = this.alone ? { ...task, truth: [...source, ...truth] } : task;
    Object.assign(this.number.shown, { task: rows });
    this.number.ask();
    this.score.ask();
    this.root.dataset.answers = String(this.updates);
  }

  /** @param {number[][][][]} cross */
  paintMaps(cross) {
    const { source, truth } = this;
    const last = cross.length - 1;
    const selected =
      this.picked && cross[this.picked.layer]?.[this.picked.head] ? this.picked
      : { layer: last, head: sharpest(cross[last]) };
    this.here = selected;
    this.heads.paint({ labels: truth, columns: source.length, maps: cross, selected, largest: 1 },
      this.palette);
    this.edges.paint({ labels: truth, to: source, weights: cross[selected.layer][selected.head],
      row: this.row });
  }

  /** @param {Run} run @param {Run[]} overlays @param {Saved | null} inspected */
  paintCharts(run, overlays, inspected) {
    const { words, palette } = this;
    const others = overlays.filter(({ id }) => id !== run.id);
    const marks = run.rates.slice(1)
      .map(([x, rate]) => ({ x, name: fill(words.rateMark, { rate: exact(rate) }) }));
    const common = { x: [0, run.steps], cursor: inspected?.step ?? null, marks };
    /** @param {Run} of @param {boolean} faint */
    const curves = (of, faint) => [
      { key: `${of.id}.tokens`, name: faint ? "" : words.tokens, x: COUNTS,
        y: of.series.token_accuracy ?? [], role: "grey", faint },
      { key: `${of.id}.exact`, name: faint ? "" : words.exact, ...measured(of.series.exact ?? []),
        role: "ink", faint, dots: !faint },
    ];
    this.right.paint({ ...common, y: [0, 1], series:
      [...others.flatMap((other) => curves(other, true)), ...curves(run, false)] }, palette);
    /** @param {Run} of @param {boolean} faint */
    const loss = (of, faint) =>
      ({ key: `${of.id}.loss`, name: "", x: COUNTS, y: of.series.loss ?? [], role: "ink", faint });
    const most = Math.max(1, ...[run, ...others].map((of) => of.series.loss?.[0] ?? 0));
    this.loss.paint({ ...common, y: [0, Math.min(8, Math.ceil(most))],
      series: [...others.map((other) => loss(other, true)), loss(run, false)] }, palette);
  }
}

/** @param {HTMLElement} line @param {string[]} tokens @param {string[]} [right] to compare with */
function paintLine(line, tokens, right = tokens) {
  line.replaceChildren(...tokens.map((token, i) =>
    el("bdi", { class: right[i] !== token ? "wrong" : null }, token)));
}

// The head whose rows point most surely at one word.
/** @param {number[][][]} heads */
function sharpest(heads) {
  const sums = heads.map((rows) => rows.reduce((sum, row) => sum + Math.max(...row), 0));
  return sums.indexOf(Math.max(...sums));
}
