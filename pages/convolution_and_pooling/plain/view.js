// The picture of "Why not a plain network": what a fully connected layer costs beside a
// convolution, to scale, and what becomes of neighbours when a picture is flattened and shuffled.
// Painted from the live route.

import { choices, press } from "../../kit/controls.js";
import { action, button, el, entry, fill, filled, grouped, say, styles } from "../../kit/dom.js";
import { Knob } from "../../kit/knob.js";
import { Live } from "../../kit/live.js";
import { LiveNumber } from "../../kit/opened_number.js";
import { paintPixels, shade } from "../../kit/pixels.js";
import { hideParts } from "../picture.js";
import { plain, Plane } from "../plane.js";
import { exact } from "../../kit/scale.js";
import { round, svg } from "../../kit/svg.js";
import { mounted, View } from "../../kit/view.js";

const LAYERS = /** @type {const} */ (["side", "units", "kernel", "maps"]);
const PIXELS = 28;
const [WIDE, HIGH] = [640, 150]; // units of the picture to scale
const SMALLEST = 5; // of its squares

const style = await styles("kit/base.css", "kit/opened.css",
  "convolution_and_pooling/pooling/view.css", "convolution_and_pooling/plain/view.css");

export const { mount, unmount } = mounted(() => PlainPicture);

/** @extends {View<PlainData>} */
class PlainPicture extends View {
  /** @type {PlainAnswer | undefined} */
  last;
  state = { ...this.data.view };
  /** @type {Cell} */
  place = { row: 10, column: 15 };

