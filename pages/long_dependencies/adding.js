// The second picture of "Long dependencies": the adding problem, trained while one watches. The component talks to the
// engine's routes itself; the page hears only of what a person chose in here.

import { Chart } from "../kit/chart.js";
import { el, fill, say, styles } from "../kit/dom.js";
import { Sequences } from "./sequences.js";
import { CELLS, ROLE } from "./unrolled.js";
import { Panel } from "../kit/panel.js";
import { RunList } from "../kit/run_list.js";
import { Runs } from "../kit/runs.js";
import { exact, seen } from "../kit/scale.js";
import { snapshot } from "../kit/snapshot.js";
import { followSteps, step } from "../kit/steps.js";
import { onThemeChange, palette } from "../kit/theme.js";
import { mounted } from "../kit/views.js";

const SOLVED = 0.01; // the mean squared error below which the literature calls the problem solved
const LEARNS = 0.8; // of the trivial error: below, a network has begun to remember

const style = await styles("kit/base.css", "kit/panel.css", "long_dependencies/view.css");

export const { mount, unmount } = mounted((...all) => new AddingView(...all));

class AddingView {
  constructor(host, data, send) {
    Object.assign(this, { host, data, send, words: data.words, overlays: [], looked: null, updates: 0 });
    this.runs = new Runs(data.base, "adding", {
      onChange: (run) => this.changed(run), onTrouble: (trouble) => this.panel.trouble(trouble),
    });
    this.build();
    this.theme();
    onThemeChange(this.root, () => this.theme());
    this.leaveSteps = followSteps((detail) => step(this.root, detail, ":not(*)"));
    this.first();
  }

  close() {
    this.runs.close();
    this.chart.close();
    this.sequences.close();
    this.leaveSteps();
    this.root.remove();
  }

  // At first sight: the run of before a reload, if it is what the page asks for; else the shipped example.
  async first() {
    const listed = await this.runs.list();
    const restored = await this.runs.restore();
    if (!restored || !(restored.shipped || this.same(restored.config))) {
      const example = listed.find(({ shipped }) => shipped);
      if (this.begun) return; // somebody was quicker
      if (example) await this.runs.open(example.id);
      else await this.runs.begin(this.data.config, { play: false });
    }
    this.list.refresh();
  }

  chosen() {
    this.begun = true;
    return this.data.config;
  }

  same(config, ...but) {
    const { config: wanted } = this.data;
    return Object.keys(wanted).every((key) => but.includes(key) || wanted[key] === config[key]);
  }

  // Another config is another run: it begins at once, and plays if the one before did. The learning rate alone changes
  // in flight.
  async receive(data, send) {
    const before = this.data;
    Object.assign(this, { data, send });
    if (JSON.stringify(before.config) === JSON.stringify(data.config)) return;
    const { mine, playing } = this.panel;
    const { learning_rate } = data.config;
    this.panel.setRate(learning_rate);
    if (mine && this.same(mine.config)) return;
    if (mine && this.same(mine.config, "learning_rate")) {
      if (mine.learning_rate !== learning_rate) await this.runs.do("rate", { learning_rate });
      return;
    }
    if (mine) await this.runs.do(mine.step || playing ? "pause" : "forget");
    this.panel.present();
    if (!(await this.runs.begin(data.config, { play: playing }))) return;
    if (mine?.step) await this.list.show(mine.id);
    this.list.refresh();
  }

  // -- the picture -----------------------------------------------------------------------------------------------

  build() {
    const { words, runs, data } = this;
    this.panel = new Panel(words, runs, {
      config: () => this.chosen(), rate: data.config.learning_rate,
      onLook: (saved) => this.look(saved), onBegin: () => this.list.refresh(),
      onRate: (rate) => this.send("view", { config: { learning_rate: rate }, told: performance.now() }),
    });
    this.list = new RunList(words, runs, {
      columns: [{ name: words.test, value: (run) => cellsOf(run).map((cell) => short(run.marks[`${cell}.test`])).join(" · ") }],
      roles: (run) => cellsOf(run).map((cell) => ROLE[cell]),
      onShow: (overlays) => { this.overlays = overlays; this.paintLoss(); },
      onOpen: (run) => run.shipped || this.send("view", { config: run.config, told: performance.now() }),
      picture: () => snapshot(this.root.querySelector(".pictures"), this.palette), palette: () => this.palette,
    });
    this.chart = new Chart({ label: words.lossLabel, height: 250, log: true, xName: words.step, yName: words.mse });
    this.sequences = new Sequences(words);
    this.origin = el("span", { class: "origin", "data-fp": "adding-origin" });
    this.rows = Object.fromEntries(CELLS.map((cell) => [cell, el("td", { "data-fp": `${cell}-test` })]));
    this.fates = Object.fromEntries(CELLS.map((cell) =>
      [cell, el("td", { class: "fate", "data-fp": `${cell}-fate` })]));
    this.trivial = el("td", { "data-fp": "trivial" });
    this.swatches = Object.fromEntries(CELLS.map((cell) => [cell, el("i", { class: "swatch" })]));
    this.lines = Object.fromEntries(CELLS.map((cell) => [cell,
      el("tr", { class: "cell" }, el("td", {}, this.swatches[cell], words.cells[cell]), this.rows[cell], this.fates[cell])]));
    const head = (title, note, ...more) =>
      el("div", { class: "head" }, el("h3", {}, title), el("span", { class: "note" }, note), ...more);
    this.root = el("div", { class: "fp", "data-fp": "adding" },
      el("style", {}, style),
      el("div", { class: "adding" }, this.panel.element,
        el("div", { class: "row pictures" },
          el("section", { "data-block": "loss" }, head(words.lossTitle, words.lossNote, this.origin), this.chart.element),
          el("section", { "data-block": "scores" }, head(words.test, words.testNote),
            el("table", { class: "scores" }, el("tbody", {}, ...CELLS.map((cell) => this.lines[cell]),
              el("tr", { class: "baseline" },
                el("td", {}, el("i", { class: "swatch dotted" }), words.trivial), this.trivial, el("td", {})))))),
        el("section", { "data-block": "sequences" }, head(words.sequencesTitle, words.sequencesNote), this.sequences.element),
        this.list.element));
    this.host.append(this.root);
  }

