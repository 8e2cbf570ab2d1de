// Everything that can be set: input, kernel, movement, channels and what comes after. It stores no
// state: it shows one, and reports what was changed.

import { choices, press } from "../kit/controls.js";
import { action, activeBeside, button, el, entry, fill, say } from "../kit/dom.js";
import { choiceOf, Knobs, option, select } from "./settings.js";

/**
 * @typedef {[number, number, number, number, number]} Edit filter, channel, row, column, weight
 * @typedef {Cell & { map: number }} Place
 * @typedef {Omit<ConvView, "drawing" | "bias" | "edits" | "place" | "padding"> & {
 *   drawing: Strokes | null, bias: (number | null)[], edits: Edit[], place: Place | null,
 *   padding: number | string }} State the page's view, as the picture stores it
 * @typedef {Partial<State> & { map?: number }} Change fields of the view, and the shown filter
 */

// what another filter begins with
const NEXT = ["sobel_y", "sobel_x", "laplacian", "gauss", "corner", "gabor"];
const SEEDS = 1_000_000;

/** @param {string} title @param {string} block @param {string} part @param {...HTMLElement} rows */
const group = (title, block, part, ...rows) => el("fieldset",
  { "data-block": `controls-${block}`, "data-part": part }, el("legend", {}, title), ...rows);
/** @param {...HTMLElement} parts */
const line = (...parts) => el("div", { class: "line" }, ...parts);
/** @param {...HTMLElement} parts */
const pair = (...parts) => el("div", { class: "pair" }, ...parts);

export class Controls {
  /** @type {ConvAnswer | undefined} */
  last;
  map = 0;

  // onSet(change, start, rest): fields and their new values; start: when that was, in ms, where the
  // time until it is painted counts; rest: the gesture has ended.
  /**
   * @param {ConvWords} words
   * @param {ConvData} data
   * @param {(change: Change, start?: number, rest?: boolean) => void} onSet
   */
  constructor(words, { view, limits, natural, learned }, onSet) {
    this.words = words;
    /** @type {State} */
    this.state = view;
    this.limits = limits;
    this.natural = natural;
    this.learned = learned;
    this.onSet = onSet;
    this.knobs = new Knobs(words,
      { onInput: (name, value) => this.turned(name, value), onRest: () => this.rest({}) });
    this.input = this.makeInput();
    this.kernel = this.makeKernel();
    this.movement = this.makeMovement();
    this.after = this.makeAfter();
    this.element = el("div", { class: "settings", "data-fold": true },
      this.input.element, this.kernel.element,
      this.movement.element, this.after.element);
  }

  // -- the controls -------------------------------------------------------------------------------

  makeInput() {
    const { words, limits, knobs } = this;
    const sources = choices("source", words.sources,
      (source) => this.choose({ source, groups: 1,
        ...(source === "drawing" && { as_drawn: true }) }), { "aria-label": words.fields.source });
    const another = action(words.another, () => this.rest({ seed: (this.state.seed + 1) % SEEDS }),
      { "data-fp": "another" });
    const box = el("input", { type: "checkbox", "data-fp": "normalised",
      onchange: () => { this.rest({ normalised: box.checked }); } });
    const normalised = el("label", { class: "switch", title: words.help.normalised }, box,
      words.fields.normalised);
    const element = group(words.groups.input, "input", "inputs", sources,
      line(another, normalised), knobs.make("channels", limits.channels));
    return { element, sources, another, box, normalised };
  }

  makeKernel() {
    const { words, limits, knobs } = this;
    const own = words.kernelGroups.map(([label, names]) =>
      el("optgroup", { label }, ...names.map(option)));
    const learned = Object.entries(this.learned).map(([network, layers]) =>
      el("optgroup", { label: words.networks[network] },
        ...layers.map((/** @type {[string, number]} */ [layer]) =>
          option([`${network}.${layer}`, `${words.networks[network]} · ${layer}`]))));
    const names = select("kernel", words.fields.kernel, [...own, ...learned],
      (name) => this.rename(name.includes(".") ? `${name}.0` : name, true));
    const dice = action(words.dice, () => this.rest({ dice: (this.state.dice + 1) % SEEDS }),
      { "data-fp": "dice" });
    const release = button("", () => this.rest({ edits: [] }),
      { class: "quiet", "data-fp": "release" });
    const flips = choices("flipped", words.flips, (flipped) => this.choose({ flipped }),
      { "aria-label": words.groups.kernel });
    const element = group(words.groups.kernel, "kernel", "kernel", line(names, dice),
      pair(knobs.make("number", [0, 63]),
        knobs.make("angle", limits.angle, (value) => `${value}°`)),
      pair(knobs.make("rows", limits.kernel), knobs.make("columns", limits.kernel)),
      line(flips, release));
    return { element, names, dice, release, flips };
  }

