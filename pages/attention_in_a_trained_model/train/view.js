// The tab "Train it" of "Attention in a trained model": a small transformer learns what "it" is
// while one watches. The component talks to the engine's routes itself; the page hears only of what
// a person chose in here.

import { head } from "../../kit/controls.js";
import { button, el, fill, number, percent, say, styles } from "../../kit/dom.js";
import { Edges } from "../../kit/edges.js";
import { Heads } from "../../kit/heads.js";
import { RunView } from "../../kit/run/view.js";
import { RunScore, scoring } from "../../kit/score.js";
import { mounted } from "../../kit/view.js";
import { opens, RunTrace } from "../../kit/trace_number.js";
import { TrainedNumber } from "../number.js";
import { RunCharts } from "./charts.js";

const MARGIN = 0.05; // of the sentences: what another head must be ahead to be followed instead

const style =
  await styles("kit/base.css", "kit/run/panel.css", "kit/heads.css", "kit/edges.css",
    "kit/heat.css", "kit/opened.css", "kit/trace_number.css", "kit/run/run.css");

export const { mount, unmount } = mounted(() => TrainedRunView);

/** @extends {RunView<TrainedRunData>} */
class TrainedRunView extends RunView {
  /** @type {HeadPlace | null} the head that is on show */
  here = null;
  /** @type {HeadPlace | null} the head that was chosen */
  picked = null;
  /** @type {(HeadPlace & { id: string }) | undefined} the one that is followed, and of which run */
  leader;

  /** @param {HTMLElement} host @param {TrainedRunData} data @param {Send} send */
  constructor(host, data, send) {
    const { words } = data;
    /** @param {string} name */
    const share = (name) =>
      (/** @type {Run} */ run) => (run.marks[name] == null ? "–" : percent(run.marks[name]));
    super(host, data, send, {
      name: "trained-run", style, job: "it", picture: ".pictures",
      columns: [
        { name: words.colRight, value: share("accuracy"), onOpen: async (run) => {
          await this.look(run);
          this.score.open("accuracy", "pairs");
        } },
        { name: words.colBest, value: share("best_head"), onOpen: (run) => this.openBest(run) },
      ],
    });
    const { runs } = this;
    this.number = new RunTrace(this,
      (onNumber) => new TrainedNumber(words.number, data.lexicon, onNumber));
    this.heads = new Heads({ key: "run-heads", words: words.heads,
      onPick: (layer, head) => this.pick(layer, head),
      onNote: (layer, head) => this.number.open({ array: "ahead", index: [layer, head] }) });
    this.score = new RunScore(this, words.scored);
    this.headShare = el("p", { class: "note", "data-fp": "head-share" });
    /** @param {number} row @param {number} column @param {number} value */
    const labelOf = (row, column, value) => fill(words.edge,
      { reader: data.sentence[row], read: data.sentence[column], weight: number(value) });
    this.edges = new Edges({ key: "run-edges", labelOf, onPick: (row, column) => {
      const { layer, head } = this.here ?? { layer: 0, head: 0 };
      if (row === null || column === null) return;
      this.number.open(
        { array: `layer_${layer}_attention_weights`, index: [head, row, column] });
    } });
    this.edgesTitle = el("h2");
    this.bars = data.nouns.map((noun) => {
      const bar = el("i", { class: "bar" });
      const value = button("", () => this.number.open({ array: "probabilities",
        index: [data.sentence.indexOf("it"), data.lexicon.indexOf(noun)] }),
      { class: "num strong", "data-fp": `p-${noun}` });
      return { bar, value, row: el("li", {}, el("span", { class: "noun" }, noun),
        el("span", { class: "track" }, bar), value) };
    });
    this.masked = el("p", { class: "note", "data-fp": "run-masked" });
    this.origin = el("span", { class: "origin", "data-fp": "run-origin" });
    this.charts = this.own(new RunCharts(words, runs, () => this.repaint()));
    /** @param {string} name @param {...any} content */
    const block = (name, ...content) => el("section", { "data-block": name }, ...content);
    const { ahead, right, loss } = this.charts;
    this.root.append(el("div", { class: "training" }, this.panel.element,
        el("div", { class: "pictures" },
          el("div", { class: "row" },
            block("maps", head(words.headsTitle, words.headsNote, this.origin),
              el("p", { class: "sentence" }, data.sentence.join(" ")), this.heads.element,
              this.headShare),
            el("div", { class: "beside" },
              block("run-answer", head(words.answerTitle, words.answerNote),
                el("ol", { class: "nouns" }, ...this.bars.map(({ row }) => row)), this.masked),
              block("run-lines", el("div", { class: "head" }, this.edgesTitle),
                this.edges.element))),
          this.number.shown.element,
          block("ahead", head(words.aheadTitle, words.aheadNote), ahead.element),
          el("div", { class: "row even" },
            block("right", head(words.rightTitle, words.rightNote), right.element),
            block("loss", head(words.lossTitle, "",
              scoring(this.score, "pairs", "loss", words.scored.lossHeld)), loss.element))),
        this.score.element, this.list.element));
    this.begin(":not(*)");
  }

