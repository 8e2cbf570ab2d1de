// @ts-nocheck
// The picture of "Convolution": input, patch times kernel, products, output, painted from the live
// route. What the person does is kept here and told to the page when a gesture ends.

import { activeBeside, button, el, fill, number, say, styles } from "../kit/dom.js";
import { Canvas } from "../kit/canvas.js";
import { Controls } from "./controls.js";
import { Player } from "./player.js";
import { Sum } from "./sum.js";
import { closest, decoded, middle, nearest, range, touching } from "./reach.js";
import { Live } from "../kit/live.js";
import { Plane, thumbnail } from "./plane.js";
import { sizes } from "./size.js";
import { mounted, View } from "../kit/view.js";

const style = await styles("kit/base.css", "kit/matrix.css", "convolution_and_pooling/view.css");
const NO_PADDING = { top: 0, bottom: 0, left: 0, right: 0 };
// squares of room for padding around an input: it does not shrink with the first ones
const RING = 2;

export const { mount, unmount } = mounted(() => ConvView);

/** @extends {View<ConvData>} */
class ConvView extends View {
  /** @type {{ row: number, column: number } | null} */
  anchor = null;
  /** @type {(Cell & { map: number }) | null} */
  goal = null;
  /** @type {number} */
  sent;
  /** @type {ConvAnswer} */
  last;
  /** @type {{ said: string } | null} */
  refused = null;

  /** @param {HTMLElement} host @param {ConvData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "convolution", classes: "conv", style });
    this.state = structuredClone(data.view);
    this.channel = 0;
    this.hovered = null;
    this.asked = 0;
    this.turn = 0;
    this.whole = -1;
    this.live = this.own(new Live({ url: `${data.base}/convolution`,
      read: decoded, onAnswer: (...all) => this.answer(...all),
      onTrouble: (trouble) => this.trouble(trouble),
    }));
    const { words } = this;
    this.controls = new Controls(words, data, (...all) => this.set(...all));
    this.message = el("p", { class: "trouble", role: "status", "data-fp": "message" });
    this.way = button("", () => this.set({ [this.refused.field]: this.refused.nearest }, null,
      true), { class: "quiet", "data-fp": "way-out", hidden: true });
    this.input = this.own(new Plane({
      key: "input", label: words.input, onPoint: (...all) => this.under(...all),
      onHover: (row, column) => this.hover("input", row, column),
      onMove: (down, right) => this.move(down, right), onType: (...all) => this.retype(...all),
    }));
    this.output = this.own(new Plane({
      key: "output", label: words.outputLabel, onPoint: (row, column) => this.go(row, column),
      onHover: (row, column) => this.hover("output", row, column),
      onMove: (down, right) => this.move(down, right),
    }));
    this.sum = new Sum(words, { onSet: (...all) => this.put(...all),
      onChannel: (index) => { this.channel = index; this.repaint(); } });
    this.player = new Player(words, { onPlace: (row, column) => this.go(row, column, true),
      onRest: () => { this.repaint(); this.notify(); } });
    this.inputTitle = titled(words.input);
    this.outputTitle = titled(words.outputLabel);
    this.inputs = el("div", { class: "thumbs", role: "group", "aria-label": words.channels });
    this.filters = el("div", { class: "thumbs", role: "group", "aria-label": words.filters });
    this.readIn = el("p", { class: "note read", "data-fp": "read-input" });
    this.readOut = el("p", { class: "note read", "data-fp": "read-output" });
    this.pad = new Canvas({ ...data.canvas, label: words.pad, help: words.padHelp }, {
      onChange: (event) => this.draw(event), onFinish: () => this.notify(), onFull: () => {},
    });
    this.clear =
      button(words.clear, () => this.pad.clear(), { class: "quiet", "data-fp": "clear" });
    this.typed = el("textarea", { "data-fp": "matrix", "aria-label": words.matrix,
      spellcheck: "false", rows: 6, oninput: () =>
        this.set({ matrix: onLine(this.typed.value) }, null), onchange: () => this.notify() });
    this.feed = el("div", { class: "feed", "data-part": "inputs" },
      el("div", { class: "padded" }, this.pad.element,
        el("p", {}, el("span", { class: "note" }, words.pad), el("br"), this.clear)),
      el("label", {}, el("span", { class: "note" }, words.matrixHelp), this.typed));
    this.scale =
      el("input", { type: "checkbox", "data-fp": "scale", onchange: () => this.repaint() });
    this.formula = el("div", { class: "size", "data-block": "size", "data-fp": "size" });
    this.root.append(this.controls.element,
      el("p", { class: "said" }, this.message, this.way),
      el("div", { class: "planes" },
        el("figure", { class: "side", "data-block": "input" }, this.inputTitle.element,
          this.input.element, this.inputs, this.readIn, this.feed),
        this.sum.left, this.sum.right,
        el("figure", { class: "side", "data-block": "output" }, this.outputTitle.element,
          this.output.element, this.filters, this.readOut,
          el("div", { class: "line" }, this.player.element,
            el("label", { class: "switch" }, this.scale, words.scale)))),
      this.formula);
    this.begin(".planes");
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
    for (const part of this.root.querySelectorAll("[data-part]")) {
      part.classList.toggle("without", this.data.hidden.includes(part.dataset.part));
    }
  }

  // -- what the person does -----------------------------------------------------------------------

  // change: fields of the view; "map" is the shown filter. rest: the gesture has ended.
  /**
   * @param {any} change
   * @param {PointerEvent | Event | { timeStamp: number } | null | undefined} event
   * @param {boolean} [rest]
   */
  set(change, event, rest = false) {
    const { map, ...fields } = change;
    // the middle of what is new
    if (fields.source && fields.source !== this.state.source) this.anchor = fields.place = null;
    Object.assign(this.state, fields);
    if (map != null) this.state.place = { ...(this.state.place ?? { row: 0, column: 0 }), map };
    if ("source" in fields || "drawing" in fields) this.channel = 0;
    if (Object.keys(change).length) this.ask(event?.timeStamp);
    if (rest) this.notify();
  }

