// @ts-nocheck
// The size of the output as a formula with the numbers of this state, for rows and for columns.

import { el, entry, fill, say } from "../kit/dom.js";

/**
 * @param {HTMLDivElement} host
 * @param {ConvAnswer} options
 * @param {ConvView} state
 * @param {ConvWords} words
 */
export function sizes(host, { rows, columns, parameters, multiply_adds: products }, state, words) {
  const same =
    ["size", "kernel", "low", "high",
      "output"].every((name) => entry(rows, name) === entry(columns, name));
  const parts =
    same ? [[words.rowsAndColumns, rows]] : [[words.rows, rows], [words.columns, columns]];
  while (host.children.length > parts.length + 1) host.lastChild.remove();
  while (host.children.length < parts.length
    + 1) host.append(el("p", {}, el("b", {}), el("span", {}), el("span", { class: "note" })));
  parts.forEach(([name, axis], i) => {
    const [title, formula, note] = host.children[i].children;
    say(title, name);
    say(formula, axis.transposed ? transposed(axis) : plain(axis));
    say(note, axis.rest ? fill(words.rest, { count: axis.rest }) : "");
  });
  const [title, formula, note] = host.lastChild.children;
  say(title, words.cost);
  say(formula, fill(words.costs,
    { parameters: parameters.toLocaleString("en"), products: products.toLocaleString("en") }));
  say(note, "");
  host.dataset.size = `${rows.output}.${columns.output}`;
}

/** @param {{ low?: any, high?: any }} options */
const pads = ({ low, high }) => (low === high ? `2·${low}` : `(${low} + ${high})`);

/** @param {any} axis */
function plain(axis) {
  const { size, kernel, stride, dilation, output, numerator } = axis;
  const sum = `(${size} + ${pads(axis)} − ${dilation}·(${kernel} − 1) − 1)`;
  return `⌊${sum} / ${stride}⌋ + 1 = ⌊${numerator} / ${stride}⌋ + 1 = ${output}`;
}

/** @param {any} axis */
function transposed(axis) {
  const { size, kernel, stride, dilation, extra, output } = axis;
  return `(${size} − 1)·${stride} − ${pads(
    axis)} + ${dilation}·(${kernel} − 1) + ${extra} + 1 = ${output}`;
}
