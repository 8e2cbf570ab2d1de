// Keeps the address bar equal to the page's state, and copies the lesson link: origin, path and
// query.

import { copied } from "./copied.js";
import { asked } from "./query.js";

const LESSON = "lesson";
// They stay in the address; they are not of the page.
const FRAME = ["embed", "embed_options", LESSON, "present"];

/** @param {{ data: LinkData, parentElement: HTMLElement }} component */
export function mount({ data, parentElement }) {
  document.documentElement.lang = data.language;
  keepAddress(data);
  const button = /** @type {HTMLButtonElement} */ (parentElement.querySelector("button"));
  const box = /** @type {HTMLInputElement} */ (parentElement.querySelector("input"));
  button.textContent = data.label;
  button.removeAttribute("aria-label");
  box.setAttribute("aria-label", data.label);
  box.value = linkOf(data);
  box.hidden = true;
  box.onblur = () => {
    box.hidden = true;
  };
  button.onclick = async () => {
    const link = linkOf(data);
    box.value = link;
    box.hidden = false;
    box.select();
    if (!(await copied(link))) return; // It stays there, selected, to be copied by hand.
    box.hidden = true;
    button.textContent = data.done;
    setTimeout(() => {
      button.textContent = data.label;
    }, 2000);
  };
}

export function unmount() {}

/** @param {LinkData} data */
function linkOf({ link }) {
  const lesson = openLesson();
  const parts = [link, lesson && `${LESSON}=${lesson}`].filter(Boolean);
  return location.origin + location.pathname + (parts.length ? `?${parts.join("&")}` : "");
}

// The name of the lesson's open tab, which kit/tabs.py writes into the block's class; "" for the
// first one, which is open without being asked for.
function openLesson() {
  const block = document.querySelector('[class*="st-key-fp-lesson-"]');
  const names = /st-key-fp-lesson-(\S+)/.exec(block?.className ?? "")?.[1].split("-") ?? [];
  const tabs = [...block?.querySelectorAll('[role="tab"]') ?? []];
  const open = tabs.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
  return open > 0 ? names[open] : "";
}

// Replaces the entry in the history, so that going back means the page before and not the stroke
// before.
/** @param {LinkData} data */
function keepAddress({ path, address, chosen }) {
  if (location.pathname.split("/").pop() !== path) return;
  const old = asked();
  const query = new URLSearchParams(address);
  for (const name of FRAME) for (const value of old.getAll(name)) query.append(name, value);
  if (chosen) query.set("lang", chosen);
  const search = query.toString();
  if (search === new URLSearchParams(location.search).toString()) return;
  history.replaceState(history.state, "", search ? `?${search}` : location.pathname);
}
