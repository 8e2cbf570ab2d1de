// @ts-nocheck
// "Fine-tune": the same labels from three beginnings, side by side: pretrained, frozen, from
// scratch; and how much each has learnt from how many labels.

import { choices, head, press } from "../kit/controls.js";
import { el, fill, percent, say } from "../kit/dom.js";
import { Chart } from "../kit/chart.js";
import { chips, Game, Line, numbered } from "./game.js";
import { Meter, Tokens } from "./parts.js";

const STARTS = ["pretrained", "frozen", "scratch"];
/** @type {Record<string, string>} */
const ROLES = { pretrained: "ink", frozen: "0", scratch: "1" };

// How much is right over the number of labels, the middle of several seeds and all of them as dots.
class Learning {
  /** @param {any} words */
  constructor(words) {
    this.words = words;
    this.chart = new Chart({ label: words.learningLabel, height: 220, xName: words.labels,
      yName: words.shareRight });
    this.note = el("p", { class: "note" });
    this.element = el("section", { "data-block": "learning", "data-fp": "learning" },
      head(words.learningTitle, ""), this.note, this.chart.element);
  }

  /** @param {any} found @param {string} measure @param {Palette} palette */
  paint(found, measure, palette) {
    const { words } = this;
    this.element.hidden = !found;
    if (!found) return;
    /** @param {any} values */
    const middle = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
    const x = found.labels.map((/** @type {number} */ count) => Math.log2(count));
    const lines = STARTS.filter((start) => found[start]?.[measure]).flatMap((start) => {
      const all = found[start][measure];
      const seeds = all[0].length;
      return [
        ...Array.from({ length: seeds }, (_, seed) => ({ key: `${start}.${seed}`, name: "", x,
          y: all.map((/** @type {number} */ row) => row[seed]), role: ROLES[start], faint: true })),
        { key: start, name: words.starts[start], x, y: all.map(middle), role: ROLES[start],
          dots: true },
      ];
    });
    this.chart.xName = words.labels;
    this.chart.paint({ series: lines, x: [x[0], x.at(-1)], y: [0, 1], cursor: null }, palette);
    say(this.note, fill(words.learningNote,
      { measure: words.measures[measure], labels: found.labels.join(", ") }));
    Object.assign(this.element.dataset, Object.fromEntries(STARTS.filter((start) => found[start])
      .map((start) =>
        [start, found[start][measure].map((/** @type {number} */ row) => middle(row).toFixed(3))
          .join(" ")])));
  }

  close() {
    this.chart.close();
  }
}

export class Sentiment extends Game {
  /** @param {any} words @param {{ url: string, change: any, data: any }} options */
  constructor(words, { url, change, data }) {
    super(words, { url, change, fields: { review: "" } });
    const examples = data.examples.sentiment.slice(0, 6);
    this.chips = chips("sentiment-example", words.examples,
      examples.map((/** @type {any} */ { text }) => text),
      (i) => this.propose({ review: i ? `#${i}` : "" }));
    this.line =
      new Line("review", words.review, (review) => this.propose({ review: review || " " }));
    this.tokens = new Tokens({ key: "review", label: words.review });
    this.hint = el("p", { class: "note hint", "data-fp": "review-hint" });
    this.meters = Object.fromEntries(STARTS.map((key) => [key,
      new Meter({ key, name: words.starts[key], low: words.negative, high: words.positive })]));
    this.note = el("p", { class: "note" });
    this.learning = new Learning(words);
    this.element = el("div", { class: "game", "data-game": "sentiment" },
      el("section", { class: "typed", "data-block": "review" }, this.chips.element,
        this.line.element, this.trouble),
      el("section", { "data-block": "review-tokens" }, this.tokens.element, this.hint),
      el("div", { class: "even" },
        el("section", { "data-block": "starts" }, head(words.sentimentTitle), this.note,
          ...STARTS.map((key) => this.meters[key].element),
          el("p", { class: "note why" }, words.startsAbout)),
        this.learning.element));
  }

  close() {
    super.close();
    this.learning.close();
  }

  /** @param {any} view */
  example(view) {
    const { sentiment } = this.data.examples;
    const at = numbered(view.review, sentiment.length);
    return at === null ? null : { at, ...sentiment[at] };
  }

  /** @param {any} view */
  question(view) {
    return { game: "sentiment", language: this.data.model,
      text: this.example(view)?.text ?? view.review };
  }

  /** @param {any} answer */
  painted(answer) {
    const { words, data, palette } = this;
    const found = this.example(this.view);
    this.chips.press(found?.at ?? null);
    this.line.show(found?.text ?? this.view.review);
    const [seen, unseen] = [new Set(answer.seen), new Set(answer.unseen)];
    this.tokens.paint(answer.tokens, (i) => (seen.has(i) ? { class: "seen", note: words.seenShort }
      : unseen.has(i) ? { class: "unseen-word", note: words.unseenShort } : {}));
    const strangers =
      answer.unknown.length ? fill(words.unknown, { words: answer.unknown.join(", ") }) : "";
    say(this.hint, strangers
      || (unseen.size ? words.unseenSays : seen.size ? words.seenSays : words.noJudgement));
    say(this.note, fill(words.afterLabels, { labels: answer.labels }));
    for (const key of STARTS) {
      const { p } = answer.says[key];
      const right = found ? (p >= 0.5) === found.positive : null;
      this.meters[key].paint(p, `${p >= 0.5 ? words.positive : words.negative}${right === null ? ""
        : right ? " ✓" : " ✗"}`, right === false ? "off" : right ? "won" : "");
    }
    this.learning.paint(data.results?.[data.model]?.sentiment, "unseen", palette);
  }
}

