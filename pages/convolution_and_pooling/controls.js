// @ts-nocheck
// Everything that can be set: input, kernel, movement, channels and what comes after. It keeps no
// state: it shows one, and says what was changed.

import { press } from "../kit/controls.js";
import { activeBeside, button, el, entry, fill, say } from "../kit/dom.js";
import { Knob } from "../kit/knob.js";

// what another filter begins with
const NEXT = ["sobel_y", "sobel_x", "laplacian", "gauss", "corner", "gabor"];

export class Controls {
  /** @type {any} */
  state;
  /** @type {any} */
  last;
  /** @type {any} */
  map;

  // onSet(change, event, rest): fields and their new values; rest: the hand rests.
  /**
   * @param {ConvWords} words
   * @param {ConvData} options
   * @param {(all: any, event: { timeStamp: number } | Event | null,
   *   resize?: boolean) => undefined} onSet
   */
  constructor(words, { limits, natural, learned }, onSet) {
    this.words = words;
    this.limits = limits;
    this.natural = natural;
    this.learned = learned;
    this.onSet = onSet;
    this.knobs = {};
    /** @param {string} name @param {[number, number]} options @param {StringConstructor} [show] */
    const knob = (name, [low, high], show = String) => {
      const made = new Knob({ name, label: words.fields[name], help: words.help[name] ?? null, low,
        high, show }, {
        onInput: (_, value) => this.turned(name, value), onChange: () => onSet({}, null, true),
      });
      /** @type {any} */ (this.knobs)[name] = made;
      return made.element;
    };
    /** @param {string} name @param {any} options */
    const choice = (name, options) => el("div", { class: "choices", role: "group",
      "aria-label": words.fields[name] ?? words.groups[name] ?? name },
        ...options.map((/** @type {any} */ [value, label]) =>
      button(label, () => this.chosen(name, value),
        { "data-fp": `${name}-${value}`, "data-value": String(value) })));
    /** @param {string} name @param {any} options */
    const select = (name, options) => {
      const made = el("select", { "data-fp": name, "aria-label": words.fields[name],
        onchange: (event) => this.chosen(name, made.value, event) }, ...options);
      return made;
    };
    /** @param {any} pairs */
    const options =
      (pairs) => pairs.map((/** @type {any} */ [value, label]) => el("option", { value }, label));

    this.sources = choice("source", words.sources);
    this.another = button(words.another, () => onSet({ seed: (this.state.seed + 1) % 1_000_000 },
      null, true), { class: "quiet", "data-fp": "another" });
    this.normalised = check(words.fields.normalised, "normalised", words.help.normalised,
      (on) => onSet({ normalised: on }, null, true));
    const input = el("fieldset", { "data-block": "controls-input", "data-part": "inputs" },
      el("legend", {}, words.groups.input), this.sources,
      el("div", { class: "line" }, this.another, this.normalised),
      knob("channels", limits.channels));

    this.names = select("kernel", [
      ...words.kernelGroups.map(([title, names]) =>
        el("optgroup", { label: title }, ...options(names))),
      ...Object.entries(learned).map(([network, layers]) => el("optgroup",
        { label: words.networks[network] }, ...layers.map((/** @type {any} */ [layer]) =>
        el("option", { value: `${network}.${layer}` }, `${words.networks[network]} · ${layer}`)))),
    ]);
    this.dice = button(words.dice, () => onSet({ dice: (this.state.dice + 1) % 1_000_000 }, null,
      true), { class: "quiet", "data-fp": "dice" });
    this.release =
      button("", () => onSet({ edits: [] }, null, true), { class: "quiet", "data-fp": "release" });
    this.flips = choice("flipped", words.flips);
    const kernel = el("fieldset", { "data-block": "controls-kernel", "data-part": "kernel" },
      el("legend", {}, words.groups.kernel),
      el("div", { class: "line" }, this.names, this.dice), el("div", { class: "pair" },
        knob("number", [0, 63]), knob("angle", limits.angle, (value) => `${value}°`)),
      el("div", { class: "pair" }, knob("rows", limits.kernel), knob("columns", limits.kernel)),
      el("div", { class: "line" }, this.flips, this.release));

    this.named = choice("padding", words.paddings);
    this.modes = select("mode", options(words.modes));
    this.directions = choice("transposed", words.directions);
    const movement = el("fieldset", { "data-block": "controls-movement", "data-part": "movement" },
      el("legend", {}, words.groups.movement),
      el("div", { class: "pair" }, knob("stride", [0, limits.stride[1]]),
        knob("dilation", limits.dilation)),
      el("div", { class: "pair" }, knob("padding", limits.padding),
        el("div", { class: "beside" }, this.named, this.modes)),
      this.directions);

    this.after = select("after", options(words.afters));
    this.bias = el("input", { type: "number", step: "0.1", min: -100, max: 100, "data-fp": "bias",
      "aria-label": words.fields.bias,
      oninput: (event) => this.biased(event), onchange: () => onSet({}, null, true) });
    this.fewer = button("−", () => this.drop(),
      { "data-fp": "filter-less", "aria-label": words.fewer, title: words.fewer });
    this.more = button("+", () => this.add(),
      { "data-fp": "filter-more", "aria-label": words.more, title: words.more });
    this.count = el("output", {});
    this.depthwise = button(words.depthwise, () => this.deep(),
      { class: "quiet", "data-fp": "depthwise", title: words.help.depthwise });
    const after = el("fieldset", { "data-block": "controls-after", "data-part": "after" },
      el("legend", {}, words.groups.after),
      el("div", { class: "line" }, el("span", {}, words.fields.filters), this.fewer, this.count,
        this.more, this.depthwise),
      el("div", { class: "pair" }, el("label", { class: "named" },
        el("span", {}, words.fields.bias), this.bias),
          el("label", { class: "named" }, el("span", {}, words.fields.after), this.after)),
      el("div", { class: "pair" }, knob("groups", limits.groups),
        knob("output_padding", limits.output_padding)));
    this.element = el("div", { class: "settings" }, input, kernel, movement, after);
  }

