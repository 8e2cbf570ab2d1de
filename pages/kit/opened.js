// A number that was opened: what enters it, how that is added up, and what it comes to. It paints
// what core/opened/wire.py sends, of any rule; a page adds the name of the number and its outlines.

import { button, el, fill, grouped, number, say, signed } from "./dom.js";
import { Practice } from "./practice.js";
import { scientific } from "./scale.js";

/**
 * @typedef {{role: string, array: string, spans: number[][]}} Source
 * @typedef {{at: number[], left: number, right: number, product: number}} Term
 * @typedef {{top: number, bottom: number, left: number, right: number}} Box
 * @typedef {Record<string, any> & {array: string, index: number[], kind: string,
 *   value: number | null, total: number | null, computed: number | null, sources: Source[],
 *   inner: Wire | null}} Wire as core/opened/wire.py describes it
 * @typedef {Record<string, any>} Words of pages/kit/opened.py
 * @typedef {{elements: HTMLElement[], update: (opened: Wire) => void, cells?: HTMLElement[]}} View
 *   cells: of the products, in their order
 */

const FACTORS = 12; // of a long product that are written out, the first ones
const SHARES = 12; // numbers of a row that have a line of their own, the largest ones

// -- what can be said without a page --------------------------------------------------------------

/**
 * Three places; very small ones in powers of ten; null is minus infinity.
 * @param {number | null} value
 */
export function show(value) {
  if (value === null) return "−∞";
  if (Number.isInteger(value) && Math.abs(value) >= 1000) return grouped(value);
  const small = value !== 0 && Math.abs(value) < 0.0005;
  return small ? scientific(value) : number(value);
}

/** @param {number | null} value */
export const bracket = (value) => (value === null || value < 0 ? `(${show(value)})` : show(value));

/** @param {number} value */
const plus = (value) => (value < 0 ? `− ${show(-value)}` : `+ ${show(value)}`);

/** @param {number[]} values */
const sum = (values) => values.reduce((a, b) => a + b, 0);

/**
 * What a function of a number that stands nowhere on the page is really made of.
 * @param {Wire} opened
 */
export const deepest = (opened) => opened.inner ?? opened;

/**
 * Where the sources of a number lie in an array, for outlines: rows and columns are its last two
 * axes, places along the axes before them must be those in `before` (a head, a map).
 * @param {Wire} opened @param {string} array @param {number[]} before
 */
export function boxes(opened, array, before = []) {
  /** @type {Box[]} */
  const found = [];
  for (const source of deepest(opened).sources) {
    const spans = source.spans.length > 1 ? source.spans : [[0, 1], ...source.spans];
    const [[top, bottom], [left, right]] = spans.slice(-2);
    const there = spans.slice(0, -2).every(([low, high], i) =>
      before[i] == null || (low <= before[i] && before[i] < high));
    if (source.array === array && there && top < bottom && left < right) {
      found.push({ top, bottom, left, right });
    }
  }
  return found;
}

/**
 * The products of a sum as they are written in a line: the first three, and the last.
 * @param {number[]} left @param {number[]} right
 */
export function written(left, right) {
  return few(left.map((value, i) => `${show(value)} · ${bracket(right[i])}`), " + ");
}

/** The first three, and the last. @param {string[]} texts @param {string} sign */
function few(texts, sign) {
  const short = texts.length > 4 ? [...texts.slice(0, 3), "…", texts[texts.length - 1]] : texts;
  return short.join(sign);
}

/** @type {Record<string, (x: string) => string>} */
const FUNCTIONS = {
  relu: (x) => `max(0, ${x})`, relu6: (x) => `min(6, max(0, ${x}))`,
  tanh: (x) => `tanh(${x})`, sigmoid: (x) => `σ(${x})`,
  gelu: (x) => `GELU(${x})`, leaky: (x) => `max(0.1 · ${x}, ${x})`, sqrt: (x) => `√${x}`,
  exp: (x) => `exp(${x})`,
  step: (x) => `[${x} > 0]`, erf: (x) => `erf(${x})`,
  hard_swish: (x) => `hardswish(${x})`, leaky_01: (x) => `max(0.01 · ${x}, ${x})`,
  softplus: (x) => `ln(1 + exp(${x}))`, half_cosine: (x) => `(1 + cos(π · ${x})) / 2`,
};

