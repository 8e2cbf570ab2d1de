// How sizes are written here.

import { grouped } from "../kit/dom.js";

/** @param {number} share */
export const percent2 = (share) => `${(100 * share).toFixed(2)}%`;
/** @param {number} bytes */
export const megabytes = (bytes) => (bytes < 1e4 ? `${(bytes / 1e3).toFixed(2)} kB`
  : `${grouped(Number((bytes / 1e6).toFixed(2)))} MB`);