  more() {
    return { number: this.number.place };
  }

  /** @param {Run} run */
  changed(run) {
    if (run.id !== this.shown) this.picked = null;
    this.charts.remember(run);
    super.changed(run);
  }

  // How often the best head of a run ranks the referent ahead.
  /** @param {Run} run */
  async openBest(run) {
    await this.look(run);
    const { layer, head } = best(this.runs.run?.pictures.ahead ?? [[0]]);
    this.number.open({ array: "ahead", index: [layer, head] });
  }

  /** @param {number} layer @param {number} head */
  pick(layer, head) {
    this.picked = { layer, head };
    this.repaint();
  }

  repaint() {
    const { run } = this.runs;
    if (!run) return;
    const { inspected, words, palette } = this;
    const shown = inspected ?? run;
    const at = inspected?.step ?? run.step;
    const { weights, ahead, probabilities } = shown.pictures;
    // a new run that has not begun: what was there stays, with its caption
    if (!ahead) return;
    const here = this.here = this.picked ?? this.leading(ahead, run);
    say(this.origin, words.origins[at === 0 ? "random" : run.shipped ? "shipped" : "trained"]);
    say(this.masked, run.config.objective === "masked" ? words.masked : "");
    this.paintHeads(weights, ahead, here);
    this.paintAnswer(probabilities);
    this.root.dataset.head = `${here.layer}.${here.head}`;
    this.charts.paint(run, this.overlays, inspected, here, palette);
    this.number.ask();
    this.score.ask();
    this.root.dataset.answers = String(this.updates);
  }

  // Without a choice of one's own the head that finds the referent most often is followed; while a
  // run trains, not from one to the next and back for a few sentences more.
  /** @param {number[][]} ahead @param {Run} run @returns {HeadPlace} */
  leading(ahead, run) {
    const first = best(ahead);
    const { layer, head } = this.leader?.id === run.id ? this.leader : first;
    const share = ahead[layer]?.[head] ?? 0;
    const stays =
      run.status === "running" && !this.inspected
        && share > ahead[first.layer][first.head] - MARGIN;
    this.leader = { id: run.id, ...(stays ? { layer, head } : first) };
    return this.leader;
  }

  /** @param {number[][][][]} weights @param {number[][]} ahead @param {HeadPlace} here */
  paintHeads(weights, ahead, here) {
    const { data, words, palette } = this;
    const labels = data.sentence;
    const notes = ahead.map((row) => row.map((share) => `${Math.round(100 * share)}%`));
    this.heads.paint({ labels, maps: weights, selected: here, notes }, palette);
    const name = fill(words.heads.name, { layer: here.layer + 1, head: here.head + 1 });
    this.headShare.replaceChildren(`${name}: `, opens(notes[here.layer][here.head],
      { array: "ahead", index: [here.layer, here.head] },
      (place) => place && this.number.open(place)));
    say(this.edgesTitle, fill(words.edgesTitle, { head: name }));
    const map = weights[here.layer][here.head];
    const it = labels.indexOf("it");
    const won = map[it].indexOf(Math.max(...map[it]));
    this.edges.paint({ labels, weights: map, row: it, won });
  }

  /** @param {number[]} probabilities */
  paintAnswer(probabilities) {
    const most = Math.max(...probabilities);
    for (const [i, { bar, value, row }] of this.bars.entries()) {
      bar.style.transform = `scaleX(${probabilities[i]})`;
      say(value, percent(probabilities[i]));
      value.dataset.value = String(probabilities[i]);
      row.classList.toggle("won", probabilities[i] === most && most > 0.5);
    }
  }
}

/** @param {number[][]} ahead */
function best(ahead) {
  const places = ahead.flatMap((row, layer) => row.map((share, head) => ({ share, layer, head })));
  const { layer, head } = places.reduce((a, b) => (b.share > a.share ? b : a));
  return { layer, head };
}
