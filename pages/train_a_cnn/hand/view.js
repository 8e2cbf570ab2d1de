// @ts-nocheck
// The picture of "Teach it your hand": a trained network goes on with digits that one or a room has
// just drawn, and what it forgets by it. Runs are of the job "hand".

import { Adopt } from "../adopt.js";
import { Chart } from "../../kit/chart.js";
import { button, el, entry, fill, percent, say, styles } from "../../kit/dom.js";
import { Forgotten } from "./forgotten.js";
import { Pad } from "./pad.js";
import { Pot } from "./pot.js";
import { RoomView } from "./room.js";
import { Tray } from "./tray.js";
import { askOnce, Live } from "../../kit/live.js";
import { Panel } from "../../kit/run/panel.js";
import { RunView } from "../../kit/run/view.js";
import { mounted } from "../../kit/view.js";

const style = await styles("kit/base.css", "kit/run/panel.css", "train_a_cnn/hand/view.css");
const EXAMPLE = "shipped-hand";
const BESIDE = "shipped-hand_rehearsal";
const AGAIN = 1500; // ms until the first run is asked for again
const [NEW, OLD] = ["0", "1"]; // colours of the two curves

export const { mount, unmount } = mounted((data) => (data.room ? RoomView : HandView));

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
  /** @type {HTMLButtonElement} */
  opener;
  /** @type {HTMLElement} */
  code;
  /** @type {HTMLInputElement} */
  address;
  /** @type {HTMLButtonElement} */
  copy;
  /** @type {HTMLSpanElement} */
  guests;
  /** @type {HTMLDivElement} */
  opening;
  /** @type {any} */
  drawn;
  /** @type {any} */
  image = null;

  /** @param {HTMLElement} host @param {HandData} data @param {Send} send */
  constructor(host, data, send) {
    const { words } = data;
    /** @param {string} name */
    const share = (name) =>
      (/** @type {Run} */ run) => (run.marks[name] == null ? "–" : percent(run.marks[name]));
    super(host, data, send, {
      name: "hand", style, job: "hand", picture: ".pictures", makePanel: HandPanel,
      columns: [{ name: words.newDigits, value: share("hand") },
        { name: words.oldDigits, value: share("mnist") }],
    });
    this.starts = new Map();
    this.said = this.own(new Live({ onAnswer: (answer) => this.readAs(answer) }));
    this.pad = new Pad(words, data.limits, {
      onLabel: (label, drawing) => this.pot.add(label, drawing),
      onDrawn: (strokes) => this.read(strokes),
    });
    this.says = { before: el("output", { "data-fp": "says-before" }),
      now: el("output", { "data-fp": "says-now" }) };
    this.tray = new Tray(words, { onRemove: (id) => this.pot.do("remove", { ids: [id] }) });
    this.chart =
      new Chart({ label: words.chartLabel, height: 230, xName: words.step, yName: words.accuracy });
    this.forgotten = new Forgotten(words);
    this.origin = el("span", { class: "origin", "data-fp": "origin" });
    this.note = el("p", { class: "note", "data-fp": "pot-note" });
    /** @param {string} title @param {...any} more */
    const head = (title, ...more) => el("div", { class: "head" }, el("h3", {}, title), ...more);
    this.old = el("span", { class: "note" });
    this.adopting = new Adopt(words, data, { onTrouble: (trouble) => this.panel.trouble(trouble) });
    this.root.append(el("div", { class: "teach" },
        el("div", { class: "drawing" },
          el("div", { class: "left" }, this.pad.element, this.reads()),
          el("section", { class: "right", "data-block": "tray" },
            head(words.trayTitle, this.tray.count, this.clear = button(words.clearPot,
              () => this.pot.do("remove"), { class: "quiet", "data-fp": "clear-pot" })),
            this.note, this.tray.body, this.room())),
        el("div", {}, this.panel.element, this.adopting.element),
        el("div", { class: "pictures halves" },
          el("section", { "data-block": "curves" }, head(words.curvesTitle, this.origin),
            this.chart.element),
          el("section", { "data-block": "kept" }, head(words.keptTitle, this.old),
            this.forgotten.element)),
        this.list.element));
    this.pot = this.own(new Pot(data.base,
      { onChange: () => this.repaint(), onTrouble: (trouble) => this.pad.trouble(trouble) }));
    this.readAs(null);
    this.begin(".teach");
  }

  // What the network says to the drawing on the canvas: as it was shipped, and at the step on show.
  reads() {
    /** @param {string} key */
    const row = (key) => el("p", {}, el("span", {}, entry(this.words, key)), entry(this.says, key));
    return el("div", { class: "says", "data-block": "says" }, row("before"), row("now"));
  }

  room() {
    const { words } = this;
    this.opener = button(words.openPot, () => this.pot.do("open"), { "data-fp": "open-pot" });
    this.code = el("b", { class: "code", "data-fp": "code" });
    this.address = el("input", { readonly: true, "aria-label": words.roomLink,
      "data-fp": "room-link", onfocus: () => this.address.select() });
    this.copy =
      button(words.copyLink, () => this.copied(), { class: "quiet", "data-fp": "copy-room" });
    this.guests = el("span", { "data-fp": "guests" });
    this.opening = el("div", { class: "opened", hidden: true },
      el("p", {}, words.roomCode, " ", this.code, this.guests),
      el("p", { class: "line" }, this.address, this.copy, button(words.closePot,
        () => this.pot.do("close"), { class: "quiet", "data-fp": "close-pot" })),
      el("p", { class: "note" }, words.potKept));
    return el("div", { class: "the-room", "data-block": "room" }, this.opener, this.opening);
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

  // -- which run ----------------------------------------------------------------------------------

  // The drawings of the next run: one's own and the room's, newest first; without enough of them
  // the example's.
  get drawings() {
    const own = this.pot?.drawings ?? [];
    return own.length ? own.toReversed() : this.drawn ?? [];
  }

  get config() {
    const drawings =
      this.drawings.slice(0, this.data.most)
        .map((/** @type {any} */ { label, image }) => [label, image]);
    return { ...this.data.config, drawings };
  }

  // At first sight: the run of before a reload, else the example, with its remedy beside it.
  async first() {
    const example = await this.runs.fetch(EXAMPLE);
    this.drawn =
      example?.config.drawings.map((/** @type {any} */ [label, image]) => ({ label, image }));
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
    this.starts.set(id, null); // asked for once
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

  /** @param {number[][][]} strokes */
  async read(strokes) {
    this.image = null;
    if (strokes.length) {
      const found = await askOnce(`${this.data.base}/pot/prepared`, { drawing: strokes },
        (trouble) => this.pad.trouble(trouble));
      if (this.pad.canvas.strokes !== strokes) return; // a newer one is on its way
      this.image = found?.image;
    }
    if (this.image) this.ask();
    else this.readAs(null);
  }

  ask() {
    const { run } = this.runs;
    if (!this.image || !run?.saved.length) return;
    const step = this.inspected?.step ?? run.saved.at(-1);
    this.said.inspect(`${this.data.base}/runs/${run.id}`, "said", { step, image: this.image });
  }

  /** @param {any} answer */
  readAs(answer) {
    for (const [when, output] of Object.entries(this.says)) {
      const shares = answer?.[when];
      const digit = shares ? shares.indexOf(Math.max(...shares)) : null;
      say(output, digit == null ? "–" : `${digit} · ${percent(shares[digit])}`);
    }
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
    const { words, pot, palette, data } = this;
    const own = pot.drawings;
    const guests = own.filter((each) => !each.own).length;
    const few = own.length > 0 && own.length < data.fewest;
    say(this.note, !own.length ? words.exampleNote
      : few ? fill(words.tooFew, { count: data.fewest - own.length })
      : own.length > data.most ? fill(words.newestOnly, { count: data.most, all: own.length })
      : fill(words.potNote, { count: own.length }));
    this.clear.style.visibility = own.length ? "visible" : "hidden";
    this.opener.hidden = Boolean(pot.code);
    this.opening.hidden = !pot.code;
    say(this.code, pot.code);
    say(this.guests, ` · ${fill(words.fromRoomCount, { count: guests })}`);
    if (pot.code) this.address.value = this.link(pot.code);
    const { run } = this.runs;
    this.tray.paint(this.drawings, answers(run, this.inspected), palette);
    this.root.dataset.drawings = String(own.length);
    if (run) this.measured(run);
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
    const { confusion } = shown.pictures ?? {};
    if (confusion) {
      this.forgotten.paint(confusion, this.starts.get(run.id),
      new Set(run.config.drawings.map((/** @type {any} */ [label]) => label)));
    }
    this.painted();
  }

  // Where the room goes: this page, with the pot's code.
  /** @param {string} code */
  link(code) {
    const folder = this.data.base.replace(/forward-pass$/, "");
    const query =
      new URLSearchParams({ ...this.data.link, hand_pot: code, lang: this.data.language });
    return `${location.origin}${folder}${this.data.path}?${query}`;
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
  const [x, y] = [[0], [run.marks[`${name}.start`] ?? null]];
  (run.series[name] ?? []).forEach((value, i) => {
    if (value == null) return;
    x.push(i + 1);
    y.push(value);
  });
  return { key: `${run.id}.${name}`, name: label, x, y, role, faint };
}

// What the network on show takes each of its run's drawings for, by picture.
/** @param {Run} run @param {Saved | null} inspected */
function answers(run, inspected) {
  const { said, held } = (inspected ?? run)?.pictures ?? {};
  if (!said) return new Map();
  return new Map(run.config.drawings.map((/** @type {any} */ [, image], /** @type {number} */ i) =>
    [image, { digit: said[i][0], held: held[i] === 1 }]));
}
