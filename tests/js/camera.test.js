// While somebody presents, what a step means is as large as the window has room for.

import assert from "node:assert/strict";
import { test } from "node:test";

import { beginOf, scaleOf } from "../../pages/kit/camera.js";

const ROOM = { width: 1200, height: 600 };

test("what is small is enlarged until it fits, and not beyond what a slide can bear", () => {
  assert.equal(scaleOf({ width: 600, height: 200 }, ROOM, 22), 2);
  assert.equal(scaleOf({ width: 100, height: 400 }, ROOM, 22), 1.5);
  assert.equal(scaleOf({ width: 100, height: 50 }, ROOM, 22), 2.2);
});

test("what is large is made smaller only as long as the last row can read its labels", () => {
  assert.equal(scaleOf({ width: 1300, height: 600 }, ROOM, 40), 1200 / 1300);
  assert.equal(scaleOf({ width: 4000, height: 600 }, ROOM, 40), 0.5);
  assert.equal(scaleOf({ width: 4000, height: 600 }, ROOM, 20), 1);
});

test("a part stands in the middle, and no room is left beside the picture", () => {
  assert.equal(beginOf(1000, 2000, 1200), -400);
  assert.equal(beginOf(100, 2000, 1200), 0);
  assert.equal(beginOf(1950, 2000, 1200), -800);
  assert.equal(beginOf(300, 600, 1200), 300);
});
