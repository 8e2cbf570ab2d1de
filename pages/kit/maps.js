// All maps of one layer in one square picture, each on its own scale.

import { contextOf } from "./dom.js";

const GAP = 1;

/** @param {HTMLCanvasElement} canvas @param {LayerMaps} layer @param {Palette} palette */
export function paintMaps(canvas, { shape, codes, signed }, palette) {
  const [count, height, width] = shape;
  const across = Math.ceil(Math.sqrt(count));
  const [w, h] = [across * (width + GAP) - GAP, Math.ceil(count / across) * (height + GAP) - GAP];
  if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
  const ramp = signed ? palette.signed : palette.size;
  const context = contextOf(canvas);
  const image = context.createImageData(w, h);
  const pixels = new Uint32Array(image.data.buffer);
  for (let map = 0, k = 0; map < count; map++) {
    const corner = Math.floor(map / across) * (height + GAP) * w + (map % across) * (width + GAP);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, k++) pixels[corner + y * w + x] = ramp[codes[k] + 127];
    }
  }
  context.putImageData(image, 0, 0);
}
