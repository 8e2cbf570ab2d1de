// A step of the walk-through: the named blocks stay, the others step back, and what is meant comes
// into sight.

/** @typedef {{ id: string, index: number, present: boolean }} Step */

/** @param {HTMLElement} root @param {Step} step @param {string} whole */
export function step(root, { id }, whole) {
  const named = id && id !== "all" ? id.split(" ") : null;
  for (const block of blocksIn(root)) {
    block.classList.toggle("aside", named !== null && !named.includes(block.dataset.block ?? ""));
  }
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const first = id && root.querySelector(named ? `[data-block="${named[0]}"]` : whole);
  if (first) first.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}

/** @param {HTMLElement} root @returns {Iterable<HTMLElement>} */
const blocksIn = (root) => root.querySelectorAll("[data-block]");

// Has `walk` listener of every step, the one that is on show first. Returns what ends that.
/** @param {(step: Step) => void} walk */
export function followSteps(walk) {
  /** @param {Event} event */
  const listener = (event) => walk(/** @type {CustomEvent} */ (event).detail);
  document.addEventListener("forward-pass:step", listener);
  document.dispatchEvent(new CustomEvent("forward-pass:step?"));
  return () => document.removeEventListener("forward-pass:step", listener);
}
