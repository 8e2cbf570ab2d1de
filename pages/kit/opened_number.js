// A number that a person has opened: its name, how it comes about, and the way to what it is made
// of. Which network it is of, and where that is asked, is the page's business.

import { button, el, number, say } from "./dom.js";
import { Arithmetic, onward } from "./opened.js";
import { initialPalette } from "./palette.js";
/** @import { Wire } from "./opened.js" */

/** @typedef {{ number: string, opened: Wire }} NumberAnswer number: as it was asked */

export class OpenedNumber {
  text = ""; // the number as it stands in a link; none is open where it is empty
  /** @type {NumberAnswer | null} */
  answer = null;
  palette = initialPalette;
  /** @type {{ array: string, at: number[] } | null} */
  to = null;

  // write: a number as it stands in a link; titleOf, onwardOf: how it is called, and the way to it;
  // onOpen(text): another number, "" for none.
  /**
   * @param {{ close: string, opened: DigitWordsOpened }} words
   * @param {{ write: (array: string, at: number[]) => string,
   *   titleOf: (array: string, at: string) => string,
   *   onwardOf: (array: string, at: string) => string, onOpen: (text: string) => void }} page
   */
  constructor(words, page) {
    this.page = page;
    const open = (/** @type {string} */ array, /** @type {number[]} */ at) =>
      page.onOpen(page.write(array, at));
    this.arithmetic = new Arithmetic(words.opened, {
      onSource: open,
      nameOf: (array, at) => (array === "logits" ? String(at[0]) : `${array} ${at.join(", ")}`),
    });
    this.title = el("h3", {});
    this.total = el("output", { class: "total", "data-fp": "number" });
    this.next = button("", () => this.to && open(this.to.array, this.to.at),
      { class: "quiet", "data-fp": "onward" });
    this.message = el("p", { class: "note", role: "status" });
    this.element = el("section",
      { class: "opened-number", "data-block": "number", hidden: true },
      el("div", {}, this.title, this.total, this.arithmetic.lines, this.next,
        button(words.close, () => page.onOpen(""), { class: "quiet", "data-fp": "close-number" }),
        this.message),
      this.arithmetic.body);
  }

  // Another number was asked for; "" closes it.
  /** @param {string} text */
  show(text) {
    this.text = text;
    this.element.hidden = !text;
    this.next.disabled = this.answer?.number !== text; // it leads on from what is on show
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
    say(this.total, `= ${number(value ?? NaN)}`);
    this.total.dataset.value = String(value);
    this.element.dataset.number = this.text;
    this.arithmetic.paint(opened, palette);
    this.to = onward(opened);
    this.next.disabled = false;
    this.next.hidden = !this.to || this.to.array === "ink";
    if (this.to) say(this.next, page.onwardOf(this.to.array, this.to.at.join(", ")));
  }

  /** @param {string | undefined} message */
  trouble(message) {
    say(this.message, message ?? "");
  }
}
