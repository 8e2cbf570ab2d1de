// The presenter's view of a lesson: notes, what comes next, the clock and the room's state on the
// laptop, while the page itself stands on the projector, in another window of the same browser.

import { action, button, el, fill, say, styles } from "../dom.js";
import { commanded } from "../keys.js";
import { reached } from "../live.js";
import { LEAD, RoomError, ask, keep, kept } from "./asking.js";
import { answered, bars, verdict } from "./bars.js";
import { CHANNEL, PLAN } from "./channel.js";
import { Listening } from "./listening.js";
import { asText, asked } from "./written.js";

const STYLE = await styles("kit/base.css", "kit/room/bars.css", "kit/room/pieces.css",
  "kit/room/plan.css");
const BEGUN = "forward-pass:plan:begun";

class Presenting {
  /** @type {RoomPlan} */
  plan = kept(PLAN) ?? { title: "", steps: [] };
  /** @type {{ at: number, since: number }} where the lesson stands, and since when it goes on */
  begun = kept(BEGUN) ?? { at: 0, since: 0 };
  /** @type {RoomState | null} */
  state = null;
  /** @type {{ shown: RoomPanelData["shown"], questions: PageQuestion[] } | null} the projector's */
  page = null;

  /** @param {PlanData} data */
  constructor(data) {
    this.data = data;
    this.words = data.words;
    this.data.base = new URL(data.base, location.href).href;
    this.lead = kept(LEAD);
    this.clock = el("b", { class: "clock", role: "timer" });
    this.trouble = el("p", { class: "trouble", role: "status", hidden: true });
    this.room = el("section", { class: "room", "data-fp": "plan-room" });
    this.now = el("section", { class: "now", "data-fp": "plan-now" });
    this.editor = el("details", { class: "editor" });
    document.head.append(el("style", {}, STYLE));
    document.body.append(el("header", {}, el("h1", {}, this.words.title), this.clock), this.trouble,
      el("main", {}, this.now, this.room), this.editor);
    this.channel = new BroadcastChannel(CHANNEL);
    this.channel.onmessage = ({ data: told }) => {
      if (told.kind !== "page") return;
      this.page = told;
      this.show();
    };
    this.channel.postMessage({ kind: "page?" });
    document.addEventListener("keydown", (event) => this.key(event));
    setInterval(() => this.tick(), 1000);
    if (this.lead) {
      const query = new URLSearchParams({ token: this.lead.token });
      this.line = new Listening(`${this.data.base}/room/${this.lead.code}/events?${query}`, {
        onState: (state) => {
          this.state = state;
          this.show();
        },
        onAway: (away) => this.say(away ? this.words.unreachable : ""),
        onGone: () => {
          this.lead = this.state = null;
          this.show();
        },
        onRefused: () => {},
      });
    }
    this.show();
    this.edit();
    this.tick();
  }

  /** @param {string} sentence */
  say(sentence) {
    say(this.trouble, sentence);
    this.trouble.hidden = !sentence;
  }

  get step() {
    return this.plan.steps[this.begun.at];
  }

  // -- going on -----------------------------------------------------------------------------------

  /** @param {KeyboardEvent} event */
  key(event) {
    const target = /** @type {Element} */ (event.target);
    if (commanded(event) || target.closest("input, textarea, select")) return;
    const move = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    this.go(this.begun.at + move);
  }

  /** @param {number} at */
  go(at) {
    if (!this.plan.steps[at]) return;
    this.begun = { at, since: this.begun.since || Date.now() };
    keep(BEGUN, this.begun);
    const [page, link] = placeOf(this.plan.steps[at].link);
    this.channel.postMessage({ kind: "go", page, link });
    this.show();
    this.tick();
  }

  tick() {
    const { since, at } = this.begun;
    const seconds = since ? Math.floor((Date.now() - since) / 1000) : 0;
    const planned = this.plan.steps.slice(0, at + 1)
      .reduce((sum, { minutes }) => sum + (minutes ?? 5), 0);
    say(this.clock, fill(this.words.clock, { passed: minutes(seconds),
      planned: minutes(60 * planned) }));
    this.clock.classList.toggle("late", seconds > 60 * planned);
  }

  /** @param {string} path @param {object} body */
  async post(path, body) {
    const { lead } = this;
    if (!lead) return;
    try {
      await reached(() => ask(this.data.base, `/${lead.code}/${path}`,
        { token: lead.token, ...body }), () => this.say(this.words.unreachable),
      () => lead === this.lead);
      this.say("");
    } catch (error) {
      this.say(error instanceof RoomError ? error.message : this.words.unreachable);
    }
  }

