// The first picture of "LeNet, AlexNet, VGG": two networks as published, side by side on one scale,
// the selected layer with its formulas and what it sees, its table, and what each year brought.
// Tables come from a route, once each.

import { Blocks, measure } from "./blocks.js";
import { FieldPicture } from "./field.js";
import { grouped, megabytes } from "./figures.js";
import { LayerTable } from "./table.js";
import { choices, press } from "../kit/controls.js";
import { button, el, fill, say, styles, targetOf } from "../kit/dom.js";
import { answerTo } from "../kit/live.js";
import { LiveNumber } from "../kit/opened_number.js";
import { mounted, View } from "../kit/view.js";

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
    const blocks = (/** @type {"left" | "right"} */ side) =>
      new Blocks(side, words, { onPick: (layer) => this.set({ side, layer }) });
    this.blocks = { left: blocks("left"), right: blocks("right") };
    this.message = el("p", { class: "note", role: "status", "data-fp": "message" });
    this.pictures = el("div", { class: "pictures" },
      ...SIDES.map((side) => this.blocks[side].element),
      el("p", { class: "legend" }, el("i", { class: "key parameters" }), words.columns.parameters,
        el("i", { class: "key multiply_adds" }), words.columns.multiply_adds,
        el("span", { class: "note" }, words.legend)));
    this.field = this.own(new FieldPicture(words));
    this.layer = el("b", { "data-fp": "layer" });
    this.about = el("span", {});
    this.lines = Object.entries(words.formulas).map(([name, title]) =>
      ({ name, title, text: el("dd", { "data-fp": `formula-${name}` }) }));
    this.number = this.makeNumber();
    this.table = new LayerTable(words, { onPick: (layer) => this.set({ layer }),
      onNumber: (number) => this.number.ask(number) });
    this.root.append(this.choice(), this.message,
      el("div", { class: "whole" }, this.pictures,
        el("div", { class: "side" }, this.field.element, this.formulas())),
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
    return el("div", { class: "choice" }, selects.left,
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

  compare() {
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
    const scale = measure([left, right], view.scale, width);
    const sheet = view.side === "left" ? left : right;
    const chosen = Math.min(view.layer, sheet.rows.length - 1);
    for (const [side, shown] of /** @type {const} */ ([["left", left], ["right", right]])) {
      this.blocks[side].paint(shown, scale, width, view.side === side ? chosen : null, {
        year: shown.year, parameters: grouped(shown.parameters),
        products: grouped(shown.multiply_adds), memory: megabytes(4 * shown.parameters),
      });
    }
    this.table.paint(sheet, chosen);
    this.number.paint(this.palette);
    if (this.counted !== this.shown) this.number.ask(""); // of another network
    this.counted = this.shown;
    this.paintLayer(sheet.rows[chosen], sheet.inputs[1]);
    this.root.dataset.painted = String(++this.paints);
  }

  /** @param {ArchAnswerRow} row @param {number} side */
  paintLayer(row, side) {
    const { words } = this;
    this.field.paint(row, side, this.data.drawing, this.palette);
    say(this.layer, row.name);
    const groups = row.groups > 1 ? [fill(words.groups, { groups: row.groups })] : [];
    say(this.about, [words.kinds[row.kind], ...groups, ...row.aside].join(", "));
    for (const { name, text } of this.lines) say(text, row.formulas[name] || words.all);
  }
}
