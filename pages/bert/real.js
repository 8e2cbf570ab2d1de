// The tab "A real BERT": hidden words, pairs of sentences and judgements by a pretrained model from
// the shelf. Where no model is, it says what it takes to get one, and shows nothing.

import { choices, press } from "../kit/controls.js";
import { action, el, entry, fill, filled, percent, say, styles } from "../kit/dom.js";
import { LiveScore, scoring } from "../kit/score.js";
import { ModelNumber } from "../kit/shelf/number.js";
import { ShelfView } from "../kit/shelf/view.js";
import { RouteTrace } from "../kit/trace_number.js";
import { mounted } from "../kit/view.js";
import { Attention } from "./attention.js";
import { Line } from "./game.js";
import { SensesGame } from "./senses.js";
import { alone, Meter, Tokens, Tops } from "./parts.js";

/**
 * @typedef {{ name: string, game: string, text: string, next?: string, hide?: number[],
 *   language?: string }} Query
 */

const MOST = 4; // hidden words whose lists stand side by side
const GAMES = ["hidden", "follows", "sentiment", "senses"];
const HEADS = ["hidden", "follows"]; // games that need a head above the encoder
const NO_HEAD = "sentiment"; // what is played where there is none
const WHOLE = "bert-base-uncased"; // a model with the heads of all games

const style = await styles("kit/base.css", "kit/heat.css", "kit/heads.css", "kit/word_map.css",
  "kit/shelf/shelf.css", "kit/opened.css", "kit/trace_number.css", "bert/view.css");

export const { mount, unmount } = mounted(() => RealView);

/** @extends {ShelfView<BertRealData, any, Query>} */
class RealView extends ShelfView {
  /** @param {HTMLElement} host @param {BertRealData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "bert-real", classes: "bert", style, route: "/bert/pretrained",
      message: { class: "wrong", "data-fp": "real-message" }, stage: "game", work: "game" });
    const { words } = this;
    this.games = choices("real-game", GAMES.map((game) => [game, words.games[game]]),
      (game) => this.change({ real_game: game }));
    this.lacking = el("p", { class: "note", "data-fp": "real-lacking" });
    this.whole = action(fill(words.fetchWhole, { model: WHOLE }), () => this.shelf.offer(WHOLE),
      { "data-fp": "real-whole" });
    this.text = new Line("real-text", words.sentence,
      (text) => this.change({ real_text: text || " ", real_hide: [] }));
    this.next = new Line("real-next", words.nextSentence,
      (next) => this.change({ real_next: next, real_hide: [] }));
    this.lines = new Line("real-lines", words.lines,
      (lines) => this.change({ real_lines: lines }), { long: true });
    this.lines.input.setAttribute("rows", "4");
    this.word = new Line("real-word", words.word, (word) => this.change({ real_word: word }),
      { longest: 40 });
    this.tokens =
      new Tokens({ key: "real", label: words.hiddenLabel, onPick: (i) => this.toggle(i) });
    this.hint = el("p", { class: "note hint" });
    this.places = Array.from({ length: MOST }, (_, i) => {
      const tops = new Tops({ key: `real-${i}`, onOpen: (id) => this.openGuess(i, id) });
      const title = el("h2");
      return { title, tops, element: el("div", { hidden: true }, title, tops.element) };
    });
    this.meter = new Meter({ key: "real", name: "", onOpen: () => this.openVerdict() });
    this.note = el("p", { class: "note", "data-fp": "labelled" });
    this.rows = el("ol", { class: "learnt" });
    this.number = new RouteTrace(this, (onNumber) => new ModelNumber(words.number, onNumber),
      `${data.base}/bert/pretrained/number`, () => this.last?.query);
    this.score = new LiveScore(this, words.scored, `${data.base}/bert/pretrained/score`,
      () => this.last?.query ?? {});
    this.senses = new SensesGame(words, this.score);
    this.attention = new Attention(words, { change: (change) => this.lookAt(change), both: false,
      onOpen: (net, array, index) => this.number.open({ array, index }) });
    this.guesses = el("div", { class: "three" }, ...this.places.map(({ element }) => element));
    this.stage.append(this.tokens.element, this.hint, this.guesses,
      this.meter.element, this.note, this.rows, this.senses.element, this.score.element,
      this.attention.element,
      this.number.shown.element);
    this.work.append(this.games,
      el("div", { class: "line lacking" }, this.lacking, this.whole),
      el("div", { class: "lines" }, this.text.element, this.next.element, this.lines.element,
        this.word.element), this.message,
      this.stage);
    this.beginShelf();
  }

  // -- what the person does -----------------------------------------------------------------------

  /** @param {number} i */
  toggle(i) {
    if (this.state.real_game !== "hidden") return;
    const hide = new Set(this.state.real_hide ?? []);
    if (!hide.delete(i)) hide.add(i);
    this.change({ real_hide: [...hide].sort((a, b) => a - b) });
  }

  // Another head, or the weights unfolded: the page does not keep it.
  /** @param {Partial<import("./attention.js").Look>} change */
  lookAt(change) {
    Object.assign(this.attention.look, change);
    this.repaint();
  }

  // How likely a piece is at a hidden place.
  /** @param {number} i @param {number} id */
  openGuess(i, id) {
    const place = this.last?.places?.[i];
    if (place) this.number.open({ array: "probabilities", index: [place.at, id] });
  }

