// The controls of a training run: play and pause, steps, learning rate, a slider through its saved
// states. The same on every page that trains; what the numbers mean is the page's business.

import { isWatched } from "./client.js";
import { action, button, el, fill, grouped, say } from "../dom.js";
import { exact } from "../scale.js";
import { describe } from "./list.js";
/** @import { Runs } from "./client.js" */

const RATE = { low: -5, high: 0 }; // powers of ten
const SHOWS_TIME = 2; // seconds: what ends sooner needs no clock

export class Panel {
  /** @type {number | null} */
  inspected = null;
  /** @type {string | undefined} */
  lost;
  /** @type {string | undefined} */
  shown;
  /** @type {number | undefined} */
  rate;
  /** @type {Trouble | null} */
  wrong = null;
  asking = false;

  // config(): what a new run is to be. onInspect(saved | null): a state of the past, { step, marks,
  // pictures }, or the present. onRate(rate): the learning rate was moved. onBegin(): a run of
  // one's own has begun.
  /**
   * @param {RunWords} words
   * @param {Runs} runs
   * @param {{ config: () => Config, onInspect?: (saved: Saved | null) => unknown,
   *   onRate?: (rate: number) => unknown, onBegin?: () => unknown, rate?: number }} options
   */
  constructor(words, runs,
    { config, onInspect = () => {}, onRate = () => {}, onBegin = () => {}, rate = 0.01 }) {
    this.words = words;
    this.runs = runs;
    this.config = config;
    this.onInspect = onInspect;
    this.onRate = onRate;
    this.onBegin = onBegin;
    this.icon = el("i", { class: "icon" });
    this.playText = el("span", {}, words.play);
    this.play = el("button",
      { type: "button", class: "play", "data-fp": "play", onclick: () => this.toggle() },
      this.icon, this.playText);
    this.one = action(words.oneStep, () => this.step(1), { "data-fp": "step" });
    const steps = { type: "number", min: 1, max: 1000, value: 10, "data-fp": "count" };
    this.count = el("input", { ...steps, "aria-label": words.count });
    this.many = action(words.steps, () => this.step(this.steps()), { "data-fp": "steps" });
    this.stop = action(words.stop, () => this.halt("stop"), { "data-fp": "stop" });
    this.reset =
      action(words.reset, () => this.begin(() => this.runs.do("reset")), { "data-fp": "reset" });
    const powers = { type: "range", min: RATE.low, max: RATE.high, step: 0.05, "data-fp": "rate" };
    this.slope = el("input", { ...powers, "aria-label": words.rate });
    this.slope.addEventListener("input", () => this.rated(false));
    this.slope.addEventListener("change", () => this.rated(true));
    this.rateText = el("output", { "data-fp": "rate-text" });
    const time = { type: "range", min: 0, max: 1, value: 0, step: 1, "data-fp": "time" };
    this.time = el("input", { ...time, "aria-label": words.time });
    this.time.addEventListener("input", () => this.seek(Number(this.time.value)));
    this.time.addEventListener("keydown", (event) => this.key(event));
    this.timeText = el("output", { "data-fp": "time-text" });
    this.fork = button(words.goOn, () => this.goOn(), { class: "quiet", "data-fp": "fork" });
    // What changes many times a second stands apart from what is read aloud.
    this.status = el("span", { role: "status" });
    this.figures = el("span");
    const status = el("p", { class: "status", "data-fp": "status" }, this.status, this.figures);
    this.own = button(words.ownMachine, () => this.useOwn(),
      { class: "quiet", "data-fp": "own", hidden: true });
    this.element = el("section",
      { class: "panel", "data-block": "panel", "aria-label": words.title },
      el("div", { class: "drive", role: "toolbar", "aria-label": words.title }, this.play,
        el("span", { class: "group" }, this.one,
          el("span", { class: "several", "data-fold": true }, this.count, this.many),
          this.stop, this.reset),
        el("label", { class: "rate", "data-fold": true }, el("span", {}, words.rate), this.slope,
          this.rateText)),
      el("div", { class: "timeline" }, this.time, this.timeText),
      el("div", { class: "said" }, status, this.own, this.fork));
    this.setRate(rate);
  }

  // -- what the person does -----------------------------------------------------------------------

  // The run that can be steered: one's own, which the server still has.
  get mine() {
    const { run } = this.runs;
    return run && !run.shipped && !isWatched(run.id) && run.id !== this.lost ? run : null;
  }

