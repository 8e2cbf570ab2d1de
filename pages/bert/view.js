// The picture of "BERT": its games, one at a time. Each asks the live route itself; the page hears of what a person chose.

import { el, styles } from "../kit/dom.js";
import { Follows } from "./follows.js";
import { Hidden } from "./hidden.js";
import { Answering, Sentiment } from "./tune.js";
import { Write } from "./write.js";
import { followSteps, step } from "../kit/steps.js";
import { onThemeChange, palette } from "../kit/theme.js";
import { mounted } from "../kit/views.js";

const style = await styles("kit/base.css", "kit/heat.css", "kit/heads.css", "kit/word_map.css", "bert/view.css");
const GAMES = { hidden: Hidden, follows: Follows, sentiment: Sentiment, answer: Answering, write: Write };
const REST = 150; // ms of standstill until the page is told

export const { mount, unmount } = mounted((...all) => new BertView(...all));

class BertView {
  constructor(host, data, send) {
    Object.assign(this, { host, send, games: {} });
    this.view = structuredClone(data.view);
    this.data = data;
    this.root = el("div", { class: "fp bert", "data-fp": "bert" }, el("style", {}, style), (this.stage = el("div", { class: "stage" })));
    host.append(this.root);
    this.palette = palette(this.root);
    onThemeChange(this.root, () => { this.palette = palette(this.root); this.paint(); });
    this.paint();
    this.leaveSteps = followSteps((detail) => step(this.root, detail, ".stage"));
  }

  close() {
    clearTimeout(this.telling);
    this.leaveSteps();
    this.clear();
    this.root.remove();
  }

  clear() {
    for (const game of Object.values(this.games)) game.close();
    this.games = {};
  }

  receive(data, send) {
    const before = this.data;
    Object.assign(this, { data, send });
    if (data.model !== before.model) { // other examples, other words
      this.clear();
      this.shown = null;
    }
    if (data.session !== before.session) this.tell(); // the server was away; what was done meanwhile is only here
    else if (data.revision !== before.revision) this.view = structuredClone(data.view);
    this.paint();
  }

  change(change) {
    Object.assign(this.view, change);
    this.paint();
    this.tell();
  }

  tell() {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.send("view", { ...this.view, told: performance.now() }), REST);
  }

  paint() {
    const { data } = this;
    const name = data.game;
    this.games[name] ??= new GAMES[name](data.words, { url: `${data.base}/bert/answer`, data, change: (change) => this.change(change) });
    const game = this.games[name];
    if (this.shown !== name) {
      this.shown = name;
      this.stage.replaceChildren(game.element);
      this.root.dataset.shown = name;
    }
    for (const part of ["guess", "draw", "attention"]) this.root.classList.toggle(`without-${part}`, data.hidden.includes(part));
    game.paint({ ...data, view: this.view }, this.view, this.palette);
  }
}
