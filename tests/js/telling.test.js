// What a lecturer's page tells its room: what has changed here, until it has arrived.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Telling } from "../../pages/kit/room/telling.js";

const SHOWN = { page: "bert", link: "", title: "BERT", paused: false, taking: "", prompt: "" };

// A room with some who lead it, each on a page of their own.
function room() {
  const told = { shown: SHOWN, away: false, posts: 0 };
  const led = (page) => {
    const here = { page };
    return { here, telling: new Telling({ here: () => here, shown: () => told.shown,
      post: async (shown) => {
        told.posts += 1;
        if (told.away) return false;
        told.shown = shown;
        return true;
      } }) };
  };
  return { told, led };
}

test("one lecturer pauses, and the page of the other stays", async () => {
  const { told, led } = room();
  const [first, second] = [led("sine-live"), led("transformer")];
  await first.telling.tell();
  await second.telling.tell();
  await first.telling.wish({ paused: true });
  await second.telling.tell();
  await first.telling.tell();
  assert.equal(told.shown.page, "transformer");
  assert.equal(told.shown.paused, true);
  assert.equal(told.posts, 3);
});

test("what did not arrive is told again, and nothing twice", async () => {
  const { told, led } = room();
  const only = led("sine-live");
  told.away = true;
  await only.telling.tell();
  assert.equal(told.shown.page, "bert");
  told.away = false;
  await only.telling.tell();
  await only.telling.tell();
  assert.equal(told.shown.page, "sine-live");
  assert.equal(told.posts, 2);
});

test("what changes while something is on its way is told after it", async () => {
  const { told, led } = room();
  const only = led("sine-live");
  const telling = only.telling.tell();
  only.here.page = "transformer";
  only.telling.wish({ taking: "digit" });
  only.telling.wish({ paused: true });
  await telling;
  assert.deepEqual([told.shown.page, told.shown.taking, told.shown.paused],
    ["transformer", "digit", true]);
});
