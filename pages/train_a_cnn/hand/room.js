// What somebody in the room sees who has opened the collection's link: a canvas, ten keys, and how
// many have been sent.

import { button, el, fill, say, styles } from "../../kit/dom.js";
import { Pad } from "../../kit/pad.js";
import { answerTo } from "../../kit/live.js";
import { owner } from "../../kit/run/client.js";
import { View } from "../../kit/view.js";

/**
 * @typedef {Pick<HandData, "language" | "base" | "limits" | "words"> & { room: string }} RoomData
 * room: the code of the collection
 */

const style = await styles("kit/base.css", "train_a_cnn/hand/view.css");

/** @extends {View<RoomData>} */
export class RoomView extends View {
  /** @param {HTMLElement} host @param {RoomData} data @param {Send} send */
  constructor(host, data, send) {
    super(host, data, send, { name: "room", style });
    const { words } = this;
    this.pad = this.own(new Pad(words, data.limits,
      { onLabel: (label, drawing) => this.post(label, drawing) }));
    this.sent = el("p", { class: "sent", role: "status", "data-fp": "sent" });
    this.root.append(el("div", { class: "room" }, this.pad.element,
      el("div", {}, el("p", { class: "lead" }, fill(words.roomLead, { code: data.room })),
        this.sent,
        el("p", { class: "note" }, words.roomKept),
        button(words.leaveRoom, () => this.send("left", performance.now()),
          { class: "quiet", "data-fp": "leave" }))));
    this.begin(":not(*)");
    this.enter();
  }

  /** @param {RoomData} before */
  compare(before) {
    if (this.data.room !== before.room) this.enter();
  }

  /** @param {object} [body] */
  ask(body) {
    const url = `${this.data.base}/pot/room/${encodeURIComponent(this.data.room)}`;
    return answerTo(url, body, (trouble) => this.pad.trouble(trouble));
  }

  async enter() {
    await this.ask();
    this.root.dataset.answers = "1";
  }

  /** @param {number} label @param {Strokes} drawing */
  async post(label, drawing) {
    const answer = await this.ask({ owner: owner(), label, drawing });
    if (!answer) return false;
    say(this.sent, fill(this.words.sent, { count: answer.sent, digit: label }));
    return true;
  }

  returned() {} // the page knows nothing of what is drawn here

  theme() {
    super.theme();
    this.pad.theme(this.palette);
  }
}
