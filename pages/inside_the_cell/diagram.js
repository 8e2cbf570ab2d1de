// A cell as pipes with gates, in PyTorch's form of its equations, for one unit at one step. Two
// leaves shut a gate as far as its number says; what flows is as wide as the number that it
// carries, in the colours of signs, and 1 fills a pipe; before a matrix it is the whole hidden
// state, and grey.

import { number, say } from "../kit/dom.js";
import { svg } from "../kit/svg.js";

/**
 * What stands in a cell. All frames are equally large; y is counted from above.
 * @typedef {Record<string, number>} Values of one unit: each gate, h, c, h_before, c_before
 * @typedef {{ d: string, size?: (v: Values) => number, whole?: (v: Values) => number }} Pipe
 *   size: what flows in it; whole: the share of the whole hidden state
 * @typedef {{ gate: string, at: [number, number], upright?: boolean, open?: (v: Values) => number,
 *   sign?: string }} Gate upright: in a pipe that runs up and down
 * @typedef {{ gate: string, at: [number, number], squash: string }} Plate a name, and a button
 * @typedef {{ pipes: Pipe[], gates: Gate[], plates: Plate[], wires: string[],
 *   signs: [string, number, number][], ends: [string, number, number, string][],
 *   joins?: [number, number][] }} Wiring wires: what a gate is computed from
 */

/** @type {Record<string, Wiring>} */
const CELLS = {
  rnn: {
    pipes: [{ d: "M6,130 H204", whole: () => 1 }, { d: "M296,130 H514", size: (v) => v.h }],
    gates: [],
    plates: [{ gate: "h", at: [250, 130], squash: "tanh" }],
    wires: ["M250,262 V153"],
    signs: [],
    ends: [["h_before", 6, 106, "start"], ["x", 260, 258, "start"], ["h", 514, 106, "end"]],
  },
  gru: {
    pipes: [
      { d: "M34,48 V196 H140", whole: () => 1 }, { d: "M140,196 H310", whole: (v) => v.reset },
      { d: "M6,48 H240", size: (v) => v.h_before },
      { d: "M240,48 H356", size: (v) => v.update * v.h_before },
      { d: "M356,173 V104", size: (v) => v.candidate },
      { d: "M356,104 V48", size: (v) => (1 - v.update) * v.candidate },
      { d: "M356,48 H514", size: (v) => v.h },
    ],
    gates: [{ gate: "update", at: [240, 48], sign: "z" },
      { gate: "update", at: [356, 104], upright: true, open: (v) => 1 - v.update, sign: "1 − z" },
      { gate: "reset", at: [140, 196] }],
    plates: [{ gate: "update", at: [240, 104], squash: "σ" },
      { gate: "reset", at: [140, 144], squash: "σ" },
      { gate: "candidate", at: [356, 196], squash: "tanh" }],
    wires: ["M240,81 V66", "M286,104 H338", "M140,167 V178",
      "M6,250 H356 V219", "M76,250 V152 H94", "M76,152 V112 H194", "M47,136 H94", "M47,96 H194"],
    joins: [[76, 250], [76, 152]],
    signs: [["+", 356, 48]],
    ends: [["h_before", 6, 24, "start"], ["x", 6, 242, "start"], ["h", 514, 24, "end"]],
  },
  lstm: {
    pipes: [
      { d: "M6,48 H80", size: (v) => v.c_before },
      { d: "M80,48 H252", size: (v) => v.forget * v.c_before },
      { d: "M252,173 V110", size: (v) => v.candidate },
      { d: "M252,110 V48", size: (v) => v.input * v.candidate },
      { d: "M416,48 V86", size: (v) => v.c },
      { d: "M252,48 H514", size: (v) => v.c },
      { d: "M416,86 V130", size: (v) => Math.tanh(v.c) },
      { d: "M416,130 V196 H514", size: (v) => v.h },
    ],
    gates: [{ gate: "forget", at: [80, 48] }, { gate: "input", at: [252, 110], upright: true },
      { gate: "output", at: [416, 130], upright: true }],
    plates: [{ gate: "forget", at: [80, 110], squash: "σ" },
      { gate: "input", at: [182, 110], squash: "σ" },
      { gate: "candidate", at: [252, 196], squash: "tanh" },
      { gate: "output", at: [346, 130], squash: "σ" }],
    wires: ["M80,87 V66", "M228,110 H234", "M392,130 H398",
      "M6,244 H346 V153", "M80,244 V133", "M182,244 V133", "M252,244 V219"],
    joins: [[80, 244], [182, 244], [252, 244]],
    signs: [["+", 252, 48], ["tanh", 416, 88]],
    ends: [["c_before", 6, 24, "start"], ["c", 514, 24, "end"], ["h_before", 6, 234, "start"],
      ["x", 6, 264, "start"], ["h", 514, 176, "end"]],
  },
};

