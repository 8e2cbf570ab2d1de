// "Watch them move": the map of words, the neighbours of the one that is selected, an analogy as arrows, loss and scores, the
// cosines of many pairs at once, and other runs beside this one.

import { el, fill, say } from "./dom.js";
import { Chart } from "./chart.js";
import { exact, measured } from "./scale.js";
import { Analogy } from "./vectors_analogy.js";
import { Beside } from "./vectors_beside.js";
import { PointMap } from "./vectors_map.js";
import { Near } from "./vectors_near.js";
import { choices, press, WordField } from "./vectors_parts.js";
import { Similar } from "./vectors_similar.js";

const COUNTS = Float64Array.from({ length: 20_000 }, (_, i) => i + 1); // the first value of a curve belongs to step 1

export class Move {
  constructor(words, { change }) {
    Object.assign(this, { words, change });
    this.map = new PointMap({ key: "words", label: words.mapLabel, onPick: (i) => change({ word: this.names[i], arrows: false }) });
    this.spaces = choices("space", words.spaces, (space) => change({ space }));
    this.arrows = choices("arrows", words.shows, (shows) => change({ arrows: shows === "analogy" }));
    this.field = new WordField("word", words.word, (word) => change({ word, arrows: false }));
    this.near = new Near(words, { onPick: (word) => change({ word, arrows: false }) });
    this.hint = el("p", { class: "note hint" });
    this.legend = el("p", { class: "legend" });
    this.analogy = new Analogy(words, { onChange: (analogy) => change({ ...analogy, arrows: true }) });
    this.similar = new Similar(words, { onPick: (word) => change({ word, arrows: false }) });
    this.beside = new Beside(words);
    this.loss = new Chart({ label: words.lossLabel, height: 180, xName: words.stepName, yName: words.lossUnit });
    this.scores = new Chart({ label: words.scoresLabel, height: 180, xName: words.stepName, yName: words.share });
    const head = (title, note) => el("div", { class: "head" }, el("h3", {}, title), el("span", { class: "note" }, note));
    this.element = el("div", { class: "move" },
      el("div", { class: "row" },
        el("section", { "data-block": "map" },
          el("div", { class: "tools" }, this.spaces, this.arrows, this.field.element), this.map.element, this.legend, this.hint),
        el("div", { class: "side" }, this.near.element, this.analogy.element)),
      el("div", { class: "row even" },
        el("section", { "data-block": "loss" }, head(words.lossTitle, ""), this.loss.element),
        el("section", { "data-block": "scores" }, head(words.scoresTitle, words.scoresNote), this.scores.element)),
      el("div", { class: "row" }, this.similar.element, this.beside.element));
  }

  close() {
    for (const part of [this.map, this.loss, this.scores, this.beside]) part.close();
  }

  paint(scene, palette) {
    const { view, vocabulary, ask, step, run } = scene;
    this.palette = palette;
    this.scene = scene;
    this.names = vocabulary.words;
    this.word = vocabulary.index.has(view.word) ? view.word : vocabulary.examples[0]?.[0] ?? this.names[0];
    this.field.paint(this.names, this.word);
    press(this.spaces, view.space);
    press(this.arrows, view.arrows ? "analogy" : "near");
    say(this.hint, this.words.hints[view.space]);
    this.near.paint(scene, this.word, () => this.paintMap());
    if (view.space === "tsne") ask("tsne", {}, (found, about) => { this.tsne = { ...found, run: about.run }; this.paintMap(); });
    this.paintLegend(vocabulary);
    this.analogy.paint(scene, () => this.paintMap());
    this.paintMap();
    this.paintCurves(scene);
    this.similar.paint(scene, this.word, palette);
    this.beside.paint(scene, palette);
    Object.assign(this.element.dataset, { word: this.word, step, run: run.id });
  }

  paintMap() {
    const { scene, names, palette } = this;
    if (!scene) return;
    const { vocabulary, view, pictures, run } = scene;
    const flat = view.space === "tsne";
    const points = flat ? (this.tsne?.run === run.id ? this.tsne.plane : null) : pictures[view.space];
    if (!points) return;
    const index = (word) => vocabulary.index.get(word);
    const analogy = view.arrows && !flat ? this.analogy.drawn(view.space) : null;
    const chosen = analogy ? index(analogy.answer) : index(this.word);
    this.map.paint({
      words: names, points, groups: vocabulary.categories, chosen, near: (analogy ? analogy.inputs : this.near.nearest).map(index), arrows: analogy?.arrows ?? [],
    }, palette);
    this.element.dataset.space = view.space;
  }

  paintLegend(vocabulary) {
    if (this.legend.told === vocabulary && this.legend.under === this.palette) return;
    Object.assign(this.legend, { told: vocabulary, under: this.palette });
    this.legend.replaceChildren(...vocabulary.kinds.map((kind, i) =>
      el("span", {}, el("i", { style: `background:${this.palette.category(i)}` }), this.words.groups[kind])));
  }

  paintCurves({ run, overlays, looked }) {
    const { words, palette } = this;
    const marks = run.rates.slice(1).map(([x, rate]) => ({ x, name: fill(words.rateMark, { rate: exact(rate) }) }));
    const common = { x: [0, Math.max(1, run.steps)], cursor: looked?.step ?? null, marks };
    const loss = (of, faint) => ({ key: `${of.id}.loss`, name: "", x: COUNTS, y: of.series.loss ?? [], role: "ink", faint });
    // Losses of different methods have different units: only like is laid over like.
    const alike = overlays.filter(({ config }) => config.method === run.config.method && config.objective === run.config.objective);
    this.loss.paint({ ...common, y: null, series: [...alike.map((other) => loss(other, true)), loss(run, false)] }, palette);
    const score = (of, name, faint) => ({
      key: `${of.id}.${name}`, name: faint ? "" : words[name], ...measured(of.series[name] ?? []), role: "ink", dash: name === "including", faint,
    });
    this.scores.paint({
      ...common, y: [0, 1], series: [...overlays.map((other) => score(other, "excluding", true)), score(run, "including", false), score(run, "excluding", false)],
    }, palette);
  }
}
