// The controls of a training run: play and pause, steps, learning rate, a slider through its saved states. The same on
// every page that trains; what the numbers mean is the page's business.

import { button, el, fill, say } from "./dom.js";
import { exact } from "./scale.js";

const RATE = { low: -5, high: 0 }; // powers of ten
const SHOWS_TIME = 2; // seconds: what ends sooner needs no clock

export class Panel {
  // config(): what a new run is to be. onLook(saved | null): a state of the past, { step, marks, pictures }, or the present.
  // onRate(rate): the learning rate was moved. onBegin(): a run of one's own has begun.
  constructor(words, runs, { config, onLook = () => {}, onRate = () => {}, onBegin = () => {}, rate = 0.01 }) {
    Object.assign(this, { words, runs, config, onLook, onRate, onBegin, looked: null });
    this.build();
    this.setRate(rate);
  }

  build() {
    const { words } = this;
    this.icon = el("i", { class: "icon" });
    this.playText = el("span", {}, words.play);
    this.play = el("button", { type: "button", class: "play", "data-fp": "play", onclick: () => this.toggle() }, this.icon, this.playText);
    this.one = button(words.oneStep, () => this.step(1), { "data-fp": "step" });
    this.count = el("input", { type: "number", min: 1, max: 1000, value: 10, "aria-label": words.count, "data-fp": "count" });
    this.many = button(words.steps, () => this.step(this.asked()), { "data-fp": "steps" });
    this.stop = button(words.stop, () => this.halt("stop"), { "data-fp": "stop" });
    this.reset = button(words.reset, () => this.begin(() => this.runs.do("reset")), { "data-fp": "reset" });
    this.slope = el("input", { type: "range", min: RATE.low, max: RATE.high, step: 0.05, "data-fp": "rate", "aria-label": words.rate });
    this.slope.addEventListener("input", () => this.rated(false));
    this.slope.addEventListener("change", () => this.rated(true));
    this.rateText = el("output", { "data-fp": "rate-text" });
    this.time = el("input", { type: "range", min: 0, max: 1, value: 0, step: 1, "data-fp": "time", "aria-label": words.time });
    this.time.addEventListener("input", () => this.seek(Number(this.time.value)));
    this.time.addEventListener("keydown", (event) => this.key(event));
    this.timeText = el("output", { "data-fp": "time-text" });
    this.fork = button(words.goOn, () => this.goOn(), { class: "quiet", "data-fp": "fork" });
    this.status = el("p", { class: "status", role: "status", "data-fp": "status" });
    this.own = button(words.ownMachine, () => this.useOwn(), { class: "quiet", "data-fp": "own", hidden: true });
    this.element = el("section", { class: "panel", "data-block": "panel", "aria-label": words.title },
      el("div", { class: "drive", role: "toolbar", "aria-label": words.title }, this.play,
        el("span", { class: "group" }, this.one, el("span", { class: "several" }, this.count, this.many), this.stop, this.reset),
        el("label", { class: "rate" }, el("span", {}, words.rate), this.slope, this.rateText)),
      el("div", { class: "timeline" }, this.time, this.timeText),
      el("div", { class: "said" }, this.status, this.own, this.fork));
  }

  // -- what the person does --------------------------------------------------------------------------------------

  get mine() {
    const { run } = this.runs;
    return run && !run.shipped ? run : null;
  }

  get playing() {
    return ["running", "waiting"].includes(this.mine?.status);
  }

  async toggle() {
    if (this.playing) return void this.halt("pause");
    performance.mark("fp:play");
    this.present();
    if (!this.mine) return void this.fresh(true);
    if (["done", "stopped", "diverged"].includes(this.mine.status) && !(await this.runs.do("reset"))) return;
    await this.runs.do("play");
    this.onBegin();
  }

  // Timed from the press to the standstill, for the benchmarks.
  async halt(verb) {
    performance.mark(`fp:${verb}`);
    if (!(await this.runs.do(verb))) return;
    performance.measure(`fp:${verb}`, `fp:${verb}`);
    performance.clearMarks(`fp:${verb}`);
  }

  async step(count) {
    this.present();
    if (!this.mine && !(await this.fresh(false))) return;
    await this.runs.do("step", { count });
  }

  asked() {
    const count = Math.round(Math.min(1000, Math.max(1, Number(this.count.value) || 1)));
    this.count.value = count;
    return count;
  }

  async fresh(play) {
    const run = await this.runs.begin(this.config(), { play });
    if (run) this.onBegin();
    return run;
  }

  async begin(how) {
    this.present();
    if (await how()) this.onBegin();
  }

  async useOwn() {
    if (await this.runs.useThisMachine() && this.mine) await this.runs.do("play");
  }

  // The learning rate changes in flight; it is also that of the next run.
  rated(ended) {
    const rate = Number((10 ** Number(this.slope.value)).toPrecision(2));
    this.showRate(rate);
    if (!ended) return;
    this.onRate(rate);
    if (this.mine && this.mine.status !== "done") this.runs.do("rate", { learning_rate: rate });
  }

  setRate(rate) {
    this.slope.value = Math.log10(rate);
    this.showRate(rate);
  }

