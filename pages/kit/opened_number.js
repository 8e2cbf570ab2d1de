// A number that a person has opened: its name, how it comes about, and the ways to what it is made
// of. Which network it is of, and where that is asked, is the page's business.

import { button, el, fill, say } from "./dom.js";
import { Live } from "./live.js";
import { Arithmetic, total, ways } from "./opened.js";
import { initialPalette } from "./palette.js";
/** @import { Wire } from "./opened.js" */

/**
 * @typedef {{ number: string, opened: Wire, latex?: string, program?: string }} NumberAnswer
 *   number: as it was asked; latex, program: the same as text, where the page does not print it
 * @typedef {{ write: (array: string, at: number[]) => string,
 *   titleOf: (array: string, at: string) => string,
 *   onwardOf: (array: string, at: string) => string, onOpen: (text: string) => void,
 *   nameOf?: (array: string, at: number[]) => string,
 *   leads?: (array: string) => boolean, key?: string }} About
 *   write: a number as it stands in a link; titleOf, onwardOf: how it is called, and the way to it;
 *   onOpen(text): another number, "" for none; nameOf: the first factor of a term; leads: whether
 *   there is more to say of an array's numbers; key: what the names for scripts begin with, where
 *   a page has several of these
 */

/**
 * A count of a network by its array, such as "conv1_parameters"; another array as it is.
 * @param {Record<string, string>} words of counts @param {string} array
 */
export function countName(words, array) {
  const [, layer, what] = array.match(/^(?:(.*?)_)?([a-z][a-z_]*)$/) ?? [];
  if (!(what in words)) return array;
  return layer ? `${layer}: ${words[what]}` : words[what];
}

export class OpenedNumber {
  text = ""; // the number as it stands in a link; none is open where it is empty
  /** @type {NumberAnswer | null} */
  answer = null;
  palette = initialPalette;
  lead = ""; // where the ways lead, as text

  /** @param {{ close: string, opened: DigitWordsOpened }} words @param {About} page */
  constructor(words, page) {
    this.page = page;
    this.key = page.key ?? "";
    this.leads = page.leads ?? ((array) => array !== "ink" && !array.includes("."));
    this.arithmetic = new Arithmetic(words.opened, {
      onSource: (array, at) => this.follow(array, at), leads: this.leads,
      nameOf: page.nameOf
        ?? ((array, at) => (array === "logits" ? String(at[0]) : `${array} ${at.join(", ")}`)),
    });
    this.title = el("h2", { "data-fp": `${this.key}title` });
    this.total = el("output", { class: "total", "data-fp": `${this.key}number` });
    this.ways = el("div", { class: "ways" });
    this.latex = el("code");
    this.program = el("code");
    this.written = el("details", { class: "written", "data-fp": `${this.key}written` },
      el("summary", { class: "opens" }, words.opened.written),
      el("pre", { tabindex: "0" }, this.latex), el("pre", { tabindex: "0" }, this.program));
    this.message = el("p", { class: "note", role: "status" });
    this.element = el("section",
      { class: "opened-number beside", "data-block": "number", hidden: true },
      el("div", {}, this.title, this.total, this.arithmetic.lines, this.ways,
        button(words.close, () => page.onOpen(""),
          { class: "quiet", "data-fp": `${this.key}close-number` }),
        this.message),
      this.arithmetic.body, this.written);
  }

  /** @param {string} array @param {number[]} at */
  follow(array, at) {
    this.page.onOpen(this.page.write(array, at));
  }

  // Another number was asked for; "" closes it.
  /** @param {string} text */
  show(text) {
    this.text = text;
    this.element.hidden = !text;
    // they lead on from what is on show
    for (const way of this.ways.querySelectorAll("button")) {
      way.disabled = this.answer?.number !== text;
    }
  }

  // What was opened, if it is still what is asked for.
  /** @returns {Wire | null} */
  get opened() {
    return this.text && this.answer?.number === this.text ? this.answer.opened : null;
  }

