// @ts-nocheck
// A pot of labelled drawings on the server: one's own, with what a room sends while the pot is
// open.

import { askOnce } from "../../kit/live.js";
import { owner } from "../../kit/run/client.js";

const EVERY = 1500; // ms between two looks into an open pot

export class Pot {
  closed = false;
  /** @type {number} */
  timer;

  // onChange(): drawings or code have changed. onTrouble: { message }, { unreachable: true }
  // or null.
  /**
   * @param {string} base
   * @param {{ onChange: () => void, onTrouble: (trouble: Trouble | null) => void }} options
   */
  constructor(base, { onChange, onTrouble }) {
    this.base = `${base}/pot`;
    this.onChange = onChange;
    this.onTrouble = onTrouble;
    this.owner = owner();
    this.known = new Map();
    this.ids = [];
    this.code = "";
    this.last = 0;
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
  /** @param {string} label @param {number[][][]} drawing */
  async add(label, drawing) {
    const told = await this.ask("/add", { label, drawing });
    if (told) this.take(told);
    return Boolean(told);
  }

  /** @param {string} verb @param {any} [body] */
  async do(verb, body = {}) {
    const told = await this.ask(`/${verb}`, { after: this.last, ...body });
    if (!told) return;
    this.take(told);
    if (verb === "open") this.look();
  }

  /** @param {{ code?: any, ids?: any, new?: any }} options */
  take({ code, ids, new: drawings }) {
    const before = JSON.stringify([this.code, this.ids]);
    for (const drawing of drawings) this.known.set(drawing.id, drawing);
    this.code = code;
    this.ids = ids;
    for (const id of this.known.keys()) if (!ids.includes(id)) this.known.delete(id);
    if (before !== JSON.stringify([code, ids])) this.onChange();
  }

  /** @param {string} path @param {{ after: number }} [body] */
  ask(path, body) {
    return askOnce(this.base + path, body && { owner: this.owner, ...body }, this.onTrouble);
  }
}
