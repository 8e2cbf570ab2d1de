// Your own digit in the network that is being trained: the canvas, what each layer makes of it at
// the step on show, and what the network would answer. Each of these numbers opens.

import { bytesOf, textOf } from "../kit/base64.js";
import { Canvas } from "../kit/canvas.js";
import { action, button, el, fill, percent, say } from "../kit/dom.js";
import { Live, answerTo } from "../kit/live.js";
import { OpenMaps } from "./maps.js";
import { OpenedNumber } from "../kit/opened_number.js";
import { paintInk } from "./pixels.js";
import { initialPalette } from "../kit/palette.js";
/** @import { NumberAnswer } from "../kit/opened_number.js" */

const BLANK = textOf(new Uint8Array(784));
const EVERY = 250; // ms between two looks while a run computes
const WIDE = 8; // maps side by side
const UNSEEN = /^(input|conv|fc|flatten|norm|drop|logits)/; // layers without a picture

// A digit, how likely it is, and the same as a bar.
class AnswerRow {
  bar = el("i", { class: "bar" });

  /** @param {number} digit @param {string} title @param {() => void} onOpen */
  constructor(digit, title, onOpen) {
    this.share = el("output", { "data-fp": `answer-${digit}` });
    const open = button(this.share, onOpen, { title: fill(title, { digit }) });
    this.element = el("li", {}, el("b", {}, String(digit)),
      el("span", { class: "track" }, this.bar), open);
  }

  /** @param {number} part @param {boolean} won */
  paint(part, won) {
    this.element.className = won ? "won" : "";
    this.bar.style.transform = `scaleX(${part})`;
    this.share.dataset.value = String(part);
    say(this.share, percent(part));
  }
}

export class Yours {
  /** @type {string | null} what goes through the network */
  image = null;
  /** @type {string | null} */
  run = null;
  step = 0;
  edits = "";
  /** @type {number | undefined} */
  later;
  /** @type {MapsAnswer | null} */
  answer = null;
  /** @type {Record<string, OpenMaps>} */
  layers = {};
  /** @type {Record<string, string>} a layer without a picture: the one that shows its places */
  shownBy = {};
  number = ""; // the number that is open, as in a link
  built = "";
  palette = initialPalette;
  last = 0;

  // onChange(): a gesture has ended, or another number or picture was chosen. onAnswer(): the maps
  // of another state have been painted.
  /**
   * @param {CnnWords} words
   * @param {CnnData} data
   * @param {{ onChange: () => void, onAnswer: () => void }} options
   */
  constructor(words, { base, seed, limits }, { onChange, onAnswer }) {
    this.words = words;
    this.base = base;
    this.onChange = onChange;
    this.onAnswer = onAnswer;
    this.sample = seed;
    const onTrouble = (/** @type {Trouble | null} */ trouble) => this.trouble(trouble);
    this.live = new Live({ url: `${base}/prepared`, onTrouble,
      onAnswer: (/** @type {{ image: string }} */ { image }) => {
        if (this.canvas.strokes.length) this.take(image, true); // it may be blank by now
      } });
    this.maps = new Live({ onAnswer: (answer) => this.show(answer), onTrouble });
    this.canvas = new Canvas({ ...limits, label: words.canvas, help: words.canvasHelp }, {
      onChange: () => this.drawn(), onFinish: () => { this.drawn(); onChange(); },
      onFull: () => this.trouble(null),
    });
    this.message = el("p", { class: "message", role: "status" });
    this.canvas.element.append(this.message);
    this.small =
      el("canvas", { class: "small", "data-fp": "ink", role: "img", "aria-label": words.seenAs });
    this.back = button(words.backToYours, () => this.drawn(),
      { class: "quiet", "data-fp": "back-to-yours", hidden: true });
    this.opened = new OpenedNumber(words, {
      write: (array, at) => [array, ...at].join("."),
      titleOf: (layer, place) => fill(words.number, { layer, place }),
      onwardOf: (layer, place) => fill(words.onward, { name: `${layer} ${place}`.trim() }),
      onOpen: (number) => this.open(number),
    });
    this.numbers = new Live({
      onAnswer: (/** @type {NumberAnswer} */ answer) => {
        this.opened.take(answer);
        this.outline();
      },
      onTrouble: (trouble) => this.opened.trouble(trouble?.message),
    });
    this.rows = Array.from({ length: 10 }, (_, digit) =>
      new AnswerRow(digit, words.openShare, () => this.open(`probabilities.${digit}`)));
    this.stack = el("div", { class: "stack" });
    this.element = el("section", { class: "yours", "data-block": "yours", "data-fp": "yours" },
      el("div", { class: "head" }, el("h2", {}, words.yours),
        el("span", { class: "note" }, words.yoursNote), this.back),
      el("div", { class: "through" }, this.hand(),
        el("ol", { class: "answers", "data-block": "answer" },
          ...this.rows.map(({ element }) => element))),
      this.stack);
  }

