// @ts-nocheck
// "One step opened": the window over the text, and for the pair in hand every number of one step of
// training, from the one-hot vector to the update. All of them are computed by core from the state
// of the run that is on show.

import { el } from "../kit/dom.js";
import { Numbers } from "./numbers.js";
import { Window } from "./window.js";

export class Opened {
  /** @type {any} */
  palette;
  /** @type {any} */
  scene;
  /** @type {any} */
  found;
  /** @type {any} */
  step;

  /** @param {any} words @param {{ change: any }} options */
  constructor(words, { change }) {
    this.window = new Window(words, { onPlace: change });
    this.numbers = new Numbers(words);
    this.none = el("p", { class: "note", hidden: true }, words.openedNone);
    this.element =
      el("div", { class: "opened" }, this.window.element, this.none, this.numbers.element);
  }

  close() {
    this.window.close();
  }

  /** @param {any} scene @param {Palette} palette */
  paint(scene, palette) {
    const { view, ask, run, vocabulary } = scene;
    this.palette = palette;
    this.scene = scene;
    const of = vocabulary.sentences;
    ask("window", { sentence: Math.min(view.sentence, of - 1) },
      (/** @type {any} */ found, /** @type {any} */ about) => {
      this.found = { ...about, ...read(found), of };
      this.paint(this.scene, this.palette);
    });
    const { found } = this;
    if (found?.run !== run.id) return;
    const bag = run.config.method === "cbow";
    const position = Math.min(view.position, found.tokens.length - 1);
    const context = found.context[position] ?? [];
    const pair = context.includes(view.context) ? view.context : context[0] ?? -1;
    this.window.paint(found, { sentence: Number(found.sentence), position, pair: bag ? -1 : pair,
      context: view.context, bag });
    this.none.hidden = context.length > 0;
    this.numbers.element.style.visibility = context.length ? "visible" : "hidden";
    if (!context.length) return;
    const asked = bag ? context.map((/** @type {number} */ i) => found.tokens[i]).join(",")
      : found.tokens[pair];
    ask("opened", { centre: found.tokens[position], context: asked },
      (/** @type {number} */ step, /** @type {any} */ about) => {
      this.step = { ...step, run: about.run };
      this.show();
    });
    if (this.step?.run === run.id) this.show();
  }

  show() {
    this.numbers.paint(this.step, this.scene.vocabulary, this.palette);
  }
}

// Of each place the places of its context; a word that is not in the vocabulary has no id.
/** @param {{ tokens?: any, ids?: any, pairs?: any, keep?: any }} options */
const read = ({ tokens, ids, pairs, keep }) => ({
  tokens, keep, known: ids.map((/** @type {any} */ id) => id >= 0),
  context: pairs.map((/** @type {any} */ made, /** @type {number} */ i) =>
    made.map((/** @type {any} */ pair) => pair.find((/** @type {any} */ place) => place !== i))),
});
