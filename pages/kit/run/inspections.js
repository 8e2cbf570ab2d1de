// Questions about the state of a run that is on show, many kinds of them: of each kind one in
// flight, the newest wins.

import { Live } from "../live.js";

export class Inspections {
  /** @type {Map<string, Live<any>>} */
  inspections = new Map();
  /** @type {Map<string, (answer: any, query: any) => unknown>} */
  heard = new Map();
  /** @type {Map<string, string>} */
  troubles = new Map();

  // base: where that which is asked lies, its id left out.
  /** @param {string} base @param {{ onTrouble: (sentence: string | null) => unknown }} told */
  constructor(base, { onTrouble }) {
    this.base = base;
    this.onTrouble = onTrouble;
  }

  // Asks unless this was the last question of its kind; `hear` is told of the answer and of the
  // state that it is about.
  /**
   * @param {string} name
   * @param {{ run: string, step: number }} about
   * @param {Record<string, any>} query
   * @param {(answer: any, about: any) => unknown} hear
   */
  ask(name, { run, step }, query, hear) {
    this.heard.set(name, (answer, asked) => hear(answer, { run, step, ...asked }));
    if (!this.inspections.has(name)) {
      this.inspections.set(name, new Live({
        onAnswer: (answer, { query }) => this.heard.get(name)?.(answer, query),
        onTrouble: (trouble) => this.trouble(name, trouble?.message ?? null),
      }));
    }
    this.inspections.get(name)?.inspect(`${this.base}/${run}`, name, { step, ...query });
  }

  /** @param {string} name @param {string | null} sentence */
  trouble(name, sentence) {
    if (sentence) this.troubles.set(name, sentence);
    else this.troubles.delete(name);
    this.onTrouble([...this.troubles.values()][0] ?? null);
  }

  // A run that begins anew has other states at the same steps.
  forget() {
    for (const look of this.inspections.values()) look.forget();
  }

  close() {
    for (const look of this.inspections.values()) look.close();
  }
}
