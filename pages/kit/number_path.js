// A number that was opened, and the way down to what it is made of: which number it is, what enters
// it, how that is added up, and the way back up.

import { button, el, say } from "./dom.js";
import { Live } from "./live.js";
import { Arithmetic, deepest, show, ways } from "./opened.js";
/** @import { Wire, Words } from "./opened.js" */

/**
 * Which number: where the way begins, and a field for each level further down.
 * @typedef {Record<string, any>} Query
 * @typedef {{ query: Query, number: Wire, [about: string]: any }} Answer
 */

export class NumberPath {
  /** @type {Query | null} */
  query = null;
  /** @type {Answer | null} */
  answer = null; // that is on show

  /**
   * @param {Words} words of pages/kit/opened.py
   * @param {{ levels: string[], onQuery: (query: Query | null) => void,
   *   below: (array: string, at: number[]) => Query | null,
   *   nameOf: (array: string, at: number[]) => string,
   *   titleOf: (answer: Answer) => string }} page
   *   levels: the fields of a query from the first one down; onQuery: another number is asked for,
   *   or none; below: what a number that enters adds to the query, null if it leads nowhere
   */
  constructor(words, { levels, onQuery, below, nameOf, titleOf }) {
    this.levels = levels;
    this.onQuery = onQuery;
    this.titleOf = titleOf;
    this.nameOf = nameOf;
    this.below = below;
    this.arithmetic = new Arithmetic(words, {
      nameOf, leads: (array) => below(array, [0, 0]) !== null,
      onSource: (array, at) => this.open({ ...this.query, ...below(array, at) }),
    });
    this.title = el("h2");
    this.total = el("output", { class: "total", "data-fp": "opened-total" });
    this.ways = el("p", { class: "ways" });
    this.back = button(words.back, () => this.up(), { class: "quiet", "data-fp": "opened-back" });
    this.element = el("section", { class: "opened-number", "data-fp": "opened", hidden: true },
      el("div", { class: "head" }, this.title, this.back,
        button(words.close, () => this.open(null), { class: "quiet", "data-fp": "opened-close" })),
      this.arithmetic.body, this.arithmetic.lines, this.ways, this.total);
  }

  /** @param {Query | null} query */
  open(query) {
    this.query = query;
    if (!query) this.element.hidden = true;
    this.onQuery(query);
  }

  close() {}

  /** @param {Palette} palette */
  theme(palette) {
    if (this.answer) this.paint(this.answer, palette);
  }

  // To the number that this one enters.
  up() {
    const last = this.levels.findLast((level) => this.query?.[level] != null);
    if (last) this.open({ ...this.query, [last]: null });
  }

  /** @param {Answer} answer @param {Palette} palette */
  paint(answer, palette) {
    if (!this.query) return; // it was closed meanwhile
    const { number, query } = (this.answer = answer);
    this.element.hidden = false;
    this.back.hidden = this.levels.every((level) => query[level] == null);
    say(this.title, this.titleOf(answer));
    this.arithmetic.paint(number, palette);
    this.arithmetic.result(this.total, `= ${show(number.value)}`, true);
    this.ways.replaceChildren(...ways(deepest(number)).flatMap(({ array, at }) => {
      const further = this.below(array, at);
      return further ? [button(this.nameOf(array, at), () => this.open({ ...query, ...further }),
        { class: "quiet", "data-fp": `way-${array}` })] : [];
    }));
    this.total.dataset.value = String(number.value);
    this.element.dataset.number = Object.values(query).filter((part) => part != null).join(".");
  }
}

/** A number of a run: it is asked of the saved state that is on show. */
export class RunNumberPath extends NumberPath {
  /**
   * @param {import("./run/view.js").RunView<any>} view its page hears of another number
   * @param {string} name what the run is asked for
   * @param {Omit<ConstructorParameters<typeof NumberPath>[1], "onQuery">} page
   */
  constructor(view, name, page) {
    super(view.words.opened, { ...page, onQuery: () => {
      this.ask();
      view.notify();
    } });
    view.own(this);
    this.view = view;
    this.name = name;
    this.query = view.data.number;
    this.live = view.own(new Live({
      onAnswer: (answer) => this.paint(answer, view.palette),
      onTrouble: (trouble) => trouble?.message && this.open(null), // this run has no such number
    }));
  }

  ask() {
    const { run } = this.view.runs;
    const step = this.view.inspected?.step ?? run?.saved.at(-1);
    if (!this.query) return this.live.forget();
    if (!run || step == null) return;
    this.live.inspect(`${this.view.data.base}/runs/${run.id}`, this.name, { ...this.query, step });
  }
}
