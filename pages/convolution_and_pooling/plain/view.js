// @ts-nocheck
// The picture of "Why not a plain network": what a fully connected layer costs beside a
// convolution, to scale, and what becomes of neighbours when a picture is flattened and shuffled.
// Painted from the live route.

import { press } from "../../kit/controls.js";
import { button, contextOf, el, entry, fill, say, styles } from "../../kit/dom.js";
import { Knob } from "../../kit/knob.js";
import { Live } from "../../kit/live.js";
import { Plane } from "../plane.js";
import { plain } from "../pooling/views.js";
import { exact } from "../../kit/scale.js";
import { round, svg } from "../../kit/svg.js";
import { mounted, View } from "../../kit/view.js";

const LAYERS = ["side", "units", "kernel", "maps"];
const LAST = 27;
const PIXELS = 28;
const [WIDE, HIGH] = [640, 150]; // units of the picture to scale

const style = await styles("kit/base.css", "convolution_and_pooling/pooling/view.css",
  "convolution_and_pooling/plain/view.css");

export const { mount, unmount } = mounted(() => PlainView);

/** @extends {View<PlainData>} */
class PlainView extends View {
  /** @type {Plane} */
  drawing;
  /** @type {Plane} */
  shuffled;
  /** @type {Record<string, { canvas: HTMLCanvasElement, ticks: SVGSVGElement }>} */
  strips;
  /** @type {HTMLParagraphElement} */
  apart;
  /** @type {HTMLParagraphElement} */
  apartMixed;
  /** @type {HTMLButtonElement} */
  other;
  /** @type {HTMLSpanElement} */
  seed;
  /** @type {HTMLElement} */
  neighbours;
  /** @type {PlainAnswer} */
  last;
  /** @type {Map<number, number>} */
  where;

