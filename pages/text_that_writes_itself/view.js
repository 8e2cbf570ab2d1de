// The picture of "Text that writes itself": a run that learns a text letter by letter, what its
// network writes, letter by letter with its candidates, what its units follow, and how far back it
// feels a letter. All of it is one saved state of the run on show.

import { ROLES } from "../kit/cells.js";
import { Chart } from "../kit/chart.js";
import { head } from "../kit/controls.js";
import { el, fill, percent, say, styles } from "../kit/dom.js";
import { Inspections } from "../kit/run/inspections.js";
import { RunView } from "../kit/run/view.js";
import { exact, seen } from "../kit/scale.js";
import { short } from "../kit/scores.js";
import { RunTrace } from "../kit/trace_number.js";
import { mounted } from "../kit/view.js";
import { LetterNumber } from "./number.js";
import { Sample } from "./sample.js";
import { Units } from "./units.js";

const COUNTS = Float64Array.from({ length: 6001 }, (_, i) => i + 1); // of steps, from 1
const ABOVE = 1.5; // how far above the 2-gram the axis of the perplexity goes

const style = await styles("kit/base.css", "kit/run/panel.css", "kit/heat.css", "kit/opened.css",
  "kit/trace_number.css", "text_that_writes_itself/view.css");

export const { mount, unmount } = mounted(() => TextView);

/** @extends {RunView<WritingData>} */
class TextView extends RunView {
  hideable = ["rate", "sample", "units"];
  choice = { temperature: 0, draw: 0, top_k: 0, top_p: 1, letter: 0, property: "", watched: -1 };
  /** @type {WritingReachAnswer | null} */
  felt = null;
  /** @type {LetterNumber} */
  number;
  /** @type {RunTrace} */
  trace;

  /** @param {HTMLElement} host @param {WritingData} data @param {Send} send */
  constructor(host, data, send) {
    const { words } = data;
    super(host, data, send, {
      name: "text", style, job: "text", picture: ".pictures",
      columns: [{ name: words.held, value: (run) => short(run.marks.perplexity) }],
      roles: (run) => [ROLES[run.config.cell]],
    });
    this.message = el("p", { class: "note", role: "status" });
    this.looks = this.own(new Inspections(`${data.base}/runs`,
      { onTrouble: (sentence) => say(this.message, sentence ?? "") }));
    this.chart = this.own(new Chart({ label: words.lossLabel, height: 250, xName: words.step,
      yName: words.lossTitle }));
    this.number = new LetterNumber(words.numbers, (place) => this.openNumber(place), words.letters);
    this.trace = new RunTrace(this, () => this.number, () => this.manner);
    this.sample = new Sample(words, data.limits, {
      onLook: (change) => this.choose(change),
      onNumber: (place) => place && this.trace.open(place),
    });
    this.units = new Units(words, { onLook: (change) => this.choose(change) });
    this.reach = this.own(new Chart({ label: words.reachLabel, height: 180, log: true,
      xName: words.back, yName: words.norm }));
    this.beyond = el("p", { class: "note", "data-fp": "beyond" });
    this.origin = el("span", { class: "origin", "data-fp": "text-origin" });
    this.scores = el("tbody");
    this.root.append(el("div", { class: "writing" }, this.panel.element, this.message,
      this.sample.element, this.number.element,
      el("div", { class: "row pictures" },
        el("section", { "data-block": "loss" },
          head(words.lossTitle, words.lossNote, this.origin), this.chart.element),
        el("section", { "data-block": "scores" }, head(words.scoresTitle, words.scoresNote),
          el("table", { class: "scores" }, this.scores))),
      this.units.element,
      el("section", { "data-block": "reach" }, head(words.reachTitle, words.reachNote),
        this.reach.element, this.beyond),
      this.list.element));
    this.begin(".writing");
  }

  /** @param {import("../kit/trace_number.js").Place | null} place another number, or none */
  openNumber(place) {
    this.trace.take(place);
  }

  // How the sample on show is written.
  get manner() {
    const { temperature, draw, top_k: topK, top_p: topP } = this.choice;
    return { temperature, draw, top_k: topK, top_p: topP };
  }

  // The run of the page's language, if no other text is set.
  /** @param {Run[]} listed @returns {Run | undefined} */
  example(listed) {
    const { language } = this.config;
    const there = listed.filter(({ shipped }) => shipped);
    return there.find(({ config }) => config.language === language) ?? there[0];
  }

  /** @param {Config} config */
  naming({ text, ...config }) {
    return text ? { ...config, text: "" } : config;
  }

  /** @param {WritingData} data */
  adopt(data) {
    super.adopt(data);
    const { number, ...choice } = data.view;
    this.choice = choice;
    this.trace.place = number;
    this.repaint();
  }

