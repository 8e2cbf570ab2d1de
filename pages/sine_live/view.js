// The picture of "Sine, live": a run that trains while one watches. The component talks to the engine's routes itself;
// the page hears only which run is on show and what a person chose in here.

import { el, say, styles } from "../kit/dom.js";
import { Panel } from "../kit/panel.js";
import { RunList } from "../kit/run_list.js";
import { RunView } from "../kit/run_view.js";
import { Scores, short } from "../kit/scores.js";
import { cellsOf, Forecasts, LossChart, ROLES } from "./charts.js";
import { snapshot } from "../kit/snapshot.js";
import { mounted } from "../kit/views.js";

const style = await styles("kit/base.css", "kit/panel.css", "sine_live/view.css");

export const { mount, unmount } = mounted((...all) => new SineView(...all));

class SineView extends RunView {
  constructor(host, data, send) {
    super(host, data, send, { job: "sine", whole: ".sine" });
  }

  close() {
    super.close();
    this.loss.close();
    this.forecasts.close();
  }

  refused({ kind, values }) {
    return kind === "table" && !values.length ? this.words.noColumn : null;
  }

  build() {
    const { words, runs } = this;
    this.panel = new Panel(words, runs, {
      config: () => this.config, rate: this.config.learning_rate,
      onLook: (saved) => this.look(saved), onBegin: () => { this.begun = true; this.list.refresh(); }, onRate: (rate) => this.tell({ learning_rate: rate }),
    });
    const errors = (key) => (run) => cellsOf(run).map((cell) => short(run.marks[`${cell}.${key}`])).join(" · ");
    this.list = new RunList(words, runs, {
      columns: [{ name: words.scoreOne, value: errors("one_step") }, { name: words.freeShort, value: errors("free_run") }],
      roles: (run) => cellsOf(run).map((cell) => ROLES[cell]), palette: () => this.palette,
      onShow: (overlays) => { this.overlays = overlays; this.paint(); },
      onOpen: (run) => run.shipped || this.tell({ ...run.config, learning_rate: run.learning_rate }),
      picture: () => snapshot(this.root.querySelector(".pictures"), this.palette),
    });
    this.loss = new LossChart(words);
    this.forecasts = new Forecasts(words);
    this.scores = new Scores(words);
    this.origin = el("span", { class: "origin", "data-fp": "origin" });
    const block = (name, title, note, more, ...content) => el("section", { "data-block": name },
      el("div", { class: "head" }, el("h3", {}, title), el("span", { class: "note" }, note), more), ...content);
    const { validation, train, free } = this.forecasts;
    this.root = el("div", { class: "fp", "data-fp": "sine" },
      el("style", {}, style),
      el("div", { class: "sine" }, this.panel.element,
        el("div", { class: "sine pictures" },
          el("div", { class: "row" },
            block("loss", words.lossTitle, words.lossNote, this.origin, this.loss.element),
            block("scores", words.scoresTitle, "", null, this.scores.element)),
          el("div", { class: "row forecasts" },
            block("one", words.oneTitle, words.oneNote, null, el("div", { class: "pair" }, validation.element, train.element)),
            block("free", words.freeTitle, words.freeNote, null, free.element))),
        this.list.element));
  }

  paint() {
    const { run } = this.runs;
    if (!run) return;
    const { looked, words, palette } = this;
    const shown = looked ?? run;
    say(this.origin, words.origins[shown.step === 0 ? "random" : run.shipped ? "shipped" : "trained"]);
    this.loss.show(run, this.overlays, looked, palette);
    this.forecasts.show(run, shown, palette);
    this.scores.paint(cellsOf(run), shown.marks, (cell) => palette.category(Number(ROLES[cell])));
    this.root.dataset.answers = this.updates;
  }
}
