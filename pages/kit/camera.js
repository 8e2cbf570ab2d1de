// What a step of the walk means, as large as the window has room for while somebody presents: the
// picture is scaled as a whole and scrolled to it, and glides there. It is made smaller only as far
// as its labels can still be read from the last row.

const WIDE = 641; // a window as narrow as a phone scrolls (frame.css)
const LEAST = 20; // px of the smallest text
const LABEL = 0.875; // rem of the smallest text
const MOST = 2.2;
const MARGIN = 20;
const GLIDE = 250; // ms

/** @typedef {{ left: number, top: number, width: number, height: number }} Box */
/** @typedef {{ width: number, height: number }} Room */

// How much larger a part may become in a room, or how much smaller it has to.
/** @param {Room} part @param {Room} room @param {number} label px of the smallest text */
export function scaleOf(part, room, label) {
  const fits = Math.min(room.width / part.width, room.height / part.height);
  return Math.min(MOST, Math.max(LEAST / label, fits));
}

// Where a scaled picture begins, so that a part of it is in the middle and no room is left beside
// it while there is more of it.
/** @param {number} middle of the part @param {number} size of the picture @param {number} room */
export function beginOf(middle, size, room) {
  if (size <= room) return (room - size) / 2;
  return Math.min(0, Math.max(room - size, room / 2 - middle));
}

export class Camera {
  scale = 1;
  begin = 0; // px to the right
  at = 0; // where it was scrolled to
  /** @type {Element[]} */
  meant = [];
  frame = 0;

  /** @param {HTMLElement} root of the picture */
  constructor(root) {
    this.root = root;
    // What opens or is folded has another size; being scaled changes none.
    this.observer = new ResizeObserver(() => this.later());
    this.observer.observe(root);
    this.onResize = () => this.later();
    addEventListener("resize", this.onResize);
  }

  close() {
    cancelAnimationFrame(this.frame);
    this.observer.disconnect();
    removeEventListener("resize", this.onResize);
  }

  // Brings parts of the picture into sight; while presenting, as large as there is room for.
  /** @param {Element[]} meant @param {boolean} presents */
  bring(meant, presents) {
    const was = this.meant.length > 0;
    this.meant = presents ? meant : [];
    if (presents || was) this.place(true);
    if (!presents) {
      meant[0]?.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
    }
  }

  later() {
    if (!this.meant.length) return;
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.place(false));
  }

  /** @param {boolean} steps whether it is for a new step, or because sizes have changed */
  place(steps) {
    const { root } = this;
    const from = root.getBoundingClientRect();
    const was = this.scale;
    for (const glide of root.getAnimations()) glide.cancel();
    const room = this.meant.length && innerWidth >= WIDE && !asks(root) ? roomOf(root) : null;
    // Nobody is pulled away from where they have scrolled to.
    const moves = steps || room?.scroller.scrollTop === this.at;
    this.rest();
    const part = room && this.part(room);
    if (!room || !part?.width) {
      if (steps) this.meant[0]?.scrollIntoView({ block: "start" });
      return;
    }
    const shown = this.apply(part, room);
    if (moves) this.scrollTo(shown, room);
    if (!steps || calm()) return;
    const to = root.getBoundingClientRect();
    const { transform } = root.style;
    const begin = `translate(${this.begin + from.left - to.left}px, ${from.top - to.top}px)`;
    root.animate([{ transform: `${begin} scale(${was})` }, { transform }],
      { duration: GLIDE, easing: "ease" });
  }

  rest() {
    [this.scale, this.begin] = [1, 0];
    for (const name of ["transform", "transform-origin", "margin-bottom", "width", "--fp-least"]) {
      this.root.style.removeProperty(name);
    }
  }

  // The box around what is meant, in the picture without its scale: all of it, or what comes first
  // of it and fits. The picture alone (`f`) is meant as a whole.
  /** @param {Room & { alone: boolean }} room @returns {Box | null} */
  part(room) {
    const { left, top } = this.root.getBoundingClientRect();
    const boxes = (room.alone ? [this.root] : this.meant).map(boxOf).filter((box) => box !== null);
    /** @type {Box | null} */
    let around = null;
    for (const box of boxes) {
      const more = union(around, { left: (box.left - left) / this.scale,
        top: (box.top - top) / this.scale, width: box.width / this.scale,
        height: box.height / this.scale });
      if (around && (more.width > room.width || more.height > room.height)) break;
      around = more;
    }
    return around;
  }

  /** @param {Box} part @param {Room & { alone: boolean }} room */
  apply(part, room) {
    const { root } = this;
    const label = LABEL * parseFloat(getComputedStyle(document.documentElement).fontSize);
    let scale = scaleOf(part, room, label);
    if (scale < 1) { // the picture gets more room to lie in, and what lies in it may be less high
      root.style.setProperty("--fp-least", `${LEAST / scale}px`);
      root.style.width = `${100 / scale}%`;
      scale = Math.max(scale, Math.min(1, scaleOf(this.part(room) ?? part, room, label)));
      root.style.width = `${100 / scale}%`;
      part = this.part(room) ?? part;
    }
    this.scale = scale;
    const [middle, width] = [part.left + part.width / 2, root.offsetWidth];
    this.begin = scale < 1 ? 0 : beginOf(scale * middle, scale * width, width);
    root.style.marginBottom = `${(scale - 1) * root.offsetHeight}px`;
    root.style.transformOrigin = "0 0";
    root.style.transform = `translate(${this.begin}px, 0px) scale(${scale})`;
    return part;
  }

  // The middle of what is meant comes to the middle of the room, or its top to the room's.
  /** @param {Box} part @param {Room & { top: number, scroller: Element }} room */
  scrollTo(part, { top, height, scroller }) {
    const at = this.root.getBoundingClientRect().top + part.top * this.scale;
    scroller.scrollTop += at - top - Math.max(0, (height - part.height * this.scale) / 2);
    this.at = scroller.scrollTop;
  }
}

// The box of a part that is shown; one without a box of its own has those of its children.
/** @param {Element} part @returns {Box | null} */
function boxOf(part) {
  const box = part.getBoundingClientRect();
  if (box.width && box.height) return box;
  return [...part.children].map(boxOf).reduce((a, b) => (b ? union(a, b) : a), null);
}

/** @param {Box | null} a @param {Box} b @returns {Box} */
function union(a, b) {
  if (!a) return b;
  const [left, top] = [Math.min(a.left, b.left), Math.min(a.top, b.top)];
  return { left, top, width: Math.max(a.left + a.width, b.left + b.width) - left,
    height: Math.max(a.top + a.height, b.top + b.height) - top };
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// A question stays in sight while its answer is looked for, and scrolls by itself (guess.js).
/** @param {HTMLElement} root */
const asks = (root) => Boolean(root.querySelector(".first-guess:not([hidden])"));

// What is left of the window between the title and the bar of steps.
/** @param {HTMLElement} root */
function roomOf(root) {
  const around = root.getRootNode();
  const outside = around instanceof ShadowRoot ? around.host : root;
  const full = outside.closest("[data-fp-full] .st-key-picture");
  const scroller = full ?? outside.closest("[data-testid=stMain]");
  if (!scroller) return null;
  const bottom = document.querySelector(".fp-steps:not([hidden])")?.getBoundingClientRect().top
    ?? innerHeight;
  const header = full ? null : document.querySelector(".st-key-fp-header");
  const top = (header?.getBoundingClientRect().bottom ?? 0) + MARGIN;
  return { scroller, top, alone: full !== null, width: root.clientWidth,
    height: bottom - top - MARGIN };
}
