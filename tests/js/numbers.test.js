// How numbers are written: on charts, in matrices, in sentences.

import assert from "node:assert/strict";
import { test } from "node:test";

import { fill, number, percent, signed } from "../../pages/kit/dom.js";
import { lowered, short } from "../../pages/kit/matrix.js";
import { decades, exact, format, measured, seen, spread, ticks } from "../../pages/kit/scale.js";

test("ticks are round, lie within, and are few", () => {
  assert.deepEqual(ticks(0, 1, 5), [0, 0.2, 0.4, 0.6000000000000001, 0.8, 1]);
  assert.deepEqual(ticks(-3, 3, 3), [-2, 0, 2]);
  for (const [low, high, most] of [[0, 7, 4], [-0.013, 0.4, 6], [1e6, 3e6, 5], [2, 2.001, 3]]) {
    const found = ticks(low, high, most);
    assert.ok(found.length >= 1 && found.length <= most + 1, `${found}`);
    assert.ok(found.every((value) =>
      value >= low - 1e-9 * Math.abs(low) && value <= high * (1 + 1e-9)));
  }
});

test("powers of ten from high to low, every second where they are many", () => {
  assert.deepEqual(decades(0.001, 1, 10), [1, 0.1, 0.01, 0.001]);
  assert.equal(decades(1e-6, 1, 4).length, 4);
});

test("the texts of one axis have one style", () => {
  assert.deepEqual(format([0, 0.5, 1], false), ["0.0", "0.5", "1.0"]);
  assert.deepEqual(format([-20, 0, 20], false), ["−20", "0", "20"]);
  assert.deepEqual(format([100, 1, 0.01], true), ["100", "1", "0.01"]);
  assert.deepEqual(format([1, 1e-7], true), ["10⁰", "10⁻⁷"]);
});

test("a value is read out with four digits that mean something", () => {
  assert.deepEqual([0, 0.12345, -1234.6, 1e-7, null, NaN].map(exact),
    ["0", "0.1235", "−1235", "1.00·10⁻⁷", "–", "–"]);
});

test("a curve that is measured now and then is joined where it was", () => {
  assert.deepEqual(measured([null, 0.5, null, 0.7]), { x: [2, 4], y: [0.5, 0.7] });
  assert.equal(seen(0), true);
  assert.equal(seen(Infinity), false);
});

test("names at the ends of lines are moved apart, and stay within", () => {
  const spreadOut = (from, top, bottom) => {
    const ends = from.map((fromY) => ({ fromY }));
    spread(ends, top, bottom, 18);
    return ends.map((end) => end.top);
  };
  assert.deepEqual(spreadOut([10, 12, 100], 0, 200), [10, 28, 100]);
  assert.deepEqual(spreadOut([190, 195, 199], 0, 200), [164, 182, 200]);
  assert.deepEqual(spreadOut([50], 0, 200), [50]);
});

test("a number in a matrix has at most four characters", () => {
  const written = [0, 0.004, 0.126, -0.5, 1.26, -2, 9.96, 104.4, null].map(short);
  assert.deepEqual(written, ["0", "0", ".13", "−.50", "1.3", "−2", "10", "104", "−∞"]);
  for (let i = -9999; i < 9999; i += 7) assert.ok(short(i / 100).length <= 4, String(i / 100));
});

test("a name without a sign in it is itself", () => {
  assert.deepEqual(lowered("Q"), ["Q"]);
});

test("numbers in sentences have a real minus sign", () => {
  assert.deepEqual([number(-0.0004), number(-1.5, 1), number(NaN), signed(2, 0), percent(0.125)],
    ["0.000", "−1.5", "–", "+2", "12.5%"]);
  assert.equal(fill("{a} of {b}, {c}", { a: 1, b: 0 }), "1 of 0, {c}");
});
