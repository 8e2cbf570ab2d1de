// A place that a room taps: one of several pixels, or a word.

import assert from "node:assert/strict";
import { test } from "node:test";

import { answerOf, isRight } from "../../pages/kit/room/tapped.js";

const SAID = { placeAt: "row {row}, column {column}",
  placesAt: "rows {top} to {bottom}, columns {left} to {right}" };
const PICTURE = { rows: 4, columns: 5, words: [], tolerance: 0, revealed: true };
const WORDS = { prompt: "Which?", rows: 1, columns: 3, words: ["the", "cat", "sat"], tolerance: 0,
  revealed: true, answer: "1" };

test("one place is named, several by their rows and columns, words by themselves", () => {
  assert.equal(answerOf({ ...PICTURE, answer: "7" }, SAID), "row 2, column 3");
  assert.equal(answerOf({ ...PICTURE, answer: "6 8 16 18" }, SAID), "rows 2 to 4, columns 2 to 4");
  assert.equal(answerOf(WORDS, SAID), "cat");
});

test("a tap is right as near as the question allows, and only once that is told", () => {
  const near = { ...PICTURE, answer: "7", tolerance: 1 };
  assert.deepEqual([1, 13, 14, 4].map((at) => isRight(near, at)), [true, true, false, false]);
  assert.equal(isRight({ ...near, revealed: false }, 7), false);
});
