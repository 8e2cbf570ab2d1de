// One in flight, the newest wins; and what becomes of answers that are none.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { answerTo, Live } from "../../pages/kit/live.js";
import { headOf } from "../../pages/kit/packed.js";

import { page } from "./page.js";

page();
const real = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = real;
});

// A server whose answers come when they are told to.
function server() {
  const waiting = [];
  globalThis.fetch = (url, { body, signal } = {}) => new Promise((resolve, reject) => {
    const done = (status, answer, headers = {}) => resolve(new Response(
      status === 200 ? JSON.stringify(answer) : answer, { status, headers }));
    waiting.push({ url, body: body && JSON.parse(body), done, fail: reject });
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
  return waiting;
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

test("while one question is in flight only the newest waits", async () => {
  const calls = server();
  const heard = [];
  const live =
    new Live({ url: "/trace", onAnswer: (answer, { name }) => heard.push([answer, name]) });
  for (const name of ["a", "b", "c"]) live.ask({ name, body: () => ({ name }) });
  assert.equal(calls.length, 1);
  calls[0].done(200, 1);
  await turn();
  assert.deepEqual(calls.map(({ body }) => body.name), ["a", "c"]);
  calls[1].done(200, 2);
  await turn();
  assert.deepEqual(heard, [[1, "a"], [2, "c"]]);
  assert.equal(calls.length, 2);
});

test("a body is made when its question is sent, not when it is asked", async () => {
  const calls = server();
  let now = 1;
  const live = new Live({ url: "/", onAnswer: () => {} });
  live.ask({ body: () => ({ now }) });
  live.ask({ body: () => ({ now }) });
  now = 2;
  calls[0].done(200, null);
  await turn();
  assert.deepEqual(calls.map(({ body }) => body.now), [1, 2]);
});

test("a refusal is told, and the next question is asked all the same", async () => {
  const calls = server();
  const troubles = [];
  const live =
    new Live({ url: "/", onAnswer: () => {}, onTrouble: (trouble) => troubles.push(trouble) });
  live.ask({ body: () => ({}) });
  live.ask({ body: () => ({}) });
  calls[0].done(422, "No.");
  await turn();
  calls[1].done(200, 1);
  await turn();
  assert.deepEqual(troubles, [{ message: "No." }, null]);
});

test("a server that cannot be reached is asked again", async () => {
  const calls = server();
  const troubles = [];
  const heard = [];
  const live = new Live({
    url: "/", onAnswer: (answer) => heard.push(answer),
    onTrouble: (trouble) => troubles.push(trouble),
  });
  live.ask({ body: () => ({ n: 1 }) });
  calls[0].fail(new TypeError("no network"));
  while (calls.length < 2) await turn();
  calls[1].done(200, "there");
  await turn();
  assert.deepEqual(troubles, [{ unreachable: true }, null]);
  assert.deepEqual(heard, ["there"]);
});

test("a saved state does not change: it is asked for once, until the run begins anew", async () => {
  const calls = server();
  const live = new Live({ onAnswer: () => {} });
  live.inspect("/runs/a", "gates", { step: 3, unit: null });
  calls[0].done(200, 1);
  await turn();
  live.inspect("/runs/a", "gates", { step: 3, unit: undefined });
  assert.deepEqual(calls.map(({ url }) => url), ["/runs/a/look/gates?step=3"]);
  live.forget();
  live.inspect("/runs/a", "gates", { step: 3 });
  assert.equal(calls.length, 2);
});

test("where many look at once, one looks again later", async () => {
  const calls = server();
  const heard = [];
  const live = new Live({ onAnswer: (answer) => heard.push(answer) });
  live.inspect("/runs/a", "gates", {});
  calls[0].done(503, "Many", { "Retry-After": "1" });
  while (calls.length < 2) await turn();
  calls[1].done(200, 7);
  await turn();
  assert.deepEqual(heard, [7]);
});

test("a page of a proxy in the server's place counts as no answer", async () => {
  const calls = server();
  const troubles = [];
  const heard = [];
  const live = new Live({ url: "/", onAnswer: (answer) => heard.push(answer),
    onTrouble: (trouble) => troubles.push(trouble) });
  live.ask({ body: () => ({}) });
  calls[0].done(502, "<h1>Bad Gateway</h1>", { "Content-Type": "text/html" });
  while (calls.length < 2) await turn();
  calls[1].done(503, "<h1>Maintenance</h1>", { "Content-Type": "text/html; charset=utf-8" });
  while (calls.length < 3) await turn();
  calls[2].done(200, 3);
  await turn();
  assert.deepEqual(heard, [3]);
  assert.deepEqual(troubles, [{ unreachable: true }, { unreachable: true }, null]);
});

test("one question is asked until the server is there, or until it is withdrawn", async () => {
  const calls = server();
  const troubles = [];
  const tell = (trouble) => troubles.push(trouble);
  const first = answerTo("/why", { a: 1 }, tell);
  calls[0].fail(new TypeError("no network"));
  while (calls.length < 2) await turn();
  calls[1].done(503, "Many ask.", { "Retry-After": "1" });
  while (calls.length < 3) await turn();
  calls[2].done(200, "because");
  assert.equal(await first, "because");
  assert.deepEqual(troubles, [{ unreachable: true }, { message: "Many ask." }, null]);
  const control = new AbortController();
  const second = answerTo("/why", { a: 2 }, tell, control.signal);
  control.abort();
  assert.equal(await second, null);
  assert.equal(calls.length, 4);
});

test("nothing is heard after the end", async () => {
  const calls = server();
  const live = new Live({ url: "/", onAnswer: () => assert.fail("it has ended") });
  live.ask({ body: () => ({}) });
  live.ask({ body: () => ({}) });
  live.close();
  calls[0].done(200, 1);
  await turn();
  assert.equal(calls.length, 1);
});

test("one question resolves with its answer, or with null and a reason", async () => {
  const calls = server();
  const troubles = [];
  const first = answerTo("/a", { b: 1 }, (trouble) => troubles.push(trouble));
  calls[0].done(200, { c: 2 });
  assert.deepEqual(await first, { c: 2 });
  const second = answerTo("/a", undefined, (trouble) => troubles.push(trouble));
  calls[1].done(404, "There is none.");
  assert.equal(await second, null);
  assert.deepEqual(troubles, [null, { message: "There is none." }]);
  assert.equal(calls[1].body, undefined);
});

test("the head of a binary answer is JSON behind its length", () => {
  const json = new TextEncoder().encode('{"layers":[]}');
  const buffer = new ArrayBuffer(4 + json.length + 2);
  new DataView(buffer).setUint32(0, json.length, true);
  new Uint8Array(buffer).set(json, 4);
  assert.deepEqual(headOf(buffer), { head: { layers: [] }, start: 4 + json.length });
});
