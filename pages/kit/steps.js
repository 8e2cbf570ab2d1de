// A step of the walk-through: the named blocks stay, and the others step back. While presenting,
// controls are folded away unless the step is about them.

/** @typedef {{ id: string, index: number, present: boolean, controls: boolean }} Step */

// Returns what the step means, to be brought into sight.
/** @param {HTMLElement} root @param {Step} step @param {string} whole @returns {Element[]} */
export function step(root, { id, present, controls }, whole) {
  const named = id && id !== "all" ? id.split(" ") : null;
  for (const block of within(root, "[data-block]")) {
    block.classList.toggle("aside", named !== null && !named.includes(block.dataset.block ?? ""));
  }
  const meant = (named ?? []).map((name) => root.querySelector(`[data-block="${name}"]`));
  for (const part of within(root, "[data-fold]")) {
    const isMeant = meant.some((block) => block && (part.contains(block) || block === part));
    part.classList.toggle("folded", present && !controls && !isMeant);
  }
  const parts = named ? meant : [id && root.querySelector(whole)];
  return /** @type {Element[]} */ (parts.filter(Boolean));
}

/** @param {HTMLElement} root @param {string} what @returns {Iterable<HTMLElement>} */
const within = (root, what) => root.querySelectorAll(what);

const SHOWN = 2500; // ms that what was brought into sight stays outlined

// Outlines the block that a term of the prose names (kit/terms.js), and brings it into sight where
// that is asked for. Returns what ends that.
/** @param {HTMLElement} root */
export function followTerms(root) {
  let brought = 0; // until when what was brought stays outlined
  /** @param {Event} event */
  const listener = (event) => {
    const detail = /** @type {CustomEvent<import("./terms.js").Named>} */ (event).detail;
    if (!detail.block && Date.now() < brought) return;
    for (const block of within(root, "[data-block].named")) block.classList.remove("named");
    if (!detail.block) return;
    const [block] = [...within(root, `[data-block="${detail.block}"]`)].filter(isSeen);
    if (!block) return;
    detail.found = true;
    block.classList.add("named");
    if (!detail.bring) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    block.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
    brought = Date.now() + SHOWN;
    setTimeout(() => block.classList.remove("named"), SHOWN);
  };
  document.addEventListener("forward-pass:named", listener);
  return () => document.removeEventListener("forward-pass:named", listener);
}

/** @param {Element} block */
const isSeen = (block) => block.getClientRects().length > 0;

// Has `walk` listener of every step, the one that is on show first. Returns what ends that.
/** @param {(step: Step) => void} walk */
export function followSteps(walk) {
  /** @param {Event} event */
  const listener = (event) => walk(/** @type {CustomEvent} */ (event).detail);
  document.addEventListener("forward-pass:step", listener);
  document.dispatchEvent(new CustomEvent("forward-pass:step?"));
  return () => document.removeEventListener("forward-pass:step", listener);
}
