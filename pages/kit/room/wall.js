// The wall: what a room has sent, each piece with what the network makes of it; of digits also the
// room as a test.

import { action, el, fill, percent } from "../dom.js";
import { palette } from "../palette.js";
import { pictured, told } from "./pieces.js";
import { Pile } from "./pile.js";

export class Wall {
  /** @type {Map<number, { piece: Piece, tile: HTMLElement }>} */
  tiles = new Map();
  /** @type {number | null} */
  chosen = null;
  hidden = false;

  /**
   * @param {PieceKind} kind
   * @param {Record<string, string>} words
   * @param {(verb: string, body: object) => Promise<any>} ask
   */
  constructor(kind, words, ask) {
    this.kind = kind;
    this.words = words;
    this.pile = new Pile(kind, ask, (score) => this.take(score));
    this.head = el("div", { class: "head" });
    this.grid = el("div", { class: `grid ${kind}`, role: "group" });
    this.about = el("p", { class: "about", role: "status" });
    this.element = el("section", { class: "wall", "data-fp": "room-wall" },
      this.head, this.grid, this.about);
  }

  /** @param {WallScore | null} score */
  take(score) {
    const { known } = this.pile;
    for (const [id, { tile }] of this.tiles) {
      if (known.has(id)) continue;
      tile.remove();
      this.tiles.delete(id);
      if (this.chosen === id) this.choose(null);
    }
    for (const [id, piece] of known) if (!this.tiles.has(id)) this.add(piece);
    if (!known.size) this.head.replaceChildren(el("p", {}, this.words.wallNone));
    else if (score) this.showScore(score);
    else this.head.replaceChildren();
  }

  /** @param {Piece} piece */
  add(piece) {
    const { kind, words } = this;
    const wrong = kind === "digit" && piece.made.label !== piece.made.digit;
    const tile = el("button", {
      type: "button", class: wrong ? "tile wrong" : "tile", "aria-label": this.named(piece),
      "aria-pressed": "false", title: told(kind, piece, words),
      onclick: () => this.choose(piece.id),
    }, pictured(kind, piece, palette(this.grid)));
    this.tiles.set(piece.id, { piece, tile });
    this.grid.append(tile);
  }

  /** @param {Piece} piece */
  named(piece) {
    return [piece.sent.text, told(this.kind, piece, this.words)].filter(Boolean).join(": ");
  }

  /** @param {number | null} id */
  choose(id) {
    this.chosen = id === this.chosen ? null : id;
    for (const [each, { tile }] of this.tiles) {
      tile.setAttribute("aria-pressed", String(each === this.chosen));
    }
    const found = this.chosen === null ? null : this.tiles.get(this.chosen);
    if (!found) return this.about.replaceChildren();
    const piece = this.chosen;
    this.about.replaceChildren(this.named(found.piece), " ",
      action(this.words.wallOut, () => this.pile.change("out", { piece }),
        { "data-fp": "room-out" }), " ",
      action(this.words.wallOutAll, () => this.pile.change("out", { piece, all: true }),
        { "data-fp": "room-out-all" }), " ",
      el("span", { class: "note" }, this.words.wallOutNote));
  }

  /** @param {WallScore} score */
  showScore({ right, of, interval: [low, high], hardest, confused, matrix }) {
    const { words } = this;
    const [digit, hit, all] = hardest;
    const open = this.head.querySelector("details")?.open;
    this.head.replaceChildren(
      el("p", { class: "score", "data-fp": "room-score" }, fill(words.wallScore,
        { right, of, share: percent(right / of), low: percent(low), high: percent(high) })),
      digit === undefined ? ""
        : el("p", {}, fill(words.wallHardest, { digit, right: hit, of: all })),
      el("ul", {}, ...confused.map(([label, taken, count]) => el("li", {},
        fill(taken < 0 ? words.wallConfusedNone : words.wallConfused,
          { label, digit: taken, count })))),
      el("details", { open: Boolean(open) }, el("summary", {}, words.wallMatrix),
        confusion(matrix, words)));
  }

  hide() {
    this.hidden = !this.hidden;
    this.grid.hidden = this.hidden;
  }
}

/** @param {number[][]} matrix @param {Record<string, string>} words */
function confusion(matrix, words) {
  const largest = Math.max(1, ...matrix.flat());
  const heads = [...Array(10).keys(), "–"];
  return el("table", { class: "confusion", "data-fp": "room-confusion" },
    el("caption", {}, words.wallMatrixNote),
    el("thead", {}, el("tr", {}, el("td"), ...heads.map((digit) =>
      el("th", { scope: "col" }, String(digit))))),
    el("tbody", {}, ...matrix.map((row, label) => el("tr", {},
      el("th", { scope: "row" }, String(label)),
      ...row.map((count, taken) => el("td", {
        class: label === taken ? "right" : null, style: `--share: ${count / largest}`,
      }, count ? String(count) : ""))))));
}
