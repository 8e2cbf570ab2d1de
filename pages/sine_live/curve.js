// A curve that is drawn by hand: a value for each place along the way, from 0 below to 1 above.

import { contextOf, density, el, pointed } from "../kit/dom.js";

const HEIGHT = 150; // px

export class Curve {
  /** @type {number[]} */
  values = [];
  /** @type {[number, number] | null} the place and value that the pen was at last */
  last = null;
  shown = "";

  /** @param {SeriesWords} words @param {(values: number[]) => void} onCurve a stroke has ended */
  constructor(words, onCurve) {
    this.onCurve = onCurve;
    this.element = el("canvas", { class: "curve", "data-fp": "series-curve",
      role: "img", "aria-label": words.drawTitle });
    this.context = contextOf(this.element);
    this.element.addEventListener("pointerdown", (event) => {
      this.element.setPointerCapture(event.pointerId);
      this.draw(event);
    });
    this.element.addEventListener("pointermove", (event) => this.last && this.draw(event));
    this.element.addEventListener("pointerup", () => this.end());
    this.element.addEventListener("pointercancel", () => this.end());
  }

  // Takes over a curve of the page, unless one is being drawn.
  /** @param {number[]} values @param {Palette} palette */
  show(values, palette) {
    this.palette = palette;
    const text = values.join();
    if (text !== this.shown && !this.last) {
      this.shown = text;
      this.values = [...values];
    }
    requestAnimationFrame(() => this.paint());
  }

  // From where the pen was to where it is, every place gets a value.
  /** @param {PointerEvent} event */
  draw(event) {
    const [x, y] = pointed(event, this.element);
    const { clientWidth, clientHeight } = this.element;
    /** @param {number} value @param {number} most */
    const within = (value, most) => Math.max(0, Math.min(most, value));
    const most = this.values.length - 1;
    const place = within(Math.round((x / clientWidth) * most), most);
    const value = 1 - within(y / clientHeight, 1);
    const [from, before] = this.last ?? [place, value];
    const steps = Math.max(1, Math.abs(place - from));
    for (let i = 0; i <= steps; i++) {
      const at = Math.round(from + ((place - from) * i) / steps);
      this.values[at] = Number((before + ((value - before) * i) / steps).toFixed(3));
    }
    this.last = [place, value];
    this.paint();
  }

  end() {
    if (!this.last) return;
    this.last = null;
    this.shown = this.values.join();
    this.onCurve([...this.values]);
  }

  paint() {
    const { element, context, palette, values } = this;
    const [width, ratio] = [element.clientWidth, density()];
    if (!width || !palette) return;
    Object.assign(element, { width: width * ratio, height: HEIGHT * ratio });
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    Object.assign(context, { strokeStyle: palette.ink, lineWidth: 2, lineJoin: "round" });
    context.beginPath();
    values.forEach((value, i) =>
      context.lineTo((i / (values.length - 1)) * width, (1 - value) * HEIGHT));
    context.stroke();
  }
}
