// @ts-nocheck
// What somebody in the room sees who has opened the pot's link: a canvas, ten keys, and how many
// have been sent.

import { button, el, fill, say, styles } from "../../kit/dom.js";
import { Pad } from "./pad.js";
import { askOnce } from "../../kit/live.js";
import { owner } from "../../kit/run/client.js";
import { View } from "../../kit/view.js";

const style = await styles("kit/base.css", "train_a_cnn/hand/view.css");

/** @extends {View<HandData>} */
export class RoomView extends View {
  /** @param {HTMLElement} host @param {HandData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "room", style });
    this.pad = this.own(new Pad(this.words, data.limits,
      { onLabel: (label, drawing) => this.post(label, drawing) }));
    this.sent = el("p", { class: "sent", role: "status", "data-fp": "sent" });
    this.root.append(el("div", { class: "room" }, this.pad.element,
        el("div", {}, el("p", { class: "lead" }, fill(this.words.roomLead, { code: data.room })),
          this.sent,
          el("p", { class: "note" }, this.words.roomKept),
          button(this.words.leaveRoom, () => this.send("left", performance.now()),
            { class: "quiet", "data-fp": "leave" }))));
    this.begin(":not(*)");
    this.enter();
  }

  /** @param {HandData} before */
  compare(before) {
    if (this.data.room !== before.room) this.enter();
  }

  get url() {
    return `${this.data.base}/pot/room/${encodeURIComponent(this.data.room)}`;
  }

  async enter() {
    await askOnce(this.url, undefined, (trouble) => this.trouble(trouble));
    this.root.dataset.answers = String(1);
  }

  /** @param {string} label @param {number[][][]} drawing */
  async post(label, drawing) {
    const answer =
      await askOnce(this.url, { owner: owner(), label, drawing },
        (trouble) => this.trouble(trouble));
    if (!answer) return false;
    say(this.sent, fill(this.words.sent, { count: answer.sent, digit: label }));
    return true;
  }

  /** @param {Trouble | null} trouble */
  trouble(trouble) {
    this.pad.trouble(trouble);
  }

  theme() {
    super.theme();
    this.pad.theme(this.palette);
  }
}
