// Training runs, as the browser knows them: begin one, steer it, receive every change. The server
// tells by server-sent events; a line that breaks is taken up again, and what was computed
// meanwhile is told then.

import { inFlight } from "../in_flight.js";
import { kept } from "../kept.js";
import { request } from "../request.js";

const OWNER = "forward-pass:owner";
const FIELDS = { Accept: "application/json", "Content-Type": "application/json" };

// One tab, one owner: a reload finds its runs again, another tab has its own.
export function owner() {
  if (!kept.get(OWNER)) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    kept.set(OWNER, [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
  }
  return kept.get(OWNER);
}

export class Runs {
  /** @type {Run | null} */
  run = null;
  /** @type {EventSource | undefined} */
  stream;
  /** @type {number | undefined} */
  retry;
  closed = false;

  // onChange(run): the run that is looked at, whenever something in it changes. onTrouble: { said:
  // sentence }, { unreachable: true }, { gone: true } (the server has forgotten the run) or null
  // when all is well again.
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
    const id = kept.get(this.key);
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
    const runs =
      (await this.ask(`/runs?owner=${this.owner}`, undefined, { quiet: true }))?.runs ?? [];
    return runs.filter((/** @type {Run} */ { job }) => job === this.job);
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
    clearTimeout(this.retry);
    this.stream?.close();
  }

  // -- question and answer ------------------------------------------------------------------------

  /**
   * @param {string} path @param {object} [body] @param {{ quiet?: boolean }} [options]
   * @returns {Promise<any>}
   */
  async ask(path, body, { quiet = false } = {}) {
    inFlight(1);
    try {
      const answer = await request(this.base + path,
        body === undefined ? { headers: { Accept: FIELDS.Accept } }
        : { method: "POST", headers: FIELDS, body: JSON.stringify(body) });
      if (!answer.ok) {
        if (!quiet) this.onTrouble({ message: await answer.text() });
        return null;
      }
      if (!quiet) this.onTrouble(null);
      return await answer.json();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch says "no network" with a TypeError
      this.onTrouble({ unreachable: true });
      return null;
    } finally {
      inFlight(-1);
    }
  }

  /** @param {Run | null} run @returns {Run | null} */
  adopt(run) {
    if (!run || this.closed) return null;
    this.run = null;
    kept.set(this.key, run.id);
    this.merge(run);
    this.listen();
    return run;
  }

  leave() {
    this.stream?.close();
    kept.set(this.key, "");
    this.run = null;
  }

  // -- listening ----------------------------------------------------------------------------------

  listen() {
    clearTimeout(this.retry);
    this.stream?.close();
    const { id } = this;
    const stream = (this.stream = new EventSource(`${this.base}/runs/${id}/events`));
    /** @param {(told: any) => void} take */
    const hear = (take) => (/** @type {MessageEvent} */ event) => {
      if (id !== this.id) return;
      if (this.tries) this.onTrouble(null);
      this.tries = 0;
      take(JSON.parse(event.data));
    };
    stream.addEventListener("run", hear((run) => this.merge(run)));
    stream.addEventListener("change", hear((news) => this.grow(news)));
    stream.addEventListener("error", () => {
      if (this.closed || id !== this.id) return;
      if (stream.readyState === EventSource.CLOSED) this.again(id);
      // once may be the server's way to end a line
      else if (this.tries++) this.onTrouble({ unreachable: true });
    });
  }

  // The browser has given up on the line: ask why, then try again, more and more seldom.
  /** @param {string | undefined} id */
  again(id) {
    this.retry = setTimeout(async () => {
      this.tries++;
      try {
        const answer = await request(`${this.base}/runs/${id}`);
        if (answer.status === 404) return this.onTrouble({ gone: true });
        if (answer.ok && id === this.id) return this.listen();
      } catch {
        this.onTrouble({ unreachable: true });
      }
      if (!this.closed && id === this.id) this.again(id);
    }, Math.min(4000, 250 * 2 ** this.tries));
  }

  // All that is known of the run. An answer may be overtaken by an event that is newer.
  /** @param {Run} run */
  merge(run) {
    if (this.run && (run.id !== this.id || run.version < this.run.version)) return;
    this.run = run;
    this.onChange(run);
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
    this.onChange(run);
  }
}
