// The live route: one request in flight, and a newer question replaces one that is waiting. So the picture is never more
// than one answer behind the pen, and a slow network thins the answers out instead of piling them up.

import { asking } from "./asking.js";
import { request } from "./request.js";

export class Live {
  // read: makes an answer's body into what onAnswer is told.
  constructor(url, { onAnswer, onTrouble, read = decoded }) {
    Object.assign(this, { url, onAnswer, onTrouble, read, waiting: null, busy: false, tries: 0, took: 0 });
  }

  ask(question) {
    this.waiting = question;
    if (!this.busy) this.next();
  }

  async next() {
    const question = this.waiting;
    this.waiting = null;
    this.busy = true;
    asking(1);
    const start = performance.now();
    let answered = false;
    try {
      const answer = await request(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(question.body()),
      });
      if (!answer.ok) {
        this.onTrouble({ said: await answer.text() }); // the route's own sentence; asking again would not help
      } else {
        const found = await this.read(answer);
        this.tries = 0;
        this.took = performance.now() - start;
        answered = true;
        this.onTrouble(null);
        this.onAnswer(found, question);
      }
    } catch (error) {
      if (answered || !(error instanceof TypeError)) throw error; // fetch says "no network" with a TypeError
      this.onTrouble({ unreachable: true });
      this.waiting ??= question;
      await new Promise((resolve) => setTimeout(resolve, Math.min(4000, 250 * 2 ** this.tries++)));
    } finally {
      this.busy = false;
      if (this.waiting && !this.stopped) this.next();
      asking(-1);
    }
  }

  stop() {
    this.stopped = true;
    this.waiting = null;
  }
}

// The answer of a network: uint32 length of the head, the head as JSON, then bytes that the head points into.
async function decoded(answer) {
  const buffer = await answer.arrayBuffer();
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const start = 4 + length;
  for (const layer of head.layers) {
    const size = layer.shape.reduce((a, b) => a * b, 1);
    layer.codes = new Int8Array(buffer, start + layer.at, size);
  }
  if (head.strip) head.strip.codes = new Uint8Array(buffer, start + head.strip.at, 784 * head.strip.answers.length);
  return head;
}
