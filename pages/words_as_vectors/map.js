// @ts-nocheck
// A map of words as points, flat or in space. Points glide to where the next state has them; the
// space is turned by dragging and with the arrow keys. It is given positions and draws them: how
// they were made is core's business.

import { contextOf, el } from "../kit/dom.js";
import { Labels } from "./labels.js";

const GLIDE = 200; // ms from one state to the next
const MANY = 200; // words from which points are small
const REACH = 20; // px around a point that still mean it
const TURN = 0.008; // radians for a pixel
const KEY_TURN = Math.PI / 24;
const EYE = 3.2; // distance of the eye, in radii of the cloud
const ROOM = { side: 56, top: 26 }; // px kept free for names
const calm = matchMedia("(prefers-reduced-motion: reduce)");
/** @param {number} t */
const eased = (t) => 1 - (1 - t) ** 3;

export class PointMap {
  /** @type {any} */
  list;
  /** @type {any} */
  words;
  /** @type {any} */
  groups;
  /** @type {any} */
  chosen = null;
  /** @type {any} */
  near;
  /** @type {any} */
  palette;
  deep = false;
  /** @type {any} */
  from;
  /** @type {number} */
  since;
  /** @type {any} */
  gliding;
  /** @type {number | null} */
  frame = null;
  /** @type {any} */
  places;
  /** @type {number} */
  unit;
  /** @type {CanvasRenderingContext2D} */
  context;
  /** @type {string} */
  family;
  /** @type {number} */
  scale;
  /** @type {number} */
  width;
  /** @type {number} */
  tall;
  /** @type {{ x: number, y: number, moved: boolean } | null} */
  pressed = null;

  // onPick(index): a word was chosen. label: what the picture is called.
  /**
   * @param {{ key: string, label: string, onPick: (i: number) => void, height?: number,
   *   quiet?: boolean }} options
   */
  constructor({ key, label, onPick, height = 460, quiet = false }) {
    this.key = key;
    this.label = label;
    this.onPick = onPick;
    this.height = height;
    this.quiet = quiet;
    this.yaw = 0.6;
    this.pitch = 0.35;
    this.shown = null;
    this.target = null;
    this.canvas = el("canvas",
      { tabindex: quiet ? null : "0", role: "img", "aria-label": label, "data-fp": `map-${key}` });
    this.element = el("div", { class: "point-map" }, this.canvas);
    this.labels = new Labels();
    this.observer = new ResizeObserver(() => this.later());
    this.observer.observe(this.element);
    if (!quiet) this.listen();
  }

  close() {
    this.observer.disconnect();
  }

  // words: their names; points: [x, y] or [x, y, z] of each; groups: a number for each, its
  // category, or -1; chosen: index or null; near: indices; arrows: [{ from, to, role, name }] in
  // the same coordinates.
  /**
   * @param {{ words?: string[], points?: number[][], groups?: any[], chosen?: number | null,
   *   near?: any[], arrows?: any[] }} what
   * @param {Palette} palette
   */
  paint({ words, points, groups = [], chosen = null, near = [], arrows = [] }, palette) {
    if (!points?.length || points.length !== words.length) return;
    const deep = points[0].length > 2;
    const named = words.join(" ");
    const same = this.list === named && this.deep === deep && this.shown;
    this.list = named;
    this.words = words;
    this.groups = groups;
    this.chosen = chosen;
    this.near = near;
    this.palette = palette;
    this.deep = deep;
    const extent = Math.max(1e-9, ...points.map((point) => Math.hypot(...point)));
    const target =
      { points: [...points, ...arrows.flatMap(({ from, to }) => [from, to])], extent, arrows };
    this.goTo(target, same);
    this.canvas.setAttribute("aria-label", chosen == null ? this.label
      : `${this.label}: ${[chosen, ...near].map((i) => words[i]).join(", ")}`);
  }

  /** @param {any} target @param {any} same */
  goTo(target, same) {
    const fits =
      same && this.shown.points.length >= target.points.length - 2 * target.arrows.length;
    const from = fits ? this.shown : target;
    const begun = target.points.map((/** @type {any} */ point, /** @type {number} */ i) =>
      from.points[i] ?? point);
    const arrowsMoved = this.target?.arrows.length === target.arrows.length;
    if (!arrowsMoved) {
      for (let i = this.words.length; i < target.points.length; i++) begun[i] = target.points[i];
    }
    this.from = { points: begun, extent: from.extent };
    this.target = target;
    this.since = performance.now();
    this.gliding = fits && !calm.matches;
    this.later();
  }

  later() {
    this.frame ??= requestAnimationFrame((now) => {
      this.frame = null;
      if (this.target && this.canvas.clientWidth) this.draw(now);
    });
  }

