// @ts-nocheck
// The picture of "Inside the cell": a network unrolled along a sentence, every gate of it as a heat
// map under the words, the arithmetic of one number, and the three cells as wiring diagrams. All of
// it is one saved state of one run.

import { button, el, entry, fill, say, styles } from "../kit/dom.js";
import { Diagram } from "./diagram.js";
import { Equation } from "./equation.js";
import { Heat, largestOf, transposed } from "../kit/heat.js";
import { Live } from "../kit/live.js";
import { SineChoice } from "./choice.js";
import { mounted, View } from "../kit/view.js";
import { Training } from "./training.js";
import { Unrolled } from "./unrolled.js";
import { Verdict } from "./verdict.js";
import { Wave } from "./wave.js";

const SIGMOID = new Set(["input", "forget", "output", "reset", "update"]);
const style = await styles("kit/base.css", "kit/run/panel.css", "inside_the_cell/view.css");

export const { mount, unmount } = mounted(() => CellView);

/** @extends {View<CellData>} */
class CellView extends View {
  /** @type {number | null} */
  at = null;
  /** @type {Run} */
  run;
  /** @type {number} */
  lastStep;
  moved = false;
  /** @type {string} */
  state;
  /** @type {() => void} */
  work;
  /** @type {any} */
  reading;
  /** @type {any} */
  found;
  /** @type {any} */
  numbers;
  /** @type {number | null} */
  hovered = null;

