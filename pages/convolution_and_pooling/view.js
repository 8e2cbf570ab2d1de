// The picture of "Convolution": input, patch times kernel, products, output, painted from the live
// route. What the person does is stored here and sent to the page when a gesture ends.

import { action, activeBeside, button, el, entry, fill, number, say, styles } from "../kit/dom.js";
import { Canvas } from "../kit/canvas.js";
import { choices, press } from "../kit/controls.js";
import { Controls } from "./controls.js";
import { hideParts, painted, refusedOf, rowsOf } from "./picture.js";
import { Player } from "./player.js";
import { Sum } from "./sum.js";
import { closest, decoded, middle, nearest, range, touching } from "./reach.js";
import { Live } from "../kit/live.js";
import { typedNumber } from "../kit/keys.js";
import { LiveNumber } from "../kit/opened_number.js";
import { NO_PADDING, Plane, thumbnail } from "./plane.js";
import { sizes } from "./size.js";
import { mounted, View } from "../kit/view.js";
/** @import { Change, Place, State } from "./controls.js" */
/** @import { Refused } from "./picture.js" */

/**
 * What the pointer is over, padding included.
 * @typedef {Cell & { where: "input" | "output" }} Hovered
 * @typedef {{ input: Outline[], output: Outline[], readIn?: string, readOut?: string }} Pointed
 */

const style = await styles("kit/base.css", "kit/matrix.css", "kit/opened.css",
  "convolution_and_pooling/view.css");
// squares of room for padding around an input: it does not shrink with the first ones
const RING = 2;

export const { mount, unmount } = mounted(() => ConvView);

/** @extends {View<ConvData>} */
class ConvView extends View {
  /** @type {State} */
  state = structuredClone(this.data.view);
  /** @type {ConvAnswer | undefined} */
  last;
  /** @type {Refused | null} */
  refused = null;
  tool = "pen"; // what the pointer does in an input that is drawn
  channel = 0; // of those that the shown filter sees, the one whose products are looked at
  /** @type {Hovered | null} */
  hovered = null;
  /** @type {Cell | null} the middle of the receptive field, in the input */
  anchor = null;
  /** @type {Place | null} where to, until the answer is there */
  goal = null;
  latest = 0; // counts the questions about another state,
  sent = 0; // which of them was sent last,
  known = -1; // and which was answered last
  turn = 0; // counts all questions

