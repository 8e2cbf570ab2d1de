// "Does it follow?": two sentences, the probability that the second one came after the first, and
// what was measured of the three kinds of pairs.

import { head } from "../kit/controls.js";
import { el, percent, say } from "../kit/dom.js";
import { chips, exampleOf, Game, Line, nth } from "./game.js";
import { Meter, Tokens } from "./parts.js";

/** @extends {Game<FollowsAnswer>} */
export class Follows extends Game {
  /** @type {BertScores | undefined} those that the table shows */
  measured;

  /** @param {BertData} data @param {import("./game.js").Page} page */
  constructor(data, page) {
    super(data, page, "follows", { first: "", second: "" });
    const { words } = this;
    this.chips = chips("follows-example", words.examples,
      data.examples.follows.map(({ kind }) => words.kinds[kind]),
      (i) => this.propose({ first: nth(i), second: "" }));
    this.first = new Line("follows-first", words.pair[0],
      (first) => this.propose({ ...this.typed(), first: first || " " }));
    this.second = new Line("follows-second", words.pair[1],
      (second) => this.propose({ ...this.typed(), second: second || " " }));
    this.meter = new Meter({ key: "follows", name: words.followsQuestion, low: words.no,
      high: words.yes, onOpen: () => this.open("both", "follows_probabilities", [0, 1]) });
    this.tokens = new Tokens({ key: "follows", label: words.pairLabel });
    this.hint = el("p", { class: "note hint" });
    this.rows = el("tbody");
    this.kind = el("p", { class: "kind-about", "data-fp": "follows-about" });
    this.element.append(
      el("section", { class: "typed", "data-block": "pair" }, this.chips.element,
        el("div", { class: "lines" }, this.first.element, this.second.element), this.trouble),
      el("section", { class: "large", "data-block": "follows" }, this.meter.element, this.kind),
      el("section", { "data-block": "pair-tokens" }, head(words.pairTitle, words.pairNote),
        this.tokens.element, this.hint),
      el("section", { "data-block": "kinds" }, head(words.kindsTitle, words.kindsNote),
        el("table", { class: "kinds" }, this.rows),
        el("p", { class: "note why" }, words.kindsWhy)));
  }

  example(view = this.draft) {
    return view.second ? null : exampleOf(view.first, this.data.examples.follows);
  }

  // An example that is being changed is a text of one's own.
  typed() {
    const { row } = this.example() ?? {};
    return row ? { first: row.text, second: row.next } : {};
  }

  /** @param {BertView} view */
  question(view) {
    const { row } = this.example(view) ?? {};
    return { game: "follows", language: this.data.model, text: row?.text ?? view.first,
      next: row?.next ?? view.second };
  }

  /** @param {FollowsAnswer} answer */
  painted(answer) {
    const { words } = this;
    const example = this.example(this.view);
    const { text, next } = this.question(this.view);
    this.chips.press(example?.at ?? null);
    this.first.show(text);
    this.second.show(next);
    this.meter.paint(answer.p, words.followsSays[answer.p >= 0.5 ? "yes" : "no"], "won");
    say(this.kind, words.kindAbout[example ? example.row.kind : "own"]);
    this.tokens.paint(answer.tokens, (i) => ({ class: `segment-${answer.tokens[i].segment}` }));
    say(this.hint, this.strangers(answer));
    this.paintKinds();
  }

  paintKinds() {
    const { words, data: { scores } } = this;
    if (this.measured === scores) return;
    this.measured = scores;
    /** @type {["true", "random", "swapped"]} */
    const kinds = ["true", "random", "swapped"];
    this.rows.replaceChildren(...kinds.map((kind) => {
      const share = scores.follows[kind];
      const bar = el("i", { class: "bar", style: `transform:scaleX(${share})` });
      return el("tr", { "data-kind": kind }, el("th", {}, words.kinds[kind]),
        el("td", {}, words.kindMeans[kind]), el("td", {}, el("span", { class: "track" }, bar)),
        el("td", { class: "value" }, this.page.opens(kind, "accuracy", percent(share))));
    }));
  }
}
