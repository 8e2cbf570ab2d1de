// @ts-nocheck
// The window that slides over the text: the word in its middle, the words around it, and the pairs
// that they make. It plays, goes word by word, and follows a finger.

import { button, el, fill, percent, say, targetOf } from "../kit/dom.js";

const PACE = 800; // ms for a word

export class Window {
  held = false;
  /** @type {number | null} */
  timer = null;
  /** @type {any} */
  found;
  /** @type {any} */
  told;

  // onPlace({ sentence, position, context }, sliding): somewhere else, or another pair of this
  // place; sliding: and on at once.
  /** @param {any} words @param {{ onPlace: (a: any, sliding?: boolean) => void }} options */
  constructor(words, { onPlace }) {
    this.words = words;
    this.onPlace = onPlace;
    this.here = { sentence: 0, position: 0, context: -1 };
    this.play = button(words.slide, () => this.toggle(), { class: "slide", "data-fp": "slide" });
    /** @param {string} label @param {string} name @param {() => void} how */
    const go = (label, name, how) =>
      button(label, how, { "data-fp": name, "aria-label": words[name], title: words[name] });
    /** @param {number} by */
    const step = (by) => () => { this.rest(); this.by(by); };
    /** @param {number} by */
    const jump = (by) => () => { this.rest(); this.jump(by); };
    this.where = el("output", { class: "note", "data-fp": "window-where" });
    this.line = el("div", { class: "tokens", role: "group", "aria-label": words.text, tabindex: "0",
      "data-fp": "tokens" });
    this.pairs = el("div", { class: "chips", "data-fp": "pairs" });
    this.made = el("p", { class: "note" });
    this.element = el("section", { class: "window", "data-block": "window" },
      el("div", { class: "tools" }, this.play,
        el("span", { class: "places" }, go("‹", "wordBefore", step(-1)),
          go("›", "wordAfter", step(1))),
        el("span", { class: "places" }, go("«", "sentenceBefore", jump(-1)),
          go("»", "sentenceAfter", jump(1))), this.where),
      this.line, this.made, this.pairs);
    this.listen();
  }

  close() {
    clearTimeout(this.timer);
  }

  listen() {
    const { line } = this;
    /** @param {PointerEvent} event */
    const at = (event) => targetOf(event).closest?.("[data-position]")?.dataset.position;
    line.addEventListener("pointerdown", (event) => {
      const position = at(event);
      if (position == null || event.button) return;
      this.rest();
      this.held = true;
      this.place({ position: Number(position) });
    });
    line.addEventListener("pointermove", (event) => {
      if (!this.held) return;
      const under = line.getRootNode().elementFromPoint(event.clientX, event.clientY)
        ?.closest?.("[data-position]")?.dataset.position;
      if (under != null && Number(under) !== this.here.position) {
        this.place({ position: Number(under) });
      }
    });
    const end = () => { this.held = false; };
    for (const kind of ["pointerup", "pointercancel", "pointerleave"]) {
      line.addEventListener(kind, end);
    }
    line.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const jump = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by && !jump) return;
      event.preventDefault();
      event.stopPropagation();
      this.rest();
      if (by) this.by(by);
      else this.jump(jump);
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
    this.timer = null;
    say(this.play, this.words.slide);
  }

  /** @param {number} places @param {boolean} [sliding] */
  by(places, sliding = false) {
    const to = this.here.position + places;
    if (to < 0) return this.jump(-1, sliding);
    if (to >= (this.found?.tokens.length ?? 1)) return this.jump(1, sliding);
    this.place({ position: to }, sliding);
  }

  /** @param {number | undefined} by @param {boolean} [sliding] */
  jump(by, sliding = false) {
    const count = this.found?.of ?? 1;
    this.place({ sentence: (this.here.sentence + by + count) % count, position: 0 }, sliding);
  }

  /** @param {any} change @param {boolean} [sliding] */
  place(change, sliding = false) {
    const { sentence, position } = this.here;
    this.onPlace({ sentence, position, context: -1, ...change }, sliding);
  }

  // -- painting -----------------------------------------------------------------------------------

  // found: { tokens: [text], known: [bool], context: for each position the positions around it, of:
  // sentences }; here: the place, the pair that is open, and whether all words around it make one.
  /** @param {any} found @param {any} here */
  paint(found, here) {
    this.found = found;
    this.here = here;
    const { words } = this;
    const context = new Set(found.context[here.position] ?? []);
    if (this.told !== found) {
      this.told = found;
      this.line.replaceChildren(
        ...found.tokens.map((/** @type {string} */ token, /** @type {number} */ i) =>
        el("bdi", { "data-position": i }, token)));
    }
    for (const [i, token] of [...this.line.children].entries()) {
      token.className = i === here.position ? "centre" : context.has(i) ? "context"
        : found.known[i] ? "" : "unknown";
      token.classList.toggle("pair", i === here.pair);
    }
    say(this.where, fill(words.windowWhere,
      { sentence: here.sentence + 1, of: found.of.toLocaleString("en"), position: here.position + 1,
        count: found.tokens.length }));
    const centre = found.tokens[here.position];
    const list = found.context[here.position] ?? [];
    const kept = found.keep?.[here.position] ?? 1;
    const rare = kept < 1 ? ` ${fill(words.kept, { share: percent(kept) })}` : "";
    say(this.made,
      (list.length ? words[here.bag ? "bagMade" : "pairsMade"] : words.pairsNone) + rare);
    const around = list.map((/** @type {number} */ i) => found.tokens[i]).join(", ");
    /** @param {number} i */
    const open = (i) => button(`${centre} → ${found.tokens[i]}`,
      () => { this.rest(); this.place({ position: here.position, context: i }); },
      { "aria-pressed": String(i === here.pair), "data-pair": i });
    const chips = here.bag ? [el("b", {}, `{${around}} → ${centre}`)] : list.map(open);
    this.pairs.replaceChildren(...(list.length ? chips : []));
  }
}
