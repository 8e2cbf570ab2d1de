// @ts-nocheck
// Why this answer: what happens to it when something is taken away. Asked for when the pen is up,
// never while it moves.

import { button, contextOf, el, fill, percent, say, signed } from "../kit/dom.js";
import { request } from "../kit/request.js";

const NAMES = ["occlusion", "conv1", "conv2", "piece"];

export class Why {
  /** @type {any} */
  answer = null;
  /** @type {AbortController} */
  abort;

  /**
   * @param {DigitWords} words
   * @param {string} url
   * @param {{ onOpen: (open: boolean) => void, onOverlay: (name: string | null) => void,
   *   onPlace: (a: any) => void, onSwitch: (layer: any, map: any) => void }} options
   */
  constructor(words, url, { onOpen, onOverlay, onPlace, onSwitch }) {
    this.words = words;
    this.url = url;
    this.onOverlay = onOverlay;
    this.onPlace = onPlace;
    this.onSwitch = onSwitch;
    this.tiles = Object.fromEntries(NAMES.map((name) => [name, this.tile(name)]));
    this.filters = Object.fromEntries(["conv1",
      "conv2"].map((layer) => [layer, el("ol", { class: "effects" })]));
    this.state = el("p", { class: "note", "aria-live": "polite" });
    this.body = el("div", { class: "reasons", hidden: true },
      ...Object.values(this.tiles).map((tile) => tile.element),
      el("figure", { class: "filters" }, el("figcaption", {}, words.filtersTitle),
        el("div", {}, ...Object.values(this.filters)),
        el("p", { class: "note" }, words.filtersHelp)));
    this.toggle = button(words.whyTitle, () => onOpen(!this.open),
      { class: "fold", "aria-expanded": "false", "data-fp": "why" });
    this.element =
      el("section", { class: "why", "data-block": "why" }, this.toggle, this.state, this.body);
  }

  /** @param {string} name */
  tile(name) {
    const canvas = el("canvas", { width: 28, height: 28, "data-fp": `why-${name}` });
    const shape = button("", () => this.onOverlay(this.shown === name ? null : name),
      { class: "picture", "aria-label": this.words.why[name].title });
    shape.append(canvas);
    const note = el("p", { class: "note" });
    return { canvas, note, shape,
      element: el("figure", {}, el("figcaption", {}, this.words.why[name].title), shape, note) };
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

  /** @param {any} body @param {Palette} palette @param {() => boolean} refused */
  async ask(body, palette, refused) {
    this.forget();
    this.abort = new AbortController();
    say(this.state, this.words.computing);
    try {
      const answer = await request(this.url, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
        signal: this.abort.signal,
      });
      if (!answer.ok) return say(this.state, await answer.text());
      this.answer = await answer.json();
      const { blank, digit } = this.answer;
      say(this.state, blank ? this.words.nothingToExplain
        : refused() ? fill(this.words.whyRefused, { digit }) : "");
      if (!this.answer.blank) this.paint(palette);
    } catch (error) {
      if (error instanceof TypeError) say(this.state, this.words.unreachable);
      else if (error.name !== "AbortError") throw error;
    }
  }

  /** @param {Palette} palette */
  paint(palette) {
    if (!this.answer || this.answer.blank) return;
    this.body.classList.remove("stale");
    const { answer, words } = this;
    for (const name of ["occlusion", "conv1", "conv2"]) {
      paintMap(this.tiles[name].canvas, answer[name], palette);
    }
    paintMap(this.tiles.piece.canvas, answer.ink, palette, answer.piece?.ink);
    for (const name of ["occlusion", "conv1", "conv2"]) {
      say(this.tiles[name].note, fill(words.why[name].note, { digit: answer.digit }));
    }
    say(this.tiles.piece.note, answer.piece
      ? fill(words.pieceFlips, { share: percent(answer.piece.share), digit: answer.piece.digit })
      : words.pieceNone);
    for (const [layer, list] of Object.entries(this.filters)) {
      list.replaceChildren(...answer.filters[layer].map((/** @type {any} */ effect) =>
        this.effect(layer, effect)));
    }
  }

  /**
   * @param {string} layer
   * @param {{ map?: any, logit?: any, probability?: any, digit?: any, changes?: any }} options
   */
  effect(layer, { map, logit, probability, digit, changes }) {
    const name = button(`${this.words.layers[layer]} ${map}`,
      () => this.onPlace({ layer: layer.replace("conv", "relu"), map, row: 0, column: 0 }),
      { class: "quiet" });
    return el("li", {}, name, el("span", {},
      fill(changes ? this.words.effectFlips : this.words.effect,
        { logit: signed(logit, 2), digit, share: percent(probability) })),
      button(this.words.off, () => this.onSwitch(layer, map),
        { class: "quiet", title: fill(this.words.switchOff, { map }) }));
  }
}

// A map of 28 x 28 signed numbers; `piece` is ink that is pointed at.
/**
 * @param {HTMLCanvasElement} canvas
 * @param {any} values
 * @param {Palette} palette
 * @param {any} [piece]
 */
export function paintMap(canvas, values, palette, piece) {
  const context = contextOf(canvas);
  const image = context.createImageData(28, 28);
  const pixels = new Uint32Array(image.data.buffer);
  const largest = Math.max(...values.map(Math.abs)) || 1;
  const ramp =
    values.some((/** @type {number} */ value) => value < 0) ? palette.signed : palette.size;
  for (let i = 0; i < 784; i++) {
    pixels[i] = piece?.[i] > 0.05 ? palette.chosen[Math.round(piece[i] * 127) + 127]
      : ramp[Math.round((values[i] / largest) * 127) + 127];
  }
  context.putImageData(image, 0, 0);
}
