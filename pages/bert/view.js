// The picture of "BERT": its games, one at a time. Each asks the live route itself; the page hears
// of what a person chose.

import { el, entry, styles } from "../kit/dom.js";
import { Follows } from "./follows.js";
import { Hidden } from "./hidden.js";
import { Answering, Sentiment } from "./tune.js";
import { Write } from "./write.js";
import { mounted, View } from "../kit/view.js";

const style = await styles("kit/base.css", "kit/heat.css", "kit/heads.css", "kit/word_map.css",
  "bert/view.css");
/** @type {Record<string, any>} */
const GAMES =
  { hidden: Hidden, follows: Follows, sentiment: Sentiment, answer: Answering, write: Write };

export const { mount, unmount } = mounted(() => BertView);

/** @extends {View<BertData>} */
class BertView extends View {
  hideable = ["guess", "draw", "attention"];
  /** @type {string | null} */
  shown = null;

  /** @param {HTMLElement} host @param {BertData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "bert", classes: "bert", style });
    this.games = {};
    this.view = structuredClone(data.view);
    this.root.append((this.stage = el("div", { class: "stage" })));
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

  /** @param {any} change */
  change(change) {
    Object.assign(this.view, change);
    this.repaint();
    this.notify();
  }

  report() {
    return this.view;
  }

  repaint() {
    const { data } = this;
    const name = data.game;
    /** @type {any} */ (this.games)[name] ??= new GAMES[name](data.words,
      { url: `${data.base}/bert/answer`, data,
        change: (/** @type {any} */ change) => this.change(change) });
    const game = entry(this.games, name);
    if (this.shown !== name) {
      this.shown = name;
      this.stage.replaceChildren(game.element);
      this.root.dataset.shown = name;
    }
    game.paint({ ...data, view: this.view }, this.view, this.palette);
  }
}
