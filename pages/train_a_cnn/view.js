// The picture of "Train a CNN": the notes' program in blocks, one's own digit in the network that
// learns, its curves, its kernels, its mistakes, and a bench to break it on. Only what a person
// chose is reported to the page.

import { Adopt } from "./adopt.js";
import { Augmented } from "./augment.js";
import { Break } from "./break.js";
import { Curves } from "./curves.js";
import { Gradients, Kernels } from "./inside.js";
import { Mistakes, percent2 } from "./mistakes.js";
import { Program } from "./program.js";
import { Yours } from "./yours.js";
import { action, button, el, fill, grouped, percent, say, styles } from "../kit/dom.js";
import { Live } from "../kit/live.js";
import { Panel } from "../kit/run/panel.js";
import { RunView } from "../kit/run/view.js";
import { mounted } from "../kit/view.js";
import { seen } from "../kit/scale.js";
import { short } from "../kit/scores.js";

const MOST = 1000; // batches that the engine takes at once

const style =
  await styles("kit/base.css", "kit/run/panel.css", "kit/matrix.css", "kit/opened.css",
    "train_a_cnn/view.css");

export const { mount, unmount } = mounted(() => TrainView);

// Beside one batch and some, a whole epoch.
class EpochPanel extends Panel {
  epoch = action("", () => this.stepEpoch(), { "data-fp": "epoch" });
  /** @type {number | null} where the run stood when one batch was asked for */
  oneFrom = null;
  pen = 0; // most generated digits to learn from

  // Digits that a run of this config learns from.
  /** @param {Config} config */
  digits({ images, data }) {
    return data === "pen" ? Math.min(images, this.pen) : images;
  }

  /** @param {Run | null} run */
  paint(run) {
    super.paint(run);
    if (run) this.epoch.disabled = this.ended;
  }

  /** @param {number} count */
  async step(count) {
    if (count === 1) this.oneFrom = this.mine?.step ?? 0;
    await super.step(count);
  }

  // To the end of the epoch that has begun; the engine adds up what is asked for.
  async stepEpoch() {
    const config = this.mine?.config ?? this.config();
    const each = Math.ceil(this.digits(config) / config.batch);
    for (let left = each - ((this.mine?.step ?? 0) % each); left > 0; left -= MOST) {
      await super.step(Math.min(MOST, left));
    }
  }
}

/**
 * @param {CnnWords} words @param {(run: Run, number: string) => void} onOpen
 * @returns {Column[]}
 */
const columns = (words, onOpen) => [
  { name: words.validation, onOpen: (run) => onOpen(run, "accuracy"), value: ({ marks }) =>
    (seen(marks.validation_accuracy) ? percent2(marks.validation_accuracy) : "–") },
  { name: words.lossTitle, onOpen: (run) => onOpen(run, "loss"),
    value: ({ final }) => short(final?.validation_loss ?? final?.loss ?? null) },
  { name: words.seconds, value: ({ seconds }) => (seconds ? seconds.toFixed(1) : "–") },
];

/** @extends {RunView<CnnData>} */
class TrainView extends RunView {
  hideable = ["rate", "tools", "number"];
  edits = "";
  /** @type {number | null} of the first layer, the one that was picked */
  filter = null;
  /** @type {(ShapeAnswer & { of: string }) | null} */
  shape = null;
  maps = 0;

