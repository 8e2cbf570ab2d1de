// A network that was trained here goes to "Draw a digit": its weights stay on the server, under a
// name that is given back.

import { button, el } from "../kit/dom.js";
import { asked } from "../kit/live.js";

export class Adopt {
  /** @type {{ run: string, step: number } | null} */
  network = null;

  // onTrouble: { said }, { unreachable } or null.
  /**
   * @param {HandWords | CnnWords} words
   * @param {{ base: string, language: string }} options
   * @param {{ onTrouble: (trouble: Trouble | null) => void }} options
   */
  constructor(words, { base, language }, { onTrouble }) {
    this.base = base;
    this.language = language;
    this.onTrouble = onTrouble;
    this.element = el("p", { class: "adopt", hidden: true },
      button(words.adopt, () => this.go(), { class: "quiet", "data-fp": "adopt" }));
  }

  // run: one of the notes' architecture, or null; looked: the saved state on show, or null for the
  // latest.
  /** @param {Run | null} run @param {Saved | null} looked */
  show(run, looked) {
    const ready =
      run && !run.shipped && !["running", "waiting"].includes(run.status) && run.saved.length;
    this.element.hidden = !ready;
    this.network = ready ? { run: run.id, step: looked?.step ?? run.step } : null;
  }

  async go() {
    const answer =
      this.network && (await asked(`${this.base}/adopt`, this.network, this.onTrouble));
    if (!answer) return;
    const folder = this.base.replace(/forward-pass$/, "");
    location.assign(`${folder}draw-a-digit?${new URLSearchParams({ own: answer.name,
      lang: this.language })}`);
  }
}