  // state: the view as the page has it; last: the latest answer; map: the shown filter.
  /** @param {ConvView} state @param {ConvAnswer} last @param {number} map */
  paint(state, last, map) {
    this.state = state;
    this.last = last;
    this.map = map;
    const { words, knobs } = this;
    press(this.sources, state.source);
    press(this.flips, String(state.flipped));
    press(this.directions, String(state.transposed));
    press(this.named, String(state.padding));
    for (const choice of this.sources.children) {
      if (choice.dataset.value === "picture") choice.hidden = !state.picture;
    }
    this.another.hidden = state.source === "matrix" || state.source === "picture"
      || (state.drawing && state.source !== "sample");
    this.normalised.hidden = state.source === "matrix" || state.source === "maps";
    this.normalised.firstChild.checked = state.normalised;
    knobs.channels.element.hidden = state.source !== "maps";
    const name = state.filters[map] ?? state.filters[0];
    const [network, layer, index] = name.split(".");
    this.names.value = layer ? `${network}.${layer}` : name;
    this.dice.hidden = name !== "random";
    knobs.angle.element.hidden = name !== "gabor";
    knobs.number.element.hidden = !layer;
    if (layer) {
      knobs.number.input.max =
        (entry(this.learned, network)?.find((/** @type {any} */ [one]) => one === layer)?.[1] ?? 1)
          - 1;
      knobs.number.value = Number(index);
    }
    for (const field of ["rows", "columns", "stride", "dilation", "groups", "channels", "angle",
      "output_padding"]) {
      if (entry(knobs, field).value !== entry(state, field)) {
        entry(knobs, field).value = entry(state, field);
      }
      else entry(knobs, field).tell();
    }
    const padding = typeof state.padding === "number" ? state.padding
      : state.padding === "valid" ? 0 : last?.rows.low ?? 0;
    knobs.padding.value = padding;
    if (state.padding === "same" && last) {
      say(knobs.padding.output,
      last.rows.low === last.rows.high ? String(last.rows.low)
        : `${last.rows.low} + ${last.rows.high}`);
    }
    for (const choice of this.named.children) {
      if (choice.dataset.value === "same") choice.disabled = state.transposed;
    }
    this.modes.value = state.mode;
    this.modes.disabled = state.transposed;
    knobs.output_padding.element.classList.toggle("absent", !state.transposed);
    say(this.count, String(state.filters.length));
    this.fewer.disabled = state.filters.length <= this.limits.filters[0];
    this.more.disabled = state.filters.length >= this.limits.filters[1];
    const channels = last?.input.shape[0] ?? 1;
    knobs.groups.element.classList.toggle("absent", channels === 1 && state.groups === 1);
    this.depthwise.classList.toggle("absent", channels === 1);
    this.after.value = state.after;
    const own = last?.own_bias[map] ?? 0;
    const bias = String(Math.round((state.bias[map] ?? own) * 1000) / 1000);
    if (activeBeside(this.bias) !== this.bias && this.bias.value !== bias) {
      this.bias.value = bias;
    }
    this.release.hidden = state.edits.length === 0;
    say(this.release, fill(words.release, { count: state.edits.length }));
  }

