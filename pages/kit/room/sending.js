// What a phone sends to the wall: a form for each kind of piece.

import { action, button, el, fill, say } from "../dom.js";
import { onEnter } from "../keys.js";
import { Pad } from "../pad.js";
import { palette } from "../palette.js";
import { Hand } from "./hand.js";

const MOST = 2; // largest weight of a kernel
const SIDE = 3;

/**
 * @typedef {object} Form
 * @property {HTMLElement} element
 * @property {(palette: Palette) => void} [theme]
 * @property {(trouble: Trouble | null) => void} [trouble] says it in a place of its own
 */

/**
 * @param {PieceKind} kind
 * @param {PhoneData} data
 * @param {(body: object) => Promise<boolean>} send resolves with whether it was taken
 * @returns {Form}
 */
export function form(kind, data, send) {
  switch (kind) {
    case "digit": return digit(data, send);
    case "series": return series(data, send);
    case "kernel": return kernel(data, send);
    default: return sentence(kind, data, send);
  }
}

/** @param {PhoneData} data @param {(body: object) => Promise<boolean>} send @returns {Form} */
function digit({ words, limits }, send) {
  const pad = new Pad(/** @type {Record<import("../pad.js").PadWord, string>} */ (words), limits, {
    onLabel: (label, drawing) => send({ label, drawing }),
  });
  return { element: pad.element, theme: (colours) => pad.theme(colours),
    trouble: (trouble) => pad.trouble(trouble) };
}

/**
 * @param {"sentence" | "hidden"} kind @param {PhoneData} data
 * @param {(body: object) => Promise<boolean>} send @returns {Form}
 */
function sentence(kind, { words, examples }, send) {
  const field = el("textarea", { id: "sentence", rows: "3", maxlength: "200", "data-fp": "sentence",
    enterkeyhint: "send" });
  const post = () => field.value.trim() && send({ text: field.value.trim() });
  onEnter(field, post);
  const example = button(fill(words.example, { example: examples[kind] }), () => {
    field.value = examples[kind];
    field.focus();
  }, { class: "quiet", "data-fp": "example" });
  return { element: el("div", { class: "form" },
    el("label", { for: "sentence" }, words[`${kind}Field`]), field, example,
    button(words.send, post, { class: "play", "data-fp": "send" })) };
}

/** @param {PhoneData} data @param {(body: object) => Promise<boolean>} send @returns {Form} */
function series({ words }, send) {
  const post = button(words.send, () => hand.complete && send({ values: hand.values }),
    { class: "play", "data-fp": "send", disabled: true });
  const hand = new Hand(words.curveField, () => {
    post.disabled = !hand.complete;
  });
  return { element: el("div", { class: "form" }, hand.element, el("p", { class: "note" },
    words.curveNote), action(words.clear, () => hand.clear(), { "data-fp": "clear" }), post),
    theme: (colours) => hand.theme(colours) };
}

/** @param {PhoneData} data @param {(body: object) => Promise<boolean>} send @returns {Form} */
function kernel({ words }, send) {
  /** @type {number[]} */
  const weights = Array(SIDE * SIDE).fill(0);
  const colour = () => cells.forEach((cell, i) => {
    const { background, color } = palette(document.body).cell(weights[i] / MOST);
    Object.assign(cell.style, { background, color });
  });
  const cells = weights.map((_, i) => {
    const cell = button("0", () => {
      weights[i] = weights[i] === MOST ? -MOST : weights[i] + 1;
      say(cell, String(weights[i]).replace("-", "−"));
      name();
      colour();
    }, { class: "cell", "data-fp": `weight-${i}` });
    const name = () => cell.setAttribute("aria-label", fill(words.weight,
      { row: Math.floor(i / SIDE) + 1, column: (i % SIDE) + 1, value: weights[i] }));
    name();
    return cell;
  });
  return { element: el("div", { class: "form" },
    el("div", { class: "kernelPad", role: "group", "aria-label": words.kernelField }, ...cells),
    button(words.send, () => send({ weights }), { class: "play", "data-fp": "send" })),
    theme: colour };
}
