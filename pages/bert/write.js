// "Why it cannot simply write": one beginning, written on by the network that reads to the left,
// and filled by the one that reads both sides, mask by mask in three orders. A slider goes through
// the steps.

import { choices, head, press } from "../kit/controls.js";
import { action, el, fill, number, percent, say } from "../kit/dom.js";
import { chips, exampleOf, Game, Line, nth } from "./game.js";
import { alone, opener, plain, Tops } from "./parts.js";

/**
 * @typedef {"left" | "fill"} Side
 * @typedef {{ token: string, p?: number, now?: boolean, masked?: boolean,
 *   open?: () => void }} Shown a token: with a probability where it was written; masked where it is
 *   yet to come
 */

/** @extends {Game<WriteAnswer>} */
export class Write extends Game {
  /** @type {number | null} the step that is on show; null: the last */
  at = null;
  about = "";

  /** @param {BertData} data @param {import("./game.js").Page} page */
  constructor(data, page) {
    super(data, page, "write", { prefix: "", length: 8, temperature: 0, seed: 0 });
    const { words } = this;
    this.chips = chips("write-example", words.examples, data.examples.write,
      (i) => this.propose({ prefix: nth(i) }));
    this.line = new Line("write-prefix", words.beginning,
      (prefix) => this.propose({ prefix: prefix || " " }));
    this.length = knob("write-length", words.length, { min: 1, max: 16, step: 1 },
      (length) => this.propose({ length }));
    this.heat = knob("write-temperature", words.temperature, { min: 0, max: 2, step: 0.1 },
      (temperature) => this.propose({ temperature }));
    this.again = action(words.writeAgain,
      () => this.propose({ seed: (this.draft.seed + 1) % 1_000_000 }),
      { "data-fp": "write-again" });
    this.orders = choices("order", words.orders, (order) => page.change({ order }));
    this.slider = el("input", { type: "range", min: 0, value: 0, step: 1, "data-fp": "write-step",
      "aria-label": words.writeStep });
    this.slider.addEventListener("input", () => this.goTo(Number(this.slider.value)));
    this.where = el("output", { class: "note" });
    this.left = this.side("left",
      el("div", { class: "choices" }, el("span", { class: "note" }, words.oneOrder)));
    this.fill = this.side("fill", this.orders);
    this.element.append(
      el("section", { class: "typed", "data-block": "beginning" }, this.chips.element,
        this.line.element,
        el("div", { class: "line knobs" }, this.length.element, this.heat.element, this.again),
        this.trouble),
      el("div", { class: "line stepper", "data-block": "steps" },
        el("span", { class: "note" }, words.writeStep), this.slider, this.where),
      el("div", { class: "two wide" }, this.left.element, this.fill.element),
      el("p", { class: "note why" }, words.writeWhy));
  }

  /** @param {Side} side @param {HTMLElement} orders */
  side(side, orders) {
    const { words } = this;
    const text = el("div", { class: "written", "data-fp": `written-${side}` });
    const nats = opener("", () => this.open(`${side}_nats`, "surprise", []),
      { class: "note opens", "data-fp": `nats-${side}` });
    const now = el("p", { class: "note" });
    const tops = new Tops({ key: `write-${side}`, count: 5,
      onOpen: (id) => this.openStep(side, this.stepOf(side), id) });
    const element = el("section", { "data-block": `write-${side}` },
      head(words.writers[side], words.writersNote[side]), orders, text, nats, now, tops.element);
    return { text, nats, now, tops, element };
  }

  // -- what the person does -----------------------------------------------------------------------

  /** @param {number} step */
  goTo(step) {
    this.at = step;
    if (this.answer) this.painted(this.answer);
  }

  /** @param {BertView} view */
  question(view) {
    const example = exampleOf(view.prefix, this.data.examples.write);
    return { game: "write", language: this.data.model, text: example?.row ?? view.prefix,
      length: view.length, seed: view.seed, temperature: view.temperature };
  }

  // The steps of a side, in the order that is on show.
  /** @param {Side} side */
  steps(side) {
    const { left, fill: filled } = /** @type {WriteAnswer} */ (this.answer);
    return (side === "left" ? left : filled[this.data.view.order]).steps;
  }

  // The step that is on show of a side, which may have fewer.
  /** @param {Side} side */
  stepOf(side) {
    return Math.max(0, Math.min(this.now, this.steps(side).length) - 1);
  }

  get now() {
    const most = Math.max(this.steps("left").length, this.steps("fill").length);
    return Math.min(this.at ?? most, most);
  }

  // The probability of a token in a step of writing.
  /** @param {Side} side @param {number} step @param {number} id */
  openStep(side, step, id) {
    this.open(side, "probabilities", [this.steps(side)[step].row, id], step);
  }

