// @ts-nocheck
// The picture of "Train a CNN": the notes' program in blocks, one's own digit in the network that
// learns, its curves, its kernels, its mistakes, and a bench to break it on. Only what a person
// chose is told to the page.

import { Adopt } from "./adopt.js";
import { Augmented } from "./augment.js";
import { Break } from "./break.js";
import { Curves } from "./curves.js";
import { Gradients, Kernels } from "./inside.js";
import { Mistakes, percent2 } from "./mistakes.js";
import { Program } from "./program.js";
import { Yours } from "./yours.js";
import { button, el, percent, say, styles } from "../kit/dom.js";
import { Live } from "../kit/live.js";
import { Panel } from "../kit/run/panel.js";
import { RunView } from "../kit/run/view.js";
import { mounted } from "../kit/view.js";
import { seen } from "../kit/scale.js";
import { short } from "../kit/scores.js";
/** @import { Chart } from "../kit/chart.js" */

const MOST = 1000; // batches that the engine takes at once

const style =
  await styles("kit/base.css", "kit/run/panel.css", "kit/matrix.css", "train_a_cnn/view.css");

export const { mount, unmount } = mounted(() => TrainView);

// Beside one batch and some, a whole epoch.
class EpochPanel extends Panel {
  /** @param {ConstructorParameters<typeof Panel>} all */
  constructor(...all) {
    super(...all);
    this.epoch = button(this.words.oneEpoch, () => this.stepEpoch(), { "data-fp": "epoch" });
    /** @type {HTMLElement} */ (this.many.parentElement).after(this.epoch);
  }

  /** @param {Run | null} run */
  paint(run) {
    super.paint(run);
    if (run) this.epoch.disabled = this.ended;
  }

  /** @param {number} count */
  async step(count) {
    if (count === 1) this.onOne();
    await super.step(count);
  }

  // To the end of the epoch that has begun; the engine adds up what is asked for.
  async stepEpoch() {
    const each = this.batches(this.mine?.config ?? this.config());
    for (let left = each - ((this.mine?.step ?? 0) % each); left > 0; left -= MOST) {
      await super.step(Math.min(MOST, left));
    }
  }
}

/** @extends {RunView<CnnData>} */
class TrainView extends RunView {
  hideable = ["rate", "tools"];
  /** @type {number | null} */
  oneFrom = null;
  /** @type {string} */
  edits;
  /** @type {number} */
  filter;
  /** @type {any} */
  shape;
  /** @type {string} */
  shapeOf;