  theme() {
    this.palette = palette(this.root);
    for (const cell of CELLS) this.swatches[cell].style.background = this.palette.category(ROLE[cell]);
    this.list.paint();
    if (this.runs.run) this.paint();
  }

  changed(run) {
    if (run.id !== this.shown) Object.assign(this, { shown: run.id, looked: null, lowest: 1 });
    this.panel.paint(run);
    this.paint();
    this.root.dataset.updates = ++this.updates;
    const ended = !["running", "waiting"].includes(run.status);
    if (ended && !this.ended) this.list.refresh();
    this.ended = ended;
  }

  look(saved) {
    this.looked = saved;
    this.paint();
  }

  paint() {
    const { run } = this.runs;
    if (!run) return;
    const { marks, pictures } = this.looked ?? run;
    const at = this.looked?.step ?? run.step;
    say(this.origin, this.words.origins[run.shipped ? "shipped" : at === 0 ? "random" : "trained"]);
    this.paintLoss();
    this.paintScores(run, marks);
    this.sequences.paint(pictures, cellsOf(run), this.palette);
    this.root.dataset.answers = this.updates;
  }

  paintLoss() {
    const { run } = this.runs;
    if (!run) return;
    const { words } = this;
    const curves = (of, faint) => cellsOf(of).map((cell) => ({
      key: `${of.id}.${cell}`, name: faint ? "" : words.cells[cell], y: of.series[`${cell}.loss`] ?? [],
      x: counted(of.series[`${cell}.loss`]?.length ?? 0), role: String(ROLE[cell]), faint,
    }));
    const { marks } = this.looked ?? run;
    this.chart.paint({
      series: [...this.overlays.filter(({ id }) => id !== run.id).flatMap((of) => curves(of, true)), ...curves(run, false)],
      lines: [{ y: marks.trivial, name: words.mean, role: "grey" }],
      x: [0, run.steps], y: this.range(run), cursor: this.looked?.step ?? null,
      marks: run.rates.slice(1).map(([x, rate]) => ({ x, name: fill(words.rateMark, { rate: exact(rate) }) })),
    }, this.palette);
  }

  // Whole decades below one that only ever grow while the same run is looked at.
  range(run) {
    for (const value of cellsOf(run).flatMap((cell) => run.series[`${cell}.loss`] ?? [])) {
      if (seen(value) && value > 0) this.lowest = Math.min(this.lowest, value);
    }
    return [10 ** Math.min(-2, Math.floor(Math.log10(this.lowest))), 1];
  }

  paintScores(run, marks) {
    const { words } = this;
    const here = cellsOf(run);
    for (const cell of CELLS) {
      const error = marks[`${cell}.test`];
      this.lines[cell].hidden = !here.includes(cell);
      say(this.rows[cell], short(error));
      this.rows[cell].dataset.value = error ?? "";
      const fate = error < SOLVED ? "solved" : error < LEARNS * marks.trivial ? "learns" : "guesses";
      say(this.fates[cell], seen(error) ? words.fates[fate] : "");
    }
    say(this.trivial, short(marks.trivial));
  }
}

const cellsOf = ({ config }) => (config.cell === "race" ? CELLS : [config.cell]);

const short = (value) => (seen(value) ? exact(Number(value.toPrecision(3))) : "–");

// 1, 2, 3, ...: the first value of a curve belongs to step 1.
let numbers = [];
function counted(length) {
  if (numbers.length < length) numbers = Array.from({ length: length + 500 }, (_, i) => i + 1);
  return numbers;
}
