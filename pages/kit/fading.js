// Arithmetic with blanks: which of its numbers are left out, whether what is typed is right, and
// what a wrong number may come from. It holds no element of the page.

import { narrow } from "./keys.js";

/**
 * @typedef {import("./opened.js").Wire} Wire
 * @typedef {{ grid: number, line: number, relative: number, most: number }} Limits of
 *   core/opened/fading.py
 * @typedef {{ at: number, left: number, right: number, product: number }} Product at: its cell
 * @typedef {{ name: string, truth: number, allowed: number, places: number, factors?: number[],
 *   ofChannel?: boolean, parts?: { products: number[], bias: number, rest: number } }} Blank
 *   name: "sum", or the cell of a product
 */

export const LEVELS = ["complete", "product", "sum", "all"];

const DONE = ["given", "mask", "count", "chain"]; // nothing is worked out, or too much of it
const EXACT = ["x", "sum", "length", "over"]; // numbers that others are divided by

/** @param {Wire} opened */
const whole = (opened) => opened.inner ?? opened;

/**
 * The products that stand on the page, with the cells that they stand in.
 * @param {Wire} opened @param {number} channel of a convolution, the one that is shown
 * @returns {Product[]}
 */
export function productsOf(opened, channel) {
  const { kind, terms, patch, kernel } = whole(opened);
  if (kind === "conv") {
    const weights = kernel[channel].flat();
    return patch[channel].flat().flatMap((/** @type {number | null} */ left,
      /** @type {number} */ at) => (left === null ? []
      : [{ at, left, right: weights[at], product: left * weights[at] }]));
  }
  if (!["dot", "routed", "sides"].includes(kind)) return [];
  return terms.map((/** @type {Product} */ term, /** @type {number} */ at) => ({ ...term, at }));
}

// What can be left out of a number.
/** @param {Wire} opened @param {number} channel @returns {string[]} of LEVELS */
export function levelsOf(opened, channel) {
  const inner = whole(opened);
  const { kind, value, terms, silent, cut, scale, root, minus } = inner;
  const same = (kind === "sum" && terms.length < 2) || silent || cut
    || (kind === "lookup" && scale === 1) || (kind === "scale" && root === 1 && !minus);
  if (DONE.includes(kind) || value === null || opened.computed != null || same) return [];
  return productsOf(opened, channel).length ? LEVELS : ["complete", "sum"];
}

// The blanks of a level. Which product is left out follows from the number and the seed.
/**
 * @param {Wire} opened @param {number} channel @param {string} level @param {number} seed
 * @param {Limits} limits @returns {Blank[]}
 */
export function blanksOf(opened, channel, level, seed, limits) {
  if (!levelsOf(opened, channel).includes(level)) return [];
  const inner = whole(opened);
  const places = inner.kind === "conv" ? limits.grid : limits.line;
  const products = productsOf(opened, channel);
  /** @type {Blank[]} */
  const left = chosen(products, level, drawn(inner, seed), limits.most).map((one) => ({
    name: String(one.at), truth: one.product, places, factors: [one.left, one.right],
    allowed: ofProduct(one, places),
  }));
  if (level !== "sum" && level !== "all") return left;
  return [...left, sumOf(inner, channel, products, places, limits)];
}

/** @param {Product[]} products @param {string} level @param {number} seed @param {number} most */
function chosen(products, level, seed, most) {
  const size = (/** @type {Product} */ { product }) => Math.abs(product);
  const telling = products.filter(size);
  const from = telling.length ? telling : products;
  if (level === "product") return [from[seed % from.length]];
  if (level !== "all") return [];
  return [...from].sort((a, b) => size(b) - size(a)).slice(0, most).sort((a, b) => a.at - b.at);
}

// A number that the place of the opened one and the seed fix (FNV-1a).
/** @param {Wire} opened @param {number} seed */
function drawn({ array, index }, seed) {
  let hash = 0x811c9dc5;
  for (const letter of `${array} ${index.join()} ${seed}`) {
    hash = Math.imul(hash ^ /** @type {number} */ (letter.codePointAt(0)), 0x01000193) >>> 0;
  }
  return hash;
}

