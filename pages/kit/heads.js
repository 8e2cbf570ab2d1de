// All heads of a network as small heat maps, a row a layer and a column a head. A click or the
// arrow keys select one. It knows nothing of what a map says: `notes` are short texts below the
// maps, `crossed` heads are struck through.

import { activeBeside, el, fill, say } from "./dom.js";
import { paintPixels, shade } from "./pixels.js";

export class Heads {
  /** @type {{ button: HTMLButtonElement, canvas: HTMLCanvasElement, note: HTMLElement }[][]} */
  rows = [];
  shape = "";

  // words: { name: "layer {layer}, head {head}", layer: "layer {layer}" }, both counting from 1;
  // onPick(layer, head) from 0; onNote(layer, head): the text below a map was clicked.
  /**
   * @param {{ key: string, words: Record<string, string>,
   *   onPick: (layer: number, head: number) => unknown,
   *   onNote?: (layer: number, head: number) => unknown }} options
   */
  constructor({ key, words, onPick, onNote }) {
    this.key = key;
    this.words = words;
    this.onPick = onPick;
    this.onNote = onNote;
    this.element = el("div", { class: "heads", role: "group", "data-fp": `heads-${key}`,
      "data-block": key, onkeydown: (event) => this.onKey(event) });
  }

  // maps[layer][head]: a row for each label and `columns` numbers of 0 and above in it, in a
  // Float32Array or a list of rows; largest: what gets the full colour, by default the largest
  // number of all heads, so that they can be compared.
  /**
   * @param {{ labels: ArrayLike<unknown>, columns?: number, maps: HeadMap[][],
   *   largest?: number | null, selected: HeadPlace | null | undefined, notes?: string[][] | null,
   *   crossed?: (layer: number, head: number) => boolean }} spec
   * @param {Palette} palette
   */
  paint({ labels, columns = labels.length, maps, selected, notes = null, crossed = () => false,
    largest = null }, palette) {
    this.build(maps);
    const flat = maps.map((row) => row.map(flattened));
    const most = largest ?? flat.reduce((m, row) =>
      row.reduce((n, map) => map.reduce((a, b) => Math.max(a, b), n), m), 0);
    for (const [layer, row] of this.rows.entries()) {
      for (const [head, { button, canvas, note }] of row.entries()) {
        const values = flat[layer][head];
        paintPixels(canvas, columns, labels.length,
          (i) => shade(palette.size, values[i] ?? 0, most));
        const text = notes?.[layer]?.[head] ?? "";
        say(note, text);
        const here = selected?.layer === layer && selected.head === head;
        button.setAttribute("aria-pressed", String(here));
        button.tabIndex = here || (!selected && !layer && !head) ? 0 : -1;
        button.classList.toggle("crossed", crossed(layer, head));
        button.setAttribute("aria-label",
          `${fill(this.words.name, { layer: layer + 1, head: head + 1 })} ${text}`.trim());
      }
    }
    this.element.classList.toggle("noted", Boolean(notes));
  }

  /** @param {HeadMap[][]} maps */
  build(maps) {
    const shape = maps.map((row) => row.length).join(" ");
    if (this.shape === shape) return;
    this.shape = shape;
    this.rows = maps.map((row, layer) => row.map((_, head) => {
      const canvas =
        el("canvas", { width: 1, height: 1, "data-fp": `${this.key}-${layer}-${head}` });
      const note = el("small", { class: this.onNote ? "leads" : null,
        "data-fp": `${this.key}-note-${layer}-${head}`,
        onclick: () => this.onNote?.(layer, head) });
      const button = el("button", { type: "button", tabindex: "-1",
        title: fill(this.words.name, { layer: layer + 1, head: head + 1 }),
        onclick: () => this.onPick(layer, head) }, canvas, note);
      return { button, canvas, note };
    }));
    this.element.style.setProperty("--heads", String(Math.max(...maps.map((row) => row.length))));
    this.element.replaceChildren(...this.rows.flatMap((row, layer) => [
      el("span", { class: "layer-name" }, fill(this.words.layer, { layer: layer + 1 })),
      ...row.map(({ button }) => button),
    ]));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const step =
      { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const activeElement = activeBeside(this.element);
    const layer = this.rows.findIndex((row) => row.some(({ button }) => button === activeElement));
    if (!step || layer < 0) return;
    event.preventDefault();
    event.stopPropagation();
    const head = this.rows[layer].findIndex(({ button }) => button === activeElement);
    const next = this.rows[layer + step[0]]?.[head + step[1]];
    if (!next) return;
    next.button.focus({ preventScroll: true });
    this.onPick(layer + step[0], head + step[1]);
  }
}

/** @param {HeadMap} map @returns {number[]} */
function flattened(map) {
  if (map instanceof Float32Array) return Array.from(map);
  return map.flatMap((row) => Array.from(row, (value) => value ?? 0));
}
