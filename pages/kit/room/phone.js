// The page of a phone in a room: six letters, then whatever is asked.

import { button, el, say, styles } from "../dom.js";
import { onEnter, typedNumber } from "../keys.js";
import { palette } from "../palette.js";
import { MEMBER, RoomError, ask, keep, kept } from "./asking.js";
import { answered, bars } from "./bars.js";
import { Listening } from "./listening.js";
import { pictured, told } from "./pieces.js";
import { placeField } from "./place.js";
import { form } from "./sending.js";
import { isRight } from "./tapped.js";

const THEME = "forward-pass:theme";
const STYLE = await styles("kit/base.css", "kit/room/bars.css", "kit/room/pieces.css",
  "kit/room/phone.css");
const root = document.documentElement;

class Phone {
  /** @type {{ code: string, key: string } | null} */
  member = null;
  /** @type {RoomState | null} */
  state = null;
  /** @type {Listening | null} */
  line = null;
  /** @type {{ question: number, votes: Record<string, number>, name: string }} this phone's own */
  own = { question: 0, votes: {}, name: "" };
  /** what stands there: a new field or form comes with another question, vote or kind */
  asked = "";
  /** @type {import("./sending.js").Form | null} */
  form = null;

  /** @param {PhoneData} data */
  constructor(data) {
    this.data = data;
    this.words = data.words;
    this.code = el("span", { class: "code" });
    this.trouble = el("p", { class: "trouble", role: "status", hidden: true });
    this.main = el("main");
    this.shown = el("p", { class: "shown", hidden: true });
    this.nick = el("div", { class: "nick", hidden: true });
    this.theme = button("", () => this.turn(), { class: "quiet", "data-fp": "theme" });
    const [other, name] = data.other;
    this.language = el("a", { class: "quiet", lang: other, "data-fp": "language" }, name);
    document.head.append(el("style", {}, STYLE));
    document.body.append(
      el("header", {}, el("b", {}, "Forward Pass"), this.code), this.trouble, this.main, this.shown,
      el("footer", {}, this.nick, el("p", { class: "note" }, this.words.kept),
        el("p", { class: "actions" }, this.language, this.theme)));
    this.nameTheme();
    const known = kept(MEMBER);
    const code = data.code || known?.code;
    if (known && known.code === code) this.enter(known);
    else if (data.code) this.join(data.code);
    else this.showDoor();
  }

  // -- getting in ---------------------------------------------------------------------------------

  showDoor(sentence = "", typed = "") {
    this.line?.close();
    this.line = null;
    this.member = this.state = null;
    this.place("");
    this.shown.hidden = this.nick.hidden = true;
    const said = el("p", { class: "said", role: "alert" }, sentence);
    const field = el("input", {
      type: "text", id: "code", autocomplete: "off", autocapitalize: "characters", lang: "en",
      spellcheck: "false", enterkeyhint: "go", maxlength: "40", value: typed, "data-fp": "code",
    });
    const go = () => {
      if (field.value.trim()) this.join(field.value);
      else say(said, this.words.wrongCode);
    };
    onEnter(field, go);
    this.main.replaceChildren(
      el("h1", {}, this.words.title),
      el("label", { for: "code" }, this.words.code), field, said,
      button(this.words.join, go, { class: "play", "data-fp": "join" }));
    if (!typed) field.focus();
  }

  /** @param {string} code */
  async join(code) {
    this.main.replaceChildren(el("p", {}, this.words.joining));
    const sent = encodeURIComponent(code.trim().slice(0, 40));
    try {
      const { key, room } = await ask(this.data.base, `/${sent}/join`, {});
      keep(MEMBER, { code: room, key });
      await this.enter({ code: room, key });
    } catch (error) {
      if (error instanceof RoomError) return this.showDoor(error.message, code);
      this.away(true);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await this.join(code);
    }
  }

  /** @param {{ code: string, key: string }} member */
  enter(member) {
    this.member = member;
    this.place(member.code);
    this.away(false);
    this.main.replaceChildren(el("p", {}, this.words.joining));
    this.asked = "";
    this.line = new Listening(`${this.data.base}/room/${member.code}/events`, {
      onState: (state) => this.take(state), onAway: (away) => this.away(away),
      onGone: () => this.left(), onRefused: () => this.check(),
    });
    return this.check();
  }

  // The address of the room in the bar, so that a reload comes back to it.
  /** @param {string} code */
  place(code) {
    say(this.code, code);
    const home = new URL(`${this.data.root}j`, location.href);
    const query = new URLSearchParams(location.search);
    history.replaceState(null, "", `${home.pathname}${code && `/${code}`}${location.search}`);
    this.data.root = code ? "../" : "./";
    this.data.base = new URL(`${this.data.root}forward-pass`, location.href).href;
    query.set("lang", this.data.other[0]);
    this.language.href = `?${query}`;
  }

  // What this phone has voted, and whether the room still knows it.
  async check() {
    const { member } = this;
    if (!member) return;
    try {
      this.own = await ask(this.data.base, `/${member.code}/known`, { key: member.key });
      this.nickname();
      this.show();
    } catch (error) {
      if (!(error instanceof RoomError) || member !== this.member) return;
      if (error.status === 404) this.left();
      else if (error.status === 403) await this.joinAgain(member.code);
    }
  }

