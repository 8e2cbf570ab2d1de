// The course map: its pages in their order, the time that each takes, and what has been answered.

import { el, fill, styles } from "./kit/dom.js";
import { memory } from "./kit/memory.js";
import { View, mounted } from "./kit/view.js";

const STYLE = await styles("kit/base.css", "course.css");

/** @extends {View<CourseData>} */
class Course extends View {
  /** @param {HTMLElement} host @param {CourseData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "course", classes: "course", style: STYLE });
    this.begin("");
  }

  walk() {}

  /** @param {CourseData} data */
  adopt(data) {
    super.adopt(data);
    const { words } = this;
    const { outcomes, goals: reached } = memory();
    const pages = data.sections.flatMap(({ pages }) => pages);
    const right = pages.flatMap(({ questions }) => questions)
      .filter((name) => outcomes[name]?.right).length;
    const asked = pages.reduce((sum, { questions }) => sum + questions.length, 0);
    const hours = Math.round(pages.reduce((sum, { minutes }) => sum + minutes, 0) / 60);
    const legend = /** @type {[string, string][]} */ (
      [["right", words.right], ["wrong", words.wrong], ["open", words.open]]);
    this.root.replaceChildren(
      /** @type {HTMLElement} */ (this.root.querySelector("style")),
      el("p", { class: "lead", "data-fp": "course-done" },
        fill(words.all, { pages: pages.length, hours, right, asked })),
      el("div", { class: "sections" }, ...data.sections.map(({ title, pages }) =>
        el("section", {}, el("h2", {}, title),
          el("ol", {}, ...pages.map((page) => this.page(page, outcomes, reached)))))),
      el("p", { class: "legend" }, ...legend.map(([state, name]) =>
        el("span", {}, el("i", { "data-state": state }), name))));
    this.painted();
  }

  /** @param {CoursePage} page @param {Memory["outcomes"]} outcomes @param {string[]} reached */
  page({ path, number, title, minutes, questions, goals }, outcomes, reached) {
    const { words } = this;
    const states = questions.map((name) =>
      (name in outcomes ? (outcomes[name].right ? "right" : "wrong") : "open"));
    const right = states.filter((state) => state === "right").length;
    const marks = el("span", { class: "marks", role: "img",
      "aria-label": fill(words.done, { right, asked: questions.length }) },
    ...states.map((state) => el("i", { "data-state": state })));
    return el("li", { "data-fp": `course-${path}` }, el("span", { class: "number" }, number),
      el("a", { href: path, target: "_self", onclick: (event) => within(event, path) }, title),
      el("span", { class: "minutes" }, fill(words.minutes, { minutes })), marks,
      el("span", { class: "goals", hidden: !goals.length }, fill(words.goals, {
        reached: goals.filter((name) => reached.includes(name)).length, goals: goals.length,
      })));
  }
}

// Within the session, where the sidebar has the page; otherwise the browser follows the link.
/** @param {Event} event @param {string} path */
function within(event, path) {
  const { ctrlKey, metaKey, shiftKey } = /** @type {MouseEvent} */ (event);
  const link = /** @type {HTMLElement | null} */ (
    document.querySelector(`[data-testid="stSidebar"] a[href$="/${path}"]`));
  if (!link || ctrlKey || metaKey || shiftKey) return;
  event.preventDefault();
  link.click();
}

export const { mount, unmount } = mounted(() => Course);
