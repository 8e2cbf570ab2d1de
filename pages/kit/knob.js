// A slider with its name and its value: for what must follow the hand without a rerun of the page.

import { el, say } from "./dom.js";

export class Knob {
  // show: how a value is written; onInput while it moves, onChange when it rests.
  /**
   * @param {{ name: string, label: string, help?: string | null, low: number, high: number,
   *   step?: number, show?: (value: number) => string }} options
   * @param {{ onInput?: (name: string, value: number) => unknown,
   *   onChange?: (name: string, value: number) => unknown }} told
   */
  constructor({ name, label, help, low, high, step = 1, show = String },
    { onInput = () => {}, onChange = () => {} }) {
    this.name = name;
    this.show = show;
    this.output = el("output", {});
    this.input = el("input", {
      type: "range", min: low, max: high, step, "aria-label": label, title: help, "data-fp": name,
      oninput: () => { this.paint(); onInput(name, this.value); },
      onchange: () => onChange(name, this.value),
    });
    this.element =
      el("label", { class: "knob", title: help }, el("span", {}, label, this.output), this.input);
  }

  get value() {
    return Number(this.input.value);
  }

  /** @param {number} value */
  set value(value) {
    this.input.value = String(value);
    this.paint();
  }

  paint() {
    const text = this.show(this.value);
    say(this.output, text);
    const [min, max] = [Number(this.input.min), Number(this.input.max)];
    const share = (this.value - min) / (max - min);
    this.input.style.setProperty("--share", `${100 * share}%`);
    this.input.setAttribute("aria-valuetext", text);
  }
}
