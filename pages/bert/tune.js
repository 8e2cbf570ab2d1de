// "Fine-tune": the same labels from three beginnings, side by side: pretrained, frozen, from
// scratch; and how much each has learnt from how many labels.

import { Chart } from "../kit/chart.js";
import { choices, head, press } from "../kit/controls.js";
import { el, fill, percent, say } from "../kit/dom.js";
import { chips, exampleOf, Game, Line, nth } from "./game.js";
import { Meter, opener, Tokens } from "./parts.js";

/** @typedef {"pretrained" | "frozen" | "scratch"} Start */

/** @type {Start[]} */
const STARTS = ["pretrained", "frozen", "scratch"];
const ROLES = { pretrained: "ink", frozen: "0", scratch: "1" };

/**
 * Something for each beginning.
 * @template Part @param {(start: Start) => Part} make @returns {Record<Start, Part>}
 */
const each = (make) => ({ pretrained: make("pretrained"), frozen: make("frozen"),
  scratch: make("scratch") });

// How much is right over the number of labels, the middle of several seeds and all of them as dots.
class Learning {
  /** @param {BertWords} words */
  constructor(words) {
    this.words = words;
    this.chart = new Chart({ label: words.learningLabel, height: 220, xName: words.labels,
      yName: words.shareRight });
    this.note = el("p", { class: "note" });
    this.element = el("section", { "data-block": "learning", "data-fp": "learning" },
      head(words.learningTitle, ""), this.note, this.chart.element);
  }

  // shares: by beginning, then by number of labels, then by seed.
  /**
   * @param {{ labels: number[], shares: Record<Start, number[][]> } | undefined} measured
   * @param {string} measure
   * @param {Palette} palette
   */
  paint(measured, measure, palette) {
    const { words } = this;
    this.element.hidden = !measured;
    if (!measured) return;
    const { labels, shares } = measured;
    const x = labels.map((count) => Math.log2(count));
    const middles = each((start) => shares[start].map(middle));
    const series = STARTS.flatMap((start) => [
      ...shares[start][0].map((_, seed) => ({ key: `${start}.${seed}`, name: "", x,
        y: shares[start].map((row) => row[seed]), role: ROLES[start], faint: true })),
      { key: start, name: words.starts[start], x, y: middles[start], role: ROLES[start],
        dots: true },
    ]);
    this.chart.paint({ series, x: [x[0], x[x.length - 1]], y: [0, 1], cursor: null }, palette);
    say(this.note, fill(words.learningNote,
      { measure: words.measures[measure], labels: labels.join(", ") }));
    Object.assign(this.element.dataset,
      each((start) => middles[start].map((share) => share.toFixed(3)).join(" ")));
  }

  close() {
    this.chart.close();
  }
}

