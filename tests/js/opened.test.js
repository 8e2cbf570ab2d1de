// What pages/kit/opened.js says of a number without a page: lines, outlines, which terms are shown.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  applied, boxes, channelOf, deepest, lines, onward, picked, show, times, written,
} from "../../pages/kit/opened.js";

const WORDS = {
  largest: "largest {count}: {sum}", rest: "rest: {rest}", bias: "bias: {bias}", same: "same",
  allChannels: "all {count}: {sum}", sumOfProducts: "sum: {sum}", winner: "winner",
  mean: "mean of {count}",
  passes: "passes", blocked: "blocked", silent: "silent", open: "open", shut: "shut", cut: "cut",
  looked: "looked up", given: "given", origins: { hand: "by hand" }, setByHand: "set, was {value}",
  hit: "{largest} is right", miss: "{largest}, right is {x}",
  temperature: "{logit} at {temperature}", shareOf: "{term} of {sum}",
};
const source = (array, ...spans) => ({ role: "x", array, spans });
const number = (kind, value, fields = {}) => ({
  array: "y", index: [0], kind, value, total: value, computed: null, sources: [], inner: null,
  ...fields,
});
const said = (...all) => lines(number(...all), WORDS);

test("numbers have three places, tiny ones powers of ten, minus infinity its sign", () => {
  assert.deepEqual([1.23456, -0.5, 0, 0.00012, null].map(show),
    ["1.235", "−0.500", "0.000", "1.2·10⁻⁴", "−∞"]);
});

test("a sum of products is written with its first three and its last", () => {
  assert.equal(written([1, 2], [3, -1]), "1.000 · 3.000 + 2.000 · (−1.000)");
  assert.match(written([1, 2, 3, 4, 5], [1, 1, 1, 1, 1]), /^1.*2.*3.* \+ … \+ 5.000 · 1.000$/);
});

test("the largest products, the rest and the bias each have a line; what is not there has none",
  () => {
  const terms =
    [{ at: [3], left: 2, right: 3, product: 6 }, { at: [1], left: -1, right: 1, product: -1 }];
  assert.deepEqual(said("dot", 5.5, { terms, rest: 0.25, bias: 0.25 }),
    ["largest 2: +5.000", "rest: +0.250", "bias: +0.250"]);
  assert.deepEqual(said("dot", 5, { terms, rest: null, bias: null }), ["largest 2: +5.000"]);
});

test("every kind has its arithmetic", () => {
  assert.deepEqual(said("conv", 3, { sums: [1, 2], bias: null }), ["all 2: +3.000"]);
  assert.deepEqual(said("pool", 3, { winner: null, count: 4 }), ["mean of 4"]);
  assert.deepEqual(said("sum", 1, { terms: [3, -2] }), ["3.000 − 2.000 = 1.000"]);
  assert.deepEqual(said("sum", 3, { terms: [3] }), ["same"]);
  assert.deepEqual(said("scale", 2, { x: 4, minus: 0, divisor: 2, root: 4 }),
    ["4.000 / √4 = 4.000 / 2.000 = 2.000"]);
  assert.deepEqual(said("scale", 1, { x: 1, minus: 0.5, divisor: 0.5, root: 1 }),
    ["(1.000 − 0.5) / 0.5 = 1.000"]);
  assert.deepEqual(said("mask", null, { x: 1, open: false }), ["shut"]);
  assert.deepEqual(said("activation", 0, { function: "relu", x: -1, silent: false }),
    ["max(0, −1.000)", "blocked"]);
  assert.deepEqual(said("activation", 0, { function: "tanh", x: 0, silent: false }),
    ["tanh(0.000)"]);
  assert.deepEqual(said("lookup", 4, { weight: 2, factor: 2, scale: 4 }),
    ["2.000 × √4 = 2.000 × 2.000 = 4.000"]);
  assert.deepEqual(said("given", 4, { origin: "hand" }), ["by hand"]);
  assert.deepEqual(said("hit", 1, { column: 2, largest: 4, target: 2, x: 4 }), ["4.000 is right"]);
  assert.deepEqual(said("hit", 0, { column: 2, largest: 4, target: 0, x: 1 }),
    ["4.000, right is 1.000"]);
  const gate = { products: [{ factors: [{ value: 0.5 }, { value: -2 }], value: -1 }] };
  assert.deepEqual(said("gate", -1, gate), ["0.500 × (−2.000) = −1.000"]);
  assert.equal(said("norm", 1, { x: 1, mean: -1, variance: 4, eps: 1e-5, weight: 1, bias: 0 })[0],
    "(1.000 − (−1.000)) / √(4.000 + 0.00001) × 1.000 + 0.000 = 1.000");
});

