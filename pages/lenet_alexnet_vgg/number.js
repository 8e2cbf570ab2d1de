// One number of one of the five networks, opened: how it comes about, and the way to what it is
// made of.

import { button, el, fill, number, say } from "../kit/dom.js";
import { Live } from "../kit/live.js";
import { Arithmetic, onward } from "../kit/opened.js";

export class Opened {
  // onOpen(text): another number, "" for none; drawing(): the strokes it is about.
  constructor(words, base, { onOpen, drawing }) {
    this.words = words;
    this.onOpen = onOpen;
    this.drawing = drawing;
    this.text = "";
    this.live = new Live({
      url: `${base}/architectures/number`,
      onAnswer: (answer) => this.take(answer),
      onTrouble: (trouble) => say(this.message, trouble?.said ?? ""),
    });
    this.arithmetic = new Arithmetic(words.opened, {
      onSource: (array, at) => this.open(array, at),
      nameOf: (array, at) => (array === "logits" ? String(at[0]) : `${array} ${at.join(", ")}`),
    });
    this.title = el("h3", {});
    this.total = el("output", { class: "total", "data-fp": "number" });
    const go = () => this.open(this.to.array, this.to.at);
    this.next = button("", go, { class: "quiet", "data-fp": "onward" });
    this.message = el("p", { class: "note", role: "status" });
    const close = () => onOpen("");
    const about = { class: "opened-number", "data-block": "number", hidden: true };
    this.element = el("section", about,
      el("div", {}, this.title, this.total, this.arithmetic.lines, this.next,
        button(words.close, close, { class: "quiet", "data-fp": "close-number" }), this.message),
      this.arithmetic.body);
  }

  close() {
    this.live.close();
  }

  open(array, at) {
    this.onOpen([this.net, array, ...at].join("."));
  }

  // text: as in a link; "" closes it.
  ask(text) {
    this.text = text;
    this.element.hidden = !text;
    if (!text) return;
    [this.net] = text.split(".");
    this.next.disabled = this.answer?.number !== text; // it leads on from what is on show
    this.live.ask({ body: () => ({ drawing: this.drawing(), number: this.text }) });
  }

  take(answer) {
    if (answer.number !== this.text) return; // another one has been opened since
    this.answer = answer;
    this.paint(this.palette);
  }

  paint(palette) {
    this.palette = palette;
    if (!this.answer || !palette) return;
    const { words, answer: { opened } } = this;
    const { array, index, value } = opened;
    const place = index.join(", ");
    say(this.title, fill(words.number, { net: words.nets[this.net], layer: array, place }));
    say(this.total, `= ${number(value)}`);
    this.total.dataset.value = value;
    this.element.dataset.number = this.answer.number;
    this.arithmetic.paint(opened, palette);
    this.to = onward(opened);
    this.next.disabled = false;
    this.next.hidden = !this.to || this.to.array === "ink";
    if (!this.to) return;
    const { array: layer, at } = this.to;
    say(this.next, fill(words.onward, { layer, place: at.join(", ") }));
  }
}
