// The notes' program in blocks, for exactly the run on show: what share of its time each part
// takes, what the last batch made of it, and, after one batch, the parts lighting up one after the
// other.

import { button, el, entry, fill, grouped, percent, say } from "../kit/dom.js";
import { exact, seen } from "../kit/scale.js";

// of a batch, in the order in which they run
const SHARES = ["data", "forward", "loss", "backward", "update"];
const PIECES = ["data", "loader", "model", "loss", "loop", "evaluation"];
const SETTINGS = new Set(["data", "loader", "loss"]); // said once, before anything runs
/** @type {Record<string, string[]>} */
const USES = { data: ["data", "loader"], forward: ["model"], loss: ["loss"], update: ["loss"],
  validation: ["evaluation"] };
const SLOW = 420; // ms that a part stays lit, far longer than it takes
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

/** @param {string} text */
const codeLine = (text) => el("div", { class: "line" }, el("code", {}, text));

// What was made, as what opens it where there is more to say.
/** @param {HTMLElement} output @param {string} name @param {(() => void) | undefined} onOpen */
const opener = (output, name, onOpen) => (onOpen
  ? button(output, onOpen, { class: "opens made", "data-fp": `open-${name}` }) : output);

// A part of a batch: its line of the loop, the share of the time that it takes, what it made.
class Share {
  // onOpen(): what it made opens, where there is more to say.
  /** @param {string} name @param {CnnWords} words @param {(() => void) | undefined} onOpen */
  constructor(name, words, onOpen) {
    this.name = name;
    this.time = el("output", { "data-fp": `share-${name}` });
    this.output = el("output", { class: "made", "data-fp": `made-${name}` });
    this.code = el("code");
    this.line = el("div", { class: "line", "data-line": name, title: words.shareOf[name] },
      this.code, this.time, opener(this.output, name, onOpen));
  }

  /** @param {number | undefined} part */
  paint(part) {
    this.line.style.setProperty("--share", String(seen(part) ? part : 0));
    say(this.time, seen(part) ? percent(part) : "–");
    this.time.dataset.value = String(part ?? "");
  }
}

export class Program {
  key = "";
  /** @type {object | null} */
  turn = null;

  // count(config): digits that a run of this config learns from; onOpen(number, part): a number of
  // some digits is opened.
  /**
   * @param {CnnWords} words
   * @param {{ count: (config: Config) => number,
   *   onOpen: (number: string, part?: string) => void }} on
   */
  constructor(words, { count, onOpen }) {
    this.words = words;
    this.count = count;
    this.onOpen = onOpen;
    /** @type {Record<string, () => void>} */
    const opened = { loss: () => onOpen("loss", "batch"), backward: () => onOpen("norm"),
      update: () => onOpen("rate") };
    this.shares = SHARES.map((name) => new Share(name, words, opened[name]));
    this.epochs = el("code");
    this.zero = el("code");
    this.validated = el("output", { class: "made", "data-fp": "made-validation" });
    /** @type {Record<string, HTMLElement>} */
    this.codes = Object.fromEntries(PIECES.map((name) => [name, el("div", { class: "code" })]));
    this.codes.loop.append(el("div", { class: "line" }, this.epochs));
    for (const { name, line } of this.shares) {
      this.codes.loop.append(line);
      if (name === "data") this.codes.loop.append(el("div", { class: "line" }, this.zero));
    }
    this.pieces = PIECES.map((name) => el("div", { class: "piece", "data-piece": name },
      el("b", {}, words.pieces[name]), this.codes[name],
      name === "evaluation"
        ? opener(this.validated, "validated", () => onOpen("accuracy", "seen"))
        : null));
    this.fold = button(words.programTitle,
      () => this.unfold(this.fold.getAttribute("aria-expanded") === "false"),
      { class: "fold", "data-fp": "program-fold" });
    this.element = el("section",
      { class: "program", "data-block": "program", "data-fp": "program" },
      el("div", { class: "head" }, el("h2", {}, this.fold),
        el("span", { class: "note" }, words.programNote)), ...this.pieces);
    this.unfold(false);
  }

  // The network, the loop and what is measured stand there always: they say what happens.
  /** @param {boolean} open */
  unfold(open) {
    this.fold.setAttribute("aria-expanded", String(open));
    this.pieces.forEach((piece, i) => { piece.hidden = !open && SETTINGS.has(PIECES[i]); });
  }