/** @param {number[]} values */
const middle = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** @extends {Game<SentimentAnswer>} */
export class Sentiment extends Game {
  /** @param {BertData} data @param {import("./game.js").Page} page */
  constructor(data, page) {
    super(data, page, "sentiment", { review: "" });
    const { words } = this;
    const examples = data.examples.sentiment.slice(0, 6);
    this.chips = chips("sentiment-example", words.examples, examples.map(({ text }) => text),
      (i) => this.propose({ review: nth(i) }));
    this.line =
      new Line("review", words.review, (review) => this.propose({ review: review || " " }));
    this.tokens = new Tokens({ key: "review", label: words.review });
    this.hint = el("p", { class: "note hint", "data-fp": "review-hint" });
    this.meters = each((key) => new Meter({ key, name: words.starts[key], low: words.negative,
      high: words.positive, onOpen: () => this.open(key, "sentiment_probabilities", [0, 1]) }));
    this.note = el("p", { class: "note" });
    this.learning = new Learning(words);
    this.element.append(
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

  /** @param {BertView} view */
  example(view) {
    return exampleOf(view.review, this.data.examples.sentiment);
  }

  /** @param {BertView} view */
  question(view) {
    return { game: "sentiment", language: this.data.model,
      text: this.example(view)?.row.text ?? view.review };
  }

  /** @param {SentimentAnswer} answer */
  painted(answer) {
    const { words, data, palette } = this;
    const example = this.example(this.view);
    this.chips.press(example?.at ?? null);
    this.line.show(this.question(this.view).text);
    const [seen, unseen] = [new Set(answer.seen), new Set(answer.unseen)];
    this.tokens.paint(answer.tokens, (i) => (seen.has(i) ? { class: "seen", note: words.seenShort }
      : unseen.has(i) ? { class: "unseen-word", note: words.unseenShort } : {}));
    say(this.hint, this.strangers(answer)
      || (unseen.size ? words.unseenSays : seen.size ? words.seenSays : words.noJudgement));
    say(this.note, fill(words.afterLabels, { labels: answer.labels }));
    for (const key of STARTS) {
      const { p } = answer.says[key];
      const right = example && (p >= 0.5) === example.row.positive;
      const mark = right === null ? "" : right ? " ✓" : " ✗";
      const role = right === null ? "" : right ? "won" : "off";
      this.meters[key].paint(p, (p >= 0.5 ? words.positive : words.negative) + mark, role);
    }
    const { labels, ...starts } = data.results[data.model]?.sentiment ?? {};
    this.learning.paint(labels && { labels, shares: each((key) => starts[key].unseen) },
      "unseen", palette);
  }
}

/** @extends {Game<SpanAnswer>} */
export class Answering extends Game {
  /** @param {BertData} data @param {import("./game.js").Page} page */
  constructor(data, page) {
    super(data, page, "answer", { question: "", passage: "" });
    const { words } = this;
    const examples = data.examples.answer.slice(0, 6);
    this.chips = chips("answer-example", words.examples, examples.map(({ question, answer }) =>
      (answer === null ? `${question} (${words.noAnswerShort})` : question)),
      (i) => this.propose({ question: nth(i), passage: "" }));
    this.questionLine = new Line("question", words.question,
      (question) => this.propose({ ...this.typed(), question: question || " " }));
    this.passage = new Line("passage", words.passage,
      (passage) => this.propose({ ...this.typed(), passage: passage || " " }), { long: true });
    this.starts = choices("start", STARTS.map((key) => [key, words.starts[key]]),
      (start) => page.change({ start }));
    this.replies = each((key) => this.reply(key));
    this.tokens = new Tokens({ key: "passage", label: words.passageLabel, every: true,
      onPick: (i) => this.open(this.start, "ends_probabilities", [0, i]) });
    this.hint = el("p", { class: "note hint" });
    this.spans = el("ol", { class: "spans", "data-fp": "spans" });
    this.note = el("p", { class: "note" });
    this.learning = new Learning(words);
    this.element.append(
      el("section", { class: "typed", "data-block": "question" }, this.chips.element,
        el("div", { class: "lines" }, this.questionLine.element, this.passage.element),
        this.trouble),
      el("section", { "data-block": "starts" }, head(words.answerTitle), this.note,
        el("div", { class: "three" }, ...STARTS.map((key) => this.replies[key].element))),
      el("section", { "data-block": "span" }, head(words.spanTitle, words.spanNote), this.starts,
        this.tokens.element, this.hint),
      el("div", { class: "even" }, el("section", { "data-block": "spans" }, head(words.spansTitle),
        this.spans), this.learning.element));
  }

  close() {
    super.close();
    this.learning.close();
  }

  // What a network answers, and how sure it is.
  /** @param {Start} key */
  reply(key) {
    const text = el("b", { "data-fp": `answer-${key}` });
    const share = el("span");
    const open = () => this.openSpan(key, surest(this.answerOf(key)).id);
    const element = el("div", { class: "says" }, el("span", { class: "note" },
      this.words.starts[key]), text, opener(share, open, { class: "value opens" }));
    return { text, share, element };
  }

  get start() {
    return /** @type {Start} */ (this.data.view.start);
  }

  /** @param {Start} start */
  answerOf(start) {
    return /** @type {SpanAnswer} */ (this.answer).says[start];
  }

  /** @param {Start} start @param {number} id */
  openSpan(start, id) {
    this.open(start, "span_probabilities", [id]);
  }

  example(view = this.draft) {
    return view.passage ? null : exampleOf(view.question, this.data.examples.answer);
  }

  // An example that is being changed is a text of one's own.
  typed() {
    const { row } = this.example() ?? {};
    return row ? { question: row.question, passage: row.passage } : {};
  }

  /** @param {BertView} view */
  question(view) {
    const { question, passage } = this.example(view)?.row ?? view;
    return { game: "answer", language: this.data.model, question, passage };
  }

  /** @param {SpanAnswer} answer */
  painted(answer) {
    const { words, data, palette, start } = this;
    const example = this.example(this.view);
    const { question, passage } = this.question(this.view);
    this.chips.press(example?.at ?? null);
    this.questionLine.show(question);
    this.passage.show(passage);
    say(this.note, fill(words.afterLabels, { labels: answer.labels }));
    for (const key of STARTS) {
      const [{ text, share }, reply] = [this.replies[key], answer.says[key]];
      const right = example && reply.answer === example.row.answer;
      const mark = right === null ? "" : right ? " ✓" : " ✗";
      say(text, (reply.answer ?? words.noAnswer) + mark);
      text.className = right ? "won" : "";
      say(share, percent(surest(reply).p));
    }
    press(this.starts, start);
    this.paintEnds(answer);
    this.paintSpans(answer.says[start]);
    const { labels, seeds, ...starts } = data.results[data.model]?.answer ?? {};
    this.learning.paint(seeds && { labels, shares: each((key) => starts[key].all) }, "all",
      palette);
    Object.assign(this.element.dataset, { start });
  }

  // Above and below each token how likely the answer begins and ends there.
  /** @param {SpanAnswer} answer */
  paintEnds(answer) {
    const { words, start: key } = this;
    const { start, end, span } = answer.says[key];
    const [from, to] = span ?? [-1, -1];
    this.tokens.paint(answer.tokens, (i) => ({ share: start[i], end: end[i],
      class: `spot${i >= from && i <= to ? " won" : ""}`,
      title: fill(words.spotSays, { start: percent(start[i]), end: percent(end[i]) }) }));
    say(this.hint, this.strangers(answer));
  }

  /** @param {SpanAnswerSay} said */
  paintSpans({ spans, none, answer }) {
    const rows = [...spans, { id: 0, text: null, p: none }].sort((a, b) => b.p - a.p);
    this.spans.replaceChildren(...rows.map(({ id, text, p }) => el("li",
      { class: text === answer ? "won" : "" }, el("bdi", {}, text ?? this.words.noAnswer),
      el("span", { class: "track" }, el("i", { class: "bar", style: `transform:scaleX(${p})` })),
      opener(percent(p), () => this.openSpan(this.start, id), { class: "value opens" }))));
  }
}

// The span that is answered, or that there is none.
/** @param {SpanAnswerSay} said @returns {{ id: number, p: number }} */
const surest = ({ answer, none, spans, span }) =>
  (answer === null ? undefined
  : spans.find(({ from, to }) => from === span?.[0] && to === span?.[1])) ?? { id: 0, p: none };
