// The picture of "Your network": what goes in, what comes out, the table of its layers, the maps
// and the kernel of one of them, a number opened, and the score on MNIST.

import { paintMaps } from "../kit/maps.js";
import { Canvas } from "../kit/canvas.js";
import { choices, head, press } from "../kit/controls.js";
import { action, button, el, fill, grouped, percent, pointed, say, stands, styles,
  walkable } from "../kit/dom.js";
import { answerTo, layersOf, Live } from "../kit/live.js";
import { LiveNumber } from "../kit/opened_number.js";
import { show } from "../kit/opened.js";
import { mounted, View } from "../kit/view.js";
import { placeOf, tiled } from "./places.js";

/** @typedef {Omit<NetworkAnswer, "layers"> & { layers: LayerMaps[] }} Answer */

const style = await styles("kit/base.css", "kit/opened.css", "your_network/view.css");
const EMPTY = "–";

export const { mount, unmount } = mounted(() => NetworkView);

/** @extends {View<NetworkData>} */
class NetworkView extends View {
  delay = 60;
  hideable = ["scales", "table", "number"];
  /** @type {Answer | null} */
  last = null;
  seed = 1;
  drawing = el("div", { class: "drawing" });
  typing = el("div", { class: "typing" });
  scoring = el("section", { "data-block": "score" });
  kernelPart = el("section", { class: "kernel", "data-block": "kernel" });
  /** @type {Map<string, HTMLCanvasElement>} of the table, by layer */
  thumbs = new Map();
  measuring = false;
  /** @type {NetworkScore | null} */
  score = null;
  scoredFor = "";

