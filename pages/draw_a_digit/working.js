// The arithmetic behind the selected number: patch x kernel = products, added up channel by channel, plus the bias.

import { button, el, fill, number, say, signed } from "../kit/dom.js";

export class Working {
  constructor(words, { onPlace, onSwitch }) {
    Object.assign(this, { words, onPlace, channel: null });
    this.body = el("div", { class: "sum" });
    this.result = el("div", { class: "result" });
    this.total = el("output", { class: "total", "data-fp": "total" });
    this.lines = el("div", { class: "lines" });
    this.switch = button("", onSwitch, { class: "quiet", "data-fp": "switch-off" });
    this.result.append(this.lines, this.total, this.switch);
    this.element = el("div", { class: "arithmetic" }, this.body, this.result);
  }

  paint(working, palette, isOff) {
    const moved = this.kind !== working.kind || this.layer !== working.layer;
    if (moved || this.map !== working.map) this.channel = null;
    Object.assign(this, { kind: working.kind, layer: working.layer, map: working.map, working, palette });
    if (moved) this.build();
    this.view.update(working);
    const name = fill(this.words.valueOf[working.layer] ?? "{layer}", { layer: this.words.layers[working.layer], map: working.map });
    say(this.total, `${name} = ${number(working.value)}`);
    this.total.dataset.value = working.value;
    const filter = { conv: 1, relu: 1, pool: 1 }[working.kind];
    this.switch.hidden = !filter;
    say(this.switch, fill(isOff ? this.words.switchOn : this.words.switchOff, { map: working.map }));
    this.switch.setAttribute("aria-pressed", String(isOff));
  }

  build() {
    this.view = { conv: () => this.conv(), linear: () => this.linear(), pool: () => this.pool(), relu: () => this.relu(),
      softmax: () => this.softmax(), input: () => this.input() }[this.kind]();
    this.body.replaceChildren(...this.view.elements);
  }

  // Lines of text on the right that change in place.
  say(...texts) {
    while (this.lines.children.length < texts.length) this.lines.append(el("p"));
    [...this.lines.children].forEach((line, i) => say(line, texts[i] ?? ""));
  }

  conv() {
    const { words } = this;
    const channels = this.working.sums.length;
    const [patch, kernel, products] = [words.patch, words.kernel, words.products].map((title) => new Matrix(3, 3, title));
    const bars = Array.from({ length: channels }, (_, channel) =>
      button("", () => { this.channel = channel; this.view.update(this.working); }, { class: "channel" }));
    bars.forEach((bar, channel) => { // what a bar stands for is said when it is asked for, not sixty times a second
      bar.onpointerenter = bar.onfocus = () => {
        bar.title = bar.ariaLabel = fill(words.channelSum, { channel, sum: signed(this.working.sums[channel]) });
      };
    });
    const heading = el("p", { class: "note" });
    const picker = channels > 1 ? el("div", { class: "channels" }, el("div", { class: "bars" }, ...bars), heading) : null;
    const update = (working) => {
      const { sums, bias } = working;
      const channel = this.channel ?? sums.reduce((best, sum, i) => (Math.abs(sum) > Math.abs(sums[best]) ? i : best), 0);
      const largest = Math.max(...sums.map(Math.abs)) || 1;
      bars.forEach((bar, i) => {
        bar.style.setProperty("--share", sums[i] / largest);
        bar.classList.toggle("chosen", i === channel);
      });
      const flat = (matrix) => matrix.flat();
      const [a, b] = [flat(working.patch[channel]), flat(working.kernel[channel])];
      patch.update(a, this.palette);
      kernel.update(b, this.palette);
      products.update(a.map((value, i) => value * b[i]), this.palette);
      say(heading, fill(words.channelOf, { channel, count: channels }));
      const all = sums.reduce((x, y) => x + y, 0);
      this.say(
        channels > 1 ? fill(words.channelSum, { channel, sum: signed(sums[channel]) }) : null,
        fill(channels > 1 ? words.allChannels : words.sumOfProducts, { sum: signed(all), count: channels }),
        fill(words.bias, { bias: signed(bias) }));
    };
    const row = el("div", { class: "products" }, patch.element, el("span", { class: "op" }, "×"), kernel.element,
      el("span", { class: "op" }, "="), products.element);
    return { elements: [row, ...(picker ? [picker] : [])], update };
  }

