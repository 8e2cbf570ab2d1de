// The walk through a page, with or without presenting it. A step changes the document, never the
// session.

import { storage } from "./storage.js";
import { commanded, enterOnce, letter } from "./keys.js";
import { asked } from "./query.js";

const root = document.documentElement;
const TYPING = "input:not([type=range]), textarea, select, [contenteditable]";
const MOVED = "[type=range], [role=slider], [role=radio]";
const MOVES = ["ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Home", "End"];
const PRESSED = "button, a, summary";
const FORWARD = [" ", "ArrowRight", "PageDown"];
const BACK = ["ArrowLeft", "PageUp"];

document.addEventListener("focusin", enterOnce);

// One for the document: mounted again with other words or another page, the old one must fall
// silent.
/** @type {Walk | null} */
let walk = null;

/** @param {{ data: WalkData, parentElement: HTMLElement }} component */
export function mount({ data, parentElement }) {
  walk?.close();
  walk = new Walk(data, parentElement);
}

export function unmount() {
  walk?.close();
  walk = null;
}

class Walk {
  /** @param {WalkData} data @param {HTMLElement} parent */
  constructor(data, parent) {
    this.steps = data.steps;
    this.words = data.words;
    this.memory = `forward-pass:${data.page}`;
    this.part = (/** @type {string} */ name) =>
      /** @type {HTMLButtonElement} */ (parent.querySelector(`[data-do=${name}]`));
    this.bar = /** @type {HTMLElement} */ (parent.querySelector(".fp-steps"));
    this.keys = /** @type {HTMLElement} */ (parent.querySelector(".fp-keys"));
    this.state = { present: false, walk: false, full: false, index: 0, ...this.remembered() };
    if (asked().get("present") === "1") this.state.present = true;
    this.label(data);
    this.onKey = (/** @type {KeyboardEvent} */ event) => this.key(event);
    this.onAsked = () => this.announce();
    this.onLed = (/** @type {Event} */ event) =>
      this.led(/** @type {CustomEvent<{ step: number }>} */ (event).detail.step);
    document.addEventListener("keydown", this.onKey);
    document.addEventListener("forward-pass:step?", this.onAsked);
    document.addEventListener("forward-pass:walk", this.onLed);
    // What else stands at the bottom stands above the bar, however many lines that has.
    this.height = new ResizeObserver(() =>
      document.documentElement.style.setProperty("--fp-steps", `${this.bar.offsetHeight}px`));
    this.height.observe(this.bar);
    this.change({});
  }

  close() {
    document.removeEventListener("keydown", this.onKey);
    document.removeEventListener("forward-pass:step?", this.onAsked);
    document.removeEventListener("forward-pass:walk", this.onLed);
    this.height.disconnect();
    document.documentElement.style.removeProperty("--fp-steps");
    for (const name of ["fpPresent", "fpFull", "fpStep"]) mark(name, false);
  }

  remembered() {
    try {
      return JSON.parse(storage.get(this.memory) ?? "{}");
    } catch {
      return {};
    }
  }

  /** @param {WalkData} data */
  label(data) {
    this.part("leave").textContent = this.words.leave;
    // Where there is nothing to walk through it takes no room; else it keeps its own.
    this.part("walk").textContent = this.steps.length ? this.words.walk : "";
    for (const name of ["walk", "present", "leave"]) {
      this.part(name).removeAttribute("aria-label"); // it was for the time of loading
    }
    this.bar.setAttribute("aria-label", this.words.walk);
    this.part("keys").setAttribute("aria-label", this.words.keys);
    this.keys.setAttribute("aria-label", this.words.keys);
    this.keys.replaceChildren(...data.keys.flatMap(([key, what]) =>
      [labelled("dt", key), labelled("dd", what)]));
    this.part("keys").onclick = () => {
      this.keys.hidden = !this.keys.hidden;
    };
    for (const name of ["previous", "next"]) {
      this.part(name).setAttribute("aria-label", this.words[name]);
    }
    this.part("walk").onclick = () => {
      this.change({ walk: true, index: 0 });
      this.part("walk").blur();
    };
    this.part("present").onclick = () => {
      this.present(!this.state.present);
      this.part("present").blur(); // Otherwise the space bar would press it again.
    };
    this.part("previous").onclick = () => this.change({ index: this.state.index - 1 });
    this.part("next").onclick = () => this.forward();
    this.part("leave").onclick = () => this.present(false);
  }

