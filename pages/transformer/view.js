// The picture of "Transformer": a sentence goes into the encoder, and the decoder says its answer a
// token at a time. One answer of the route holds every step of the decoding, so walking through it
// needs no question.

import { arrow, choices, head, press } from "../kit/controls.js";
import { action, button, el, fill, number, say, styles, targetOf } from "../kit/dom.js";
import { Edges } from "../kit/edges.js";
import { Heads } from "../kit/heads.js";
import { Knob } from "../kit/knob.js";
import { Live } from "../kit/live.js";
import { Matrix } from "../kit/matrix.js";
import { show } from "../kit/opened.js";
import { LiveScore, scoring } from "../kit/score.js";
import { mounted, View } from "../kit/view.js";
import { Beside, Candidates } from "./answer.js";
import { Block } from "./block.js";
import { Diagram } from "./diagram.js";
import { Player } from "./player.js";
import { Tree } from "./tree.js";
import { onEnter } from "../kit/keys.js";

/**
 * @typedef {TransformerView} State
 * @typedef {{ task?: string, text?: string }} Draft a text that the network has not read yet
 */

const style = await styles("kit/base.css", "kit/heat.css", "kit/heads.css", "kit/edges.css",
  "kit/matrix.css", "kit/opened.css", "transformer/view.css");
const END = -1; // the step on show: the last, whatever its number
const UNDECIDED = -2; // the one whose token the network is least sure of
/** @type {(keyof State)[]} what decodes anew, so that an opened number is there no more */
const DECODING = ["mode", "beams", "temperature", "seed", "top_k", "top_p", "prefix"];

export const { mount, unmount } = mounted(() => TransformerPicture);

/** @param {Event} event of a list */
const valueOf = (event) => /** @type {HTMLSelectElement} */ (targetOf(event)).value;

/** @extends {View<TransformerData>} */
class TransformerPicture extends View {
  delay = 400; // a rerun of the page is not to meet the next click
  hideable = ["sentence", "opened"];
  /** @type {number | null} when a token was replaced */
  replaced = null;
  /** @type {TransformerAnswer | null} */
  last = null;
  /** @type {Draft | null} */
  draft = null;
  reset = false;
  shown = "";
  /** @type {HTMLButtonElement[]} */
  tokens = [];

