// A number that was measured beforehand: it opens into the command that measured it, and on what.

import { el } from "./dom.js";

/**
 * @param {string} shown the number @param {string} source where it comes from
 * @param {string} [chance] what chance allows of it
 */
export const measured = (shown, source, chance) => el("details", { class: "measured" },
  el("summary", { class: "opens" }, shown,
    chance && el("span", { class: "note nowrap" }, ` ${chance}`)),
  el("small", { class: "note" }, source));
