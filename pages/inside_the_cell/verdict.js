// What the networks answer at the end of the sentence: each cell's word, and all words of the
// chosen one as bars.

import { button, el, fill, percent, say } from "../kit/dom.js";

export class Verdict {
  // onNumber(cell, word): a probability is to be opened
  /**
   * @param {CellWords} words
   * @param {{ onCell: (cell: string) => void,
   *   onNumber: (cell: string, word: string) => void }} options
   */
  constructor(words, { onCell, onNumber }) {
    this.words = words;
    this.onNumber = onNumber;
    this.truth = el("p", { class: "note" });
    this.trained = el("p", { class: "note trained", "data-fp": "trained" });
    this.cells = words.cells.map(([cell, name]) => {
      const word = el("span");
      const share = button("", () => onNumber(cell, word.textContent),
        { class: "opens", "data-fp": `says-${cell}` });
      return { cell, word, share,
        row: el("li", {}, button(name, () => onCell(cell), { class: "cell-name" }), word, share) };
    });
    this.heading = el("h2");
    this.bars = el("ol", { class: "answers" });
    this.element = el("div", { class: "says", "data-block": "answer" }, el("h2", {}, words.answer),
      this.truth, this.trained,
      el("ol", { class: "cells-say" }, ...this.cells.map(({ row }) => row)), this.heading,
      this.bars);
  }

  // trained: the distance that the run learns at.
  /** @param {CellReading} reading @param {string} chosen @param {number} trained */
  paint({ cells, answer, distance }, chosen, trained) {
    const { words } = this;
    say(this.truth, fill(words.truth, { word: answer }));
    say(this.trained, trained === distance ? "" : fill(words.trainedAt, { trained, distance }));
    for (const { cell, word, share, row } of this.cells) {
      row.hidden = !cells[cell];
      row.classList.toggle("here", cell === chosen);
      if (!cells[cell]) continue;
      const [first, sure] = cells[cell].answers[0];
      say(word, first);
      word.className = first === answer ? "right" : "wrong";
      say(share, percent(sure));
    }
    const [, name] = words.cells.find(([cell]) => cell === chosen) ?? [];
    say(this.heading, fill(words.answerOf, { cell: name }));
    this.bars.replaceChildren(...cells[chosen].answers.map(([word, share], i) => el("li",
      { class: i === 0 ? "won" : "", "data-fp": `answer-${i}`, "data-value": share },
      el("b", {}, word),
      el("span", { class: "track" }, el("i",
        { class: "bar", style: `transform: scaleX(${share})` })),
      button(percent(share), () => this.onNumber(chosen, word),
        { class: "opens", "data-fp": `opens-${i}` }))));
  }
}