  /** @param {HTMLElement} host @param {CnnData} data @param {Send} send */
  constructor(host, data, send) {
    const { words } = data;
    super(host, data, send, {
      name: "cnn", style, job: "cnn", picture: ".pictures",
      columns: [
        { name: words.validation, value: (run) =>
          (seen(run.marks.validation_accuracy) ? percent2(run.marks.validation_accuracy) : "–") },
        { name: words.lossTitle,
          value: (run) => short(run.final?.validation_loss ?? run.final?.loss) },
        { name: words.seconds, value: (run) => (run.seconds ? run.seconds.toFixed(1) : "–") },
      ], makePanel: EpochPanel,
    });
    const { base } = data;
    /** @param {Config} options */
    const count =
      ({ images, data: digits }) => (digits === "pen" ? Math.min(images, data.pen) : images);
    /** @param {Config} config */
    const batches = (config) => Math.ceil(count(config) / config.batch);
    this.panel.batches = batches;
    this.panel.onOne = () => { this.oneFrom = this.panel.mine?.step ?? 0; };
    this.program = new Program(words, { count });
    this.yours = this.own(new Yours(words, data,
      { onDrawing: () => this.notify(), onAnswer: () => this.seen() }));
    this.curves = this.own(new Curves(words));
    this.kernels = new Kernels(words, { onPick: (filter) => this.pickFilter(filter) });
    this.gradients = new Gradients(words);
    this.augmented = this.own(new Augmented(words, base));
    this.mistakes =
      this.own(new Mistakes(words, base, { onPick: (image) => this.yours.take(String(image)) }));
    this.break = this.own(new Break(words, base, {
      onEdits: (edits) => { this.edits = edits; this.repaint(); },
      onFilter: (filter) => { this.filter = filter; this.repaint(); },
    }));
    this.adopting = new Adopt(words, data, { onTrouble: (trouble) => this.panel.trouble(trouble) });
    this.shapes = this.own(new Live({ onAnswer: (shape, { query }) => {
      this.shape = { ...shape, of: query.of };
      this.repaint();
    } }));
    this.origin = el("span", { class: "origin", "data-fp": "origin" });
    this.right = el("output", { class: "right", "data-fp": "validation" });
    this.pace = el("span", { class: "note" });
    /** @param {string} title @param {Chart} options @param {...any} more */
    const chart = (title, { element }, ...more) =>
      el("section", {}, el("div", { class: "head" }, el("h3", {}, title), ...more), element);
    this.root.append(el("div", { class: "cnn" }, this.panel.element,
        el("div", { class: "cnn pictures" },
          el("div", { class: "main" },
            el("div", { class: "beside" }, this.program.element, this.gradients.element),
            el("div", { class: "beside" }, this.yours.element,
              el("div", { class: "adopting" }, this.adopting.element), this.augmented.element,
              this.kernels.element)),
          el("div", { class: "halves", "data-block": "curves" },
            chart(words.accuracyTitle, this.curves.accuracy, this.right,
              el("span", { class: "note" }, words.accuracyNote), this.origin),
            chart(words.lossTitle, this.curves.loss, el("span", { class: "note" }, words.lossNote),
              this.pace)),
          this.mistakes.element, this.break.element),
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

  close() {
    this.sight.disconnect();
    super.close();
  }

  // The drawing that the page keeps.
  /** @param {CnnData} data */
  adopt(data) {
    super.adopt(data);
    this.yours.adopt(data.view.drawing);
  }

  more() {
    return { drawing: this.yours.canvas.strokes };
  }

  /** @param {number} filter */
  pickFilter(filter) {
    this.filter = filter;
    this.break.choose({ layer: "conv1", filter, input: 0 });
    this.repaint();
  }

  theme() {
    super.theme();
    this.yours.theme(this.palette);
  }

  seen() {
    const { run } = this.runs;
    if (run) this.augmented.follow(run, this.yours.image, this.palette);
    this.root.dataset.maps = String(Number(this.root.dataset.maps ?? 0) + 1);
  }

  // One batch was asked for and has come: the program shows what it did.
  /** @param {Run} run */
  changed(run) {
    super.changed(run);
    if (this.oneFrom == null || !["paused", "done"].includes(run.status)) return;
    if (run.step === this.oneFrom + 1) {
      this.program.walk(seen(run.series.validation_accuracy?.[run.step - 1]));
    }
    if (run.step > this.oneFrom) this.oneFrom = null;
  }

  repaint() {
    const { run } = this.runs;
    if (!run || !this.palette) return;
    const { inspected, words, palette } = this;
    const shown = inspected ?? run;
    this.askShape(run);
    const shape = this.shape?.of === this.shapeOf ? this.shape : null;
    say(this.origin,
      words.origins[shown.step === 0 ? "random" : run.shipped ? "shipped" : "trained"]);
    const { validation_accuracy: right, images_per_second: pace } = shown.marks;
    say(this.right, seen(right) ? percent(right) : "–");
    this.right.dataset.value = right ?? "";
    say(this.pace,
      seen(pace) ? words.pace.replace("{count}", Math.round(pace).toLocaleString("en")) : "");
    this.program.paint(run, shown, shape);
    this.curves.paint(run, this.overlays, inspected, palette);
    this.kernels.paint(shown.pictures.kernels, this.filter ?? null, palette);
    this.gradients.paint(shown.pictures.gradients, shape?.layers);
    if (run.saved.length) {
      this.yours.follow(run, shown.step, this.edits);
      this.mistakes.follow(run, shown, palette);
      this.break.follow(run, shown.step, shape, palette);
    }
    this.augmented.follow(run, this.yours.image, palette);
    const { architecture, activation } = run.config; // "Draw a digit" shows the notes' network
    this.adopting.show(architecture === "simple" && activation === "relu" ? run : null, inspected);
    this.root.dataset.answers = String(this.updates);
  }

  // What the layers are depends on the setting alone.
  /** @param {Run} run */
  askShape(run) {
    this.shapeOf = run.id;
    if (run.saved.length) {
      this.shapes.inspect(`${this.data.base}/runs/${run.id}`, "shape", { step: 0, of: run.id });
    }
  }
}
