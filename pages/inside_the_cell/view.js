// The picture of "Inside the cell": a network unrolled along a sentence, one cell of it with gates
// that open and shut, every gate as a heat map under the words, and the arithmetic of one number.
// All of it is one saved state of one run.

import { button, el, entry, fill, say, styles } from "../kit/dom.js";
import { Diagram } from "./diagram.js";
import { Equation } from "./equation.js";
import { Heat, largestOf, transposed } from "../kit/heat.js";
import { Live } from "../kit/live.js";
import { SineChoice } from "./choice.js";
import { written } from "../kit/trace_number.js";
import { mounted, View } from "../kit/view.js";
import { Reader } from "./reader.js";
import { Spoken } from "./spoken.js";
import { Training } from "./training.js";
import { Unrolled } from "./unrolled.js";
import { Verdict } from "./verdict.js";
import { Wave } from "./wave.js";
/** @import { Worked } from "./equation.js" */
/** @import { Answer, Place } from "../kit/trace_number.js" */

const SIGMOID = new Set(["input", "forget", "output", "reset", "update"]);
const style = await styles("kit/base.css", "kit/run/panel.css", "kit/heat.css", "kit/opened.css",
  "kit/trace_number.css", "inside_the_cell/view.css");

export const { mount, unmount } = mounted(() => InsideView);

/** @extends {View<CellData>} */
class InsideView extends View {
  hideable = ["panel", "number"];
  cell = "";
  name = "";
  place = { ...this.data.view.place };
  /** @type {Place | null} the number behind what the network says that is open */
  opened = null;
  /** @type {number | null} a saved state of the past that is looked at */
  at = null;
  /** @type {Run | undefined} */
  run;
  lastStep = 0;
  moved = false;
  state = "";
  /** @type {CellReading | undefined} */
  reading;
  /** @type {CellGates | undefined} */
  gates;
  /** @type {number | null} */
  hovered = null;
  /** @type {Heat[]} */
  heats = [];

