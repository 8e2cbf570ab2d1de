// The lecturer's side of a room, on every page: one button; behind it the way in for the phones,
// what is asked, and how they answer.

import { copied } from "../copied.js";
import { action, button, el, fill, say, styles } from "../dom.js";
import { onEnter } from "../keys.js";
import { reached } from "../live.js";
import { LEAD, MEMBER, RoomError, ask, file, keep, kept } from "./asking.js";
import { answered, bars, verdict } from "./bars.js";
import { CHANNEL } from "./channel.js";
import { Follower } from "./follower.js";
import { Listening } from "./listening.js";
import { places } from "./place.js";
import { Telling } from "./telling.js";
import { Wall } from "./wall.js";

const HANDED = "#lead=";
const STYLE = await styles("kit/base.css", "kit/room/bars.css", "kit/room/pieces.css",
  "kit/room/panel.css");
/** @type {PieceKind[]} */
const KINDS = ["digit", "kernel", "series", "sentence", "hidden"];
const SVG = "http://www.w3.org/2000/svg";

/** @typedef {{ code: string, token: string }} Lead */

// One for the document: a rerun, another page and another language find the room as it was.
/** @type {Panel | null} */
let panel = null;

/**
 * @param {{ data: RoomPanelData, parentElement: HTMLElement,
 *   setStateValue: Send }} component
 */
export function mount({ data, parentElement, setStateValue }) {
  const opener = /** @type {HTMLButtonElement} */ (parentElement.querySelector("button"));
  panel ??= new Panel(data);
  if (panel.dialog.parentElement !== parentElement) {
    const { open } = panel.dialog;
    parentElement.append(panel.dialog);
    if (open) { // what is moved no longer covers the page
      panel.dialog.close();
      panel.dialog.showModal();
    }
  }
  panel.receive(data, opener, setStateValue);
}

export function unmount() {}

class Panel {
  /** @type {Lead | null} */
  lead = null;
  /** @type {RoomState | null} */
  state = null;
  /** @type {RoomDoor[]} */
  doors = [];
  door = 0;
  looked = false; // for doors
  looking = false;
  /** @type {Listening | null} */
  line = null;
  /** where the lecturer stands on the page: the step of a walk, a run and its moment */
  place = { step: -1, job: "", run: "", moment: -1 };
  /** @type {Wall | null} while it is on show */
  wall = null;
  /** @type {Follower | null} who has joined somebody else's room follows its lecturer */
  follower = null;
  /** what the lecturer is writing outlives every change in the room */
  written = { prompt: "", choices: "", hidden: true, kind: "choice" };

  /** @param {RoomPanelData} data */
  constructor(data) {
    this.data = data;
    this.words = data.words;
    /** @type {HTMLButtonElement | null} */
    this.opener = null;
    /** @type {Send} */
    this.send = () => {};
    this.telling = new Telling({
      here: () => ({ ...this.data.shown, ...this.place }),
      shown: () => this.state?.shown ?? null,
      post: (shown) => this.post(shown),
    });
    this.trouble = el("p", { class: "trouble", role: "status", hidden: true });
    this.body = el("div", { class: "body" });
    this.shut = button("", () => this.dialog.close(), { class: "action", "data-fp": "room-shut" });
    this.dialog = el("dialog", { class: "fp room", "data-fp": "room", tabindex: "-1" },
      el("style", {}, STYLE), el("div", { class: "top" }, this.trouble, this.shut), this.body);
    // The keys of a walk and of pictures are not for whoever types here.
    this.dialog.addEventListener("keydown", (event) => event.stopPropagation());
    this.dialog.addEventListener("close", () => this.opener?.focus({ preventScroll: true }));
    document.addEventListener("forward-pass:step", (event) => {
      const { index } = /** @type {CustomEvent<{ index: number }>} */ (event).detail;
      this.stand({ step: index });
    });
    document.addEventListener("forward-pass:run", (event) =>
      this.stand(/** @type {CustomEvent<Watched>} */ (event).detail));
    document.addEventListener("forward-pass:room?", () => this.announce());
    document.addEventListener("forward-pass:collect", (event) =>
      this.collect(/** @type {CustomEvent<PieceKind>} */ (event).detail));
    // The presenter's view, in another window of this browser, leads this page.
    this.channel = new BroadcastChannel(CHANNEL);
    this.channel.onmessage = ({ data: { kind, page, link } }) => {
      if (!this.lead || document.visibilityState !== "visible") return;
      if (kind === "page?") this.tellPresenter();
      else if (kind === "open" && !this.dialog.open) this.open();
      else if (kind === "go") {
        this.dialog.close();
        this.send("follow", { page, link, number: Date.now() });
      }
    };
    addEventListener("hashchange", () => location.hash.startsWith(HANDED) && this.adopt());
    this.adopt();
  }

