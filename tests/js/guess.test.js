// What there is to see of a guess, and who is asked.

import assert from "node:assert/strict";
import { test } from "node:test";

import { isInvited, stateOf } from "../../pages/kit/guess.js";

const GUESS = { name: "g", step: "answer" };
const FRESH = { passed: [], quiet: false };
const PASSED = { passed: ["g"], quiet: false };
const NOW = { walk: null, came: false, revealed: false, invited: true };
const step = (id, present = false) => ({ id, index: 0, present, controls: false });
const state = (now, memory = FRESH) => stateOf(GUESS, { ...NOW, ...now }, memory);

test("a visitor is asked once, then told, then left alone", () => {
  assert.equal(state({}), "asked");
  assert.equal(state({ revealed: true }), "revealed");
  assert.equal(state({}, PASSED), "off");
  assert.equal(state({}, { passed: [], quiet: true }), "off");
});

test("an address that asks for a state is answered, not questioned", () => {
  assert.equal(state({ invited: false }), "off");
  assert.ok(isInvited("http://host/draw-a-digit", "/draw-a-digit"));
  assert.ok(isInvited("http://host/draw-a-digit?lang=ko", "/draw-a-digit"));
  assert.ok(!isInvited("http://host/draw-a-digit?seed=7", "/draw-a-digit"));
  assert.ok(isInvited("http://host/draw-a-digit?seed=7", "/bert")); // another page's state
});

test("in the walk the answer stays covered until its step asks", () => {
  assert.equal(state({ walk: step("all") }), "covered");
  assert.equal(state({ walk: step("canvas answer"), came: true }), "asked");
  assert.equal(state({ walk: step("canvas answer"), came: true, revealed: true }), "revealed");
  assert.equal(state({ walk: step("working"), came: true }), "off");
  assert.equal(state({ walk: step("all") }, PASSED), "off");
});

test("who presents meets it at its step alone, each time", () => {
  assert.equal(state({ walk: step("all", true) }), "off");
  assert.equal(state({ walk: step("answer", true) }, PASSED), "asked");
  assert.equal(state({ walk: step("answer", true), revealed: true }, PASSED), "revealed");
  assert.equal(state({ walk: step("answer", true) }, { passed: [], quiet: true }), "off");
});
