// The first picture of "LeNet, AlexNet, VGG": two networks as published, side by side on one scale,
// the selected layer with its formulas and what it sees, its table, and what each year brought.
// Tables come from a route, once each; what a network that runs here makes of the drawing, anew.

import { FieldPicture } from "./field.js";
import { megabytes } from "./figures.js";
import { measure, Stacks } from "./stacks.js";
import { LayerTable } from "./table.js";
import { choices, press } from "../kit/controls.js";
import { button, el, fill, grouped, percent, say, styles, targetOf } from "../kit/dom.js";
import { answerTo, layersOf, Live } from "../kit/live.js";
import { countName, LiveNumber } from "../kit/opened_number.js";
import { mounted, View } from "../kit/view.js";
/** @import { Seen } from "./stacks.js" */

/** @typedef {"left" | "right"} Side */

const SIDES = /** @type {const} */ (["left", "right"]);
const NARROWEST = 540; // px, beyond which the blocks are scrolled
const AGAIN = 2000; // ms until a table that did not come is asked for again

const style = await styles("kit/base.css", "kit/opened.css", "lenet_alexnet_vgg/view.css");
/** @type {Map<string, ArchAnswer>} */
const tables = new Map(); // published networks do not change

export const { mount, unmount } = mounted(() => ArchitecturesView);

/** @extends {View<ArchData>} */
class ArchitecturesView extends View {
  delay = 60;
  hideable = ["choice", "table", "timeline"];
  closed = false;
  paints = 0;
  counted = ""; // the network that the open count belongs to
  cellOf = ""; // and the open number of a map,
  running = ""; // which calls it so