  /** @param {HTMLElement} host @param {PlainData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "plain", classes: "pool plain", style });
    this.state = { ...data.view };
    this.place = { row: 10, column: 15 };
    this.live = this.own(new Live({ url: `${data.base}/plain`,
      onAnswer: (found) => this.answer(found),
      onTrouble: (trouble) =>
        say(this.message, trouble ? (trouble.message ?? this.words.unreachable) : ""),
    }));
    const { words } = this;
    this.message = el("p", { class: "message", role: "status" });
    this.knobs = Object.fromEntries(LAYERS.map((name) => [name, new Knob(
      { name: `plain-${name}`, label: words.fields[name], low: 0,
        high: entry(data.scales, name).length - 1,
        show: (at) => grouped(entry(data.scales, name)[at]) },
      { onInput: (_, at) => this.set({ [name]: entry(data.scales, name)[at] }),
        onChange: () => this.notify() })]));
    this.channels = el("div", { class: "choices", role: "group",
      "aria-label": words.fields.channels }, ...words.channels.map(([value, label]) =>
      button(label, () => { this.set({ channels: value }); this.notify(); },
        { "data-fp": `plain-channels-${value}`, "data-value": String(value) })));
    this.figures = Object.fromEntries(["connected", "convolution"].map((name) => [name, {
      count: el("strong", { "data-fp": `plain-${name}` }), rule: el("span", { class: "note" }),
      rows:
        Object.fromEntries(["memory", "training", "products"].map((key) => [key, el("td", {})])),
    }]));
    this.scaled = svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, class: "scaled", role: "img" });
    this.ratio = el("p", { class: "verdict", "data-fp": "plain-ratio" });
    this.build2();
    /** @param {string} name */
    const card = (name) => el("section", {}, el("h3", {}, words.layers[name]),
      this.figures[name].count, this.figures[name].rule,
      el("table", {}, el("tbody", {},
        ...Object.entries(this.figures[name].rows)
          .map(([key, cell]) => el("tr", {}, el("td", {}, words.rows[key]), cell)))));
    this.root.append(el("div", { class: "plain-settings", "data-part": "layers" }, this.channels,
      el("div", { class: "plain-knobs" }, ...LAYERS.map((name) => this.knobs[name].element))),
      this.message,
      el("div", { class: "plain-costs", "data-block": "plain-costs" }, card("connected"),
        card("convolution"),
        el("figure", {}, el("figcaption", {}, el("b", {}, words.toScale)), this.scaled,
          this.ratio)),
      this.neighbours);
    this.begin(".plain-costs");
  }

  /** @param {PlainData} before */
  compare(before) {
    if (JSON.stringify(this.data.drawing) !== JSON.stringify(before.drawing)) this.ask();
  }

  /** @param {PlainData} data */
  adopt(data) {
    this.state = { ...data.view };
    super.adopt(data);
    this.ask();
  }

  showHidden() {
    for (const part of this.root.querySelectorAll("[data-part]")) {
      part.classList.toggle("absent", this.data.hidden.includes(part.dataset.part));
    }
  }

  build2() {
    const { words } = this;
    /** @param {number} place */
    const pointing = (place) => ({ onPoint: place,
      onHover: (/** @type {number} */ row, /** @type {number} */ column) =>
      row != null && place(row, column),
        onMove: (/** @type {any} */ down, /** @type {any} */ right) => this.move(down, right) });
    this.drawing = this.own(new Plane({ key: "plain-drawing", label: words.drawing,
      ...pointing((/** @type {number} */ row, /** @type {number} */ column) =>
        this.point(row, column)) }));
    this.shuffled = this.own(new Plane({ key: "plain-shuffled", label: words.shuffled,
      ...pointing((/** @type {number} */ row, /** @type {number} */ column) =>
        this.pointShuffled(row, column)) }));
    this.strips = Object.fromEntries(["flat", "mixed"].map((name) => [name, {
      canvas: el("canvas", { width: PIXELS ** 2, height: 1, "data-fp": `strip-${name}` }),
      ticks: svg("svg", { viewBox: `0 0 ${PIXELS ** 2} 10`, preserveAspectRatio: "none" }),
    }]));
    /** @param {string} name @param {string} label */
    const strip = (name, label) => el("figure", {}, el("figcaption", {}, label),
      el("div", { class: "strip-line" }, this.strips[name].canvas, this.strips[name].ticks));
    this.apart = el("p", {});
    this.apartMixed = el("p", {});
    this.other = button(words.other, () => {
      this.set({ shuffle: (this.state.shuffle + 1) % 1_000_000 });
      this.notify();
    }, { class: "quiet", "data-fp": "plain-other" });
    this.seed = el("span", { class: "note" });
    this.neighbours = el("section", { class: "plain-neighbours", "data-block": "plain-neighbours" },
      el("h3", { class: "plain-title" }, words.neighbours),
      el("div", { class: "plain-pair" },
        el("figure", {}, el("figcaption", {}, el("b", {}, words.drawing)), this.drawing.element,
          this.apart),
        el("figure", {}, el("figcaption", {}, el("b", {}, words.shuffled), this.other, this.seed),
          this.shuffled.element, this.apartMixed)),
      strip("flat", words.vector), strip("mixed", words.vectorShuffled));
  }

  // -- what the person does -----------------------------------------------------------------------

  /** @param {any} change */
  set(change) {
    Object.assign(this.state, change);
    this.paintControls();
    this.ask();
  }

  /** @param {number} row @param {number} column */
  point(row, column) {
    this.place = { row, column };
    this.paintNeighbours();
  }

  /** @param {number} row @param {number} column */
  pointShuffled(row, column) {
    const from = this.last.drawing.order[row * PIXELS + column];
    this.point(Math.floor(from / PIXELS), from % PIXELS);
  }

  /** @param {any} down @param {any} right */
  move(down, right) {
    /** @param {number} value */
    const within = (value) => Math.max(0, Math.min(LAST, value));
    this.point(within(this.place.row + down), within(this.place.column + right));
  }

  report() {
    return this.state;
  }

  // -- question and answer ------------------------------------------------------------------------

  ask() {
    this.live.ask({ body: () => {
      const { shuffle, ...layers } = this.state;
      return { layers, shuffle, drawing: this.data.drawing };
    } });
  }

  /** @param {PlainAnswer} found */
  answer(found) {
    this.last = found;
    this.where = new Map(found.drawing.order.map((from, to) => [from, to]));
    this.repaint();
    this.painted();
  }

  // -- painting -----------------------------------------------------------------------------------

  paintControls() {
    for (const name of LAYERS) {
      this.knobs[name].value = nearest(entry(this.data.scales, name), entry(this.state, name));
    }
    press(this.channels, String(this.state.channels));
  }

  repaint() {
    if (!this.last) return;
    this.paintControls();
    this.paintCosts();
    this.paintNeighbours();
  }

  paintCosts() {
    const { last, state, words } = this;
    for (const [name, { count, rule, rows }] of Object.entries(this.figures)) {
      const cost = entry(last, name);
      say(count, grouped(cost.parameters));
      say(rule, fill(words.rules[name],
        { ...Object.fromEntries(Object.entries(state).map(([key, value]) => [key, grouped(value)])),
          inputs: grouped(last.inputs) }));
      say(rows.memory, bytes(cost.memory));
      say(rows.training, bytes(cost.training));
      say(rows.products, grouped(cost.products));
    }
    const [large, small] = [last.connected.parameters, last.convolution.parameters];
    const scale = Math.sqrt((WIDE * HIGH) / Math.max(large, small));
    /** @param {number} count */
    const side = (count) => Math.sqrt(count) * scale;
    /** @param {number} count */
    const shown = (count) => Math.max(side(count), 5);
    this.scaled.replaceChildren(...(large >= small
      ? [svg("rect", { width: WIDE, height: HIGH, class: "many" }), square(shown(small), "few")]
      : [svg("rect", { width: WIDE, height: HIGH, class: "few" }), square(shown(large), "many")]));
    const enlarged = Math.min(side(small), side(large)) < 5 ? fill(words.enlarged,
      { side: exact(Number((Math.min(side(small), side(large)) / WIDE * 100).toPrecision(2))) })
        : "";
    say(this.ratio, `${fill(large >= small ? words.ratio : words.ratioLess,
      { times: grouped(Number((Math.max(large, small) / Math.min(large,
        small)).toPrecision(3))) })} ${enlarged}`);
  }

  // A pixel and those next to it: together in the picture, apart in the vector, anywhere once
  // shuffled.
  paintNeighbours() {
    const { last, place: { row, column }, palette: colours, words } = this;
    if (!last) return;
    const { values, shuffled, neighbour, distance, broken } = last.drawing;
    const around = [[0, 0], [-1, 0], [1, 0], [0, -1],
      [0, 1]].map(([down, right]) => [row + down, column + right])
      .filter(([r, c]) => r >= 0 && c >= 0 && r <= LAST && c <= LAST);
    /** @param {number[][]} list */
    const marks = (list) =>
      list.map(([r, c], i) => ({ rows: [r], columns: [c], role: i ? "hover" : "chosen" }));
    const flat = around.map(([r, c]) => r * PIXELS + c);
    const mixed = flat.map((at) => this.where.get(at));
    this.drawing.paint(plain(values, { signed: false, largest: 1, marks: marks(around) }), colours);
    this.shuffled.paint(plain(shuffled, { signed: false, largest: 1,
      marks: marks(mixed.map((at) => [Math.floor(at / PIXELS), at % PIXELS])) }), colours);
    strip(this.strips.flat, values.flat(), flat, colours);
    strip(this.strips.mixed, shuffled.flat(), mixed, colours);
    say(this.apart, fill(words.apart,
      { across: neighbour[0], down: neighbour[1], large: grouped(last.neighbour[1]),
        side: grouped(this.state.side), mean: exact(distance[0]) }));
    say(this.apartMixed,
      fill(words.apartMixed, { mean: exact(distance[1]), share: `${(100 * broken).toFixed(1)}%` }));
    say(this.seed, fill(words.seed, { seed: this.state.shuffle }));
  }
}

