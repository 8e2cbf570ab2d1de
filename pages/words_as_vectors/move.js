// "Train": the map of words, the neighbours of the one that is selected, an analogy as
// arrows, loss and scores, the cosines of many pairs at once, and other runs beside this one.

import { Chart } from "../kit/chart.js";
import { choices, head, press } from "../kit/controls.js";
import { button, el, fill, say } from "../kit/dom.js";
import { initialPalette } from "../kit/palette.js";
import { exact, measured } from "../kit/scale.js";
import { Analogy } from "./analogy.js";
import { Beside } from "./beside.js";
import { PointMap } from "./map.js";
import { Near } from "./near.js";
import { cosineQuery, WordField } from "./parts.js";
import { Similar } from "./similar.js";

// the first value of a curve belongs to step 1
const COUNTS = Float64Array.from({ length: 20_000 }, (_, i) => i + 1);

export class Move {
  /** @type {VectorsScene | null} */
  scene = null;
  palette = initialPalette;
  word = "";
  /** @type {(VectorsMapAnswer & { run: string, focus: string }) | null} words of one kind alone */
  part = null;
  /** @type {(VectorsTsneAnswer & { run: string }) | null} */
  tsne = null;
  /** @type {unknown[]} what the choices of kinds were made of */
  kindsOf = [];

  /** @param {VectorsWords} words @param {{ change: VectorsChange }} options */
  constructor(words, { change }) {
    this.words = words;
    this.change = change;
    /** @param {string} word */
    const choose = (word) => change({ word, arrows: false });
    this.map = new PointMap({ key: "words", label: words.mapLabel,
      onPick: (i) => choose(this.map.words[i]) });
    this.spaces = choices("space", words.spaces, (space) => change({ space }));
    this.arrows =
      choices("arrows", words.shows, (shows) => change({ arrows: shows === "analogy" }));
    this.kinds = el("div", { class: "choices legend", role: "group", "aria-label": words.kindsLabel,
      "data-fp": "kinds" });
    this.field = new WordField("word", words.word, choose);
    this.near = new Near(words,
      { onPick: choose, onNumber: (word) => change({ number: `near.${word}` }) });
    this.hint = el("p", { class: "note hint" });
    this.analogy = new Analogy(words, {
      onChange: (sum) => change({ ...sum, arrows: true }),
      onNumber: (word) => change({ number: `sum.${word}` }),
    });
    this.similar = new Similar(words, {
      onPick: (word, other) =>
        change({ word, arrows: false, ...(other && { number: `near.${other}` }) }),
    });
    this.beside = new Beside(words, { onNumber: (number) => change({ number }) });
    const common = { height: 180, xName: words.stepName };
    this.loss = new Chart({ ...common, label: words.lossLabel, yName: words.lossUnit });
    this.scores = new Chart({ ...common, label: words.scoresLabel, yName: words.share });
    this.scored = el("section", { "data-block": "scores" },
      head(words.scoresTitle, words.scoresNote), this.scores.element);
    this.element = this.build();
  }

  build() {
    const { words } = this;
    return el("div", { class: "move" },
      el("div", { class: "row" },
        el("section", { "data-block": "map" },
          this.map.element,
          el("div", { class: "tools" }, this.spaces, this.arrows, this.field.element),
          this.kinds, this.hint),
        el("div", { class: "side" }, this.near.element, this.analogy.element)),
      el("div", { class: "row even" },
        el("section", { "data-block": "loss" }, head(words.lossTitle), this.loss.element),
        this.scored),
      el("div", { class: "row" },
        el("div", { class: "side" }, this.similar.element, this.beside.seeds),
        this.beside.element));
  }

  close() {
    for (const part of [this.map, this.loss, this.scores, this.beside]) part.close();
  }

  /** @param {VectorsScene} scene @param {Palette} palette */
  paint(scene, palette) {
    const { view, vocabulary, step, run } = scene;
    this.palette = palette;
    this.scene = scene;
    this.word = vocabulary.index.has(view.word) ? view.word
      : vocabulary.examples[0]?.[0] ?? vocabulary.words[0];
    this.field.paint(vocabulary.words, this.word);
    press(this.spaces, view.space);
    press(this.arrows, view.arrows ? "analogy" : "near");
    this.near.paint(scene, this.word, () => this.paintMap());
    this.analogy.read(scene);
    this.paintKinds(vocabulary, view);
    this.analogy.paint(scene, this.focus, () => this.paintMap());
    this.askMap(scene);
    this.paintMap();
    this.scored.hidden = !vocabulary.questions.length;
    this.paintCurves(scene);
    this.similar.paint(scene, this.word, palette);
    this.beside.paint(scene, palette);
    Object.assign(this.element.dataset, { word: this.word, step, run: run.id });
  }

