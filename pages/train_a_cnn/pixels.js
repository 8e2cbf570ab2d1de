// Small grey pictures as they travel: 28 x 28 bytes of ink in a short text, and painted.

export const PIXELS = 28;

// base64 as it stands in an address, and as it stands elsewhere.
export function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

export function text(ink) {
  return btoa(String.fromCharCode(...ink)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function paintInk(canvas, ink, palette) {
  Object.assign(canvas, { width: PIXELS, height: PIXELS });
  const context = canvas.getContext("2d");
  const image = context.createImageData(PIXELS, PIXELS);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < pixels.length; i++) pixels[i] = palette.size[127 + Math.round((ink[i] / 255) * 127)];
  context.putImageData(image, 0, 0);
}
