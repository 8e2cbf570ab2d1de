// @ts-nocheck
// "Does it follow?": two sentences, the probability that the second one came after the first, and
// what was measured of the three kinds of pairs.

import { head } from "../kit/controls.js";
import { el, fill, percent, say } from "../kit/dom.js";
import { chips, Game, Line, numbered } from "./game.js";
import { Meter, Tokens } from "./parts.js";

export class Follows extends Game {
  /** @type {any} */
  told;

  /** @param {any} words @param {{ url: string, change: any, data: any }} options */
  constructor(words, { url, change, data }) {
    super(words, { url, change, fields: { first: "", second: "" } });
    const examples = data.examples.follows;
    this.chips = chips("follows-example", words.examples,
      examples.map((/** @type {any} */ { kind }) =>
      words.kinds[kind]), (i) => this.propose({ first: i ? `#${i}` : "", second: "" }));
    this.lines = ["first", "second"].map((name, i) => new Line(`follows-${name}`, words.pair[i],
      (text) => this.propose({ ...this.typed(), [name]: text || " " })));
    this.meter =
      new Meter({ key: "follows", name: words.followsQuestion, low: words.no, high: words.yes });
    this.tokens = new Tokens({ key: "follows", label: words.pairLabel });
    this.strangers = el("p", { class: "note hint" });
    this.rows = el("tbody");
    this.about = el("p", { class: "kind-about", "data-fp": "follows-about" });
    this.element = el("div", { class: "game", "data-game": "follows" },
      el("section", { class: "typed", "data-block": "pair" }, this.chips.element,
        el("div", { class: "lines" }, ...this.lines.map(({ element }) => element)), this.trouble),
      el("section", { class: "large", "data-block": "follows" }, this.meter.element, this.about),
      el("section", { "data-block": "pair-tokens" }, head(words.pairTitle, words.pairNote),
        this.tokens.element, this.strangers),
      el("section", { "data-block": "kinds" }, head(words.kindsTitle, words.kindsNote),
        el("table", { class: "kinds" }, el("tbody", { hidden: true }), this.rows),
        el("p", { class: "note why" }, words.kindsWhy)));
  }

  example(view = this.draft) {
    const at = view.second ? null : numbered(view.first, this.data.examples.follows.length);
    return at === null ? null : { at, ...this.data.examples.follows[at] };
  }

  typed() {
    const found = this.example();
    return found ? { first: found.text, second: found.next } : {};
  }

  /** @param {any} view */
  question(view) {
    const found = this.example(view);
    return { game: "follows", language: this.data.model, text: found?.text ?? view.first,
      next: found?.next ?? view.second };
  }

  /** @param {FollowsAnswer} answer */
  painted(answer) {
    const { words, data } = this;
    const found = this.example(this.view);
    this.chips.press(found?.at ?? null);
    const asked = this.question(this.view);
    this.lines[0].show(asked.text);
    this.lines[1].show(asked.next);
    this.meter.paint(answer.p, words.followsSays[answer.p >= 0.5 ? "yes" : "no"], "won");
    say(this.about, found ? words.kindAbout[found.kind] : words.kindAbout.own);
    this.tokens.paint(answer.tokens, (i) => ({ class: `segment-${answer.tokens[i].segment}` }));
    say(this.strangers,
      answer.unknown.length ? fill(words.unknown, { words: answer.unknown.join(", ") }) : "");
    if (this.told === data.scores) return;
    this.told = data.scores;
    this.rows.replaceChildren(...["true", "random", "swapped"].map((kind) => {
      const share = data.scores.follows[kind];
      return el("tr", { "data-kind": kind }, el("th", {}, words.kinds[kind]),
        el("td", {}, words.kindMeans[kind]),
        el("td", {}, el("span", { class: "track" },
          el("i", { class: "bar", style: `transform:scaleX(${share})` }))),
            el("td", { class: "value" }, percent(share)));
    }));
  }
}
