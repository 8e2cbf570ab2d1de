// Controls and marks that every picture has.

import { button, el } from "./dom.js";

/**
 * A row of choices, of which one is pressed.
 * @template {string | number | boolean} Value
 * @param {string} name
 * @param {[Value, string][]} options value and label
 * @param {(value: Value) => unknown} onChoice
 * @param {Attributes} [attributes]
 */
export function choices(name, options, onChoice, attributes = {}) {
  const one = (/** @type {[Value, string]} */ [value, label]) =>
    button(label, () => onChoice(value),
      { "data-fp": `${name}-${value}`, "data-value": String(value) });
  return el("div", { class: "choices", role: "group", ...attributes }, ...options.map(one));
}

/** @param {HTMLElement} group @param {string | number | boolean | null} value */
export function press(group, value) {
  for (const choice of /** @type {Iterable<HTMLElement>} */ (group.children)) {
    choice.setAttribute("aria-pressed", String(choice.dataset.value === String(value)));
  }
}

// A title, a note beside it, and more.
/** @param {string} title @param {string} [note] @param {...import("./dom.js").Child} more */
export const head = (title, note = "", ...more) =>
  el("div", { class: "head" }, el("h2", {}, title), el("span", { class: "note" }, note), ...more);

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

// Rows and columns that an arrow key goes; undefined for other keys and for commands.
/** @param {KeyboardEvent} event */
export const arrow = (event) =>
  event.ctrlKey || event.metaKey || event.altKey ? undefined : ARROWS[event.key];
