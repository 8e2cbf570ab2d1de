// The scissors: whether a click opens or cuts, how far a cut reaches, and the list of what has been
// cut.

import { choices, press } from "../kit/controls.js";
import { button, el, fill, say } from "../kit/dom.js";

/** @typedef {TrainedViewCut} Cut null: all of them */

export const MOST = 64;
const PLAIN = { role: null }; // the row with its label is the group

export class Scissors {
  cutting = false;
  everywhere = true;

  /**
   * @param {TrainedWordsScissors} words
   * @param {{ onMode: (cutting: boolean) => unknown, onGrow: (renormalise: boolean) => unknown,
   *   onRelease: (cut: Cut | null) => unknown }} on onRelease(null): all cuts
   */
  constructor(words, on) {
    this.words = words;
    this.on = on;
    this.modes = choices("mode", [["look", words.look], ["cut", `✂ ${words.cut}`]],
      (mode) => this.mode(mode === "cut"), PLAIN);
    this.scopes = choices("scope", [["all", words.everywhere], ["head", words.thisHead]],
      (scope) => this.scope(scope === "all"), PLAIN);
    this.reach = labelled(words.reach, this.scopes);
    this.grow = el("input", { type: "checkbox", "data-fp": "renormalise",
      onchange: () => { on.onGrow(this.grow.checked); } });
    this.list = el("ul", { class: "cuts", "data-fp": "cuts" });
    this.release =
      button(words.releaseAll, () => on.onRelease(null), { class: "quiet", "data-fp": "release" });
    this.hint = el("p", { class: "note hint" });
    this.switches = el("div", { class: "tools scissors-line", "data-block": "scissors" },
      labelled(words.click, this.modes), this.reach);
    this.below = el("div", { class: "scissors-below", "data-block": "scissors" }, this.hint,
      el("div", { class: "line" }, this.list, this.release,
        el("label", { class: "switch", title: words.growHelp }, this.grow,
          el("span", {}, words.grow))));
    this.show();
  }

  /** @param {boolean} cutting */
  mode(cutting) {
    this.cutting = cutting;
    this.show();
    this.on.onMode(cutting);
  }

  /** @param {boolean} everywhere */
  scope(everywhere) {
    this.everywhere = everywhere;
    this.show();
  }

  show() {
    press(this.modes, this.cutting ? "cut" : "look");
    press(this.scopes, this.everywhere ? "all" : "head");
    this.reach.classList.toggle("off", !this.cutting);
    say(this.hint, this.cutting ? this.words.cutHint : this.words.lookHint);
  }

  /** @param {Cut[]} cuts @param {TrainedAnswer["words"]} tokens @param {boolean} renormalise */
  paint(cuts, tokens, renormalise) {
    this.grow.checked = renormalise;
    this.release.hidden = cuts.length < 2;
    this.below.classList.toggle("nothing", cuts.length === 0);
    this.list.replaceChildren(...cuts.map((cut) => {
      const text = this.label(cut, tokens);
      const title = fill(this.words.release, { cut: text });
      return el("li", {}, button(el("bdi", {}, text), () => this.on.onRelease(cut),
        { "aria-label": title, title }));
    }));
  }

  /** @param {Cut} cut @param {TrainedAnswer["words"]} tokens */
  label({ layer, head, from, to }, tokens) {
    const { words } = this;
    /** @param {number | null} place */
    const name = (place) => tokens[place ?? -1]?.text ?? "";
    const where = layer === null || head === null ? ""
      : fill(words.head, { layer: layer + 1, head: head + 1 });
    if (from === null && to === null) return where;
    const kind = to === null ? "reader" : from === null ? "word" : "edge";
    const text = fill(words.kinds[kind], { from: name(from), to: name(to) });
    return where ? `${text} (${where})` : text;
  }
}

/** @param {string} label @param {HTMLElement} group */
const labelled = (label, group) => el("div",
  { class: "choices", role: "group", "aria-label": label }, el("span", { class: "note" }, label),
  group);

/** @param {Cut} a @param {Cut} b */
export const same = (a, b) =>
  a.layer === b.layer && a.head === b.head && a.from === b.from && a.to === b.to;

// Whether a cut takes part in a head of a layer.
/** @param {Cut} cut @param {number} layer @param {number} head */
export const reaches = (cut, layer, head) =>
  (cut.layer === null || cut.layer === layer) && (cut.head === null || cut.head === head);
