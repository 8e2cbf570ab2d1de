// @ts-nocheck
// The picture of "Transformer": a sentence goes into the encoder, and the decoder says its answer a
// token at a time. One answer of the route holds every step of the decoding, so walking through it
// needs no question.

import { choices, head, press } from "../kit/controls.js";
import { button, el, entry, fill, number, say, styles } from "../kit/dom.js";
import { Beside, Candidates } from "./answer.js";
import { Block } from "./block.js";
import { Diagram } from "./diagram.js";
import { Edges } from "../kit/edges.js";
import { Heads } from "../kit/heads.js";
import { Knob } from "../kit/knob.js";
import { Live } from "../kit/live.js";
import { Matrix } from "../kit/matrix.js";
import { show } from "../kit/opened.js";
import { Player } from "./player.js";
import { mounted, View } from "../kit/view.js";
import { Tree } from "./tree.js";

const style = await styles("kit/base.css", "kit/heat.css", "kit/heads.css", "kit/edges.css",
  "kit/matrix.css", "transformer/view.css");
const END = -1; // the step on show: the last, whatever its number

export const { mount, unmount } = mounted(() => TransformerView);

/** @extends {View<TransformerData>} */
class TransformerView extends View {
  delay = 400; // a rerun of the page is not to meet the next click
  hideable = ["sentence", "opened"];
  /** @type {number | null} */
  replaced = null;
  /** @type {TransformerAnswer} */
  last;
  reset = false;
  /** @type {string[]} */
  spoken;
  /** @type {string} */
  shown;

