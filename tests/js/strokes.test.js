// The way of the pen: from which point on the answer stands.

import assert from "node:assert/strict";
import { test } from "node:test";

import { settledAt } from "../../pages/draw_a_digit/strokes.js";

/** @param {...number} digits the likeliest after each point */
const answer = (...digits) => ({ digit: digits.at(-1) ?? null, probability: 1, points: [],
  probabilities: digits.map((digit) => Array.from({ length: 10 }, (_, i) => +(i === digit))) });

test("the answer stands from the point on after which it does not change any more", () => {
  assert.equal(settledAt(answer(1, 7, 7, 3, 7, 7)), 4);
  assert.equal(settledAt(answer(2, 2, 2)), 0);
  assert.equal(settledAt(answer(1, 2)), 1);
  assert.equal(settledAt(answer()), 0);
});
