// The third picture of "LeNet, AlexNet, VGG": four kinds of network at equal cost, and one idea at
// a time, as a script of ours found them. Every number comes from its file.

import { Dots } from "./dots.js";
import { Chart } from "../kit/chart.js";
import { button, el, entry, fill, say, styles } from "../kit/dom.js";
import { mounted, View } from "../kit/view.js";
import { request } from "../kit/request.js";

const AGAIN = 2000; // ms
const ROLES = ["0", "1", "2", "4"];
/** @type {Record<string, string>} */
const OF = { simple: "0", lenet5: "1", alexnet: "2", alexnet_plain: "2", vgg: "4" };
const style = await styles("kit/base.css", "lenet_alexnet_vgg/view.css");
/** @param {number} value */
const grouped = (value) => value.toLocaleString("en-US");
/** @param {number} share */
const twice = (share) => `${(100 * share).toFixed(2)}%`;

export const { mount, unmount } = mounted(() => FairView);

/** @extends {View<FairData>} */
class FairView extends View {
  delay = 60;
  hideable = ["kinds"];
  closed = false;
  /** @type {any} */
  found;

  /** @param {HTMLElement} host @param {FairData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "fair", style });
    this.view = { ...data.view };
    const { words } = this;
    /** @param {[string, string][] | string[][]} list @param {string} name */
    const choice = (list, name) => list.map(([value, label]) =>
      button(label, () => this.set({ [name]: value }), { "data-fp": `${name}-${value}` }));
    this.equals = choice(words.equals, "equal");
    this.ideaButtons = choice(words.ideas.map(({ name, title }) => [name, title]), "idea");
    this.message = el("p", { class: "note message", role: "status", "data-fp": "message" });
    this.dots = this.own(new Dots(words.dotsLabel));
    this.held = el("p", { class: "held", "data-fp": "held" });
    this.table = el("table", {});
    this.seconds = this.own(new Chart({ label: words.secondsLabel, height: 260,
      xName: words.secondsOf, yName: words.right }));
    this.curves = this.own(new Chart({ label: words.curvesLabel, height: 250, xName: words.batches,
      yName: words.right }));
    this.talk = el("p", { class: "talk", "data-fp": "talk" });
    this.verdicts = el("ol", { class: "verdicts", "data-fp": "verdicts" });
    this.ideas = el("div", { class: "kinds idea", role: "group", "aria-label": words.ideasTitle },
      el("h3", { class: "head" }, words.ideasTitle), ...this.ideaButtons);
    this.root.append(this.message,
      el("div", { class: "fair" },
        el("div", { class: "kinds", role: "group", "aria-label": words.equalTitle },
          el("h3", { class: "head" }, words.equalTitle), ...this.equals),
        el("div", { class: "plot", "data-block": "equal" }, this.dots.element,
          this.seconds.element),
        el("div", { "data-block": "equal" }, this.held,
          el("div", { class: "sheet", tabindex: "0" }, this.table)),
        this.ideas,
        el("div", { "data-block": "idea" }, this.curves.element),
        el("div", { class: "spoken", "data-block": "idea" }, this.talk, this.verdicts)));
    // The first step shows the whole page: the first picture comes into sight, not this one.
    this.onIdea = (/** @type {any} */ event) => {
      this.set({ idea: event.detail });
      this.ideas.scrollIntoView({ block: "center", behavior: "smooth" });
    };
    document.addEventListener("forward-pass:idea", this.onIdea);
    this.begin(":not(*)");
    this.load();
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
    this.tell();
  }

  report() {
    return this.view;
  }

  async load() {
    if (this.closed) return;
    try {
      const answer = await request(`${this.data.base}/fair`);
      if (!answer.ok) return say(this.message, await answer.text());
      this.found = await answer.json();
      say(this.message, "");
      this.repaint();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch says "no network" with a TypeError
      say(this.message, this.words.unreachable);
      setTimeout(() => this.load(), AGAIN);
    }
  }

  // -- painting -----------------------------------------------------------------------------------

  repaint() {
    const { view, found } = this;
    /** @param {HTMLButtonElement[]} list @param {string} name */
    const press = (list, name) => list.forEach((one) =>
      one.setAttribute("aria-pressed", String(one.dataset.fp === `${name}-${view[name]}`)));
    press(this.equals, "equal");
    press(this.ideaButtons, "idea");
    if (!found) return;
    for (const [list, name, all] of [[this.equals, "equal", found.equal],
      [this.ideaButtons, "idea", found.ideas]]) {
      for (const one of list) one.hidden = !(one.dataset.fp.slice(name.length + 1) in all);
    }
    if (found.equal[view.equal]) this.equal(found.equal[view.equal]);
    if (found.ideas[view.idea]) this.idea(found.ideas[view.idea]);
    this.root.dataset.painted = String(Number(this.root.dataset.painted ?? 0) + 1);
  }

  /** @param {{ budget?: any, nets?: any }} options */
  equal({ budget, nets }) {
    const { words, view, palette: colours } = this;
    const { card } = this.found;
    this.dots.paint(nets.map((/** @type {any} */ { family, runs }) => ({ key: family,
      name: words.families[family],
      colour: colours.category(Number(OF[family])), runs })));
    say(this.held, fill(words.held[view.equal],
      { budget: grouped(budget), images: grouped(card.images), steps: grouped(card.steps) }));
    /** @param {any} runs @param {string} name */
    const mean = (runs, name) => runs.reduce((/** @type {any} */ sum, /** @type {Run} */ run) =>
      sum + run[name], 0) / runs.length;
    /** @param {any} runs */
    const steps = (runs) => (runs[0].curve
      ? grouped(Math.round(runs.reduce((/** @type {any} */ sum, /** @type {any} */ { curve }) =>
      sum + curve.steps.at(-1), 0) / runs.length)) : mean(runs, "seconds").toFixed(1));
    // then the curves take the place of the dots, and the table says what they reach
    const timed = view.equal === "seconds";
    const head = ["", words.columns.parameters, timed ? words.tested : words.columns.multiply_adds,
      timed ? words.columns.batches : words.columns.seconds, words.columns.calibration];
    this.table.replaceChildren(
      el("thead", {}, el("tr", {}, ...head.map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {},
        ...nets.map((/** @type {any} */ { family, parameters, multiply_adds: products,
          runs }) => el("tr", {},
        el("th", { scope: "row" }, words.families[family]), el("td", {}, grouped(parameters)),
        el("td", {},
          timed ? runs.map((/** @type {any} */ { accuracy }) => twice(accuracy)).join(", ")
            : grouped(products)),
        el("td", {}, steps(runs)), el("td", {}, twice(mean(runs, "calibration_error")))))));
    this.dots.element.hidden = timed;
    this.seconds.element.hidden = !timed;
    if (!timed) return;
    this.seconds.paint({
      series: nets.flatMap((/** @type {any} */ { family,
        runs }) => runs.map((/** @type {any} */ { seed, curve }, /** @type {any} */ k) => ({
        key: `${family}.${seed}`, name: k ? "" : words.families[family], x: curve.seconds.slice(1),
        y: curve.accuracy.slice(1), role: OF[family], faint: k > 0,
      }))),
      y: [0.9, 1],
    }, colours);
  }

  /** @param {{ images?: any, steps?: any, variants?: any }} options */
  idea({ images, steps, variants }) {
    const { words, view, data } = this;
    const about = words.ideas.find(({ name }) => name === view.idea);
    this.curves.paint({
      series: variants.flatMap((/** @type {any} */ { name, runs }, /** @type {number} */
        i) => runs.map((/** @type {any} */ { seed, curve }, /** @type {any} */ k) => ({
        key: `${name}.${seed}`, name: k ? "" : about.variants[name], x: curve.steps,
        y: curve.accuracy, role: ROLES[i], faint: k > 0,
      }))),
      y: [0, 1],
    }, this.palette);
    say(this.talk, fill(about.text, { images: grouped(images), steps: grouped(steps) }));
    this.verdicts.replaceChildren(...variants.map((/** @type {any} */ variant, /** @type {number} */
      i) => {
      const said = i === 0 ? words.outcomes.first
        : fill(words.outcomes[variant.outcome], { first: about.variants[variant.against] });
      const link = entry(data.links, view.idea)?.[variant.name];
      return el("li", { "data-fp": `verdict-${variant.name}`, "data-outcome": variant.outcome },
        el("span", {}, el("b", {}, about.variants[variant.name]), " ",
          variant.runs.map((/** @type {any} */ { accuracy }) => twice(accuracy)).join(", ")),
        el("span", {}, said),
        el("span", { class: "note" }, fill(words.costs,
          { parameters: grouped(variant.parameters), products: grouped(variant.multiply_adds) })),
        link && el("a", { href: `train-a-cnn?${link.query}`, target: "_blank" },
          fill(words.train, { epochs: link.epochs })));
    }));
  }
}