  /** @param {HTMLElement} host @param {PlainData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "plain", classes: "pool plain", style });
    const { words } = this;
    this.live = this.own(new Live({ url: `${data.base}/plain`,
      onAnswer: (answer) => this.answer(answer),
      onTrouble: (trouble) =>
        say(this.message, trouble ? (trouble.message ?? this.words.unreachable) : ""),
    }));
    this.message = el("p", { class: "message", role: "status" });
    this.knobs = LAYERS.map((name) => ({ name, knob: this.knob(name, data.scales[name]) }));
    this.channels = choices("plain-channels", words.channels,
      (channels) => { this.set({ channels }); this.notify(); },
      { "aria-label": words.fields.channels });
    this.number = this.makeNumber();
    this.connected = this.card("connected");
    this.convolution = this.card("convolution");
    this.scaled = svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, class: "scaled", role: "img",
      "aria-label": words.toScale });
    this.ratio = el("p", { class: "verdict", "data-fp": "plain-ratio" });
    /** @param {string} key @param {string} label @param {(cell: Cell) => Cell} pixelAt */
    const plane = (key, label, pixelAt) => {
      /** @param {number} row @param {number} column */
      const onPoint = (row, column) => this.point(pixelAt({ row, column }));
      return this.own(new Plane({ key, label, onPoint,
        onHover: (row, column = 0) => { if (row !== null) onPoint(row, column); },
        onMove: (down, right) => this.move(down, right) }));
    };
    this.drawing = plane("plain-drawing", words.drawing, (cell) => cell);
    this.shuffled = plane("plain-shuffled", words.shuffled, (cell) => this.pixelAt(cell));
    this.flat = strip("flat", words.vector);
    this.mixed = strip("mixed", words.vectorShuffled);
    this.apart = el("p", {});
    this.apartMixed = el("p", {});
    this.seed = el("span", { class: "note" });
    this.root.append(el("div", { class: "plain-settings", "data-part": "layers",
      "data-fold": true }, this.channels,
      el("div", { class: "plain-knobs" }, ...this.knobs.map(({ knob }) => knob.element))),
    this.message,
    el("div", { class: "plain-costs", "data-block": "plain-costs" }, this.connected.element,
      this.convolution.element,
      el("figure", {}, el("figcaption", {}, el("b", {}, words.toScale)), this.scaled,
        this.ratio)),
    this.number.element, this.neighbours());
    this.begin(".plain-costs");
  }

  // -- its parts ----------------------------------------------------------------------------------

  /** @param {string} name @param {number[]} scale the values that it stops at */
  knob(name, scale) {
    return new Knob({ name: `plain-${name}`, label: this.words.fields[name], low: 0,
      high: scale.length - 1, show: (at) => grouped(scale[at]) },
    { onInput: (_, at) => this.set({ [name]: scale[at] }), onChange: () => this.notify() });
  }

  // What a layer costs.
  /** @param {string} name */
  card(name) {
    const { words } = this;
    /** @param {string} what @param {string} key */
    const opens = (what, key) => button("", () => this.open(`${name}_${what}`),
      { class: "opens", "data-fp": key });
    const count = opens("parameters", `plain-${name}`);
    const rule = el("span", { class: "note" });
    const [memory, training, products] = ["memory", "training", "products"]
      .map((what) => opens(what, `plain-${name}-${what}`));
    const rows = Object.entries({ memory, training, products }).map(([key, cell]) =>
      el("tr", {}, el("td", {}, words.rows[key]), el("td", {}, cell)));
    const element = el("section", {}, el("h2", {}, words.layers[name]), el("strong", {}, count),
      rule,
      el("table", {}, el("tbody", {}, ...rows)));
    return { element, name, count, rule, memory, training, products };
  }

  makeNumber() {
    const { words } = this;
    /** @param {string} array @param {string} [at] */
    const name = (array, at) => `${entry(words.numbers, array)} ${at ?? ""}`.trim();
    return new LiveNumber(this, `${this.data.base}/plain/number`, {
      body: (number) => ({ layers: this.layers, shuffle: this.state.shuffle, number }),
      key: "count-", write: (array, at) => [array, ...at].join("."), titleOf: name,
      nameOf: (array, at) => name(array, at.join(", ")), leads: () => true,
      onwardOf: (array, at) => fill(words.onward, { name: name(array, at) }),
      onOpen: (number) => this.open(number),
    });
  }

  neighbours() {
    const { words } = this;
    const other = action(words.other, () => {
      this.set({ shuffle: (this.state.shuffle + 1) % 1_000_000 });
      this.notify();
    }, { "data-fp": "plain-other" });
    return el("section", { class: "plain-neighbours", "data-block": "plain-neighbours" },
      el("h2", { class: "plain-title" }, words.neighbours),
      el("div", { class: "plain-pair" },
        el("figure", {}, el("figcaption", {}, el("b", {}, words.drawing)), this.drawing.element,
          this.apart),
        el("figure", {}, el("figcaption", {}, el("b", {}, words.shuffled), other, this.seed),
          this.shuffled.element, this.apartMixed)),
      this.flat.element, this.mixed.element);
  }

  // -- what the page says -------------------------------------------------------------------------

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
    hideParts(this.root, "absent", this.data.hidden);
  }

  // -- what the person does -----------------------------------------------------------------------

  /** @param {Partial<PlainView>} change */
  set(change) {
    Object.assign(this.state, change);
    this.paintControls();
    this.ask();
  }

  // A count is opened; "" closes it.
  /** @param {string} number */
  open(number) {
    this.state.number = number;
    this.number.ask(number);
    this.notify();
  }

  // The sizes of the two layers.
  get layers() {
    const { channels, kernel, maps, side, units } = this.state;
    return { channels, kernel, maps, side, units };
  }

  /** @param {Cell} place of a pixel, before the shuffle */
  point(place) {
    this.place = place;
    this.paintNeighbours();
  }

  // The pixel that stands there after the shuffle.
  /** @param {Cell} cell */
  pixelAt({ row, column }) {
    return cellOf(this.last?.drawing.order[row * PIXELS + column] ?? 0);
  }

  /** @param {number} down @param {number} right */
  move(down, right) {
    /** @param {number} value */
    const within = (value) => Math.max(0, Math.min(PIXELS - 1, value));
    const { row, column } = this.place;
    this.point({ row: within(row + down), column: within(column + right) });
  }

  report() {
    return this.state;
  }

  // -- question and answer ------------------------------------------------------------------------

  ask() {
    this.live.ask({ body: () =>
      ({ layers: this.layers, shuffle: this.state.shuffle, drawing: this.data.drawing }) });
    this.number.ask(this.state.number);
  }

  /** @param {PlainAnswer} answer */
  answer(answer) {
    this.last = answer;
    this.repaint();
    this.painted();
  }

  // -- painting -----------------------------------------------------------------------------------

  repaint() {
    if (!this.last) return;
    this.paintControls();
    this.paintCosts(this.last);
    this.paintScale(this.last);
    this.paintNeighbours();
    this.number.paint(this.palette);
  }

  paintControls() {
    for (const { name, knob } of this.knobs) {
      knob.value = nearest(this.data.scales[name], this.state[name]);
    }
    press(this.channels, this.state.channels);
  }

  /** @param {PlainAnswer} answer */
  paintCosts(answer) {
    const sizes = Object.entries(this.layers).map(([name, size]) => [name, grouped(size)]);
    const known = { ...Object.fromEntries(sizes), inputs: grouped(answer.inputs) };
    for (const card of [this.connected, this.convolution]) {
      /** @type {PlainAnswerConnected} */
      const cost = entry(answer, card.name);
      say(card.count, grouped(cost.parameters));
      say(card.rule, fill(this.words.rules[card.name], known));
      say(card.memory, bytes(cost.memory));
      say(card.training, bytes(cost.training));
      say(card.products, grouped(cost.products));
    }
  }

  // The parameters of the two layers as areas.
  /** @param {PlainAnswer} answer */
  paintScale({ connected, convolution }) {
    const { words } = this;
    const counts = [connected.parameters, convolution.parameters];
    const [few, many] = [Math.min(...counts), Math.max(...counts)];
    const isLarger = counts[0] >= counts[1];
    const side = Math.sqrt((few * WIDE * HIGH) / many);
    this.scaled.replaceChildren(
      svg("rect", { width: WIDE, height: HIGH, class: isLarger ? "many" : "few" }),
      square(Math.max(side, SMALLEST), isLarger ? "few" : "many"));
    const enlarged = side < SMALLEST ? fill(words.enlarged, { side: twoDigits(side / WIDE * 100) })
      : "";
    const times = grouped(Number((many / few).toPrecision(3)));
    this.ratio.replaceChildren(...this.sentence(isLarger ? words.ratio : words.ratioLess,
      { times: [isLarger ? "connected_times" : "convolution_times", times] }), ` ${enlarged}`);
  }

  // A sentence whose numbers open.
  /** @param {string} text @param {Record<string, [array: string, shown: string]>} numbers */
  sentence(text, numbers) {
    const buttons = Object.entries(numbers).map(([name, [array, shown]]) => [name,
      button(shown, () => this.open(array), { class: "opens", "data-fp": `open-${array}` })]);
    return filled(text, Object.fromEntries(buttons));
  }

  // A pixel and those next to it: together in the picture, apart in the vector, anywhere once
  // shuffled.
  paintNeighbours() {
    const { last, place: { row, column }, palette, words } = this;
    if (!last) return;
    const { values, shuffled, order, neighbour, distance, broken } = last.drawing;
    const around = [[0, 0], [-1, 0], [1, 0], [0, -1], [0, 1]]
      .map(([down, right]) => ({ row: row + down, column: column + right }))
      .filter((cell) => values[cell.row]?.[cell.column] !== undefined);
    /** @param {Cell[]} cells */
    const look = (cells) => ({ signed: false, largest: 1, marks: cells.map((cell, i) =>
      ({ rows: [cell.row], columns: [cell.column], role: i ? "hover" : "chosen" })) });
    const flat = around.map((cell) => cell.row * PIXELS + cell.column);
    const mixed = flat.map((at) => order.indexOf(at));
    this.drawing.paint(plain(values, look(around)), palette);
    this.shuffled.paint(plain(shuffled, look(mixed.map(cellOf))), palette);
    this.flat.paint(values.flat(), flat, palette);
    this.mixed.paint(shuffled.flat(), mixed, palette);
    this.apart.replaceChildren(...this.sentence(words.apart,
      { across: ["across", String(neighbour[0])], down: ["down", String(neighbour[1])],
        large: ["large_down", grouped(last.neighbour[1])],
        side: ["side", grouped(this.state.side)], mean: ["flat_mean", exact(distance[0])] }));
    this.apartMixed.replaceChildren(...this.sentence(words.apartMixed,
      { mean: ["mixed_mean", exact(distance[1])],
        share: ["broken", `${(100 * broken).toFixed(1)}%`] }));
    say(this.seed, fill(words.seed, { seed: this.state.shuffle }));
  }
}