  // -- painting -----------------------------------------------------------------------------------

  /** @param {number} now */
  draw(now) {
    const share = this.gliding ? Math.min(1, (now - this.since) / GLIDE) : 1;
    const part = eased(Math.max(0, share));
    const { from, target } = this;
    this.shown = share === 1 ? target : {
      points: target.points.map((/** @type {any} */ point, /** @type {number} */ i) =>
        point.map((/** @type {number} */ value, /** @type {any} */ k) =>
          from.points[i][k] + part * (value - from.points[i][k]))),
      extent: from.extent + part * (target.extent - from.extent), arrows: target.arrows,
    };
    this.settle();
    this.places = this.shown.points.map((/** @type {any} */ point) => this.place(point));
    const { context } = this;
    context.clearRect(0, 0, this.width, this.tall);
    if (this.deep) this.axes();
    this.links();
    this.dots();
    this.arrows();
    this.labels.draw(context, this.named(),
      { width: this.width, height: this.tall, unit: this.unit, palette: this.palette });
    this.element.dataset.gliding = String(share < 1);
    if (share < 1) this.later();
  }

  settle() {
    const { canvas } = this;
    // presenting enlarges the rem
    this.unit = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const width = this.element.clientWidth;
    const height = Math.min(this.height * this.unit, Math.max(this.quiet ? 120 : 300, width * 0.8));
    canvas.style.height = `${height}px`;
    const ratio = devicePixelRatio;
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
    this.context ??= contextOf(canvas);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.context.font =
      `${14 * this.unit}px ${(this.family ??= getComputedStyle(this.element).fontFamily)}`;
    this.context.textBaseline = "middle";
    const room = this.quiet ? { side: 10, top: 10 } : ROOM;
    const across = (width / 2 - room.side * this.unit) / this.shown.extent;
    const down = (height / 2 - room.top * this.unit) / this.shown.extent;
    // A flat map may use all of a wide picture; a cloud that turns needs the same room all round.
    this.scale = this.deep ? Math.min(across, down)
      : this.flat(across * this.shown.extent, down * this.shown.extent);
    this.width = width;
    this.tall = height;
  }

  /** @param {number} across @param {number} down */
  flat(across, down) {
    /** @param {number} k */
    const most = (k) =>
      Math.max(1e-9, ...this.shown.points.map((/** @type {any} */ point) => Math.abs(point[k])));
    // the same on both: what is near on paper must be near
    return Math.min(across / most(0), down / most(1));
  }

  /** @param {number[]} point */
  place(point) {
    const { width, tall, scale } = this;
    if (!this.deep) {
      return { x: width / 2 + point[0] * scale, y: tall / 2 - point[1] * scale, depth: 0 };
    }
    const [x, y, z] = this.turned(point);
    const far = EYE * this.shown.extent;
    const close = far / (far - z);
    return { x: width / 2 + x * scale * close, y: tall / 2 - y * scale * close,
      depth: z / this.shown.extent };
  }

  /** @param {number[]} options */
  turned([x, y, z]) {
    const [cy, sy, cp, sp] =
      [Math.cos(this.yaw), Math.sin(this.yaw), Math.cos(this.pitch), Math.sin(this.pitch)];
    const [across, back] = [cy * x + sy * z, cy * z - sy * x];
    return [across, cp * y - sp * back, sp * y + cp * back];
  }

  axes() {
    const { context, palette, shown } = this;
    context.strokeStyle = palette.line;
    context.lineWidth = 1;
    for (let k = 0; k < 3; k++) {
      const end = [0, 0, 0];
      end[k] = shown.extent * 0.9;
      this.line(this.place(end.map((value) => -value)), this.place(end));
    }
  }

  /**
   * @param {{ x: number, y: number, depth: number }} a
   * @param {{ x: number, y: number, depth: number }} b
   */
  line(a, b) {
    const { context } = this;
    context.beginPath();
    context.moveTo(a.x, a.y);
    context.lineTo(b.x, b.y);
    context.stroke();
  }

  links() {
    const { context, palette, chosen, near, places } = this;
    if (chosen == null || this.shown.arrows.length) return;
    context.strokeStyle = palette.accent;
    context.lineWidth = 1.5;
    for (const i of near) this.line(places[chosen], places[i]);
  }

