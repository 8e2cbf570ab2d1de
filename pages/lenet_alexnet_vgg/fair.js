// The third picture of "LeNet, AlexNet, VGG": four kinds of network at equal cost, and one idea at
// a time, as a script of ours measured them. Every number comes from its file.

import { Dots } from "./dots.js";
import { percent2 } from "./figures.js";
import { measured } from "../kit/measured.js";
import { Chart } from "../kit/chart.js";
import { choices, press } from "../kit/controls.js";
import { button, el, entry, fill, filled, grouped, say, styles } from "../kit/dom.js";
import { answerTo } from "../kit/live.js";
import { countName, LiveNumber } from "../kit/opened_number.js";
import { mounted, View } from "../kit/view.js";

const ROLES = ["0", "1", "2", "4"];
/** @type {Record<string, string>} */
const OF = { simple: "0", lenet5: "1", alexnet: "2", alexnet_plain: "2", vgg: "4" };
const style = await styles("kit/base.css", "kit/opened.css", "lenet_alexnet_vgg/view.css");
/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

export const { mount, unmount } = mounted(() => FairView);

/** @extends {View<FairData>} */
class FairView extends View {
  delay = 60;
  hideable = ["kinds"];
  closed = false;
  paints = 0;
  counted = { net: "", name: "" }; // whose count is open
  /** @type {FairAnswer | null} */
  results = null;

