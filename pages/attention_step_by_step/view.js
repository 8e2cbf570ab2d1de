// @ts-nocheck
// The picture of "Attention, step by step": the class, the way at a glance, one step at full size
// and its arithmetic, painted from the live route. What the person does is kept here and told to
// the page when a gesture ends.

import { choices, press } from "../kit/controls.js";
import { button, el, fill, say, styles } from "../kit/dom.js";
import { Flow } from "./flow.js";
import { Lens, MAKES } from "./lens.js";
import { Live } from "../kit/live.js";
import { Talk } from "./talk.js";
import { mounted, View } from "../kit/view.js";

const style =
  await styles("kit/base.css", "kit/heat.css", "kit/matrix.css", "attention_step_by_step/view.css");
// rows are words
const TOKENS =
  new Set(["E", "X", "EC", "C", "Q", "K", "V", "S", "scaled", "masked", "A", "Z", "O"]);
const OWN = new Set(["S", "scaled", "masked", "A", "Z", "O"]); // hang on how the heads are split

export const { mount, unmount } = mounted(() => StepsView);

/** @extends {View<StepsData>} */
class StepsView extends View {
  hideable = ["sentence", "flow", "lens"];
  /** @type {any} */
  state;
  /** @type {StepsViewPlace} */
  place;
  /** @type {any} */
  edits;
  /** @type {any} */
  step;
  typedNothing = false;
  /** @type {string} */
  walked;
  /** @type {{ row: number, column: number }} */
  story;
  /** @type {StepsAnswer} */
  last;
  refused = false;

