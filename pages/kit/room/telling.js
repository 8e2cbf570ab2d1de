// Tells a room what its lecturer shows. Only what has changed here is told: where two lead a room,
// the page of one stays when the other pauses it, and what did not arrive is told again.

export class Telling {
  told = ""; // where this page stands, as the room has heard it
  /** @type {Partial<RoomShown>} what was asked for and is not yet told */
  wished = {};
  busy = false;

  /**
   * @param {{ here: () => Partial<RoomShown>, shown: () => RoomShown | null,
   *   post: (shown: RoomShown) => Promise<boolean> }} room
   *   here: where this page stands; shown: what the room shows, null while that is not known;
   *   post: resolves with whether it was taken
   */
  constructor(room) {
    this.room = room;
  }

  // Another room has heard nothing yet.
  forget() {
    this.told = "";
  }

  /** @param {Partial<RoomShown>} wished */
  wish(wished) {
    this.wished = { ...this.wished, ...wished };
    return this.tell();
  }

  async tell() {
    if (this.busy) return;
    this.busy = true;
    while (await this.tellOnce());
    this.busy = false;
  }

  // Whether something was told; more may have come meanwhile.
  async tellOnce() {
    const { room, wished } = this;
    const [shown, here] = [room.shown(), room.here()];
    const text = JSON.stringify(here);
    const moved = text !== this.told;
    if (!shown || (!moved && !Object.keys(wished).length)) return false;
    const taken = await room.post({ ...shown, ...(moved ? here : {}), ...wished });
    if (this.wished === wished) this.wished = {};
    if (taken) this.told = text;
    return taken;
  }
}
