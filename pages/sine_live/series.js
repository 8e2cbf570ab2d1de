// The picture of "Sine, live" on a real series: what a network says of rows that were held out, in
// units and over dates, beside what needs no network. It trains while one watches, as a wave does.

import { cellsOf, colourOf, ROLES } from "../kit/cells.js";
import { Chart } from "../kit/chart.js";
import { head } from "../kit/controls.js";
import { button, el, entry, fill, percent, say, styles } from "../kit/dom.js";
import { RunNumberPath } from "../kit/number_path.js";
import { RunView } from "../kit/run/view.js";
import { date, seen } from "../kit/scale.js";
import { short } from "../kit/scores.js";
import { mounted } from "../kit/view.js";
import { LossChart } from "./charts.js";
import { Curve } from "./curve.js";

const style = await styles("kit/base.css", "kit/run/panel.css", "kit/opened.css",
  "sine_live/view.css");
const BASELINES = ["persistence", "seasonal", "autoregression"];
const CURRENCY = /^[$€£¥₩]$/;

export const { mount, unmount } = mounted(() => SeriesView);

/** @extends {RunView<SeriesData>} */
class SeriesView extends RunView {
  /** @param {HTMLElement} host @param {SeriesData} data @param {Send} send */
  constructor(host, data, send) {
    const { words } = data;
    /** @param {string} what @returns {Omit<Column, "name">} */
    const judged = (what) => ({
      value: (run) => cellsOf(run).map((cell) => short(run.marks[`${cell}.${what}`])),
      onOpen: async (run, n) => {
        await this.look(run);
        this.arithmetic.open({ of: cellsOf(run)[n], what });
      },
    });
    super(host, data, send, {
      name: "series", style, job: "series", picture: ".pictures",
      columns: [{ name: words.error, ...judged("error") }, { name: words.over, ...judged("over") }],
      roles: (run) => cellsOf(run).map((cell) => ROLES[cell]),
    });
    /** @param {string} label @param {number} height @param {string} [xName] */
    const chart = (label, height, xName) => this.own(new Chart({ label, height, xName }));
    this.forecast = chart(words.forecastTitle, 260);
    this.whole = chart(words.wholeTitle, 170);
    this.scaled = chart(words.scaledTitle, 170);
    this.shifts = chart(words.shiftsTitle, 170, words.shift);
    this.loss = this.own(new LossChart(words));
    this.curve = new Curve(words, (values) => this.notify({ values }));
    this.arithmetic = this.makeArithmetic();
    this.origin = el("span", { class: "origin", "data-fp": "series-origin" });
    this.reason = el("span", { class: "note" });
    this.scores = el("tbody");
    this.verdicts = el("div", { class: "verdicts", role: "status", "data-fp": "series-verdict" });
    /** @param {string} name @param {HTMLElement} title @param {HTMLElement[]} content */
    const block = (name, title, ...content) =>
      el("section", { "data-block": name }, title, ...content);
    this.drawing = block("draw", head(words.drawTitle, words.drawNote), this.curve.element);
    this.root.append(el("div", { class: "sine" }, this.panel.element, this.drawing,
      el("div", { class: "sine pictures" },
        block("forecast", head(words.forecastTitle, words.forecastNote, this.origin),
          this.forecast.element),
        block("scores", head(words.scoresTitle, words.scoresNote),
          el("div",
            { class: "judged", tabindex: "0", role: "group", "aria-label": words.scoresTitle },
            el("table", { class: "scores", "data-fp": "series-scores" },
              el("thead", {}, el("tr", {}, el("td"),
                ...["error", "over", "width", "coverage", "lag"].map((what) =>
                  el("th", { title: entry(words.help, what) }, entry(words, what))))),
              this.scores)),
          this.verdicts),
        this.arithmetic.element,
        el("div", { class: "pair" },
          block("whole", head(words.wholeTitle, words.wholeNote), this.whole.element),
          block("scaled", el("div", { class: "head" }, el("h2", {}, words.scaledTitle),
            this.reason), this.scaled.element),
          block("loss", head(words.lossTitle, words.lossNote), this.loss.element),
          block("shifts", head(words.shiftsTitle, words.shiftsNote), this.shifts.element))),
      this.list.element));
    this.begin(".sine");
  }