  /** @param {NumberAnswer} answer */
  take(answer) {
    if (answer.number !== this.text) return; // another one has been opened since
    this.answer = answer;
    this.paint(this.palette);
  }

  /** @param {Palette} palette */
  paint(palette) {
    this.palette = palette;
    const { opened, page } = this;
    if (!opened) return;
    const { array, index, value } = opened;
    say(this.title, page.titleOf(array, index.join(", ")));
    this.total.dataset.value = String(value);
    this.element.dataset.number = this.text;
    const { latex = "", program = "" } = this.answer ?? {};
    this.written.hidden = !program;
    say(this.latex, latex);
    say(this.program, program);
    this.arithmetic.paint(opened, palette);
    this.arithmetic.result(this.total, `= ${total(opened)}`);
    this.paintWays(ways(opened).filter((way) => this.leads(way.array)));
  }

  // Buttons stay while they lead to the same numbers: one of them may have the focus.
  /** @param {{ array: string, at: number[] }[]} found */
  paintWays(found) {
    const lead = JSON.stringify(found);
    if (this.lead !== lead) {
      this.lead = lead;
      this.ways.replaceChildren(...found.map(({ array, at }, i) =>
        button(this.page.onwardOf(array, at.join(", ")), () => this.follow(array, at),
          { class: "quiet", "data-fp": `${this.key}onward${i ? `-${i}` : ""}` })));
    }
    for (const way of this.ways.querySelectorAll("button")) way.disabled = false;
  }

  /** @param {Palette} palette */
  theme(palette) {
    this.paint(palette);
  }

  close() {}

  /** @param {string | undefined} message */
  trouble(message) {
    say(this.message, message ?? "");
  }
}

/** A number that is asked of a live route. */
export class LiveNumber extends OpenedNumber {
  /**
   * @param {import("./view.js").View<any>} view the picture that it is part of
   * @param {string} url of the route
   * @param {About & { body: (number: string) => object }} page body: of the question
   */
  constructor(view, url, { body, ...page }) {
    super(view.words, page);
    this.body = body;
    view.own(this);
    this.live = view.own(new Live({ url,
      onAnswer: (/** @type {NumberAnswer} */ answer) => this.take(answer),
      onTrouble: (trouble) => this.trouble(trouble?.message) }));
  }

  // A number, or the one that is open, of the present state.
  ask(text = this.text) {
    this.show(text);
    if (text) this.live.ask({ body: () => this.body(text) });
  }
}

/** A number of a picture in one of the networks of a run, at the step on show. */
export class NetworkNumber extends OpenedNumber {
  /**
   * @param {import("./view.js").View<any>} view the picture that it is part of
   * @param {Record<string, string>} nets what each network is called
   */
  constructor(view, nets) {
    const { words } = view;
    super(words, {
      write: (array, at) => [this.text.split(".")[0], array, ...at].join("."),
      titleOf: (layer, place) =>
        fill(words.number, { net: nets[this.text.split(".")[0]], layer, place }),
      onwardOf: (layer, place) => fill(words.onward, { name: `${layer} ${place}`.trim() }),
      onOpen: (text) => this.open(text),
    });
    view.own(this);
    this.live = view.own(new Live({
      onAnswer: (/** @type {NumberAnswer} */ answer) => this.take(answer),
      onTrouble: (trouble) => this.trouble(trouble?.message) }));
    /** @type {{ run: string, step: number, image: string } | null} */
    this.of = null;
  }

  /** @param {string} text */
  open(text) {
    this.show(text);
    this.ask();
    this.element.scrollIntoView({ block: "nearest" });
  }

  // run: its address; image: the picture, as text. null: there is none.
  /** @param {{ run: string, step: number, image: string } | null} of */
  setSource(of) {
    this.of = of;
    if (!of) this.show("");
    this.ask();
  }

  ask() {
    if (!this.text || !this.of) return;
    const { run, step, image } = this.of;
    this.live.inspect(run, "number", { step, image, number: this.text });
  }
}