  /** @param {HTMLElement} host @param {ArchData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "arch", classes: "arch", style });
    const { words } = this;
    this.view = { ...data.view };
    this.selects = { left: this.select("left"), right: this.select("right") };
    this.scales = choices("scale", words.scales.map(([name, label]) => [name, label]),
      (scale) => this.set({ scale }));
    words.scales.forEach(([, , help], i) =>
      /** @type {HTMLElement} */ (this.scales.children[i]).title = help);
    /** @param {Side} side */
    const stacks = (side) =>
      new Stacks(side, words, { onPick: (layer) => this.set({ side, layer }) });
    this.stacks = { left: stacks("left"), right: stacks("right") };
    /** @type {Record<Side, Seen | null>} */
    this.seen = { left: null, right: null };
    this.asked = { left: "", right: "" }; // the question that was asked last
    this.lives = { left: this.live("left"), right: this.live("right") };
    this.message = el("p", { class: "note", role: "status", "data-fp": "message" });
    this.pictures = el("div", { class: "pictures" },
      ...SIDES.map((side) => this.stacks[side].element),
      el("p", { class: "legend" }, el("i", { class: "key parameters" }), words.columns.parameters,
        el("i", { class: "key multiply_adds" }), words.columns.multiply_adds,
        el("span", { class: "note" }, words.legend)));
    this.field = this.own(new FieldPicture(words, { onOpen: (at) => this.openCell(at) }));
    this.layer = el("b", { "data-fp": "layer" });
    this.about = el("span", {});
    this.lines = Object.entries(words.formulas).map(([name, title]) =>
      ({ name, title, text: el("dd", { "data-fp": `formula-${name}` }) }));
    this.number = this.makeNumber();
    this.cell = this.makeCell();
    this.table = new LayerTable(words, { onPick: (layer) => this.set({ layer }),
      onNumber: (number) => this.number.ask(number) });
    this.root.append(this.choice(), this.message, this.pictures,
      el("div", { class: "side" }, this.field.element, this.formulas()), this.cell.element,
      this.table.element, this.number.element, this.timeline());
    this.observer = new ResizeObserver(() => this.repaint());
    this.observer.observe(this.pictures);
    this.begin(".pictures");
  }

  makeNumber() {
    const { words } = this;
    /** @param {string} array "l3_parameters", or of no layer "parameters" */
    const name = (array) => {
      const [, at, what] = array.match(/^(?:l(\d+)_)?(.*)$/) ?? [];
      const layer = at === undefined ? words.names[this.shown] ?? ""
        : tables.get(this.shown)?.rows[Number(at)]?.name ?? "";
      return `${layer}: ${words.counts[what]}`;
    };
    return new LiveNumber(this, `${this.data.base}/architectures/count`, {
      body: (number) => ({ net: this.shown, number }),
      key: "count-", write: (array) => array, titleOf: name, leads: () => true,
      onwardOf: (array) => fill(words.onward, { name: name(array) }),
      onOpen: (number) => this.number.ask(number),
    });
  }

  // What a network makes of the drawing.
  /** @param {Side} side */
  live(side) {
    return this.own(new Live({ url: `${this.data.base}/architectures/stacks`, read: layersOf,
      onAnswer: (/** @type {Seen} */ answer) => {
        this.seen[side] = answer;
        this.repaint();
        this.painted();
      },
      onTrouble: (trouble) =>
        say(this.message, trouble ? trouble.message ?? this.words.unreachable : "") }));
  }

  // A number that a network computes from the drawing.
  makeCell() {
    const { words } = this;
    return new LiveNumber(this, `${this.data.base}/architectures/number`, {
      body: (number) => ({ drawing: this.data.drawing, number }),
      key: "cell-", write: (array, at) => [this.running, array, ...at].join("."),
      titleOf: (array, place) => fill(words.number,
        { net: words.names[this.cellOf], layer: countName(words.counts, array), place }),
      onwardOf: (array, place) =>
        fill(words.onward, { name: `${countName(words.counts, array)} ${place}`.trim() }),
      onOpen: (text) => this.cell.ask(text),
    });
  }

  // The number of the selected layer that was chosen on the drawing, of the map in front.
  /** @param {number[]} at */
  openCell(at) {
    const seen = this.seen[/** @type {Side} */ (this.view.side)];
    if (seen?.net !== this.shown) return;
    this.openOf(seen, [seen.arrays[this.view.layer], ...at].join("."));
  }

  /** @param {Seen} seen @param {string} number */
  openOf({ net, running }, number) {
    this.cellOf = net;
    this.running = running;
    this.cell.ask(`${running}.${number}`);
    this.cell.element.scrollIntoView({ block: "nearest" });
  }

  // Each side asks when its network or the drawing is another.
  follow() {
    const { drawing } = this.data;
    for (const side of SIDES) {
      const net = this.view[side];
      const question = tables.get(net)?.runs ? JSON.stringify([net, drawing]) : "";
      if (question && question !== this.asked[side]) {
        this.lives[side].ask(
          { body: () => ({ net: this.view[side], drawing: this.data.drawing }) });
      }
      this.asked[side] = question;
    }
  }

  // The network whose table is on show.
  get shown() {
    return this.view[/** @type {"left" | "right"} */ (this.view.side)];
  }

  /** @param {"left" | "right"} side */
  select(side) {
    const options = Object.entries(this.words.names)
      .map(([name, label]) => el("option", { value: name }, label));
    return el("select", { "data-fp": side, "aria-label": this.words[side],
      onchange: (event) => {
        const { value } = /** @type {HTMLSelectElement} */ (targetOf(event));
        this.set({ [side]: value, side, layer: 0 });
        this.load(value);
      } }, ...options);
  }

  choice() {
    const { words, selects } = this;
    return el("div", { class: "choice", "data-fold": true }, selects.left,
      el("span", { class: "note" }, words.beside), selects.right,
      el("span", { class: "scales", role: "group", "aria-label": words.scale },
        el("span", { class: "note" }, words.scale), this.scales));
  }

  formulas() {
    return el("figure", { class: "formulas", "data-block": "formulas" },
      el("figcaption", {}, this.layer, this.about),
      el("dl", {}, ...this.lines.flatMap(({ title, text }) => [el("dt", {}, title), text])));
  }

  timeline() {
    const { words } = this;
    const events = words.timeline.map(({ year, title, text, source, address, idea }) => el("li", {},
      el("b", { class: "year" }, year), el("h2", {}, title), el("p", {}, text),
      el("p", { class: "note" },
        address ? el("a", { href: address, target: "_blank", rel: "noreferrer" }, source) : source),
      idea ? button(words.tryIt,
        () => document.dispatchEvent(new CustomEvent("forward-pass:idea", { detail: idea })),
        { class: "quiet", "data-fp": `try-${idea}` }) : null));
    return el("section", { class: "timeline", "data-block": "timeline" },
      el("h2", { class: "head" }, words.timelineTitle), el("ol", {}, ...events));
  }

  close() {
    this.closed = true;
    this.observer.disconnect();
    super.close();
  }

  /** @param {ArchData} before */
  compare(before) {
    if (JSON.stringify(before.drawing) !== JSON.stringify(this.data.drawing)) this.cell.ask();
    this.repaint();
  }

  /** @param {ArchData} data */
  adopt(data) {
    this.view = { ...data.view };
    super.adopt(data);
    for (const side of SIDES) this.load(this.view[side]);
    this.repaint();
  }

  /** @param {Partial<ArchView>} change */
  set(change) {
    Object.assign(this.view, change);
    this.repaint();
    this.notify();
  }

  report() {
    return this.view;
  }

  /** @param {string} name */
  async load(name) {
    if (tables.has(name) || this.closed) return;
    const answer = await answerTo(`${this.data.base}/architecture/${name}`, undefined, (trouble) =>
      say(this.message, trouble ? trouble.message ?? this.words.unreachable : ""));
    if (!answer) return void setTimeout(() => this.load(name), AGAIN);
    tables.set(name, answer);
    this.repaint();
  }

  repaint() {
    if (!this.view) return;
    const { view } = this;
    for (const side of SIDES) this.selects[side].value = view[side];
    press(this.scales, view.scale);
    const width =
      Math.round(this.pictures.clientWidth && Math.max(this.pictures.clientWidth, NARROWEST));
    const [left, right] = SIDES.map((side) => tables.get(view[side]));
    if (!width || !left || !right) return;
    this.follow();
    const scale = measure([left, right], /** @type {"log" | "true"} */ (view.scale));
    const sheet = view.side === "left" ? left : right;
    const chosen = Math.min(view.layer, sheet.rows.length - 1);
    for (const [side, shown] of /** @type {const} */ ([["left", left], ["right", right]])) {
      const seen = this.seen[side]?.net === shown.name ? this.seen[side] : null;
      this.stacks[side].paint(shown, scale, width, {
        chosen: view.side === side ? chosen : null, seen, palette: this.palette,
        sums: { year: shown.year, parameters: grouped(shown.parameters),
          products: grouped(shown.multiply_adds), memory: megabytes(4 * shown.parameters) },
      });
      this.paintAnswer(this.stacks[side].said, shown, seen);
    }
    this.table.paint(sheet, chosen);
    this.number.paint(this.palette);
    this.cell.paint(this.palette);
    if (this.counted !== this.shown) this.number.ask(""); // of another network
    this.counted = this.shown;
    if (!SIDES.some((side) => view[side] === this.cellOf)) this.cell.ask("");
    this.paintLayer(sheet.rows[chosen], sheet.inputs[1]);
    this.root.dataset.painted = String(++this.paints);
  }

  // What a network that runs here says, which opens; of the others, that their sheets are blank.
  /** @param {HTMLElement} said @param {ArchAnswer} sheet @param {Seen | null} seen */
  paintAnswer(said, { runs }, seen) {
    const { words } = this;
    if (!seen || seen.blank) return said.replaceChildren(runs ? "" : words.blank);
    const digit = seen.probabilities.indexOf(Math.max(...seen.probabilities));
    said.replaceChildren(el("b", { class: "digit" }, String(digit)), " ",
      button(percent(seen.probabilities[digit]),
        () => this.openOf(seen, `probabilities.${digit}`), { class: "opens" }));
  }

  /** @param {ArchAnswerRow} row @param {number} side */
  paintLayer(row, side) {
    const { words } = this;
    const seen = this.seen[/** @type {Side} */ (this.view.side)];
    const front = seen?.net === this.shown ? seen.fronts[this.view.layer] ?? null : null;
    this.field.paint(row, side, this.data.drawing, this.palette, front);
    say(this.layer, row.name);
    const groups = row.groups > 1 ? [fill(words.groups, { groups: row.groups })] : [];
    say(this.about, [words.kinds[row.kind], ...groups, ...row.aside].join(", "));
    for (const { name, text } of this.lines) say(text, row.formulas[name] || words.all);
  }
}
