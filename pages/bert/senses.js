// "Same word, other sense": the vectors of one word in several sentences, compared two by two and
// on a map, after each layer.

import { head } from "../kit/controls.js";
import { el, fill, number, say } from "../kit/dom.js";
import { Knob } from "../kit/knob.js";
import { scoring } from "../kit/score.js";
import { round, svg } from "../kit/svg.js";

const [WIDTH, HEIGHT, EDGE] = [320, 220, 24];

/** @typedef {{ sentences: string[], cosines: number[][][], points: number[][][] }} Senses */

export class SensesGame {
  /** @type {Senses | undefined} */
  answer;
  /** @type {number | null} that is on show; null: the last */
  layer = null;
  word = "";

  /** @param {Record<string, any>} words @param {import("../kit/score.js").ScoreNumber} score */
  constructor(words, score) {
    this.words = words;
    this.score = score;
    this.knob = new Knob({ name: "senses-layer", label: words.layerKnob, low: 0, high: 1 },
      { onInput: (_, layer) => { this.layer = layer; this.paint(); } });
    this.lines = el("ol", { class: "senses-lines" });
    this.table = el("table", { class: "senses-table", "data-fp": "senses-cosines" });
    this.map = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "senses-map", role: "img",
      "aria-label": words.mapTitle });
    this.heading = head("");
    this.element = el("section", { class: "senses", "data-block": "senses" }, this.knob.element,
      el("div", { class: "two" },
        el("div", {}, this.heading, el("div", { class: "scroll" }, this.table), this.lines),
        el("div", {}, head(words.mapTitle, words.mapNote), this.map)),
      el("p", { class: "note why" }, words.sensesWhy));
  }

  /** @param {Senses} answer @param {string} word */
  take(answer, word) {
    this.answer = answer;
    this.word = word;
    this.paint();
  }

  paint() {
    const { answer, words, knob, word, score } = this;
    if (!answer) return;
    const last = answer.cosines.length - 1;
    const layer = Math.min(this.layer ?? last, last);
    knob.input.max = String(last);
    knob.value = layer;
    say(/** @type {HTMLElement} */ (this.heading.firstChild), fill(words.sensesTitle, { word }));
    const { sentences } = answer;
    this.lines.replaceChildren(...sentences.map((sentence, i) =>
      el("li", {}, el("b", {}, String(i + 1)), ` ${sentence}`)));
    const cosines = answer.cosines[layer];
    this.table.replaceChildren(el("tbody", {},
      el("tr", {}, el("th"), ...sentences.map((_, i) => el("th", {}, String(i + 1)))),
      ...cosines.map((row, i) => el("tr", {}, el("th", {}, String(i + 1)),
        ...row.map((value, j) => el("td", { class: "value" }, j === i ? "1"
          : scoring(score, "senses", `cosine.${layer + 1}.${i + 1}.${j + 1}`, number(value))))))));
    this.paintMap(answer.points[layer]);
  }

  // One scale for both directions: distances on the map are comparable.
  /** @param {number[][]} points */
  paintMap(points) {
    const { words, word, answer } = this;
    const most = Math.max(...points.flat().map(Math.abs)) || 1;
    const unit = (HEIGHT / 2 - EDGE) / most;
    this.map.replaceChildren(...points.map(([x, y], i) => {
      const at = { x: round(WIDTH / 2 + unit * x), y: round(HEIGHT / 2 - unit * y) };
      const says = { word, n: i + 1, sentence: answer?.sentences[i] };
      return svg("g", {}, svg("title", {}, fill(words.mapSays, says)),
        svg("circle", { cx: at.x, cy: at.y, r: 5 }),
        svg("text", { x: at.x + 9, y: at.y + 5 }, String(i + 1)));
    }));
  }
}
