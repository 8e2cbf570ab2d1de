// The labelled digits that this tab keeps over a reload, for a network to learn from. All pages of
// a tab share them.

import { storage } from "./storage.js";

/** @typedef {{ id?: string, label: number, image: string }} OwnDigit image: 784 bytes, base64url */

const KEPT = "forward-pass:digits";

/** @type {OwnDigit[]} oldest first */
export const own = JSON.parse(storage.get(KEPT) ?? "[]");

let last = 0;

/** @type {Set<() => void>} */
const watching = new Set();

/** @param {() => void} onChange is called whenever they are others @returns {() => void} ends it */
export function watch(onChange) {
  watching.add(onChange);
  return () => watching.delete(onChange);
}

/** @param {OwnDigit[]} digits of those as many are taken as there is room @param {number} most */
export function take(digits, most) {
  const some = digits.slice(0, Math.max(0, most - own.length));
  own.push(...some.map((digit) => ({ ...digit, id: `own-${Date.now()}-${last++}` })));
  changed();
  return some.length;
}

/** @param {OwnDigit["id"]} id without one all of them go */
export function drop(id) {
  if (id === undefined) own.length = 0;
  else own.splice(own.findIndex((each) => each.id === id), 1);
  changed();
}

function changed() {
  storage.set(KEPT, JSON.stringify(own));
  for (const onChange of watching) onChange();
}