  hand() {
    const { words, canvas } = this;
    return el("div", { class: "hand" }, canvas.element,
      el("div", { class: "tools", role: "toolbar", "aria-label": words.tools },
        action(words.undo, () => canvas.undo(), { "data-fp": "undo" }),
        action(words.clear, () => canvas.clear(), { "data-fp": "clear" }),
        action(words.sample, () => this.takeSample(), { "data-fp": "sample" }),
        el("span", { class: "seen-as" }, this.small)));
  }

  close() {
    clearTimeout(this.later);
    for (const part of [this.live, this.maps, this.numbers, this.canvas]) part.close();
  }

  /** @param {CnnView} view */
  adopt({ drawing, number }) {
    this.number = number;
    this.canvas.show(drawing);
    this.drawn();
  }

  // What the page is to know of it.
  report() {
    const { image, number } = this;
    return { drawing: this.canvas.strokes, number, image: this.back.hidden ? "" : image };
  }

  async takeSample() {
    const number = ++this.sample;
    const answer = await answerTo(`${this.base}/sample/${number}`, undefined,
      (trouble) => this.trouble(trouble));
    if (answer && number === this.sample) this.canvas.change(answer.drawing);
  }

  // The server prepares a drawing as MNIST was prepared; what comes back is what the network gets.
  drawn() {
    const { strokes } = this.canvas;
    if (strokes.length) this.live.ask({ body: () => ({ drawing: this.canvas.strokes }) });
    else this.take(BLANK, true);
  }

  // A picture goes through the network: one's own, or a digit of the data that was clicked.
  /** @param {string} image @param {boolean} [own] */
  take(image, own = false) {
    this.image = image;
    this.back.hidden = own;
    paintInk(this.small, bytesOf(image), this.palette);
    this.ask();
  }

  // A digit of the data was clicked.
  /** @param {string} image */
  choose(image) {
    this.take(image);
    this.onChange();
  }

  // Another number is opened; "" closes it.
  /** @param {string} number */
  open(number) {
    this.number = number;
    this.askNumber();
    this.outline();
    this.opened.element.scrollIntoView({ block: "nearest" });
    this.onChange();
  }

  // run: the one on show; step: of the state that is looked at; edits: as text, or "" for the
  // network as it learned.
  /** @param {Run} run @param {number} step @param {string} edits */
  follow(run, step, edits) {
    this.run = run.id;
    this.step = step;
    this.edits = edits;
    clearTimeout(this.later);
    const wait = run.status === "running" ? this.last + EVERY - performance.now() : 0;
    if (wait > 0) this.later = setTimeout(() => this.ask(), wait);
    else this.ask();
  }

  ask() {
    if (!this.image || this.run === null) return;
    this.last = performance.now();
    this.maps.inspect(`${this.base}/runs/${this.run}`, "maps",
      { step: this.step, image: this.image, edits: this.edits || null });
    this.askNumber();
  }

