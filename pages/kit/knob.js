// A slider with its name and its value: for what must follow the hand without a rerun of the page.

import { el, say } from "./dom.js";

export class Knob {
  // show: how a value is written; onInput while it moves, onChange when it rests.
  constructor({ name, label, help, low, high, step = 1, show = String }, { onInput = () => {}, onChange = () => {} }) {
    Object.assign(this, { name, show });
    this.output = el("output", {});
    this.input = el("input", {
      type: "range", min: low, max: high, step, "aria-label": label, title: help, "data-fp": name,
      oninput: () => { this.tell(); onInput(name, this.value); },
      onchange: () => onChange(name, this.value),
    });
    this.element = el("label", { class: "knob", title: help }, el("span", {}, label, this.output), this.input);
  }

  get value() {
    return Number(this.input.value);
  }

  set value(value) {
    this.input.value = value;
    this.tell();
  }

  tell() {
    const text = this.show(this.value);
    say(this.output, text);
    const { min, max, value } = this.input;
    this.input.style.setProperty("--share", `${(100 * (value - min)) / (max - min)}%`);
    this.input.setAttribute("aria-valuetext", text);
  }
}