const FRAME = "0 0 520 270";
const WALL = 13; // from the middle of a pipe to its wall
const WIDEST = 2 * WALL - 4;
const PLATE = { σ: 92, tanh: 114 };
const HIGH = 52;
const WIDTH = 520; // units of the frame
const LEAST = 0.92; // rem on the screen of what is written
const TYPE = [15, 23]; // units of it: as large as there is room for
/** @type {Record<string, string>} */
const SYMBOL = { h: "hₜ", h_before: "hₜ₋₁", c: "cₜ", c_before: "cₜ₋₁", x: "xₜ" };

export class Diagram {
  // names: gate -> what it is called; onPick(gate); onEnd(what): "h", "c", "h_before", "c_before"
  /**
   * @param {string} cell
   * @param {{ label: string, names: Record<string, string>,
   *   onPick: (gate: string) => void, onEnd: (what: string) => void }} options
   */
  constructor(cell, { label, names, onPick, onEnd }) {
    this.cell = cell;
    this.names = names;
    const { pipes, gates, plates, wires, signs, ends, joins = [] } = CELLS[cell];
    this.flows = pipes.map((pipe) =>
      ({ ...pipe, line: svg("path", { d: pipe.d, class: "flow tells" }) }));
    this.gates = gates.map((gate) => ({ open: (/** @type {Values} */ v) => v[gate.gate], ...gate,
      ...gateIn(gate) }));
    this.plates = plates.map((plate) => this.plate(plate, onPick));
    this.ends = ends.map(([what, x, y, side]) =>
      ({ what, text: svg("text", { x, y, "text-anchor": side,
        "data-fp": `end-${cell}-${what}` }) }));
    for (const { what, text } of this.ends) {
      if (what === "x") continue;
      text.classList.add("end", "tells");
      pressed(text, () => onEnd(what));
    }
    /** @param {string} name */
    const drawn = (name) => pipes.map(({ d }) => svg("path", { d, class: name }));
    this.element = svg("svg", { viewBox: FRAME, class: "diagram", role: "group",
      "aria-label": label, "data-fp": `diagram-${cell}` },
      ...drawn("wall"), ...drawn("lumen"), ...this.flows.map(({ line }) => line),
      ...wires.map((d) => svg("path", { d, class: "wire" })),
      ...joins.map(([cx, cy]) => svg("circle", { cx, cy, r: 3, class: "join" })),
      ...this.gates.map(({ group }) => group),
      ...signs.map(([sign, x, y]) => svg("g", { class: "sign" },
        svg("rect", { x: x - (sign === "tanh" ? 26 : 12), y: y - 12,
          width: sign === "tanh" ? 52 : 24, height: 24, rx: 12 }),
        svg("text", { x, y: y + 5, "text-anchor": "middle" }, sign))),
      ...this.plates.map(({ group }) => group), ...this.ends.map(({ text }) => text));
    new ResizeObserver(() => this.fit()).observe(this.element);
  }

  // What is written can be read, however small the drawing is.
  fit() {
    const scale = this.element.clientWidth / WIDTH;
    if (!scale) return;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const [low, high] = TYPE;
    const units = Math.max(low, Math.min(high, (LEAST * rem) / scale));
    this.element.style.setProperty("--type", `${units}px`);
  }