  /** @param {HTMLElement} host @param {TransformerData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "transformer", classes: "transformer", style });
    /** @type {State} */
    this.state = structuredClone(data.view);
    this.live = this.own(new Live({ url: `${data.base}/language/transformer`,
      onAnswer: (answer, { draft }) => this.receiveAnswer(answer, draft),
      onTrouble: (trouble) => this.trouble(trouble),
    }));
    const { words } = data;
    this.tasks = el("select", { "data-fp": "tasks", "aria-label": words.task,
      onchange: (event) => this.propose({ task: valueOf(event), text: "" }) },
    ...data.tasks.map(({ name, title }) => el("option", { value: name }, title)));
    this.input = onEnter(el("input", { type: "text", "data-fp": "text", "aria-label": words.label,
      maxlength: 200, spellcheck: "false" }), () => this.read());
    this.examples = el("select", { class: "examples", "data-fp": "examples",
      "aria-label": words.examples, "data-fold": true, onchange: (event) => {
        if (valueOf(event)) this.propose({ text: valueOf(event) });
      } });
    this.message = el("p", { class: "trouble", role: "status", "data-fp": "trouble" });
    this.away = el("p", { class: "note away" });
    this.modes =
      choices("mode", words.modes, (mode) => this.change({ mode }), { "data-fp": "modes" });
    const onChange = (/** @type {string} */ key, /** @type {number} */ value) =>
      this.change({ [key]: value });
    this.beams = new Knob({ name: "beams", label: words.beams, help: words.beamsHelp, low: 2,
      high: 5 }, { onChange });
    this.temperature = new Knob({ name: "temperature", label: words.temperature,
      help: words.temperatureHelp, low: 0.1, high: 5, step: 0.1,
      show: (value) => value.toFixed(1) }, { onChange });
    this.topK = new Knob({ name: "top_k", label: words.topK, help: words.topKHelp, low: 0,
      high: data.limits.top_k, show: (value) => (value ? String(value) : words.all) },
    { onChange });
    this.topP = new Knob({ name: "top_p", label: words.topP, help: words.topPHelp,
      low: data.limits.top_p, high: 1, step: 0.05, show: (value) => value.toFixed(2) },
    { onChange });
    this.again = button("", () => this.change({ seed: (this.state.seed + 1) % 1_000_000 }),
      { class: "quiet", "data-fp": "again" });
    this.player = new Player(words.player, { onAt: (at) => this.go(at) });
    this.given = el("div", { class: "tokens source", "data-fp": "source" });
    this.generated = el("div",
      { class: "tokens target", "data-fp": "target", onkeydown: (event) => this.onKey(event) });
    this.output = el("output", { class: "said", "data-fp": "said" });
    this.verdict = el("span", { class: "note", "data-fp": "verdict" });
    this.release = button(words.release, () => this.change({ prefix: [] }),
      { class: "quiet", "data-fp": "release" });
    this.diagram = new Diagram(words.diagram, { onPick: (block) => this.open(block) });
    this.candidates = new Candidates(words.candidates, {
      onToken: (token) => this.replace(token),
      onNumber: (id, cut) =>
        this.openNumber("softmax", cut ? this.uncut : this.chances, this.step - 1, id),
    });
    const labelOf = (/** @type {string} */ reader, /** @type {string} */ read,
      /** @type {number | null} */ weight) =>
      fill(words.reads, { reader, read, weight: weight === null ? "0" : number(weight) });
    this.edges = new Edges({ key: "cross",
      onPick: (row, column) => row !== null && this.pick("cross", row, column),
      labelOf: (row, column, value) => labelOf(this.last?.target[row + 1] ?? "",
        this.last?.source[column] ?? "", value) });
    this.masked = new Matrix({ key: "growing", nothing: "",
      onPick: (row, column) => this.pick("attention", row, column > row ? null : column),
      labelOf: (row, column, value) => labelOf(this.last?.target[row] ?? "",
        this.last?.target[column] ?? "", value) });
    const heads = (/** @type {string} */ key) => new Heads({ key, words: words.heads,
      onPick: (_, head) => this.head(head) });
    this.crossHeads = heads("cross-heads");
    this.maskedHeads = heads("masked-heads");
    this.block = new Block(words.block, {
      onCell: (cell) => this.change({ cell }),
      onHead: (head) => this.head(head),
    });
    this.tree = new Tree(words.tree, { onNumber: (matrix, node, depth) =>
      this.openNumber("beam", matrix, node, depth - 1) });
    this.score = new LiveScore(this, words.scored, `${data.base}/language/transformer/score`,
      () => ({ task: this.last?.task }));
    this.beside = new Beside(words.beside,
      (part, content) => scoring(this.score, part, "accuracy", content));
    this.root.append(...this.build());
    this.begin(".whole");
  }

  // What goes in, what comes out and how it is decoded, the network with the step on show, and the
  // numbers.
  build() {
    const { words } = this;
    const line = (/** @type {HTMLElement[]} */ ...parts) => el("div", { class: "line" }, ...parts);
    /** @param {string} name @param {string} title @param {string} note @param {Node} maps
     *  @param {Node} heads */
    const maps = (name, title, note, maps, heads) => el("section", { "data-block": name },
      head(title, note), el("div", { class: "pair" }, maps, heads));
    return [
      el("div", { class: "ask", "data-block": "sentence" },
        line(this.tasks, this.input, action(words.go, () => this.read(), { "data-fp": "read" }),
          this.examples), this.message, this.away),
      el("div", { class: "whole answered" }, this.diagram.element,
        el("div", { class: "right" },
          el("div", { class: "result", "data-block": "said" }, line(this.given),
            line(this.generated),
            el("div", { class: "line wide" }, this.output, this.verdict, this.release)),
          el("div", { class: "tools" }, this.player.element, this.modes,
            el("div", { class: "knobs", "data-fold": true },
              this.beams.element, this.temperature.element, this.topK.element, this.topP.element,
              this.again)),
          this.candidates.element,
          maps("cross", words.crossTitle, words.crossNote, this.edges.element,
            this.crossHeads.element),
          maps("growing", words.maskedTitle, words.maskedNote,
            el("div", { class: "scroll" }, this.masked.element), this.maskedHeads.element))),
      this.tree.element, this.block.element, this.beside.element, this.score.element,
    ];
  }

  close() {
    this.player.stop();
    super.close();
  }

  // -- what the page says -------------------------------------------------------------------------

  /** @param {TransformerData} data */
  adopt(data) {
    this.state = structuredClone(data.view);
    this.draft = null;
    super.adopt(data);
    this.ask();
  }

  // -- what the person does -----------------------------------------------------------------------

  read() {
    this.propose({ text: this.input.value });
  }

  // A text counts once the network has read it: until then the picture stays with the one before.
  /** @param {Draft} draft */
  propose(draft) {
    this.draft = { task: this.state.task, ...this.draft, ...draft };
    this.input.value = this.text(this.draft);
    this.player.stop();
    this.ask();
  }

  /** @param {Partial<State>} change */
  change(change) {
    const { state } = this;
    const anew = DECODING.some((key) => key in change);
    const block = change.mode && state.block === "beam" ? "softmax" : state.block;
    Object.assign(state, anew ? { cell: null, block } : {}, change);
    this.ask();
    this.notify();
  }

  /** @param {number} head */
  head(head) {
    this.state.head = head;
    this.repaint(); // all maps are here already; only the numbers of the block are asked for
    this.change({});
  }

  /** @param {string} block */
  open(block) {
    this.change({ block, cell: null });
    this.block.element.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  /** @param {string} block @param {string} matrix @param {number} row @param {number} column */
  openNumber(block, matrix, row, column) {
    this.player.stop();
    this.change({ block, cell: { matrix, row, column } });
    this.block.element.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  // A token that is said, or what it reads of another one, in the attention of the last layer.
  /** @param {string} part @param {number} row @param {number | null} column */
  pick(part, row, column) {
    this.go(row + 1);
    const layer = (this.last?.cross.length ?? 1) - 1;
    if (column !== null) this.openNumber(`decoder.${layer}.${part}`, "weights", row, column);
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
    const { last, step: at } = this;
    if (!last || at < 1) return;
    this.state.step = at;
    this.replaced = performance.now();
    this.player.stop();
    this.change({ prefix: [...last.target.slice(1, at), token] });
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const by = arrow(event)?.[1];
    if (!by) return;
    event.preventDefault();
    this.player.go(this.player.at + by);
    this.tokens[this.player.at]?.focus({ preventScroll: true });
  }

  report() {
    return this.state;
  }

  // -- question and answer ------------------------------------------------------------------------

  /** @param {string} task */
  about(task) {
    return this.data.tasks.find(({ name }) => name === task) ?? this.data.tasks[0];
  }

  // No text stands for the first example.
  /** @param {Draft} draft */
  text({ task = this.state.task, text }) {
    return text || this.about(task).examples[0];
  }

  ask() {
    const { draft } = this;
    this.live.ask({ draft, body: () => {
      // a text that is only proposed has neither a prefix nor an opened number
      const fresh = draft && { ...draft, prefix: [], cell: null };
      const { step, ...question } = { ...this.state, ...fresh };
      void step;
      return { ...question, text: this.text(question) };
    } });
  }

  /** @param {TransformerAnswer} answer @param {Draft | null} draft what was asked with it */
  receiveAnswer(answer, draft) {
    if (draft && draft === this.draft) {
      this.draft = null;
      Object.assign(this.state, draft, { prefix: [], cell: null, step: END });
      this.notify();
    }
    // another one is on its way
    if (answer.task !== this.state.task || answer.text !== this.text(this.state).trim()) return;
    if (this.state.step === UNDECIDED) this.state.step = leastSure(answer.steps);
    this.last = answer;
    say(this.message, "");
    this.stale(false);
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
    const { state, draft, last } = this;
    // a number that is no longer there
    if (state.cell && !draft) return this.change({ cell: null });
    say(this.message, trouble.message);
    if (draft?.task && draft.task !== state.task) this.input.value = this.text(state);
    this.stale(Boolean(last) && this.input.value !== this.text(state));
    this.draft = null;
    if (last && !draft) {
      state.prefix = last.steps.filter(({ forced }) => forced).map(({ token }) => token);
    }
    if (last || this.reset) return;
    this.reset = true;
    this.change({ text: "", prefix: [] }); // a link that cannot be read: the example
  }

  // -- painting -----------------------------------------------------------------------------------

  // How many tokens are on show.
  get step() {
    const count = (this.last?.target.length ?? 1) - 1;
    const { step } = this.state;
    return step === END ? count : Math.min(step, count);
  }

  // What tokens are chosen from, before any is cut.
  get uncut() {
    const { mode, temperature } = this.state;
    return mode === "sample" && temperature !== 1 ? "chances" : "probabilities";
  }

  // What tokens are chosen from.
  get chances() {
    const { mode, top_k: topK, top_p: topP } = this.state;
    return mode === "sample" && (topK > 0 || topP < 1) ? "shares" : this.uncut;
  }

  repaint() {
    const { last, state, palette, step: at } = this;
    if (!last) return;
    const now = at > 0 ? at - 1 : null; // the row in which the token on show was chosen
    const { shape, target, scores } = this.about(last.task);
    this.paintControls(last, at);
    this.paintTokens(last, at, now);
    this.diagram.paint({ blocks: last.blocks, shape, source: last.source, chosen: state.block,
      fed: last.target.slice(0, Math.max(1, at)), said: now === null ? "" : last.target[at] });
    this.candidates.paint(now === null ? null : last.steps[now], at, target);
    this.paintMaps(last, at, now);
    this.tree.paint(last.beam);
    if (last.block) {
      const { name } = last.block;
      this.block.paint(last.block, { title: this.diagram.title(name), count: shape.heads,
        now: name.startsWith("encoder") ? null : now, width: shape.width }, palette);
    }
    this.beside.paint(last, scores);
    this.root.dataset.at = String(at);
  }

  /** @param {TransformerAnswer} last @param {number} at */
  paintControls(last, at) {
    const { state, input, examples } = this;
    this.tasks.value = state.task;
    press(this.modes, state.mode);
    if (!input.matches(":focus") || this.shown !== last.text) {
      input.value = this.draft?.text ?? last.text;
    }
    this.shown = last.text;
    const about = this.about(last.task);
    if (examples.dataset.task !== about.name) {
      examples.dataset.task = about.name;
      examples.replaceChildren(el("option", { value: "" }, this.words.examples),
        ...about.examples.map((text) => el("option", { value: text }, text)));
    }
    examples.value = about.examples.includes(last.text) ? last.text : "";
    this.player.paint(at, last.target.length - 1);
    this.beams.value = state.beams;
    this.temperature.value = state.temperature;
    this.beams.element.hidden = state.mode !== "beam";
    this.topK.value = state.top_k;
    this.topP.value = state.top_p;
    for (const { element } of [this.temperature, this.topK, this.topP]) {
      element.hidden = state.mode !== "sample";
    }
    this.again.hidden = state.mode !== "sample";
    say(this.again, fill(this.words.again, { seed: state.seed }));
    this.release.hidden = !state.prefix.length;
  }

  /** @param {TransformerAnswer} last @param {number} at @param {number | null} now */
  paintTokens(last, at, now) {
    const { words } = this;
    const weights = now === null ? null : this.headOf(last.cross)[now];
    this.given.replaceChildren(el("span", { class: "note" }, words.from),
      ...last.source.map((token, i) =>
        el("bdi", { style: weights ? `--read:${weights[i]}` : null }, token)));
    const text = last.target.join(" ");
    if (this.generated.dataset.words !== text) {
      this.generated.dataset.words = text;
      this.tokens = last.target.map((token, i) => button(el("bdi", {}, token),
        () => { this.player.stop(); this.go(i); }, { "data-token": i }));
      this.generated.replaceChildren(...this.tokens);
    }
    this.tokens.forEach((token, i) => {
      token.classList.toggle("later", i > at);
      token.classList.toggle("now", i === at && at > 0);
      token.classList.toggle("forced", Boolean(last.steps[i - 1]?.forced));
      token.title = i ? fill(words.tokenSays, { p: show(last.steps[i - 1].p) }) : "";
    });
    const ended = at >= last.target.length - 1;
    say(this.output, ended ? last.said : "…");
    say(this.verdict, ended ? this.judged(last) : words.verdicts.goes);
  }

  /** @param {TransformerAnswer} last */
  judged({ ended, right, truth }) {
    const { verdicts } = this.words;
    if (!ended) return verdicts.endless;
    if (!truth) return verdicts.unknown;
    return right ? verdicts.right : fill(verdicts.wrong, { text: truth.text });
  }

  // The map of the selected head, of the last layer.
  /** @param {number[][][][]} maps */
  headOf(maps) {
    const heads = maps[maps.length - 1];
    return heads[Math.min(this.state.head, heads.length - 1)];
  }

  /** @param {TransformerAnswer} last @param {number} at @param {number | null} now */
  paintMaps(last, at, now) {
    const { palette } = this;
    const { source, target, cross, decoder } = last;
    const layer = cross.length - 1;
    const selected = { layer, head: Math.min(this.state.head, cross[layer].length - 1) };
    /** @param {number[][][][]} maps */
    const upTo = (maps) => maps.map((row) =>
      row.map((map) => map.map((weights, i) => (i < at ? weights : weights.map(() => 0)))));
    const weights = this.headOf(cross);
    this.edges.paint({ labels: target.slice(1), to: source, weights,
      row: now ?? target.length - 1, won: now === null ? null : largest(weights[now]) });
    const labels = Array.from({ length: target.length - 1 });
    this.crossHeads.paint({ labels, columns: source.length, maps: upTo(cross), selected,
      largest: 1 }, palette);
    this.maskedHeads.paint({ labels, maps: upTo(decoder), selected, largest: 1 }, palette);
    const read = target.slice(0, -1);
    const values = this.headOf(decoder).map((row, i) =>
      row.map((weight, j) => (j > i || i >= at ? null : weight)));
    this.masked.paint({ title: "", shape: `${at} × ${at}`, values, rows: read, columns: read,
      size: true, largest: 1 }, palette);
    this.masked.select(null,
      now === null ? [] : [{ top: now, bottom: now + 1, left: 0, right: now + 1, role: "row" }]);
  }
}

// Measured once what has changed is on the screen: behind the frame that lays it out.
/** @param {string} name @param {number} start */
function painted(name, start) {
  requestAnimationFrame(() =>
    setTimeout(() => performance.measure(name, { start, end: performance.now() })));
}

/** @param {number[]} row */
const largest = (row) => row.indexOf(Math.max(...row));

// The step at which a token was chosen that the network is least sure of, before the end token.
/** @param {TransformerAnswer["steps"]} steps */
function leastSure(steps) {
  const chances = steps.slice(0, Math.max(1, steps.length - 1)).map(({ p }) => p);
  return chances.indexOf(Math.min(...chances)) + 1;
}
