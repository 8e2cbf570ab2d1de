// The first picture of "LeNet, AlexNet, VGG": two networks as published, side by side on one scale,
// the selected layer with its formulas and what it sees, its table, and what each year brought.
// Tables come from a route, once each.

import { Blocks, measure } from "./blocks.js";
import { FieldPicture } from "./field.js";
import { LayerTable, megabytes } from "./table.js";
import { button, el, entry, fill, say, styles, targetOf } from "../kit/dom.js";
import { mounted, View } from "../kit/view.js";
import { request } from "../kit/request.js";

const SIDES = ["left", "right"];
const NARROWEST = 540; // px, beyond which the blocks are scrolled
const AGAIN = 2000; // ms until a table that did not come is asked for again

const style = await styles("kit/base.css", "lenet_alexnet_vgg/view.css");
const tables = new Map(); // published networks do not change

export const { mount, unmount } = mounted(() => ArchitecturesView);

/** @extends {View<ArchData>} */
class ArchitecturesView extends View {
  delay = 60;
  hideable = ["choice", "table", "timeline"];
  closed = false;

  /** @param {HTMLElement} host @param {ArchData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "arch", look: "arch", style });
    this.view = { ...data.view };
    this.sheets = {};
    const { words } = this;
    this.selects = Object.fromEntries(SIDES.map((side) => [side, el("select", {
      "data-fp": side, "aria-label": entry(words, side),
      onchange: (event) => this.choose(side, targetOf(event).value),
    }, ...Object.entries(words.names)
      .map(([name, label]) => el("option", { value: name }, label)))]));
    this.scales = words.scales.map(([name, label, help]) =>
      button(label, () => this.set({ scale: name }), { "data-fp": `scale-${name}`, title: help }));
    this.blocks = Object.fromEntries(SIDES.map((side) =>
      [side, new Blocks(side, words, { onPick: (layer) => this.set({ side, layer }) })]));
    this.message = el("p", { class: "note", role: "status", "data-fp": "message" });
    this.pictures = el("div", { class: "pictures" },
      ...SIDES.map((side) => this.blocks[side].element),
      el("p", { class: "legend" }, el("i", { class: "key parameters" }), words.columns.parameters,
        el("i", { class: "key multiply_adds" }), words.columns.multiply_adds,
        el("span", { class: "note" }, words.legend)));
    this.field = this.own(new FieldPicture(words));
    this.layer = el("b", { "data-fp": "layer" });
    this.about = el("span", {});
    this.lines = Object.fromEntries(["outputs", "parameters", "multiply_adds", "memory",
      "field"].map((name) =>
      [name, el("dd", { "data-fp": `formula-${name}` })]));
    this.formulas = el("figure", { class: "formulas", "data-block": "formulas" },
      el("figcaption", {}, this.layer, this.about),
      el("dl", {}, ...Object.entries(this.lines)
        .flatMap(([name, line]) => [el("dt", {}, words.formulas[name]), line])));
    this.table = new LayerTable(words, { onPick: (layer) => this.set({ layer }) });
    this.root.append(el("div", { class: "choice" }, this.selects.left,
      el("span", { class: "note" }, words.beside), this.selects.right,
        el("span", { class: "scales", role: "group", "aria-label": words.scale },
          el("span", { class: "note" }, words.scale), ...this.scales)),
      this.message,
      el("div", { class: "whole" }, this.pictures,
        el("div", { class: "side" }, this.field.element, this.formulas)),
      this.table.element, this.timeline());
    this.observer = new ResizeObserver(() => this.repaint());
    this.observer.observe(this.pictures);
    this.begin(".pictures");
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
    this.mark();
    for (const side of SIDES) this.load(entry(this.view, side));
    this.repaint();
  }

  timeline() {
    const { words } = this;
    /**
     * @param {{ year: any, title: string, text: string, source: any, address: any,
     *   idea: any }} options
     */
    const event = ({ year, title, text, source, address, idea }) => el("li", {},
      el("b", { class: "year" }, year), el("h3", {}, title), el("p", {}, text),
      el("p", { class: "note" },
        address ? el("a", { href: address, target: "_blank", rel: "noreferrer" }, source) : source),
      idea && button(words.tryIt,
        () => document.dispatchEvent(new CustomEvent("forward-pass:idea", { detail: idea })),
        { class: "quiet", "data-fp": `try-${idea}` }));
    return el("section", { class: "timeline", "data-block": "timeline" },
      el("h3", { class: "head" }, words.timelineTitle), el("ol", {}, ...words.timeline.map(event)));
  }

  /** @param {string} side @param {string} name */
  choose(side, name) {
    this.set({ [side]: name, side, layer: 0 });
    this.load(name);
  }

  /** @param {any} change */
  set(change) {
    Object.assign(this.view, change);
    this.mark();
    this.repaint();
    this.tell();
  }

  report() {
    return this.view;
  }

  mark() {
    for (const side of SIDES) this.selects[side].value = entry(this.view, side);
    for (const one of this.scales) {
      one.setAttribute("aria-pressed", String(one.dataset.fp === `scale-${this.view.scale}`));
    }
  }

  // -- tables -------------------------------------------------------------------------------------

  /** @param {string} name */
  async load(name) {
    if (tables.has(name) || this.closed) return;
    try {
      const answer = await request(`${this.data.base}/architecture/${name}`);
      if (answer.ok) {
        tables.set(name, await answer.json());
        say(this.message, "");
        return this.repaint();
      }
      say(this.message, await answer.text());
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch says "no network" with a TypeError
      say(this.message, this.words.unreachable);
    }
    setTimeout(() => this.load(name), AGAIN);
  }

  repaint() {
    if (!this.view || !this.palette) return;
    const { view, words } = this;
    const width =
      Math.round(this.pictures.clientWidth && Math.max(this.pictures.clientWidth, NARROWEST));
    const sheets = SIDES.map((side) => tables.get(entry(view, side)));
    if (!width || sheets.some((sheet) => !sheet)) return;
    const scale = measure(sheets, view.scale, width);
    SIDES.forEach((side, i) => {
      const sheet = sheets[i];
      this.blocks[side].paint(sheet, scale, width,
        view.side === side ? Math.min(view.layer, sheet.rows.length - 1) : null, {
        year: sheet.year, parameters: sheet.parameters.toLocaleString("en-US"),
        products: sheet.multiply_adds.toLocaleString("en-US"),
        memory: megabytes(4 * sheet.parameters),
      });
    });
    const sheet = sheets[SIDES.indexOf(view.side)];
    const chosen = Math.min(view.layer, sheet.rows.length - 1);
    const row = sheet.rows[chosen];
    this.table.paint(sheet, chosen);
    this.field.paint({ row, inputs: sheet.inputs, drawing: this.data.drawing }, this.palette);
    say(this.layer, row.name);
    say(this.about, [words.kinds[row.kind],
      row.groups > 1 ? fill(words.groups, { groups: row.groups }) : null,
      ...row.aside].filter(Boolean).join(", "));
    for (const [name, line] of Object.entries(this.lines)) {
      say(line, row.formulas[name] || words.all);
    }
    this.root.dataset.painted = String(Number(this.root.dataset.painted ?? 0) + 1);
  }

}
