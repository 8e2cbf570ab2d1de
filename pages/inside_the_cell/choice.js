// @ts-nocheck
// Which run on a series is looked at, and which of its saved states: those of the page "Sine, live"
// in this session.

import { el, fill, say } from "../kit/dom.js";
import { Runs } from "../kit/run/client.js";

export class SineChoice {
  // onChoice(): another run, or another state of it
  /** @param {CellWords} words @param {string} base @param {{ onChoice: () => void }} options */
  constructor(words, base, { onChoice }) {
    this.words = words;
    this.onChoice = onChoice;
    this.listed = null;
    this.id = null;
    this.at = null;
    this.client = new Runs(base, "sine", { onChange() {} }); // only asked which runs there are
    this.list =
      el("select", { "data-fp": "sine-run", onchange: () => this.choose(this.list.value) });
    this.past = el("input", { type: "range", min: 0, step: 1, "data-fp": "sine-time",
      "aria-label": words.panel.time, oninput: () => this.look() });
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
    const { words } = this;
    /** @param {any} kind */
    const name = (kind) => words.cells.find(([cell]) => cell === kind)?.[1]
      ?? words.cells.map(([, each]) => each).join(", ");
    this.listed = (await this.client.list()).filter((run) => run.saved.length);
    this.list.replaceChildren(...this.listed.map((run, i) => el("option", { value: run.id },
      run.shipped ? words.shippedRun : fill(words.ownRun,
        { index: i, cell: name(run.config.cell), hidden: run.config.hidden }))));
    const first = this.listed.find(({ id }) => id === wanted) ?? this.listed[0];
    if (first) this.choose(first.id);
  }

  leave() {
    this.listed = null;
  }

  get saved() {
    return this.listed.find((run) => run.id === this.id).saved;
  }

  /** @param {any} id */
  choose(id) {
    this.id = id;
    this.at = null;
    this.list.value = id;
    this.past.max = this.past.value = String(this.saved.length - 1);
    this.show();
  }

  look() {
    this.at = this.saved[this.past.value];
    this.show();
  }

  show() {
    const text =
      fill(this.words.panel.place, { step: this.saved[this.past.value], steps: this.saved.at(-1) });
    say(this.text, text);
    this.past.setAttribute("aria-valuetext", text);
    this.past.style.setProperty("--done", `${(100 * this.past.value) / this.past.max}%`);
    this.past.style.setProperty("--known", "100%");
    this.onChoice();
  }
}
