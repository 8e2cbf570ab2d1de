// Goals that the server names beside its answers: told once, and to whoever comes later as well.

import assert from "node:assert/strict";
import { test } from "node:test";

import { keep, memory } from "../../pages/kit/memory.js";
import { onReached, reach, reached, reachedBy } from "../../pages/kit/reached.js";

const NAME = "X-Forward-Pass-Goals";
const answer = (goals) => ({ headers: new Headers(goals ? { [NAME]: goals } : {}) });

test("a goal is told of once; an answer without goals tells nothing", () => {
  let told = 0;
  const leave = onReached(() => told++);
  assert.equal(reachedBy(answer()).headers.has(NAME), false);
  reachedBy(answer("zero other"));
  reachedBy(answer("zero"));
  assert.equal(told, 1);
  assert.deepEqual([...reached], ["zero", "other"]);
  leave();
  reach(["third"]);
  assert.equal(told, 1);
  assert.ok(reached.has("third"));
});

test("what was reached is kept beside the answers, and rubbish is nothing", () => {
  const stored = {};
  globalThis.localStorage = {
    getItem: (key) => stored[key] ?? null,
    setItem: (key, text) => {
      stored[key] = text;
    },
  };
  const kept = memory();
  kept.goals.push("zero");
  keep(kept);
  assert.deepEqual(memory().goals, ["zero"]);
  stored["forward-pass:recall"] = '{"goals":{"zero":true}}';
  assert.deepEqual(memory().goals, []);
});
