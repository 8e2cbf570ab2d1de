// The tree of a beam search: a column a step, a token a node with the logarithm of the probability
// of all so far. What was pruned is grey, the way to the answer is the accent. Clicking a number
// opens it.

import { head } from "../kit/controls.js";
import { button, el, fill, filled, number } from "../kit/dom.js";
import { scientific } from "../kit/scale.js";
import { svg } from "../kit/svg.js";

/** @typedef {TransformerAnswerBeamStep} Node */

const WIDE = 118;
const HIGH = 25;
const END = 14; // pixels behind a node that belong to its lines

export class Tree {
  /** @type {TransformerAnswerBeam | null} */
  beam = null;

  /**
   * @param {Record<string, string>} words
   * @param {{ onNumber: (matrix: string, node: number, depth: number) => void }} options onNumber:
   *   "so_far" or "score" of a node is to be opened
   */
  constructor(words, { onNumber }) {
    this.words = words;
    this.onNumber = onNumber;
    this.lines = svg("svg", { "aria-hidden": "true" });
    this.nodes = el("div", { class: "nodes" });
    this.note = el("p", { class: "note", "data-fp": "tree-says" });
    this.canvas = el("div", { class: "canvas" }, this.lines, this.nodes);
    this.element = el("section", { class: "tree", "data-block": "tree", "data-fp": "tree" },
      head(words.title, words.about), el("div", { class: "scroll" }, this.canvas), this.note);
  }

  /** @param {TransformerAnswerBeam | null} beam */
  paint(beam) {
    this.element.hidden = !beam;
    if (!beam || this.beam === beam) return;
    this.beam = beam;
    const all = new Map(beam.steps.flat().map((node) => [node.id, node]));
    /** @param {Node} node @returns {Node | undefined} */
    const before = (node) => (node.parent === null ? undefined : all.get(node.parent));
    /** @type {Set<Node>} */
    const best = new Set();
    for (let node = all.get(beam.best); node; node = before(node)) best.add(node);
    /** @param {Node} node */
    const role = (node) => (best.has(node) ? "won" : node.kept || node.ended ? "" : "pruned");
    const places = this.place(beam.steps);
    const drawn = [...all.values()].sort((a, b) => Number(best.has(a)) - Number(best.has(b)));
    this.lines.replaceChildren(...drawn.flatMap((node) => {
      const parent = before(node);
      return parent ? [line(role(node), places.get(parent), places.get(node))] : [];
    }));
    this.nodes.replaceChildren(...drawn.map((node) => this.node(node, role(node), places)));
    const { score, length } = beam.greedy;
    this.note.replaceChildren(...filled(this.words.says, {
      score: this.opens(all.get(beam.best)?.score ?? NaN, "score", beam.best, best.size - 1),
      greedy: this.opens(score, "score", all.size, length),
    }));
  }

  /** @param {number} value @param {string} matrix @param {number} node @param {number} depth */
  opens(value, matrix, node, depth, places = 3) {
    return button(number(value, places), () => this.onNumber(matrix, node, depth),
      { class: "opens", "data-number": `${matrix}.${node}` });
  }

  // Where the nodes of each step lie: those that the search went on with above the others.
  /** @param {Node[][]} steps */
  place(steps) {
    /** @type {Map<Node, { x: number, y: number }>} */
    const places = new Map();
    for (const [x, step] of steps.entries()) {
      const order = [...step].sort((a, b) => Number(b.kept) - Number(a.kept) || b.logp - a.logp);
      order.forEach((node, y) => places.set(node, { x: x * WIDE, y: y * HIGH }));
    }
    const high = HIGH * Math.max(...steps.map((step) => step.length));
    const wide = WIDE * steps.length;
    Object.assign(this.canvas.style, { width: `${wide}px`, height: `${high}px` });
    this.lines.setAttribute("viewBox", `0 0 ${wide} ${high}`);
    return places;
  }

  /** @param {Node} node @param {string} role @param {Map<Node, { x: number, y: number }>} places */
  node(node, role, places) {
    const { x, y } = places.get(node) ?? { x: 0, y: 0 };
    const title = fill(this.words.node, { token: node.token, p: scientific(node.p),
      logp: number(node.logp), score: number(node.score) });
    return el("span",
      { class: role, title, style: `left:${x}px;top:${y}px;width:${WIDE - END}px` },
      el("bdi", {}, node.token), node.parent === null ? el("small", {}, number(node.logp, 1))
        : this.opens(node.logp, "so_far", node.id, x / WIDE, 1));
  }
}

/**
 * @param {string} role
 * @param {{ x: number, y: number } | undefined} from
 * @param {{ x: number, y: number } | undefined} to
 */
function line(role, from = { x: 0, y: 0 }, to = { x: 0, y: 0 }) {
  const [x, y, X, Y] = [from.x + WIDE - END, from.y + HIGH / 2, to.x, to.y + HIGH / 2];
  return svg("path", { class: role, d: `M${x},${y} C${x + 8},${y} ${X - 8},${Y} ${X},${Y}` });
}
