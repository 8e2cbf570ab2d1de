// The second picture of "LeNet, AlexNet, VGG": one drawing, five networks at once, live: their maps
// at a stage, their answers, and what each costs and reaches.

import { paintMaps } from "./maps.js";
import { Canvas } from "../kit/canvas.js";
import { button, el, entry, fill, percent, say, styles } from "../kit/dom.js";
import { layersOf, Live } from "../kit/live.js";
import { mounted, View } from "../kit/view.js";
import { Opened } from "./number.js";
import { request } from "../kit/request.js";

const style = await styles("kit/base.css", "kit/opened.css", "lenet_alexnet_vgg/view.css");
/** @param {number} value */
const grouped = (value) => value.toLocaleString("en-US");
/** @param {number} share */
const twice = (share) => `${(100 * share).toFixed(2)}%`;

export const { mount, unmount } = mounted(() => FiveView);

/** @extends {View<FiveData>} */
class FiveView extends View {
  delay = 60;
  hideable = ["stages", "number"];
  number = "";
  /** @type {string} */
  stage;
  timing = false;
  /** @type {FiveAnswer} */
  last;

  /** @param {HTMLElement} host @param {FiveData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "five", style });
    this.sample = data.seed;
    this.live = this.own(new Live({ url: `${data.base}/architectures/drawing`, read: layersOf,
      onAnswer: (answer) => this.take(answer), onTrouble: (trouble) => this.trouble(trouble),
    }));
    const { words } = this;
    this.canvas = this.own(new Canvas({ ...data.limits, label: words.canvas,
      help: words.canvasHelp }, {
      onChange: () => this.ask(), onFinish: () => { this.ask(); this.tell(); },
      onFull: () => say(this.message, words.full),
    }));
    /** @param {string} name */
    const act =
      (name) => button(entry(words, name), () => /** @type {any} */ (this.canvas)[name](),
        { "data-fp": name });
    this.stages = words.stages.map(([name, label]) =>
      button(label, () => this.go(name), { "data-fp": `stage-${name}` }));
    this.message = el("p", { class: "note message", role: "status", "data-fp": "message" });
    this.nets = Object.fromEntries(data.nets.map((name) => [name, this.net(name)]));
    /**
     * @param {string} label
     * @param {(net: { maps: HTMLCanvasElement, layer: HTMLSpanElement, shape: HTMLSpanElement,
     *   said: HTMLSpanElement, share: HTMLSpanElement, columns: { bar: HTMLElement,
     *   element: HTMLDivElement }[], answer: HTMLDivElement, facts: Record<string,
     *   HTMLSpanElement> }) => HTMLDivElement} cell
     */
    const row = (label, cell) => el("tr", {}, el("th", { scope: "row" }, label),
      ...data.nets.map((name) => el("td", {}, cell(this.nets[name]))));
    this.measured = el("span", {}, words.time);
    this.table = el("table", {},
      el("thead", {}, el("tr", {}, el("td", {}),
        ...data.nets.map((name) => el("th", { scope: "col" }, el("b", {}, words.nets[name]),
          el("br", {}), el("span", { class: "note" }, words.kindOf[name]))))),
      el("tbody", {},
        row(words.maps, (net) => el("div", {}, el("div", { class: "maps" }, net.maps), net.layer,
          el("br", {}), net.shape)),
        row(words.answer, (net) => net.answer),
        ...["parameters", "multiply_adds", "accuracy",
          "calibration_error"].map((name) => row(words.facts[name], (net) => net.facts[name])),
        row(words.time, (net) => net.facts.time)));
    this.opened = this.own(new Opened(words, data.base, {
      onOpen: (text) => this.open(text), drawing: () => this.canvas.strokes,
    }));
    this.root.append(el("div", { class: "five" },
        el("div", { "data-block": "drawing" }, this.canvas.element,
          el("div", { class: "tools", role: "toolbar", "aria-label": words.tools }, act("undo"),
            act("clear"),
            button(words.sample, () => this.takeSample(), { "data-fp": "sample" })),
          this.message,
          el("div", { class: "stages", role: "group", "aria-label": words.stage },
            el("span", { class: "note" }, words.stage), ...this.stages)),
        el("div", { class: "compare", "data-block": "five", tabindex: "0" }, this.table,
          button(words.measure, () => this.time(), { class: "quiet", "data-fp": "measure" }))),
      this.opened.element);
    this.facts();
    // The first step shows the whole page: the first picture comes into sight, not this one.
    this.begin(":not(*)");
  }

  compare() {
    this.facts();
  }

  /** @param {FiveData} data */
  adopt(data) {
    this.stage = data.view.stage;
    this.number = data.view.number;
    this.canvas.show(data.view.drawing);
    this.mark();
    super.adopt(data);
    this.ask();
  }

  /** @param {string} name */
  net(name) {
    const columns = Array.from({ length: 10 }, (_, digit) => {
      const bar = el("i", {});
      return { bar, element: el("div", {}, el("span", {}, bar), String(digit)) };
    });
    const said = el("span", { class: "said" });
    const open = () => this.open(`${name}.probabilities.${share.dataset.digit}`);
    /** @type {HTMLButtonElement} */
    const share = button("", open, { class: "quiet", "data-fp": `open-${name}` });
    const fact = () => el("span", {});
    return {
      maps: el("canvas", { role: "img", width: 1, height: 1 }), layer: el("span", {}),
      shape: el("span", { class: "note" }), said, share, columns,
      answer: el("div", { class: "verdict" }, said, " ", share,
        el("div", { class: "columns", "aria-hidden": "true" },
          ...columns.map(({ element }) => element))),
      facts: Object.fromEntries(["parameters", "multiply_adds", "accuracy", "calibration_error",
        "time"].map((name) => [name, fact()])),
    };
  }

  facts() {
    const { words, data } = this;
    for (const name of data.nets) {
      const { facts } = this.nets[name];
      const known = data.facts[name];
      if (known.missing) {
        say(facts.parameters, known.missing);
        facts.parameters.className = "missing";
        continue;
      }
      facts.parameters.className = "";
      say(facts.parameters, grouped(known.parameters));
      say(facts.multiply_adds, grouped(known.multiply_adds));
      const [low, high] = known.interval;
      facts.accuracy.replaceChildren(twice(known.accuracy), el("br", {}),
        el("span", { class: "note nowrap" },
          fill(words.interval, { low: twice(low), high: twice(high) })));
      say(facts.calibration_error, twice(known.calibration_error));
      if (!facts.time.textContent) say(facts.time, "–");
      for (const fact of ["parameters", "multiply_adds", "accuracy", "calibration_error"]) {
        facts[fact].dataset.value = entry(known, fact);
        facts[fact].dataset.fp = `${fact}-${name}`;
      }
    }
  }

  // -- what the person does -----------------------------------------------------------------------

  /** @param {string} stage */
  go(stage) {
    this.stage = stage;
    this.mark();
    this.ask();
    this.tell();
  }

  mark() {
    for (const one of this.stages) {
      one.setAttribute("aria-pressed", String(one.dataset.fp === `stage-${this.stage}`));
    }
  }

  async takeSample() {
    try {
      const answer = await request(`${this.data.base}/sample/${++this.sample}`);
      if (answer.ok) this.canvas.change((await answer.json()).drawing);
    } catch {
      this.trouble({ unreachable: true });
    }
  }

  async time() {
    if (this.timing) return;
    this.timing = true;
    say(this.message, this.words.measuring);
    try {
      const answer = await request(`${this.data.base}/architectures/time`, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: "{}",
      });
      say(this.message, answer.ok ? "" : await answer.text());
      const found = answer.ok ? await answer.json() : {};
      for (const [name, seconds] of Object.entries(found)) {
        const { time } = this.nets[name].facts;
        say(time, `${(1000 * seconds).toFixed(2)} ms`);
        Object.assign(time.dataset, { value: seconds, fp: `time-${name}` });
      }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch says "no network" with a TypeError
      this.trouble({ unreachable: true });
    } finally {
      this.timing = false;
    }
  }

  report() {
    return { drawing: this.canvas.strokes, stage: this.stage, number: this.number };
  }

  /** @param {string} number */
  open(number) {
    this.number = number;
    this.opened.ask(number);
    this.tell();
  }

  // -- question and answer ------------------------------------------------------------------------

  ask() {
    this.live.ask({ body: () => ({ drawing: this.canvas.strokes, stage: this.stage }) });
    this.opened.ask(this.number);
  }

  /** @param {FiveAnswer} answer */
  take(answer) {
    this.last = answer;
    this.repaint();
    this.answered();
  }

  repaint() {
    const { last, words } = this;
    if (!last) return;
    const layers = Object.fromEntries(last.layers.map((layer) => [layer.name, layer]));
    const digits = Object.values(last.nets).map(({ probabilities }) => likeliest(probabilities));
    const most = mode(digits);
    for (const [name, net] of Object.entries(this.nets)) {
      const said = last.nets[name];
      net.answer.hidden = !said;
      if (!said) continue;
      const { shape } = layers[name];
      paintMaps(net.maps, layers[name], this.palette);
      say(net.layer, said.layer);
      say(net.shape, shape.join(" × "));
      net.maps.setAttribute("aria-label", fill(words.mapsSay,
        { net: words.nets[name], layer: said.layer, shape: shape.join(" × ") }));
      const digit = likeliest(said.probabilities);
      say(net.said, last.blank ? "–" : String(digit));
      say(net.share, last.blank ? words.blank : percent(said.probabilities[digit]));
      const title = fill(words.open, { net: words.nets[name], digit });
      Object.assign(net.share, { title, disabled: last.blank });
      net.share.dataset.digit = String(digit);
      net.answer.classList.toggle("agrees", !last.blank && digit === most);
      net.answer.classList.toggle("blank", last.blank);
      Object.assign(net.said.dataset,
        { fp: `said-${name}`, value: said.probabilities[digit], digit });
      net.columns.forEach(({ bar, element }, i) => {
        bar.style.transform = `scaleY(${last.blank ? 0 : said.probabilities[i]})`;
        element.classList.toggle("won", !last.blank && i === digit);
      });
    }
  }

  /** @param {Trouble | { unreachable: boolean } | null} trouble */
  trouble(trouble) {
    if (!this.timing) say(this.message, trouble ? (trouble.said ?? this.words.unreachable) : "");
  }

  theme() {
    super.theme();
    this.canvas.recolour(this.palette.ink);
    this.opened.paint(this.palette);
  }
}

/** @param {number[]} probabilities */
const likeliest = (probabilities) => probabilities.indexOf(Math.max(...probabilities));

/** @param {number[]} values */
function mode(values) {
  /** @param {number} value */
  const count = (value) => values.filter((other) => other === value).length;
  return values.reduce((best, value) => (count(value) > count(best) ? value : best), values[0]);
}
