// A network as blocks, left to right: a block is as high as its maps and as wide as it has maps (or
// units). Two bars below each show where the parameters and where the multiply-adds are. A click or
// the arrow keys select a layer.

import { el, entry, fill, say } from "../kit/dom.js";
import { round, svg } from "../kit/svg.js";

const HEIGHT = 132; // px for the highest block
const LABEL = 62; // px for a slanted name
const BARS = 40; // px for the longest bar
const LEAST = 3; // px that a block has at least
const TEXT = 14;

/** @type {Record<string, any>} */
const sizes = { log: (/** @type {number} */ value) => Math.log2(value + 1),
  true: (/** @type {number} */ value) => value };

// Of all networks on show, so that they can be compared: { side, width } in pixels for one unit of
// `scale`.
/** @param {any} sheets @param {string} scale @param {number} width */
export function measure(sheets, scale, width) {
  const size = sizes[scale];
  const highest = Math.max(...sheets.map((/** @type {any} */ { inputs }) => size(inputs[1])));
  const room = Math.min(...sheets.map((/** @type {any} */ { inputs, rows }) => {
    const all = [inputs[0], ...rows.map((/** @type {any} */ { outputs }) => outputs[0])];
    return (width - TEXT * 2 - all.length * gapOf(width, all.length))
      / all.reduce((sum, channels) => sum + size(channels), 0);
  }));
  return { size, side: HEIGHT / highest, width: Math.max(room, 0) };
}

// Blocks that are thin still need room for their name.
/** @param {number} width @param {number} count */
const gapOf = (width, count) => Math.max(5, (width * 0.42) / count);

export class Blocks {
  /** @type {any} */
  sheet;

  /**
   * @param {string} key
   * @param {ArchWords} words
   * @param {{ onPick: (layer: any) => void }} options
   */
  constructor(key, words, { onPick }) {
    this.key = key;
    this.words = words;
    this.onPick = onPick;
    this.chosen = null;
    this.title = el("b", {});
    this.sums = el("span", { class: "note" });
    this.drawing =
      svg("svg", { class: "blocks", role: "listbox", tabindex: "0", "data-fp": `blocks-${key}` });
    this.element = el("figure", { class: "network", "data-block": key },
      el("figcaption", {}, this.title, this.sums), el("div", { class: "roll" }, this.drawing));
    this.drawing.addEventListener("keydown", (event) => this.onKey(event));
  }

  // sheet: a network's table; scale: what `measure` gave; chosen: index of the selected row, or
  // null.
  /**
   * @param {any} sheet
   * @param {any} scale
   * @param {number} width
   * @param {number | null} chosen
   * @param {any} legend
   */
  paint(sheet, scale, width, chosen, legend) {
    this.sheet = sheet;
    this.chosen = chosen;
    say(this.title, this.words.names[sheet.name]);
    say(this.sums, fill(this.words.sums, legend));
    const height = HEIGHT + LABEL + BARS + 26;
    this.drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.drawing.setAttribute("width", width);
    this.drawing.setAttribute("height", String(height));
    this.drawing.setAttribute("aria-label", this.words.names[sheet.name]);
    const blocks = [{ name: this.words.input, kind: "input", outputs: sheet.inputs, parameters: 0,
      multiply_adds: 0 }, ...sheet.rows];
    /** @param {string} name */
    const most = (name) => Math.max(1, ...sheet.rows.map((/** @type {number} */ row) => row[name]));
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
   * @param {any} block
   * @param {number} index
   * @param {{ x: number, wide: number, gap: number, scale: any, largest: { parameters: number,
   *   multiply_adds: number } }} options
   */
  block(block, index, { x, wide, gap, scale, largest }) {
    const high = Math.max(LEAST, scale.size(block.outputs[1] ?? 1) * scale.side);
    const middle = x + wide / 2;
    const top = HEIGHT + LABEL + 12;
    /** @param {string} name @param {number} left */
    const bar = (name, left) => svg("rect", {
      class: name, x: round(left), y: top, width: 6,
      height: round((BARS * block[name]) / entry(largest, name)),
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
    block.groups > 1 ? svg("line",
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
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    const last = (this.sheet?.rows.length ?? 0) - 1;
    const to = step ? (this.chosen ?? -1) + step : { Home: 0, End: last }[event.key];
    if (to == null) return;
    event.preventDefault();
    event.stopPropagation();
    if (to >= 0 && to <= last) this.onPick(to);
  }
}
