// How a page arrives: the picture first and at once, then what stands around it. Until then both
// are laid out but not seen (frame.css), so nothing that is seen moves. The first HTML begins it
// with `data-fp-arriving="all"`; so does every link to another page.

import { handOver, isHeld, leave } from "./kit/first.js";
import "./tabs.js";
import { Rest } from "./rest.js";

const root = document.documentElement;
const LONGEST = 15_000; // ms after which all is seen, whatever has come (frame.css)
const rest = new Rest();

/** @param {string} selector @param {ParentNode} [within] */
const find = (selector, within = document) => within.querySelector(selector);

// Whether the navigation marks the page that the address names; the home page is marked nowhere.
function leads() {
  const links = /** @type {HTMLAnchorElement[]} */ (
    [...document.querySelectorAll("[class*=st-key-fp-go-] a")]);
  const here = links.find((link) => new URL(link.href).pathname === location.pathname);
  const marked = find(".st-key-fp-go-here");
  const arrived = bound === null || bound === location.pathname;
  return arrived && links.length > 0 && (here ? Boolean(marked?.contains(here)) : !marked);
}

/** @type {string | null} where a link leads that was clicked: the address follows a little later */
let bound = null;
/** @type {number | null} when Streamlit's script had ended */
let came = null;

// Whether a picture has been painted: its parts are mounted, it asks nothing, and it stands still.
/** @param {Element} picture */
function stands(picture) {
  const hosts = [...picture.querySelectorAll('[data-testid="stBidiComponentIsolated"]')];
  const mounted = hosts.every(({ shadowRoot }) => shadowRoot?.querySelector("[data-fp]"));
  const skeleton = find('[data-testid="stSkeleton"], [data-stale="true"]', picture);
  return rest.of(picture, !hosts.length || !mounted || skeleton !== null);
}

// Whether the buttons above the page have their words: they make a row, on a phone a second one.
function named() {
  const parts = ".st-key-fp-tools [data-testid=stBidiComponentRegular]";
  return [...document.querySelectorAll(parts)].every((part) =>
    [...part.querySelectorAll(".fp-button")].some(({ textContent }) => textContent));
}

function look() {
  if (!leads()) return void requestAnimationFrame(look);
  const picture = find(".st-key-picture");
  const main = find('[data-testid="stMainBlockContainer"]');
  const ended = find('[data-testid="stApp"][data-test-script-state="notRunning"]');
  const drawn = main && ended && find("h1", main) && !find('[data-testid="stSkeleton"]', main);
  if (ended) came ??= performance.now();
  const late = came !== null && performance.now() > came + LONGEST;
  if (picture && root.dataset.fpArriving === "all" && (stands(picture) || late) && !isHeld()) {
    root.dataset.fpArriving = "rest";
    handOver();
  }
  const waits = picture && root.dataset.fpArriving === "all";
  if (drawn && !waits && (named() || late)) {
    leave();
    delete root.dataset.fpArriving;
  } else requestAnimationFrame(look);
}

/** @param {string} pathname */
function begin(pathname) {
  bound = pathname;
  const arrives = "fpArriving" in root.dataset;
  root.dataset.fpArriving = "all";
  rest.begin();
  came = null;
  leave();
  if (!arrives) requestAnimationFrame(look);
}

document.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest?.("a[href]");
  const { pathname, origin } = new URL(link?.getAttribute("href") ?? "", location.href);
  const elsewhere = origin === location.origin && pathname !== location.pathname;
  const aside = event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0;
  if (link && elsewhere && !aside) begin(pathname);
}, { capture: true });
addEventListener("popstate", () => {
  bound = null;
});
requestAnimationFrame(look);
