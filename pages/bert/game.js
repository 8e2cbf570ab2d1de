// @ts-nocheck
// What the games of the page "BERT" have in common: a question to the live route, the answer that
// is painted, and a sentence where there is none. A change counts once it has been answered: until
// then the picture stays with the one before.

import { activeBeside, button, el, entry, say } from "../kit/dom.js";
import { Live } from "../kit/live.js";

// A game gives fields (what of the view is its own, with values to begin with), question(view),
// painted(answer).
export class Game {
  /** @type {any} */
  data;
  /** @type {any} */
  palette;
  asking = false;
  /** @type {any} */
  answer;
  /** @type {string | null} */
  saying = null;
  fell = false;

  /**
   * @param {any} words
   * @param {{ url: string, change: (own: any) => void, fields: any }} options
   */
  constructor(words, { url, change, fields }) {
    this.words = words;
    this.change = change;
    this.fields = fields;
    this.view = {};
    this.draft = {};
    this.answers = 0;
    this.trouble = el("p", { class: "wrong", role: "status" });
    this.live = new Live({ url, onAnswer: (...all) => this.answered(...all),
      onTrouble: (trouble) => this.troubled(trouble) });
  }

  close() {
    this.live.close();
  }

  // data: of the component; view: what was chosen, of all games.
  /** @param {any} data @param {any} view @param {Palette} palette */
  paint(data, view, palette) {
    const same = this.data?.model === data.model && Object.keys(this.fields)
      .every((name) => JSON.stringify(entry(this.view, name)) === JSON.stringify(view[name]));
    this.data = data;
    this.palette = palette;
    if (same) return this.answer && this.painted(this.answer);
    if (this.asking && Object.keys(this.fields)
      .every((name) => JSON.stringify(entry(this.draft, name)) === JSON.stringify(view[name]))) {
        return;
      }
    this.propose({ ...view });
  }

  /** @param {any} change */
  propose(change) {
    this.draft = { ...this.view, ...this.draft, ...change };
    const draft = { ...this.draft };
    this.asking = true;
    this.live.ask({ draft, model: this.data.model, body: () => this.question(draft) });
  }

  /** @param {any} answer @param {import("../kit/live.js").Question} question */
  answered(answer, { draft, model }) {
    if (model !== this.data.model) return;
    this.asking = this.live.waiting !== null;
    const own = Object.fromEntries(Object.keys(this.fields).map((name) => [name, draft[name]]));
    const told = Object.keys(own)
      .some((name) => JSON.stringify(entry(this.view, name)) !== JSON.stringify(own[name]));
    Object.assign(this.view, own);
    this.answer = answer;
    if (this.saying) say(this.trouble, this.saying); // why the link could not be used
    this.saying = null;
    this.painted(answer);
    this.element.dataset.answers = ++this.answers;
    if (told) this.change(own);
  }

  /** @param {Trouble | null} trouble */
  troubled(trouble) {
    const { words } = this;
    if (!trouble) return say(this.trouble, "");
    say(this.trouble, trouble.message || words.unreachable);
    if (!trouble.message) return;
    this.asking = false;
    this.draft = { ...this.view };
    // A link that cannot be read: the example is shown instead, and the sentence stays.
    if (this.answer || this.fell) return;
    this.fell = true;
    this.saying = this.trouble.textContent;
    this.propose({ ...this.fields });
  }
}

// A line to type in, read at Enter or when it is left. An example is kept by its number, "#2", and
// shown as its text.
export class Line {
  /** @type {string} */
  text;
  /** @type {string} */
  last;

  /**
   * @param {string} name
   * @param {string} label
   * @param {(text: string) => void} onText
   * @param {{ long?: boolean, longest?: number }} [options]
   */
  constructor(name, label, onText, { long = false, longest = 1000 } = {}) {
    this.onText = onText;
    this.input = el(long ? "textarea" : "input", { ...(long ? { rows: 2 } : { type: "text" }),
      "data-fp": name, "aria-label": label, autocomplete: "off", spellcheck: "false",
      maxlength: longest,
      onkeydown: (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing
        && (event.preventDefault(), this.read(true)), onchange: () => this.read() });
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

// Examples as a row of chips: [label], onPick(index).
/**
 * @param {string} name
 * @param {string} title
 * @param {any} labels
 * @param {(i: any) => void} onPick
 */
export function chips(name, title, labels, onPick) {
  const all =
    labels.map((/** @type {string} */ label, /** @type {number} */ i) =>
      button(label, () => onPick(i), { "data-fp": `${name}-${i}` }));
  const element = el("div", { class: "chips", role: "group", "aria-label": title },
    el("span", { class: "note" }, title), ...all);
  return { element,
    press: (/** @type {number} */ at) => all.forEach((/** @type {any} */ chip, /** @type {number} */
      i) => chip.setAttribute("aria-pressed", String(i === at))) };
}

// Number of an example that a text stands for; "" is the first, other texts are none.
/** @param {string} text @param {number} count */
export const numbered = (text, count) => {
  if (text === "") return 0;
  const found = /^#(\d+)$/.exec(text ?? "");
  return found && Number(found[1]) < count ? Number(found[1]) : null;
};