  // -- painting -----------------------------------------------------------------------------------

  /** @param {WriteAnswer} answer */
  painted(answer) {
    const { words, view, data } = this;
    const { order } = data.view;
    this.chips.press(exampleOf(view.prefix, data.examples.write)?.at ?? null);
    this.line.show(this.question(view).text);
    this.length.paint(view.length, String(view.length));
    this.heat.paint(view.temperature,
      view.temperature ? view.temperature.toFixed(1) : words.surest);
    this.again.disabled = view.temperature === 0;
    press(this.orders, order);
    const about = JSON.stringify([view, order, data.model]);
    if (this.about !== about) this.at = null; // another text is shown from its end
    this.about = about;
    const { now } = this;
    const most = Math.max(answer.left.steps.length, answer.fill[order].steps.length);
    this.slider.max = String(most);
    this.slider.value = String(now);
    say(this.where, fill(words.stepOf, { step: now, of: most }));
    this.paintLeft(answer.left, now);
    this.paintFill(answer.fill[order], now, order);
    const strangers = this.strangers(answer);
    if (strangers) say(this.trouble, strangers);
    Object.assign(this.element.dataset, { order, step: now });
  }

  /** @param {WriteAnswerLeft} left @param {number} now */
  paintLeft({ tokens, steps, nats, text }, now) {
    const given = tokens.length - steps.length;
    this.written("left", tokens.slice(0, given + now).map((token, i) => this.token("left", token,
      i < given ? -1 : i - given, i - given === now - 1)));
    this.sum("left", nats, steps.length, text);
  }

  /** @param {WriteAnswerFill} filled @param {number} now @param {string} order */
  paintFill({ tokens, steps, nats, text }, now, order) {
    const when = new Map(steps.map(({ at }, step) => [at - 1, step])); // places count [CLS]
    const done = order === "once" ? (now ? steps.length : 0) : now;
    this.written("fill", tokens.map((token, i) => {
      const step = when.get(i) ?? -1;
      if (step >= done) return { token: "[MASK]", masked: true };
      return this.token("fill", token, step, order !== "once" && step === now - 1);
    }));
    this.sum("fill", nats, steps.length, text);
  }

  // A token that was written in a step; -1: it was given.
  /** @param {Side} side @param {string} token @param {number} step @param {boolean} now */
  token(side, token, step, now) {
    if (step < 0) return { token };
    const { p, id } = this.steps(side)[step];
    return { token, p, now, open: () => this.openStep(side, step, id) };
  }

  // How well a text hangs together.
  /** @param {Side} side @param {number} nats @param {number} count @param {string} text */
  sum(side, nats, count, text) {
    const each = number(nats / Math.max(1, count), 2);
    say(this[side].nats, fill(this.words.nats, { nats: number(nats, 2), each }));
    this[side].element.dataset.text = text;
  }

  /** @param {Side} side @param {Shown[]} shown */
  written(side, shown) {
    const { words } = this;
    const { text, now, tops } = this[side];
    text.replaceChildren(...shown.filter(({ token }) => !["[CLS]", "[PAD]"].includes(token))
      .map((one) => written(one)));
    const step = this.now ? this.steps(side)[this.stepOf(side)] : undefined;
    say(now, step ? fill(words.stepSays, { token: alone(step.token) }) : words.stepNone);
    tops.paint(step?.top ?? [], step?.token);
  }
}

/** @param {Shown} shown */
function written({ token, p, now, masked, open }) {
  const kind = p === undefined ? "given" : "made";
  const names = { [kind]: true, now, masked, piece: token.startsWith("##") };
  const name = Object.entries(names).filter(([, on]) => on).map(([one]) => one).join(" ");
  const share = p === undefined ? "" : percent(p);
  return el("span", { class: name }, el("bdi", {}, masked ? "?" : plain(token)),
    el("small", {}, open ? opener(share, open) : share));
}

/**
 * A number to drag, with its value beside it.
 * @param {string} name
 * @param {string} label
 * @param {{ min: number, max: number, step: number }} range
 * @param {(value: number) => void} onSet
 */
function knob(name, label, range, onSet) {
  const input = el("input", { type: "range", ...range, "data-fp": name, "aria-label": label });
  input.addEventListener("change", () => onSet(Number(input.value)));
  const text = el("output");
  const element =
    el("label", { class: "knob" }, el("span", { class: "note" }, label), input, text);
  const paint = (/** @type {number} */ value, /** @type {string} */ shown) => {
    input.value = String(value);
    say(text, shown);
  };
  return { element, paint };
}
