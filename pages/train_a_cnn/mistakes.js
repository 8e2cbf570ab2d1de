// What the network gets wrong: who is taken for whom, the digits behind a number, its worst
// mistakes, how sure each share is, and, on request, the test set.

import { storage } from "../kit/storage.js";
import { head } from "../kit/controls.js";
import { button, el, fill, filled, grouped, percent, say } from "../kit/dom.js";
import { Heat } from "../kit/heat.js";
import { Live } from "../kit/live.js";
import { initialPalette } from "../kit/palette.js";
import { DigitScore } from "./score.js";
import { Thumbs } from "./thumbs.js";

/** @import { ScoreAnswer, ScoreQuery } from "../kit/score.js" */
/** @typedef {{ true: number, said: number }} Square a digit, and what it was called */

const PEEKS = "forward-pass:cnn:test"; // how often this tab has looked at the test set
const LEAST = 0.8; // the axis of a digit's accuracy begins here: a share below is drawn at its end

/** @param {number} share */
export const percent2 = (share) => `${(100 * share).toFixed(2)}%`;
/** @param {number} share */
const along = (share) => `${100 * Math.max(0, (share - LEAST) / (1 - LEAST))}%`;
/** @param {string} name */
const digits = (name) => el("div", { class: name, "aria-hidden": "true" },
  ...Array.from({ length: 10 }, (_, digit) => el("span", {}, String(digit))));

// How often a digit is right, on a rail with its interval.
class DigitRow {
  span = el("i", { class: "span" });
  dot = el("i", { class: "dot", hidden: true });

  /** @param {number} digit @param {() => void} onOpen */
  constructor(digit, onOpen) {
    this.share = el("output", { "data-fp": `class-${digit}` });
    this.element = el("li", {}, el("b", {}, String(digit)),
      el("span", { class: "rail" }, this.span, this.dot),
      button(this.share, onOpen, { class: "opens" }));
  }

  /** @param {CountedAnswerClasse} counted @param {string} sentence */
  paint({ right, of, interval: [low, high] }, sentence) {
    const part = of ? right / of : 0;
    Object.assign(this.span.style, { left: along(low), right: `calc(100% - ${along(high)})` });
    this.dot.hidden = false;
    this.dot.style.left = along(part);
    this.share.dataset.value = String(part);
    say(this.share, percent(part));
    this.share.title = fill(sentence, { right, of, low: percent(low), high: percent(high) });
  }
}

export class Mistakes {
  /** @type {(DigitsAnswer & { of: Square }) | null} */
  behind = null;
  /** @type {DigitsAnswer | null} */
  worst = null;
  /** @type {CountedAnswer | null} */
  tested = null;
  /** @type {CountedAnswer | null} */
  counted = null;
  /** @type {Square | null} */
  chosen = null;
  palette = initialPalette;
  /** @type {Run | null} */
  run = null;
  /** @type {Saved | null} */
  shown = null;
  state = "";
  standing = ""; // the state and the edits that a number was last asked of
  edits = "";
  /** @type {number[][]} */
  counts = [];
  calm = false;
  isOpen = false;
  peeks = 0;