/** @param {string} name @param {number | null} x */
export const applied = (name, x) => FUNCTIONS[name](show(x));

/**
 * Products place by place; null where nothing lies under the kernel.
 * @param {(number | null)[]} a @param {number[]} b
 */
export const times = (a, b) => a.map((value, i) => (value === null ? null : value * b[i]));

/**
 * Where in a row the numbers stand that get a line: all of a short one, else the largest, and the
 * selected one among them.
 * @param {number[]} powers @param {number} own
 */
export function picked(powers, own, most = SHARES) {
  const order = powers.map((_, i) => i);
  if (powers.length <= most) return order;
  const largest = order.sort((a, b) => powers[b] - powers[a]).slice(0, most);
  if (!largest.includes(own)) largest[most - 1] = own;
  return largest.sort((a, b) => a - b);
}

/**
 * The input channel whose products are shown: the one that was chosen, else the strongest.
 * @param {number[]} sums @param {number | null} chosen
 */
export const channelOf = (sums, chosen) => chosen
  ?? sums.reduce((best, one, i) => (Math.abs(one) > Math.abs(sums[best]) ? i : best), 0);

/** Where the number of largest size stands. @param {(number | null)[]} values */
const strongest = (values) => values.reduce((/** @type {number} */ best, value, i) =>
  (Math.abs(value ?? 0) > Math.abs(values[best] ?? 0) ? i : best), 0);

/**
 * The number that a number comes from above all: what a function is of, the logit of a share, the
 * largest of a window, the strongest product of a convolution. null: it has terms that can be
 * followed, or nothing enters it.
 * @param {Wire} opened @returns {{array: string, at: number[]} | null}
 */
export function onward({ kind, sources, column, winner, window: seen, ...more }) {
  const [source] = sources;
  const at = source?.spans.map(([first]) => first);
  if (!source || kind === "given" || kind in COLUMNS) return null;
  if (kind === "softmax" || kind === "hit") at[at.length - 1] = column;
  if (kind === "share" || kind === "unit") at.splice(-1, 1, ...more.index.slice(-1));
  if (kind === "pool") {
    const most = strongest(seen.flat());
    const [row, across] = winner ?? [Math.floor(most / seen[0].length), most % seen[0].length];
    at[at.length - 2] += row;
    at[at.length - 1] += across;
  }
  if (kind === "conv") {
    const { channels, sums, patch, kernel, rows, columns } = more;
    const channel = strongest(sums);
    const most = strongest(times(patch[channel].flat(), kernel[channel].flat()));
    const [row, across] = [rows[Math.floor(most / columns.length)], columns[most % columns.length]];
    if (row === null || across === null) return null;
    at.splice(0, 3, channels[channel], row, across);
  }
  return { array: source.array, at };
}

const FEW = ["sum", "combination", "product", "count"]; // kinds made of a few single numbers

/**
 * Every single number that a number comes from, and that leads further: `onward` first.
 * @param {Wire} opened
 */
export function ways(opened) {
  const others = FEW.includes(opened.kind) ? opened.sources.slice(1) : [];
  return [onward(opened), ...others.map(({ array, spans }) =>
    ({ array, at: spans.map(([first]) => first) }))].filter((way) => way !== null);
}

/** @param {number | null} x @param {number} largest @param {number} temperature */
export function power(x, largest, temperature) {
  const away = `${show(x)} − ${bracket(largest)}`;
  return temperature === 1 ? `e^(${away})` : `e^((${away}) / ${number(temperature, 2)})`;
}

/**
 * The arithmetic in a few lines of text.
 * @param {Wire} opened @param {Words} words @returns {string[]}
 */
export function lines(opened, words) {
  if (opened.computed != null) return [fill(words.setByHand, { value: show(opened.computed) })];
  const own = LINES[opened.kind](opened, words, show(opened.value));
  const before = opened.inner ? lines(opened.inner, words) : [];
  return [...before, ...own.filter((line) => line !== null)];
}

