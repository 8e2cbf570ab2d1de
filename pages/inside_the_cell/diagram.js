// The three cells as wiring diagrams, in PyTorch's form of their equations. Every box shows the
// gate's own value for one unit at one step; a wire behind a gate is as wide as the gate is open,
// so that what is kept, written and shown can be seen.

import { number, say } from "../kit/dom.js";
import { svg } from "../kit/svg.js";

// Wires: [path, the gate that scales it, "1-" when its complement does]. Boxes: [gate, x,
// activation]. Signs: [sign, x, y]. Ends: [what, x, y, side of the text]. All frames are 244 high;
// one unit is as large in each.
/**
 * @typedef {{ frame: [number, number], wires: string[][], boxes: [string, number, string][],
 *   signs: [string, number, number][], ends: [string, number, number, string][],
 *   joins?: [number, number][] }} Wiring
 */

/** @type {Record<string, Wiring>} */
const WIRES = {
  rnn: {
    frame: [0, 260],
    wires: [["M4,150 H94"], ["M130,236 V172"], ["M166,150 H256"]],
    boxes: [["h", 130, "tanh"]],
    signs: [],
    ends: [["h_before", 4, 138, "start"], ["x", 140, 236, "start"], ["h", 256, 138, "end"]],
  },
  gru: {
    frame: [-8, 368],
    wires: [
      ["M-4,46 H60"], ["M80,46 H276", "update"], ["M296,46 H352"], ["M70,128 V56"],
      ["M70,96 H126"], ["M150,96 H276", "update", "1-"], ["M286,128 V106"],
      ["M286,86 V56", "update", "1-"],
      ["M26,46 V208 H176 V172"], ["M70,208 V172"], ["M26,208 V230"], ["M-4,230 H306 V172"],
      ["M26,190 H220"], ["M211,150 H230 V180"], ["M240,190 H266 V172", "reset"],
    ],
    boxes: [["update", 70, "σ"], ["reset", 176, "σ"], ["candidate", 286, "tanh"]],
    signs: [["×", 70, 46], ["+", 286, 46], ["×", 286, 96], ["1−", 138, 96], ["×", 230, 190]],
    ends: [["h_before", -4, 34, "start"], ["x", -4, 224, "start"], ["h", 352, 34, "end"]],
    joins: [[26, 46], [70, 96], [26, 190], [70, 208], [26, 208], [26, 230]],
  },
  lstm: {
    frame: [-48, 404],
    wires: [
      ["M-44,46 H40"], ["M60,46 H157", "forget"], ["M177,46 H352"], ["M50,128 V56"],
      ["M128,128 V96 H157"], ["M206,128 V96 H177"], ["M167,86 V56", "input"],
      ["M328,46 V62"], ["M328,86 V102"], ["M284,128 V112 H318"], ["M328,122 V208 H352", "output"],
      ["M-44,208 H284 V172"], ["M50,208 V172"], ["M128,208 V172"], ["M206,208 V172"],
      ["M6,236 V208"],
    ],
    boxes:
      [["forget", 50, "σ"], ["input", 128, "σ"], ["candidate", 206, "tanh"], ["output", 284, "σ"]],
    signs: [["×", 50, 46], ["+", 167, 46], ["×", 167, 96], ["tanh", 328, 74], ["×", 328, 112]],
    ends: [["c_before", -44, 34, "start"], ["c", 352, 34, "end"], ["h_before", -44, 198, "start"],
      ["x", 16, 236, "start"], ["h", 352, 232, "end"]],
    joins: [[328, 46], [6, 208], [50, 208], [128, 208], [206, 208]],
  },
};

const [BOX, HIGH, Y] = [72, 44, 150];
/** @type {Record<string, string>} */
const SYMBOL = { h: "hₜ", h_before: "hₜ₋₁", c: "cₜ", c_before: "cₜ₋₁", x: "xₜ" };
const SHADE = 0.8; // of ink, at most: a number has to be read on it

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
    const { frame, wires, boxes, signs, ends, joins = [] } = WIRES[cell];
    this.wires = wires.map(([d, by, complement]) =>
      ({ by, complement, line: svg("path", { d, class: "wire" }) }));
    this.boxes = boxes.map(([gate, x, activation]) => this.box(gate, x, activation, onPick));
    this.ends = ends.map(([what, x, y, side]) =>
      ({ what, text: svg("text", { x, y, "text-anchor": side,
        "data-fp": `end-${cell}-${what}` }) }));
    for (const { what, text } of this.ends) {
      if (what === "x") continue;
      text.classList.add("end");
      pressed(text, () => onEnd(what));
    }
    this.element = svg("svg", { viewBox: `${frame[0]} 0 ${frame[1]} 244`,
      class: "diagram", role: "group", "aria-label": label, "data-fp": `diagram-${cell}` },
      ...this.wires.map(({ line }) => line),
      ...joins.map(([cx, cy]) => svg("circle", { cx, cy, r: 3, class: "join" })),
      ...signs.map(([sign, x, y]) => svg("g", { class: "sign" },
        svg("rect", { x: x - (sign === "tanh" ? 20 : 10), y: y - 10,
          width: sign === "tanh" ? 40 : 20, height: 20, rx: 10 }),
        svg("text", { x, y: y + 5, "text-anchor": "middle" }, sign))),
      ...this.boxes.map(({ group }) => group), ...this.ends.map(({ text }) => text));
  }

  /**
   * @param {string} gate @param {number} x @param {string} activation
   * @param {(gate: string) => void} onPick
   */
  box(gate, x, activation, onPick) {
    const rect = svg("rect", { x: x - BOX / 2, y: Y - HIGH / 2, width: BOX, height: HIGH,
      rx: activation === "tanh" ? 12 : 4 });
    const name = svg("text", { x, y: Y - 4, "text-anchor": "middle" },
      `${this.names[gate] ?? gate} `);
    const value = svg("text", { x, y: Y + 15, "text-anchor": "middle", class: "value",
      "data-fp": `gate-${this.cell}-${gate}` });
    const squash = svg("text",
      { x: x - 7, y: Y - HIGH / 2 - 5, "text-anchor": "end", class: "squash" }, activation);
    const group =
      svg("g", { class: "gate" }, rect, name, value, squash);
    pressed(group, () => onPick(gate));
    return { gate, activation, rect, name, value, group };
  }

  // values: one number for each gate, and h, h_before, c, c_before; chosen: the gate that is worked
  // out, or null.
  /**
   * @param {Record<string, number>} values @param {string | null} chosen @param {Palette} palette
   */
  paint(values, chosen, palette) {
    for (const { by, complement, line } of this.wires) {
      const open = by == null ? null : complement ? 1 - values[by] : values[by];
      line.style.strokeWidth = open == null ? "" : String(0.75 + 5 * Math.abs(open));
    }
    for (const { gate, activation, rect, name, value, group } of this.boxes) {
      const signed = activation === "tanh";
      const { background, color } = tint(values[gate], signed, palette);
      rect.style.fill = background;
      name.style.fill = value.style.fill = color;
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

// A background for a value between −1 and 1 and a text colour that can be read on it.
/** @param {number} value @param {boolean} signed @param {Palette} palette */
function tint(value, signed, palette) {
  if (!Number.isFinite(value)) return { background: palette.paper, color: palette.ink };
  if (signed) return palette.cell(value);
  const share = Math.min(1, Math.max(0, value)) * SHADE;
  return { background: `color-mix(in srgb, ${palette.ink} ${100 * share}%, ${palette.paper})`,
    color: share > 0.45 ? palette.paper : palette.ink };
}
