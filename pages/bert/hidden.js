// "Guess the hidden word": words of a sentence are hidden by a click, the person guesses, then the
// two networks show what they expect.

import { action, button, el, fill, filled, number, percent, say } from "../kit/dom.js";
import { Attention } from "./attention.js";
import { Draw } from "./draw.js";
import { chips, exampleOf, Game, Line, nth } from "./game.js";
import { alone, Tokens, Tops } from "./parts.js";
import { onEnter } from "../kit/keys.js";

/**
 * @typedef {"both" | "left"} Side
 * @typedef {import("./game.js").Place} Place
 */

const MOST = 4; // hidden words whose lists stand side by side

/** @extends {Game<HiddenAnswer>} */
export class Hidden extends Game {
  /** @type {string | null} the sentence whose hidden words are revealed */
  revealed = null;
  /** @type {string} the sentence that is on show */
  about = "";
  /** @type {string | undefined} the one that was last to be guessed */
  covered;
  /** @type {string | undefined} the language whose words can be guessed */
  listed;
  asks = el("span");
  options = el("datalist", { id: "fp-bert-words" });
  /** @type {BertScores | undefined} those that the note says */
  measured;
  counts = { asked: 0, you: 0, both: 0, left: 0 };

  /** @param {BertData} data @param {import("./game.js").Page} page */
  constructor(data, page) {
    super(data, page, "hidden", { text: "", next: "", covered: null });
    const { words } = this;
    this.chips = chips("hidden-example", words.examples,
      data.examples.hidden.map(({ text }) => text),
      (i) => this.propose({ text: nth(i), next: "", covered: null }));
    this.text = new Line("hidden-text", words.sentence, (text) =>
      this.propose({ text: text || " ", covered: [], next: this.next.input.value.trim() }));
    this.next = new Line("hidden-next", words.nextSentence,
      (next) => this.propose({ ...this.typed(), next, covered: [] }));
    this.tokens =
      new Tokens({ key: "hidden", label: words.hiddenLabel, onPick: (i) => this.toggle(i) });
    this.hint = el("p", { class: "note hint", "data-fp": "hidden-hint" });
    this.verdict = el("p", { class: "verdict-line", role: "status", "data-fp": "guess-says" });
    this.score = el("p", { class: "note", "data-fp": "guess-score" });
    this.known = el("p", { class: "note", "data-fp": "ratio" });
    this.field = onEnter(el("input", { type: "text", list: "fp-bert-words", "data-fp": "guess",
      "aria-label": words.guess, autocomplete: "off", spellcheck: "false" }), () => this.guess());
    this.guessing = this.guessed();
    this.lists = Array.from({ length: MOST }, (_, i) => this.list(i));
    this.draw = new Draw(data, { change: page.change,
      onOpen: (array, index) => this.open("draw", array, index) });
    this.attention = new Attention(words, { change: page.change,
      onOpen: (net, array, index) => this.open(net, array, index) });
    this.box = el("section", { class: "answers", "data-block": "answers" },
      ...this.lists.map(({ element }) => element));
    this.element.append(
      el("section", { class: "typed", "data-block": "sentence" }, this.chips.element,
        el("div", { class: "lines" }, this.text.element, this.next.element), this.trouble),
      el("section", { "data-block": "tokens" }, this.tokens.element, this.hint),
      el("div", { class: "turn" }, this.guessing, this.verdict), this.box,
      el("div", { class: "notes" }, this.score, this.known),
      this.draw.element, this.attention.element);
  }

  close() {
    super.close();
    this.draw.close();
  }

  // Where a guess is typed.
  guessed() {
    const { words } = this;
    return el("div", { class: "guess", "data-block": "guess" },
      el("label", { class: "typing short" }, this.asks, this.field), this.options,
      action(words.tryIt, () => this.guess(), { "data-fp": "guess-go" }),
      button(words.justShow, () => this.reveal(null), { "data-fp": "guess-show", class: "quiet" }));
  }

