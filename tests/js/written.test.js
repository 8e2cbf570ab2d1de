import assert from "node:assert/strict";
import { test } from "node:test";
import { asText, asked } from "../../pages/kit/room/written.js";

const TEXT = `Which digit is hardest?
one
* seven

How many numbers has a 3 x 3 kernel?
= 9

Coffee?
yes
no`;

test("questions are read as they are typed, and written as they were read", () => {
  const questions = asked(TEXT.replace("\n\nHow", "\n \n\nHow"), []);
  assert.deepEqual(questions.map(({ prompt, kind, choices, answer }) =>
    [prompt, kind, choices, answer]), [
    ["Which digit is hardest?", "choice", ["one", "seven"], "seven"],
    ["How many numbers has a 3 x 3 kernel?", "number", [], "9"],
    ["Coffee?", "choice", ["yes", "no"], ""],
  ]);
  assert.equal(asText(questions), TEXT);
  assert.deepEqual(asked("\n \n", []), []);
});

test("what is not typed stays: why, other languages, a place", () => {
  const wordings = [{ language: "ko", prompt: "?", choices: ["하나", "일곱"], explanation: "" }];
  const place = { prompt: "Where?", kind: "place", rows: 1, columns: 2, words: ["a", "b"] };
  const before = [{ prompt: "Which digit is hardest?", kind: "choice", choices: ["one", "seven"],
    answer: "seven", explanation: "Look.", wordings, tolerance: 0 }, place];
  assert.ok(!asText(before).includes("Where?"));
  const [same, last] = asked(asText(before), before);
  assert.deepEqual(same, before[0]);
  assert.equal(last, place);
  const [other] = asked("Which digit is hardest?\n* one\ntwo", before);
  assert.equal(other.explanation, "Look.");
  assert.deepEqual(other.wordings, [], "they were of other choices");
});
