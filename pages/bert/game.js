// What the games of the page "BERT" have in common: a question to the live route, the answer that
// is painted, and a sentence where there is none. A change counts once it has been answered: until
// then the picture stays with the one before.

import { activeBeside, button, el, entry, say } from "../kit/dom.js";
import { Live } from "../kit/live.js";
import { onEnter } from "../kit/keys.js";
import { initialPalette } from "../kit/palette.js";

/**
 * @typedef {import("./numbers.js").Place} Place
 * @typedef {Partial<BertView>} Change
 * @typedef {{ change: (change: Change) => void, answered: () => void,
 *   opens: (part: string, number: string, content: string) => HTMLElement }} Page what a game
 *   reports: what was chosen in it, and that an answer is on the screen; what opens a score
 */

/**
 * A game's own class fills `element`, asks `question(view)` and paints in `painted(answer)`.
 * @template Answer
 */
export class Game {
  palette = initialPalette;
  /** @type {Answer | undefined} the latest one, to the texts in `view` */
  answer;
  asking = false;
  answers = 0;
  fell = false;
  /** @type {string | null} why the link could not be used */
  apology = null;

  /**
   * @param {BertData} data
   * @param {Page} page
   * @param {string} name
   * @param {Change} fields what of the view is its own, with values to begin with
   */
  constructor(data, page, name, fields) {
    this.data = data;
    this.words = data.words;
    this.page = page;
    this.fields = fields;
    this.element = el("div", { class: "game", "data-game": name });
    this.view = { ...data.view };
    this.draft = { ...data.view };
    this.trouble = el("p", { class: "wrong", role: "status" });
    this.live = new Live({ url: `${data.base}/bert/answer`,
      onAnswer: (answer, { draft, model }) => this.answered(answer, draft, model),
      onTrouble: (trouble) => this.troubled(trouble) });
  }

  close() {
    this.live.close();
  }

  // data: of the component, its view as it is now.
  /** @param {BertData} data @param {Palette} palette */
  paint(data, palette) {
    const known = this.answer && this.data.model === data.model && this.same(this.view, data.view);
    this.data = data;
    this.palette = palette;
    if (known && this.answer) this.painted(this.answer);
    else if (!this.asking || !this.same(this.draft, data.view)) this.propose({ ...data.view });
  }

  // Whether two views have the same fields of this game.
  /** @param {object} a @param {object} b */
  same(a, b) {
    return Object.keys(this.fields)
      .every((name) => JSON.stringify(entry(a, name)) === JSON.stringify(entry(b, name)));
  }

  /** @param {Change} change */
  propose(change) {
    this.draft = { ...this.view, ...this.draft, ...change };
    const draft = { ...this.draft };
    this.asking = true;
    this.live.ask({ draft, model: this.data.model, body: () => this.question(draft) });
  }

  /** @param {Answer} answer @param {BertView} draft @param {string} model */
  answered(answer, draft, model) {
    if (model !== this.data.model) return;
    this.asking = this.live.waiting !== null;
    const changed = !this.same(this.view, draft);
    const own = Object.fromEntries(Object.keys(this.fields)
      .map((name) => [name, entry(draft, name)]));
    Object.assign(this.view, own);
    this.answer = answer;
    this.element.classList.remove("stale");
    if (this.apology) say(this.trouble, this.apology);
    this.apology = null;
    this.painted(answer);
    this.element.dataset.answers = String(++this.answers);
    if (changed) this.page.change(own);
    this.page.answered();
  }

  /** @param {Trouble | null} trouble */
  troubled(trouble) {
    say(this.trouble, trouble ? trouble.message || this.words.unreachable : "");
    if (!trouble?.message) return;
    this.element.classList.toggle("stale", this.answer !== null);
    this.asking = false;
    this.draft = { ...this.view };
    // A link that cannot be read: the example is shown instead, and the sentence stays.
    if (this.answer || this.fell) return;
    this.fell = true;
    this.apology = trouble.message;
    this.propose({ ...this.fields });
  }

  // -- for a game of its own to say ---------------------------------------------------------------

  /** @param {BertView} view @returns {object} what the route is asked */
  question(view) {
    throw new Error(`There is no question for ${view}.`);
  }

  /** @param {Answer} answer */
  painted(answer) {
    void answer;
  }

  // The question that a number is of, where it is not the game's.
  /** @param {Place} place */
  aboutNumber(place) {
    void place;
    return this.question(this.view);
  }

  // -- for all of them ----------------------------------------------------------------------------

  /** @param {string} net @param {string} array @param {number[]} index @param {number} [step] */
  open(net, array, index, step = 0) {
    this.page.change({ cell: { net, step, array, index } });
  }

  // Words that no network knows, as a sentence.
  /** @param {{ unknown: string[] }} answer */
  strangers({ unknown }) {
    return unknown.length ? this.words.unknown.replace("{words}", unknown.join(", ")) : "";
  }
}

/** A line to type in, read at Enter or when it is left. An example is shown as its text. */
export class Line {
  text = "";
  last = "";

  /**
   * @param {string} name
   * @param {string} label
   * @param {(text: string) => void} onText
   * @param {{ long?: boolean, longest?: number }} [options]
   */
  constructor(name, label, onText, { long = false, longest = 1000 } = {}) {
    this.onText = onText;
    const about = { "data-fp": name, "aria-label": label, autocomplete: "off", spellcheck: "false",
      maxlength: longest, onchange: () => this.read() };
    this.input = long ? el("textarea", { ...about, rows: 2 })
      : el("input", { ...about, type: "text" });
    onEnter(this.input, () => this.read(true), ({ shiftKey }) => !shiftKey);
    this.element =
      el("label", { class: "typing" }, el("span", { class: "note" }, label), this.input);
  }

  read(again = false) {
    const text = this.input.value.trim();
    if (again || text !== this.text) this.onText(text);
  }

  /** @param {string} text */
  show(text) {
    this.text = text;
    const held = activeBeside(this.input) === this.input;
    if (this.input.value !== text && !(held && this.last === text)) this.input.value = text;
    this.last = text;
  }
}

/**
 * Examples as a row of chips.
 * @param {string} name
 * @param {string} title
 * @param {string[]} labels
 * @param {(index: number) => void} onPick
 */
export function chips(name, title, labels, onPick) {
  const all =
    labels.map((label, i) => button(label, () => onPick(i), { "data-fp": `${name}-${i}` }));
  const element = el("div", { class: "chips", role: "group", "aria-label": title },
    el("span", { class: "note" }, title), ...all);
  const press = (/** @type {number | null} */ at) =>
    all.forEach((chip, i) => chip.setAttribute("aria-pressed", String(i === at)));
  return { element, press };
}

// The text that stands for an example: "" is the first one.
/** @param {number} i */
export const nth = (i) => (i ? `#${i}` : "");

/**
 * The example that a text stands for, with its number; null for a text of one's own.
 * @template Row
 * @param {string} text @param {Row[]} rows
 * @returns {{ at: number, row: Row } | null}
 */
export function exampleOf(text, rows) {
  const at = text === "" ? 0 : Number(/^#(\d+)$/.exec(text)?.[1] ?? NaN);
  return at < rows.length ? { at, row: rows[at] } : null;
}