  // -- what was changed ---------------------------------------------------------------------------

  /** @param {string} name @param {number} value */
  turned(name, value) {
    const event = { timeStamp: performance.now() };
    if (name === "number") return this.rename(`${this.names.value}.${value}`, event);
    if (name === "rows" || name === "columns") {
      return this.onSet({ [name]: value, edits: [] }, event);
    }
    this.onSet({ [name]: value }, event);
  }

  /** @param {string} name @param {string} value */
  chosen(name, value) {
    const event = { timeStamp: performance.now() };
    if (name === "kernel") {
      return this.rename(value.includes(".") ? `${value}.0` : value, event, true);
    }
    if (name === "source") return this.onSet({ source: value, groups: 1 }, event, true);
    if (name === "flipped") return this.onSet({ flipped: value }, event, true);
    if (name === "transposed") {
      const plain = value ? { mode: "zeros",
        ...(this.state.padding === "same" ? { padding: 0 } : {}) } : { output_padding: 0 };
      return this.onSet({ transposed: value, ...plain }, event, true);
    }
    if (name === "padding" && value === "same") return this.onSet({ padding: value }, event, true);
    this.onSet({ [name]: value }, event, true);
  }

  // Another kernel for the shown filter, in the size that it has by itself.
  /** @param {string} name @param {{ timeStamp: number }} event @param {boolean} [resize] */
  rename(name, event, resize = false) {
    const { state, map } = this;
    const [rows, columns] = resize ? this.natural[name.split(".").slice(0, 2).join(".")]
      ?? [state.rows, state.columns] : [state.rows, state.columns];
    const filters = state.filters.map((/** @type {any} */ old, /** @type {number} */ i) =>
      (i === map ? name : old));
    const edits = rows === state.rows && columns === state.columns
      ? state.edits.filter((/** @type {any} */ [o]) => o !== map) : [];
    const bias =
      state.bias.map((/** @type {any} */ old, /** @type {number} */ i) => (i === map ? null : old));
    this.onSet({ filters, rows, columns, edits, bias }, event, resize);
  }

  add() {
    const { filters } = this.state;
    const [network, layer, index] = filters[this.map].split(".");
    const most =
      entry(this.learned, network)?.find((/** @type {any} */ [one]) => one === layer)?.[1] ?? 1;
    const next = layer ? `${network}.${layer}.${(Number(index) + 1) % most}`
      : NEXT.find((name) => !filters.includes(name)) ?? "random";
    this.onSet({ filters: [...filters, next], map: filters.length }, null, true);
  }

  drop() {
    const { filters, edits, bias } = this.state;
    const { map } = this;
    this.onSet({
      filters: filters.filter((/** @type {unknown} */ _, /** @type {number} */ i) => i !== map),
      bias: bias.filter((/** @type {unknown} */ _, /** @type {number} */ i) => i !== map),
      edits: edits.filter((/** @type {any} */ [o]) => o !== map)
        .map((/** @type {any} */ [o, ...rest]) => [o > map ? o - 1 : o, ...rest]),
      map: Math.max(0, map - 1),
    }, null, true);
  }

  // As many filters as channels, each of which sees one of them.
  deep() {
    const { filters } = this.state;
    const channels = this.last.input.shape[0];
    this.onSet({ groups: channels, filters: Array.from({ length: channels },
      (_, i) => filters[i % filters.length]), edits: [] }, null, true);
  }

  /** @param {Event} event */
  biased(event) {
    const value = Number(this.bias.value);
    if (!this.bias.value.trim() || !Number.isFinite(value) || Math.abs(value) > 100) return;
    const bias =
      Array.from({ length: this.state.filters.length }, (_, i) => this.state.bias[i] ?? null);
    bias[this.map] = value;
    this.onSet({ bias }, event);
  }
}

/**
 * @param {string} label
 * @param {string} name
 * @param {any} help
 * @param {(on: any) => void} onChange
 */
function check(label, name, help, onChange) {
  const box =
    el("input", { type: "checkbox", "data-fp": name, onchange: () => onChange(box.checked) });
  return el("label", { class: "switch", title: help }, box, label);
}