  // onPick(image): a digit was clicked.
  /**
   * @param {CnnWords} words
   * @param {string} base
   * @param {{ onPick: (image: string) => unknown }} options
   */
  constructor(words, base, { onPick }) {
    this.words = words;
    this.base = base;
    this.live = {
      confusion: this.asker((answer) => this.judged(answer)),
      cell: this.asker((answer, { true: row, said }) => {
        this.behind = { ...answer, of: { true: Number(row), said: Number(said) } };
      }),
      mistakes: this.asker((answer) => { this.worst = answer; }),
      test: this.asker((answer) => { this.tested = answer; this.peeked(1); }),
    };
    this.heat = new Heat({
      key: "confusion", title: words.confusion, onPick: (row, column) => this.pick(row, column),
      labelOf: (row, column) => fill(row === column ? words.cellRight : words.cellWrong,
        { true: row, said: column, count: this.counts[row][column] }),
    });
    this.of = el("span", { class: "note" });
    this.cellTitle = el("h2", {});
    this.cellNote = el("span", { class: "note" });
    this.cellThumbs = new Thumbs({ key: "cell", onPick });
    this.worstThumbs = new Thumbs({ key: "worst", onPick });
    this.score = new DigitScore(words, (live, query) => this.inspect(live, query));
    this.cellCount = button("", () => {
      const { chosen } = this;
      if (chosen) this.score.open(`confusion.${chosen.true}.${chosen.said}`, "validation");
    }, { class: "opens", "data-fp": "cell-count" });
    this.rows = Array.from({ length: 10 }, (_, digit) =>
      new DigitRow(digit, () => this.score.open(`class_accuracy.${digit}`, "validation")));
    this.message = el("p", { class: "note", role: "status" });
    this.testSays = el("p", { class: "says", "data-fp": "test-says", role: "status" });
    this.peeksNote = el("span", { class: "note", "data-fp": "peeks" });
    this.peeked(0);
    this.element = el("section", { class: "wrong" },
      el("div", { class: "thirds" }, this.matrix(),
        el("section", { "data-block": "cell" },
          el("div", { class: "head" }, this.cellTitle, this.cellCount, this.cellNote),
          this.cellThumbs.element),
        el("section", { "data-block": "classes" }, head(words.classes, words.classesNote),
          el("ol", { class: "classes" }, ...this.rows.map(({ element }) => element)))),
      this.message, this.score.element,
      el("section", { "data-block": "worst" }, head(words.worst, words.worstNote),
        this.worstThumbs.element),
      el("section", { class: "tested", "data-block": "test" },
        button(words.test, () => this.test(), { class: "play", "data-fp": "test" }),
        el("div", {}, this.testSays,
          el("p", { class: "note" }, words.testReminder, " ", this.peeksNote))));
  }

  matrix() {
    const { words } = this;
    return el("section", { "data-block": "confusion" },
      el("div", { class: "head" }, el("h2", {}, words.confusion), this.of),
      el("div", { class: "confusion" }, el("span", { class: "axis side" }, words.trueDigit),
        digits("sides"), el("span", { class: "axis top" }, words.saidDigit), digits("tops"),
        this.heat.grid));
  }

  /** @param {(answer: any, query: Record<string, string>) => void} take */
  asker(take) {
    return new Live({
      onAnswer: (answer, { query }) => { take(answer, query); this.repaint(); },
      onTrouble: (trouble) => say(this.message, trouble?.message ?? ""),
    });
  }

  close() {
    for (const live of [...Object.values(this.live), this.score]) live.close();
  }

  /** @param {Palette} palette */
  theme(palette) {
    this.score.paint(palette);
  }

  // The state that is asked about. While a run computes the matrix comes with it, and the rest
  // waits until it rests.
  /** @param {Run} run @param {Saved} shown @param {string} edits @param {Palette} palette */
  follow(run, shown, edits, palette) {
    this.palette = palette;
    this.run = run;
    this.shown = shown;
    const state = `${run.id}.${shown.step}`;
    if (state !== this.state) {
      this.state = state;
      this.counted = null;
      this.tested = null;
    }
    this.calm = !["running", "waiting"].includes(run.status);
    this.score.palette = palette;
    const standing = `${state}.${edits}`;
    if (this.calm && standing !== this.standing) {
      this.standing = standing;
      this.edits = edits;
      this.score.ask();
    }
    this.whole();
    this.repaint();
  }

  // A number of the state on which the run rests.
  /** @param {Live<ScoreAnswer>} live @param {ScoreQuery} query */
  inspect(live, query) {
    const { run, shown, base } = this;
    if (!this.calm || !run || !shown) return;
    live.inspect(`${base}/runs/${run.id}`, "score",
      { step: shown.step, ...query, ...askedWith(run, shown, this.edits) });
  }

  open() {
    this.isOpen = true;
    this.whole();
  }

  // All validation digits, once the run rests.
  whole() {
    if (!this.calm || !this.isOpen) return;
    this.ask("confusion");
    this.ask("mistakes");
    if (this.chosen) this.ask("cell", this.chosen);
  }

  /** @param {keyof Mistakes["live"]} name @param {Partial<Square>} [query] */
  ask(name, query = {}) {
    const { run, shown } = this;
    if (!run || !shown) return;
    this.live[name].inspect(`${this.base}/runs/${run.id}`, name, { step: shown.step, ...query });
  }

