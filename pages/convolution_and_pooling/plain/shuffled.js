// The experiment of "Why not a plain network": four networks learn the same digits, two of them
// with all pixels shuffled. It trains while one watches; the example that ships has three seeds.

import { Chart } from "../../kit/chart.js";
import { button, el, fill, grouped, say, styles } from "../../kit/dom.js";
import { Live } from "../../kit/live.js";
import { RunScore, scoring } from "../../kit/score.js";
import { NetworkNumber } from "../../kit/opened_number.js";
import { RunView } from "../../kit/run/view.js";
import { mounted } from "../../kit/view.js";
import { exact, seen } from "../../kit/scale.js";

/**
 * The shipped experiment: of each network, by its name, shares of right digits of each seed.
 * @typedef {{ final: Record<string, number[]>, accuracy: Record<string, number[][]>,
 *   parameters: Record<string, number>, steps: number[] }} Card
 */

const MEMBERS = ["cnn", "cnn_shuffled", "mlp", "mlp_shuffled"];
/** @type {Record<string, string>} */
const ROLE = { cnn: "0", cnn_shuffled: "0", mlp: "1", mlp_shuffled: "1" };
/** @param {string} name */
const isShuffled = (name) => name.endsWith("_shuffled");
const CHANCE = 0.9; // share wrong of whoever guesses one digit of ten
const LEAST = 1e-3; // share wrong that the logarithm can show

const style = await styles("kit/base.css", "kit/run/panel.css", "kit/opened.css",
  "convolution_and_pooling/pooling/view.css", "convolution_and_pooling/plain/view.css");

export const { mount, unmount } = mounted(() => ShuffledView);

/** @extends {RunView<ShuffledData>} */
class ShuffledView extends RunView {
  /** @param {HTMLElement} host @param {ShuffledData} data @param {Send} send */
  constructor(host, data, send) {
    const { words } = data;
    super(host, data, send, {
      name: "shuffled", classes: "pool", style, job: "shuffled", picture: ".shuffled-row",
      columns: MEMBERS.map((name) => ({
        name: words.short[name], value: (run) => percent(run.marks?.[`${name}.accuracy`]),
        onOpen: async (run) => {
          await this.look(run);
          this.score.open("accuracy", name);
        },
      })),
    });
    this.score = new RunScore(this, words.scored);
    this.inspector = this.own(new Live({ onAnswer: (answers) => this.paintAnswers(answers) }));
    this.chart = this.own(new Chart({ label: words.chartLabel, height: 290, log: true,
      xName: words.step, yName: words.wrong }));
    this.origin = el("span", { class: "origin", "data-fp": "shuffled-origin" });
    this.number = new NetworkNumber(this, words.members);
    this.rows = MEMBERS.map((name) => this.row(name));
    this.finding = el("p", { class: "found", "data-fp": "shuffled-found" });
    const heads = [words.now, words.seeds, words.yours].map((text) => el("th", {}, text));
    const table = el("table", { class: "results" },
      el("thead", {}, el("tr", {}, el("td"), ...heads)),
      el("tbody", {}, ...this.rows.map(({ element }) => element)));
    this.root.append(el("div", { class: "shuffled" }, this.panel.element,
      el("div", { class: "shuffled-row", "data-block": "shuffled-row" },
        el("section", {}, el("div", { class: "head" }, el("h2", {}, words.chartTitle),
          this.origin), this.chart.element),
        el("section", {}, table, el("p", { class: "note" }, words.note), this.finding)),
      this.number.element, this.score.element, this.list.element));
    this.begin(".shuffled-row");
  }

  /** @param {string} name */
  row(name) {
    const swatch = el("i", { class: "swatch" });
    const right = el("output");
    const now = el("td", { class: "value", "data-fp": `shuffled-${name}` },
      scoring(this.score, name, "accuracy", right));
    const seeds = el("td");
    const digit = button("",
      () => this.number.open(`${name}.probabilities.${digit.dataset.digit}`),
      { class: "opens", "data-fp": `says-${name}` });
    return { name, swatch, right, now, seeds, digit, element: el("tr", {},
      el("td", {}, swatch, this.words.members[name]), now, seeds, el("td", {}, digit)) };
  }

  /** @returns {Card | null} */
  get card() {
    return this.data.card;
  }