  /** @param {HTMLElement} host @param {CellData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "cell", classes: "inside", style });
    this.notifiedRun = data.view.run;
    const { words } = this;
    this.message = el("p", { class: "trouble", role: "status" });
    this.reader = this.asks((/** @type {CellReading} */ answer) => this.read(answer),
      () => this.name && !this.reading && this.set({ name: "" }));
    this.gater = this.asks((/** @type {CellGates} */ answer) => this.gated(answer),
      () => this.place.layer && this.go({ layer: 0 }));
    this.number = this.asks((/** @type {Worked} */ answer) => this.worked(answer));
    this.speaker = this.asks((/** @type {Answer} */ answer) => this.speak(answer),
      () => this.open(null));
    this.spoken = new Spoken(words.spoken, (place) => this.open(place));
    this.training = this.own(new Training(words, {
      base: data.base, language: data.language, config: () => this.data.config,
      picture: () => this.study, onRun: (run) => this.onRun(run), onInspect: (at) => this.scrub(at),
    }));
    this.sines = this.own(new SineChoice(words, data.base, { onChoice: () => this.set({}) }));
    this.verdict = new Verdict(words, { onCell: (cell) => this.set({ cell }),
      onNumber: (cell, word) => {
        this.cell = cell;
        const { reading } = this;
        if (reading) this.openAnew("probabilities", this.nextAt(reading.words.length - 2, word));
      } });
    this.unrolled = this.own(new Unrolled(words, {
      onTime: (time) => this.go({ time }), onName: (name) => this.set({ name }),
      onCell: (cell) => this.set({ cell }),
      onGuess: (time) => {
        const guess = this.reading?.cells[this.cell].guesses[time][0];
        if (guess) this.openAnew("probabilities", this.nextAt(time, guess));
      },
      onInfluence: (cell, time) => {
        this.cell = cell;
        this.place = { ...this.place, time };
        this.openAnew("influence", [time]);
      },
    }));
    this.wave = new Wave(words, { onTime: (time) => this.go({ time }) });
    this.equation = new Equation(words, { onPlace: (what) => this.follow(what) });
    this.diagrams = words.cells.map(([cell, label]) => this.diagram(cell, label));
    // behind the words, and around the maps
    this.marks = [el("i"), el("i")];
    const [ground, edge] = this.marks.map((mark, i) =>
      el("div", { class: `band ${["ground", "edge"][i]}` }, mark));
    this.maps = el("div", { class: "maps" });
    this.title = el("h2");
    this.unitLine = el("p", { class: "note" });
    this.player = this.own(new Reader(words, { count: () => this.steps, at: () => this.legal().time,
      onTime: (time) => this.look(time), onRest: () => this.notify() }));
    this.large = el("div", { class: "large" });
    this.others = el("div", { class: "others" });
    this.along = el("div", { class: "along" }, ground, ...this.unrolled.now, ...this.wave.elements,
      el("section", { class: "cell-now", "data-block": "three" },
        el("div", { class: "cell-head" }, this.title, this.player.element), this.unitLine,
        this.large),
      ...this.unrolled.past, this.maps, edge);
    this.layers = el("div", { class: "layers", role: "group", "aria-label": words.layer });
    this.study = el("div", { class: "study" }, el("div", { class: "scroll" }, this.along),
      el("aside", { class: "side" }, this.verdict.element, this.layers, this.equation.element));
    this.spoken.element.dataset.block = "spoken";
    this.root.append(this.sines.element, this.message, this.study, this.spoken.element,
      el("section", { class: "three" }, el("h2", {}, words.three), this.others),
      this.training.element, this.training.score.element, this.training.list.element);
    this.begin(".study");
  }

  // Questions about the run; mend(): asks otherwise where this one was refused, if it can.
  /** @template Answer @param {(answer: Answer) => void} onAnswer @param {() => unknown} mend */
  asks(onAnswer, mend = () => false) {
    return this.own(new Live({ onAnswer, onTrouble: (trouble) => {
      if (!trouble?.message || !mend()) say(this.message, trouble?.message ?? "");
    } }));
  }

  /** @param {string} cell @param {string} label */
  diagram(cell, label) {
    const diagram = new Diagram(cell, { label, names: this.words.short,
      onPick: (gate) => this.set({ cell, place: { ...this.place, gate } }),
      onEnd: (what) => {
        this.cell = cell;
        this.follow(what);
      } });
    const caption = el("figcaption", {}, button(label, () => this.set({ cell }),
      { class: "cell-name", "data-fp": `choose-${cell}` }), el("span", {}, this.words.about[cell]));
    return { cell, diagram, figure: el("figure", {}, caption, diagram.element) };
  }

  // How many steps are on show.
  get steps() {
    return this.gates?.cells[this.cell]?.h.length ?? 0;
  }

  // -- what the page says -------------------------------------------------------------------------

  compare() {
    this.training.again();
    this.refresh();
  }

  /** @param {CellData} data */
  adopt({ view: { cell, name, place, number } }) {
    Object.assign(this, { cell, name, place: { ...place }, opened: number });
    this.refresh();
  }

  showHidden() {
    super.showHidden();
    this.root.dataset.source = this.source;
  }

  // -- what the person does -----------------------------------------------------------------------

  /** @param {Partial<CellViewPlace>} change */
  go(change) {
    return this.set({ place: { ...this.place, ...change } });
  }

  // While the sentence is read on, the page need not hear of every word.
  /** @param {number} time */
  look(time) {
    this.place = { ...this.place, time };
    this.refresh();
  }

  // A factor of a state stands at the same step, but for what is remembered from the step before.
  /** @param {string} what */
  follow(what) {
    const [gate, past] = [what.replace("_before", ""), what.endsWith("_before")];
    if (past && this.place.time === 0) return;
    if (this.words.gates[gate]) this.go({ gate, time: this.place.time - (past ? 1 : 0) });
  }

  // Where the probability of a word stands that may come next.
  /** @param {number} time @param {string} word */
  nextAt(time, word) {
    return [time, this.reading?.vocabulary.indexOf(word) ?? 0];
  }

  // A number behind what the network says; those before it are forgotten.
  /** @param {string} array @param {number[]} index */
  openAnew(array, index) {
    this.spoken.trail = [];
    this.open({ array, index });
  }

  // A hidden state has its arithmetic beside the maps.
  /** @param {Place | null} place */
  open(place) {
    if (place?.array === "h") {
      const [time, unit] = place.index;
      return this.go({ gate: "h", time, unit });
    }
    this.opened = place;
    return this.set({});
  }

  /** @param {Partial<{ cell: string, name: string, place: CellViewPlace }>} change */
  set(change) {
    Object.assign(this, change);
    this.refresh();
    this.notify();
    return true;
  }

  report() {
    const { cell, name, place, opened } = this;
    this.notifiedRun = this.shown;
    const step = (this.source === "sine" ? this.sines.at : this.at) ?? -1;
    return { cell, name, place, number: opened, run: this.shown, step };
  }

  /** @param {number | null} step */
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
      for (const live of [this.reader, this.gater, this.number, this.speaker]) live.forget();
    }
    this.lastStep = run.step;
    if (fresh) this.at = null;
    const resting = !["waiting", "running"].includes(run.status);
    // what stands below follows when it rests
    if (this.shown !== this.notifiedRun || (resting && this.moved)) this.notify();
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

  // What is asked about: a state of a run, and what it reads; null before there is a state.
  subject() {
    const { distance, talk, base } = this.data;
    const { run, sines } = this;
    const sine = this.source === "sine";
    const id = sine ? sines.id : run?.saved.length && run.id;
    if (!id) return null;
    const about = sine ? { step: sines.at }
      : { name: this.known(), distance, talk, step: this.at ?? run?.saved.at(-1) };
    return { address: `${base}/runs/${id}`, about };
  }

  refresh() {
    this.showHidden();
    if (this.source === "sine") this.sines.open(this.notifiedRun);
    else this.sines.leave();
    this.enlarge();
    const subject = this.subject();
    if (!subject) return;
    const { address, about } = subject;
    if (this.source !== "sine") this.reader.inspect(address, "reading", about);
    this.gater.inspect(address, "gates", { ...about, layer: this.place.layer });
    if (this.gates) this.work();
    this.mark();
  }

  work() {
    const subject = this.subject();
    if (!subject) return;
    this.number.inspect(subject.address, "number",
      { ...subject.about, cell: this.cell, ...this.legal() });
    const { opened } = this;
    if (!opened || this.source === "sine") {
      this.speaker.forget();
      return this.spoken.paint(null, [], this.palette);
    }
    this.speaker.inspect(subject.address, "spoken",
      { ...subject.about, cell: this.cell, number: written(opened) });
  }

  /** @param {Answer} answer */
  speak({ number, opened }) {
    if (!this.opened || written(this.opened) !== number || !this.reading) return;
    this.spoken.vocabulary = this.reading.vocabulary;
    this.spoken.paint(opened, this.reading.words, this.palette);
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
    const maps = this.gates?.cells[this.cell];
    if (!maps) {
      const known = entry(this.words.order, this.cell).includes(gate);
      return { gate: known ? gate : "h", layer, time, unit };
    }
    const [first] = Object.values(maps);
    return { gate: maps[gate] ? gate : "h", layer, time: Math.min(time, first.length - 1),
      unit: Math.min(unit, first[0].length - 1) };
  }

  /** @param {CellReading} answer */
  read(answer) {
    if (this.source !== "sentence") return;
    const unknown = this.reading?.names.join() !== answer.names.join();
    this.reading = answer;
    this.repaint();
    if (this.gates && !this.answers) this.painted();
    if (unknown) this.refresh();
  }

  /** @param {CellGates} answer */
  gated(answer) {
    if ((this.source === "sine") !== Boolean(answer.series)) return; // of what was on show before
    this.gates = answer;
    if (!answer.cells[this.cell]) this.set({ cell: Object.keys(answer.cells)[0] });
    this.work();
    this.repaint();
    if (this.source === "sine" || this.reading) this.painted(); // words and gates stand together
  }

  /** @param {Worked} answer */
  worked(answer) {
    this.equation.paint(answer, this.readAt(answer.time));
  }

  // The word or number that a step has read.
  /** @param {number} time */
  readAt(time) {
    if (this.source === "sentence") return this.reading?.words[time] ?? "";
    return this.gates?.series?.[time]?.toFixed(2) ?? "";
  }

  // -- painting -----------------------------------------------------------------------------------

  repaint() {
    const { gates, reading, palette, cell, run } = this;
    const maps = gates?.cells[cell];
    if (!palette || !maps) return;
    /** @type {Record<string, number[][]>} (H, T) */
    const rows =
      Object.fromEntries(Object.entries(maps).map(([gate, steps]) => [gate, transposed(steps)]));
    const steps = rows.h[0].length;
    this.along.style.setProperty("--n", String(steps));
    if (this.source === "sentence" && reading?.words.length === steps + 1) {
      this.unrolled.paint(reading, rows.h, cell, palette);
      this.verdict.paint(reading, cell, run?.config.distance);
    } else if (this.source === "sine" && gates.series) {
      this.wave.paint(gates.series, gates.prediction?.[cell] ?? []);
    }
    this.drawMaps(rows);
    this.showLayers(gates.layers ?? 1);
    this.mark();
  }

  /** @param {Record<string, number[][]>} rows */
  drawMaps(rows) {
    /** @type {string[]} */
    const order = entry(this.words.order, this.cell).filter((/** @type {string} */ gate) =>
      rows[gate]);
    if (this.heats.map(({ key }) => key).join() !== order.join()) {
      this.heats = order.map((gate) => this.heat(gate));
      this.maps.replaceChildren(...this.heats.map(({ element }) => element));
    }
    for (const heat of this.heats) {
      const values = rows[heat.key];
      heat.paint({ values, signed: !SIGMOID.has(heat.key),
        largest: heat.key === "c" ? Math.max(1, largestOf(values)) : 1 }, this.palette);
    }
  }

  // One map is large, that of the gate that is meant. The others are strips: where a unit is too
  // thin to be meant, a click takes the time and leaves the unit.
  /** @param {string} gate */
  heat(gate) {
    const { gates, ranges, says } = this.words;
    return new Heat({
      key: gate, title: gates[gate], note: ranges[gate],
      labelOf: (unit, time, value) => fill(says, { gate: gates[gate], unit, time: time + 1,
        word: this.readAt(time), value: value?.toFixed(3) ?? "–" }),
      onPick: (unit, time) => this.go({ gate, time, ...(this.tells(gate) && { unit }) }),
      onHover: (_, time) => {
        this.hovered = time;
        this.moveBand();
      },
    });
  }

  /** @param {string} gate */
  tells(gate) {
    const canvas = this.heats.find(({ key }) => key === gate)?.canvas;
    return gate === this.legal().gate || (canvas && canvas.clientHeight >= 1.5 * canvas.height);
  }

  // What is selected is marked wherever it stands.
  mark() {
    const { gate, time, unit } = this.legal();
    for (const { key, element } of this.heats) element.classList.toggle("meant", key === gate);
    for (const heat of this.heats) heat.select(...(heat.key === gate ? [unit, time] : [null]));
    this.unrolled.select(time);
    this.moveBand();
    for (const { cell, diagram, figure } of this.diagrams) {
      const maps = this.gates?.cells[cell];
      figure.hidden = !!this.gates && !maps;
      if (!maps) continue;
      /** @param {string} name @param {number} when */
      const at = (name, when) => (maps[name] ? maps[name][when]?.[unit] ?? 0 : NaN);
      const values = Object.fromEntries(Object.keys(maps).map((name) => [name, at(name, time)]));
      diagram.paint({ ...values, h_before: at("h", time - 1), c_before: at("c", time - 1) },
        cell === this.cell ? gate : null, this.palette);
    }
    const word = this.readAt(time);
    const [, name] = this.words.cells.find(([cell]) => cell === this.cell) ?? [];
    say(this.title, fill(this.words.cellNow, { cell: name, word }));
    say(this.unitLine, fill(this.words.unitLine, { unit, time: time + 1 }));
    this.player.paint();
  }

  // The chosen cell is the large one; the others stand below.
  enlarge() {
    for (const { cell, figure } of this.diagrams) {
      const place = cell === this.cell ? this.large : this.others;
      if (figure.parentNode === place) continue;
      const at = this.diagrams.findIndex((each) => each.cell === cell);
      const next = this.diagrams.slice(at + 1).find((each) => each.figure.parentNode === place);
      place.insertBefore(figure, next?.figure ?? null);
    }
  }

  moveBand() {
    const time = this.hovered ?? this.legal().time;
    for (const mark of this.marks) mark.style.left = `calc(${time} * 100% / var(--n))`;
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
}