  // At first the commonest mistake is opened.
  /** @param {CountedAnswer} answer */
  judged(answer) {
    this.counted = answer;
    if (this.chosen) return;
    const all = answer.matrix.flatMap((row, i) =>
      row.map((count, j) => ({ i, j, count: i === j ? 0 : count })));
    const { i, j, count } = all.reduce((most, each) => (each.count > most.count ? each : most));
    if (count) this.pick(i, j);
  }

  /** @param {number} row @param {number} column */
  pick(row, column) {
    this.chosen = { true: row, said: column };
    this.heat.select(row, column);
    this.ask("cell", this.chosen);
  }

  test() {
    this.live.test.forget();
    this.ask("test");
    this.testSays.replaceChildren(this.words.computing);
  }

  /** @param {number} more */
  peeked(more) {
    this.peeks = Number(storage.get(PEEKS) ?? 0) + more;
    storage.set(PEEKS, String(this.peeks));
    const { words, peeks: count } = this;
    this.peeksNote.dataset.value = String(count);
    say(this.peeksNote, fill(count === 1 ? words.peekedOnce : words.peeked, { count }));
  }

  repaint() {
    if (!this.shown) return;
    const { words, palette, counted, worst, chosen } = this;
    const counts = counted?.matrix ?? this.shown.pictures.confusion;
    if (counts) this.paintMatrix(counts, counted?.data ?? "mnist");
    if (chosen) this.heat.select(chosen.true, chosen.said);
    this.paintCell();
    if (counted) this.rows.forEach((row, i) => row.paint(counted.classes[i], words.interval));
    if (worst) {
      const captions = worst.images.map((_, i) =>
        fill(words.wasSaid, { true: worst.true[i], said: worst.said[i] }));
      this.worstThumbs.paint(worst.images, captions, palette);
    }
    this.paintTest();
  }

  // The right ones are left out: beside them the others would vanish.
  /** @param {number[][]} counts @param {string} data */
  paintMatrix(counts, data) {
    const { words, heat } = this;
    this.counts = counts;
    const values = counts.map((row, i) => row.map((count, j) => (i === j ? 0 : count)));
    const largest = Math.max(1, ...values.flat());
    heat.paint({ values, signed: false, largest }, this.palette);
    heat.canvas.setAttribute("aria-label", words.confusion);
    const count = grouped(counts.flat().reduce((a, b) => a + b, 0));
    say(this.of, fill(words.confusionOf[data] ?? words.confusionOf.mnist, { count }));
  }

  paintCell() {
    const { words, chosen, behind, palette } = this;
    const count = chosen && this.counted?.matrix[chosen.true][chosen.said];
    this.cellCount.hidden = count == null;
    say(this.cellCount, String(count ?? ""));
    if (!chosen) {
      say(this.cellTitle, words.digitsBehind);
      return say(this.cellNote, words.clickCell);
    }
    const right = chosen.true === chosen.said;
    say(this.cellTitle, fill(right ? words.cellTitleRight : words.cellTitle, chosen));
    const fits = behind?.of.true === chosen.true && behind.of.said === chosen.said;
    say(this.cellNote, fits && !behind.images.length ? words.none : "");
    if (fits) this.cellThumbs.paint(behind.images, behind.probability.map(percent), palette);
  }

  paintTest() {
    const { words, tested } = this;
    if (!tested) {
      if (this.testSays.textContent !== words.computing) this.testSays.replaceChildren();
      return;
    }
    const [low, high] = tested.interval.map(percent2);
    const [right, of] = [tested.right, tested.of].map(grouped);
    this.testSays.dataset.value = String(tested.accuracy);
    const share = percent2(tested.accuracy);
    /** @param {string} text @param {string} number */
    const opens = (text, number) => button(text, () => this.score.open(number, "test"),
      { class: "opens", "data-fp": `open-${number}` });
    this.testSays.replaceChildren(...filled(words.tested,
      { share: opens(share, "share"), low, high, right: opens(right, "all_right"), of }));
  }
}

// What a state of a run does not hold, and its numbers come about from.
/** @param {Run} run @param {Saved} shown @param {string} edits @returns {Record<string, string>} */
function askedWith({ rates }, { step, pictures: { gradients = [] } }, edits) {
  const norms = gradients.map((/** @type {(number | null)[]} */ [norm]) => norm);
  const highest = rates.findLast(([from]) => from <= Math.max(step - 1, 0))?.[1];
  return { norms: norms.join(), highest: String(highest), edits };
}
