// Whether something stands still: the page asks nothing, and it keeps its size for some frames.

import { pending } from "./kit/in_flight.js";

const FRAMES = 3;

export class Rest {
  size = "";
  rested = 0;

  begin() {
    this.rested = 0;
  }

  /** @param {Element} element looked at once in each frame @param {boolean} [busy] */
  of(element, busy = false) {
    if (busy || pending()) {
      this.rested = 0;
      return false;
    }
    // last, since the browser then lays out the page at once
    const { width, height } = element.getBoundingClientRect();
    const now = `${width} ${height}`;
    this.rested = now === this.size ? this.rested + 1 : 0;
    this.size = now;
    return this.rested >= FRAMES;
  }
}
