// Which picture: one of the set, or one's own, which is chosen, dropped, pasted or photographed.

import { action, button, el, say } from "../kit/dom.js";
import { reached } from "../kit/live.js";
import { request } from "../kit/request.js";
import { owner } from "../kit/run/client.js";

/** @typedef {{ name: string, blob: Blob }} Own */

export class Chooser {
  /** @type {Own[]} pictures of this visitor, the newest first */
  own = [];
  closed = false;
  /** @type {MediaStream | null} */
  stream = null;

  /**
   * @param {PicturesWords} words
   * @param {string} base
   * @param {string[]} set names of the pictures that ship
   * @param {(name: string) => unknown} onPick
   */
  constructor(words, base, set, onPick) {
    this.words = words;
    this.base = base;
    this.onPick = onPick;
    this.strip = el("div", { class: "strip", role: "group", "aria-label": words.pictures });
    /** @type {HTMLInputElement} */
    this.file = el("input", { type: "file", accept: "image/*", class: "unseen", tabindex: "-1",
      "data-fp": "picture-file", "aria-label": words.choose,
      onchange: () => this.files(this.file.files) });
    this.camera = action(words.camera, () => this.open(), { "data-fp": "picture-camera",
      hidden: !navigator.mediaDevices?.getUserMedia });
    this.video = el("video", { autoplay: true, playsinline: true, muted: true });
    this.shot = el("div", { class: "shot", hidden: true }, this.video,
      action(words.shoot, () => this.shoot()), button(words.close, () => this.shut(),
        { class: "quiet" }));
    this.message = el("p", { role: "status", class: "message", "data-fp": "picture-message" });
    this.element = el("section", { class: "chooser", "data-block": "picture" }, this.strip,
      el("div", { class: "line" }, action(words.choose, () => this.file.click(),
        { "data-fp": "picture-choose" }), this.file, this.camera,
      el("span", { class: "note" }, words.privacy)), this.shot, this.message);
    this.element.addEventListener("dragover", (event) => event.preventDefault());
    this.element.addEventListener("drop", (event) => {
      event.preventDefault();
      this.files(event.dataTransfer?.files);
    });
    this.onPaste = (/** @type {ClipboardEvent} */ event) => {
      const { files } = event.clipboardData ?? {};
      if (!files?.length) return;
      event.preventDefault();
      this.files(files);
    };
    document.addEventListener("paste", this.onPaste);
    this.strip.append(...set.map((name) => this.add(name)));
  }

  close() {
    this.closed = true;
    this.shut();
    document.removeEventListener("paste", this.onPaste);
  }

  /** @param {string} name @param {string} [label] */
  add(name, label = this.words.set[name] ?? this.words.own) {
    const image = el("img", { src: this.at(name, "small"), alt: "", loading: "lazy" });
    return button(image, () => this.onPick(name),
      { "data-picture": name, "data-fp": `picture-${name}`, title: label, "aria-label": label });
  }

  /** @param {string} name @param {string} [stage] */
  at(name, stage = "cropped") {
    return `${this.base}/pictures/image/${name}/${stage}`;
  }

  /** @param {string} name */
  choose(name) {
    for (const one of this.strip.children) {
      one.setAttribute("aria-pressed", String(one.getAttribute("data-picture") === name));
    }
  }

  /** @param {FileList | null | undefined} files */
  files(files) {
    if (files?.[0]) this.take(files[0]);
    this.file.value = "";
  }

  // Sends a picture; what cannot be read leaves all as it was.
  /** @param {Blob} blob */
  async take(blob) {
    say(this.message, this.words.sending);
    const name = await this.send(blob);
    if (!name) return;
    this.own.unshift({ name, blob });
    this.strip.prepend(this.add(name));
    this.onPick(name);
  }

  // The server has forgotten a picture that is still here: it is sent again.
  /** @param {string} name @returns {Promise<boolean>} */
  async again(name) {
    const kept = this.own.find((one) => one.name === name);
    const now = kept && await this.send(kept.blob);
    if (!kept || !now) return false;
    kept.name = now;
    this.strip.querySelector(`[data-picture="${name}"]`)?.replaceWith(this.add(now));
    this.onPick(now);
    return true;
  }

  /** @param {Blob} blob @returns {Promise<string | null>} its name on the server */
  async send(blob) {
    const url = `${this.base}/pictures/take?owner=${owner()}`;
    const posted = { method: "POST", body: blob,
      headers: { "Content-Type": "application/octet-stream" } };
    const answer = await reached(() => request(url, posted),
      ({ message }) => say(this.message, message ?? this.words.unreachable), () => !this.closed);
    if (!answer || this.closed) return null;
    if (!answer.ok) {
      say(this.message, await answer.text());
      return null;
    }
    const { picture, said } = await answer.json();
    say(this.message, said);
    return picture;
  }

  async open() {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia(
        { video: { facingMode: "environment" } });
      this.video.srcObject = this.stream;
      this.shot.hidden = false;
    } catch {
      say(this.message, this.words.noCamera);
    }
  }

  shoot() {
    const { videoWidth: width, videoHeight: height } = this.video;
    const canvas = el("canvas", { width, height });
    canvas.getContext("2d")?.drawImage(this.video, 0, 0);
    canvas.toBlob((blob) => blob && this.take(blob), "image/jpeg", 0.95);
    this.shut();
  }

  shut() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    this.shot.hidden = true;
  }
}