  // The points that the pictures of the state do not hold. t-SNE takes a moment: it is made of a
  // state that stands still.
  /** @param {VectorsScene} scene */
  askMap({ view, ask, run, inspected }) {
    const { words, focus } = this;
    const rests = inspected || !["running", "waiting"].includes(run.status);
    const waits = view.space === "tsne" && !rests;
    say(this.hint, waits ? words.tsneWaits : words.hints[view.space]);
    if (waits) return;
    if (view.space === "tsne") {
      ask("tsne", {}, (answer, about) => {
        this.tsne = { ...answer, run: about.run };
        this.paintMap();
      });
    } else if (focus) {
      ask("map", { words: focus }, (answer, about) => {
        this.part = { ...answer, run: about.run, focus: about.words };
        this.paintMap();
      });
    }
  }

  /** @param {string} chosen */
  asks(chosen) {
    return cosineQuery(chosen, this.word, this.analogy.sum);
  }

  // The kind of words that the map shows alone; empty: all. The arrows of a sum need the kind that
  // they are about, since among all words what tells a king from a queen is too little to be seen.
  get focus() {
    if (!this.scene) return "";
    const { view, vocabulary } = this.scene;
    const { kinds, groups, index } = vocabulary;
    const kind = view.arrows ? groups[index.get(this.analogy.sum.a) ?? -1] : view.focus;
    return kinds.includes(kind) ? kind : "";
  }

  // What the map has to show: words and their points, or null while an answer is on its way.
  get points() {
    const { scene, focus, part, tsne } = this;
    if (!scene) return null;
    const { view, pictures, run, vocabulary } = scene;
    const all = vocabulary.words;
    if (view.space === "tsne") {
      return tsne?.run === run.id
        ? { words: all.slice(0, tsne.plane.length), points: tsne.plane } : null;
    }
    if (!focus) return { words: all, points: pictures[view.space] };
    return part?.run === run.id && part.focus === focus
      ? { words: part.words, points: part[spaceOf(view)] } : null;
  }

  paintMap() {
    const { scene, palette, focus, points: shown } = this;
    if (!scene || !shown?.points) return;
    const { vocabulary, view } = scene;
    const index = new Map(shown.words.map((word, i) => [word, i]));
    const drawn =
      view.arrows && view.space !== "tsne" ? this.analogy.drawn(spaceOf(view), focus) : null;
    const near = drawn ? drawn.inputs : this.near.nearest;
    this.map.paint({
      ...shown,
      groups: vocabulary.kinds.length
        ? shown.words.map((word) => vocabulary.categories[vocabulary.index.get(word) ?? -1]) : [],
      chosen: index.get(drawn ? drawn.answer : this.word) ?? null,
      near: near.flatMap((word) => index.get(word) ?? []), arrows: drawn?.arrows ?? [],
    }, palette);
    Object.assign(this.element.dataset, { space: view.space, focus });
  }

  /** @param {Vocabulary} vocabulary @param {VectorsView} view */
  paintKinds(vocabulary, view) {
    const { kinds, words, palette, kindsOf } = this;
    if (kindsOf[0] !== vocabulary || kindsOf[1] !== palette) {
      this.kindsOf = [vocabulary, palette];
      const all = vocabulary.kinds.length ? ["", ...vocabulary.kinds] : [];
      kinds.replaceChildren(...all.map((kind, i) => {
        const choice = button(null, () => this.change({ focus: kind, arrows: false }),
          { "data-value": kind, "data-fp": `kind-${kind || "all"}` });
        const dot = el("i", { style: `background:${palette.category(i - 1)}` });
        choice.append(...(kind ? [dot, words.groups[kind]] : [words.allWords]));
        return choice;
      }));
    }
    press(kinds, view.space === "tsne" ? "" : this.focus);
  }

  /** @param {VectorsScene} scene */
  paintCurves({ run, overlays, inspected }) {
    const { words, palette } = this;
    const marks = run.rates.slice(1)
      .map(([x, rate]) => ({ x, name: fill(words.rateMark, { rate: exact(rate) }) }));
    const common = { x: [0, Math.max(1, run.steps)], cursor: inspected?.step ?? null, marks };
    /** @param {Run} of @param {boolean} faint */
    const loss = (of, faint) =>
      ({ key: `${of.id}.loss`, name: "", x: COUNTS, y: of.series.loss ?? [], role: "ink", faint });
    // Losses of different methods have different units: only like is laid over like.
    const alike = overlays.filter(({ config }) =>
      config.method === run.config.method && config.objective === run.config.objective);
    this.loss.paint({ ...common, y: null,
      series: [...alike.map((other) => loss(other, true)), loss(run, false)] }, palette);
    /** @param {Run} of @param {"excluding" | "including"} name @param {boolean} faint */
    const score = (of, name, faint) => ({
      key: `${of.id}.${name}`, name: faint ? "" : words[name], ...measured(of.series[name] ?? []),
      role: "ink", dash: name === "including", faint,
    });
    this.scores.paint({
      ...common, y: [0, 1], series: [...overlays.map((other) => score(other, "excluding", true)),
        score(run, "including", false), score(run, "excluding", false)],
    }, palette);
  }
}

/** @param {VectorsView} view */
const spaceOf = ({ space }) => /** @type {"plane" | "space"} */ (space);
