// The picture of "Draw a digit": canvas, strip, layers, answer, arithmetic and reasons, painted
// from the live route. What the person does is stored here and sent to the page when a gesture
// ends; the page sends back only what it changed.

import { Answer } from "./answer.js";
import { Canvas } from "../kit/canvas.js";
import { press } from "../kit/controls.js";
import { action, button, el, fill, say, styles } from "../kit/dom.js";
import { Layer } from "../kit/layer.js";
import { Lens } from "./lens.js";
import { answerTo, layersOf, Live } from "../kit/live.js";
import { LiveNumber } from "../kit/opened_number.js";
import { Strip } from "./strip.js";
import { Strokes } from "./strokes.js";
import { mounted, View } from "../kit/view.js";
import { Why } from "./why.js";
import { Working } from "./working.js";

const COLUMNS = [[["input", "kernels"], "conv1", "relu1", "pool1"], ["conv2", "relu2", "pool2"],
  ["fc1", "relu3"]];

// What each layer is computed from; of these each map from the map of the same number alone.
/** @type {Record<string, string>} */
const SOURCES = { conv1: "input", relu1: "conv1", pool1: "relu1", conv2: "pool1", relu2: "conv2",
  pool2: "relu2", fc1: "pool2", relu3: "fc1" };
const ONE_TO_ONE = /relu|pool/;

// The strip runs the network five times. While the pen moves it follows every 120 ms, and less
// often where answers take long: a room full of pens then shares the server fairly. When the pen is
// lifted it is always asked for.
const STRIP_EVERY = 120;
const STRIP_SHARE = 24; // answers

const style = await styles("kit/base.css", "kit/opened.css", "draw_a_digit/view.css");

export const { mount, unmount } = mounted(() => DrawView);

/** @extends {View<DigitData>} */
class DrawView extends View {
  delay = 60;
  hideable = ["tools", "strip", "working", "why", "number"];
  /** @type {DigitViewPlace} */
  place = this.data.view.place;
  stages = this.data.view.stages;
  /** @type {Record<string, number[]>} */
  off = this.data.view.off;
  /** @type {DigitViewPlace | null} */
  hover = null;
  number = this.data.view.number; // in the strip or among the reasons; "": none
  sample = this.data.seed;
  wantsStrip = false;
  lastStrip = 0;
  /** @type {Trace | undefined} */
  last;
  /** @type {TraceStrip | undefined} */
  lastWithStrip;

