// @ts-nocheck
// The nearest words of one word, by cosine. Clicking one of them goes there.

import { button, el, fill, number, say } from "../kit/dom.js";

const NEAR = 8;

export class Near {
  // onPick(word); onNumber(word): its cosine is to be opened
  constructor(words, { onPick, onNumber = null }) {
    this.words = words;
    this.onPick = onPick;
    this.onNumber = onNumber;
    this.found = null;
    this.title = el("h3");
    this.list = el("ol", { class: "near", "data-fp": "near" });
    this.element = el("section", { "data-block": "near" }, this.title, this.list);
  }

  // The five nearest of the word that was asked for last, if they are known.
  get nearest() {
    return this.found?.word === this.word && this.found.run === this.run
      ? this.found.cosine.slice(0, 5).filter(([, cosine]) => cosine > 0).map(([word]) => word) : [];
  }

  paint({ ask, run }, word, onFound) {
    this.word = word;
    this.run = run.id;
    ask("near", { word, count: NEAR }, (found, about) => {
      this.found = { ...found, run: about.run };
      this.show();
      onFound();
    });
    this.show();
  }

  show() {
    const { found, list } = this;
    if (!found || found.run !== this.run) return;
    say(this.title, fill(this.words.nearTitle, { word: found.word }));
    while (list.children.length < found.cosine.length) list.append(this.row());
    for (const [i, row] of [...list.children].entries()) {
      const [name, cosine] = found.cosine[i] ?? ["", 0];
      row.hidden = !name;
      say(row.name, name);
      say(row.number, number(cosine, 3));
      row.cosine.dataset.value = cosine;
      row.bar.style.transform = `scaleX(${Math.max(0, cosine)})`;
    }
    list.dataset.word = found.word;
  }

  row() {
    const name = button("", () => this.onPick(name.textContent));
    const bar = el("i", { class: "bar" });
    const { onNumber } = this;
    const value =
      onNumber ? button("", () => onNumber(name.textContent), { class: "opens" }) : el("span");
    const cosine = el("span", { class: "value" }, value);
    return Object.assign(el("li", {}, name, el("span", { class: "track" }, bar), cosine),
      { name, bar, cosine, number: value });
  }
}
