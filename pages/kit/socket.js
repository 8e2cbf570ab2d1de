// A web socket for what a hand asks as it moves. Beside the server `fetch` takes longer than the
// answer itself. It opens when a hand begins to move and closes when the hand has rested; wherever
// there is none (a network that is waited for, a proxy that passes none, a server that is gone)
// questions are posted as before.

import { isSlow } from "./network.js";
import { headOf } from "./packed.js";
import { Away, accepted } from "./request.js";

const REST = 20_000; // ms without a move until it is closed
const AGAIN = 60_000; // ms until it is tried again after it was of no use
const LATE = 4000; // ms until an answer counts as lost
const QUICK = 150; // ms: what takes longer waits for the network, which only `fetch` measures

/**
 * An answer of the socket, to be read as one of `fetch`.
 * @implements {Pick<Response, "ok" | "status" | "headers" | "arrayBuffer" | "json" | "text">}
 */
class Answer {
  /** @param {ArrayBuffer} message uint32 length of the head, the head as JSON, the body */
  constructor(message) {
    const { head, start } = headOf(message);
    this.status = /** @type {number} */ (head.status);
    this.headers = new Headers(head.headers);
    this.body = message.slice(start);
  }

  get ok() {
    return this.status >= 200 && this.status < 300;
  }

  async arrayBuffer() {
    return this.body;
  }

  async text() {
    return new TextDecoder().decode(this.body);
  }

  async json() {
    return JSON.parse(await this.text());
  }
}

export class Socket {
  /** @type {WebSocket | null} */
  socket = null;
  /** @type {{ resolve: (message: ArrayBuffer) => void, reject: (error: Error) => void } | null} */
  asked = null;
  language = "";
  again = 0; // the time before which it is not tried
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  resting;

  /** @param {string} url of the route */
  constructor(url) {
    this.url = url;
    globalThis.addEventListener?.("offline", this.close);
  }

  // A hand moves: questions follow.
  open() {
    clearTimeout(this.resting);
    this.resting = setTimeout(this.close, REST);
    const { lang } = document.documentElement;
    if (this.socket && this.language !== lang && !this.asked) this.close();
    if (this.socket || isSlow() || navigator.onLine === false) return;
    if (performance.now() < this.again) return;
    this.language = lang;
    try {
      this.listen(new WebSocket(addressOf(this.url, lang)));
    } catch { // a browser that is not allowed to
      this.useless();
    }
  }

  /** @param {WebSocket} socket */
  listen(socket) {
    this.socket = socket;
    socket.binaryType = "arraybuffer";
    let opened = false;
    socket.addEventListener("open", () => { opened = true; });
    socket.addEventListener("message", ({ data }) => {
      const { asked } = this;
      if (this.socket === socket) this.asked = null;
      asked?.resolve(data);
    });
    socket.addEventListener("close", () => {
      if (this.socket !== socket) return;
      if (!opened) this.useless();
      this.close();
    });
  }

  get ready() {
    return this.socket?.readyState === 1;
  }

  /**
   * The answer to a question, asked when it is `ready` and one at a time.
   * @param {string} question
   * @throws {TypeError} it broke off, or too many ask at once
   */
  async ask(question) {
    const start = performance.now();
    const late = setTimeout(this.close, LATE);
    try {
      const message = await new Promise((resolve, reject) => {
        this.asked = { resolve, reject };
        this.socket?.send(question);
      });
      if (performance.now() - start > QUICK) {
        this.useless();
        this.close();
      }
      return await accepted(new Answer(message));
    } finally {
      clearTimeout(late);
    }
  }

  useless() {
    this.again = performance.now() + AGAIN;
  }

  close = () => {
    const { socket, asked } = this;
    this.socket = this.asked = null;
    clearTimeout(this.resting);
    socket?.close();
    asked?.reject(new Away());
  };

  end() {
    this.close();
    globalThis.removeEventListener?.("offline", this.close);
  }
}

/** @param {string} url @param {string} language */
function addressOf(url, language) {
  const address = new URL(url, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  address.searchParams.set("language", language);
  return address.href;
}
