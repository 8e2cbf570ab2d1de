// @ts-nocheck
// The new digits side by side: what each one is meant to be, and what the network on show takes it
// for.

import { el, fill, say } from "../../kit/dom.js";
import { bytes, paintInk } from "../pixels.js";

export class Tray {
  // onRemove(id): a drawing is to be taken out.
  /** @param {HandWords} words @param {{ onRemove: (id: any) => void }} options */
  constructor(words, { onRemove }) {
    this.words = words;
    this.onRemove = onRemove;
    this.tiles = new Map();
    this.count = el("output", { "data-fp": "right-of" });
    this.body = el("div", { class: "tray", "data-fp": "tray" });
  }

  // drawings: [{ id?, label, image, own }]; said: image -> { digit, held }, for those that the run
  // on show has.
  /** @param {any} drawings @param {any} said @param {Palette} palette */
  paint(drawings, said, palette) {
    const kept = new Map();
    let [right, judged] = [0, 0];
    for (const [i, drawing] of drawings.entries()) {
      const key = drawing.id == null ? `example-${i}` : drawing.id;
      const tile = this.tiles.get(key) ?? this.tile(drawing);
      kept.set(key, tile);
      if (tile.image !== drawing.image || tile.palette !== palette) {
        paintInk(tile.canvas, bytes(drawing.image), palette);
      }
      Object.assign(tile, { image: drawing.image, palette });
      const answer = said.get(drawing.image);
      const wrong = answer && answer.digit !== drawing.label;
      if (answer) judged += 1;
      if (answer && !wrong) right += 1;
      say(tile.caption, wrong ? `${drawing.label} → ${answer.digit}` : String(drawing.label));
      tile.element.classList.toggle("wrong", Boolean(wrong));
      tile.element.classList.toggle("held", Boolean(answer?.held));
      tile.element.title =
        answer?.held ? this.words.heldBack : drawing.own === false ? this.words.fromRoom : "";
    }
    const order = [...kept.values()].map(({ element }) => element);
    if (order.length !== this.body.children.length || order.some((element, i) =>
      this.body.children[i] !== element)) this.body.replaceChildren(...order);
    this.tiles = kept;
    say(this.count, judged ? fill(this.words.rightOf, { right, count: judged }) : "");
  }

  /** @param {{ id?: any, label?: string }} options */
  tile({ id, label }) {
    const tile = { canvas: el("canvas"), caption: el("span") };
    const out = id == null ? null : el("button", {
      type: "button", class: "out", "aria-label": fill(this.words.takeOut, { digit: label }),
      title: fill(this.words.takeOut, { digit: label }),
      onclick: () => this.onRemove(id),
    }, "×");
    tile.element = el("figure", { class: "drawn", "data-drawing": id ?? "" }, tile.canvas,
      el("figcaption", {}, tile.caption), out);
    return tile;
  }
}
