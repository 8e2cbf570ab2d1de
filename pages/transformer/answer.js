// What the network answers: the candidates of the step that is on show, and fed the truth beside
// going on alone.

import { head } from "../kit/controls.js";
import { button, el, fill, filled, percent, say } from "../kit/dom.js";
import { show } from "../kit/opened.js";

const FLOOR = 8; // powers of ten that a bar has room for
const ROWS = 8;

export class Candidates {
  /** @type {string[] | null} */
  vocabulary = null;

  /**
   * @param {Record<string, string>} words
   * @param {{ onToken: (token: string) => void,
   *   onNumber: (id: number, cut: boolean) => void }} options onToken: goes on with another one
   *   here; onNumber: the probability of a token is to be opened, of one that is cut what it had
   */
  constructor(words, { onToken, onNumber }) {
    this.words = words;
    this.title = el("h2", {});
    this.rows = Array.from({ length: ROWS }, () => candidate(onToken, onNumber));
    this.others = el("select", { "data-fp": "another" });
    this.others.addEventListener("change", () => {
      if (this.others.value) onToken(this.others.value);
      this.others.value = "";
    });
    this.element = el("section", { class: "candidates", "data-block": "candidates" },
      el("div", { class: "head" }, this.title, el("span", { class: "note" }, words.note)),
      el("ol", { class: "bars", "data-fp": "candidates" },
        ...this.rows.map(({ element }) => element)),
      el("label", { class: "note" }, `${words.another} `, this.others));
  }

  /**
   * @param {TransformerAnswerStep | null} step null before the first
   * @param {number} at
   * @param {string[]} vocabulary words that can be said
   */
  paint(step, at, vocabulary) {
    say(this.title, step ? fill(this.words.title, { at }) : this.words.before);
    this.element.classList.toggle("silent", !step);
    for (const [i, row] of this.rows.entries()) {
      const candidate = step?.top[i];
      row.element.hidden = !candidate;
      if (!candidate) continue;
      // of the source's language, or a mark: it cannot be said
      row.choice.disabled = !vocabulary.includes(candidate.token);
      say(row.token, candidate.token);
      row.p.dataset.id = String(candidate.id);
      say(row.p, candidate.p >= 0.0005 ? percent(candidate.p) : show(candidate.p));
      row.bar.style.transform =
        `scaleX(${Math.max(0, 1 + Math.log10(Math.max(candidate.p, 1e-12)) / FLOOR)})`;
      row.element.classList.toggle("won", candidate.token === step.token);
      row.element.classList.toggle("cut", candidate.cut);
      row.element.title = candidate.cut ? this.words.isCut : "";
    }
    if (this.vocabulary === vocabulary) return;
    this.vocabulary = vocabulary;
    this.others.replaceChildren(el("option", { value: "" }, "–"),
      ...vocabulary.map((word) => el("option", { value: word }, word)));
  }
}

/**
 * @param {(token: string) => void} onToken @param {(id: number, cut: boolean) => void} onNumber
 */
function candidate(onToken, onNumber) {
  const [token, bar] = [el("bdi", {}), el("i", {})];
  const inner = el("span", { class: "inner" }, token, el("span", { class: "track" }, bar));
  const choice = button(inner, () => onToken(token.textContent));
  const p = button("",
    () => onNumber(Number(p.dataset.id), element.classList.contains("cut")),
    { class: "number opens" });
  const element = el("li", {}, choice, p);
  return { element, choice, token, bar, p };
}

export class Beside {
  /** @type {TransformerTaskScores | null} those that the note says */
  measured = null;

  /**
   * @param {Record<string, string>} words
   * @param {(part: string, content: string) => HTMLElement} opens what opens a score
   */
  constructor(words, opens) {
    this.words = words;
    this.opens = opens;
    this.table = el("table", { "data-fp": "beside" });
    this.note = el("p", { class: "note" });
    this.scores = el("p", { class: "scores" });
    this.element = el("section", { class: "beside-truth", "data-block": "teacher" },
      head(words.title, words.about),
      el("div", { class: "scroll", role: "group", tabindex: "0", "aria-label": words.title },
        this.table), this.note,
      this.scores);
  }

  /** @param {TransformerAnswer} answer @param {TransformerTaskScores} scores */
  paint({ teacher, truth }, scores) {
    const { words } = this;
    this.paintScores(scores);
    this.table.hidden = !teacher;
    say(this.note, truth ? fill(words[truth.held_out ? "heldOut" : "seen"], { text: truth.text })
      : words.noTruth);
    if (!teacher || !truth) return;
    this.table.replaceChildren(el("tbody", {},
      line(words.truth, truth.tokens.map((token) => cell(token)), ""),
      judged(words.fed, teacher.says, truth.tokens),
      judged(words.alone, teacher.greedy.says, truth.tokens)));
  }

  /** @param {TransformerTaskScores} scores */
  paintScores(scores) {
    if (this.measured === scores) return;
    this.measured = scores;
    const { of, held_out: held } = scores;
    this.scores.replaceChildren(...filled(this.words.scores, { of: String(of),
      tokens: this.opens("tokens", percent(held.tokens)),
      exact: this.opens("texts", percent(held.exact)) }));
  }
}

/** @param {string} name @param {string[]} tokens @param {string[]} truth */
function judged(name, tokens, truth) {
  const right = truth.filter((token, i) => tokens[i] === token).length;
  const cells = truth.map((token, i) => cell(tokens[i] ?? "–", tokens[i] === token));
  return line(name, cells, `${right}/${truth.length}`);
}

/** @param {string} name @param {HTMLElement[]} cells @param {string} count */
const line = (name, cells, count) => el("tr", {}, el("th", { scope: "row" }, name), ...cells,
  el("td", { class: "count" }, count));

/** @param {string} token @param {boolean} [right] */
const cell = (token, right = true) =>
  el("td", { class: right ? null : "wrong" }, el("bdi", {}, token));
