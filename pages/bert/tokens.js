// The tab "How text is cut": the most frequent pair of pieces is merged, over and over. A slider
// goes through the merges; text, vocabulary and a sentence of one's own follow it.

import { head } from "../kit/controls.js";
import { action, button, el, entry, fill, say, styles } from "../kit/dom.js";
import { Knob } from "../kit/knob.js";
import { Live } from "../kit/live.js";
import { LiveScore, scoring } from "../kit/score.js";
import { mounted, View } from "../kit/view.js";
import { Line } from "./game.js";
import { Tokens } from "./parts.js";

const style = await styles("kit/base.css", "kit/opened.css", "bert/view.css", "bert/tokens.css");

export const { mount, unmount } = mounted(() => TokensView);

/** A count, of a pair or of a way to cut. */
class Count extends LiveScore {
  /** @param {number[]} at @param {number} axis */
  place(at, axis) {
    const name = super.place(at, axis);
    return entry(this.view.words.ways, name) ?? name;
  }
}

/** @extends {View<BertTokensData>} */
class TokensView extends View {
  /** @type {TokensAnswer | undefined} */
  answer;
  /** @type {object | undefined} the question that it answers */
  asked;
  /** @type {number | null} the word of the sentence whose way is shown; null: the last one */
  word = null;

  /** @param {HTMLElement} host @param {BertTokensData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "bert-tokens", classes: "bert cutting", style });
    const { words, data: { limits } } = this;
    this.state = structuredClone(data.view);
    this.live = this.own(new Live({ url: `${data.base}/bert/tokens`,
      onAnswer: (answer, { query }) => this.take(answer, query),
      onTrouble: (trouble) => this.trouble(trouble) }));
    this.score = new Count(this, words.scored, `${data.base}/bert/tokens/number`,
      () => this.asked ?? {});
    this.text = new Line("tokens-text", words.text,
      (text) => this.change({ tok_text: text || " " }), { long: true, longest: limits.text });
    this.stories = button(words.stories, () => this.change({ tok_text: "" }),
      { class: "quiet", "data-fp": "tokens-stories" });
    this.step = new Knob({ name: "tokens-step", label: words.merges, low: 0, high: limits.merges },
      { onInput: (_, step) => this.change({ tok_step: step }) });
    this.less = action("−", () => this.go(-1), { "aria-label": words.less,
      "data-fp": "tokens-less" });
    this.more = action(words.next, () => this.go(1), { "data-fp": "tokens-next" });
    this.message = el("p", { class: "wrong", role: "status", "data-fp": "tokens-message" });
    this.last = el("p", { class: "merge", "data-fp": "tokens-last" });
    this.pairs = el("ol", { class: "pairs", "data-fp": "tokens-pairs" });
    this.cut = el("div", { class: "cut", "data-fp": "tokens-cut" });
    this.others = el("span", { class: "note" });
    this.vocabulary = head("", "");
    this.pieces = el("div", { class: "pieces", "data-fp": "tokens-pieces" });
    this.sentence = new Line("tokens-sentence", words.sentence,
      (sentence) => { this.word = null; this.change({ tok_sentence: sentence }); },
      { longest: limits.sentence });
    this.tokens = new Tokens({ key: "cut-sentence", label: words.sentence, every: true,
      onPick: (i) => this.pick(i) });
    this.way = el("p", { class: "note" });
    this.trail = el("ol", { class: "trail", "data-fp": "tokens-trail" });
    this.rows = el("tbody");
    this.root.append(el("div", { class: "game stage" },
      el("section", { "data-block": "learned-from" }, this.text.element, this.stories,
        this.message),
      el("section", { "data-block": "merges" },
        el("div", { class: "line merging" }, this.step.element,
          el("div", { class: "actions" }, this.less, this.more)), this.last),
      el("div", { class: "two" },
        el("section", { "data-block": "pairs" }, head(words.pairsTitle, words.pairsNote),
          this.pairs),
        el("section", { "data-block": "vocabulary" }, this.vocabulary, this.pieces)),
      this.score.element,
      el("section", { "data-block": "cut" }, head(words.wordsTitle, words.wordsNote), this.cut,
        this.others),
      el("div", { class: "two" },
        el("section", { "data-block": "sentence" }, this.sentence.element, this.tokens.element,
          this.way, this.trail),
        el("section", { "data-block": "compared" }, head(words.comparedTitle),
          el("div", { class: "scroll" }, el("table", { class: "compared" }, el("thead", {},
            el("tr", {}, ...words.columns.map((column) => el("th", {}, column)))), this.rows)),
          el("p", { class: "note why" }, words.comparedWhy)))));
    this.begin(".stage");
  }

  // -- what the person does -----------------------------------------------------------------------

  /** @param {Partial<BertTokensData["view"]>} change */
  change(change) {
    Object.assign(this.state, change);
    this.ask();
    this.notify();
  }

  /** @param {number} by */
  go(by) {
    const { step, steps } = /** @type {TokensAnswer} */ (this.answer);
    this.change({ tok_step: Math.max(0, Math.min(steps, step + by)) });
  }