  showRate(rate) {
    say(this.rateText, exact(rate));
    this.slope.setAttribute("aria-valuetext", exact(rate));
    this.slope.style.setProperty("--done", `${(100 * (Math.log10(rate) - RATE.low)) / (RATE.high - RATE.low)}%`);
  }

  // -- looking back ----------------------------------------------------------------------------------------------

  // The saved state at or below a step; the last one is the present.
  seek(step) {
    const { run } = this.runs;
    if (!run) return;
    const below = run.saved.filter((saved) => saved <= step);
    const at = below.length ? below[below.length - 1] : run.saved[0];
    this.lookAt(at === run.saved[run.saved.length - 1] ? null : at);
  }

  key(event) {
    const { run } = this.runs;
    if (!run?.saved.length) return;
    const last = run.saved.length - 1;
    const here = this.looked == null ? last : run.saved.findLastIndex((saved) => saved <= this.looked);
    const far = Math.max(1, Math.round(last / 8));
    const to = { ArrowLeft: here - 1, ArrowDown: here - 1, ArrowRight: here + 1, ArrowUp: here + 1, PageDown: here - far,
      PageUp: here + far, Home: 0, End: last }[event.key];
    if (to == null) return;
    event.preventDefault();
    const at = Math.max(0, Math.min(last, to));
    this.lookAt(at === last ? null : run.saved[at]);
  }

  present() {
    if (this.looked != null) this.lookAt(null);
  }

  // One question at a time: while the slider is dragged, places passed over are left out.
  async lookAt(step) {
    this.looked = step;
    this.paint(this.runs.run);
    if (step == null) return this.onLook(null);
    if (this.asking) return;
    this.asking = true;
    try {
      const saved = await this.runs.at(step);
      if (saved && this.looked != null) this.onLook(saved);
    } finally {
      this.asking = false;
      if (this.looked != null && this.looked !== step) this.lookAt(this.looked);
    }
  }

  async goOn() {
    const step = this.looked;
    if (step == null || !(await this.runs.do("fork", { step }))) return;
    this.present();
    await this.runs.do("play");
    this.onBegin();
  }

  // -- what is shown ---------------------------------------------------------------------------------------------

  paint(run) {
    if (!run) return;
    const { words, mine, playing } = this;
    if (this.shown !== run.id) {
      this.shown = run.id;
      if (this.looked != null) this.lookAt(null);
      this.setRate(run.learning_rate);
    }
    say(this.playText, playing ? words.pause : this.mine && ["done", "stopped", "diverged"].includes(run.status) ? words.again : words.play);
    this.icon.classList.toggle("pausing", playing);
    const ended = ["done", "stopped", "diverged"].includes(run.status);
    this.one.disabled = this.many.disabled = Boolean(mine) && ended;
    this.stop.disabled = !mine || ended;
    this.reset.disabled = !mine || (run.step === 0 && !playing);
    this.slope.disabled = Boolean(mine) && run.status === "done";
    const at = this.looked ?? run.step;
    this.time.max = Math.max(1, run.steps);
    this.time.value = at;
    this.time.disabled = run.saved.length < 2;
    this.time.style.setProperty("--done", `${(100 * at) / Math.max(1, run.steps)}%`);
    this.time.style.setProperty("--known", `${(100 * run.step) / Math.max(1, run.steps)}%`);
    const place = fill(words.place, { step: count(at), steps: count(run.steps) });
    say(this.timeText, place);
    this.time.setAttribute("aria-valuetext", place);
    this.fork.style.visibility = mine && this.looked != null ? "visible" : "hidden";
    Object.assign(this.element.dataset, { status: run.status, step: run.step, run: run.id });
    this.tell(run);
  }

  // What goes wrong between browser and server, or in what was asked for: { said }, { unreachable }, { gone } or null.
  trouble(trouble) {
    this.wrong = trouble;
    if (this.runs.run) this.tell(this.runs.run);
    else if (trouble) say(this.status, this.sentence(trouble));
  }

  sentence({ said, unreachable, gone }) {
    return unreachable ? this.words.unreachable : gone ? this.words.gone : said;
  }

  tell(run) {
    const { words, wrong } = this;
    this.own.hidden = run.trouble !== "cluster";
    this.status.classList.toggle("wrong", Boolean(wrong || run.trouble));
    if (wrong) return say(this.status, this.sentence(wrong));
    if (run.trouble && words.trouble[run.trouble]) return say(this.status, words.trouble[run.trouble]);
    if (this.looked != null) return say(this.status, fill(words.lookingBack, { step: count(this.looked), last: count(run.step) }));
    const parts = [run.status === "waiting" && run.place > 0 ? fill(words.queue, { count: run.place })
      : run.shipped ? words.example : words.statuses[run.status]];
    if (run.step && run.seconds) parts.push(fill(words.speed, { speed: exact(Number((run.step / run.seconds).toPrecision(2))) }));
    if (run.status === "running" && run.left + run.seconds > SHOWS_TIME) parts.push(fill(words.left, { seconds: Math.ceil(run.left) }));
    else if (run.seconds) parts.push(fill(words.took, { seconds: run.seconds.toFixed(1) }));
    say(this.status, parts.join(" · "));
  }
}

const count = (value) => value.toLocaleString("en");