  /** @param {HTMLElement} host @param {CnnData} data @param {Send} send */
  constructor(host, data, send) {
    const { words, base } = data;
    super(host, data, send, { name: "cnn", style, job: "cnn", picture: ".pictures",
      makePanel: EpochPanel, columns: columns(words, async (run, number) => {
        await this.look(run);
        this.mistakes.score.open(number, "seen");
      }) });
    const { epochs } = this;
    epochs.pen = data.pen;
    say(epochs.epoch, words.oneEpoch);
    /** @type {HTMLElement} */ (epochs.many.parentElement).after(epochs.epoch);
    this.program = new Program(words, { count: (config) => epochs.digits(config),
      onOpen: (number, part) => this.mistakes.score.open(number, part) });
    this.yours = this.own(new Yours(words, data,
      { onChange: () => this.notify(), onAnswer: () => this.mapped() }));
    this.curves = this.own(new Curves(words));
    this.kernels = new Kernels(words, { onPick: (filter) => this.pickFilter(filter) });
    this.gradients =
      new Gradients(words, { onOpen: (number) => this.mistakes.score.open(number) });
    this.augmented = this.own(new Augmented(words, base));
    this.mistakes =
      this.own(new Mistakes(words, base, { onPick: (image) => this.yours.choose(image) }));
    this.break = this.own(new Break(words, base, {
      onEdits: (edits) => { this.edits = edits; this.repaint(); this.notify(); },
      onFilter: (filter) => { this.filter = filter; this.repaint(); },
      onOpen: (part) => this.mistakes.score.open("share", part),
    }));
    this.adopting = new Adopt(words, data, { onTrouble: (trouble) => this.panel.trouble(trouble) });
    this.shapes = this.own(new Live({
      onAnswer: (/** @type {ShapeAnswer} */ shape, { query }) => {
        this.shape = { ...shape, of: query.of };
        this.repaint();
      },
    }));
    this.origin = el("span", { class: "origin", "data-fp": "origin" });
    this.right = el("output", { class: "right", "data-fp": "validation" });
    this.loss = el("output", { class: "right", "data-fp": "validation-loss" });
    this.pace = el("span", { class: "note" });
    this.root.append(el("div", { class: "cnn" }, this.panel.element, this.pictures(),
      this.list.element));
    // What takes thousands of digits is asked for when it first comes into sight.
    this.sight = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) (target === this.break.element ? this.break : this.mistakes).open();
      }
    });
    for (const part of [this.break, this.mistakes]) this.sight.observe(part.element);
    this.begin(".cnn");
  }

  pictures() {
    const { words, curves } = this;
    /** @param {string} text */
    const note = (text) => el("span", { class: "note" }, text);
    /** @param {string} title @param {{ element: HTMLElement }} chart @param {...Node} more */
    const chart = (title, { element }, ...more) =>
      el("section", {}, el("div", { class: "head" }, el("h2", {}, title), ...more), element);
    return el("div", { class: "cnn pictures" },
      el("div", { class: "main" },
        el("div", { class: "beside" }, this.yours.element, this.kernels.element,
          el("div", { class: "adopting" }, this.adopting.element), this.augmented.element),
        el("div", { class: "beside" }, this.program.element, this.gradients.element)),
      this.yours.opened.element,
      el("div", { class: "halves", "data-block": "curves" },
        chart(words.accuracyTitle, curves.accuracy,
          button(this.right, () => this.mistakes.score.open("accuracy", "seen"),
            { class: "opens", "data-fp": "open-accuracy" }), note(words.accuracyNote),
          this.origin),
        chart(words.lossTitle, curves.loss,
          button(this.loss, () => this.mistakes.score.open("loss", "seen"),
            { class: "opens", "data-fp": "open-loss-seen" }), note(words.lossNote), this.pace)),
      this.mistakes.element, this.break.element);
  }

  // The walk's step about the program shows all of it.
  /** @param {import("../kit/steps.js").Step} detail @param {string} whole */
  walk(detail, whole) {
    if (detail.id === "program") this.program.unfold(true);
    super.walk(detail, whole);
  }

  get epochs() {
    return /** @type {EpochPanel} */ (this.panel);
  }

  close() {
    this.sight.disconnect();
    super.close();
  }

  // The drawing that the page keeps.
  /** @param {CnnData} data */
  adopt(data) {
    super.adopt(data);
    this.yours.adopt(data.view);
  }

  more() {
    return { ...this.yours.report(), edits: this.edits };
  }

  /** @param {number} filter */
  pickFilter(filter) {
    this.filter = filter;
    this.break.choose({ layer: "conv1", filter, input: 0 });
    this.repaint();
  }

  // The maps of another state have been painted: scripts wait for this.
  mapped() {
    const { run } = this.runs;
    if (run) this.augmented.follow(run, this.yours.image, this.palette);
    this.root.dataset.maps = String(++this.maps);
  }

  // One batch was asked for and has come: the program shows what it did.
  /** @param {Run} run */
  changed(run) {
    super.changed(run);
    const { epochs } = this;
    if (epochs.oneFrom === null || !["paused", "done"].includes(run.status)) return;
    if (run.step === epochs.oneFrom + 1) {
      this.program.walk(seen(run.series.validation_accuracy?.[run.step - 1]));
    }
    if (run.step > epochs.oneFrom) epochs.oneFrom = null;
  }

  repaint() {
    const { run } = this.runs;
    if (!run) return;
    const { inspected, palette } = this;
    const shown = inspected ?? run;
    this.askShape(run);
    const shape = this.shape?.of === run.id ? this.shape : null;
    const layers = shape?.layers ?? [];
    this.figures(run, shown);
    this.program.paint(run, shown, shape);
    this.curves.paint(run, this.overlays, inspected, palette);
    this.kernels.paint(shown.pictures.kernels, this.filter, palette);
    this.gradients.paint(shown.pictures.gradients, layers);
    if (run.saved.length) {
      this.yours.follow(run, shown.step, this.edits);
      this.mistakes.follow(run, shown, this.edits, palette);
      this.break.follow(run, shown.step, layers, palette);
    }
    this.augmented.follow(run, this.yours.image, palette);
    const { architecture, activation } = run.config; // "Draw a digit" shows the notes' network
    this.adopting.show(architecture === "simple" && activation === "relu" ? run : null, inspected);
    this.root.dataset.answers = String(this.updates);
  }

  /** @param {Run} run @param {Saved} shown */
  figures(run, { step, marks }) {
    const { words } = this;
    const loss = run.series.validation_loss?.[step - 1];
    say(this.loss, seen(loss) ? short(loss) : "");
    this.loss.dataset.value = String(loss ?? "");
    say(this.origin, words.origins[step === 0 ? "random" : run.shipped ? "shipped" : "trained"]);
    const { validation_accuracy: right, images_per_second: pace } = marks;
    say(this.right, seen(right) ? percent(right) : "–");
    this.right.dataset.value = String(right ?? "");
    const count = grouped(Math.round(pace));
    say(this.pace, seen(pace) ? fill(words.pace, { count }) : "");
  }

  // What the layers are depends on the setting alone.
  /** @param {Run} run */
  askShape(run) {
    if (!run.saved.length) return;
    this.shapes.inspect(`${this.data.base}/runs/${run.id}`, "shape", { step: 0, of: run.id });
  }
}
