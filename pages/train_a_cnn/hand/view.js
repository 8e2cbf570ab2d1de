// The picture of "Teach it your handwriting": a trained network goes on with digits that one or a
// room has just drawn, and what it forgets by it. Runs are of the job "hand".

import { Adopt } from "../adopt.js";
import { Chart } from "../../kit/chart.js";
import { button, el, fill, percent, say, styles } from "../../kit/dom.js";
import { Digits, collect } from "./digits.js";
import { Forgotten } from "./forgotten.js";
import { Pad } from "../../kit/pad.js";
import { Tray } from "./tray.js";
import { Live } from "../../kit/live.js";
import { NetworkNumber } from "../../kit/opened_number.js";
import { RunScore } from "../../kit/score.js";
import { Panel } from "../../kit/run/panel.js";
import { RunView } from "../../kit/run/view.js";
import { mounted } from "../../kit/view.js";
/** @import { Drawn } from "./digits.js" */

const style = await styles("kit/base.css", "kit/run/panel.css", "kit/opened.css",
  "train_a_cnn/hand/view.css");
const EXAMPLE = "shipped-hand";
const BESIDE = "shipped-hand_rehearsal";
const AGAIN = 1500; // ms until the first run is asked for again
const [NEW, OLD] = ["0", "1"]; // colours of the two curves
const WHEN = /** @type {const} */ (["before", "now"]);

export const { mount, unmount } = mounted(() => HandView);

/**
 * @param {string} name @param {string} mark @param {(run: Run, part: string) => unknown} onOpen
 * @returns {Column}
 */
const share = (name, mark, onOpen) => ({ name, onOpen: (run) => onOpen(run, mark),
  value: ({ marks }) => (marks[mark] == null ? "–" : percent(marks[mark])) });

// The way to the room: it is asked for digits, or its wall is opened.
class Collecting {
  /** @param {HandWords} words */
  constructor(words) {
    this.words = words;
    this.about = el("span", { "data-fp": "room-digits" });
    this.opener = button("", collect, { class: "quiet", "data-fp": "collect" });
    this.element = el("div", { class: "the-room", "data-block": "room", hidden: true },
      el("p", { class: "line" }, this.about, this.opener),
      el("p", { class: "note" }, words.digitsKept));
  }

  /** @param {Digits} digits */
  paint({ heard, led, pieces }) {
    const { words } = this;
    this.element.hidden = !heard;
    this.about.hidden = !led;
    if (led) say(this.about, fill(words.roomDigits, { code: led.code, count: pieces.length }));
    say(this.opener, led?.taking === "digit" ? words.openWall : words.collect);
  }
}

// Drawings and settings change while a run of others is looked at: Play then begins a new run
// instead of going on.
class HandPanel extends Panel {
  get mine() {
    const run = super.mine;
    return !run || ["running", "waiting"].includes(run.status) || this.fits(run, "learning_rate")
      ? run : null;
  }
}

/** @extends {RunView<HandData>} */
class HandView extends RunView {
  hideable = ["rate"];
  /** @type {Drawn[]} the example's */
  examples = [];
  /** @type {string | null} what is on the canvas, as the network gets it */
  image = null;
  /** @type {Map<string, number[][] | undefined>} by run: what was taken for what at first */
  starts = new Map();

  /** @param {HTMLElement} host @param {HandData} data @param {Send} send */
  constructor(host, data, send) {
    const { words } = data;
    /** @param {Run} run @param {string} part */
    const onOpen = async (run, part) => {
      await this.look(run);
      this.score.open("accuracy", part);
    };
    super(host, data, send, { name: "hand", style, job: "hand", picture: ".pictures",
      makePanel: HandPanel,
      columns: [share(words.newDigits, "hand", onOpen), share(words.oldDigits, "mnist", onOpen)] });
    this.score = new RunScore(this, words.scored);
    this.live = this.own(new Live(
      { onAnswer: (/** @type {TaughtAnswer} */ answer) => this.readAs(answer) }));
    this.preparing = this.own(new Live({ url: `${data.base}/prepared`,
      onAnswer: (/** @type {{ image: string }} */ { image }, { strokes }) => {
        if (this.pad.canvas.strokes !== strokes) return; // a newer one is on its way
        this.image = image;
        this.ask();
      },
      onTrouble: (trouble) => this.pad.trouble(trouble) }));
    this.pad = new Pad(words, data.limits, {
      onLabel: (label, drawing) => this.digits.add(label, drawing),
      onDrawn: (strokes) => this.read(strokes),
    });
    this.number = new NetworkNumber(this, words.nets);
    this.verdicts = { before: this.saying("before"), now: this.saying("now") };
    this.digits = this.own(new Digits(data.base, data,
      { onChange: () => this.repaint(), onTrouble: (trouble) => this.pad.trouble(trouble) }));
    this.collecting = new Collecting(words);
    this.tray = new Tray(words, { onRemove: (drawing) => this.digits.remove(drawing),
      onOpen: () => this.score.open("accuracy", "drawings") });
    this.chart =
      new Chart({ label: words.chartLabel, height: 230, xName: words.step, yName: words.accuracy });
    this.forgotten = new Forgotten(words, (digit, as) =>
      this.score.open(`shares.${digit + 1}.${as + 1}`, "counted"));
    this.origin = el("span", { class: "origin", "data-fp": "origin" });
    this.note = el("p", { class: "note", "data-fp": "digits-note" });
    this.old = el("span", { class: "note" });
    this.clear = button(words.clearDigits, () => this.digits.clear(),
      { class: "quiet", "data-fp": "clear-digits" });
    this.adopting = new Adopt(words, data, { onTrouble: (trouble) => this.panel.trouble(trouble) });
    this.root.append(this.parts());
    this.readAs(null);
    this.begin(".teach");
    this.digits.begin();
  }

