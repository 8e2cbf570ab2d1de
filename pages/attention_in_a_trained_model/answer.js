// What the network answers, before and after what was cut; and beside what the map says, what
// cutting says.

import { button, el, fill, percent, say } from "../kit/dom.js";

/** @typedef {import("./view.js").Answered} Answered */
/** @typedef {{ from: number, to: number }} Edge */

const MOST = 6; // nouns that a cut is tried at, those that lose most
const HANGS = 0.1; // an answer hangs on a cut that takes at least so much of its probability

export class Answer {
  asked = el("bdi", {});
  top = el("b", { class: "top" });
  share = el("span", { class: "share" });
  line = el("p", { class: "is", "data-fp": "answer", "aria-live": "polite" }, this.asked,
    el("span", { class: "note" }, " = "), this.top, this.share);
  rows = el("ol", { class: "bars" });
  note = el("p", { class: "note" });
  mapSays = el("p", { "data-fp": "map-says" });
  cutSays = el("ul", { class: "without", "data-fp": "ablation-says" });
  verdict = el("p", { class: "verdict", "data-fp": "verdict" });

  /** @param {TrainedWordsAnswer} words @param {{ onCut: (edge: Edge) => unknown }} options */
  constructor(words, { onCut }) {
    this.words = words;
    this.onCut = onCut;
    this.element = el("section", { class: "answers" },
      el("div", { class: "is-what", "data-block": "answer" }, this.line, this.rows, this.note),
      el("div", { class: "says", "data-block": "says" },
        el("h3", {}, words.mapTitle), this.mapSays, el("h3", {}, words.cutTitle),
        el("div", {}, this.cutSays, this.verdict)));
  }

  /** @param {Answered} answered @param {{ isCut: (edge: Edge) => boolean }} options */
  paint({ words: tokens, at, answer, says, maps }, { isCut }) {
    const { words } = this;
    const cut = Boolean(maps.after);
    this.element.classList.toggle("none", !answer);
    this.element.classList.toggle("cut", cut);
    say(this.note, answer ? (cut ? words.beforeAfter : words.before) : words.nothingAsked);
    if (!answer || at === null) return;
    const [was, now] = [surest(answer.words, false), surest(answer.words, cut)];
    say(this.asked, tokens[at].text);
    say(this.top, now.word);
    say(this.share, percent(chance(now, cut)));
    this.line.dataset.top = now.word;
    this.line.classList.toggle("changed", now.word !== was.word);
    this.rows.replaceChildren(...answer.words.slice(0, MOST)
      .map((row) => this.bar(row, cut, row.word === now.word)));
    this.element.classList.toggle("silent", !says);
    if (says) this.say(tokens.map(({ text }) => text), at, says, isCut);
  }

  /** @param {TrainedAnswerAnswerWord} row @param {boolean} cut @param {boolean} won */
  bar({ word, before, after }, cut, won) {
    const track = el("span", { class: "track" },
      el("i", { class: "was", style: `transform:scaleX(${before})` }));
    if (cut) track.append(el("i", { class: "now", style: `transform:scaleX(${after})` }));
    return el("li",
      { class: won ? "won" : null, "data-word": word, "data-before": before, "data-after": after },
      el("bdi", {}, word), track, el("span", { class: "number" }, percent(before)),
      el("span", { class: "number" }, after === null ? "" : percent(after)));
  }

  /**
   * @param {string[]} names of the words of the sentence
   * @param {number} at
   * @param {TrainedAnswerSays} says
   * @param {(edge: Edge) => boolean} isCut
   */
  say(names, at, says, isCut) {
    const { words } = this;
    const { map, answer } = says;
    const head = fill(words.head, { layer: map.layer + 1, head: map.head + 1 });
    say(this.mapSays, fill(words.mapSays,
      { head, to: names[map.to], weight: percent(map.weight), asked: names[at] }));
    const ranked = says.cuts.toSorted((a, b) => lost(b) - lost(a));
    const shown = ranked.slice(0, MOST).sort((a, b) => a.to - b.to);
    this.cutSays.replaceChildren(...shown.map((cut) => this.without(names, at, cut, says, isCut)));
    const [most] = ranked;
    const kind = most.before < HANGS ? "unsure" : lost(most) < HANGS ? "neither"
      : most.to === map.to ? "agree" : "differ";
    this.verdict.dataset.kind = kind;
    say(this.verdict, fill(words.verdicts[kind], { to: names[most.to], looked: names[map.to],
      lost: percent(lost(most)), answer, before: percent(most.before) }));
  }

  /**
   * What one cut takes from the answer.
   * @param {string[]} names
   * @param {number} at
   * @param {TrainedAnswerSaysCut} cut
   * @param {TrainedAnswerSays} says
   * @param {(edge: Edge) => boolean} isCut
   */
  without(names, at, { to, before, after }, { answer }, isCut) {
    const { words } = this;
    const edge = { from: at, to };
    const named = { from: names[at], to: names[to] };
    const title = fill(words.cutEdge, named);
    return el("li", {}, button("✂", () => this.onCut(edge), { class: "scissors",
      "aria-pressed": String(isCut(edge)), "data-fp": `cut-${to}`, "aria-label": title, title }),
    el("span", {}, fill(words.without,
      { ...named, answer, before: percent(before), after: percent(after) })));
  }
}

/** @param {TrainedAnswerAnswerWord} row @param {boolean} cut */
const chance = ({ before, after }, cut) => (cut ? after ?? 0 : before);

/** @param {TrainedAnswerAnswerWord[]} rows @param {boolean} cut */
const surest = (rows, cut) => rows.reduce((a, b) => (chance(b, cut) > chance(a, cut) ? b : a));

/** @param {TrainedAnswerSaysCut} cut */
const lost = ({ before, after }) => before - after;
