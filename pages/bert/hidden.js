// @ts-nocheck
// "Guess the hidden word": words of a sentence are hidden by a click, the person guesses, then the
// two networks tell.

import { button, el, entry, fill, number, percent, say } from "../kit/dom.js";
import { Attention } from "./attention.js";
import { Draw } from "./draw.js";
import { chips, Game, Line, numbered } from "./game.js";
import { alone, Tokens, Tops } from "./parts.js";

const MOST = 4; // hidden words whose lists stand side by side

export class Hidden extends Game {
  /** @type {string | null} */
  shownFor = null;
  /** @type {string} */
  about;
  /** @type {string} */
  covered;
  /** @type {any} */
  listed;

  /** @param {any} words @param {{ url: string, change: any, data: any }} options */
  constructor(words, { url, change, data }) {
    super(words, { url, change, fields: { text: "", next: "", covered: null } });
    this.counts = { asked: 0, you: 0, both: 0, left: 0 };
    this.chips = chips("hidden-example", words.examples,
      data.examples.hidden.map((/** @type {any} */ { text }) =>
      text), (i) => this.propose({ text: i ? `#${i}` : "", next: "", covered: null }));
    this.text = new Line("hidden-text", words.sentence, (text) =>
      this.propose({ text: text || " ", covered: [], next: this.next.input.value.trim() }));
    this.next = new Line("hidden-next", words.nextSentence,
      (next) => this.propose({ ...this.typed(), next, covered: [] }));
    this.tokens =
      new Tokens({ key: "hidden", label: words.hiddenLabel, onPick: (i) => this.toggle(i) });
    this.hint = el("p", { class: "note hint", "data-fp": "hidden-hint" });
    this.field = el("input", { type: "text", list: "fp-bert-words", "data-fp": "guess",
      "aria-label": words.guess, autocomplete: "off", spellcheck: "false",
      onkeydown: (event) => event.key === "Enter" && !event.isComposing && this.guess() });
    this.options = el("datalist", { id: "fp-bert-words" });
    this.asks = el("span");
    this.guessing = el("div", { class: "guess", "data-block": "guess" },
      el("label", { class: "typing short" }, this.asks, this.field), this.options,
      button(words.tryIt, () => this.guess(), { "data-fp": "guess-go", class: "main" }),
      button(words.justShow, () => this.reveal(null), { "data-fp": "guess-show", class: "quiet" }));
    this.verdict = el("p", { class: "verdict-line", role: "status", "data-fp": "guess-says" });
    this.score = el("p", { class: "note", "data-fp": "guess-score" });
    this.lists = Array.from({ length: MOST }, (_, i) => this.list(i));
    this.known = el("p", { class: "note", "data-fp": "ratio" });
    this.draw = new Draw(words, { url, change });
    this.attention = new Attention(words, { change });
    this.element = el("div", { class: "game", "data-game": "hidden" },
      el("section", { class: "typed", "data-block": "sentence" }, this.chips.element,
        el("div", { class: "lines" }, this.text.element, this.next.element), this.trouble),
      el("section", { "data-block": "tokens" }, this.tokens.element, this.hint),
      this.guessing, this.verdict,
      (this.answersBox = el("section", { class: "answers", "data-block": "answers" },
        ...this.lists.map(({ element }) => element))),
      el("div", { class: "notes" }, this.score, this.known),
      this.draw.element, this.attention.element);
  }

  close() {
    super.close();
    this.draw.close();
  }

  /** @param {number} i */
  list(i) {
    const title = el("h3");
    const note = el("span", { class: "note" });
    const [both, left] = ["both", "left"].map((key) => new Tops({ key: `${key}-${i}` }));
    const [bothSays, leftSays] = [el("p", { class: "note" }), el("p", { class: "note" })];
    /** @param {string} name @param {Tops} tops @param {HTMLParagraphElement} says */
    const column = (name, tops, says) => el("div", {}, el("h4", {}, name), tops.element, says);
    const element = el("div", { class: "place", "data-fp": `place-${i}`, hidden: true },
      el("div", { class: "head" }, title, note),
      el("div", { class: "two" }, column(this.words.bothSides, both, bothSays),
        column(this.words.leftOnly, left, leftSays)));
    return { element, title, note, both, left, bothSays, leftSays };
  }

  // -- what the person does -----------------------------------------------------------------------

  example(view = this.draft) {
    const at = numbered(view.text, this.data.examples.hidden.length);
    return at === null ? null : { at, ...this.data.examples.hidden[at] };
  }

  typed() {
    const found = this.example();
    return found ? { text: found.text } : {};
  }

  /** @param {any} view */
  question(view) {
    const found = this.example(view);
    const hide = view.covered ?? found?.hide ?? [];
    return { game: "hidden", language: this.data.model, text: found?.text ?? view.text,
      next: found ? found.next : view.next, hide };
  }

  /** @param {number} i */
  toggle(i) {
    const hide = new Set(this.draft.covered ?? this.example()?.hide ?? []);
    if (!hide.delete(i)) hide.add(i);
    this.propose({ covered: [...hide].sort((a, b) => a - b) });
  }

