// A picture of 28 x 28 numbers in which one is picked: with a click, or with the arrow keys.

import { arrow } from "../kit/controls.js";

const SIDE = 28;

/** @param {number} at */
const within = (at) => Math.max(0, Math.min(SIDE - 1, at));

/**
 * @param {HTMLElement} host hears clicks and keys
 * @param {HTMLCanvasElement} canvas
 * @param {(row: number, column: number) => void} onPick
 */
export function pickable(host, canvas, onPick) {
  let place = [SIDE / 2, SIDE / 2];
  /** @param {number} row @param {number} column */
  const pick = (row, column) => {
    place = [within(row), within(column)];
    onPick(place[0], place[1]);
  };
  host.addEventListener("click", (event) => {
    if (!event.detail) return; // a key pressed the button that it is
    const box = canvas.getBoundingClientRect();
    const { clientLeft: left, clientTop: top, clientWidth: width, clientHeight: height } = canvas;
    pick(Math.floor(((event.clientY - box.top - top) / height) * SIDE),
      Math.floor(((event.clientX - box.left - left) / width) * SIDE));
  });
  host.addEventListener("keydown", (event) => {
    const step = arrow(event);
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    pick(place[0] + step[0], place[1] + step[1]);
  });
}
