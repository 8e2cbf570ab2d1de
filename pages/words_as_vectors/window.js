// The window that slides over the text: the word in its middle, the words around it, and the pairs
// that they make. It plays, goes word by word, and follows a finger.

import { arrow } from "../kit/controls.js";
import { action, button, el, entry, fill, grouped, percent, say, targetOf } from "../kit/dom.js";

const PACE = 800; // ms for a word

export class Window {
  held = false;
  /** @type {number | undefined} */
  timer = undefined;
  /** @type {WindowText | null} */
  text = null;
  /** @type {WindowPlace} */
  here = { sentence: 0, position: 0, context: -1, pair: -1, bag: false };

  /**
   * @param {VectorsWords} words
   * @param {{ onPlace: VectorsChange }} options somewhere else, or another pair of this place
   */
  constructor(words, { onPlace }) {
    this.words = words;
    this.onPlace = onPlace;
    this.play = button(words.slide, () => this.toggle(), { class: "play", "data-fp": "slide" });
    /** @param {string} label @param {string} name @param {() => void} go */
    const step = (label, name, go) => action(label, () => { this.rest(); go(); },
      { "data-fp": name, "aria-label": entry(words, name), title: entry(words, name) });
    this.where = el("output", { class: "note", "data-fp": "window-where" });
    this.line = el("div", { class: "tokens", role: "group", "aria-label": words.text, tabindex: "0",
      "data-fp": "tokens" });
    this.pairs = el("div", { class: "chips", "data-fp": "pairs" });
    this.pairsNote = el("p", { class: "note" });
    this.element = el("section", { class: "window", "data-block": "window" },
      el("div", { class: "tools" }, this.play,
        el("span", { class: "places" }, step("‹", "wordBefore", () => this.by(-1)),
          step("›", "wordAfter", () => this.by(1))),
        el("span", { class: "places" }, step("«", "sentenceBefore", () => this.jump(-1)),
          step("»", "sentenceAfter", () => this.jump(1))), this.where),
      this.line, this.pairsNote, this.pairs);
    this.listen();
  }

  close() {
    clearTimeout(this.timer);
  }

  listen() {
    const { line } = this;
    line.addEventListener("pointerdown", (event) => {
      const position = positionOf(targetOf(event));
      if (position === null || event.button) return;
      this.rest();
      this.held = true;
      this.place({ position });
    });
    line.addEventListener("pointermove", (event) => {
      if (!this.held) return;
      const root = /** @type {Document | ShadowRoot} */ (line.getRootNode());
      const position = positionOf(root.elementFromPoint(event.clientX, event.clientY));
      if (position !== null && position !== this.here.position) this.place({ position });
    });
    const end = () => { this.held = false; };
    for (const kind of ["pointerup", "pointercancel", "pointerleave"]) {
      line.addEventListener(kind, end);
    }
    line.addEventListener("keydown", (event) => {
      const step = arrow(event);
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      this.rest();
      const [sentences, words] = step;
      if (words) this.by(words);
      else this.jump(sentences);
    });
  }

  // -- going on -----------------------------------------------------------------------------------

  toggle() {
    if (this.timer) return this.rest();
    this.by(1);
    this.next();
  }

  next() {
    this.timer = setTimeout(() => {
      if (!this.element.isConnected) return this.rest();
      this.by(1, true);
      this.next();
    }, PACE);
    say(this.play, this.words.slideStop);
  }

  rest() {
    clearTimeout(this.timer);
    if (this.timer) this.onPlace({});
    this.timer = undefined;
    say(this.play, this.words.slide);
  }

  /** @param {number} words @param {boolean} [sliding] */
  by(words, sliding = false) {
    const position = this.here.position + words;
    if (position < 0) return this.jump(-1, sliding);
    if (position >= (this.text?.tokens.length ?? 1)) return this.jump(1, sliding);
    this.place({ position }, sliding);
  }

  /** @param {number} sentences @param {boolean} [sliding] */
  jump(sentences, sliding = false) {
    const of = this.text?.of ?? 1;
    this.place({ sentence: (this.here.sentence + sentences + of) % of, position: 0 }, sliding);
  }

  /** @param {Partial<WindowPlace>} change @param {boolean} [sliding] */
  place(change, sliding = false) {
    const { sentence, position } = this.here;
    this.onPlace({ sentence, position, context: -1, ...change }, sliding);
  }

  // -- painting -----------------------------------------------------------------------------------

  /** @param {WindowText} text @param {WindowPlace} here */
  paint(text, here) {
    if (this.text !== text) {
      this.line.replaceChildren(...text.tokens.map((token, i) =>
        el("bdi", { "data-position": i }, token)));
    }
    this.text = text;
    this.here = here;
    const context = text.context[here.position] ?? [];
    for (const [i, token] of [...this.line.children].entries()) {
      token.className = i === here.position ? "centre" : context.includes(i) ? "context"
        : text.known[i] ? "" : "unknown";
      token.classList.toggle("pair", i === here.pair);
    }
    const { words } = this;
    say(this.where, fill(words.windowWhere, {
      sentence: here.sentence + 1, of: grouped(text.of), position: here.position + 1,
      count: text.tokens.length,
    }));
    const keep = text.keep[here.position] ?? 1;
    const rare = keep < 1 ? ` ${fill(words.kept, { share: percent(keep) })}` : "";
    const pairs = !context.length ? words.pairsNone : here.bag ? words.bagMade : words.pairsMade;
    say(this.pairsNote, pairs + rare);
    this.paintPairs(text, here, context);
  }

  /** @param {WindowText} text @param {WindowPlace} here @param {number[]} context */
  paintPairs({ tokens }, { position, pair, bag }, context) {
    const around = context.map((i) => tokens[i]).join(", ");
    this.pairs.replaceChildren(...(bag && context.length
      ? [el("b", {}, `{${around}} → ${tokens[position]}`)]
      : context.map((i) => button(`${tokens[position]} → ${tokens[i]}`,
        () => { this.rest(); this.place({ position, context: i }); },
        { "aria-pressed": String(i === pair), "data-pair": i }))));
  }
}

/** @param {Element | null} element */
function positionOf(element) {
  const position = element?.closest("[data-position]")?.getAttribute("data-position");
  return position == null ? null : Number(position);
}
