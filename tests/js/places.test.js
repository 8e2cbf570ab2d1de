// Where a place of a painted layer lies in the layer itself.

import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf, tiled } from "../../pages/your_network/places.js";

test("a point lies in one map, or between two", () => {
  // five maps of 2 x 3 in rows of three: 11 x 5 texels
  const shape = [5, 2, 3];
  assert.deepEqual(tiled(shape, 0.5 / 11, 0.5 / 5), [0, 0, 0]);
  assert.deepEqual(tiled(shape, 6.5 / 11, 1.5 / 5), [1, 1, 2]);
  assert.deepEqual(tiled(shape, 4.5 / 11, 4.5 / 5), [4, 1, 0]);
  assert.equal(tiled(shape, 3.5 / 11, 0.5 / 5), null); // between two columns
  assert.equal(tiled(shape, 0.5 / 11, 2.5 / 5), null); // between two rows
  assert.equal(tiled(shape, 9.5 / 11, 4.5 / 5), null); // a sixth map
});

test("what is painted is found in the layer", () => {
  assert.deepEqual(placeOf([32, 28, 28], [32, 28, 28], 1, [5, 3, 4]), [5, 3, 4]);
  assert.deepEqual(placeOf([32, 280, 280], [4, 94, 94], 3, [5, 3, 4]), [5, 9, 12]);
  assert.deepEqual(placeOf([10], [10], 1, [7, 0, 0]), [7]);
  assert.deepEqual(placeOf([9, 16], [1, 9, 16], 1, [0, 3, 4]), [3, 4]);
  assert.deepEqual(placeOf([2, 3, 4, 5], [6, 4, 5], 1, [4, 1, 2]), [1, 1, 1, 2]);
  assert.deepEqual(placeOf([], [1], 1, [0, 0, 0]), []);
});