/** @param {number} at @returns {Cell} */
const cellOf = (at) => ({ row: Math.floor(at / PIXELS), column: at % PIXELS });

/** @param {number} side @param {string} role */
const square = (side, role) => svg("rect", { x: round((WIDE - side) / 2),
  y: round((HIGH - side) / 2), width: round(side), height: round(side), class: role });

// A picture as a vector, with ticks at a pixel and its neighbours.
/** @param {string} name @param {string} label */
function strip(name, label) {
  const canvas = el("canvas", { width: PIXELS ** 2, height: 1, "data-fp": `strip-${name}` });
  const ticks = svg("svg", { viewBox: `0 0 ${PIXELS ** 2} 10`, preserveAspectRatio: "none" });
  return {
    element: el("figure", {}, el("figcaption", {}, label),
      el("div", { class: "strip-line" }, canvas, ticks)),
    /** @param {number[]} values @param {number[]} places @param {Palette} palette */
    paint(values, places, palette) {
      paintPixels(canvas, values.length, 1, (i) => shade(palette.size, values[i], 1));
      ticks.replaceChildren(...places.map((at, i) => svg("rect", { x: at - (i ? 0 : 0.5),
        width: i ? 1 : 2, y: 0, height: 10, class: i ? "near" : "here" })));
    },
  };
}

/** @param {number[]} scale @param {number} value */
const nearest = (scale, value) => scale.reduce((best, each, i) =>
  (Math.abs(each - value) < Math.abs(scale[best] - value) ? i : best), 0);

/** @param {number} value */
const twoDigits = (value) => exact(Number(value.toPrecision(2)));

const UNITS = ["B", "kB", "MB", "GB", "TB"];
/** @param {number} count */
function bytes(count) {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3));
  return `${Number((count / 1000 ** power).toPrecision(3))} ${UNITS[power]}`;
}
