// Training in "Inside the cell": the controls, how often each cell is right as it learns, and the
// runs of this session.

import { Chart } from "../kit/chart.js";
import { ROLES } from "../kit/cells.js";
import { el } from "../kit/dom.js";
import { initialPalette } from "../kit/palette.js";
import { Panel } from "../kit/run/panel.js";
import { RunList } from "../kit/run/list.js";
import { Runs } from "../kit/run/client.js";
import { ScoreNumber } from "../kit/score.js";
import { snapshot } from "../kit/snapshot.js";

const SMOOTH = 0.85; // of a running mean: a batch of 64 alone jumps by several points
const AGAIN = 3000; // ms

// The setting can change while a run of another one is looked at: Play then begins a new run
// instead of going on with it.
class OwnPanel extends Panel {
  get mine() {
    const run = super.mine;
    if (!run || ["running", "waiting"].includes(run.status)) return run;
    return Object.entries(this.config()).every(([key, value]) => run.config[key] === value) ? run
      : null;
  }
}

// Of the shipped examples only the one in the language of the page.
class WordRuns extends Runs {
  language = "";

  async list() {
    const runs = await super.list();
    /** @param {Run} run */
    const ours = (run) => !run.shipped || run.config.language === this.language;
    return runs.some((run) => run.shipped && ours(run)) ? runs.filter(ours) : runs;
  }
}

export class Training {
  closed = false;
  ended = false;
  /** @type {Run[]} */
  overlays = [];
  /** @type {number | null} the step of a saved state that is on show */
  inspected = null;
  shown = "";
  palette = initialPalette;

  // config(): of the run that Play begins. onRun(run), onInspect(step | null): as in panel.js.
  // picture(): what the PNG shows.
  /**
   * @param {CellWords} words
   * @param {{ base: string, language: string, config: () => CellConfig, onRun: (run: Run) => void,
   *   onInspect: (step: number | null) => void, picture: () => HTMLElement }} options
   */
  constructor(words, { base, language, config, onRun, onInspect, picture }) {
    this.words = words;
    this.onRun = onRun;
    this.runs = new WordRuns(base, "words", { onChange: (run) => this.changed(run),
      onTrouble: (trouble) => this.panel?.trouble(trouble) });
    this.runs.language = language;
    this.panel = new OwnPanel(words.panel, this.runs, {
      config, onBegin: () => this.list.refresh(),
      onInspect: (saved) => {
        this.inspected = saved?.step ?? null;
        this.paint();
        onInspect(this.inspected);
      },
    });
    /** @type {Column[]} how often a listed run was right in the end, on the fixed sentences */
    const columns = words.cells.map(([cell, name]) =>
      ({ name, value: (run) => share(run.marks?.[`${cell}.accuracy`]),
        onOpen: async (run) => {
          await this.list.open(run.id);
          this.panel.present();
          this.score.open("accuracy", cell);
        } }));
    this.score = new ScoreNumber(words.scored, (live, query) => {
      const { run } = this.runs;
      const step = this.inspected ?? run?.saved.at(-1);
      if (run && step != null) live.inspect(`${base}/runs/${run.id}`, "score", { step, ...query });
    });
    this.list = new RunList(words.panel, this.runs, {
      columns, roles: () => [],
      onShow: (overlays) => { this.overlays = overlays; this.paint(); },
      picture: () => snapshot(picture(), this.palette), palette: () => this.palette,
    });
    this.chart = new Chart({ label: words.rightLabel, height: 132, yName: words.right,
      xName: words.stepName });
    this.element = el("div", { class: "engine" }, this.panel.element,
      el("div", { "data-block": "right" }, this.chart.element));
    this.open();
  }

  close() {
    this.closed = true;
    this.runs.close();
    this.chart.close();
    this.score.close();
  }

  // The run from before a reload, else the shipped example in the language of the page.
  async open() {
    if (this.closed || this.runs.run) return;
    const listed = await this.runs.list();
    const before = await this.runs.restore();
    const example = listed.find((run) => run.shipped);
    if (example && (!before || before.shipped)) await this.runs.open(example.id);
    // the server may not have been there yet
    if (!example && !before) setTimeout(() => this.open(), AGAIN);
    this.list.refresh();
  }

  /** @param {Run} run */
  changed(run) {
    const ended = !["running", "waiting"].includes(run.status);
    if (ended && (!this.ended || run.id !== this.shown)) this.list.refresh();
    this.ended = ended;
    this.shown = run.id;
    this.panel.paint(run);
    this.paint();
    this.onRun(run);
  }

  // Another setting: what Play does may have changed.
  again() {
    if (this.runs.run) this.panel.paint(this.runs.run);
  }

  /** @param {Palette} palette */
  theme(palette) {
    this.palette = palette;
    this.list.paint();
    this.paint();
  }

  paint() {
    const { run } = this.runs;
    if (!run?.series) return;
    this.score.palette = this.palette;
    this.score.ask();
    /** @param {Run} of @param {boolean} faint */
    const curves = (of, faint) => this.words.cells.filter(([cell]) => of.series[`${cell}.accuracy`])
      .map(([cell, name]) => ({
        key: `${of.id}.${cell}`, name: faint ? "" : name, faint, role: ROLES[cell],
        y: smooth(of.series[`${cell}.accuracy`]),
      }));
    this.chart.paint({
      series: [...this.overlays.filter(({ id }) => id !== run.id)
        .flatMap((each) => curves(each, true)), ...curves(run, false)],
      lines: run.marks.chance == null ? []
        : [{ y: run.marks.chance, name: this.words.chance, role: "grey" }],
      x: [0, run.steps], y: [0, 1], cursor: this.inspected,
    }, this.palette);
  }
}

/** @param {number[]} values */
function smooth(values) {
  let mean = values[0];
  return values.map((value) => (mean = SMOOTH * mean + (1 - SMOOTH) * value));
}

/** @param {number | undefined} value */
const share = (value) => (value == null ? "–" : `${Math.round(100 * value)}%`);
