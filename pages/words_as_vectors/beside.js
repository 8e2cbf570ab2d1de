// @ts-nocheck
// Other runs beside this one, each as a small map with its scores, and how far the scores of a
// method go from seed to seed.

import { el, fill, percent, say } from "../kit/dom.js";
import { PointMap } from "./map.js";
import { describe } from "../kit/run/list.js";
import { told } from "./parts.js";

const MOST = 4;

export class Beside {
  /** @type {any} */
  told;

  /** @param {any} words */
  constructor(words) {
    this.words = words;
    this.maps = [];
    this.grid = el("div", { class: "small-maps" });
    this.none = el("p", { class: "note" }, words.besideNone);
    this.rows = el("tbody");
    this.seeds = el("section", { class: "seeds", "data-fp": "seeds", "data-block": "seeds" },
      el("div", { class: "head" }, el("h3", {}, words.seedsTitle),
        el("span", { class: "note" }, words.seedsNote)),
      el("table", {}, el("thead", {},
        el("tr", {}, ...words.seedsHead.map((/** @type {string} */ name) => el("th", {}, name)))),
          this.rows));
    this.element = el("section", { class: "beside", "data-block": "beside" },
      el("div", { class: "head" }, el("h3", {}, words.besideTitle),
        el("span", { class: "note" }, words.besideNote)),
      this.grid, this.none);
  }

  close() {
    for (const { map } of this.maps) map.close();
  }

  /**
   * @param {{ overlays?: Run[], vocabulary?: any, results?: any, run?: Run, view?: any }} what
   * @param {Palette} palette
   */
  paint({ overlays, vocabulary, results, run, view }, palette) {
    const shown = overlays.filter(({ pictures }) => pictures?.plane).slice(0, MOST);
    this.none.hidden = shown.length > 0;
    while (this.maps.length < shown.length) this.maps.push(this.small());
    for (const [i, one] of this.maps.entries()) {
      this.show(one, shown[i], { run, vocabulary, view }, palette);
    }
    this.table(results?.[run.config.text ? "" : run.config.language] ?? []);
  }

  small() {
    const [name, score] = [el("b"), el("span", { class: "note" })];
    const map = new PointMap({ key: `beside-${this.maps.length}`, label: "", onPick() {},
      height: 190, quiet: true });
    const element =
      el("figure", { class: "small" }, el("figcaption", {}, name, score), map.element);
    this.grid.append(element);
    return { map, name, score, element };
  }

  /**
   * @param {any} one
   * @param {Run} run
   * @param {{ run: Run, vocabulary: any, view: any }} options
   * @param {Palette} palette
   */
  show(one, run, { run: here, vocabulary, view }, palette) {
    one.element.hidden = !run;
    if (!run) return;
    const { words } = this;
    const points = run.pictures.plane;
    const same =
      ["language", "text", "min_count"].every((key) => run.config[key] === here.config[key]);
    one.names = same ? vocabulary.words : points.map(() => "");
    say(one.name, words.exampleNames[run.id] ?? describe(told(run.config), words.named, words));
    const [out, all] = ["excluding", "including"].map((name) => run.marks[name]);
    say(one.score, out == null ? ""
      : fill(words.besideScore, { excluding: percent(out), including: percent(all) }));
    const chosen = same ? vocabulary.index.get(view.word) ?? null : null;
    one.map.paint({ words: one.names, points, groups: same ? vocabulary.categories : [], chosen },
      palette);
  }

  // results: shipped scores of every method over several seeds, { name, excluding: [..], including:
  // [..], seconds: [..] }.
  /** @param {any} results */
  table(results) {
    this.seeds.hidden = !results.length;
    if (this.told === results) return;
    this.told = results;
    this.rows.replaceChildren(...results.map((/** @type {any} */ { name, excluding, including,
      seconds }) => el("tr",
      {},
      el("td", {}, name), el("td", {}, spread(excluding)), el("td", {}, spread(including)),
      el("td", {}, `${middle(seconds).toFixed(1)} s`))));
  }
}

/** @param {any} values */
const ordered = (values) => [...values].sort((a, b) => a - b);
/** @param {any} values */
const middle = (values) => ordered(values)[values.length >> 1];

/** @param {any} values */
function spread(values) {
  const all = ordered(values);
  /** @param {number} share */
  const whole = (share) => (100 * share).toFixed(0);
  return all[0] === all.at(-1) ? `${whole(all[0])}%`
    : `${whole(middle(all))}% (${whole(all[0])}–${whole(all.at(-1))})`;
}