  /** @param {HTMLElement} host @param {NetworkData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "network", classes: "network", style });
    const { words } = this;
    this.view = { ...data.view };
    const onTrouble = (/** @type {Trouble | null} */ trouble) => this.say(trouble);
    this.live = this.own(new Live({ url: `${data.base}/networks/pass`, read: layersOf,
      onAnswer: (/** @type {Answer} */ answer) => this.take(answer), onTrouble }));
    this.message = el("p", { class: "note message", role: "status", "data-fp": "message" });
    this.canvas = this.own(new Canvas({ ...data.limits, label: words.canvas,
      help: words.canvasHelp }, {
      onChange: () => this.ask(), onFinish: () => { this.ask(); this.notify(); },
      onFull: () => say(this.message, words.full),
    }));
    this.scales = choices("scale", /** @type {[string, string][]} */ (words.scales),
      (scale) => this.set({ scale }));
    this.picture = el("p", { class: "note" }, words.ownPicture);
    this.typed = el("textarea", { rows: "4", "aria-label": words.numbers, "data-fp": "numbers" });
    this.typed.addEventListener("change", () => this.set({ numbers: this.typed.value }));
    this.typedNote = el("p", { class: "note" });
    this.outputs = el("div", { class: "outputs" });
    this.outputsNote = el("span", { class: "note" });
    this.title = el("h2", {});
    this.body = el("tbody", {});
    this.foot = el("tfoot", {});
    this.mapsTitle = el("h2", { "data-fp": "maps-title" });
    this.mapsNote = el("span", { class: "note" });
    this.maps = el("canvas", { ...walkable(), "data-fp": "maps" });
    this.mark = el("div", { class: "mark", hidden: true });
    this.kernelTitle = el("h2", {});
    this.kernel = el("canvas", { role: "img", "data-fp": "kernel" });
    this.breaker = action("", () => this.break(), { "data-fp": "break" });
    this.mender = button("", () => this.set({ off: "" }),
      { class: "quiet", "data-fp": "mend-all" });
    this.grid = el("div", { class: "grid" }, this.maps, this.mark);
    this.scoreSays = el("p", { role: "status", "data-fp": "score" });
    this.scorer = action(words.measure, () => this.measure(), { "data-fp": "measure" });
    this.number = this.makeNumber();
    this.root.append(el("div", { class: "whole" }, this.left(), this.right()), this.number.element);
    this.maps.addEventListener("click", (event) => this.click(event));
    this.maps.addEventListener("keydown", (event) => this.key(event));
    this.begin(".whole");
  }

  makeNumber() {
    const { words } = this;
    return new LiveNumber(this, `${this.data.base}/networks/number`, {
      body: (text) => ({ ...this.question(), number: numberOf(text) }),
      write: (array, at) => [array, ...at.map((i) => i + 1)].join("."),
      titleOf: (array, place) => fill(words.number, { layer: this.nameOf(array), place }),
      onwardOf: (array, place) =>
        fill(words.onward, { name: `${this.nameOf(array)} ${place}`.trim() }),
      leads: (array) => !array.includes("."),
      onOpen: (text) => this.open(text),
    });
  }

  left() {
    const { words, canvas } = this;
    this.drawing.append(canvas.element,
      el("div", { class: "tools", role: "toolbar", "aria-label": words.tools },
        action(words.undo, () => canvas.undo(), { "data-fp": "undo" }),
        action(words.clear, () => canvas.clear(), { "data-fp": "clear" }),
        action(words.sample, () => this.takeSample(), { "data-fp": "sample" })),
      this.picture,
      el("div", { class: "scales", role: "group", "aria-label": words.scale },
        el("span", { class: "note" }, words.scale), this.scales));
    this.typing.append(this.typedNote, this.typed,
      button(words.anew, () => this.set({ numbers: "" }), { class: "quiet", "data-fp": "anew" }));
    this.scoring.append(head(words.scoreTitle, "", this.scorer), this.scoreSays);
    return el("div", { class: "left" },
      el("section", { "data-block": "input" }, head(words.inputTitle), this.drawing, this.typing,
        this.message),
      el("section", { "data-block": "answer" },
        el("div", { class: "head" }, el("h2", {}, words.answerTitle), this.outputsNote),
        this.outputs),
      this.scoring);
  }

  right() {
    const { columns } = this.words;
    const titles = Object.entries(columns).map(([name, label]) =>
      el("th", { scope: "col", class: name }, label));
    this.table = el("section", { class: "layers", "data-block": "table", tabindex: "0" },
      this.title, el("table", {}, el("thead", {}, el("tr", {}, ...titles)), this.body, this.foot));
    this.large = el("section", { class: "large", "data-block": "maps" },
      el("div", { class: "head" }, this.mapsTitle, this.mapsNote),
      this.grid);
    this.kernelPart.append(el("div", { class: "head" }, this.kernelTitle), this.kernel,
      el("div", { class: "tools" }, this.breaker, this.mender));
    return el("div", { class: "right" }, this.table,
      el("div", { class: "detail" }, this.large, this.kernelPart));
  }

  // -- between page and picture -------------------------------------------------------------------

  /** @param {NetworkData} data */
  adopt(data) {
    this.view = { ...data.view };
    this.canvas.show(/** @type {any} */ (data.view.drawing));
    this.build();
    super.adopt(data);
    this.ask();
  }

  /** @param {NetworkData} before */
  compare(before) {
    const { net, picture } = this.data;
    if (before.net === net && before.picture === picture) return;
    if (before.net !== net) this.last = null;
    this.build();
    this.ask();
  }

  report() {
    return { ...this.view, drawing: this.canvas.strokes };
  }

  /** @param {Partial<NetworkView["view"]>} change */
  set(change) {
    Object.assign(this.view, change);
    this.build();
    this.ask();
    this.notify();
  }

  question() {
    const { scale, off, numbers } = this.view;
    return { net: this.data.net, drawing: this.canvas.strokes, picture: this.data.picture, scale,
      off, numbers };
  }

  ask() {
    const { view } = this;
    this.live.ask({ body: () => ({ ...this.question(), layer: view.layer || this.first(),
      map: view.map }) });
    this.number.ask(written(view.number));
  }

  // The layer that is shown where none was chosen: the first one with kernels.
  first() {
    const { rows } = this.data;
    return (rows.find((row) => row.kernels) ?? rows[0])?.array ?? "";
  }

  get row() {
    const array = this.view.layer || this.first();
    return this.data.rows.find((row) => row.array === array);
  }

  /** @param {string} array */
  nameOf(array) {
    const { rows } = this.data;
    const row = rows.find((each) => each.array === array);
    if (row) return row.name;
    const within = rows.find((each) => array.startsWith(`${each.array}_`));
    return within ? this.innerOf(within, array.slice(within.array.length + 1))
      : array === "input" ? this.words.input : array;
  }

  /**
   * What a part of a layer is called: "forward_forget" is its forget gate.
   * @param {{ name: string }} layer @param {string} inner
   */
  innerOf({ name }, inner) {
    const { parts, directions } = this.words;
    const [way, ...rest] = inner.split("_");
    const both = way in directions && rest.length;
    const part = parts[both ? rest.join("_") : inner] ?? inner;
    return fill(this.words.within, {
      layer: name, part: both && directions[way] ? `${directions[way]} ${part}` : part });
  }

  get broken() {
    return this.view.off ? this.view.off.split(",") : [];
  }

  // -- what the person does -----------------------------------------------------------------------

  async takeSample() {
    this.seed += 1;
    const answer = await answerTo(`${this.data.base}/sample/${this.seed}`, undefined,
      (trouble) => this.say(trouble));
    if (answer) this.canvas.change(answer.drawing);
  }

  /** @param {string} layer */
  choose(layer) {
    this.set({ layer, map: 0 });
  }

  break() {
    const { row, broken } = this;
    if (!row) return;
    const kernel = `${row.array}.${this.view.map}`;
    const others = broken.filter((each) => each !== kernel);
    this.set({ off: (others.length < broken.length ? others : [...broken, kernel]).join(",") });
  }

  async measure() {
    if (this.measuring) return;
    this.measuring = true;
    say(this.scoreSays, this.words.measuring);
    const { net } = this.data;
    const { scale, off } = this.view;
    const asked = JSON.stringify([net, scale, off]);
    const answer = await answerTo(`${this.data.base}/networks/score`, { net, scale, off },
      (trouble) => trouble && say(this.scoreSays, trouble.message ?? this.words.unreachable));
    this.measuring = false;
    if (answer) [this.score, this.scoredFor] = [answer, asked];
    if (answer) this.paintScore();
  }

  /** @param {string} text */
  open(text) {
    this.view.number = numberOf(text);
    this.number.ask(text);
    this.notify();
    if (text) this.number.element.scrollIntoView({ block: "nearest" });
  }

  /** @param {MouseEvent} event */
  click(event) {
    const shown = this.layer("shown");
    const { row } = this;
    if (!shown || !row) return;
    const [x, y] = pointed(event, this.maps);
    const at = tiled(threeOf(shown.shape), x / this.maps.clientWidth, y / this.maps.clientHeight);
    if (at) this.openAt(at);
  }

  /** @param {number[]} at map, row and column as they are shown */
  openAt([map, y, x]) {
    const { row } = this;
    const shown = this.layer("shown");
    if (!row || !shown || !this.last) return;
    const place = placeOf(row.shape, shown.shape, this.last.step, [map, y, x]);
    if (row.kernels && map < row.kernels) this.view.map = map;
    this.open([row.array, ...place.map((i) => i + 1)].join("."));
    this.build();
    this.ask();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const shown = this.layer("shown");
    if (!shown) return;
    const [count, height, width] = threeOf(shown.shape);
    const across = Math.ceil(Math.sqrt(count));
    const move = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across }[event.key];
    const map = Math.min(this.view.map, count - 1);
    if (move !== undefined) {
      event.preventDefault();
      if (map + move >= 0 && map + move < count) this.set({ map: map + move });
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      const own = shown.codes.subarray(map * height * width, (map + 1) * height * width);
      const strongest = own.reduce((best, code, i) =>
        (Math.abs(code) > Math.abs(own[best]) ? i : best), 0);
      this.openAt([map, Math.floor(strongest / width), strongest % width]);
    }
  }

  // -- painting -----------------------------------------------------------------------------------

  /** @param {Answer} answer */
  take(answer) {
    this.last = answer;
    this.repaint();
    this.painted();
  }

  /** @param {string} name */
  layer(name) {
    return this.last?.layers.find((each) => each.name === name);
  }

  // What does not wait for an answer.
  build() {
    const { data, words, view } = this;
    const { form } = data;
    const drawn = form.kind === "picture";
    this.drawing.hidden = !drawn;
    this.typing.hidden = drawn;
    this.picture.hidden = !data.picture;
    press(this.scales, view.scale);
    const count = form.size.reduce((a, b) => a * b, 1);
    say(this.typedNote, fill(form.kind === "tokens" ? words.tokens : words.series,
      { count, most: form.kinds - 1 }));
    this.typed.value = view.numbers || data.example;
    say(this.title, fill(words.tableTitle, { net: data.label, count: data.rows.length }));
    this.scoring.hidden = !data.scored;
    this.rows();
    const { row } = this;
    const kernels = row?.kernels ?? 0;
    this.kernelPart.hidden = !kernels;
    const map = Math.min(view.map, Math.max(0, kernels - 1));
    say(this.kernelTitle, fill(words.kernelTitle, { map }));
    const isBroken = Boolean(row && this.broken.includes(`${row.array}.${map}`));
    say(this.breaker, isBroken ? words.mend : words.break);
    this.mender.hidden = !view.off;
    say(this.mender, fill(words.mendAll, { count: this.broken.length }));
    this.paintScore();
  }

  rows() {
    const { data, row } = this;
    const key = JSON.stringify([data.net, data.rows.length]);
    if (this.body.dataset.of !== key) {
      this.body.dataset.of = key;
      this.thumbs = new Map(data.rows.map(({ array }) =>
        [array, el("canvas", { width: 1, height: 1, "aria-hidden": "true" })]));
      this.body.replaceChildren(...data.rows.map((each) => el("tr",
        { "data-fp": `row-${each.array}`, onclick: () => this.choose(each.array) },
        el("th", { scope: "row" }, button(each.name, () => this.choose(each.array),
          { class: "quiet", title: each.name })),
        el("td", { class: "op" }, each.op), el("td", {}, each.shape.join(" × ") || "1"),
        el("td", {}, grouped(each.parameters)),
        el("td", { class: "products" }, grouped(each.multiply_adds)),
        el("td", { class: "maps" }, this.thumbs.get(each.array) ?? ""))));
      const sum = (/** @type {"parameters" | "multiply_adds"} */ what) =>
        grouped(data.rows.reduce((a, each) => a + each[what], 0));
      this.foot.replaceChildren(el("tr", {}, el("th", { scope: "row" }, this.words.together),
        el("td"), el("td"), el("td", {}, sum("parameters")),
        el("td", { class: "products" }, sum("multiply_adds")), el("td")));
    }
    for (const [i, each] of data.rows.entries()) {
      this.body.children[i].classList.toggle("is", each === row);
      this.body.children[i].classList.toggle("broken",
        this.broken.some((name) => name.startsWith(`${each.array}.`)));
    }
  }

  repaint() {
    const { last, words, palette, row } = this;
    if (!last || !row) return;
    for (const [array, canvas] of this.thumbs) {
      const layer = this.layer(array);
      if (layer) paintMaps(canvas, { ...layer, shape: threeOf(layer.shape) }, palette);
    }
    const shown = this.layer("shown");
    const shape = row.shape.join(" × ") || "1";
    say(this.mapsTitle, fill(words.mapsTitle, { op: row.op, name: row.name }));
    const count = shown ? threeOf(shown.shape)[0] : 0;
    const whole = row.shape.length > 2 ? row.shape.slice(0, -2).reduce((a, b) => a * b, 1)
      : row.shape.length === 1 ? row.shape[0] : 1;
    say(this.mapsNote, fill(words.mapsNote, { shape })
      + (count < whole ? ` ${fill(words.thinned, { shown: count, count: whole })}` : ""));
    this.maps.hidden = !shown;
    if (shown) {
      paintMaps(this.maps, { ...shown, shape: threeOf(shown.shape) }, palette);
      fit(this.grid, this.maps);
      this.maps.setAttribute("aria-label", fill(words.mapsLabel, { layer: row.name }));
      this.surround(threeOf(shown.shape));
    }
    const kernel = this.layer("kernel");
    if (kernel) {
      paintMaps(this.kernel, { ...kernel, shape: threeOf(kernel.shape) }, palette);
      fit(this.kernel, this.kernel);
      this.kernel.setAttribute("aria-label", fill(words.kernelLabel,
        { map: this.view.map, shape: kernel.shape.join(" × ") }));
    }
    this.paintOutputs(last);
    this.number.paint(palette);
  }

  /** @param {number[]} shape */
  surround([count, height, width]) {
    const { mark, maps } = this;
    const across = Math.ceil(Math.sqrt(count));
    const map = Math.min(this.view.map, count - 1);
    mark.hidden = count < 2;
    Object.assign(mark.style, {
      left: `${(100 * (map % across) * (width + 1)) / maps.width}%`,
      top: `${(100 * Math.floor(map / across) * (height + 1)) / maps.height}%`,
      width: `${(100 * width) / maps.width}%`, height: `${(100 * height) / maps.height}%`,
    });
    stands(maps, fill(this.words.mapOf, { map, count }), map, count - 1);
  }

  /** @param {Answer} answer */
  paintOutputs({ outputs, shares, count, array, blank, seconds, rank }) {
    const { words } = this;
    const sentence = rank === 1 ? words.outputs : words.firstOutputs;
    say(this.outputsNote, [fill(sentence, { shown: outputs.length, count }),
      fill(words.took, { ms: Math.max(1, Math.round(1000 * seconds)) })].join(", "));
    this.outputs.classList.toggle("blank", blank);
    this.outputs.classList.toggle("bare", !shares);
    this.outputs.replaceChildren(...outputs.map(({ at, value }, i) => {
      const share = shares ? shares[i] : null;
      const opens = rank === 1 && array !== "input";
      const text = value === null ? EMPTY : show(value);
      const name = shares && !i ? "output won" : "output";
      return el("div", { class: name, "data-fp": `output-${at}` }, el("b", {}, String(at)),
        el("span", { class: "bar" }, el("i", { style: `transform: scaleX(${share ?? 0})` })),
        el("span", { class: "share" }, share === null ? "" : percent(share)),
        opens ? button(text, () => this.open(`${array}.${at + 1}`),
          { class: "opens", title: fill(words.openOutput, { at }) }) : el("span", {}, text));
    }));
  }

  paintScore() {
    const { score, words, view, data } = this;
    if (!score || this.measuring) return;
    const current = this.scoredFor === JSON.stringify([data.net, view.scale, view.off]);
    this.scoreSays.classList.toggle("stale", !current);
    if (JSON.parse(this.scoredFor)[0] !== data.net) return say(this.scoreSays, "");
    const [low, high] = score.interval.map(percent);
    const off = JSON.parse(this.scoredFor)[2];
    const broken = off ? `, ${fill(words.scoreBroken, { count: off.split(",").length })}` : "";
    say(this.scoreSays, fill(words.scoreSays, { right: grouped(score.right), of: grouped(score.of),
      share: percent(score.right / score.of), low, high }) + broken);
  }

  /** @param {Trouble | null} trouble */
  say(trouble) {
    say(this.message, trouble ? (trouble.message ?? this.words.unreachable) : "");
    this.stale(Boolean(trouble));
  }

  theme() {
    super.theme();
    this.canvas.recolour(this.palette.ink);
  }
}

/** Tell the style how many squares are painted.
 * @param {HTMLElement} box @param {HTMLCanvasElement} canvas */
function fit(box, { width, height }) {
  box.style.setProperty("--wide", String(width));
  box.style.setProperty("--high", String(height));
}

/** Maps, rows and columns of what is painted; units are maps of one number.
 * @param {number[]} shape */
const threeOf = (shape) => (shape.length === 1 ? [shape[0], 1, 1] : shape);

/** A number as it is written, "layer_3.1.5"; null for none. @param {string} text */
function numberOf(text) {
  if (!text) return null;
  const [array, ...places] = text.split(".");
  return { array, index: places.map((place) => Number(place) - 1) };
}

/** @param {{ array: string, index: number[] } | null} number */
const written = (number) =>
  (number ? [number.array, ...number.index.map((i) => i + 1)].join(".") : "");
