// Layers that travel as the codes of the layer that they follow from.

import assert from "node:assert/strict";
import { test } from "node:test";

import { readCodes } from "../../pages/kit/codes.js";

test("a ReLU and a max-pooling are read off the codes of their layer", () => {
  const sent = Int8Array.of(
    127, -127, 3, 0, -5, 60, 2, 1,
    -1, -2, -3, -4, -5, -6, -7, -127,
    10, 20, 30, 40, 50, 60, 70, 127);
  const buffer = new ArrayBuffer(3 + sent.length);
  new Int8Array(buffer, 3).set(sent);
  const maps = (name, height, more) =>
    ({ name, shape: [3, height, 4 / (2 / height)], signed: false, ...more });
  const layers = [
    { name: "conv1", shape: [3, 2, 4], signed: true, at: 0, scales: [2, 9, 4], above: [1, 0, 4] },
    maps("relu1", 2, { scales: [1, 0, 0], of: "conv1", by: "relu" }), // the last one is off
    maps("pool1", 1, { scales: [1, 0, 0], of: "relu1", by: "pool" }),
  ];
  readCodes(layers, buffer, 3);
  const [conv, relu, pool] = layers.map(({ codes }) => [...codes]);
  assert.deepEqual(conv.slice(0, 8), [64, -127, 2, 0, -5, 30, 1, 1]); // on one scale, to paint
  assert.deepEqual(conv.slice(8), [...sent.slice(8)]);
  assert.deepEqual(relu, [127, 0, 3, 0, 0, 60, 2, 1, ...Array(16).fill(0)]);
  assert.deepEqual(pool, [127, 3, 0, 0, 0, 0]);
});

test("the windows of a pooling lie two rows apart", () => {
  const source = Int8Array.from({ length: 2 * 16 }, (_, k) => k);
  const layers = [
    { name: "relu2", shape: [2, 4, 4], signed: false, at: 0, scales: [1, 1] },
    { name: "pool2", shape: [2, 2, 2], signed: false, scales: [1, 1], of: "relu2", by: "pool" },
  ];
  readCodes(layers, source.buffer, 0);
  assert.deepEqual([...layers[1].codes], [5, 7, 13, 15, 21, 23, 29, 31]);
});
