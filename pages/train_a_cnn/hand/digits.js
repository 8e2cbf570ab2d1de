// The digits that Play learns from: one's own, which this tab keeps, and those on the wall of the
// room that this browser leads.

import { fill } from "../../kit/dom.js";
import { answerTo } from "../../kit/live.js";
import { RoomError, ask } from "../../kit/room/asking.js";
import { Pile } from "../../kit/room/pile.js";
import { drop, own, take, watch } from "../../kit/own_digits.js";

/**
 * @typedef {{ label: number, image: string, id?: string, piece?: number }} Drawn
 * id: of all but the example's; piece: its number on the wall
 */

const KIND = "digit";

export class Digits {
  /** @type {Led | null} */
  led = null;
  /** @type {Pile | null} */
  pile = null;
  heard = false; // whether anything here can open a room

  // onChange(): drawings or room are others than before. onTrouble: { message },
  // { unreachable: true } or null.
  /**
   * @param {string} base
   * @param {{ most: number, words: HandWords }} limits most: of one's own
   * @param {{ onChange: () => void, onTrouble: (trouble: Trouble | null) => void }} options
   */
  constructor(base, { most, words }, { onChange, onTrouble }) {
    this.base = base;
    this.most = most;
    this.words = words;
    this.onChange = onChange;
    this.onTrouble = onTrouble;
    this.onRoom = (/** @type {Event} */ event) =>
      this.lead(/** @type {CustomEvent<Led | null>} */ (event).detail);
    // While the server is away a view may make room for another one; a drawing of the first is
    // taken later, and the second is told then.
    this.leave = watch(() => this.onChange());
    document.addEventListener("forward-pass:room", this.onRoom);
  }

  // Asks for the room; what is heard is told by onChange.
  begin() {
    document.dispatchEvent(new Event("forward-pass:room?"));
  }

  close() {
    this.leave();
    document.removeEventListener("forward-pass:room", this.onRoom);
  }

  // One's own, then the room's, each newest first.
  get drawings() {
    return [...own.toReversed(), ...this.pieces.toReversed()];
  }

  /** @returns {Drawn[]} */
  get pieces() {
    const { led, pile } = this;
    if (!led || !pile) return [];
    return [...pile.known.values()].map(({ id, sent, made }) =>
      ({ id: `${led.code}-${id}`, piece: id, label: made.label, image: sent.image }));
  }

  /** @param {Led | null} led */
  lead(led) {
    if (!led) this.pile = null;
    else if (led.code !== this.led?.code) {
      this.pile = new Pile(KIND, (verb, body) => this.ask(led, verb, body), () => this.onChange());
    }
    this.led = led;
    this.heard = true;
    this.pile?.refresh();
    this.onChange();
  }

  // Resolves with whether the drawing was taken.
  /** @param {number} label @param {Strokes} drawing */
  async add(label, drawing) {
    if (own.length >= this.most) {
      this.onTrouble({ message: fill(this.words.ownFull, { most: this.most }) });
      return false;
    }
    const answer = await answerTo(`${this.base}/prepared`, { drawing }, this.onTrouble);
    if (!answer) return false;
    take([{ label, image: answer.image }], this.most);
    return true;
  }

  // A drawing of the room goes from the wall as well.
  /** @param {Drawn} drawing */
  remove({ id, piece }) {
    if (piece !== undefined) return this.pile?.change("out", { piece });
    drop(id);
  }

  clear() {
    drop(undefined);
    if (this.pile?.known.size) this.pile.change("clear");
  }

  /** @param {Led} led @param {string} verb @param {object} body */
  async ask({ code, token }, verb, body) {
    try {
      return await ask(this.base, `/${code}/${verb}`, { token, ...body });
    } catch (error) {
      // what it shows is asked for again when the room is heard of again
      this.onTrouble(error instanceof RoomError ? { message: error.message }
        : { unreachable: true });
      return null;
    }
  }
}

// The room is asked for digits: there is one soon, and its wall is on show.
export function collect() {
  document.dispatchEvent(new CustomEvent("forward-pass:collect", { detail: KIND }));
}
