// The picture of "Attention, step by step": the class, the way at a glance, one step at full size
// and its arithmetic, painted from the live route. What the person does is kept here, and sent to
// the page when a gesture ends.

import { choices, press } from "../kit/controls.js";
import { action, button, el, fill, say, styles } from "../kit/dom.js";
import { onEnter } from "../kit/keys.js";
import { Live } from "../kit/live.js";
import { step } from "../kit/steps.js";
import { mounted, View } from "../kit/view.js";
import { Flow } from "./flow.js";
import { keyOf, Lens, MAKES } from "./lens.js";
import { Talk } from "./talk.js";

/**
 * @typedef {import("./flow.js").Answered} Answered
 * @typedef {import("./flow.js").Place} Place
 * @typedef {import("./flow.js").State} State
 */

const style =
  await styles("kit/base.css", "kit/heat.css", "kit/matrix.css", "kit/opened.css",
    "attention_step_by_step/view.css");
// rows are words
const TOKENS =
  new Set(["E", "X", "EC", "C", "Q", "K", "V", "S", "scaled", "masked", "A", "Z", "O"]);
const SPLIT = new Set(["S", "scaled", "masked", "A", "Z", "O"]); // depend on the number of heads
// rows are words that ask, columns words that are read
const ASKING = new Set(["E", "X", "Q", "S", "scaled", "masked", "exp", "A", "Z", "O"]);
const READ = new Set(["S", "scaled", "masked", "exp", "A"]);

export const { mount, unmount } = mounted(() => StepsView);

/** @extends {View<StepsData>} */
class StepsView extends View {
  hideable = ["sentence", "flow", "lens"];
  /** @type {State} */
  state = this.data.view;
  /** @type {Place} the selected number */
  place = this.data.view.place;
  /** @type {Map<string, [Place, number]>} numbers that were set by hand */
  edits = new Map();
  step = "A"; // what is enlarged
  typedNothing = false;
  /** @type {string | undefined} the step of the walk */
  walked;
  /** @type {Cell} the weight that belongs to what was selected last */
  story = { row: 0, column: 0 };
  /** @type {Answered | undefined} */
  last;
  refused = false;
  live = this.own(new Live({ url: `${this.data.base}/attention/steps`,
    onAnswer: (answer, question) => this.paint(answer, question),
    onTrouble: (trouble) => this.trouble(trouble) }));

  sentence = this.typed("words", this.words.sentence);
  other = this.typed("context", this.words.context);
  message = el("p", { class: "trouble", role: "status", "data-fp": "message" });
  kinds = choices("kind", this.words.kinds, (kind) => this.set({ kind,
    ...(kind === "cross" && this.state.mask === "causal" ? { mask: "none" } : {}) }));
  numbers = choices("numbers", this.words.numbers, (numbers) => this.set({ numbers }));
  shuffle = action(this.words.shuffle, () => this.set({ seed: (this.state.seed + 1) % 1_000_000,
    numbers: "random" }), { "data-fp": "shuffle" });
  release = button("", () => {
    this.edits.clear();
    this.rest();
  }, { "data-fp": "release", class: "quiet", hidden: true });
  talk = this.own(new Talk(this.words,
    { onAsk: (row) => this.turn({ row }), onAnswer: (column) => this.turn({ column }) }));
  lens = new Lens(this.words, { onPick: (place) => this.pick(place),
    onSet: (place, value, event) => this.put(place, value, event) });
  flow = new Flow(this.words, {
    onPick: (place) => this.pick(place, true), onSwitch: (change) => this.change(change),
    onRest: () => this.notify(),
    nameOf: (matrix, row, column) => this.lens.nameOf(matrix, row, column),
  });
  second = el("div", { class: "line" }, el("span", { class: "note" }, this.words.context),
    this.other);

  /** @param {HTMLElement} host @param {StepsData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "steps", classes: "attention", style });
    this.flow.place(this.lens.formula);
    this.root.append(el("div", { class: "bar", "data-block": "sentence" },
        el("div", { class: "texts" }, this.sentence, this.second),
        el("div", { class: "options" }, this.kinds, this.numbers, this.shuffle, this.release)),
      this.message, this.talk.element,
      el("div", { class: "wide answered" }, this.flow.element), this.lens.element,
      el("p", { class: "note hint" }, this.words.hint));
    this.begin(".wide");
  }

  /** @param {string} name @param {string} label */
  typed(name, label) {
    return onEnter(el("input", { type: "text", "data-fp": name, "aria-label": label, dir: "auto",
      spellcheck: "false", maxlength: 4000, oninput: () => this.retype(),
      onchange: () => this.notify() }), () => this.notify());
  }

  // -- what the page says -------------------------------------------------------------------------

