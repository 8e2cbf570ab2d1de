// The experiment of "Why not a plain network": four networks learn the same digits, two of them with all pixels shuffled. It
// trains while one watches; the example that ships has three seeds.

import { Chart } from "../../kit/chart.js";
import { el, fill, say, styles } from "../../kit/dom.js";
import { Look } from "../../kit/look.js";
import { Panel } from "../../kit/panel.js";
import { RunList } from "../../kit/run_list.js";
import { RunView } from "../../kit/run_view.js";
import { exact, seen } from "../../kit/scale.js";
import { snapshot } from "../../kit/snapshot.js";
import { mounted } from "../../kit/views.js";

const MEMBERS = ["cnn", "cnn_shuffled", "mlp", "mlp_shuffled"];
const ROLE = { cnn: "0", cnn_shuffled: "0", mlp: "1", mlp_shuffled: "1" };
const isShuffled = (name) => name.endsWith("_shuffled");
const CHANCE = 0.9; // share wrong of whoever guesses one digit of ten

const style = await styles("kit/base.css", "kit/panel.css", "convolution_and_pooling/pooling/view.css", "convolution_and_pooling/plain/view.css");

export const { mount, unmount } = mounted((...all) => new ShuffledView(...all));

class ShuffledView extends RunView {
  constructor(host, data, send) {
    super(host, data, send, { job: "shuffled", whole: ".shuffled-row" });
  }

  close() {
    super.close();
    this.answers.stop();
    this.chart.close();
  }

  receive(data, send) {
    const before = this.data.image;
    super.receive(data, send);
    if (data.image !== before) this.paint();
  }

  build() {
    const { words, runs, data } = this;
    this.panel = new Panel(words, runs, {
      config: () => this.config, rate: data.config.learning_rate, onLook: (saved) => this.look(saved),
      onBegin: () => { this.begun = true; this.list.refresh(); }, onRate: (rate) => this.tell({ learning_rate: rate }),
    });
    this.list = new RunList(words, runs, {
      columns: MEMBERS.map((name) => ({ name: words.short[name], value: (run) => percent(run.marks?.[`${name}.accuracy`]) })), roles: () => [],
      onShow: (overlays) => { this.overlays = overlays; this.paintChart(); }, onOpen: () => {},
      picture: () => snapshot(this.root.querySelector(".shuffled-row"), this.palette), palette: () => this.palette,
    });
    this.answers = new Look({ onAnswer: (found) => this.said(found), onTrouble: () => {} });
    this.chart = new Chart({ label: words.chartLabel, height: 290, log: true, xName: words.step, yName: words.wrong });
    this.origin = el("span", { class: "origin", "data-fp": "shuffled-origin" });
    this.rows = Object.fromEntries(MEMBERS.map((name) => [name, {
      swatch: el("i", { class: "swatch" }), now: el("td", { class: "value", "data-fp": `shuffled-${name}` }), seeds: el("td", {}), digit: el("td", { "data-fp": `says-${name}` }),
    }]));
    const row = (name) => el("tr", {}, el("td", {}, this.rows[name].swatch, words.members[name]), this.rows[name].now, this.rows[name].seeds, this.rows[name].digit);
    this.found = el("p", { class: "found", "data-fp": "shuffled-found" });
    this.root = el("div", { class: "fp pool", "data-fp": "shuffled" }, el("style", {}, style),
      el("div", { class: "shuffled" }, this.panel.element,
        el("div", { class: "shuffled-row", "data-block": "shuffled-row" },
          el("section", {}, el("div", { class: "head" }, el("h3", {}, words.chartTitle), this.origin), this.chart.element),
          el("section", {}, el("table", { class: "results" },
            el("thead", {}, el("tr", {}, el("th", {}), el("th", {}, words.now), el("th", {}, words.seeds), el("th", {}, words.yours))),
            el("tbody", {}, ...MEMBERS.map(row))), el("p", { class: "note" }, words.note), this.found)),
        this.list.element));
  }

  showHidden() {}

  paint() {
    const { run } = this.runs;
    if (!run?.series || !this.palette) return;
    const { marks } = this.looked ?? run;
    const at = this.looked?.step ?? run.step;
    say(this.origin, this.words.origins[run.shipped ? "shipped" : at === 0 ? "random" : "trained"]);
    for (const name of MEMBERS) {
      const { swatch, now, seeds } = this.rows[name];
      Object.assign(swatch.style, dashes(this.palette.category(Number(ROLE[name])), isShuffled(name)));
      say(now, percent(marks[`${name}.accuracy`]));
      now.dataset.value = marks[`${name}.accuracy`] ?? "";
      say(seeds, this.data.card ? spread(this.data.card.final[name]) : "–");
    }
    say(this.found, this.data.card ? this.finding(this.data.card) : "");
    this.paintChart();
    const saved = this.looked?.step ?? run.saved.at(-1); // nothing to ask before there is a state
    if (saved != null) this.answers.ask(`${this.data.base}/runs/${run.id}`, "answers", { step: saved, image: this.data.image });
    this.root.dataset.answers = this.updates;
  }

  // What the four say of the person's own drawing.
  said(found) {
    for (const name of MEMBERS) say(this.rows[name].digit, `${found[name].digit} (${Math.round(100 * found[name].probability)}%)`);
  }

  // The sentence about the shipped experiment, from its own numbers.
  finding({ final, parameters }) {
    const mean = (name) => final[name].reduce((a, b) => a + b, 0) / final[name].length;
    const points = (value) => exact(Number((100 * value).toFixed(1)));
    return fill(this.words.finding, {
      cnn: points(mean("cnn") - mean("cnn_shuffled")), mlp: points(Math.abs(mean("mlp") - mean("mlp_shuffled"))),
      seeds: final.cnn.length, spread: points(Math.max(...final.mlp) - Math.min(...final.mlp)),
      left: points(mean("cnn_shuffled") - mean("mlp_shuffled")), parameters: parameters.cnn.toLocaleString("en"),
    });
  }

  paintChart() {
    const { run } = this.runs;
    if (!run?.series || !this.palette) return;
    const curve = (key, name, steps, right, faint) => ({
      key, name: faint ? "" : this.words.short[name], x: steps, y: right.map((value) => Math.max(1 - value, 1e-3)), role: ROLE[name], dash: isShuffled(name), faint,
    });
    const own = (of, faint) => MEMBERS.map((name) => {
      const values = of.series[`${name}.accuracy`] ?? [];
      const steps = values.flatMap((value, i) => (seen(value) ? [i + 1] : []));
      return curve(`${of.id}.${name}`, name, steps, steps.map((at) => values[at - 1]), faint);
    });
    const { card } = this.data;
    const others = run.shipped && card ? MEMBERS.flatMap((name) => card.accuracy[name].slice(1).map((right, i) => curve(`seed${i}.${name}`, name, card.steps, right, true))) : [];
    this.chart.paint({
      series: [...others, ...this.overlays.filter(({ id }) => id !== run.id).flatMap((of) => own(of, true)), ...own(run, false)],
      lines: [{ y: CHANCE, name: this.words.chance, role: "grey" }], x: [0, run.steps], y: [0.01, 1], cursor: this.looked?.step ?? null,
    }, this.palette);
  }
}

const percent = (share) => (seen(share) ? `${(100 * share).toFixed(1)}%` : "–");

function spread(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => (100 * value).toFixed(1));
  return low === high ? `${low}%` : `${low}–${high}%`;
}

const dashes = (colour, dashed) => ({
  background: dashed ? `repeating-linear-gradient(90deg, ${colour} 0 5px, transparent 5px 8px)` : colour,
});
