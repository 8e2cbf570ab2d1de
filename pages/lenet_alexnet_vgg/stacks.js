// A network as stacks of sheets, left to right: a sheet is as large as a map, a stack as deep as
// there are maps, and units are a strip as long as there are of them. Where the network runs here,
// the front sheet is a map of the visitor's drawing, and the strips are the units. Lines lead from
// the window of a sliding kernel to the number that comes of it. Two bars below each stack show
// where the parameters and where the multiply-adds are. A click or the arrow keys select a layer.

import { el, fill, say } from "../kit/dom.js";
import { paintPixels } from "../kit/pixels.js";
import { round, svg } from "../kit/svg.js";

const HEIGHT = 112; // px of the largest sheet
const DEEPEST = { log: 34, true: 80 }; // px of the deepest stack
const [RIGHT, UP] = [0.72, 0.5]; // px that a px of depth leads there
const SHEET = 3; // px of depth between two sheets
const APART = 4; // px between the two halves of a layer in two groups
const TURNED = 0.3; // px that a px of lost width leads up
const SLIMMEST = 0.15; // part of its width that is left of a sheet that is turned away
const GAP = 10;
const BARS = 30; // px of the longest bar
const LEAST = 4; // px of a sheet, at least
const STRIP = 20; // px across a strip of units
const HEAD = 4; // px of an arrow's head
const TEXT = 14; // px of the names, for which all this is meant: larger ones have larger stacks
const LETTER = 0.56; // of its height, the width of a letter

/**
 * @typedef {{ side: (value: number) => number, depth: (value: number) => number }} Scale px of a
 *   map's side, and of how many there are
 * @typedef {Pick<ArchAnswerRow, "name" | "kind" | "outputs" | "parameters" | "multiply_adds" |
 *   "kernel" | "stride" | "padding"> & { groups?: number }} Block
 * @typedef {Omit<StacksAnswer, "layers"> & { layers: LayerMaps[] }} Seen
 * @typedef {{ x: number, y: number, wide: number, high: number, lift: number, depth: number,
 *   flat: boolean }} Place x, y: upper left corner of the front sheet; lift: how far its right side
 *   stands up
 */

/** @type {Record<string, (value: number) => number>} */
const SIZES = { log: (value) => Math.log2(value + 1), true: (value) => value };
/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** @param {ArchAnswer} sheet */
const shapes = ({ inputs, rows }) => [inputs, ...rows.map(({ outputs }) => outputs)];

// How large the names are here; presenting, they are larger.
const textHere = () => 0.875 * parseFloat(getComputedStyle(document.documentElement).fontSize);

// Of all networks on show, so that they can be compared.
/** @param {ArchAnswer[]} sheets @param {"log" | "true"} name @returns {Scale} */
export function measure(sheets, name) {
  const larger = Math.max(1, textHere() / TEXT);
  const size = SIZES[name];
  const all = sheets.flatMap(shapes);
  const unit = (larger * HEIGHT) / Math.max(...all.map(([, side = 1]) => size(side)));
  const deep = (larger * DEEPEST[name]) / Math.max(...all.map(([count]) => size(count)));
  return { side: (value) => Math.max(LEAST, unit * size(value)),
    depth: (value) => deep * size(value) };
}

