// What a page hears of the run on show: nothing of the example, which it takes by itself.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { page } from "./page.js";

page();
const { createElement } = document;
const pen = new Proxy({}, { get: () => () => ({ data: [0, 0, 0, 255] }) });
document.createElement = (name) => Object.assign(createElement(name), { getContext: () => pen });
globalThis.getComputedStyle = /** @type {any} */ (() => ({ getPropertyValue: () => "" }));
const { RunView } = await import("../../pages/kit/run/view.js");

/** @param {string} job */
function view(job) {
  const sent = [];
  const runs = { job, run: null, get id() { return this.run?.id; } };
  const made = Object.assign(Object.create(RunView.prototype), {
    runs, chosen: {}, delay: 0, told: "", updates: 0, rests: false, watching: "", inspected: null,
    root: { dataset: {} }, panel: { paint() {} }, list: { refresh() {} }, tell() {},
    send: (_, { run, config }) => sent.push({ run, config }),
  });
  const show = (run) => {
    runs.run = { job, status: "done", learning_rate: 0.1, ...run };
    made.changed(runs.run);
    mock.timers.tick(1);
  };
  return { made, sent, show };
}

test("the page hears of no example before it has heard of another run", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { sent, show } = view("sine");
  const example = { id: "shipped-sine", shipped: true };
  show(example);
  assert.deepEqual(sent, []); // each word of it would have the whole page drawn and sent again
  show({ id: "own", shipped: false });
  assert.deepEqual(sent, [{ run: "own", config: { learning_rate: 0.1 } }]);
  show(example);
  assert.deepEqual(sent.at(-1), { run: "", config: {} });
  const back = view("sine"); // the page has been left, and what it knows has not
  back.show(example);
  assert.deepEqual(back.sent, [{ run: "", config: {} }]);
  const other = view("text");
  other.made.notify({ steps: 5 });
  other.show(example);
  assert.deepEqual(other.sent, [{ run: "", config: { steps: 5 } }]);
  mock.timers.reset();
});
