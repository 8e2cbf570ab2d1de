// Names beside points: each on a side where it covers no other name, on the same side as before
// where it can, and left out where there is no room at all.

/**
 * @typedef {"right" | "left" | "above" | "below"} Side
 * @typedef {{ key: number | string, text: string, at: { x: number, y: number }, colour: string,
 *   bold?: boolean, must?: boolean, side?: Side }} Label side: where it stands best; must: it is
 *   never left out
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Area
 */

const GAP = 8; // px from the point
const LINE = 16;
/** @type {Side[]} */
const SIDES = ["right", "left", "above", "below"];

export class Labels {
  /** @type {Map<number | string, Side>} */
  sides = new Map();
  /** @type {Map<string, number>} */
  widths = new Map();
  /** @type {{ key: number | string, area: Area }[]} */
  drawn = [];

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Label[]} labels the most important first
   * @param {{ width: number, height: number, unit: number, palette: Palette }} picture
   */
  draw(context, labels, picture) {
    const plain = context.font;
    const { unit, palette } = picture;
    this.drawn = [];
    for (const label of labels) {
      context.font = label.bold ? `650 ${plain}` : plain;
      const size = { width: this.measure(context, label.text), height: LINE * unit };
      const spot = this.place(label, size, picture);
      if (!spot) continue;
      const [side, area] = spot;
      this.sides.set(label.key, side);
      this.drawn.push({ key: label.key, area });
      context.lineJoin = "round";
      context.lineWidth = 3;
      context.strokeStyle = palette.paper;
      context.strokeText(label.text, area.left, area.top + size.height / 2);
      context.fillStyle = label.colour;
      context.fillText(label.text, area.left, area.top + size.height / 2);
    }
    context.font = plain;
  }

  /**
   * The first side with room; the previous side is tried first.
   * @param {Label} label
   * @param {{ width: number, height: number }} size
   * @param {{ width: number, height: number, unit: number }} picture
   * @returns {[Side, Area] | null}
   */
  place({ key, at, must, side }, size, { width, height, unit }) {
    const before = side ?? this.sides.get(key);
    const sides = before ? [before, ...SIDES.filter((other) => other !== before)] : SIDES;
    for (const one of sides) {
      const area = beside(at, one, size, GAP * unit);
      const inside = area.left >= 0 && area.top >= 0 && area.right <= width
        && area.bottom <= height;
      if (inside && this.drawn.every((other) => apart(area, other.area))) return [one, area];
    }
    return must ? [sides[0], beside(at, sides[0], size, GAP * unit)] : null;
  }

  /** @param {CanvasRenderingContext2D} context @param {string} text */
  measure(context, text) {
    const key = `${context.font}|${text}`;
    const known = this.widths.get(key) ?? context.measureText(text).width;
    this.widths.set(key, known);
    return known;
  }

  // The key of the name at a place, or null.
  /** @param {number} x @param {number} y */
  at(x, y) {
    return this.drawn.find(({ area }) =>
      x >= area.left && x <= area.right && y >= area.top && y <= area.bottom)?.key ?? null;
  }
}

/**
 * @param {{ x: number, y: number }} at
 * @param {Side} side
 * @param {{ width: number, height: number }} size
 * @param {number} gap
 * @returns {Area}
 */
function beside({ x, y }, side, { width, height }, gap) {
  const left = { right: x + gap, left: x - gap - width, above: x - width / 2,
    below: x - width / 2 }[side];
  const top = { right: y - height / 2, left: y - height / 2, above: y - height - gap / 2,
    below: y + gap / 2 }[side];
  return { left, top, right: left + width, bottom: top + height };
}

/** @param {Area} a @param {Area} b */
const apart = (a, b) =>
  a.right + 2 <= b.left || b.right + 2 <= a.left || a.bottom <= b.top || b.bottom <= a.top;
