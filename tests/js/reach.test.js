// Who sees whom in a convolution, read off the tables of an answer.

import assert from "node:assert/strict";
import { test } from "node:test";

import { closest, middle, nearest, range,
  touching } from "../../pages/convolution_and_pooling/reach.js";

// Five rows, a kernel of three, stride two, one row of padding on each side.
const axis = {
  low: 1, output: 3, transposed: false, origin: [null, 0, 1, 2, 3, 4, null],
  taps: [[0, 1, 2], [2, 3, 4], [4, 5, 6]],
};

test("the middle of a receptive field is counted in rows of the bare input", () => {
  assert.deepEqual(middle({ rows: axis, columns: axis }, 0, 2), { row: 0, column: 4 });
});

test("the nearest output row, from the bare and from the padded input", () => {
  assert.deepEqual(range(5).map((at) => closest(axis, at)), [0, 0, 1, 1, 2]);
  assert.deepEqual([0, 3, 6].map((at) => nearest(axis, at)), [0, 1, 2]);
});

test("a row of the input is seen by every window that covers it", () => {
  assert.deepEqual(touching(axis, 2), [0, 1]);
  assert.deepEqual(touching(axis, 3), [1]);
});

test("a row that was repeated into the padding is seen there too", () => {
  const repeated = { ...axis, origin: [0, 0, 1, 2, 3, 4, 4] };
  assert.deepEqual(touching(repeated, 5), [2]);
  assert.deepEqual(touching({ ...repeated, taps: [[0], [2], [4]] }, 1), [0]);
});
