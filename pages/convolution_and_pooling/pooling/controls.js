// What is pooled and how: everything that can be set in the tab "Pooling". It stores no state: it
// shows one, and reports what was changed.

import { choices, press } from "../../kit/controls.js";
import { action, el, entry } from "../../kit/dom.js";
import { Knobs, select } from "../settings.js";

/** @typedef {Partial<PoolView>} Change fields of the view and their new values */

export class PoolControls {
  // onSet(change): see Change; onRest(): the gesture has ended.
  /**
   * @param {PoolWords} words
   * @param {PoolData} data
   * @param {{ onSet: (change: Change) => unknown, onRest: () => unknown }} options
   */
  constructor(words, { view, limits, layers }, { onSet, onRest }) {
    this.state = view;
    this.layers = layers;
    this.onSet = onSet;
    this.onRest = onRest;
    this.knobs =
      new Knobs(words, { onInput: (name, value) => this.turned(name, value), onRest }, "pool-");
    /** @param {"source" | "kind"} name @param {[string, string][]} options */
    const choice = (name, options) => choices(`pool-${name}`, options,
      (value) => this.chosen({ [name]: value }), { "aria-label": words.fields[name] });
    this.source = choice("source", words.sources);
    this.kind = choice("kind", words.kinds);
    this.ceil = choices("pool-ceil", words.roundings, (ceil) => this.chosen({ ceil }),
      { "aria-label": words.fields.ceil });
    this.layer = select("pool-layer", words.fields.layer,
      Object.keys(layers).map((name) => [name, words.layers[name]]),
      (layer) => this.chosen({ layer, map: Math.min(this.state.map, this.last(layer)) }));
    const another = action(words.another,
      () => this.chosen({ number: (this.state.number + 1) % 1_000_000 }),
      { "data-fp": "pool-another" });
    const { make } = this.knobs;
    /** @type {Record<string, HTMLElement>} */
    this.details = {
      drawing: el("p", { class: "note" }, words.drawingNote),
      sample: el("p", {}, another),
      matrix: el("div", { class: "pair" }, make("side", limits.side),
        el("p", { class: "note" }, words.matrixNote)),
      map: el("div", { class: "pair" }, make("map", [0, 63]), this.layer),
    };
    this.element = el("div", { class: "pool-settings" },
      el("fieldset", { "data-block": "pool-input", "data-part": "inputs" },
        el("legend", {}, words.legends.input), this.source,
        el("div", { class: "detail" }, ...Object.values(this.details))),
      el("fieldset", { "data-block": "pool-layer", "data-part": "layer" },
        el("legend", {}, words.legends.layer),
        el("div", { class: "line" }, this.kind, this.ceil),
        el("div", { class: "triple" }, make("window", limits.window),
          make("stride", limits.stride), make("padding", limits.padding))));
  }

  // The last map of a layer.
  /** @param {string} layer @returns {number} */
  last(layer) {
    return entry(this.layers, layer) - 1;
  }

  /** @param {Change} change */
  chosen(change) {
    this.onSet(change);
    this.onRest();
  }

  // No window may lie in the padding altogether: a smaller window takes the padding along.
  /** @param {string} name @param {number} value */
  turned(name, value) {
    const { matrix, padding, window } = this.state;
    if (name === "side") this.onSet({ matrix: resized(matrix, value) });
    else if (name === "window") {
      this.onSet({ window: value, padding: Math.min(padding, Math.floor(value / 2)) });
    } else if (name === "padding") {
      this.onSet({ padding: Math.min(value, Math.floor(window / 2)) });
    } else this.onSet({ [name]: value });
  }

  /** @param {PoolView} state */
  paint(state) {
    this.state = state;
    const { side, ...others } = this.knobs.all;
    others.map.input.max = String(this.last(state.layer));
    for (const [name, knob] of Object.entries(others)) knob.value = entry(state, name);
    side.value = rowsIn(state.matrix).length;
    press(this.source, state.source);
    press(this.kind, state.kind);
    press(this.ceil, state.ceil);
    for (const [name, detail] of Object.entries(this.details)) {
      detail.hidden = name !== state.source;
    }
    this.layer.value = state.layer;
  }
}

// The rows of a typed matrix.
/** @param {string} text */
export const rowsIn = (text) => text.split(";").map((line) => line.trim().split(/\s+/));

// A square matrix of another side: what was there stays, new numbers are 0.
/** @param {string} text @param {number} side */
function resized(text, side) {
  const rows = rowsIn(text);
  return Array.from({ length: side },
    (_, r) => Array.from({ length: side }, (__, c) => rows[r]?.[c] ?? "0").join(" ")).join(";");
}
