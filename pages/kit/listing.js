// A listing with a button that copies it. Streamlit's own fetches 515 kB to colour one, and so did
// every page that has a listing in a tab nobody has opened.

import { copied } from "./copied.js";
import { el } from "./dom.js";

const PARTS = new RegExp([
  /(?<comment>#.*)/,
  /(?<string>[rbf]{0,2}(?:"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))/,
  /(?<word>[A-Za-z_]\w*)/,
].map(({ source }) => source).join("|"), "g");
const KEYWORDS = new Set(("False None True and as assert async await break class continue def " +
  "del elif else except finally for from global if import in is lambda nonlocal not or pass " +
  "raise return try while with yield").split(" "));

/**
 * The parts of a Python program: text, and what kind it is where it is of one.
 * @param {string} source
 */
export function* partsOf(source) {
  let end = 0;
  for (const match of source.matchAll(PARTS)) {
    const { comment, string, word } = /** @type {Record<string, string>} */ (match.groups);
    if (word && !KEYWORDS.has(word)) continue;
    if (match.index > end) yield { text: source.slice(end, match.index), kind: "" };
    yield { text: match[0], kind: comment ? "comment" : string ? "string" : "keyword" };
    end = match.index + match[0].length;
  }
  yield { text: source.slice(end), kind: "" };
}

/** @param {{ data: ListingData, parentElement: HTMLElement }} component */
export function mount({ data, parentElement }) {
  const { source, language, words } = data;
  const code = /** @type {HTMLElement} */ (parentElement.querySelector("code"));
  const button = /** @type {HTMLButtonElement} */ (parentElement.querySelector("button"));
  const parts = language === "python" ? [...partsOf(source)] : [{ text: source, kind: "" }];
  code.replaceChildren(
    ...parts.map(({ text, kind }) => (kind ? el("span", { class: `fp-${kind}` }, text) : text)));
  button.textContent = words.copy;
  button.removeAttribute("aria-label"); // it was for whoever heard the page before its words came
  button.onclick = async () => {
    getSelection()?.selectAllChildren(code);
    if (!(await copied(source))) return; // it stays selected, to be copied by hand
    getSelection()?.removeAllRanges();
    button.textContent = words.copied;
    setTimeout(() => {
      button.textContent = words.copy;
    }, 2000);
  };
}

export function unmount() {}
