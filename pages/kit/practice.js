// The blanks of an opened number: a visitor chooses how much is left out, types it, and is told
// what is right. What is left out and what is right, fading.js says.

import { choices, press } from "./controls.js";
import { el, fill, say } from "./dom.js";
import { blanksOf, levelsOf, verdict } from "./fading.js";
import { onEnter } from "./keys.js";

/**
 * @typedef {import("./opened.js").Wire} Wire
 * @typedef {import("./fading.js").Blank} Blank
 */

export class Practice {
  level = "complete";
  seed = 0;
  /** @type {Blank[]} */
  blanks = [];
  found = new Set(); // names of those that have been worked out
  key = "";
  again = false; // another level was chosen

  /**
   * @param {Record<string, any>} words of pages/kit/opened.py
   * @param {() => void} onChange other numbers are left out now, or none
   */
  constructor(words, onChange) {
    this.words = words.fade;
    this.onChange = onChange;
    const { levels } = this.words;
    this.choices = choices("fade", Object.entries(levels), (level) => this.choose(level),
      { "aria-label": this.words.title });
    this.sum = el("p", { class: "blank-sum", hidden: true });
    this.said = el("p", { class: "said", role: "status", "data-fp": "fade-said" });
    this.element = el("div", { class: "practice", "data-fp": "fade", "data-fold": true },
      el("div", { class: "line" }, el("span", { class: "note" }, this.words.title), this.choices),
      this.sum, this.said);
    press(this.choices, this.level);
  }

  /** @param {string} level */
  choose(level) {
    this.level = level;
    if (level === "product") this.seed++; // once more: another one
    this.again = true;
    press(this.choices, level);
    this.onChange();
    this.first()?.focus();
  }

  // Another number, or another value of it: what was typed is of no use any more. Whether it is.
  /** @param {Wire} opened @param {number} channel */
  take(opened, channel) {
    const there = levelsOf(opened, channel);
    for (const choice of /** @type {Iterable<HTMLElement>} */ (this.choices.children)) {
      choice.hidden = !there.includes(String(choice.dataset.value));
    }
    this.element.classList.toggle("nothing", !there.length);
    const blanks = this.level === "complete" ? []
      : blanksOf(opened, channel, this.level, this.seed, this.words.limits);
    const key = blanks.length ? JSON.stringify([opened.array, opened.index, channel, blanks]) : "";
    if (key === this.key && !this.again) return false;
    this.key = key;
    this.again = false;
    this.blanks = blanks;
    this.found.clear();
    this.sum.hidden = true;
    say(this.said, "");
    this.cover();
    return true;
  }

  // Colours and numbers elsewhere in the picture would tell a blank: opened.css covers them.
  cover() {
    const { products, sum } = this.hides;
    this.element.classList.toggle("hides-products", products);
    this.element.classList.toggle("hides-sum", sum);
  }

  /** @param {string} name */
  open(name) {
    return this.blanks.some((blank) => blank.name === name) && !this.found.has(name);
  }

  // Puts the blanks where the numbers stand.
  /** @param {HTMLElement[]} cells of the products */
  place(cells) {
    for (const blank of this.blanks) {
      if (blank.name !== "sum") this.field(cells[Number(blank.name)], blank, "product");
    }
    const sum = this.blanks.find(({ name }) => name === "sum");
    this.sum.hidden = !sum;
    if (!sum) return;
    const value = el("span");
    const label = sum.ofChannel ? "channel" : "sum";
    this.sum.replaceChildren(`${this.words[label]} = `, value);
    this.field(value, sum, label, sum.truth.toFixed(sum.places).replace("-", "−"));
  }

  // The same where a page does not write its products out: each on a line, with its two factors.
  /** @param {HTMLElement} host of the lines */
  write(host) {
    /** @type {HTMLElement[]} */
    const cells = [];
    const text = (/** @type {number} */ x, /** @type {number} */ places) =>
      x.toFixed(places).replace("-", "−");
    host.replaceChildren(...this.blanks.flatMap(({ name, factors, truth, places }) => {
      if (!factors) return [];
      const [left, right] = factors.map((x) => text(x, places));
      const cell = el("span", {}, text(truth, places));
      cells[Number(name)] = cell;
      return [el("p", {}, `${left} × ${factors[1] < 0 ? `(${right})` : right} = `, cell)];
    }));
    this.place(cells);
  }

  // Whether a product, or what all comes to, is still blank.
  get hides() {
    const open = this.blanks.filter(({ name }) => this.open(name));
    return { products: open.some(({ name }) => name !== "sum"),
      sum: open.some(({ name }) => name === "sum") };
  }

  /** @param {HTMLElement} place @param {Blank} blank @param {string} label */
  field(place, blank, label, text = place.textContent ?? "") {
    const input = el("input", { type: "text", inputmode: "text", autocomplete: "off", size: 6,
      "aria-label": this.words[label], "data-fp": `blank-${blank.name}`,
      onkeydown: (event) => {
        if (event.key !== "Tab") event.stopPropagation(); // arrows here move no picture
      } });
    onEnter(input, () => this.check(input, blank, place, text));
    place.replaceChildren(input);
    place.classList.add("unfound");
  }

  /** @param {HTMLInputElement} input @param {Blank} blank @param {HTMLElement} place */
  check(input, blank, place, text = "") {
    if (!input.value.trim()) return;
    const why = verdict(input.value, blank);
    const [left, right] = (blank.factors ?? []).map((x) => x.toFixed(blank.places)
      .replace("-", "−"));
    say(this.said, fill(this.words.said[why], { left, right, places: blank.places }));
    this.said.dataset.verdict = why;
    input.setAttribute("aria-invalid", String(why !== "right"));
    if (why !== "right") return input.select();
    this.found.add(blank.name);
    place.replaceChildren(text);
    place.classList.replace("unfound", "found");
    this.cover();
    if (this.found.size === this.blanks.length) say(this.said, this.words.done);
    this.onFound();
    const next = this.first();
    if (next) next.focus();
    else /** @type {HTMLElement} */ (this.choices.querySelector("[aria-pressed=true]"))?.focus();
  }

  onFound() {}

  // The first blank that is still open.
  /** @returns {HTMLInputElement | null} */
  first() {
    const around = this.element.parentElement;
    return around?.querySelector("input[data-fp^=blank-]") ?? null;
  }
}