/** @param {number} side @param {string} role */
const square = (side, role) => svg("rect", { x: round((WIDE - side) / 2),
  y: round((HIGH - side) / 2), width: round(side), height: round(side), class: role });

/**
 * @param {{ canvas: HTMLCanvasElement, ticks: SVGSVGElement }} what
 * @param {number[]} values
 * @param {number[] | (number | undefined)[]} places
 * @param {Palette} colours
 */
function strip({ canvas, ticks }, values, places, colours) {
  const context = contextOf(canvas);
  const image = context.createImageData(values.length, 1);
  const pixels = new Uint32Array(image.data.buffer);
  values.forEach((value, i) => { pixels[i] = colours.size[Math.round(value * 127) + 127]; });
  context.putImageData(image, 0, 0);
  ticks.replaceChildren(...places.map((at, i) => svg("rect",
    { x: at - (i ? 0 : 0.5), width: i ? 1 : 2, y: 0, height: 10, class: i ? "near" : "here" })));
}

/** @param {any} scale @param {number} value */
const nearest = (scale, value) => scale.reduce((/** @type {any} */ found, /** @type {any} */
  each, /** @type {number} */ i) =>
  (Math.abs(each - value) < Math.abs(scale[found] - value) ? i : found), 0);

/** @param {number} value */
export const grouped = (value) => value.toLocaleString("en");

const UNITS = ["B", "kB", "MB", "GB", "TB"];
/** @param {number} count */
function bytes(count) {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3));
  return `${Number((count / 1000 ** power).toPrecision(3))} ${UNITS[power]}`;
}
