// The picture of "Real networks, real pictures": a picture is prepared, goes through a network, and
// every stage of it can be looked into. Without weights there is the preparation, and what the
// networks are made of.

import { Chooser } from "./chooser.js";
import { Inside } from "./inside.js";
import { Networks } from "./networks.js";
import { Stages, stageTable } from "./stages.js";
import { Why } from "./why.js";
import { head } from "../kit/controls.js";
import { button, el, fill, number, percent, say, styles } from "../kit/dom.js";
import { layersOf, Live } from "../kit/live.js";
import { LiveNumber } from "../kit/opened_number.js";
import { paintPixels } from "../kit/pixels.js";
import { View, mounted } from "../kit/view.js";

const style = await styles("kit/base.css", "kit/heat.css", "kit/opened.css", "kit/shelf/shelf.css",
  "real_pictures/view.css");
const FORGOTTEN = 3; // times that a forgotten picture is sent again, at most
const SEEN = ["upright", "resized", "cropped"]; // stages that are pictures
const SLOW = 300; // ms until a line says that the network is at work

export const { mount, unmount } = mounted(() => PicturesView);

/** @extends {View<PicturesData>} */
class PicturesView extends View {
  hideable = ["picture", "networks", "why"];
  /** @type {PicturesAnswer | null} */
  answer = null;
  resent = 0;
  /** @type {number | undefined} */
  slow;
  /** @type {Map<number, string> | undefined} what the likeliest classes are called */
  names;
  images = SEEN.map((stage) => el("img", { alt: "", "data-fp": `stage-${stage}` }));
  seen = el("div", { class: "mark", hidden: true });
  input = el("canvas", { "data-fp": "stage-input" });
  spread = el("span", { class: "note" });
  list = el("ol", { class: "answered" });
  message = el("p", { role: "status", class: "working", "data-fp": "pictures-message" });
  result = el("div", { class: "result", hidden: true });
  without = el("section", { class: "without", "data-block": "table", hidden: true });
  prepared = this.preparedPart();
  best = el("section", { class: "best", "data-block": "best" },
    head(this.words.bestTitle, this.words.bestNote), this.list,
    el("p", { class: "note" }, this.words.english));

  /** @param {HTMLElement} host @param {PicturesData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "pictures", style });
    const { words } = this;
    this.state = structuredClone(data.view);
    this.chooser = this.own(new Chooser(words, data.base, data.set, (name) => this.pick(name)));
    this.networks = this.own(new Networks(words.shelf, data.base, { onModels: () => this.ask(),
      onPick: (network) => this.change({ network, target: -1, number: "" }) }));
    this.inside = new Inside(words, { onChange: (change) => this.change(change),
      onNumber: (text) => this.open(text), onPicture: (name) => this.pick(name),
      onSee: (box) => this.see(box), at: (name) => this.chooser.at(name) });
    this.stages = new Stages(words, (array, map) => this.change({ array, map }));
    this.why = new Why(words, { onMethod: (method) => this.change({ method }),
      onTarget: (target) => this.change({ target }) });
    this.live = this.lived("answer", (answer) => this.take(answer), layersOf);
    this.layers = this.lived("layer", (answer) => this.inside.takeLayer(answer), layersOf);
    this.maps = this.lived("map", (answer) => this.inside.takeMap(answer), layersOf);
    this.places = this.lived("peaks", (answer) => this.inside.takePeaks(answer));
    this.heats = this.lived("heat", (answer) => {
      this.why.answer = answer;
      this.repaint();
    });
    this.number = new LiveNumber(this, `${data.base}/pictures/number`, {
      body: (text) => ({ ...this.about(), number: text }),
      write: (array, at) => [array, ...at].join("."),
      titleOf: (array, at) => this.called(array, at.split(", ").map(Number)),
      onwardOf: (array, at) => fill(words.onward, { name: this.called(array, at.split(", ")
        .map(Number)) }),
      nameOf: (array, at) => this.called(array, at),
      onOpen: (text) => this.open(text), leads: () => true,
    });
    this.result.append(this.stages.element, this.inside.element, this.number.element,
      this.why.element);
    this.root.append(this.chooser.element, this.networks.element,
      el("div", { class: "first" }, this.prepared, this.best), this.message, this.result,
      this.without);
    this.begin(":not(*)");
    this.networks.refresh();
  }

  // What an address answers is painted, and that told.
  /**
   * @param {string} address @param {(answer: any) => unknown} take
   * @param {(answer: AnswerBody) => Promise<any>} [read]
   */
  lived(address, take, read) {
    return this.own(new Live({ url: `${this.data.base}/pictures/${address}`, read,
      onAnswer: (answer, { about }) => {
        if (about !== JSON.stringify(this.about())) return; // another picture is on its way
        take(answer);
        this.painted();
      },
      onTrouble: (trouble) => this.trouble(trouble) }));
  }