  /** @param {Partial<TextView["choice"]>} change */
  choose(change) {
    Object.assign(this.choice, change);
    this.repaint();
    this.notify();
  }

  more() {
    return { ...this.choice, number: this.trace.place };
  }

  /** @param {Run} run */
  changed(run) {
    if (run.id !== this.shown) {
      this.looks.forget();
      this.felt = null;
    }
    super.changed(run);
  }

  repaint() {
    const { run } = this.runs;
    if (!run?.saved.length) return;
    const { words } = this;
    const { step, marks } = this.inspected ?? run;
    say(this.origin, words.origins[run.shipped ? "shipped" : step === 0 ? "random" : "trained"]);
    this.paintLoss(run, marks);
    this.paintScores(run, marks);
    const about = { run: run.id, step: this.inspected?.step ?? run.saved.at(-1) ?? 0 };
    this.looks.ask("sample", about, this.manner, (/** @type {WritingSampleAnswer} */ answer) => {
      this.number.kinds = answer.kinds;
      this.sample.take(answer);
      this.sample.paint(this.choice);
      this.painted();
    });
    this.sample.paint(this.choice);
    this.trace.ask();
    if (this.inspected || !["running", "waiting"].includes(run.status)) this.askMore(about);
    this.units.paint(this.palette);
    this.paintReach();
  }

  // What is looked at when the run stands still.
  /** @param {{ run: string, step: number }} about */
  askMore(about) {
    const { property, watched } = this.choice;
    const asked = { ...(property && { property }), ...(watched >= 0 && { unit: watched }) };
    this.looks.ask("units", about, asked, (/** @type {WritingUnitsAnswer} */ answer) => {
      this.units.take(answer);
      this.units.paint(this.palette);
    });
    this.looks.ask("reach", about, {}, (/** @type {WritingReachAnswer} */ answer) => {
      this.felt = answer;
      this.paintReach();
    });
  }

  /** @param {Run} run @param {Saved["marks"]} marks */
  paintLoss(run, marks) {
    const { words } = this;
    /** @param {Run} of @param {boolean} faint */
    const curves = (of, faint) => {
      const { loss = [], held_out: held = [] } = of.series;
      const at = held.map((_, i) => i).filter((i) => seen(held[i]));
      const role = ROLES[of.config.cell];
      const training = of.config.unit === "letter" && !faint
        ? [{ key: `${of.id}.loss`, name: words.training, x: COUNTS, y: loss.map(Math.exp),
          role: "grey", faint: true }] : [];
      return [...training, { key: `${of.id}.held`, name: faint ? "" : words.held, role, faint,
        x: at.map((i) => i + 1), y: at.map((i) => Math.exp(held[i])) }];
    };
    this.chart.paint({
      series: [...this.overlays.filter(({ id }) => id !== run.id).flatMap((of) => curves(of, true)),
        ...curves(run, false)],
      lines: Object.entries(words.grams).map(([gram, name]) =>
        ({ y: marks[gram], name, role: "grey" })),
      x: [0, run.steps], y: [1, ABOVE * marks.gram2], cursor: this.inspected?.step ?? null,
      marks: run.rates.slice(1)
        .map(([x, rate]) => ({ x, name: fill(words.rateMark, { rate: exact(rate) }) })),
    }, this.palette);
  }

  /** @param {Run} run @param {Saved["marks"]} marks */
  paintScores({ config }, marks) {
    const { words } = this;
    const ratio = marks.perplexity / marks.gram5;
    const rows = [
      ["network", `${words.network}, ${config.cell.toUpperCase()}`, marks.perplexity,
        fill(words.over, { ratio: ratio.toFixed(2) })],
      ...Object.entries(words.grams).reverse().map(([gram, name]) => [gram, name, marks[gram], ""]),
    ];
    this.scores.replaceChildren(...rows.map(([key, name, value, note]) =>
      el("tr", { class: key === "network" ? "network" : "baseline" }, el("td", {}, name),
        el("td", { "data-fp": `perplexity-${key}`, "data-value": value }, short(value)),
        el("td", { class: "note" }, note))));
  }

  paintReach() {
    if (!this.felt) return;
    const { words } = this;
    const { norms, context, beyond } = this.felt;
    this.reach.paint({
      series: [{ key: "norm", name: "", x: COUNTS, y: norms, role: "ink" }], lines: [],
      x: [1, norms.length], marks: [{ x: context, name: words.cut }],
    }, this.palette);
    say(this.beyond, fill(words.beyond, { share: percent(beyond), context }));
    this.beyond.dataset.value = String(beyond);
  }
}
