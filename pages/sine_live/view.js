// The picture of "Sine, live": a run that trains while one watches. The component talks to the
// engine's routes itself; the page hears only which run is on show and what a person chose in here.

import { cellsOf, colourOf, ROLES } from "../kit/cells.js";
import { head } from "../kit/controls.js";
import { el, fill, say, styles } from "../kit/dom.js";
import { RunNumberPath } from "../kit/number_path.js";
import { RunView } from "../kit/run/view.js";
import { mounted } from "../kit/view.js";
import { Scores, short } from "../kit/scores.js";
import { Forecasts, LossChart } from "./charts.js";

const style = await styles("kit/base.css", "kit/run/panel.css", "kit/opened.css",
  "sine_live/view.css");

export const { mount, unmount } = mounted(() => SineView);

/** @extends {RunView<SineData>} */
class SineView extends RunView {
  /** @param {HTMLElement} host @param {SineData} data @param {Send} send */
  constructor(host, data, send) {
    const { words } = data;
    /** @param {string} mode @returns {Omit<Column, "name">} */
    const errors = (mode) => ({
      value: (run) => cellsOf(run).map((cell) => short(run.marks[`${cell}.${mode}`])),
      onOpen: async (run, n) => {
        await this.look(run);
        this.arithmetic.open({ of: cellsOf(run)[n], mode });
      },
    });
    super(host, data, send, {
      name: "sine", style, job: "sine", picture: ".pictures",
      columns: [
        { name: words.scoreOne, ...errors("one_step") },
        { name: words.freeShort, ...errors("free_run") },
      ],
      roles: (run) => cellsOf(run).map((cell) => ROLES[cell]),
    });
    this.loss = this.own(new LossChart(words));
    this.forecasts = this.own(new Forecasts(words));
    this.arithmetic = this.makeArithmetic();
    this.scores =
      new Scores(words, { onNumber: (of, mode) => this.arithmetic.open({ of, mode }) });
    this.origin = el("span", { class: "origin", "data-fp": "origin" });
    /** @param {string} name @param {HTMLElement} title @param {HTMLElement} content */
    const block = (name, title, content) => el("section", { "data-block": name }, title, content);
    const { validation, train, free } = this.forecasts;
    this.root.append(el("div", { class: "sine" }, this.panel.element,
        el("div", { class: "sine pictures" },
          block("free", head(words.freeTitle, words.freeNote, this.origin), free.element),
          el("div", { class: "row" },
            block("loss", head(words.lossTitle, words.lossNote), this.loss.element),
            block("scores", head(words.scoresTitle), this.scores.element)),
          this.arithmetic.element,
          block("one", head(words.oneTitle, words.oneNote),
            el("div", { class: "pair" }, validation.element, train.element))),
        this.list.element));
    this.begin(".sine");
  }

  /** @returns {RunNumberPath} */
  makeArithmetic() {
    const { words } = this;
    /** @type {Record<string, string>} */
    const names = { ...words.cells, persistence: words.persistence, two_tap: words.two_tap };
    return new RunNumberPath(this, "score", {
      levels: ["window", "time", "unit"],
      below: (array, [first, second]) => {
        if (array === "errors") return { window: first };
        if (array === "output") return { time: first };
        return array === "h" && this.arithmetic.query?.unit == null ? { unit: second } : null;
      },
      nameOf: (array, at) => {
        if (array === "errors") return fill(words.windowOf, { window: at[0] + 1 });
        return array === "output" ? fill(words.timeOf, { time: at[0] + 1 })
          : `h ${at[at.length - 1]}`;
      },
      titleOf: ({ query: { of, mode, window, time, unit } }) => {
        const level = unit != null ? "unit" : time != null ? "output" : window != null ? "window"
          : "score";
        return fill(words.numbers[level], { cell: names[of], window: window + 1, time: time + 1,
          unit, mode: mode === "one_step" ? words.scoreOne : words.freeShort });
      },
    });
  }

  more() {
    return { number: this.arithmetic.query };
  }

  /** @param {Config} options */
  refused({ kind, values }) {
    return kind === "table" && !values.length ? this.words.noColumn : null;
  }

  repaint() {
    const { run } = this.runs;
    if (!run) return;
    const { inspected, words, palette } = this;
    const shown = inspected ?? run;
    say(this.origin,
      words.origins[shown.step === 0 ? "random" : run.shipped ? "shipped" : "trained"]);
    this.loss.show(run, this.overlays, inspected, palette);
    this.forecasts.show(run, shown, palette);
    this.scores.paint(cellsOf(run), shown.marks, (cell) => colourOf(palette, cell));
    this.arithmetic.ask();
    this.root.dataset.answers = String(this.updates);
  }
}