  /** @returns {RunNumberPath} */
  makeArithmetic() {
    const { words } = this;
    return new RunNumberPath(this, "number", {
      levels: ["time", "part", "unit"],
      below: (array, [first, second]) => {
        const { query } = this.arithmetic;
        if (array === "said" && query?.time == null) return { time: first };
        if (array === "error" && query?.what === "over") return { what: "error" };
        if (array === "growth") return { part: 0 };
        if (array === "output") return { part: 1 };
        return array === "h" && query?.unit == null ? { unit: second } : null;
      },
      nameOf: (array, at) => {
        if (array === "said" || array === "truth") return this.dateOf(at[0]);
        return array === "h" ? `h ${at[at.length - 1]}` : entry(words.arrays, array) ?? array;
      },
      titleOf: ({ query: { of, what, time, part, unit } }) => {
        const level = unit != null ? "unit" : part != null ? ["growth", "output"][part]
          : time != null ? "said" : what;
        return fill(entry(words.numbers, level),
          { who: this.nameOf(of), date: this.dateOf(time), unit });
      },
    });
  }

  /** @param {string} who */
  nameOf(who) {
    const { words } = this;
    const { period } = this.runs.run?.config ?? this.config;
    return entry(words.cells, who) ?? fill(entry(words.baselines, who), { period });
  }

  // When a held-out row is: its date, or its number where there are no dates.
  /** @param {number | null} row */
  dateOf(row) {
    const { marks, pictures } = this.inspected ?? this.runs.run ?? {};
    const at = pictures?.times?.[(marks?.first_judged ?? 0) + (row ?? 0)] ?? 0;
    return this.dated ? date(at) : fill(this.words.row, { row: at });
  }

  get dated() {
    const { source, times } = this.runs.run?.config ?? this.config;
    return !["table", "drawn"].includes(source) || times.length > 0;
  }

  get unit() {
    const { source, unit } = this.runs.run?.config ?? this.config;
    return entry(this.words.units, source) ?? unit;
  }

  /** @param {number | null | undefined} value */
  inUnits(value) {
    const text = short(value);
    if (!this.unit || !seen(value)) return text;
    return CURRENCY.test(this.unit) ? `${this.unit}${text}` : `${text} ${this.unit}`;
  }

  // A table is too long to be told from another by its numbers.
  /** @param {Config} config */
  naming(config) {
    return { ...config, values: [], times: [] };
  }

  more() {
    return { number: this.arithmetic.query };
  }

  /** @param {Config} options */
  refused({ source, values }) {
    return source === "table" && !values.length ? this.words.noTable : null;
  }

  /** @param {SeriesData} before */
  compare(before) {
    super.compare(before);
    this.drawing.hidden = this.config.source !== "drawn";
  }

  repaint() {
    this.drawing.hidden = this.config.source !== "drawn";
    this.curve.show(this.data.curve, this.palette);
    const { run } = this.runs;
    if (!run) return;
    const { words, palette, inspected } = this;
    const { step, marks, pictures } = inspected ?? run;
    if (!pictures.truth) return;
    say(this.origin, words.origins[step === 0 ? "random" : "trained"]);
    say(this.reason, entry(words.reasons, run.config.scaling));
    this.paintForecast(run, marks, pictures);
    this.paintScores(run, marks, step);
    this.paintSeries(run, marks, pictures);
    this.loss.show(run, this.overlays, inspected, palette);
    this.shifts.paint({
      series: cellsOf(run).map((cell) => ({ key: cell, name: words.cells[cell], role: ROLES[cell],
        y: pictures[`${cell}.lags`], dots: true })),
    }, palette);
    this.shifts.yName = fill(words.errorIn, { unit: this.unit });
    this.arithmetic.ask();
    this.root.dataset.answers = String(this.updates);
  }

