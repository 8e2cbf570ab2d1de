// The picture of "Teach it your handwriting": a trained network goes on with digits that one or a
// room has just drawn, and what it forgets by it. Runs are of the job "hand".

import { Adopt } from "../adopt.js";
import { Chart } from "../../kit/chart.js";
import { button, el, fill, percent, say, styles } from "../../kit/dom.js";
import { Collection } from "./collection.js";
import { Forgotten } from "./forgotten.js";
import { Pad } from "../../kit/pad.js";
import { RoomView } from "./room.js";
import { Tray } from "./tray.js";
import { Live } from "../../kit/live.js";
import { NetworkNumber } from "../../kit/opened_number.js";
import { RunScore } from "../../kit/score.js";
import { pageAt } from "../../kit/request.js";
import { Panel } from "../../kit/run/panel.js";
import { RunView } from "../../kit/run/view.js";
import { mounted } from "../../kit/view.js";
/** @import { View } from "../../kit/view.js" */
/** @import { Drawn } from "./collection.js" */
/** @import { RoomData } from "./room.js" */

const style = await styles("kit/base.css", "kit/run/panel.css", "kit/opened.css",
  "train_a_cnn/hand/view.css");
const EXAMPLE = "shipped-hand";
const BESIDE = "shipped-hand_rehearsal";
const AGAIN = 1500; // ms until the first run is asked for again
const [NEW, OLD] = ["0", "1"]; // colours of the two curves
const WHEN = /** @type {const} */ (["before", "now"]);

/**
 * @typedef {HandData | RoomData} EitherData
 * @typedef {new (host: HTMLElement, data: EitherData, send: Send) => View<EitherData>} EitherView
 */

export const { mount, unmount } = mounted((/** @type {EitherData} */ data) =>
  /** @type {EitherView} */ (/** @type {unknown} */ ("room" in data ? RoomView : HandView)));

/**
 * @param {string} name @param {string} mark @param {(run: Run, part: string) => unknown} onOpen
 * @returns {Column}
 */
const share = (name, mark, onOpen) => ({ name, onOpen: (run) => onOpen(run, mark),
  value: ({ marks }) => (marks[mark] == null ? "–" : percent(marks[mark])) });

// Who opens a collection to a room: the button, then code, link and what is stored.
class Opening {
  /** @type {HTMLInputElement} */
  address;

  /** @param {HandWords} words @param {Collection} collection */
  constructor(words, collection) {
    this.words = words;
    this.opener =
      button(words.openCollection, () => collection.do("open"), { "data-fp": "open-pot" });
    this.code = el("b", { class: "code", "data-fp": "code" });
    this.address = el("input", { readonly: true, "aria-label": words.roomLink,
      "data-fp": "room-link", onfocus: () => this.address.select() });
    this.copy =
      button(words.copyLink, () => this.copied(), { class: "quiet", "data-fp": "copy-room" });
    this.guests = el("span", { "data-fp": "guests" });
    this.opened = el("div", { class: "opened", hidden: true },
      el("p", {}, words.roomCode, " ", this.code, this.guests),
      el("p", { class: "line" }, this.address, this.copy, button(words.closeCollection,
        () => collection.do("close"), { class: "quiet", "data-fp": "close-pot" })),
      el("p", { class: "note" }, words.collectionKept));
    this.element =
      el("div", { class: "the-room", "data-block": "room" }, this.opener, this.opened);
  }

  async copied() {
    this.address.select();
    try {
      await navigator.clipboard.writeText(this.address.value);
      say(this.copy, this.words.copied);
      setTimeout(() => say(this.copy, this.words.copyLink), 2000);
    } catch {
      // without a secure connection there is no clipboard: the address is selected, to be copied by
      // hand
    }
  }

  /** @param {string} code @param {string} link @param {number} count */
  paint(code, link, count) {
    this.opener.hidden = Boolean(code);
    this.opened.hidden = !code;
    say(this.code, code);
    say(this.guests, ` · ${fill(this.words.fromRoomCount, { count })}`);
    if (code) this.address.value = link;
  }
}

