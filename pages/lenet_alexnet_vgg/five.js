// The second picture of "LeNet, AlexNet, VGG": one drawing, five networks at once, live: their maps at a stage, their answers, and
// what each costs and reaches.

import { paintMaps } from "./maps.js";
import { Canvas } from "../kit/canvas.js";
import { button, el, fill, percent, say, styles } from "../kit/dom.js";
import { Live } from "../kit/live.js";
import { followSteps, step } from "../kit/steps.js";
import { onThemeChange, palette } from "../kit/theme.js";
import { mounted } from "../kit/views.js";
import { Opened } from "./number.js";
import { request } from "../kit/request.js";

const style = await styles("kit/base.css", "kit/opened.css", "lenet_alexnet_vgg/view.css");
const grouped = (value) => value.toLocaleString("en-US");
const twice = (share) => `${(100 * share).toFixed(2)}%`;

export const { mount, unmount } = mounted((...all) => new FiveView(...all));

class FiveView {
  constructor(host, data, send) {
    Object.assign(this, { host, data, send, words: data.words, sample: data.seed });
    this.live = new Live(`${data.base}/architectures/drawing`, {
      onAnswer: (answer) => this.take(answer), onTrouble: (trouble) => this.trouble(trouble),
    });
    this.build();
    this.host.append(this.root);
    this.theme();
    this.adopt(data);
    onThemeChange(this.root, () => this.theme());
    // The first step shows the whole page: the first picture comes into sight, not this one.
    this.leaveSteps = followSteps((detail) => step(this.root, detail, ":not(*)"));
  }

  close() {
    this.live.stop();
    this.opened.stop();
    clearTimeout(this.telling);
    this.canvas.observer.disconnect();
    this.leaveSteps();
    this.root.remove();
  }

  receive(data, send) {
    const before = this.data;
    Object.assign(this, { data, send });
    this.facts();
    this.showHidden();
    if (data.session !== before.session) this.tell();
    else if (data.revision !== before.revision) this.adopt(data);
  }

  adopt({ view }) {
    Object.assign(this, { stage: view.stage, number: view.number });
    this.canvas.show(view.drawing);
    this.mark();
    this.showHidden();
    this.ask();
  }

  showHidden() {
    for (const part of ["stages", "number"]) {
      this.root.classList.toggle(`without-${part}`, this.data.hidden.includes(part));
    }
  }

  // -- building --------------------------------------------------------------------------------------------------

  build() {
    const { words, data } = this;
    this.canvas = new Canvas({ ...data.limits, label: words.canvas, help: words.canvasHelp }, {
      onChange: () => this.ask(), onFinish: () => { this.ask(); this.tell(); }, onFull: () => say(this.message, words.full),
    });
    const act = (name) => button(words[name], () => this.canvas[name](), { "data-fp": name });
    this.stages = words.stages.map(([name, label]) => button(label, () => this.go(name), { "data-fp": `stage-${name}` }));
    this.message = el("p", { class: "note message", role: "status", "data-fp": "message" });
    this.nets = Object.fromEntries(data.nets.map((name) => [name, this.net(name)]));
    const row = (label, cell) => el("tr", {}, el("th", { scope: "row" }, label), ...data.nets.map((name) => el("td", {}, cell(this.nets[name]))));
    this.measured = el("span", {}, words.time);
    this.table = el("table", {},
      el("thead", {}, el("tr", {}, el("td", {}), ...data.nets.map((name) => el("th", { scope: "col" }, el("b", {}, words.nets[name]), el("br", {}), el("span", { class: "note" }, words.kindOf[name]))))),
      el("tbody", {},
        row(words.maps, (net) => el("div", {}, el("div", { class: "maps" }, net.maps), net.layer, el("br", {}), net.shape)),
        row(words.answer, (net) => net.answer),
        ...["parameters", "multiply_adds", "accuracy", "calibration_error"].map((name) => row(words.facts[name], (net) => net.facts[name])),
        row(words.time, (net) => net.facts.time)));
    this.opened = new Opened(words, data.base, {
      onOpen: (text) => this.open(text), drawing: () => this.canvas.strokes,
    });
    this.root = el("div", { class: "fp", "data-fp": "five" }, el("style", {}, style),
      el("div", { class: "five" },
        el("div", { "data-block": "drawing" }, this.canvas.element,
          el("div", { class: "tools", role: "toolbar", "aria-label": words.tools }, act("undo"), act("clear"),
            button(words.sample, () => this.takeSample(), { "data-fp": "sample" })),
          this.message,
          el("div", { class: "stages", role: "group", "aria-label": words.stage }, el("span", { class: "note" }, words.stage), ...this.stages)),
        el("div", { class: "compare", "data-block": "five", tabindex: "0" }, this.table,
          button(words.measure, () => this.time(), { class: "quiet", "data-fp": "measure" }))),
      this.opened.element);
    this.facts();
  }

