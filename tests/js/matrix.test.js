// A number that was set counts until its answer is there, on a slow machine too.

import assert from "node:assert/strict";
import { test } from "node:test";

import { inFlight } from "../../pages/kit/in_flight.js";
import { Matrix } from "../../pages/kit/matrix.js";

import { page } from "./page.js";

page();
const LONG_AGO = -1e9;

const matrix = (ahead) =>
  Object.assign(Object.create(Matrix.prototype), { values: [[1, 2]], ahead });

test("keys that are faster than the answers add up, however long the answers take", () => {
  const set = matrix({ row: 0, column: 1, value: 5, until: LONG_AGO });
  inFlight(1);
  assert.equal(set.latest(0, 1), 5);
  assert.equal(set.latest(0, 0), 1);
  inFlight(-1);
  assert.equal(set.latest(0, 1), 2);
});

test("a number that has just been set counts before anything is asked", () => {
  const set = matrix({ row: 0, column: 0, value: 7, until: performance.now() + 1e6 });
  assert.equal(set.latest(0, 0), 7);
});
