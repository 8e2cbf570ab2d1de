// The picture of "Sine, live": loss, forecasts and their errors, of a run that trains while one watches. The component
// talks to the engine's routes itself; the page hears only of what a person chose in here.

import { Chart } from "./chart.js";
import { el, fill, say, styles } from "./dom.js";
import { Panel } from "./panel.js";
import { RunList } from "./run_list.js";
import { Runs } from "./runs.js";
import { exact, seen } from "./scale.js";
import { snapshot } from "./snapshot.js";
import { step } from "./steps.js";
import { onThemeChange, palette } from "./theme.js";

const ROLES = { rnn: "1", gru: "2", lstm: "0" }; // the same colours on every page
const BASELINES = ["persistence", "two_tap"];
const AGAIN = 1500; // ms
const LOWEST = 1e-7; // the loss axis ends here at the latest: what lies below is named, not drawn
const COUNTS = Float64Array.from({ length: 20_001 }, (_, i) => i + 1); // the first value of a curve belongs to step 1

const style = await styles("base.css", "panel.css", "sine.css");
const views = new WeakMap();

export function mount({ data, parentElement, setStateValue }) {
  const old = views.get(parentElement);
  if (old && old.data.language === data.language) return old.receive(data, setStateValue);
  old?.close();
  views.set(parentElement, new SineView(parentElement, data, setStateValue));
}

export function unmount(parentElement) {
  views.get(parentElement)?.close();
  views.delete(parentElement);
}

class SineView {
  constructor(host, data, send) {
    Object.assign(this, { host, data, send, words: data.words, overlays: [], looked: null, updates: 0 });
    this.runs = new Runs(data.base, "sine", {
      onChange: (run) => this.changed(run), onTrouble: (trouble) => this.panel.trouble(trouble),
    });
    this.build();
    this.theme();
    this.showHidden();
    onThemeChange(this.root, () => this.theme());
    this.onStep = (event) => step(this.root, event.detail, ".sine");
    document.addEventListener("forward-pass:step", this.onStep);
    document.dispatchEvent(new CustomEvent("forward-pass:step?"));
    this.first();
  }

  close() {
    this.runs.close();
    for (const chart of Object.values(this.charts)) chart.close();
    document.removeEventListener("forward-pass:step", this.onStep);
    this.root.remove();
  }

  // At first sight: the run of before a reload, if it is what the page asks for; else the shipped example.
  async first() {
    const listed = await this.runs.list();
    const restored = await this.runs.restore();
    if (!restored || !(restored.shipped || this.same(restored.config))) {
      const example = listed.find(({ shipped }) => shipped);
      if (example) await this.runs.open(example.id);
      else await this.runs.begin(this.config, { play: false });
    }
    if (!this.runs.run && this.root.isConnected) setTimeout(() => this.first(), AGAIN); // the server is away, or still starting
    this.list.refresh();
  }

  // -- what the page says ----------------------------------------------------------------------------------------

  get config() {
    return this.data.config;
  }

  same(config, ...but) {
    return Object.keys(this.config).every((key) => but.includes(key) || JSON.stringify(this.config[key]) === JSON.stringify(config[key]));
  }

  // Another config is another run: it begins at once, and plays if the one before did. The learning rate alone changes
  // in flight.
  async receive(data, send) {
    const before = this.data;
    Object.assign(this, { data, send });
    this.showHidden();
    if (JSON.stringify(before.config) === JSON.stringify(data.config)) return;
    const { mine, playing } = this.panel;
    this.panel.setRate(this.config.learning_rate);
    if (mine && this.same(mine.config)) return;
    if (mine && this.same(mine.config, "learning_rate")) {
      if (mine.learning_rate !== this.config.learning_rate) await this.runs.do("rate", { learning_rate: this.config.learning_rate });
      return;
    }
    if (this.config.kind === "table" && !this.config.values.length) return this.panel.trouble({ said: this.words.noColumn });
    if (mine) await this.runs.do(mine.step || playing ? "pause" : "forget");
    this.panel.present();
    if (!(await this.runs.begin(this.config, { play: playing }))) return;
    if (mine?.step) await this.list.show(mine.id);
    this.list.refresh();
  }

  showHidden() {
    for (const name of ["rate", "runs"]) this.root.classList.toggle(`without-${name}`, this.data.hidden.includes(name));
  }

  // -- the picture -----------------------------------------------------------------------------------------------

