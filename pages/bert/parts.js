// Small parts that the games of the page "BERT" share: a sentence in its tokens, the surest words
// as bars, a probability.

import { activeBeside, button, el, percent, say } from "../kit/dom.js";

/**
 * @typedef {{ text?: string, class?: string, note?: string, title?: string, pressed?: boolean,
 *   share?: number, end?: number }} Look how a token is shown; what is left out is as it stands
 * @typedef {{ id?: number, token: string, p: number | null }} Guess
 * @typedef {Pick<HiddenAnswerToken, "text" | "part"> & { word?: string }} Token
 */

// As it is written in a sentence: a piece of a Korean word stands without its ##.
/** @param {string} token */
export const plain = (token) => (token.startsWith("##") ? token.slice(2) : token);

// A piece by itself keeps a sign that it is one.
/** @param {string} token */
export const alone = (token) => (token.startsWith("##") ? `–${token.slice(2)}` : token);

// A number that opens into its arithmetic.
/**
 * @param {import("../kit/dom.js").Child} content @param {() => void} onOpen
 * @param {Attributes} [more]
 */
export const opener = (content, onOpen, more = {}) =>
  button(content, onOpen, { class: "opens", ...more });

// A sentence in its tokens. onPick(i): of words and pieces, or of `every` token; without it they
// are only read.
export class Tokens {
  /** @type {{ box: HTMLElement, text: HTMLElement, note: HTMLElement }[]} */
  items = [];
  shown = "";

  /**
   * @param {{ key: string, label: string, onPick?: (i: number) => void, every?: boolean }} options
   */
  constructor({ key, label, onPick, every = false }) {
    this.onPick = onPick;
    this.every = every;
    this.element = el("div", { class: "tokens", "data-fp": `tokens-${key}`, role: "group",
      "aria-label": label, onkeydown: (event) => this.onKey(event) });
  }

  /** @param {Token[]} tokens @param {(i: number) => Look} [lookOf] */
  paint(tokens, lookOf = () => ({})) {
    const spec = tokens.map((token) => `${token.text}/${token.part}`).join(" ");
    if (spec !== this.shown) this.build(tokens);
    this.shown = spec;
    const looks = tokens.map((_, i) => lookOf(i));
    tokens.forEach((token, i) => this.dress(i, token, looks[i]));
    this.element.classList.toggle("noted", looks.some(({ note }) => note));
  }

  // The pieces of a word stand together.
  /** @param {Token[]} tokens */
  build(tokens) {
    this.items = tokens.map((token, i) => this.item(token, i));
    /** @type {HTMLElement[]} */
    const words = [];
    tokens.forEach(({ part }, i) => {
      if (part !== "piece" || !words.length) words.push(el("span", { class: "word" }));
      words[words.length - 1].append(this.items[i].box);
    });
    this.element.replaceChildren(...words);
  }

  /** @param {Token} token @param {number} i */
  item(token, i) {
    const [text, note, at] = [el("bdi"), el("small"), { "data-token": i }];
    const { onPick } = this;
    const picks = onPick && (this.every || token.part !== "special");
    const box = picks ? button("", () => onPick(i), at) : el("span", at);
    box.append(text, note);
    return { box, text, note };
  }

  /** @param {number} i @param {Token} token @param {Look} look */
  dress(i, token, look) {
    const { box, text, note } = this.items[i];
    say(text, look.text ?? (token.part === "unknown" ? token.word || token.text
      : plain(token.text)));
    say(note, look.note ?? "");
    const name = `token ${token.part} ${look.class ?? ""}`.trim();
    if (box.className !== name) box.className = name;
    if (look.pressed !== undefined) box.setAttribute("aria-pressed", String(look.pressed));
    box.title = look.title ?? "";
    box.style.setProperty("--share", String(look.share ?? 0));
    box.style.setProperty("--end", String(look.end ?? 0));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const all = [...this.element.querySelectorAll("button")];
    const at = all.findIndex((one) => one === activeBeside(this.element));
    if (!move || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    all[Math.max(0, Math.min(all.length - 1, at + move))].focus({ preventScroll: true });
  }
}

// The surest words with their probabilities. onOpen(id): the number of a word.
export class Tops {
  /** @param {{ key: string, count?: number, onOpen?: (id: number) => void }} options */
  constructor({ key, count = 8, onOpen }) {
    this.rows = Array.from({ length: count }, () => {
      const [name, bar, text] = [el("bdi"), el("i", { class: "bar" }), el("span")];
      const row = { name, bar, text, id: 0, element: el("li", { hidden: true }) };
      const value = onOpen ? opener(text, () => onOpen(row.id), { class: "value opens" })
        : el("span", { class: "value" }, text);
      row.element.append(name, el("span", { class: "track" }, bar), value);
      return row;
    });
    this.element = el("ol", { class: "tops", "data-fp": `tops-${key}` },
      ...this.rows.map(({ element }) => element));
  }

  // right: the token that stands there.
  /** @param {Guess[]} top @param {string | null} [right] */
  paint(top, right = null) {
    for (const [i, row] of this.rows.entries()) {
      const one = top[i];
      row.element.hidden = !one;
      if (!one) continue;
      row.id = one.id ?? 0;
      say(row.name, alone(one.token));
      say(row.text, one.p === null ? "" : percent(one.p));
      row.bar.style.transform = `scaleX(${one.p ?? 0})`;
      row.element.classList.toggle("won", one.token === right);
      Object.assign(row.element.dataset, { token: one.token, p: String(one.p) });
    }
  }
}

// One probability as a bar with its number.
export class Meter {
  /**
   * @param {{ key: string, name: string, low?: string, high?: string,
   *   onOpen?: () => void }} options
   */
  constructor({ key, name, low = "", high = "", onOpen }) {
    this.name = el("b", {}, name);
    this.bar = el("i", { class: "bar", style: "transform:scaleX(0)" });
    this.value = el("output", { class: "value", "data-fp": `meter-${key}` });
    this.verdict = el("span", { class: "verdict" });
    this.element = el("div", { class: "meter" }, this.name, el("span", { class: "note end" }, low),
      el("span", { class: "track" }, this.bar), el("span", { class: "note" }, high),
      onOpen ? opener(this.value, onOpen) : this.value, this.verdict);
  }

  /** @param {number | null} p @param {string} [verdict] @param {string} [role] */
  paint(p, verdict = "", role = "") {
    this.bar.style.transform = `scaleX(${p ?? 0})`;
    say(this.value, p === null ? "–" : percent(p));
    say(this.verdict, verdict);
    this.element.dataset.p = String(p ?? "");
    this.verdict.className = `verdict ${role}`;
  }
}
