// A listing in colours is still the program, letter by letter.

import assert from "node:assert/strict";
import { test } from "node:test";

import { partsOf } from "../../pages/kit/listing.js";

const PROGRAM = `"""What it is: import # all."""
import torch

x = f'{a["b"]}' + "\\"#" # for "them"
information = not_a_keyword(1.5e-3)
`;

test("nothing of a program is lost or added", () => {
  assert.equal([...partsOf(PROGRAM)].map(({ text }) => text).join(""), PROGRAM);
});

test("strings, comments and keywords are told apart, also inside one another", () => {
  const found = [...partsOf(PROGRAM)].filter(({ kind }) => kind);
  assert.deepEqual(found.map(({ text, kind }) => [kind, text]), [
    ["string", '"""What it is: import # all."""'],
    ["keyword", "import"],
    ["string", "f'{a[\"b\"]}'"],
    ["string", '"\\"#"'],
    ["comment", '# for "them"'],
  ]);
});
