// The size of the output as a formula with the numbers of this state, for rows and for columns.

import { button, el, fill, filled, grouped, say } from "../kit/dom.js";
import { rowsOf } from "./picture.js";

/**
 * A line: its text, and the counts in it, each with the name of its array.
 * @typedef {{ title: string, text: string, counts: Record<string, [name: string, count: number]>,
 *   note: string }} Line
 */

/** @type {WeakMap<Element, string>} */
const written = new WeakMap();

/**
 * @param {HTMLElement} host @param {ConvAnswer} answer @param {ConvWords} words
 * @param {(number: string) => unknown} onOpen a count was clicked
 */
export function sizes(host, { rows, columns, parameters, multiply_adds: products }, words, onOpen) {
  const same = rows.size === columns.size && rows.kernel === columns.kernel
    && rows.low === columns.low && rows.high === columns.high && rows.output === columns.output;
  /** @param {[name: string, count: number]} number */
  const opens = ([name, count]) => button(grouped(count), () => onOpen(name),
    { class: "opens", "data-fp": `open-${name}` });
  /** @type {(title: string, axis: ConvAnswerRows, name: string) => Line} */
  const along = (title, axis, name) => ({ title,
    text: `${axis.transposed ? transposed(axis) : plain(axis)} = {output}`,
    counts: { output: [name, axis.output] },
    note: axis.rest ? fill(words.rest, { count: axis.rest }) : "" });
  /** @type {Line[]} */
  const lines = [
    ...(same ? [along(words.rowsAndColumns, rows, "output_rows")]
      : [along(words.rows, rows, "output_rows"), along(words.columns, columns, "output_columns")]),
    { title: words.cost, text: words.costs, note: "",
      counts: { parameters: ["parameters", parameters], products: ["multiply_adds", products] } },
  ];
  const make = () => el("p", {}, el("b", {}), el("span", {}), el("span", { class: "note" }));
  rowsOf(host, lines.length, make).forEach((row, i) => {
    const { title, text, counts, note } = lines[i];
    say(row.children[0], title);
    say(row.children[2], note);
    const key = JSON.stringify([text, counts]);
    if (written.get(row) === key) return;
    written.set(row, key);
    const openers = Object.entries(counts).map(([name, count]) => [name, opens(count)]);
    row.children[1].replaceChildren(...filled(text, Object.fromEntries(openers)));
  });
  host.dataset.size = `${rows.output}.${columns.output}`;
}

/** @param {ConvAnswerRows} axis */
const pads = ({ low, high }) => (low === high ? `2·${low}` : `(${low} + ${high})`);

/** @param {ConvAnswerRows} axis */
function plain(axis) {
  const { size, kernel, stride, dilation, numerator } = axis;
  const sum = `(${size} + ${pads(axis)} − ${dilation}·(${kernel} − 1) − 1)`;
  return `⌊${sum} / ${stride}⌋ + 1 = ⌊${numerator} / ${stride}⌋ + 1`;
}

/** @param {ConvAnswerRows} axis */
function transposed(axis) {
  const { size, kernel, stride, dilation, extra } = axis;
  const span = `${dilation}·(${kernel} − 1)`;
  return `(${size} − 1)·${stride} − ${pads(axis)} + ${span} + ${extra} + 1`;
}
