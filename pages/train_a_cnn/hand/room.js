// What somebody in the room sees who has opened the pot's link: a canvas, ten keys, and how many have been sent.

import { button, el, fill, say, styles } from "../../kit/dom.js";
import { Pad } from "./pad.js";
import { asked } from "./pot.js";
import { owner } from "../../kit/runs.js";
import { onThemeChange, palette } from "../../kit/theme.js";

const style = await styles("kit/base.css", "train_a_cnn/hand/view.css");

export class RoomView {
  constructor(host, data, send) {
    Object.assign(this, { host, data, send, words: data.words });
    this.pad = new Pad(this.words, data.limits, { onLabel: (label, drawing) => this.post(label, drawing) });
    this.sent = el("p", { class: "sent", role: "status", "data-fp": "sent" });
    this.root = el("div", { class: "fp", "data-fp": "room" }, el("style", {}, style),
      el("div", { class: "room" }, this.pad.element,
        el("div", {}, el("p", { class: "lead" }, fill(this.words.roomLead, { code: data.room })), this.sent,
          el("p", { class: "note" }, this.words.roomKept),
          button(this.words.leaveRoom, () => this.send("left", performance.now()), { class: "quiet", "data-fp": "leave" }))));
    this.host.append(this.root);
    this.theme();
    onThemeChange(this.root, () => this.theme());
    this.enter();
  }

  close() {
    this.pad.close();
    this.root.remove();
  }

  receive(data, send) {
    const other = data.room !== this.data.room;
    Object.assign(this, { data, send });
    if (other) this.enter();
  }

  get url() {
    return `${this.data.base}/pot/room/${encodeURIComponent(this.data.room)}`;
  }

  async enter() {
    await asked(this.url, undefined, (trouble) => this.trouble(trouble));
    this.root.dataset.answers = 1;
  }

  async post(label, drawing) {
    const answer = await asked(this.url, { owner: owner(), label, drawing }, (trouble) => this.trouble(trouble));
    if (!answer) return false;
    say(this.sent, fill(this.words.sent, { count: answer.sent, digit: label }));
    return true;
  }

  trouble(trouble) {
    this.pad.trouble(trouble);
  }

  theme() {
    this.pad.theme(palette(this.root));
  }
}