  preparedPart() {
    const { words } = this;
    const reasons = /** @type {Record<string, string[]>} */ (/** @type {unknown} */ (words.stages));
    const frames = this.images.map((image, i) => el("div", { class: "framed" }, image,
      i === 2 ? this.seen : null));
    return el("section", { class: "prepared", "data-block": "prepared" },
      head(words.preparedTitle, words.preparedNote), el("div", { class: "row" },
        ...[...frames, el("div", { class: "framed" }, this.input)].map((frame, i) =>
          el("figure", {}, frame, el("figcaption", {},
            ...reasons[[...SEEN, "input"][i]].map((said, k) => el(k ? "span" : "b", {}, said)))))),
      this.spread);
  }

  close() {
    clearTimeout(this.slow);
    super.close();
  }

  /** @param {PicturesData} data */
  adopt(data) {
    super.adopt(data);
    const { own } = this.state;
    this.state = { ...structuredClone(data.view), own: data.view.own || own };
    this.number.show(this.state.number);
    this.ask();
  }

  report() {
    return this.state;
  }

  // -- what the person does -----------------------------------------------------------------------

  /** @param {string} name of the set, or of one's own */
  pick(name) {
    const own = !this.data.set.includes(name);
    this.change({ ...(own ? { own: name } : { picture: name, own: "" }), target: -1 });
  }

  /** @param {Partial<PicturesView["state"]>} change */
  change(change) {
    Object.assign(this.state, change);
    if (change.number !== undefined) this.number.show(change.number);
    this.ask();
    this.notify();
  }

  /** @param {string} number */
  open(number) {
    this.state.number = number;
    this.number.ask(number);
    if (number) this.number.element.scrollIntoView({ block: "nearest" });
    this.notify();
  }

  // The pixels that a number depends on, outlined in the picture.
  /** @param {number[] | null} box top, left, bottom, right */
  see(box) {
    this.seen.hidden = !box;
    if (!box) return;
    const [top, left, bottom, right] = box.map((at) => (100 * at) / this.data.side);
    Object.assign(this.seen.style, { top: `${top}%`, left: `${left}%`, width: `${right - left}%`,
      height: `${bottom - top}%` });
  }

  // -- questions and answers ----------------------------------------------------------------------

  about() {
    const { models } = this.networks;
    const { network, picture, own } = this.state;
    return { network: models.includes(network) ? network : models[0] ?? network,
      picture: own || picture };
  }

  ask() {
    const { networks, chooser } = this;
    if (!networks.known.length) return;
    const about = this.about();
    const here = networks.models.includes(about.network);
    this.root.dataset.state = here ? "ready" : "missing";
    networks.choose(here ? about.network : networks.wanted || networks.known[0].name);
    chooser.choose(about.picture);
    for (const [i, stage] of SEEN.entries()) {
      const source = chooser.at(about.picture, stage);
      if (this.images[i].getAttribute("src") !== source) this.images[i].src = source;
    }
    this.result.hidden = this.best.hidden = !here;
    this.input.closest("figure")?.toggleAttribute("hidden", !here);
    this.without.hidden = here;
    if (!here) return this.tellWithout();
    const [key, before] = [JSON.stringify(about), this.answer && JSON.stringify(
      { network: this.answer.network, picture: this.answer.picture })];
    if (key !== before) {
      this.answer = this.why.answer = null;
      clearTimeout(this.slow);
      this.slow = setTimeout(() => say(this.message, this.words.working), SLOW);
      this.live.ask({ body: () => about, about: key });
      if (this.state.number) this.number.ask(this.state.number);
      return;
    }
    this.askMore(about, key);
  }

