// @ts-nocheck
// "Why it cannot simply write": one beginning, written on by the network that reads to the left,
// and filled by the one that reads both sides, mask by mask in three orders. A slider goes through
// the steps.

import { choices, head, press } from "../kit/controls.js";
import { button, el, fill, number, percent, say } from "../kit/dom.js";
import { chips, Game, Line, numbered } from "./game.js";
import { alone, Tops } from "./parts.js";

export class Write extends Game {
  /** @type {string} */
  about;

  /** @param {any} words @param {{ url: string, change: any, data: any }} options */
  constructor(words, { url, change, data }) {
    super(words, { url, change, fields: { prefix: "", length: 8, temperature: 0, seed: 0 } });
    this.at = null;
    this.chips = chips("write-example", words.examples,
      data.examples.write.map((/** @type {string} */ text) => text),
      (i) => this.propose({ prefix: i ? `#${i}` : "" }));
    this.line = new Line("write-prefix", words.beginning,
      (prefix) => this.propose({ prefix: prefix || " " }));
    this.length = knob("write-length", words.length, { min: 1, max: 16, step: 1 },
      (length) => this.propose({ length }));
    this.heat = knob("write-temperature", words.temperature, { min: 0, max: 2, step: 0.1 },
      (temperature) => this.propose({ temperature }));
    this.again = button(words.writeAgain, () => this.propose({
      seed: (this.draft.seed + 1) % 1_000_000,
    }), { "data-fp": "write-again", class: "main" });
    this.orders = choices("order", words.orders, (order) => this.change({ order }));
    this.slider = el("input", { type: "range", min: 0, value: 0, step: 1, "data-fp": "write-step",
      "aria-label": words.writeStep,
      oninput: () => { this.at = Number(this.slider.value); this.painted(this.answer); } });
    this.where = el("output", { class: "note" });
    this.sides = ["left", "fill"].map((side) => this.side(side));
    this.element = el("div", { class: "game", "data-game": "write" },
      el("section", { class: "typed", "data-block": "beginning" }, this.chips.element,
        this.line.element,
        el("div", { class: "line knobs" }, this.length.element, this.heat.element, this.again),
        this.trouble),
      el("div", { class: "line stepper", "data-block": "steps" },
        el("span", { class: "note" }, words.writeStep), this.slider, this.where),
      el("div", { class: "two wide" }, ...this.sides.map(({ element }) => element)),
      el("p", { class: "note why" }, words.writeWhy));
  }

  /** @param {string} side */
  side(side) {
    const { words } = this;
    const text = el("div", { class: "written", "data-fp": `written-${side}` });
    const nats = el("p", { class: "note", "data-fp": `nats-${side}` });
    const now = el("p", { class: "note" });
    const tops = new Tops({ key: `write-${side}`, count: 5 });
    const element = el("section", { "data-block": `write-${side}` },
      head(words.writers[side], words.writersNote[side]),
      side === "fill" ? this.orders : el("div", { class: "choices" },
        el("span", { class: "note" }, words.oneOrder)), text, nats, now, tops.element);
    return { side, text, nats, now, tops, element };
  }

  /** @param {any} view */
  prefix(view) {
    const { write } = this.data.examples;
    const at = numbered(view.prefix, write.length);
    return { at, text: at === null ? view.prefix : write[at] };
  }

  /** @param {any} view */
  question(view) {
    return { game: "write", language: this.data.model, text: this.prefix(view).text,
      length: view.length, seed: view.seed, temperature: view.temperature };
  }

