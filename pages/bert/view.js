// The picture of "BERT": its games, one at a time, and below them a number of theirs, opened. Each
// game asks the live route itself; the page is notified of what a person chose.

import { el, say, styles } from "../kit/dom.js";
import { Live } from "../kit/live.js";
import { LiveScore, scoring } from "../kit/score.js";
import { mounted, View } from "../kit/view.js";
import { Follows } from "./follows.js";
import { Hidden } from "./hidden.js";
import { Numbers } from "./numbers.js";
import { Answering, Sentiment } from "./tune.js";
import { Write } from "./write.js";

/** @typedef {import("./game.js").Game<any>} AnyGame */

const style = await styles("kit/base.css", "kit/heat.css", "kit/heads.css", "kit/word_map.css",
  "kit/opened.css", "bert/view.css");
/** @type {Record<string, new (data: BertData, page: import("./game.js").Page) => AnyGame>} */
const GAMES =
  { hidden: Hidden, follows: Follows, sentiment: Sentiment, answer: Answering, write: Write };

export const { mount, unmount } = mounted(() => BertView);

/** @extends {View<BertData>} */
class BertView extends View {
  hideable = ["guess", "draw", "attention", "numbers"];
  /** @type {string | null} */
  shown = null;
  /** @type {Record<string, AnyGame>} */
  games = {};

  /** @param {HTMLElement} host @param {BertData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "bert", classes: "bert", style });
    this.view = structuredClone(data.view);
    this.stage = el("div", { class: "stage" });
    this.live = this.own(new Live({ url: `${data.base}/bert/number`,
      onAnswer: (answer) => this.numbers.take(answer),
      onTrouble: (trouble) => say(this.numbers.total, trouble?.message ?? "") }));
    this.numbers = new Numbers(data.words.numbers, { onOpen: (cell) => this.change({ cell }),
      ask: (question) => this.live.ask({ body: () => question }) });
    this.score =
      new LiveScore(this, data.words.scored, `${data.base}/bert/score`,
        () => ({ language: this.data.model }));
    this.root.append(this.stage, this.numbers.element, this.score.element);
    this.begin(".stage");
  }

  close() {
    super.close();
    this.clear();
  }

  clear() {
    for (const game of Object.values(this.games)) game.close();
    this.games = {};
  }

  /** @param {BertData} data */
  adopt(data) {
    this.view = structuredClone(data.view);
    super.adopt(data);
  }

  /** @param {BertData} before */
  compare(before) {
    if (this.data.model !== before.model) { // other examples, other words
      this.clear();
      this.shown = null;
    }
    this.repaint();
  }

  /** @param {import("./game.js").Change} change */
  change(change) {
    Object.assign(this.view, change);
    this.repaint();
    this.notify();
  }

  report() {
    return this.view;
  }

  get game() {
    const page = { change: (/** @type {import("./game.js").Change} */ change) =>
      this.change(change), answered: () => this.showNumber(),
    opens: (/** @type {string} */ part, /** @type {string} */ number, /** @type {string} */ text) =>
      scoring(this.score, part, number, text) };
    return (this.games[this.data.game] ??= new GAMES[this.data.game](this.data, page));
  }

  repaint() {
    const { data, game } = this;
    if (this.shown !== data.game) {
      this.shown = data.game;
      this.stage.replaceChildren(game.element);
      this.root.dataset.shown = data.game;
    }
    game.paint({ ...data, view: this.view }, this.palette);
    this.showNumber();
  }

  // A number is of the texts that have been answered.
  showNumber() {
    const { game, view: { cell, order } } = this;
    if (!game.answer) return;
    const question = cell && { about: game.aboutNumber(cell), place: cell, order };
    this.numbers.show(question, this.palette);
  }
}
