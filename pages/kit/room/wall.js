// The wall: what a room has drawn, each with what the network makes of it, and the room as a test.

import { action, el, fill, percent } from "../dom.js";
import { palette } from "../palette.js";
import { paintPixels, shade } from "../pixels.js";

const SIDE = 28;

export class Wall {
  /** @type {Map<number, { drawing: WallDrawing, tile: HTMLElement }>} */
  tiles = new Map();
  /** @type {number | null} */
  chosen = null;
  hidden = false;
  busy = false;
  again = false;

  /**
   * @param {Record<string, string>} words
   * @param {(verb: string, body: object) => Promise<any>} ask
   */
  constructor(words, ask) {
    this.words = words;
    this.ask = ask;
    this.head = el("div", { class: "head" });
    this.grid = el("div", { class: "grid", role: "group" });
    this.about = el("p", { class: "about", role: "status" });
    this.element = el("section", { class: "wall", "data-fp": "room-wall" },
      this.head, this.grid, this.about);
  }

  // Asks for what is new; a change meanwhile is asked for once more.
  async refresh() {
    this.again = true;
    if (this.busy) return;
    this.busy = true;
    while (this.again) {
      this.again = false;
      const after = Math.max(0, ...this.tiles.keys());
      const answer = await this.ask("wall", { after });
      if (answer) this.take(answer);
    }
    this.busy = false;
  }

  /** @param {{ ids: number[], new: WallDrawing[], score: WallScore }} answer */
  take({ ids, new: drawings, score }) {
    const there = new Set(ids);
    for (const [id, { tile }] of this.tiles) {
      if (there.has(id)) continue;
      tile.remove();
      this.tiles.delete(id);
      if (this.chosen === id) this.choose(null);
    }
    for (const drawing of drawings) this.add(drawing);
    this.showScore(score);
  }

  /** @param {WallDrawing} drawing */
  add(drawing) {
    const canvas = el("canvas", { width: String(SIDE), height: String(SIDE) });
    const right = drawing.label === drawing.digit;
    const tile = el("button", {
      type: "button", class: right ? "tile" : "tile wrong", "aria-label": this.named(drawing),
      "aria-pressed": "false", onclick: () => this.choose(drawing.id),
    }, canvas, el("b", {}, right ? "" : "× ", drawing.digit < 0 ? "–" : String(drawing.digit)));
    this.tiles.set(drawing.id, { drawing, tile });
    this.grid.append(tile);
    const ink = Uint8Array.from(atob(drawing.image.replace(/-/g, "+").replace(/_/g, "/")),
      (sign) => sign.charCodeAt(0));
    const { size } = palette(this.grid);
    paintPixels(canvas, SIDE, SIDE, (i) => shade(size, ink[i], 255));
  }

  /** @param {WallDrawing} drawing */
  named({ label, digit, share }) {
    const { words } = this;
    return fill(digit < 0 ? words.wallTileNone : words.wallTile,
      { label, digit, share: percent(share) });
  }

  /** @param {number | null} id */
  choose(id) {
    this.chosen = id === this.chosen ? null : id;
    for (const [each, { tile }] of this.tiles) {
      tile.setAttribute("aria-pressed", String(each === this.chosen));
    }
    const found = this.chosen === null ? null : this.tiles.get(this.chosen);
    if (!found) return this.about.replaceChildren();
    const drawing = this.chosen;
    this.about.replaceChildren(this.named(found.drawing), " ",
      action(this.words.wallOut, () => this.change("out", { drawing }),
        { "data-fp": "room-out" }), " ",
      action(this.words.wallOutAll, () => this.change("out", { drawing, all: true })));
  }

  /** @param {string} verb @param {object} body */
  async change(verb, body = {}) {
    await this.ask(verb, body);
    this.refresh();
  }

  /** @param {WallScore} score */
  showScore({ right, of, interval: [low, high], hardest, confused }) {
    const { words } = this;
    if (!of) return this.head.replaceChildren(el("p", {}, words.wallNone));
    const [digit, hit, all] = hardest;
    this.head.replaceChildren(
      el("p", { class: "score", "data-fp": "room-score" }, fill(words.wallScore,
        { right, of, share: percent(right / of), low: percent(low), high: percent(high) })),
      digit === undefined ? ""
        : el("p", {}, fill(words.wallHardest, { digit, right: hit, of: all })),
      el("ul", {}, ...confused.map(([label, taken, count]) => el("li", {},
        fill(taken < 0 ? words.wallConfusedNone : words.wallConfused,
          { label, digit: taken, count })))));
  }

  hide() {
    this.hidden = !this.hidden;
    this.grid.hidden = this.hidden;
  }
}
