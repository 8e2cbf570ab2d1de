// A picture of a part of the page to take away: its canvases and its texts where they stand, on paper, at the screen's
// own resolution.

const MARGIN = 16;

export function snapshot(root, palette) {
  const box = root.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  const ratio = Math.max(2, devicePixelRatio);
  canvas.width = (box.width + 2 * MARGIN) * ratio;
  canvas.height = (box.height + 2 * MARGIN) * ratio;
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  context.fillStyle = palette.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(MARGIN - box.left, MARGIN - box.top);
  for (const each of root.querySelectorAll("canvas")) {
    const at = each.getBoundingClientRect();
    if (at.width) context.drawImage(each, at.left, at.top, at.width, at.height);
  }
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) write(context, texts.currentNode);
  for (const swatch of root.querySelectorAll(".swatch")) {
    const at = swatch.getBoundingClientRect();
    context.fillStyle = getComputedStyle(swatch).backgroundColor;
    context.fillRect(at.left, at.top, at.width, at.height);
  }
  return canvas;
}

function write(context, node) {
  if (!node.data.trim() || node.parentElement.closest(".unseen, style")) return;
  const range = document.createRange();
  range.selectNodeContents(node);
  const at = range.getBoundingClientRect();
  const style = getComputedStyle(node.parentElement);
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.fillStyle = style.color;
  context.textBaseline = "middle";
  context.fillText(node.data, at.left, at.top + at.height / 2);
}
