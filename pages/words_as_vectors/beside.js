// Other runs beside this one, each as a small map with its scores, and how far the scores of a
// method go from seed to seed.

import { head } from "../kit/controls.js";
import { button, el, fill, filled, percent, say } from "../kit/dom.js";
import { measured } from "../kit/measured.js";
import { describe } from "../kit/run/list.js";
import { PointMap } from "./map.js";
import { settingsOf } from "./parts.js";

/**
 * @typedef {{ map: PointMap, name: HTMLElement, score: HTMLElement, element: HTMLElement,
 *   shown: string }} Small shown: what the score was built of
 */

const MOST = 4;

export class Beside {
  /** @type {Small[]} */
  maps = [];
  /** @type {VectorsResultsEn[] | null} */
  results = null;

  /** @param {VectorsWords} words @param {{ onNumber: (number: string) => void }} options */
  constructor(words, { onNumber }) {
    this.words = words;
    this.onNumber = onNumber;
    this.grid = el("div", { class: "small-maps" });
    this.none = el("p", { class: "note" }, words.besideNone);
    this.rows = el("tbody");
    this.seeds = el("section", { class: "seeds", "data-fp": "seeds", "data-block": "seeds",
      tabindex: "0", "aria-label": words.seedsTitle },
      head(words.seedsTitle, words.seedsNote),
      el("table", {}, el("thead", {},
        el("tr", {}, ...words.seedsHead.map((name) => el("th", {}, name)))), this.rows),
      el("p", { class: "note", "data-fp": "seeds-source" }, words.seedsSource));
    this.element = el("section", { class: "beside", "data-block": "beside" },
      head(words.besideTitle, words.besideNote), this.grid, this.none);
  }

  close() {
    for (const { map } of this.maps) map.close();
  }

  /** @param {VectorsScene} scene @param {Palette} palette */
  paint(scene, palette) {
    const { overlays, results, run } = scene;
    const shown = overlays.filter(({ pictures }) => pictures?.plane).slice(0, MOST);
    this.none.hidden = shown.length > 0;
    while (this.maps.length < shown.length) this.maps.push(this.small());
    for (const [i, small] of this.maps.entries()) {
      small.element.hidden = !shown[i];
      if (shown[i]) this.show(small, shown[i], scene, palette);
    }
    const { language, text } = run.config;
    this.table(text ? [] : results[/** @type {"en" | "ko"} */ (language)] ?? []);
  }

  /** @returns {Small} */
  small() {
    const [name, score] = [el("b"), el("span", { class: "note" })];
    const map = new PointMap({ key: `beside-${this.maps.length}`, label: "", onPick() {},
      height: 190, quiet: true });
    const element =
      el("figure", { class: "small" }, el("figcaption", {}, name, score), map.element);
    this.grid.append(element);
    return { map, name, score, element, shown: "" };
  }

  /** @param {Small} small @param {Run} run @param {VectorsScene} scene @param {Palette} palette */
  show(small, run, { run: here, vocabulary, view }, palette) {
    const { words } = this;
    /** @type {number[][]} */
    const points = run.pictures.plane;
    const same =
      ["language", "text", "min_count"].every((key) => run.config[key] === here.config[key]);
    const name =
      words.exampleNames[run.id] ?? describe(settingsOf(run.config), words.named, words);
    say(small.name, name);
    small.map.canvas.setAttribute("aria-label", name);
    this.paintScore(small, run);
    small.map.paint({
      words: same ? vocabulary.words : points.map(() => ""), points,
      groups: same ? vocabulary.categories : [],
      chosen: same ? vocabulary.index.get(view.word) ?? null : null,
    }, palette);
  }

  // Buttons stay while they say the same: one of them may be pressed.
  /** @param {Small} small @param {Run} run */
  paintScore(small, { id, marks }) {
    const shown = `${id} ${marks.excluding} ${marks.including}`;
    if (small.shown === shown) return;
    small.shown = shown;
    /** @param {string} name */
    const opens = (name) => button(percent(marks[name]),
      () => this.onNumber(`score.${name}.${id}`), { class: "opens", "data-fp": `score-${name}` });
    small.score.replaceChildren(...(marks.excluding == null ? [] : filled(this.words.besideScore,
      { excluding: opens("excluding"), including: opens("including") })));
  }

  /** @param {VectorsResultsEn[]} results shipped scores of every method over several seeds */
  table(results) {
    this.seeds.hidden = !results.length;
    if (this.results === results) return;
    this.results = results;
    /** @param {number} share */
    const inPercent = (share) => (100 * share).toFixed(1);
    /** @param {number} time */
    const inSeconds = (time) => time.toFixed(2);
    this.rows.replaceChildren(...results.map(({ name, excluding, including, seconds }) =>
      el("tr", {}, el("td", {}, name),
        this.cell(spread(excluding), excluding.map(inPercent), "%"),
        this.cell(spread(including), including.map(inPercent), "%"),
        this.cell(`${middle(seconds).toFixed(1)} s`, seconds.map(inSeconds), " s"))));
  }

  // A figure of the table: it opens into those that it is the middle of.
  /** @param {string} shown @param {string[]} values seed by seed @param {string} unit */
  cell(shown, values, unit) {
    const { seedsOne, seedsOf } = this.words;
    const each = values.map((value) => value + unit).join(", ");
    return el("td", {},
      measured(shown, values.length > 1 ? fill(seedsOf, { values: each }) : seedsOne));
  }
}

/** @param {number[]} values */
const ordered = (values) => [...values].sort((a, b) => a - b);
/** @param {number[]} values */
const middle = (values) => ordered(values)[values.length >> 1];

/** @param {number[]} values */
function spread(values) {
  const all = ordered(values);
  const [low, mid, high] =
    [all[0], middle(all), all[all.length - 1]].map((share) => (100 * share).toFixed(0));
  return all[0] === all.at(-1) ? `${low}%` : `${mid}% (${low}–${high})`;
}
