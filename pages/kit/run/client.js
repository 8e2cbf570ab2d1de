// Training runs, as the browser knows them: begin one, steer it, hear of every change. While a run
// computes the server tells by server-sent events; a line that breaks is taken up again, and what
// was computed meanwhile is told then.

import { inFlight } from "../in_flight.js";
import { storage } from "../storage.js";
import { reached } from "../live.js";
import { reach } from "../reached.js";
import { request } from "../request.js";

const OWNER = "forward-pass:owner";
const WATCHED = "watched-";
const EVERY = 20_000; // ms between two looks at a run to which nothing listens
const SILENT = 10_000; // ms after which a run that trains should have been heard of
const FIELDS = { Accept: "application/json", "Content-Type": "application/json" };

// One tab, one owner: a reload finds its runs again, another tab has its own.
export function owner() {
  if (!storage.get(OWNER)) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    storage.set(OWNER, [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
  }
  return storage.get(OWNER);
}

// Whether a run is somebody else's, and can only be watched.
/** @param {string} id */
export const isWatched = (id) => id.startsWith(WATCHED);

export class Runs {
  /** @type {Run | null} */
  run = null;
  /** @type {EventSource | undefined} */
  stream;
  /** @type {number | undefined} */
  retry;
  /** @type {number | undefined} */
  silence;
  silent = false;
  closed = false;
  asked = 0;

  // onChange(run): the run that is looked at, whenever something in it changes. onTrouble: { said:
  // sentence }, { unreachable: true }, { gone: true } (the server has forgotten the run), { silent:
  // true } (the computer that trains does not report) or null when all is well again.
  /**
   * @param {string} base
   * @param {string} job
   * @param {{ onChange: (run: Run) => unknown,
   *   onTrouble?: (trouble: Trouble | null) => unknown }} told
   */
  constructor(base, job, { onChange, onTrouble = () => {} }) {
    this.base = base;
    this.job = job;
    this.onChange = onChange;
    this.onTrouble = onTrouble;
    this.owner = owner();
    this.tries = 0;
    this.key = `forward-pass:run:${job}`;
    this.onSeen = () => this.seen();
    document.addEventListener("visibilitychange", this.onSeen);
  }

  get id() {
    return this.run?.id;
  }

  // -- what can be done ---------------------------------------------------------------------------

  // Resolves with the new run, or with null: then onTrouble has been told why.
  /** @param {Config} config @param {{ play?: boolean }} [options] @returns {Promise<Run | null>} */
  async begin(config, { play = false } = {}) {
    return this.adopt(await this.ask("/runs", { owner: this.owner, job: this.job, config, play }));
  }

  // Looks at another run from now on; resolves with it, or with null.
  /** @param {string} id @returns {Promise<Run | null>} */
  async open(id) {
    return this.adopt(await this.ask(`/runs/${id}`));
  }

  // The run that was looked at before a reload, or null.
  /** @returns {Promise<Run | null>} */
  async restore() {
    const id = storage.get(this.key);
    return id ? this.adopt(await this.ask(`/runs/${id}`, undefined, { quiet: true })) : null;
  }

  // play, pause, step { count }, stop, reset, rate { learning_rate }, fork { step }; with "forget"
  // nothing is looked at.
  /**
   * @param {string} verb @param {object} [body] @param {string} [id] @returns {Promise<Run | null>}
   */
  async do(verb, body = {}, id = this.id) {
    const run = await this.ask(`/runs/${id}/${verb}`, body);
    if (!run) return null;
    if (verb === "fork") return this.adopt(run);
    if (verb === "forget") {
      if (id === this.id) this.leave();
      return run;
    }
    if (id === this.id) this.merge(run);
    return run;
  }

  /** @returns {Promise<Run[]>} */
  async list() {
    const whose = `owner=${this.owner}&job=${this.job}`;
    return (await this.ask(`/runs?${whose}`, undefined, { quiet: true }))?.runs ?? [];
  }

  /** @param {string} id @returns {Promise<Run | null>} */
  fetch(id) {
    return this.ask(`/runs/${id}`, undefined, { quiet: true });
  }

  // Marks and pictures of a saved state of the run that is looked at.
  /** @param {number} step @returns {Promise<Saved | null>} */
  at(step) {
    return this.ask(`/runs/${this.id}/at/${step}`);
  }

  // The name by which others can watch the run that is looked at, and not steer it.
  /** @returns {Promise<string>} "" where there is none */
  async watched() {
    return (await this.ask(`/runs/${this.id}/watched`, undefined, { quiet: true }))?.id ?? "";
  }

  /** @param {string} name @param {Record<string, string>} [query] */
  inspect(name, query = {}) {
    return this.ask(`/runs/${this.id}/look/${name}?${new URLSearchParams(query)}`);
  }

  /** @param {string} kind @param {string} [id] */
  export(kind, id = this.id) {
    const language = new URLSearchParams({ language: document.documentElement.lang });
    return `${this.base}/runs/${id}/export/${kind}?${language}`;
  }

  // After an outside cluster was lost: the server's own machine goes on.
  async useThisMachine() {
    return await this.ask("/engine/own", {});
  }

  close() {
    this.closed = true;
    document.removeEventListener("visibilitychange", this.onSeen);
    this.attend();
  }

  // -- question and answer ------------------------------------------------------------------------

  /**
   * @param {string} path @param {object} [body] @param {{ quiet?: boolean }} [options]
   * @returns {Promise<any>}
   */
  async ask(path, body, { quiet = false } = {}) {
    inFlight(1);
    if (!quiet) this.asked++;
    const { asked } = this;
    let first = true;
    // what is asked last is what is wanted; what only looks asks once, and looks again later
    const wanted = () => first || (!quiet && !this.closed && asked === this.asked);
    try {
      const answer = await reached(() => {
        first = false;
        return request(this.base + path,
          body === undefined ? { headers: { Accept: FIELDS.Accept } }
          : { method: "POST", headers: FIELDS, body: JSON.stringify(body) });
      }, (trouble) => this.onTrouble(trouble), wanted);
      if (!answer) return null;
      if (!answer.ok) {
        if (!quiet) this.onTrouble({ message: await answer.text() });
        return null;
      }
      if (!quiet) this.onTrouble(null);
      return await answer.json();
    } finally {
      inFlight(-1);
    }
  }

  /** @param {Run | null} run @returns {Run | null} */
  adopt(run) {
    if (!run || this.closed) return null;
    if (run.id !== this.id) this.unlisten();
    this.run = null;
    storage.set(this.key, run.id);
    this.merge(run);
    return run;
  }

  leave() {
    storage.set(this.key, "");
    this.run = null;
    this.attend();
  }

  // -- listening ----------------------------------------------------------------------------------

  // A browser has six connections to one host, for all its tabs: a stream is held only for a run
  // that changes, in a tab that is seen. For the others it is asked now and then how the run is,
  // and so the server knows that somebody is there.
  attend() {
    clearTimeout(this.retry);
    clearTimeout(this.silence);
    const { run } = this;
    if (this.closed || !run) return this.unlisten();
    const changes = run.status === "waiting" || run.status === "running";
    if (changes && document.visibilityState !== "hidden") {
      if (!this.stream) this.listen();
      if (run.status === "running") this.silence = setTimeout(() => this.miss(), SILENT);
      return;
    }
    this.unlisten();
    if (!run.shipped) this.later(EVERY);
  }

  seen() {
    if (document.visibilityState === "hidden" || !this.run || this.run.shipped) this.attend();
    else this.refetch();
  }

  /** @param {number} pause ms */
  later(pause) {
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.refetch(), pause);
  }

  unlisten() {
    this.stream?.close();
    this.stream = undefined;
  }

  listen() {
    const { id } = this;
    const stream = (this.stream = new EventSource(`${this.base}/runs/${id}/events`));
    /** @param {(told: any) => void} take */
    const hear = (take) => (/** @type {MessageEvent} */ event) => {
      if (id !== this.id || stream !== this.stream) return;
      this.well();
      take(JSON.parse(event.data));
    };
    stream.addEventListener("run", hear((run) => this.merge(run)));
    stream.addEventListener("change", hear((news) => this.grow(news)));
    stream.addEventListener("error", () => {
      if (this.closed || stream !== this.stream) return;
      if (stream.readyState === EventSource.CLOSED) { // the browser has given up: ask why
        this.unlisten();
        this.later(this.pause);
      } else if (this.tries++) this.onTrouble({ unreachable: true }); // once may end a line
    });
  }

  // More and more seldom, while the server cannot be reached.
  get pause() {
    return Math.min(4000, 250 * 2 ** this.tries);
  }

  well() {
    if (this.tries || this.silent) this.onTrouble(null);
    this.tries = 0;
    this.silent = false;
  }

  // A worker that hangs is replaced, which takes up to a minute.
  miss() {
    if (this.tries) return; // it is the server that cannot be reached
    this.silent = true;
    this.onTrouble({ silent: true });
  }

  async refetch() {
    clearTimeout(this.retry);
    const { id } = this;
    try {
      const answer = await request(`${this.base}/runs/${id}`);
      if (this.closed || id !== this.id) return;
      if (answer.status === 404) {
        this.unlisten();
        return this.onTrouble({ gone: true });
      }
      if (!answer.ok) throw new TypeError(answer.statusText);
      const run = await answer.json();
      this.well();
      if (run.version === this.run?.version) this.attend();
      else this.merge(run);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      if (this.closed || id !== this.id) return;
      this.tries++;
      this.onTrouble({ unreachable: true });
      this.later(this.pause);
    }
  }

  // All that is known of the run. An answer may be overtaken by an event that is newer.
  /** @param {Run} run */
  merge(run) {
    if (this.run && (run.id !== this.id || run.version < this.run.version)) return;
    this.run = run;
    reach(run.goals);
    this.onChange(run);
    this.attend();
  }

  // Only what is new: curves grow in place.
  /** @param {Run & { from: number }} news */
  grow(news) {
    const { run } = this;
    if (!run || news.version <= run.version) return;
    const { from, series, ...rest } = news;
    if (from > run.step) return void this.fetch(run.id).then((whole) => whole && this.merge(whole));
    for (const [name, values] of Object.entries(series)) {
      const curve = (run.series[name] ??= []);
      curve.length = from;
      for (const value of values) curve.push(value);
    }
    Object.assign(run, rest);
    reach(run.goals);
    this.onChange(run);
    this.attend();
  }
}