  // What the network says, which opens.
  /** @param {"before" | "now"} when */
  saying(when) {
    const digit = { digit: 0 };
    const text = el("output", { "data-fp": `says-${when}` });
    const open = button(text, () => this.number.open(`${when}.probabilities.${digit.digit}`),
      { class: "opens", disabled: true, "data-fp": `open-${when}` });
    return Object.assign(digit, { text, open });
  }

  parts() {
    const { words } = this;
    /** @param {string} title @param {...Node} more */
    const head = (title, ...more) => el("div", { class: "head" }, el("h2", {}, title), ...more);
    const rows = WHEN.map((when) =>
      el("p", {}, el("span", {}, words[when]), this.verdicts[when].open));
    return el("div", { class: "teach" },
      el("div", { class: "drawing" },
        el("div", { class: "left" }, this.pad.element,
          el("div", { class: "says", "data-block": "says" }, ...rows)),
        el("section", { class: "right", "data-block": "tray" },
          head(words.trayTitle, this.tray.count, this.clear),
          this.note, this.tray.body, this.collecting.element)),
      this.number.element,
      el("div", {}, this.panel.element, this.adopting.element),
      el("div", { class: "pictures halves" },
        el("section", { "data-block": "curves" }, head(words.curvesTitle, this.origin),
          this.chart.element),
        el("section", { "data-block": "kept" }, head(words.keptTitle, this.old),
          this.forgotten.element)),
      this.score.element, this.list.element);
  }

  // -- which run ----------------------------------------------------------------------------------

  // The drawings of the next run: one's own and the room's; without any of them the example's.
  get drawings() {
    const { drawings } = this.digits;
    return drawings.length ? drawings : this.examples;
  }

  get config() {
    const drawings =
      this.drawings.slice(0, this.data.most).map(({ label, image }) => [label, image]);
    return { ...this.data.config, drawings };
  }

  // To begin with: the run from before a reload, else the example, with its remedy beside it.
  async first() {
    const example = await this.runs.fetch(EXAMPLE);
    this.examples = example ? drawingsOf(example) : [];
    const restored = await this.runs.restore();
    if ((!restored || restored.shipped) && example) {
      await this.runs.open(EXAMPLE);
      await this.list.show(BESIDE);
    }
    // the server is not there yet
    if (!this.runs.run && this.root.isConnected) return void setTimeout(() => this.first(), AGAIN);
    this.list.refresh();
    this.repaint();
  }

  /** @param {HandData} before */
  compare(before) {
    const { config } = this.data;
    if (JSON.stringify(before.config) === JSON.stringify(config)) return;
    this.panel.trouble(null);
    const rate = config.learning_rate;
    if (before.config.learning_rate !== rate && !this.panel.playing) this.panel.setRate(rate);
    if (this.runs.run) this.panel.paint(this.runs.run); // what Play does may have changed
  }

  opened() {}

  /** @param {Run} run */
  changed(run) {
    const before = this.shown;
    if (before && before !== run.id && !run.shipped) this.list.show(before); // to be compared
    if (run.saved.length) this.begins(run.id);
    super.changed(run);
    this.ask();
  }

  // What was right before the first step, for the marks in the bars.
  /** @param {string} id */
  async begins(id) {
    if (this.starts.has(id)) return;
    this.starts.set(id, undefined); // asked for once
    const start = await this.runs.at(0);
    this.starts.set(id, start?.pictures?.confusion);
    this.paint();
  }

  /** @param {Saved | null} saved */
  inspect(saved) {
    super.inspect(saved);
    this.ask();
  }

  // -- the drawing on the canvas ------------------------------------------------------------------

