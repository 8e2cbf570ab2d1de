// A picture of a run that trains while one watches: which run is on show, what becomes of it when
// the page asks for another setting, and what the page learns of it. The component talks to the
// engine's routes itself.

import { Panel } from "./panel.js";
import { RunList } from "./list.js";
import { Runs, isWatched } from "./client.js";
import { snapshot } from "../snapshot.js";
import { View } from "../view.js";

const AGAIN = 1500; // ms until the first run is asked for again

// The jobs of which the page has heard. Before that it takes the example by itself, as we do.
/** @type {Set<string>} */
const heard = new Set();

// Where a lecturer is followed, the lecturer's run is told once more.
const askToWatch = () => document.dispatchEvent(new Event("forward-pass:watch?"));

/**
 * A page's view puts `panel` and `list` into its root, and paints `runs.run` in repaint(), or
 * `inspected`: a saved state of it.
 * @template {PictureData & { config: Config }} Data
 * @extends {View<Data>}
 */
export class RunView extends View {
  delay = 120;
  hideable = ["rate"];
  updates = 0;
  /** @type {Run[]} other runs, whose curves stand beside */
  overlays = [];
  /** @type {Saved | null} a state of the past that is on show */
  inspected = null;
  /** @type {Config} what was chosen in the picture, and the page has not heard of yet */
  chosen = {};
  /** @type {string | undefined} the run that is on show */
  shown = undefined;
  begun = false;
  behind = false;
  following = false;
  rests = false;
  /** the run of the lecturer whom this page follows, on show instead of its own; "" for none */
  watching = "";
  /** what the room was told last */
  told = "";

  /**
   * @param {HTMLElement} host
   * @param {Data} data
   * @param {Send} send
   * @param {{ name: string, classes?: string, style: string, job: string, picture: string,
   *   columns: Column[], roles?: (run: Run) => string[],
   *   makePanel?: typeof Panel }} options
   *   picture: what is taken away as PNG; columns, roles: as in list.js
   */
  constructor(host, data, send, { name, classes, style, job, picture, columns, roles, makePanel }) {
    super(host, data, send, { name, classes, style });
    const { words } = this;
    this.runs = this.own(new Runs(data.base, job, {
      onChange: (run) => this.changed(run), onTrouble: (trouble) => this.panel.trouble(trouble),
    }));
    const Own = makePanel ?? Panel;
    this.panel = new Own(words, this.runs, {
      config: () => this.config, rate: data.config.learning_rate,
      onInspect: (saved) => this.inspect(saved),
      onRate: (rate) => this.notify({ learning_rate: rate }),
      onBegin: () => {
        this.begun = true;
        this.list.refresh();
      },
    });
    this.list = new RunList(words, this.runs, {
      columns, roles: roles ?? (() => []), palette: () => this.palette,
      only: (run) => this.isListed(run), nameOf: (config) => this.naming(config),
      onShow: (overlays) => {
        this.overlays = overlays;
        this.repaint();
      },
      onOpen: (run) => this.opened(run),
      picture: () => snapshot(this.part(picture), this.palette),
    });
  }

  /** @param {string} selector */
  part(selector) {
    return /** @type {HTMLElement} */ (this.root.querySelector(selector));
  }

  /** @param {string} whole */
  begin(whole) {
    super.begin(whole);
    this.onWatch = (/** @type {Event} */ event) =>
      this.watch(/** @type {CustomEvent<Watched>} */ (event).detail);
    document.addEventListener("forward-pass:watch", this.onWatch);
    this.first().then(askToWatch);
  }

  close() {
    if (this.onWatch) document.removeEventListener("forward-pass:watch", this.onWatch);
    super.close();
  }

  // A room is led: the lecturer's run is on show, at the lecturer's moment of it.
  /** @param {Watched} watched */
  async watch({ job, run, moment }) {
    const wanted = job === this.runs.job ? run : "";
    // What had begun before it was wanted may have put another run in its place.
    if (wanted !== this.watching || (wanted && wanted !== this.runs.id)) {
      this.watching = wanted;
      if (!wanted) {
        this.runs.leave();
        return void this.first();
      }
      if (wanted !== this.runs.id && !(await this.runs.open(wanted))) {
        this.watching = "";
        return;
      }
    }
    const at = moment < 0 ? null : moment;
    if (wanted && at !== this.panel.inspected) this.panel.lookAt(at);
  }

