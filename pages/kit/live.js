// Questions to the server: one in flight, and a newer one replaces one that is waiting. So a
// picture is never more than one answer behind the hand, and a slow network thins the answers out
// instead of piling them up.

import { readCodes } from "./codes.js";
import { inFlight } from "./in_flight.js";
import { headOf } from "./packed.js";
import { request, troubleOf } from "./request.js";
import { Socket } from "./socket.js";

const POSTED = { method: "POST", headers: { "Content-Type": "application/json" } };
const LONGEST = 4000; // ms until a server that cannot be reached is asked again

/**
 * A question: with a body it is posted. What else it holds is given back beside the answer.
 * @typedef {{ url?: string, body?: () => object, [about: string]: any }} Question
 */

/** @template Answer */
export class Live {
  /** @type {Question | null} */
  waiting = null;
  /** @type {string | null} */
  latest = null;
  busy = false;
  stopped = false;
  tries = 0;
  took = 0; // ms that the last answer took

  /**
   * url: where to ask, unless a question says it; read: makes an answer's body into what onAnswer
   * is told; onTrouble(null): all is well again; moves: the route has a socket, for a hand that
   * moves.
   * @param {{ url?: string, moves?: boolean, read?: (answer: AnswerBody) => Promise<Answer>,
   *   onAnswer: (answer: Answer, question: Question) => void,
   *   onTrouble?: (trouble: Trouble | null) => void }} options
   */
  constructor({ url = "", moves = false, read = (answer) => answer.json(), onAnswer,
    onTrouble = () => {} }) {
    this.url = url;
    this.socket = moves ? new Socket(url) : null;
    this.read = read;
    this.onAnswer = onAnswer;
    this.onTrouble = onTrouble;
  }

  /** @param {Question} question */
  ask(question) {
    this.waiting = question;
    if (!this.busy) this.next();
  }

  // About a saved state of a run. It does not change: the same question is not asked twice.
  /** @param {string} run @param {string} name @param {Record<string, any>} query */
  inspect(run, name, query) {
    const known = Object.entries(query).filter(([, value]) => value != null);
    const url = `${run}/look/${name}?${new URLSearchParams(known)}`;
    if (url === this.latest) return;
    this.latest = url;
    this.ask({ url, query });
  }

  // A hand moves: what it asks from now on should come at once.
  hurry() {
    this.socket?.open();
  }

  // The next question is asked even if it is the one before: the run has begun anew.
  forget() {
    this.latest = null;
  }

  async next() {
    const question = /** @type {Question} */ (this.waiting);
    this.waiting = null;
    this.busy = true;
    inFlight(1);
    const start = performance.now();
    const { url = this.url, body } = question;
    let answered = false;
    try {
      const posted = body && JSON.stringify(body());
      const answer = posted && this.socket?.ready ? await this.socket.ask(posted)
        : await request(url, posted ? { ...POSTED, body: posted } : {});
      if (this.stopped) return;
      if (answer.ok) {
        const content = await this.read(answer);
        this.tries = 0;
        this.took = performance.now() - start;
        if (this.stopped) return;
        answered = true;
        this.onTrouble(null);
        this.onAnswer(content, question);
      } else {
        this.forget();
        this.onTrouble({ message: await answer.text() }); // asking again would not help
      }
    } catch (error) {
      const trouble = answered ? null : troubleOf(error);
      if (!trouble) throw error;
      this.onTrouble(trouble);
      await this.later(question);
    } finally {
      this.busy = false;
      if (this.waiting && !this.stopped) this.next();
      inFlight(-1);
    }
  }

  /** @param {Question} question */
  async later(question) {
    this.waiting ??= question;
    await pause(this.tries++);
  }

  close() {
    this.stopped = true;
    this.waiting = null;
    this.socket?.end();
  }
}

/**
 * One question, asked until the server can be reached: resolves with the answer, or with null if it
 * is refused, and then onTrouble has been told why; or if it was withdrawn. Without a body it is
 * not posted.
 * @param {string} url @param {object} [body] @param {(trouble: Trouble | null) => void} [onTrouble]
 * @param {AbortSignal} [signal] withdraws it
 * @returns {Promise<any>}
 */
export async function answerTo(url, body, onTrouble = () => {}, signal) {
  const posted = body ? { ...POSTED, body: JSON.stringify(body) } : {};
  const read = async () => {
    const answer = await request(url, { ...posted, signal });
    return answer.ok ? { content: await answer.json() } : { message: await answer.text() };
  };
  inFlight(1);
  try {
    const answer = await reached(read, onTrouble, () => !signal?.aborted);
    if (!answer || signal?.aborted) return null;
    const { content, message } = answer;
    onTrouble(message === undefined ? null : { message });
    return message === undefined ? content : null;
  } finally {
    inFlight(-1);
  }
}

/**
 * The answer to what is asked again, more and more seldom, while the server cannot be reached; null
 * once it is not wanted any more.
 * @template Answer
 * @param {() => Promise<Answer>} ask @param {(trouble: Trouble) => void} onTrouble
 * @param {() => boolean} [wanted]
 */
export async function reached(ask, onTrouble, wanted = () => true) {
  for (let tries = 0; wanted(); tries++) {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return null;
      const trouble = troubleOf(error);
      if (!trouble) throw error;
      onTrouble(trouble);
      await pause(tries);
    }
  }
  return null;
}

/** @param {number} tries */
const pause = (tries) =>
  new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST, 250 * 2 ** tries)));

/**
 * The answer of a network: the codes of its layers, and the strip's.
 * @param {AnswerBody} answer
 * @returns {Promise<any>}
 */
export async function layersOf(answer) {
  const buffer = await answer.arrayBuffer();
  const { head, start } = headOf(buffer);
  readCodes(head.layers, buffer, start);
  const { strip } = head;
  if (strip) strip.codes = new Uint8Array(buffer, start + strip.at, 784 * strip.answers.length);
  return head;
}