/** @param {number} places */
const half = (places) => 0.5 * 10 ** -places;

// Half of the last digit that is shown: very small numbers have two digits and a power of ten.
/** @param {number} value @param {number} places */
function rounding(value, places) {
  const size = Math.abs(value);
  return size && size < half(3) && places === 3 ? half(1) * 10 ** Math.floor(Math.log10(size))
    : half(places);
}

// Both factors rounded, and the product.
/** @param {Product} product @param {number} places */
function ofProduct({ left, right, product }, places) {
  const [a, b] = [rounding(left, places), rounding(right, places)];
  return a * Math.abs(right) + b * Math.abs(left) + a * b + rounding(product, places);
}

/**
 * @param {Wire} inner @param {number} channel @param {Product[]} products @param {number} places
 * @param {Limits} limits @returns {Blank}
 */
function sumOf(inner, channel, products, places, limits) {
  const line = limits.line;
  if (!products.length || inner.kind === "sides") { // a function is around the sum
    const truth = /** @type {number} */ (inner.value);
    const off = EXACT.map((name) => inner[name]).filter(Boolean)
      .reduce((/** @type {number} */ all, x) => all + rounding(x, line) / Math.abs(x),
        limits.relative);
    return { name: "sum", truth, places: line,
      allowed: 2 * rounding(truth, line) + off * Math.abs(truth) };
  }
  const several = inner.kind === "conv" && inner.sums.length > 1;
  const truth = several ? inner.sums[channel] : /** @type {number} */ (inner.value);
  const [bias, rest] = several ? [0, 0] : [inner.bias ?? 0, inner.rest ?? 0];
  const each = products.reduce((all, { product }) => all + rounding(product, places), 0);
  const allowed = (each + (bias ? half(line) : 0) + (rest ? half(line) : 0) + half(line))
    / Math.abs(inner.over ?? 1);
  return { name: "sum", truth, places: line, allowed, ofChannel: several,
    parts: { products: products.map(({ product }) => product), bias, rest } };
}

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
// An exponent as it stands on the page: 10⁻⁴.
/** @param {string} raised */
const lowered = (raised) =>
  [...raised].map((digit) => (digit === "⁻" ? "-" : RAISED.indexOf(digit))).join("");

/**
 * A number as it was typed, with a decimal comma or point, any minus, and a power of ten as it is
 * typed (e-4) or shown (·10⁻⁴); null: it is none.
 * @param {string} text @returns {{ value: number, places: number } | null}
 */
export function read(text) {
  const plain = narrow(text).replace(/\s/g, "").replace(/[−–]/g, "-").replace(",", ".")
    .replace(/[·×]10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/, (_, raised) => `e${lowered(raised)}`);
  const found = /^[+-]?(?:\d+\.?(\d*)|\.(\d+))(?:e([+-]?\d+))?$/i.exec(plain);
  if (!found) return null;
  const digits = (found[1] ?? found[2] ?? "").length;
  return { value: Number(plain), places: digits - Number(found[3] ?? 0) };
}

/**
 * What there is to say about what was typed: "right", or why it is wrong where that can be told.
 * @param {string} text @param {Blank} blank
 */
export function verdict(text, blank) {
  const typed = read(text);
  if (!typed) return "unreadable";
  const { value, places } = typed;
  const { truth, allowed, factors, parts } = blank;
  const is = (/** @type {number} */ other) => Math.abs(value - other) <= allowed;
  if (is(truth)) return "right";
  if (is(-truth)) return "sign";
  if (factors && is(factors[0] + factors[1])) return "added";
  if (parts) {
    const { products, bias, rest } = parts;
    if (bias && is(truth + bias)) return "twice";
    if (bias && is(truth - bias)) return "noBias";
    if (rest && is(truth - rest)) return "noRest";
    if (products.some((product) => is(truth - product))) return "oneMissing";
  }
  if (is(10 * truth) || Math.abs(10 * value - truth) <= allowed) return "slip";
  if (places < blank.places && Math.abs(value - truth) <= half(places)) return "coarse";
  return factors ? "product" : parts ? "sum" : "other";
}
