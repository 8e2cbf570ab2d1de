import assert from "node:assert/strict";
import { test } from "node:test";

import "./page.js";

const { verdict } = await import("../../pages/attention_in_a_trained_model/answer.js");

/** @param {number} before @param {number} inHead @param {number} whole @param {number} other */
function of(before, inHead, whole, other) {
  const cuts = [{ to: 1, before, after: whole }, { to: 5, before, after: other }];
  const most = cuts.toSorted((a, b) => a.after - b.after)[0];
  return verdict(/** @type {any} */ ({ in_head: inHead, cuts, map: { to: 1 } }),
    /** @type {any} */ (cuts[0]), /** @type {any} */ (most));
}

test("the verdict compares a connection in one head with the same connection everywhere", () => {
  assert.equal(of(0.99, 0.975, 0.01, 0.99), "points");
  assert.equal(of(0.99, 0.4, 0.01, 0.99), "head");
  assert.equal(of(0.96, 0.85, 0.01, 0.98), "partly");
  assert.equal(of(0.99, 0.98, 0.97, 0.2), "differ");
  assert.equal(of(0.99, 0.98, 0.97, 0.95), "neither");
  assert.equal(of(0.05, 0.01, 0.01, 0.01), "unsure");
});

test("Korean particles follow what is filled in, text or element", async () => {
  const { filled } = await import("../../pages/kit/dom.js");
  const node = Object.assign(Object.create(null), { textContent: "9.3%" });
  const parts = filled("“{to}”을(를) 끊으면 {share}으로(로)", { to: "cat", share: node });
  assert.deepEqual(parts.map((part) => part.textContent ?? part),
    ["“", "cat", "”을 끊으면 ", "9.3%", "로"]);
});

test("a node that a sentence names twice stands in one place, its text in the other", async () => {
  const { filled } = await import("../../pages/kit/dom.js");
  const node = { textContent: "28" };
  const parts = filled("{side} × {side} pixels", { side: node });
  assert.deepEqual(parts, ["", node, " × ", "28", " pixels"]);
});
