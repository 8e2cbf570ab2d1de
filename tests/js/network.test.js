// Answers are asked for packed where the network is what one waits for.

import assert from "node:assert/strict";
import { test } from "node:test";

import { isSlow, learn } from "../../pages/kit/network.js";
import { request } from "../../pages/kit/request.js";

import { page } from "./page.js";

page();
const took = (transferSize, ms) => ({ transferSize, responseStart: 100, responseEnd: 100 + ms });

async function headersOf() {
  const real = globalThis.fetch;
  let sent;
  globalThis.fetch = async (url, { headers }) => {
    sent = headers;
    return Response.json({});
  };
  await request("/any", {});
  globalThis.fetch = real;
  return sent;
}

test("a browser beside the server asks for nothing", async () => {
  learn(took(90_000, 2));
  assert.equal(isSlow(), false);
  assert.equal("X-Forward-Pass-Network" in await headersOf(), false);
});

test("one behind 20 Mbit/s asks for packed answers, until its network is better", async () => {
  learn(took(90_000, 36));
  assert.equal((await headersOf())["X-Forward-Pass-Network"], "slow");
  learn(took(30_000, 12)); // packed ones tell the same
  assert.equal(isSlow(), true);
  learn(took(30_000, 1));
  assert.equal(isSlow(), false);
});

test("small transfers and cached files say nothing of the network", () => {
  learn(took(2000, 40));
  learn(took(0, 40));
  learn({ transferSize: 90_000, responseStart: 0, responseEnd: 900 });
  assert.equal(isSlow(), false);
});