  tellPresenter() {
    const { shown, questions } = this.data;
    this.channel.postMessage({ kind: "page", shown, questions });
  }

  // A picture that learns from what a room sends hears which room this browser leads, and of each
  // change in it.
  announce() {
    const { lead, state } = this;
    const taking = state?.shown.taking ?? "";
    document.dispatchEvent(new CustomEvent("forward-pass:room",
      { detail: lead && { ...lead, taking } }));
  }

  // A picture wants the room to send to the wall: there is one soon, and the wall is on show.
  /** @param {PieceKind} kind */
  async collect(kind) {
    if (!this.dialog.open) this.open();
    if (!this.lead && !this.follower) await this.begin();
    if (!this.lead) return;
    this.telling.wish({ taking: kind, prompt: "" });
    this.showWall(kind);
  }

  /** @param {Partial<RoomShown>} place */
  stand(place) {
    Object.assign(this.place, place);
    this.tellPage();
  }

  // A second lecturer comes by a link: the part behind "#" is sent to no server. The page's first
  // HTML has taken it out of the address; a page that was open already finds it there.
  adopt() {
    const hash = window.__handed ?? location.hash;
    delete window.__handed;
    if (hash.startsWith(HANDED)) {
      const [code, token] = hash.slice(HANDED.length).split(".");
      if (code && token) keep(LEAD, { code, token });
      history.replaceState(history.state, "", location.pathname + location.search);
    }
    const lead = kept(LEAD);
    const member = kept(MEMBER);
    if (lead) this.take(lead);
    else if (member) this.follower = new Follower(this.data.base, member.code, () => this.leave());
  }

  leave() {
    this.follower?.close();
    this.follower = null;
    keep(MEMBER, null);
    this.name();
    if (this.dialog.open) this.show();
  }

  /** @param {RoomPanelData} data @param {HTMLButtonElement} opener @param {Send} send */
  receive(data, opener, send) {
    const another = data.language !== this.data.language;
    if (data.shown.page !== this.data.shown.page) {
      Object.assign(this.place, { job: "", run: "", moment: -1 });
    }
    this.data = data;
    this.words = data.words;
    this.send = send;
    this.opener = opener;
    opener.removeAttribute("aria-label");
    opener.onclick = () => this.open();
    say(this.shut, this.words.close);
    this.name();
    this.dialog.setAttribute("aria-label", this.words.room);
    this.announce();
    if (this.lead) {
      this.leads();
      this.tellPresenter();
    }
    this.tellPage();
    this.follower?.receive(data, send, this.dialog);
    if (this.dialog.open && (another || !this.isTyping())) this.show();
  }

  isTyping() {
    return this.dialog.contains(document.activeElement)
      && /^(TEXTAREA|INPUT|SELECT)$/.test(document.activeElement?.tagName ?? "");
  }

  open() {
    this.show();
    this.dialog.showModal();
    if (this.lead && !this.doors.length) this.findDoors();
  }

  name() {
    const { opener, lead, state, words } = this;
    if (!opener) return;
    say(opener, lead ? fill(words.roomOpen, { code: lead.code, people: state?.people ?? "–" })
      : [words.room, this.follower?.code].filter(Boolean).join(" "));
  }

  // -- the room -----------------------------------------------------------------------------------

  /** @param {Lead} lead */
  take(lead) {
    this.line?.close();
    this.follower?.close();
    this.follower = null;
    this.lead = lead;
    this.telling.forget();
    keep(LEAD, lead);
    this.announce();
    const query = new URLSearchParams({ token: lead.token });
    this.line = new Listening(`${this.data.base}/room/${lead.code}/events?${query}`, {
      onState: (state) => this.hear(state), onAway: (away) => this.away(away),
      onGone: () => this.gone(), onRefused: () => this.findDoors(),
    });
    this.leads();
  }

