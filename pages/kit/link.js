// Keeps the address bar equal to the page's state, and copies the lesson link: origin, path and
// query.

import { asked } from "./query.js";

// They stay in the address; they are not of the page.
const FRAME = ["embed", "embed_options", "lesson", "present"];

/** @param {{ data: LinkData, parentElement: HTMLElement }} component */
export function mount({ data, parentElement }) {
  document.documentElement.lang = data.language;
  keepAddress(data);
  const button = /** @type {HTMLButtonElement} */ (parentElement.querySelector("button"));
  const box = /** @type {HTMLInputElement} */ (parentElement.querySelector("input"));
  const link = location.origin + location.pathname + (data.link ? `?${data.link}` : "");
  button.textContent = data.label;
  button.removeAttribute("aria-label");
  box.setAttribute("aria-label", data.label);
  box.value = link;
  box.hidden = true;
  box.onblur = () => {
    box.hidden = true;
  };
  button.onclick = async () => {
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

/** @param {string} text */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Plain http has no clipboard, but may copy what is selected.
    return document.execCommand("copy");
  }
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
