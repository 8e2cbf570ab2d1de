// Which places are right, and what they are called.

import { fill } from "../dom.js";

// A place in words, as people count.
/** @param {number} at @param {number} columns @param {Record<string, string>} words */
export const named = (at, columns, words) => fill(words.placeAt,
  { row: Math.floor(at / columns) + 1, column: (at % columns) + 1 });

/** @param {RoomQuestion} question */
export const rightOnes = ({ revealed, answer }) =>
  (revealed && answer ? answer.split(" ").map(Number) : []);

/**
 * Whether a tap was right, as far as it is told.
 * @param {RoomQuestion} question @param {number} at
 */
export function isRight(question, at) {
  const { columns, tolerance } = question;
  /** @param {number} one @param {number} other */
  const apart = (one, other) => Math.max(
    Math.abs(Math.floor(one / columns) - Math.floor(other / columns)),
    Math.abs((one % columns) - (other % columns)));
  return rightOnes(question).some((right) => apart(at, right) <= tolerance);
}

/**
 * What is right, in words: the words themselves, a place, or the rows and columns of several.
 * @param {RoomQuestion} question @param {Record<string, string>} words
 */
export function answerOf(question, words) {
  const { columns } = question;
  const right = rightOnes(question);
  if (question.words.length) return right.map((at) => question.words[at]).join(", ");
  if (right.length === 1) return named(right[0], columns, words);
  const [rows, across] = [right.map((at) => Math.floor(at / columns) + 1),
    right.map((at) => (at % columns) + 1)];
  return fill(words.placesAt, { top: Math.min(...rows), bottom: Math.max(...rows),
    left: Math.min(...across), right: Math.max(...across) });
}