  /** @param {StepsData} data */
  adopt(data) {
    const { place, edits, ...state } = structuredClone(data.view);
    this.state = state;
    this.place = place;
    this.edits = new Map(edits.map(([cell, value]) => [keyOf(cell), [cell, value]]));
    this.step = MAKES[place.matrix] ?? place.matrix;
    this.sentence.value = state.words || data.example[0];
    this.other.value = state.context || data.example[1];
    this.second.hidden = state.kind !== "cross"; // before the answer: nothing moves when it comes
    this.shuffle.hidden = state.numbers === "hand";
    super.adopt(data);
    this.ask();
  }

  // -- what the person does -----------------------------------------------------------------------

  /** @param {Partial<State>} change */
  change(change) {
    if (change.heads !== undefined && change.heads !== this.state.heads) this.forget(SPLIT);
    Object.assign(this.state, change);
    this.ask();
  }

  /** @param {Partial<State>} change */
  set(change) {
    if (change.numbers && change.numbers !== this.state.numbers) this.edits.clear();
    if (change.kind && change.kind !== this.state.kind) this.forget(TOKENS);
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
    this.forget(TOKENS);
    this.ask();
  }

  // Numbers that were set by hand in these matrices.
  /** @param {Set<string>} matrices */
  forget(matrices) {
    for (const [key, [{ matrix }]] of this.edits) if (matrices.has(matrix)) this.edits.delete(key);
  }

  // A number is selected; from the way at a glance its step is enlarged, within a step the step
  // stays.
  /** @param {Place} place @param {boolean} [enlarge] */
  pick(place, enlarge = false) {
    this.place = place;
    performance.mark("fp:pick");
    if (enlarge) this.step = MAKES[place.matrix] ?? place.matrix;
    this.ask({ picked: performance.now() });
    this.notify();
  }

  // Another word asks, or another one answers: the weights show it.
  /** @param {Partial<Cell>} change */
  turn(change) {
    this.pick({ matrix: "A", head: this.last?.head ?? 0, ...this.weightPlace(), ...change }, true);
  }

  /** @param {Place} place @param {number | null | undefined} value @param {Event | null} event */
  put(place, value, event) {
    if (value === undefined) return this.notify(); // the drag has ended
    if (value === null) {
      if (this.edits.delete(keyOf(place))) this.rest();
      return;
    }
    this.edits.set(keyOf(place), [place, value]);
    this.place = place;
    this.ask({ start: event?.timeStamp });
  }

  rest() {
    this.ask();
    this.notify();
  }

  // A step of the walk shows a number of the matrix that it names.
  /** @param {import("../kit/steps.js").Step} detail @param {string} whole */
  walk(detail, whole) {
    const named = detail.id && detail.id !== "all" ? detail.id.split(" ") : null;
    const { last } = this;
    const matrix = last && named?.find((name) => name in last.matrices);
    if (matrix && this.walked !== detail.id) this.pick(this.exampleOf(matrix, last.head), true);
    this.walked = detail.id;
    const meant =
      step(this.root, named ? { ...detail, id: `${detail.id} lens sentence` } : detail, whole);
    this.camera?.bring(matrix ? [this.lens.element] : meant, detail.present);
  }

  // The number of a matrix that belongs to what is selected.
  /** @param {string} matrix @param {number} head @returns {Place} */
  exampleOf(matrix, head) {
    const { row, column } = this.weightPlace();
    if (READ.has(matrix)) return { matrix, head, row, column };
    const first = matrix.startsWith("W") ? 0 : "KV".includes(matrix) ? column : row;
    return { matrix, head: 0, row: first, column: 1 };
  }

  // The row and column of the weights that belong to what is selected.
  weightPlace() {
    const { last, place, story } = this;
    if (!last) return story;
    const { matrix, row, column } = place;
    const read = READ.has(matrix) ? column : "KV".includes(matrix) ? row : story.column;
    this.story = {
      row: Math.min(ASKING.has(matrix) ? row : story.row, last.words.length - 1),
      column: Math.min(read, last.looked_at.length - 1),
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
  paint(answer, { start, picked, place }) {
    this.last = { ...answer, head: Math.max(0, Math.min(answer.heads - 1, answer.shown)) };
    // unless another one was picked meanwhile
    if (place === this.place) this.place = answer.place;
    this.repaint();
    if (start) performance.measure("fp:painted", { start, end: performance.now() });
    if (picked) performance.measure("fp:opened", { start: picked, end: performance.now() });
    this.painted();
    this.root.dataset.cell = keyOf(answer.place);
    // seen only once it is laid out: what is seen does not move
    requestAnimationFrame(() => requestAnimationFrame(() => this.root.classList.add("placed")));
  }

  repaint() {
    const { last, state, words, data } = this;
    if (!last) return;
    const { opened, place } = last;
    const byHand = state.numbers === "hand";
    const { row, column } = this.weightPlace();
    this.lens.paint(last, state, this.step, byHand ? data.names : {}, this.palette);
    this.flow.paint(last, state, this.palette);
    this.flow.mark(place, opened, { row, column }, last.looked_at);
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
    this.stale(this.refused);
    say(this.message, trouble ? (trouble.message ?? this.words.unreachable) : "");
    if (recovered) this.notify();
  }
}
