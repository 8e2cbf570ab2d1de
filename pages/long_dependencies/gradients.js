// The first picture of "Long dependencies": the gradient on its way back through three cells, moved
// by sliders. What the person sets is kept here and reported to the page once they pause; the page
// tells back only what it changed itself.

import { CELLS } from "../kit/cells.js";
import { button, el, entry, fill, filled, say, styles } from "../kit/dom.js";
import { Knob } from "../kit/knob.js";
import { Live } from "../kit/live.js";
import { NumberPath } from "../kit/number_path.js";
import { size, Unrolled } from "./unrolled.js";
import { mounted, View } from "../kit/view.js";

const SETTINGS = /** @type {const} */ (["length", "forget_bias", "scale", "hidden", "seed"]);
const COLUMN = 110; // ms that the gradient takes to the next cell when it is played

const style = await styles("kit/base.css", "kit/opened.css", "long_dependencies/view.css");

export const { mount, unmount } = mounted(() => GradientView);

/** @extends {View<LongData>} */
class GradientView extends View {
  delay = 200;
  hideable = ["settings"];
  /** @type {number | undefined} */
  playing;
  /** @type {LongAnswer | undefined} */
  answer;
  upTo = 1; // how far back the gradient has come
  shrunk = false;

  /** @param {HTMLElement} host @param {LongData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "gradients", style });
    this.view = { ...data.view };
    this.live = this.own(new Live({ url: `${data.base}/gradients`,
      onAnswer: (answer, question) => this.paint(answer, question),
      onTrouble: (trouble) =>
        say(this.message, trouble ? (trouble.message ?? this.words.unreachable) : ""),
    }));
    const { words } = this;
    /** @type {Record<string, (value: number) => string>} */
    const show = {
      length: (count) => fill(words.steps, { count }), forget_bias: biased,
      scale: (value) => `× ${value}`, hidden: String, seed: String,
    };
    this.knobs = Object.fromEntries(SETTINGS.map((name) => {
      const { label, help } = words.knobs[name];
      return [name, new Knob({ name, label, help, ...data.limits[name], show: show[name] },
        { onInput: (_, value) => this.set({ [name]: value }) })];
    }));
    this.presets = data.presets.map(({ name, label, settings }) => ({ settings, chip: button(label,
      () => this.choose(settings), { "data-fp": `preset-${name}` }) }));
    this.player =
      button(words.play, () => this.play(), { class: "play", "data-fp": "play-back" });
    this.unrolled =
      this.own(new Unrolled(words, { onStep: (step) => { this.halt(); this.set({ step }); } }));
    this.number = this.own(new Live({ url: `${data.base}/gradients/number`,
      onAnswer: (answer) => this.arithmetic.paint(answer, this.palette) }));
    this.arithmetic = this.own(this.makeArithmetic());
    this.open = CELLS.map((cell) => ({ cell, chip: button("", () => this.openNorm(cell),
      { class: "opens", "data-fp": `open-norm-${cell}` }) }));
    this.norms = el("span");
    this.verdict =
      el("p", { class: "verdict", role: "status", "data-fp": "verdict", "data-block": "verdict" });
    this.legend = el("p", { class: "note" });
    this.message = el("p", { class: "message", role: "status" });
    this.root.append(el("div", { class: "settings", "data-block": "settings" },
        el("div", { class: "begin" },
          el("div", { class: "choices", role: "group", "aria-label": words.presets },
            ...this.presets.map(({ chip }) => chip)), this.player),
        el("div", { class: "knobs", "data-fold": true },
          ...SETTINGS.map((name) => this.knobs[name].element))),
      this.verdict, this.message, this.unrolled.element,
      el("div", { class: "under" }, this.legend, el("span", { class: "origin" }, words.origin)),
      el("p", { class: "norms" }, this.norms, ...this.open.map(({ chip }) => chip)),
      this.arithmetic.element);
    this.root.addEventListener("revealed", () => this.shrink());
    this.begin(".settings");
  }

  // Once, when it is first seen, the gradient comes back by itself; then it stands.
  shrink() {
    const covered = ["asked", "covered"].includes(this.root.dataset.guess ?? "");
    if (this.shrunk || covered || calm() || this.view.step !== 1) return;
    this.shrunk = true;
    this.play();
  }

  /** @returns {NumberPath} */
  makeArithmetic() {
    const { words } = this;
    return new NumberPath(words.opened, {
      levels: ["factor", "unit", "row"],
      onQuery: (number) => this.set({ number }),
      below: (array, [first]) => {
        if (array === "factors") return { factor: first + 1 };
        if (array === "norm") return { factor: null };
        if (array === "turned") return { unit: first };
        return array === "jacobian" ? { row: first } : null;
      },
      nameOf: (array, [first]) =>
        (array === "slopes" ? this.wayOf(first) : this.unitOf(first)),
      titleOf: ({ query: { cell, step, factor, unit, row, gate } }) => {
        if (gate) return words.numbers.gate;
        if (factor === 0) return fill(words.numbers.mean, { cell: words.cells[cell] });
        const level = row != null ? "row" : unit != null ? "unit" : factor != null ? "factor"
          : "norm";
        return fill(words.numbers[level], { cell: words.cells[cell], step: factor ?? step,
          next: (factor ?? step) + 1, unit: this.unitOf(unit), row: this.unitOf(row) });
      },
    });
  }

  close() {
    this.halt();
    super.close();
  }

  // A number of a state: of the hidden state, or of the cell state behind it.
  /** @param {number} unit */
  unitOf(unit) {
    const { hidden } = this.view;
    return unit < hidden ? `h ${unit}` : `c ${unit - hidden}`;
  }

  // A way through a cell: a gate, or what is kept.
  /** @param {number} index */
  wayOf(index) {
    const ways = entry(this.words.ways, this.arithmetic.query?.cell);
    return ways.length === 1 ? ways[0] : ways[index];
  }

  /** @param {string} cell */
  openNorm(cell) {
    this.arithmetic.open({ cell, step: this.step });
  }

  // The selected one, of as many as there are.
  get step() {
    return Math.min(this.view.step, this.answer?.length ?? this.view.step);
  }

  // -- what the page says -------------------------------------------------------------------------

  /** @param {LongData} data */
  adopt(data) {
    this.view = { ...data.view };
    for (const name of SETTINGS) this.knobs[name].value = data.view[name];
    this.arithmetic.query = data.view.number;
    super.adopt(data);
    this.ask();
  }

  showHidden() {
    super.showHidden();
    this.repaint();
  }

  /** @param {LongPresetSettings} settings */
  choose(settings) {
    for (const [name, value] of Object.entries(settings)) this.knobs[name].value = value;
    this.set(settings);
  }

  /** @param {Partial<LongView>} change */
  set(change) {
    Object.assign(this.view, change);
    if (SETTINGS.some((name) => name in change)) {
      this.halt();
      this.ask();
    } else {
      if ("step" in change) this.follow();
      this.repaint();
      this.askNumber();
    }
    this.notify();
  }

  report() {
    return this.view;
  }

  // The gradient's way back, cell by cell; where motion is not wanted, each press is one cell.
  play() {
    const steps = [...this.unrolled.steps].reverse();
    if (calm()) {
      const next = steps.find((step) => step < this.upTo) ?? steps[0];
      return this.back(this.upTo === 1 ? steps[0] : next);
    }
    this.halt();
    let at = 0;
    const one = () => {
      this.back(steps[at]);
      at += 1;
      if (at < steps.length) {
        this.playing = setTimeout(one, COLUMN);
        return;
      }
      delete this.root.dataset.playing;
      this.notify();
    };
    this.root.dataset.playing = "";
    one();
  }

  /** @param {number} step */
  back(step) {
    this.upTo = step;
    this.view.step = step;
    this.repaint();
  }

  halt() {
    clearTimeout(this.playing);
    delete this.root.dataset.playing;
    this.upTo = 1;
  }

  // -- question and answer ------------------------------------------------------------------------

  ask() {
    const start = performance.now();
    this.live.ask({ start,
      body: () => Object.fromEntries(SETTINGS.map((name) => [name, this.view[name]])) });
  }

  // The open norm goes with the selected step.
  follow() {
    const { query } = this.arithmetic;
    if (query) this.view.number = this.arithmetic.query = { cell: query.cell, step: this.step };
  }

  askNumber() {
    const { query } = this.arithmetic;
    if (!query) return;
    const setting = Object.fromEntries(SETTINGS.map((name) => [name, this.view[name]]));
    this.number.ask({ body: () => ({ setting, number: query }) });
  }

  /** @param {LongAnswer} answer @param {import("../kit/live.js").Question} question */
  paint(answer, { start }) {
    this.answer = answer;
    this.repaint();
    const { query } = this.arithmetic;
    if ((query?.factor ?? query?.step) > answer.length) this.follow(); // there is no such step
    this.askNumber();
    performance.measure("fp:gradients", { start, end: performance.now() });
    this.shrink();
    this.painted();
  }

  repaint() {
    const { answer, view, words } = this;
    for (const { settings, chip } of this.presets) {
      const now = Object.entries(settings).every(([name, value]) => entry(view, name) === value);
      chip.setAttribute("aria-pressed", String(now));
    }
    if (!answer) return;
    this.unrolled.paint(answer, this.palette, {
      step: this.step, upTo: this.upTo,
      chart: !this.data.hidden.includes("curves"),
    });
    this.verdict.replaceChildren(...this.judged(answer));
    say(this.norms, fill(words.openNorms, { step: this.step }));
    for (const { cell, chip } of this.open) {
      say(chip, `${words.cells[cell]} ${size(answer.cells[cell].norms[this.step - 1])}`);
    }
    const { stride } = this.unrolled;
    say(this.legend, [words.legend, stride > 1 ? fill(words.stride, { stride }) : ""].join(" "));
  }

  // The sentence about this very state.
  /** @param {LongAnswer} answer */
  judged({ cells, length }) {
    const { view, words } = this;
    /** @type {Record<string, string | Node>} */
    const values = { back: String(length - 1), bias: biased(view.forget_bias),
      scale: String(view.scale) };
    /** @param {string} cell @param {number} value @param {number | null} factor */
    const opens = (cell, value, factor) => button(size(value),
      () => this.arithmetic.open({ cell, step: 1, factor }), { class: "opens",
        "data-fp": `open-${factor === null ? "first" : "mean"}-${cell}` });
    for (const cell of CELLS) {
      values[cell] = opens(cell, cells[cell].ratio, null);
      values[`${cell}Step`] = opens(cell, cells[cell].factor, 0);
    }
    values.gate = button(size(cells.lstm.forget),
      () => this.arithmetic.open({ cell: "lstm", step: 1, gate: true }),
      { class: "opens", "data-fp": "open-gate" });
    const grown = CELLS.filter((cell) => cells[cell].fate === "explodes");
    if (grown.length) values.grown = grown.map((cell) => words.cells[cell]).join(", ");
    /** @param {...string} kinds */
    const lasts = (...kinds) => kinds.every((cell) => cells[cell].fate === "lasts");
    const kind = grown.length ? "explodes"
      : lasts(...CELLS) ? "short"
        : lasts("lstm") ? "kept"
          : view.scale > 1 && lasts("rnn") ? "edge"
            : view.forget_bias > 0 ? "better"
              : view.forget_bias === 0 && view.scale === 1 ? "initial" : "vanishes";
    return filled(words.verdicts[kind], values);
  }
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** @param {number} value */
const biased = (value) => value.toFixed(1).replace("-", "−");
