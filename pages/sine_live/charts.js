// The charts of "Sine, live": the loss of a run beside earlier ones, and its forecasts over the
// truth.

import { cellsOf, ROLES } from "../kit/cells.js";
import { Chart } from "../kit/chart.js";
import { entry, fill } from "../kit/dom.js";
import { exact, measured, seen } from "../kit/scale.js";

const BASELINES = ["persistence", "two_tap"];
const LOWEST = 1e-7; // the axis ends here at the latest: what lies below is named, not drawn
// the first value of a curve belongs to step 1
const COUNTS = Float64Array.from({ length: 20_001 }, (_, i) => i + 1);
const FEW = 12; // measured so seldom, each value gets a dot

export class LossChart extends Chart {
  id = "";
  low = 1;
  top = 1;

  /**
   * @param {Pick<SineWords, "lossLabel" | "step" | "mse" | "cells" | "training" | "validation" |
   *   "rateMark">} words
   */
  constructor(words) {
    super({ label: words.lossLabel, height: 236, log: true, xName: words.step, yName: words.mse });
    this.words = words;
  }

  // overlays: other runs, shown faintly. saved: the state of the past that is looked at, or null.
  /**
   * @param {Run} run
   * @param {Run[]} overlays
   * @param {Saved | null} saved
   * @param {Palette} palette
   */
  show(run, overlays, saved, palette) {
    if (this.id !== run.id) {
      this.id = run.id;
      this.low = 1;
      this.top = 1;
    }
    const { words } = this;
    const race = cellsOf(run).length > 1;
    const others = overlays.filter(({ id }) => id !== run.id);
    const series = [...others.flatMap((other) => this.curves(other, true, () => ["", ""])),
      ...this.curves(run, false,
        (cell) => (race ? [words.cells[cell], ""] : [words.training, words.validation]))];
    const { marks } = saved ?? run;
    const lines = BASELINES.map((key) => ({ y: marks[key], name: entry(words, key), role: "grey" }))
      .filter(({ y }) => seen(y));
    this.paint({
      series, lines, x: [0, run.steps], y: this.rangeOf(series, lines), cursor: saved?.step ?? null,
      marks: run.rates.slice(1)
        .map(([x, rate]) => ({ x, name: fill(words.rateMark, { rate: exact(rate) }) })),
    }, palette);
  }

  /** @param {Run} run @param {boolean} faint @param {(cell: string) => string[]} names */
  curves(run, faint, names) {
    return cellsOf(run).flatMap((cell) => {
      const key = `${run.id}.${cell}`;
      const [training, validation] = names(cell);
      const checks = measured(run.series[`${cell}.validation`] ?? []);
      const dots = !faint && checks.y.length < FEW;
      return [
        { key: `${key}.validation`, name: validation, ...checks, role: ROLES[cell], dash: true,
          faint, dots },
        { key, name: training, x: COUNTS, y: run.series[`${cell}.loss`] ?? [], role: ROLES[cell],
          faint },
      ];
    });
  }

  // Whole decades, which only ever grow while the same run is looked at.
  /** @param {Series[]} series @param {Level[]} lines */
  rangeOf(series, lines) {
    let [low, high] = [1e-3, 1];
    /** @param {number | null | undefined} value */
    const see = (value) => {
      if (seen(value) && value > 0) [low, high] = [Math.min(low, value), Math.max(high, value)];
    };
    for (const { y } of series) Array.from(y).forEach(see);
    for (const { y } of lines) if (seen(y) && y > LOWEST) see(y);
    this.low = Math.min(this.low, 10 ** Math.floor(Math.log10(Math.max(low, LOWEST))));
    this.top = Math.max(this.top, 10 ** Math.ceil(Math.log10(high) - 1e-9));
    return [this.low, this.top];
  }
}

export class Forecasts {
  /** @param {SineWords} words */
  constructor(words) {
    this.words = words;
    /** @param {string} name @param {number} height @param {string} xName */
    const one = (name, height, xName) =>
      new Chart({ label: `${words.oneTitle}, ${name}`, height, yName: name, xName });
    this.validation = one(words.oneValidation, 150, words.time_step);
    this.train = one(words.oneTrain, 150, words.time_step);
    this.free = new Chart({ label: words.freeTitle, height: 240, xName: words.time_step });
  }

  close() {
    for (const chart of [this.validation, this.train, this.free]) chart.close();
  }

  /** @param {Run} run @param {Saved} options @param {Palette} palette */
  show(run, { marks, pictures }, palette) {
    /** @param {string} key @param {number[]} [x] */
    const curves = (key, x) => cellsOf(run).map((cell) => {
      /** @type {(number | null)[]} */
      const y = pictures[`${cell}.${key}`] ?? [];
      return { key: cell, name: this.words.cells[cell], role: ROLES[cell], x, y,
        dots: y.filter(seen).length === 1 };
    });
    /**
     * @param {Chart} chart @param {number[]} truth @param {Series[]} forecasts
     * @param {ChartSpec["marks"]} [marks]
     */
    const paint = (chart, truth, forecasts, marks = []) => {
      if (!truth) return; // not yet computed
      const series = [{ key: "truth", name: this.words.truth, y: truth, role: "grey", broad: true },
        ...forecasts];
      chart.paint({ series, marks, y: around(truth) }, palette);
    };
    paint(this.validation, pictures.truth, curves("one_step"));
    paint(this.train, pictures["train.truth"], curves("train"));
    /** @type {number[]} */
    const truth = pictures["free.truth"] ?? [];
    const later = truth.map((_, i) => marks.warm + i);
    paint(this.free, pictures["free.truth"], curves("free_run", later),
      [{ x: marks.warm, name: this.words.freeMark }]);
  }
}

// Room around the truth; a forecast that leaves it is cut off rather than flattening everything.
/** @param {number[]} truth */
function around(truth) {
  const [low, high] = [Math.min(...truth), Math.max(...truth)];
  const margin = (high - low || 1) * 0.18;
  return [low - margin, high + margin];
}