  makeMovement() {
    const { words, limits, knobs } = this;
    const named = choices("padding", words.paddings, (padding) => this.choose({ padding }),
      { "aria-label": words.fields.padding });
    const modes = select("mode", words.fields.mode, words.modes, (mode) => this.choose({ mode }));
    const directions = choices("transposed", words.directions,
      (transposed) => this.transpose(transposed), { "aria-label": words.groups.movement });
    const element = group(words.groups.movement, "movement", "movement",
      pair(knobs.make("stride", [0, limits.stride[1]]), knobs.make("dilation", limits.dilation)),
      pair(knobs.make("padding", limits.padding), el("div", { class: "beside" }, named, modes)),
      directions);
    return { element, named, modes, directions };
  }

  makeAfter() {
    const { words, limits, knobs } = this;
    const activation = select("after", words.fields.after, words.afters,
      (after) => this.choose({ after }));
    const bias = el("input", { type: "number", step: "0.1", min: -100, max: 100, "data-fp": "bias",
      "aria-label": words.fields.bias, oninput: (event) => this.biased(event.timeStamp),
      onchange: () => this.rest({}) });
    const fewer = action("−", () => this.drop(),
      { "data-fp": "filter-less", "aria-label": words.fewer, title: words.fewer });
    const more = action("+", () => this.add(),
      { "data-fp": "filter-more", "aria-label": words.more, title: words.more });
    const count = el("output", {});
    const depthwise = button(words.depthwise, () => this.separate(),
      { class: "quiet", "data-fp": "depthwise", title: words.help.depthwise });
    /** @param {string} name @param {HTMLElement} control */
    const named = (name, control) => el("label", { class: "named" }, el("span", {}, name), control);
    const element = group(words.groups.after, "after", "after",
      line(el("span", {}, words.fields.filters), fewer, count, more, depthwise),
      pair(named(words.fields.bias, bias), named(words.fields.after, activation)),
      pair(knobs.make("groups", limits.groups),
        knobs.make("output_padding", limits.output_padding)));
    return { element, activation, bias, fewer, more, count, depthwise };
  }

  // -- what is shown ------------------------------------------------------------------------------

  // state: the view as the page has it; last: the latest answer; map: the shown filter.
  /** @param {State} state @param {ConvAnswer | undefined} last @param {number} map */
  paint(state, last, map) {
    this.state = state;
    this.last = last;
    this.map = map;
    for (const field of ["rows", "columns", "stride", "dilation", "groups", "channels", "angle",
      "output_padding"]) {
      this.knobs.all[field].value = entry(state, field);
    }
    this.paintInput();
    this.paintKernel();
    this.paintMovement();
    this.paintAfter();
  }

  paintInput() {
    const { state, input: { sources, another, box, normalised } } = this;
    press(sources, state.source);
    choiceOf(sources, "picture").hidden = !state.picture;
    another.hidden = ["matrix", "picture"].includes(state.source)
      || (state.drawing !== null && state.source !== "sample");
    normalised.hidden = state.source === "matrix" || state.source === "maps";
    box.checked = state.normalised;
    this.knobs.all.channels.element.hidden = state.source !== "maps";
  }

  paintKernel() {
    const { state, map, words, kernel: { names, dice, release, flips } } = this;
    const { angle, number } = this.knobs.all;
    const name = state.filters[map] ?? state.filters[0];
    const [network, layer, index] = name.split(".");
    names.value = layer ? `${network}.${layer}` : name;
    dice.hidden = name !== "random";
    angle.element.hidden = name !== "gabor";
    number.element.hidden = !layer;
    if (layer) {
      number.input.max = String(this.filtersOf(network, layer) - 1);
      number.value = Number(index);
    }
    press(flips, state.flipped);
    release.hidden = state.edits.length === 0;
    say(release, fill(words.release, { count: state.edits.length }));
  }

  paintMovement() {
    const { state, last, movement: { named, modes, directions } } = this;
    const { padding, output_padding: outer } = this.knobs.all;
    const same = state.padding === "same" && last;
    padding.value = typeof state.padding === "number" ? state.padding : same ? last.rows.low : 0;
    if (same && last.rows.low !== last.rows.high) {
      say(padding.output, `${last.rows.low} + ${last.rows.high}`);
    }
    press(named, state.padding);
    choiceOf(named, "same").disabled = state.transposed;
    modes.value = state.mode;
    modes.disabled = state.transposed;
    press(directions, state.transposed);
    outer.element.classList.toggle("absent", !state.transposed);
  }

