// @ts-nocheck
// Names beside points: each on a side where it covers no other name, on the same side as before
// where it can, and left out where there is no room at all.

const GAP = 8; // px from the point
const SIDES = ["right", "left", "above", "below"];

export class Labels {
  constructor() {
    this.sides = new Map();
    this.boxes = [];
    this.widths = new Map();
  }

  // names: [{ key, text, at: { x, y }, colour, bold, must, side }], the most important first; side:
  // where it stands best.
  /**
   * @param {CanvasRenderingContext2D} context
   * @param {any} names
   * @param {{ width: number, height: number, unit: number, palette: Palette }} options
   */
  draw(context, names, { width, height, unit, palette }) {
    const plain = context.font;
    this.boxes = [];
    const line = 16 * unit;
    for (const name of names) {
      context.font = name.bold ? `650 ${plain}` : plain;
      const wide = this.measure(context, name);
      const before = name.side ?? this.sides.get(name.key);
      const sides = before ? [before, ...SIDES.filter((side) => side !== before)] : SIDES;
      const found = sides.map((side) => [side, around(name.at, side, wide, line, unit)])
        .find(([, box]) =>
          inside(box, width, height) && this.boxes.every(({ box: other }) => apart(box, other)));
      if (!found && !name.must) continue;
      const [side, box] =
        found ?? [before ?? "right", around(name.at, before ?? "right", wide, line, unit)];
      this.sides.set(name.key, side);
      this.boxes.push({ key: name.key, box });
      context.lineJoin = "round";
      context.lineWidth = 3;
      context.strokeStyle = palette.paper;
      context.strokeText(name.text, box.left, box.top + line / 2);
      context.fillStyle = name.colour;
      context.fillText(name.text, box.left, box.top + line / 2);
    }
    context.font = plain;
  }

  /** @param {CanvasRenderingContext2D} context @param {{ text?: string, bold?: any }} options */
  measure(context, { text, bold }) {
    const key = `${context.font}|${bold ? 1 : 0}|${text}`;
    if (!this.widths.has(key)) this.widths.set(key, context.measureText(text).width);
    return this.widths.get(key);
  }

  // The key of the name at a place, or null.
  /** @param {number} x @param {number} y */
  at(x, y) {
    return this.boxes.find(({ box }) =>
      x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)?.key ?? null;
  }
}

/**
 * @param {{ x?: number, y?: number }} what
 * @param {number} side
 * @param {any} wide
 * @param {number} line
 * @param {any} unit
 */
function around({ x, y }, side, wide, line, unit) {
  const gap = GAP * unit;
  const left =
    { right: x + gap, left: x - gap - wide, above: x - wide / 2, below: x - wide / 2 }[side];
  const top = { right: y - line / 2, left: y - line / 2, above: y - line - gap / 2,
    below: y + gap / 2 }[side];
  return { left, top, right: left + wide, bottom: top + line };
}

/**
 * @param {{ left?: any, top?: any, right?: any, bottom?: any }} what
 * @param {number} width
 * @param {number} height
 */
const inside = ({ left, top, right, bottom }, width, height) =>
  left >= 0 && top >= 0 && right <= width && bottom <= height;
/** @param {any} a @param {any} b */
const apart = (a, b) =>
  a.right + 2 <= b.left || b.right + 2 <= a.left || a.bottom <= b.top || b.bottom <= a.top;
