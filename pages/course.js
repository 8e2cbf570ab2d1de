// What of the course has been answered: in a line of its own, and on the card of each page.

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
    const { pages } = data;
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
      el("p", { class: "legend" }, ...legend.map(([state, name]) =>
        el("span", {}, el("i", { "data-state": state }), name))));
    for (const page of pages) this.mark(page, outcomes, reached);
    this.painted();
  }

  // On the card of a page, which is Streamlit's: a mark for each question, and the goals.
  /** @param {CoursePage} page @param {Memory["outcomes"]} outcomes @param {string[]} reached */
  mark({ path, questions, goals }, outcomes, reached) {
    const { words } = this;
    const states = questions.map((name) =>
      (name in outcomes ? (outcomes[name].right ? "right" : "wrong") : "open"));
    const right = states.filter((state) => state === "right").length;
    const got = goals.filter((name) => reached.includes(name)).length;
    const said = [fill(words.done, { right, asked: questions.length }),
      fill(words.goals, { reached: got, goals: goals.length })].join(" ");
    const place = document.querySelector(`.st-key-fp-card-${path} .fp-done`);
    place?.replaceChildren(el("span", { role: "img", "aria-label": said, title: said,
      "data-fp": `course-${path}` }, ...states.map((state) => el("i", { "data-state": state }))),
    got ? ` ${got}/${goals.length}` : "");
  }
}

export const { mount, unmount } = mounted(() => Course);
