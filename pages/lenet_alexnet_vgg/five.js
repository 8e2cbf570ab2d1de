// The second picture of "LeNet, AlexNet, VGG": one drawing, five networks at once, live: their maps
// at a stage, their answers, and what each costs and reaches.

import { percent2 } from "./figures.js";
import { paintMaps } from "../kit/maps.js";
import { measured } from "../kit/measured.js";
import { Canvas } from "../kit/canvas.js";
import { choices, press } from "../kit/controls.js";
import { action, button, el, fill, grouped, percent, say, styles } from "../kit/dom.js";
import { answerTo, layersOf, Live } from "../kit/live.js";
import { countName, LiveNumber } from "../kit/opened_number.js";
import { mounted, View } from "../kit/view.js";

/** @typedef {Omit<FiveAnswer, "layers"> & { layers: LayerMaps[] }} Answer */

const FACTS = /** @type {const} */ (
  ["parameters", "multiply_adds", "accuracy", "calibration_error"]);

const style = await styles("kit/base.css", "kit/opened.css", "lenet_alexnet_vgg/view.css");

export const { mount, unmount } = mounted(() => FiveView);

// What is shown of one network, cell by cell.
class NetColumn {
  maps = el("canvas", { role: "img", width: 1, height: 1 });
  layer = el("span", {});
  shape = el("span", { class: "note" });
  said = el("span", { class: "said" });
  digit = 0; // the likeliest
  columns = Array.from({ length: 10 }, (_, digit) => {
    const bar = el("i", {});
    return { bar, element: el("div", {}, el("span", {}, bar), String(digit)) };
  });

  /** @param {string} name @param {(number: string) => void} onOpen */
  constructor(name, onOpen) {
    this.name = name;
    this.share = button("", () => onOpen(`probabilities.${this.digit}`),
      { class: "quiet", "data-fp": `open-${name}` });
    this.onOpen = onOpen;
    this.answer = el("div", { class: "verdict" }, this.said, " ", this.share,
      el("div", { class: "columns", "aria-hidden": "true" },
        ...this.columns.map(({ element }) => element)));
    this.facts = { parameters: el("span", {}), multiply_adds: el("span", {}),
      accuracy: el("span", {}), calibration_error: el("span", {}) };
    this.paired = el("span", { "data-fp": `paired-${name}` });
    this.time = el("span", {});
  }

  // What is known of it, or why it is missing.
  /** @param {FiveFact & { missing?: string }} known @param {FiveWords} words */
  know(known, words) {
    const { facts, name } = this;
    facts.parameters.className = known.missing ? "missing" : "";
    if (known.missing) return facts.parameters.replaceChildren(known.missing);
    for (const count of /** @type {const} */ (["parameters", "multiply_adds"])) {
      facts[count].replaceChildren(button(grouped(known[count]), () => this.onOpen(count),
        { class: "opens" }));
    }
    const [low, high] = known.interval.map(percent2);
    const source = words.sources[name];
    facts.accuracy.replaceChildren(measured(percent2(known.accuracy), source,
      fill(words.interval, { low, high })));
    facts.calibration_error.replaceChildren(
      measured(percent2(known.calibration_error), source));
    this.against(known.paired, words);
    if (!this.time.textContent) say(this.time, "–");
    for (const fact of FACTS) {
      Object.assign(facts[fact].dataset, { value: known[fact], fp: `${fact}-${name}` });
    }
  }

  // The digits that only this network reads, and those that only the other one does.
  /** @param {FiveFact["paired"]} paired @param {FiveWords} words */
  against({ first, second, p }, words) {
    if (!first && !second) return say(this.paired, "–");
    const chance = p < 0.001 ? "p < 0.001" : `p = ${p.toPrecision(2)}`;
    this.paired.replaceChildren(
      measured(fill(words.paired, { first, second }), words.pairedSource, chance));
    this.paired.dataset.value = String(p);
  }

  /** @param {number} seconds */
  took(seconds) {
    say(this.time, `${(1000 * seconds).toFixed(2)} ms`);
    Object.assign(this.time.dataset, { value: seconds, fp: `time-${this.name}` });
  }

