// The arithmetic behind the selected number, what it comes to, and the switch of its filter.

import { button, el, fill, number, say } from "../kit/dom.js";
import { Arithmetic } from "../kit/opened.js";

const SWITCHED = /^(conv|relu|pool)[12]$/; // layers whose maps have a filter of their own

export class Working {
  /**
   * @param {DigitWords} words
   * @param {{ onPlace: (place: DigitViewPlace) => void, onSwitch: () => void,
   *   onInk: () => void }} options onInk: how much ink is there is to be opened
   */
  constructor(words, { onPlace, onSwitch, onInk }) {
    this.words = words;
    this.arithmetic = new Arithmetic(words.opened, {
      onSource: (layer, [map, row = 0, column = 0]) => onPlace({ layer, map, row, column }),
      nameOf: (layer, at) => this.nameOf(layer, at),
    });
    this.total = el("output", { class: "total", "data-fp": "total" });
    this.switch = button("", onSwitch, { class: "quiet", "data-fp": "switch-off" });
    this.ink = button(fill(words.onward, { name: words.arrays.ink }), onInk,
      { class: "quiet", "data-fp": "ink" });
    this.element = el("div", { class: "arithmetic" }, this.arithmetic.body,
      el("div", { class: "result" }, this.arithmetic.lines, this.total, this.ink, this.switch));
  }

  // A digit among the probabilities; a unit or a pixel of a layer.
  /** @param {string} layer @param {number[]} at */
  nameOf(layer, [map, row, column]) {
    if (layer === "logits") return String(map);
    const name = `${this.words.layers[layer]} ${map}`;
    return row == null ? name : `${name} (${row}, ${column})`;
  }

  /** @param {TraceOpened} opened @param {Palette} palette @param {boolean} isOff */
  paint({ place: { layer, map }, number: opened }, palette, isOff) {
    const { words } = this;
    const ink = layer === "input" ? fill(words.ink, { ink: number(opened.x ?? 0) }) : "";
    this.arithmetic.paint(opened, palette, ink);
    const name = fill(words.valueOf[layer] ?? "{layer}", { layer: words.layers[layer], map });
    this.arithmetic.result(this.total, `${name} = ${number(opened.value)}`);
    this.total.dataset.value = String(opened.value);
    this.ink.hidden = layer !== "input";
    this.switch.hidden = !SWITCHED.test(layer);
    say(this.switch, fill(isOff ? words.switchOn : words.switchOff, { map }));
    this.switch.setAttribute("aria-pressed", String(isOff));
  }
}
