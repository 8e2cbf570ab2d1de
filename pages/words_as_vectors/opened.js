// "One update": the window over the text, and for the chosen pair every number of one
// step of training, from the one-hot vector to the update. All of them are computed by core from
// the state of the run that is shown.

import { el } from "../kit/dom.js";
import { initialPalette } from "../kit/palette.js";
import { Numbers } from "./numbers.js";
import { Window } from "./window.js";

export class Opened {
  palette = initialPalette;
  /** @type {VectorsScene | null} */
  scene = null;
  /** @type {(WindowText & { sentence: number, run: string }) | null} */
  text = null;
  /** @type {{ step: VectorsStep, run: string } | null} */
  answer = null;
  /** @type {{ centre: string, context: string } | null} */
  pair = null;

  /** @param {VectorsWords} words @param {{ change: VectorsChange }} options */
  constructor(words, { change }) {
    this.window = new Window(words, { onPlace: change });
    this.numbers = new Numbers(words, (array, index) =>
      change({ number: [array, ...index].join(".") }));
    this.none = el("p", { class: "note", hidden: true }, words.openedNone);
    this.element = el("div", { class: "opened" },
      this.window.element, this.none, this.numbers.element);
  }

  close() {
    this.window.close();
  }

  /** @param {VectorsScene} scene @param {Palette} palette */
  paint(scene, palette) {
    this.palette = palette;
    this.scene = scene;
    const { view, ask, run, vocabulary } = scene;
    const last = vocabulary.sentences - 1;
    ask("window", { sentence: Math.min(view.sentence, last) }, (answer, about) => {
      this.text = { ...read(answer), run: about.run };
      if (this.scene) this.paint(this.scene, this.palette);
    });
    const { text } = this;
    if (text?.run !== run.id) return;
    const bag = run.config.method === "cbow";
    const position = Math.min(view.position, text.tokens.length - 1);
    const context = text.context[position] ?? [];
    const pair = context.includes(view.context) ? view.context : context[0] ?? -1;
    this.window.paint(text, { sentence: text.sentence, position, pair: bag ? -1 : pair,
      context: view.context, bag });
    this.none.hidden = context.length > 0;
    this.numbers.element.style.visibility = context.length ? "visible" : "hidden";
    this.pair = null;
    if (!context.length) return;
    const around = bag ? context : [pair];
    this.pair = { centre: text.tokens[position],
      context: around.map((i) => text.tokens[i]).join(",") };
    ask("opened", this.pair, (step, about) => {
      this.answer = { step, run: about.run };
      if (this.scene) this.show(step, this.scene);
    });
    if (this.answer?.run === run.id) this.show(this.answer.step, scene);
  }

  /** @param {VectorsStep} step @param {VectorsScene} scene */
  show(step, { view, vocabulary }) {
    this.numbers.paint(step, vocabulary, view.number, this.palette);
  }

  /**
   * The question that opens a number of this step.
   * @param {string} chosen "array.index"
   * @returns {NumberQuery | null}
   */
  asks(chosen) {
    if (!this.pair || !this.answer) return null;
    const [array, ...index] = chosen.split(".");
    return { query: { about: "step", ...this.pair, array, index: index.join(".") },
      rows: this.numbers.scored };
  }
}

// Of each place the places of its context; a word that is not in the vocabulary has no id.
/** @param {VectorsWindowAnswer} answer */
const read = ({ sentence, of, tokens, ids, pairs, keep }) => ({
  sentence, of, tokens, keep, known: ids.map((id) => id >= 0),
  context: pairs.map((made, i) => made.flatMap((pair) => pair.filter((place) => place !== i))),
});
