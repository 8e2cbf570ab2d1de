// A picture of a run that trains while one watches: which run is on show, what becomes of it when the page asks for another
// setting, and what the page hears of it. The component talks to the engine's routes itself.

import { Runs } from "./runs.js";
import { followSteps, step } from "./steps.js";
import { onThemeChange, palette } from "./theme.js";

const AGAIN = 1500; // ms until the first run is asked for again
const REST = 120; // ms of standstill until the page is told

// A page's view builds `panel` (panel.js), `list` (run_list.js) and `root` in build(), and paints `runs.run` in paint(), or
// `looked`: a saved state of it. whole: what the first step of the walk brings into sight.
export class RunView {
  constructor(host, data, send, { job, whole }) {
    Object.assign(this, { host, data, send, words: data.words, overlays: [], looked: null, updates: 0, chosen: {} });
    this.runs = new Runs(data.base, job, {
      onChange: (run) => this.changed(run), onTrouble: (trouble) => this.panel.trouble(trouble),
    });
    this.build();
    this.host.append(this.root);
    this.theme();
    this.showHidden();
    onThemeChange(this.root, () => this.theme());
    this.leaveSteps = followSteps((detail) => step(this.root, detail, whole));
    this.first();
  }

  close() {
    clearTimeout(this.telling);
    this.runs.close();
    this.leaveSteps();
    this.root.remove();
  }

  // At first sight: the run of before a reload, if it is what the page asks for; else the shipped example.
  async first() {
    const listed = await this.runs.list();
    const restored = await this.runs.restore();
    if (!restored || !(restored.shipped || this.panel.fits(restored, "learning_rate"))) {
      const example = this.example(listed);
      if (this.begun) return; // somebody was quicker
      if (example) await this.runs.open(example.id);
      else await this.runs.begin(this.config, { play: false });
    }
    if (!this.runs.run && this.root.isConnected) setTimeout(() => this.first(), AGAIN); // the server is not there yet
    await this.list.refresh();
  }

  // Which of the listed runs is on show at first sight.
  example(listed) {
    return listed.find(({ shipped }) => shipped);
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

  // Why no run of this config can begin, as a sentence; most can.
  refused() {
    return null;
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
    const refused = this.refused(config);
    if (refused) return panel.trouble({ said: refused });
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
      this.send("view", { run, at: this.looked?.step ?? -1, config: this.chosen, told: performance.now(), ...this.more() });
      this.chosen = {};
    }, REST);
  }

  // What else the page is to hear.
  more() {
    return {};
  }
}