/**
 * The same without the number that it comes to, and without what tells it.
 * @param {Wire} opened @param {Words} words @returns {string[]}
 */
export function open(opened, words) {
  const inner = deepest(opened);
  const quiet = { ...words, largest: "", allChannels: "", sumOfProducts: "" };
  return LINES[inner.kind](inner, quiet, "?").filter((line) => line !== null);
}

/** @type {Record<string, (o: Wire, words: Words, value: string) => (string | null)[]>} */
const LINES = {
  count: ({ text, value }) => [`${text} = ${grouped(value ?? NaN)}`],
  given: ({ origin }, words) => [words.origins[origin] ?? words.given],
  dot: ({ terms, rest, bias }, words) => [
    fill(words.largest, { count: terms.length, sum: signed(sum(terms.map(product))) }),
    rest === null ? null : fill(words.rest, { rest: signed(rest) }),
    bias === null ? null : fill(words.bias, { bias: signed(bias) }),
  ],
  conv: ({ sums, bias, rest = 0, count = sums.length }, words) => [
    fill(sums.length > 1 ? words.allChannels : words.sumOfProducts,
      { sum: signed(sum(sums) + rest), count }),
    bias === null ? null : fill(words.bias, { bias: signed(bias) }),
  ],
  pool: ({ winner, count }, words) => [winner ? words.winner : fill(words.mean, { count })],
  sum: ({ terms: [first, ...others] }, words, value) => [
    others.length ? `${show(first)} ${others.map(plus).join(" ")} = ${value}` : words.same],
  scale: ({ x, minus, divisor, root }, words, value) => {
    if (root !== 1) return [`${show(x)} / √${root} = ${show(x)} / ${show(divisor)} = ${value}`];
    const [less, by] = [minus, divisor].map((one) => Number(one.toPrecision(4)));
    return [minus ? `(${show(x)} − ${less}) / ${by} = ${value}` : words.same];
  },
  mask: ({ open }, words) => [open ? words.open : words.shut],
  activation: ({ function: name, x, silent }, words) => [
    applied(name, x),
    silent ? words.silent : !name.startsWith("relu") ? null
      : name === "relu6" && x > 6 ? words.capped : x > 0 ? words.passes : words.blocked,
  ],
  ramp: ({ x, top, most }, _, value) => [
    `min(${most}, max(0, ${show(top)} − ${bracket(x)})) = ${value}`],
  exponential: ({ x, largest, temperature }, _, value) => [
    `${power(x, largest, temperature)} = ${value}`],
  softmax: ({ row, powers, column, sum: all, largest, temperature, cut }, words, value) => {
    if (cut) return [words.cut];
    const [logit, term, whole] = [row[column], powers[column], all].map(show);
    if (temperature === 1) {
      return [`${power(row[column], largest, 1)} = ${term}`, `${term} / ${whole} = ${value}`];
    }
    return [
      fill(words.temperature, { logit, temperature: number(temperature, 2) }),
      fill(words.shareOf, { term, sum: whole }),
    ];
  },
  hit: ({ column, largest, target, x }, words) => (column === target
    ? [fill(words.hit, { largest: show(largest) })]
    : [fill(words.miss, { largest: show(largest), x: show(x) })]),
  norm: ({ x, mean, variance, eps, weight, bias }, _, value) => [
    `(${show(x)} − ${bracket(mean)}) / √(${show(variance)} + ${eps}) × ${bracket(weight)} `
    + `${plus(bias)} = ${value}`],
  lookup: ({ weight, factor, scale }, words, value) => [
    scale === 1 ? words.looked
      : `${show(weight)} × √${scale} = ${show(weight)} × ${show(factor)} = ${value}`],
  position: ({ function: wave, place, exponent, width, angle }, _, value) => [
    `${wave}(${place} / 10000^(${exponent}/${width})) = ${wave}(${show(angle)}) = ${value}`],
  recurrence: ({ before, function: name }, _, value) => [`${applied(name, before)} = ${value}`],
  gate: ({ products }, _, value) => [`${products.map(factors).join(" + ")} = ${value}`],
  combination: ({ terms, factors: by }, _, value) => [
    `${terms.map((/** @type {number | null} */ x, /** @type {number} */ i) => taken(x, by[i], i))
      .join(" ")} = ${value}`],
  product: ({ terms, powers, factor }, _, value) => [
    `${multiplied(terms, powers, factor)} = ${value}`],
  loss: ({ terms }, _, value) => [
    `${terms.map((/** @type {{p: number}} */ { p }) => `− ln ${show(p)}`).join(" ")} = ${value}`],
  log: ({ x, over }, _, value) => [
    over === null ? `ln ${show(x)} = ${value}` : `ln (${show(x)} / ${show(over)}) = ${value}`],
  capped: ({ x, most, power: by }, _, value) => [
    `min(1, (${show(x)} / ${most})^${by}) = ${value}`],
  unit: ({ x, length }, _, value) => [`${show(x)} / ${show(length)} = ${value}`],
  share: ({ x, sum: all }, _, value) => [`${show(x)} / ${show(all)} = ${value}`],
  chain: ({ factors: all }, _, value) => [`${few(all.map(show), " × ")} = ${value}`],
  length: ({ rest, sum: all }, words, value) => [
    rest === null ? null : fill(words.rest, { rest: show(rest) }),
    fill(words.lengthOf, { sum: show(all), value }),
  ],
  mean: averaged, squares: averaged,
  total: ({ rest }, words) => [rest === null ? null : fill(words.rest, { rest: show(rest) })],
  routed: ({ rest, sum: all, over }, words, value) => [
    rest === null ? null : fill(words.rest, { rest: show(rest) }),
    over === null ? null : `${show(all)} / ${show(over)} = ${value}`,
  ],
};

