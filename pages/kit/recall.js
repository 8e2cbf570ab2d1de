// The questions at the end of a page: its own, and some of earlier pages that come back.

import { answersAsHtml } from "./answers.js";
import { button, el, fill, say, styles } from "./dom.js";
import { answerTo } from "./live.js";
import { TRIES, asked, keep, memory, nearest, take } from "./memory.js";
import { View, mounted } from "./view.js";

const STYLE = await styles("kit/base.css", "kit/recall.css");

/** @extends {View<RecallData>} */
class Recall extends View {
  /** @type {Map<string, RecallQuestion>} */
  questions = new Map();
  /** @type {Asked} */
  now = { asked: [], tries: {} };
  kept = true;
  page = "";
  /** @type {RecallPage[] | undefined} */
  course;

  /** @param {HTMLElement} host @param {RecallData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "recall", classes: "recall", style: STYLE });
    this.score = el("span", { class: "note", role: "status", "data-fp": "recall-score" });
    this.body = el("div");
    this.note = el("span");
    this.again = button(this.words.again, () => this.askAll(true),
      { class: "quiet", "data-fp": "recall-again", hidden: true });
    this.save = button(this.words.save, () => this.download(),
      { class: "quiet", "data-fp": "recall-save", hidden: true });
    this.root.append(
      el("div", { class: "head" }, el("h2", {}, this.words.title), this.score),
      this.body, el("div", { class: "foot" }, this.again, this.save, this.note));
    this.begin("");
  }

  walk() {}

  /** @param {RecallData} data */
  adopt(data) {
    super.adopt(data);
    if (data.page !== this.page) this.open(data.page);
  }

  /** @param {RecallData} before */
  compare(before) {
    if (before.page !== this.data.page) this.open(this.data.page);
  }

  /** @param {string} page */
  async open(page) {
    this.page = page;
    this.course ??= await questions(this.data.base, this.data.language,
      (trouble) => say(this.note, trouble ? trouble.message ?? this.words.unreachable : ""));
    if (!this.course) return;
    this.kept = keep(memory());
    if (page === this.page) this.askAll(false);
  }

  /** @param {boolean} again */
  askAll(again) {
    const { course = [] } = this;
    const place = course.findIndex(({ page }) => page === this.page);
    if (place < 0) return;
    for (const { title, questions } of course) {
      for (const one of questions) this.questions.set(one.name, { ...one, title });
    }
    const names = course.map((one) => one.questions.map(({ name }) => name));
    const own = names[place];
    const kept = memory();
    const before = nearest(names.slice(0, place));
    this.now = asked(kept, this.page, own, before, this.data.earlier, again);
    if (again) {
      kept.pages[this.page] = this.now;
      keep(kept);
    }
    const part = (/** @type {string} */ title, /** @type {string[]} */ asked) =>
      (asked.length ? [el("h3", {}, title), ...asked.map((name) => this.article(name))] : []);
    this.body.replaceChildren(
      ...part(this.words.here, this.now.asked.slice(0, own.length)),
      ...part(this.words.before, this.now.asked.slice(own.length)));
    this.paintScore();
    if (again) /** @type {HTMLElement | null} */ (this.body.querySelector("button"))?.focus();
  }

  /** @param {string} name */
  article(name) {
    const question = /** @type {RecallQuestion} */ (this.questions.get(name));
    const said = el("p", { class: "said", role: "status" });
    const choices = question.choices.map(([text], i) =>
      el("li", {}, button(el("span", {}, ...inline(text)), () => this.choose(name, i))));
    const from = name.startsWith(`${this.page}/`) ? null
      : el("span", { class: "from" }, ` (${question.title})`);
    const article = el("article", { "data-fp": `recall-${name.replace("/", "-")}` },
      el("p", { class: "prompt" }, ...inline(question.prompt), from),
      el("ol", {}, ...choices), said);
    this.paint(name, article);
    return article;
  }

  /** @param {string} name @param {number} choice */
  choose(name, choice) {
    const { right } = /** @type {RecallQuestion} */ (this.questions.get(name));
    const kept = memory();
    take(kept, this.page, this.now, name, choice, choice === right);
    this.kept = keep(kept);
    const article = this.root.querySelector(`[data-fp="recall-${name.replace("/", "-")}"]`);
    this.paint(name, /** @type {HTMLElement} */ (article));
    this.paintScore();
  }

  /** @param {string} name @param {HTMLElement} article */
  paint(name, article) {
    const { choices, right, source } = /** @type {RecallQuestion} */ (this.questions.get(name));
    const tries = this.now.tries[name] ?? [];
    const found = tries.includes(right);
    const over = found || tries.length >= TRIES;
    article.dataset.state = !tries.length ? "open" : over ? "over" : "again";
    article.querySelectorAll("li").forEach((item, i) => {
      const state = tries.includes(i) ? (i === right ? "right" : "wrong")
        : over && i === right ? "right" : "";
      const chosen = /** @type {HTMLButtonElement} */ (item.querySelector("button"));
      chosen.disabled = over || tries.includes(i);
      if (state && !item.querySelector("p")) item.append(el("p", {}, ...inline(choices[i][1])));
      item.dataset.state = state;
    });
    const { words } = this;
    const verdict = !tries.length ? "" : found ? (tries.length === 1 ? words.right : words.second)
      : over ? words.shown : words.wrong;
    const cited = over && source ? ` ${fill(words.source, { source })}` : "";
    say(/** @type {HTMLElement} */ (article.querySelector(".said")), verdict + cited);
  }

  download() {
    const html = answersAsHtml(this.course ?? [], memory(), this.words, this.data.language);
    const href = URL.createObjectURL(new Blob([html], { type: "text/html" }));
    el("a", { href, download: "forward-pass-answers.html" }).click();
    URL.revokeObjectURL(href);
  }

  paintScore() {
    const tried = this.now.asked.filter((name) => this.now.tries[name]?.length);
    const right = tried.filter((name) =>
      this.now.tries[name][0] === this.questions.get(name)?.right).length;
    say(this.score, tried.length ? fill(this.words.score, { right, asked: tried.length }) : "");
    this.save.hidden = !tried.length && !memory().goals.length;
    this.again.hidden = tried.length < this.now.asked.length;
    say(this.note, this.kept ? this.words.kept : this.words.unkept);
    this.painted();
  }
}

/** @type {Map<string, Promise<RecallPage[] | undefined>>} */
const fetched = new Map();

/**
 * @param {string} base @param {string} language
 * @param {(trouble: Trouble | null) => void} onTrouble
 */
function questions(base, language, onTrouble) {
  const old = fetched.get(language);
  if (old) return old;
  const answer = answerTo(`${base}/recall/${language}`, undefined, onTrouble).then((course) => {
    if (!course) fetched.delete(language);
    return course ?? undefined;
  });
  fetched.set(language, answer);
  return answer;
}

// *Emphasis* and `code` of a sentence.
/** @param {string} text */
function inline(text) {
  return text.split(/(\*[^*]+\*|`[^`]+`)/).map((part) =>
    part.startsWith("*") ? el("em", {}, part.slice(1, -1))
      : part.startsWith("`") ? el("code", {}, part.slice(1, -1)) : part);
}

export const { mount, unmount } = mounted(() => Recall);
