// What a browser knows of a run, when answers and events overtake one another.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Runs } from "../../pages/kit/run/client.js";

import { becomes, page } from "./page.js";

page();
const run = (change = {}) => ({
  id: "a", job: "sine", shipped: true, version: 1, step: 2, goals: [],
  series: { loss: [3, 2] }, ...change,
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
  globalThis.fetch = async () => Response.json(run({ version: 8, step: 9 }));
  runs.grow({ version: 7, from: 5, step: 6, series: { loss: [1] } });
  while (runs.run.version !== 8) await new Promise((resolve) => setTimeout(resolve));
  globalThis.fetch = real;
  assert.deepEqual(runs.run.series.loss, [3, 2]);
});

test("the runs of its own job are asked for, and no others", async () => {
  const { runs } = looking();
  const real = globalThis.fetch;
  let query;
  globalThis.fetch = async (url) => {
    query = new URLSearchParams(url.split("?")[1]);
    return Response.json({ runs: [run()] });
  };
  assert.deepEqual((await runs.list()).map(({ id }) => id), ["a"]);
  assert.deepEqual(Object.fromEntries(query), { owner: runs.owner, job: "sine" });
  globalThis.fetch = real;
});

// Streams of events that are open, by the run that they tell of.
function streams() {
  const open = [];
  globalThis.EventSource = class {
    static CLOSED = 2;

    constructor(url) {
      this.run = url.split("/").at(-2);
      this.listeners = {};
      open.push(this);
    }

    addEventListener(name, listener) {
      this.listeners[name] = listener;
    }

    tell(name, about) {
      this.listeners[name]({ data: JSON.stringify(about) });
    }

    close() {
      open.splice(open.indexOf(this), 1);
    }
  };
  return open;
}

// Answers every question with the run as it is by then.
function answering(now) {
  const real = globalThis.fetch;
  const asked = [];
  globalThis.fetch = async (url) => {
    asked.push(url);
    return Response.json(now());
  };
  return { asked, stop: () => { globalThis.fetch = real; } };
}

const soon = () => new Promise((resolve) => setTimeout(resolve));

test("only what changes is listened to, and only until it is at rest", () => {
  const open = streams();
  const runs = new Runs("", "sine", { onChange: () => {} });
  runs.adopt(run({ id: "example", shipped: true, status: "done" }));
  assert.deepEqual(open, []);
  runs.adopt(run({ id: "mine", shipped: false, status: "paused" }));
  assert.deepEqual(open, []);
  runs.merge(run({ id: "mine", shipped: false, version: 2, status: "waiting" }));
  assert.deepEqual(open.map((stream) => stream.run), ["mine"]);
  open[0].tell("change", { version: 3, from: 2, series: {}, status: "running" });
  assert.equal(open.length, 1);
  open[0].tell("change", { version: 4, from: 2, series: {}, status: "done" });
  assert.deepEqual(open, []);
  runs.close();
});

test("a tab that is not seen holds no stream, and hears everything when it is seen again",
  async () => {
    const open = streams();
    let step = 2;
    page(); // without the runs of other tests
    const { asked, stop } = answering(() =>
      run({ shipped: false, version: step, step, status: "running" }));
    const runs = new Runs("", "sine", { onChange: () => {} });
    runs.adopt(run({ shipped: false, status: "running" }));
    assert.equal(open.length, 1);
    becomes("hidden");
    assert.deepEqual(open, []);
    step = 7;
    becomes("visible");
    await soon();
    assert.deepEqual(asked, ["/runs/a"]);
    assert.equal(runs.run.step, 7);
    assert.equal(open.length, 1);
    runs.close();
    assert.deepEqual(open, []);
    becomes("visible");
    assert.deepEqual(open, []);
    stop();
  });

test("another run is listened to instead, never two", () => {
  const open = streams();
  const runs = new Runs("", "sine", { onChange: () => {} });
  runs.adopt(run({ id: "first", status: "running" }));
  runs.adopt(run({ id: "second", status: "running" }));
  assert.deepEqual(open.map((stream) => stream.run), ["second"]);
  runs.leave();
  assert.deepEqual(open, []);
  runs.close();
});

test("a run that trains and is not heard of for long says so, until it is heard of", (context) => {
  const open = streams();
  const troubles = [];
  const runs = new Runs("", "sine", { onChange: () => {},
    onTrouble: (trouble) => troubles.push(trouble) });
  context.mock.timers.enable({ apis: ["setTimeout"] });
  runs.adopt(run({ id: "mine", shipped: false, status: "running" }));
  context.mock.timers.tick(9_000);
  open[0].tell("change", { version: 2, from: 2, series: {}, status: "running" });
  context.mock.timers.tick(9_000);
  assert.deepEqual(troubles, []);
  context.mock.timers.tick(2_000);
  open[0].tell("change", { version: 3, from: 2, series: {}, status: "running" });
  assert.deepEqual(troubles, [{ silent: true }, null]);
  open[0].tell("change", { version: 4, from: 2, series: {}, status: "done" });
  context.mock.timers.tick(60_000);
  assert.equal(troubles.length, 2);
  runs.close();
});
