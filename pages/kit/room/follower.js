// A page of somebody who has joined a room: it shows what the lecturer shows, as if each link of
// the lecturer's had been opened here; or one looks around in it, and comes back when one likes.

import { button, el, fill, say } from "../dom.js";
import { storage } from "../storage.js";
import { Listening } from "./listening.js";

const AROUND = "forward-pass:around";
const TRIES = 5; // a page that is still arriving, or on its way elsewhere, may miss one
const STAYS = 2000; // ms; a page is on its way, and then may be fetched back, for no longer

const NOWHERE = { step: -1, job: "", run: "", moment: -1 };

export class Follower {
  /** @type {RoomState | null} */
  state = null;
  wanted = "";
  tries = 0;
  arrived = false;
  /** @type {number | undefined} */
  later;
  watched = JSON.stringify(["", "", -1]);
  step = -1;
  /** @type {RoomPanelData | undefined} */
  data;
  /** @type {Send} */
  send = () => {};

  /** @param {string} base @param {string} code @param {() => void} onGone */
  constructor(base, code, onGone) {
    this.base = base;
    this.code = code;
    this.around = storage.get(AROUND) === code;
    this.said = el("span", { role: "status" });
    this.turn = button("", () => this.look(!this.around), { class: "fp-button" });
    this.vote = el("a", { class: "vote", "data-fp": "room-vote", hidden: true });
    this.bar = el("div", { class: "fp-follow", "data-fp": "room-follow", hidden: true },
      this.said, this.vote, this.turn);
    // Where the lecturer has gone and left it paused, one can go as well.
    this.leave = button("", onGone, { class: "fp-button", "data-fp": "room-paused-leave" });
    this.cover = el("div", { class: "fp-paused", "data-fp": "room-paused", hidden: true },
      el("p", { role: "alert" }), this.leave);
    // A picture and a walk that have just come ask where the lecturer stands.
    this.onAsked = () => this.stand(true);
    document.addEventListener("forward-pass:watch?", this.onAsked);
    this.line = new Listening(`${base}/room/${code}/events`, {
      onState: (state) => this.hear(state), onAway: () => {}, onGone, onRefused: () => {},
    });
  }

  close() {
    this.line.close();
    clearTimeout(this.later);
    document.removeEventListener("forward-pass:watch?", this.onAsked);
    document.dispatchEvent(new CustomEvent("forward-pass:watch", { detail: NOWHERE }));
    this.bar.remove();
    this.cover.remove();
  }

  /** @param {RoomPanelData} data @param {Send} send @param {HTMLElement} beside */
  receive(data, send, beside) {
    this.data = data;
    this.send = send;
    if (this.bar.parentElement !== beside.parentElement) beside.after(this.bar, this.cover);
    this.show();
    this.follow();
    this.go();
  }

  /** @param {RoomState} state */
  hear(state) {
    this.state = state;
    this.show();
    if (this.follow()) this.go();
  }

  /** @param {boolean} around */
  look(around) {
    this.around = around;
    storage.set(AROUND, around ? this.code : "");
    this.wanted = "";
    this.show();
    if (this.follow()) this.go();
  }

  // Whether the lecturer shows something new. It is followed once: what is done here meanwhile
  // stays until then.
  follow() {
    const { data, state } = this;
    this.stand();
    if (!data || !state || this.around) return false;
    const text = `${state.shown.page}?${state.shown.link}`;
    if (text === this.wanted) return false;
    this.wanted = text;
    this.tries = TRIES;
    this.arrived = false;
    clearTimeout(this.later);
    this.later = undefined;
    return true;
  }

  // On the lecturer's page: the walk, the run and its moment are the lecturer's as well.
  stand(again = false) {
    const { data, state, around } = this;
    if (!data || !state) return;
    const here = !around && state.shown.page === data.shown.page;
    const { step, job, run, moment } = here ? state.shown : NOWHERE;
    const watched = JSON.stringify([job, run, moment]);
    if (again || watched !== this.watched) {
      this.watched = watched;
      document.dispatchEvent(
        new CustomEvent("forward-pass:watch", { detail: { job, run, moment } }));
    }
    if (here && step !== this.step) {
      document.dispatchEvent(new CustomEvent("forward-pass:walk", { detail: { step } }));
    }
    this.step = here ? step : -1;
  }

  // Go there, unless this page tells that it is there; and look a little later whether it stayed,
  // or whether the word was lost. What is drawn anew meanwhile says nothing of that.
  go() {
    const { data, state, later } = this;
    if (!data || !state || this.around || !this.tries) return;
    const { page, link } = state.shown;
    const there = page === data.shown.page && (this.arrived || link === data.shown.link);
    if (!there && later && !this.arrived) return; // on the way
    clearTimeout(later);
    this.arrived = there;
    if (!there) {
      this.tries -= 1;
      this.send("follow", { page, link, number: Date.now() });
    }
    this.later = setTimeout(() => {
      this.later = undefined;
      if (there) this.tries = 0;
      else this.go();
    }, STAYS);
  }

  show() {
    const { data, state, around } = this;
    if (!data || !state) return;
    const { words } = data;
    this.bar.hidden = false;
    say(this.said, fill(around ? words.around : words.following, this));
    say(this.turn, around ? words.back : words.lookAround);
    say(this.vote, words.vote);
    this.vote.href = new URL(`../j/${this.code}`, `${this.base}/`).href;
    this.vote.hidden = !state.question?.open;
    this.cover.hidden = !state.shown.paused;
    say(/** @type {Element} */ (this.cover.firstChild), words.paused);
    say(this.leave, words.leave);
  }
}
