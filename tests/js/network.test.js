// Whether the network is what one waits for is learned from what has been fetched.

import assert from "node:assert/strict";
import { test } from "node:test";

import { isSlow, learn } from "../../pages/kit/network.js";
const took = (transferSize, ms) => ({ transferSize, responseStart: 100, responseEnd: 100 + ms });

test("a browser beside the server does not wait for its network", () => {
  learn(took(90_000, 2));
  assert.equal(isSlow(), false);
});

test("one behind 20 Mbit/s does, until its network is better", () => {
  learn(took(90_000, 36));
  assert.equal(isSlow(), true);
  learn(took(30_000, 12)); // packed ones tell the same
  assert.equal(isSlow(), true);
  learn(took(30_000, 1));
  assert.equal(isSlow(), false);
});

test("small transfers and cached files say nothing of the network", () => {
  learn(took(2000, 40));
  learn(took(0, 40));
  learn({ transferSize: 90_000, responseStart: 0, responseEnd: 900 });
  assert.equal(isSlow(), false);
});