// After a drawing of the room was taken out: how many more came from there, and all of them out.
class Expelling {
  /** @param {HandWords} words @param {Collection} collection */
  constructor(words, collection) {
    /** @param {"name" | "client"} all @param {string} label */
    const line = (all, label) => {
      const count = el("span", {});
      const out = button(label, () => collection.do("expel", { all }),
        { class: "quiet", "data-fp": `expel-${all}` });
      return { element: el("p", { class: "line note", hidden: true }, count, out), count };
    };
    this.words = words;
    this.sender = line("name", words.expelSender);
    this.address = line("client", words.expelAddress);
    this.element =
      el("div", { role: "status" }, this.sender.element, this.address.element);
  }

  /** @param {import("./collection.js").Others} others */
  paint({ name, client }) {
    const { words, sender, address } = this;
    sender.element.hidden = !name;
    say(sender.count, fill(words.moreOfSender, { count: name }));
    address.element.hidden = client === name;
    say(address.count, fill(words.moreOfAddress, { count: client }));
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
  hideable = ["rate", "room"];
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
    this.preparing = this.own(new Live({ url: `${data.base}/pot/prepared`,
      onAnswer: (/** @type {{ image: string }} */ { image }, { strokes }) => {
        if (this.pad.canvas.strokes !== strokes) return; // a newer one is on its way
        this.image = image;
        this.ask();
      },
      onTrouble: (trouble) => this.pad.trouble(trouble) }));
    this.pad = new Pad(words, data.limits, {
      onLabel: (label, drawing) => this.collection.add(label, drawing),
      onDrawn: (strokes) => this.read(strokes),
    });
    this.number = new NetworkNumber(this, words.nets);
    this.verdicts = { before: this.saying("before"), now: this.saying("now") };
    this.collection = this.own(new Collection(data.base,
      { onChange: () => this.repaint(), onTrouble: (trouble) => this.pad.trouble(trouble) }));
    this.opening = new Opening(words, this.collection);
    this.expelling = new Expelling(words, this.collection);
    this.tray = new Tray(words, { onRemove: (id) => this.collection.do("remove", { ids: [id] }),
      onOpen: () => this.score.open("accuracy", "drawings") });
    this.chart =
      new Chart({ label: words.chartLabel, height: 230, xName: words.step, yName: words.accuracy });
    this.forgotten = new Forgotten(words, (digit, as) =>
      this.score.open(`shares.${digit + 1}.${as + 1}`, "counted"));
    this.origin = el("span", { class: "origin", "data-fp": "origin" });
    this.note = el("p", { class: "note", "data-fp": "pot-note" });
    this.old = el("span", { class: "note" });
    this.clear = button(words.clearCollection, () => this.collection.do("remove"),
      { class: "quiet", "data-fp": "clear-pot" });
    this.adopting = new Adopt(words, data, { onTrouble: (trouble) => this.panel.trouble(trouble) });
    this.root.append(this.parts());
    this.readAs(null);
    this.begin(".teach");
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
          this.note, this.tray.body, this.expelling.element, this.opening.element)),
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

  // The drawings of the next run: one's own and the room's, newest first; without any of them the
  // example's.
  get drawings() {
    const own = this.collection.drawings;
    return own.length ? own.toReversed() : this.examples;
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
    const { collection, opening } = this;
    const own = collection.drawings;
    const guests = own.filter((each) => !each.own).length;
    say(this.note, this.about(own.length));
    this.clear.style.visibility = own.length ? "visible" : "hidden";
    this.expelling.paint(collection.others);
    opening.paint(collection.code, this.link(collection.code), guests);
    const { run } = this.runs;
    this.tray.paint(this.drawings, run ? answers(run, this.inspected ?? run) : new Map(),
      this.palette);
    this.root.dataset.drawings = String(own.length);
    if (run) this.measured(run);
  }

  // What is said of so many drawings.
  /** @param {number} count */
  about(count) {
    const { words, data: { fewest, most } } = this;
    if (!count) return words.exampleNote;
    if (count < fewest) return fill(words.tooFew, { count: fewest - count });
    if (count > most) return fill(words.newestOnly, { count: most, all: count });
    return fill(words.collectionNote, { count });
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

  // Where the room goes: this page, with the collection's code.
  /** @param {string} code */
  link(code) {
    const { base, path, link, language } = this.data;
    return pageAt(base, path, { ...link, hand_pot: code, lang: language });
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