  get first() {
    return this.answer?.places.find((/** @type {any} */ { truth }) => truth !== null)
      ?? this.answer?.places[0]
      ?? null;
  }

  guess() {
    const guess = this.field.value.trim().toLowerCase();
    if (!guess) return this.field.focus();
    this.reveal(guess);
  }

  /** @param {any} guess */
  reveal(guess) {
    const { first, words, counts } = this;
    if (!first || this.shownFor === this.about) return;
    this.shownFor = this.about;
    if (guess !== null && first.truth !== null) {
      const right = guess.replace(/^[–-]|^##/, "") === first.truth.replace("##", "");
      counts.asked += 1;
      counts.you += right;
      counts.both += first.both_rank === 1;
      counts.left += first.left_rank === 1;
      const by = [...first.both].find(({ token }) => token === guess || token === `##${guess}`);
      const values = { guess, truth: alone(first.truth), p: by ? percent(by.p) : "" };
      say(this.verdict,
        fill(right ? words.guessRight : by ? words.guessRated : words.guessWrong, values));
      say(this.score, fill(words.guessScore, counts));
    } else {
      say(this.verdict,
      first.truth === null ? words.noTruth : fill(words.truthIs, { truth: alone(first.truth) }));
    }
    this.painted(this.answer);
  }

  // -- painting -----------------------------------------------------------------------------------

  /** @param {HiddenAnswer} answer */
  painted(answer) {
    const { words, data, palette } = this;
    const found = this.example(this.view);
    this.chips.press(found?.at ?? null);
    this.text.show(found?.text ?? this.view.text ?? "");
    this.next.show(found ? found.next : this.view.next ?? "");
    const places = new Map(answer.places.map((place) => [place.at, place]));
    this.about =
      JSON.stringify([answer.tokens.map(({ text }) => text), [...places.keys()], data.model]);
    // What one meets first is told at once; from then on one guesses first.
    if (!this.shownFor && !this.view.text && this.view.covered === null) this.shownFor = this.about;
    const open = this.shownFor === this.about;
    if (!open && this.covered !== this.about) {
      this.covered = this.about;
      this.field.value = "";
      say(this.verdict, "");
    }
    this.tokens.paint(answer.tokens, (i) => {
      const place = places.get(i);
      if (!place) {
        return { pressed: answer.tokens[i].part === "special" ? undefined : false,
        title: answer.tokens[i].part === "unknown" ? words.unknownToken : words.hideIt };
      }
      return { text: open && place.truth !== null ? alone(place.truth) : "?",
        class: `hidden-word${open ? " open" : ""}${place === this.first ? " first" : ""}`,
        pressed: true, title: words.showIt };
    });
    const strangers =
      answer.unknown.length ? fill(words.unknown, { words: answer.unknown.join(", ") }) : "";
    say(this.hint,
      [places.size ? "" : words.hideHint, strangers].filter(Boolean).join(" ") || words.hintMore);
    this.guessing.classList.toggle("off", !places.size || open);
    const index = answer.places.indexOf(this.first);
    say(this.asks, fill(words.guessAsk, { place: index + 1 }));
    if (this.listed !== data.model) {
      this.listed = data.model;
      this.options.replaceChildren(...data.vocabulary.map((/** @type {string} */ word) =>
        el("option", { value: alone(word) })));
    }
    this.answersBox.classList.toggle("covered", !open);
    for (const [i, list] of this.lists.entries()) this.paintPlace(list, answer.places[i], i, open);
    const { top1, left_top1: left, of, pairs, left_pairs: leftPairs } = data.scores;
    const known = fill(words.ratio,
      { both: percent(top1), left: percent(left), ratio: number(top1 / left, 2), of });
    say(this.known, pairs && leftPairs
      ? `${known} ${fill(words.pairs,
        { both: percent(pairs.top1), left: percent(leftPairs.top1) })}` : known);
    const asked = this.question(this.view);
    this.draw.show(asked, data, palette);
    this.attention.show(answer, data, palette);
    Object.assign(this.element.dataset, { hidden: [...places.keys()].join(" "), open });
  }

  /**
   * @param {{ element: HTMLDivElement, title: HTMLHeadingElement, note: HTMLSpanElement,
   *   both: Tops, left: Tops, bothSays: HTMLParagraphElement,
   *   leftSays: HTMLParagraphElement }} list
   * @param {number} place
   * @param {number} i
   * @param {boolean} open
   */
  paintPlace(list, place, i, open) {
    const { words } = this;
    list.element.hidden = !place;
    if (!place) return;
    say(list.title, fill(words.placeTitle, { place: i + 1 }));
    say(list.note, place.truth === null ? words.placeFree
      : open ? fill(words.placeTruth, { truth: alone(place.truth) }) : words.placeCovered);
    for (const side of ["both", "left"]) {
      entry(list, side)
        .paint(open ? entry(place, side) : entry(place, side).map(() => ({ token: "·", p: null })),
        open ? place.truth : null);
      const [p, rank] = [entry(place, `${side}_p`), entry(place, `${side}_rank`)];
      say(entry(list, `${side}Says`), !open || p == null ? ""
        : fill(words.truthRank, { truth: alone(place.truth), p: percent(p), rank }));
    }
  }
}