/** @param {Wire} opened @param {Words} words @param {string} value */
function averaged({ rest, sum: all, count }, words, value) {
  return [rest === null ? null : fill(words.rest, { rest: show(rest) }),
    fill(words.meanOf, { sum: show(all), count, value })];
}

/**
 * A term of a combination with its sign: "− 0.5 × 0.123".
 * @param {number | null} x @param {number} factor @param {number} at
 */
function taken(x, factor, at) {
  const sign = factor < 0 ? "− " : at ? "+ " : "";
  const size = Math.abs(factor) === 1 ? "" : `${Number(Math.abs(factor).toPrecision(4))} × `;
  return `${sign}${size}${bracket(x)}`;
}

/**
 * Numbers to powers, multiplied; those to negative powers stand below.
 * @param {(number | null)[]} terms @param {number[]} powers @param {number} factor
 */
function multiplied(terms, powers, factor) {
  const raised = terms.map((x, i) =>
    `${bracket(x)}${Math.abs(powers[i]) === 1 ? "" : `^${power4(powers[i])}`}`);
  const above = raised.filter((_, i) => powers[i] > 0).join(" × ");
  const below = raised.filter((_, i) => powers[i] < 0).join(" × ");
  return `${factor === 1 ? "" : `${factor} × `}${above}${below ? ` / ${below}` : ""}`;
}

/** The size of a power. @param {number} value */
const power4 = (value) => Number(Math.abs(value).toPrecision(4));

/** @param {Term} term */
const product = (term) => term.product;

/**
 * What a number comes to: a count, and what is given as a whole number, without places.
 * @param {Wire} opened
 */
export const total = ({ kind, value }) =>
  (kind === "count" || (["given", "total"].includes(kind) && Number.isInteger(value))
    ? grouped(Number(value))
    : show(value));

/** @param {{factors: {value: number}[]}} gate */
const factors = (gate) => gate.factors.map((factor) => bracket(factor.value)).join(" × ");

// -- the picture ----------------------------------------------------------------------------------

/** Paints a number into `body`, what enters it, and `lines`, how that is added up. */
export class Arithmetic {
  /** @type {number | null} */
  channel = null; // of a convolution, the one that was chosen
  /** @type {Wire | null} */
  opened = null; // what is really added up
  /** @type {Wire | null} */
  whole = null; // with the function around it
  /** @type {any} */
  palette = null;
  /** @type {View} */
  view = { elements: [], update: () => {} };
  first = "";
  built = "";
  of = "";