  /** @param {HTMLElement} host @param {StepsData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "steps", classes: "attention", style });
    this.live = this.own(new Live({ url: `${data.base}/attention/steps`,
      onAnswer: (...all) => this.paint(...all), onTrouble: (trouble) => this.trouble(trouble),
    }));
    const { words } = this;
    /** @param {string} name @param {string} label */
    const typed = (name, label) => el("input", { type: "text", "data-fp": name, "aria-label": label,
      dir: "auto", spellcheck: "false", maxlength: 4000,
      oninput: () => this.retype(), onchange: () => this.notify() });
    this.sentence = typed("words", words.sentence);
    this.other = typed("context", words.context);
    this.message = el("p", { class: "trouble", role: "status", "data-fp": "message" });
    this.kinds = choices("kind", words.kinds, (kind) => this.set({ kind,
      ...(kind === "cross" && this.state.mask === "causal" ? { mask: "none" } : {}) }));
    this.numbers = choices("numbers", words.numbers, (numbers) => this.set({ numbers }));
    this.shuffle = button(words.shuffle, () => this.set({ seed: (this.state.seed + 1) % 1_000_000,
      numbers: "random" }), { "data-fp": "shuffle", class: "quiet" });
    this.release = button("", () => { this.edits.clear(); this.rest(); },
      { "data-fp": "release", class: "quiet", hidden: true });
    this.talk = this.own(new Talk(words,
      { onAsk: (row) => this.look({ row }), onAnswer: (column) => this.look({ column }) }));
    this.flow = new Flow(words, {
      onPick: (matrix, head, row, column) => this.pick({ matrix, head, row, column }, true),
      onSwitch: (change) => this.change(change), onRest: () => this.notify(),
    });
    this.flow.rest = () => this.notify();
    this.lens =
      new Lens(words, { onPick: (cell) => this.pick(cell), onSet: (...all) => this.put(...all) });
    this.flow.place(this.lens.formula);
    this.flow.naming = (/** @type {any} */ matrix, /** @type {number} */ row, /** @type {number} */
      column) => (this.lens.answer
      ? this.lens.nameOf(matrix[0] === "A" ? "A" : matrix, row, column) : { row, column });
    this.second =
      el("div", { class: "line" }, el("span", { class: "note" }, words.context), this.other);
    this.root.append(el("div", { class: "bar", "data-block": "sentence" },
        el("div", { class: "texts" }, this.sentence, this.second),
        el("div", { class: "options" }, this.kinds, this.numbers, this.shuffle, this.release)),
      this.message, this.talk.element,
      el("div", { class: "wide" }, this.flow.element), this.lens.element,
      el("p", { class: "note hint" }, words.hint));
    this.begin(".wide");
  }

  // -- what the page says -------------------------------------------------------------------------

  /** @param {StepsData} data */
  adopt(data) {
    const { place, edits, ...state } = structuredClone(data.view);
    this.state = state;
    this.place = place;
    this.edits = new Map(edits.map(([cell, value]) => [key(cell), [cell, value]]));
    this.step = MAKES[place.matrix] ?? place.matrix;
    this.sentence.value = state.words || data.example[0];
    this.other.value = state.context || data.example[1];
    super.adopt(data);
    this.ask();
  }

  // -- what the person does -----------------------------------------------------------------------

  /** @param {any} change */
  change(change) {
    if ("heads" in change && change.heads !== this.state.heads) {
      this.forget((cell) => OWN.has(cell.matrix));
    }
    Object.assign(this.state, change);
    this.ask();
  }

  /** @param {any} change */
  set(change) {
    if (change.numbers && change.numbers !== this.state.numbers) this.edits.clear();
    if (change.kind && change.kind !== this.state.kind) {
      this.forget((cell) => TOKENS.has(cell.matrix));
    }
    this.change(change);
    this.notify();
  }

  // Another sentence has other rows: what was set in the old ones goes, the projections stay.
  retype() {
    const { example } = this.data;
    Object.assign(this.state, { words: this.sentence.value, context: this.other.value });
    if (this.state.words === example[0]) this.state.words = "";
    if (this.state.context === example[1]) this.state.context = "";
    this.typedNothing = this.sentence.value.trim() === "";
    this.forget((cell) => TOKENS.has(cell.matrix));
    this.ask();
  }

  /** @param {(cell: any) => boolean} which */
  forget(which) {
    for (const [name, [cell]] of this.edits) if (which(cell)) this.edits.delete(name);
  }

  // A number is selected; from the way at a glance its step is enlarged, within a step the step
  // stays.
  /** @param {any} cell @param {boolean} [enlarge] */
  pick(cell, enlarge = false) {
    this.place = cell;
    performance.mark("fp:pick");
    if (enlarge) this.step = MAKES[cell.matrix] ?? cell.matrix;
    this.ask({ picked: performance.now() });
    this.notify();
  }

  // Another word asks, or another one answers: the weights show it.
  /** @param {any} change */
  look(change) {
    const head = this.last?.head ?? 0;
    const { row, column } = this.asked();
    this.pick({ matrix: "A", head, row, column, ...change }, true);
  }

  /** @param {any} cell @param {number} value @param {Event} event */
  put(cell, value, event) {
    if (value === undefined) return this.notify(); // the hand rests
    if (value === null) {
      if (!this.edits.delete(key(cell))) return;
      this.rest();
      return;
    }
    this.edits.set(key(cell), [cell, value]);
    this.place = cell;
    this.ask({ start: event?.timeStamp });
  }

  rest() {
    this.ask();
    this.notify();
  }

  /** @param {import("../kit/steps.js").Step} detail @param {string} whole */
  walk(detail, whole) {
    const named = detail.id && detail.id !== "all" ? detail.id.split(" ") : null;
    const matrix = named?.find((name) => this.last && name in this.last.matrices);
    if (matrix && this.walked !== detail.id) {
      const { row, column } = this.asked();
      /** @type {Record<string, number>} */
      const words = { S: column, scaled: column, masked: column, A: column };
      this.pick({ matrix, head: words[matrix] === undefined ? 0 : this.last.head,
        row: "K V".includes(matrix) || matrix.startsWith("W")
          ? (matrix.startsWith("W") ? 0 : column) : row, column: words[matrix] ?? 1 }, true);
    }
    this.walked = detail.id;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    super.walk(named ? { ...detail, id: `${detail.id} lens sentence` } : detail, whole);
    if (matrix) {
      this.lens.element.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
    }
  }

  // The row and column of the weights that belong to what is selected.
  asked() {
    const { last, place } = this;
    const story = this.story ?? { row: 0, column: 0 };
    if (!last) return story;
    const n = last.words.length - 1;
    const m = last.looked_at.length - 1;
    const rows =
      ["E", "X", "Q", "S", "scaled", "masked", "exp", "A", "Z", "O"].includes(place.matrix);
    const columns = ["S", "scaled", "masked", "exp", "A"].includes(place.matrix);
    this.story = {
      row: Math.min(rows ? place.row : story.row, n),
      column: Math.min(columns ? place.column : ["K", "V"].includes(place.matrix) ? place.row
        : story.column, m),
    };
    return this.story;
  }

  notify() {
    clearTimeout(this.notifying);
    if (!this.refused) super.notify(); // what the route does not take is not the state of the page
  }

  report() {
    return { ...this.state, place: this.place, edits: [...this.edits.values()] };
  }

  // -- question and answer ------------------------------------------------------------------------

  ask(about = {}) {
    const { place } = this;
    this.live.ask({
      ...about,
      place,
      body: () => ({
        ...this.state, words: this.typedNothing ? "" : this.state.words || this.data.example[0],
        context: this.state.context || this.data.example[1],
        place, edits: [...this.edits.values()],
      }),
    });
  }

  /** @param {StepsAnswer} answer @param {import("../kit/live.js").Question} question */
  paint(answer, { start, picked, place } = {}) {
    answer.head = Math.max(0, Math.min(answer.heads - 1, answer.shown));
    this.last = answer;
    // unless another one was picked meanwhile
    if (place === this.place) this.place = answer.place;
    this.repaint();
    if (start) performance.measure("fp:painted", { start, end: performance.now() });
    if (picked) performance.measure("fp:opened", { start: picked, end: performance.now() });
    this.painted();
    this.root.dataset.cell = key(answer.place);
  }

  repaint() {
    const { last, state, words, data } = this;
    if (!last) return;
    const { opened, place } = last;
    const byHand = state.numbers === "hand";
    const names = byHand ? data.names : {};
    const { row, column } = this.asked();
    this.lens.paint(last, state, this.step, names, this.palette);
    this.flow.paint(last, state, this.palette);
    this.flow.mark(place, opened);
    this.lens.mark(place, opened);
    this.lens.work(opened, place);
    this.talk.paint(last, { row, column, cross: state.kind === "cross" });
    this.second.hidden = state.kind !== "cross";
    press(this.kinds, state.kind);
    press(this.numbers, state.numbers);
    say(this.shuffle, fill(words.shuffle, { seed: state.seed }));
    this.shuffle.hidden = byHand;
    this.root.dataset.numbers = state.numbers;
    say(this.talk.badge, last.unknown.length
      ? fill(words.unknown, { words: last.unknown.join(", ") }) : words.badges[state.numbers]);
    this.release.hidden = this.edits.size === 0;
    say(this.release, fill(words.release, { count: this.edits.size }));
  }

  /** @param {Trouble | null} trouble */
  trouble(trouble) {
    const recovered = this.refused && !trouble;
    this.refused = Boolean(trouble?.message);
    say(this.message, trouble ? (trouble.message ?? this.words.unreachable) : "");
    if (recovered) this.notify();
  }

}

/** @param {StepsViewPlace} options */
const key = ({ matrix, head, row, column }) => [matrix, head, row, column].join(".");