  /** @param {HTMLElement} host @param {FairData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "fair", style });
    const { words } = this;
    this.view = { ...data.view };
    this.equals = choices("equal", words.equals, (equal) => this.set({ equal }));
    this.ideas = choices("idea", words.ideas.map(({ name, title }) => [name, title]),
      (idea) => this.set({ idea }));
    this.message = el("p", { class: "note message", role: "status", "data-fp": "message" });
    this.dots = this.own(new Dots(words.dotsLabel));
    this.held = el("p", { class: "held", "data-fp": "held" });
    this.table = el("table", {});
    this.seconds = this.own(new Chart({ label: words.secondsLabel, height: 260,
      xName: words.secondsOf, yName: words.right }));
    this.curves = this.own(new Chart({ label: words.curvesLabel, height: 250, xName: words.batches,
      yName: words.right }));
    this.talk = el("p", { class: "talk", "data-fp": "talk" });
    this.number = this.makeNumber();
    this.verdicts = el("ol", { class: "verdicts", "data-fp": "verdicts" });
    /** @param {string} title @param {HTMLElement} buttons @param {string} [also] */
    const kinds = (title, buttons, also = "") => el("div",
      { class: `kinds ${also}`, role: "group", "aria-label": title },
      el("h2", { class: "head" }, title), buttons);
    const ideas = kinds(words.ideasTitle, this.ideas, "idea");
    this.root.append(this.message,
      el("div", { class: "fair" }, kinds(words.equalTitle, this.equals),
        el("div", { class: "plot", "data-block": "equal" }, this.dots.element,
          this.seconds.element),
        el("div", { "data-block": "equal" }, this.held,
          el("div", { class: "sheet", tabindex: "0" }, this.table)),
        this.number.element, ideas,
        el("div", { "data-block": "idea" }, this.curves.element),
        el("div", { class: "spoken", "data-block": "idea" }, this.talk, this.verdicts)));
    this.onIdea = (/** @type {Event} */ event) => {
      this.set({ idea: /** @type {CustomEvent<string>} */ (event).detail });
      ideas.scrollIntoView({ block: "center", behavior: "smooth" });
    };
    document.addEventListener("forward-pass:idea", this.onIdea);
    // The first step shows the whole page: the first picture comes into sight, not this one.
    this.begin(":not(*)");
    this.load();
  }

  // What a network costs, opened.
  makeNumber() {
    const { words } = this;
    /** @param {string} array */
    const name = (array) => `${this.counted.name}: ${countName(words.counts, array)}`;
    return new LiveNumber(this, `${this.data.base}/architectures/count`, {
      body: (number) => ({ net: `fair.${this.counted.net}`, number }),
      key: "fair-", write: (array) => array, titleOf: name, leads: () => true,
      onwardOf: (array) => fill(words.onward, { name: name(array) }),
      onOpen: (number) => this.number.ask(number),
    });
  }

  // A count of a network, which opens. net: in its question.
  /** @param {{ net: string, name: string }} counted @param {string} array @param {number} count */
  opens(counted, array, count) {
    return button(grouped(count), () => {
      this.counted = counted;
      this.number.ask(array);
      this.number.element.scrollIntoView({ block: "nearest" });
    }, { class: "opens" });
  }

  close() {
    this.closed = true;
    document.removeEventListener("forward-pass:idea", this.onIdea);
    super.close();
  }

  /** @param {FairData} data */
  adopt(data) {
    this.view = { ...data.view };
    super.adopt(data);
    this.repaint();
  }

  /** @param {Record<string, string>} change */
  set(change) {
    Object.assign(this.view, change);
    this.repaint();
    this.notify();
  }

  report() {
    return this.view;
  }

  async load() {
    if (this.closed) return;
    this.results = await answerTo(`${this.data.base}/fair`, undefined, (trouble) =>
      say(this.message, trouble ? trouble.message ?? this.words.unreachable : ""));
    this.repaint();
  }

  // -- painting -----------------------------------------------------------------------------------

  repaint() {
    const { view, results } = this;
    press(this.equals, view.equal);
    press(this.ideas, view.idea);
    if (!results) return;
    offer(this.equals, results.equal);
    offer(this.ideas, results.ideas);
    if (results.equal[view.equal]) this.equal(results.equal[view.equal], results.card);
    if (results.ideas[view.idea]) this.idea(results.ideas[view.idea]);
    this.root.dataset.painted = String(++this.paints);
  }

  // Where the time is equal, curves take the place of the dots, and the table says what they reach.
  /** @param {FairAnswerEqual} equal @param {{ images: number, steps: number }} card */
  equal({ budget, nets }, { images, steps }) {
    const { words, view, palette } = this;
    const timed = view.equal === "seconds";
    this.dots.element.hidden = timed;
    this.seconds.element.hidden = !timed;
    this.dots.paint(nets.map(({ family, runs }) => ({ key: family, runs,
      name: words.families[family], colour: palette.category(Number(OF[family])) })));
    say(this.held, fill(words.held[view.equal],
      { budget: grouped(budget), images: grouped(images), steps: grouped(steps) }));
    this.paintTable(nets, timed);
    if (!timed) return;
    const series = nets.flatMap(({ family, runs }) => runs.map(({ seed, curve }, k) => ({
      key: `${family}.${seed}`, name: k ? "" : words.families[family],
      x: curve?.seconds.slice(1) ?? [], y: curve?.accuracy.slice(1) ?? [], role: OF[family],
      faint: k > 0,
    })));
    this.seconds.paint({ series, y: [0.9, 1] }, palette);
  }

  /** @param {FairAnswerEqualNet[]} nets @param {boolean} timed */
  paintTable(nets, timed) {
    const { view, words: { columns, families, tested } } = this;
    const titles = [columns.parameters, timed ? tested : columns.multiply_adds,
      timed ? columns.batches : columns.seconds, columns.calibration];
    const rows = nets.map(({ family, parameters, multiply_adds: products, runs }) => {
      const counted = { net: `${view.equal}.${family}`, name: families[family] };
      const cells = [
        this.opens(counted, "parameters", parameters),
        timed ? this.accuracies(runs)
          : this.opens(counted, "multiply_adds", products),
        timed ? grouped(Math.round(mean(runs.map(({ curve }) => curve?.steps.at(-1) ?? 0))))
          : mean(runs.map(({ seconds }) => seconds ?? 0)).toFixed(1),
        measured(percent2(mean(runs.map((run) => run.calibration_error))), this.words.source),
      ];
      return el("tr", {}, el("th", { scope: "row" }, families[family]),
        ...cells.map((text) => el("td", {}, text)));
    });
    this.table.replaceChildren(
      el("thead", {}, el("tr", {}, el("td"),
        ...titles.map((title) => el("th", { scope: "col" }, title)))),
      el("tbody", {}, ...rows));
  }

  /** @param {{ accuracy: number }[]} runs */
  accuracies(runs) {
    return measured(runs.map(({ accuracy }) => percent2(accuracy)).join(", "), this.words.source);
  }

  /** @param {FairAnswerIdea} idea */
  idea({ images, steps, variants }) {
    const about = this.words.ideas.find(({ name }) => name === this.view.idea);
    if (!about) return;
    const series = variants.flatMap(({ name, runs }, i) => runs.map(({ seed, curve }, k) => ({
      key: `${name}.${seed}`, name: k ? "" : about.variants[name], x: curve.steps,
      y: curve.accuracy, role: ROLES[i], faint: k > 0,
    })));
    this.curves.paint({ series, y: [0, 1] }, this.palette);
    say(this.talk, fill(about.text, { images: grouped(images), steps: grouped(steps) }));
    this.verdicts.replaceChildren(...variants.map((variant, i) =>
      this.verdict(variant, about.variants, i === 0)));
  }

  /**
   * @param {FairAnswerIdeaVariant} variant
   * @param {Record<string, string>} names
   * @param {boolean} first
   */
  verdict({ name, against, outcome, runs, parameters, multiply_adds: products }, names, first) {
    const { words, data, view } = this;
    const outcomes = words.outcomes;
    const sentence = first && outcome === "same" ? outcomes.first
      : fill(outcomes[outcome], { first: names[against] });
    const link = entry(data.links, view.idea)?.[name];
    const counted = { net: `${view.idea}.${name}`, name: names[name] };
    return el("li", { "data-fp": `verdict-${name}`, "data-outcome": outcome },
      el("span", {}, el("b", {}, names[name]), " ", this.accuracies(runs)),
      el("span", {}, sentence),
      el("span", { class: "note" }, ...filled(words.costs,
        { parameters: this.opens(counted, "parameters", parameters),
          products: this.opens(counted, "multiply_adds", products) })),
      link && el("a", { href: `train-a-cnn?${link.query}`, target: "_blank" },
        fill(words.train, { epochs: link.epochs })));
  }
}

// Only what has been measured can be chosen.
/** @param {HTMLElement} group @param {object} measured */
function offer(group, measured) {
  for (const child of group.children) {
    const choice = /** @type {HTMLElement} */ (child);
    choice.hidden = !((choice.dataset.value ?? "") in measured);
  }
}
