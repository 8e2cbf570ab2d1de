// Streamlit's places for files speak English, and tell only a mouse why they refuse a file. Their
// words are put into the page's language as they come, and a refusal stands below the place. What
// could not be sent while the server was away is sent when it is back, and what a server had that
// has been started anew is sent to it once more.

/** @typedef {[RegExp, string]} Rule what Streamlit says, and what we say instead. */

const PLACES = document.getElementsByClassName("stFileUploader");
const CHANGES = {
  subtree: true,
  childList: true,
  characterData: true,
  attributeFilter: ["aria-label", "title"],
};
/** @type {Rule[]} */
let said = [];
/** @type {Rule[]} */
let refused = [];
/** @type {Map<Element, MutationObserver>} */
const watched = new Map();
/** @type {MutationObserver | null} */
let arrivals = null;
// What Streamlit had said where words of ours stand: they come anew in another language.
/** @type {WeakMap<Node, { text: string, words: string }>} */
const replaced = new WeakMap();
/** @type {WeakMap<Element, FileList>} what was chosen last in a place */
const chosen = new WeakMap();
let session = "";
/** @type {WeakSet<Element>} places from which something was sent since the server was away */
let sent = new WeakSet();

/**
 * @param {{ data: { session: string, said: [string, string][], refused: [string, string][] } }}
 *   component
 */
export function mount({ data }) {
  [said, refused] = [data.said, data.refused].map((rules) =>
    rules.map(([pattern, words]) => /** @type {Rule} */ ([new RegExp(pattern), words])),
  );
  arrivals ??= new MutationObserver(find);
  arrivals.observe(document.body, { subtree: true, childList: true });
  document.addEventListener("change", choose, true);
  document.addEventListener("drop", choose, true);
  document.addEventListener("forward-pass:back", sendUnsent);
  for (const place of watched.keys()) {
    say(place);
    if (session && session !== data.session && !sent.has(place)) send(place);
  }
  session = data.session;
  find();
}

export function unmount() {
  arrivals?.disconnect();
  arrivals = null;
  document.removeEventListener("change", choose, true);
  document.removeEventListener("drop", choose, true);
  document.removeEventListener("forward-pass:back", sendUnsent);
  for (const watch of watched.values()) watch.disconnect();
  watched.clear();
}

/** @param {Event} event */
function choose(event) {
  const target = /** @type {HTMLInputElement} */ (event.target);
  const files = /** @type {DragEvent} */ (event).dataTransfer?.files ?? target.files;
  const place = files?.length && target.closest(".stFileUploader");
  if (place) chosen.set(place, files);
}

function sendUnsent() {
  sent = new WeakSet();
  const unsent = refused[refused.length - 1][1];
  for (const place of watched.keys()) {
    if (place.getAttribute("data-fp-refused") === unsent) send(place);
  }
}

/** @param {Element} place */
function send(place) {
  const files = chosen.get(place);
  /** @type {HTMLInputElement | null} */
  const input = place.querySelector("input[type=file]");
  const chips = [...place.querySelectorAll("[data-testid=stFileChip]")];
  if (!files || !input || !chips.length) return; // what was taken away is not wanted
  for (const chip of chips) {
    /** @type {HTMLElement | null} */
    const remove = chip.querySelector("[data-testid=stFileChipDeleteBtn] button");
    if (chip.matches("[aria-invalid=true]")) remove?.click();
  }
  sent.add(place);
  input.files = files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function find() {
  for (const place of watched.keys()) {
    if (!place.isConnected) {
      watched.get(place)?.disconnect();
      watched.delete(place);
    }
  }
  for (const place of PLACES) {
    if (watched.has(place)) continue;
    const watch = new MutationObserver(() => say(place));
    watched.set(place, watch);
    watch.observe(place, CHANGES);
    say(place);
  }
}

/** @param {Element} place */
function say(place) {
  const why = new Set();
  for (const alert of place.querySelectorAll("[role=alert]")) {
    for (const node of alert.childNodes) {
      const text = original(node);
      const reason = text.replace(/^Error: /, "");
      set(node, text, reason && translated(reason, refused));
      if (node.nodeValue) why.add(node.nodeValue);
    }
  }
  const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (texts.currentNode.parentElement?.matches("[role=alert]")) continue; // said above
    const text = original(texts.currentNode);
    set(texts.currentNode, text, translated(text, said));
  }
  for (const one of place.querySelectorAll("[aria-label], [title]")) {
    for (const name of ["aria-label", "title"]) {
      const attribute = one.getAttributeNode(name);
      if (attribute) set(attribute, original(attribute), translated(original(attribute), said));
    }
  }
  const whole = [...why].join(" ");
  if (whole !== (place.getAttribute("data-fp-refused") ?? "")) {
    place.toggleAttribute("data-fp-refused", whole !== "");
    if (whole) place.setAttribute("data-fp-refused", whole);
  }
}

/** @param {Node} node */
function original(node) {
  const known = replaced.get(node);
  return known && known.words === node.nodeValue ? known.text : node.nodeValue ?? "";
}

/** @param {Node} node @param {string} text what Streamlit said there @param {string} words */
function set(node, text, words) {
  if (text !== words) replaced.set(node, { text, words });
  if (node.nodeValue !== words) node.nodeValue = words;
}

/** The words for a text; the text itself where none are meant for it, or they are there already.
 * @param {string} text
 * @param {Rule[]} rules */
export function translated(text, rules) {
  for (const [pattern, words] of rules) {
    const [before, after] = words.split("{1}");
    const there = after !== undefined && text.startsWith(before) && text.endsWith(after);
    if (there || text === words) return text;
    const found = pattern.exec(text);
    if (found) return words.replace("{1}", () => found[1]);
  }
  return text;
}
