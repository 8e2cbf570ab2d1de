import assert from "node:assert/strict";
import { test } from "node:test";

import { pageAt } from "../../pages/kit/request.js";

test("a page lies beside our routes, whatever path they lie below", () => {
  for (const site of ["http://a.example:8501/", "https://b.example/apps/fp/"]) {
    assert.equal(pageAt(`${site}forward-pass`, "draw-a-digit", { own: "x y", lang: "ko" }),
      `${site}draw-a-digit?own=x+y&lang=ko`);
  }
});
