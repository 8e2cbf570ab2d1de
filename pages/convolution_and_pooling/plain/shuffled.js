// @ts-nocheck
// The experiment of "Why not a plain network": four networks learn the same digits, two of them
// with all pixels shuffled. It trains while one watches; the example that ships has three seeds.

import { Chart } from "../../kit/chart.js";
import { el, fill, say, styles } from "../../kit/dom.js";
import { Live } from "../../kit/live.js";
import { RunView } from "../../kit/run/view.js";
import { mounted } from "../../kit/view.js";
import { exact, seen } from "../../kit/scale.js";

const MEMBERS = ["cnn", "cnn_shuffled", "mlp", "mlp_shuffled"];
/** @type {Record<string, string>} */
const ROLE = { cnn: "0", cnn_shuffled: "0", mlp: "1", mlp_shuffled: "1" };
/** @param {string} name */
const isShuffled = (name) => name.endsWith("_shuffled");
const CHANCE = 0.9; // share wrong of whoever guesses one digit of ten

const style = await styles("kit/base.css", "kit/run/panel.css",
  "convolution_and_pooling/pooling/view.css", "convolution_and_pooling/plain/view.css");

export const { mount, unmount } = mounted(() => ShuffledView);

/** @extends {RunView<ShuffledData>} */
class ShuffledView extends RunView {
  hideable = [];

  /** @param {HTMLElement} host @param {ShuffledData} data @param {Send} send */
  constructor(host, data, send) {
    const { words } = data;
    super(host, data, send, {
      name: "shuffled", classes: "pool", style, job: "shuffled", picture: ".shuffled-row",
      columns: MEMBERS.map((name) => ({
        name: words.short[name], value: (run) => percent(run.marks?.[`${name}.accuracy`]),
      })),
    });
    this.looks = this.own(new Live({ onAnswer: (found) => this.said(found), onTrouble: () => {} }));
    this.chart = this.own(new Chart({ label: words.chartLabel, height: 290, log: true,
      xName: words.step, yName: words.wrong }));
    this.origin = el("span", { class: "origin", "data-fp": "shuffled-origin" });
    this.rows = Object.fromEntries(MEMBERS.map((name) => [name, {
      swatch: el("i", { class: "swatch" }), now: el("td",
        { class: "value", "data-fp": `shuffled-${name}` }), seeds: el("td", {}),
          digit: el("td", { "data-fp": `says-${name}` }),
    }]));
    /** @param {string} name */
    const row = (name) => el("tr", {}, el("td", {}, this.rows[name].swatch, words.members[name]),
      this.rows[name].now, this.rows[name].seeds, this.rows[name].digit);
    this.found = el("p", { class: "found", "data-fp": "shuffled-found" });
    this.root.append(el("div", { class: "shuffled" }, this.panel.element,
        el("div", { class: "shuffled-row", "data-block": "shuffled-row" },
          el("section", {}, el("div", { class: "head" }, el("h3", {}, words.chartTitle),
            this.origin), this.chart.element),
          el("section", {}, el("table", { class: "results" },
            el("thead", {}, el("tr", {}, el("th", {}), el("th", {}, words.now),
              el("th", {}, words.seeds), el("th", {}, words.yours))),
            el("tbody", {}, ...MEMBERS.map(row))), el("p", { class: "note" }, words.note),
              this.found)),
        this.list.element));
    this.begin(".shuffled-row");
  }

  /** @param {ShuffledData} before */
  compare(before) {
    super.compare(before);
    if (this.data.image !== before.image) this.repaint();
  }

  opened() {}