  net(name) {
    const columns = Array.from({ length: 10 }, (_, digit) => {
      const bar = el("i", {});
      return { bar, element: el("div", {}, el("span", {}, bar), String(digit)) };
    });
    const said = el("span", { class: "said" });
    const open = () => this.open(`${name}.probabilities.${share.dataset.digit}`);
    const share = button("", open, { class: "quiet", "data-fp": `open-${name}` });
    const fact = () => el("span", {});
    return {
      maps: el("canvas", { role: "img", width: 1, height: 1 }), layer: el("span", {}), shape: el("span", { class: "note" }), said, share, columns,
      answer: el("div", { class: "verdict" }, said, " ", share, el("div", { class: "columns", "aria-hidden": "true" }, ...columns.map(({ element }) => element))),
      facts: Object.fromEntries(["parameters", "multiply_adds", "accuracy", "calibration_error", "time"].map((name) => [name, fact()])),
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
        el("span", { class: "note nowrap" }, fill(words.interval, { low: twice(low), high: twice(high) })));
      say(facts.calibration_error, twice(known.calibration_error));
      if (!facts.time.textContent) say(facts.time, "–");
      for (const fact of ["parameters", "multiply_adds", "accuracy", "calibration_error"]) {
        facts[fact].dataset.value = known[fact];
        facts[fact].dataset.fp = `${fact}-${name}`;
      }
    }
  }

  // -- what the person does --------------------------------------------------------------------------------------

  go(stage) {
    this.stage = stage;
    this.mark();
    this.ask();
    this.tell();
  }

  open(number) {
    this.number = number;
    this.opened.ask(number);
    this.tell();
  }

  mark() {
    for (const one of this.stages) one.setAttribute("aria-pressed", String(one.dataset.fp === `stage-${this.stage}`));
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

  tell() {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.send("view", { drawing: this.canvas.strokes, stage: this.stage, number: this.number, told: performance.now() }), 60);
  }

  // -- question and answer ---------------------------------------------------------------------------------------

  ask() {
    this.live.ask({ body: () => ({ drawing: this.canvas.strokes, stage: this.stage }) });
    this.opened.ask(this.number);
  }

  take(answer) {
    this.last = answer;
    this.paint();
    this.root.dataset.answers = Number(this.root.dataset.answers ?? 0) + 1;
  }

  paint() {
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
      net.maps.setAttribute("aria-label", fill(words.mapsSay, { net: words.nets[name], layer: said.layer, shape: shape.join(" × ") }));
      const digit = likeliest(said.probabilities);
      say(net.said, last.blank ? "–" : String(digit));
      say(net.share, last.blank ? words.blank : percent(said.probabilities[digit]));
      Object.assign(net.share, { title: fill(words.open, { net: words.nets[name], digit }), disabled: last.blank });
      net.share.dataset.digit = digit;
      net.answer.classList.toggle("agrees", !last.blank && digit === most);
      net.answer.classList.toggle("blank", last.blank);
      Object.assign(net.said.dataset, { fp: `said-${name}`, value: said.probabilities[digit], digit });
      net.columns.forEach(({ bar, element }, i) => {
        bar.style.transform = `scaleY(${last.blank ? 0 : said.probabilities[i]})`;
        element.classList.toggle("won", !last.blank && i === digit);
      });
    }
  }

  trouble(trouble) {
    if (!this.timing) say(this.message, trouble ? (trouble.said ?? this.words.unreachable) : "");
  }

  theme() {
    this.palette = palette(this.root);
    this.canvas.recolour(this.palette.ink);
    this.opened.paint(this.palette);
    this.paint();
  }
}

const likeliest = (probabilities) => probabilities.indexOf(Math.max(...probabilities));

function mode(values) {
  const count = (value) => values.filter((other) => other === value).length;
  return values.reduce((best, value) => (count(value) > count(best) ? value : best), values[0]);
}