  /** @param {PointerEvent | undefined} event */
  draw(event) {
    this.set({ drawing: this.pad.strokes,
      source: this.state.source === "maps" ? "maps" : "drawing" }, event);
  }

  // A weight was dragged or typed; null takes it back; undefined: the hand rests.
  /** @param {number} row @param {number} column @param {number} value @param {Event} event */
  put(row, column, value, event) {
    if (value === undefined) return this.notify();
    const { map } = this.last.opened;
    const inputs = this.last.channels_of[map];
    const channel = Math.min(this.channel, inputs.length - 1);
    const others = this.state.edits.filter(([o, i, r, c]) =>
      o !== map || i !== channel || r !== row || c !== column);
    this.set({ edits: value === null ? others : [...others, [map, channel, row, column, value]] },
      event ?? { timeStamp: performance.now() }, value === null);
  }

  // A number of the typed matrix itself.
  /** @param {number} row @param {number} column @param {string} text */
  retype(row, column, text) {
    const value = Number(text.replace("−", "-").replace(",", "."));
    if (this.state.source !== "matrix" || !Number.isFinite(value)) return;
    const planes = this.state.matrix.split("|")
      .map((plane) => plane.split(";").map((line) => line.trim().split(/\s+/)));
    planes[this.shown()][row][column] = String(value);
    this.set({ matrix: planes.map((plane) => plane.map((line) => line.join(" ")).join(";"))
      .join("|") }, { timeStamp: performance.now() }, true);
    this.typed.value = lines(this.state.matrix);
  }

  // The kernel is put down where the pointer is: at the output cell whose receptive field lies
  // nearest.
  /** @param {number} row @param {number} column */
  under(row, column) {
    const { rows, columns } = this.last;
    this.go(nearest(rows, row), nearest(columns, column));
  }

  /** @param {number} down @param {number} right */
  move(down, right) {
    const { opened, output } = this.last;
    const [, rows, columns] = output.shape;
    const [row, column] = [(this.goal ?? opened).row + down, (this.goal ?? opened).column + right];
    if (row >= 0 && column >= 0 && row < rows && column < columns) this.go(row, column);
  }

  /** @param {number} row @param {number} column @param {boolean} [playing] */
  go(row, column, playing = false) {
    if (!playing) this.player.stop();
    const { map } = this.last.opened;
    this.goal = { map, row, column };
    this.state.place = this.goal;
    this.anchor = middle(this.last, row, column);
    this.place();
    if (!playing) this.notify();
  }

