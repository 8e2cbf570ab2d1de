// The network as the paper draws it: the encoder on the left, the decoder on the right, data flows
// upwards. On every arrow stands the shape of what flows there now; every block is a button that
// opens its numbers.

import { button, el, fill, say } from "../kit/dom.js";
import { svg } from "../kit/svg.js";

const BEND = 9; // pixels beside a column, for the ways around
/** @type {("encoder" | "decoder")[]} */
const SIDES = ["encoder", "decoder"];

export class Diagram {
  routed = "";
  built = "";
  /** @type {Map<string, HTMLButtonElement>} */
  buttons = new Map();
  /** @type {Map<string, HTMLElement>} */
  arrows = new Map();

  /**
   * @param {TransformerWordsDiagram} words
   * @param {{ onPick: (block: string) => void }} options
   */
  constructor(words, { onPick }) {
    this.words = words;
    this.onPick = onPick;
    this.ways = svg("svg", { "aria-hidden": "true" });
    this.encoder = el("div", { class: "stack encoder", "data-block": "encoder" });
    this.decoder = el("div", { class: "stack decoder", "data-block": "decoder" });
    this.feet = { encoder: el("span", { class: "foot" }), decoder: el("span", { class: "foot" }) };
    this.tops = { encoder: el("b", { class: "top" }, words.memory),
      decoder: el("b", { class: "won-token" }) };
    this.element = el("figure", { class: "diagram", "data-fp": "diagram", "data-block": "diagram" },
      this.encoder, this.decoder, this.ways);
    new ResizeObserver(() => this.route()).observe(this.element);
  }

  /**
   * @param {{ blocks: string[], shape: TransformerTaskShape, source: string[], chosen: string,
   *   fed: string[], said: string }} what blocks: names in the order of the flow; fed: tokens that
   *   the decoder reads; said: the one that it adds
   */
  paint({ blocks, shape, source, chosen, fed, said }) {
    if (this.built !== blocks.join()) this.build(blocks);
    const d = { S: source.length, T: fed.length, D: shape.width, V: shape.words };
    for (const [name, arrow] of this.arrows) {
      const rows = name.startsWith("encoder") ? d.S : d.T;
      const columns = ["linear", "softmax"].includes(name) ? d.V : d.D;
      say(arrow, `${rows} × ${columns}`);
    }
    say(this.feet.encoder, source.join(" "));
    say(this.feet.decoder, fed.join(" "));
    say(this.tops.decoder, said);
    for (const [name, block] of this.buttons) {
      block.setAttribute("aria-pressed", String(name === chosen));
    }
    this.element.setAttribute("aria-label", fill(this.words.says, { ...d, H: shape.heads }));
    if (this.routed !== `${d.S} ${d.T}`) this.route();
    this.routed = `${d.S} ${d.T}`;
  }

  /** @param {string[]} blocks */
  build(blocks) {
    this.built = blocks.join();
    this.buttons.clear();
    this.arrows.clear();
    for (const side of SIDES) {
      const names = blocks.filter((name) => name.startsWith("encoder") === (side === "encoder"));
      this[side].replaceChildren(this.feet[side],
        el("span", { class: "flows" }, this.words.feet[side]),
        ...names.flatMap((name) => this.block(name)), this.tops[side]);
    }
    this.route();
  }

  /** @param {string} name */
  block(name) {
    const block = button(this.title(name), () => this.onPick(name),
      { class: `block ${kind(name)}`, "data-fp": `block-${name}`, "data-block": role(name) });
    const arrow = el("span", { class: "flows" });
    this.buttons.set(name, block);
    this.arrows.set(name, arrow);
    return [block, arrow];
  }

  /** @param {string} name */
  title(name) {
    return this.words.blocks[role(name)];
  }

  // The ways around a block (residual connections), and from the encoder's top into the decoder.
  route() {
    const box = this.element.getBoundingClientRect();
    if (!box.width || !this.buttons.size) return;
    this.ways.setAttribute("viewBox", `0 0 ${box.width} ${box.height}`);
    const blocks = [...this.buttons].map(([name, block]) => ({ name, at: inside(block, box) }));
    const around = blocks.flatMap(({ name, at: from }, i) => {
      const norm = blocks[i + 1];
      if (!norm || kind(norm.name) !== "norm") return [];
      const outer = name.startsWith("encoder");
      const [side, end] = outer ? [from.left - BEND, norm.at.left]
        : [from.right + BEND, norm.at.right];
      return [svg("path", { d: `M${from.x},${from.bottom + 5} H${side} V${norm.at.y} H${end}` })];
    });
    const memory = blocks.filter(({ name }) => name.startsWith("encoder")).slice(-1);
    const across = memory.flatMap(({ at: from }) => blocks
      .filter(({ name }) => kind(name) === "cross").flatMap(({ at: to }) => {
        const middle = (from.right + to.left) / 2;
        const way = `M${from.right},${from.y} H${middle} V${to.y} H${to.left - 2}`;
        return [svg("path", { class: "memory", d: way }), svg("path",
          { class: "memory tip", d: `M${to.left - 6},${to.y - 4} l5,4 l-5,4` })];
      }));
    this.ways.replaceChildren(...around, ...across);
  }
}

/** @param {Element} element @param {DOMRect} box */
function inside(element, box) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return { left: left - box.left, right: right - box.left, bottom: bottom - box.top,
    x: (left + right) / 2 - box.left, y: (top + bottom) / 2 - box.top };
}

// "decoder.0.norm2" is a norm.
/** @param {string} name */
export const kind = (name) => name.slice(name.lastIndexOf(".") + 1).replace(/\d+$/, "");

// The decoder's own attention is masked.
/** @param {string} name */
export const role = (name) =>
  name.startsWith("decoder") && kind(name) === "attention" ? "masked" : kind(name);