  /** @param {ReturnType<PicturesView["about"]>} about @param {string} key */
  askMore(about, key) {
    const { answer, state, inside } = this;
    if (!answer) return;
    const stages = this.networks.known.find(({ name }) => name === about.network)?.stages ?? [];
    inside.show(stages, state, answer);
    const part = inside.part;
    if (part) {
      const { array } = part;
      if (inside.layer?.array !== array || inside.of !== key) {
        inside.of = key;
        this.layers.ask({ body: () => ({ ...about, array }), about: key });
      }
      if (inside.hasPlaces) {
        const question = { ...about, array, map: inside.map };
        const own = this.chooser.own.map(({ name }) => name).slice(0, this.data.most);
        this.maps.ask({ body: () => question, about: key });
        this.places.ask({ body: () => ({ ...question, own }), about: key });
      }
    }
    const target = state.target < 0 ? answer.best[0].class : state.target;
    const { method } = state;
    const known = this.why.answer;
    if (known?.method !== method || known?.target !== target) {
      this.heats.ask({ body: () => ({ ...about, method, target }), about: key });
    }
    this.repaint();
  }

  /** @param {PicturesAnswer} answer */
  take(answer) {
    clearTimeout(this.slow);
    say(this.message, "");
    this.answer = answer;
    this.resent = 0;
    const about = this.about();
    this.askMore(about, JSON.stringify(about));
  }

  /** @param {Trouble | null} trouble */
  trouble(trouble) {
    clearTimeout(this.slow);
    const { own } = this.state;
    if (trouble?.message === this.words.forgotten && own && this.resent++ < FORGOTTEN) {
      this.chooser.again(own).then((sent) => sent || this.pick(this.state.picture));
      return;
    }
    say(this.message, trouble ? trouble.message ?? this.words.unreachable : "");
  }

  // -- painting -----------------------------------------------------------------------------------

  tellWithout() {
    const { wanted, known } = this.networks;
    const net = known.find(({ name }) => name === (wanted || known[0].name));
    if (net) this.without.replaceChildren(stageTable(net, this.words));
    this.painted();
  }

  repaint() {
    const { answer, palette, words, state } = this;
    if (!answer) return;
    const names = new Map(answer.names.map(({ class: at, name }) => [at, name]));
    this.names = names;
    this.list.replaceChildren(...answer.best.map((one, i) => this.row(one, i)));
    const input = answer.layers.find(({ name }) => name === "input");
    if (input) paintChannels(this.input, /** @type {any} */ (input), palette);
    say(this.spread, fill(words.spread, { low: number(answer.spread[0], 2),
      high: number(answer.spread[1], 2) }));
    this.stages.paint(answer, this.networks.known.find(({ name }) => name === answer.network),
      state, palette);
    this.inside.paint(palette);
    const target = state.target < 0 ? answer.best[0].class : state.target;
    this.why.offer(answer.best, target);
    this.why.paint(this.chooser.at(answer.picture), state.method, names.get(target) ?? "", palette);
    Object.assign(this.root.dataset, { picture: answer.picture, network: answer.network,
      best: answer.best[0].name });
  }

  /** @param {PicturesAnswer["best"][number]} one @param {number} place */
  row({ class: at, name, p }, place) {
    const bar = el("i", {});
    bar.style.transform = `scaleX(${p})`;
    return el("li", { class: place ? "" : "won", "data-class": at }, el("b", {}, name), bar,
      button(percent(p), () => this.open(`probabilities.${at}`),
        { class: "opens", "data-fp": `best-${place}`, "data-value": p }));
  }

  // What a number is called.
  /** @param {string} array @param {number[]} at */
  called(array, at) {
    const { words, inside } = this;
    if (array === "probabilities" || array === "logits") {
      const name = this.names?.get(at[0]) ?? fill(words.someClass, { number: at[0] });
      return fill(words[array], { name });
    }
    return fill(words.numberOf, { array: inside.arrayName(array), at: at.join(", ") });
  }
}

// Three channels beside each other.
/** @param {HTMLCanvasElement} canvas @param {LayerMaps} layer @param {Palette} palette */
function paintChannels(canvas, { shape: [count, rows, columns], codes }, palette) {
  const wide = count * (columns + 1) - 1;
  paintPixels(canvas, wide, rows, (i) => {
    const [row, x] = [Math.floor(i / wide), i % wide];
    const [channel, column] = [Math.floor(x / (columns + 1)), x % (columns + 1)];
    return column === columns ? 0
      : palette.signed[codes[(channel * rows + row) * columns + column] + 127];
  });
}