  // The lecturer's side of it: which run is on show, and of which moment.
  async tell() {
    const { id } = this.runs;
    const moment = this.inspected?.step ?? -1;
    const text = `${id} ${moment}`;
    if (!id || this.watching || text === this.told) return;
    this.told = text;
    const run = this.runs.run?.shipped ? id : await this.runs.watched();
    if (text !== this.told) return; // another is on show meanwhile
    const detail = { job: this.runs.job, run, moment };
    document.dispatchEvent(new CustomEvent("forward-pass:run", { detail }));
  }

  // To begin with: the run from before a reload, if it is what the page asks for; else the example.
  async first() {
    const listed = await this.runs.list();
    const restored = await this.runs.restore();
    if (!restored || !(restored.shipped || this.panel.fits(restored, "learning_rate"))) {
      const example = this.example(listed);
      if (this.begun) return; // somebody was quicker
      if (example) await this.runs.open(example.id);
      else await this.runs.begin(this.config, { play: false });
    }
    if (!this.runs.run && this.root.isConnected) {
      setTimeout(() => this.first(), AGAIN); // the server is not there yet
    }
    await this.list.refresh();
  }

  // Which of the listed runs is on show at first sight.
  /** @param {Run[]} listed @returns {Run | undefined} */
  example(listed) {
    return listed.find(({ shipped }) => shipped);
  }

  // Whether the list holds a run.
  /** @param {Run} run */
  isListed(run) {
    void run;
    return true;
  }

  // What of a config names its run.
  /** @param {Config} config */
  naming(config) {
    return config;
  }

  // -- what the page says -------------------------------------------------------------------------

  /** @returns {Config} */
  get config() {
    return this.data.config;
  }

  /** @param {Data} before */
  compare(before) {
    if (JSON.stringify(before.config) !== JSON.stringify(this.data.config)) this.follow();
  }

  // Why no run of this config can begin, as a sentence; most can.
  /** @param {Config} config @returns {string | null} */
  refused(config) {
    void config;
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
      askToWatch();
    }
  }

  // Another setting is another run: it begins at once, and plays if the one before did, which is
  // kept. The learning rate alone changes in flight.
  async adapt() {
    if (this.watching) return; // the settings are those of the run that is watched
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
    if (refused) return panel.trouble({ message: refused });
    if (mine && playing) await this.runs.do("pause");
    panel.present();
    if (!(await this.runs.begin(config, { play: playing }))) {
      if (mine && playing) await this.runs.do("play"); // the old one goes on; why has been said
      return;
    }
    if (mine?.step) await this.list.show(mine.id);
    else if (mine) await this.runs.do("forget", {}, mine.id); // nothing has been computed in it
    this.list.refresh();
  }

  // -- the picture --------------------------------------------------------------------------------

  theme() {
    super.theme();
    this.list.paint();
  }

  /** @param {Run} run */
  changed(run) {
    const other = run.id !== this.shown;
    if (other) {
      this.shown = run.id;
      this.inspected = null;
    }
    this.panel.paint(run);
    this.repaint();
    this.tell();
    this.root.dataset.updates = String(++this.updates);
    const rests = !["running", "waiting"].includes(run.status);
    if (rests && (!this.rests || other)) {
      this.list.refresh();
      const own = other && !run.shipped && !this.watching;
      if (own) this.notify({ learning_rate: run.learning_rate });
      else if (!run.shipped || heard.has(run.job)) this.notify();
    }
    this.rests = rests;
  }

  /** @param {Saved | null} saved */
  inspect(saved) {
    this.inspected = saved;
    this.repaint();
    this.tell();
    this.notify();
  }

  // Another run was opened in the list: its setting is the page's.
  /** @param {Run} run */
  opened(run) {
    if (!run.shipped) this.notify({ ...run.config, learning_rate: run.learning_rate });
  }

  // Another run is looked at, as it ended: a number of it is opened.
  /** @param {Run} run */
  async look(run) {
    await this.list.open(run.id);
    this.panel.present();
  }

  // The page hears which run is on show, and of which step, once things stand still; and what was
  // chosen in here.
  /** @param {Config} [config] */
  notify(config = {}) {
    Object.assign(this.chosen, config);
    super.notify();
  }

  report() {
    const { id, shipped } = this.runs.run ?? {};
    const config = this.chosen;
    this.chosen = {};
    heard.add(this.runs.job);
    const run = id && !shipped && !isWatched(id) ? id : "";
    return { run, at: this.inspected?.step ?? -1, config, ...this.more() };
  }

  // What else the page is to hear.
  /** @returns {object} */
  more() {
    return {};
  }
}