  dots() {
    const { context, palette, places, words, groups, chosen, unit } = this;
    const order = words.map((/** @type {unknown} */ _, /** @type {number} */ i) => i)
      .sort((/** @type {any} */ a, /** @type {any} */ b) => places[a].depth - places[b].depth);
    const small = this.quiet || words.length > MANY;
    for (const i of order) {
      const { x, y, depth } = places[i];
      const group = groups[i] ?? -1;
      context.globalAlpha = this.deep ? 0.55 + 0.45 * ((depth + 1) / 2) : 1;
      context.fillStyle =
        i === chosen ? palette.accent : group < 0 ? palette.grey : palette.category(group);
      context.beginPath();
      context.arc(x, y, unit * (i === chosen ? 6 : small || (groups.length && group < 0) ? 3 : 4.5)
        * (this.deep ? 1 + 0.3 * depth : 1), 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
  }

  arrows() {
    const { context, palette, places, words, unit } = this;
    for (const [k, { role }] of this.shown.arrows.entries()) {
      const [a, b] = [places[words.length + 2 * k], places[words.length + 2 * k + 1]];
      context.strokeStyle = context.fillStyle = role === "accent" ? palette.accent : palette.ink;
      context.lineWidth = 2.5;
      this.line(a, b);
      const angle = Math.atan2(b.y - a.y, b.x - a.x);
      const head = Math.min(12 * unit, Math.hypot(b.x - a.x, b.y - a.y) / 2);
      context.beginPath();
      context.moveTo(b.x, b.y);
      for (const side of [-1, 1]) {
        context.lineTo(b.x - head * Math.cos(angle + side * 0.4),
        b.y - head * Math.sin(angle + side * 0.4));
      }
      context.fill();
    }
  }

  // What is written, the most important first: names for which there is no room are left out.
  named() {
    const { words, groups, chosen, near, places, palette } = this;
    /** @param {any} k */
    const tip = (k) => places[words.length + 2 * k + 1];
    /** @param {{ name: string }} what @param {any} k */
    const end = ({ name }, k) => (name
      ? [{ key: `end-${k}`, text: name, at: tip(k), colour: palette.accent, side: "above" }] : []);
    const ends = this.shown.arrows.flatMap(end);
    if (this.quiet) return ends;
    const first = chosen == null ? [] : [
      { key: chosen, text: words[chosen], at: places[chosen], colour: palette.accent, bold: true,
        must: true },
    ];
    const close = new Set([chosen, ...near]);
    // beside a point its arrow begins or ends
    const side = this.shown.arrows.length ? "below" : undefined;
    const beside = near.filter((/** @type {number} */ i) => i !== chosen)
      .map((/** @type {number} */ i) =>
      ({ key: i, text: words[i], at: places[i], colour: palette.ink, bold: true, side }));
    /** @param {number} i */
    const told = (i) => Number((groups[i] ?? -1) >= 0);
    const rest = words.map((/** @type {unknown} */ _, /** @type {number} */ i) => i)
      .filter((/** @type {number} */ i) => !close.has(i))
      .sort((/** @type {any} */ a, /** @type {any} */ b) =>
        told(b) - told(a) || places[b].depth - places[a].depth)
      .map((/** @type {number} */ i) => ({ key: i, text: words[i], at: places[i], colour: (this.deep
        && places[i].depth < 0) || (groups.length && !told(i)) ? palette.grey : palette.ink }));
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
      const found = pressed && !pressed.moved ? this.at(event) : null;
      if (found != null) this.onPick(found);
    });
    canvas.addEventListener("pointercancel", () => { this.pressed = null; });
    canvas.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { pressed } = this;
    if (!pressed) {
      this.canvas.style.cursor =
        this.at(event) != null ? "pointer" : this.deep ? "grab" : "default";
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
    const way =
      { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (this.deep) return this.turn(way[0] * KEY_TURN, way[1] * KEY_TURN);
    const next = this.beyond(way);
    if (next != null) this.onPick(next);
  }

  // The next word in a direction: near, and not far off the line.
  /** @param {number[]} options */
  beyond([dx, dy]) {
    const here =
      this.chosen == null ? { x: this.width / 2, y: this.tall / 2 } : this.places[this.chosen];
    let [best, least] = [null, Infinity];
    for (const i of this.words.keys()) {
      if (i === this.chosen) continue;
      const [x, y] = [this.places[i].x - here.x, this.places[i].y - here.y];
      const [along, off] = [x * dx + y * dy, Math.abs(x * dy - y * dx)];
      if (along <= 0.5 || off > 2 * along) continue;
      if (along + 2 * off < least) [best, least] = [i, along + 2 * off];
    }
    return best;
  }

  /** @param {PointerEvent} event */
  at(event) {
    if (!this.places) return null;
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const named = this.labels.at(x, y);
    if (typeof named === "number") return named;
    let [best, least] = [null, REACH];
    for (const i of this.words.keys()) {
      const away = Math.hypot(this.places[i].x - x, this.places[i].y - y);
      if (away < least) [best, least] = [i, away];
    }
    return best;
  }
}
