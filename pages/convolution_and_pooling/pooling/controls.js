// @ts-nocheck
// What is pooled and how: everything that can be set in the tab "Pooling". It keeps no state: it
// shows one, and says what was changed.

import { press } from "../../kit/controls.js";
import { button, el, entry } from "../../kit/dom.js";
import { Knob } from "../../kit/knob.js";

export class PoolControls {
  /** @type {PoolView | null} */
  state = null;

  // onSet(change, event): fields and their new values; onRest(): the hand rests.
  /**
   * @param {PoolWords} words
   * @param {PoolData} options
   * @param {{ onSet: (change: any, event: PointerEvent | Event | { timeStamp: number }) => any,
   *   onRest: () => void }} options
   */
  constructor(words, { limits, layers }, { onSet, onRest }) {
    this.words = words;
    this.limits = limits;
    this.layers = layers;
    this.onSet = onSet;
    this.onRest = onRest;
    this.knobs = {};
    this.groups = {};
    this.layer = el("select", { "data-fp": "pool-layer", "aria-label": words.fields.layer,
      onchange: (event) => this.chosen({ layer: this.layer.value,
        map: Math.min(this.state.map, entry(layers, this.layer.value) - 1) }, event) },
      ...Object.keys(layers).map((name) => el("option", { value: name }, words.layers[name])));
    this.another = button(words.another, (event) => this.chosen({
      number: (this.state.number + 1) % 1_000_000,
    }, event), { class: "quiet", "data-fp": "pool-another" });
    this.details = {
      drawing: el("p", { class: "note" }, words.drawingNote),
      sample: el("p", {}, this.another),
      matrix: el("div", { class: "pair" }, this.knob("side", limits.side),
        el("p", { class: "note" }, words.matrixNote)),
      map: el("div", { class: "pair" }, this.knob("map", [0, 63]), this.layer),
    };
    this.element = el("div", { class: "pool-settings" },
      el("fieldset", { "data-block": "pool-input", "data-part": "inputs" },
        el("legend", {}, words.legends.input),
        this.choice("source", words.sources),
        el("div", { class: "detail" }, ...Object.values(this.details))),
      el("fieldset", { "data-block": "pool-layer", "data-part": "layer" },
        el("legend", {}, words.legends.layer),
        el("div", { class: "line" }, this.choice("kind", words.kinds),
          this.choice("ceil", words.roundings)),
        el("div", { class: "triple" }, this.knob("window", limits.window),
          this.knob("stride", limits.stride), this.knob("padding", limits.padding))));
  }

  /** @param {string} name @param {[number, number]} options */
  knob(name, [low, high]) {
    const made = new Knob({ name: `pool-${name}`, label: this.words.fields[name],
      help: this.words.help[name] ?? null, low, high }, {
      onInput: (_, value) => this.turned(name, value), onChange: () => this.onRest(),
    });
    /** @type {any} */ (this.knobs)[name] = made;
    return made.element;
  }

  /** @param {string} name @param {any} options */
  choice(name, options) {
    /** @type {any} */ (this.groups)[name] = el("div", { class: "choices", role: "group",
      "aria-label": this.words.fields[name] }, ...options.map((/** @type {any} */ [value, label]) =>
      button(label, (event) => this.chosen({ [name]: value }, event),
        { "data-fp": `pool-${name}-${value}`, "data-value": String(value) })));
    return entry(this.groups, name);
  }

  /** @param {{ number: number }} change @param {Event | PointerEvent} event */
  chosen(change, event) {
    this.onSet(change, event);
    this.onRest();
  }

  // No window may lie in the padding altogether: a smaller window takes the padding along.
  /** @param {string} name @param {number} value */
  turned(name, value) {
    const event = { timeStamp: performance.now() };
    if (name === "side") return this.onSet({ matrix: resized(this.state.matrix, value) }, event);
    const change = { [name]: value };
    if (name === "window") change.padding = Math.min(this.state.padding, Math.floor(value / 2));
    if (name === "padding") change.padding = Math.min(value, Math.floor(this.state.window / 2));
    this.onSet(change, event);
  }

  /** @param {PoolView | undefined} state */
  paint(state) {
    this.state = state;
    const { knobs, groups, details } = this;
    for (const name of ["window", "stride", "padding", "map"]) {
      if (name === "map") knobs.map.input.max = entry(this.layers, state.layer) - 1;
      entry(knobs, name).value = entry(state, name);
    }
    knobs.side.value = rowsOf(state.matrix).length;
    for (const [name, group] of Object.entries(groups)) press(group, String(entry(state, name)));
    for (const [name, detail] of Object.entries(details)) detail.hidden = name !== state.source;
    this.layer.value = state.layer;
  }
}

/** @param {string} text */
export const rowsOf = (text) => text.split(";").map((line) => line.trim().split(/\s+/));

// A square matrix of another side: what was there stays, new numbers are 0.
/** @param {string} text @param {number} side */
function resized(text, side) {
  const rows = rowsOf(text);
  return Array.from({ length: side },
    (_, r) => Array.from({ length: side }, (__, c) => rows[r]?.[c] ?? "0").join(" ")).join(";");
}
