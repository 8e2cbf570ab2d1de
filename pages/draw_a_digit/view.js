// @ts-nocheck
// The picture of "Draw a digit": canvas, strip, layers, answer, arithmetic and reasons, painted
// from the live route. What the person does is kept here and told to the page when a gesture ends;
// the page tells back only what it changed.

import { Answer } from "./answer.js";
import { Canvas } from "../kit/canvas.js";
import { button, el, entry, fill, say, styles } from "../kit/dom.js";
import { Layer } from "../kit/layer.js";
import { Lens } from "./lens.js";
import { layersOf, Live } from "../kit/live.js";
import { Strip } from "./strip.js";
import { mounted, View } from "../kit/view.js";
import { paintMap, Why } from "./why.js";
import { Working } from "./working.js";
import { request } from "../kit/request.js";

const COLUMNS = [[["input", "kernels"], "conv1", "relu1", "pool1"], ["conv2", "relu2", "pool2"],
  ["fc1", "relu3"]];

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
  hideable = ["tools", "strip", "working", "why"];
  /** @type {DigitViewPlace | number} */
  place;
  /** @type {Record<string, boolean>} */
  stages;
  /** @type {any} */
  off;
  /** @type {number | null} */
  hover = null;
  wantsStrip = false;
  /** @type {Trace} */
  last;
  /** @type {TraceStrip} */
  lastWithStrip;

  /** @param {HTMLElement} host @param {DigitData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "draw", style });
    this.sample = data.seed;
    this.lastStrip = 0;
    this.live = this.own(new Live({ url: `${data.base}/trace`, read: layersOf,
      onAnswer: (...all) => this.paint(...all), onTrouble: (trouble) => this.trouble(trouble) }));
    const { words } = this;
    /** @param {number} place */
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
    this.strip = new Strip(words,
      { onToggle: (key) => this.set({ stages: { ...this.stages, [key]: !this.stages[key] } }) });
    this.layers = Object.fromEntries(COLUMNS.flat(2).map((name) =>
      [name, new Layer(name, data.shapes[name], words,
        { onPick: (layer, map) => this.pick(layer, map) })]));
    this.answer = new Answer(words, { onPlace });
    this.lens = new Lens(words, { onPlace, onHover: (place) => this.look(place) });
    this.working = new Working(words,
      { onPlace, onSwitch: () => this.switch(this.place.layer, this.place.map) });
    this.why = new Why(words, `${data.base}/why`, {
      onOpen: (open) => { this.why.open = open; this.set({}); }, onPlace,
      onOverlay: (name) => this.cover(name), onSwitch: (layer, map) => this.switch(layer, map),
    });
    /** @param {string} name */
    const block = (name) => Array.isArray(name) ? el("div", { class: "beside" }, ...name.map(block))
      : this.layers[name].element;
    /** @param {any} names */
    const column = (names) => el("div", { class: "column" }, ...names.map(block));
    this.root.append(el("div", { class: "network" },
        el("div", { class: "column drawing" },
          el("div", { "data-block": "canvas" }, this.canvas.element, this.tools()),
          this.strip.element),
        ...COLUMNS.map(column), this.answer.element),
      el("section", { class: "worked", "data-block": "working" }, this.lens.element,
        this.working.element),
      this.why.element);
    this.begin(".network");
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
    this.canvas.show(view.drawing);
    this.strip.stages(this.stages);
    this.why.open = view.why;
    super.adopt(data);
    this.finish(false);
  }

  tools() {
    const { words, canvas } = this;
    /** @param {string} name */
    const tool =
      (name) =>
        button(entry(words, name), () => { canvas.tool = name; mark(); }, { "data-fp": name });
    const pens = [tool("pen"), tool("eraser")];
    const mark = () => pens.forEach((pen) =>
      pen.setAttribute("aria-pressed", String(pen.dataset.fp === canvas.tool)));
    mark();
    /** @param {string} name */
    const act =
      (name) =>
        button(entry(words, name), () => /** @type {any} */ (canvas)[name](), { "data-fp": name });
    return el("div", { class: "tools", role: "toolbar", "aria-label": words.tools }, ...pens,
      act("undo"), act("redo"), act("clear"),
      button(words.sample, () => this.takeSample(), { "data-fp": "sample" }));
  }

  async takeSample() {
    try {
      const answer = await request(`${this.data.base}/sample/${++this.sample}`);
      if (answer.ok) this.canvas.change((await answer.json()).drawing);
    } catch {
      this.trouble({ unreachable: true });
    }
  }

  /** @param {PointerEvent | undefined} event */
  drawn(event) {
    if (event) performance.mark("fp:pointer");
    this.why.forget();
    this.cover(null);
    this.ask(event);
  }

  // A gesture has ended: everything is asked for once more, and the page is told.
  finish(tell = true) {
    this.ask(null, true);
    if (this.why.open) {
      this.why.ask(this.body(), this.palette, () => this.last && !this.last.verdict.isDigit);
    }
    if (tell) this.notify();
  }

  /** @param {any} change */
  set(change) {
    Object.assign(this, change);
    this.strip.stages(this.stages);
    this.finish();
  }

  /** @param {any} layer @param {any} map */
  switch(layer, map) {
    const name = `conv${layer.slice(-1)}`;
    const silent = this.off[name] ?? [];
    this.set({ off: { ...this.off,
      [name]: silent.includes(map) ? silent.filter((/** @type {any} */ other) => other !== map)
        : [...silent, map] } });
  }

  /** @param {string} layer @param {number} map */
  pick(layer, map) {
    if (layer === "kernels") layer = "conv1"; // a kernel stands for the map that it makes
    /** @param {string} name */
    // maps are square; flat layers have no rows
    const size = (name) => this.data.shapes[name]?.[1] ?? 1;
    /** @param {string} axis */
    // the same spot of the picture
    const same =
      (axis) =>
        Math.floor(((entry(this.place, axis) + 0.5) * size(layer)) / size(this.place.layer));
    this.go({ layer, map, row: same("row"), column: same("column") });
  }

  /** @param {number} place */
  go(place) {
    this.place = place;
    this.hover = null;
    this.mark(); // at once: the next key starts from here, not from where the last answer was
    if (this.lens.layer?.name === place.layer) this.lens.select(this.place);
    this.ask();
    this.notify();
  }

  /** @param {number} place */
  look(place) {
    this.hover = place;
    this.ask();
  }

  report() {
    const { canvas, stages, place, off, why } = this;
    return { drawing: canvas.strokes, stages, place, off, why: why.open };
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
    this.live.ask({
      start: event?.timeStamp,
      body: () => ({ ...this.body(), place: this.hover ?? this.place, strip: this.wantsStrip }),
    });
  }

  /** @param {Trace} answer @param {import("../kit/live.js").Question} question */
  paint(answer, { start } = {}) {
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
    const answer = this.last;
    if (!answer) return;
    const { palette } = this;
    for (const layer of answer.layers) {
      this.layers[layer.name]?.paint(layer, this.data.scale, palette);
    }
    this.answer.paint(answer);
    this.mark();
    if (this.lastWithStrip) this.strip.paint(this.lastWithStrip, palette);
    const { opened } = answer;
    const { place } = opened;
    const layer = answer.layers.find(({ name }) => name === place.layer);
    this.lens.element.hidden = !layer;
    if (layer) this.lens.paint(layer, place, palette);
    this.lens.weigh(opened.kernel, palette);
    this.working.paint(opened, palette,
      (this.off[`conv${place.layer.slice(-1)}`] ?? []).includes(place.map));
    this.outline(answer, opened.field);
    const { verdict } = answer;
    this.canvas.ink.setAttribute("aria-label", fill(verdict.isDigit ? this.words.canvasSays
      : this.words.canvasRefused, { digit: verdict.digit }));
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
  /** @param {Trace} what @param {TraceOpenedField} options */
  outline({ placement }, { top, left, bottom, right }) {
    const { side } = this.data.limits;
    /** @param {number} pixel @param {number} shift */
    const place = (pixel, shift) => `${(100 * (pixel - shift)) / placement.scale / side}%`;
    /** @param {number} pixels */
    const length = (pixels) => `${(100 * pixels) / placement.scale / side}%`;
    this.field.hidden = false;
    Object.assign(this.field.style, {
      left: place(left, placement.dx), top: place(top, placement.dy), width: length(right - left),
      height: length(bottom - top),
    });
    Object.assign(this.overlay.style, {
      left: place(0, placement.dx), top: place(0, placement.dy), width: length(28),
      height: length(28),
    });
  }

  /** @param {string} name */
  cover(name) {
    const values = name && this.why.answer?.[name === "piece" ? "ink" : name];
    this.why.shown = values ? name : null;
    this.overlay.hidden = !values;
    if (values) {
      paintMap(this.overlay, values, this.palette,
      name === "piece" ? this.why.answer.piece?.ink : undefined);
    }
  }

  /** @param {Trouble | { unreachable: boolean } | null} trouble */
  trouble(trouble) {
    if (!trouble && this.root.classList.contains("in-trouble")) this.notify();
    this.root.classList.toggle("in-trouble", trouble !== null);
    const said = trouble && (trouble.message ?? this.words.unreachable);
    say(this.message, said ?? (this.canvas.isFull ? this.words.full : ""));
  }

  theme() {
    super.theme();
    this.canvas.recolour(this.palette.ink);
    this.why.paint(this.palette);
  }
}