  leads() {
    this.send("leads", Boolean(this.lead));
  }

  // Where phones get in; it also tells whether the room still stands.
  async findDoors() {
    const { lead } = this;
    if (!lead || this.looking) return;
    this.looking = true; // one who asks until there is an answer is enough
    const answer = await this.ask(`/${lead.code}/doors`, { token: lead.token, at: this.at });
    this.looking = false;
    if (!answer) return;
    this.doors = answer.doors;
    this.looked = true;
    if (this.dialog.open) this.show();
  }

  get at() {
    return new URL("../j", `${this.data.base}/`).href.replace(/\/forward-pass\/j$/, "/j");
  }

  gone() {
    this.line?.close();
    this.line = this.lead = this.state = null;
    this.doors = [];
    keep(LEAD, null);
    this.announce();
    this.leads();
    this.name();
    if (this.dialog.open) this.show();
    this.say(this.words.gone);
  }

  /** @param {RoomState} state */
  hear(state) {
    this.state = state;
    this.name();
    this.tellPage();
    this.announce();
    this.wall?.pile.refresh();
    if (this.dialog.open) this.show();
  }

  // The phones are told which page is on the screen; its settings as its link has them.
  tellPage() {
    if (document.visibilityState === "visible") this.telling.tell();
  }

  /** @param {RoomShown} shown */
  async post(shown) {
    const { lead, state } = this;
    if (!lead || !state) return false;
    const taken = await this.ask(`/${lead.code}/show`, { token: lead.token, shown });
    if (taken) state.shown = shown; // until it is heard of
    return Boolean(taken);
  }

  // The wall is made anew each time that it is shown, with all its pieces.
  /** @param {PieceKind} kind */
  showWall(kind) {
    this.wall = new Wall(kind, this.words, (verb, body) => this.lead
      ? this.ask(`/${this.lead.code}/${verb}`, { token: this.lead.token, ...body })
      : Promise.resolve(null));
    this.wall.pile.refresh();
    this.show();
  }

  /** @param {string} sentence */
  say(sentence) {
    say(this.trouble, sentence);
    this.trouble.hidden = !sentence;
  }

  /** @param {boolean} away */
  away(away) {
    this.say(away ? this.words.lost : "");
  }

  // What can be asked twice is asked until the server has heard it.
  /** @param {string} path @param {object} body @returns {Promise<any>} null: it was refused */
  ask(path, body) {
    const { lead } = this;
    return this.tried(() => reached(() => ask(this.data.base, path, body), () => this.away(true),
      () => lead === this.lead));
  }

  /** @param {() => Promise<any>} ask @returns {Promise<any>} null: it was refused */
  async tried(ask) {
    try {
      const answer = await ask();
      this.say("");
      return answer;
    } catch (error) {
      if (!(error instanceof RoomError)) this.away(true);
      else if (this.lead && (error.status === 404 || error.status === 403)) this.gone();
      else this.say(error.message);
      return null;
    }
  }

