// What a browser remembers of answers, and what it asks again first.

import assert from "node:assert/strict";
import { test } from "node:test";

import { asked, first, keep, memory, nearest, take } from "../../pages/kit/memory.js";

const stored = {};
globalThis.localStorage = {
  getItem: (key) => stored[key] ?? null,
  setItem: (key, text) => {
    stored[key] = text;
  },
};
const KEY = "forward-pass:recall";
const EMPTY = { turn: 0, outcomes: {}, pages: {}, goals: [] };
const OWN = ["b/1", "b/2", "b/3"];
const BEFORE = ["a/1", "a/2", "a/3"];

test("wrong ones come first, then those never asked, then the right ones, oldest first", () => {
  const outcomes = {
    old: { right: true, at: 1 }, wrong: { right: false, at: 9 }, late: { right: true, at: 5 },
  };
  assert.deepEqual(first(["late", "new", "old", "wrong"], outcomes),
    ["wrong", "new", "old", "late"]);
});

test("a page asks its own and two earlier ones, and comes back as it was left", () => {
  const kept = structuredClone(EMPTY);
  const now = asked(kept, "b", OWN, BEFORE, 2);
  assert.deepEqual(now, { asked: [...OWN, "a/1", "a/2"], tries: {} });
  take(kept, "b", now, "b/1", 2, false);
  take(kept, "b", now, "b/1", 0, true);
  assert.ok(keep(kept));
  const back = memory();
  assert.deepEqual(asked(back, "b", OWN, BEFORE, 2), { ...now, tries: { "b/1": [2, 0] } });
  assert.deepEqual(back.outcomes, { "b/1": { right: false, at: 1 } });
});

test("asked again, what was wrong at the first try comes first and is open", () => {
  const kept = structuredClone(EMPTY);
  const now = asked(kept, "b", OWN, BEFORE, 2);
  OWN.forEach((name) => take(kept, "b", now, name, 0, name !== "b/3"));
  take(kept, "b", now, "a/1", 0, true);
  take(kept, "b", now, "a/2", 1, false);
  assert.deepEqual(asked(kept, "b", OWN, BEFORE, 2, true),
    { asked: ["b/3", "b/1", "b/2", "a/2", "a/3"], tries: {} });
});

test("what was chosen but not begun is chosen anew, and so is what is no longer asked", () => {
  const kept = structuredClone(EMPTY);
  kept.pages.b = { asked: [...OWN, "a/1", "a/2"], tries: {} };
  kept.outcomes["a/3"] = { right: false, at: 1 };
  assert.deepEqual(asked(kept, "b", OWN, BEFORE, 2).asked.slice(3), ["a/3", "a/1"]);
  kept.pages.b = { asked: ["gone", "b/2", "b/3", "a/1", "a/2"], tries: { gone: [1] } };
  assert.deepEqual(asked(kept, "b", OWN, BEFORE, 2).tries, {});
});

test("the page before is asked about first, then the one before it", () => {
  assert.deepEqual(nearest([["a/1", "a/2"], ["b/1"], ["c/1", "c/2"]]),
    ["c/1", "b/1", "a/1", "c/2", "a/2"]);
  assert.deepEqual(nearest([]), []);
});

test("the first page has no earlier questions", () => {
  assert.deepEqual(asked(structuredClone(EMPTY), "b", OWN, [], 2).asked, OWN);
});

test("rubbish in the storage is nothing", () => {
  for (const text of ["", "null", "[", "7", '{"pages":{"b":{"asked":3}},"outcomes":{"b/1":1}}',
    '{"turn":"x","outcomes":[],"pages":null}', '{"pages":{"b":{"asked":[],"tries":{"x":4}}}}']) {
    stored[KEY] = text;
    assert.deepEqual(memory(), EMPTY, text);
  }
});

test("where storage is blocked the answers last until the page is left", () => {
  const blocked = () => {
    throw new Error("blocked");
  };
  globalThis.localStorage = { getItem: blocked, setItem: blocked };
  const kept = memory();
  kept.turn = 4;
  assert.equal(keep(kept), false);
  assert.equal(memory().turn, 4);
});