test("a softmax says its share; a cut one that it was cut", () => {
  const row =
    { row: [1, 2], powers: [0.5, 1], column: 0, sum: 1.5, largest: 2, temperature: 1, cut: false };
  assert.deepEqual(said("softmax", 1 / 3, row),
    ["e^(1.000 − 2.000) = 0.500", "0.500 / 1.500 = 0.333"]);
  assert.deepEqual(said("softmax", 0.2, { ...row, temperature: 2 }),
    ["1.000 at 2.00", "0.500 of 1.500"]);
  assert.deepEqual(said("softmax", 0, { ...row, cut: true }), ["cut"]);
});

test("what a function is applied to is said first, and is what is outlined", () => {
  const inner = number("conv", 0.5,
    { sums: [0.5], bias: null, sources: [source("x", [2, 3], [0, 2], [1, 4])] });
  const outer = number("activation", 0.462, { function: "tanh", x: 0.5, silent: false, inner });
  assert.deepEqual(lines(outer, WORDS), ["sum: +0.500", "tanh(0.500)"]);
  assert.equal(deepest(outer), inner);
  assert.deepEqual(boxes(outer, "x"), [{ top: 0, bottom: 2, left: 1, right: 4 }]);
  assert.deepEqual(boxes(outer, "x", [2]).length, 1);
  assert.deepEqual(boxes(outer, "x", [0]), []);
  assert.deepEqual(boxes(outer, "w"), []);
});

test("a vector is outlined as one row, nothing where nothing enters", () => {
  const opened = number("dot", 1, { sources: [source("b", [4, 5]), source("h", [0, 0], [0, 8])] });
  assert.deepEqual(boxes(opened, "b"), [{ top: 0, bottom: 1, left: 4, right: 5 }]);
  assert.deepEqual(boxes(opened, "h"), []);
});

test("a number that was set by hand says what would stand there", () => {
  assert.deepEqual(lines({ ...number("dot", 1, { terms: [], rest: null, bias: null }),
    computed: 0.5 }, WORDS), ["set, was 0.500"]);
});

test("of a long row the largest are shown, and the selected one among them", () => {
  assert.deepEqual(picked([0.1, 0.2], 0), [0, 1]);
  const powers = Array.from({ length: 30 }, (_, i) => i);
  assert.deepEqual(picked(powers, 29, 3), [27, 28, 29]);
  assert.deepEqual(picked(powers, 4, 3), [4, 28, 29]);
});

test("the strongest channel is shown until another is chosen; holes stay holes", () => {
  assert.equal(channelOf([1, -3, 2], null), 1);
  assert.equal(channelOf([1, -3, 2], 0), 0);
  assert.deepEqual(times([1, null, 2], [3, 4, -1]), [3, null, -2]);
  assert.equal(applied("sigmoid", 1), "σ(1.000)");
});

test("a number leads to the one that it comes from", () => {
  const of = (kind, fields, ...spans) =>
    onward(number(kind, 1, { ...fields, sources: [source("x", ...spans)] }));
  assert.deepEqual(of("activation", {}, [2, 3], [4, 5]), { array: "x", at: [2, 4] });
  assert.deepEqual(of("share", { index: [3, 7] }, [3, 4], [0, 10]), { array: "x", at: [3, 7] });
  assert.deepEqual(of("softmax", { column: 7 }, [0, 10]), { array: "x", at: [7] });
  assert.deepEqual(of("hit", { column: 4 }, [3, 4], [0, 10]), { array: "x", at: [3, 4] });
  assert.deepEqual(of("pool", { winner: [1, 0], window: [[0, 0], [1, 0]] }, [3, 4], [8, 10],
    [6, 8]), { array: "x", at: [3, 9, 6] });
  const seen = { winner: null, window: [[1, 2], [-3, 0]] };
  assert.deepEqual(of("pool", seen, [3, 4], [8, 10], [6, 8]), { array: "x", at: [3, 9, 6] });
  const conv = {
    channels: [4, 5], sums: [0.5, -2], rows: [null, 7], columns: [2, 3],
    patch: [[[0, 0], [0, 1]], [[0, 0], [1, 2]]], kernel: [[[1, 1], [1, 1]], [[1, 1], [-4, 1]]],
  };
  assert.deepEqual(of("conv", conv, [4, 6], [7, 8], [2, 4]), { array: "x", at: [5, 7, 2] });
  assert.equal(of("dot", {}, [0, 10]), null);
});
