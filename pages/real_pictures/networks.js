// The networks that can be asked, and how to get those whose weights are not on this server.

import { button, fill, say } from "../kit/dom.js";
import { Shelf } from "../kit/shelf/shelf.js";

/** @typedef {NetworksAnswer["networks"][number]} Network */

export class Networks extends Shelf {
  where = "pictures";
  list = "networks";
  /** @type {Network[]} */
  known = [];
  fetches = false;
  wanted = ""; // the network that is to be had
  chosen = "";

  /**
   * @param {Record<string, any>} words
   * @param {string} base
   * @param {{ onModels: () => unknown, onPick: (name: string) => unknown }} told
   */
  constructor(words, base, { onModels, onPick }) {
    super(words, base, { onModels, onPick: (title) => onPick(this.called(title)) });
    this.onChoose = onPick;
    this.field.hidden = this.fold.hidden = true;
    this.element.dataset.block = "networks";
    this.element.dataset.fp = "networks";
  }

  // A download is told by the title of its network.
  /** @param {string} title */
  called(title) {
    return this.known.find((net) => net.title === title)?.name ?? title;
  }

  async fetch() {
    this.took(await this.ask("fetch", this.message, { name: this.wanted }));
  }

  /** @param {any} answer */
  show({ networks, fetches }) {
    this.known = networks;
    this.fetches = fetches;
    this.models = this.known.filter(({ here }) => here).map(({ name }) => name);
    if (this.models.includes(this.wanted)) this.wanted = "";
    this.ready.hidden = false;
    this.chips.replaceChildren(...this.known.map(({ name, title, here }) =>
      button(title, () => this.pick(name),
        { "data-model": name, "data-fp": `network-${name}`, "data-here": String(here) })));
    this.element.dataset.state = this.models.length ? "ready" : "missing";
    this.tell();
    this.onModels();
  }

  /** @param {string} name */
  pick(name) {
    const here = this.models.includes(name);
    this.wanted = here ? "" : name;
    this.tell();
    if (here) this.onChoose(name);
  }

  // What is in the way of a network.
  tell() {
    const { words, fetches } = this;
    const wanted = this.wanted || (this.models.length ? "" : this.known[0]?.name);
    const net = this.known.find(({ name }) => name === wanted);
    this.said.hidden = this.how.hidden = !net;
    this.command.hidden = !net || net.fetched;
    this.form.hidden = !(net?.fetched && fetches);
    if (!net) return;
    say(this.said, fill(words.missing, { name: net.title }));
    say(this.how, fill(net.fetched ? (fetches ? words.how : words.off) : words.extra, net));
    say(this.go, words.fetch);
  }

  /** @param {boolean} open */
  unfold(open) {
    this.form.hidden = !open;
  }
}