  /** @param {HTMLElement} host @param {DigitData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "draw", style });
    const { words } = this;
    this.live = this.own(new Live({ url: `${data.base}/trace`, moves: true, read: layersOf,
      onAnswer: (answer, question) => this.paint(answer, question),
      onTrouble: (trouble) => this.trouble(trouble) }));
    /** @param {DigitViewPlace} place */
    const onPlace = (place) => this.go(place);
    this.canvas = this.own(new Canvas({ ...data.limits, label: words.canvas,
      help: words.canvasHelp }, {
      onChange: (event) => this.drawn(event), onFinish: () => this.finish(),
      onFull: () => this.trouble(null),
    }));
    this.message = el("p", { class: "message", role: "status" });
    this.field = el("div", { class: "field", hidden: true });
    this.overlay = el("canvas", { class: "overlay", width: 28, height: 28, hidden: true });
    this.canvas.element.append(this.overlay, this.field, this.message);
    /** @param {string} part @param {string} array @param {...number} at */
    const onNumber = (part, array, ...at) => this.open([part, array, ...at].join("."));
    this.opened = this.makeNumber();
    this.strip = new Strip(words, { onNumber,
      onToggle: (key) => this.set({ stages: { ...this.stages, [key]: !this.stages[key] } }) });
    this.layers = Object.fromEntries(COLUMNS.flat(2).map((name) =>
      [name, new Layer(name, data.shapes[name], words,
        { onPick: (layer, map) => this.pick(layer, map),
          onPoint: (layer, map) => this.point(layer, map) })]));
    this.answer = new Answer(words, { onPlace });
    this.lens = new Lens(words, { onPlace, onHover: (place) => this.hoverOver(place) });
    this.working = new Working(words, { onPlace,
      onInk: () => onNumber("pen", "ink", 0, this.place.row, this.place.column),
      onSwitch: () => this.switch(this.place.layer, this.place.map) });
    this.strokes = new Strokes(words, { onNumber });
    this.strokesLive = this.own(new Live({ url: `${data.base}/strokes`,
      onAnswer: (/** @type {StrokesAnswer} */ answer) => this.strokes.paint(answer, this.palette),
      onTrouble: (trouble) => this.trouble(trouble) }));
    this.why = new Why(words, `${data.base}/why`, {
      onOpen: (open) => { this.why.open = open; this.set({}); }, onPlace, onNumber,
      onOverlay: (name) => this.cover(name), onSwitch: (layer, map) => this.switch(layer, map),
    });
    this.root.append(this.network(), this.opened.element,
      el("section", { class: "worked", "data-block": "working" }, this.lens.element,
        this.working.element),
      this.strokes.element, this.why.element);
    this.begin(".network");
  }

  makeNumber() {
    const { words } = this;
    /** @param {string} array @param {string} at */
    const name = (array, at) => `${this.names[array]} ${at}`.trim();
    /** @type {Record<string, string>} */
    const parts = { ...Object.fromEntries(words.stages.map(({ key, name }) => [key, name])),
      why: words.whyTitle, piece: words.why.piece.title, strokes: words.strokesTitle };
    return new LiveNumber(this, `${this.data.base}/number`, {
      body: (number) => ({ ...this.body(), number }),
      write: (array, at) => [this.part, array, ...at].join("."),
      titleOf: (array, at) => `${parts[this.part]}: ${name(array, at)}`,
      onwardOf: (array, at) => fill(words.onward, { name: name(array, at) }),
      nameOf: (array, at) => (array === "logits" ? String(at.at(-1)) : name(array, at.join(", "))),
      leads: (array) => array in this.names,
      onOpen: (number) => this.open(number),
    });
  }

  network() {
    /** @param {string | string[]} name @returns {HTMLElement} */
    const block = (name) => Array.isArray(name) ? el("div", { class: "beside" }, ...name.map(block))
      : this.layers[name].element;
    return el("div", { class: "network" },
      el("div", { class: "column drawing" },
        el("div", { "data-block": "canvas" }, this.canvas.element, this.tools()),
        this.strip.element),
      ...COLUMNS.map((names) => el("div", { class: "column" }, ...names.map(block))),
      this.answer.element);
  }

  tools() {
    const { words, canvas } = this;
    /** @param {string} name @param {string} label */
    const pen = (name, label) => button(label, () => { canvas.tool = name; press(tools, name); },
      { "data-fp": name, "data-value": name });
    const tools = el("span", { class: "choices", "data-fold": true }, pen("pen", words.pen),
      pen("eraser", words.eraser));
    press(tools, canvas.tool);
    return el("div", { class: "tools", role: "toolbar", "aria-label": words.tools }, tools,
      action(words.undo, () => canvas.undo(), { "data-fp": "undo", "data-fold": true }),
      action(words.redo, () => canvas.redo(), { "data-fp": "redo", "data-fold": true }),
      action(words.clear, () => canvas.clear(), { "data-fp": "clear" }),
      action(words.sample, () => this.takeSample(), { "data-fp": "sample" }));
  }

  // -- what the page says -------------------------------------------------------------------------

  /** @param {DigitData} before */
  compare(before) {
    if (this.data.model !== before.model) this.finish(false);
    else if (this.data.scale !== before.scale) this.repaint();
  }

  /** @param {DigitData} data */
  adopt(data) {
    const { view } = data;
    this.place = view.place;
    this.stages = view.stages;
    this.off = view.off;
    this.number = view.number;
    this.canvas.show(view.drawing);
    this.strip.stages(this.stages);
    this.why.open = view.why;
    super.adopt(data);
    this.finish(false);
  }

  // -- what the person does -----------------------------------------------------------------------

  async takeSample() {
    const { strokes } = this.canvas;
    const answer = await answerTo(`${this.data.base}/sample/${++this.sample}`, undefined,
      (trouble) => this.trouble(trouble));
    // who has drawn meanwhile keeps that
    if (answer && this.canvas.strokes === strokes) this.canvas.change(answer.drawing);
  }

  /** @param {PointerEvent | undefined} event */
  drawn(event) {
    if (event) {
      performance.mark("fp:pointer");
      this.live.hurry();
    }
    this.why.forget();
    this.cover(null);
    this.ask(event);
  }

  // The part that the open number belongs to: a stage, the reasons, or the way of the pen.
  get part() {
    return this.number.split(".")[0];
  }

  // What the arrays of that part are called.
  /** @returns {Record<string, string>} */
  get names() {
    const { words } = this;
    return this.part === "strokes" ? words.follower : { ...words.arrays, ...words.layers };
  }

  // Another number of the strip or of the reasons is opened; "" closes it.
  /** @param {string} number */
  open(number) {
    this.number = number;
    this.opened.ask(number);
    if (number) this.opened.element.scrollIntoView({ block: "nearest" });
    this.notify();
  }

  // A gesture has ended: everything is asked for once more, and the page is notified.
  finish(notify = true) {
    this.ask(undefined, true);
    this.opened.ask(this.number);
    if (this.why.open) {
      this.why.ask(this.body(), this.palette, () => this.last?.verdict.isDigit === false);
    }
    if (notify) this.notify();
  }

  /** @param {{ stages?: Record<string, boolean>, off?: Record<string, number[]> }} change */
  set(change) {
    Object.assign(this, change);
    this.strip.stages(this.stages);
    this.finish();
  }

  /** @param {string} layer @param {number} map */
  isOff(layer, map) {
    return (this.off[`conv${layer.slice(-1)}`] ?? []).includes(map);
  }

  /** @param {string} layer @param {number} map */
  switch(layer, map) {
    const name = `conv${layer.slice(-1)}`;
    const silent = this.off[name] ?? [];
    this.set({ off: { ...this.off, [name]: this.isOff(layer, map)
      ? silent.filter((other) => other !== map) : [...silent, map] } });
  }

  /** @param {string} layer @param {number} map */
  pick(layer, map) {
    if (layer === "kernels") layer = "conv1"; // a kernel stands for the map that it makes
    // maps are square; flat layers have no rows
    /** @param {string} name */
    const size = (name) => this.data.shapes[name]?.[1] ?? 1;
    const { place } = this;
    // the same spot of the picture
    /** @param {number} at */
    const same = (at) => Math.floor(((at + 0.5) * size(layer)) / size(place.layer));
    this.go({ layer, map, row: same(place.row), column: same(place.column) });
  }

  /** @param {DigitViewPlace} place */
  go({ row, column, ...unit }) {
    this.place = { ...unit, row: row || 0, column: column || 0 }; // units of flat layers have none
    this.hover = null;
    this.mark(); // at once: the next key starts from here, not from where the last answer was
    if (this.lens.layer?.name === unit.layer) this.lens.select(this.place);
    this.ask();
    this.notify();
  }

  // The mouse is over a map: it and what it is computed from are lit, all else steps back.
  /** @param {string} layer @param {number | null} map */
  point(layer, map) {
    const known = map !== null && map < (this.data.shapes[layer]?.[0] ?? 32);
    const source = SOURCES[layer === "kernels" ? "conv1" : layer];
    for (const [name, each] of Object.entries(this.layers)) {
      if (!known) each.light(undefined);
      else if (name === layer) each.light(map);
      else if (name === source) each.light(ONE_TO_ONE.test(layer) ? map : "all");
      else if (name === "kernels" && layer === "conv1") each.light(map);
      else if (name === "conv1" && layer === "kernels") each.light(map);
      else each.light(null);
    }
    this.answer.element.classList.toggle("back", known);
  }

  /** @param {DigitViewPlace | null} place */
  hoverOver(place) {
    this.hover = place;
    this.ask();
  }

  report() {
    const { canvas, stages, place, off, why, number } = this;
    return { drawing: canvas.strokes, stages, place, off, why: why.open, number };
  }

  // -- question and answer ------------------------------------------------------------------------

  body() {
    return { drawing: this.canvas.strokes, model: this.data.model, stages: this.stages,
      off: this.off };
  }

  /** @param {Event} [event] @param {boolean} [whole] */
  ask(event, whole = false) {
    const every = Math.max(STRIP_EVERY, STRIP_SHARE * this.live.took);
    const strip = whole || performance.now() - this.lastStrip > every;
    if (strip) this.lastStrip = performance.now();
    // until an answer has it: a question can be replaced, or get lost on the way
    this.wantsStrip ||= strip;
    if (strip) this.strokesLive.ask({ body: () => this.body() });
    this.live.ask({
      start: event?.timeStamp,
      body: () => ({ ...this.body(), place: this.hover ?? this.place, strip: this.wantsStrip }),
    });
  }

  /** @param {Trace} answer @param {import("../kit/live.js").Question} question */
  paint(answer, { start }) {
    this.last = answer;
    if (answer.strip) {
      this.lastWithStrip = answer.strip;
      this.wantsStrip = false;
    }
    this.repaint();
    if (start) performance.measure("fp:painted", { start, end: performance.now() });
    this.painted();
  }

  repaint() {
    const { last: answer, palette } = this;
    if (!answer) return;
    for (const layer of answer.layers) {
      this.layers[layer.name]?.paint(inked(layer), this.data.scale, palette);
    }
    this.answer.paint(answer);
    this.strokes.compare(answer.verdict);
    this.mark();
    if (this.lastWithStrip) this.strip.paint(this.lastWithStrip, palette);
    this.repaintNumber(answer);
    const { verdict: { isDigit, digit } } = answer;
    this.canvas.ink.setAttribute("aria-label",
      fill(isDigit ? this.words.canvasSays : this.words.canvasRefused, { digit }));
  }

  // The selected number: its map, large, its arithmetic, and its receptive field.
  /** @param {Trace} answer */
  repaintNumber({ layers, opened, placement }) {
    const { place } = opened;
    const layer = layers.find(({ name }) => name === place.layer);
    this.lens.element.hidden = !layer;
    if (layer) this.lens.paint(inked(layer), place, this.palette);
    this.lens.weigh(opened.kernel, this.palette);
    this.working.paint(opened, this.palette, this.isOff(place.layer, place.map));
    this.outline(placement, opened.field);
  }

  // What is selected is marked wherever it stands; a kernel belongs to the three maps that it
  // makes.
  mark() {
    const { layer: chosen, map } = this.place;
    const kernel = ["conv1", "relu1", "pool1"].includes(chosen);
    for (const [name, layer] of Object.entries(this.layers)) {
      layer.select(name === chosen || (kernel && name === "kernels") ? map : null);
    }
    this.answer.select(this.place);
  }

  // The receptive field of the selected number, carried back from the 28 x 28 grid onto the
  // drawing.
  /** @param {TracePlacement} placement @param {TraceOpenedField} field */
  outline({ scale, dx, dy }, { top, left, bottom, right }) {
    const { side } = this.data.limits;
    /** @param {number} pixels */
    const share = (pixels) => `${(100 * pixels) / scale / side}%`;
    this.field.hidden = false;
    Object.assign(this.field.style, { left: share(left - dx), top: share(top - dy),
      width: share(right - left), height: share(bottom - top) });
    Object.assign(this.overlay.style, { left: share(-dx), top: share(-dy), width: share(28),
      height: share(28) });
  }

  /** @param {string | null} name */
  cover(name) {
    this.why.cover(this.overlay, name, this.palette);
  }

  /** @param {Trouble | null} trouble */
  trouble(trouble) {
    if (!trouble && this.root.classList.contains("in-trouble")) this.notify();
    this.root.classList.toggle("in-trouble", trouble !== null);
    if (trouble) say(this.message, trouble.message ?? this.words.unreachable);
    else say(this.message, this.canvas.isFull ? this.words.full : "");
  }

  theme() {
    super.theme();
    this.canvas.recolour(this.palette.ink);
    if (this.strokes.answer) this.strokes.paint(this.strokes.answer, this.palette);
    this.why.paint(this.palette);
  }
}

// The input is drawn as what it is, ink on paper: -1 is paper, 1 is ink.
/** @param {TraceLayer} layer @returns {TraceLayer} */
function inked(layer) {
  if (layer.name !== "input") return layer;
  return { ...layer, signed: false, codes: layer.codes.map((code) => (code + 127) >> 1) };
}
