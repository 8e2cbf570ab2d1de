// What the network answers, before and after what was cut; and beside what the map says, what
// cutting says.

import { button, el, fill, filled, percent, say } from "../kit/dom.js";
import { opens } from "../kit/trace_number.js";

/** @typedef {import("./view.js").Answered} Answered */
/** @typedef {{ from: number, to: number }} Edge */
/** @typedef {import("../kit/trace_number.js").OnNumber} OnNumber */

const MOST = 6; // nouns that a cut is tried at, those that lose most
const HANGS = 0.1; // an answer hangs on a cut that takes at least so much of its probability

export class Answer {
  query = el("bdi", {});
  top = el("b", { class: "top" });
  share = el("span", { class: "share" });
  prefix = ""; // of the arrays of the network without cuts
  line = el("p", { class: "is", "data-fp": "answer", "aria-live": "polite" }, this.query,
    el("span", { class: "note" }, " = "), this.top, this.share);
  rows = el("ol", { class: "bars" });
  note = el("p", { class: "note" });
  mapSays = el("p", { "data-fp": "map-says" });
  cutSays = el("ul", { class: "without", "data-fp": "ablation-says" });
  scopes = el("ul", { class: "without", "data-fp": "scopes" });
  verdict = el("p", { class: "verdict", "data-fp": "verdict" });

  scopesTitle = el("p", { class: "note" });

  /**
   * @param {TrainedWordsAnswer} words
   * @param {{ onCut: (edge: Edge) => unknown, onNumber: OnNumber }} options
   */
  constructor(words, { onCut, onNumber }) {
    this.words = words;
    this.onCut = onCut;
    this.onNumber = onNumber;
    this.element = el("section", { class: "answers" },
      el("div", { class: "is-what", "data-block": "answer" }, this.line, this.rows, this.note),
      el("div", { class: "says", "data-block": "says" },
        el("h2", {}, words.mapTitle), this.mapSays, el("h2", {}, words.cutTitle),
        el("div", {}, this.cutSays, this.scopesTitle, this.scopes, this.verdict)));
  }

  /** @param {Answered} answered @param {{ isCut: (edge: Edge) => boolean }} options */
  paint({ words: tokens, at, answer, says, maps }, { isCut }) {
    const { words } = this;
    const cut = Boolean(maps.after);
    this.element.classList.toggle("none", !answer);
    this.element.classList.toggle("cut", cut);
    say(this.note, answer ? (cut ? words.beforeAfter : words.before) : words.nothingAsked);
    if (!answer || at === null) return;
    this.prefix = cut ? "uncut_" : "";
    const [was, now] = [surest(answer.words, false), surest(answer.words, cut)];
    say(this.query, tokens[at].text);
    say(this.top, now.word);
    this.share.replaceChildren(this.chance(chance(now, cut), "", at, now.id));
    this.line.dataset.top = now.word;
    this.line.classList.toggle("changed", now.word !== was.word);
    this.rows.replaceChildren(...answer.words.slice(0, MOST)
      .map((row) => this.bar(row, at, cut, row.word === now.word)));
    this.element.classList.toggle("silent", !says);
    if (says) this.say(tokens.map(({ text }) => text), at, says, isCut);
  }

  // A probability of a forward pass, to be opened.
  /** @param {number} share @param {string} pass @param {number} at @param {number} word */
  chance(share, pass, at, word) {
    return opens(percent(share), { array: `${pass}probabilities`, index: [at, word] },
      this.onNumber, "number");
  }

  /**
   * @param {TrainedAnswerAnswerWord} row
   * @param {number} at
   * @param {boolean} cut
   * @param {boolean} won
   */
  bar({ word, id, before, after }, at, cut, won) {
    const track = el("span", { class: "track" },
      el("i", { class: "was", style: `transform:scaleX(${before})` }));
    if (cut) track.append(el("i", { class: "now", style: `transform:scaleX(${after})` }));
    return el("li",
      { class: won ? "won" : null, "data-word": word, "data-before": before, "data-after": after },
      el("bdi", {}, word), track, this.chance(before, this.prefix, at, id),
      after === null ? el("span", { class: "number" }) : this.chance(after, "", at, id));
  }