  /** @param {Plate} plate @param {(gate: string) => void} onPick */
  plate({ gate, at: [x, y], squash }, onPick) {
    const signed = squash === "tanh";
    const wide = signed ? PLATE.tanh : PLATE.σ;
    const rect = svg("rect", { x: x - wide / 2, y: y - HIGH / 2, width: wide, height: HIGH,
      rx: signed ? 14 : 5 });
    const name = svg("text", { x, y: y - 6, "text-anchor": "middle" },
      `${this.names[gate] ?? gate} `);
    const value = svg("text", { x: x - (signed ? 16 : 0), y: y + 18,
      "text-anchor": "middle", class: "value tells",
      "data-fp": `gate-${this.cell}-${gate}` });
    const around = svg("text",
      { x: x + wide / 2 - 8, y: y + 18, "text-anchor": "end", class: "squash" }, squash);
    const group = svg("g", { class: "gate" }, rect, name, value, around);
    pressed(group, () => onPick(gate));
    return { gate, signed, rect, texts: [name, value, around], value, group };
  }

  // values: of the unit on show; chosen: the gate that is worked out, or null.
  /** @param {Values} values @param {string | null} chosen @param {Palette} palette */
  paint(values, chosen, palette) {
    for (const { size, whole, line } of this.flows) {
      const flows = size?.(values) ?? whole?.(values) ?? 0;
      const share = Number.isFinite(flows) ? Math.min(1, Math.abs(flows)) : 0;
      line.style.strokeWidth = String(WIDEST * share);
      line.style.stroke = whole ? palette.grey : palette.cell(Math.sign(flows)).background;
    }
    for (const { open, upright, leaves, group } of this.gates) {
      const share = Math.min(1, Math.max(0, open(values)));
      group.dataset.open = String(open(values));
      const shut = `scale${upright ? "X" : "Y"}(${1 - share})`;
      for (const leaf of leaves) leaf.style.transform = shut;
    }
    for (const { gate, signed, rect, texts, value, group } of this.plates) {
      const { background, color } = signed && Number.isFinite(values[gate])
        ? palette.cell(values[gate]) : { background: palette.paper, color: palette.ink };
      rect.style.fill = background;
      for (const text of texts) text.style.fill = color;
      say(value, `${number(values[gate], 2)} `);
      value.dataset.value = String(values[gate]);
      // What is spoken is what is written, as who speaks to the page must say it.
      group.setAttribute("aria-label", group.textContent ?? "");
      group.classList.toggle("picked", gate === chosen);
    }
    for (const { what, text } of this.ends) {
      say(text, what === "x" ? SYMBOL.x : `${SYMBOL[what]} ${number(values[what], 2)}`);
    }
  }
}

// A gate in its pipe: two leaves that grow out of their slots in the walls until they meet.
/** @param {Gate} gate */
function gateIn({ gate, at: [x, y], upright, sign }) {
  const [long, slot] = [16, 6];
  /** @param {number} from across the pipe @param {number} size @param {string} name */
  const across = (from, size, name) => svg("rect", { class: name,
    x: upright ? x + from : x - long / 2, y: upright ? y - long / 2 : y + from,
    width: upright ? size : long, height: upright ? long : size });
  const leaves = [across(-WALL, WALL, "leaf tells first"), across(0, WALL, "leaf tells last")];
  const text = sign ? svg("text", { x: x + (upright ? WALL + 10 : 0), y: upright ? y + 5 : y - 26,
    "text-anchor": upright ? "start" : "middle", class: "squash" }, sign) : null;
  const group = svg("g", { class: upright ? "valve upright" : "valve", "data-gate": gate },
    across(-WALL - slot, slot, "slot"), across(WALL, slot, "slot"), ...leaves, text);
  return { leaves, group };
}

// A part of a drawing as a button: by the pointer, by Enter and by the space bar.
/** @param {SVGElement} part @param {() => void} onPress */
function pressed(part, onPress) {
  part.setAttribute("role", "button");
  part.setAttribute("tabindex", "0");
  part.addEventListener("click", onPress);
  part.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    onPress();
  });
}
