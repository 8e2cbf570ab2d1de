// Arithmetic with blanks: what is left out, how typed numbers are read, and what is said of them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { blanksOf, levelsOf, productsOf, read, verdict } from "../../pages/kit/fading.js";

const LIMITS = { grid: 2, line: 3, relative: 0.02, most: 3 };
const number = (kind, value, fields) =>
  ({ array: "y", index: [0, 4], kind, value, computed: null, inner: null, ...fields });
const term = (at, left, right) => ({ at: [at], left, right, product: left * right });
const DOT = number("dot", 6.3, { rest: 0.1, bias: 0.2,
  terms: [term(3, 2, 3.5), term(1, -1, 1), term(5, 0, 4)] });
const CONV = number("conv", 1.5, { sums: [1], bias: 0.5, channels: [0],
  patch: [[[1, null], [0.5, 0]]], kernel: [[[2, 3], [-2, 9]]] });
const blanks = (opened, level, seed = 1) => blanksOf(opened, 0, level, seed, LIMITS);
const sum = (opened) => blanks(opened, "sum")[0];

test("products stand where they are shown; nothing lies under a kernel beyond the edge", () => {
  assert.deepEqual(productsOf(CONV, 0).map(({ at, product }) => [at, product]),
    [[0, 2], [2, -1], [3, 0]]);
  assert.deepEqual(productsOf(DOT, 0).map(({ at }) => at), [0, 1, 2]);
});

test("a number that is worked out can fade; one that comes in as it is cannot", () => {
  assert.deepEqual(levelsOf(DOT, 0), ["complete", "product", "sum", "all"]);
  assert.deepEqual(levelsOf(number("scale", 2, { x: 4, root: 4 }), 0), ["complete", "sum"]);
  assert.deepEqual(levelsOf(number("given", 2, {}), 0), []);
  assert.deepEqual(levelsOf(number("sum", 3, { terms: [3] }), 0), []);
  assert.deepEqual(levelsOf(number("sum", null, { terms: [3, 4] }), 0), []);
  assert.deepEqual(levelsOf({ ...DOT, computed: 3 }, 0), []);
  assert.deepEqual(levelsOf(number("activation", 1, { inner: CONV }), 0).length, 4);
});

test("the same seed leaves out the same product, another one others, and never a zero", () => {
  const names = (seed) => blanks(DOT, "product", seed).map(({ name }) => name).join();
  assert.equal(names(1), names(1));
  const all = new Set(Array.from({ length: 30 }, (_, seed) => names(seed)));
  assert.deepEqual([...all].sort(), ["0", "1"]);
});

test("all that is blank are the largest products, in their order, and the sum", () => {
  assert.deepEqual(blanks(CONV, "all").map(({ name }) => name), ["0", "2", "sum"]);
  assert.equal(blanks({ ...DOT, terms: [1, 4, 2, 3].map((x, i) => term(i, x, 1)) }, "all")
    .map(({ name }) => name).join(), "1,2,3,sum");
  assert.deepEqual(blanks(DOT, "complete"), []);
});

test("numbers are read with comma or point, and with any minus", () => {
  for (const text of ["-0.25", "−0,25", "– .25", "-2.5e-1"]) assert.equal(read(text)?.value, -0.25);
  assert.deepEqual(read("1,50"), { value: 1.5, places: 2 });
  for (const text of ["1.2e−4", "1.2·10⁻⁴", "1,2 × 10⁻⁴"]) {
    assert.deepEqual(read(text), { value: 0.00012, places: 5 });
  }
  for (const text of ["", "x", "1.2.3", "1,2,3", "0x10", "Infinity", "--1"]) {
    assert.equal(read(text), null, text);
  }
});

test("what rounding to the shown digits takes away is allowed, and no more", () => {
  const [product] = blanksOf(number("dot", 1, { rest: null, bias: null,
    terms: [term(0, 1.23449, 2.34549)] }), 0, "product", 1, LIMITS);
  assert.equal(verdict(String(1.234 * 2.345), product), "right"); // of the numbers as shown
  assert.equal(verdict("2.90", product), "coarse");
  assert.equal(verdict("2.91", product), "product");
  assert.equal(verdict("6.3", sum(DOT)), "right");
  assert.equal(verdict("6,3004", sum(DOT)), "right");
  assert.equal(verdict("6.31", sum(DOT)), "sum");
  const tiny = number("unit", 0.00012, { x: 0.00024, length: 2 });
  assert.equal(verdict("0.00012", sum(tiny)), "right");
  assert.notEqual(verdict("0", sum(tiny)), "right");
});

test("a mistake that can be told is told", () => {
  const [first] = blanks(DOT, "all");
  assert.equal(verdict("-7", first), "sign");
  assert.equal(verdict("5.5", first), "added");
  assert.equal(verdict("70", first), "slip");
  assert.equal(verdict("0.7", first), "slip");
  assert.equal(verdict("abc", first), "unreadable");
  assert.equal(verdict("8", first), "product");
  const of = (text) => verdict(text, sum(DOT));
  assert.equal(of("−6.3"), "sign");
  assert.equal(of("6.5"), "twice");
  assert.equal(of("6.1"), "noBias");
  assert.equal(of("6.2"), "noRest");
  assert.equal(of("7.3"), "oneMissing");
  assert.equal(of("6"), "coarse");
  assert.equal(of("9"), "sum");
  assert.equal(verdict("9", sum(number("unit", 0.5, { x: 1, length: 2 }))), "other");
});

test("of several input channels the sum is that of the one on show", () => {
  const two = { ...CONV, value: 9, sums: [1, 7.5], channels: [0, 1],
    patch: [...CONV.patch, ...CONV.patch], kernel: [...CONV.kernel, ...CONV.kernel] };
  assert.equal(sum(two).truth, 1);
  assert.equal(blanksOf(two, 1, "sum", 1, LIMITS)[0].truth, 7.5);
});

test("products of both sides of a gate can be blank, and what the function makes of them", () => {
  const opened = { array: "forget", index: [3, 0], kind: "sides", value: 0.62, computed: null,
    sources: [], terms: [{ left: 2, right: 0.5, product: 1 }, { left: -1, right: 0.25,
      product: -0.25 }] };
  const limits = { grid: 2, line: 3, relative: 0.02, most: 12 };
  const all = blanksOf(opened, 0, "all", 0, limits);
  assert.deepEqual(all.map(({ name }) => name), ["0", "1", "sum"]);
  const sum = all[2];
  assert.equal(verdict("0.62", sum), "right");
  assert.equal(verdict("0.75", sum), "other"); // what goes into the sigmoid
});
