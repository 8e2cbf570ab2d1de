// Who may read whom: the encoder everything, a decoder nothing to its right.

import assert from "node:assert/strict";
import { test } from "node:test";

import { CROSS, mayRead } from "../../pages/transformer/mask.js";

test("an encoder reads both ways, its decoder the source and what came before", () => {
  assert.deepEqual(mayRead({}, 2, 2), [
    [1, 1, 0, 0], [1, 1, 0, 0], [CROSS, CROSS, 1, 0], [CROSS, CROSS, 1, 1],
  ]);
  assert.deepEqual(mayRead({ network: "both", mask: false }, 1, 2),
    [[1, 0, 0], [CROSS, 1, 1], [CROSS, 1, 1]]);
});

test("a decoder alone reads nothing to the right, in the source too", () => {
  assert.deepEqual(mayRead({ network: "decoder", mask: true }, 2, 1),
    [[1, 0, 0], [1, 1, 0], [1, 1, 1]]);
  assert.deepEqual(mayRead({ network: "decoder", mask: false }, 1, 1), [[1, 1], [1, 1]]);
});
