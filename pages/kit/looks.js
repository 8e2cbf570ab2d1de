// Questions about the state of a run that is on show, many kinds of them: of each kind one in flight, the newest wins.

import { Look } from "./look.js";

export class Looks {
  // base: where that which is asked lies, its id left out.
  constructor(base, { onTrouble }) {
    Object.assign(this, { base, onTrouble, looks: new Map(), heard: new Map(), troubles: new Map() });
  }

  // Asks unless this was the last question of its kind; `hear` is told of the answer and of the state that it is about.
  ask(name, { run, step }, query, hear) {
    this.heard.set(name, (answer, asked) => hear(answer, { run, step, ...asked }));
    if (!this.looks.has(name)) {
      this.looks.set(name, new Look({
        onAnswer: (answer, asked) => this.heard.get(name)(answer, asked), onTrouble: (sentence) => this.trouble(name, sentence),
      }));
    }
    this.looks.get(name).ask(`${this.base}/${run}`, name, { step, ...query });
  }

  trouble(name, sentence) {
    if (sentence) this.troubles.set(name, sentence);
    else this.troubles.delete(name);
    this.onTrouble([...this.troubles.values()][0] ?? null);
  }

  // A run that begins anew has other states at the same steps.
  forget() {
    for (const look of this.looks.values()) look.forget();
  }

  stop() {
    for (const look of this.looks.values()) look.stop();
  }
}
