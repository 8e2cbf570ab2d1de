// The digits that Play learns from: one's own, as views come and go, and those of a room's wall.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { Digits } from "../../pages/train_a_cnn/hand/digits.js";

import { page } from "./page.js";

const WORDS = { ownFull: "{most} at most" };
const real = globalThis.fetch;
/** @type {Digits[]} */
let open;
beforeEach(() => {
  open = [];
  page();
});
afterEach(() => {
  globalThis.fetch = real;
  for (const each of open) each.close();
});

const turn = () => new Promise((resolve) => setTimeout(resolve));
const answer = (content) => new Response(JSON.stringify(content));
const digits = (most = 200, onTrouble = () => {}) => {
  const made =
    new Digits("/forward-pass", { most, words: WORDS }, { onChange: () => {}, onTrouble });
  open.push(made);
  return made;
};

test("a drawing that is prepared after its view has gone is shown by the next one", async () => {
  let away = true;
  globalThis.fetch = async () => {
    if (away) throw new TypeError("away");
    return answer({ image: "ink" });
  };
  const first = digits();
  const added = first.add(7, []);
  first.close();
  const second = digits();
  await turn();
  assert.equal(second.drawings.length, 0);
  away = false;
  assert.ok(await added);
  assert.deepEqual(second.drawings.map(({ label, image }) => [label, image]), [[7, "ink"]]);
  second.clear();
  assert.deepEqual(second.drawings, []);
});

test("no more are drawn than a run learns from", async () => {
  globalThis.fetch = async () => answer({ image: "ink" });
  const said = [];
  const mine = digits(1, (trouble) => trouble && said.push(trouble.message));
  assert.ok(await mine.add(1, []));
  assert.equal(await mine.add(2, []), false);
  assert.deepEqual(said, ["1 at most"]);
  mine.remove(mine.drawings[0]);
  assert.ok(await mine.add(2, []));
  mine.clear();
});

test("a room's digits hang here as on its wall, and go with the room", async () => {
  let wall = [4, 9];
  const posted = [];
  globalThis.fetch = async (url, { body }) => {
    const asked = JSON.parse(body);
    posted.push([url, asked]);
    if (url.endsWith("/out")) wall = wall.filter((id) => id !== asked.piece);
    const piece = (id) => ({ id, sent: { image: `ink${id}` }, made: { label: id } });
    return answer({ ids: wall, new: wall.filter((id) => id > asked.after).map(piece),
      score: null });
  };
  const mine = digits();
  mine.lead({ code: "ABCDEF", token: "secret", taking: "digit" });
  await turn();
  assert.deepEqual(mine.drawings.map(({ label, image }) => [label, image]),
    [[9, "ink9"], [4, "ink4"]]);
  assert.ok(posted.every(([, { token }]) => token === "secret"));
  await mine.remove(mine.drawings[0]);
  assert.deepEqual(mine.drawings.map(({ piece }) => piece), [4]);
  mine.lead(null);
  assert.deepEqual(mine.drawings, []);
});