  /** @param {object} question */
  async put(question) {
    this.channel.postMessage({ kind: "open" });
    await this.post("ask", { question: { hidden: true, ...question } });
  }

  // -- what stands there --------------------------------------------------------------------------

  show() {
    const { words, step, plan, begun: { at } } = this;
    const next = plan.steps[at + 1];
    const asked = step?.questions ?? [];
    const here = this.page?.questions ?? [];
    this.now.replaceChildren(
      el("p", { class: "count" }, plan.steps.length ? `${at + 1}/${plan.steps.length}` : ""),
      el("h2", {}, step ? nameOf(step) : words.none),
      el("p", { class: "note", "data-fp": "plan-note" }, step?.note ?? words.noneNote),
      el("p", { class: "actions" },
        action(words.previous, () => this.go(at - 1),
          { "data-fp": "plan-previous", disabled: at === 0 }),
        action(words.again, () => this.go(at), { "data-fp": "plan-here", disabled: !step }),
        action(words.next, () => this.go(at + 1), { "data-fp": "plan-next", disabled: !next })),
      el("p", { class: "next", "data-fp": "plan-upcoming" },
        next ? fill(words.then, { name: nameOf(next) }) : ""),
      el("h2", {}, words.questions),
      asked.length + here.length && this.lead ? el("ol", {},
        ...asked.map((question, i) => this.offered(question, `plan-ask-${i}`)),
        ...here.map((question, i) => this.offered({ ...question, answer: "", explanation: "",
          wordings: question.wordings.map((each) => ({ ...each, explanation: "" })) },
        `plan-here-${i}`)))
        : el("p", { class: "note" }, this.lead ? words.questionsNone : words.noRoom));
    this.showRoom();
  }

  /** @param {Partial<PageQuestion>} question @param {string} name */
  offered(question, name) {
    return el("li", {}, el("span", {}, question.prompt ?? ""), " ",
      action(this.words.ask, () => this.put(question), { "data-fp": name }));
  }

  showRoom() {
    const { words, state, lead } = this;
    if (!lead || !state) {
      this.room.replaceChildren(el("p", { class: "note" }, words.noRoom));
      return;
    }
    const { question } = state;
    this.room.replaceChildren(
      el("p", { class: "code" }, lead.code), el("p", {}, fill(words.people, state)),
      action(state.shown.paused ? words.goOn : words.pause, () => this.post("show",
        { shown: { ...state.shown, paused: !state.shown.paused } }), { "data-fp": "plan-pause" }),
      ...(question ? this.asked(question) : []));
  }

  /** @param {RoomQuestion} question */
  asked(question) {
    const { words, page } = this;
    /** @param {string} verb @param {string} word @param {object} [more] */
    const step = (verb, word, more = {}) => action(word,
      () => this.post("steer", { question: question.id, verb, ...more }), { "data-fp": verb });
    const known = page?.questions.find(({ name }) => name && name === question.name);
    const own = this.step?.questions?.find(({ prompt }) => prompt === question.prompt);
    const answer = known ?? (own?.answer ? own : null);
    return [el("h2", {}, question.prompt),
      el("p", { class: "note", "data-fp": "plan-votes" }, fill(words.votes,
        { votes: question.votes[question.round - 1], people: this.state?.people ?? 0 })),
      bars(question, words),
      question.revealed
        ? el("p", {}, answered(question, words), " ", verdict(question, words)) : "",
      el("p", { class: "actions" },
        question.open ? step("close", words.closeVote) : "",
        !question.open && question.round === 1 ? step("again", words.voteAgain) : "",
        question.shown ? step("cover", words.barsHide) : step("bars", words.bars),
        !question.open && !question.revealed && answer ? step("reveal", words.reveal,
          { answer: answer.answer, explanation: answer.explanation ?? "",
            wordings: answer.wordings ?? [] }) : "",
        step("away", words.done))];
  }

  // -- building one -------------------------------------------------------------------------------

  // A change is the server's to allow, and a file its to read: it knows what a plan may be.
  /** @param {{ plan: RoomPlan } | { text: string }} given */
  async take(given) {
    try {
      const { plan: taken } = await ask(this.data.base, "/plan", given);
      this.plan = taken;
      keep(PLAN, taken);
      this.begun.at = Math.max(0, Math.min(this.begun.at, taken.steps.length - 1));
      this.say("");
    } catch (error) {
      this.say(error instanceof RoomError ? error.message : this.words.unreachable);
    }
    this.show();
    this.edit();
  }

