// Why this answer: what happens to it when something is taken away. Asked for when the pen is up,
// never while it moves.

import { button, el, fill, filled, percent, say, signed } from "../kit/dom.js";
import { answerTo } from "../kit/live.js";
import { paintPixels, shade } from "../kit/pixels.js";
import { pickable } from "./pick.js";

/** @typedef {"occlusion" | "conv1" | "conv2"} MapName */

/** @type {MapName[]} */
const MAPS = ["occlusion", "conv1", "conv2"];
const LAYERS = /** @type {const} */ (["conv1", "conv2"]);
// Where the number behind a pixel of a tile stands: a number of conv2 stands for 2 x 2 pixels.
/** @type {Record<string, (row: number, column: number) => [string, string, ...number[]]>} */
const NUMBERS = {
  occlusion: (row, column) => ["why", "occlusion", row, column],
  conv1: (row, column) => ["why", "cam1", row, column],
  conv2: (row, column) => ["why", "cam2", row >> 1, column >> 1],
  piece: (row, column) => ["pen", "ink", 0, row, column],
};

export class Why {
  /** @type {Reasons | null} */
  answer = null;
  /** @type {string | null} the tile whose map lies over the drawing */
  shown = null;
  /** @type {AbortController | undefined} */
  abort;

  /**
   * @param {DigitWords} words
   * @param {string} url
   * @param {{ onOpen: (open: boolean) => void, onOverlay: (name: string | null) => void,
   *   onPlace: (place: DigitViewPlace) => void,
   *   onNumber: (part: string, array: string, ...at: number[]) => void,
   *   onSwitch: (layer: string, map: number) => void }} options
   */
  constructor(words, url, { onOpen, onOverlay, onPlace, onNumber, onSwitch }) {
    this.words = words;
    this.url = url;
    this.onOverlay = onOverlay;
    this.onPlace = onPlace;
    this.onNumber = onNumber;
    this.onSwitch = onSwitch;
    this.tiles = Object.fromEntries([...MAPS, "piece"].map((name) => [name, this.tile(name)]));
    this.filters = LAYERS.map(() => el("ol", { class: "effects" }));
    this.state = el("p", { class: "note", "aria-live": "polite" });
    this.body = el("div", { class: "reasons", hidden: true },
      ...Object.values(this.tiles).map((tile) => tile.element),
      el("figure", { class: "filters" }, el("figcaption", {}, words.filtersTitle),
        el("div", {}, ...this.filters), el("p", { class: "note" }, words.filtersHelp)));
    this.toggle = button(words.whyTitle, () => onOpen(!this.open),
      { class: "fold", "aria-expanded": "false", "data-fp": "why" });
    this.element =
      el("section", { class: "why", "data-block": "why" }, this.toggle, this.state, this.body);
  }

  /** @param {string} name */
  tile(name) {
    const { title } = this.words.why[name];
    const canvas = el("canvas", { width: 28, height: 28, "data-fp": `why-${name}` });
    const shape = button(canvas, () => this.onOverlay(this.shown === name ? null : name),
      { class: "picture", "aria-label": title });
    pickable(shape, canvas, (row, column) => this.onNumber(...NUMBERS[name](row, column)));
    const note = el("p", { class: "note" });
    return { canvas, note,
      element: el("figure", {}, el("figcaption", {}, title), shape, note) };
  }

  set open(open) {
    this.body.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
  }

  get open() {
    return !this.body.hidden;
  }

  // Everything on show is about an older drawing from now on.
  forget() {
    this.abort?.abort();
    this.answer = null;
    this.body.classList.add("stale");
  }

  /** @param {object} question @param {Palette} palette @param {() => boolean} refused */
  async ask(question, palette, refused) {
    this.forget();
    this.abort = new AbortController();
    say(this.state, this.words.computing);
    /** @type {Reasons & { blank?: boolean } | null} */
    const reasons = await answerTo(this.url, question,
      (trouble) => trouble && say(this.state, trouble.message ?? this.words.unreachable),
      this.abort.signal);
    if (!reasons) return;
    if (reasons.blank) return say(this.state, this.words.nothingToExplain);
    this.answer = reasons;
    const { digit } = reasons;
    say(this.state, refused() ? fill(this.words.whyRefused, { digit }) : "");
    this.paint(palette);
  }

  /** @param {Palette} palette */
  paint(palette) {
    const { answer, words, tiles } = this;
    if (!answer) return;
    this.body.classList.remove("stale");
    const { digit, ink, piece, filters } = answer;
    for (const name of MAPS) {
      paintMap(tiles[name].canvas, answer[name], palette);
      say(tiles[name].note, fill(words.why[name].note, { digit }));
    }
    paintMap(tiles.piece.canvas, ink, palette, piece?.ink);
    tiles.piece.note.replaceChildren(...(piece ? filled(words.pieceFlips, {
      share: this.opens(percent(piece.share), "piece", "share"),
      digit: new Text(String(piece.digit)),
    }) : [words.pieceNone]));
    LAYERS.forEach((layer, i) => this.filters[i].replaceChildren(
      ...filters[layer].map((effect) => this.effect(layer, effect))));
  }

  // Paints the map of a tile onto the canvas that lies over the drawing, or hides that canvas.
  /** @param {HTMLCanvasElement} canvas @param {string | null} name @param {Palette} palette */
  cover(canvas, name, palette) {
    this.shown = this.answer && name;
    canvas.hidden = !this.shown;
    if (!this.answer || !name) return;
    const { ink, piece } = this.answer;
    if (name === "piece") paintMap(canvas, ink, palette, piece?.ink);
    else paintMap(canvas, this.answer[/** @type {MapName} */ (name)], palette);
  }

  // A number in a sentence.
  /** @param {string} text @param {string} part @param {string} array @param {...number} at */
  opens(text, part, array, ...at) {
    return button(text, () => this.onNumber(part, array, ...at),
      { class: "opens", "data-fp": ["open", array, ...at].join("-") });
  }

  /** @param {string} layer @param {ReasonsFiltersConv1} effect */
  effect(layer, { map, logit, probability, digit, changes }) {
    const place = { layer: layer.replace("conv", "relu"), map, row: 0, column: 0 };
    const sentence = changes ? this.words.effectFlips : this.words.effect;
    const parts = { logit: this.opens(signed(logit, 2), "why", `effect${layer.slice(-1)}`, map),
      digit: new Text(String(digit)), share: new Text(percent(probability)) };
    return el("li", {},
      button(`${this.words.layers[layer]} ${map}`, () => this.onPlace(place), { class: "quiet" }),
      el("span", {}, ...filled(sentence, parts)),
      button(this.words.off, () => this.onSwitch(layer, map),
        { class: "quiet", title: fill(this.words.switchOff, { map }) }));
  }
}

// A map of 28 x 28 signed numbers; `piece` is ink that is pointed at.
/**
 * @param {HTMLCanvasElement} canvas
 * @param {number[]} values
 * @param {Palette} palette
 * @param {number[]} [piece]
 */
function paintMap(canvas, values, palette, piece) {
  const largest = Math.max(...values.map(Math.abs));
  const ramp = values.some((value) => value < 0) ? palette.signed : palette.size;
  paintPixels(canvas, 28, 28, (i) => piece && piece[i] > 0.05 ? shade(palette.chosen, piece[i], 1)
    : shade(ramp, values[i], largest));
}