  // agreed: the digit that most networks see.
  /**
   * @param {FiveAnswerNet} said
   * @param {LayerMaps} maps
   * @param {{ blank: boolean, agreed: number, words: FiveWords, palette: Palette }} about
   */
  paint({ layer, probabilities }, maps, { blank, agreed, words, palette }) {
    const shape = maps.shape.join(" × ");
    const net = words.nets[this.name];
    const digit = (this.digit = likeliest(probabilities));
    paintMaps(this.maps, maps, palette);
    say(this.layer, layer);
    say(this.shape, shape);
    this.maps.setAttribute("aria-label", fill(words.mapsSay, { net, layer, shape }));
    say(this.said, blank ? "–" : String(digit));
    say(this.share, blank ? words.blank : percent(probabilities[digit]));
    this.share.title = fill(words.open, { net, digit });
    this.share.disabled = blank;
    this.answer.classList.toggle("agrees", !blank && digit === agreed);
    this.answer.classList.toggle("blank", blank);
    Object.assign(this.said.dataset,
      { fp: `said-${this.name}`, value: probabilities[digit], digit });
    this.columns.forEach(({ bar, element }, i) => {
      bar.style.transform = `scaleY(${blank ? 0 : probabilities[i]})`;
      element.classList.toggle("won", !blank && i === digit);
    });
  }
}

/** @extends {View<FiveData>} */
class FiveView extends View {
  delay = 60;
  hideable = ["stages", "number"];
  number = "";
  stage = "";
  timing = false;
  /** @type {Answer | null} */
  last = null;