  // The held-out rows: the truth, what was said of them, and the intervals of the best network.
  /** @param {Run} run @param {Saved["marks"]} marks @param {Saved["pictures"]} pictures */
  paintForecast(run, marks, pictures) {
    const { words, palette, dated } = this;
    const from = marks.first_judged;
    const x = pictures.times.slice(from);
    const cells = cellsOf(run);
    const [best] = [...cells].sort((a, b) => marks[`${a}.error`] - marks[`${b}.error`]);
    const [low, high] = [pictures[`${best}.low`], pictures[`${best}.high`]];
    /** @param {string} key @param {string} name @param {number[]} y @param {string} role */
    const line = (key, name, y, role) => ({ key, name, x, y, role });
    this.forecast.yName = this.unit;
    this.forecast.paint({
      dated, bands: [{ x, low, high, role: ROLES[best] }],
      series: [
        { ...line("truth", words.truth, pictures.truth.slice(from), "grey"), broad: true },
        { ...line("low", "", low, ROLES[best]), faint: true },
        { ...line("high", "", high, ROLES[best]), faint: true },
        ...cells.map((cell) =>
          line(cell, words.cells[cell], pictures[`${cell}.forecast`], ROLES[cell])),
      ],
    }, palette);
  }

  /** @param {Run} run @param {Saved["marks"]} marks @param {number} step */
  paintScores(run, marks, step) {
    const { words, palette } = this;
    const cells = cellsOf(run);
    /** @param {string} who @param {string} what @param {string} text */
    const opens = (who, what, text) => el("td",
      { "data-fp": `series-${what}-${who}`, "data-value": marks[`${who}.${what}`] },
      button(text, () => this.arithmetic.open({ of: who, what }),
        { class: "opens", "data-fp": `open-${who}-${what}` }));
    this.scores.replaceChildren(...[...cells, ...BASELINES].map((who) => {
      const learns = cells.includes(who);
      const swatch = el("i", { class: learns ? "swatch" : "swatch dotted" });
      if (learns) swatch.style.background = colourOf(palette, who);
      /** @param {string} what */
      const mark = (what) => marks[`${who}.${what}`];
      return el("tr", { class: learns ? "cell" : "baseline" },
        el("td", {}, swatch, this.nameOf(who)),
        opens(who, "error", this.inUnits(mark("error"))),
        opens(who, "over", short(mark("over"))),
        opens(who, "width", `± ${this.inUnits(mark("width"))}`),
        opens(who, "coverage", percent(mark("coverage"))),
        el("td", { "data-fp": `lag-${who}` }, String(mark("lag"))));
    }));
    const drift = fill(words.drifts, { share: percent(marks.outside) });
    this.verdicts.replaceChildren(...cells.map((cell) => {
      const stands = marks[`${cell}.stands`];
      const said = [
        fill(words.verdicts[stands > 0 ? "better" : stands < 0 ? "worse" : "alike"],
          { who: words.cells[cell], over: short(marks[`${cell}.over`]) }),
        step === 0 ? words.untrained : stands < 0 && (marks.drifts ? drift : words.overfits),
        marks[`${cell}.repeats`] > 0 && fill(words.follows, { lag: marks[`${cell}.lag`] }),
      ];
      return el("p", { "data-stands": stands, "data-repeats": marks[`${cell}.repeats`] },
        said.filter(Boolean).join(" "));
    }));
  }

  // All of the series in units and as the network reads it; on both the window of the row that is
  // open, or of the last one, and its target.
  /** @param {Run} run @param {Saved["marks"]} marks @param {Saved["pictures"]} pictures */
  paintSeries(run, marks, pictures) {
    const { words, palette, dated } = this;
    const { times, truth, scaled } = pictures;
    const last = times.length - 1;
    const time = this.arithmetic.query?.time;
    const target = time == null ? last : Math.min(last, marks.first_judged + time);
    const window = [target - run.config.length, target - 1];
    /** @param {Chart} chart @param {number[]} y @param {string} yName */
    const paint = (chart, y, yName) => {
      const known = y.filter(seen);
      const [least, most] = [Math.min(...known), Math.max(...known)];
      chart.yName = yName;
      chart.paint({
        dated,
        bands: [{ x: window.map((row) => times[row]), low: [least, least], high: [most, most],
          role: "grey" }],
        series: [
          { key: "series", name: words.truth, x: times, y, role: "ink" },
          { key: "target", name: words.target, x: [times[target]], y: [y[target]], role: "accent",
            dots: true },
        ],
        marks: [{ x: times[marks.first_calibrated], name: words.calibration },
          { x: times[marks.first_judged], name: words.held }],
      }, palette);
    };
    paint(this.whole, truth, this.unit);
    paint(this.scaled, scaled, words.scaledUnit);
  }
}
