// @ts-nocheck
// What the network gets wrong: who is taken for whom, the digits behind a number, its worst
// mistakes, how sure each share is, and, on request, the test set.

import { button, el, entry, fill, percent, say } from "../kit/dom.js";
import { Heat } from "../kit/heat.js";
import { Live } from "../kit/live.js";
import { Thumbs } from "./thumbs.js";

const PEEKS = "forward-pass:cnn:test"; // how often this tab has looked at the test set

export class Mistakes {
  /** @type {any} */
  digits;
  /** @type {any} */
  worst;
  /** @type {any} */
  tested = null;
  /** @type {Palette} */
  palette;
  /** @type {Run} */
  run;
  /** @type {Saved} */
  shown;
  /** @type {string} */
  state;
  /** @type {any} */
  found = null;
  calm = false;
  isOpen = false;
  /** @type {any} */
  count;
  /** @type {any} */
  counts;

  // onPick(image): a digit was clicked.
  /**
   * @param {CnnWords} words
   * @param {string} base
   * @param {{ onPick: (row: number, column: number, event: MouseEvent |
   *   KeyboardEvent) => any }} options
   */
  constructor(words, base, { onPick }) {
    this.words = words;
    this.base = base;
    this.onPick = onPick;
    this.cell = null;
    /** @param {Trouble | null} trouble */
    const trouble = (trouble) => say(this.message, trouble?.message ?? "");
    /** @param {(answer: any, query: any) => void} take */
    const look = (take) => new Live({ onAnswer: (answer, { query }) => {
      take(answer, query);
      this.repaint();
    }, onTrouble: trouble });
    this.looks = {
      confusion: look((answer) => this.judged(answer)),
      cell: look((answer, query) => { this.digits = { ...answer, query }; }),
      mistakes: look((answer) => { this.worst = answer; }),
      test: look((answer) => { this.tested = answer; this.counted(); }),
    };
    this.heat = new Heat({
      key: "confusion", title: words.confusion, says: (row, column) => fill(row === column
        ? words.cellRight : words.cellWrong,
          { true: row, said: column, count: this.counts[row][column] }),
      onPick: (row, column) => this.pick(row, column),
    });
    /** @param {string} name */
    const names = (name) => el("div", { class: name, "aria-hidden": "true" },
      ...Array.from({ length: 10 }, (_, i) => el("span", {}, String(i))));
    this.of = el("span", { class: "note" });
    this.cellTitle = el("h3", {});
    this.cellNote = el("span", { class: "note" });
    this.cellThumbs = new Thumbs({ key: "cell", onPick: this.onPick });
    this.worstThumbs = new Thumbs({ key: "worst", onPick: this.onPick });
    this.classes = Array.from({ length: 10 }, (_, digit) => this.classRow(digit));
    this.message = el("p", { class: "note", role: "status" });
    this.testButton = button(words.test, () => this.test(), { class: "do", "data-fp": "test" });
    this.testSays = el("p", { class: "says", "data-fp": "test-says", role: "status" });
    this.peeks = el("span", { class: "note", "data-fp": "peeks" });
    this.counted(0);
    /** @param {HTMLHeadingElement} title @param {...any} notes */
    const head = (title, ...notes) => el("div", { class: "head" }, title, ...notes);
    this.matrix = el("section", { "data-block": "confusion" },
      head(el("h3", {}, words.confusion), this.of),
      el("div", { class: "confusion" }, el("span", { class: "axis side" }, words.trueDigit),
        names("sides"),
        el("span", { class: "axis top" }, words.saidDigit), names("tops"), this.heat.grid));
    this.cells = el("section", { "data-block": "cell" }, head(this.cellTitle, this.cellNote),
      this.cellThumbs.element);
    this.element = el("section", { class: "wrong" },
      el("div", { class: "thirds" }, this.matrix, this.cells,
        el("section", { "data-block": "classes" },
          head(el("h3", {}, words.classes), el("span", { class: "note" }, words.classesNote)),
          el("ol", { class: "classes" }, ...this.classes.map(({ row }) => row)))),
      this.message,
      el("section", { "data-block": "worst" }, head(el("h3", {}, words.worst),
        el("span", { class: "note" }, words.worstNote)), this.worstThumbs.element),
      el("section", { class: "tested", "data-block": "test" }, this.testButton,
        el("div", {}, this.testSays,
          el("p", { class: "note" }, words.testReminder, " ", this.peeks))));
  }

  close() {
    for (const look of Object.values(this.looks)) look.close();
  }

  /** @param {number} digit */
  classRow(digit) {
    const [span, dot, share] = [el("i", { class: "span" }), el("i", { class: "dot", hidden: true }),
      el("output", { "data-fp": `class-${digit}` })];
    return { span, dot, share, row:
      el("li", {}, el("b", {}, String(digit)), el("span", { class: "rail" }, span, dot), share) };
  }

  // The state that is asked about. While a run computes the matrix comes with it, and the rest
  // waits until it rests.
  /** @param {Run} run @param {Saved} shown @param {Palette} palette */
  follow(run, shown, palette) {
    this.palette = palette;
    this.run = run;
    this.shown = shown;
    const other = `${run.id}.${shown.step}` !== this.state;
    const calm = !["running", "waiting"].includes(run.status);
    if (other) {
      this.state = `${run.id}.${shown.step}`;
      this.found = null;
      this.tested = null;
    }
    this.calm = calm;
    this.whole();
    this.repaint();
  }

