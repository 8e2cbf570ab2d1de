// A picture of numbers, 28 x 28 unless it says otherwise, in which one is picked: with a click, or
// with the arrow keys.

import { arrow } from "../kit/controls.js";

const SIDE = 28;

/** @param {number} at @param {number} count */
const within = (at, count) => Math.max(0, Math.min(count - 1, at));

/**
 * @param {HTMLElement} host hears clicks and keys
 * @param {HTMLCanvasElement} canvas
 * @param {(row: number, column: number) => void} onPick
 * @param {{ size?: () => [number, number], begin?: () => [number, number] }} [options]
 *   size: rows and columns; begin: where the keys stand at first, the middle unless it says
 */
export function pickable(host, canvas, onPick, { size = () => [SIDE, SIDE], begin } = {}) {
  /** @type {[number, number] | null} */
  let place = null;
  /** @param {number} row @param {number} column */
  const pick = (row, column) => {
    const [rows, columns] = size();
    place = [within(row, rows), within(column, columns)];
    onPick(place[0], place[1]);
  };
  host.addEventListener("click", (event) => {
    if (!event.detail) return; // a key pressed the button that it is
    const box = canvas.getBoundingClientRect();
    const { clientLeft: left, clientTop: top, clientWidth: width, clientHeight: height } = canvas;
    const [rows, columns] = size();
    pick(Math.floor(((event.clientY - box.top - top) / height) * rows),
      Math.floor(((event.clientX - box.left - left) / width) * columns));
  });
  host.addEventListener("keydown", (event) => {
    const step = arrow(event);
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const [row, column] = place ?? begin?.() ?? size().map((count) => count >> 1);
    pick(row + step[0], column + step[1]);
  });
}
