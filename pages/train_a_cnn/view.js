// The picture of "Train a CNN": the notes' program in blocks, one's own digit in the network that learns, its curves, its
// kernels, its mistakes, and a bench to break it on. Only what a person chose is told to the page.

import { Adopt } from "./adopt.js";
import { Augmented } from "./augment.js";
import { Break } from "./break.js";
import { Curves } from "./curves.js";
import { Gradients, Kernels } from "./inside.js";
import { Mistakes, percent2 } from "./mistakes.js";
import { Program } from "./program.js";
import { Yours } from "./yours.js";
import { button, el, percent, say, styles } from "../kit/dom.js";
import { Look } from "../kit/look.js";
import { Panel } from "../kit/panel.js";
import { RunList } from "../kit/run_list.js";
import { RunView } from "../kit/run_view.js";
import { seen } from "../kit/scale.js";
import { short } from "../kit/scores.js";
import { snapshot } from "../kit/snapshot.js";
import { mounted } from "../kit/views.js";

const MOST = 1000; // batches that the engine takes at once

const style = await styles("kit/base.css", "kit/panel.css", "kit/matrix.css", "train_a_cnn/view.css");

export const { mount, unmount } = mounted((...all) => new TrainView(...all));

// Beside one batch and some, a whole epoch.
class EpochPanel extends Panel {
  build() {
    super.build();
    this.epoch = button(this.words.oneEpoch, () => this.stepEpoch(), { "data-fp": "epoch" });
    this.many.parentElement.after(this.epoch);
  }

  paint(run) {
    super.paint(run);
    if (run) this.epoch.disabled = this.ended;
  }

  async step(count) {
    if (count === 1) this.onOne();
    await super.step(count);
  }

  // To the end of the epoch that has begun; the engine adds up what is asked for.
  async stepEpoch() {
    const each = this.batches(this.mine?.config ?? this.config());
    for (let left = each - ((this.mine?.step ?? 0) % each); left > 0; left -= MOST) await super.step(Math.min(MOST, left));
  }
}

class TrainView extends RunView {
  constructor(host, data, send) {
    super(host, data, send, { job: "cnn", whole: ".cnn" });
    this.adopt();
  }

  close() {
    super.close();
    for (const part of [this.curves, this.yours, this.mistakes, this.break, this.augmented]) part.close();
    this.shapes.stop();
    this.sight.disconnect();
  }

  receive(data, send) {
    const before = this.data;
    super.receive(data, send);
    if (data.session !== before.session) this.tell(); // the server was away; what was drawn meanwhile is only here
    else if (data.revision !== before.revision) this.adopt();
  }

  // The drawing that the page keeps.
  adopt() {
    this.yours.adopt(this.data.view.drawing);
  }

  more() {
    return { drawing: this.yours.canvas.strokes };
  }

  showHidden() {
    super.showHidden();
    this.root.classList.toggle("without-tools", this.data.hidden.includes("tools"));
  }

  // -- the picture -----------------------------------------------------------------------------------------------