  get walking() {
    return (this.state.present || this.state.walk) && this.steps.length > 0;
  }

  /** @param {boolean} on */
  present(on) {
    const url = new URL(location.href);
    if (!on) url.searchParams.delete("present");
    history.replaceState(history.state, "", url);
    this.change({ present: on, walk: false, full: false });
  }

  /** @param {Partial<WalkState>} next */
  change(next) {
    Object.assign(this.state, next);
    this.state.index = Math.max(0, Math.min(this.state.index, this.steps.length - 1));
    this.show();
    this.announce();
  }

  // A picture that has asked something reveals it first (guess.js).
  forward() {
    const next = new CustomEvent("forward-pass:next", { cancelable: true });
    if (document.dispatchEvent(next)) this.change({ index: this.state.index + 1 });
  }

  show() {
    const { present, full, index } = this.state;
    mark("fpPresent", present);
    mark("fpFull", full);
    mark("fpStep", this.walking && this.steps[index][0]);
    this.bar.hidden = !(this.walking || present);
    this.keys.hidden ||= this.bar.hidden;
    for (const name of ["previous", "next"]) this.part(name).hidden = !this.walking;
    if (this.walking) {
      this.say(`${index + 1}/${this.steps.length}`, this.steps[index][1]);
      this.part("previous").disabled = index === 0;
      this.part("next").disabled = index === this.steps.length - 1;
    } else this.say("", "");
    this.part("walk").hidden = this.walking || this.steps.length === 0;
    this.part("present").textContent = present ? this.words.stop : this.words.present;
    storage.set(this.memory, JSON.stringify(this.state));
  }

  /** @param {string} place @param {string} text */
  say(place, text) {
    const [count, sentence] = this.bar.querySelectorAll("b, span");
    count.textContent = place;
    sentence.textContent = text;
  }

  // A room is led: the walk stands at the lecturer's step; -1: there is none.
  /** @param {number} step */
  led(step) {
    if (step >= 0) this.change({ walk: true, index: step });
    else if (this.state.walk) this.change({ walk: false });
  }

  announce() {
    const { present, index } = this.state;
    const detail = { index: this.walking ? index : -1,
      id: this.walking ? this.steps[index][0] : "", present,
      controls: "fpControls" in root.dataset };
    document.dispatchEvent(new CustomEvent("forward-pass:step", { detail }));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { present, walk: walked, full, index } = this.state;
    if (!(present || walked) || event.defaultPrevented) return;
    if (commanded(event)) return;
    const key = letter(event);
    const target = /** @type {Element} */ (event.composedPath()[0]);
    if (target.closest?.(TYPING) || (key === " " && target.closest?.(PRESSED))) return;
    if (target.closest?.(MOVED) && MOVES.includes(key)) return;
    if ((key === " " && event.shiftKey) || BACK.includes(key)) this.change({ index: index - 1 });
    else if (FORWARD.includes(key)) this.forward();
    else if (key === "Home") this.change({ index: 0 });
    else if (key === "End") this.change({ index: this.steps.length - 1 });
    else if (key === "f") this.change({ full: !full });
    else if (key === "h") {
      root.toggleAttribute("data-fp-controls");
      this.announce();
    } else if (key === "?") this.keys.hidden = !this.keys.hidden;
    else if (key === "Escape" && !this.keys.hidden) this.keys.hidden = true;
    else if (key === "Escape" && full) this.change({ full: false });
    else if (key === "Escape" && present) this.present(false);
    else if (key === "Escape") this.change({ walk: false });
    else return;
    event.preventDefault();
  }
}

/** @param {string} tag @param {string} text */
function labelled(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

/** @param {string} name @param {boolean | string} on */
function mark(name, on) {
  if (on) root.dataset[name] = on === true ? "1" : on;
  else delete root.dataset[name];
}