  build() {
    const { words, runs } = this;
    this.panel = new Panel(words, runs, {
      config: () => this.config, rate: this.config.learning_rate,
      onLook: (saved) => this.look(saved), onBegin: () => this.list.refresh(),
      onRate: (rate) => this.tell({ learning_rate: rate }),
    });
    this.list = new RunList(words, runs, {
      columns: [{ name: words.scoreOne, value: (run) => best(run, "one_step") }, { name: words.freeShort, value: (run) => best(run, "free_run") }],
      roles: (run) => cellsOf(run).map((cell) => ROLES[cell]),
      onShow: (overlays) => { this.overlays = overlays; this.paintLoss(); },
      onOpen: (run) => run.shipped || this.tell(run.config),
      picture: () => snapshot(this.root.querySelector(".pictures"), this.palette), palette: () => this.palette,
    });
    this.charts = {
      loss: new Chart({ label: words.lossLabel, height: 236, log: true, xName: words.step, yName: words.mse }),
      validation: new Chart({ label: `${words.oneTitle}, ${words.oneValidation}`, height: 124, yName: words.oneValidation }),
      train: new Chart({ label: `${words.oneTitle}, ${words.oneTrain}`, height: 140, yName: words.oneTrain, xName: words.time_step }),
      free: new Chart({ label: words.freeTitle, height: 272, xName: words.time_step }),
    };
    const { loss, validation, train, free } = this.charts;
    this.origin = el("span", { class: "origin", "data-fp": "origin" });
    this.scores = el("tbody", {});
    this.horizon = el("th", {});
    const head = (title, note, ...more) => el("div", { class: "head" }, el("h3", {}, title), el("span", { class: "note" }, note), ...more);
    const table = el("table", { class: "scores", "data-fp": "scores" },
      el("thead", {}, el("tr", {}, el("th", {}, ""), el("th", {}, words.scoreOne), this.horizon)), this.scores);
    this.root = el("div", { class: "fp", "data-fp": "sine" },
      el("style", {}, style),
      el("div", { class: "sine" }, this.panel.element,
        el("div", { class: "sine pictures" },
          el("div", { class: "row" },
            el("section", { "data-block": "loss" }, head(words.lossTitle, words.lossNote, this.origin), loss.element),
            el("section", { "data-block": "scores" }, head(words.scoresTitle, ""), table)),
          el("div", { class: "row forecasts" },
            el("section", { "data-block": "one" }, head(words.oneTitle, words.oneNote),
              el("div", { class: "pair" }, validation.element, train.element)),
            el("section", { "data-block": "free" }, head(words.freeTitle, words.freeNote), free.element))),
        this.list.element));
    this.host.append(this.root);
  }

  theme() {
    this.palette = palette(this.root);
    this.list.paint();
    if (this.runs.run) this.paint();
  }

  changed(run) {
    const other = run.id !== this.shown;
    if (other) Object.assign(this, { shown: run.id, looked: null, lowest: null });
    this.panel.paint(run);
    this.paint();
    this.root.dataset.updates = ++this.updates;
    const ended = !["running", "waiting"].includes(run.status);
    if (ended && (!this.ended || other)) {
      this.list.refresh();
      this.tell();
    }
    this.ended = ended;
    if (run.step > 0 && run.status === "running") this.timed();
  }

  // From the press on Play to the first loss that is on the screen.
  timed() {
    if (!performance.getEntriesByName("fp:play").length) return;
    requestAnimationFrame(() => setTimeout(() => {
      if (!performance.getEntriesByName("fp:play").length) return;
      performance.measure("fp:first-loss", "fp:play");
      performance.clearMarks("fp:play");
    }));
  }

  look(saved) {
    this.looked = saved;
    this.paint();
    this.tell();
  }

