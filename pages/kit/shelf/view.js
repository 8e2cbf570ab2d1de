// The base of pictures of a pretrained model: which model of the shelf is used, and what is shown
// while it is at work. Where there is no model, the shelf shows how to get one, and nothing else.

import { el, say } from "../dom.js";
import { Live } from "../live.js";
import { Shelf } from "./shelf.js";
import { View } from "../view.js";

const SLOW = 300; // ms until a message shows that the model is at work

/**
 * A page's own view puts what an answer is painted in into `stage`, `stage` and `message` into
 * `work`, which holds all but the shelf, and calls `beginShelf` last.
 * @template {PictureData & { view: object }} Data
 * @template {object} Answer of the route
 * @template {object} Query a question to it
 * @extends {View<Data>}
 */
export class ShelfView extends View {
  /** @type {(Answer & { query: Query }) | undefined} the latest answer, with its question */
  last;
  /** @type {number | undefined} */
  slow;

  /**
   * @param {HTMLElement} host
   * @param {Data} data
   * @param {Send} send
   * @param {{ name: string, classes: string, style: string, route: string, message: Attributes,
   *   stage: string, work: string, read?: (answer: AnswerBody) => Promise<Answer> }} options
   *   route: that answers the questions; message: attributes of the line of text below them; stage,
   *   work: classes of these parts
   */
  constructor(host, data, send, { name, classes, style, route, message, stage, work, read }) {
    super(host, data, send, { name, classes, style });
    /** @type {Data["view"]} */
    this.state = structuredClone(data.view);
    this.live = this.own(new Live({ url: `${data.base}${route}`, read,
      onAnswer: (answer, { query }) => this.show(answer, query),
      onTrouble: (trouble) => this.trouble(trouble) }));
    this.shelf = this.own(new Shelf(data.words, data.base,
      { onModels: () => this.models(), onPick: (model) => this.pickModel(model) }));
    this.message = el("p", { role: "status", ...message });
    this.stage = el("div", { class: stage, hidden: true });
    this.work = el("div", { class: work, hidden: true });
    this.root.append(this.shelf.element, this.work);
  }

  // Asks which models there are; each answer to that asks the chosen one.
  beginShelf() {
    this.begin(":not(*)");
    this.shelf.refresh();
  }

  close() {
    clearTimeout(this.slow);
    super.close();
  }

  /** @param {Data} data */
  adopt(data) {
    this.state = structuredClone(data.view);
    super.adopt(data);
    this.ask();
  }

  // Which models there are has become known.
  models() {
    this.work.hidden = !this.shelf.models.length;
    this.root.dataset.models = String(this.shelf.models.length);
    this.ask();
  }

  // Something else is to be computed.
  /** @param {Partial<Data["view"]>} change */
  change(change) {
    Object.assign(this.state, change);
    this.ask();
    this.notify();
  }

  report() {
    return this.state;
  }

  // -- question and answer ------------------------------------------------------------------------

  ask() {
    const { models } = this.shelf;
    const chosen = this.chosenModel();
    const model = models.includes(chosen) ? chosen : models[0];
    this.shelf.choose(model);
    if (!model) return;
    const query = this.query(model);
    clearTimeout(this.slow);
    this.slow = setTimeout(() => say(this.message, this.words.reading), SLOW);
    this.live.ask({ body: () => query, query });
  }

  /** @param {Answer} answer @param {Query} query */
  show(answer, query) {
    this.last = { ...answer, query };
    this.stage.hidden = false;
    this.repaint();
    this.painted();
  }

  // null: an answer has come, or one without trouble is about to.
  /** @param {Trouble | null} trouble */
  trouble(trouble) {
    clearTimeout(this.slow);
    say(this.message, trouble ? trouble.message ?? this.words.unreachable : "");
  }

  // -- for a page's own view to say ---------------------------------------------------------------

  // The model that was chosen, whether or not it is there; without one the first is used.
  /** @returns {string} */
  chosenModel() {
    return "";
  }

  /** @param {string} model */
  pickModel(model) {
    void model;
  }

  /** @param {string} model @returns {Query} */
  query(model) {
    throw new Error(`There is no question to ${model}.`);
  }
}