  build() {
    const { words, runs, data } = this;
    const { base } = data;
    const count = ({ images, data: digits }) => (digits === "pen" ? Math.min(images, data.pen) : images);
    const batches = (config) => Math.ceil(count(config) / config.batch);
    this.panel = new EpochPanel(words, runs, {
      config: () => this.config, rate: this.config.learning_rate, onLook: (saved) => this.look(saved),
      onBegin: () => { this.begun = true; this.list.refresh(); }, onRate: (rate) => this.tell({ learning_rate: rate }),
    });
    this.panel.batches = batches;
    this.panel.onOne = () => { this.oneFrom = this.panel.mine?.step ?? 0; };
    this.list = new RunList(words, runs, {
      columns: [
        { name: words.validation, value: (run) => (seen(run.marks.validation_accuracy) ? percent2(run.marks.validation_accuracy) : "–") },
        { name: words.lossTitle, value: (run) => short(run.final?.validation_loss ?? run.final?.loss) },
        { name: words.seconds, value: (run) => (run.seconds ? run.seconds.toFixed(1) : "–") },
      ],
      roles: () => [], palette: () => this.palette,
      onShow: (overlays) => { this.overlays = overlays; this.paint(); },
      onOpen: (run) => run.shipped || this.tell({ ...run.config, learning_rate: run.learning_rate }),
      picture: () => snapshot(this.root.querySelector(".pictures"), this.palette),
    });
    this.program = new Program(words, { count });
    this.yours = new Yours(words, data, { onDrawing: () => this.tell(), onAnswer: () => this.answered() });
    this.curves = new Curves(words);
    this.kernels = new Kernels(words, { onPick: (filter) => this.pickFilter(filter) });
    this.gradients = new Gradients(words);
    this.augmented = new Augmented(words, base);
    this.mistakes = new Mistakes(words, base, { onPick: (image) => this.yours.take(image) });
    this.break = new Break(words, base, {
      onEdits: (edits) => { this.edits = edits; this.paint(); }, onFilter: (filter) => { this.filter = filter; this.paint(); },
    });
    this.adopting = new Adopt(words, data, { onTrouble: (trouble) => this.panel.trouble(trouble) });
    this.shapes = new Look({ onAnswer: (shape, query) => { this.shape = { ...shape, of: query.of }; this.paint(); } });
    this.origin = el("span", { class: "origin", "data-fp": "origin" });
    this.right = el("output", { class: "right", "data-fp": "validation" });
    this.pace = el("span", { class: "note" });
    const chart = (title, { element }, ...more) => el("section", {}, el("div", { class: "head" }, el("h3", {}, title), ...more), element);
    this.root = el("div", { class: "fp", "data-fp": "cnn" },
      el("style", {}, style),
      el("div", { class: "cnn" }, this.panel.element,
        el("div", { class: "cnn pictures" },
          el("div", { class: "main" },
            el("div", { class: "beside" }, this.program.element, this.gradients.element),
            el("div", { class: "beside" }, this.yours.element, el("div", { class: "adopting" }, this.adopting.element), this.augmented.element, this.kernels.element)),
          el("div", { class: "halves", "data-block": "curves" },
            chart(words.accuracyTitle, this.curves.accuracy, this.right, el("span", { class: "note" }, words.accuracyNote), this.origin),
            chart(words.lossTitle, this.curves.loss, el("span", { class: "note" }, words.lossNote), this.pace)),
          this.mistakes.element, this.break.element),
        this.list.element));
    // What takes thousands of digits is asked for when it first comes into sight.
    this.sight = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) (target === this.break.element ? this.break : this.mistakes).open();
    });
    for (const part of [this.break, this.mistakes]) this.sight.observe(part.element);
  }

  pickFilter(filter) {
    this.filter = filter;
    this.break.choose({ layer: "conv1", filter, input: 0 });
    this.paint();
  }

  theme() {
    super.theme();
    this.yours.theme(this.palette);
  }

  answered() {
    const { run } = this.runs;
    if (run) this.augmented.follow(run, this.yours.image, this.palette);
    this.root.dataset.maps = Number(this.root.dataset.maps ?? 0) + 1;
  }

  // One batch was asked for and has come: the program shows what it did.
  changed(run) {
    super.changed(run);
    if (this.oneFrom == null || !["paused", "done"].includes(run.status)) return;
    if (run.step === this.oneFrom + 1) this.program.walk(seen(run.series.validation_accuracy?.[run.step - 1]));
    if (run.step > this.oneFrom) this.oneFrom = null;
  }

  paint() {
    const { run } = this.runs;
    if (!run || !this.palette) return;
    const { looked, words, palette } = this;
    const shown = looked ?? run;
    this.askShape(run);
    const shape = this.shape?.of === this.shapeOf ? this.shape : null;
    say(this.origin, words.origins[shown.step === 0 ? "random" : run.shipped ? "shipped" : "trained"]);
    const { validation_accuracy: right, images_per_second: pace } = shown.marks;
    say(this.right, seen(right) ? percent(right) : "–");
    this.right.dataset.value = right ?? "";
    say(this.pace, seen(pace) ? words.pace.replace("{count}", Math.round(pace).toLocaleString("en")) : "");
    this.program.paint(run, shown, shape);
    this.curves.paint(run, this.overlays, looked, palette);
    this.kernels.paint(shown.pictures.kernels, this.filter ?? null, palette);
    this.gradients.paint(shown.pictures.gradients, shape?.layers);
    if (run.saved.length) {
      this.yours.follow(run, shown.step, this.edits);
      this.mistakes.follow(run, shown, palette);
      this.break.follow(run, shown.step, shape, palette);
    }
    this.augmented.follow(run, this.yours.image, palette);
    const { architecture, activation } = run.config; // "Draw a digit" shows the notes' network
    this.adopting.show(architecture === "simple" && activation === "relu" ? run : null, looked);
    this.root.dataset.answers = this.updates;
  }

  // What the layers are depends on the setting alone.
  askShape(run) {
    this.shapeOf = run.id;
    if (run.saved.length) this.shapes.ask(`${this.data.base}/runs/${run.id}`, "shape", { step: 0, of: run.id });
  }
}
