// The tab "A real BERT": hidden words, pairs of sentences and judgements by a pretrained model from the shelf. Where no model is, it says
// what it takes to get one, and shows nothing.

import { el, fill, percent, say, styles } from "../kit/dom.js";
import { Attention } from "./attention.js";
import { Line } from "./game.js";
import { alone, choices, Meter, press, Tokens, Tops } from "./parts.js";
import { Shelf } from "../kit/shelf.js";
import { Live } from "../kit/live.js";
import { followSteps, step } from "../kit/steps.js";
import { onThemeChange, palette } from "../kit/theme.js";
import { mounted } from "../kit/views.js";

const MOST = 4; // hidden words whose lists stand side by side
const SLOW = 300; // ms until it is said that the model is at work
const GAMES = ["hidden", "follows", "sentiment"];

const style = await styles("kit/base.css", "kit/heat.css", "kit/heads.css", "kit/word_map.css", "kit/shelf.css", "bert/view.css");

export const { mount, unmount } = mounted((...all) => new RealView(...all));

class RealView {
  constructor(host, data, send) {
    Object.assign(this, { host, data, send, words: data.words, answers: 0, looks: { attention: false, head: null, net: "both" } });
    this.state = structuredClone(data.view);
    this.live = new Live(`${data.base}/bert/pretrained`, { read: (answer) => answer.json(), onAnswer: (...all) => this.answered(...all), onTrouble: (trouble) => this.trouble(trouble) });
    this.build();
    this.palette = palette(this.root);
    onThemeChange(this.root, () => { this.palette = palette(this.root); this.repaint(); });
    this.leaveSteps = followSteps((detail) => step(this.root, detail, ":not(*)"));
    this.shelf.refresh();
  }

  close() {
    clearTimeout(this.telling);
    clearTimeout(this.slow);
    this.live.stop();
    this.shelf.close();
    this.leaveSteps();
    this.root.remove();
  }

  receive(data, send) {
    const before = this.data;
    Object.assign(this, { data, send });
    if (data.session !== before.session) this.tell();
    else if (data.revision !== before.revision) {
      this.state = structuredClone(data.view);
      this.ask();
    }
  }

  build() {
    const { words, data } = this;
    this.shelf = new Shelf(words, data.base, { onModels: () => this.models(), onPick: (name) => this.change({ real_name: name, real_hide: [] }) });
    this.games = choices("real-game", GAMES.map((game) => [game, words.games[game]]), (game) => this.change({ real_game: game }));
    this.text = new Line("real-text", words.sentence, (text) => this.change({ real_text: text || " ", real_hide: [] }));
    this.next = new Line("real-next", words.nextSentence, (next) => this.change({ real_next: next, real_hide: [] }));
    this.message = el("p", { class: "wrong", role: "status", "data-fp": "real-message" });
    this.tokens = new Tokens({ key: "real", label: words.hiddenLabel, onPick: (i) => this.toggle(i) });
    this.hint = el("p", { class: "note hint" });
    this.places = Array.from({ length: MOST }, (_, i) => {
      const [title, tops] = [el("h4"), new Tops({ key: `real-${i}` })];
      return { title, tops, element: el("div", { hidden: true }, title, tops.element) };
    });
    this.meter = new Meter({ key: "real", name: "" });
    this.note = el("p", { class: "note" });
    this.rows = el("ol", { class: "learnt" });
    this.attention = new Attention(words, { change: (change) => { Object.assign(this.looks, change); this.repaint(); }, both: false });
    this.stage = el("div", { class: "game", hidden: true }, this.tokens.element, this.hint, el("div", { class: "three" }, ...this.places.map(({ element }) => element)),
      this.meter.element, this.note, this.rows, this.attention.element);
    this.work = el("div", { class: "game", hidden: true }, this.games, el("div", { class: "lines" }, this.text.element, this.next.element), this.message, this.stage);
    this.root = el("div", { class: "fp bert", "data-fp": "bert-real", "data-block": "real" }, el("style", {}, style), this.shelf.element, this.work);
    this.host.append(this.root);
  }

  // -- what the person does --------------------------------------------------------------------------------------

  models() {
    this.work.hidden = !this.shelf.models.length;
    this.root.dataset.models = this.shelf.models.length;
    this.ask();
  }

