// A guess in the picture: what would betray the answer is covered until somebody has guessed or
// wants to be shown. pages/kit/guess.py says what is asked; who guessed is remembered for the
// session. Nobody is asked who comes by an address that asks for a state, nor who presents, until
// the walk comes to it: there the next key reveals.

import { button, el, fill, say } from "./dom.js";
import { storage } from "./storage.js";

const KEY = "forward-pass:guesses";
const TRIES = 2;

/** @typedef {import("./steps.js").Step} Step */
/** @typedef {{ passed: string[], quiet: boolean }} Remembered passed: guesses made or refused */

/** @returns {Remembered} */
export function remembered() {
  try {
    const found = JSON.parse(storage.get(KEY) ?? "{}");
    return { passed: Array.isArray(found.passed) ? found.passed : [], quiet: found.quiet === true };
  } catch {
    return { passed: [], quiet: false };
  }
}

// Whether this page was come to by an address that asks for no state of it. What pages write into
// their address later does not count, nor does how another page was come to.
/** @param {string} came the address that the browser opened @param {string} page where it is now */
export function isInvited(came, page) {
  const { pathname, searchParams } = new URL(came, "http://localhost");
  return pathname !== page || [...searchParams.keys()].every((name) => name === "lang");
}

const arrived = () =>
  isInvited(performance.getEntriesByType("navigation")[0]?.name ?? "", location.pathname);

/**
 * What there is to see of a guess: nothing ("off"), the cover alone, the question too, or what
 * came of it.
 * @param {{ name: string, step: string }} guess
 * @param {{ walk: Step | null, came: boolean, revealed: boolean, invited: boolean }} now
 *   walk: its step, if one is on show; came: it has been at the guess's own; revealed: the answer
 *   is known; invited: the address allows to ask
 * @param {Remembered} memory
 */
export function stateOf(guess, { walk, came, revealed, invited }, memory) {
  const passed = memory.passed.includes(guess.name);
  if (memory.quiet && !revealed) return "off";
  if (!walk) return revealed ? "revealed" : passed || !invited ? "off" : "asked";
  const here = walk.id.split(" ").includes(guess.step);
  if (revealed) return here ? "revealed" : "off";
  if (walk.present) return here ? "asked" : "off";
  if (passed || (came && !here)) return "off";
  return here ? "asked" : "covered";
}

export class Guess {
  /** @type {GuessData | null} */
  data = null;
  /** @type {string[]} */
  tries = [];
  revealed = false;
  came = false;
  closed = false;
  invited = arrived();
  /** @type {Step | null} */
  walked = null;

  /** @param {HTMLElement} root of the picture */
  constructor(root) {
    this.root = root;
    this.veil = el("style");
    this.prompt = el("p", { class: "prompt" });
    this.choices = el("div", { class: "offered", role: "group" });
    this.said = el("p", { class: "said", role: "status", "data-fp": "first-said" });
    this.foot = el("p", { class: "foot" });
    this.element = el("section", { class: "first-guess", "data-fp": "first-guess" },
      this.prompt, this.choices, this.said, this.foot);
    this.onNext = (/** @type {Event} */ event) => this.next(event);
    this.onClick = (/** @type {MouseEvent} */ event) => this.click(event);
    document.addEventListener("forward-pass:next", this.onNext);
    root.addEventListener("click", this.onClick, true);
  }

  close() {
    document.removeEventListener("forward-pass:next", this.onNext);
    this.root.removeEventListener("click", this.onClick, true);
  }

  // What the page asks now. About another state it is asked anew, unless it has been answered.
  /** @param {GuessData | null | undefined} data */
  take(data) {
    const before = this.data;
    this.data = data ?? null;
    if (before?.name !== data?.name || before?.about !== data?.about) {
      this.tries = [];
      this.revealed = false;
    }
    this.paint();
  }

  /** @param {Step} step */
  walk(step) {
    const was = this.walked;
    this.walked = step.index < 0 ? null : step;
    if (!this.walked || (was && was.present !== step.present)) this.came = false;
    if (was && !this.walked) this.revealed = false;
    if (this.data && step.id.split(" ").includes(this.data.step)) this.came = true;
    this.paint();
  }

  get state() {
    return this.data && !this.closed ? stateOf(this.data, { walk: this.walked, came: this.came,
      revealed: this.revealed, invited: this.invited }, remembered()) : "off";
  }

  // The walk goes on only when the answer has been seen.
  /** @param {Event} event */
  next(event) {
    if (!this.walked || this.state !== "asked") return;
    event.preventDefault();
    this.reveal();
  }

