// A page that follows a lecturer goes where the lecturer is, though it missed the word once.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Follower } from "../../pages/kit/room/follower.js";

const SHOWN = { page: "bert", link: "seed=1" };
const ELSEWHERE = { page: "sine-live", link: "seed=1" };

/** @type {Follower} */
let follower;
/** @type {object[]} */
let sent;
/** @type {[string, any][]} */
let told;

// Without a browser: what it would draw is left out, and it listens to nobody.
beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  sent = [];
  told = [];
  globalThis.document = /** @type {any} */ (
    { dispatchEvent: ({ type, detail }) => told.push([type, detail]) });
  follower = Object.assign(Object.create(Follower.prototype), {
    state: null, around: false, wanted: "", tries: 0, arrived: false, code: "ABCDEF", show() {},
    bar: { parentElement: null }, cover: {}, step: -1, watched: '["","",-1]',
  });
});

const receive = (shown) =>
  follower.receive({ shown }, (_, value) => sent.push(value), { parentElement: null, after() {} });

test("it goes where the lecturer is, and stays when it is there", () => {
  receive(ELSEWHERE);
  follower.hear({ shown: SHOWN });
  assert.equal(sent.length, 1);
  receive(SHOWN);
  receive({ ...SHOWN, link: "seed=2" }); // what is changed there stays
  mock.timers.tick(2000);
  receive(ELSEWHERE); // one's own way afterwards is one's own
  follower.hear({ shown: SHOWN });
  mock.timers.tick(60_000);
  assert.equal(sent.length, 1);
});

test("a page that is fetched back by what the one before still told goes there again", () => {
  receive(ELSEWHERE);
  follower.hear({ shown: SHOWN });
  receive(SHOWN);
  receive(ELSEWHERE);
  assert.equal(sent.length, 2);
  receive(SHOWN);
  mock.timers.tick(2000);
  assert.equal(sent.length, 2);
});

test("a word that was lost is said again, though nothing is drawn anew", () => {
  receive(ELSEWHERE);
  follower.hear({ shown: SHOWN });
  for (const count of [2, 3, 4, 5, 5]) {
    mock.timers.tick(2000);
    assert.equal(sent.length, count);
  }
});

test("a page that was still arriving is sent there again, but not for ever", () => {
  receive(ELSEWHERE);
  follower.hear({ shown: SHOWN });
  for (let i = 0; i < 9; i++) receive(ELSEWHERE);
  assert.equal(sent.length, 1, "what is drawn anew on the way is not an answer");
  for (let i = 0; i < 9; i++) {
    mock.timers.tick(2000);
    receive(ELSEWHERE);
  }
  assert.equal(sent.length, 5);
});

test("votes that come in between ask for nothing", () => {
  receive(ELSEWHERE);
  for (let i = 0; i < 9; i++) follower.hear({ shown: SHOWN });
  assert.equal(sent.length, 1);
});

test("on the lecturer's page the walk, the run and its moment are the lecturer's", () => {
  const shown = { ...SHOWN, step: 2, job: "bert", run: "watched-1", moment: 40 };
  receive(ELSEWHERE);
  follower.hear({ shown });
  assert.deepEqual(told, [], "not on another page");
  receive(SHOWN);
  follower.hear({ shown });
  assert.deepEqual(told, [
    ["forward-pass:watch", { job: "bert", run: "watched-1", moment: 40 }],
    ["forward-pass:walk", { step: 2 }]]);
  follower.look(true);
  assert.deepEqual(told.at(-1), ["forward-pass:watch", { job: "", run: "", moment: -1 }]);
});
