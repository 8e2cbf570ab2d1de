// @ts-nocheck
// The curves of "Train it": how often each head ranks the referent first, how many answers are
// right, and the loss. A run keeps the heads' shares with its saved states; while it trains they
// come with every change.

import { Chart } from "../kit/chart.js";
import { fill } from "../kit/dom.js";
import { exact, measured } from "../kit/scale.js";
/** @import { Runs } from "../kit/run/client.js" */

// the first value of a curve belongs to step 1
const COUNTS = Float64Array.from({ length: 5_000 }, (_, i) => i + 1);
// the axis of the loss ends here at the latest: ln 194 = 5.3 is not to know anything
const NATS = 8;

export class RunCharts {
  closed = false;

  // onMore(): more of a run has become known.
  /** @param {TrainedRunWords} words @param {Runs} runs @param {() => void} onMore */
  constructor(words, runs, onMore) {
    this.words = words;
    this.runs = runs;
    this.onMore = onMore;
    this.known = new Map();
    this.asked = new Set();
    this.ahead =
      new Chart({ label: words.aheadLabel, height: 230, xName: words.step, yName: words.share });
    this.right =
      new Chart({ label: words.rightLabel, height: 170, xName: words.step, yName: words.right });
    this.loss =
      new Chart({ label: words.lossLabel, height: 170, xName: words.step, yName: words.nats });
  }

  close() {
    this.closed = true;
    for (const chart of [this.ahead, this.right, this.loss]) chart.close();
  }

  // -- what each head could do when ---------------------------------------------------------------

  // Map from step to (L, H) shares.
  /** @param {Run} run */
  of(run) {
    if (!this.known.has(run.id)) this.known.set(run.id, new Map());
    return this.known.get(run.id);
  }

  /** @param {Run} run */
  remember(run) {
    const known = this.of(run);
    for (const at of known.keys()) if (at > run.step) known.delete(at); // it was reset
    if (run.pictures.ahead) known.set(run.step, run.pictures.ahead);
    this.fetch(run);
  }

  // The saved states of a run that was not watched from the start.
  /** @param {Run} run */
  async fetch(run) {
    if (this.asked.has(run.id) || !run.saved.length) return;
    this.asked.add(run.id);
    const known = this.of(run);
    for (const at of run.saved) {
      if (known.has(at) || this.closed) continue;
      const saved = await this.runs.ask(`/runs/${run.id}/at/${at}`, undefined, { quiet: true });
      if (saved?.pictures.ahead) known.set(saved.step, saved.pictures.ahead);
    }
    this.onMore();
  }

  // -- painting -----------------------------------------------------------------------------------

  // here: the head that is selected, { layer, head }; inspected: the saved state on show, or
  // null.
  /**
   * @param {Run} run
   * @param {Run[]} overlays
   * @param {Saved | null} inspected
   * @param {any} here
   * @param {Palette} palette
   */
  paint(run, overlays, inspected, here, palette) {
    const { words } = this;
    const others = overlays.filter(({ id }) => id !== run.id);
    for (const other of others) this.remember(other);
    const marks = run.rates.slice(1)
      .map(([x, rate]) => ({ x, name: fill(words.rateMark, { rate: exact(rate) }) }));
    const common = { x: [0, run.steps], cursor: inspected?.step ?? null, marks };
    this.ahead.paint({
      ...common, y: [0, 1], lines: [{ y: 0.5, name: words.chance, role: "grey" }],
      series: [...others.map((other) => this.best(other)), ...this.curves(run, here)],
    }, palette);
    /** @param {any} of @param {boolean} faint */
    const right = (of, faint) => ({ key: `${of.id}.right`, name: "",
      ...measured(of.series.accuracy ?? []), role: "ink", faint });
    this.right.paint({ ...common, y: [0, 1],
      series: [...others.map((other) => right(other, true)), right(run, false)] }, palette);
    /** @param {any} of @param {boolean} faint */
    const loss = (of, faint) =>
      ({ key: `${of.id}.loss`, name: "", x: COUNTS, y: of.series.loss ?? [], role: "ink", faint });
    const most = Math.max(1, ...[run, ...others].map((of) => of.series.loss?.[0] ?? 0));
    this.loss.paint({ ...common, y: [0, Math.min(NATS, Math.ceil(most))],
      series: [...others.map((other) => loss(other, true)), loss(run, false)] }, palette);
  }

  // A line for each head; the selected one is named and stands out.
  /** @param {Run} run @param {any} here */
  curves(run, here) {
    const known = [...this.of(run)].sort(([a], [b]) => a - b);
    const shape = known.at(-1)?.[1] ?? [];
    const name = fill(this.words.heads.name, { layer: here.layer + 1, head: here.head + 1 });
    return shape.flatMap((/** @type {number} */ row, /** @type {number} */
      layer) => row.map((/** @type {unknown} */ _, /** @type {number} */ head) => {
      const chosen = layer === here.layer && head === here.head;
      return {
        key: `${run.id}.${layer}.${head}`, name: chosen ? name : "",
        role: chosen ? "accent" : "ink", faint: !chosen,
        x: known.map(([at]) => at), y: known.map(([, ahead]) => ahead[layer][head]),
        dots: chosen && known.length < 30,
      };
    })).sort((/** @type {any} */ a, /** @type {any} */ b) => Number(b.faint) - Number(a.faint));
  }

  // Of another run only how well its best head does.
  /** @param {Run} run */
  best(run) {
    const known = [...this.of(run)].sort(([a], [b]) => a - b);
    const y = known.map(([, ahead]) => Math.max(...ahead.flat()));
    return { key: `${run.id}.best`, name: "", x: known.map(([at]) => at), y, role: "ink",
      faint: true, dash: true };
  }
}
