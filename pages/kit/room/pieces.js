// A piece of the wall with what the network makes of it, as its sender and the room see it.

import { bytesOf } from "../base64.js";
import { el, fill, number, percent } from "../dom.js";
import { paintPixels, shade } from "../pixels.js";
import { svg } from "../svg.js";

const SIDE = 28;
const WIDTH = 160; // of a curve
const HEIGHT = 80;
const LARGEST = 1.2; // of a curve's values, with room for a forecast that goes beyond

/** @typedef {Record<string, string>} Words */

/**
 * @param {PieceKind} kind @param {Piece} piece @param {Palette} palette
 * @returns {HTMLElement}
 */
export function pictured(kind, { sent, made }, palette) {
  return el("div", { class: `piece ${kind}` }, ...PICTURES[kind](sent, made, palette));
}

/** @type {Record<PieceKind, (sent: any, made: any, palette: Palette) => (Node | string)[]>} */
const PICTURES = {
  digit: ({ image }, { label, digit }, { size }) => {
    const ink = bytesOf(image);
    return [painted(SIDE, SIDE, (i) => shade(size, ink[i], 255)),
      el("b", {}, label === digit ? "" : "× ", digit < 0 ? "–" : String(digit))];
  },
  sentence: (_, { words, at, weights, answer }, palette) => [
    el("p", {}, ...words.flatMap((/** @type {string} */ word, /** @type {number} */ i) => {
      const { background, color } = palette.cell(weights[i]);
      return [el("span", { class: i === at ? "word it" : "word",
        style: `background: ${background}; color: ${color}` }, word), " "];
    })),
    el("p", {}, `${words[at]} = `, el("b", {}, answer))],
  hidden: ({ text }, { guesses }) => {
    const [before, after] = text.split(/_+/);
    return [el("p", {}, before, el("b", { class: "blank" }, guesses[0][0]), after),
      el("ul", {}, ...guesses.map((/** @type {[string, number]} */ [word, share]) =>
        el("li", {}, el("span", {}, word), el("i", { style: `--share: ${share}` }),
          percent(share))))];
  },
  series: ({ values }, { forecast }, palette) => {
    const shown = values.length - forecast.length;
    /** @param {number[]} part @param {number} from */
    const line = (part, from) => part.map((value, i) => [
      ((from + i) / (values.length - 1)) * WIDTH,
      (1 - Math.max(-LARGEST, Math.min(LARGEST, value)) / LARGEST) * (HEIGHT / 2),
    ].map((place) => place.toFixed(1)).join()).join(" ");
    return [svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" },
      svg("line", { x1: (shown / values.length) * WIDTH, x2: (shown / values.length) * WIDTH, y1: 0,
        y2: HEIGHT, stroke: palette.line }),
      svg("polyline", { points: line(values, 0), fill: "none", stroke: palette.ink,
        "stroke-width": 1.5 }),
      svg("polyline", { points: line(forecast, shown), fill: "none", stroke: palette.category(0),
        "stroke-width": 2.5, "stroke-dasharray": "4 3" }))];
  },
  kernel: ({ weights }, { rows }, palette) => {
    const flat = rows.flat();
    return [
      el("div", { class: "weights" }, ...weights.map((/** @type {number} */ weight) => {
        const { background, color } = palette.cell(weight / 2);
        return el("span", { style: `background: ${background}; color: ${color}` },
          number(weight, 0));
      })),
      painted(rows[0].length, rows.length, (i) => shade(palette.signed, flat[i], 127))];
  },
};

/** @param {number} columns @param {number} rows @param {(i: number) => number} colour */
export function painted(columns, rows, colour) {
  const canvas = el("canvas", { width: String(columns), height: String(rows) });
  paintPixels(canvas, columns, rows, colour);
  return canvas;
}

/**
 * What the network makes of it, in a sentence.
 * @param {PieceKind} kind @param {Piece} piece @param {Words} words
 */
export function told(kind, { made }, words) {
  switch (kind) {
    case "digit":
      return fill(made.digit < 0 ? words.saysNone : words.saysDigit,
        { label: made.label, digit: made.digit, share: percent(made.share) });
    case "sentence":
      return fill(words.saysSentence,
        { word: made.words[made.at], answer: made.answer, share: percent(made.share) });
    case "hidden": {
      const guesses = made.guesses.map((/** @type {[string, number]} */ [word, share]) =>
        `${word} ${percent(share)}`).join(", ");
      const said = fill(words.saysHidden, { guesses });
      const unknown = made.unknown.join(", ");
      return unknown ? `${said} ${fill(words.saysUnknown, { words: unknown })}` : said;
    }
    case "series":
      return fill(words.saysSeries,
        { error: number(made.error), persistence: number(made.persistence) });
    default:
      return words.saysKernel;
  }
}