  get ended() {
    return ["done", "stopped", "diverged"].includes(this.mine?.status ?? "");
  }

  // Whether a run is what a new one would be, but for some fields.
  /** @param {Run} run @param {...string} but */
  fits(run, ...but) {
    const config = this.config();
    /** @param {string} key */
    const same = (key) => JSON.stringify(config[key]) === JSON.stringify(run.config[key]);
    return Object.keys(config).every((key) => but.includes(key) || same(key));
  }

  // A run that only makes its first state takes no step yet: it can be played, not paused.
  get playing() {
    const { mine } = this;
    return mine !== null && ["running", "waiting"].includes(mine.status) && mine.ahead !== 0;
  }

  async toggle() {
    if (this.playing) return void this.halt("pause");
    performance.mark("fp:play");
    this.present();
    if (!this.mine || (this.ended && !this.fits(this.mine))) return void this.fresh(true);
    if (this.ended && !(await this.runs.do("reset"))) return;
    await this.runs.do("play");
    this.onBegin();
  }

  // For the benchmarks: from the press on Play to the first loss on the screen.
  timed() {
    if (!performance.getEntriesByName("fp:play").length) return;
    requestAnimationFrame(() => setTimeout(() => {
      if (!performance.getEntriesByName("fp:play").length) return;
      performance.measure("fp:first-loss", "fp:play");
      performance.clearMarks("fp:play");
    }));
  }

  // And from the press to the standstill.
  /** @param {string} verb */
  async halt(verb) {
    performance.mark(`fp:${verb}`);
    if (!(await this.runs.do(verb))) return;
    performance.measure(`fp:${verb}`, `fp:${verb}`);
    performance.clearMarks(`fp:${verb}`);
  }

  /** @param {number} count */
  async step(count) {
    this.present();
    if (!this.mine && !(await this.fresh(false))) return;
    await this.runs.do("step", { count });
  }

  steps() {
    const count = Math.round(Math.min(1000, Math.max(1, Number(this.count.value) || 1)));
    this.count.value = String(count);
    return count;
  }

  /** @param {boolean} play */
  async fresh(play) {
    const run = await this.runs.begin(this.config(), { play });
    if (run) this.onBegin();
    return run;
  }

  /** @param {() => Promise<Run | null>} how */
  async begin(how) {
    this.present();
    if (await how()) this.onBegin();
  }

  async useOwn() {
    if (await this.runs.useThisMachine() && this.mine) await this.runs.do("play");
  }

  // The learning rate changes in flight; it is also that of the next run.
  /** @param {boolean} ended */
  rated(ended) {
    const rate = Number((10 ** Number(this.slope.value)).toPrecision(2));
    this.showRate(rate);
    if (!ended) return;
    this.onRate(rate);
    if (this.mine && !this.ended) this.runs.do("rate", { learning_rate: rate });
  }

  /** @param {number} rate */
  setRate(rate) {
    this.slope.value = String(Math.log10(rate));
    this.showRate(rate);
  }

  /** @param {number} rate */
  showRate(rate) {
    say(this.rateText, exact(rate));
    this.slope.setAttribute("aria-valuetext", exact(rate));
    this.slope.style.setProperty("--share",
      `${(100 * (Math.log10(rate) - RATE.low)) / (RATE.high - RATE.low)}%`);
  }

  // -- looking back -------------------------------------------------------------------------------

  // The saved state at or below a step; the last one is the present.
  /** @param {number} step */
  seek(step) {
    const { run } = this.runs;
    if (!run) return;
    const below = run.saved.filter((saved) => saved <= step);
    const at = below.length ? below[below.length - 1] : run.saved[0];
    this.lookAt(at === run.saved[run.saved.length - 1] ? null : at);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { run } = this.runs;
    if (!run?.saved.length) return;
    const last = run.saved.length - 1;
    const here =
      this.inspected == null ? last
      : run.saved.findLastIndex((saved) => saved <= (this.inspected ?? 0));
    const far = Math.max(1, Math.round(last / 8));
    const to = { ArrowLeft: here - 1, ArrowDown: here - 1, ArrowRight: here + 1, ArrowUp: here + 1,
      PageDown: here - far,
      PageUp: here + far, Home: 0, End: last }[event.key];
    if (to == null) return;
    event.preventDefault();
    const at = Math.max(0, Math.min(last, to));
    this.lookAt(at === last ? null : run.saved[at]);
  }