  /**
   * @param {Words} words
   * @param {{onSource?: (array: string, at: number[]) => void,
   *   nameOf?: (array: string, at: number[]) => string,
   *   leads?: (array: string) => boolean}} page onSource: a term is followed to where
   *   it stands; nameOf: what the left factor of a term is called; leads: which arrays have numbers
   *   that can be followed
   */
  constructor(words,
    { onSource, nameOf = (array, at) => `${array} ${at.join(", ")}`, leads = () => true } = {}) {
    this.words = words;
    this.onSource = onSource;
    this.nameOf = nameOf;
    this.leads = leads;
    this.body = el("div", { class: "opened-body" });
    this.lines = el("div", { class: "opened-lines" });
    this.practice = new Practice(words, () => this.again());
    this.practice.onFound = () => this.write();
    /** @type {{ element: HTMLElement, text: string, once: boolean } | null} */
    this.total = null;
  }

  // The number with its name, "h 3 = 0.25", in an element of the page; a blank one is not told.
  // once: only where the last line has not said it.
  /** @param {HTMLElement} element @param {string} text */
  result(element, text, once = false) {
    this.total = { element, text, once };
    this.write();
  }

  /** @param {Wire} opened @param {any} palette @param {string} first a sentence above the others */
  paint(opened, palette, first = "") {
    const inner = deepest(opened);
    const of = `${inner.array} ${inner.index.length > 1 ? inner.index[0] : ""}`;
    if (this.of !== of) this.channel = null;
    this.of = of;
    this.palette = palette;
    this.first = first;
    this.opened = inner;
    this.whole = opened;
    const shape = shapeOf(inner);
    const blank = this.practice.take(opened, this.shownChannel(inner));
    if (this.built !== shape || blank) {
      this.built = shape;
      this.view = BUILD[inner.kind]?.(this, inner) ?? { elements: [], update: () => {} };
      this.body.replaceChildren(...this.view.elements, this.practice.element);
    }
    this.view.update(inner);
    if (blank) this.practice.place(this.view.cells ?? []);
    this.write();
  }

  again() {
    if (this.whole) this.paint(this.whole, this.palette, this.first);
  }

  /** @param {Wire} inner */
  shownChannel({ kind, sums }) {
    return kind === "conv" ? channelOf(sums, this.channel) : 0;
  }

  // The lines, and what it all comes to, as far as they are not blank.
  write() {
    if (!this.whole || !this.opened) return;
    const { whole, opened, first, words } = this;
    const hidden = this.practice.open("sum");
    const part = opened.kind === "conv" && opened.sums.length > 1; // of one channel alone
    const texts = [first, hidden ? "" : this.oneChannel(opened),
      ...(hidden && !part ? open(whole, words) : lines(whole, words))].filter(Boolean);
    while (this.lines.children.length < texts.length) this.lines.append(el("p"));
    [...this.lines.children].forEach((line, i) => say(line, texts[i] ?? ""));
    if (!this.total) return;
    const { element, text, once } = this.total;
    const told = hidden && !part ? text.replace(/=[^=]*$/, "= ?") : text;
    say(element, told);
    if (once) element.hidden = Boolean(texts.at(-1)?.endsWith(told)); // it has been written
  }

  /** @param {Wire} opened */
  oneChannel({ kind, sums, channels }) {
    if (kind !== "conv" || sums.length < 2) return "";
    const at = channelOf(sums, this.channel);
    return fill(this.words.channelSum, { channel: channels[at], sum: signed(sums[at]) });
  }

  /** @param {number} channel */
  choose(channel) {
    this.channel = channel;
    this.again();
  }
}

/**
 * What a picture is built for; numbers change in place as long as it stays the same.
 * @param {Wire} opened
 */
function shapeOf({ array, kind, sums, kernel, window, terms, row, factors: all, sources }) {
  const grid = kernel?.[0] ?? window;
  const sizes = [sums, grid, grid?.[0], terms, row, all].map((part) => part?.length);
  return [array, kind, sources[0]?.array, ...sizes].join();
}

