// @ts-nocheck
// The tree of a beam search: a column a step, a token a node with the logarithm of the probability
// of all so far. What was pruned is grey, the way to the answer is the accent.

import { el, fill, number, say } from "../kit/dom.js";
import { svg } from "../kit/svg.js";

const WIDE = 118;
const HIGH = 25;

export class Tree {
  /** @type {any} */
  beam;

  /** @param {Record<string, string>} words */
  constructor(words) {
    this.words = words;
    this.lines = svg("svg", { "aria-hidden": "true" });
    this.nodes = el("div", { class: "nodes" });
    this.note = el("p", { class: "note", "data-fp": "tree-says" });
    this.canvas = el("div", { class: "canvas" }, this.lines, this.nodes);
    this.element = el("section", { class: "tree", "data-block": "tree", "data-fp": "tree" },
      el("div", { class: "head" }, el("h3", {}, words.title),
        el("span", { class: "note" }, words.about)), el("div", { class: "scroll" }, this.canvas),
          this.note);
  }

  // beam: of the answer, or null.
  /** @param {TransformerAnswerBeam | null} beam */
  paint(beam) {
    this.element.hidden = !beam;
    if (!beam || this.beam === beam) return;
    this.beam = beam;
    const all = new Map(beam.steps.flat().map((node) => [node.id, node]));
    const best = new Set();
    for (let node = all.get(beam.best); node; node = all.get(node.parent)) best.add(node.id);
    const places = new Map();
    for (const [x, step] of beam.steps.entries()) {
      const order = [...step].sort((a, b) => Number(b.kept) - Number(a.kept) || b.logp - a.logp);
      order.forEach((node, y) => places.set(node.id, { x: x * WIDE, y: y * HIGH }));
    }
    const high = HIGH * Math.max(...beam.steps.map((step) => step.length));
    const wide = WIDE * beam.steps.length;
    Object.assign(this.canvas.style, { width: `${wide}px`, height: `${high}px` });
    this.lines.setAttribute("viewBox", `0 0 ${wide} ${high}`);
    /** @param {TransformerAnswerBeamStep} node */
    const role = (node) => (best.has(node.id) ? "won" : node.kept || node.ended ? "" : "pruned");
    const drawn = [...all.values()].sort((a, b) => Number(best.has(a.id)) - Number(best.has(b.id)));
    this.lines.replaceChildren(...drawn.filter((node) => node.parent !== null).map((node) => {
      const [from, to] = [places.get(node.parent), places.get(node.id)];
      const [x, y, X, Y] = [from.x + WIDE - 14, from.y + HIGH / 2, to.x, to.y + HIGH / 2];
      return svg("path",
        { class: role(node), d: `M${x},${y} C${x + 8},${y} ${X - 8},${Y} ${X},${Y}` });
    }));
    this.nodes.replaceChildren(...drawn.map((node) => {
      const { x, y } = places.get(node.id);
      const title = fill(this.words.node, { token: node.token, p: node.p.toExponential(1),
        logp: number(node.logp), score: number(node.score) });
      return el("span", { class: role(node), title,
        style: `left:${x}px;top:${y}px;width:${WIDE - 14}px` }, el("bdi", {}, node.token),
          el("small", {}, number(node.logp, 1)));
    }));
    const { score } = all.get(beam.best);
    say(this.note,
      fill(this.words.says, { score: number(score), greedy: number(beam.greedy.score) }));
  }
}
