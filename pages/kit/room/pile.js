// The pieces of a wall, as the lecturer's browser knows them: asked for anew when the room has
// changed.

export class Pile {
  /** @type {Map<number, Piece>} in the order in which they came */
  known = new Map();
  busy = false;
  again = false;

  /**
   * @param {PieceKind} kind
   * @param {(verb: string, body: object) => Promise<any>} ask resolves with null if it was refused
   * @param {(score: WallScore | null) => void} onChange
   */
  constructor(kind, ask, onChange) {
    this.kind = kind;
    this.ask = ask;
    this.onChange = onChange;
  }

  // Asks for what is new; a change meanwhile is asked for once more.
  async refresh() {
    this.again = true;
    if (this.busy) return;
    this.busy = true;
    while (this.again) {
      this.again = false;
      const after = Math.max(0, ...this.known.keys());
      const answer = await this.ask("wall", { kind: this.kind, after });
      if (answer) this.take(answer);
    }
    this.busy = false;
  }

  /** @param {{ ids: number[], new: Piece[], score: WallScore | null }} answer */
  take({ ids, new: pieces, score }) {
    const there = new Set(ids);
    for (const id of this.known.keys()) if (!there.has(id)) this.known.delete(id);
    for (const piece of pieces) this.known.set(piece.id, piece);
    this.onChange(score);
  }

  /** @param {string} verb @param {object} [body] */
  async change(verb, body = {}) {
    await this.ask(verb, { kind: this.kind, ...body });
    await this.refresh();
  }
}
