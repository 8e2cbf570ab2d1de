// The wall: what a room has sent, each piece with what the network makes of it; of digits also the
// room as a test.

import { action, el, fill, percent } from "../dom.js";
import { palette } from "../palette.js";
import { pictured, told } from "./pieces.js";

export class Wall {
  /** @type {Map<number, { piece: Piece, tile: HTMLElement }>} */
  tiles = new Map();
  /** @type {number | null} */
  chosen = null;
  hidden = false;
  busy = false;
  again = false;

  /**
   * @param {PieceKind} kind
   * @param {Record<string, string>} words
   * @param {(verb: string, body: object) => Promise<any>} ask
   */
  constructor(kind, words, ask) {
    this.kind = kind;
    this.words = words;
    this.ask = ask;
    this.head = el("div", { class: "head" });
    this.grid = el("div", { class: `grid ${kind}`, role: "group" });
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
      const answer = await this.ask("wall", { kind: this.kind, after });
      if (answer) this.take(answer);
    }
    this.busy = false;
  }

  /** @param {{ ids: number[], new: Piece[], score: WallScore | null }} answer */
  take({ ids, new: pieces, score }) {
    const there = new Set(ids);
    for (const [id, { tile }] of this.tiles) {
      if (there.has(id)) continue;
      tile.remove();
      this.tiles.delete(id);
      if (this.chosen === id) this.choose(null);
    }
    for (const piece of pieces) this.add(piece);
    if (!ids.length) this.head.replaceChildren(el("p", {}, this.words.wallNone));
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
      action(this.words.wallOut, () => this.change("out", { piece }),
        { "data-fp": "room-out" }), " ",
      action(this.words.wallOutAll, () => this.change("out", { piece, all: true }),
        { "data-fp": "room-out-all" }));
  }

  /** @param {string} verb @param {object} body */
  async change(verb, body = {}) {
    await this.ask(verb, { kind: this.kind, ...body });
    this.refresh();
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
