// What the pictures of all three tabs do alike.

/**
 * What could not be computed; of a layer, also which field to change, and to which value.
 * @typedef {{ message: string, field?: string, nearest?: string | number }} Refused
 */

/** @param {Trouble | null} trouble @returns {Refused | null} */
export function refusedOf(trouble) {
  if (!trouble?.message) return null;
  return trouble.message.startsWith("{") ? JSON.parse(trouble.message)
    : { message: trouble.message };
}

// The parts that the page leaves out get a class.
/** @param {HTMLElement} root @param {string} name @param {string[]} hidden */
export function hideParts(root, name, hidden) {
  for (const part of /** @type {Iterable<HTMLElement>} */ (root.querySelectorAll("[data-part]"))) {
    part.classList.toggle(name, hidden.includes(part.dataset.part ?? ""));
  }
}

// For the benchmarks: from the hand to the frame that shows the answer.
/** @param {number} start */
export function painted(start) {
  requestAnimationFrame(() => performance.measure("fp:painted", { start, end: performance.now() }));
}

/**
 * As many children as there are things to show.
 * @template {Element} Child
 * @param {HTMLElement} host
 * @param {number} count
 * @param {(index: number) => Child} make
 */
export function rowsOf(host, count, make) {
  while (host.children.length > count) host.lastElementChild?.remove();
  while (host.children.length < count) host.append(make(host.children.length));
  return /** @type {Child[]} */ ([...host.children]);
}