  askNumber() {
    const { number, step, image, edits } = this;
    this.opened.show(number);
    if (!number) this.numbers.forget();
    if (!number || !image || this.run === null) return;
    this.numbers.inspect(`${this.base}/runs/${this.run}`, "number",
      { step, image, edits: edits || null, number });
  }

  /** @param {MapsAnswer} answer */
  show(answer) {
    this.answer = answer;
    this.build(answer.layers);
    this.paint();
    this.onAnswer();
  }

  // Canvases for the layers of this network; the same ones serve for as long as it has the same
  // layers.
  /** @param {MapsAnswerLayer[]} layers */
  build(layers) {
    const shown = layers.filter(({ name }) => !UNSEEN.test(name));
    const built = JSON.stringify(shown.map(({ name, shape }) => [name, shape]));
    if (this.built === built) return;
    this.built = built;
    const names = Object.fromEntries(shown.map(({ name }) => [name, this.nameOf(name, layers)]));
    const words = { mapOf: this.words.mapOf, layers: names };
    this.layers = Object.fromEntries(shown.map(({ name, shape }) =>
      [name, new OpenMaps(name, shape, words, {
        layout: layoutOf(shape), title: this.words.openMap,
        onPick: (layer, map) => this.open([layer, ...this.layers[layer].placeIn(map)].join(".")),
      })]));
    this.shownBy = Object.fromEntries(shown.filter(({ name }) => name.startsWith("act"))
      .flatMap(({ name }) => [[names[name], name], [names[name].replace("conv", "norm"), name]]));
    this.stack.replaceChildren(...Object.values(this.layers).map(({ element }) => element));
  }

  // An activation is named after what it is applied to.
  /** @param {string} name @param {MapsAnswerLayer[]} layers */
  nameOf(name, layers) {
    if (!name.startsWith("act")) return fill(this.words.pooled, { index: name.replace(/\D/g, "") });
    const at = layers.findIndex((layer) => layer.name === name);
    return layers.slice(0, at).findLast((layer) => /^(conv|fc)/.test(layer.name))?.name ?? name;
  }

  paint() {
    const { answer, palette } = this;
    if (!answer) return;
    for (const layer of answer.layers) {
      const codes = new Int8Array(bytesOf(layer.codes).buffer);
      this.layers[layer.name]?.paint({ ...layer, codes }, "layer", palette);
    }
    const most = Math.max(...answer.probabilities);
    const best = answer.probabilities.indexOf(most);
    this.rows.forEach((row, digit) => row.paint(answer.probabilities[digit], digit === best));
    this.opened.paint(palette);
    this.outline();
  }

  // Where the number that is open stands, and what it is made of.
  outline() {
    const { opened, layers } = this;
    const wire = opened.opened;
    const at = wire && (layers[wire.array] ? wire.array : this.shownBy[wire.array]);
    for (const [name, layer] of Object.entries(layers)) {
      layer.outline(wire, wire && name === at ? wire.index : null);
    }
  }

  /** @param {Palette} palette */
  theme(palette) {
    this.palette = palette;
    this.canvas.recolour(palette.ink);
    if (this.image) paintInk(this.small, bytesOf(this.image), palette);
    this.paint();
  }

  /** @param {Trouble | null} trouble */
  trouble(trouble) {
    const message = trouble && (trouble.message ?? this.words.unreachable);
    say(this.message, message ?? (this.canvas.isFull ? this.words.full : ""));
  }
}

// How the maps of a layer lie: beside each other, how large, how far apart; see layer.js.
/** @param {number[]} shape */
function layoutOf([count, height]) {
  // about twice as wide as high
  if (height === undefined) return [2 ** Math.ceil(Math.log2(2 * count) / 2), 1, 0];
  return [Math.min(count, count > 4 * WIDE ? 2 * WIDE : WIDE), height < 10 ? 2 : 1, 1];
}