  /** @param {Strokes} strokes */
  read(strokes) {
    this.image = null;
    this.readAs(null);
    if (strokes.length) this.preparing.ask({ body: () => ({ drawing: strokes }), strokes });
  }

  ask() {
    const { runs: { run }, image } = this;
    const step = this.inspected?.step ?? run?.saved.at(-1);
    if (!image || !run || step == null) return;
    const address = `${this.data.base}/runs/${run.id}`;
    this.live.inspect(address, "said", { step, image });
    this.number.setSource({ run: address, step, image });
  }

  /** @param {TaughtAnswer | null} answer */
  readAs(answer) {
    for (const when of WHEN) {
      const shares = answer?.[when] ?? [];
      const digit = shares.indexOf(Math.max(...shares));
      const verdict = this.verdicts[when];
      verdict.digit = digit;
      verdict.open.disabled = !answer;
      verdict.text.dataset.value = String(shares[digit]);
      say(verdict.text, answer ? `${digit} · ${percent(shares[digit])}` : "–");
    }
    if (!answer) this.number.setSource(null);
  }

  // -- the picture --------------------------------------------------------------------------------

  repaint() {
    // more drawings: Play may begin another run now
    if (this.runs.run) this.panel.paint(this.runs.run);
    this.paint();
  }

  theme() {
    super.theme();
    this.pad.theme(this.palette);
  }

  paint() {
    const { length } = this.digits.drawings;
    say(this.note, this.about(length));
    this.clear.style.visibility = length ? "visible" : "hidden";
    this.collecting.paint(this.digits);
    const { run } = this.runs;
    this.tray.paint(this.drawings, run ? answers(run, this.inspected ?? run) : new Map(),
      this.palette);
    this.root.dataset.drawings = String(length);
    if (run) this.measured(run);
  }

  // What is said of so many drawings.
  /** @param {number} count */
  about(count) {
    const { words, data: { fewest, most } } = this;
    if (!count) return words.exampleNote;
    if (count < fewest) return fill(words.tooFew, { count: fewest - count });
    if (count > most) return fill(words.someOnly, { count: most, all: count });
    return fill(words.digitsNote, { count });
  }

  /** @param {Run} run */
  measured(run) {
    const { words, inspected, palette } = this;
    const shown = inspected ?? run;
    say(this.origin, words.origins[run.shipped ? "shipped" : shown.step ? "trained" : "shipped"]);
    const old = run.config.data === "pen" ? words.oldPen : words.oldDigits;
    say(this.old, run.config.data === "pen" ? words.keptNotePen : words.keptNote);
    const faint = this.overlays.filter(({ id }) => id !== run.id);
    this.chart.paint({
      series: [
        ...faint.flatMap((each) => [curve(each, "hand", NEW, "", true),
          { ...curve(each, "mnist", OLD,
            fill(words.overlay, { share: percent0(each.config.rehearsal) })), dash: true }]),
        curve(run, "hand", NEW, words.newDigits), curve(run, "mnist", OLD, old),
      ],
      x: [0, run.steps], y: [0, 1], cursor: inspected?.step ?? null,
    }, palette);
    this.adopting.show(run.config.network === "notes" ? run : null, inspected);
    this.score.ask();
    const { confusion } = shown.pictures ?? {};
    if (confusion) {
      const drawn = new Set(drawingsOf(run).map(({ label }) => label));
      this.forgotten.paint(confusion, this.starts.get(run.id), drawn);
    }
    this.painted();
  }
}

/** @param {number} share */
const percent0 = (share) => `${Math.round(100 * share)}%`;

// Where a run was measured, with the start, as a curve.
/**
 * @param {Run} run
 * @param {string} name
 * @param {string} role
 * @param {string} label
 * @param {boolean} [faint]
 */
function curve(run, name, role, label, faint = false) {
  const values = [run.marks[`${name}.start`], ...(run.series[name] ?? [])];
  const x = [...values.keys()].filter((step) => values[step] != null || step === 0);
  return { key: `${run.id}.${name}`, name: label, x, y: x.map((step) => values[step] ?? null), role,
    faint };
}

/** @param {Run} run @returns {Drawn[]} */
const drawingsOf = ({ config }) =>
  config.drawings.map((/** @type {[number, string]} */ [label, image]) => ({ label, image }));

// What the network of a state takes each of its run's drawings for, by picture.
/**
 * @param {Run} run
 * @param {Saved} shown
 * @returns {Map<string, { digit: number, held: boolean }>}
 */
function answers(run, { pictures: { said: verdicts, held } = {} }) {
  if (!verdicts) return new Map();
  return new Map(drawingsOf(run).map(({ image }, i) =>
    [image, { digit: verdicts[i][0], held: held[i] === 1 }]));
}
