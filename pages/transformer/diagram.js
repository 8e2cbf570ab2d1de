// @ts-nocheck
// The network as the paper draws it: the encoder on the left, the decoder on the right, data flows
// upwards. On every arrow stands the shape of what flows there now; every block is a button that
// opens its numbers.

import { button, el, entry, fill, say } from "../kit/dom.js";
import { svg } from "../kit/svg.js";

const BEND = 9; // pixels beside a column, for the ways around

export class Diagram {
  /** @type {string} */
  routed;
  /** @type {any} */
  built;
  /** @type {{ encoder: HTMLSpanElement, decoder: HTMLSpanElement }} */
  feet;
  /** @type {HTMLElement} */
  won;

  // onPick(name of the block)
  /** @param {TransformerWordsDiagram} words @param {{ onPick: (block: any) => void }} options */
  constructor(words, { onPick }) {
    this.words = words;
    this.onPick = onPick;
    this.buttons = new Map();
    this.arrows = new Map();
    this.ways = svg("svg", { "aria-hidden": "true" });
    this.encoder = el("div", { class: "stack encoder", "data-block": "encoder" });
    this.decoder = el("div", { class: "stack decoder", "data-block": "decoder" });
    this.element = el("figure", { class: "diagram", "data-fp": "diagram", "data-block": "diagram" },
      this.encoder, this.decoder, this.ways);
    new ResizeObserver(() => this.route()).observe(this.element);
  }

  // blocks: names in the order of the flow; shape: of the network; source, target: how many tokens
  // are read.
  /**
   * @param {{ blocks: string[], shape: TransformerTaskShape, source: string[], target: number,
   *   chosen: string, fed: string[], said: string }} options
   */
  paint({ blocks, shape, source, target, chosen, fed, said }) {
    if (this.built !== blocks.join()) this.build(blocks);
    const d = { S: source.length, T: target, D: shape.width, V: shape.words };
    for (const [name, { arrow }] of this.arrows) {
      const rows = name.startsWith("encoder") ? d.S : d.T;
      const columns = ["linear", "softmax"].includes(name) ? d.V : d.D;
      say(arrow, `${rows} × ${columns}`);
    }
    say(this.feet.encoder, source.join(" "));
    say(this.feet.decoder, fed.join(" "));
    say(this.won, said ?? "");
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
    this.feet = { encoder: el("span", { class: "foot" }), decoder: el("span", { class: "foot" }) };
    this.won = el("b", { class: "won-token" });
    const stacks = { encoder: [], decoder: [] };
    for (const name of blocks) {
      stacks[name.startsWith("encoder") ? "encoder" : "decoder"].push(name);
    }
    for (const [side, names] of Object.entries(stacks)) {
      const parts = names.flatMap((name) => {
        const part = kind(name);
        const block = button(this.title(name), () => this.onPick(name),
          { class: `block ${part}`, "data-fp": `block-${name}`,
            "data-block": side === "decoder" && part === "attention" ? "masked" : part });
        const arrow = el("span", { class: "flows" });
        this.buttons.set(name, block);
        this.arrows.set(name, { arrow });
        return [block, arrow];
      });
      entry(this, side).replaceChildren(entry(this.feet, side), el("span", { class: "flows" },
        this.words.feet[side]), ...parts,
          ...(side === "decoder" ? [this.won] : [el("b", { class: "top" }, this.words.memory)]));
    }
    this.route();
  }

  /** @param {string} name */
  title(name) {
    const part = kind(name);
    return this.words.blocks[name.startsWith("decoder") && part === "attention" ? "masked" : part];
  }

  // The ways around a block (residual connections), and from the encoder's top into the decoder.
  route() {
    const box = this.element.getBoundingClientRect();
    if (!box.width || !this.buttons.size) return;
    this.ways.setAttribute("viewBox", `0 0 ${box.width} ${box.height}`);
    /** @param {string} name */
    const at = (name) => {
      const { left, right, top, bottom } = this.buttons.get(name).getBoundingClientRect();
      return { left: left - box.left, right: right - box.left, top: top - box.top,
        bottom: bottom - box.top, x: (left + right) / 2 - box.left,
        y: (top + bottom) / 2 - box.top };
    };
    const names = [...this.buttons.keys()];
    const paths = names.flatMap((name, i) => {
      if (kind(names[i + 1] ?? "") !== "norm") return [];
      const [from, to] = [at(name), at(names[i + 1])];
      const outer = name.startsWith("encoder");
      const side = outer ? from.left - BEND : from.right + BEND;
      return [svg("path",
        { d: `M${from.x},${from.bottom + 5} H${side} V${to.y} H${outer ? to.left : to.right}` })];
    });
    const last = names.filter((name) => name.startsWith("encoder")).at(-1);
    const from = at(last);
    for (const name of names.filter((one) => kind(one) === "cross")) {
      const to = at(name);
      const middle = (from.right + to.left) / 2;
      paths.push(svg("path",
        { class: "memory", d: `M${from.right},${from.y} H${middle} V${to.y} H${to.left - 2}` }));
      paths.push(svg("path", { class: "memory tip", d: `M${to.left - 6},${to.y - 4} l5,4 l-5,4` }));
    }
    this.ways.replaceChildren(...paths);
  }
}

// "decoder.0.norm2" is a norm.
/** @param {string} name */
export const kind = (name) => name.split(".").at(-1).replace(/\d+$/, "");
