// The nearest words of one word, by cosine. Clicking one of them goes there, clicking a cosine
// opens it.

import { button, el, fill, number, say } from "../kit/dom.js";

const NEAR = 8;
const LINKED = 5; // of them are joined to the word on the map

export class Near {
  /** @type {(VectorsNearAnswer & { run: string }) | null} */
  answer = null;
  word = "";
  run = "";

  /**
   * @param {VectorsWords} words
   * @param {{ onPick: (word: string) => void, onNumber: (word: string) => void }} options
   *   onNumber: the cosine of a word is to be opened
   */
  constructor(words, { onPick, onNumber }) {
    this.words = words;
    this.rows = Array.from({ length: NEAR }, () => row(onPick, onNumber));
    this.title = el("h2");
    this.list = el("ol", { class: "near", "data-fp": "near" },
      ...this.rows.map(({ element }) => element));
    this.element = el("section", { "data-block": "near" }, this.title, this.list);
  }

  // The nearest of the word that is selected, if they are known.
  /** @returns {string[]} */
  get nearest() {
    const { answer, word, run } = this;
    if (answer?.word !== word || answer.run !== run) return [];
    return answer.cosine.slice(0, LINKED).filter(([, cosine]) => cosine > 0).map(([near]) => near);
  }

  /** @param {WordScene} scene @param {string} word @param {() => void} onAnswer */
  paint({ ask, run }, word, onAnswer) {
    this.word = word;
    this.run = run.id;
    ask("near", { word, count: NEAR }, (answer, about) => {
      this.answer = { ...answer, run: about.run };
      this.show();
      onAnswer();
    });
    this.show();
  }

  show() {
    const { answer, list } = this;
    if (answer?.run !== this.run) return;
    say(this.title, fill(this.words.nearTitle, { word: answer.word }));
    for (const [i, { element, name, value, cell, bar }] of this.rows.entries()) {
      const [word, cosine] = answer.cosine[i] ?? ["", 0];
      element.hidden = !word;
      say(name, word);
      say(value, number(cosine));
      cell.dataset.value = String(cosine);
      bar.style.transform = `scaleX(${Math.max(0, cosine)})`;
    }
    list.dataset.word = answer.word;
  }
}

/** @param {(word: string) => void} onPick @param {(word: string) => void} onNumber */
function row(onPick, onNumber) {
  const name = button("", () => onPick(name.textContent));
  const bar = el("i", { class: "bar" });
  const value = button("", () => onNumber(name.textContent), { class: "opens" });
  const cell = el("span", { class: "value" }, value);
  const element = el("li", { hidden: true }, name, el("span", { class: "track" }, bar), cell);
  return { element, name, value, cell, bar };
}