/** @type {Record<string, (all: Arithmetic, opened: Wire) => View>} */
const BUILD = {
  conv: products, dot: table, length: table, mean: table, total: table, squares: table,
  routed: table,
  pool: pooled, softmax: shares, chain,
};

/**
 * Patch times kernel; of several input channels each has a bar, and one is shown.
 * @param {Arithmetic} all @param {Wire} opened @returns {View}
 */
function products(all, { sums, kernel: [first] }) {
  const { words } = all;
  const [patch, kernel, made] = [words.patch, words.kernel, words.products]
    .map((title) => new Numbers(first.length, first[0].length, title));
  const bars = Array.from({ length: sums.length }, (_, channel) => {
    const bar = button("", () => all.choose(channel), { class: "channel" });
    // what a bar stands for is said when it is asked for, not sixty times a second
    bar.onpointerenter = bar.onfocus = () => {
      if (!all.opened) return;
      const { channels, sums: now } = all.opened;
      bar.title = fill(words.channelSum, { channel: channels[channel], sum: signed(now[channel]) });
      bar.ariaLabel = bar.title;
    };
    return bar;
  });
  const heading = el("p", { class: "note" });
  const picker = el("div", { class: "channels" }, el("div", { class: "bars" }, ...bars), heading);
  const row = el("div", { class: "products" },
    patch.element, op("×"), kernel.element, op("="), made.element);
  return {
    elements: sums.length > 1 ? [row, picker] : [row],
    cells: made.cells,
    update: (opened) => {
      const channel = channelOf(opened.sums, all.channel);
      const largest = Math.max(...opened.sums.map(Math.abs)) || 1;
      bars.forEach((bar, i) => {
        bar.style.setProperty("--share", String(opened.sums[i] / largest));
        bar.classList.toggle("chosen", i === channel);
      });
      const [a, b] = [opened.patch[channel].flat(), opened.kernel[channel].flat()];
      patch.update(a, all.palette);
      kernel.update(b, all.palette);
      made.update(times(a, b), all.palette);
      const { count = opened.sums.length } = opened;
      say(heading, fill(words.channelOf, { channel: opened.channels[channel], count }));
    },
  };
}

/** @param {Arithmetic} all @param {Wire} opened @returns {View} */
function pooled(all, { window: cells }) {
  const shown = new Numbers(cells.length, cells[0].length, all.words.window);
  return {
    elements: [el("div", { class: "products" }, shown.element)],
    update: ({ window: values, winner }) => {
      const chosen = winner ? winner[0] * values[0].length + winner[1] : -1;
      shown.update(values.flat(), all.palette, chosen);
    },
  };
}

/**
 * Of a kind of sum: the words above its table, and the numbers of a term.
 * @type {Record<string, { head: string, texts: (term: Term) => string[] }>}
 */
const COLUMNS = {
  dot: { head: "partsHead",
    texts: ({ left, right, product: made }) => [number(left), signed(right), signed(made)] },
  length: { head: "lengthHead", texts: ({ left, product: square }) => [show(left), show(square)] },
  mean: { head: "meanHead", texts: ({ left }) => [show(left)] },
  total: { head: "meanHead", texts: ({ left }) => [show(left)] },
  routed: { head: "routedHead",
    texts: ({ left, right, product: made }) => [show(left), show(right), show(made)] },
  squares: { head: "squaresHead",
    texts: ({ left, right, product: square }) => [show(left), show(right), show(square)] },
};

/**
 * The largest terms of a long sum, each with the way to where its first number stands.
 * @param {Arithmetic} all @param {Wire} opened @returns {View}
 */