  // How likely the second sentence follows, or the first one judges well.
  openVerdict() {
    const follows = this.last?.query.game === "follows";
    this.number.open(follows ? { array: "follows_probabilities", index: [0, 0] }
      : { array: "judged", index: [] });
  }

  // Games that a model cannot play: it was saved without their heads.
  /** @param {string} name */
  lacks(name) {
    const heads = this.shelf.heads[name] ?? HEADS;
    return HEADS.filter((game) => !heads.includes(game));
  }

  chosenModel() {
    return this.state.real_name;
  }

  /** @param {string} name */
  pickModel(name) {
    this.change({ real_name: name, real_hide: [] });
  }

  // -- question and answer ------------------------------------------------------------------------

  /** @param {string} name @returns {Query} */
  query(name) {
    const { state, data, words, shelf } = this;
    const lacks = this.lacks(name);
    const game = lacks.includes(state.real_game) ? NO_HEAD : state.real_game;
    for (const choice of /** @type {Iterable<HTMLButtonElement>} */ (this.games.children)) {
      choice.disabled = lacks.includes(choice.dataset.value ?? "");
    }
    say(this.lacking, lacks.length ? fill(words.lacking, { model: name,
      games: lacks.map((each) => words.games[each]).join(", ") }) : "");
    this.whole.hidden = !lacks.length || !shelf.fetches || shelf.models.includes(WHOLE);
    const [text, next] = [state.real_text || entry(data.texts, game)[0],
      state.real_text || state.real_next ? state.real_next : entry(data.texts, game)[1]];
    this.text.show(text);
    this.next.show(next);
    press(this.games, game);
    const many = game === "senses";
    this.text.element.hidden = many;
    this.next.element.hidden = many || game === "sentiment";
    this.lines.element.hidden = this.word.element.hidden = !many;
    if (many) {
      const [lines, word] = entry(data.texts, game);
      const asked = { text: state.real_lines || lines, next: state.real_word || word };
      this.lines.show(asked.text);
      this.word.show(asked.next);
      return { name, game, ...asked };
    }
    if (game === "hidden") return { name, game, text, next, hide: state.real_hide ?? [] };
    return game === "follows" ? { name, game, text, next }
      : { name, game, text, language: data.model };
  }

  /** @param {Trouble | null} trouble */
  trouble(trouble) {
    super.trouble(trouble);
    if (trouble?.message && this.state.real_hide?.length && this.last?.query.game !== "hidden") {
      this.state.real_hide = [];
    }
  }

  /** @param {any} answer @param {Query} query */
  show(answer, query) {
    super.show(answer, query);
    this.number.renewed();
  }

  // -- painting -----------------------------------------------------------------------------------

  repaint() {
    const { last, words, palette } = this;
    if (!last) return;
    const { query } = last;
    const places = last.places ?? [];
    const hidden = new Map(places.map((/** @type {any} */ place) => [place.at, place]));
    this.tokens.element.hidden = this.hint.hidden = !last.tokens;
    this.guesses.hidden = !last.places;
    if (last.tokens) {
      this.tokens.paint(last.tokens, (i) => {
        if (hidden.has(i)) {
          return { text: "?", class: "hidden-word", pressed: true, title: words.showIt };
        }
        return query.game === "hidden" ? {
          pressed: last.tokens[i].part === "special" ? undefined : false, title: words.hideIt,
        } : { class: `segment-${last.tokens[i].segment}` };
      });
    }
    say(this.hint,
      query.game === "hidden" ? (places.length ? words.hintMore : words.hideHint) : "");
    for (const [i, { title, tops, element }] of this.places.entries()) {
      const place = places[i];
      element.hidden = !place;
      if (!place) continue;
      say(title, place.truth === null ? fill(words.placeTitle, { place: i + 1 })
        : fill(words.placeTruthReal,
          { place: i + 1, truth: alone(place.truth), rank: place.both_rank }));
      tops.paint(place.both, place.truth);
    }
    this.senses.element.hidden = query.game !== "senses";
    if (query.game === "senses") this.senses.take(last, query.next ?? "");
    this.meter.element.hidden = last.p === undefined;
    say(this.meter.name, query.game === "follows" ? words.followsQuestion : words.judged);
    if (last.p !== undefined) {
      this.meter.paint(last.p, entry(words.verdicts, query.game)[last.p >= 0.5 ? 1 : 0], "won");
    }
    const learnt = query.game === "sentiment";
    this.rows.hidden = !learnt;
    this.note.hidden = !learnt;
    const part = learnt ? ["seen", "unseen"] : ["senses"];
    if (!part.includes(this.score.part)) this.score.open("");
    if (learnt) {
      const { labels, tested } = last;
      /** @param {"seen" | "unseen"} part */
      const share = (part) => scoring(this.score, part, "accuracy", percent(last[part]));
      this.note.replaceChildren(...filled(words.learnt,
        { labels, tested, seen: share("seen"), unseen: share("unseen") }));
      this.rows.replaceChildren(...last.rows.map((/** @type {any} */ { text, positive }) => el("li",
        {},
      el("span", { class: "note" }, positive ? words.positive : words.negative), ` ${text}`)));
    }
    this.attention.element.hidden = !last.weights;
    if (last.weights) this.attention.show(last, { view: this.attention.look }, palette);
    Object.assign(this.root.dataset, { game: query.game, model: query.name });
  }
}
