// The models that lie ready on the server, and fetching another one: how far it is, and what is in
// the way.

import { action, button, el, fill, say } from "../dom.js";
import { onEnter } from "../keys.js";
import { reached } from "../live.js";
import { request } from "../request.js";

const POLL = 500; // ms between two looks at a download
const MEGA = 1e6;

export class Shelf {
  where = "attention"; // its routes
  list = "encoders"; // the one that tells what there is
  /** @type {string[]} */
  models = [];
  /** @type {Record<string, string[]>} the heads of each model, above its encoder */
  heads = {};
  fetches = false;
  /** @type {number | undefined} */
  timer;
  closed = false;
  unfolded = false;

  // onModels(): `models` has changed; onPick(name).
  /**
   * @param {Record<string, any>} words
   * @param {string} base
   * @param {{ onModels: () => unknown, onPick: (name: string) => unknown }} told
   */
  constructor(words, base, { onModels, onPick }) {
    this.words = words;
    this.base = base;
    this.onModels = onModels;
    this.onPick = onPick;
    this.chips = el("div", { class: "choices", role: "group", "aria-label": words.models });
    this.fold = button(words.other, () => this.unfold(this.form.hidden),
      { class: "quiet", "aria-expanded": "false", "data-fp": "encoder-other" });
    this.ready = el("div", { class: "line", "data-fp": "encoder-models", hidden: true },
      el("span", { class: "note" }, words.models), this.chips, this.fold);
    this.said = el("p", { class: "lead" }, words.asking);
    this.how = el("p", { class: "how" });
    this.command = el("code", { hidden: true }, words.install);
    this.field = onEnter(el("input", { type: "text", "data-fp": "encoder-name",
      placeholder: "bert-base-uncased", "aria-label": words.name, spellcheck: "false",
      autocomplete: "off", maxlength: 200 }), () => this.fetch());
    this.go = action(words.fetch, () => this.fetch(), { "data-fp": "encoder-fetch" });
    this.bar = el("i", { class: "bar" });
    this.progress = el("div", { class: "progress", role: "progressbar", "aria-valuemin": 0,
      "aria-valuemax": 100, hidden: true }, this.bar);
    this.message = el("p", { class: "message", role: "status", "data-fp": "encoder-fetching" });
    this.form = el("div", { class: "fetch", hidden: true }, el("div", { class: "line" },
      el("span", { class: "note" }, words.name), this.field, this.go), this.progress, this.message);
    this.element = el("section", { class: "shelf", "data-block": "encoder-models",
      "data-fp": "encoder-shelf" }, this.ready, this.said, this.command, this.how, this.form);
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
  }

  // -- questions ----------------------------------------------------------------------------------

  // Asked until the server can be reached; a line says so meanwhile.
  /**
   * @param {string} path @param {HTMLElement} line @param {object} [body]
   * @returns {Promise<{ found?: any, said?: string }>}
   */
  async ask(path, line, body) {
    const url = `${this.base}/${this.where}/${path}`;
    const posted = body ? { method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body) } : {};
    const answer = await reached(() => request(url, posted),
      ({ message }) => say(line, message ?? this.words.unreachable), () => !this.closed);
    if (!answer) return {};
    return answer.ok ? { found: await answer.json() } : { said: await answer.text() };
  }

  async refresh() {
    const { found, said } = await this.ask(this.list, this.said);
    if (this.closed) return;
    if (said) return say(this.said, said);
    this.show(found);
    if (found.fetch) this.watch(found.fetch);
  }

  /** @returns {Promise<void>} */
  async fetch() {
    const name = this.field.value.trim();
    if (!name) return this.field.focus();
    this.took(await this.ask("fetch", this.message, { name }));
  }

  // What was said of a download.
  /** @param {{ found?: any, said?: string }} answer */
  took({ found, said }) {
    if (said) this.trouble(said);
    else if (found) this.watch(found);
  }

  // Follows a download to its end.
  /** @param {Download} fetch */
  async watch(fetch) {
    clearTimeout(this.timer);
    if (this.closed) return;
    const { words } = this;
    const { name, status, bytes, of, trouble } = fetch;
    this.element.dataset.fetch = status;
    if (status !== "done") this.unfold(true);
    this.go.disabled = status === "running";
    if (status === "failed") return this.trouble(trouble, name);
    const share = of ? Math.min(1, bytes / of) : 0;
    this.progress.hidden = status !== "running";
    this.progress.setAttribute("aria-valuenow", String(Math.round(100 * share)));
    this.bar.style.transform = `scaleX(${share})`;
    const amounts = { name, done: Math.round(bytes / MEGA), all: Math.round(of / MEGA) };
    say(this.message,
      status === "done" ? "" : fill(of ? words.fetching : words.beginning, amounts));
    if (status === "done") {
      this.field.value = "";
      this.unfold(false);
      await this.refresh();
      return this.onPick(name);
    }
    this.timer = setTimeout(() => this.poll(name), POLL);
  }

  /** @param {string} name */
  async poll(name) {
    this.took(await this.ask(`fetch?${new URLSearchParams({ name })}`, this.message));
  }

  // What has come of a download is kept: to ask again is to go on.
  /** @param {string} said @param {string} [name] */
  trouble(said, name) {
    this.progress.hidden = true;
    this.go.disabled = false;
    say(this.message, said);
    if (name) this.field.value = name;
    say(this.go, name ? fill(this.words.again, { name }) : this.words.fetch);
  }

  // -- what is shown ------------------------------------------------------------------------------

  /**
   * @param {{ installed: boolean, models: string[], heads: Record<string, string[]>,
   *   fetches: boolean }} shelf
   */
  show({ installed, models, heads, fetches }) {
    const { words } = this;
    this.models = installed ? models : [];
    Object.assign(this, { heads, fetches });
    const none = !this.models.length;
    this.ready.hidden = none;
    this.said.hidden = this.how.hidden = !none;
    this.command.hidden = installed;
    this.fold.hidden = !fetches;
    this.unfold(installed && fetches && (none || this.unfolded));
    say(this.said, installed ? words.none : words.missing);
    say(this.how, !installed ? words.otherTabs : fetches ? words.how : words.off);
    this.chips.replaceChildren(...this.models.map((name) =>
      button(el("bdi", {}, name), () => this.onPick(name), { "data-model": name })));
    this.element.dataset.state = installed ? (none ? "empty" : "ready") : "missing";
    this.onModels();
  }

  // A model to fetch, if the person agrees.
  /** @param {string} name */
  offer(name) {
    this.unfold(true);
    this.field.value = name;
    this.field.focus();
  }

  /** @param {boolean} open */
  unfold(open) {
    this.form.hidden = !open;
    this.unfolded = open && this.models.length > 0;
    this.fold.setAttribute("aria-expanded", String(open));
  }

  /** @param {string} name */
  choose(name) {
    for (const chip of this.chips.children) {
      chip.setAttribute("aria-pressed", String(chip.getAttribute("data-model") === name));
    }
  }
}
