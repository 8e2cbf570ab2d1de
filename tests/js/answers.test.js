// One's own answers as a page: what was tried, and nothing that was not.

import assert from "node:assert/strict";
import { test } from "node:test";

import { answersAsHtml } from "../../pages/kit/answers.js";

const question = (name, prompt) =>
  ({ name, prompt, right: 1, source: "",
    choices: [["no", "why not"], ["yes", "why"], ["x", "z"]] });
const course = [
  { page: "a", title: "First & last", questions: [question("a/1", "Is *it* 1 < 2?"),
    question("a/2", "Never asked")], goals: [["g1", "Find < one"], ["g2", "Not reached"]] },
  { page: "b", title: "Untouched", questions: [question("b/1", "Not here")], goals: [] },
  { page: "c", title: "Goals alone", questions: [], goals: [["g3", "Cut it"]] },
];
const kept = { turn: 2, outcomes: {}, goals: ["g1", "g3"],
  pages: { b: { asked: ["a/1"], tries: { "a/1": [0, 1] } } } };

test("a question that came back on a later page stands below its own", () => {
  const html = answersAsHtml(course, kept, { answers: "My answers", goals: "Goals" }, "en");
  assert.match(html, /<h2>First &amp; last<\/h2>\n<h3>Is <em>it<\/em> 1 &lt; 2\?<\/h3>/);
  assert.match(html, /<li>× <strong>no<\/strong><p>why not<\/p><\/li><li>✓ <strong>yes<\/strong>/);
  assert.match(html, /<li>○ x<\/li>/);
  assert.match(html, /<h3>Goals<\/h3><ol><li>✓ Find &lt; one<\/li><\/ol>/);
  assert.match(html, /<h2>Goals alone<\/h2>\n<h3>Goals<\/h3><ol><li>✓ Cut it<\/li><\/ol>/);
  assert.doesNotMatch(html, /Never asked|Untouched|Not here|Not reached/);
});
