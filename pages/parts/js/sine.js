// The picture of "Sine, live": a run that trains while one watches. The component talks to the engine's routes itself;
// the page hears only which run is on show and what a person chose in here.

import { el, say, styles } from "./dom.js";
import { Panel } from "./panel.js";
import { RunList } from "./run_list.js";
import { Runs } from "./runs.js";
import { Scores, short } from "./scores.js";
import { cellsOf, Forecasts, LossChart, ROLES } from "./sine_charts.js";
import { snapshot } from "./snapshot.js";
import { step } from "./steps.js";
import { onThemeChange, palette } from "./theme.js";
import { mounted } from "./views.js";

const AGAIN = 1500; // ms until the first run is asked for again
const REST = 120; // ms of standstill until the page is told

const style = await styles("base.css", "panel.css", "sine.css");

export const { mount, unmount } = mounted((...all) => new SineView(...all));

class SineView {
  constructor(host, data, send) {
    Object.assign(this, { host, data, send, words: data.words, overlays: [], looked: null, updates: 0, chosen: {} });
    this.runs = new Runs(data.base, "sine", {
      onChange: (run) => this.changed(run), onTrouble: (trouble) => this.panel.trouble(trouble),
    });
    this.build();
    this.theme();
    this.showHidden();
    onThemeChange(this.root, () => this.theme());
    this.onStep = (event) => step(this.root, event.detail, ".sine");
    document.addEventListener("forward-pass:step", this.onStep);
    document.dispatchEvent(new CustomEvent("forward-pass:step?"));
    this.first();
  }

  close() {
    clearTimeout(this.telling);
    this.runs.close();
    this.loss.close();
    this.forecasts.close();
    document.removeEventListener("forward-pass:step", this.onStep);
    this.root.remove();
  }

  // At first sight: the run of before a reload, if it is what the page asks for; else the shipped example.
  async first() {
    const listed = await this.runs.list();
    const restored = await this.runs.restore();
    if (!restored || !(restored.shipped || this.panel.fits(restored, "learning_rate"))) {
      const example = listed.find(({ shipped }) => shipped);
      if (this.begun) return; // somebody was quicker
      if (example) await this.runs.open(example.id);
      else await this.runs.begin(this.config, { play: false });
    }
    if (!this.runs.run && this.root.isConnected) setTimeout(() => this.first(), AGAIN); // the server is not there yet
    this.list.refresh();
  }

  // -- what the page says ----------------------------------------------------------------------------------------

  get config() {
    return this.data.config;
  }

  receive(data, send) {
    const before = this.data;
    Object.assign(this, { data, send });
    this.showHidden();
    if (JSON.stringify(before.config) !== JSON.stringify(data.config)) this.follow();
  }

  showHidden() {
    this.root.classList.toggle("without-rate", this.data.hidden.includes("rate"));
  }

  // Settings can change faster than runs begin: only the last one counts.
  async follow() {
    this.behind = true;
    if (this.following) return;
    this.following = true;
    try {
      while (this.behind) {
        this.behind = false;
        await this.adapt();
      }
    } finally {
      this.following = false;
    }
  }

  // Another setting is another run: it begins at once, and plays if the one before did, which is kept. The learning rate
  // alone changes in flight.
  async adapt() {
    const { panel, config } = this;
    const { mine, playing } = panel;
    panel.trouble(null);
    if (mine && panel.fits(mine, "learning_rate")) {
      if (mine.learning_rate !== config.learning_rate && mine.status !== "done") {
        await this.runs.do("rate", { learning_rate: config.learning_rate });
      } else panel.setRate(config.learning_rate);
      return;
    }
    if (config.kind === "table" && !config.values.length) return panel.trouble({ said: this.words.noColumn });
    if (mine && playing) await this.runs.do("pause");
    panel.present();
    if (!(await this.runs.begin(config, { play: playing }))) {
      if (mine && playing) await this.runs.do("play"); // the old one goes on; what was refused has been said
      return;
    }
    if (mine?.step) await this.list.show(mine.id);
    else if (mine) await this.runs.do("forget", {}, mine.id); // nothing has been computed in it
    this.list.refresh();
  }

  // -- the picture -----------------------------------------------------------------------------------------------

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
    this.host.append(this.root);
  }

  theme() {
    this.palette = palette(this.root);
    this.list.paint();
    this.paint();
  }

  changed(run) {
    const other = run.id !== this.shown;
    if (other) Object.assign(this, { shown: run.id, looked: null });
    this.panel.paint(run);
    this.paint();
    this.root.dataset.updates = ++this.updates;
    const rests = !["running", "waiting"].includes(run.status);
    if (rests && (!this.rests || other)) {
      this.list.refresh();
      this.tell(other && !run.shipped ? { learning_rate: run.learning_rate } : {});
    }
    this.rests = rests;
  }

  look(saved) {
    this.looked = saved;
    this.paint();
    this.tell();
  }

  // The page hears which run is on show, and of which step, once things stand still; and what was chosen in here.
  tell(config = {}) {
    Object.assign(this.chosen, config);
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      const { id, shipped } = this.runs.run ?? {};
      const run = id && !shipped ? id : "";
      this.send("view", { run, at: this.looked?.step ?? -1, config: this.chosen, told: performance.now() });
      this.chosen = {};
    }, REST);
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
