// @ts-nocheck
// a − b + c, twice: with the three words left out of the answer, as everybody reports it, and with
// them in, as it really is.

import { button, el, fill, number, say } from "../kit/dom.js";
import { WordField } from "./parts.js";

const SIGNS = ["", "−", "+"];
const KEYS = ["a", "b", "c"];

export class Analogy {
  // open: words beside those of the vocabulary may be asked for.
  // onNumber(word): its cosine with the sum is to be opened.
  constructor(words, { onChange, onNumber = null, open = false }) {
    this.words = words;
    this.onChange = onChange;
    this.onNumber = onNumber;
    this.open = open;
    this.asked = {};
    this.fields = KEYS.map((key) =>
      new WordField(key, key, (word) => onChange({ ...this.asked, [key]: word }), { open }));
    this.chips = el("div", { class: "chips", "data-fp": "analogies" });
    this.lists = Object.fromEntries(["excluding", "including"].map((way) =>
      [way, el("ol", { class: "answers", "data-fp": `answers-${way}` })]));
    this.known = el("p", { class: "note", "data-fp": "expected" });
    this.element = el("section", { "data-block": "analogy" },
      el("h3", {}, words.analogyTitle),
      el("div", { class: "sum" }, ...this.fields.flatMap((field, i) =>
        [el("span", { class: "sign" }, SIGNS[i]), field.element])),
      this.chips,
      el("div", { class: "ways" }, ...Object.entries(this.lists).map(([way, list]) =>
        el("div", {}, el("p", { class: "note", title: words.waysHelp[way] }, words.ways[way]),
          list))),
      this.known);
  }

  // The word that the sum begins with.
  get first() {
    return this.asked.a;
  }

  read({ view, vocabulary }) {
    const known = (word) => vocabulary.index.has(word) || (this.open && word);
    const first =
      vocabulary.examples[0] ?? [0, 1, 2].map((i) => vocabulary.words[i] ?? vocabulary.words[0]);
    const mine = KEYS.map((key) => view[key]);
    const [a, b, c] = mine.every(known) ? mine : first;
    this.asked = { a, b, c };
  }

  // fit: the kind of words that the map shows alone, or empty.
  paint(scene, fit, onDrawn) {
    const { vocabulary, ask, run } = scene;
    this.read(scene);
    const { a, b, c } = this.asked;
    for (const [i, word] of [a, b, c].entries()) this.fields[i].paint(vocabulary.words, word);
    this.examples(vocabulary, `${a} ${b} ${c}`);
    ask("analogy", { ...this.asked, fit: fit || null }, (found, about) => {
      this.found =
        { ...found, inputs: [about.a, about.b, about.c], run: about.run, fit: about.fit ?? "" };
      this.answers(run.id);
      onDrawn();
    });
    this.answers(run.id);
  }

  examples(vocabulary, here) {
    if (this.vocabulary !== vocabulary) {
      this.vocabulary = vocabulary;
      this.chips.replaceChildren(...vocabulary.examples.slice(0, 6).map(([a, b, c]) =>
        button(`${a} − ${b} + ${c}`, () => this.onChange({ a, b, c }),
          { "data-analogy": `${a} ${b} ${c}` })));
    }
    for (const chip of this.chips.children) {
      chip.setAttribute("aria-pressed", String(chip.dataset.analogy === here));
    }
  }

  answers(run) {
    const { found, words } = this;
    if (found?.run !== run) return;
    for (const [way, list] of Object.entries(this.lists)) {
      const rows = found[way].slice(0, 4);
      while (list.children.length < rows.length) list.append(this.answer());
      for (const [i, row] of [...list.children].entries()) {
        row.hidden = !rows[i];
        if (!rows[i]) continue;
        const [word, cosine] = rows[i];
        say(row.firstChild, word);
        say(row.lastChild.firstChild, number(cosine, 3));
        row.classList.toggle("won", i === 0);
        row.classList.toggle("input", found.inputs.includes(word));
      }
      list.dataset.answer = rows[0]?.[0] ?? "";
    }
    const won = found.excluding[0]?.[0];
    say(this.known, !found.answer ? words.expectedNone
      : fill(won === found.answer ? words.expectedRight : words.expected, { word: found.answer }));
    this.element.dataset.asked = found.inputs.join(" ");
  }

  answer() {
    const { onNumber } = this;
    const name = el("b");
    const value =
      onNumber ? button("", () => onNumber(name.textContent), { class: "opens" }) : el("span");
    return el("li", {}, name, el("span", { class: "value" }, value));
  }

  // The arrows of it in the map: b to a, and the same from c.
  drawn(space, fit) {
    const { found, words } = this;
    if (!found?.[space] || found.fit !== fit) return null;
    const [b, a, c, result] = found[space];
    return {
      inputs: found.inputs, answer: found.excluding[0]?.[0],
      arrows: [{ from: b, to: a, role: "ink", name: "" },
        { from: c, to: result, role: "accent", name: words.result }],
    };
  }
}