  // What both networks expect at a hidden place.
  /** @param {number} i */
  list(i) {
    const { words } = this;
    const [title, note] = [el("h2"), el("span", { class: "note" })];
    /** @param {Side} key @param {string} name */
    const side = (key, name) => {
      const tops = new Tops({ key: `${key}-${i}`, onOpen: (id) => this.openGuess(key, i, id) });
      const note = el("p", { class: "note" });
      return { key, tops, note, element: el("div", {}, el("h3", {}, name), tops.element, note) };
    };
    const sides = [side("both", words.bothSides), side("left", words.leftOnly)];
    const element = el("div", { class: "place", "data-fp": `place-${i}`, hidden: true },
      el("div", { class: "head" }, title, note),
      el("div", { class: "two" }, ...sides.map((one) => one.element)));
    return { element, title, note, sides };
  }

  // -- what the person does -----------------------------------------------------------------------

  example(view = this.draft) {
    return exampleOf(view.text, this.data.examples.hidden);
  }

  // An example that is being changed is a text of one's own.
  typed() {
    const { row } = this.example() ?? {};
    return row ? { text: row.text } : {};
  }

  /** @param {BertView} view */
  question(view) {
    const { row } = this.example(view) ?? {};
    const { text, next } = row ?? view;
    /** @type {number[]} */
    const hide = view.covered ?? row?.hide ?? [];
    return { game: "hidden", language: this.data.model, text, next, hide };
  }

  /** @param {Place} place */
  aboutNumber(place) {
    const question = this.question(this.view);
    return place.net === "draw" ? this.draw.question(question) : question;
  }

  /** @param {number} i */
  toggle(i) {
    const hide = new Set(this.question(this.draft).hide);
    if (!hide.delete(i)) hide.add(i);
    this.propose({ covered: [...hide].sort((a, b) => a - b) });
  }

  // The network that reads to the left names the word that comes next.
  /** @param {Side} net @param {number} i @param {number} id */
  openGuess(net, i, id) {
    const place = this.answer?.places[i];
    if (!place || this.revealed !== this.about) return;
    this.open(net, "probabilities", [place.at - (net === "left" ? 1 : 0), id]);
  }

  // The hidden word that is guessed.
  get first() {
    const places = this.answer?.places ?? [];
    return places.find(({ truth }) => truth !== null) ?? places[0] ?? null;
  }

  guess() {
    const guess = this.field.value.trim().toLowerCase();
    if (guess) this.reveal(guess);
    else this.field.focus();
  }

  // guess: null where the person only wants to see it.
  /** @param {string | null} guess */
  reveal(guess) {
    const { first, words, answer } = this;
    if (!first || !answer || this.revealed === this.about) return;
    this.revealed = this.about;
    const { truth } = first;
    if (truth === null) say(this.verdict, words.noTruth);
    else if (guess === null) say(this.verdict, fill(words.truthIs, { truth: alone(truth) }));
    else this.rate(guess, truth, first);
    this.painted(answer);
  }

