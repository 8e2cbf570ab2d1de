// Questions to the routes of a room.

import { request } from "../request.js";

// What the server has refused, in its own sentence; kind is the status.
export class RoomError extends Error {
  /** @param {number} status @param {string} sentence */
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

/**
 * @param {string} base @param {string} path below /room @param {object} body
 * @returns {Promise<any>}
 * @throws {TypeError} the server is away
 * @throws {RoomError} it has refused
 */
export async function ask(base, path, body) {
  return (await posted(`${base}/room${path}`, body)).json();
}

/**
 * The same, of a file.
 * @param {string} base @param {string} path @param {object} body
 * @returns {Promise<Blob>}
 */
export async function file(base, path, body) {
  return (await posted(`${base}/room${path}`, body)).blob();
}

/** @param {string} url @param {object} body */
async function posted(url, body) {
  const answer = await request(url, {
    method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" },
  });
  if (!answer.ok) throw new RoomError(answer.status, await answer.text());
  return answer;
}

// Under this name a browser knows that it has joined a room, on the phones' page and on all others.
export const LEAD = "forward-pass:lead"; // of the lecturer's browser: the room and its token
export const MEMBER = "forward-pass:room";

// What a browser keeps for longer than a tab; where it keeps nothing, as long as the page lasts.
/** @type {Map<string, string>} */
const memory = new Map();

/** @param {string} name @returns {any} */
export function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(name) ?? memory.get(name) ?? "null");
  } catch {
    return JSON.parse(memory.get(name) ?? "null");
  }
}

/** @param {string} name @param {unknown} value */
export function keep(name, value) {
  memory.set(name, JSON.stringify(value));
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // it lasts as long as the page
  }
}
