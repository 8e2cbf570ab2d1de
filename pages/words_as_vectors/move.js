// @ts-nocheck
// "Watch them move": the map of words, the neighbours of the one that is selected, an analogy as
// arrows, loss and scores, the cosines of many pairs at once, and other runs beside this one.

import { choices, head, press } from "../kit/controls.js";
import { button, el, fill, say } from "../kit/dom.js";
import { Chart } from "../kit/chart.js";
import { exact, measured } from "../kit/scale.js";
import { Analogy } from "./analogy.js";
import { Beside } from "./beside.js";
import { PointMap } from "./map.js";
import { Near } from "./near.js";
import { WordField } from "./parts.js";
import { Similar } from "./similar.js";

// the first value of a curve belongs to step 1
const COUNTS = Float64Array.from({ length: 20_000 }, (_, i) => i + 1);

export class Move {
  constructor(words, { change }) {
    this.words = words;
    this.change = change;
    this.map = new PointMap({ key: "words", label: words.mapLabel,
      onPick: (i) => change({ word: this.map.words[i], arrows: false }) });
    this.spaces = choices("space", words.spaces, (space) => change({ space }));
    this.arrows =
      choices("arrows", words.shows, (shows) => change({ arrows: shows === "analogy" }));
    this.kinds = el("div", { class: "choices legend", role: "group", "aria-label": words.kindsLabel,
      "data-fp": "kinds" });
    this.field = new WordField("word", words.word, (word) => change({ word, arrows: false }));
    this.near = new Near(words, { onPick: (word) => change({ word, arrows: false }),
      onNumber: (word) => change({ number: `near.${word}` }) });
    this.hint = el("p", { class: "note hint" });
    this.analogy = new Analogy(words, {
      onChange: (analogy) => change({ ...analogy, arrows: true }),
      onNumber: (word) => change({ number: `sum.${word}` }),
    });
    this.similar = new Similar(words, {
      onPick: (word, other = null) =>
        change({ word, arrows: false, ...(other && { number: `near.${other}` }) }),
    });
    this.beside = new Beside(words);
    this.loss = new Chart({ label: words.lossLabel, height: 180, xName: words.stepName,
      yName: words.lossUnit });
    this.scores = new Chart({ label: words.scoresLabel, height: 180, xName: words.stepName,
      yName: words.share });
    this.element = el("div", { class: "move" },
      el("div", { class: "row" },
        el("section", { "data-block": "map" },
          el("div", { class: "tools" }, this.spaces, this.arrows, this.field.element),
          this.map.element, this.kinds, this.hint),
        el("div", { class: "side" }, this.near.element, this.analogy.element)),
      el("div", { class: "row even" },
        el("section", { "data-block": "loss" }, head(words.lossTitle, ""), this.loss.element),
        (this.scored = el("section", { "data-block": "scores" },
          head(words.scoresTitle, words.scoresNote), this.scores.element))),
      el("div", { class: "row" }, el("div", { class: "side" }, this.similar.element,
        this.beside.seeds), this.beside.element));
  }

  close() {
    for (const part of [this.map, this.loss, this.scores, this.beside]) part.close();
  }

  paint(scene, palette) {
    const { view, vocabulary, ask, step, run } = scene;
    this.palette = palette;
    this.scene = scene;
    this.word = vocabulary.index.has(view.word) ? view.word
      : vocabulary.examples[0]?.[0] ?? vocabulary.words[0];
    this.field.paint(vocabulary.words, this.word);
    press(this.spaces, view.space);
    press(this.arrows, view.arrows ? "analogy" : "near");
    say(this.hint, this.words.hints[view.space]);
    this.near.paint(scene, this.word, () => this.paintMap());
    this.analogy.read(scene);
    this.paintKinds(vocabulary, view);
    this.analogy.paint(scene, this.focus, () => this.paintMap());
    // t-SNE takes a moment: it is made of a state that stands still.
    const rests = scene.inspected || !["running", "waiting"].includes(run.status);
    if (view.space === "tsne" && !rests) say(this.hint, this.words.tsneWaits);
    const hear = (name) => (found, about) => {
      this[name] = { ...found, run: about.run, focus: about.words };
      this.paintMap();
    };
    if (view.space === "tsne" && rests) ask("tsne", {}, hear("tsne"));
    else if (view.space !== "tsne" && this.focus) ask("map", { words: this.focus }, hear("part"));
    this.paintMap();
    this.scored.hidden = !vocabulary.questions.length;
    this.paintCurves(scene);
    this.similar.paint(scene, this.word, palette);
    this.beside.paint(scene, palette);
    Object.assign(this.element.dataset, { word: this.word, step, run: run.id });
  }

