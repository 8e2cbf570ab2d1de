// A number that was measured beforehand: it opens into the command that measured it, and on what.

import { el } from "./dom.js";

/** @param {string} shown the number @param {string} source where it comes from */
export const measured = (shown, source) => el("details", { class: "measured" },
  el("summary", { class: "opens" }, shown), el("small", { class: "note" }, source));