  paintAfter() {
    const { state, last, map, limits } = this;
    const { activation, bias, fewer, more, count, depthwise } = this.after;
    say(count, String(state.filters.length));
    fewer.disabled = state.filters.length <= limits.filters[0];
    more.disabled = state.filters.length >= limits.filters[1];
    const single = (last?.input.shape[0] ?? 1) === 1;
    this.knobs.all.groups.element.classList.toggle("absent", single && state.groups === 1);
    depthwise.classList.toggle("absent", single);
    activation.value = state.after;
    const shown = String(rounded(state.bias[map] ?? last?.own_bias[map] ?? 0));
    if (activeBeside(bias) !== bias && bias.value !== shown) bias.value = shown;
  }

  // -- what was changed ---------------------------------------------------------------------------

  // The gesture ends with it.
  /** @param {Change} change */
  rest(change) {
    this.onSet(change, undefined, true);
  }

  /** @param {Change} change */
  choose(change) {
    this.onSet(change, performance.now(), true);
  }

  /** @param {string} name @param {number} value */
  turned(name, value) {
    if (name === "number") return this.rename(`${this.kernel.names.value}.${value}`);
    const resized = name === "rows" || name === "columns";
    this.onSet({ [name]: value, ...(resized ? { edits: [] } : {}) }, performance.now());
  }

  // Only a plain convolution has modes of padding and "same", only a transposed one a padding of
  // its output.
  /** @param {boolean} transposed */
  transpose(transposed) {
    if (!transposed) return this.choose({ transposed, output_padding: 0 });
    const padding = this.state.padding === "same" ? 0 : this.state.padding;
    this.choose({ transposed, mode: "zeros", padding });
  }

  // Another kernel for the shown filter; resize: in the size that it has by itself.
  /** @param {string} name @param {boolean} [resize] */
  rename(name, resize = false) {
    const { state, map } = this;
    const natural = resize && this.natural[name.split(".").slice(0, 2).join(".")];
    const [rows, columns] = natural || [state.rows, state.columns];
    const filters = state.filters.map((old, i) => (i === map ? name : old));
    const bias = state.bias.map((old, i) => (i === map ? null : old));
    const edits = rows === state.rows && columns === state.columns
      ? state.edits.filter(([filter]) => filter !== map) : [];
    this.onSet({ filters, rows, columns, edits, bias }, performance.now(), resize);
  }

  add() {
    const { filters } = this.state;
    const [network, layer, index] = filters[this.map].split(".");
    const next = layer
      ? `${network}.${layer}.${(Number(index) + 1) % this.filtersOf(network, layer)}`
      : NEXT.find((name) => !filters.includes(name)) ?? "random";
    this.rest({ filters: [...filters, next], map: filters.length });
  }

  drop() {
    const { state: { filters, edits, bias }, map } = this;
    this.rest({
      filters: filters.filter((_, i) => i !== map), bias: bias.filter((_, i) => i !== map),
      edits: edits.filter(([filter]) => filter !== map)
        .map(([filter, ...rest]) => [filter > map ? filter - 1 : filter, ...rest]),
      map: Math.max(0, map - 1),
    });
  }

  // As many filters as channels, each of which sees one of them.
  separate() {
    const { filters } = this.state;
    const groups = this.last?.input.shape[0] ?? 1;
    this.rest({ groups, edits: [],
      filters: Array.from({ length: groups }, (_, i) => filters[i % filters.length]) });
  }

  /** @param {number} start */
  biased(start) {
    const { state, map, after: { bias: { value } } } = this;
    const number = Number(value);
    if (!value.trim() || !Number.isFinite(number) || Math.abs(number) > 100) return;
    const bias = state.filters.map((_, i) => (i === map ? number : state.bias[i] ?? null));
    this.onSet({ bias }, start);
  }

  // How many filters a layer of a shipped network has.
  /** @param {string} network @param {string} layer @returns {number} */
  filtersOf(network, layer) {
    /** @type {[string, number][]} */
    const layers = entry(this.learned, network) ?? [];
    return layers.find(([name]) => name === layer)?.[1] ?? 1;
  }
}

/** @param {number} value */
const rounded = (value) => Math.round(value * 1000) / 1000;