  /** @param {ShuffledData} before */
  compare(before) {
    super.compare(before);
    if (this.data.image !== before.image) this.repaint();
  }

  opened() {}

  repaint() {
    const { runs: { run }, card, palette } = this;
    if (!run?.series) return;
    const { marks, step } = this.inspected ?? run;
    say(this.origin, this.words.origins[run.shipped ? "shipped" : step === 0 ? "random"
      : "trained"]);
    for (const { name, swatch, right: text, now, seeds } of this.rows) {
      const right = marks[`${name}.accuracy`];
      Object.assign(swatch.style, dashes(palette.category(Number(ROLE[name])), isShuffled(name)));
      say(text, percent(right));
      now.dataset.value = right ?? "";
      say(seeds, card ? spread(card.final[name]) : "–");
    }
    say(this.finding, card ? this.sentence(card) : "");
    this.paintChart(run);
    this.number.paint(palette);
    this.score.ask();
    const saved = this.inspected?.step ?? run.saved.at(-1); // nothing before there is a state
    if (saved != null) {
      const [address, { image }] = [`${this.data.base}/runs/${run.id}`, this.data];
      this.inspector.inspect(address, "answers", { step: saved, image });
      this.number.setSource({ run: address, step: saved, image });
    }
    this.root.dataset.answers = String(this.updates);
  }

  // How the four read the person's own drawing.
  /** @param {Record<string, { digit: number, probability: number }>} answers */
  paintAnswers(answers) {
    for (const { name, digit: cell } of this.rows) {
      const { digit, probability } = answers[name];
      cell.dataset.digit = String(digit);
      cell.dataset.value = String(probability);
      say(cell, `${digit} (${Math.round(100 * probability)}%)`);
    }
  }

  // The sentence about the shipped experiment, from its own numbers.
  /** @param {Card} card */
  sentence({ final, parameters }) {
    /** @param {string} name */
    const mean = (name) => final[name].reduce((a, b) => a + b, 0) / final[name].length;
    /** @param {number} value */
    const points = (value) => exact(Number((100 * value).toFixed(1)));
    return fill(this.words.finding, {
      cnn: points(mean("cnn") - mean("cnn_shuffled")),
      mlp: points(Math.abs(mean("mlp") - mean("mlp_shuffled"))),
      seeds: final.cnn.length, spread: points(Math.max(...final.mlp) - Math.min(...final.mlp)),
      left: points(mean("cnn_shuffled") - mean("mlp_shuffled")),
      parameters: grouped(parameters.cnn),
    });
  }

  /** @param {Run} run */
  paintChart(run) {
    const { card, words } = this;
    const others = this.overlays.filter(({ id }) => id !== run.id);
    const seeds = run.shipped && card ? MEMBERS.flatMap((name) => card.accuracy[name].slice(1)
      .map((right, i) => this.curve(`seed${i}`, name, card.steps, right, true))) : [];
    this.chart.paint({
      series: [...seeds, ...others.flatMap((other) => this.curves(other, true)),
        ...this.curves(run)],
      lines: [{ y: CHANCE, name: words.chance, role: "grey" }], x: [0, run.steps],
      y: [0.01, 1], cursor: this.inspected?.step ?? null,
    }, this.palette);
  }

  /** @param {Run} run @param {boolean} [faint] */
  curves({ id, series }, faint = false) {
    return MEMBERS.map((name) => {
      const values = series[`${name}.accuracy`] ?? [];
      const steps = values.flatMap((value, i) => (seen(value) ? [i + 1] : []));
      return this.curve(id, name, steps, steps.map((at) => values[at - 1]), faint);
    });
  }

  /**
   * @param {string} of
   * @param {string} name
   * @param {number[]} x
   * @param {number[]} right
   * @param {boolean} faint
   * @returns {Series}
   */
  curve(of, name, x, right, faint) {
    return { key: `${of}.${name}`, name: faint ? "" : this.words.short[name], x,
      y: right.map((value) => Math.max(1 - value, LEAST)), role: ROLE[name],
      dash: isShuffled(name), faint };
  }
}

/** @param {number | undefined} share */
const percent = (share) => (seen(share) ? `${(100 * share).toFixed(1)}%` : "–");

/** @param {number[]} values */
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
