// Which run on a series is looked at, and which of its saved states: those of the page "Sine, live"
// in this session.

import { el, fill, say } from "../kit/dom.js";
import { Runs } from "../kit/run/client.js";

export class SineChoice {
  /** @type {Run[] | null} null: to be asked for */
  listed = null;
  id = "";
  /** @type {number | null} */
  at = null;

  // onChoice(): another run, or another state of it
  /** @param {CellWords} words @param {string} base @param {{ onChoice: () => void }} options */
  constructor(words, base, { onChoice }) {
    this.words = words;
    this.onChoice = onChoice;
    this.client = new Runs(base, "sine", { onChange() {} }); // only asked which runs there are
    this.list = el("select", { "data-fp": "sine-run" });
    this.list.addEventListener("change", () => this.choose(this.list.value));
    this.past = el("input", { type: "range", min: 0, step: 1, "data-fp": "sine-time",
      "aria-label": words.panel.time, oninput: () => this.moved() });
    this.text = el("output", { class: "note" });
    this.element = el("div", { class: "which" }, el("label", {}, words.whichRun, this.list),
      this.past, this.text);
  }

  close() {
    this.client.close();
  }

  // Asks anew which runs there are; `wanted` is chosen if it is among them.
  /** @param {string} wanted */
  async open(wanted) {
    if (this.listed) return;
    this.listed = []; // on its way
    this.listed = (await this.client.list()).filter((run) => run.saved.length);
    this.list.replaceChildren(...this.listed.map((run, i) =>
      el("option", { value: run.id }, run.shipped ? this.words.shippedRun : this.nameOf(run, i))));
    const first = this.listed.find(({ id }) => id === wanted) ?? this.listed[0];
    if (first) this.choose(first.id);
  }

  /** @param {Run} run @param {number} index */
  nameOf({ config }, index) {
    const { cells, ownRun } = this.words;
    const members = cells.filter(([cell]) => ["race", cell].includes(config.cell));
    const cell = members.map(([, name]) => name).join(", ");
    return fill(ownRun, { index, cell, hidden: config.hidden });
  }

  leave() {
    this.listed = null;
  }

  get saved() {
    return this.listed?.find((run) => run.id === this.id)?.saved ?? [];
  }

  /** @param {string} id */
  choose(id) {
    this.id = id;
    this.at = null;
    this.list.value = id;
    this.past.max = this.past.value = String(this.saved.length - 1);
    this.show();
  }

  moved() {
    this.at = this.saved[Number(this.past.value)];
    this.show();
  }

  show() {
    const { saved, past } = this;
    const at = Number(past.value);
    const text = fill(this.words.panel.place,
      { step: saved[at], steps: saved[saved.length - 1] });
    say(this.text, text);
    past.setAttribute("aria-valuetext", text);
    past.style.setProperty("--share", `${(100 * at) / Number(past.max)}%`);
    past.style.setProperty("--known", "100%");
    this.onChoice();
  }
}
