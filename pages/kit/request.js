// Questions to our own routes: every one carries the language of the page, in which a refusal then
// comes back.

import { reachedBy } from "./reached.js";

// What could not be asked now: asking again helps. fetch itself says "no network" with a TypeError.
export class Away extends TypeError {
  /** @param {string} [said] the server's own sentence, where it is there */
  constructor(said = "") {
    super(said);
    this.said = said;
  }
}

/**
 * @param {string} url @param {RequestInit & { headers?: Record<string, string> }} [options]
 * @throws {TypeError} the server is away, or too many ask at once
 */
export async function request(url, { headers = {}, ...options } = {}) {
  const ours = { "X-Forward-Pass-Language": document.documentElement.lang };
  return accepted(await fetch(url, { ...options, headers: { ...headers, ...ours } }));
}

/**
 * An answer of ours, and the goals that it reaches.
 * @template {Pick<Response, "ok" | "status" | "headers" | "text">} Answer
 * @param {Answer} answer
 * @throws {TypeError} the server is away, or too many ask at once
 */
export async function accepted(answer) {
  if (isOfProxy(answer)) throw new Away();
  if (answer.headers.has("Retry-After")) throw new Away(await answer.text());
  return reachedBy(answer);
}

// While the server is away, a proxy before it answers with a page of its own. We never answer so.
/** @param {Pick<Response, "ok" | "status" | "headers">} answer */
function isOfProxy({ ok, status, headers }) {
  const page = headers.get("Content-Type")?.startsWith("text/html");
  return status === 502 || status === 504 || Boolean(page && (ok || status >= 500));
}

// What a page says of an error of `request`; null where it is another kind of error.
/** @param {unknown} error @returns {Trouble | null} */
export function troubleOf(error) {
  if (!(error instanceof TypeError)) return null;
  return error instanceof Away && error.said ? { message: error.said } : { unreachable: true };
}

// The address of a page of ours, with its query; base is where our routes begin.
/** @param {string} base @param {string} path @param {Record<string, string>} query */
export const pageAt = (base, path, query) =>
  new URL(`../${path}?${new URLSearchParams(query)}`, `${base}/`).href;
