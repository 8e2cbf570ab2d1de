// @ts-nocheck
// The 80/10/10 rule drawn on this sentence: which words training would ask for, and what it puts in
// their place.

import { button, el, fill, number, percent, say } from "../kit/dom.js";
import { Live } from "../kit/live.js";
import { alone, Tokens } from "./parts.js";

export class Draw {
  /** @type {any} */
  palette;
  /** @type {any} */
  open;
  /** @type {any} */
  at;
  /** @type {string} */
  asked;

  /** @param {any} words @param {{ url: string, change: (a: any) => void }} options */
  constructor(words, { url, change }) {
    this.words = words;
    this.change = change;
    this.live = new Live({ url, onAnswer: (answer) => this.paint(answer),
      onTrouble: (trouble) =>
        say(this.trouble, trouble?.message ?? "") });
    this.fold = button(words.drawTitle, () => change({ drawn: !this.open }),
      { class: "fold", "data-fp": "draw-fold" });
    this.tokens = new Tokens({ key: "draw", label: words.drawTitle });
    this.seed = el("output", { "data-fp": "draw-seed" });
    this.rows = el("tbody");
    this.loss = el("p", { class: "loss", "data-fp": "draw-loss" });
    this.trouble = el("p", { class: "wrong" });
    this.none = el("p", { class: "note" }, words.drawNone);
    this.table = el("table", {}, el("thead", {},
      el("tr", {}, ...words.drawHead.map((/** @type {string} */ name) => el("th", {}, name)))),
        this.rows);
    this.body = el("div", { class: "drawn" }, el("p", { class: "note" }, words.drawAbout),
      el("div", { class: "line" }, button(words.drawAgain, () => this.again(1),
        { "data-fp": "draw-again", class: "main" }), this.seed),
      this.tokens.element, this.trouble, el("div", { class: "scroll" }, this.table), this.none,
      this.loss);
    this.element = el("section", { "data-block": "draw" }, this.fold, this.body);
  }

  close() {
    this.live.close();
  }

  /** @param {number} step */
  again(step) {
    this.change({ draw: (this.at + step) % 1_000_000 });
  }

  /**
   * @param {{ text: string, next: any, language: string }} what
   * @param {{ view?: any }} options
   * @param {Palette} palette
   */
  show({ text, next, language }, { view }, palette) {
    this.palette = palette;
    this.open = view.drawn;
    this.at = view.draw;
    this.body.hidden = !this.open;
    this.fold.setAttribute("aria-expanded", String(this.open));
    if (!this.open || text.includes("[MASK]")) return say(this.seed, "");
    const question = { game: "draw", language, text, next, seed: this.at, share: 0.15 };
    const key = JSON.stringify(question);
    if (this.asked === key) return;
    this.asked = key;
    this.live.ask({ body: () => question });
  }

  /** @param {DrawAnswer} answer */
  paint({ tokens, draw, loss }) {
    const { words } = this;
    const drawn = new Map(draw.map((one) => [one.at, one]));
    say(this.seed, fill(words.drawSeed, { seed: this.at }));
    this.tokens.paint(tokens, (i) => {
      const one = drawn.get(i);
      return one ? { text: one.what === "mask" ? "[MASK]" : alone(one.becomes),
        class: `drawn-${one.what}`, title: words.drawWhat[one.what],
        note: words.drawShort[one.what] } : {};
    });
    this.table.hidden = !draw.length;
    this.none.hidden = draw.length > 0;
    this.rows.replaceChildren(...draw.map((one) => el("tr", { "data-what": one.what },
      el("td", {}, el("bdi", {}, alone(one.truth))), el("td", {}, words.drawWhat[one.what]),
      el("td", {}, el("bdi", {}, alone(one.becomes))), el("td", {}, percent(one.p)),
      el("td", {}, one.top.map(({ token, p }) => `${alone(token)} ${percent(p)}`).join(", ")))));
    say(this.loss, draw.length ? fill(words.drawLoss, { loss: number(loss) }) : "");
    Object.assign(this.element.dataset,
      { drawn: draw.map(({ at, what }) => `${at}:${what}`).join(" "), seed: this.at });
  }
}