function table(all, { kind, terms, sources: [{ array: first }] }) {
  const { words, onSource } = all;
  const { head, texts: textsOf } = COLUMNS[kind];
  const rows = Array.from({ length: terms.length }, (_, i) => {
    const place = { array: "", at: [0] };
    const follow = () => onSource?.(place.array, place.at);
    const source = onSource && all.leads(first)
      ? button("", follow, { class: "quiet", "data-fp": `term-${i}` }) : el("span");
    const texts = words[head].slice(1).map(() => el("td"));
    return { place, source, texts, element: el("tr", {}, el("td", {}, source), ...texts) };
  });
  const titles = /** @type {string[]} */ (words[head]).map((title) =>
    el(title ? "th" : "td", {}, title));
  const body = rows.map(({ element }) => element);
  return {
    elements: [el("table", { class: "parts" }, el("tr", {}, ...titles), ...body)],
    cells: rows.map(({ texts }) => texts[texts.length - 1]),
    update: (opened) => rows.forEach(({ place, source, texts }, i) => {
      const { at } = opened.terms[i];
      const [{ array }] = opened.sources;
      Object.assign(place, { array, at });
      say(source, all.nameOf(array, at));
      textsOf(opened.terms[i]).forEach((text, k) => say(texts[k], text));
    }),
  };
}

/**
 * A product of many factors, each with the way to its own arithmetic.
 * @param {Arithmetic} all @param {Wire} opened @returns {View}
 */
function chain(all, { factors: every }) {
  const shown = every.slice(0, FACTORS);
  let [array, first] = ["", 0];
  const buttons = shown.map((/** @type {number} */ _, /** @type {number} */ i) =>
    button("", () => all.onSource?.(array, [first + i]),
      { class: "quiet", "data-fp": `factor-${i}` }));
  const parts = buttons.flatMap((/** @type {HTMLElement} */ one, /** @type {number} */ i) =>
    [i ? " × " : "", one]);
  const rest = every.length > shown.length ? " × …" : "";
  return {
    elements: [el("p", { class: "factors" }, ...parts, rest)],
    update: ({ factors: now, sources: [source] }) => {
      array = source.array;
      [[first]] = source.spans;
      buttons.forEach((/** @type {HTMLElement} */ one, /** @type {number} */ i) =>
        say(one, show(now[i])));
    },
  };
}

/**
 * The numerators of a softmax as bars: all of a short row, the largest of a long one.
 * @param {Arithmetic} all @param {Wire} opened @returns {View}
 */
function shares(all, { row }) {
  const items = Array.from({ length: Math.min(row.length, SHARES) }, () => {
    const [name, bar, text] = [el("b"), el("i"), el("span")];
    return { name, bar, text, element: el("li", {}, name, bar, text) };
  });
  return {
    elements: [el("ol", { class: "terms" }, ...items.map(({ element }) => element))],
    update: ({ powers, column, sources: [{ array, spans }] }) => {
      const before = spans.slice(0, -1).map(([first]) => first);
      picked(powers, column).forEach((at, line) => {
        const { name, bar, text, element } = items[line];
        element.classList.toggle("chosen", at === column);
        say(name, all.nameOf(array, [...before, at]));
        bar.style.transform = `scaleX(${powers[at]})`;
        say(text, show(powers[at]));
      });
    },
  };
}

/** A small matrix of numbers, each cell tinted by its share of the largest. */
class Numbers {
  /** @param {number} rows @param {number} columns @param {string} title */
  constructor(rows, columns, title) {
    this.cells = Array.from({ length: rows * columns }, () => el("td"));
    const lines_ = Array.from({ length: rows }, (_, r) =>
      el("tr", {}, ...this.cells.slice(r * columns, (r + 1) * columns)));
    const body = el("table", {}, el("tbody", {}, ...lines_));
    this.element = el("figure", { class: "numbers" }, body, el("figcaption", {}, title));
  }

  /** @param {(number | null)[]} values @param {any} palette */
  update(values, palette, winner = -1) {
    const largest = Math.max(...values.map((value) => Math.abs(value ?? 0))) || 1;
    this.cells.forEach((cell, i) => {
      const value = values[i];
      say(cell, value === null ? "·" : number(value, 2));
      cell.dataset.value = String(value);
      Object.assign(cell.style, palette.cell((value ?? 0) / largest));
      cell.classList.toggle("chosen", i === winner);
    });
  }
}

/** @param {string} text */
const op = (text) => el("span", { class: "op" }, text);
