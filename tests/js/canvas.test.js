// What the pen, the hand that holds it, and the keyboard do to a drawing.

import assert from "node:assert/strict";
import { test } from "node:test";

import { page } from "./page.js";

page();
Object.assign(globalThis, {
  window: {}, devicePixelRatio: 1, ResizeObserver: class { observe() {} disconnect() {} },
});
const { Canvas } = await import("../../pages/kit/canvas.js");

function canvas() {
  const told = { onChange() {}, onFinish() {}, onFull() {} };
  const made = new Canvas(
    { side: 100, pen: 5, points: 100, strokes: 10, label: "", help: "" }, told);
  const { ink } = made;
  Object.assign(ink, { setPointerCapture() {}, focus() {},
    getBoundingClientRect: () => ({ left: 0, top: 0, width: 100 }) });
  /** @param {string} type @param {number} x @param {object} [more] */
  const hand = (type, x, more = {}) => ink.hears(type, { button: 0, buttons: 1, pointerId: 1,
    pointerType: "pen", timeStamp: 1e6, clientX: x, clientY: 50, preventDefault() {}, ...more });
  /** @param {string} key @param {object} [more] */
  const key = (key, more = {}) => ink.hears("keydown", { key, code: `Key${key.toUpperCase()}`,
    ctrlKey: true, getModifierState: () => false, preventDefault() {}, ...more });
  return { made, hand, key, line: () => { hand("pointerdown", 10); hand("pointermove", 90); } };
}

test("the other end of a stylus erases, and its other button draws nothing", () => {
  const { made, hand, line } = canvas();
  line();
  hand("pointerup", 90);
  assert.equal(made.strokes.length, 1);
  hand("pointerdown", 10, { button: 2, buttons: 2 });
  assert.equal(made.pointer, null);
  hand("pointerdown", 50, { button: 5, buttons: 32 });
  assert.equal(made.strokes.length, 0);
});

test("to undo while the pen is down takes this stroke back, and what was before stays", () => {
  const { made, hand, key, line } = canvas();
  line();
  hand("pointerup", 90);
  const first = structuredClone(made.strokes);
  line();
  key("z");
  hand("pointermove", 20);
  assert.deepEqual(made.strokes, first);
  key("z");
  hand("pointermove", 30);
  assert.deepEqual(made.strokes, []);
});

test("a drawing that is shown meanwhile takes no points of the stroke before", () => {
  const { made, hand, line } = canvas();
  line();
  made.show([]);
  hand("pointermove", 30);
  assert.deepEqual(made.strokes, []);
});

test("a touch that the system calls a palm leaves no ink, a pen leaves its own", () => {
  const { made, hand, line } = canvas();
  hand("pointerdown", 10, { pointerType: "touch", pointerId: 2 });
  hand("pointermove", 90, { pointerType: "touch", pointerId: 2 });
  hand("pointercancel", 90, { pointerType: "touch", pointerId: 2 });
  assert.deepEqual(made.strokes, []);
  line();
  hand("pointercancel", 90);
  assert.equal(made.strokes.length, 1);
});

test("AltGr writes a sign and undoes nothing", () => {
  const { made, hand, key, line } = canvas();
  line();
  hand("pointerup", 90);
  key("ż", { code: "KeyZ", altKey: true });
  key("ż", { code: "KeyZ", getModifierState: (/** @type {string} */ name) => name === "AltGraph" });
  assert.equal(made.strokes.length, 1);
});