  /** @param {HTMLElement} host @param {ConvData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "convolution", classes: "conv", style });
    const { words } = this;
    this.live = this.own(new Live({ url: `${data.base}/convolution`, read: decoded,
      onAnswer: (answer, { start }) => this.answer(answer, start),
      onTrouble: (trouble) => this.trouble(trouble) }));
    this.controls = new Controls(words, data, (...all) => this.set(...all));
    this.message = el("p", { class: "trouble", role: "status", "data-fp": "message" });
    this.way = button("", () => this.takeWay(),
      { class: "quiet", "data-fp": "way-out", hidden: true });
    /** @param {number} down @param {number} right */
    const onMove = (down, right) => this.move(down, right);
    this.input = this.own(new Plane({
      key: "input", label: words.input, onMove,
      onPoint: (row, column) => this.under(row, column),
      onHover: (row, column = 0) => this.hover("input", row, column),
      onType: (row, column, text) => this.retype(row, column, text),
    }));
    this.output = this.own(new Plane({
      key: "output", label: words.outputLabel, onMove,
      onPoint: (row, column) => this.go(row, column),
      onHover: (row, column = 0) => this.hover("output", row, column),
    }));
    this.number = this.makeNumber();
    this.sum = new Sum(words, { onSet: (...all) => this.put(...all),
      onNumber: (array, at) => this.open([array, ...at].join(".")),
      onChannel: (index) => { this.channel = index; this.repaint(); } });
    this.player = new Player(words, { onPlace: (row, column) => this.go(row, column, true),
      onRest: () => { this.repaint(); this.notify(); } });
    this.inputTitle = titled(words.input);
    this.outputTitle = titled(words.outputLabel);
    this.inputs = el("div", { class: "thumbs", role: "group", "aria-label": words.channels });
    this.filters = el("div", { class: "thumbs", role: "group", "aria-label": words.filters });
    this.readIn = el("p", { class: "note read", "data-fp": "read-input" });
    this.readOut = el("p", { class: "note read", "data-fp": "read-output" });
    this.pad = this.own(new Canvas({ ...data.canvas, label: words.pad, help: words.padHelp }, {
      onChange: (event) => this.draw(event), onFinish: () => this.notify(), onFull: () => {},
    }));
    this.typed = el("textarea", { "data-fp": "matrix", "aria-label": words.matrix, rows: 6,
      spellcheck: "false", onchange: () => this.notify() });
    this.typed.addEventListener("input", () => this.set({ matrix: onLine(this.typed.value) }));
    this.tools = choices("tool", words.tools, (tool) => this.take(tool),
      { "aria-label": words.pad });
    this.beside = el("div", { class: "padded" });
    this.feed = this.makeFeed();
    this.formula = el("div", { class: "size", "data-block": "size", "data-fp": "size" });
    this.root.append(this.makePlanes(), el("p", { class: "said" }, this.message, this.way),
      this.controls.element, this.number.element, this.formula);
    this.begin(".planes");
  }

  // How one draws, or types numbers. A drawing is made in the input itself; where maps of it are
  // the input, beside it.
  makeFeed() {
    const { words, pad, typed } = this;
    return el("div", { class: "feed", "data-part": "inputs", "data-fold": true }, this.beside,
      el("div", { class: "pens" }, this.tools,
        action(words.undo, () => pad.undo(), { "data-fp": "undo" }),
        action(words.clear, () => pad.clear(), { "data-fp": "clear" })),
      el("label", {}, el("span", { class: "note" }, words.matrixHelp), typed));
  }

  // What the pointer does in the input; to draw on a sample is to begin a drawing.
  /** @param {string} tool */
  take(tool) {
    this.tool = tool;
    if (this.state.source === "drawing") return this.paintPad();
    if (tool === "pen") {
      this.set({ source: "drawing", as_drawn: true, drawing: this.pad.strokes }, undefined, true);
    }
  }

  makeNumber() {
    const { words } = this;
    /** @param {string} array @param {string} at */
    const name = (array, at) => `${entry(words.names, array)} ${at}`;
    return new LiveNumber(this, `${this.data.base}/convolution/number`, {
      body: (opened) => ({ ...this.state, opened }),
      key: "opened-", write: (array, at) => [array, ...at].join("."),
      titleOf: name,
      onwardOf: (array, at) => fill(words.onward, { name: name(array, at) }),
      nameOf: (array, at) => name(array, at.join(", ")),
      leads: (array) => array in words.names,
      onOpen: (number) => this.open(number),
    });
  }

  makePlanes() {
    return el("div", { class: "planes" },
      el("figure", { class: "side", "data-block": "input" }, this.inputTitle.element,
        this.input.element, this.inputs, this.readIn, this.feed),
      el("div", { class: "middle answered" },
        this.sum.equation, this.sum.adding, this.player.element),
      el("figure", { class: "side answered", "data-block": "output" }, this.outputTitle.element,
        this.output.element, this.filters, this.readOut));
  }

  close() {
    this.player.stop();
    super.close();
  }

  // -- what the page says -------------------------------------------------------------------------

  /** @param {ConvData} data */
  adopt(data) {
    this.state = structuredClone(data.view);
    this.anchor = null;
    this.pad.show(this.state.drawing ?? []);
    super.adopt(data);
    this.ask();
  }

  showHidden() {
    hideParts(this.root, "without", this.data.hidden);
  }

  // -- what the person does -----------------------------------------------------------------------

  // change: fields of the view; "map" is the shown filter. rest: the gesture has ended.
  /** @param {Change} change @param {number} [start] @param {boolean} [rest] */
  set({ map, ...fields }, start, rest = false) {
    // the middle of what is new
    if (fields.source && fields.source !== this.state.source) {
      this.anchor = fields.place = null;
      this.tool = "pen";
    }
    Object.assign(this.state, fields);
    if (map !== undefined) {
      this.state.place = { ...(this.state.place ?? { row: 0, column: 0 }), map };
    }
    if ("source" in fields || "drawing" in fields) this.channel = 0;
    if (map !== undefined || Object.keys(fields).length) this.ask(start);
    if (rest) this.notify();
  }

  /** @param {PointerEvent | undefined} event */
  draw(event) {
    const change = this.state.source === "maps" ? {}
      : { source: "drawing", as_drawn: true };
    this.set({ drawing: this.pad.strokes, ...change }, event?.timeStamp);
  }

  takeWay() {
    const { field, nearest } = this.refused ?? {};
    if (field) this.set({ [field]: nearest }, undefined, true);
  }

  // A weight was dragged or typed; null takes it back; undefined: the drag has ended.
  /** @type {MatrixSet} */
  put(row, column, value, event) {
    if (value === undefined || !this.last) return this.notify();
    const { map } = this.last.opened;
    const others = this.state.edits.filter(([filter, channel, r, c]) =>
      filter !== map || channel !== this.channel || r !== row || c !== column);
    this.set({ edits: value === null ? others
      : [...others, [map, this.channel, row, column, value]] },
    event?.timeStamp ?? performance.now(), value === null);
  }

  // A number of the typed matrix itself.
  /** @param {number} row @param {number} column @param {string} text */
  retype(row, column, text) {
    const value = typedNumber(text);
    if (this.state.source !== "matrix" || value === null || !this.last) return;
    const planes = this.state.matrix.split("|")
      .map((plane) => plane.split(";").map((line) => line.trim().split(/\s+/)));
    planes[this.shown(this.last)][row][column] = String(value);
    this.set({ matrix: planes.map((plane) => plane.map((line) => line.join(" ")).join(";"))
      .join("|") }, performance.now(), true);
    this.typed.value = lines(this.state.matrix);
  }

  // The kernel is put down where the pointer is: at the output cell whose receptive field lies
  // nearest.
  /** @param {number} row @param {number} column */
  under(row, column) {
    if (!this.last) return;
    this.go(nearest(this.last.rows, row), nearest(this.last.columns, column));
  }

  /** @param {number} down @param {number} right */
  move(down, right) {
    if (!this.last) return;
    const { opened, output: { shape: [, rows, columns] } } = this.last;
    const from = this.goal ?? opened;
    const [row, column] = [from.row + down, from.column + right];
    if (row >= 0 && column >= 0 && row < rows && column < columns) this.go(row, column);
  }

  /** @param {number} row @param {number} column @param {boolean} [playing] */
  go(row, column, playing = false) {
    if (!this.last) return;
    if (!playing) this.player.stop();
    this.goal = this.state.place = { map: this.last.opened.map, row, column };
    this.anchor = middle(this.last, row, column);
    this.askPlace();
    if (!playing) this.notify();
  }

  // A number of the input or of the kernel is opened; "" closes it.
  /** @param {string} number */
  open(number) {
    this.state.opened = number;
    this.number.ask(number);
    this.notify();
  }

  /** @param {"input" | "output"} where @param {number | null} row @param {number} column */
  hover(where, row, column) {
    this.hovered = row === null ? null : { where, row, column };
    this.paintPlanes();
  }

  notify() {
    clearTimeout(this.notifying);
    if (!this.refused) super.notify(); // what the route does not take is not the state of the page
  }

  report() {
    return this.state;
  }

  // -- question and answer ------------------------------------------------------------------------

  // Everything anew; `askPlace` asks only for the number that is opened, as long as everything else
  // is there.
  /** @param {number} [start] */
  ask(start) {
    this.latest++;
    this.askPlace(start);
  }

  /** @param {number} [start] */
  askPlace(start) {
    this.turn++;
    this.live.ask({ start, body: () => {
      this.sent = this.latest;
      const { opened, ...state } = this.state;
      void opened; // asked for on its own
      return { ...state, only_cell: this.known === this.latest, turn: this.turn };
    } });
    this.number.ask(this.state.opened);
  }

  /** @param {ConvAnswer} answer of one cell alone it holds `opened` only @param {number} start */
  answer(answer, start) {
    const isLatest = answer.turn === this.turn;
    if (answer.input) {
      this.known = this.sent;
      this.last = answer;
      const fitting = isLatest && this.refit(answer);
      if (fitting) {
        this.state.place = this.goal = { map: answer.opened.map, ...fitting };
        return this.askPlace(start);
      }
    }
    if (!this.last) return;
    this.last.opened = answer.opened;
    const { map, row, column } = answer.opened;
    if (isLatest) { // else somebody has gone on meanwhile, and where to stays
      this.goal = null;
      this.state.place = { map, row, column };
      this.anchor ??= middle(this.last, row, column);
    }
    this.repaint();
    if (start) painted(start);
    this.painted();
    this.root.dataset.cell = `${map}.${row}.${column}`;
    this.player.arrived();
  }

  // With another stride the kernel stays over the same part of the input.
  /** @param {ConvAnswer} answer @returns {Cell | null} */
  refit({ opened, rows, columns }) {
    if (!this.anchor) return null;
    const row = closest(rows, this.anchor.row);
    const column = closest(columns, this.anchor.column);
    return row === opened.row && column === opened.column ? null : { row, column };
  }

  /** @param {Trouble | null} trouble */
  trouble(trouble) {
    const recovered = this.refused && !trouble;
    this.refused = refusedOf(trouble);
    this.stale(this.refused !== null);
    say(this.message, this.refused?.message ?? (trouble ? this.words.unreachable : ""));
    const { field, nearest } = this.refused ?? {};
    this.way.hidden = !field || nearest === undefined;
    if (field && nearest !== undefined) {
      const { wayOut, fields, values } = this.words;
      say(this.way, fill(wayOut, { field: fields[field], nearest: values[nearest] ?? nearest }));
    }
    if (this.refused) this.controls.paint(this.state, this.last, this.state.place?.map ?? 0);
    if (recovered) this.notify();
  }

  // -- painting -----------------------------------------------------------------------------------

  // The input channel whose products are looked at.
  /** @param {ConvAnswer} answer */
  shown({ channels_of: inputs, opened }) {
    return inputs[opened.map][this.channel];
  }

  repaint() {
    const { last, state, words } = this;
    if (!last) return;
    const { map } = last.opened;
    const inputs = last.channels_of[map];
    this.channel = Math.min(this.channel, inputs.length - 1);
    this.controls.paint(state, last, map);
    say(this.inputTitle.note, shape(last.input));
    say(this.outputTitle.note, shape(last.output));
    this.paintPlanes();
    this.paintSum(last);
    const light = state.source === "picture";
    this.thumbs(this.inputs, { ...last.input, light }, this.shown(last), (i) => this.nameOf(i),
      (i) => { this.channel = inputs.indexOf(i); this.repaint(); }, (i) => inputs.includes(i));
    this.thumbs(this.filters, last.output, map, (o) => fill(words.filter, { number: o + 1 }),
      (o) => this.set({ map: o }, undefined, true));
    sizes(this.formula, last, words, (number) => this.open(number));
    this.number.paint(this.palette);
    this.feed.dataset.source = state.source;
    if (activeBeside(this.typed) !== this.typed) this.typed.value = lines(state.matrix);
    this.root.dataset.output = last.output.shape.join(".");
  }

  /** @param {ConvAnswer} answer */
  paintSum({ opened, weights, input }) {
    const { state, channel } = this;
    const kernels = weights[opened.map];
    this.sum.paint(opened, {
      weight: kernels[channel], channel, after: state.after, flipped: state.flipped,
      transposed: state.transposed, edited: (row, column) => state.edits.some(([o, i, r, c]) =>
        o === opened.map && i === channel && r === row && c === column),
      largestInput: input.largest, largestWeight: Math.max(...kernels.flat(2).map(Math.abs)),
      signedInput: input.signed, light: state.source === "picture", nameOf: (i) => this.nameOf(i),
    }, this.palette);
  }

  paintPlanes() {
    const { last, state } = this;
    if (!last) return;
    const { opened, input, output, rows, columns } = last;
    const padding = rows.transposed ? NO_PADDING
      : { top: rows.low, bottom: rows.high, left: columns.low, right: columns.high };
    const widest = Math.max(...Object.values(padding));
    const ring = state.source === "matrix" || rows.transposed ? widest : Math.max(RING, widest);
    // squares of one size, so that the same place is seen in both
    const most = 2 * ring + Math.max(rows.size, columns.size, rows.output, columns.output);
    const pointed = this.pointed(last, padding);
    this.input.paint({
      values: plane(input, this.shown(last)), rows: rows.size, columns: columns.size, padding,
      origin: { rows: rows.origin, columns: columns.origin },
      ring, most,
      signed: input.signed, largest: input.largest, light: state.source === "picture",
      rest: { rows: rows.rest, columns: columns.rest },
      marks: [{ rows: opened.rows, columns: opened.columns, role: "seen" }, ...pointed.input],
    }, this.palette);
    const until = this.player.playing ? opened.row * columns.output + opened.column : Infinity;
    this.output.paint({
      values: plane(output, opened.map), rows: rows.output, columns: columns.output,
      padding: NO_PADDING, origin: { rows: range(rows.output), columns: range(columns.output) },
      signed: output.signed, largest: output.largest,
      ring, most,
      faint: (row, column) => row * columns.output + column > until,
      marks: [{ rows: [opened.row], columns: [opened.column], role: "chosen", opened: true },
        ...pointed.output],
    }, this.palette);
    say(this.readIn, pointed.readIn ?? " ");
    say(this.readOut, pointed.readOut ?? " ");
    this.player.paint(opened, rows.output, columns.output);
    this.paintPad();
  }

  // The pad lies on the squares that it draws.
  paintPad() {
    const { pad, input, state, last } = this;
    const inside = state.source === "drawing";
    const host = inside ? input.element : this.beside;
    if (pad.element.parentElement !== host) host.append(pad.element);
    pad.element.hidden = inside && this.tool !== "pen";
    press(this.tools, inside ? this.tool : "kernel");
    const side = inside && last ? last.rows.size * input.cell : 0;
    const begin = inside && input.spec ? (input.top + input.spec.padding.top) * input.cell : 0;
    pad.element.style.cssText = side
      ? `top:${begin}px;left:${begin}px;width:${side}px;height:${side}px` : "";
  }

  // What is outlined, and read out, where the pointer is.
  /** @param {ConvAnswer} answer @param {Box} padding @returns {Pointed} */
  pointed(answer, padding) {
    const { rows, columns } = answer;
    if (!this.hovered) return { input: [], output: [] };
    const { where, row, column } = this.hovered;
    if (where === "output" && row < rows.output && column < columns.output) {
      return this.overOutput(answer, row, column);
    }
    if (where === "input" && row < rows.origin.length && column < columns.origin.length) {
      return this.overInput(answer, row, column, padding);
    }
    return { input: [], output: [] };
  }

  /** @param {ConvAnswer} answer @param {number} row @param {number} column @returns {Pointed} */
  overOutput({ output, opened, rows, columns }, row, column) {
    const value = plane(output, opened.map)[row * columns.output + column];
    return {
      input: [{ rows: rows.taps[row], columns: columns.taps[column], role: "hover" }],
      output: [{ rows: [row], columns: [column], role: "hover" }],
      readOut: fill(this.words.readOut,
        { row: row + 1, column: column + 1, value: number(value) }),
    };
  }

  /**
   * @param {ConvAnswer} answer
   * @param {number} row
   * @param {number} column
   * @param {Box} padding
   * @returns {Pointed}
   */
  overInput(answer, row, column, { top, left }) {
    const { input, rows, columns } = answer;
    const touched = { rows: touching(rows, row), columns: touching(columns, column) };
    const [y, x] = [rows.origin[row], columns.origin[column]];
    const outside = row < top || column < left || row >= top + rows.size
      || column >= left + columns.size;
    const value = y === null || x === null ? 0
      : plane(input, this.shown(answer))[y * columns.size + x];
    return {
      input: [{ rows: [row], columns: [column], role: "hover" }],
      output: [{ ...touched, role: "hover" }],
      readIn: fill(outside ? this.words.readPadding : this.words.readIn,
        { row: (y ?? 0) + 1, column: (x ?? 0) + 1, value: number(value),
          count: touched.rows.length * touched.columns.length }),
    };
  }

  /**
   * @param {HTMLElement} host
   * @param {ConvAnswerInput & { light?: boolean }} planes
   * @param {number} shown
   * @param {(i: number) => string} name
   * @param {(i: number) => void} onPick
   * @param {(i: number) => boolean} [takesPart]
   */
  thumbs(host, planes, shown, name, onPick, takesPart = () => true) {
    const [count, rows, columns] = planes.shape;
    host.hidden = count < 2;
    if (host.hidden) return;
    const make = () => el("button", { type: "button" }, el("canvas", { "aria-hidden": "true" }),
      el("span", {}));
    rowsOf(host, count, make).forEach((part, i) => {
      const [canvas, label] = part.children;
      thumbnail(/** @type {HTMLCanvasElement} */ (canvas), plane(planes, i), rows, columns, planes,
        this.palette);
      say(label, name(i));
      part.onclick = () => onPick(i);
      part.disabled = !takesPart(i);
      part.setAttribute("aria-pressed", String(i === shown));
    });
  }

  /** @param {number} channel */
  nameOf(channel) {
    const colour = this.state.source === "picture" && this.last?.input.shape[0] === 3;
    return colour ? this.words.colours[channel] : fill(this.words.channel, { number: channel + 1 });
  }
}

// One channel, its numbers row by row.
/** @param {ConvAnswerInput} planes @param {number} index */
const plane = ({ shape: [, rows, columns], values }, index) =>
  values.subarray(index * rows * columns, (index + 1) * rows * columns);

/** @param {ConvAnswerInput} planes */
const shape = ({ shape: [channels, rows, columns] }) =>
  `${channels > 1 ? `${channels} × ` : ""}${rows} × ${columns}`;
/** @param {string} text */
const lines = (text) => text.replaceAll("|", "\n\n").replaceAll(";", "\n");
/** @param {string} text */
const onLine = (text) => text.trim().replace(/\n[ \t]*\n\s*/g, "|").replace(/[ \t]*\n[ \t]*/g, ";");

/** @param {string} name */
function titled(name) {
  const note = el("span", {});
  return { note, element: el("figcaption", {}, el("b", {}, name), note) };
}
