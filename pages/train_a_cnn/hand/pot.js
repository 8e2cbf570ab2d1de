// A pot of labelled drawings on the server: one's own, with what a room sends while the pot is open.

import { owner } from "../../kit/runs.js";
import { request } from "../../kit/request.js";

const EVERY = 1500; // ms between two looks into an open pot

export class Pot {
  // onChange(): drawings or code are others than before. onTrouble: { said }, { unreachable: true } or null.
  constructor(base, { onChange, onTrouble }) {
    Object.assign(this, { base: `${base}/pot`, onChange, onTrouble, owner: owner(), known: new Map(), ids: [], code: "", last: 0 });
    this.look();
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
  }

  // In the order in which they came: { id, label, image, own }.
  get drawings() {
    return this.ids.map((id) => this.known.get(id)).filter(Boolean);
  }

  async look() {
    clearTimeout(this.timer);
    const told = await this.ask(`?owner=${this.owner}&after=${this.last}`);
    if (this.closed) return;
    if (told) {
      this.take(told);
      this.last = Math.max(0, ...told.ids); // all of these are known now
    }
    if (this.code || !told) this.timer = setTimeout(() => this.look(), told ? EVERY : 2 * EVERY);
  }

  // Resolves with whether the drawing was taken.
  async add(label, drawing) {
    const told = await this.ask("/add", { label, drawing });
    if (told) this.take(told);
    return Boolean(told);
  }

  async do(verb, body = {}) {
    const told = await this.ask(`/${verb}`, { after: this.last, ...body });
    if (!told) return;
    this.take(told);
    if (verb === "open") this.look();
  }

  take({ code, ids, new: drawings }) {
    const before = JSON.stringify([this.code, this.ids]);
    for (const drawing of drawings) this.known.set(drawing.id, drawing);
    Object.assign(this, { code, ids });
    for (const id of this.known.keys()) if (!ids.includes(id)) this.known.delete(id);
    if (before !== JSON.stringify([code, ids])) this.onChange();
  }

  ask(path, body) {
    return asked(this.base + path, body && { owner: this.owner, ...body }, this.onTrouble);
  }
}

// One question; resolves with the answer or with null, and then onTrouble has been told why.
export async function asked(url, body, onTrouble) {
  try {
    const answer = await request(url, body === undefined ? {} : {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    if (!answer.ok) {
      onTrouble({ said: await answer.text() });
      return null;
    }
    onTrouble(null);
    return await answer.json();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // fetch says "no network" with a TypeError
    onTrouble({ unreachable: true });
    return null;
  }
}