  edit() {
    const { words, plan } = this;
    const { steps } = plan;
    /** @param {PlanStep[]} steps */
    const put = (steps) => this.take({ plan: { ...plan, steps } });
    /** @param {number} i @param {object} change */
    const change = (i, change) =>
      put(steps.map((step, k) => (k === i ? { ...step, ...change } : step)));
    const rows = steps.map((step, i) => {
      /** @param {"title" | "link"} name */
      const field = (name) => el("input", { type: "text", value: step[name] ?? "",
        "aria-label": words[name],
        onchange: (/** @type {Event} */ event) => change(i, { [name]: valueOf(event) }) });
      const note = el("textarea", { rows: "3", "aria-label": words.note, placeholder: words.note,
        onchange: (/** @type {Event} */ event) => change(i, { note: valueOf(event) }) });
      note.value = step.note ?? "";
      const before = step.questions ?? [];
      const asking = el("textarea", { rows: "3", "aria-label": words.asking,
        placeholder: `${words.asking}\n${words.askingHow}`, title: words.askingHow,
        "data-fp": `plan-asking-${i}`,
        onchange: (/** @type {Event} */ event) => change(i, /** @type {Partial<PlanStep>} */ (
          { questions: asked(valueOf(event), before) })) });
      asking.value = asText(before);
      return el("li", {}, field("title"), field("link"), note, asking,
        el("p", { class: "actions" },
          el("label", {}, el("input", { type: "number", min: "0", max: "600",
            value: String(step.minutes ?? 5),
            onchange: (/** @type {Event} */ event) =>
              change(i, { minutes: Number(valueOf(event)) }) }),
          ` ${words.minutes}`),
          button(words.earlier, () => put(moved(steps, i)), { class: "quiet", disabled: i === 0 }),
          button(words.remove, () => put(steps.filter((_, k) => k !== i)), { class: "quiet" })));
    });
    const file = el("input", { type: "file", accept: ".json,.yaml,.yml", id: "file",
      "data-fp": "plan-file" });
    file.onchange = () => this.read(file);
    this.editor.replaceChildren(el("summary", {}, words.edit),
      el("ol", {}, ...rows),
      el("p", { class: "actions" },
        action(words.add, () => this.add(), { "data-fp": "plan-add" }),
        action(words.saveFile, () => this.save(), { "data-fp": "plan-save" }),
        action(words.restart, () => {
          this.begun = { at: 0, since: 0 };
          keep(BEGUN, this.begun);
          this.show();
          this.tick();
        })),
      el("p", {}, el("label", { for: "file" }, words.open), " ", file));
  }

  // The page on the projector, as its link has it.
  add() {
    const { shown } = this.page ?? {};
    if (!shown?.page) return this.say(this.words.noPage);
    const link = shown.link ? `${shown.page}?${shown.link}` : shown.page;
    const steps = [...this.plan.steps, { title: shown.title, link }];
    this.take({ plan: { ...this.plan, steps } });
  }

  /** @param {HTMLInputElement} field */
  async read(field) {
    const text = await field.files?.[0]?.text();
    if (text !== undefined) await this.take({ text });
  }

  save() {
    const text = JSON.stringify(this.plan, null, 2);
    const href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    el("a", { href, download: "forward-pass-lesson.json" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  }
}

/** @param {PlanStep} step */
const nameOf = ({ title, link }) => title || placeOf(link)[0];

// As core/room/plan.py reads it: the page's path, and its query.
/** @param {string} link */
function placeOf(link) {
  const [before, ...query] = link.trim().split("?");
  return [before.replace(/\/+$/, "").split("/").pop() ?? "", query.join("?")];
}

/** @param {PlanStep[]} steps @param {number} i */
const moved = (steps, i) =>
  [...steps.slice(0, i - 1), steps[i], steps[i - 1], ...steps.slice(i + 1)];

/** @param {Event} event */
const valueOf = (event) => /** @type {HTMLInputElement} */ (event.target).value;

/** @param {number} seconds */
const minutes = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

const sent = /** @type {HTMLElement} */ (document.getElementById("words"));
new Presenting(JSON.parse(sent.textContent ?? "{}"));
