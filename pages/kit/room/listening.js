// Hears what is so in a room, whatever the network does: a line that breaks or falls silent is
// taken up again, and the first thing that is told then is everything.

const SILENT = 25_000; // ms; the server sends a pulse every ten seconds
const AGAIN = [500, 3000]; // ms until it is tried again: at random, or a room would come at once

export class Listening {
  /** @type {EventSource | undefined} */
  stream;
  /** @type {number | undefined} */
  silence;
  /** @type {number | undefined} */
  retry;
  tries = 0;
  closed = false;

  /**
   * @param {string} url
   * @param {{ onState: (state: RoomState) => unknown, onAway: (away: boolean) => unknown,
   *   onGone: () => unknown, onRefused: () => unknown }} told
   *   onRefused: the line was closed at once, and one may ask why
   */
  constructor(url, told) {
    this.url = url;
    this.told = told;
    this.onSeen = () => this.look();
    document.addEventListener("visibilitychange", this.onSeen);
    addEventListener("online", this.onSeen);
    this.connect();
  }

  close() {
    this.closed = true;
    this.hangUp();
    document.removeEventListener("visibilitychange", this.onSeen);
    removeEventListener("online", this.onSeen);
  }

  hangUp() {
    this.stream?.close();
    this.stream = undefined;
    clearTimeout(this.silence);
    clearTimeout(this.retry);
  }

  // A browser has few lines: who does not look needs none. A phone that was in a pocket does not
  // know whether its own still holds.
  look() {
    if (this.closed) return;
    if (document.visibilityState === "hidden") this.hangUp();
    else if (this.stream?.readyState !== EventSource.OPEN) this.connect();
  }

  connect() {
    this.hangUp();
    const stream = new EventSource(this.url);
    this.stream = stream;
    stream.onmessage = ({ data }) => {
      this.tries = 0;
      this.heard();
      this.told.onAway(false);
      this.told.onState(JSON.parse(data));
    };
    stream.addEventListener("pulse", () => this.heard());
    stream.addEventListener("gone", () => {
      this.close();
      this.told.onGone();
    });
    stream.onerror = () => this.lost();
    this.heard();
  }

  heard() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.lost(), SILENT);
  }

  lost() {
    if (this.closed) return;
    this.hangUp();
    this.told.onAway(true);
    this.tries += 1;
    if (this.tries > 1) this.told.onRefused();
    const [least, most] = AGAIN;
    this.retry = setTimeout(() => this.connect(), least + Math.random() * (most - least));
  }
}