  /** @param {HTMLElement} host @param {CellData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "cell", classes: "inside", style });
    this.heats = [];
    this.toldRun = data.view.run ?? "";
    /** @param {Trouble | null} trouble */
    const onTrouble = (trouble) => this.trouble(trouble?.message);
    /** @param {Trouble | null} trouble */
    const unknown = (trouble) => (trouble?.message && this.name && !this.reading
      ? this.set({ name: "" }) : this.trouble(trouble?.message));
    this.reader =
      this.own(new Live({ onTrouble: unknown, onAnswer: (answer) => this.read(answer) }));
    /** @param {Trouble | null} trouble */
    const missing = (trouble) =>
      (trouble?.message && this.place.layer
        ? this.go({ layer: 0 }) : this.trouble(trouble?.message));
    this.gater =
      this.own(new Live({ onTrouble: missing, onAnswer: (answer) => this.gate(answer) }));
    this.number = this.own(new Live({ onTrouble, onAnswer: (answer) => this.worked(answer) }));
    const { words } = this;
    this.training = this.own(new Training(words, {
      base: data.base, language: data.language, config: () => this.data.config,
      picture: () => this.root.querySelector(".study"),
      onRun: (run) => this.onRun(run), onInspect: (step) => this.scrub(step),
    }));
    this.sines = this.own(new SineChoice(words, data.base, { onChoice: () => this.set({}) }));
    this.verdict = new Verdict(words, { onCell: (cell) => this.set({ cell }) });
    this.unrolled = this.own(new Unrolled(words, {
      onTime: (time) => this.go({ time }), onName: (name) => this.set({ name }),
      onCell: (cell) => this.set({ cell }),
    }));
    this.wave = new Wave(words, { onTime: (time) => this.go({ time }) });
    this.equation = new Equation(words, { onPlace: (what) => this.follow(what) });
    this.diagrams = Object.fromEntries(words.cells.map(([cell, name]) => [cell, new Diagram(cell, {
      label: name, names: words.short,
      onPick: (/** @type {any} */ gate) => { this.set({ cell, place: { ...this.place, gate } }); },
    })]));
    this.message = el("p", { class: "trouble", role: "status" });
    // behind the words, and around the maps
    this.bands = ["ground", "edge"].map((layer) => el("div", { class: `band ${layer}` }, el("i")));
    this.maps = el("div", { class: "maps" });
    this.along = el("div", { class: "along" }, this.bands[0], ...this.unrolled.elements,
      ...this.wave.elements, this.maps, this.bands[1]);
    this.layers = el("div", { class: "layers", role: "group", "aria-label": words.layer });
    this.three = el("section", { class: "three", "data-block": "three" }, el("h3", {}, words.three),
      this.unitLine = el("p", { class: "note" }),
      el("div", { class: "diagrams" }, ...words.cells.map(([cell, name]) =>
        el("figure", {}, this.heading(cell, name), this.diagrams[cell].element))));
    this.root.append(this.training.element,
      this.sines.element, this.message,
      el("div", { class: "study" },
        el("div", { class: "scroll" }, this.along),
        el("aside", { class: "side" }, this.verdict.element, this.layers, this.equation.element)),
      this.three, this.training.list.element);
    this.begin(".study");
  }

  // -- what the page says -------------------------------------------------------------------------

  compare() {
    this.training.again();
    this.refresh();
  }

  /** @param {CellData} data */
  adopt(data) {
    Object.assign(this, copy(data.view));
    this.refresh();
  }

  /** @param {string} cell @param {string} name */
  heading(cell, name) {
    return el("figcaption", {}, button(name, () => this.set({ cell }),
      { class: "cell-name", "data-fp": `choose-${cell}` }), el("span", {}, this.words.about[cell]));
  }

  // -- what the person does -----------------------------------------------------------------------

  /** @param {any} change */
  go(change) {
    this.set({ place: { ...this.place, ...change } });
  }

  // A factor of a state stands at the same step, but for what is remembered from the step before.
  /** @param {any} what */
  follow(what) {
    const [gate, past] = [what.replace("_before", ""), what.endsWith("_before")];
    if (past && this.place.time === 0) return;
    if (this.words.gates[gate]) this.go({ gate, time: this.place.time - (past ? 1 : 0) });
  }

  /** @param {any} change */
  set(change) {
    Object.assign(this, change);
    this.refresh();
    this.notify();
  }

  report() {
    const { cell, name, place } = this;
    this.toldRun = this.shown;
    const step = (this.source === "sine" ? this.sines.at : this.at) ?? -1;
    return { cell, name, place, run: this.shown, step };
  }

  /** @param {number} step */
  scrub(step) {
    this.at = step;
    this.refresh();
    this.notify();
  }

  /** @param {Run} run */
  onRun(run) {
    const fresh = run.id !== this.run?.id;
    this.run = run;
    if (fresh || run.step < this.lastStep) {
      for (const look of [this.reader, this.gater, this.number]) look.forget();
    }
    this.lastStep = run.step;
    if (fresh) this.at = null;
    const resting = !["waiting", "running"].includes(run.status);
    // what stands below follows when it rests
    if (this.shown !== this.toldRun || (resting && this.moved)) this.notify();
    this.moved = !resting;
    const state = `${run.id} ${run.saved.at(-1)}`;
    if (this.at == null && state !== this.state) this.refresh();
    this.state = state;
  }

  // -- questions and answers ----------------------------------------------------------------------

  get source() {
    return this.data.source;
  }

  // The run that the page below speaks of; the shipped example goes without saying.
  get shown() {
    const id = (this.source === "sine" ? this.sines.id : this.run?.id) ?? "";
    return id.startsWith("shipped-") ? "" : id;
  }

  refresh() {
    this.root.dataset.source = this.source;
    for (const part of ["panel", "number"]) {
      this.root.classList.toggle(`without-${part}`, this.data.hidden.includes(part));
    }
    if (this.source === "sine") this.sines.open(this.toldRun);
    else this.sines.leave();
    // nothing to see before there is a state
    const id = this.source === "sine" ? this.sines.id : this.run?.saved.length && this.run.id;
    if (!id) return;
    const address = `${this.data.base}/runs/${id}`;
    const { distance, talk } = this.data;
    const about = this.source === "sine" ? { step: this.sines.at }
      : { name: this.known(), distance, talk, step: this.at ?? this.run?.saved.at(-1) };
    if (this.source !== "sine") this.reader.inspect(address, "reading", about);
    this.gater.inspect(address, "gates", { ...about, layer: this.place.layer });
    this.work =
      () => this.number.inspect(address, "number", { ...about, cell: this.cell, ...this.legal() });
    if (this.found) this.work();
    this.mark();
  }

  // A name of another language, or of a link that is older than the run, is nobody here.
  known() {
    const names = this.reading?.names;
    return this.name && (!names || names.includes(this.name)) ? this.name : null;
  }

  // The place as this cell and this series have it: another cell has other gates, a shorter
  // sentence fewer steps.
  legal() {
    const { gate, layer, time, unit } = this.place;
    const maps = this.found?.cells[this.cell];
    if (!maps) {
      return { gate: entry(this.words.order, this.cell).includes(gate) ? gate : "h", layer, time,
        unit };
    }
    const [first] = Object.values(maps);
    return { gate: maps[gate] ? gate : "h", layer, time: Math.min(time, first.length - 1),
      unit: Math.min(unit, first[0].length - 1) };
  }

  /** @param {any} answer */
  read(answer) {
    if (this.source !== "sentence") return;
    const unknown = this.reading?.names.join() !== answer.names.join();
    this.reading = answer;
    this.repaint();
    if (unknown) this.refresh();
  }

  /** @param {any} answer */
  gate(answer) {
    if ((this.source === "sine") !== Boolean(answer.series)) return; // of what was on show before
    this.found = answer;
    if (!answer.cells[this.cell]) this.set({ cell: Object.keys(answer.cells)[0] });
    this.work();
    this.repaint();
    this.painted();
  }

  /** @param {any} answer */
  worked(answer) {
    this.numbers = answer;
    this.equation.paint(answer, this.heard(answer.time));
  }

  /** @param {number} time */
  heard(time) {
    if (this.source === "sentence") return this.reading?.words[time] ?? "";
    return this.found?.series?.[time]?.toFixed(2) ?? "";
  }

  // -- painting -----------------------------------------------------------------------------------

  repaint() {
    const { found, reading, palette } = this;
    if (!palette || !found) return;
    const maps = found.cells[this.cell];
    if (!maps) return;
    // (H, T)
    const rows =
      Object.fromEntries(Object.entries(maps).map(([gate, steps]) => [gate, transposed(steps)]));
    this.along.style.setProperty("--n", String(rows.h[0].length));
    if (this.source === "sentence" && reading?.words.length === rows.h[0].length + 1) {
      this.unrolled.paint(reading, rows.h, this.cell, palette);
      this.verdict.paint(reading, this.cell, this.run.config.distance);
    } else if (this.source === "sine" && found.series) {
      this.wave.paint(found, this.cell, palette);
    }
    this.drawMaps(rows);
    this.showLayers(found.layers ?? 1);
    this.mark();
  }

  /** @param {any} rows */
  drawMaps(rows) {
    const order =
      entry(this.words.order, this.cell).filter((/** @type {any} */ gate) => rows[gate]);
    if (this.heats.map(({ key }) => key).join() !== order.join()) {
      this.heats = order.map((/** @type {any} */ gate) => new Heat({
        key: gate, title: this.words.gates[gate], note: this.words.ranges[gate],
        says: (unit, time, value) => fill(this.words.says, { gate: this.words.gates[gate], unit,
          time: time + 1, word: this.heard(time), value: value?.toFixed(3) ?? "–" }),
        onPick: (unit, time) => this.go({ gate, unit, time }),
        onHover: (unit, time) => { this.hovered = time; this.moveBand(); },
      }));
      this.maps.replaceChildren(...this.heats.map(({ element }) => element));
    }
    for (const heat of this.heats) {
      const values = rows[heat.key];
      heat.paint({ values, signed: !SIGMOID.has(heat.key),
        largest: heat.key === "c" ? Math.max(1, largestOf(values)) : 1 }, this.palette);
    }
  }

  // What is selected is marked wherever it stands.
  mark() {
    const { gate, time, unit } = this.legal();
    for (const heat of this.heats) heat.select(...(heat.key === gate ? [unit, time] : [null]));
    this.unrolled.select(time);
    this.moveBand();
    for (const [cell, diagram] of Object.entries(this.diagrams)) {
      const maps = this.found?.cells[cell];
      diagram.element.parentElement.hidden = !!this.found && !maps;
      diagram.element.parentElement.classList.toggle("chosen-cell", cell === this.cell);
      if (!maps) continue;
      /** @param {string} name @param {number} when */
      const at = (name, when) => (maps[name] ? maps[name][when]?.[unit] ?? 0 : NaN);
      const values = Object.fromEntries(Object.keys(maps).map((name) => [name, at(name, time)]));
      diagram.paint({ ...values, h_before: at("h", time - 1), c_before: at("c", time - 1) },
        cell === this.cell ? gate : null, this.palette);
    }
    say(this.unitLine, fill(this.words.unitLine, { unit, time: time + 1, word: this.heard(time) }));
  }

  moveBand() {
    const { time } = this.legal();
    for (const band of this.bands) {
      band.firstChild.style.left = `calc(${this.hovered ?? time} * 100% / var(--n))`;
    }
  }

  /** @param {number} count */
  showLayers(count) {
    this.layers.hidden = count < 2;
    if (this.layers.children.length !== count) {
      this.layers.replaceChildren(...Array.from({ length: count }, (_, layer) =>
        button(fill(this.words.layerOf, { layer: layer + 1 }), () => this.go({ layer }),
          { "data-fp": `layer-${layer}` })));
    }
    [...this.layers.children].forEach((each, layer) =>
      each.setAttribute("aria-pressed", String(layer === this.place.layer)));
  }

  /** @param {string} sentence */
  trouble(sentence) {
    say(this.message, sentence ?? "");
  }

  theme() {
    super.theme();
    this.training.theme(this.palette);
  }

}

/** @param {CellView} options */
const copy = ({ cell, name, place }) => ({ cell, name, place: { ...place } });
