// Which parts of the picture an answer rests on: they stay, what matters less fades to paper.

import { choices, head, press } from "../kit/controls.js";
import { contextOf, el, fill, number, say } from "../kit/dom.js";

export class Why {
  /** @type {PicturesHeatAnswer | null} */
  answer = null;

  /**
   * @param {PicturesWords} words
   * @param {{ onMethod: (method: string) => unknown, onTarget: (target: number) => unknown }} told
   */
  constructor(words, { onMethod, onTarget }) {
    this.words = words;
    this.onTarget = onTarget;
    this.methods = choices("method", words.methods, onMethod, { "aria-label": words.whyTitle });
    this.targets = el("div", { class: "choices", role: "group", "aria-label": words.target });
    this.image = el("img", { alt: "", "data-fp": "why-picture" });
    this.canvas = el("canvas", { width: 224, height: 224 });
    this.said = el("p", { "data-fp": "why-said" });
    this.note = el("p", { class: "note" });
    this.element = el("section", { class: "why", "data-block": "why" },
      head(words.whyTitle, words.whyNote), this.methods, this.targets,
      el("div", { class: "answered" }, el("div", { class: "over" }, this.image, this.canvas),
        this.said, this.note));
  }

  /** @param {{ class: number, name: string }[]} best @param {number} target */
  offer(best, target) {
    const one = choices("target", best.map(({ class: at, name }) => [at, name]),
      (/** @type {number} */ at) => this.onTarget(at));
    this.targets.replaceChildren(...one.children);
    press(this.targets, target);
  }

  /** @param {string} source @param {string} method @param {string} name @param {Palette} palette */
  paint(source, method, name, palette) {
    if (this.image.getAttribute("src") !== source) this.image.src = source;
    press(this.methods, method);
    const { answer, words } = this;
    if (!answer || answer.method !== method) return say(this.said, words.working);
    const { heat, answers } = answer;
    const most = Math.max(...heat.flat());
    fade(this.canvas, heat, most, palette);
    this.element.dataset.method = method;
    this.element.dataset.most = String(most);
    say(this.note, answers ? words.coveredNote : words.camNote);
    if (!answers) return say(this.said, fill(words.camSaid, { name, most: number(most, 2) }));
    const other = answers.flat().find((cell) => cell.class !== answer.answer);
    say(this.said, fill(other ? words.coveredOther : words.coveredSame,
      { name, most: number(most, 2), other: other?.name }));
  }
}

/**
 * Paper over all that matters less, smoothly between the places that were computed.
 * @param {HTMLCanvasElement} canvas @param {number[][]} heat @param {number} most
 * @param {Palette} palette
 */
function fade(canvas, heat, most, palette) {
  const [rows, columns] = [heat.length, heat[0].length];
  const small = el("canvas", { width: columns, height: rows });
  const context = contextOf(small);
  const image = context.createImageData(columns, rows);
  const paper = /** @type {string[]} */ (palette.paper.match(/\d+/g)).map(Number);
  heat.flat().forEach((value, i) => {
    const share = most > 0 ? Math.max(0, value) / most : 0;
    image.data.set([...paper.slice(0, 3), Math.round(235 * (1 - share))], 4 * i);
  });
  context.putImageData(image, 0, 0);
  const shown = contextOf(canvas);
  shown.clearRect(0, 0, canvas.width, canvas.height);
  shown.imageSmoothingQuality = "high";
  shown.drawImage(small, 0, 0, canvas.width, canvas.height);
}
