// The runs of this session, to be compared: what differs between them, where each ended, its curve
// shown or not, and files to take away.

import { button, el, fill } from "../dom.js";
/** @import { Runs } from "./client.js" */

export class RunList {
  /** @type {Map<string, Run>} */
  shown = new Map();
  /** @type {Run[]} */
  listed = [];

  // columns: [{ name, value(run) -> text, or several }] of a listed run. roles(run): colours of its
  // curves, as in chart.js. onOpen(run): another run is looked at. onShow(runs): the runs, in full,
  // whose curves are to be shown beside the one that is looked at. picture(): the canvas to be
  // taken away as PNG. only(run): whether a run is listed. nameOf(config): what of a config names
  // the run.
  /**
   * @param {RunWords} words
   * @param {Runs} runs
   * @param {{ columns: Column[], roles: (run: Run) => string[], onShow: (runs: Run[]) => unknown,
   *   onOpen?: (run: Run) => unknown, picture: () => HTMLCanvasElement, palette: () => Palette,
   *   only?: (run: Run) => boolean, nameOf?: (config: Config) => Config }} options
   */
  constructor(words, runs, { columns, roles, onShow, onOpen = () => {}, picture, palette,
    only = () => true, nameOf = (config) => config }) {
    this.words = words;
    this.runs = runs;
    this.columns = columns;
    this.roles = roles;
    this.onShow = onShow;
    this.onOpen = onOpen;
    this.picture = picture;
    this.palette = palette;
    this.only = only;
    this.nameOf = nameOf;
    this.body = el("tbody");
    this.links = el("p", { class: "exports", "data-fp": "exports" });
    this.element = el("section", { class: "runs", "data-block": "runs", "data-fp": "runs" },
      el("h2", {}, words.runsTitle),
      el("table", {}, el("thead", {}, this.head()), this.body),
      this.links);
  }

  head() {
    const { words, columns } = this;
    return el("tr", {}, el("th", {}, words.run), ...columns.map(({ name }) => el("th", {}, name)),
      el("th", {}, words.curve),
      el("th", {}, el("span", { class: "unseen" }, words.forget)));
  }

  // Asked for when a run has begun or ended, not while it computes.
  async refresh() {
    this.listed = (await this.runs.list()).filter((run) => this.only(run));
    for (const id of this.shown.keys()) {
      if (!this.listed.some((run) => run.id === id)) this.shown.delete(id);
    }
    this.paint();
  }

  paint() {
    const { words, listed } = this;
    const named = words.named.concat(differing(listed).filter((key) => !words.named.includes(key)));
    this.body.replaceChildren(...listed.map((run) => this.row(run, named)));
    /** @param {string} kind @param {string} label */
    const link = (kind, label) =>
      el("a", { href: this.runs.export(kind), download: "", "data-fp": `export-${kind}` }, label);
    this.links.replaceChildren(el("span", { class: "note" }, words.takeAway), link("csv", "CSV"),
      button(words.picture, () => save(this.picture(), `${this.runs.job}.png`),
        { "data-fp": "export-png" }),
      link("tensorboard", "TensorBoard"), link("safetensors", "safetensors"), link("onnx", "ONNX"),
      link("py", words.program), link("ipynb", words.notebook));
  }

  /** @param {Run} run @param {string[]} named */
  row(run, named) {
    const { words } = this;
    const here = run.id === this.runs.id;
    /** @param {string} role */
    const colour = (role) => this.palette().category(Number(role));
    const swatches = this.roles(run)
      .map((role) => el("i", { class: "swatch", style: `background:${colour(role)}` }));
    const name = run.shipped
      ? (/** @type {any} */ (words).exampleNames?.[run.id] ?? words.exampleName)
      : describe(this.nameOf(run.config), named, words);
    const open = el("button",
      { type: "button", onclick: () => this.open(run.id), "aria-current": here ? "true" : null },
      ...swatches, name);
    const shown = this.shown.has(run.id) ? words.hide : words.show;
    const curve = here ? words.here : button(shown, () => this.toggle(run.id), { class: "quiet" });
    const forget = { title: words.forget, "aria-label": words.forget };
    return el("tr", { class: here ? "here" : "", "data-run": run.id },
      el("td", {}, open), ...this.columns.map((column) => el("td", {}, ...scoreOf(run, column))),
      el("td", {}, curve),
      el("td", {}, run.shipped || here ? "" : button("×", () => this.forget(run.id), forget)));
  }

  /** @param {string} id */
  async open(id) {
    const before = this.runs.id;
    const run = id === before ? null : await this.runs.open(id);
    if (!run) return;
    this.onOpen(run);
    this.shown.delete(id);
    await this.show(before);
    this.paint();
  }

  /** @param {string} id */
  async toggle(id) {
    if (this.shown.delete(id)) this.showCurves();
    else await this.show(id);
    this.paint();
  }

  /** @param {string | undefined} id */
  async show(id) {
    const run = id ? await this.runs.fetch(id) : null;
    if (run?.step) this.shown.set(run.id, run);
    this.showCurves();
  }

  /** @param {string} id */
  async forget(id) {
    this.shown.delete(id);
    await this.runs.do("forget", {}, id);
    this.showCurves();
    await this.refresh();
  }

  showCurves() {
    this.onShow([...this.shown.values()]);
  }
}

/** @param {Run} run @param {Column} column */
function scoreOf(run, { name, value, onOpen }) {
  return [value(run)].flat().flatMap((text, n) => [n ? " · " : "", !onOpen || text === "–" ? text
    : button(text, () => onOpen(run, n),
      { class: "opens", "aria-label": `${name}: ${text}` })]);
}

// The fields of a config that are not the same in all runs.
/** @param {Run[]} runs */
function differing(runs) {
  const own = runs.filter(({ shipped }) => !shipped);
  if (own.length < 2) return [];
  return Object.keys(own[0].config)
    .filter((key) => new Set(own.map(({ config }) => JSON.stringify(config[key]))).size > 1);
}

// "LSTM, hidden size 32, seed 3"
/**
 * @param {Config} config
 * @param {string[]} keys
 * @param {{ fields: Record<string, any>, values: Record<string, any> }} words
 */
export function describe(config, keys, { fields, values }) {
  return keys.filter((key) => key in config && key in fields).map((key) => {
    const value = values[key]?.[config[key]] ?? String(config[key]);
    return fields[key] ? fill(fields[key], { value }) : value;
  }).join(", ");
}

/** @param {HTMLCanvasElement} canvas @param {string} name */
function save(canvas, name) {
  canvas.toBlob((blob) => {
    if (!blob) return;
    const link = el("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
}