  present() {
    if (this.inspected != null) this.lookAt(null);
  }

  // One question at a time: while the slider is dragged, places passed over are left out.
  /** @param {number | null} step */
  async lookAt(step) {
    this.inspected = step;
    this.paint(this.runs.run);
    if (step == null) return this.onInspect(null);
    if (this.asking) return;
    this.asking = true;
    try {
      const saved = await this.runs.at(step);
      if (saved && this.inspected != null) this.onInspect(saved);
    } finally {
      this.asking = false;
      if (this.inspected != null && this.inspected !== step) this.lookAt(this.inspected);
    }
  }

  async goOn() {
    const step = this.inspected;
    if (step == null || !(await this.runs.do("fork", { step }))) return;
    this.present();
    await this.runs.do("play");
    this.onBegin();
  }

  // -- what is shown ------------------------------------------------------------------------------

  /** @param {Run | null} run */
  paint(run) {
    if (!run) return;
    const { words, mine, playing, ended } = this;
    if (this.shown !== run.id && this.inspected != null) this.lookAt(null);
    if (this.shown !== run.id || this.rate !== run.learning_rate) this.setRate(run.learning_rate);
    this.shown = run.id;
    this.rate = run.learning_rate;
    say(this.playText, playing ? words.pause : ended ? words.again : words.play);
    this.icon.classList.toggle("pausing", playing);
    this.one.disabled = this.many.disabled = ended;
    this.stop.disabled = !mine || ended;
    this.reset.disabled = !mine || (run.step === 0 && !playing);
    const at = this.inspected ?? run.step;
    this.time.max = String(Math.max(1, run.steps));
    this.time.value = String(at);
    this.time.disabled = run.saved.length < 2;
    this.time.style.setProperty("--share", `${(100 * at) / Math.max(1, run.steps)}%`);
    this.time.style.setProperty("--known", `${(100 * run.step) / Math.max(1, run.steps)}%`);
    const place = fill(words.place, { step: grouped(at), steps: grouped(run.steps) });
    say(this.timeText, place);
    this.time.setAttribute("aria-valuetext", place);
    this.fork.style.visibility = mine && this.inspected != null ? "visible" : "hidden";
    Object.assign(this.element.dataset, { status: run.status, step: run.step, run: run.id });
    this.paintStatus(run);
    if (run.step > 0 && playing) this.timed();
  }

  // What goes wrong between browser and server, or in what was asked: { message }, { unreachable
  // }, { gone }, { silent } or null.
  /** @param {Trouble | null} trouble */
  trouble(trouble) {
    const { run } = this.runs;
    this.wrong = trouble;
    if (trouble?.gone) this.lost = run?.id;
    if (run) this.paint(run);
    else if (trouble) say(this.status, this.sentence(trouble));
  }

  /** @param {Trouble} trouble */
  sentence({ message, unreachable, gone, silent }) {
    const { words } = this;
    return unreachable ? words.unreachable : gone ? words.gone : silent ? words.silent
      : message ?? "";
  }

  /** @param {Run} run */
  paintStatus(run) {
    const { words, wrong } = this;
    const trouble = wrong ? this.sentence(wrong) : words.trouble[run.trouble];
    this.own.hidden = run.trouble !== "cluster";
    this.status.classList.toggle("wrong", Boolean(trouble));
    const back = this.inspected != null
      && fill(words.lookingBack, { step: grouped(this.inspected), last: grouped(run.step) });
    say(this.status, trouble || back || this.state(run));
    say(this.figures, trouble || back ? "" : this.speed(run));
  }

  /** @param {Run} run */
  state(run) {
    const { words } = this;
    if (run.shipped) {
      const settings = describe(run.config, words.exampleNamed, words);
      return fill(words.example, { settings });
    }
    return run.status === "waiting" && run.place > 0 ? fill(words.queue, { count: run.place })
      : words.statuses[run.status];
  }

  /** @param {Run} options */
  speed({ shipped, status, step, seconds, left }) {
    const { words } = this;
    if (shipped || !step || !seconds) return "";
    const speed = fill(words.speed, { speed: exact(Number((step / seconds).toPrecision(2))) });
    const counts = status === "running" && left + seconds > SHOWS_TIME;
    const time = counts ? fill(words.left, { seconds: Math.ceil(left) })
      : fill(words.took, { seconds: seconds.toFixed(1) });
    return ` · ${speed} · ${time}`;
  }
}
