// How good answers are: a share that is right or a loss, opened down to single answers. Where it is
// asked is the page's business: of a run, or of networks that ship.

import { button, entry, fill, say } from "./dom.js";
import { Live } from "./live.js";
import { OpenedNumber } from "./opened_number.js";
import { written } from "./trace_number.js";
/** @import { NumberAnswer } from "./opened_number.js" */
/** @import { Place } from "./trace_number.js" */

/**
 * @typedef {{ close: string, onward: string, opened: DigitWordsOpened,
 *   scores: Record<string, string>, parts: Record<string, string> }} ScoreWords
 *   of pages/kit/scored.py
 * @typedef {NumberAnswer & { texts?: Record<string, string>, names?: string[] }} ScoreAnswer
 *   texts: what some of the answers were given to, by their row; names: of what can be answered
 * @typedef {{ part: string, number: string }} ScoreQuery
 */

export class ScoreNumber extends OpenedNumber {
  part = "";

  /**
   * @param {ScoreWords} words
   * @param {(live: Live<ScoreAnswer>, query: ScoreQuery) => void} send asks
   */
  constructor(words, send) {
    super(words, {
      key: "score-", write: (array, at) => this.write(array, at),
      titleOf: (array, at) => this.heading(array, placesOf(at)),
      nameOf: (array, at) => this.short(array, at),
      onwardOf: (array, at) => fill(words.onward, { name: this.called(array, placesOf(at)) }),
      leads: (array) => this.knows(array), onOpen: (text) => this.open(text),
    });
    this.element.classList.add("scored");
    this.words = words;
    this.send = send;
    this.live = new Live({
      onAnswer: (/** @type {ScoreAnswer} */ answer, { query }) =>
        this.take({ ...answer, number: query.number }),
      onTrouble: (trouble) => this.trouble(trouble?.message) });
  }

  close() {
    this.live.close();
  }

  /** @param {string} text @param {string} [part] which answers */
  open(text, part = this.part) {
    this.part = part;
    this.show(text);
    if (text && !this.opened) say(this.title, entry(this.words.parts, part)); // until it has come
    this.ask();
    if (text) this.element.scrollIntoView({ block: "nearest" });
  }

  ask() {
    if (this.text) this.send(this.live, { part: this.part, number: this.text });
  }

  /** @param {string} array @param {number[]} at */
  write(array, at) {
    return written({ array, index: at });
  }

  // Whether there is more to say of an array's numbers.
  /** @param {string} array */
  knows(array) {
    return array in this.words.scores;
  }

  /** @param {string} array @param {number[]} at */
  heading(array, at) {
    return `${this.called(array, at)}: ${entry(this.words.parts, this.part)}`;
  }

  // What a number is called: what it counts, of which answer, of what could be answered.
  /** @param {string} array @param {number[]} at */
  called(array, at) {
    const about = at.map((_, axis) => this.place(at, axis));
    return [entry(this.words.scores, array) ?? array, ...about].join(" · ");
  }

  // The same where several stand below each other: what they share is left out.
  /** @param {string} array @param {number[]} at */
  short(array, at) {
    return at.length ? this.place(at, at.length - 1) : this.called(array, at);
  }

  /** @param {number[]} at @param {number} axis */
  place(at, axis) {
    const { texts = {}, names = [] } = /** @type {Partial<ScoreAnswer>} */ (this.answer ?? {});
    return (axis ? names[at[axis]] : texts[at[axis]]) ?? String(at[axis] + 1);
  }
}

/** A score of the run on show, at the saved state on show. */
export class RunScore extends ScoreNumber {
  /**
   * @param {import("./run/view.js").RunView<any>} view
   * @param {ScoreWords} words
   */
  constructor(view, words) {
    super(words, (live, query) => {
      const { runs: { run }, inspected } = view;
      const step = inspected?.step ?? run?.saved.at(-1);
      if (run && step != null) {
        live.inspect(`${view.data.base}/runs/${run.id}`, "score", { step, ...query });
      }
    });
    this.view = view;
    view.own(this);
  }

  /** @param {ScoreAnswer} answer */
  take(answer) {
    this.palette = this.view.palette;
    super.take(answer);
  }
}

/** A score of networks that ship: a live route is asked for it. */
export class LiveScore extends ScoreNumber {
  /**
   * @param {import("./view.js").View<any>} view
   * @param {ScoreWords} words
   * @param {string} url
   * @param {() => object} about what else is asked: of which network
   */
  constructor(view, words, url, about) {
    super(words, (live, query) => {
      const { part, number } = query;
      live.ask({ url, query, body: () => ({ ...about(), part, number: placeOf(number) }) });
    });
    this.view = view;
    view.own(this);
  }

  /** @param {ScoreAnswer} answer */
  take(answer) {
    this.palette = this.view.palette;
    super.take(answer);
  }
}

/**
 * What opens a score.
 * @param {ScoreNumber} score @param {string} part @param {string} number
 * @param {import("./dom.js").Child} content
 */
export const scoring = (score, part, number, content) =>
  button(content, () => score.open(number, part),
    { class: "opens", "data-fp": `open-${part}-${number}` });

/** A number that is written "right.4". @param {string} text @returns {Place} */
function placeOf(text) {
  const [array, ...places] = text.split(".");
  return { array, index: places.map((place) => Number(place) - 1) };
}

/** Places that are written "3, 1". @param {string} at */
const placesOf = (at) => (at ? at.split(", ").map(Number) : []);
