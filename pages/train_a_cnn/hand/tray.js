// The new digits side by side: what each one is meant to be, and what the network on show takes it
// for.

import { button, el, fill, say } from "../../kit/dom.js";
import { Tile } from "../pixels.js";
/** @import { Drawn } from "./digits.js" */

class DrawnTile extends Tile {
  /**
   * @param {Drawn} drawing
   * @param {string} remove what its button is called
   * @param {() => void} onRemove
   */
  constructor({ id }, remove, onRemove) {
    super();
    const out = id === undefined ? null : button("×", onRemove,
      { class: "out", "aria-label": remove, title: remove });
    this.element = el("figure", { class: "drawn", "data-drawing": id ?? "" }, this.canvas,
      el("figcaption", {}, this.caption), out);
  }
}

export class Tray {
  /** @type {Map<string, DrawnTile>} */
  tiles = new Map();

  // onRemove: a drawing is to be taken out; onOpen: how many are right.
  /**
   * @param {HandWords} words
   * @param {{ onRemove: (drawing: Drawn) => void, onOpen: () => void }} options
   */
  constructor(words, { onRemove, onOpen }) {
    this.words = words;
    this.onRemove = onRemove;
    this.right = el("output", { "data-fp": "right-of" });
    this.count = button(this.right, onOpen, { class: "opens" });
    this.body = el("div", { class: "tray", "data-fp": "tray",
      role: "group", tabindex: "0", "aria-label": words.trayTitle });
  }

  // answers: image -> what it is taken for, for those that the run on show has.
  /**
   * @param {Drawn[]} drawings
   * @param {Map<string, { digit: number, held: boolean }>} answers
   * @param {Palette} palette
   */
  paint(drawings, answers, palette) {
    const { words } = this;
    const tiles = new Map(drawings.map((drawing, i) => {
      const key = drawing.id ?? `example-${i}`;
      return [key, this.tiles.get(key) ?? this.tile(drawing)];
    }));
    let [right, judged] = [0, 0];
    for (const [i, tile] of [...tiles.values()].entries()) {
      const { image, label, piece } = drawings[i];
      const answer = answers.get(image);
      const wrong = answer !== undefined && answer.digit !== label;
      if (answer) judged += 1;
      if (answer && !wrong) right += 1;
      tile.paint(image, palette);
      say(tile.caption, wrong ? `${label} → ${answer.digit}` : String(label));
      tile.element.classList.toggle("wrong", wrong);
      tile.element.classList.toggle("held", Boolean(answer?.held));
      tile.element.title = answer?.held ? words.heldBack : piece ? words.fromRoom : "";
    }
    const order = [...tiles.values()].map(({ element }) => element);
    const same = order.length === this.body.children.length
      && order.every((element, i) => this.body.children[i] === element);
    if (!same) this.body.replaceChildren(...order);
    this.tiles = tiles;
    this.count.disabled = judged < answers.size; // the arithmetic is of all that the run has
    say(this.right, judged ? fill(words.rightOf, { right, count: judged }) : "");
  }

  /** @param {Drawn} drawing */
  tile(drawing) {
    return new DrawnTile(drawing, fill(this.words.takeOut, { digit: drawing.label }),
      () => this.onRemove(drawing));
  }
}
