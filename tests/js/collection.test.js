// One's own drawings on the server, as views come and go.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { Collection } from "../../pages/train_a_cnn/hand/collection.js";

import { page } from "./page.js";

const real = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = real;
});

const turn = () => new Promise((resolve) => setTimeout(resolve));

test("a drawing that is taken after its view has gone is shown by the next one", async () => {
  page();
  globalThis.localStorage = { getItem: () => "me", setItem() {} };
  const drawings = [];
  let away = true;
  const answer = () => new Response(JSON.stringify({ code: "", new: drawings,
    ids: drawings.map(({ id }) => id), others: { name: 0, client: 0 } }));
  globalThis.fetch = async (url, { body } = {}) => {
    if (body && away) throw new TypeError("away");
    if (body) drawings.push({ id: 1, label: 7, image: "" });
    return answer();
  };
  const options = { onChange: () => {}, onTrouble: () => {} };
  const first = new Collection("/forward-pass", options);
  const added = first.add(7, []);
  first.close();
  const second = new Collection("/forward-pass", options);
  await turn();
  assert.equal(second.ids.length, 0);
  away = false;
  assert.ok(await added);
  await turn();
  assert.deepEqual(second.ids, [1]);
  second.close();
});
