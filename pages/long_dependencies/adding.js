// The second picture of "Long dependencies": the adding problem, trained while one watches. The
// component talks to the engine's routes itself; the page hears only of what a person chose in
// here.

import { CELLS, cellsOf, colourOf, ROLES } from "../kit/cells.js";
import { head } from "../kit/controls.js";
import { Chart } from "../kit/chart.js";
import { button, el, fill, say, styles } from "../kit/dom.js";
import { RunNumberPath } from "../kit/number_path.js";
import { Sequences } from "./sequences.js";
import { exact, seen } from "../kit/scale.js";
import { RunView } from "../kit/run/view.js";
import { short } from "../kit/scores.js";
import { mounted } from "../kit/view.js";

const SOLVED = 0.01; // the mean squared error below which the literature calls the problem solved
const LEARNS = 0.8; // of the trivial error: below, a network has begun to remember
const COUNTS = Float64Array.from({ length: 5001 }, (_, i) => i + 1); // of steps, from 1

const style = await styles("kit/base.css", "kit/run/panel.css", "kit/opened.css",
  "long_dependencies/view.css");

export const { mount, unmount } = mounted(() => AddingView);

/** @extends {RunView<AddingData>} */
class AddingView extends RunView {
  lowest = 1; // of the losses of the run on show
  wasOpen = false; // a number, when the page heard last

  /** @param {HTMLElement} host @param {AddingData} data @param {Send} send */
  constructor(host, data, send) {
    const { words } = data;
    super(host, data, send, {
      name: "adding", style, job: "adding", picture: ".pictures",
      columns: [{
        name: words.test,
        value: (run) => cellsOf(run).map((cell) => short(run.marks[`${cell}.test`])),
        onOpen: async (run, n) => {
          await this.look(run);
          this.arithmetic.open({ of: cellsOf(run)[n] });
        },
      }],
      roles: (run) => cellsOf(run).map((cell) => ROLES[cell]),
    });
    this.chart = this.own(new Chart({ label: words.lossLabel, height: 250, log: true,
      xName: words.step, yName: words.mse }));
    this.arithmetic = this.makeArithmetic();
    this.sequences = this.own(new Sequences(words,
      { onNumber: (of, sequence) => this.arithmetic.open({ of, sequence }) }));
    this.origin = el("span", { class: "origin", "data-fp": "adding-origin" });
    this.scores = CELLS.map((cell) => this.score(cell));
    this.always = this.opens("trivial");
    this.trivial = el("td", { "data-fp": "trivial" }, this.always);
    const baseline = el("tr", { class: "baseline" },
      el("td", {}, el("i", { class: "swatch dotted" }), words.trivial), this.trivial, el("td", {}));
    const table = el("table", { class: "scores" },
      el("tbody", {}, ...this.scores.map(({ line }) => line), baseline));
    this.root.append(el("div", { class: "adding" }, this.panel.element,
      el("div", { class: "row pictures" },
        el("section", { "data-block": "loss" },
          head(words.lossTitle, words.lossNote, this.origin), this.chart.element),
        el("section", { "data-block": "scores" }, head(words.test, words.testNote), table)),
      el("section", { "data-block": "sequences" },
        head(words.sequencesTitle, words.sequencesNote), this.sequences.element),
      this.arithmetic.element, this.list.element));
    this.begin(":not(*)");
  }

  // A line of the table: test error, and what became of the network.
  /** @param {string} cell */
  score(cell) {
    const swatch = el("i", { class: "swatch" });
    const error = this.opens(cell);
    const test = el("td", { "data-fp": `${cell}-test` }, error);
    const fate = el("td", { class: "fate", "data-fp": `${cell}-fate` });
    const line = el("tr", { class: "cell" },
      el("td", {}, swatch, this.words.cells[cell]), test, fate);
    return { cell, swatch, error, test, fate, line };
  }

  // A test error that opens.
  /** @param {string} of */
  opens(of) {
    const open = () => this.arithmetic.open({ of });
    return button("", open, { class: "opens", "data-fp": `open-${of}` });
  }

  /** @returns {RunNumberPath} */
  makeArithmetic() {
    const { words } = this;
    return new RunNumberPath(this, "number", {
      levels: ["sequence", "unit"],
      below: (array, [first, second]) => {
        if (array === "prediction") return { sequence: first };
        return array === "h" && this.arithmetic.query?.unit == null ? { unit: second } : null;
      },
      nameOf: (array, at) => (array === "prediction"
        ? fill(words.sequenceOf, { sequence: at[0] + 1 }) : `h ${at[at.length - 1]}`),
      titleOf: ({ query: { of, sequence, unit } }) => {
        const level = unit != null ? "unit" : sequence != null ? "prediction" : "test";
        return fill(words.numbers[level],
          { cell: words.cells[of] ?? words.trivial, sequence: sequence + 1, unit });
      },
    });
  }

  // The page hears only of what was chosen in here, and of the number that is open.
  notify(config = {}) {
    const open = Boolean(this.arithmetic.query);
    if (Object.keys(config).length || open || this.wasOpen) super.notify(config);
    this.wasOpen = open;
  }

  more() {
    return { sum: this.arithmetic.query };
  }

  theme() {
    super.theme();
    for (const { cell, swatch } of this.scores) {
      swatch.style.background = colourOf(this.palette, cell);
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
    const { step, marks, pictures } = this.inspected ?? run;
    say(this.origin,
      this.words.origins[run.shipped ? "shipped" : step === 0 ? "random" : "trained"]);
    this.paintLoss(run, marks);
    this.paintScores(run, marks);
    this.sequences.paint(pictures, cellsOf(run), this.palette);
    this.arithmetic.ask();
    this.root.dataset.answers = String(this.updates);
  }

  /** @param {Run} run @param {Saved["marks"]} marks */
  paintLoss(run, marks) {
    const { words } = this;
    /** @param {Run} of @param {boolean} faint */
    const curves = (of, faint) => cellsOf(of).map((cell) => ({
      key: `${of.id}.${cell}`, name: faint ? "" : words.cells[cell], x: COUNTS,
      y: of.series[`${cell}.loss`] ?? [], role: ROLES[cell], faint,
    }));
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

  /** @param {Run} run @param {Saved["marks"]} marks */
  paintScores(run, marks) {
    const here = cellsOf(run);
    for (const { cell, error: shown, test, fate, line } of this.scores) {
      const error = marks[`${cell}.test`];
      line.hidden = !here.includes(cell);
      say(shown, short(error));
      test.dataset.value = error ?? "";
      const kind =
        error < SOLVED ? "solved" : error < LEARNS * marks.trivial ? "learns" : "guesses";
      say(fate, seen(error) ? this.words.fates[kind] : "");
    }
    say(this.always, short(marks.trivial));
  }
}
