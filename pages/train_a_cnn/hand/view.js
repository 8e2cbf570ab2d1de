// The picture of "Teach it your hand": a trained network goes on with digits that one or a room has just drawn, and what it
// forgets by it. Runs are of the job "hand".

import { Adopt } from "../adopt.js";
import { Chart } from "../../kit/chart.js";
import { button, el, fill, percent, say, styles } from "../../kit/dom.js";
import { Forgotten } from "./forgotten.js";
import { Pad } from "./pad.js";
import { asked, Pot } from "./pot.js";
import { RoomView } from "./room.js";
import { Tray } from "./tray.js";
import { Look } from "../../kit/look.js";
import { Panel } from "../../kit/panel.js";
import { RunList } from "../../kit/run_list.js";
import { Runs } from "../../kit/runs.js";
import { snapshot } from "../../kit/snapshot.js";
import { followSteps, step } from "../../kit/steps.js";
import { onThemeChange, palette } from "../../kit/theme.js";
import { mounted } from "../../kit/views.js";

const style = await styles("kit/base.css", "kit/panel.css", "train_a_cnn/hand/view.css");
const EXAMPLE = "shipped-hand";
const BESIDE = "shipped-hand_rehearsal";
const AGAIN = 1500; // ms until the first run is asked for again
const REST = 120; // ms of standstill until the page is told
const [NEW, OLD] = ["0", "1"]; // colours of the two curves

export const { mount, unmount } = mounted((host, data, send) => (data.room ? new RoomView(host, data, send) : new HandView(host, data, send)));

// Drawings and settings change while a run of others is looked at: Play then begins a new run instead of going on.
class HandPanel extends Panel {
  get mine() {
    const run = super.mine;
    return !run || ["running", "waiting"].includes(run.status) || this.fits(run, "learning_rate") ? run : null;
  }
}

class HandView {
  constructor(host, data, send) {
    Object.assign(this, { host, data, send, words: data.words, overlays: [], looked: null, starts: new Map(), chosen: {} });
    this.runs = new Runs(data.base, "hand", { onChange: (run) => this.changed(run), onTrouble: (trouble) => this.panel?.trouble(trouble) });
    this.said = new Look({ onAnswer: (answer) => this.answered(answer), onTrouble: () => {} });
    this.build();
    this.host.append(this.root);
    this.pot = new Pot(data.base, { onChange: () => this.repaint(), onTrouble: (trouble) => this.pad.trouble(trouble) });
    this.theme();
    this.hide();
    this.answered(null);
    onThemeChange(this.root, () => this.theme());
    this.leaveSteps = followSteps((detail) => step(this.root, detail, ".teach"));
    this.first();
  }

  close() {
    clearTimeout(this.telling);
    this.leaveSteps();
    for (const part of [this.runs, this.pot, this.pad, this.chart]) part.close();
    this.said.stop();
    this.root.remove();
  }

  build() {
    const { words, runs, data } = this;
    this.pad = new Pad(words, data.limits, { onLabel: (label, drawing) => this.pot.add(label, drawing), onDrawn: (strokes) => this.read(strokes) });
    this.says = { before: el("output", { "data-fp": "says-before" }), now: el("output", { "data-fp": "says-now" }) };
    this.tray = new Tray(words, { onRemove: (id) => this.pot.do("remove", { ids: [id] }) });
    this.panel = new HandPanel(words, runs, {
      config: () => this.config, rate: data.config.learning_rate,
      onLook: (saved) => this.look(saved), onBegin: () => this.list.refresh(), onRate: (rate) => this.tell({ learning_rate: rate }),
    });
    const share = (name) => (run) => (run.marks[name] == null ? "–" : percent(run.marks[name]));
    this.list = new RunList(words, runs, {
      columns: [{ name: words.newDigits, value: share("hand") }, { name: words.oldDigits, value: share("mnist") }],
      roles: () => [], palette: () => this.palette, onShow: (overlays) => { this.overlays = overlays; this.paint(); },
      picture: () => snapshot(this.root.querySelector(".pictures"), this.palette),
    });
    this.chart = new Chart({ label: words.chartLabel, height: 230, xName: words.step, yName: words.accuracy });
    this.forgotten = new Forgotten(words);
    this.origin = el("span", { class: "origin", "data-fp": "origin" });
    this.note = el("p", { class: "note", "data-fp": "pot-note" });
    const head = (title, ...more) => el("div", { class: "head" }, el("h3", {}, title), ...more);
    this.old = el("span", { class: "note" });
    this.adopt = new Adopt(words, data, { onTrouble: (trouble) => this.panel.trouble(trouble) });
    this.root = el("div", { class: "fp", "data-fp": "hand" }, el("style", {}, style),
      el("div", { class: "teach" },
        el("div", { class: "drawing" },
          el("div", { class: "left" }, this.pad.element, this.reads()),
          el("section", { class: "right", "data-block": "tray" },
            head(words.trayTitle, this.tray.count, this.clear = button(words.clearPot, () => this.pot.do("remove"), { class: "quiet", "data-fp": "clear-pot" })),
            this.note, this.tray.body, this.room())),
        el("div", {}, this.panel.element, this.adopt.element),
        el("div", { class: "pictures halves" },
          el("section", { "data-block": "curves" }, head(words.curvesTitle, this.origin), this.chart.element),
          el("section", { "data-block": "kept" }, head(words.keptTitle, this.old), this.forgotten.element)),
        this.list.element));
  }

