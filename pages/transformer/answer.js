// @ts-nocheck
// What the network answers: the sentence so far, the candidates of the step that is on show, and
// fed the truth beside going on alone.

import { button, el, fill, percent, say } from "../kit/dom.js";
import { show } from "../kit/opened.js";

const FLOOR = 8; // powers of ten that a bar has room for

export class Candidates {
  /** @type {any} */
  known;

  // onToken(token): goes on with another one at this place
  /** @param {Record<string, string>} words @param {{ onToken: (token: string) => void }} options */
  constructor(words, { onToken }) {
    this.words = words;
    this.onToken = onToken;
    this.title = el("h3", {});
    this.list = el("ol", { class: "bars", "data-fp": "candidates" });
    this.others = el("select", { "data-fp": "another",
      onchange: () => {
        if (this.others.value) onToken(this.others.value);
        this.others.value = "";
      } });
    this.element = el("section", { class: "candidates", "data-block": "candidates" },
      el("div", { class: "head" }, this.title, el("span", { class: "note" }, words.note)),
      this.list,
      el("label", { class: "note" }, `${words.another} `, this.others));
    this.rows = Array.from({ length: 8 }, () => {
      const row = { token: el("bdi", {}), bar: el("i", {}), p: el("span", { class: "number" }) };
      row.button = button(el("span", { class: "inner" }, row.token,
        el("span", { class: "track" }, row.bar), row.p), () => this.onToken(row.name));
      row.element = el("li", {}, row.button);
      return row;
    });
    this.list.append(...this.rows.map(({ element }) => element));
  }

  // step: of the answer, null before the first; words: that can be said.
  /** @param {number} step @param {number} at @param {string[]} vocabulary */
  paint(step, at, vocabulary) {
    say(this.title, step ? fill(this.words.title, { at }) : this.words.before);
    this.element.classList.toggle("silent", !step);
    for (const [i, row] of this.rows.entries()) {
      const found = step?.top[i];
      row.element.hidden = !found;
      if (!found) continue;
      row.name = found.token;
      // of the source's language, or a mark: it cannot be said
      row.button.disabled = !vocabulary.includes(found.token);
      say(row.token, found.token);
      say(row.p, found.p >= 0.0005 ? percent(found.p) : show(found.p));
      row.bar.style.transform =
        `scaleX(${Math.max(0, 1 + Math.log10(Math.max(found.p, 1e-12)) / FLOOR)})`;
      row.element.classList.toggle("won", found.token === step.token);
    }
    if (this.known !== vocabulary) {
      this.known = vocabulary;
      this.others.replaceChildren(el("option", { value: "" }, "–"),
        ...vocabulary.map((word) => el("option", { value: word }, word)));
    }
  }
}

export class Beside {
  /** @param {Record<string, string>} words */
  constructor(words) {
    this.words = words;
    this.table = el("table", { "data-fp": "beside" });
    this.note = el("p", { class: "note" });
    this.scores = el("p", { class: "scores" });
    this.element = el("section", { class: "beside-truth", "data-block": "teacher" },
      el("div", { class: "head" }, el("h3", {}, words.title),
        el("span", { class: "note" }, words.about)), el("div", { class: "scroll" }, this.table),
          this.note, this.scores);
  }

  /** @param {TransformerAnswer} answer @param {TransformerTaskScores} scores */
  paint(answer, scores) {
    const { words } = this;
    const { teacher, truth } = answer;
    this.table.hidden = !teacher;
    say(this.note, truth ? fill(words[truth.held_out ? "heldOut" : "seen"], { text: truth.text })
      : words.noTruth);
    say(this.scores, fill(words.scores,
      { of: scores.of, tokens: percent(scores.held_out.tokens),
        exact: percent(scores.held_out.exact) }));
    if (!teacher) return;
    /** @param {string} name @param {string[]} tokens @param {boolean} right */
    const row = (name, tokens, right) => el("tr", {}, el("th", { scope: "row" }, name),
      ...truth.tokens.map((token, i) => el("td", {
        class: !right || tokens[i] === token ? null : "wrong",
      }, el("bdi", {}, tokens[i] ?? "–"))),
      el("td", { class: "count" }, right
        ? `${truth.tokens.filter((token, i) => tokens[i] === token).length}/${truth.tokens.length}`
        : ""));
    this.table.replaceChildren(el("tbody", {}, row(words.truth, truth.tokens, false),
      row(words.fed, teacher.says, true), row(words.alone, teacher.greedy.says, true)));
  }
}
