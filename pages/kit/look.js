// Questions about a saved state of a run: one in flight for each kind, and a newer one replaces one that is waiting.

import { asking } from "./asking.js";
import { request } from "./request.js";

export class Look {
  // onAnswer(answer, question), onTrouble(sentence | null)
  constructor({ onAnswer, onTrouble = () => {} }) {
    Object.assign(this, { onAnswer, onTrouble, waiting: null, busy: false, tries: 0 });
  }

  // run: its address; query: names and values.
  ask(run, name, query) {
    const known = Object.entries(query).filter(([, value]) => value != null);
    const url = `${run}/look/${name}?${new URLSearchParams(known)}`;
    if (url === this.url) return; // a saved state does not change
    this.url = url;
    this.waiting = { url, query };
    if (!this.busy) this.next();
  }

  async next() {
    const question = this.waiting;
    this.waiting = null;
    this.busy = true;
    asking(1);
    try {
      const answer = await request(question.url);
      if (this.stopped) return;
      if (answer.ok) {
        const found = await answer.json();
        this.tries = 0;
        this.onTrouble(null);
        if (!this.stopped) this.onAnswer(found, question.query);
      } else if (answer.status === 503) { // many ask at once
        await this.later(question);
      } else {
        this.forget();
        this.onTrouble(await answer.text());
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch says "no network" with a TypeError
      await this.later(question);
    } finally {
      this.busy = false;
      if (this.waiting && !this.stopped) this.next();
      asking(-1);
    }
  }

  async later(question) {
    this.waiting ??= question;
    await new Promise((resolve) => setTimeout(resolve, Math.min(4000, 250 * 2 ** this.tries++)));
  }

  // The next question is asked even if it is the one before: the run has begun anew.
  forget() {
    this.url = null;
  }

  stop() {
    this.stopped = true;
    this.waiting = null;
  }
}