  /** @param {MouseEvent} event */
  click(event) {
    if (this.state !== "asked" || !this.data) return;
    const at = /** @type {Element} */ (event.composedPath()[0]);
    const found = Object.entries(this.data.picks).find(([, where]) => at.closest?.(where));
    if (!found || this.tries.includes(found[0])) return;
    event.preventDefault();
    event.stopPropagation();
    this.guess(found[0]);
  }

  /** @param {string} choice */
  guess(choice) {
    const { answer, choices } = /** @type {GuessData} */ (this.data);
    this.tries.push(choice);
    const over = choice === answer || this.tries.length >= Math.min(TRIES, choices.length - 1);
    if (over) this.reveal();
    else this.paint();
  }

  reveal() {
    this.revealed = true;
    this.remember();
    this.paint();
    /** @type {HTMLElement | null} */ (this.foot.querySelector("button"))?.focus();
  }

  // A lecturer who is shown has not guessed.
  remember(quiet = false) {
    const { passed, quiet: before } = remembered();
    const name = /** @type {GuessData} */ (this.data).name;
    const all = this.walked?.present ? passed : [...new Set([...passed, name])];
    storage.set(KEY, JSON.stringify({ passed: all, quiet: quiet || before }));
  }

  pass(quiet = false) {
    this.remember(quiet);
    this.revealed = false;
    this.closed = Boolean(this.walked); // until the walk goes on, what is shown stays shown
    this.paint();
    this.closed = false;
  }

  paint() {
    const { data, state } = this;
    const hides = state === "asked" || state === "covered";
    const covered = ["asked", "covered"].includes(this.root.dataset.guess ?? "");
    this.root.dataset.guess = state;
    if (covered && !hides) this.root.dispatchEvent(new CustomEvent("revealed"));
    say(this.veil, hides && data ? veiled(data.covers) : "");
    this.stands(this.veil, hides);
    this.stands(this.element, state === "asked" || state === "revealed");
    if (!data || !this.element.parentNode) return;
    this.element.classList.toggle("presenting", this.walked?.present ?? false);
    const { words, choices, picks, prompt } = data;
    this.element.setAttribute("aria-label", words.title);
    this.prompt.replaceChildren(el("b", {}, `${words.title}. `), prompt,
      ...(state === "asked" && Object.keys(picks).length ? [" ",
        el("span", { class: "note" }, words.click)] : []));
    this.choices.replaceChildren(...choices.map(([key, text]) => button(text,
      () => this.guess(key), { class: "action", "data-value": key, "data-fp": `first-${key}`,
        disabled: state === "revealed" || this.tries.includes(key),
        "data-state": this.outcome(key) })));
    say(this.said, this.sentence());
    const ways = state === "revealed" ? [["close", () => this.pass()]]
      : [["pass", () => this.pass()], ...(this.walked ? [] : [["quiet", () => this.pass(true)]])];
    this.foot.replaceChildren(...ways.map(([name, does]) => button(words[/** @type {"pass"} */
      (name)], /** @type {() => void} */ (does), { class: "quiet", "data-fp": `first-${name}` })));
  }

  // A picture that asks nothing has nothing of it.
  /** @param {HTMLElement} part @param {boolean} needed */
  stands(part, needed) {
    if (!needed) part.remove();
    else if (part.parentNode !== this.root) this.root.prepend(part);
  }

  /** @param {string} key */
  outcome(key) {
    if (this.revealed && key === this.data?.answer) return "right";
    return this.tries.includes(key) ? "wrong" : null;
  }

  sentence() {
    const { words, answer, wrong, choices, explanation } = /** @type {GuessData} */ (this.data);
    const named = Object.fromEntries(choices);
    const last = this.tries.at(-1);
    const why = last === undefined ? "" : wrong[last];
    const known = fill(words.shown, { answer: named[answer], explanation });
    if (last === undefined) return this.revealed ? known : "";
    if (!this.revealed) return fill(words.again, { given: named[last], why });
    if (last === answer) return fill(words.right, { answer: named[answer], explanation });
    return `${fill(words.wrong, { why })} ${known}`;
  }
}

// A cover keeps the room of what it hides, from eyes, pointers, keys and screen readers alike.
/** @param {string} covers */
const veiled = (covers) => {
  const parts = `[data-guess] :is(${covers})`;
  return `${parts}, ${parts} * { visibility: hidden !important; }
    :where(${parts}) { position: relative; }
    ${parts}::after { content: "?"; position: absolute; inset: 0; visibility: visible;
      display: grid; place-items: center; background: var(--wash); color: var(--grey);
      font-weight: 650; line-height: 1; }`;
};
