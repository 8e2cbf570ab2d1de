// a − b + c, twice: with the three words left out of the answer, as everybody reports it, and with
// them in, as it really is. Clicking a cosine opens it.

import { button, el, fill, number, say } from "../kit/dom.js";
import { WordField } from "./parts.js";

/**
 * @typedef {{ a: string, b: string, c: string }} Sum
 * @typedef {"excluding" | "including"} Way
 */

const SIGNS = ["", "−", "+"];
/** @type {(keyof Sum)[]} */
const KEYS = ["a", "b", "c"];
/** @type {Way[]} */
const WAYS = ["excluding", "including"];
const ANSWERS = 4;
const EXAMPLES = 6;

export class Analogy {
  /** @type {Sum} */
  sum = { a: "", b: "", c: "" };
  /** @type {(VectorsAnalogyAnswer & { inputs: string[], run: string, fit: string }) | null} */
  answer = null;
  /** @type {WordList | null} */
  vocabulary = null;

  /**
   * @param {VectorsWords} words
   * @param {{ onChange: (sum: Sum) => void, onNumber: (word: string) => void, open?: boolean }}
   *   options onNumber: the cosine of a word with the sum is to be opened; open: words beside those
   *   of the vocabulary can be chosen
   */
  constructor(words, { onChange, onNumber, open = false }) {
    this.words = words;
    this.onChange = onChange;
    this.open = open;
    this.fields = KEYS.map((key) =>
      new WordField(key, key, (word) => onChange({ ...this.sum, [key]: word }), { open }));
    this.chips = el("div", { class: "chips", "data-fp": "analogies" });
    this.ways = WAYS.map((way) => {
      const rows = Array.from({ length: ANSWERS }, () => answerRow(onNumber));
      const list = el("ol", { class: "answers", "data-fp": `answers-${way}` },
        ...rows.map(({ element }) => element));
      return { way, rows, list };
    });
    this.known = el("p", { class: "note", "data-fp": "expected" });
    this.element = el("section", { "data-block": "analogy" },
      el("h2", {}, words.analogyTitle),
      el("div", { class: "sum" }, ...this.fields.flatMap((field, i) =>
        [el("span", { class: "sign" }, SIGNS[i]), field.element])),
      this.chips,
      el("div", { class: "ways" }, ...this.ways.map(({ way, list }) =>
        el("div", {}, el("p", { class: "note", title: words.waysHelp[way] }, words.ways[way]),
          list))),
      this.known);
  }

  // The words of the sum: those that were chosen, if all of them can be; else the first example.
  /** @param {WordScene} scene */
  read({ view, vocabulary }) {
    const chosen = KEYS.map((key) => view[key]);
    const known = chosen.every((word) => vocabulary.index.has(word) || (this.open && word));
    const { words, examples } = vocabulary;
    const [a, b, c] = known ? chosen : examples[0] ?? [0, 1, 2].map((i) => words[i] ?? words[0]);
    this.sum = { a, b, c };
  }

  /**
   * @param {WordScene} scene
   * @param {string} fit the kind of words that the map shows alone, or empty
   * @param {() => void} onAnswer
   */
  paint(scene, fit, onAnswer) {
    const { vocabulary, ask, run } = scene;
    this.read(scene);
    const { a, b, c } = this.sum;
    for (const [i, word] of [a, b, c].entries()) this.fields[i].paint(vocabulary.words, word);
    this.paintExamples(vocabulary, `${a} ${b} ${c}`);
    ask("analogy", { ...this.sum, fit: fit || null }, (answer, about) => {
      const inputs = [about.a, about.b, about.c];
      this.answer = { ...answer, inputs, run: about.run, fit: about.fit ?? "" };
      this.paintAnswers(run.id);
      onAnswer();
    });
    this.paintAnswers(run.id);
  }

  /** @param {WordList} vocabulary @param {string} here */
  paintExamples(vocabulary, here) {
    if (this.vocabulary !== vocabulary) {
      this.vocabulary = vocabulary;
      this.chips.replaceChildren(...vocabulary.examples.slice(0, EXAMPLES).map(([a, b, c]) =>
        button(`${a} − ${b} + ${c}`, () => this.onChange({ a, b, c }),
          { "data-analogy": `${a} ${b} ${c}` })));
    }
    for (const chip of this.chips.children) {
      chip.setAttribute("aria-pressed", String(chip.getAttribute("data-analogy") === here));
    }
  }

  /** @param {string} run */
  paintAnswers(run) {
    const { answer, words } = this;
    if (answer?.run !== run) return;
    for (const { way, rows, list } of this.ways) {
      for (const [i, { element, name, value }] of rows.entries()) {
        const [word, cosine] = answer[way][i] ?? ["", 0];
        element.hidden = !word;
        say(name, word);
        say(value, number(cosine));
        element.classList.toggle("won", i === 0);
        element.classList.toggle("input", answer.inputs.includes(word));
      }
      list.dataset.answer = answer[way][0]?.[0] ?? "";
    }
    const won = answer.excluding[0]?.[0];
    const expected = won === answer.answer ? words.expectedRight : words.expected;
    say(this.known, answer.answer ? fill(expected, { word: answer.answer }) : words.expectedNone);
    this.element.dataset.asked = answer.inputs.join(" ");
  }

  // The arrows of it in the map: b to a, and the same from c; null while they are not known.
  /** @param {"plane" | "space"} space @param {string} fit */
  drawn(space, fit) {
    const { answer, words } = this;
    if (!answer || answer.fit !== fit) return null;
    const [b, a, c, result] = answer[space];
    return {
      inputs: answer.inputs, answer: answer.excluding[0]?.[0],
      arrows: [{ from: b, to: a, role: "ink", name: "" },
        { from: c, to: result, role: "accent", name: words.result }],
    };
  }
}

/** @param {(word: string) => void} onNumber */
function answerRow(onNumber) {
  const name = el("b");
  const value = button("", () => onNumber(name.textContent), { class: "opens" });
  return { element: el("li", {}, name, el("span", { class: "value" }, value)), name, value };
}