  /** @param {WriteAnswer} answer */
  painted(answer) {
    const { words, view, data } = this;
    const { at, text } = this.prefix(view);
    this.chips.press(at);
    this.line.show(text);
    this.length.paint(view.length, String(view.length));
    this.heat.paint(view.temperature,
      view.temperature ? view.temperature.toFixed(1) : words.surest);
    this.again.disabled = view.temperature === 0;
    const { order } = data.view;
    press(this.orders, order);
    const filled = answer.fill[order];
    const most = Math.max(answer.left.steps.length, filled.steps.length);
    const about = JSON.stringify([view, order, data.model]);
    if (this.about !== about) {
      this.about = about;
      this.at = null;
    }
    const now = Math.min(this.at ?? most, most);
    this.slider.max = String(most);
    this.slider.value = String(now);
    say(this.where, fill(words.stepOf, { step: now, of: most }));
    this.paintLeft(answer, now);
    this.paintFill(filled, now, order);
    const strangers =
      answer.unknown?.length ? fill(words.unknown, { words: answer.unknown.join(", ") }) : "";
    if (strangers) say(this.trouble, strangers);
    Object.assign(this.element.dataset, { order, step: now });
  }

  /** @param {WriteAnswer} what @param {number} now */
  paintLeft({ left }, now) {
    const { words } = this;
    const [one] = this.sides;
    const begun = left.tokens.length - left.steps.length;
    const shown = left.tokens.slice(0, begun + now)
      .map((token, i) => ({ token, p: left.steps[i - begun]?.p, now: i - begun === now - 1 }));
    this.written(one, shown, left.steps[Math.min(now, left.steps.length) - 1]);
    say(one.nats, fill(words.nats,
      { nats: number(left.nats, 2), each: number(left.nats / Math.max(1, left.steps.length), 2) }));
    one.element.dataset.text = left.text;
  }

  /** @param {WriteAnswerFill} filled @param {number} now @param {any} order */
  paintFill(filled, now, order) {
    const { words } = this;
    const [, one] = this.sides;
    const before = filled.tokens[0] === "[CLS]" ? 0 : 1; // places count [CLS]
    const when = new Map(filled.steps.map((step, i) => [step.at - before, { ...step, i }]));
    const done = order === "once" ? (now ? filled.steps.length : 0) : now;
    const shown = filled.tokens.map((token, i) => {
      const step = when.get(i);
      if (!step) return { token };
      return step.i < done ? { token, p: step.p, now: order !== "once" && step.i === now - 1 }
        : { token: "[MASK]", masked: true };
    });
    this.written(one, shown, filled.steps[Math.min(now, filled.steps.length) - 1]);
    say(one.nats, fill(words.nats,
      { nats: number(filled.nats, 2),
        each: number(filled.nats / Math.max(1, filled.steps.length), 2) }));
    one.element.dataset.text = filled.text;
  }

  /**
   * @param {{ side: string, text: HTMLDivElement, nats: HTMLParagraphElement,
   *   now: HTMLParagraphElement, tops: Tops, element: HTMLElement }} side
   * @param {{ token: string, p: number, now: boolean }[]} shown
   * @param {WriteAnswerLeftStep} step
   */
  written(side, shown, step) {
    const { words } = this;
    side.text.replaceChildren(...shown.filter(({ token }) => !["[CLS]", "[SEP]",
      "[PAD]"].includes(token) || token === "[SEP]").map(({ token, p, now, masked }) =>
      el("span", {
        class: `${p === undefined ? "given" : "made"}${now ? " now" : ""}${masked ? " masked"
          : ""}${token.startsWith("##") ? " piece" : ""}`,
      },
        el("bdi", {}, masked ? "?" : token.startsWith("##") ? token.slice(2) : token),
        el("small", {}, p === undefined ? "" : percent(p)))));
    say(side.now, step ? fill(words.stepSays, { token: alone(step.token) }) : words.stepNone);
    side.tops.paint(step?.top ?? [], step?.token);
  }
}

// A number to drag, with its value beside it.
/**
 * @param {string} name
 * @param {string} label
 * @param {{ min: number, max: number, step: number }} range
 * @param {(length: number) => void} onSet
 */
function knob(name, label, range, onSet) {
  const input = el("input", { type: "range", ...range, "data-fp": name, "aria-label": label,
    onchange: () => onSet(Number(input.value)) });
  const text = el("output");
  return { element: el("label", { class: "knob" }, el("span", { class: "note" }, label), input,
    text), paint: (/** @type {number} */ value, /** @type {any} */ said) => {
      input.value = value;
      say(text, said);
    } };
}
