// The other way to read a hand: an LSTM follows the pen, and what it would answer is painted after
// every point. Beside the answer of the picture, with which it may disagree.

import { contextOf, el, fill, percent, pointed, say, stands, walkable } from "../kit/dom.js";
import { paintPixels, shade } from "../kit/pixels.js";
import { pickable } from "./pick.js";

const SIDE = 320; // of the picture of the path, in its own pixels
const MARGIN = 0.12; // of its side, on every side
const DIGITS = 10;

export class Strokes {
  /** @type {StrokesAnswer | null} */
  answer = null;
  /** @type {TraceVerdict | null} what the picture's network says */
  verdict = null;
  /** @type {number | null} the point that is pointed at */
  at = null;
  /** @type {Palette | null} */
  palette = null;

  /**
   * @param {DigitWords} words
   * @param {{ onNumber: (part: string, array: string, ...at: number[]) => void }} options
   */
  constructor(words, { onNumber }) {
    this.words = words;
    this.says = el("p", { class: "verdict", "aria-live": "polite", "data-fp": "strokes-says" });
    this.path = el("canvas",
      { class: "path", width: SIDE, height: SIDE, role: "img", "aria-label": words.strokesPath,
        "data-fp": "strokes-path" });
    this.course = el("canvas", { ...walkable(words.strokesCourse), class: "course",
      width: 1, height: DIGITS, "data-fp": "strokes-course" });
    pickable(this.course, this.course, (digit, point) => {
      this.stand(digit, point);
      onNumber("strokes", "probabilities", point, digit);
    }, { size: () => [DIGITS, this.length],
      begin: () => [this.answer?.digit ?? 0, this.length - 1] });
    this.course.addEventListener("pointermove", (event) => this.point(this.pointOf(event)));
    this.course.addEventListener("pointerleave", () => this.point(null));
    this.digits = Array.from({ length: DIGITS }, (_, digit) => el("li", {}, String(digit)));
    this.body = el("div", { class: "ways-to-read" },
      el("figure", {}, this.path),
      el("figure", { class: "read" }, el("ol", { "aria-hidden": "true" }, ...this.digits),
        this.course),
      el("div", {}, this.says, el("p", { class: "note" }, words.strokesHelp)));
    this.element = el("section", { class: "strokes", "data-block": "strokes" },
      el("h2", {}, words.strokesTitle), this.body);
  }

  get length() {
    return this.answer?.points.length || 1;
  }

  // Where the keys stand, in words.
  /** @param {number} digit @param {number} point */
  stand(digit, point) {
    const share = this.answer?.probabilities[point]?.[digit];
    const values = { point: point + 1, count: this.length, digit, share: percent(share ?? NaN) };
    stands(this.course, fill(this.words.strokesAt, values), point * DIGITS + digit,
      this.length * DIGITS - 1);
  }

  /** @param {PointerEvent} event */
  pointOf(event) {
    const share = pointed(event, this.course)[0] / this.course.clientWidth;
    return Math.max(0, Math.min(this.length - 1, Math.floor(share * this.length)));
  }

  /** @param {number | null} at */
  point(at) {
    if (at === this.at) return;
    this.at = at;
    this.paintPath();
  }

  /** @param {StrokesAnswer} answer @param {Palette} palette */
  paint(answer, palette) {
    this.answer = answer;
    this.palette = palette;
    const { probabilities } = answer;
    paintPixels(this.course, this.length, DIGITS, (i) => shade(palette.size,
      probabilities[i % this.length]?.[Math.floor(i / this.length)] ?? 0, 1));
    this.digits.forEach((row, digit) => row.classList.toggle("won", digit === answer.digit));
    this.stand(answer.digit ?? 0, this.length - 1);
    this.paintPath();
    this.compare(this.verdict);
  }

  // What the network of the picture says of the same drawing.
  /** @param {TraceVerdict | null} verdict */
  compare(verdict) {
    this.verdict = verdict;
    const { answer, words } = this;
    if (!answer || !verdict) return;
    const { digit: way, probability } = answer;
    const values = { way, share: percent(probability), picture: verdict.digit };
    const differ = way !== verdict.digit;
    say(this.says, way === null ? words.nothingToExplain
      : fill(!verdict.isDigit ? words.strokesRefused : differ ? words.strokesDiffer
        : words.strokesAgree, values));
    this.element.classList.toggle("differs", way !== null && verdict.isDigit && differ);
  }

  // Pale until the answer of the end stands for good, then in the colour of what has won.
  paintPath() {
    const { answer, palette, path, at } = this;
    if (!answer || !palette) return;
    const context = contextOf(path);
    context.clearRect(0, 0, SIDE, SIDE);
    const scale = (SIDE / 2) * (1 - 2 * MARGIN);
    const places = answer.points.map(([x, y]) => [SIDE / 2 + x * scale, SIDE / 2 + y * scale]);
    const settled = settledAt(answer);
    Object.assign(context, { lineWidth: 5, lineCap: "round", lineJoin: "round" });
    places.forEach(([x, y], i) => {
      const lifted = answer.points[i][2] > 0;
      const [fromX, fromY] = lifted ? [x, y] : places[i - 1];
      context.strokeStyle = i >= settled ? palette.accent : palette.grey;
      context.beginPath();
      context.moveTo(fromX, fromY);
      context.lineTo(x, y);
      context.stroke();
    });
    if (at === null || !places[at]) return;
    context.fillStyle = palette.ink;
    context.beginPath();
    context.arc(places[at][0], places[at][1], 9, 0, 2 * Math.PI);
    context.fill();
  }
}

// The first point from which on the likeliest digit stays the one of the end.
/** @param {StrokesAnswer} answer */
export function settledAt({ probabilities, digit }) {
  let first = probabilities.length;
  while (first > 0 && digit === likeliest(probabilities[first - 1])) first--;
  return first;
}

/** @param {number[]} shares */
const likeliest = (shares) => shares.indexOf(Math.max(...shares));
