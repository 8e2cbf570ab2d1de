import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = { getElementsByClassName: () => [] };
const { translated } = await import("../../pages/kit/uploads.js");

const RULES = [
  [/^File must be (.+) or smaller\.$/, "{1}보다 큽니다."],
  [/files are not allowed\.$/, "A file of this kind is not read here."],
  [/^Remove (.+)$/, "{1} 지우기"],
  [/(?:)/, "It could not be sent."],
];

test("what Streamlit says of a file is put into the page's language, once", () => {
  const cases = {
    "File must be 8.0MB or smaller.": "8.0MB보다 큽니다.",
    "image/png files are not allowed.": "A file of this kind is not read here.",
    " files are not allowed.": "A file of this kind is not read here.",
    "Remove $&.txt": "$&.txt 지우기",
    "Request failed with status code 503": "It could not be sent.",
  };
  for (const [theirs, ours] of Object.entries(cases)) {
    assert.equal(translated(theirs, RULES), ours);
    assert.equal(translated(ours, RULES), ours);
  }
});

test("what no rule knows stays", () => {
  assert.equal(translated("table.csv", RULES.slice(0, 3)), "table.csv");
});
