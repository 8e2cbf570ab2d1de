// @ts-nocheck
// What the network answers, before and after what was cut; and beside what the map says, what
// cutting says.

import { button, el, entry, fill, percent, say } from "../kit/dom.js";

const MOST = 6; // nouns that a cut is tried at, those that lose most
const HANGS = 0.1; // a cut that takes less of the probability is not said to decide

export class Answer {
  /** @param {TrainedWordsAnswer} words @param {{ onCut: (cut: any) => void }} options */
  constructor(words, { onCut }) {
    this.words = words;
    this.onCut = onCut;
    this.asked = el("bdi", {});
    this.top = el("b", { class: "top" });
    this.share = el("span", { class: "share" });
    this.line = el("p", { class: "is", "data-fp": "answer", "aria-live": "polite" }, this.asked,
      el("span", { class: "note" }, " = "), this.top, this.share);
    this.rows = el("ol", { class: "bars" });
    this.note = el("p", { class: "note" });
    this.mapSays = el("p", { "data-fp": "map-says" });
    this.cutSays = el("ul", { class: "without", "data-fp": "ablation-says" });
    this.verdict = el("p", { class: "verdict", "data-fp": "verdict" });
    this.element = el("section", { class: "answers" },
      el("div", { class: "is-what", "data-block": "answer" }, this.line, this.rows, this.note),
      el("div", { class: "says", "data-block": "says" },
        el("h3", {}, words.mapTitle), this.mapSays, el("h3", {}, words.cutTitle),
        el("div", {}, this.cutSays, this.verdict)));
  }

  /** @param {TrainedAnswer} what @param {{ isCut: any }} options */
  paint({ words: tokens, at, answer, says, maps }, { isCut }) {
    const { words } = this;
    const cut = Boolean(maps.after);
    this.element.classList.toggle("none", !answer);
    this.element.classList.toggle("cut", cut);
    say(this.note, answer ? (cut ? words.beforeAfter : words.before) : words.nothingAsked);
    if (!answer) return;
    /** @param {string} when */
    const best = (when) => answer.words.reduce((a, b) => (entry(b, when) > entry(a, when) ? b : a));
    const [was, now] = [best("before"), best(cut ? "after" : "before")];
    say(this.asked, tokens[at].text);
    say(this.top, now.word);
    say(this.share, percent(now[cut ? "after" : "before"]));
    this.line.dataset.top = now.word;
    this.line.classList.toggle("changed", now.word !== was.word);
    this.rows.replaceChildren(...answer.words.slice(0, 6)
      .map((row) => this.bar(row, cut, row.word === now.word)));
    this.say(tokens, at, says, isCut);
  }

  /**
   * @param {{ word?: string, before?: any, after?: any }} what
   * @param {boolean} cut
   * @param {boolean} won
   */
  bar({ word, before, after }, cut, won) {
    const track = el("span", { class: "track" },
      el("i", { class: "was", style: `transform:scaleX(${before})` }));
    if (cut) track.append(el("i", { class: "now", style: `transform:scaleX(${after})` }));
    return el("li",
      { class: won ? "won" : null, "data-word": word, "data-before": before, "data-after": after },
      el("bdi", {}, word), track, el("span", { class: "number" }, percent(before)),
      el("span", { class: "number" }, cut ? percent(after) : ""));
  }

  /** @param {any} tokens @param {any} at @param {any} says @param {(a: any) => any} isCut */
  say(tokens, at, says, isCut) {
    const { words } = this;
    this.element.classList.toggle("silent", !says);
    if (!says) return;
    /** @param {number} place */
    const name = (place) => tokens[place].text;
    const head = fill(words.head, { layer: says.map.layer + 1, head: says.map.head + 1 });
    say(this.mapSays, fill(words.mapSays,
      { head, to: name(says.map.to), weight: percent(says.map.weight), asked: name(at) }));
    /** @param {{ before?: any, after?: any }} options */
    const lost = ({ before, after }) => before - after;
    const shown =
      says.cuts.toSorted((/** @type {any} */ a, /** @type {any} */ b) => lost(b) - lost(a))
        .slice(0, MOST).sort((/** @type {any} */ a, /** @type {any} */ b) => a.to - b.to);
    this.cutSays.replaceChildren(...shown.map((/** @type {any} */ { to, before, after }) => {
      const pressed = isCut({ from: at, to });
      return el("li", {}, button("✂", () => this.onCut({ from: at, to }),
        { class: "scissors", "aria-pressed": String(pressed), "data-fp": `cut-${to}`,
          "aria-label": fill(words.cutEdge, { from: name(at), to: name(to) }),
          title: fill(words.cutEdge, { from: name(at), to: name(to) }) }),
        el("span", {}, fill(words.without,
          { from: name(at), to: name(to), answer: says.answer, before: percent(before),
            after: percent(after) })));
    }));
    const most =
      says.cuts.reduce((/** @type {any} */ a, /** @type {any} */ b) => (lost(b) > lost(a) ? b : a));
    const kind = most.before < HANGS ? "unsure" : lost(most) < HANGS ? "neither"
      : most.to === says.map.to ? "agree" : "differ";
    this.verdict.dataset.kind = kind;
    say(this.verdict, fill(words.verdicts[kind],
      { to: name(most.to), looked: name(says.map.to), lost: percent(lost(most)),
        answer: says.answer, before: percent(most.before) }));
  }
}