  /**
   * @param {string[]} names of the words of the sentence
   * @param {number} at
   * @param {TrainedAnswerSays} says
   * @param {(edge: Edge) => boolean} isCut
   */
  say(names, at, says, isCut) {
    const { words } = this;
    const { map, answer, id } = says;
    const head = fill(words.head, { layer: map.layer + 1, head: map.head + 1 });
    const weight = opens(percent(map.weight), { index: [map.head, at, map.to],
      array: `${this.prefix}layer_${map.layer}_attention_weights` }, this.onNumber);
    this.mapSays.replaceChildren(...filled(words.mapSays,
      { head, to: names[map.to], weight, asked: names[at] }));
    const ranked = says.cuts.toSorted((a, b) => lost(b) - lost(a));
    const shown = ranked.slice(0, MOST).sort((a, b) => a.to - b.to);
    this.cutSays.replaceChildren(...shown.map((cut) => this.without(names, at, cut, says, isCut)));
    const [most] = ranked;
    const whole = says.cuts.find(({ to }) => to === map.to) ?? most;
    say(this.scopesTitle, fill(words.scopes.title, { from: names[at], to: names[map.to] }));
    this.scopes.replaceChildren(
      this.scope("head", head, at, says, says.in_head, `in_${map.layer}_${map.head}_`),
      this.scope("layer", fill(words.layer, { layer: map.layer + 1 }), at, says, says.in_layer,
        `in_${map.layer}_`),
      this.scope("everywhere", words.scopes.everywhere, at, says, whole.after, ""));
    const kind = verdict(says, whole, most);
    this.verdict.dataset.kind = kind;
    this.verdict.replaceChildren(...filled(words.verdicts[kind], {
      to: names[kind === "differ" ? most.to : map.to], looked: names[map.to], answer, head,
      before: this.chance(most.before, this.prefix, at, id),
      alone: this.chance(says.in_head, `without_${map.to}_in_${map.layer}_${map.head}_`, at, id),
      after: this.chance(whole.after, `without_${map.to}_`, at, id),
      lost: opens(percent(lost(most)), { array: `without_${most.to}_lost`, index: [at, id] },
        this.onNumber),
    }));
  }

  /**
   * The answer after the connection that the head points at is cut in some of the heads.
   * @param {string} name of where it is cut, for scripts
   * @param {string} label
   * @param {number} at
   * @param {TrainedAnswerSays} says
   * @param {number} after
   * @param {string} where in the names of its arrays
   */
  scope(name, label, at, { answer, id, map, cuts: [{ before }] }, after, where) {
    return el("li", { "data-scope": name, "data-after": after },
      el("span", {}, ...filled(this.words.scopes.row, { where: label, answer,
        before: this.chance(before, this.prefix, at, id),
        after: this.chance(after, `without_${map.to}_${where}`, at, id) })));
  }

  /**
   * What one cut takes from the answer.
   * @param {string[]} names
   * @param {number} at
   * @param {TrainedAnswerSaysCut} cut
   * @param {TrainedAnswerSays} says
   * @param {(edge: Edge) => boolean} isCut
   */
  without(names, at, { to, before, after }, { answer, id }, isCut) {
    const { words } = this;
    const edge = { from: at, to };
    const named = { from: names[at], to: names[to] };
    const title = fill(words.cutEdge, named);
    return el("li", {}, button("✂", () => this.onCut(edge), { class: "scissors",
      "aria-pressed": String(isCut(edge)), "data-fp": `cut-${to}`, "aria-label": title, title }),
    el("span", {}, ...filled(words.without, { ...named, answer,
      before: this.chance(before, this.prefix, at, id),
      after: this.chance(after, `without_${to}_`, at, id) })));
  }
}

/** @param {TrainedAnswerAnswerWord} row @param {boolean} cut */
const chance = ({ before, after }, cut) => (cut ? after ?? 0 : before);

/** @param {TrainedAnswerAnswerWord[]} rows @param {boolean} cut */
const surest = (rows, cut) => rows.reduce((a, b) => (chance(b, cut) > chance(a, cut) ? b : a));

/** @param {TrainedAnswerSaysCut} cut */
const lost = ({ before, after }) => before - after;

/**
 * What the experiment says of the map. Like is compared with like: the head's own connection, cut
 * in that head alone and everywhere.
 * @param {TrainedAnswerSays} says
 * @param {TrainedAnswerSaysCut} whole the connection that the head points at, cut everywhere
 * @param {TrainedAnswerSaysCut} most the cut that takes most
 */
export function verdict(says, whole, most) {
  if (most.before < HANGS) return "unsure";
  const alone = whole.before - says.in_head;
  if (alone >= HANGS) return alone >= lost(whole) / 2 ? "head" : "partly";
  if (lost(whole) >= HANGS) return "points";
  return lost(most) >= HANGS ? "differ" : "neither";
}