export class Stacks {
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
    this.said = el("span", { class: "answer", "data-fp": `says-${key}` });
    this.drawing =
      svg("svg", { class: "blocks", role: "listbox", tabindex: "0", "data-fp": `blocks-${key}` });
    this.element = el("figure", { class: "network", "data-block": key },
      el("figcaption", {}, this.title, this.sums, this.said),
      el("div", { class: "roll" }, this.drawing));
    this.drawing.addEventListener("keydown", (event) => this.onKey(event));
  }

  // chosen: index of the selected row, or null; sums: what stands beside the network's name; seen:
  // what the network makes of the drawing, where it runs here.
  /**
   * @param {ArchAnswer} sheet
   * @param {Scale} scale
   * @param {number} width
   * @param {{ chosen: number | null, sums: object, seen: Seen | null, palette: Palette }} about
   */
  paint(sheet, scale, width, { chosen, sums, seen, palette }) {
    this.sheet = sheet;
    this.chosen = chosen;
    const name = this.words.names[sheet.name];
    say(this.title, name);
    say(this.sums, fill(this.words.sums, sums));
    /** @type {Block[]} */
    const blocks = [{ name: this.words.input, kind: "input", outputs: sheet.inputs, parameters: 0,
      multiply_adds: 0, kernel: 0, stride: 1, padding: 0 }, ...sheet.rows];
    const places = placed(blocks, scale, width);
    const last = places[places.length - 1];
    const across = Math.max(width, last.x + last.wide + RIGHT * last.depth + GAP);
    const text = textHere();
    const slanted = crowded(blocks, places, text);
    const under = Math.max(...places.map(({ y, high }) => y + high));
    const base = under + text * (slanted ? 4.4 : 3);
    const height = base + BARS + 4;
    for (const [attribute, value] of Object.entries({ viewBox: `0 0 ${across} ${height}`,
      width: across, height, "aria-label": name })) {
      this.drawing.setAttribute(attribute, String(value));
    }
    /** @param {"parameters" | "multiply_adds"} what */
    const most = (what) => Math.max(1, ...sheet.rows.map((row) => row[what]));
    const largest = { parameters: most("parameters"), multiply_adds: most("multiply_adds") };
    this.drawing.replaceChildren(
      svg("line", { x1: 0, x2: across, y1: base - 2, y2: base - 2, class: "base" }),
      ...blocks.map((block, i) => this.block(block, i - 1, places[i],
        { under, base, slanted, text, largest, map: seen?.layers[i] ?? null, palette, seen,
          room: places[i + 1]?.x ?? across })),
      ...blocks.slice(1).map((block, i) => window(block, blocks[i], places[i], places[i + 1])));
  }

  /**
   * @param {Block} block
   * @param {number} index
   * @param {Place} place
   * @param {{ under: number, base: number, slanted: boolean, text: number, room: number,
   *   map: LayerMaps | null, seen: Seen | null, palette: Palette,
   *   largest: { parameters: number, multiply_adds: number } }} options
   */
  block(block, index, place, { under, base, slanted, text, room, map, seen, palette, largest }) {
    const { x, depth, wide } = place;
    const middle = x + wide / 2;
    const is = index === this.chosen && index >= 0;
    const shape = block.outputs.join(" × ");
    const front = map && map.shape.length > 1 && index >= 0
      ? fill(this.words.front, { map: seen?.fronts[index] }) : "";
    const said = fill(this.words.blockSays, { layer: shown(block).join(""), shape });
    /** @param {"parameters" | "multiply_adds"} name @param {number} left */
    const bar = (name, left) => svg("rect", { class: name, x: round(left), y: base, width: 6,
      height: round((BARS * block[name]) / largest[name]) });
    const group = svg("g", {
      class: `block ${block.kind}${is ? " is" : ""}`, role: "option", "aria-selected": String(is),
      "data-fp": `${this.key}-${index}`, "aria-label": front ? `${said}; ${front}` : said,
    },
    svg("title", {}, [`${block.name}: ${shape}`, front].filter(Boolean).join("; ")),
    svg("rect", { class: "reach", x: round(x - GAP / 2), y: 0, width: round(room - x),
      height: base + BARS }),
    place.flat ? null : svg("path", { class: "body", d: faces(place) }),
    place.flat || depth < SHEET ? null
      : svg("path", { class: "edges", d: edges(place, (block.groups ?? 1) > 1) }),
    map ? svg("image", { href: pictureOf(map, palette), width: 1, height: 1,
      preserveAspectRatio: "none", transform: `matrix(${basis(place).map(round).join(" ")})` })
      : null,
    svg("path", { class: "front", d: outline(place) }),
    ...names(block, middle, under, slanted, text),
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

// Where each stack stands: sheets are turned away until all have room, and the gaps share what is
// left of the width.
/** @param {Block[]} blocks @param {Scale} scale @param {number} width @returns {Place[]} */
function placed(blocks, scale, width) {
  const sizes = blocks.map(({ outputs: [count, side] }) => {
    const flat = side === undefined;
    return { flat, high: flat ? STRIP : scale.side(side), depth: scale.depth(count) };
  });
  const behind = sizes.reduce((sum, { depth }) => sum + RIGHT * depth, GAP);
  const sides = sizes.reduce((sum, { flat, high }) => sum + (flat ? 0 : high), 0);
  const left = width - behind - GAP * sizes.length;
  const slim = Math.max(SLIMMEST, Math.min(1, left / sides));
  const gap = GAP + Math.max(0, Math.min(7 * GAP, (left - slim * sides) / sizes.length));
  const places = sizes.map(({ flat, high, depth }) => ({ flat, high, depth, x: 0, y: 0,
    wide: flat ? 0 : slim * high, lift: flat ? 0 : TURNED * high * (1 - slim) }));
  const top = 4 + Math.max(...places.map(({ high, lift, depth }) => high / 2 + lift + UP * depth));
  let x = GAP;
  for (const place of places) {
    Object.assign(place, { x, y: top - place.high / 2 });
    x += place.wide + RIGHT * place.depth + gap;
  }
  return places;
}

/** @param {number[][]} points */
const path = (points) => `M${points.map((point) => point.map(round).join(",")).join("L")}`;

// The matrix that brings a picture of one by one onto the sheet in front, or onto the strip.
/** @param {Place} place */
const basis = ({ x, y, wide, high, lift, depth, flat }) =>
  (flat ? [RIGHT * depth, -UP * depth, 0, high, x, y] : [wide, -lift, 0, high, x, y]);

/** @param {Place} place */
function outline(place) {
  const [a, b, , high, x, y] = basis(place);
  return `${path([[x, y], [x + a, y + b], [x + a, y + b + high], [x, y + high]])}Z`;
}

// What is seen of the stack behind its front: from above and from the right.
/** @param {Place} place */
function faces({ x, y, wide, high, lift, depth }) {
  const [right, up] = [RIGHT * depth, -UP * depth];
  return `${path([[x, y], [x + right, y + up], [x + wide + right, y - lift + up],
    [x + wide + right, y - lift + up + high], [x + wide, y - lift + high], [x, y + high]])}Z`;
}

/** @param {Place} place @param {boolean} halves */
function edges({ x, y, wide, high, lift, depth }, halves) {
  const count = Math.round(depth / SHEET);
  return Array.from({ length: count - 1 }, (_, i) => {
    const at = ((i + 1) * depth) / count;
    if (halves && Math.abs(at - depth / 2) < APART) return ""; // two halves, apart
    const [right, up] = [RIGHT * at, -UP * at];
    return path([[x + right, y + up], [x + wide + right, y - lift + up],
      [x + wide + right, y - lift + up + high]]);
  }).join("");
}

// From the window of the kernel, in the middle of the sheet before, to the number that it makes;
// from all of the sheet to the strip that reads all of it; else an arrow.
/** @param {Block} block @param {Block} before @param {Place} from @param {Place} to */
function window({ kernel }, before, from, to) {
  const [a, b, , high, x, y] = basis(from);
  const [ta, tb, , thigh, tx, ty] = basis(to);
  if (from.flat || (!kernel && !to.flat)) {
    const [fx, fy] = [x + from.wide + RIGHT * from.depth + 3, y + b + high / 2];
    const [hx, hy] = [tx - 3, ty + thigh / 2];
    return svg("path", { class: "window", d: path([[fx, from.flat ? fy : hy], [hx, hy]])
      + path([[hx - HEAD, hy - HEAD], [hx, hy], [hx - HEAD, hy + HEAD]]) });
  }
  const [, side = 1] = before.outputs;
  const share = to.flat ? 1 : Math.min(1, kernel / side);
  const near = (1 - share) / 2;
  /** @param {number} u @param {number} v */
  const at = (u, v) => [x + a * u, y + b * u + high * v];
  const corners = [at(near, near), at(near + share, near), at(near + share, near + share),
    at(near, near + share)];
  const [above, below] = to.flat ? [[tx, ty], [tx, ty + thigh]]
    : [[tx + ta / 2, ty + tb / 2 + thigh / 2], [tx + ta / 2, ty + tb / 2 + thigh / 2]];
  return svg("g", { class: "window" }, to.flat ? null : svg("path", { d: `${path(corners)}Z` }),
    svg("path", { d: path([corners[1], above]) + path([corners[2], below]) }));
}

// Whether the names would touch each other.
/** @param {Block[]} blocks @param {Place[]} places @param {number} text */
const crowded = (blocks, places, text) => places.slice(1).some((place, i) => {
  const room = place.x + place.wide / 2 - places[i].x - places[i].wide / 2;
  const letters = [i, i + 1].map((at) => lettersOf(blocks[at]));
  return room < (text * LETTER * (letters[0] + letters[1])) / 2 + 4;
});

// What the layer does, as papers write it: its window, and its stride.
/** @param {Block} block */
const doing = ({ kernel, stride }) =>
  (kernel ? `${kernel}×${kernel}${stride > 1 ? `/${stride}` : ""}` : "");

// The lines below it; who hears the page hears both, with a blank between.
/** @param {Block} block */
const shown = (block) => [block.name, doing(block) && ` ${doing(block)}`];

/** @param {Block} block */
const lettersOf = (block) => Math.max(block.name.length, doing(block).length);

/**
 * @param {Block} block
 * @param {number} middle
 * @param {number} under
 * @param {boolean} slanted
 * @param {number} text
 */
function names(block, middle, under, slanted, text) {
  if (!slanted) {
    return shown(block).map((line, i) =>
      svg("text", { class: i ? "doing" : "", x: round(middle),
        y: round(under + (i + 1) * 1.15 * text), "text-anchor": "middle" }, line));
  }
  const [x, y] = [round(middle + 5), round(under + text)];
  return [svg("text", { x, y, transform: `rotate(-52 ${x} ${y})`, "text-anchor": "end" },
    block.name)];
}

// One map, or a row of units, as a picture of its own size.
/** @param {LayerMaps} map @param {Palette} palette */
function pictureOf({ shape, codes, signed }, palette) {
  const [height, width] = shape.length > 1 ? shape.slice(1) : [1, shape[0]];
  const canvas = el("canvas");
  const ramp = signed ? palette.signed : palette.size;
  paintPixels(canvas, width, height, (i) => ramp[codes[i] + 127]);
  return canvas.toDataURL();
}
