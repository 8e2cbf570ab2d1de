// @ts-nocheck
// Your own digit in the network that is being trained: the canvas, what each layer makes of it at
// the step on show, and what the network would answer.

import { Canvas } from "../kit/canvas.js";
import { button, el, entry, fill, percent, say } from "../kit/dom.js";
import { Layer } from "../kit/layer.js";
import { layersOf, Live } from "../kit/live.js";
import { bytes, paintInk, text } from "./pixels.js";
import { request } from "../kit/request.js";

const STAGES = { crop: true, fit: true, centre: true, pen: true };
const EVERY = 250; // ms between two looks while a run computes
const WIDE = 8; // maps side by side

export class Yours {
  /** @type {Canvas} */
  canvas;
  /** @type {HTMLParagraphElement} */
  message;
  /** @type {HTMLCanvasElement} */
  small;
  /** @type {HTMLButtonElement} */
  back;
  /** @type {{ bar: HTMLElement, share: HTMLOutputElement, row: HTMLLIElement }[]} */
  rows;
  /** @type {HTMLDivElement} */
  stack;
  /** @type {HTMLElement} */
  element;
  /** @type {string} */
  image;
  /** @type {string} */
  run;
  /** @type {number} */
  step;
  /** @type {string} */
  edits;
  /** @type {number} */
  later;
  /** @type {any} */
  answer;
  /** @type {any} */
  answered;
  /** @type {string} */
  key;
  /** @type {Palette} */
  palette;

  // onDrawing(strokes): a gesture has ended. onAnswer(): the maps of another state have been
  // painted.
  /**
   * @param {CnnWords} words
   * @param {CnnData} data
   * @param {{ onDrawing: () => void, onAnswer: () => void }} options
   */
  constructor(words, data, { onDrawing, onAnswer }) {
    this.words = words;
    this.base = data.base;
    this.onDrawing = onDrawing;
    this.onAnswer = onAnswer;
    this.layers = {};
    this.sample = data.seed;
    this.last = 0;
    this.live = new Live({ url: `${data.base}/trace`, read: layersOf,
      onAnswer: (answer) => this.seen(answer), onTrouble: (trouble) => this.trouble(trouble) });
    this.maps = new Live({ onAnswer: (answer, { query }) => this.show(answer, query),
      onTrouble: (trouble) => this.trouble(trouble) });
    this.build(data);
  }

  close() {
    clearTimeout(this.later);
    this.live.close();
    this.maps.close();
    this.canvas.close();
  }

  /** @param {CnnData} options */
  build({ limits }) {
    const { words } = this;
    this.canvas = new Canvas({ ...limits, label: words.canvas, help: words.canvasHelp }, {
      onChange: () => this.drawn(), onFinish: () => {
        this.drawn();
        this.onDrawing(this.canvas.strokes);
      }, onFull: () => this.trouble(null),
    });
    this.message = el("p", { class: "message", role: "status" });
    this.canvas.element.append(this.message);
    this.small =
      el("canvas", { class: "small", "data-fp": "ink", role: "img", "aria-label": words.seenAs });
    /** @param {string} name */
    const act =
      (name) => button(entry(words, name), () => /** @type {any} */ (this.canvas)[name](),
        { "data-fp": name });
    this.back = button(words.backToYours, () => this.drawn(),
      { class: "quiet", "data-fp": "back-to-yours", hidden: true });
    this.rows = Array.from({ length: 10 }, (_, digit) => {
      const [bar, share] =
        [el("i", { class: "bar" }), el("output", { "data-fp": `answer-${digit}` })];
      return { bar, share,
        row: el("li", {}, el("b", {}, String(digit)), el("span", { class: "track" }, bar), share) };
    });
    this.stack = el("div", { class: "stack" });
    this.element = el("section", { class: "yours", "data-block": "yours", "data-fp": "yours" },
      el("div", { class: "head" }, el("h3", {}, words.yours),
        el("span", { class: "note" }, words.yoursNote), this.back),
      el("div", { class: "through" },
        el("div", { class: "hand" }, this.canvas.element,
          el("div", { class: "tools", role: "toolbar", "aria-label": words.tools }, act("undo"),
            act("clear"),
            button(words.sample, () => this.takeSample(), { "data-fp": "sample" }),
            el("span", { class: "seen-as" }, this.small))),
        el("ol", { class: "answers", "data-block": "answer" }, ...this.rows.map(({ row }) => row))),
      this.stack);
  }

  /** @param {number[][][]} strokes */
  adopt(strokes) {
    this.canvas.show(strokes);
    this.drawn();
  }

  async takeSample() {
    try {
      const answer = await request(`${this.base}/sample/${++this.sample}`);
      if (answer.ok) this.canvas.change((await answer.json()).drawing);
    } catch {
      this.trouble({ unreachable: true });
    }
  }

