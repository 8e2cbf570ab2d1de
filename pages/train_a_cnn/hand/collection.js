// A collection of labelled drawings on the server: one's own, with what a room sends while it is
// open.

import { answerTo } from "../../kit/live.js";
import { owner } from "../../kit/run/client.js";

/**
 * @typedef {{ label: number, image: string, id?: number, own?: boolean }} Drawn
 * @typedef {{ name: number, client: number }} Others how many more there are of whoever sent what
 *   was taken out last, by sender and by network address
 * @typedef {{ code: string, ids: number[], new: (Drawn & { id: number })[],
 *   others: Others }} Contents
 */

const EVERY = 1500; // ms between two polls of an open collection

// Those that a view shows. While the server is away a view may make room for another one; a drawing
// of the first is taken later, and the second asks for it then.
/** @type {Set<Collection>} */
const shown = new Set();

export class Collection {
  closed = false;
  /** @type {number | undefined} */
  timer;
  /** @type {Map<number, Drawn>} */
  known = new Map();
  /** @type {number[]} */
  ids = [];
  code = "";
  last = 0;
  /** @type {Others} */
  others = { name: 0, client: 0 };

  // onChange(): drawings or code are others than before. onTrouble: { message },
  // { unreachable: true } or null.
  /**
   * @param {string} base
   * @param {{ onChange: () => void, onTrouble: (trouble: Trouble | null) => void }} options
   */
  constructor(base, { onChange, onTrouble }) {
    this.base = `${base}/pot`;
    this.onChange = onChange;
    this.onTrouble = onTrouble;
    this.owner = owner();
    shown.add(this);
    this.poll();
  }

  close() {
    this.closed = true;
    shown.delete(this);
    clearTimeout(this.timer);
  }

  // In the order in which they came.
  get drawings() {
    return this.ids.flatMap((id) => this.known.get(id) ?? []);
  }

  async poll() {
    clearTimeout(this.timer);
    const contents = await this.ask(`?owner=${this.owner}&after=${this.last}`);
    if (this.closed) return;
    if (contents) {
      this.take(contents);
      this.last = Math.max(0, ...contents.ids); // all of these are known now
    }
    const pause = contents ? EVERY : 2 * EVERY;
    if (this.code || !contents) this.timer = setTimeout(() => this.poll(), pause);
  }

  // Resolves with whether the drawing was taken.
  /** @param {number} label @param {Strokes} drawing */
  async add(label, drawing) {
    const contents = await this.ask("/add", { label, drawing });
    if (contents) this.take(contents);
    if (contents && this.closed) for (const other of shown) other.poll();
    return contents !== null;
  }

  /**
   * @param {"remove" | "expel" | "open" | "close"} verb
   * @param {{ ids?: number[], all?: keyof Others }} [body]
   */
  async do(verb, body = {}) {
    const contents = await this.ask(`/${verb}`, { after: this.last, ...body });
    if (!contents) return;
    this.take(contents);
    if (verb === "open") this.poll();
  }

  /** @param {Contents} contents */
  take({ code, ids, new: drawings, others }) {
    const before = JSON.stringify([this.code, this.ids, this.others]);
    for (const drawing of drawings) this.known.set(drawing.id, drawing);
    this.code = code;
    this.ids = ids;
    this.others = others;
    for (const id of this.known.keys()) if (!ids.includes(id)) this.known.delete(id);
    if (before !== JSON.stringify([code, ids, others])) this.onChange();
  }

  /** @param {string} path @param {object} [body] @returns {Promise<Contents | null>} */
  ask(path, body) {
    return answerTo(this.base + path, body && { owner: this.owner, ...body }, this.onTrouble);
  }
}
