// The sentence: a field that is read at Enter, examples to begin with, the words that the networks
// know, and what is in the way.

import { action, button, el, fill, say } from "../kit/dom.js";
import { onEnter } from "../kit/keys.js";

export class Sentence {
  sent = "";
  /** @type {string | null} */
  problem = null;
  away = false;

  /**
   * @param {TrainedWordsSentence} words
   * @param {TrainedData} options
   * @param {{ onSentence: (text: string) => void }} options
   */
  constructor(words, { examples, vocabulary }, { onSentence }) {
    this.words = words;
    this.onSentence = onSentence;
    this.field = onEnter(el("input", { type: "text", "data-fp": "sentence",
      "aria-label": words.label, dir: "auto", spellcheck: "false", autocomplete: "off",
      maxlength: 4000, onchange: () => this.enter() }), () => this.enter(true));
    this.go = action(words.go, () => this.enter(true), { "data-fp": "go" });
    this.message = el("p", { class: "trouble", role: "status", "data-fp": "message" });
    this.unlike = el("p", { class: "note unlike", role: "status", "data-fp": "unlike" });
    this.chips = examples.map(({ sentence, label, masked }) => ({ masked,
      chip: el("option", { value: sentence }, label) }));
    this.examples = el("select", { class: "examples", "aria-label": words.examples,
      "data-fp": "examples", "data-fold": true, onchange: () => {
        if (this.examples.value) onSentence(this.examples.value);
      } }, el("option", { value: "" }, words.examples), ...this.chips.map(({ chip }) => chip));
    this.fold = button(words.vocabulary, () => this.unfold(),
      { class: "quiet", "aria-expanded": "false", "data-fp": "vocabulary" });
    this.known = el("div", { class: "known", hidden: true }, ...Object.entries(vocabulary)
      .map(([part, list]) => el("p", {}, el("b", {}, `${words.parts[part]} `),
        ...list.flatMap((/** @type {string} */ word) =>
          [button(word, () => this.insert(word)), " "]))));
    this.element = el("section", { class: "sentence", "data-block": "sentence" },
      el("div", { class: "line" }, this.field, this.go, this.examples, this.fold), this.message,
      this.unlike, this.known);
  }

  /** @param {string} text */
  show(text) {
    if (this.field.value !== text) this.field.value = text;
    this.sent = text;
  }

  // A change that Enter has already sent is not sent again when the field is left.
  enter(again = false) {
    if (!again && this.field.value === this.sent) return;
    this.sent = this.field.value;
    this.onSentence(this.field.value);
  }

  unfold() {
    this.known.hidden = !this.known.hidden;
    this.fold.setAttribute("aria-expanded", String(!this.known.hidden));
  }

  // A word goes where the caret is, in place of the word that is there or selected.
  /** @param {string} word */
  insert(word) {
    const { field } = this;
    let [start, end] =
      [field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length];
    while (start > 0 && field.value[start - 1] !== " ") start--;
    while (end < field.value.length && field.value[end] !== " ") end++;
    field.setRangeText(word, start, end, "select");
    field.focus();
    this.sent = field.value;
    this.onSentence(field.value);
  }

  // unlike: how the sentence differs from all that the network was trained on.
  /** @param {TrainedView} options @param {string | null} unlike */
  paint({ sentence, model }, unlike) {
    const { nouns, arrangement } = this.words.unlike;
    say(this.unlike, unlike === null ? "" : unlike === "nouns" ? nouns : arrangement);
    for (const { masked, chip } of this.chips) {
      chip.hidden = chip.disabled = masked && model !== "mlm";
    }
    const known = this.chips.some(({ chip }) => chip.value === sentence);
    this.examples.value = known ? sentence : "";
  }

  // problem: the route's own sentence, or JSON with unknown words and what is near them.
  /** @param {string | null} problem */
  trouble(problem) {
    this.problem = problem;
    if (!problem?.startsWith("{")) return say(this.message, problem ?? "");
    const { words } = this;
    /** @type {{ strangers: { word: string, near: string[] }[] }} */
    const { strangers } = JSON.parse(problem);
    say(this.message, " ");
    /** @param {{ word: string, near: string[] }} stranger */
    const suggested = ({ word, near }) => (near.length ? [` ${words.near} `,
      ...near.flatMap((other) =>
        [button(other, () => this.replace(word, other), { class: "quiet" }), " "])] : []);
    const each = strangers.slice(0, 4).flatMap((stranger) =>
      [el("bdi", { class: "stranger" }, stranger.word), ...suggested(stranger), "; "]);
    this.message.replaceChildren(fill(words.unknown, { count: strangers.length }), " ",
      ...each.slice(0, -1));
  }

  /** @param {string} word @param {string} other */
  replace(word, other) {
    /** @param {string} piece */
    const strip =
      (piece) => piece.normalize("NFC").toLowerCase().replace(/^[\p{P}]+|[\p{P}]+$/gu, "");
    const text = this.field.value.split(/(\s+)/)
      .map((piece) => (strip(piece) === word ? other : piece)).join("");
    this.show(text);
    this.onSentence(text);
  }

  /** @param {boolean} away */
  unreachable(away) {
    if (away) say(this.message, this.words.unreachable);
    else if (this.away) this.trouble(this.problem);
    this.away = away;
  }
}