  pool() {
    const window = new Matrix(2, 2, this.words.window);
    return {
      elements: [el("div", { class: "products" }, window.element)],
      update: (working) => {
        window.update(working.patch[0].flat(), this.palette, working.winner[0] * 2 + working.winner[1]);
        this.say(this.words.winner);
      },
    };
  }

  relu() {
    return {
      elements: [],
      update: ({ before, silent }) => this.say(
        `max(0, ${number(before)})`, silent ? this.words.silent : before > 0 ? this.words.passes : this.words.blocked),
    };
  }

  input() {
    return { elements: [], update: ({ before }) => this.say(fill(this.words.ink, { ink: number(before) }), `(${number(before)} − 0.5) / 0.5`) };
  }

  softmax() {
    const items = Array.from({ length: 10 }, (_, digit) => el("li", {}, el("b", {}, String(digit)), el("i"), el("span")));
    return {
      elements: [el("ol", { class: "terms" }, ...items)],
      update: ({ terms, map, temperature, before }) => {
        items.forEach((item, digit) => {
          item.classList.toggle("chosen", digit === map);
          item.children[1].style.transform = `scaleX(${terms[digit]})`;
          say(item.children[2], number(terms[digit]));
        });
        this.say(
          fill(this.words.temperature, { temperature: number(temperature, 2), logit: number(before) }),
          fill(this.words.shareOf, { term: number(terms[map]), sum: number(terms.reduce((a, b) => a + b, 0)) }));
      },
    };
  }

  linear() {
    const rows = this.working.parts.map(() => {
      const source = button("", () => this.onPlace(source.place), { class: "quiet" });
      const texts = Array.from({ length: 3 }, () => el("td"));
      return { source, texts, element: el("tr", {}, el("td", {}, source), ...texts) };
    });
    const head = el("tr", {}, ...this.words.partsHead.map((title) => el("th", {}, title)));
    return {
      elements: [el("table", { class: "parts" }, head, ...rows.map((row) => row.element))],
      update: ({ parts, rest, bias, layer }) => {
        rows.forEach(({ source, texts }, i) => {
          const [map, row, column, input, weight, product] = parts[i];
          source.place = { layer: this.working.source, map, row, column };
          const name = this.words.layers[this.working.source];
          say(source, layer === "fc1" ? `${name} ${map} (${row}, ${column})` : `${name} ${map}`);
          [number(input), signed(weight), signed(product)].forEach((text, k) => say(texts[k], text));
        });
        this.say(
          fill(this.words.largest, { count: parts.length, sum: signed(parts.reduce((sum, part) => sum + part[5], 0)) }),
          fill(this.words.rest, { rest: signed(rest) }), fill(this.words.bias, { bias: signed(bias) }));
      },
    };
  }
}

// A small matrix of numbers, each cell tinted by its share of the largest.
class Matrix {
  constructor(rows, columns, title) {
    this.cells = Array.from({ length: rows * columns }, () => el("td"));
    const lines = Array.from({ length: rows }, (_, r) => el("tr", {}, ...this.cells.slice(r * columns, (r + 1) * columns)));
    this.element = el("figure", { class: "matrix" }, el("table", {}, el("tbody", {}, ...lines)), el("figcaption", {}, title));
  }

  update(values, palette, winner = -1) {
    const largest = Math.max(...values.map(Math.abs)) || 1;
    this.cells.forEach((cell, i) => {
      say(cell, number(values[i], 2));
      cell.dataset.value = values[i];
      Object.assign(cell.style, palette.cell(values[i] / largest));
      cell.classList.toggle("chosen", i === winner);
    });
  }
}