  // The page hears which run is on show, and of which step, once things stand still; and what was chosen in here.
  tell(config = {}) {
    this.chosen = { ...this.chosen, ...config };
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      const { id, shipped } = this.runs.run ?? {};
      this.send("view", { run: id && !shipped ? id : "", at: this.looked?.step ?? -1, config: this.chosen, told: performance.now() });
      this.chosen = {};
    }, 120);
  }

  paint() {
    const { run } = this.runs;
    if (!run) return;
    const { marks, pictures } = this.looked ?? run;
    const at = this.looked?.step ?? run.step;
    say(this.origin, this.words.origins[at === 0 ? "random" : run.shipped ? "shipped" : "trained"]);
    this.paintLoss();
    this.paintScores(run, marks);
    this.paintForecasts(run, pictures, marks);
    this.root.dataset.answers = this.updates;
  }

  paintLoss() {
    const { run } = this.runs;
    if (!run) return;
    const { words } = this;
    const race = cellsOf(run).length > 1;
    const curves = (of, faint, names) => cellsOf(of).flatMap((cell) => {
      const [loss, validation] = [of.series[`${cell}.loss`] ?? [], measured(of.series[`${cell}.validation`] ?? [])];
      return [{ key: `${of.id}.${cell}.v`, name: names[1], ...validation, role: ROLES[cell], dash: true, faint, dots: !faint && validation.y.length < 12 },
        { key: `${of.id}.${cell}`, name: names[0] ?? words.cells[cell], x: COUNTS, y: loss, role: ROLES[cell], faint }];
    });
    const series = [...this.overlays.filter(({ id }) => id !== run.id).flatMap((of) => curves(of, true, ["", ""])),
      ...curves(run, false, race ? [null, ""] : [words.training, words.validation])];
    const { marks } = this.looked ?? run;
    const lines = BASELINES.map((key) => ({ y: marks[key], name: words[key], role: "grey" })).filter(({ y }) => seen(y));
    this.charts.loss.paint({
      series, lines, x: [0, run.steps], y: this.lossRange(series, lines), cursor: this.looked?.step ?? null,
      marks: run.rates.slice(1).map(([x, rate]) => ({ x, name: fill(words.rateMark, { rate: exact(rate) }) })),
    }, this.palette);
  }

  // Whole decades that only ever grow while the same run is looked at.
  lossRange(series, lines) {
    let [low, high] = [1e-3, 1];
    const see = (value) => {
      if (seen(value) && value > 0) [low, high] = [Math.min(low, value), Math.max(high, value)];
    };
    for (const { y } of series) y.forEach(see);
    for (const { y } of lines) if (y > LOWEST) see(y);
    low = Math.min(this.lowest ?? 1, 10 ** Math.floor(Math.log10(Math.max(low, LOWEST))));
    this.lowest = low;
    return [low, 10 ** Math.ceil(Math.log10(high) - 1e-9)];
  }

  paintScores(run, marks) {
    const { words } = this;
    const cells = cellsOf(run);
    say(this.horizon, fill(words.scoreFree, { horizon: marks.horizon ?? 150 }));
    const key = cells.join();
    if (this.rows?.key !== key) {
      const row = (name, role, help) => {
        const [one, free] = [el("td", { "data-fp": `${name}-one_step` }), el("td", { "data-fp": `${name}-free_run` })];
        const swatch = el("i", { class: `swatch ${role ? "" : "dotted"}`, style: role ? `background:${this.palette.category(Number(role))}` : "" });
        const element = el("tr", { class: role ? "cell" : "baseline", title: help }, el("td", {}, swatch, words.cells[name] ?? words[name]), one, free);
        return { name, one, free, element };
      };
      this.rows = [...cells.map((cell) => row(cell, ROLES[cell])),
        row("persistence", null, words.persistenceHelp), row("two_tap", null, words.twoTapHelp)];
      this.rows.key = key;
      this.scores.replaceChildren(...this.rows.map(({ element }) => element));
    }
    for (const { name, one, free } of this.rows) {
      const values = [marks[`${name}.one_step`] ?? marks[name], marks[`${name}.free_run`]];
      [one, free].forEach((cell, i) => {
        say(cell, short(values[i]));
        cell.dataset.value = values[i] ?? "";
      });
    }
  }

  paintForecasts(run, pictures, marks) {
    const { words, palette } = this;
    const cells = cellsOf(run);
    const whole = (truth, of, key) => ({
      series: [{ key: "truth", name: words.truth, y: truth, role: "ink", broad: true },
        ...cells.map((cell) => ({ key: cell, name: words.cells[cell], y: of[`${cell}.${key}`] ?? pictures[`${cell}.${key}`] ?? [], role: ROLES[cell],
          dots: (of[`${cell}.${key}`] ?? []).filter(seen).length === 1 }))],
      y: around(truth),
    });
    if (pictures.truth) this.charts.validation.paint(whole(pictures.truth, pictures, "one_step"), palette);
    if (pictures["train.truth"]) this.charts.train.paint(whole(pictures["train.truth"], pictures, "train"), palette);
    const truth = pictures["free.truth"];
    if (!truth) return;
    const warm = marks.warm ?? 0;
    const later = truth.map((_, i) => warm + i);
    this.charts.free.paint({
      series: [{ key: "truth", name: words.truth, y: truth, role: "ink", broad: true },
        ...cells.map((cell) => ({ key: cell, name: words.cells[cell], x: later, y: pictures[`${cell}.free_run`] ?? [], role: ROLES[cell] }))],
      y: around(truth), marks: [{ x: warm, name: words.freeMark }],
    }, palette);
  }
}

const cellsOf = ({ config }) => (config.cell === "race" ? ["rnn", "gru", "lstm"] : [config.cell]);

// A curve that is measured now and then, as points to be joined.
function measured(values) {
  const at = values.map((value, i) => (seen(value) ? i : -1)).filter((i) => i >= 0);
  return { x: at.map((i) => i + 1), y: at.map((i) => values[i]) };
}

// Room around the truth; a forecast that leaves it is cut off rather than flattening everything.
function around(truth) {
  const [low, high] = [Math.min(...truth), Math.max(...truth)];
  const margin = (high - low || 1) * 0.18;
  return [low - margin, high + margin];
}

const short = (value) => (seen(value) ? exact(Number(value.toPrecision(3))) : "–");

function best(run, key) {
  return cellsOf(run).map((cell) => short(run.marks[`${cell}.${key}`])).join(" · ");
}