  /** @param {string} where @param {number | null} row @param {number | undefined} column */
  hover(where, row, column) {
    this.hovered = row == null ? null : { where, row, column };
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

  // Everything anew; `place` asks only for the number that is opened, as long as everything else is
  // there.
  /** @param {any} [start] */
  ask(start) {
    this.asked++;
    this.place(start);
  }

  /** @param {any} [start] */
  place(start) {
    this.turn++;
    const body = () => {
      this.sent = this.asked;
      return { ...this.state, only_cell: this.whole === this.asked, told: this.turn };
    };
    this.live.ask({ start, body });
  }

  /** @param {ConvAnswer} found @param {import("../kit/live.js").Question} question */
  answer(found, { start }) {
    if (found.input) {
      this.whole = this.sent;
      this.last = found;
      const fitting = found.told === this.turn && this.refit(found);
      if (fitting) {
        this.state.place = this.goal = { map: found.opened.map, ...fitting };
        return this.place(start);
      }
    } else {
      if (!this.last) return;
      this.last.opened = found.opened;
    }
    const { map, row, column } = found.opened;
    if (found.told === this.turn) { // else somebody has gone on meanwhile, and where to is kept
      this.goal = null;
      this.state.place = { map, row, column };
      this.anchor ??= middle(this.last, row, column);
    }
    this.repaint();
    if (start) {
      requestAnimationFrame(() =>
      performance.measure("fp:painted", { start, end: performance.now() }));
    }
    this.painted();
    this.root.dataset.cell = `${map}.${row}.${column}`;
    this.player.arrived();
  }

  // With another stride the kernel stays over the same part of the input.
  /** @param {ConvAnswer} options */
  refit({ opened, rows, columns }) {
    if (!this.anchor) return null;
    const row = closest(rows, this.anchor.row);
    const column = closest(columns, this.anchor.column);
    return row === opened.row && column === opened.column ? null : { row, column };
  }

  /** @param {Trouble | null} trouble */
  trouble(trouble) {
    const recovered = this.refused && !trouble;
    this.refused = null;
    let text = trouble ? this.words.unreachable : "";
    if (trouble?.message) {
      this.refused = { said: trouble.message };
      if (trouble.message.startsWith("{")) this.refused = JSON.parse(trouble.message);
      text = this.refused.said;
    }
    say(this.message, text);
    this.way.hidden = this.refused?.nearest === undefined;
    if (!this.way.hidden) {
      say(this.way,
      fill(this.words.wayOut, { field: this.words.fields[this.refused.field],
        nearest: this.words.values[this.refused.nearest] ?? this.refused.nearest }));
    }
    if (this.refused) this.controls.paint(this.state, this.last, this.state.place?.map ?? 0);
    if (recovered) this.notify();
  }

  // -- painting -----------------------------------------------------------------------------------

  // The input channel whose products are looked at.
  shown() {
    const inputs = this.last.channels_of[this.last.opened.map];
    return inputs[Math.min(this.channel, inputs.length - 1)];
  }

  repaint() {
    const { last, state, words } = this;
    if (!last) return;
    const { map } = last.opened;
    const inputs = last.channels_of[map];
    this.channel = Math.min(this.channel, inputs.length - 1);
    const [channels, rows, columns] = last.input.shape;
    const [count, outRows, outColumns] = last.output.shape;
    this.controls.paint(state, last, map);
    say(this.inputTitle.note, shape(channels, rows, columns));
    say(this.outputTitle.note, shape(count, outRows, outColumns));
    this.paintPlanes();
    this.paintSum();
    this.thumbs(this.inputs, last.input, map, (i) => this.nameOf(i), (i) => inputs.includes(i),
      (i) => i === this.shown(), (i) => { this.channel = inputs.indexOf(i); this.repaint(); });
    this.thumbs(this.filters, last.output, map, (o) => fill(words.filter, { number: o + 1 }),
      () => true, (o) => o === map, (o) => this.set({ map: o }, null, true));
    sizes(this.formula, last, state, words);
    const { source } = state;
    this.feed.dataset.source = source;
    if (activeBeside(this.typed) !== this.typed) {
      this.typed.value = lines(state.matrix);
    }
    this.root.dataset.output = last.output.shape.join(".");
  }

  paintSum() {
    const { last, state } = this;
    const { opened } = last;
    this.sum.paint(opened, {
      weight: last.weights[opened.map][this.channel], channel: this.channel,
      edited: (/** @type {number} */ row, /** @type {number} */
        column) => state.edits.some(([o, i, r, c]) =>
        o === opened.map && i === this.channel && r === row && c === column),
      largestInput: last.input.largest, largestWeight:
        Math.max(...last.weights[opened.map].flat(2).map(Math.abs)), signedInput: last.input.signed,
      after: state.after, flipped: state.flipped, transposed: state.transposed,
      channelNames: (/** @type {number} */ i) => this.nameOf(i),
    }, this.palette);
  }

  paintPlanes() {
    const { last, state, hovered } = this;
    if (!last) return;
    const { opened, input, output, rows, columns } = last;
    const transposed = rows.transposed;
    const padding = transposed ? NO_PADDING
      : { top: rows.low, bottom: rows.high, left: columns.low, right: columns.high };
    const most = Math.max(...Object.values(padding));
    const seen = { rows: opened.rows, columns: opened.columns, role: "seen" };
    const inMarks = [seen];
    const outMarks = [{ rows: [opened.row], columns: [opened.column], role: "chosen" }];
    let [readIn, readOut] = [" ", " "];
    if (hovered?.where === "output" && hovered.row < rows.output
      && hovered.column < columns.output) {
      inMarks.push({ rows: rows.taps[hovered.row], columns: columns.taps[hovered.column],
        role: "hover" });
      outMarks.push({ rows: [hovered.row], columns: [hovered.column], role: "hover" });
      const value =
        output.values[(opened.map * rows.output + hovered.row) * columns.output + hovered.column];
      readOut = fill(this.words.readOut,
        { row: hovered.row + 1, column: hovered.column + 1, value: number(value) });
    }
    if (hovered?.where === "input" && hovered.row < rows.origin.length
      && hovered.column < columns.origin.length) {
      const touched =
        { rows: touching(rows, hovered.row), columns: touching(columns, hovered.column) };
      inMarks.push({ rows: [hovered.row], columns: [hovered.column], role: "hover" });
      outMarks.push({ ...touched, role: "hover" });
      const [y, x] = [rows.origin[hovered.row], columns.origin[hovered.column]];
      const values = { count: touched.rows.length * touched.columns.length, row: (y ?? 0) + 1,
        column: (x ?? 0) + 1 };
      const outside = hovered.row < padding.top || hovered.column < padding.left
        || hovered.row >= padding.top + rows.size || hovered.column >= padding.left + columns.size;
      const value =
        y == null || x == null ? 0 : this.plane(input, this.shown())[y * columns.size + x];
      readIn = fill(outside ? this.words.readPadding : this.words.readIn,
        { ...values, value: number(value) });
    }
    this.input.paint({
      values: this.plane(input, this.shown()), rows: rows.size, columns: columns.size, padding,
      origin: { rows: rows.origin, columns: columns.origin },
      ring: state.source === "matrix" || transposed ? most : Math.max(RING, most),
      signed: input.signed, largest: input.largest,
      rest: { rows: rows.rest, columns: columns.rest }, marks: inMarks,
    }, this.palette);
    const until = this.player.playing ? opened.row * columns.output + opened.column : Infinity;
    this.output.paint({
      values: this.plane(output, opened.map), rows: rows.output, columns: columns.output,
      padding: NO_PADDING, origin: { rows: range(rows.output), columns: range(columns.output) },
      signed: output.signed, largest: output.largest,
      scale: this.scale.checked ? this.input.cell : null,
      faint: (row, column) => row * columns.output + column > until, marks: outMarks,
    }, this.palette);
    say(this.readIn, readIn);
    say(this.readOut, readOut);
    this.player.paint(opened, rows.output, columns.output);
  }

  /**
   * @param {HTMLDivElement} host
   * @param {ConvAnswerInput} options
   * @param {number} _
   * @param {(i: number) => string} name
   * @param {(i: number) => boolean} takesPart
   * @param {(i: number) => boolean} isShown
   * @param {(i: number) => void} onPick
   */
  thumbs(host, { shape: [count, rows, columns], values, signed, largest }, _, name, takesPart,
    isShown, onPick) {
    host.hidden = count < 2;
    if (host.hidden) return;
    while (host.children.length > count) host.lastChild.remove();
    while (host.children.length < count) {
      const canvas = el("canvas", { "aria-hidden": "true" });
      host.append(el("button", { type: "button" }, canvas, el("span", {})));
    }
    for (let i = 0; i < count; i++) {
      const part = host.children[i];
      thumbnail(part.firstChild, values.subarray(i * rows * columns, (i + 1) * rows * columns),
        rows, columns, { signed, largest }, this.palette);
      say(part.lastChild, name(i));
      part.onclick = () => onPick(i);
      part.disabled = !takesPart(i);
      part.setAttribute("aria-pressed", String(isShown(i)));
    }
  }

  /** @param {ConvAnswerInput} what @param {number} index */
  plane({ shape: [, rows, columns], values }, index) {
    return values.subarray(index * rows * columns, (index + 1) * rows * columns);
  }

  /** @param {number} channel */
  nameOf(channel) {
    const colour = this.state.source === "picture" && this.last.input.shape[0] === 3;
    return colour ? this.words.colours[channel] : fill(this.words.channel, { number: channel + 1 });
  }

}

/** @param {number} channels @param {number} rows @param {number} columns */
const shape =
  (channels, rows, columns) => `${channels > 1 ? `${channels} × ` : ""}${rows} × ${columns}`;
/** @param {string} text */
const lines = (text) => text.replaceAll("|", "\n\n").replaceAll(";", "\n");
/** @param {string} text */
const onLine = (text) => text.trim().replace(/\n[ \t]*\n\s*/g, "|").replace(/[ \t]*\n[ \t]*/g, ";");

/** @param {string} name */
function titled(name) {
  const note = el("span", {});
  return { note, element: el("figcaption", {}, el("b", {}, name), note) };
}
