// @ts-nocheck
// Small parts that the games of the page "BERT" share: a sentence in its tokens, the surest words
// as bars, a row of choices.

import { activeBeside, button, el, percent, say } from "../kit/dom.js";

// As it is written in a sentence: a piece of a Korean word stands without its ##.
/** @param {any} token */
export const plain = (token) => (token?.startsWith("##") ? token.slice(2) : token ?? "");

// A piece by itself keeps a sign that it is one.
/** @param {string} token */
export const alone = (token) => (token?.startsWith("##") ? `–${token.slice(2)}` : token ?? "");

// A sentence in its tokens. onPick(i): of words and pieces; without it they are only read.
export class Tokens {
  /** @type {any} */
  items;

  /** @param {{ key: string, label: string, onPick?: ((i: any) => void) | null }} options */
  constructor({ key, label, onPick = null }) {
    this.key = key;
    this.onPick = onPick;
    this.shown = "";
    this.element = el("div", { class: "tokens", "data-fp": `tokens-${key}`, role: "group",
      "aria-label": label, onkeydown: (event) => this.onKey(event) });
  }

  // says(i): { text, name, class, note, title } of a token, what is left out is as it stands; from:
  // tokens that are shown.
  /**
   * @param {HiddenAnswerToken[]} tokens
   * @param {(i: any) => { class: string } | { text: string, class: string, pressed: boolean,
   *   title: string } | { pressed: boolean | undefined, title: string, text?: undefined,
   *   class?: undefined } | { class: string, text?: undefined, pressed?: undefined,
   *   title?: undefined }} [says]
   * @param {{ special?: boolean }} [options]
   */
  paint(tokens, says = () => ({}), { special = true } = {}) {
    const spec = tokens.map((token) => `${token.text}/${token.part}`).join(" ") + special;
    if (spec !== this.shown) {
      this.shown = spec;
      this.items = tokens.map((token, i) => this.item(token, i));
      const words = [];
      for (const [i, token] of tokens.entries()) {
        if (token.part === "special" && !special) continue;
        if (token.part === "piece" && words.length) words.at(-1).append(this.items[i].box);
        else words.push(el("span", { class: "word" }, this.items[i].box));
      }
      this.element.replaceChildren(...words);
    }
    tokens.forEach((token, i) => {
      const { box, text, note } = this.items[i];
      const found = says(i);
      say(text,
        found.text ?? (token.part === "unknown" ? token.word || token.text : plain(token.text)));
      say(note, found.note ?? "");
      const name = `token ${token.part} ${found.class ?? ""}`.trim();
      if (box.className !== name) box.className = name;
      if (found.pressed !== undefined) box.setAttribute("aria-pressed", String(found.pressed));
      box.title = found.title ?? "";
      box.style.setProperty("--share", found.share ?? 0);
      box.style.setProperty("--end", found.end ?? 0);
    });
    this.element.classList.toggle("noted", tokens.some((_, i) => says(i).note));
  }

  /** @param {any} token @param {number} i */
  item(token, i) {
    const text = el("bdi");
    const note = el("small");
    const box = this.onPick && token.part !== "special"
      ? button("", () => this.onPick(i), { "data-token": i }) : el("span", { "data-token": i });
    box.append(text, note);
    return { box, text, note };
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const all = [...this.element.querySelectorAll("button")];
    const at = all.indexOf(activeBeside(this.element));
    if (!move || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    all[Math.max(0, Math.min(all.length - 1, at + move))].focus({ preventScroll: true });
  }
}

// The surest words with their probabilities.
export class Tops {
  /** @param {{ key: string, count?: number }} options */
  constructor({ key, count = 8 }) {
    this.rows = Array.from({ length: count }, () => {
      const [name, bar, value] =
        [el("bdi"), el("i", { class: "bar" }), el("span", { class: "value" })];
      return { name, bar, value,
        element: el("li", { hidden: true }, name, el("span", { class: "track" }, bar), value) };
    });
    this.element = el("ol", { class: "tops", "data-fp": `tops-${key}` },
      ...this.rows.map(({ element }) => element));
  }

  // top: [{ token, p }]; right: the token that stands there.
  /** @param {TransformerAnswerStepTop[]} top @param {string | null} [right] */
  paint(top, right = null) {
    for (const [i, row] of this.rows.entries()) {
      const one = top[i];
      row.element.hidden = !one;
      if (!one) continue;
      say(row.name, alone(one.token));
      say(row.value, one.p === null ? "" : percent(one.p));
      row.bar.style.transform = `scaleX(${one.p ?? 0})`;
      row.element.classList.toggle("won", one.token === right);
      row.element.dataset.token = one.token;
      row.element.dataset.p = one.p;
    }
  }
}

// One probability as a bar with its number.
export class Meter {
  /** @param {{ key: string, name: string, low?: string, high?: string }} options */
  constructor({ key, name, low = "", high = "" }) {
    this.name = el("b", {}, name);
    this.bar = el("i", { class: "bar", style: "transform:scaleX(0)" });
    this.value = el("output", { class: "value", "data-fp": `meter-${key}` });
    this.verdict = el("span", { class: "verdict" });
    this.element = el("div", { class: "meter" }, this.name, el("span", { class: "note end" }, low),
      el("span", { class: "track" }, this.bar), el("span", { class: "note" }, high), this.value,
      this.verdict);
  }

  /** @param {number} p @param {string} [verdict] @param {string} [role] */
  paint(p, verdict = "", role = "") {
    this.bar.style.transform = `scaleX(${p ?? 0})`;
    say(this.value, p == null ? "–" : percent(p));
    say(this.verdict, verdict);
    this.element.dataset.p = p ?? "";
    this.verdict.className = `verdict ${role}`;
  }
}
