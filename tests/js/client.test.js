// What a browser knows of a run, when answers and events overtake one another.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Runs } from "../../pages/kit/run/client.js";

import { page } from "./page.js";

page();
const run = (change = {}) => ({
  id: "a", job: "sine", version: 1, step: 2, series: { loss: [3, 2] }, ...change,
});

function looking() {
  const seen = [];
  const runs = new Runs("", "sine", { onChange: ({ version }) => seen.push(version) });
  runs.merge(run());
  return { runs, seen };
}

test("a newer state of the run takes the place of the one before, an older one does not", () => {
  const { runs, seen } = looking();
  runs.merge(run({ version: 3, step: 4 }));
  runs.merge(run({ version: 2, step: 3 }));
  assert.equal(runs.run.step, 4);
  assert.deepEqual(seen, [1, 3]);
});

test("what is told of another run changes nothing", () => {
  const { runs, seen } = looking();
  runs.merge(run({ id: "b", version: 9 }));
  assert.equal(runs.id, "a");
  assert.deepEqual(seen, [1]);
});

test("curves grow in place, from where the news begins", () => {
  const { runs } = looking();
  const { loss } = runs.run.series;
  runs.grow({ version: 2, from: 2, step: 4, series: { loss: [1, 0.5], accuracy: [0.1, 0.2] } });
  assert.deepEqual(loss, [3, 2, 1, 0.5]);
  assert.equal(runs.run.step, 4);
  assert.deepEqual([...runs.run.series.accuracy].slice(2), [0.1, 0.2]);
  runs.grow({ version: 2, from: 0, step: 9, series: { loss: [7] } }); // old news
  assert.deepEqual(loss, [3, 2, 1, 0.5]);
});

test("news with a gap before it are not joined: the whole run is asked for", async () => {
  const { runs } = looking();
  const real = globalThis.fetch;
  globalThis.fetch = async () => ({ ok: true, json: async () => run({ version: 8, step: 9 }) });
  runs.grow({ version: 7, from: 5, step: 6, series: { loss: [1] } });
  while (runs.run.version !== 8) await new Promise((resolve) => setTimeout(resolve));
  globalThis.fetch = real;
  assert.deepEqual(runs.run.series.loss, [3, 2]);
});

test("the runs of other jobs are not listed", async () => {
  const { runs } = looking();
  const real = globalThis.fetch;
  const runsOfAll = [run(), run({ id: "b", job: "cnn" })];
  globalThis.fetch = async () => ({ ok: true, json: async () => ({ runs: runsOfAll }) });
  assert.deepEqual((await runs.list()).map(({ id }) => id), ["a"]);
  globalThis.fetch = real;
});
