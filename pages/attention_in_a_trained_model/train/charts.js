// The curves of "Train it": how often each head ranks the referent first, how many answers are
// right, and the loss. A run keeps the heads' shares with its saved states; while it trains they
// come with every change.

import { Chart } from "../../kit/chart.js";
import { fill } from "../../kit/dom.js";
import { exact, measured } from "../../kit/scale.js";
/** @import { Runs } from "../../kit/run/client.js" */

// the first value of a curve belongs to step 1
const COUNTS = Float64Array.from({ length: 5_000 }, (_, i) => i + 1);
// the axis of the loss ends here at the latest: ln 194 = 5.3 is not to know anything
const NATS = 8;

export class RunCharts {
  closed = false;
  /** @type {Map<string, Map<number, number[][]>>} run -> step -> (L, H) shares */
  known = new Map();
  /** @type {Set<string>} runs whose saved states were asked for */
  requested = new Set();

  // onMore(): more of a run has become known.
  /** @param {TrainedRunWords} words @param {Runs} runs @param {() => void} onMore */
  constructor(words, runs, onMore) {
    this.words = words;
    this.runs = runs;
    this.onMore = onMore;
    /** @param {string} label @param {number} height @param {string} yName */
    const chart = (label, height, yName) => new Chart({ label, height, xName: words.step, yName });
    this.ahead = chart(words.aheadLabel, 230, words.share);
    this.right = chart(words.rightLabel, 170, words.right);
    this.loss = chart(words.lossLabel, 170, words.crossEntropy);
  }

  close() {
    this.closed = true;
    for (const chart of [this.ahead, this.right, this.loss]) chart.close();
  }

  // -- what each head could do when ---------------------------------------------------------------

  /** @param {Run} run @returns {Map<number, number[][]>} */
  of({ id }) {
    const known = this.known.get(id) ?? new Map();
    this.known.set(id, known);
    return known;
  }

  // Steps and shares in the order of steps.
  /** @param {Run} run */
  inOrder(run) {
    return [...this.of(run)].sort(([a], [b]) => a - b);
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
    if (this.requested.has(run.id) || !run.saved.length) return;
    this.requested.add(run.id);
    const known = this.of(run);
    for (const at of run.saved) {
      if (known.has(at) || this.closed) continue;
      const saved = await this.runs.ask(`/runs/${run.id}/at/${at}`, undefined, { quiet: true });
      if (saved?.pictures.ahead) known.set(saved.step, saved.pictures.ahead);
    }
    this.onMore();
  }

  // -- painting -----------------------------------------------------------------------------------

  // here: the head that is selected; inspected: the saved state that is on show, or null.
  /**
   * @param {Run} run
   * @param {Run[]} overlays
   * @param {Saved | null} inspected
   * @param {HeadPlace} here
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
    /** @param {string} key @param {(run: Run) => { x: ArrayLike<number>, y: Series["y"] }} line */
    const all = (key, line) => [...others, run].map((of) => ({ key: `${of.id}.${key}`, name: "",
      ...line(of), role: "ink", faint: of !== run }));
    const right = all("right", ({ series }) => measured(series.accuracy ?? []));
    this.right.paint({ ...common, y: [0, 1], series: right }, palette);
    const most = Math.max(1, ...[run, ...others].map((of) => of.series.loss?.[0] ?? 0));
    const loss = all("loss", ({ series }) => ({ x: COUNTS, y: series.loss ?? [] }));
    this.loss.paint({ ...common, y: [0, Math.min(NATS, Math.ceil(most))], series: loss }, palette);
  }

  // A line for each head; the selected one is named and stands out.
  /** @param {Run} run @param {HeadPlace} here @returns {Series[]} */
  curves(run, here) {
    const known = this.inOrder(run);
    const x = known.map(([at]) => at);
    const name = fill(this.words.heads.name, { layer: here.layer + 1, head: here.head + 1 });
    const shape = known.at(-1)?.[1] ?? [];
    const lines = shape.flatMap((row, layer) => row.map((_, head) => {
      const chosen = layer === here.layer && head === here.head;
      return {
        key: `${run.id}.${layer}.${head}`, name: chosen ? name : "",
        role: chosen ? "accent" : "ink", faint: !chosen,
        x, y: known.map(([, ahead]) => ahead[layer][head]), dots: chosen && known.length < 30,
      };
    }));
    return lines.sort((a, b) => Number(b.faint) - Number(a.faint));
  }

  // Of another run only how well its best head does.
  /** @param {Run} run @returns {Series} */
  best(run) {
    const known = this.inOrder(run);
    return { key: `${run.id}.best`, name: "", x: known.map(([at]) => at),
      y: known.map(([, ahead]) => Math.max(...ahead.flat())), role: "ink", faint: true,
      dash: true };
  }
}
