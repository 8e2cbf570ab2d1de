// @ts-nocheck
// The second picture of "Long dependencies": the adding problem, trained while one watches. The
// component talks to the engine's routes itself; the page hears only of what a person chose in
// here.

import { head } from "../kit/controls.js";
import { Chart } from "../kit/chart.js";
import { el, fill, say, styles } from "../kit/dom.js";
import { Sequences } from "./sequences.js";
import { CELLS, ROLE } from "./unrolled.js";
import { exact, seen } from "../kit/scale.js";
import { RunView } from "../kit/run/view.js";
import { mounted } from "../kit/view.js";

const SOLVED = 0.01; // the mean squared error below which the literature calls the problem solved
const LEARNS = 0.8; // of the trivial error: below, a network has begun to remember

const style = await styles("kit/base.css", "kit/run/panel.css", "long_dependencies/view.css");

export const { mount, unmount } = mounted(() => AddingView);

/** @extends {RunView<AddingData>} */
class AddingView extends RunView {
  /** @type {number} */
  lowest;

  /** @param {HTMLElement} host @param {AddingData} data @param {Send} send */
  constructor(host, data, send) {
    const { words } = data;
    /** @param {Run} run */
    const tested =
      (run) => cellsOf(run).map((cell) => short(run.marks[`${cell}.test`])).join(" · ");
    super(host, data, send, {
      name: "adding", style, job: "adding", picture: ".pictures",
      columns: [{ name: words.test, value: tested }],
      roles: (run) => cellsOf(run).map((cell) => ROLE[cell]),
    });
    this.chart = this.own(new Chart({ label: words.lossLabel, height: 250, log: true,
      xName: words.step, yName: words.mse }));
    this.sequences = new Sequences(words);
    this.origin = el("span", { class: "origin", "data-fp": "adding-origin" });
    this.rows =
      Object.fromEntries(CELLS.map((cell) => [cell, el("td", { "data-fp": `${cell}-test` })]));
    this.fates = Object.fromEntries(CELLS.map((cell) =>
      [cell, el("td", { class: "fate", "data-fp": `${cell}-fate` })]));
    this.trivial = el("td", { "data-fp": "trivial" });
    this.swatches = Object.fromEntries(CELLS.map((cell) => [cell, el("i", { class: "swatch" })]));
    this.lines = Object.fromEntries(CELLS.map((cell) => [cell,
      el("tr", { class: "cell" }, el("td", {}, this.swatches[cell], words.cells[cell]),
        this.rows[cell], this.fates[cell])]));
    this.root.append(el("div", { class: "adding" }, this.panel.element,
        el("div", { class: "row pictures" },
          el("section", { "data-block": "loss" },
            head(words.lossTitle, words.lossNote, this.origin), this.chart.element),
          el("section", { "data-block": "scores" }, head(words.test, words.testNote),
            el("table", { class: "scores" },
              el("tbody", {}, ...CELLS.map((cell) => this.lines[cell]),
              el("tr", { class: "baseline" },
                el("td", {}, el("i", { class: "swatch dotted" }), words.trivial), this.trivial,
                el("td", {})))))),
        el("section", { "data-block": "sequences" },
          head(words.sequencesTitle, words.sequencesNote), this.sequences.element),
        this.list.element));
    this.begin(":not(*)");
  }

  // The page hears only of what was chosen in here.
  notify(config = {}) {
    if (Object.keys(config).length) super.notify(config);
  }

  report() {
    const config = this.chosen;
    this.chosen = {};
    return { config };
  }

  theme() {
    super.theme();
    for (const cell of CELLS) {
      this.swatches[cell].style.background = this.palette.category(ROLE[cell]);
    }
  }

  /** @param {Run} run */
  changed(run) {
    if (run.id !== this.shown) this.lowest = 1;
    super.changed(run);
  }

  repaint() {
    const { run } = this.runs;
    if (!run) return;
    const { marks, pictures } = this.inspected ?? run;
    const at = this.inspected?.step ?? run.step;
    say(this.origin, this.words.origins[run.shipped ? "shipped" : at === 0 ? "random" : "trained"]);
    this.paintLoss();
    this.paintScores(run, marks);
    this.sequences.paint(pictures, cellsOf(run), this.palette);
    this.root.dataset.answers = String(this.updates);
  }

  paintLoss() {
    const { run } = this.runs;
    if (!run) return;
    const { words } = this;
    /** @param {Run} of @param {boolean} faint */
    const curves = (of, faint) => cellsOf(of).map((cell) => ({
      key: `${of.id}.${cell}`, name: faint ? "" : words.cells[cell],
      y: of.series[`${cell}.loss`] ?? [],
      x: counted(of.series[`${cell}.loss`]?.length ?? 0), role: String(ROLE[cell]), faint,
    }));
    const { marks } = this.inspected ?? run;
    this.chart.paint({
      series: [...this.overlays.filter(({ id }) => id !== run.id).flatMap((of) => curves(of, true)),
        ...curves(run, false)],
      lines: [{ y: marks.trivial, name: words.mean, role: "grey" }],
      x: [0, run.steps], y: this.range(run), cursor: this.inspected?.step ?? null,
      marks: run.rates.slice(1)
        .map(([x, rate]) => ({ x, name: fill(words.rateMark, { rate: exact(rate) }) })),
    }, this.palette);
  }

  // Whole decades below one that only ever grow while the same run is looked at.
  /** @param {Run} run */
  range(run) {
    for (const value of cellsOf(run).flatMap((cell) => run.series[`${cell}.loss`] ?? [])) {
      if (seen(value) && value > 0) this.lowest = Math.min(this.lowest, value);
    }
    return [10 ** Math.min(-2, Math.floor(Math.log10(this.lowest))), 1];
  }

  /** @param {Run} run @param {any} marks */
  paintScores(run, marks) {
    const { words } = this;
    const here = cellsOf(run);
    for (const cell of CELLS) {
      const error = marks[`${cell}.test`];
      this.lines[cell].hidden = !here.includes(cell);
      say(this.rows[cell], short(error));
      this.rows[cell].dataset.value = error ?? "";
      const fate =
        error < SOLVED ? "solved" : error < LEARNS * marks.trivial ? "learns" : "guesses";
      say(this.fates[cell], seen(error) ? words.fates[fate] : "");
    }
    say(this.trivial, short(marks.trivial));
  }
}

/** @param {Run} options */
const cellsOf = ({ config }) => (config.cell === "race" ? CELLS : [config.cell]);

/** @param {number} value */
const short = (value) => (seen(value) ? exact(Number(value.toPrecision(3))) : "–");

// 1, 2, 3, ...: the first value of a curve belongs to step 1.
let numbers = [];
/** @param {number} length */
function counted(length) {
  if (numbers.length < length) numbers = Array.from({ length: length + 500 }, (_, i) => i + 1);
  return numbers;
}
