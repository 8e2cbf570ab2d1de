// A map of words as points, flat or in space. Points glide to where the next state has them; the
// space is turned by dragging and with the arrow keys. It is given positions and draws them: how
// they were made is core's business.

import { arrow } from "../kit/controls.js";
import { contextOf, density, el, pointed, stands, walkable } from "../kit/dom.js";
import { initialPalette } from "../kit/palette.js";
import { Labels } from "./labels.js";

/**
 * @typedef {import("./labels.js").Label} Label
 * @typedef {{ from: number[], to: number[], role: string, name: string }} Arrow in the coordinates
 *   of the points
 * @typedef {{ points: number[][], extent: number, arrows: Arrow[] }} Cloud points of the words,
 *   then two for each arrow; extent: how far the farthest is from the middle
 * @typedef {{ x: number, y: number, depth: number }} Spot on the canvas
 */

const GLIDE = 200; // ms from one state to the next
const MANY = 200; // words from which points are small
const REACH = 20; // px around a point that still mean it
const TURN = 0.008; // radians for a pixel
const KEY_TURN = Math.PI / 24;
const EYE = 3.2; // distance of the eye, in radii of the cloud
const ROOM = { side: 56, top: 26 }; // px kept free for names
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class PointMap {
  /** @type {string[]} */
  words = [];
  /** @type {number[]} */
  groups = [];
  /** @type {number | null} */
  chosen = null;
  /** @type {number[]} */
  near = [];
  palette = initialPalette;
  named = "";
  deep = false;
  /** @type {Cloud | null} */
  target = null;
  /** @type {Cloud | null} */
  shown = null;
  /** @type {{ points: number[][], extent: number }} */
  from = { points: [], extent: 1 };
  since = 0;
  gliding = false;
  /** @type {number | null} */
  frame = null;
  /** @type {Spot[]} */
  places = [];
  unit = 1;
  scale = 1;
  width = 1;
  tall = 1;
  yaw = 0.6;
  pitch = 0.35;
  /** @type {{ x: number, y: number, moved: boolean } | null} */
  pressed = null;

  /**
   * @param {{ key: string, label: string, onPick: (i: number) => void, height?: number,
   *   quiet?: boolean }} options label: what the picture is called; onPick: a word was chosen;
   *   quiet: small, without names and answers to a hand
   */
  constructor({ key, label, onPick, height = 460, quiet = false }) {
    this.label = label;
    this.onPick = onPick;
    this.height = height;
    this.quiet = quiet;
    this.canvas = el("canvas", { ...(quiet ? { role: "img" } : walkable(label)),
      "data-fp": `map-${key}` });
    this.context = contextOf(this.canvas);
    this.element = el("div", { class: "point-map" }, this.canvas);
    this.labels = new Labels();
    this.observer = new ResizeObserver(() => {
      this.reserve();
      this.later();
    });
    this.observer.observe(this.element);
    if (!quiet) this.listen();
  }

  close() {
    this.observer.disconnect();
  }

  /**
   * @param {{ words: string[], points?: number[][], groups?: number[], chosen?: number | null,
   *   near?: number[], arrows?: Arrow[] }} what points: [x, y] or [x, y, z] of each word; groups:
   *   its category, or -1; near: words that are joined to the one that is chosen
   * @param {Palette} palette
   */
  paint({ words, points, groups = [], chosen = null, near = [], arrows = [] }, palette) {
    if (!points?.length || points.length !== words.length) return;
    const deep = points[0].length > 2;
    const named = words.join(" ");
    const same = this.named === named && this.deep === deep;
    this.named = named;
    this.words = words;
    this.groups = groups;
    this.chosen = chosen;
    this.near = near;
    this.palette = palette;
    this.deep = deep;
    const extent = Math.max(1e-9, ...points.map((point) => Math.hypot(...point)));
    const ends = arrows.flatMap(({ from, to }) => [from, to]);
    this.goTo({ points: [...points, ...ends], extent, arrows }, same);
    if (this.quiet) return;
    stands(this.canvas, chosen === null ? this.label
      : [chosen, ...near].map((i) => words[i]).join(", "), chosen ?? 0, words.length - 1);
  }

  /** @param {Cloud} target @param {boolean} same whether these are the words of before */
  goTo(target, same) {
    const { shown, words } = this;
    const from = same && shown && shown.points.length >= words.length ? shown : target;
    const arrowsStay = this.target?.arrows.length === target.arrows.length;
    const glides = (/** @type {number} */ i) => i < words.length || arrowsStay;
    this.from = {
      points: target.points.map((point, i) => (glides(i) && from.points[i]) || point),
      extent: from.extent,
    };
    this.target = target;
    this.since = performance.now();
    this.gliding = from !== target && !calm.matches;
    this.later();
  }

  later() {
    this.frame ??= requestAnimationFrame((now) => {
      this.frame = null;
      if (this.target && this.canvas.clientWidth) this.draw(this.target, now);
    });
  }

  // -- painting -----------------------------------------------------------------------------------

  /** @param {Cloud} target @param {number} now */
  draw(target, now) {
    const share = this.gliding ? Math.min(1, Math.max(0, (now - this.since) / GLIDE)) : 1;
    const shown = share === 1 ? target : between(this.from, target, 1 - (1 - share) ** 3);
    this.shown = shown;
    this.fit(shown);
    this.places = shown.points.map((point) => this.place(point, shown.extent));
    const { context } = this;
    context.clearRect(0, 0, this.width, this.tall);
    if (this.deep) this.drawAxes(shown.extent);
    this.drawLinks(shown);
    this.drawDots();
    this.drawArrows(shown);
    this.labels.draw(context, this.names(shown),
      { width: this.width, height: this.tall, unit: this.unit, palette: this.palette });
    this.element.dataset.gliding = String(share < 1);
    if (share < 1) this.later();
  }

  // Keeps the room of the map, also while there are no points yet.
  reserve() {
    // presenting enlarges the rem
    this.unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const width = this.element.clientWidth;
    const height = Math.min(this.height * this.unit, Math.max(this.quiet ? 120 : 300, width * 0.8));
    this.canvas.style.height = `${height}px`;
    return { width, height };
  }

  // The canvas as large as there is room, and the scale that the points have on it.
  /** @param {Cloud} shown */
  fit({ points, extent }) {
    const { canvas, context } = this;
    const { width, height } = this.reserve();
    const ratio = density();
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.font = `${14 * this.unit}px ${getComputedStyle(this.element).fontFamily}`;
    context.textBaseline = "middle";
    const room = this.quiet ? { side: 10, top: 10 } : ROOM;
    const across = width / 2 - room.side * this.unit;
    const down = height / 2 - room.top * this.unit;
    /** @param {number} k */
    const most = (k) => Math.max(1e-9, ...points.map((point) => Math.abs(point[k])));
    // A flat map may use all of a wide picture, with one scale for both axes: what is near on paper
    // must be near. A cloud that turns needs the same room all round.
    this.scale = this.deep ? Math.min(across, down) / extent
      : Math.min(across / most(0), down / most(1));
    this.width = width;
    this.tall = height;
  }

  /** @param {number[]} point @param {number} extent @returns {Spot} */
  place(point, extent) {
    const { width, tall, scale } = this;
    if (!this.deep) {
      return { x: width / 2 + point[0] * scale, y: tall / 2 - point[1] * scale, depth: 0 };
    }
    const [x, y, z] = this.turned(point);
    const far = EYE * extent;
    const close = (scale * far) / (far - z);
    return { x: width / 2 + x * close, y: tall / 2 - y * close, depth: z / extent };
  }

  /** @param {number[]} point */
  turned([x, y, z]) {
    const [cy, sy, cp, sp] =
      [Math.cos(this.yaw), Math.sin(this.yaw), Math.cos(this.pitch), Math.sin(this.pitch)];
    const [across, back] = [cy * x + sy * z, cy * z - sy * x];
    return [across, cp * y - sp * back, sp * y + cp * back];
  }

  /** @param {number} extent */
  drawAxes(extent) {
    const { context } = this;
    context.strokeStyle = this.palette.line;
    context.lineWidth = 1;
    for (const k of [0, 1, 2]) {
      const end = [0, 0, 0];
      end[k] = extent * 0.9;
      this.line(this.place(end.map((value) => -value), extent), this.place(end, extent));
    }
  }

  /** @param {Spot} a @param {Spot} b */
  line(a, b) {
    const { context } = this;
    context.beginPath();
    context.moveTo(a.x, a.y);
    context.lineTo(b.x, b.y);
    context.stroke();
  }

  /** @param {Cloud} shown */
  drawLinks({ arrows }) {
    const { context, palette, chosen, near, places } = this;
    if (chosen === null || arrows.length) return;
    context.strokeStyle = palette.accent;
    context.lineWidth = 1.5;
    for (const i of near) this.line(places[chosen], places[i]);
  }

  drawDots() {
    const { context, palette, places, words, groups, chosen, unit, deep } = this;
    const order = [...words.keys()].sort((a, b) => places[a].depth - places[b].depth);
    const small = this.quiet || words.length > MANY;
    for (const i of order) {
      const { x, y, depth } = places[i];
      const group = groups[i] ?? -1;
      const minor = small || (groups.length > 0 && group < 0);
      const radius = i === chosen ? 6 : minor ? 3 : 4.5;
      context.globalAlpha = deep ? 0.55 + 0.45 * ((depth + 1) / 2) : 1;
      context.fillStyle =
        i === chosen ? palette.accent : group < 0 ? palette.grey : palette.category(group);
      context.beginPath();
      context.arc(x, y, unit * radius * (deep ? 1 + 0.3 * depth : 1), 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
  }

  /** @param {Cloud} shown */
  drawArrows({ arrows }) {
    const { context, palette, unit } = this;
    for (const [k, { role }] of arrows.entries()) {
      const [a, b] = this.ends(k);
      context.strokeStyle = context.fillStyle = role === "accent" ? palette.accent : palette.ink;
      context.lineWidth = 2.5;
      this.line(a, b);
      const angle = Math.atan2(b.y - a.y, b.x - a.x);
      const head = Math.min(12 * unit, Math.hypot(b.x - a.x, b.y - a.y) / 2);
      context.beginPath();
      context.moveTo(b.x, b.y);
      for (const side of [-0.4, 0.4]) {
        context.lineTo(b.x - head * Math.cos(angle + side), b.y - head * Math.sin(angle + side));
      }
      context.fill();
    }
  }

  // Where an arrow begins and ends.
  /** @param {number} arrow */
  ends(arrow) {
    const first = this.words.length + 2 * arrow;
    return this.places.slice(first, first + 2);
  }

  // What is written, the most important first: names for which there is no room are left out.
  /** @param {Cloud} shown @returns {Label[]} */
  names({ arrows }) {
    const { words, groups, chosen, near, places, palette } = this;
    const ends = arrows.flatMap(({ name }, k) => (name ? [/** @type {Label} */ ({
      key: `end-${k}`, text: name, at: this.ends(k)[1], colour: palette.accent, side: "above",
    })] : []));
    if (this.quiet) return ends;
    /** @param {number} i @param {string} colour @param {Partial<Label>} [more] @returns {Label} */
    const label = (i, colour, more) =>
      ({ key: i, text: words[i], at: places[i], colour, ...more });
    const first =
      chosen === null ? [] : [label(chosen, palette.accent, { bold: true, must: true })];
    // beside a point its arrow begins or ends
    const side = arrows.length ? "below" : undefined;
    const beside = near.filter((i) => i !== chosen)
      .map((i) => label(i, palette.ink, { bold: true, side }));
    /** @param {number} i */
    const grouped = (i) => Number((groups[i] ?? -1) >= 0);
    // where words are of kinds, those of none are dots: pointing at one or choosing it names it
    const rest = [...words.keys()].filter((i) => i !== chosen && !near.includes(i))
      .filter((i) => this.deep || !groups.length || grouped(i))
      .sort((a, b) => grouped(b) - grouped(a) || places[b].depth - places[a].depth)
      .map((i) => {
        const minor = (this.deep && places[i].depth < 0) || (groups.length > 0 && !grouped(i));
        return label(i, minor ? palette.grey : palette.ink);
      });
    return [...first, ...beside, ...ends, ...rest];
  }

  // -- pointer and keys ---------------------------------------------------------------------------

  listen() {
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      this.pressed = { x: event.clientX, y: event.clientY, moved: false };
      if (this.deep) canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => this.move(event));
    canvas.addEventListener("pointerup", (event) => {
      const { pressed } = this;
      this.pressed = null;
      const word = pressed && !pressed.moved ? this.at(event) : null;
      if (word !== null) this.onPick(word);
    });
    canvas.addEventListener("pointercancel", () => { this.pressed = null; });
    canvas.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { pressed } = this;
    if (!pressed) {
      this.canvas.style.cursor =
        this.at(event) !== null ? "pointer" : this.deep ? "grab" : "default";
      return;
    }
    if (!this.deep) return;
    const [dx, dy] = [event.clientX - pressed.x, event.clientY - pressed.y];
    if (!pressed.moved && Math.hypot(dx, dy) < 4) return;
    Object.assign(pressed, { x: event.clientX, y: event.clientY, moved: true });
    this.turn(dx * TURN, dy * TURN);
  }

  /** @param {number} yaw @param {number} pitch */
  turn(yaw, pitch) {
    this.yaw += yaw;
    this.pitch = Math.max(-1.5, Math.min(1.5, this.pitch + pitch));
    this.later();
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const step = arrow(event);
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const [down, across] = step;
    if (this.deep) return this.turn(across * KEY_TURN, down * KEY_TURN);
    const next = this.beyond(across, down);
    if (next !== null) this.onPick(next);
  }

  // The next word in a direction: near, and not far off the line.
  /** @param {number} dx @param {number} dy */
  beyond(dx, dy) {
    const here =
      this.chosen === null ? { x: this.width / 2, y: this.tall / 2 } : this.places[this.chosen];
    return this.nearest((place, i) => {
      const [x, y] = [place.x - here.x, place.y - here.y];
      const [along, off] = [x * dx + y * dy, Math.abs(x * dy - y * dx)];
      return i === this.chosen || along <= 0.5 || off > 2 * along ? Infinity : along + 2 * off;
    });
  }

  /** @param {PointerEvent} event */
  at(event) {
    const [x, y] = pointed(event, this.canvas);
    const named = this.labels.at(x, y);
    if (typeof named === "number") return named;
    return this.nearest((place) => Math.hypot(place.x - x, place.y - y), REACH);
  }

  // The word of the smallest distance below a limit, or null.
  /** @param {(place: Spot, i: number) => number} distance @param {number} limit */
  nearest(distance, limit = Infinity) {
    /** @type {number | null} */
    let best = null;
    let least = limit;
    for (const [i, place] of this.places.slice(0, this.words.length).entries()) {
      const away = distance(place, i);
      if (away < least) [best, least] = [i, away];
    }
    return best;
  }
}

/**
 * @param {{ points: number[][], extent: number }} from
 * @param {Cloud} to
 * @param {number} part 0 to 1
 * @returns {Cloud}
 */
const between = (from, to, part) => ({
  points: to.points.map((point, i) =>
    point.map((value, k) => from.points[i][k] + part * (value - from.points[i][k]))),
  extent: from.extent + part * (to.extent - from.extent), arrows: to.arrows,
});
