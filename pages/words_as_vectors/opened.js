// @ts-nocheck
// "One step opened": the window over the text, and for the pair in hand every number of one step of
// training, from the one-hot vector to the update. All of them are computed by core from the state
// of the run that is shown.

import { el } from "../kit/dom.js";
import { Numbers } from "./numbers.js";
import { Window } from "./window.js";

/** @typedef {Record<string, any>} Scene what the view of the run hands to its tabs */

export class Opened {
  /**
   * @param {Record<string, any>} words
   * @param {{change: (change: Record<string, any>) => void}} options
   */
  constructor(words, { change }) {
    /** @type {any} */
    this.palette = null;
    /** @type {Scene | null} */
    this.scene = null;
    /** @type {Record<string, any> | null} */
    this.found = null;
    /** @type {Record<string, any> | null} */
    this.step = null;
    /** @type {Record<string, string> | null} */
    this.pair = null;
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

  /** @param {Scene} scene @param {any} palette */
  paint(scene, palette) {
    const { view, ask, run, vocabulary } = scene;
    this.palette = palette;
    this.scene = scene;
    const of = vocabulary.sentences;
    ask("window", { sentence: Math.min(view.sentence, of - 1) },
      (/** @type {any} */ found, /** @type {any} */ about) => {
        this.found = { ...about, ...read(found), of };
        if (this.scene) this.paint(this.scene, this.palette);
      });
    const { found } = this;
    if (found?.run !== run.id) return;
    const bag = run.config.method === "cbow";
    const position = Math.min(view.position, found.tokens.length - 1);
    const context = found.context[position] ?? [];
    const pair = context.includes(view.context) ? view.context : context[0] ?? -1;
    const sentence = Number(found.sentence);
    this.window.paint(found,
      { sentence, position, pair: bag ? -1 : pair, context: view.context, bag });
    this.none.hidden = context.length > 0;
    this.numbers.element.style.visibility = context.length ? "visible" : "hidden";
    this.pair = null;
    if (!context.length) return;
    const around = context.map((/** @type {number} */ i) => found.tokens[i]).join(",");
    this.pair = { centre: found.tokens[position], context: bag ? around : found.tokens[pair] };
    ask("opened", this.pair, (/** @type {any} */ step, /** @type {any} */ about) => {
      this.step = { ...step, run: about.run };
      this.show();
    });
    if (this.step?.run === run.id) this.show();
  }

  show() {
    if (!this.scene || !this.step) return;
    const { view, vocabulary } = this.scene;
    this.numbers.paint(this.step, vocabulary, view.number, this.palette);
  }

  /**
   * What is asked for to open a number of this step.
   * @param {string} chosen "array.index"
   */
  asks(chosen) {
    if (!this.pair || !this.step) return null;
    const [array, ...index] = chosen.split(".");
    return { query: { about: "step", ...this.pair, array, index: index.join(".") },
      rows: this.numbers.scored };
  }
}

// Of each place the places of its context; a word that is not in the vocabulary has no id.
const read = (/** @type {Record<string, any>} */ { tokens, ids, pairs, keep }) => ({
  tokens, keep, known: ids.map((/** @type {number} */ id) => id >= 0),
  context: pairs.map((/** @type {number[][]} */ made, /** @type {number} */ i) =>
    made.map((pair) => pair.find((place) => place !== i))),
});