  // A full room forgets who has said nothing for longest.
  /** @param {string} code */
  joinAgain(code) {
    this.line?.close();
    return this.join(code);
  }

  // The nickname, or the way to one; it stands in the list of the room and beside no vote.
  nickname() {
    const { words, own } = this;
    this.nick.hidden = false;
    this.nick.replaceChildren(button(
      own.name ? `${words.nickname}: ${own.name}` : words.nicknameAdd, () => this.rename(),
      { class: "quiet", "data-fp": "nickname" }));
  }

  rename() {
    const { words, own } = this;
    const said = el("p", { class: "said", role: "alert" });
    const field = el("input", { type: "text", id: "name", class: "name", maxlength: "24",
      value: own.name, autocomplete: "off", "data-fp": "name", enterkeyhint: "done" });
    const save = async () => {
      const { member } = this;
      if (!member) return;
      try {
        const { name } = await ask(this.data.base, `/${member.code}/name`,
          { key: member.key, name: field.value });
        own.name = name;
        this.nickname();
      } catch (error) {
        say(said, error instanceof RoomError ? error.message : words.unreachable);
      }
    };
    onEnter(field, save);
    this.nick.replaceChildren(el("label", { for: "name" }, words.nicknameNone), field, said,
      button(words.save, save, { class: "play", "data-fp": "save-name" }));
    field.focus();
  }

  left() {
    keep(MEMBER, null);
    this.showDoor(this.words.ended);
  }

  /** @param {boolean} away */
  away(away) {
    say(this.trouble, away ? this.words.away : "");
    this.trouble.hidden = !away;
  }

  // -- what is asked ------------------------------------------------------------------------------

  /** @param {RoomState} state */
  take(state) {
    const { question } = state;
    this.state = { ...state, question: question && spoken(question, this.data.language) };
    this.show();
  }

  show() {
    const { state, words } = this;
    if (!state || !this.member) return;
    this.showPage(state.shown);
    const { question } = state;
    const { taking, paused } = state.shown;
    if (!question && taking && !paused) return this.showForm(taking, state.shown.prompt);
    if (!question) {
      this.asked = "";
      this.main.replaceChildren(
        el("p", { class: "wait" }, state.shown.paused ? words.paused : words.wait));
      return;
    }
    const asked = `${question.id} ${question.round} ${question.open}`;
    if (question.open) {
      // a field in which somebody types stays
      if (asked !== this.asked || question.kind === "choice") this.showVote(question);
    } else this.showResult(question);
    this.asked = asked;
  }

  // The form stays as it is while others send.
  /** @param {PieceKind} kind @param {string} prompt */
  showForm(kind, prompt) {
    const asked = `${kind} ${prompt}`;
    if (this.asked === asked) return;
    this.asked = asked;
    const said = el("div", { class: "verdict", role: "status", "data-fp": "verdict" });
    const made = form(kind, this.data, (body) => this.post(kind, said, body));
    this.form = made;
    this.main.replaceChildren(prompt ? el("h1", {}, prompt) : "",
      el("p", {}, this.words[`${kind}Lead`]), made.element, said);
    made.theme?.(palette(document.body));
  }

  // A piece goes to the wall; its sender sees what the network makes of it.
  /** @param {PieceKind} kind @param {HTMLElement} said @param {object} body */
  async post(kind, said, body) {
    const { member, words } = this;
    if (!member) return false;
    try {
      const piece = await ask(this.data.base, `/${member.code}/send`,
        { key: member.key, kind, ...body });
      this.form?.trouble?.(null);
      said.replaceChildren(el("p", {}, told(kind, piece, words)),
        kind === "digit" ? "" : pictured(kind, piece, palette(document.body)));
      return true;
    } catch (error) {
      const sentence = error instanceof RoomError ? error.message : words.unreachable;
      if (this.form?.trouble) this.form.trouble({ message: sentence });
      else said.replaceChildren(el("p", {}, sentence));
      return false;
    }
  }

  /** @param {RoomQuestion} question */
  mine({ id, round }) {
    return this.own.question === id ? this.own.votes[round] : undefined;
  }

  /** @param {RoomQuestion} question */
  showVote(question) {
    const mine = this.mine(question);
    const said = el("p", { class: "said", role: "status" },
      mine === undefined ? this.words.choose : this.words.voted);
    this.said = said;
    const fields = {
      choice: () => this.choices(question, mine),
      number: () => this.numberField(question, mine),
      place: () => placeField(question, this.words, mine, (place) => this.vote(question, place)),
    };
    const parts = fields[question.kind]();
    const focused = ["data-choice", "data-fp"].map((name) =>
      [name, document.activeElement?.getAttribute(name)]).find(([, value]) => value);
    this.main.replaceChildren(
      question.round > 1 ? el("p", { class: "again" }, this.words.again) : "",
      el("h1", {}, question.prompt), ...parts, said,
      question.bars.length ? bars(question, this.words) : "");
    if (!focused) return;
    const [name, value] = focused; // what the keys had chosen has come anew
    /** @type {HTMLElement | null} */ (this.main.querySelector(`[${name}="${value}"]`))?.focus();
  }

