// Small helpers for building the page by hand; the parts hold no framework.

import { particles } from "./particles.js";

/** @typedef {Node | string | null | undefined} Child */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes] true: there, without a value; false, null: not there
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/**
 * @param {Child} label
 * @param {(event: PointerEvent) => unknown} onclick
 * @param {Attributes} [attributes]
 */
export function button(label, onclick, attributes = {}) {
  return el("button", { type: "button", onclick, ...attributes }, label);
}

// A button that does something at once; what merely chooses is a word (`choices`).
/**
 * @param {Child} label
 * @param {(event: PointerEvent) => unknown} onclick
 * @param {Attributes} [attributes]
 */
export function action(label, onclick, attributes = {}) {
  return button(label, onclick, { class: "action", ...attributes });
}

// Pixels of a canvas for one of the page; as many more as a presented picture may need.
export const density = () =>
  devicePixelRatio * (document.documentElement.dataset.fpPresent ? 2 : 1);

// Where the pointer is in an element, in the element's own pixels: a picture that is presented is
// scaled (camera.js).
/** @param {MouseEvent} event @param {Element} element @returns {[number, number]} */
export function pointed(event, element) {
  const box = element.getBoundingClientRect();
  const scale = box.width / (element.clientWidth || box.width);
  return [(event.clientX - box.left) / scale, (event.clientY - box.top) / scale];
}

// A drawing that the arrow keys walk through is a slider to a screen reader: something that is
// moved along, with the value at which it stands in words.
/** @param {string | null} [label] @returns {Attributes} */
export const walkable = (label = null) =>
  ({ tabindex: "0", role: "slider", "aria-label": label, "aria-valuenow": "0" });

/** @param {Element} element @param {string} text @param {number} [at] @param {number} [last] */
export function stands(element, text, at = 0, last = at) {
  element.setAttribute("aria-valuemax", String(last));
  element.setAttribute("aria-valuenow", String(at));
  element.setAttribute("aria-valuetext", text);
}

// Text changes in place and only when it differs: nothing jumps, nothing is laid out again for
// nothing. What was said is remembered here, since asking the page for it sixty times a second
// costs more than saying it.
/** @type {WeakMap<Element, string>} */
const shownText = new WeakMap();

/** @param {Element} element @param {string} text */
export function say(element, text) {
  if (shownText.get(element) === text) return;
  shownText.set(element, text);
  element.textContent = text;
}

// Three places at most, a real minus sign, the same width for the same number of digits.
/** @param {number} value */
export function number(value, places = 3) {
  if (!Number.isFinite(value)) return "–";
  const text = Math.abs(value).toFixed(places);
  return (value < 0 && Number(text) !== 0 ? "−" : "") + text;
}

/** @param {number} value */
export const signed = (value, places = 3) => (value < 0 ? "" : "+") + number(value, places);

// "{name}" in a translated sentence is filled with values.name; Korean particles follow it.
/** @param {string} sentence @param {object} values */
export const fill = (sentence, values) => {
  const known = /** @type {Record<string, any>} */ (values);
  return particles(sentence.replace(/\{(\w+)\}/g, (whole, name) => known[name] ?? whole));
};

/**
 * A translated sentence with nodes for its names; Korean particles follow their text. A node stands
 * in one place only: where a sentence names it again, its text does.
 * @param {string} sentence @param {Record<string, string | Node>} values
 */
export function filled(sentence, values) {
  let before = "";
  const used = new Set();
  return sentence.split(/\{(\w+)\}/).map((part, i) => {
    const value = i % 2 ? values[part] ?? "" : particles(before + part).slice(before.length);
    const text = typeof value === "string" ? value : value.textContent ?? "";
    before += text;
    const again = i % 2 === 1 && used.has(part);
    if (i % 2) used.add(part);
    return again ? text : value;
  });
}

/** A whole number, in groups of three. @param {number} value */
export const grouped = (value) => value.toLocaleString("en").replace("-", "−");

// Of what has not been counted there is no share.
/** @param {number} share */
export function percent(share) {
  return Number.isFinite(share) ? `${(100 * share).toFixed(1)}%` : "–";
}

// What a table holds under a name that is made while the page runs.
/** @param {object} table @param {string} name @returns {any} */
export const entry = (table, name) => /** @type {Record<string, any>} */ (table)[name];

/** @param {HTMLCanvasElement} canvas @returns {CanvasRenderingContext2D} */
export const contextOf = (canvas) =>
  /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));

// What an event happened to; listeners here stand on elements only.
/** @param {Event} event @returns {HTMLElement} */
export const targetOf = (event) => /** @type {HTMLElement} */ (event.target);

// The element that has the keys' attention, within the shadow that an element stands in.
/** @param {Element} element @returns {Element | null} */
export const activeBeside = (element) =>
  /** @type {Document | ShadowRoot} */ (element.getRootNode()).activeElement;

// The text of our style sheets; a component stands in a shadow and brings its own.
/** @param {...string} names */
export async function styles(...names) {
  const texts =
    names.map(async (name) => (await fetch(new URL(`../${name}`, import.meta.url))).text());
  return (await Promise.all(texts)).join("\n");
}
