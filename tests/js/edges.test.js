// Lines between words: which of them are drawn, and how.

import assert from "node:assert/strict";
import { before, test } from "node:test";

import { page } from "./page.js";

const WEIGHTS = [[0.9, 0.1, 0.001], [0.2, 0.4, 0.4], [0, 0, 1]];
/** @type {any} */
let edges;

before(async () => {
  page();
  const { Edges } = await import("../../pages/kit/edges.js");
  edges =
    new Edges({ key: "x", onPick() {},
      labelOf: (row, column, value) => `${row}.${column} ${value}` });
});

const lines = () => edges.lines.children.map((line) => line.attributes["data-at"]);

test("what is small beside the largest is not drawn", () => {
  edges.paint({ labels: ["a", "b", "c"], weights: WEIGHTS });
  assert.deepEqual(lines(), ["0.0", "0.1", "1.0", "1.1", "1.2", "2.2"]);
});

test("of one word only its own lines are drawn, as thick as their share of the largest", () => {
  edges.paint({ labels: ["a", "b", "c"], weights: WEIGHTS, row: 1, won: 2 });
  assert.deepEqual(lines(), ["1.0", "1.1", "1.2"]);
  assert.deepEqual(edges.lines.children.map((line) => line.attributes["stroke-width"]),
    [3.5, 7, 7]);
  assert.deepEqual(edges.lines.children.map((line) => line.attributes.class),
    [undefined, undefined, "won"]);
});

test("a line that is cut stays in sight where its word is looked at", () => {
  const cut = (row, column) => row === 2 && column === 0;
  edges.paint({ labels: ["a", "b", "c"], weights: WEIGHTS, row: 2, cut });
  assert.deepEqual(lines(), ["2.0", "2.2"]);
  edges.paint({ labels: ["a", "b", "c"], weights: WEIGHTS, cut });
  assert.ok(!lines().includes("2.0"));
});

test("pointing at a line says its number", () => {
  edges.paint({ labels: ["a", "b", "c"], weights: WEIGHTS });
  edges.point([1, 2]);
  assert.equal(edges.readout.textContent, "1.2 0.4");
  edges.point(null);
  assert.equal(edges.readout.textContent, "");
});