  // What the network says to the drawing on the canvas: as it was shipped, and at the step on show.
  reads() {
    const row = (key) => el("p", {}, el("span", {}, this.words[key]), this.says[key]);
    return el("div", { class: "says", "data-block": "says" }, row("before"), row("now"));
  }

  room() {
    const { words } = this;
    this.opener = button(words.openPot, () => this.pot.do("open"), { "data-fp": "open-pot" });
    this.code = el("b", { class: "code", "data-fp": "code" });
    this.address = el("input", { readonly: true, "aria-label": words.roomLink, "data-fp": "room-link", onfocus: () => this.address.select() });
    this.copy = button(words.copyLink, () => this.copied(), { class: "quiet", "data-fp": "copy-room" });
    this.guests = el("span", { "data-fp": "guests" });
    this.opened = el("div", { class: "opened", hidden: true },
      el("p", {}, words.roomCode, " ", this.code, this.guests),
      el("p", { class: "line" }, this.address, this.copy, button(words.closePot, () => this.pot.do("close"), { class: "quiet", "data-fp": "close-pot" })),
      el("p", { class: "note" }, words.potKept));
    return el("div", { class: "the-room", "data-block": "room" }, this.opener, this.opened);
  }

  async copied() {
    this.address.select();
    try {
      await navigator.clipboard.writeText(this.address.value);
      say(this.copy, this.words.copied);
      setTimeout(() => say(this.copy, this.words.copyLink), 2000);
    } catch {
      // without a secure connection there is no clipboard: the address is selected, to be copied by hand
    }
  }

  // -- which run -------------------------------------------------------------------------------------------------

  // The drawings of the next run: one's own and the room's, newest first; without enough of them the example's.
  get drawings() {
    const own = this.pot?.drawings ?? [];
    return own.length ? own.toReversed() : this.example ?? [];
  }

  get config() {
    const drawings = this.drawings.slice(0, this.data.most).map(({ label, image }) => [label, image]);
    return { ...this.data.config, drawings };
  }

  // At first sight: the run of before a reload, else the example, with its remedy beside it.
  async first() {
    const example = await this.runs.fetch(EXAMPLE);
    this.example = example?.config.drawings.map(([label, image]) => ({ label, image }));
    const restored = await this.runs.restore();
    if ((!restored || restored.shipped) && example) {
      await this.runs.open(EXAMPLE);
      await this.list.show(BESIDE);
    }
    if (!this.runs.run && this.root.isConnected) return void setTimeout(() => this.first(), AGAIN); // the server is not there yet
    this.list.refresh();
    this.repaint();
  }

  receive(data, send) {
    const before = this.data;
    Object.assign(this, { data, send });
    this.hide();
    if (JSON.stringify(before.config) === JSON.stringify(data.config)) return;
    this.panel.trouble(null);
    if (before.config.learning_rate !== data.config.learning_rate && !this.panel.playing) this.panel.setRate(data.config.learning_rate);
    if (this.runs.run) this.panel.paint(this.runs.run); // what Play does may have changed
  }

  hide() {
    this.root.classList.toggle("without-rate", this.data.hidden.includes("rate"));
    this.root.classList.toggle("without-room", this.data.hidden.includes("room"));
  }

  changed(run) {
    const other = run.id !== this.shown;
    if (other) {
      const before = this.shown;
      Object.assign(this, { shown: run.id, looked: null });
      if (before && !run.shipped) this.list.show(before); // to be compared
    }
    if (run.saved.length) this.begins(run.id);
    this.panel.paint(run);
    this.paint();
    const rests = !["running", "waiting"].includes(run.status);
    if (rests && (!this.rests || other)) {
      this.list.refresh();
      this.tell();
    }
    this.rests = rests;
    this.ask();
  }

  // What was right before the first step, for the marks in the bars.
  async begins(id) {
    if (this.starts.has(id)) return;
    this.starts.set(id, null); // asked for once
    const start = await this.runs.at(0);
    this.starts.set(id, start?.pictures?.confusion);
    this.paint();
  }

  look(saved) {
    this.looked = saved;
    this.paint();
    this.tell();
    this.ask();
  }