  open() {
    this.isOpen = true;
    if (this.run) this.whole();
  }

  // All validation digits, once the run rests.
  whole() {
    if (!this.calm || !this.isOpen) return;
    this.ask("confusion");
    this.ask("mistakes");
    if (this.cell) this.ask("cell", this.cell);
  }

  /** @param {string} name @param {{ true: number, said: number }} [query] */
  ask(name, query = {}) {
    entry(this.looks, name).inspect(`${this.base}/runs/${this.run.id}`, name,
      { step: this.shown.step, ...query });
  }

  // At first the commonest mistake is opened.
  /** @param {any} answer */
  judged(answer) {
    this.found = answer;
    if (this.cell) return;
    const all = answer.matrix.flatMap((/** @type {number} */ row, /** @type {number} */ i) =>
      row.map((/** @type {number} */ count, /** @type {any} */ j) =>
        ({ i, j, count: i === j ? 0 : count })));
    const { i, j, count } = all.reduce((/** @type {any} */ most, /** @type {any} */ each) =>
      (each.count > most.count ? each : most));
    if (count) this.pick(i, j);
  }

  /** @param {number} row @param {number} column */
  pick(row, column) {
    this.cell = { true: row, said: column };
    this.heat.select(row, column);
    this.ask("cell", this.cell);
  }

  test() {
    this.looks.test.forget();
    this.ask("test");
    say(this.testSays, this.words.computing);
  }

  counted(more = 1) {
    let count = more;
    try {
      count += Number(sessionStorage.getItem(PEEKS) ?? 0);
      sessionStorage.setItem(PEEKS, String(count));
    } catch {
      count = this.count = (this.count ?? 0) + more; // a browser that keeps nothing
    }
    this.peeks.dataset.value = String(count);
    say(this.peeks, fill(count === 1 ? this.words.peekedOnce : this.words.peeked, { count }));
  }

  repaint() {
    const { words, palette, found, shown, cell } = this;
    if (!shown || !palette) return;
    const values = found?.matrix ?? shown.pictures.confusion;
    if (values) {
      const missed = Math.max(1, ...values.flatMap((/** @type {number} */ row, /** @type {number} */
        i) => row.filter((/** @type {unknown} */ _, /** @type {any} */ j) => i !== j)));
      this.counts = values;
      // beside the right ones they would vanish
      const wrong = values.map((/** @type {number} */ row, /** @type {number} */ i) =>
        row.map((/** @type {number} */ value, /** @type {any} */ j) => (i === j ? 0 : value)));
      this.heat.paint({ values: wrong, signed: false, largest: missed }, palette);
      this.heat.canvas.setAttribute("aria-label", words.confusion);
      const of = values.flat().reduce((/** @type {any} */ a, /** @type {any} */ b) => a + b, 0);
      say(this.of, fill(words.confusionOf[found?.data ?? "mnist"] ?? words.confusionOf.mnist,
        { count: of.toLocaleString("en") }));
    }
    if (cell) this.heat.select(cell.true, cell.said);
    this.paintCell();
    if (found) this.classes.forEach((row, digit) => this.paintClass(row, found.classes[digit]));
    const { worst } = this;
    if (worst) {
      this.worstThumbs.paint(worst.images,
        worst.images.map((/** @type {unknown} */ _, /** @type {number} */ i) =>
        fill(words.wasSaid, { true: worst.true[i], said: worst.said[i] })), palette);
    }
    const { tested } = this;
    if (tested) {
      const [low, high] = tested.interval.map(percent2);
      this.testSays.dataset.value = tested.accuracy;
      say(this.testSays, fill(words.tested,
        { share: percent2(tested.accuracy), low, high, right: tested.right.toLocaleString("en"),
          of: tested.of.toLocaleString("en") }));
    } else if (this.testSays.textContent !== words.computing) say(this.testSays, "");
  }

  paintCell() {
    const { words, cell, digits, palette } = this;
    say(this.cellTitle, cell
      ? fill(cell.true === cell.said ? words.cellTitleRight : words.cellTitle, cell)
      : words.digitsBehind);
    const fits = cell && digits && Number(digits.query.true) === cell.true
      && Number(digits.query.said) === cell.said;
    say(this.cellNote, cell ? (fits && !digits.images.length ? words.none : "") : words.clickCell);
    if (fits) this.cellThumbs.paint(digits.images, digits.probability.map(percent), palette);
  }

  // The axis begins at 0.8: a share below is drawn at its end.
  /**
   * @param {{ span: HTMLElement, dot: HTMLElement, share: HTMLOutputElement }} what
   * @param {{ right?: any, of?: any, interval?: any }} options
   */
  paintClass({ span, dot, share }, { right, of, interval }) {
    /** @param {number} value */
    const at = (value) => `${100 * Math.max(0, (value - 0.8) / 0.2)}%`;
    const part = of ? right / of : 0;
    Object.assign(span.style, { left: at(interval[0]), right: `calc(100% - ${at(interval[1])})` });
    dot.hidden = false;
    dot.style.left = at(part);
    share.dataset.value = part;
    say(share, `${percent(part)}`);
    share.title = fill(this.words.interval,
      { right, of, low: percent(interval[0]), high: percent(interval[1]) });
  }
}

/** @param {number} share */
export const percent2 = (share) => `${(100 * share).toFixed(2)}%`;