  // What each part of the last batch made, by name.
  /** @returns {Record<string, HTMLOutputElement>} */
  get outputs() {
    return { ...Object.fromEntries(this.shares.map(({ name, output }) => [name, output])),
      validation: this.validated };
  }

  /** @param {Run} run @param {Saved} shown @param {ShapeAnswer | null} shape */
  paint(run, shown, shape) {
    this.write(run.config, shape);
    for (const share of this.shares) share.paint(shown.marks[`share.${share.name}`]);
    for (const [name, text] of Object.entries(this.results(run, shown))) {
      say(this.outputs[name], text);
    }
    this.element.classList.toggle("running", run.status === "running");
  }

  /** @param {Run} run @param {Saved} shown @returns {Record<string, string>} */
  results({ config, series }, { step, marks, pictures }) {
    const { words } = this;
    const right = marks.validation_accuracy;
    const validation = seen(right) ? fill(words.validated, { share: percent(right) }) : "";
    if (!step) return { data: "", forward: "", loss: "", backward: "", update: "", validation };
    const last = step - 1;
    const count = this.count(config);
    const size =
      Math.min(config.batch, count - (last % Math.ceil(count / config.batch)) * config.batch);
    const [loss, rate] = [series.loss?.[last], series.rate?.[last]];
    const norms = (pictures.gradients ?? []).map((/** @type {number[]} */ [norm]) => norm);
    const norm = exact(Number(Math.hypot(...norms).toPrecision(3)));
    return {
      data: `${size} × 1 × 28 × 28`, forward: fill(words.logitsOf, { count: size }),
      loss: seen(loss) ? exact(loss) : "",
      backward: norms.length ? fill(words.normOf, { norm }) : "",
      update: seen(rate) ? fill(words.rateOf, { rate: exact(rate) }) : "", validation,
    };
  }

  // The code of the run's own setting.
  /** @param {Config} config @param {ShapeAnswer | null} shape */
  write(config, shape) {
    const key = JSON.stringify([config, shape?.layers]);
    if (this.key === key) return;
    this.key = key;
    if (shape) {
      const { loop } = shape;
      say(this.epochs, loop.epochs);
      say(this.zero, loop.zero);
      for (const { name, code } of this.shares) say(code, entry(loop, name));
    }
    for (const [name, lines] of Object.entries(shape?.program ?? {})) {
      this.codes[name].replaceChildren(...lines.map(codeLine));
    }
    const rows = (shape?.layers ?? [])
      .filter(({ kind, parameters }) => parameters || kind === "pool")
      .map(({ name, shape: size, parameters }) => el("div", { class: "row-of" },
        el("code", {}, name), el("span", {}, size.join(" × ")),
        el("span", {}, parameters ? this.opens(`${name}_parameters`, parameters) : "–")));
    const sum = el("span", { "data-fp": "parameters" },
      shape ? this.opens("parameters", shape.parameters) : "–");
    this.codes.model.replaceChildren(...rows, el("div", { class: "row-of whole" },
      el("span", {}, this.words.parameters), el("span"), sum));
  }

  /** @param {string} number @param {number} count */
  opens(number, count) {
    return button(grouped(count), () => this.onOpen(number), { class: "opens" });
  }

  // One batch, slowed down: each part lights up in its turn and shows what it made.
  /** @param {boolean} measured */
  async walk(measured) {
    if (CALM.matches) return;
    const turn = (this.turn = {}); // another batch begins the walk anew
    const { outputs } = this;
    const parts = measured ? [...SHARES, "validation"] : SHARES;
    for (const name of parts) outputs[name].style.visibility = "hidden";
    for (const name of parts) {
      if (turn !== this.turn) return;
      this.light(name);
      outputs[name].style.visibility = "";
      await new Promise((resolve) => setTimeout(resolve, SLOW));
    }
    if (turn === this.turn) this.light(null);
  }

  // At most one part is lit; null: none.
  /** @param {string | null} lit */
  light(lit) {
    this.element.dataset.lit = lit ?? "";
    for (const { name, line } of this.shares) line.classList.toggle("lit", name === lit);
    const used = entry(USES, lit ?? "") ?? [];
    this.pieces.forEach((piece, i) => piece.classList.toggle("lit", used.includes(PIECES[i])));
  }
}
