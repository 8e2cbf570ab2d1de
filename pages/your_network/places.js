// Where a place of a painted layer lies in the layer itself. paintMaps (kit/maps.js) lays its maps
// out in a square of rows, one texel between them.

const GAP = 1;

/**
 * Map, row and column under a point of the picture of all maps; null between two of them.
 * @param {number[]} shape maps, rows and columns
 * @param {number} right share of the width @param {number} down share of the height
 * @returns {[number, number, number] | null}
 */
export function tiled([count, height, width], right, down) {
  const across = Math.ceil(Math.sqrt(count));
  const x = right * (across * (width + GAP) - GAP);
  const y = down * (Math.ceil(count / across) * (height + GAP) - GAP);
  const [column, row] = [Math.floor(x / (width + GAP)), Math.floor(y / (height + GAP))];
  const [inX, inY] = [Math.floor(x % (width + GAP)), Math.floor(y % (height + GAP))];
  const map = row * across + column;
  const outside = inX >= width || inY >= height || column >= across || map >= count || map < 0;
  return outside ? null : [map, inY, inX];
}

/**
 * The place in the layer itself: its axes before the last two are laid out one after the other, and
 * of large maps only every so many numbers are shown.
 * @param {number[]} shape of the layer
 * @param {number[]} shown of what is painted
 * @param {number} step of rows and columns
 * @param {number[]} at map, row and column
 */
export function placeOf(shape, shown, step, [map, y, x]) {
  if (shown.length === 1) return shape.length ? [map] : [];
  if (shape.length === 2) return [y * step, x * step];
  const place = [y * step, x * step];
  let left = map;
  for (const length of shape.slice(0, -2).reverse()) {
    place.unshift(left % length);
    left = Math.floor(left / length);
  }
  return place;
}
