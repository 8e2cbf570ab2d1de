// How a picture lives in the page. Streamlit calls `mount` again with every rerun, and the picture
// that is there goes on; only another language builds it anew.

import { el } from "./dom.js";
import { leave, takeOver } from "./first.js";
import { Guess } from "./guess.js";
import { Camera } from "./camera.js";
import { followSteps, followTerms, step } from "./steps.js";
import { onThemeChange, palette } from "./palette.js";

/**
 * @template {PictureData} Data
 * @param {(data: Data) => new (host: HTMLElement, data: Data, send: Send) => View<Data>} pictureOf
 */
export function mounted(pictureOf) {
  /** @type {WeakMap<HTMLElement, View<Data>>} */
  const views = new WeakMap();
  return {
    /** @param {{ data: Data, parentElement: HTMLElement, setStateValue: Send }} component */
    mount({ data, parentElement, setStateValue }) {
      if (data.language) document.documentElement.lang = data.language;
      const old = views.get(parentElement) ?? takeOver(views, parentElement, data);
      if (old && old.data.language === data.language) return old.receive(data, setStateValue);
      old?.close();
      const Picture = pictureOf(data);
      views.set(parentElement, new Picture(parentElement, data, setStateValue));
    },
    /** @param {HTMLElement} parentElement */
    unmount(parentElement) {
      views.get(parentElement)?.close();
      views.delete(parentElement);
      leave(parentElement);
    },
  };
}

/**
 * What a picture has: it ends with it, and may have colours of the theme.
 * @typedef {{ close: () => void, theme?: (palette: Palette) => void }} Owned
 */

/**
 * The base of all pictures. A page's own builds its parts in its constructor, below `root`, and
 * calls `begin` last; it paints in `repaint`, takes over the page's view in `adopt`, and returns
 * from `report` what the page is sent.
 * @template {PictureData} Data
 */
export class View {
  answers = 0;
  notifying = 0;
  delay = 150; // ms of standstill until the page is notified
  leaveSteps = () => {};
  leaveTerms = () => {};
  onReturn = () => this.returned();
  /** @type {Guess | undefined} */
  firstGuess;
  /** @type {Camera | undefined} */
  camera;
  /** @type {string[]} what the page may leave out, each with a class `without-...` */
  hideable = [];
  /** @type {Owned[]} */
  owned = [];

  /**
   * @param {HTMLElement} host
   * @param {Data} data what the page says
   * @param {Send} send
   * @param {{ name: string, classes?: string, style: string }} options name: of the picture, for
   *   scripts; classes: of its root
   */
  constructor(host, data, send, { name, classes = "", style }) {
    this.host = host;
    this.data = data;
    this.send = send;
    /** @type {Data["words"]} */
    this.words = data.words;
    this.root =
      el("div", { class: `fp ${classes}`.trim(), "data-fp": name }, el("style", {}, style));
    host.append(this.root);
    this.palette = palette(this.root);
  }

  // What ends with the picture.
  /** @template {Owned} Part @param {Part} part */
  own(part) {
    this.owned.push(part);
    return part;
  }

  // whole: what the first step of the walk brings into sight.
  /** @param {string} whole */
  begin(whole) {
    this.firstGuess = this.own(new Guess(this.root));
    this.firstGuess.take(this.data.guess);
    this.camera = this.own(new Camera(this.root));
    this.theme();
    this.adopt(this.data);
    onThemeChange(this.root, () => this.theme());
    this.leaveSteps = followSteps((detail) => {
      this.firstGuess?.walk(detail);
      this.walk(detail, whole);
    });
    this.leaveTerms = followTerms(this.root);
    document.addEventListener("forward-pass:back", this.onReturn);
  }

  /** @param {import("./steps.js").Step} detail @param {string} whole */
  walk(detail, whole) {
    this.camera?.bring(step(this.root, detail, whole), detail.present);
  }

  close() {
    clearTimeout(this.notifying);
    for (const part of this.owned) part.close();
    this.leaveSteps();
    this.leaveTerms();
    document.removeEventListener("forward-pass:back", this.onReturn);
    this.root.remove();
  }

  // -- between page and picture -------------------------------------------------------------------

  /** @param {Data} data @param {Send} send */
  receive(data, send) {
    const before = this.data;
    this.data = data;
    this.send = send;
    if (data.session !== before.session) this.notify(); // the server was away: all is only here
    else if (data.revision !== before.revision) this.adopt(data);
    this.showHidden();
    this.firstGuess?.take(data.guess);
    this.compare(before);
  }

  // The server was away and can be reached again: the page hears what was done meanwhile.
  returned() {
    this.notify();
  }

  // Takes over the view that the page has changed.
  /** @param {Data} data */
  adopt(data) {
    void data;
    this.showHidden();
  }

  // What else of the page's data is another now.
  /** @param {Data} before */
  compare(before) {
    void before;
  }

  showHidden() {
    for (const name of this.hideable) {
      this.root.classList.toggle(`without-${name}`, Boolean(this.data.hidden?.includes(name)));
    }
  }

  // Sends the view to the page once the person pauses. It is always sent as new: a server that was
  // restarted may not know what it received before.
  notify() {
    clearTimeout(this.notifying);
    const send = () => this.send("view", { ...this.report(), sent: performance.now() });
    this.notifying = setTimeout(send, this.delay);
  }

  /** @returns {object} */
  report() {
    return {};
  }

  // Whether what is on show belongs to something else than what was asked last, which was refused.
  // base.css fades it.
  /** @param {boolean} is */
  stale(is) {
    this.root.classList.toggle("stale", is);
  }

  // -- painting -----------------------------------------------------------------------------------

  // An answer is on the screen: scripts wait for this.
  painted() {
    this.root.dataset.answers = String(++this.answers);
  }

  theme() {
    this.palette = palette(this.root);
    for (const part of this.owned) part.theme?.(this.palette);
    this.repaint();
  }

  repaint() {}
}
