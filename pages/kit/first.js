// The first picture of a page is drawn before Streamlit has come (first.js), in a place of its own.
// When Streamlit mounts it, the picture that is there is taken over: its room is kept, and once all
// around it stands (arrival.js) it moves there, with whatever has been done in it.

/**
 * @typedef {import("./view.js").View<any>} AnyView
 * @typedef {{ shell: HTMLElement, host: ShadowRoot, close: () => void, view?: AnyView,
 *   kept?: HTMLElement, told: boolean, held: boolean }} First
 *   shell: all that stands there until then; close: ends the picture, if nobody takes it over;
 *   kept: its room; told: it has something to tell the page; held: a hand is on it
 */

/** @type {First | null} */
let first = null;

/** @param {First} drawn */
export function begin(drawn) {
  first = drawn;
  document.documentElement.dataset.fpFirst = "";
  drawn.shell.addEventListener("pointerdown", () => { drawn.held = true; });
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, () => { drawn.held = false; }, { capture: true });
  }
}

/** Whether a hand is on it: a line that is being drawn is not taken away. */
export const isHeld = () => first?.held ?? false;

/**
 * The picture that Streamlit mounts in a parent, if it is there already and was sent the same.
 * @param {WeakMap<Node, AnyView>} views of its module
 * @param {Node} parent @param {PictureData} data
 */
export function takeOver(views, parent, data) {
  const view = first && views.get(first.host);
  if (!first || !view) return undefined;
  if (alike(view.data) !== alike(data)) {
    leave();
    return undefined;
  }
  first.view = view;
  first.kept = document.createElement("div");
  first.kept.dataset.fp = "first";
  first.kept.style.height = `${view.root.getBoundingClientRect().height}px`;
  parent.appendChild(first.kept);
  views.delete(first.host);
  views.set(parent, view);
  view.data = { ...view.data, session: data.session };
  if (first.told) view.notify();
  return view;
}

// What it was sent, but for the name of the session.
/** @param {PictureData} data */
const alike = (data) =>
  JSON.stringify(data, (name, value) => (name === "session" ? undefined : value));

/** The picture moves to where Streamlit has mounted it; what stood around it goes. */
export function handOver() {
  if (!first?.kept?.isConnected || !first.view) return leave();
  const { shell, kept, view, host } = first;
  const focused = /** @type {HTMLElement | null} */ (host.activeElement);
  kept.before(view.root);
  view.host = /** @type {HTMLElement} */ (kept.parentNode);
  kept.remove();
  const main = document.querySelector('[data-testid="stMain"]');
  if (main) main.scrollTop = shell.scrollTop;
  gone();
  focused?.focus({ preventScroll: true });
}

/** Nobody takes it over, or not any more. @param {Node} [parent] only if it was to move there */
export function leave(parent) {
  if (!first || (parent && first.kept?.parentNode !== parent)) return;
  first.close();
  first.kept?.remove();
  gone();
}

function gone() {
  first?.shell.remove();
  first = null;
  delete document.documentElement.dataset.fpFirst;
}
