// A network that was trained here goes to "Draw a digit": its weights stay on the server, under a
// name that is given back.

import { button, el } from "../kit/dom.js";
import { answerTo } from "../kit/live.js";
import { pageAt } from "../kit/request.js";

export class Adopt {
  /** @type {{ run: string, step: number } | null} */
  network = null;

  // onTrouble: { message }, { unreachable } or null.
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

  // run: one of the notes' architecture, or null; inspected: the saved state on show, null for the
  // latest.
  /** @param {Run | null} run @param {Saved | null} inspected */
  show(run, inspected) {
    const ready =
      run && !run.shipped && !["running", "waiting"].includes(run.status) && run.saved.length;
    this.element.hidden = !ready;
    this.network = ready ? { run: run.id, step: inspected?.step ?? run.step } : null;
  }

  async go() {
    const answer =
      this.network && (await answerTo(`${this.base}/adopt`, this.network, this.onTrouble));
    if (!answer || !this.element.isConnected) return;
    location.assign(
      pageAt(this.base, "draw-a-digit", { own: answer.name, lang: this.language }));
  }
}