  // The server prepares a drawing as MNIST was prepared; what comes back is what the network gets.
  drawn() {
    const body = { drawing: this.canvas.strokes, model: "ours", stages: STAGES, off: {},
      place: { layer: "conv1", map: 0, row: 0, column: 0 }, strip: false };
    this.live.ask({ body: () => body });
  }

  /** @param {{ layers?: any }} options */
  seen({ layers }) {
    const { codes, scales } = layers.find((/** @type {any} */ { name }) => name === "input");
    this.take(text(Uint8Array.from(codes,
      (code) => Math.round(((code * scales[0]) / 127 + 1) * 127.5))), true);
  }

  // A picture goes through the network: one's own, or a digit of the data that was clicked.
  /** @param {string} image @param {boolean} [own] */
  take(image, own = false) {
    this.image = image;
    this.back.hidden = own;
    if (this.palette) paintInk(this.small, bytes(image), this.palette);
    this.ask();
  }

  // run: the one on show; step: of the state that is looked at; edits: as text, or "" for the
  // network as it learned.
  /** @param {Run} run @param {number} step @param {string} [edits] */
  follow(run, step, edits = "") {
    const calm = run.status !== "running";
    this.run = run.id;
    this.step = step;
    this.edits = edits;
    clearTimeout(this.later);
    const wait = calm ? 0 : Math.max(0, this.last + EVERY - performance.now());
    if (wait) this.later = setTimeout(() => this.ask(), wait);
    else this.ask();
  }

  ask() {
    if (!this.image || this.run == null || this.step == null) return;
    this.last = performance.now();
    this.maps.inspect(`${this.base}/runs/${this.run}`, "maps",
      { step: this.step, image: this.image, edits: this.edits || null });
  }

  /** @param {any} answer @param {{ step?: number, image?: any }} options */
  show(answer, { step, image }) {
    this.answer = answer;
    this.answered = { step, image };
    this.shape(answer.layers);
    this.paint();
    this.onAnswer();
  }

  // Canvases for the layers of this network; the same ones serve for as long as it has the same
  // layers.
  /** @param {any} layers */
  shape(layers) {
    const shown =
      layers.filter((/** @type {any} */ { name }) =>
        !/^(input|conv|fc|flatten|norm|drop|logits)/.test(name));
    const key = JSON.stringify(shown.map((/** @type {any} */ { name, shape }) => [name, shape]));
    if (this.key === key) return;
    this.key = key;
    const { words } = this;
    const stages = [...shown.map((/** @type {any} */ { name }) => name)];
    const named = { ...words,
      layers: Object.fromEntries(stages.map((name) => [name, this.name(name, layers)])) };
    this.layers = Object.fromEntries(shown.map((/** @type {any} */ { name, shape }) =>
      [name, new Layer(name, shape, named, { onPick() {}, layout: layout(shape) })]));
    this.stack.replaceChildren(...Object.values(this.layers).map(({ element }) => element));
  }

  // An activation is named after what comes before it: "conv1, ReLU".
  /** @param {string} name @param {any} layers */
  name(name, layers) {
    const at = layers.findIndex((/** @type {number} */ layer) => layer.name === name);
    if (!name.startsWith("act")) return fill(this.words.pooled, { index: name.replace(/\D/g, "") });
    const before =
      layers.slice(0, at).map((/** @type {number} */ layer) => layer.name)
        .findLast((/** @type {any} */ each) => /^(conv|fc)/.test(each));
    return before ?? name;
  }

  paint() {
    const { answer, palette } = this;
    if (!answer || !palette) return;
    for (const layer of answer.layers) {
      const codes = new Int8Array(bytes(layer.codes).buffer);
      entry(this.layers, layer.name)?.paint({ ...layer, codes }, "layer", palette);
    }
    const best = answer.probabilities.indexOf(Math.max(...answer.probabilities));
    this.rows.forEach(({ bar, share, row }, digit) => {
      const part = answer.probabilities[digit];
      row.className = digit === best ? "won" : "";
      bar.style.transform = `scaleX(${part})`;
      share.dataset.value = part;
      say(share, percent(part));
    });
  }

  /** @param {Palette} palette */
  theme(palette) {
    this.palette = palette;
    this.canvas.recolour(palette.ink);
    if (this.image) paintInk(this.small, bytes(this.image), palette);
    this.paint();
  }

  /** @param {Trouble | { unreachable: boolean } | null} trouble */
  trouble(trouble) {
    const said = trouble && (trouble.message ?? this.words.unreachable);
    say(this.message, said ?? (this.canvas.isFull ? this.words.full : ""));
  }
}

/** @param {any} options */
function layout([count, height]) {
  // about twice as wide as high
  if (height === undefined) return [2 ** Math.ceil(Math.log2(2 * count) / 2), 1, 0];
  return [Math.min(count, count > 4 * WIDE ? 2 * WIDE : WIDE), height < 10 ? 2 : 1, 1];
}