  repaint() {
    const { run } = this.runs;
    if (!run?.series || !this.palette) return;
    const { marks } = this.inspected ?? run;
    const at = this.inspected?.step ?? run.step;
    say(this.origin, this.words.origins[run.shipped ? "shipped" : at === 0 ? "random" : "trained"]);
    for (const name of MEMBERS) {
      const { swatch, now, seeds } = this.rows[name];
      Object.assign(swatch.style,
        dashes(this.palette.category(Number(ROLE[name])), isShuffled(name)));
      say(now, percent(marks[`${name}.accuracy`]));
      now.dataset.value = marks[`${name}.accuracy`] ?? "";
      say(seeds, this.data.card ? spread(this.data.card.final[name]) : "–");
    }
    say(this.found, this.data.card ? this.finding(this.data.card) : "");
    this.paintChart();
    const saved = this.inspected?.step ?? run.saved.at(-1); // nothing before there is a state
    if (saved != null) {
      this.looks.inspect(`${this.data.base}/runs/${run.id}`, "answers",
      { step: saved, image: this.data.image });
    }
    this.root.dataset.answers = String(this.updates);
  }

  // What the four say of the person's own drawing.
  /** @param {any} found */
  said(found) {
    for (const name of MEMBERS) {
      say(this.rows[name].digit,
      `${found[name].digit} (${Math.round(100 * found[name].probability)}%)`);
    }
  }

  // The sentence about the shipped experiment, from its own numbers.
  /** @param {{ final?: any, parameters?: any }} options */
  finding({ final, parameters }) {
    /** @param {string} name */
    const mean = (name) => final[name].reduce((/** @type {any} */ a, /** @type {any} */ b) => a + b,
      0) / final[name].length;
    /** @param {number} value */
    const points = (value) => exact(Number((100 * value).toFixed(1)));
    return fill(this.words.finding, {
      cnn: points(mean("cnn") - mean("cnn_shuffled")),
      mlp: points(Math.abs(mean("mlp") - mean("mlp_shuffled"))),
      seeds: final.cnn.length, spread: points(Math.max(...final.mlp) - Math.min(...final.mlp)),
      left: points(mean("cnn_shuffled") - mean("mlp_shuffled")),
      parameters: parameters.cnn.toLocaleString("en"),
    });
  }

  paintChart() {
    const { run } = this.runs;
    if (!run?.series || !this.palette) return;
    /**
     * @param {string} key
     * @param {string} name
     * @param {number[]} steps
     * @param {number[]} right
     * @param {boolean} faint
     */
    const curve = (key, name, steps, right, faint) => ({
      key, name: faint ? "" : this.words.short[name], x: steps,
      y: right.map((value) => Math.max(1 - value, 1e-3)), role: ROLE[name], dash: isShuffled(name),
      faint,
    });
    /** @param {Run} of @param {boolean} faint */
    const own = (of, faint) => MEMBERS.map((name) => {
      const values = of.series[`${name}.accuracy`] ?? [];
      const steps = values.flatMap((value, i) => (seen(value) ? [i + 1] : []));
      return curve(`${of.id}.${name}`, name, steps, steps.map((at) => values[at - 1]), faint);
    });
    const { card } = this.data;
    const others = run.shipped && card ? MEMBERS.flatMap((name) => card.accuracy[name].slice(1)
      .map((/** @type {any} */ right, /** @type {number} */ i) =>
        curve(`seed${i}.${name}`, name, card.steps, right, true))) : [];
    this.chart.paint({
      series: [...others, ...this.overlays.filter(({ id }) => id !== run.id)
        .flatMap((of) => own(of, true)), ...own(run, false)],
      lines: [{ y: CHANCE, name: this.words.chance, role: "grey" }], x: [0, run.steps],
      y: [0.01, 1], cursor: this.inspected?.step ?? null,
    }, this.palette);
  }
}

/** @param {number} share */
const percent = (share) => (seen(share) ? `${(100 * share).toFixed(1)}%` : "–");

/** @param {any} values */
function spread(values) {
  const [low, high] =
    [Math.min(...values), Math.max(...values)].map((value) => (100 * value).toFixed(1));
  return low === high ? `${low}%` : `${low}–${high}%`;
}

/** @param {string} colour @param {boolean} dashed */
const dashes = (colour, dashed) => ({
  background: dashed ? `repeating-linear-gradient(90deg, ${colour} 0 5px, transparent 5px 8px)`
    : colour,
});
