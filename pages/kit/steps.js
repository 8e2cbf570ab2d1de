// A step of the walk-through: the named blocks stay, the others step back, and what is meant comes into sight.

export function step(root, { id }, whole) {
  const named = id && id !== "all" ? id.split(" ") : null;
  for (const block of root.querySelectorAll("[data-block]")) {
    block.classList.toggle("aside", named !== null && !named.includes(block.dataset.block));
  }
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const first = id && root.querySelector(named ? `[data-block="${named[0]}"]` : whole);
  if (first) first.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}

// Has `walk` told of every step, the one that is on show first. Returns what ends that.
export function followSteps(walk) {
  const told = (event) => walk(event.detail);
  document.addEventListener("forward-pass:step", told);
  document.dispatchEvent(new CustomEvent("forward-pass:step?"));
  return () => document.removeEventListener("forward-pass:step", told);
}