export class Answering extends Game {
  /**
   * @param {any} words
   * @param {{ url: string, change: (a: { start: string }) => void, data: any }} options
   */
  constructor(words, { url, change, data }) {
    super(words, { url, change, fields: { question: "", passage: "" } });
    const examples = data.examples.answer.slice(0, 6);
    this.chips = chips("answer-example", words.examples,
      examples.map((/** @type {any} */ { question,
      answer }) => (answer === null ? `${question} (${words.noAnswerShort})` : question)),
        (i) => this.propose({ question: i ? `#${i}` : "", passage: "" }));
    this.asked = new Line("question", words.question,
      (question) => this.propose({ ...this.typed(), question: question || " " }));
    this.passage = new Line("passage", words.passage,
      (passage) => this.propose({ ...this.typed(), passage: passage || " " }), { long: true });
    this.starts =
      choices("start", STARTS.map((key) => [key, words.starts[key]]), (start) => change({ start }));
    this.replies =
      Object.fromEntries(STARTS.map((key) => [key, el("b", { "data-fp": `answer-${key}` })]));
    this.shares = Object.fromEntries(STARTS.map((key) => [key, el("span", { class: "value" })]));
    this.tokens = new Tokens({ key: "passage", label: words.passageLabel });
    this.hint = el("p", { class: "note hint" });
    this.spans = el("ol", { class: "spans", "data-fp": "spans" });
    this.note = el("p", { class: "note" });
    this.learning = new Learning(words);
    this.element = el("div", { class: "game", "data-game": "answer" },
      el("section", { class: "typed", "data-block": "question" }, this.chips.element,
        el("div", { class: "lines" }, this.asked.element, this.passage.element), this.trouble),
      el("section", { "data-block": "starts" }, head(words.answerTitle), this.note,
        el("div", { class: "three" }, ...STARTS.map((key) => el("div", { class: "says" },
          el("span", { class: "note" }, words.starts[key]), this.replies[key], this.shares[key])))),
      el("section", { "data-block": "span" }, head(words.spanTitle, words.spanNote), this.starts,
        this.tokens.element, this.hint),
      el("div", { class: "even" }, el("section", { "data-block": "spans" }, head(words.spansTitle),
        this.spans), this.learning.element));
  }

  close() {
    super.close();
    this.learning.close();
  }

  example(view = this.draft) {
    const { answer } = this.data.examples;
    const at = view.passage ? null : numbered(view.question, answer.length);
    return at === null ? null : { at, ...answer[at] };
  }

  typed() {
    const found = this.example();
    return found ? { question: found.question, passage: found.passage } : {};
  }

  /** @param {any} view */
  question(view) {
    const found = this.example(view);
    return { game: "answer", language: this.data.model, question: found?.question ?? view.question,
      passage: found?.passage ?? view.passage };
  }

  /** @param {any} answer */
  painted(answer) {
    const { words, data, palette } = this;
    const found = this.example(this.view);
    const { question, passage } = this.question(this.view);
    this.chips.press(found?.at ?? null);
    this.asked.show(question);
    this.passage.show(passage);
    say(this.note, fill(words.afterLabels, { labels: answer.labels }));
    for (const key of STARTS) {
      const one = answer.says[key];
      const right = !found ? "" : (one.answer ?? null) === (found.answer ?? null) ? " ✓" : " ✗";
      say(this.replies[key], (one.answer ?? words.noAnswer) + right);
      this.replies[key].className = right === " ✓" ? "won" : "";
      say(this.shares[key], percent(one.answer === null ? one.none
        : one.spans.find((/** @type {any} */ { from, to }) =>
          from === one.span?.[0] && to === one.span?.[1])?.p
          ?? 0));
    }
    const { start } = data.view;
    press(this.starts, start);
    const one = answer.says[start];
    const [from, to] = one.span ?? [-1, -1];
    this.tokens.paint(answer.tokens, (i) => ({ share: one.start[i], end: one.end[i],
      class: `spot${i >= from && i <= to ? " won" : ""}`,
      title: fill(words.spotSays, { start: percent(one.start[i]), end: percent(one.end[i]) }) }));
    say(this.hint,
      answer.unknown.length ? fill(words.unknown, { words: answer.unknown.join(", ") }) : "");
    const rows = [
      ...one.spans.map((/** @type {any} */ { text, p }) => ({ text, p, won: text === one.answer })),
      { text: words.noAnswer, p: one.none, won: one.answer === null }].sort((a, b) => b.p - a.p);
    this.spans.replaceChildren(...rows.map(({ text, p, won }) => el("li",
      { class: won ? "won" : "" }, el("bdi", {}, text), el("span", { class: "track" },
        el("i", { class: "bar", style: `transform:scaleX(${p})` })),
          el("span", { class: "value" }, percent(p)))));
    this.learning.paint(data.results?.[data.model]?.answer, "all", palette);
    Object.assign(this.element.dataset, { start });
  }
}