  // A token of the sentence: the way of its word is shown.
  /** @param {number} i */
  pick(i) {
    let left = i;
    const { sentence } = /** @type {TokensAnswer} */ (this.answer);
    this.word = sentence.findIndex(({ pieces }) => (left -= pieces.length) < 0);
    this.repaint();
  }

  report() {
    return this.state;
  }

  /** @param {BertTokensData} data */
  adopt(data) {
    this.state = structuredClone(data.view);
    super.adopt(data);
    this.ask();
  }

  /** @param {BertTokensData} before */
  compare(before) {
    if (this.data.model !== before.model) this.ask();
  }

  // -- question and answer ------------------------------------------------------------------------

  ask() {
    const { state, data } = this;
    const query = { language: data.model, text: state.tok_text, step: state.tok_step,
      sentence: state.tok_sentence || data.sentence };
    this.live.ask({ body: () => query, query });
  }

  /** @param {TokensAnswer} answer @param {object} query */
  take(answer, query) {
    const same = JSON.stringify(this.asked) === JSON.stringify(query);
    Object.assign(this, { answer, asked: query });
    this.stale(false);
    if (!same) this.score.open("");
    this.repaint();
    this.painted();
  }

  /** @param {Trouble | null} trouble */
  trouble(trouble) {
    say(this.message, trouble ? trouble.message || this.words.unreachable : "");
    this.stale(Boolean(trouble?.message));
  }

  // -- painting -----------------------------------------------------------------------------------

  repaint() {
    const { answer, words, state, data } = this;
    if (!answer) return;
    const { step, steps, last } = answer;
    this.text.show(answer.text);
    this.sentence.show(state.tok_sentence || data.sentence);
    this.stories.hidden = !state.tok_text;
    this.step.input.max = String(Math.max(1, steps));
    this.step.value = step;
    this.less.disabled = step === 0;
    this.more.disabled = step === steps;
    const end = answer.done ? words.done
      : step === data.limits.merges ? fill(words.most, { most: step }) : "";
    say(this.last, [last ? fill(words.last, { ...last, step }) : words.none, end].join(" "));
    this.paintPairs(answer);
    const [title, note] = this.vocabulary.children;
    say(title, fill(words.vocabularyTitle,
      { count: answer.alphabet.length + answer.pieces.length }));
    say(note, fill(words.vocabularyNote,
      { alphabet: answer.alphabet.length, pieces: answer.pieces.length }));
    this.pieces.replaceChildren(...answer.pieces.toReversed().concat(answer.alphabet)
      .map((piece, i) => el("bdi", { class: i < answer.pieces.length ? "learned" : "" }, piece)));
    this.cut.replaceChildren(...answer.words.map(({ times, pieces }) => el("span", {},
      ...pieces.map((piece) => el("bdi", {}, piece)), el("small", {}, `${times}×`))));
    say(this.others, answer.others ? fill(words.others, { count: answer.others }) : "");
    this.paintSentence(answer);
    this.rows.replaceChildren(...answer.ways.map((way, row) => el("tr", { "data-way": way.way },
      el("th", {}, entry(words.ways, way.way)),
      el("td", { class: "value" }, String(way.vocabulary)),
      el("td", { class: "value" },
        scoring(this.score, "lengths", `length.${row + 1}`, String(way.length))),
      el("td", { class: "value" }, String(way.sentence)),
      el("td", { class: "value" }, String(way.unknown)))));
    Object.assign(this.root.dataset, { step, steps });
  }

  /** @param {TokensAnswer} answer */
  paintPairs({ pairs }) {
    const most = pairs[0]?.count ?? 1;
    this.pairs.replaceChildren(...pairs.map(({ left, right, count, next }, row) =>
      el("li", { class: next ? "won" : "", "data-pair": left + right },
        el("span", { class: "pair-of" }, el("bdi", {}, left), " + ", el("bdi", {}, right)),
        el("span", { class: "track" },
          el("i", { class: "bar", style: `transform:scaleX(${count / most})` })),
        el("span", { class: "value" },
          scoring(this.score, "pairs", `count.${row + 1}`, String(count))))));
  }

  /** @param {TokensAnswer} answer */
  paintSentence({ sentence }) {
    const { words } = this;
    const tokens = sentence.flatMap(({ pieces }) => pieces.map(({ text, known }, i) =>
      ({ text, part: i ? "piece" : "word", known })));
    this.tokens.paint(tokens, (i) => ({ note: tokens[i].known ? "" : words.unknown,
      class: tokens[i].known ? "seen" : "unseen-word" }));
    const at = Math.min(this.word ?? Infinity, sentence.length - 1);
    const way = sentence[at];
    const word = way?.pieces.map(({ text }) => text).join("") ?? "";
    say(this.way, !way ? "" : fill(way.steps.length ? words.way : words.whole, { word }));
    this.trail.replaceChildren(...(way?.steps ?? []).map(([merge, pieces]) => el("li", {},
      el("span", { class: "note" }, String(merge + 1)),
      ...pieces.map((piece) => el("bdi", {}, piece)))));
  }
}
