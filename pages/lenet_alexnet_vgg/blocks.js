// A network as blocks, left to right: a block is as high as its maps and as wide as it has maps (or
// units). Two bars below each show where the parameters and where the multiply-adds are. A click or
// the arrow keys select a layer.

import { el, fill, say } from "../kit/dom.js";
import { round, svg } from "../kit/svg.js";

const HEIGHT = 132; // px for the highest block
const LABEL = 62; // px for a slanted name
const BARS = 40; // px for the longest bar
const LEAST = 3; // px that a block has at least
const TEXT = 14;

/**
 * @typedef {{ size: (value: number) => number, side: number, width: number }} Scale
 *   pixels for one unit of `size`, of the side of a map and of the number of maps
 * @typedef {Pick<ArchAnswerRow, "name" | "kind" | "outputs" | "parameters" | "multiply_adds"> &
 *   { groups?: number }} Block
 */

/** @type {Record<string, (value: number) => number>} */
const SIZES = { log: (value) => Math.log2(value + 1), true: (value) => value };
/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

// Of all networks on show, so that they can be compared.
/** @param {ArchAnswer[]} sheets @param {string} scale @param {number} width @returns {Scale} */
export function measure(sheets, scale, width) {
  const size = SIZES[scale];
  const highest = Math.max(...sheets.map(({ inputs }) => size(inputs[1])));
  const room = Math.min(...sheets.map(({ inputs, rows }) => {
    const all = [inputs[0], ...rows.map(({ outputs }) => outputs[0])];
    return (width - TEXT * 2 - all.length * gapOf(width, all.length))
      / all.reduce((sum, channels) => sum + size(channels), 0);
  }));
  return { size, side: HEIGHT / highest, width: Math.max(room, 0) };
}

// Blocks that are thin still need room for their name.
/** @param {number} width @param {number} count */
const gapOf = (width, count) => Math.max(5, (width * 0.42) / count);

export class Blocks {
  /** @type {ArchAnswer | null} */
  sheet = null;
  /** @type {number | null} */
  chosen = null;

  /**
   * @param {string} key
   * @param {ArchWords} words
   * @param {{ onPick: (layer: number) => void }} options
   */
  constructor(key, words, { onPick }) {
    this.key = key;
    this.words = words;
    this.onPick = onPick;
    this.title = el("b", {});
    this.sums = el("span", { class: "note" });
    this.drawing =
      svg("svg", { class: "blocks", role: "listbox", tabindex: "0", "data-fp": `blocks-${key}` });
    this.element = el("figure", { class: "network", "data-block": key },
      el("figcaption", {}, this.title, this.sums), el("div", { class: "roll" }, this.drawing));
    this.drawing.addEventListener("keydown", (event) => this.onKey(event));
  }

  // chosen: index of the selected row, or null; sums: what stands beside the network's name.
  /**
   * @param {ArchAnswer} sheet
   * @param {Scale} scale
   * @param {number} width
   * @param {number | null} chosen
   * @param {object} sums
   */
  paint(sheet, scale, width, chosen, sums) {
    this.sheet = sheet;
    this.chosen = chosen;
    say(this.title, this.words.names[sheet.name]);
    say(this.sums, fill(this.words.sums, sums));
    const height = HEIGHT + LABEL + BARS + 26;
    this.drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.drawing.setAttribute("width", String(width));
    this.drawing.setAttribute("height", String(height));
    this.drawing.setAttribute("aria-label", this.words.names[sheet.name]);
    const blocks = [{ name: this.words.input, kind: "input", outputs: sheet.inputs, parameters: 0,
      multiply_adds: 0 }, ...sheet.rows];
    /** @param {"parameters" | "multiply_adds"} name */
    const most = (name) => Math.max(1, ...sheet.rows.map((row) => row[name]));
    const largest = { parameters: most("parameters"), multiply_adds: most("multiply_adds") };
    const gap = gapOf(width, blocks.length);
    let x = Math.max(gap / 2, TEXT * 2); // the first name leans out to the left
    const parts = blocks.map((block, i) => {
      const wide = Math.max(LEAST, scale.size(block.outputs[0]) * scale.width);
      const part = this.block(block, i - 1, { x, wide, gap, scale, largest });
      x += wide + gap;
      return part;
    });
    const base = svg("line",
      { x1: 0, x2: width, y1: HEIGHT + LABEL + 10, y2: HEIGHT + LABEL + 10, class: "base" });
    this.drawing.replaceChildren(base, ...parts);
  }

  /**
   * @param {Block} block
   * @param {number} index
   * @param {{ x: number, wide: number, gap: number, scale: Scale, largest: { parameters: number,
   *   multiply_adds: number } }} options
   */
  block(block, index, { x, wide, gap, scale, largest }) {
    const high = Math.max(LEAST, scale.size(block.outputs[1] ?? 1) * scale.side);
    const middle = x + wide / 2;
    const top = HEIGHT + LABEL + 12;
    /** @param {"parameters" | "multiply_adds"} name @param {number} left */
    const bar = (name, left) => svg("rect", {
      class: name, x: round(left), y: top, width: 6,
      height: round((BARS * block[name]) / largest[name]),
    });
    const is = index === this.chosen && index >= 0;
    const group = svg("g", {
      class: `block ${block.kind}${is ? " is" : ""}`, role: "option", "aria-selected": String(is),
      "data-fp": `${this.key}-${index}`,
      "aria-label":
        fill(this.words.blockSays, { layer: block.name, shape: block.outputs.join(" × ") }),
    },
    svg("title", {}, `${block.name}: ${block.outputs.join(" × ")}`),
    svg("rect", { class: "reach", x: round(x - gap / 2), y: 0, width: round(wide + gap),
      height: top + BARS }),
    svg("rect", { class: "body", x: round(x), y: round((HEIGHT - high) / 2 + 2), width: round(wide),
      height: round(high) }),
    (block.groups ?? 1) > 1 ? svg("line",
      { class: "halves", x1: round(middle), x2: round(middle), y1: round((HEIGHT - high) / 2),
        y2: round((HEIGHT + high) / 2 + 4) }) : null,
    svg("text", { x: round(middle + 5), y: HEIGHT + 14,
      transform: `rotate(-52 ${round(middle + 5)} ${HEIGHT + 14})`, "font-size": TEXT,
      "text-anchor": "end" }, block.name),
    bar("parameters", middle - 7), bar("multiply_adds", middle + 1));
    if (index >= 0) group.addEventListener("click", () => this.onPick(index));
    return group;
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const step = STEPS[event.key];
    const last = (this.sheet?.rows.length ?? 0) - 1;
    const to = step ? (this.chosen ?? -1) + step : { Home: 0, End: last }[event.key];
    if (to == null) return;
    event.preventDefault();
    event.stopPropagation();
    if (to >= 0 && to <= last) this.onPick(to);
  }
}
