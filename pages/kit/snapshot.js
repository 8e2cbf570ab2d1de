// A picture of a part of the page to take away: its canvases and its texts where they stand, on
// paper, at the screen's own resolution.

import { contextOf } from "./dom.js";

const MARGIN = 16;

/** @param {HTMLElement} root @param {Palette} palette */
export function snapshot(root, palette) {
  const box = root.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  const ratio = Math.max(2, devicePixelRatio);
  canvas.width = (box.width + 2 * MARGIN) * ratio;
  canvas.height = (box.height + 2 * MARGIN) * ratio;
  const context = contextOf(canvas);
  context.scale(ratio, ratio);
  context.fillStyle = palette.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(MARGIN - box.left, MARGIN - box.top);
  for (const each of root.querySelectorAll("canvas")) {
    const at = each.getBoundingClientRect();
    if (at.width) context.drawImage(each, at.left, at.top, at.width, at.height);
  }
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) write(context, /** @type {Text} */ (texts.currentNode));
  for (const swatch of root.querySelectorAll(".swatch")) {
    const at = swatch.getBoundingClientRect();
    context.fillStyle = getComputedStyle(swatch).backgroundColor;
    context.fillRect(at.left, at.top, at.width, at.height);
  }
  return canvas;
}

/** @param {CanvasRenderingContext2D} context @param {Text} node */
function write(context, node) {
  const parent = node.parentElement;
  if (!parent || !node.data.trim() || parent.closest(".unseen, style")) return;
  const range = document.createRange();
  range.selectNodeContents(node);
  const at = range.getBoundingClientRect();
  const style = getComputedStyle(parent);
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.fillStyle = style.color;
  context.textBaseline = "middle";
  context.fillText(node.data, at.left, at.top + at.height / 2);
}
