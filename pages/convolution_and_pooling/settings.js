// What the settings of a layer are made of: sliders and lists.

import { el } from "../kit/dom.js";
import { Knob } from "../kit/knob.js";

// A slider for each name; onInput(name, value) while one moves, onRest() when it is let go.
export class Knobs {
  /** @type {Record<string, Knob>} */
  all = {};

  /**
   * @param {{ fields: Record<string, string>, help: Record<string, string> }} words
   * @param {{ onInput: (name: string, value: number) => unknown, onRest: () => unknown }} options
   * @param {string} [prefix] of the names that scripts know the sliders by
   */
  constructor({ fields, help }, { onInput, onRest }, prefix = "") {
    /** @param {string} name @param {number[]} limits @param {(value: number) => string} [show] */
    this.make = (name, [low, high], show) => {
      const knob = new Knob({ name: `${prefix}${name}`, label: fields[name], help: help[name], low,
        high, show }, { onInput: (_, value) => onInput(name, value), onChange: onRest });
      this.all[name] = knob;
      return knob.element;
    };
  }
}

/**
 * @param {string} name
 * @param {string} label
 * @param {[string, string][] | HTMLElement[]} options value and label, or groups of them
 * @param {(value: string) => unknown} onChoice
 */
export function select(name, label, options, onChoice) {
  const list = el("select", { "data-fp": name, "aria-label": label,
    onchange: () => { onChoice(list.value); } },
    ...options.map((one) => Array.isArray(one) ? option(one) : one));
  return list;
}

/** @param {[string, string]} pair value and label */
export const option = ([value, label]) => el("option", { value }, label);

// One of a row of choices.
/** @param {HTMLElement} row @param {string} value */
export const choiceOf = (row, value) =>
  /** @type {HTMLButtonElement} */ (row.querySelector(`[data-value="${value}"]`));
