// The 80/10/10 rule drawn on this sentence: which words training would ask for, and what it puts in
// their place.

import { action, button, el, fill, number, percent, say } from "../kit/dom.js";
import { Live } from "../kit/live.js";
import { alone, opener, Tokens } from "./parts.js";

/** @typedef {{ language: string, text: string, next: string }} Text */

export class Draw {
  key = "";

  /**
   * @param {BertData} data
   * @param {{ change: (change: Partial<BertView>) => void,
   *   onOpen: (array: string, index: number[]) => void }} options
   */
  constructor({ words, base, view }, { change, onOpen }) {
    this.words = words;
    this.view = view;
    this.onOpen = onOpen;
    this.live = new Live({ url: `${base}/bert/answer`, onAnswer: (answer) => this.paint(answer),
      onTrouble: (trouble) => say(this.trouble, trouble?.message ?? "") });
    this.fold = button(words.drawTitle, () => change({ drawn: !this.view.drawn }),
      { class: "fold", "data-fp": "draw-fold" });
    this.again = action(words.drawAgain, () => change({ draw: (this.view.draw + 1) % 1_000_000 }),
      { "data-fp": "draw-again", class: "main" });
    this.tokens = new Tokens({ key: "draw", label: words.drawTitle });
    this.seed = el("output", { "data-fp": "draw-seed" });
    this.rows = el("tbody");
    this.loss =
      opener("", () => onOpen("loss", []), { class: "loss opens", "data-fp": "draw-loss" });
    this.trouble = el("p", { class: "wrong" });
    this.none = el("p", { class: "note" }, words.drawNone);
    this.table = el("table", {}, el("thead", {},
      el("tr", {}, ...words.drawHead.map((name) => el("th", {}, name)))), this.rows);
    this.body = el("div", { class: "drawn" }, el("p", { class: "note" }, words.drawAbout),
      el("div", { class: "line" }, this.again, this.seed),
      this.tokens.element, this.trouble, el("div", { class: "scroll" }, this.table), this.none,
      this.loss);
    this.element = el("section", { "data-block": "draw" }, this.fold, this.body);
  }

  close() {
    this.live.close();
  }

  /** @param {Text} text */
  question({ language, text, next }) {
    return { game: "draw", language, text, next, seed: this.view.draw, share: 0.15 };
  }

  /** @param {Text} text @param {BertView} view */
  show(text, view) {
    this.view = view;
    this.body.hidden = !view.drawn;
    this.fold.setAttribute("aria-expanded", String(view.drawn));
    if (!view.drawn || text.text.includes("[MASK]")) return say(this.seed, "");
    const question = this.question(text);
    const key = JSON.stringify(question);
    if (this.key === key) return;
    this.key = key;
    this.live.ask({ body: () => question });
  }

  /** @param {DrawAnswer} answer */
  paint({ tokens, draw, loss }) {
    const { words, view } = this;
    const drawn = new Map(draw.map((one) => [one.at, one]));
    say(this.seed, fill(words.drawSeed, { seed: view.draw }));
    this.tokens.paint(tokens, (i) => {
      const one = drawn.get(i);
      return one ? { text: one.what === "mask" ? "[MASK]" : alone(one.becomes),
        class: `drawn-${one.what}`, title: words.drawWhat[one.what],
        note: words.drawShort[one.what] } : {};
    });
    this.table.hidden = !draw.length;
    this.none.hidden = draw.length > 0;
    this.rows.replaceChildren(...draw.map((one) => this.row(one)));
    this.loss.hidden = !draw.length;
    say(this.loss, draw.length ? fill(words.drawLoss, { loss: number(loss) }) : "");
    Object.assign(this.element.dataset,
      { drawn: draw.map(({ at, what }) => `${at}:${what}`).join(" "), seed: view.draw });
  }

  /** @param {DrawAnswerDraw} drawn */
  row({ at, id, truth, what, becomes, p, top }) {
    /** @param {number} word @param {string} text */
    const opens = (word, text) => opener(text, () => this.onOpen("probabilities", [at, word]));
    return el("tr", { "data-what": what },
      el("td", {}, el("bdi", {}, alone(truth))), el("td", {}, this.words.drawWhat[what]),
      el("td", {}, el("bdi", {}, alone(becomes))), el("td", {}, opens(id, percent(p))),
      el("td", { class: "line" }, ...top.map((one) =>
        opens(one.id, `${alone(one.token)} ${percent(one.p)}`))));
  }
}