  // What is asked for to open a cosine: "near.WORD" with the selected word, "sum.WORD" with a − b +
  // c.
  asks(chosen) {
    const at = chosen.indexOf(".");
    const [kind, other] = [chosen.slice(0, at), chosen.slice(at + 1)];
    const about = { near: () => ({ a: this.word, b: other }),
      sum: () => ({ ...this.analogy.asked, d: other }) }[kind];
    return about
      && { query: { about: "cosine", ...about(), array: "cosine", index: "" }, rows: [] };
  }

  // The kind of words that the map shows alone; empty: all. The arrows of a sum need the kind that
  // they are about, since among all words what tells a king from a queen is too little to be seen.
  get focus() {
    const { view, vocabulary } = this.scene;
    const group = (word) => vocabulary.groups[vocabulary.index.get(word)];
    if (view.arrows) {
      return vocabulary.kinds.find((kind) => kind === group(this.analogy.first)) ?? "";
    }
    return vocabulary.kinds.includes(view.focus) ? view.focus : "";
  }

  // What the map has to show: words and their points, or null while an answer is on its way.
  get points() {
    const { scene, focus, part, tsne } = this;
    const { view, pictures, run, vocabulary } = scene;
    const all = vocabulary.words;
    if (view.space === "tsne") {
      return tsne?.run === run.id
      ? { words: all.slice(0, tsne.plane.length), points: tsne.plane } : null;
    }
    if (!focus) return { words: all, points: pictures[view.space] };
    return part?.run === run.id && part.focus === focus
      ? { words: part.words, points: part[view.space] } : null;
  }

  paintMap() {
    const { scene, palette, focus } = this;
    const shown = scene && this.points;
    if (!shown?.points) return;
    const { vocabulary, view } = scene;
    const index = new Map(shown.words.map((word, i) => [word, i]));
    const place = (word) => index.get(word) ?? null;
    const analogy =
      view.arrows && view.space !== "tsne" ? this.analogy.drawn(view.space, focus) : null;
    const close = analogy ? analogy.inputs : this.near.nearest;
    this.map.paint({
      ...shown, groups: vocabulary.kinds.length
        ? shown.words.map((word) => vocabulary.categories[vocabulary.index.get(word)]) : [],
          chosen: place(analogy ? analogy.answer : this.word),
      near: close.map(place).filter((i) => i != null), arrows: analogy?.arrows ?? [],
    }, palette);
    Object.assign(this.element.dataset, { space: view.space, focus });
  }

  paintKinds(vocabulary, view) {
    const { kinds, words, palette } = this;
    if (kinds.told !== vocabulary || kinds.under !== palette) {
      Object.assign(kinds, { told: vocabulary, under: palette });
      const choice = (kind) => button("", () => this.change({ focus: kind, arrows: false }),
        { "data-value": kind, "data-fp": `kind-${kind || "all"}` });
      kinds.replaceChildren(...(vocabulary.kinds.length ? ["", ...vocabulary.kinds]
        : []).map((kind, i) => {
        const one = choice(kind);
        one.append(...(kind ? [el("i", { style: `background:${palette.category(i - 1)}` })] : []),
          kind ? words.groups[kind] : words.allWords);
        return one;
      }));
    }
    press(kinds, view.space === "tsne" ? "" : this.focus);
  }

  paintCurves({ run, overlays, inspected }) {
    const { words, palette } = this;
    const marks = run.rates.slice(1)
      .map(([x, rate]) => ({ x, name: fill(words.rateMark, { rate: exact(rate) }) }));
    const common = { x: [0, Math.max(1, run.steps)], cursor: inspected?.step ?? null, marks };
    const loss = (of, faint) =>
      ({ key: `${of.id}.loss`, name: "", x: COUNTS, y: of.series.loss ?? [], role: "ink", faint });
    // Losses of different methods have different units: only like is laid over like.
    const alike = overlays.filter(({ config }) =>
      config.method === run.config.method && config.objective === run.config.objective);
    this.loss.paint({ ...common, y: null,
      series: [...alike.map((other) => loss(other, true)), loss(run, false)] }, palette);
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
