// @ts-nocheck
// The notes' program in blocks, for exactly the run on show: what share of its time each part
// takes, what the last batch made of it, and, after one batch, the parts lighting up one after the
// other.

import { el, entry, fill, percent, say } from "../kit/dom.js";
import { exact, seen } from "../kit/scale.js";

// of a batch, in the order in which they run
const SHARES = ["data", "forward", "loss", "backward", "update"];
const USES = { data: ["data", "loader"], forward: ["model"], loss: ["loss"], update: ["loss"],
  validation: ["evaluation"] };
const SLOW = 420; // ms that a part stays lit: thousands of times as long as it takes
const CALM = matchMedia("(prefers-reduced-motion: reduce)");

export class Program {
  /** @type {HTMLElement} */
  epochs;
  /** @type {string} */
  key;
  /** @type {any} */
  turn = null;

  // count(config): digits that a run of this config learns from.
  /** @param {CnnWords} words @param {{ count: number }} options */
  constructor(words, { count }) {
    this.words = words;
    this.count = count;
    this.lines = {};
    this.shares = Object.fromEntries(SHARES.map((share) =>
      [share, el("output", { "data-fp": `share-${share}` })]));
    this.made = Object.fromEntries([...SHARES, "validation"].map((share) =>
      [share, el("output", { class: "made", "data-fp": `made-${share}` })]));
    this.codes = {};
    this.blocks = Object.fromEntries(["data", "loader", "model", "loss", "loop",
      "evaluation"].map((name) => [name, this.block(name)]));
    this.element = el("section",
      { class: "program", "data-block": "program", "data-fp": "program" },
      el("div", { class: "head" }, el("h3", {}, words.programTitle),
        el("span", { class: "note" }, words.programNote)),
      ...Object.values(this.blocks));
  }

  /** @param {string} name */
  block(name) {
    const { words } = this;
    const code = (/** @type {any} */ (this.codes)[name] = el("div", { class: "code" }));
    if (name === "loop") {
      this.epochs = el("code");
      code.append(this.line(null, this.epochs), ...SHARES.flatMap((share) => [
        this.line(share, el("code", {}, words.lines[share])),
        ...(share === "data" ? [this.line(null, el("code", {}, "    optimizer.zero_grad()"))]
          : [])]));
    }
    const more = name === "evaluation" ? this.made.validation : null;
    return el("div", { class: "piece", "data-piece": name }, el("b", {}, words.pieces[name]), code,
      more);
  }

  /** @param {string | null} share @param {HTMLElement} code */
  line(share, code) {
    if (!share) return el("div", { class: "line" }, code);
    return (/** @type {any} */ (this.lines)[share] = el("div",
      { class: "line", "data-line": share, title: this.words.shareOf[share] },
      code, this.shares[share], this.made[share]));
  }

  // shape: the look of that name, or null before it has come.
  /** @param {Run} run @param {Saved} shown @param {any} shape */
  paint(run, shown, shape) {
    const { config } = run;
    this.write(config, shape);
    const { marks } = shown;
    for (const share of SHARES) {
      const part = marks[`share.${share}`];
      entry(this.lines, share).style.setProperty("--share", seen(part) ? part : 0);
      say(this.shares[share], seen(part) ? percent(part) : "–");
      this.shares[share].dataset.value = part ?? "";
    }
    const last = shown.step - 1;
    const { words } = this;
    const count = this.count(config);
    const size =
      Math.min(config.batch, count - (last % Math.ceil(count / config.batch)) * config.batch);
    /** @param {string} name */
    const value = (name) => run.series[name]?.[last];
    const norms = (shown.pictures.gradients ?? []).map((/** @type {any} */ [norm]) => norm);
    const begun = last >= 0;
    say(this.made.data, begun ? `${size} × 1 × 28 × 28` : "");
    say(this.made.forward, begun ? fill(words.logitsOf, { count: size }) : "");
    say(this.made.loss, begun && seen(value("loss")) ? exact(value("loss")) : "");
    say(this.made.backward, begun && norms.length
      ? fill(words.normOf, { norm: exact(Number(Math.hypot(...norms).toPrecision(3))) }) : "");
    say(this.made.update,
      begun && seen(value("rate")) ? fill(words.rateOf, { rate: exact(value("rate")) }) : "");
    const right = marks.validation_accuracy;
    say(this.made.validation, seen(right) ? fill(words.validated, { share: percent(right) }) : "");
    this.element.classList.toggle("running", run.status === "running");
  }

  // The code of the run's own setting.
  /** @param {Config} config @param {any} shape */
  write(config, shape) {
    const key = JSON.stringify([config, shape?.layers]);
    if (this.key === key) return;
    this.key = key;
    const { words } = this;
    const { epochs = "", ...blocks } = shape?.program ?? {};
    say(this.epochs, epochs);
    for (const [name, lines] of Object.entries(blocks)) this.put(name, lines);
    const rows = (shape?.layers
      ?? []).filter((/** @type {any} */ { kind, parameters }) =>
        parameters || /pool|max|average|mean/.test(kind));
    this.codes.model.replaceChildren(...rows.map((/** @type {any} */ { name, shape: size,
      parameters }) => el("div",
      { class: "row-of" },
      el("code", {}, name), el("span", {}, size.join(" × ")),
      el("span", {}, parameters ? parameters.toLocaleString("en") : "–"))));
    this.codes.model.append(el("div", { class: "row-of whole" }, el("span", {}, words.parameters),
      el("span"),
      el("span", { "data-fp": "parameters" },
        shape ? shape.parameters.toLocaleString("en") : "–")));
  }

  /** @param {string} name @param {string[]} lines */
  put(name, lines) {
    entry(this.codes, name).replaceChildren(...lines.map((line) =>
      el("div", { class: "line" }, el("code", {}, line))));
  }

  // One batch, slowed down: each part lights up in its turn and shows what it made.
  /** @param {boolean} measured */
  async walk(measured) {
    if (CALM.matches) return;
    const turn = (this.turn = {}); // another batch begins the walk anew
    const parts = measured ? [...SHARES, "validation"] : SHARES;
    for (const share of parts) this.made[share].style.visibility = "hidden";
    for (const share of parts) {
      if (turn !== this.turn) return;
      this.light(share);
      this.made[share].style.visibility = "";
      await new Promise((resolve) => setTimeout(resolve, SLOW));
    }
    if (turn === this.turn) this.light(null);
  }

  // At most one part is lit; null: none.
  /** @param {string | null} share */
  light(share) {
    this.element.dataset.lit = share ?? "";
    for (const [name, line] of Object.entries(this.lines)) {
      line.classList.toggle("lit", name === share);
    }
    for (const [name, piece] of Object.entries(this.blocks)) {
      piece.classList.toggle("lit", (USES[share] ?? []).includes(name));
    }
  }

  still() {
    this.turn = null;
    for (const output of Object.values(this.made)) output.style.visibility = "";
    this.light(null);
  }
}