  /** @param {HTMLElement} host @param {TransformerData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "transformer", classes: "transformer", style });
    this.state = structuredClone(data.view);
    this.draft = {};
    this.live = this.own(new Live({ url: `${data.base}/language/transformer`,
      onAnswer: (...all) => this.hear(...all), onTrouble: (trouble) => this.trouble(trouble),
    }));
    const { words } = this;
    this.tasks = choices("task", data.tasks.map(({ name, title }) => [name, title]),
      (task) => this.propose({ task, text: "" }), { "data-fp": "tasks" });
    this.input = el("input", { type: "text", "data-fp": "text", "aria-label": words.label,
      maxlength: 200, spellcheck: "false",
      onkeydown: (event) => event.key === "Enter" && this.propose({ text: this.input.value }) });
    this.examples = el("div", { class: "examples", "data-fp": "examples" });
    this.message = el("p", { class: "trouble", role: "status", "data-fp": "trouble" });
    this.away = el("p", { class: "note away" });
    this.modes =
      choices("mode", words.modes, (mode) => this.change({ mode }), { "data-fp": "modes" });
    /** @param {string} name @param {{ low: number, high: number }} options */
    const knob = (name, options) => new Knob({ name, label: entry(words, name),
      help: entry(words, `${name}Help`),
      ...options }, { onChange: (key, value) => this.change({ [key]: value }) });
    this.beams = knob("beams", { low: 2, high: 5 });
    this.temperature =
      knob("temperature",
        { low: 0.1, high: 5, step: 0.1, show: (/** @type {number} */ value) => value.toFixed(1) });
    this.again = button("", () => this.change({ seed: (this.state.seed + 1) % 1_000_000 }),
      { class: "quiet", "data-fp": "again" });
    this.player = new Player(words.player, { onAt: (at) => this.go(at) });
    this.given = el("div", { class: "tokens source", "data-fp": "source" });
    this.made = el("div",
      { class: "tokens target", "data-fp": "target", onkeydown: (event) => this.onKey(event) });
    this.said = el("output", { class: "said", "data-fp": "said" });
    this.verdict = el("span", { class: "note", "data-fp": "verdict" });
    this.release = button(words.release, () => this.change({ prefix: [] }),
      { class: "quiet", "data-fp": "release" });
    this.diagram = new Diagram(words.diagram, { onPick: (block) => this.open(block) });
    this.candidates = new Candidates(words.candidates, { onToken: (token) => this.replace(token) });
    /** @param {number} row @param {number} column @param {number} value */
    const reads = (row, column, value) => fill(words.reads, { reader: this.spoken[row + 1] ?? "",
      read: this.last.source[column], weight: number(value ?? 0) });
    this.edges =
      new Edges({ key: "cross", says: reads, onPick: (row) => row !== null && this.go(row + 1) });
    this.crossHeads = new Heads({ key: "cross-heads", words: words.heads,
      onPick: (layer, head) => this.head(head) });
    this.masked = new Matrix({ key: "growing", nothing: "", says: (row, column,
      value) => fill(words.reads, { reader: this.last.target[row], read: this.last.target[column],
        weight: value === null ? "0" : number(value) }), onPick: (row) => this.go(row + 1) });
    this.maskedHeads = new Heads({ key: "masked-heads", words: words.heads,
      onPick: (layer, head) => this.head(head) });
    this.block = new Block(words.block, {
      onCell: (matrix, row, column) => this.change({ cell: [matrix, row, column] }),
      onHead: (head) => this.head(head),
    });
    this.tree = new Tree(words.tree);
    this.beside = new Beside(words.beside);
    this.root.append(el("div", { class: "ask", "data-block": "sentence" }, this.tasks,
      el("div", { class: "line" }, this.input, button(words.go,
        () => this.propose({ text: this.input.value }), { "data-fp": "read" })), this.examples,
          this.message, this.away),
      el("div", { class: "result", "data-block": "said" }, el("div", { class: "line" }, this.given),
        el("div", { class: "line" }, this.made),
        el("div", { class: "line wide" }, this.said, this.verdict, this.release)),
      el("div", { class: "tools" }, this.player.element, this.modes,
        el("div", { class: "knobs" }, this.beams.element, this.temperature.element, this.again)),
      el("div", { class: "whole" }, this.diagram.element,
        el("div", { class: "right" }, this.candidates.element,
          el("section", { "data-block": "cross" }, head(words.crossTitle, words.crossNote),
            el("div", { class: "pair" }, this.edges.element, this.crossHeads.element)),
          el("section", { "data-block": "growing" }, head(words.maskedTitle, words.maskedNote),
            el("div", { class: "pair" }, el("div", { class: "scroll" }, this.masked.element),
              this.maskedHeads.element)))),
      this.tree.element, this.block.element, this.beside.element);
    this.begin(".whole");
  }

  close() {
    this.player.stop();
    super.close();
  }

  // -- what the page says -------------------------------------------------------------------------

  /** @param {TransformerData} data */
  adopt(data) {
    this.state = structuredClone(data.view);
    this.draft = {};
    super.adopt(data);
    this.ask();
  }

  // -- what the person does -----------------------------------------------------------------------

  // A text counts once the network has read it: until then the picture stays with the one before.
  /** @param {any} draft */
  propose(draft) {
    this.draft = { task: this.state.task, ...this.draft, ...draft };
    this.input.value = this.text(this.draft);
    this.player.stop();
    this.ask();
  }

  /** @param {any} change */
  change(change) {
    const other = Object.keys(change)
      .some((key) => ["mode", "beams", "temperature", "seed", "prefix"].includes(key));
    Object.assign(this.state, other ? { cell: null } : {}, change);
    this.ask();
    this.notify();
  }

  /** @param {number} head */
  head(head) {
    this.state.head = head;
    this.repaint(); // all maps are here already; only the numbers of the block are asked for
    this.change({});
  }

  /** @param {any} block */
  open(block) {
    this.state.block = block;
    this.change({ cell: null });
    this.block.element.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  /** @param {number} at */
  go(at) {
    const start = performance.now();
    this.state.step = at;
    this.repaint();
    this.notify();
    painted("fp:stepped", start);
  }

  // Another token at the place on show; what the network says behind it is decoded anew.
  /** @param {string} token */
  replace(token) {
    const at = this.at();
    if (at < 1) return;
    this.state.step = at;
    this.replaced = performance.now();
    this.player.stop();
    this.change({ prefix: [...this.last.target.slice(1, at), token] });
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    this.player.go(this.player.at + by);
    this.made.children[this.player.at]?.focus({ preventScroll: true });
  }

  report() {
    return this.state;
  }

  // -- question and answer ------------------------------------------------------------------------

  /** @param {string} task */
  about(task) {
    return this.data.tasks.find(({ name }) => name === task);
  }

  // No text stands for the first example.
  /** @param {TransformerView} options */
  text({ task, text }) {
    return text || this.about(task).examples[0];
  }

  ask() {
    const draft = Object.keys(this.draft).length ? this.draft : null;
    this.live.ask({ draft, body: () => {
      const { state } = this;
      const fresh = draft !== null;
      const now = { ...state, ...(draft ?? {}) };
      const cell = fresh ? null : state.cell;
      return {
        task: now.task, text: this.text(now), mode: state.mode, beams: state.beams,
        temperature: state.temperature, seed: state.seed,
        prefix: fresh ? [] : state.prefix, block: state.block, head: state.head,
        cell: cell && { matrix: cell[0], row: cell[1], column: cell[2] },
      };
    } });
  }

  /** @param {TransformerAnswer} answer @param {import("../kit/live.js").Question} question */
  hear(answer, { draft }) {
    if (draft && draft === this.draft) {
      this.draft = {};
      Object.assign(this.state, draft, { prefix: [], cell: null, step: END });
      this.notify();
    }
    // another one is on its way
    if (answer.task !== this.state.task || answer.text !== this.text(this.state).trim()) return;
    this.last = answer;
    say(this.message, "");
    this.repaint();
    this.painted();
    this.root.dataset.said = answer.said;
    if (this.replaced) painted("fp:replaced", this.replaced);
    this.replaced = null;
  }

  /** @param {Trouble | null} trouble */
  trouble(trouble) {
    say(this.away, trouble && !trouble.message ? this.words.unreachable : "");
    if (!trouble?.message) return;
    const { state } = this;
    // a number that is no longer there
    if (state.cell && !Object.keys(this.draft).length) return this.change({ cell: null });
    say(this.message, trouble.message);
    if (this.draft.task && this.draft.task !== state.task) this.input.value = this.text(state);
    const drafted = Object.keys(this.draft).length;
    this.draft = {};
    if (this.last && !drafted) {
      state.prefix = this.last.steps.filter(({ forced }) => forced).map(({ token }) => token);
    }
    if (this.last || this.reset) return;
    this.reset = true;
    this.change({ text: "", prefix: [] }); // a link that cannot be read: the example
  }

  // -- painting -----------------------------------------------------------------------------------

  // How many tokens are on show.
  at() {
    const count = this.last.target.length - 1;
    const { step: chosen } = this.state;
    return chosen === END ? count : Math.min(chosen, count);
  }

  repaint() {
    const { last, state, words } = this;
    if (!last) return;
    const about = this.about(last.task);
    const count = last.target.length - 1;
    const at = this.at();
    const now = at > 0 ? at - 1 : null; // the row in which the token on show was chosen
    const fed = last.target.slice(0, Math.max(1, at));
    this.spoken = last.target;
    press(this.tasks, state.task);
    press(this.modes, state.mode);
    if (!this.input.matches(":focus") || this.shown !== last.text) {
      this.input.value = this.draft.text ?? last.text;
    }
    this.shown = last.text;
    this.paintExamples(about);
    this.player.paint(at, count);
    Object.assign(this.beams, { value: state.beams });
    Object.assign(this.temperature, { value: state.temperature });
    this.beams.element.hidden = state.mode !== "beam";
    this.temperature.element.hidden = this.again.hidden = state.mode !== "sample";
    say(this.again, fill(words.again, { seed: state.seed }));
    this.paintTokens(last, at, now);
    this.diagram.paint({ blocks: last.blocks, shape: about.shape, source: last.source,
      target: fed.length, chosen: state.block, fed, said: now === null ? "" : last.target[at] });
    this.candidates.paint(last.steps[now] ?? null, at, about.target);
    const layer = last.cross.length - 1;
    const head = Math.min(state.head, about.shape.heads - 1);
    /** @param {number[][][][]} maps */
    const upTo = (maps) => maps.map((row) =>
      row.map((map) => map.map((weights, i) => (i < at ? weights : weights.map(() => 0)))));
    const cross = last.cross[layer][head];
    this.edges.paint({ labels: last.target.slice(1), to: last.source, weights: cross,
      row: now ?? count, won: now === null ? null : largest(cross[now]) });
    const rows = Array.from({ length: count });
    this.crossHeads.paint({ labels: rows, columns: last.source.length, maps: upTo(last.cross),
      selected: { layer, head }, largest: 1 }, this.palette);
    this.maskedHeads.paint({ labels: rows, maps: upTo(last.decoder), selected: { layer, head },
      largest: 1 }, this.palette);
    const grown = last.decoder[layer][head].map((row, i) =>
      row.map((weight, j) => (j > i || i >= at ? null : weight)));
    this.masked.paint({ title: "", shape: `${at} × ${at}`, values: grown,
      rows: last.target.slice(0, -1), columns: last.target.slice(0, -1), size: true, largest: 1 },
        this.palette);
    this.masked.select(null,
      now === null ? [] : [{ top: now, bottom: now + 1, left: 0, right: now + 1, role: "row" }]);
    this.tree.paint(last.beam);
    const opened = last.block;
    if (opened) {
      this.block.paint(opened,
      { title: this.diagram.title(opened.name), count: about.shape.heads,
        now: opened.name.startsWith("encoder") ? null : now, width: about.shape.width },
          this.palette);
    }
    this.beside.paint(last, about.scores);
    this.root.dataset.at = String(at);
  }

  /** @param {TransformerTask | undefined} about */
  paintExamples(about) {
    if (this.examples.dataset.task !== about.name) {
      this.examples.dataset.task = about.name;
      this.examples.replaceChildren(...about.examples.map((text) =>
        button(text, () => this.propose({ text }), { "data-text": text })));
    }
    for (const example of this.examples.children) {
      example.setAttribute("aria-pressed", String(example.dataset.text === this.last.text));
    }
  }

  /** @param {TransformerAnswer} last @param {number} at @param {number | null} now */
  paintTokens(last, at, now) {
    const { words } = this;
    const head = Math.min(this.state.head, this.about(last.task).shape.heads - 1);
    const weights = now === null ? null : last.cross.at(-1)[head][now];
    this.given.replaceChildren(el("span", { class: "note" }, words.from),
      ...last.source.map((token, i) =>
        el("bdi", { style: weights ? `--read:${weights[i]}` : null }, token)));
    const key = last.target.join(" ");
    if (this.made.dataset.words !== key) {
      this.made.dataset.words = key;
      this.made.replaceChildren(...last.target.map((token, i) => button(el("bdi", {}, token),
        () => { this.player.stop(); this.go(i); }, { "data-token": i })));
    }
    [...this.made.children].forEach((token, i) => {
      token.classList.toggle("later", i > at);
      token.classList.toggle("now", i === at && at > 0);
      token.classList.toggle("forced", Boolean(last.steps[i - 1]?.forced));
      token.title = i ? fill(words.tokenSays, { p: show(last.steps[i - 1].p) }) : "";
    });
    say(this.said, at >= last.target.length - 1 ? last.said : "…");
    const verdict = !last.ended ? words.verdicts.endless : last.right === null
      ? words.verdicts.unknown : last.right ? words.verdicts.right
      : fill(words.verdicts.wrong, { text: last.truth.text });
    say(this.verdict, at >= last.target.length - 1 ? verdict : words.verdicts.goes);
    this.release.hidden = !this.state.prefix.length;
  }

}

// Measured once what has changed is on the screen: behind the frame that lays it out.
/** @param {string} name @param {number} start */
function painted(name, start) {
  requestAnimationFrame(() =>
    setTimeout(() => performance.measure(name, { start, end: performance.now() })));
}

/** @param {number} row */
const largest = (row) => row.indexOf(Math.max(...row));
