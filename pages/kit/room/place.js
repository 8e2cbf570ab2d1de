// A place in a picture, or one of several words: tapped on a phone, or reached by keys; and where a
// room tapped.

import { bytesOf } from "../base64.js";
import { action, button, el, percent, stands, walkable } from "../dom.js";
import { palette } from "../palette.js";
import { shade } from "../pixels.js";
import { painted } from "./pieces.js";
import { named, rightOnes } from "./tapped.js";
import { svg } from "../svg.js";

/** @param {RoomQuestion} question */
function drawing({ picture, rows, columns }) {
  const ink = bytesOf(picture);
  const { size } = palette(document.body);
  return painted(columns, rows, (i) => shade(size, ink[i], 255));
}

/**
 * The words, each to be tapped.
 * @param {RoomQuestion} question @param {number | undefined} mine
 * @param {(place: number) => void} vote
 */
function wordField({ words, prompt }, mine, vote) {
  return [el("div", { class: "tapped", role: "group", "aria-label": prompt, "data-fp": "words" },
    ...words.map((word, at) => button(word, () => vote(at),
      { class: "word", "data-choice": String(at), "aria-pressed": String(mine === at) })))];
}

/**
 * The picture with a mark on the chosen place.
 * @param {RoomQuestion} question @param {Record<string, string>} words
 * @param {number | undefined} mine @param {(place: number) => void} vote
 */
export function placeField(question, words, mine, vote) {
  if (question.words.length) return wordField(question, mine, vote);
  const { rows, columns } = question;
  let at = mine ?? Math.floor(rows / 2) * columns + Math.floor(columns / 2);
  const mark = svg("rect", { width: 1, height: 1, class: "mark" });
  const picture = el("div", { class: "place", ...walkable(words.placeField), "data-fp": "place" },
    drawing(question), svg("svg", { viewBox: `0 0 ${columns} ${rows}` }, mark));
  const show = () => {
    mark.setAttribute("x", String(at % columns));
    mark.setAttribute("y", String(Math.floor(at / columns)));
    stands(picture, named(at, columns, words), at, rows * columns - 1);
  };
  picture.addEventListener("click", ({ clientX, clientY }) => {
    const box = picture.getBoundingClientRect();
    /** @param {number} share @param {number} count */
    const index = (share, count) => Math.max(0, Math.min(count - 1, Math.floor(share * count)));
    at = index((clientY - box.top) / box.height, rows) * columns
      + index((clientX - box.left) / box.width, columns);
    vote(at);
  });
  picture.addEventListener("keydown", (event) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    const move = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[
      event.key];
    if (event.key === "Enter") vote(at);
    if (!move) return;
    event.preventDefault();
    const [r, c] = [row + move[0], column + move[1]];
    if (r >= 0 && r < rows && c >= 0 && c < columns) at = r * columns + c;
    show();
  });
  show();
  return [picture, action(words.send, () => vote(at), { "data-fp": "send" })];
}

/**
 * How often the room has tapped each word in its last vote: the darker, the more.
 * @param {RoomQuestion} question
 */
function heat(question) {
  const { round, votes, words } = question;
  const total = Math.max(1, votes[round - 1] ?? 0);
  const counts = new Map(question.bars.map(([label, ...each]) => [Number(label), each[round - 1]]));
  return el("ol", { class: "tapped", "data-fp": "places" }, ...words.map((word, at) => {
    const count = counts.get(at) ?? 0;
    const { background, color } = palette(document.body).cell(count / total);
    return el("li", { class: rightOnes(question).includes(at) ? "word won" : "word",
      style: `background: ${background}; color: ${color}` }, word,
      count ? el("small", {}, ` ${percent(count / total)}`) : null);
  }));
}

/**
 * Where the room has tapped in its last vote: a circle for each place, larger for more votes.
 * @param {RoomQuestion} question @param {Record<string, string>} words
 */
export function places(question, words) {
  if (question.words.length) return heat(question);
  const { rows, columns, round, votes } = question;
  const total = Math.max(1, votes[round - 1] ?? 0);
  const dots = question.bars.filter((bar) => bar[round]).map(([label, ...counts]) => {
    const at = Number(label);
    const radius = 0.45 + 2.5 * Math.sqrt(counts[round - 1] / total);
    return svg("circle", { cx: (at % columns) + 0.5, cy: Math.floor(at / columns) + 0.5, r: radius,
      class: "dot" });
  });
  const won = rightOnes(question).map((at) => svg("rect", { x: at % columns, width: 1, height: 1,
    y: Math.floor(at / columns), class: "mark" }));
  const told = question.bars.map(([label, ...counts]) =>
    `${named(Number(label), columns, words)}: ${counts[round - 1] ?? 0}`).join("; ");
  return el("div", { class: "place", role: "img", "data-fp": "places", "aria-label": told },
    drawing(question), svg("svg", { viewBox: `0 0 ${columns} ${rows}` }, ...dots, ...won));
}
