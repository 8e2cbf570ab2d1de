// The picture of "Photographed handwriting": the sheet with a box around each digit, the steps that
// lead there, the digit that is selected, and what a person says that it is.

import { textOf } from "../kit/base64.js";
import { arrow, choices, head, press } from "../kit/controls.js";
import { action, button, contextOf, el, entry, fill, number, percent, pointed, say, stands, styles,
  walkable } from "../kit/dom.js";
import { Heat } from "../kit/heat.js";
import { Knob } from "../kit/knob.js";
import { Live } from "../kit/live.js";
import { LiveNumber } from "../kit/opened_number.js";
import { take } from "../kit/own_digits.js";
import { headOf } from "../kit/packed.js";
import { pageAt } from "../kit/request.js";
import { View, mounted } from "../kit/view.js";

/** @typedef {PhotoAnswer["digits"][number]} Digit */
/**
 * @typedef {{ stage: string, name: string | undefined, box: HTMLInputElement | null,
 *   image: HTMLImageElement, choose: HTMLButtonElement, element: HTMLElement }} Stage
 */

const style = await styles("kit/base.css", "kit/heat.css", "kit/opened.css",
  "photographed_handwriting/view.css");
const SIDE = 28;
const NONE = -1;
const FAR = 10; // pixels that an arrow goes with Shift
// The number that a pixel of a stage stands for.
const ARRAYS = { photo: "grey", grey: "grey", light: "dark", ink: "over", ruling: "over",
  digits: "over" };
const SWITCHED = { light: "flatten", ruling: "unrule", digits: "join" };
const UPLOAD = ".st-key-fp-photo input[type=file]";

export const { mount, unmount } = mounted(() => PhotoView);

/** @extends {View<PhotoData>} */
class PhotoView extends View {
  hideable = ["strip", "score", "number"];
  /** @type {PhotoData["view"]} */
  view;
  /** @type {PhotoAnswer | null} */
  answer = null;
  /** @type {Uint8Array | null} ink of all digits */
  ink = null;
  /** @type {string[]} addresses of pictures in memory */
  urls = [];
  shown = ""; // what the large picture shows
  /** @type {[number, number]} row and column of the pixel that the arrow keys stand at */
  at = [0, 0];
  /** @type {LiveNumber} */
  number;
  /** @type {Stage[]} */
  stages = [];
  /** @type {Knob} */
  knob;
  /** @type {Heat} */
  seen;
  image = el("img", { alt: "" });
  cross = el("span", { class: "mark", hidden: true });
  boxes = el("div", { "data-fp": "boxes", role: "group" });
  page = el("div", { class: "page" });
  crop = el("canvas", { class: "crop", width: 160, height: 160, role: "img", "data-fp": "crop" });
  score = el("p", { "data-fp": "photo-score" });
  corrections = el("span", { class: "note" });
  ready = el("p", { class: "note", role: "status", "data-fp": "taught" });
  limit = button("", () => this.open("sheet.threshold.0.0"),
    { class: "opens", "data-fp": "open-threshold" });
  pair = el("div", { class: "pair", "data-fp": "photo-pair" });
  said = button("", () => this.open(`digit.probabilities.${this.selected?.digit ?? 0}`),
    { class: "opens", "data-fp": "said" });
  pixels = el("div", { ...walkable(""), class: "walk", "data-fp": "pixels",
    onclick: (/** @type {MouseEvent} */ event) => this.pick(event),
    onkeydown: (/** @type {KeyboardEvent} */ event) => this.walkOn(event) });