  /** @param {HTMLElement} host @param {FiveData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "five", style });
    const { words } = this;
    this.sample = data.seed;
    const onTrouble = (/** @type {Trouble | null} */ trouble) => this.trouble(trouble);
    this.live = this.own(new Live({ url: `${data.base}/architectures/drawing`, read: layersOf,
      onAnswer: (/** @type {Answer} */ answer) => this.take(answer), onTrouble }));
    this.canvas = this.own(new Canvas({ ...data.limits, label: words.canvas,
      help: words.canvasHelp }, {
      onChange: () => this.ask(), onFinish: () => { this.ask(); this.notify(); },
      onFull: () => say(this.message, words.full),
    }));
    this.stages = choices("stage", words.stages, (stage) => this.go(stage));
    this.message = el("p", { class: "note message", role: "status", "data-fp": "message" });
    this.nets = data.nets.map((name) =>
      new NetColumn(name, (number) => this.open(`${name}.${number}`)));
    this.opened = new LiveNumber(this, `${data.base}/architectures/number`, {
      body: (number) => ({ drawing: this.canvas.strokes, number }),
      write: (array, at) => [this.net, array, ...at].join("."),
      titleOf: (array, place) => fill(words.number,
        { net: words.nets[this.net], layer: countName(words.counts, array), place }),
      onwardOf: (array, place) =>
        fill(words.onward, { name: `${countName(words.counts, array)} ${place}`.trim() }),
      onOpen: (text) => this.open(text),
    });
    this.root.append(el("div", { class: "five" }, this.drawing(),
      el("div", { class: "compare", "data-block": "five", tabindex: "0" }, this.table(),
        button(words.measure, () => this.time(), { class: "quiet", "data-fp": "measure" }))),
      this.opened.element);
    this.facts();
    // The first step shows the whole page: the first picture comes into sight, not this one.
    this.begin(":not(*)");
  }

  drawing() {
    const { words, canvas } = this;
    return el("div", { "data-block": "drawing" }, canvas.element,
      el("div", { class: "tools", role: "toolbar", "aria-label": words.tools },
        action(words.undo, () => canvas.undo(), { "data-fp": "undo" }),
        action(words.clear, () => canvas.clear(), { "data-fp": "clear" }),
        action(words.sample, () => this.takeSample(), { "data-fp": "sample" })),
      this.message,
      el("div", { class: "stages", role: "group", "aria-label": words.stage },
        el("span", { class: "note" }, words.stage), this.stages));
  }

  table() {
    const { words, nets } = this;
    /** @param {string} label @param {(net: NetColumn) => HTMLElement} cell */
    const row = (label, cell) => el("tr", {}, el("th", { scope: "row" }, label),
      ...nets.map((net) => el("td", {}, cell(net))));
    const titles = nets.map(({ name }) => el("th", { scope: "col" }, el("b", {}, words.nets[name]),
      el("br", {}), el("span", { class: "note" }, words.kindOf[name])));
    return el("table", {},
      el("thead", {}, el("tr", {}, el("td", {}), ...titles)),
      el("tbody", {},
        row(words.maps, ({ maps, layer, shape }) =>
          el("div", {}, el("div", { class: "maps" }, maps), layer, el("br", {}), shape)),
        row(words.answer, ({ answer }) => answer),
        ...FACTS.map((name) => row(words.facts[name], ({ facts }) => facts[name])),
        row(words.pairedWith, ({ paired }) => paired),
        row(words.time, ({ time }) => time)));
  }

  compare() {
    this.facts();
  }

  /** @param {FiveData} data */
  adopt(data) {
    this.stage = data.view.stage;
    this.number = data.view.number;
    this.canvas.show(data.view.drawing);
    press(this.stages, this.stage);
    super.adopt(data);
    this.ask();
  }

  facts() {
    for (const net of this.nets) net.know(this.data.facts[net.name], this.words);
  }

  // The network whose number is open.
  get net() {
    return this.number.split(".")[0];
  }

  // -- what the person does -----------------------------------------------------------------------

  /** @param {string} stage */
  go(stage) {
    this.stage = stage;
    press(this.stages, stage);
    this.ask();
    this.notify();
  }

  async takeSample() {
    const answer = await this.server(`sample/${++this.sample}`);
    if (answer) this.canvas.change(answer.drawing);
  }

  async time() {
    if (this.timing) return;
    this.timing = true;
    say(this.message, this.words.measuring);
    const seconds = await this.server("architectures/time", {});
    for (const net of this.nets) if (seconds?.[net.name]) net.took(seconds[net.name]);
    this.timing = false;
  }

  /** @param {string} path @param {object} [body] */
  server(path, body) {
    return answerTo(`${this.data.base}/${path}`, body, (trouble) => this.say(trouble));
  }

  report() {
    return { drawing: this.canvas.strokes, stage: this.stage, number: this.number };
  }

  /** @param {string} number */
  open(number) {
    this.number = number;
    this.opened.ask(number);
    this.notify();
  }

  // -- question and answer ------------------------------------------------------------------------

  ask() {
    this.live.ask({ body: () => ({ drawing: this.canvas.strokes, stage: this.stage }) });
    this.opened.ask(this.number);
  }

  /** @param {Answer} answer */
  take(answer) {
    this.last = answer;
    this.repaint();
    this.painted();
  }

  repaint() {
    const { last, words, palette } = this;
    if (!last) return;
    const layers = new Map(last.layers.map((layer) => [layer.name, layer]));
    const digits = Object.values(last.nets).map(({ probabilities }) => likeliest(probabilities));
    const about = { blank: last.blank, agreed: commonest(digits), words, palette };
    for (const net of this.nets) {
      const [said, maps] = [last.nets[net.name], layers.get(net.name)];
      net.answer.hidden = !said;
      if (said && maps) net.paint(said, maps, about);
    }
  }

  /** @param {Trouble | null} trouble */
  trouble(trouble) {
    if (!this.timing) this.say(trouble);
  }

  /** @param {Trouble | null} trouble */
  say(trouble) {
    say(this.message, trouble ? (trouble.message ?? this.words.unreachable) : "");
  }

  theme() {
    super.theme();
    this.canvas.recolour(this.palette.ink);
  }
}

/** @param {number[]} probabilities */
const likeliest = (probabilities) => probabilities.indexOf(Math.max(...probabilities));

/** @param {number[]} values */
function commonest(values) {
  /** @param {number} value */
  const count = (value) => values.filter((other) => other === value).length;
  return values.reduce((best, value) => (count(value) > count(best) ? value : best), values[0]);
}