  // The page hears which run is on show once things stand still, and a learning rate that was set in here.
  tell(config = {}) {
    Object.assign(this.chosen, config);
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      const { id, shipped } = this.runs.run ?? {};
      this.send("view", { run: id && !shipped ? id : "", at: this.looked?.step ?? -1, config: this.chosen, told: performance.now() });
      this.chosen = {};
    }, REST);
  }

  // -- the drawing on the canvas ---------------------------------------------------------------------------------

  async read(strokes) {
    this.image = null;
    if (strokes.length) {
      const found = await asked(`${this.data.base}/pot/prepared`, { drawing: strokes }, (trouble) => this.pad.trouble(trouble));
      if (this.pad.canvas.strokes !== strokes) return; // a newer one is on its way
      this.image = found?.image;
    }
    if (this.image) this.ask();
    else this.answered(null);
  }

  ask() {
    const { run } = this.runs;
    if (!this.image || !run?.saved.length) return;
    const step = this.looked?.step ?? run.saved.at(-1);
    this.said.ask(`${this.data.base}/runs/${run.id}`, "said", { step, image: this.image });
  }

  answered(answer) {
    for (const [when, output] of Object.entries(this.says)) {
      const shares = answer?.[when];
      const digit = shares ? shares.indexOf(Math.max(...shares)) : null;
      say(output, digit == null ? "–" : `${digit} · ${percent(shares[digit])}`);
    }
  }

  // -- the picture -----------------------------------------------------------------------------------------------

  repaint() {
    if (this.runs.run) this.panel.paint(this.runs.run); // more drawings: Play may begin another run now
    this.paint();
  }

  theme() {
    this.palette = palette(this.root);
    this.pad.theme(this.palette);
    this.list.paint();
    this.paint();
  }

  paint() {
    const { words, pot, palette, data } = this;
    if (!pot || !palette) return;
    const own = pot.drawings;
    const guests = own.filter((each) => !each.own).length;
    const few = own.length > 0 && own.length < data.fewest;
    say(this.note, !own.length ? words.exampleNote : few ? fill(words.tooFew, { count: data.fewest - own.length })
      : own.length > data.most ? fill(words.newestOnly, { count: data.most, all: own.length }) : fill(words.potNote, { count: own.length }));
    this.clear.style.visibility = own.length ? "visible" : "hidden";
    this.opener.hidden = Boolean(pot.code);
    this.opened.hidden = !pot.code;
    say(this.code, pot.code);
    say(this.guests, ` · ${fill(words.fromRoomCount, { count: guests })}`);
    if (pot.code) this.address.value = this.link(pot.code);
    const { run } = this.runs;
    this.tray.paint(this.drawings, answers(run, this.looked), palette);
    this.root.dataset.drawings = own.length;
    if (run) this.measured(run);
  }

  measured(run) {
    const { words, looked, palette } = this;
    const shown = looked ?? run;
    say(this.origin, words.origins[run.shipped ? "shipped" : shown.step ? "trained" : "shipped"]);
    const old = run.config.data === "pen" ? words.oldPen : words.oldDigits;
    say(this.old, run.config.data === "pen" ? words.keptNotePen : words.keptNote);
    const faint = this.overlays.filter(({ id }) => id !== run.id);
    this.chart.paint({
      series: [
        ...faint.flatMap((each) => [curve(each, "hand", NEW, "", true), { ...curve(each, "mnist", OLD, fill(words.overlay, { share: percent0(each.config.rehearsal) })), dash: true }]),
        curve(run, "hand", NEW, words.newDigits), curve(run, "mnist", OLD, old),
      ],
      x: [0, run.steps], y: [0, 1], cursor: looked?.step ?? null,
    }, palette);
    this.adopt.show(run.config.network === "notes" ? run : null, looked);
    const { confusion } = shown.pictures ?? {};
    if (confusion) this.forgotten.paint(confusion, this.starts.get(run.id), new Set(run.config.drawings.map(([label]) => label)));
    this.root.dataset.answers = Number(this.root.dataset.answers ?? 0) + 1;
  }

  // Where the room goes: this page, with the pot's code.
  link(code) {
    const folder = this.data.base.replace(/forward-pass$/, "");
    const query = new URLSearchParams({ ...this.data.link, hand_pot: code, lang: this.data.language });
    return `${location.origin}${folder}${this.data.path}?${query}`;
  }
}

const percent0 = (share) => `${Math.round(100 * share)}%`;

// Where a run was measured, with the start, as a curve.
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
function answers(run, looked) {
  const { said, held } = (looked ?? run)?.pictures ?? {};
  if (!said) return new Map();
  return new Map(run.config.drawings.map(([, image], i) => [image, { digit: said[i][0], held: held[i] === 1 }]));
}
