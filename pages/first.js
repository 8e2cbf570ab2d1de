// Draws the first picture of a page before Streamlit has come: the first HTML brings what it is
// sent (first_picture.py), and kit/first.js hands it over.

import { begin } from "./kit/first.js";
import { Rest } from "./rest.js";

const shell = /** @type {HTMLElement} */ (document.querySelector("#fp-first"));
const place = /** @type {HTMLElement} */ (shell.querySelector("#fp-first-place"));
const sent = JSON.parse(shell.querySelector("script")?.textContent ?? "");
const host = place.attachShadow({ mode: "open" });

/** @type {import("./kit/first.js").First} */
const first = { shell, host, close: () => unmount(host), told: false, held: false };
begin(first);
const { mount, unmount } = await import(`./${sent.module}`);
mount({
  data: { ...sent.data, base: new URL("../..", import.meta.url).href.replace(/\/$/, "") },
  parentElement: host,
  setStateValue: () => { first.told = true; },
});

// It is seen once it has its answers: until then it still grows.
const rest = new Rest();
function look() {
  if (rest.of(place)) place.dataset.seen = "";
  else requestAnimationFrame(look);
}
look();
