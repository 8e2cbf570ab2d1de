import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { particles } from "../../pages/kit/particles.js";

const FILE = new URL("../golden/particles.json", import.meta.url);
const CASES = JSON.parse(readFileSync(FILE, "utf-8"));

test("a particle fits the sound before it, as in core/korean.py", () => {
  for (const [written, read] of CASES) assert.equal(particles(written), read);
});