  // What the room did, as a file.
  /** @param {string} which */
  async save(which) {
    const { lead, data } = this;
    if (!lead) return;
    const name = /** @type {Record<string, string>} */ (
      { recordVotes: "votes.csv", recordPieces: "pieces.csv", recordHtml: "record.html" })[which];
    const blob = await this.tried(() =>
      file(data.base, `/${lead.code}/${name}`, { token: lead.token }));
    if (!blob) return;
    const href = URL.createObjectURL(blob);
    el("a", { href, download: `forward-pass-${lead.code}-${name}` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  }

  // The page that learns from the digits on the wall of whoever leads a room.
  teach() {
    this.dialog.close();
    this.send("follow", { page: "train-a-cnn", link: "tab=hand", number: Date.now() });
  }

  /** @param {string} verb @param {object} [more] */
  steer(verb, more = {}) {
    const { lead, state } = this;
    if (!lead || !state?.question) return;
    this.ask(`/${lead.code}/steer`,
      { token: lead.token, question: state.question.id, verb, ...more });
  }

  // -- what stands there --------------------------------------------------------------------------

  // Anew; but what was folded out and what had the keys' attention stays so.
  show() {
    const focused = /** @type {HTMLElement | null} */ (
      this.dialog.contains(document.activeElement) ? document.activeElement : null);
    const name = focused?.getAttribute("data-fp");
    const folded = [...this.body.querySelectorAll("details[open]")].map((each) => each.className);
    if (!this.lead) this.showStart();
    else if (this.state && !this.isTyping()) {
      this.body.replaceChildren(this.entrance(), this.subject(this.state));
      for (const each of this.body.querySelectorAll("details")) {
        if (folded.includes(each.className)) each.open = true;
      }
    } else if (this.state) this.count();
    if (!focused || this.isTyping()) return;
    const alike = name ? this.dialog.querySelector(`[data-fp="${name}"]`) : null;
    const again = focused.isConnected ? focused : /** @type {HTMLElement | null} */ (alike);
    if (again) again.focus();
    else this.dialog.focus(); // it is gone: the keys go on from here
  }

  /** @param {RoomState} state */
  subject({ question, shown }) {
    const { wall, words } = this;
    if (question) {
      this.wall = null;
      return this.question(question);
    }
    if (!wall) return this.questions();
    const taking = shown.taking === wall.kind;
    const steps = el("p", { class: "actions" },
      action(taking ? words.takeStop : words.takeMore,
        () => this.telling.wish({ taking: taking ? "" : wall.kind }), { "data-fp": "room-take" }),
      action(wall.hidden ? words.wallShow : words.wallHide, () => {
        wall.hide();
        this.show();
      }, { "data-fp": "room-hide-wall" }),
      action(words.wallClear, () => wall.pile.change("clear"), { "data-fp": "room-clear" }),
      wall.kind === "digit" ? action(words.teachRoom, () => this.teach(),
        { "data-fp": "room-teach" }) : null,
      action(words.backToQuestions, () => {
        this.wall = null;
        this.show();
      }, { "data-fp": "room-questions" }));
    return el("div", { class: "beside" },
      taking && shown.prompt ? el("h2", { class: "prompt" }, shown.prompt) : null,
      wall.element, steps);
  }

  showStart() {
    const { follower, words } = this;
    if (follower) {
      this.body.replaceChildren(el("section", { class: "start" },
        el("h2", {}, follower.code), el("p", {}, fill(words.memberLead, follower)),
        el("p", {}, el("a", { href: `${this.at}/${follower.code}` }, words.toVotes)),
        action(words.leave, () => this.leave(), { "data-fp": "room-leave" })));
      return;
    }
    this.body.replaceChildren(el("section", { class: "start" },
      el("h2", {}, this.words.open), el("p", {}, this.words.lead),
      button(this.words.open, () => this.begin(), { class: "play", "data-fp": "room-open" }),
      el("p", { class: "note" }, this.words.kept),
      el("p", {}, el("a", { href: this.at, "data-fp": "room-join" }, this.words.joinOther))));
  }

  async begin() {
    const answer = await this.ask("", { at: this.at });
    if (!answer) return;
    this.doors = answer.doors;
    this.looked = true;
    this.take({ code: answer.code, token: answer.token });
  }

  entrance() {
    const { words, state } = this;
    const door = this.doors[this.door % Math.max(1, this.doors.length)];
    const way = door
      ? [qr(door), el("p", {}, ...lines(fill(words.join, { address: door.spoken })))]
      : [el("p", { class: "unreachable" }, this.looked ? words.unreachable : "")];
    const more = this.doors.length > 1
      ? button(words.otherAddress, () => {
        this.door += 1;
        this.show();
      }, { class: "quiet", "data-fp": "room-address" }) : null;
    this.people = el("b", { "data-fp": "room-people" }, String(state?.people ?? 0));
    return el("section", { class: "entrance" }, ...way,
      el("p", { class: "letters", "data-fp": "room-code" }, this.lead?.code ?? ""), more,
      el("p", { class: "people" }, this.people, ` ${words.people}`),
      state?.names.length ? el("details", { class: "names" }, el("summary", {}, words.names),
        el("p", { "data-fp": "room-names" }, state.names.join(", "))) : null,
      action(state?.shown.paused ? words.goOn : words.pause,
        () => this.telling.wish({ paused: !state?.shown.paused }),
        { "data-fp": "room-pause", "aria-pressed": String(Boolean(state?.shown.paused)) }),
      action(state?.shown.shut ? words.unshut : words.shut,
        () => this.telling.wish({ shut: !state?.shown.shut }),
        { "data-fp": "room-nobody-new", "aria-pressed": String(Boolean(state?.shown.shut)) }),
      state?.shown.shut ? el("p", { class: "note" }, words.shutNote) : null,
      el("p", { class: "actions" },
        button(words.handOn, (event) => this.handOn(event), { class: "quiet" }),
        el("a", { class: "quiet", href: `${this.at.slice(0, -1)}plan?lang=${this.data.language}`,
          target: "_blank", rel: "noopener", "data-fp": "room-plan" }, words.plan),
        el("details", { class: "record" }, el("summary", {}, words.record),
          ...["recordVotes", "recordPieces", "recordHtml"].map((each) => button(words[each],
            () => this.save(each), { class: "quiet", "data-fp": each }))),
        this.ending()));
  }

  // While somebody writes a question only the numbers change.
  count() {
    if (this.people && this.state) say(this.people, String(this.state.people));
  }

  ending() {
    const { words, lead } = this;
    const place = el("span", { class: "actions" });
    const first = () => place.replaceChildren(button(words.end, sure, { class: "quiet" }));
    const sure = () => place.replaceChildren(words.endSure,
      action(words.endYes, () => lead && this.ask(`/${lead.code}/end`, { token: lead.token })),
      action(words.endNo, first));
    first();
    return place;
  }

  /** @param {PointerEvent} event */
  async handOn({ currentTarget }) {
    const { lead } = this;
    if (!lead) return;
    const link = `${location.origin}${location.pathname}${HANDED}${lead.code}.${lead.token}`;
    const field = el("input", { type: "text", readonly: true, value: link, class: "link" });
    const asked = /** @type {HTMLElement} */ (currentTarget);
    asked.after(field);
    field.select();
    if (!(await copied(link))) return; // It stays there, selected, to be copied by hand.
    field.remove();
    say(asked, this.words.handedOn);
  }

  questions() {
    const { words, data, written } = this;
    const here = data.questions.map((question, i) => el("li", {},
      el("p", {}, question.prompt),
      action(words.ask, () => this.put({ ...question, answer: "", explanation: "",
        wordings: question.wordings.map((each) => ({ ...each, explanation: "" })) }),
        { "data-fp": `room-ask-${i}` })));
    const prompt = el("textarea", { id: "room-prompt", rows: "2", maxlength: "400" });
    const choices = el("textarea", { id: "room-choices", rows: "4", maxlength: "1300" });
    const listed = el("div", { class: "listed" },
      el("label", { for: "room-choices" }, words.choices), choices);
    const kinds = ["choice", "number", ...(data.picture ? ["place"] : []), ...KINDS];
    const kind = el("select", { id: "room-kind" }, ...kinds.map((each) =>
      el("option", { value: each, selected: each === written.kind }, words[`${each}Kind`])));
    prompt.value = written.prompt;
    choices.value = written.choices;
    listed.hidden = kind.value !== "choice";
    prompt.oninput = choices.oninput = kind.onchange = () => {
      Object.assign(written, { prompt: prompt.value, choices: choices.value, kind: kind.value });
      listed.hidden = kind.value !== "choice";
    };
    const send = () => this.putOwn();
    onEnter(choices, send, (event) => event.ctrlKey || event.metaKey);
    onEnter(prompt, send, (event) => event.ctrlKey || event.metaKey);
    return el("section", { class: "questions" },
      el("h2", {}, words.walls), el("p", { class: "actions" }, ...this.walls()),
      el("label", { class: "switch" }, this.hiding(), words.hide),
      el("h2", {}, words.here),
      here.length ? el("ol", { class: "here" }, ...here)
        : el("p", { class: "note" }, words.hereNone),
      el("h2", {}, words.own),
      el("div", { class: "own" },
        el("label", { for: "room-prompt" }, words.prompt), prompt,
        el("label", { for: "room-kind" }, words.kind), kind, listed,
        action(words.ask, send, { "data-fp": "room-ask-own" })));
  }

  // The way to the wall of each kind; where it is empty the room is asked for it as well.
  walls() {
    const { state, words } = this;
    return KINDS.map((kind) => {
      const count = state?.pieces[kind] ?? 0;
      const some = count > 0 || state?.shown.taking === kind;
      const name = words[`${kind}Kind`];
      return action(some ? `${name}: ${count}` : name, () => {
        if (!some) this.telling.wish({ taking: kind, prompt: "" });
        this.showWall(kind);
      }, { "data-fp": `room-wall-${kind}` });
    });
  }

  hiding() {
    const box = el("input", { type: "checkbox", "data-fp": "room-hide" });
    box.checked = this.written.hidden;
    box.onchange = () => {
      this.written.hidden = box.checked;
    };
    return box;
  }

  // A question of the lecturer's own: to be voted on, or answered on the wall.
  async putOwn() {
    const { written, data } = this;
    const kind = /** @type {PieceKind} */ (written.kind);
    const prompt = written.prompt.trim();
    if (!KINDS.includes(kind)) {
      const choices = written.kind === "choice"
        ? written.choices.split("\n").map((text) => text.trim()).filter(Boolean) : [];
      const place = written.kind === "place" ? data.picture : {};
      return this.put(/** @type {Partial<PageQuestion>} */ (
        { prompt, kind: written.kind, choices, ...place }));
    }
    /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
    written.prompt = "";
    await this.telling.wish({ taking: kind, prompt });
    this.showWall(kind);
  }

  /** @param {Partial<PageQuestion>} question */
  async put(question) {
    const { lead, written } = this;
    if (!lead) return;
    /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
    const answer = await this.ask(`/${lead.code}/ask`,
      { token: lead.token, question: { ...question, hidden: written.hidden } });
    if (answer && !question.name) Object.assign(written, { prompt: "", choices: "" });
  }

  /** @param {RoomQuestion} question */
  question(question) {
    const { words, state } = this;
    const votes = question.votes[question.round - 1];
    const people = Math.max(state?.people ?? 0, votes);
    const open = question.shown || question.revealed;
    return el("section", { class: "asked" },
      el("h2", { class: "prompt" }, question.prompt),
      el("p", { class: "note", "data-fp": "room-votes" }, fill(words.votes, { votes, people })),
      open ? bars(question, words) : this.covered(question),
      question.revealed ? el("p", { class: "answer" }, answered(question, words)) : null,
      question.revealed ? el("p", { class: "note" }, verdict(question, words)) : null,
      question.revealed && question.explanation ? el("p", {}, question.explanation) : null,
      el("p", { class: "actions" }, ...this.steps(question)));
  }

  /** @param {RoomQuestion} question */
  covered(question) {
    const { words } = this;
    return el("div", { class: "covered" },
      question.kind === "place" ? places({ ...question, bars: [] }, words)
        : el("ol", {}, ...question.choices.map((choice) => el("li", {}, choice))),
      el("p", { class: "note" }, words.hidden));
  }

  // What the lecturer may do next; the first is what usually comes.
  /** @param {RoomQuestion} question */
  steps(question) {
    const { words } = this;
    /** @param {string} verb @param {string} word @param {object} [more] */
    const step = (verb, word, more = {}) =>
      action(word, () => this.steer(verb, more), { "data-fp": `room-${verb}` });
    const next = step("away", words.away);
    if (question.open) {
      return [step("close", words.closeVote),
        question.shown ? step("cover", words.barsHide) : step("bars", words.bars), next];
    }
    const again = question.round === 1 && !question.revealed ? step("again", words.again) : null;
    if (question.revealed || !question.name) return [again, next].filter((each) => each !== null);
    const page = this.data.questions.find(({ name }) => name === question.name);
    const reveal = page
      ? step("reveal", words.reveal, { answer: page.answer, explanation: page.explanation,
        wordings: page.wordings })
      : el("span", { class: "note" }, words.elsewhere);
    return [again, reveal, next].filter((each) => each !== null);
  }
}

/** @param {RoomDoor} door */
function qr({ qr: code, url }) {
  const [side, path] = [code.split(" ", 1)[0], code.slice(code.indexOf(" ") + 1)];
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", `-3 -3 ${Number(side) + 6} ${Number(side) + 6}`);
  picture.setAttribute("class", "qr");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", url);
  const dark = document.createElementNS(SVG, "path");
  dark.setAttribute("d", path);
  picture.append(dark);
  return picture;
}

// An address breaks after its slashes and nowhere else.
/** @param {string} text */
function lines(text) {
  return text.split(/(?<=\/)/).flatMap((part) => [part, el("wbr")]);
}
