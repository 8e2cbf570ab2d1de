// The size of the output as a formula with the numbers of this state, for rows and for columns.

import { el, fill, say } from "../kit/dom.js";
import { rowsOf } from "./picture.js";

/** @param {HTMLElement} host @param {ConvAnswer} answer @param {ConvWords} words */
export function sizes(host, { rows, columns, parameters, multiply_adds: products }, words) {
  const same = rows.size === columns.size && rows.kernel === columns.kernel
    && rows.low === columns.low && rows.high === columns.high && rows.output === columns.output;
  /** @param {string} title @param {ConvAnswerRows} axis */
  const along = (title, axis) => [title, axis.transposed ? transposed(axis) : plain(axis),
    axis.rest ? fill(words.rest, { count: axis.rest }) : ""];
  const costs = fill(words.costs,
    { parameters: parameters.toLocaleString("en"), products: products.toLocaleString("en") });
  const lines = [
    ...(same ? [along(words.rowsAndColumns, rows)]
      : [along(words.rows, rows), along(words.columns, columns)]),
    [words.cost, costs, ""],
  ];
  const make = () => el("p", {}, el("b", {}), el("span", {}), el("span", { class: "note" }));
  rowsOf(host, lines.length, make).forEach((row, i) =>
    lines[i].forEach((text, k) => say(row.children[k], text)));
  host.dataset.size = `${rows.output}.${columns.output}`;
}

/** @param {ConvAnswerRows} axis */
const pads = ({ low, high }) => (low === high ? `2·${low}` : `(${low} + ${high})`);

/** @param {ConvAnswerRows} axis */
function plain(axis) {
  const { size, kernel, stride, dilation, output, numerator } = axis;
  const sum = `(${size} + ${pads(axis)} − ${dilation}·(${kernel} − 1) − 1)`;
  return `⌊${sum} / ${stride}⌋ + 1 = ⌊${numerator} / ${stride}⌋ + 1 = ${output}`;
}

/** @param {ConvAnswerRows} axis */
function transposed(axis) {
  const { size, kernel, stride, dilation, extra, output } = axis;
  const span = `${dilation}·(${kernel} − 1)`;
  return `(${size} − 1)·${stride} − ${pads(axis)} + ${span} + ${extra} + 1 = ${output}`;
}