  /** @param {RoomQuestion} question @param {number | undefined} mine */
  choices(question, mine) {
    const buttons = question.choices.map((choice, i) =>
      button(choice, () => this.vote(question, i), {
        class: "choice", "data-choice": String(i), "aria-pressed": String(mine === i),
      }));
    return [el("div", { class: "offered", role: "group", "aria-label": question.prompt },
      ...buttons)];
  }

  /** @param {RoomQuestion} question @param {number | undefined} mine */
  numberField(question, mine) {
    const field = el("input", {
      type: "text", inputmode: "decimal", autocomplete: "off", id: "number", maxlength: "30",
      value: mine === undefined ? "" : String(mine), "data-fp": "number", enterkeyhint: "send",
    });
    const send = () => {
      const value = typedNumber(field.value);
      if (value === null) this.tell(this.words.noNumber);
      else this.vote(question, value);
    };
    onEnter(field, send);
    return [el("label", { for: "number" }, this.words.number), field,
      button(this.words.send, send, { class: "play", "data-fp": "send" })];
  }

  /** @param {string} sentence */
  tell(sentence) {
    if (this.said) say(this.said, sentence);
  }

  // A vote is sent until it has been taken: the screen shows it at once, and says when it counts.
  /** @param {RoomQuestion} question @param {number} value */
  async vote(question, value) {
    const { member } = this;
    if (!member) return;
    if (this.own.question !== question.id) {
      Object.assign(this.own, { question: question.id, votes: {} });
    }
    this.own.votes[question.round] = value;
    if (question.kind !== "number") this.showVote(question);
    this.tell("…");
    const wanted = () => this.own.votes[question.round] === value && this.member === member
      && this.state?.question?.id === question.id;
    while (wanted()) {
      try {
        await ask(this.data.base, `/${member.code}/vote`,
          { key: member.key, question: question.id, value });
        if (wanted()) this.tell(this.words.voted);
        return;
      } catch (error) {
        if (error instanceof RoomError && error.status === 403) {
          await this.joinAgain(member.code);
          if (this.member && this.member !== member) this.vote(question, value);
          return;
        }
        if (error instanceof RoomError) {
          await this.check();
          return this.tell(error.message);
        }
        this.away(true);
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
  }

  /** @param {RoomQuestion} question */
  showResult(question) {
    const { words } = this;
    const mine = this.mine(question);
    /** @param {number} i */
    const isMine = (i) => question.kind === "choice" && mine === i;
    const right = question.revealed && mine !== undefined && (question.kind === "place"
      ? isRight(question, mine)
      : question.kind === "choice" && question.choices[mine] === question.answer);
    this.main.replaceChildren(
      el("h1", {}, question.prompt),
      question.shown || question.revealed
        ? bars(question, words, isMine) : el("p", {}, words.closed),
      question.kind === "number" && mine !== undefined
        ? el("p", { class: "note" }, `${words.yours}: ${mine}`) : "",
      question.revealed ? el("p", { class: "answer", role: "status" },
        answered(question, words), right ? ` ${words.wasRight}` : "") : "",
      question.revealed && question.explanation ? el("p", {}, question.explanation) : "");
  }

  /** @param {RoomShown} shown */
  showPage({ page, link, title }) {
    this.shown.hidden = !page;
    if (!page) return;
    const query = link ? `?${link}` : "";
    const path = `${this.data.root}${encodeURIComponent(page)}${query}`;
    const { href } = new URL(path, location.href);
    this.shown.replaceChildren(`${this.words.onScreen} `, el("b", {}, title), " ",
      el("a", { href, target: "_blank", rel: "noopener", "data-fp": "page" }, this.words.openPage));
  }

  // -- light or dark ------------------------------------------------------------------------------

  turn() {
    root.toggleAttribute("data-fp-dark");
    keep(THEME, root.hasAttribute("data-fp-dark") ? "dark" : "light");
    this.form?.theme?.(palette(document.body));
    this.nameTheme();
  }

  nameTheme() {
    say(this.theme, root.hasAttribute("data-fp-dark") ? this.words.light : this.words.dark);
  }
}

// A question in the language of the phone, where it is there in that language.
/** @param {RoomQuestion} question @param {string} language @returns {RoomQuestion} */
function spoken(question, language) {
  const said = question.wordings.find((each) => each.language === language);
  if (!said) return question;
  const chosen = question.kind === "choice";
  return { ...question, prompt: said.prompt, choices: said.choices,
    bars: chosen ? question.bars.map(([, ...counts], i) => [said.choices[i], ...counts])
      : question.bars,
    answer: chosen ? said.choices[question.choices.indexOf(question.answer)] ?? ""
      : question.answer,
    explanation: said.explanation || question.explanation };
}

const sent = /** @type {HTMLElement} */ (document.getElementById("words"));
new Phone(JSON.parse(sent.textContent ?? "{}"));
