// @ts-nocheck
// The scissors: whether a click looks or cuts, how far a cut reaches, and the list of what has been
// cut.

import { button, el, fill, say } from "../kit/dom.js";

export const MOST = 64;

export class Scissors {
  // onMode(cutting), onScope(everywhere), onRelease(cut | null for all), onGrow(renormalise),
  // onShown(after)
  /** @param {TrainedWordsScissors} words @param {any} on */
  constructor(words, on) {
    this.words = words;
    this.on = on;
    this.cutting = false;
    this.everywhere = true;
    /** @param {string} label @param {string} name @param {any} choose */
    const toggle = (label, name, choose) => button(label, choose, { "data-fp": name });
    this.look = toggle(words.look, "mode-look", () => this.mode(false));
    this.cut = toggle(`✂ ${words.cut}`, "mode-cut", () => this.mode(true));
    this.all = toggle(words.everywhere, "scope-all", () => this.scope(true));
    this.own = toggle(words.thisHead, "scope-head", () => this.scope(false));
    this.reach = el("div", { class: "choices", role: "group", "aria-label": words.reach },
      el("span", { class: "note" }, words.reach), this.all, this.own);
    this.grow = el("input",
      { type: "checkbox", "data-fp": "renormalise", onchange: () => on.onGrow(this.grow.checked) });
    this.list = el("ul", { class: "cuts", "data-fp": "cuts" });
    this.release =
      button(words.releaseAll, () => on.onRelease(null), { class: "quiet", "data-fp": "release" });
    this.hint = el("p", { class: "note hint" });
    this.switches = el("div", { class: "tools scissors-line", "data-block": "scissors" },
      el("div", { class: "choices", role: "group", "aria-label": words.click },
        el("span", { class: "note" }, words.click), this.look, this.cut), this.reach);
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
    /** @param {HTMLButtonElement} choice @param {boolean} on */
    const press = (choice, on) => choice.setAttribute("aria-pressed", String(on));
    press(this.look, !this.cutting);
    press(this.cut, this.cutting);
    press(this.all, this.everywhere);
    press(this.own, !this.everywhere);
    this.reach.classList.toggle("off", !this.cutting);
    say(this.hint, this.cutting ? this.words.cutHint : this.words.lookHint);
  }

  /** @param {any} cuts @param {Record<string, string>[]} tokens @param {boolean} renormalise */
  paint(cuts, tokens, renormalise) {
    this.grow.checked = renormalise;
    this.release.hidden = cuts.length < 2;
    this.below.classList.toggle("nothing", cuts.length === 0);
    this.list.replaceChildren(...cuts.map((/** @type {any} */ cut) => {
      const text = this.said(cut, tokens);
      return el("li", {}, button(el("bdi", {}, text), () => this.on.onRelease(cut),
        { "aria-label": fill(this.words.release, { cut: text }),
          title: fill(this.words.release, { cut: text }) }));
    }));
  }

  /** @param {{ layer?: any, head?: any, from?: any, to?: any }} what @param {any} tokens */
  said({ layer, head, from, to }, tokens) {
    const { words } = this;
    /** @param {number} place */
    const name = (place) => tokens[place]?.text ?? "";
    const kind = from !== null && to !== null ? "edge" : to !== null ? "word"
      : from !== null ? "reader" : "head";
    const where = layer === null ? "" : fill(words.head, { layer: layer + 1, head: head + 1 });
    const text =
      kind === "head" ? where : fill(words.kinds[kind], { from: name(from), to: name(to) });
    return kind === "head" || !where ? text : `${text} (${where})`;
  }
}

/** @param {any} a @param {any} b */
export const same = (a, b) =>
  ["layer", "head", "from", "to"].every((name) => (a[name] ?? null) === (b[name] ?? null));

// Whether a cut takes part in a head of a layer.
/** @param {any} cut @param {number} layer @param {number} head */
export const reaches = (cut, layer, head) =>
  (cut.layer === null || cut.layer === layer) && (cut.head === null || cut.head === head);
