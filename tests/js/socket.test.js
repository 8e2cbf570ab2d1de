// The socket of a hand: when it is there, what it carries, and what becomes of a question where it
// breaks off.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { Live } from "../../pages/kit/live.js";

import { page } from "./page.js";

const real = { ...globalThis, fetch: globalThis.fetch, WebSocket: globalThis.WebSocket };
globalThis.navigator ??= {}; // Node has one from 21 on
const turn = () => new Promise((resolve) => setTimeout(resolve));

let sockets = [];
let posted = [];

class Fake extends EventTarget {
  readyState = 0;
  sent = [];

  constructor(url) {
    super();
    this.url = url;
    sockets.push(this);
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.readyState = 3;
  }

  opens() {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }

  ends() {
    this.readyState = 3;
    this.dispatchEvent(new Event("close"));
  }

  answers(status, body, headers = {}) {
    const head = new TextEncoder().encode(JSON.stringify({ status, headers }));
    const content = new TextEncoder().encode(body);
    const message = new Uint8Array(4 + head.length + content.length);
    new DataView(message.buffer).setUint32(0, head.length, true);
    message.set(head, 4);
    message.set(content, 4 + head.length);
    this.dispatchEvent(Object.assign(new Event("message"), { data: message.buffer }));
  }
}

beforeEach(() => {
  page();
  sockets = [];
  posted = [];
  globalThis.location = { href: "https://a.example/apps/fp/draw-a-digit" };
  globalThis.WebSocket = Fake;
  globalThis.fetch = async (_, { body }) => {
    posted.push(JSON.parse(body));
    return new Response(JSON.stringify("posted"));
  };
});
afterEach(() => {
  globalThis.fetch = real.fetch;
  globalThis.WebSocket = real.WebSocket;
  delete globalThis.location;
});

/** @param {unknown[]} heard */
function moving(heard, troubles = []) {
  const live = new Live({ url: "/apps/fp/forward-pass/trace", moves: true,
    onAnswer: (answer) => heard.push(answer), onTrouble: (trouble) => troubles.push(trouble) });
  const ask = (name) => live.ask({ body: () => ({ name }) });
  return { live, ask };
}

test("before the hand moves questions are posted, and while the socket opens too", async () => {
  const heard = [];
  const { live, ask } = moving(heard);
  ask("first");
  await turn();
  assert.equal(sockets.length, 0);
  live.hurry();
  live.hurry();
  assert.equal(sockets.length, 1);
  assert.equal(sockets[0].url, "wss://a.example/apps/fp/forward-pass/trace?language=en");
  ask("second");
  await turn();
  assert.deepEqual(posted.map(({ name }) => name), ["first", "second"]);
  sockets[0].opens();
  ask("third");
  sockets[0].answers(200, '"by socket"');
  await turn();
  assert.deepEqual(sockets[0].sent, [{ name: "third" }]);
  assert.deepEqual(heard, ["posted", "posted", "by socket"]);
  live.close();
  assert.equal(sockets[0].readyState, 3);
});

test("a refusal is told by the sentence that the socket brings", async () => {
  const troubles = [];
  const { live, ask } = moving([], troubles);
  live.hurry();
  sockets[0].opens();
  ask("a");
  sockets[0].answers(422, "No such layer.");
  await turn();
  assert.deepEqual(troubles, [{ message: "No such layer." }]);
  ask("b");
  sockets[0].answers(503, "Many are asking.", { "retry-after": "1" });
  await turn();
  assert.deepEqual(troubles.at(-1), { message: "Many are asking." });
  live.close();
});

test("a question whose socket breaks off is posted", async () => {
  const heard = [];
  const { live, ask } = moving(heard);
  live.hurry();
  sockets[0].opens();
  ask("a");
  sockets[0].ends();
  while (!heard.length) await turn();
  assert.deepEqual([posted, heard], [[{ name: "a" }], ["posted"]]);
  live.hurry(); // one that had opened is worth another try
  assert.equal(sockets.length, 2);
  live.close();
});

test("a socket that never opens is not tried again for a while", async () => {
  const { live } = moving([]);
  live.hurry();
  sockets[0].ends();
  live.hurry();
  assert.equal(sockets.length, 1);
  live.close();
});

test("a browser that may open none posts", async () => {
  globalThis.WebSocket = class {
    constructor() {
      throw new DOMException("no", "SecurityError");
    }
  };
  const heard = [];
  const { live, ask } = moving(heard);
  live.hurry();
  ask("a");
  await turn();
  assert.deepEqual(heard, ["posted"]);
  live.close();
});

test("another language needs another socket", async () => {
  const { live } = moving([]);
  live.hurry();
  sockets[0].opens();
  globalThis.document.documentElement.lang = "ko";
  live.hurry();
  assert.equal(sockets[0].readyState, 3);
  assert.match(sockets[1].url, /language=ko$/);
  live.close();
});

test("goals of an answer are reached", async () => {
  const { reached } = await import("../../pages/kit/reached.js");
  const { live, ask } = moving([]);
  live.hurry();
  sockets[0].opens();
  ask("a");
  sockets[0].answers(200, "1", { "x-forward-pass-goals": "draw.zero draw.one" });
  await turn();
  assert.ok(reached.has("draw.zero") && reached.has("draw.one"));
  live.close();
});

test("what a dead network swallows is posted after a while", async (context) => {
  const heard = [];
  const { live, ask } = moving(heard);
  context.mock.timers.enable({ apis: ["setTimeout"] });
  live.hurry();
  sockets[0].opens();
  ask("a");
  for (let i = 0; i < 3; i++) {
    context.mock.timers.tick(3000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.deepEqual([sockets[0].readyState, heard], [3, ["posted"]]);
  live.close();
});

test("a hand that rests needs no socket", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { live } = moving([]);
  live.hurry();
  sockets[0].opens();
  context.mock.timers.tick(15_000);
  live.hurry();
  context.mock.timers.tick(15_000);
  assert.equal(sockets[0].readyState, 1);
  context.mock.timers.tick(15_000);
  assert.equal(sockets[0].readyState, 3);
});
