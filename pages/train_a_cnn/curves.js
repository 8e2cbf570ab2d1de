// Loss and accuracy over the batches: each batch faintly, their running mean, and the validation
// digits, beside other runs.

import { Chart } from "../kit/chart.js";
import { fill } from "../kit/dom.js";
import { exact, measured, seen } from "../kit/scale.js";

// the running mean looks back over this part of the run: one batch of 64 alone jumps by several
// points
const SMOOTH = 40;
const GOOD = 0.95; // from here on the axis of accuracy begins at 0.9
const ROLE = { training: "0", validation: "1" };

export class Curves {
  id = "";
  /** @type {Record<string, number[]>} running means, taken further with each step */
  means = {};
  count = 0;

  /** @param {CnnWords} words */
  constructor(words) {
    this.words = words;
    this.loss = new Chart({ label: words.lossLabel, height: 210, log: true, xName: words.batches,
      yName: words.crossEntropy });
    this.accuracy = new Chart({ label: words.accuracyLabel, height: 210, xName: words.batches,
      yName: words.shareRight });
  }

  close() {
    this.loss.close();
    this.accuracy.close();
  }

  // overlays: other runs, faintly. inspected: the state of the past that is looked at, or null.
  /**
   * @param {Run} run
   * @param {Run[]} overlays
   * @param {Saved | null} inspected
   * @param {Palette} palette
   */
  paint(run, overlays, inspected, palette) {
    const { words } = this;
    if (this.id !== run.id || this.count > run.step) {
      this.id = run.id;
      this.means = {};
      this.count = 0;
    }
    this.count = run.step;
    const others = overlays.filter(({ id }) => id !== run.id);
    const marks = run.rates.slice(1)
      .map(([x, rate]) => ({ x, name: fill(words.rateMark, { rate: exact(rate) }) }));
    const about = { x: [0, run.steps], marks, cursor: inspected?.step ?? null };
    /** @param {string} name */
    const series = (name) => [
      ...others.flatMap((other) =>
        this.lines(other, name, smooth(other.series[name] ?? [], other.steps), true)),
      { key: `${run.id}.each`, name: "", y: run.series[name] ?? [], role: ROLE.training,
        faint: true },
      ...this.lines(run, name, this.mean(run, name), false),
    ];
    this.loss.paint({ ...about, series: series("loss") }, palette);
    const right = this.mean(run, "accuracy");
    const good = Math.max(right.at(-1) ?? 0, run.marks.validation_accuracy ?? 0) > GOOD;
    this.accuracy.paint({ ...about, series: series("accuracy"), y: good ? [0.9, 1] : [0, 1] },
      palette);
  }

  /** @param {Run} run @param {string} name */
  mean(run, name) {
    return (this.means[name] = smooth(run.series[name] ?? [], run.steps, this.means[name]));
  }

  /** @param {Run} run @param {string} name @param {number[]} mean @param {boolean} faint */
  lines(run, name, mean, faint) {
    const { words } = this;
    const points = measured(run.series[`validation_${name}`] ?? []);
    const each = { faint, key: `${run.id}.${name}` };
    return [
      { ...each, name: faint ? "" : words.validation, ...points, role: ROLE.validation, dash: true,
        dots: !faint, key: `${run.id}.${name}.validation` },
      { ...each, name: faint ? "" : words.training, y: mean, role: ROLE.training },
    ];
  }
}

// A running mean, taken further: `before` holds what was computed of the same curve. Its first
// values are true means.
/** @param {number[]} values @param {number} steps @param {number[]} [before] */
function smooth(values, steps, before = []) {
  const back = Math.max(5, steps / SMOOTH);
  const means = before.slice(0, values.length);
  for (let i = means.length; i < values.length; i++) {
    const weight = 1 / Math.min(back, i + 1);
    const last = means[i - 1] ?? values[i];
    means.push(seen(values[i]) ? last + weight * (values[i] - last) : last);
  }
  return means;
}