  toggle(i) {
    if (this.state.real_game !== "hidden") return;
    const hide = new Set(this.state.real_hide ?? []);
    if (!hide.delete(i)) hide.add(i);
    this.change({ real_hide: [...hide].sort((a, b) => a - b) });
  }

  name() {
    const { models } = this.shelf;
    return models.includes(this.state.real_name) ? this.state.real_name : models[0];
  }

  change(change) {
    Object.assign(this.state, change);
    this.ask();
    clearTimeout(this.telling);
    this.tell();
  }

  tell() {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.send("view", { ...this.state, told: performance.now() }), 150);
  }

  // -- question and answer ---------------------------------------------------------------------------------------

  ask() {
    const name = this.name();
    this.shelf.choose(name);
    if (!name) return;
    const { state, data } = this;
    const game = state.real_game;
    const [text, next] = [state.real_text || data.texts[game][0], state.real_text || state.real_next ? state.real_next : data.texts[game][1]];
    this.text.show(text);
    this.next.show(next);
    press(this.games, game);
    this.next.element.hidden = game === "sentiment";
    clearTimeout(this.slow);
    this.slow = setTimeout(() => say(this.message, this.words.reading), SLOW);
    const body = game === "hidden" ? { name, game, text, next, hide: state.real_hide ?? [] } : game === "follows" ? { name, game, text, next } : { name, game, text, language: data.model };
    this.live.ask({ body: () => body, asked: body });
  }

  answered(answer, { asked }) {
    clearTimeout(this.slow);
    say(this.message, "");
    this.last = { ...answer, asked };
    this.stage.hidden = false;
    this.repaint();
    this.root.dataset.answers = ++this.answers;
  }

  trouble(trouble) {
    clearTimeout(this.slow);
    const { words } = this;
    say(this.message, !trouble ? "" : trouble.said || words.unreachable);
    if (trouble?.said && this.state.real_hide?.length && this.last?.asked.game !== "hidden") this.state.real_hide = [];
  }

  // -- painting --------------------------------------------------------------------------------------------------

  repaint() {
    const { last, words, palette } = this;
    if (!last) return;
    const { asked } = last;
    const places = last.places ?? [];
    const hidden = new Map(places.map((place) => [place.at, place]));
    this.tokens.element.hidden = !last.tokens;
    if (last.tokens) {
      this.tokens.paint(last.tokens, (i) => {
        if (hidden.has(i)) return { text: "?", class: "hidden-word", pressed: true, title: words.showIt };
        return asked.game === "hidden" ? { pressed: last.tokens[i].part === "special" ? undefined : false, title: words.hideIt } : { class: `segment-${last.tokens[i].segment}` };
      });
    }
    say(this.hint, asked.game === "hidden" ? (places.length ? words.hintMore : words.hideHint) : "");
    for (const [i, { title, tops, element }] of this.places.entries()) {
      const place = places[i];
      element.hidden = !place;
      if (!place) continue;
      say(title, place.truth === null ? fill(words.placeTitle, { place: i + 1 }) : fill(words.placeTruthReal, { place: i + 1, truth: alone(place.truth), rank: place.both_rank }));
      tops.paint(place.both, place.truth);
    }
    this.meter.element.hidden = asked.game === "hidden";
    say(this.meter.name, asked.game === "follows" ? words.followsQuestion : words.judged);
    if (asked.game !== "hidden") this.meter.paint(last.p, words.verdicts[asked.game][last.p >= 0.5 ? 1 : 0], "won");
    const learnt = asked.game === "sentiment";
    this.rows.hidden = !learnt;
    say(this.note, learnt ? fill(words.learnt, { labels: last.labels, tested: last.tested, seen: percent(last.seen), unseen: percent(last.unseen) }) : "");
    if (learnt) this.rows.replaceChildren(...last.rows.map(({ text, positive }) => el("li", {}, el("span", { class: "note" }, positive ? words.positive : words.negative), ` ${text}`)));
    this.attention.element.hidden = !last.weights;
    if (last.weights) this.attention.show(last, { view: this.looks }, palette);
    Object.assign(this.root.dataset, { game: asked.game, model: asked.name });
  }
}