  /** @param {HTMLElement} host @param {PhotoData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "photo", style });
    const { words, base } = data;
    this.view = data.view;
    this.live = this.own(new Live({ url: `${base}/photo`, read,
      onAnswer: (/** @type {{ answer: PhotoAnswer, bytes: Uint8Array }} */ body) => this.take(body),
      onTrouble: (trouble) => this.trouble(trouble) }));
    this.large = this.own(new Live({ url: `${base}/photo/stage`, read: pictureOf,
      onAnswer: (/** @type {string} */ url, { key }) => this.showLarge(url, key),
      onTrouble: (trouble) => this.trouble(trouble) }));
    this.number = this.makeNumber();
    this.knob = new Knob({ name: "threshold", label: words.threshold, low: 0.02,
      high: data.limits.threshold, step: 0.01, show: (value) => number(value, 2) },
    { onChange: (_, threshold) => this.choose({ threshold }) });
    this.automatic = button(words.ownThreshold, () => this.choose({ threshold: 0 }),
      { class: "quiet", "data-fp": "automatic" });
    this.seen = new Heat({ key: "seen", title: words.seenTitle,
      labelOf: (row, column, value) => fill(words.inkAt, { row, column, value: number(value) }),
      onPick: (row, column) => this.open(`digit.ink.0.${row}.${column}`) });
    /** @type {[number, string][]} */
    const digits = Array.from({ length: 10 }, (_, digit) => [digit, String(digit)]);
    this.really = choices("really", [...digits, [NONE, words.noDigit]],
      (label) => this.correct(label), { class: "choices really", "aria-label": words.really });
    this.forget = button(words.clear, () => this.choose({ corrected: [] }),
      { class: "quiet", "data-fp": "forget" });
    this.way = el("a", { hidden: true, target: "_self", "data-fp": "to-train",
      href: pageAt(data.base, "train-a-cnn", { tab: "hand", lang: data.language ?? "en" }) },
    words.open);
    this.message = el("p", { class: "note", role: "status", "data-fp": "photo-message" });
    this.note = el("p", { class: "note", "data-fp": "photo-found" });
    this.root.append(el("div", { class: "photo" }, this.stripPart(), this.message,
      el("div", { class: "row" }, this.sheetPart(),
        el("div", { class: "photo" }, this.digitPart(), this.scorePart())),
      this.number.element));
    this.begin(".photo");
  }

  makeNumber() {
    const { words } = this;
    /** @param {string} array @param {string} at */
    const name = (array, at) => `${entry(words.arrays, array) ?? array} ${at}`.trim();
    return new LiveNumber(this, `${this.data.base}/photo/number`, {
      body: (number) => ({ ...this.question(), digit: this.view.digit, number }),
      write: (array, at) => [this.part, array, ...at].join("."),
      titleOf: (array, at) => fill(words.number, { name: name(array, at),
        part: this.part === "sheet" ? words.sheetPart : words.digitPart }),
      onwardOf: (array, at) => fill(words.onward, { name: name(array, at) }),
      nameOf: (array, at) => (array === "logits" ? String(at.at(-1)) : name(array, at.join(", "))),
      leads: (array) => array in words.arrays,
      onOpen: (number) => this.open(number),
    });
  }

  get part() {
    return this.view.number.split(".")[0];
  }

  stripPart() {
    const { words } = this;
    this.stages = Object.keys(words.stages).map((stage) => this.stagePart(stage));
    return el("section", { class: "strip-part", "data-block": "strip" },
      head(words.stripTitle, words.stripNote),
      el("div", { class: "strip" }, ...this.stages.map(({ element }) => element)));
  }

  /** @param {string} stage @returns {Stage} */
  stagePart(stage) {
    const { words } = this;
    const image = el("img", { alt: "", width: 240, height: 180 });
    const choose = button(image, () => this.choose({ stage }),
      { "data-fp": `stage-${stage}`, title: entry(words.stageHelp, stage) });
    choose.append(el("span", {}, entry(words.stages, stage)));
    /** @type {string | undefined} */
    const name = entry(SWITCHED, stage);
    const box = name === undefined ? null : el("input", { type: "checkbox", "data-fp": name,
      onchange: (/** @type {Event} */ event) => this.choose(
        { [name]: /** @type {HTMLInputElement} */ (event.target).checked }) });
    const more = box && el("label", {}, box, ` ${entry(words.switches, name ?? "")}`);
    const threshold = stage === "ink"
      ? el("div", {}, this.knob.element, el("div", { class: "line" }, this.limit, this.automatic))
      : null;
    return { stage, name, box, image, choose,
      element: el("div", { class: "stage" }, choose, more, threshold) };
  }

  sheetPart() {
    const { words } = this;
    this.boxes.setAttribute("aria-label", words.sheetTitle);
    this.boxes.addEventListener("keydown", (event) => this.onKey(event));
    this.page.append(this.image, this.pixels, this.boxes, this.cross);
    return el("section", { "data-block": "sheet" },
      head(words.sheetTitle, "",
        action(words.camera, () => camera(), { class: "action camera", "data-fp": "camera" }),
        action(words.turn, () => this.choose({ turn: (this.view.turn + 1) % 4, digit: 0 }),
          { "data-fp": "turn" })),
      this.note, this.page);
  }

  digitPart() {
    const { words } = this;
    this.crop.setAttribute("aria-label", words.cropTitle);
    this.pair.append(
      el("figure", {}, el("figcaption", {}, words.cropTitle), this.crop), this.seen.element);
    return el("section", { "data-block": "digit" }, head(words.digitTitle), this.pair,
      el("p", { class: "said" }, this.said),
      el("p", {}, words.really), this.really, el("p", { class: "note" }, words.digitNote));
  }

  scorePart() {
    const { words } = this;
    return el("section", { class: "score", "data-block": "score" },
      head(words.scoreTitle), this.score,
      el("p", { class: "note" }, words.scoreNote),
      el("p", { class: "line" }, this.corrections, this.forget),
      el("p", { class: "line" },
        action(words.teach, () => this.teach(), { "data-fp": "teach", title: words.teachHelp }),
        this.way), this.ready);
  }

  // -- what is asked ------------------------------------------------------------------------------

  question() {
    const { turn, flatten, unrule, join, threshold, corrected } = this.view;
    return { sheet: this.data.sheet, ...this.data.example, turn, flatten, unrule, join, threshold,
      corrected };
  }

  /** @param {PhotoData} data */
  adopt(data) {
    this.view = data.view;
    super.adopt(data);
    this.ask();
  }

  /** @param {PhotoData} before */
  compare(before) {
    /** @param {PhotoData} data */
    const of = ({ sheet, example }) => JSON.stringify([sheet, example]);
    if (of(before) !== of(this.data)) this.ask();
  }

  report() {
    return this.view;
  }

  ask() {
    this.live.ask({ body: () => this.question() });
    this.askLarge();
    this.number.ask(this.view.number);
    this.paintChoices();
  }

  askLarge() {
    const { turn, flatten, unrule, join, threshold, stage } = this.view;
    const body = { sheet: this.data.sheet, ...this.data.example, turn, flatten, unrule, join,
      threshold, stage };
    const key = JSON.stringify(body);
    if (key !== this.shown) this.large.ask({ body: () => body, key });
  }

  /** @param {Partial<PhotoData["view"]>} change */
  choose(change) {
    this.view = { ...this.view, ...change };
    this.ask();
    this.notify();
  }

  /** @param {string} text "" for none */
  open(text) {
    this.view = { ...this.view, number: text };
    this.number.ask(text);
    if (!text) this.number.show("");
    this.paintCross();
    this.notify();
  }

  /** @param {number} digit */
  select(digit) {
    this.view = { ...this.view, digit };
    if (this.part === "digit") this.number.ask(this.view.number);
    this.paintDigit();
    this.notify();
  }

  get selected() {
    return this.answer?.digits[this.view.digit];
  }

  // A person says what stands in the box: NONE for no digit; the same once more takes it back.
  /** @param {number} label */
  correct(label) {
    const { selected } = this;
    if (!selected) return;
    const [top, left, bottom, right] = selected.box;
    const row = Math.floor((top + bottom) / 2);
    const column = Math.floor((left + right) / 2);
    /** @param {{ row: number, column: number }} at */
    const here = (at) =>
      at.row >= top && at.row < bottom && at.column >= left && at.column < right;
    const others = this.view.corrected.filter((each) => !here(each));
    if (selected.label !== label && others.length < this.data.limits.corrections) {
      others.push({ row, column, label });
    }
    this.choose({ corrected: others });
  }

  // -- what is answered ---------------------------------------------------------------------------

  /** @param {{ answer: PhotoAnswer, bytes: Uint8Array }} body */
  take({ answer, bytes }) {
    this.answer = answer;
    this.ink = bytes.subarray(0, SIDE * SIDE * answer.digits.length);
    for (const url of this.urls) URL.revokeObjectURL(url);
    this.urls = answer.strip.map(({ at, size }) =>
      URL.createObjectURL(new Blob([bytes.slice(at, at + size)], { type: "image/jpeg" })));
    this.stages.forEach(({ image }, i) => { image.src = this.urls[i]; });
    if (this.view.digit >= answer.digits.length) this.view = { ...this.view, digit: 0 };
    this.trouble(null);
    this.repaint();
    this.painted();
  }

  /** @param {string} url @param {string} key */
  async showLarge(url, key) {
    const before = this.image.src;
    this.image.src = url;
    await this.image.decode().catch(() => {});
    this.shown = key;
    this.root.dataset.stage = JSON.parse(key).stage;
    if (before) URL.revokeObjectURL(before);
    this.paintDigit();
  }

  /** @param {Trouble | null} trouble */
  trouble(trouble) {
    const { words } = this;
    say(this.message, trouble?.unreachable ? words.unreachable : trouble?.message ?? "");
    this.stale(Boolean(trouble?.message));
  }

  close() {
    for (const url of this.urls) URL.revokeObjectURL(url);
    super.close();
  }

  // -- painting -----------------------------------------------------------------------------------

  repaint() {
    const { answer, words } = this;
    if (!answer) return;
    const { count, lines, found } = answer;
    const refused = answer.digits.filter(({ isDigit }) => !isDigit).length;
    const about = fill(words.found[found], { count, lines, refused, most: this.data.limits
      .corrections });
    say(this.note, answer.turned ? `${about} ${words.turned}` : about);
    this.root.dataset.found = found;
    this.paintChoices();
    this.paintBoxes(answer);
    this.paintDigit();
    this.paintScore(answer);
    this.paintCross();
  }

  paintChoices() {
    const { view, answer } = this;
    for (const { stage, name, box, choose } of this.stages) {
      choose.setAttribute("aria-pressed", String(stage === view.stage));
      if (box && name) box.checked = entry(view, name);
    }
    const limit = view.threshold || answer?.threshold.value;
    if (limit) this.knob.value = limit;
    say(this.limit, limit ? number(limit) : "");
    this.automatic.disabled = !view.threshold;
    this.stand();
  }

  /** @param {PhotoAnswer} answer */
  paintBoxes({ digits, width, height }) {
    while (this.boxes.children.length > digits.length) this.boxes.lastChild?.remove();
    while (this.boxes.children.length < digits.length) {
      const index = this.boxes.children.length;
      this.boxes.append(button(el("span", { class: "tag" }), () => this.select(index),
        { class: "box", "data-fp": `box-${index}` }));
    }
    /** @param {number} part @param {number} whole */
    const share = (part, whole) => `${(100 * part) / whole}%`;
    digits.forEach((digit, i) => {
      const box = /** @type {HTMLButtonElement} */ (this.boxes.children[i]);
      const [top, left, bottom, right] = digit.box;
      Object.assign(box.style, { top: share(top, height), left: share(left, width),
        height: share(bottom - top, height), width: share(right - left, width) });
      const label = digit.label ?? (digit.isDigit ? digit.digit : NONE);
      say(/** @type {Element} */ (box.firstChild), label === NONE ? "?" : String(label));
      box.classList.toggle("refused", label === NONE);
      box.classList.toggle("corrected", digit.label !== null);
      box.setAttribute("aria-label", this.boxSays(digit, i));
    });
  }

  /** @param {Digit} digit @param {number} index */
  boxSays({ line, digit, isDigit, probability, label }, index) {
    const { words } = this;
    const first = this.answer?.digits.findIndex((each) => each.line === line) ?? 0;
    const place = { line: line + 1, place: index - first + 1, digit, share: percent(probability) };
    const box = fill(isDigit ? words.boxIs : words.boxRefused, place);
    if (label === null) return box;
    return fill(words.boxCorrected, { box, label: label === NONE ? words.noDigit : label });
  }

  paintDigit() {
    const { selected, words, view, answer } = this;
    [...this.boxes.children].forEach((box, i) => {
      box.setAttribute("aria-pressed", String(i === view.digit));
      box.setAttribute("tabindex", i === view.digit ? "0" : "-1");
    });
    press(this.really, selected ? selected.label : null);
    for (const each of this.really.querySelectorAll("button")) each.disabled = !selected;
    this.said.disabled = !selected;
    this.said.dataset.value = String(selected?.probability ?? "");
    say(this.said, selected ? fill(selected.isDigit ? words.answer : words.refused,
      { digit: selected.digit, share: percent(selected.probability) }) : words.nothingHere);
    this.pair.classList.toggle("none", !selected);
    if (!selected || !this.ink || !answer) return;
    const from = view.digit * SIDE * SIDE;
    const ink = this.ink.subarray(from, from + SIDE * SIDE);
    this.seen.paint({ signed: false, values: Array.from({ length: SIDE }, (_, row) =>
      Float32Array.from(ink.subarray(row * SIDE, (row + 1) * SIDE), (byte) => byte / 255)) },
    this.palette);
    this.paintCrop(selected.box, answer);
  }

  /** @param {number[]} box @param {PhotoAnswer} answer */
  paintCrop([top, left, bottom, right], { width, height }) {
    if (!this.image.naturalWidth) return;
    const side = 1.2 * Math.max(bottom - top, right - left);
    const scale = this.image.naturalWidth / width;
    const x = Math.max(0, Math.min(width - side, (left + right - side) / 2));
    const y = Math.max(0, Math.min(height - side, (top + bottom - side) / 2));
    contextOf(this.crop).drawImage(this.image, x * scale, y * scale, side * scale, side * scale,
      0, 0, 160, 160);
  }

  /** @param {PhotoAnswer} answer */
  paintScore({ score }) {
    const { words, view } = this;
    const { right = 0, of = 0, share = 0, interval: [low, high] = [0, 1] } = score ?? {};
    const said = score && view.corrected.length > 0;
    say(this.score, said ? fill(words.score, { right, of, share: percent(share),
      low: percent(low), high: percent(high) }) : words.unsaid);
    this.score.dataset.value = said ? String(share) : "";
    say(this.corrections, fill(words.corrections, { count: view.corrected.length }));
    this.forget.disabled = !view.corrected.length;
  }

  paintCross() {
    const [part, , row, column] = this.view.number.split(".");
    const { answer } = this;
    const there = part === "sheet" && column !== undefined && answer
      && !this.view.number.startsWith("sheet.threshold");
    this.cross.hidden = !there;
    if (!there) return;
    this.at = [Number(row), Number(column)];
    Object.assign(this.cross.style, { top: `${(100 * (this.at[0] + 0.5)) / answer.height}%`,
      left: `${(100 * (this.at[1] + 0.5)) / answer.width}%` });
    this.stand();
  }

  // -- pixels and keys ----------------------------------------------------------------------------

  stand() {
    const { words, at: [row, column], view } = this;
    this.pixels.setAttribute("aria-label",
      fill(words.sheetLabel, { stage: entry(words.stages, view.stage) }));
    stands(this.pixels, fill(words.pixelAt, { row, column }));
  }

  openPixel() {
    this.open(`sheet.${entry(ARRAYS, this.view.stage)}.${this.at.join(".")}`);
  }

  /** @param {MouseEvent} event */
  pick(event) {
    if (!this.answer) return;
    const { width, height } = this.answer;
    const [x, y] = pointed(event, this.page);
    /** @param {number} part @param {number} whole @param {number} count */
    const place = (part, whole, count) =>
      Math.max(0, Math.min(count - 1, Math.floor((part / whole) * count)));
    this.at = [place(y, this.page.clientHeight, height), place(x, this.page.clientWidth, width)];
    this.openPixel();
  }

  /** @param {KeyboardEvent} event */
  walkOn(event) {
    const step = arrow(event);
    if (!this.answer || (!step && event.key !== "Enter")) return;
    event.preventDefault();
    event.stopPropagation();
    const { width, height } = this.answer;
    const far = event.shiftKey ? FAR : 1;
    const [down, across] = step ?? [0, 0];
    this.at = [Math.max(0, Math.min(height - 1, this.at[0] + far * down)),
      Math.max(0, Math.min(width - 1, this.at[1] + far * across))];
    this.openPixel();
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const step = arrow(event);
    const label = /^[0-9]$/.test(event.key) ? Number(event.key)
      : ["x", "Delete", "Backspace"].includes(event.key) ? NONE : null;
    if (event.ctrlKey || event.metaKey || (!step && label === null)) return;
    event.preventDefault();
    event.stopPropagation();
    if (label !== null) return this.correct(label);
    if (step) this.select(this.beside(step));
    /** @type {HTMLElement | undefined} */ (this.boxes.children[this.view.digit])?.focus();
  }

  // The digit beside the selected one, or the nearest of the line above or below.
  /** @param {number[]} step */
  beside([down, across]) {
    const { answer, selected, view } = this;
    if (!answer || !selected) return 0;
    const next = view.digit + across;
    if (across) return Math.max(0, Math.min(answer.digits.length - 1, next));
    /** @param {Digit} digit */
    const away = ({ box }) => Math.abs(box[1] + box[3] - selected.box[1] - selected.box[3]);
    const line = answer.digits.filter((each) => each.line === selected.line + down);
    if (!line.length) return view.digit;
    const nearest = line.reduce((best, each) => (away(each) < away(best) ? each : best));
    return answer.digits.indexOf(nearest);
  }

  // What is read or corrected goes to the page on which a network learns a hand.
  teach() {
    const { answer, ink, words } = this;
    if (!answer || !ink) return;
    const most = this.data.limits.taught;
    const digits = answer.digits.flatMap(({ label, digit, isDigit }, i) => {
      const known = label ?? (isDigit ? digit : NONE);
      const bytes = ink.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE);
      return known === NONE ? [] : [{ label: known, image: textOf(bytes) }];
    });
    const count = take(digits, most);
    say(this.ready, fill(count < digits.length ? words.taughtFull : words.taught, { count, most }));
    this.way.hidden = !count;
  }
}

// The place for files on this page takes a picture from the camera, this once.
function camera() {
  /** @type {HTMLInputElement | null} */
  const input = document.querySelector(UPLOAD);
  if (!input) return;
  input.setAttribute("capture", "environment");
  input.click();
  input.removeAttribute("capture");
}

/** @param {AnswerBody} answer */
async function read(answer) {
  const buffer = await answer.arrayBuffer();
  const { head: found, start } = headOf(buffer);
  return { answer: found, bytes: new Uint8Array(buffer, start) };
}

/** @param {AnswerBody} answer */
const pictureOf = async (answer) =>
  URL.createObjectURL(new Blob([await answer.arrayBuffer()], { type: "image/jpeg" }));