  /** @param {string} guess @param {string} truth @param {HiddenAnswerPlace} place */
  rate(guess, truth, place) {
    const { words, counts } = this;
    const right = guess.replace(/^[–-]|^##/, "") === truth.replace("##", "");
    counts.asked += 1;
    counts.you += Number(right);
    counts.both += Number(place.both_rank === 1);
    counts.left += Number(place.left_rank === 1);
    const by = place.both.find(({ token }) => token === guess || token === `##${guess}`);
    const sentence = right ? words.guessRight : by ? words.guessRated : words.guessWrong;
    say(this.verdict, fill(sentence, { guess, truth: alone(truth), p: by ? percent(by.p) : "" }));
    say(this.score, fill(words.guessScore, counts));
  }

  // -- painting -----------------------------------------------------------------------------------

  /** @param {HiddenAnswer} answer */
  painted(answer) {
    const { data, palette, view } = this;
    const question = this.question(view);
    this.chips.press(this.example(view)?.at ?? null);
    this.text.show(question.text);
    this.next.show(question.next);
    const places = answer.places.map(({ at }) => at);
    this.about = JSON.stringify([answer.tokens.map(({ text }) => text), places, data.model]);
    const open = this.revealed === this.about;
    this.paintTokens(answer, open);
    this.paintGuess(answer, open);
    this.box.classList.toggle("covered", !open);
    this.lists.forEach((list, i) => this.paintPlace(list, answer.places[i], i, open));
    this.paintScores();
    this.draw.show(question, data.view);
    this.attention.show(answer, data, palette);
    Object.assign(this.element.dataset, { hidden: places.join(" "), open });
  }

  /** @param {HiddenAnswer} answer @param {boolean} open */
  paintTokens(answer, open) {
    const { words, first } = this;
    const places = new Map(answer.places.map((place) => [place.at, place]));
    this.tokens.paint(answer.tokens, (i) => {
      const [place, { part }] = [places.get(i), answer.tokens[i]];
      if (!place) {
        return { pressed: part === "special" ? undefined : false,
          title: part === "unknown" ? words.unknownToken : words.hideIt };
      }
      return { text: open && place.truth !== null ? alone(place.truth) : "?",
        class: `hidden-word${open ? " open" : ""}${place === first ? " first" : ""}`,
        pressed: true, title: words.showIt };
    });
    const hints = [places.size ? "" : words.hideHint, this.strangers(answer)].filter(Boolean);
    say(this.hint, hints.join(" ") || words.hintMore);
  }

  /** @param {HiddenAnswer} answer @param {boolean} open */
  paintGuess({ places }, open) {
    const { words, data, first } = this;
    if (!open && this.covered !== this.about) {
      this.covered = this.about;
      this.field.value = "";
      say(this.verdict, "");
    }
    this.guessing.classList.toggle("off", !places.length || open);
    const place = first ? places.indexOf(first) + 1 : 0;
    say(this.asks, fill(words.guessAsk, { place }));
    if (this.listed === data.model) return;
    this.listed = data.model;
    this.options.replaceChildren(...data.vocabulary.map((word) =>
      el("option", { value: alone(word) })));
  }

  /**
   * @param {ReturnType<Hidden["list"]>} list
   * @param {HiddenAnswerPlace | undefined} place
   * @param {number} i
   * @param {boolean} open
   */
  paintPlace({ element, title, note, sides }, place, i, open) {
    const { words } = this;
    element.hidden = !place;
    if (!place) return;
    const truth = place.truth === null ? null : alone(place.truth);
    say(title, fill(words.placeTitle, { place: i + 1 }));
    say(note, truth === null ? words.placeFree
      : open ? fill(words.placeTruth, { truth }) : words.placeCovered);
    for (const { key, tops, note } of sides) {
      const [guesses, p, rank] = [place[key], place[`${key}_p`], place[`${key}_rank`]];
      if (open) tops.paint(guesses, place.truth);
      else tops.paint(guesses.map(() => ({ token: "·", p: null })));
      say(note, !open || p === null ? ""
        : fill(words.truthRank, { truth, p: percent(p), rank }));
    }
  }

  paintScores() {
    const { words, data: { scores }, page } = this;
    if (this.measured === scores) return;
    this.measured = scores;
    const { top1, left_top1: left, of, pairs, left_pairs: leftPairs } = scores;
    const known = filled(words.ratio, {
      both: page.opens("both", "accuracy", percent(top1)),
      left: page.opens("left", "accuracy", percent(left)),
      ratio: page.opens("ratio", "ratio", number(top1 / left, 2)), of: String(of) });
    const more = pairs && leftPairs ? [" ", ...filled(words.pairs, {
      both: page.opens("both_pairs", "accuracy", percent(pairs.top1)),
      left: page.opens("left_pairs", "accuracy", percent(leftPairs.top1)) })] : [];
    this.known.replaceChildren(...known, ...more);
  }
}
