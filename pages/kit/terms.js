// Shows what a term of the prose means: while it is pointed at or has the focus, or once it is
// tapped. The definition is drawn above everything (popover): no text moves, nothing clips it.
// What the term names in the picture is outlined meanwhile (kit/steps.js), and pressing the term
// once more brings it into sight.
const EDGE = 8;

/** @typedef {{ block: string, bring: boolean, found: boolean }} Named */

/** @type {HTMLElement | null} */
let shown = null;
let listening = false;
let hint = "";
/** @type {HTMLElement | null} what was tapped last: a finger cannot point first */
let tapped = null;

/** @param {{ data: { words: { show: string } } }} component */
export function mount({ data }) {
  hint = data.words.show;
  if (listening) return;
  listening = true;
  document.addEventListener("pointerover", ({ target }) => {
    const term = termOf(target);
    if (term || !(within(target) || shown === document.activeElement)) change(term);
  });
  document.addEventListener("focusin", ({ target }) => {
    const term = termOf(target);
    if (term || !pointed()) change(term);
  });
  document.addEventListener("focusout", () => {
    if (!pointed()) change(null);
  });
  document.addEventListener("click", (event) => {
    if (within(event.target)) return;
    const term = termOf(event.target);
    const again = term === shown && (event.pointerType !== "touch" || term === tapped);
    tapped = term;
    if (term && again) press(term);
    else change(term);
  });
  document.addEventListener("scroll", follow, { capture: true, passive: true });
  document.addEventListener("keydown", ({ key, target }) => {
    if (key === "Escape") change(null);
    else if ((key === "Enter" || key === " ") && termOf(target)) press(termOf(target));
  });
}

export function unmount() {}

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
function termOf(target) {
  return target instanceof Element ? target.closest(".fp-term") : null;
}

// The definition itself may be pointed at, to be read.
/** @param {EventTarget | null} target */
function within(target) {
  return target instanceof Element && Boolean(target.closest(".fp-meaning"));
}

// A page that moves the focus by itself takes no definition from who points at its term.
function pointed() {
  return Boolean(shown?.matches(":hover"));
}

// A page may scroll by itself, to bring something into sight or because something grew above: the
// definition goes with its term, and closes once that is gone. Whoever points at something else
// after the scroll is heard by pointerover.
function follow() {
  const word = shown?.getClientRects()[0];
  if (word && word.bottom > 0 && word.top < window.innerHeight) place(popover(), word);
  else change(null);
}

/** @param {HTMLElement | null} term */
function change(term) {
  if (term === shown) return;
  const box = popover();
  if (box.matches(":popover-open")) box.hidePopover();
  shown = term;
  const found = point(term, false);
  const definition = term?.querySelector(".fp-definition");
  if (!term || !definition) return;
  box.replaceChildren(...definition.cloneNode(true).childNodes);
  if (found) {
    const note = document.createElement("small");
    note.textContent = hint;
    box.append(note);
  }
  box.showPopover();
  place(box, term.getClientRects()[0]);
}

// A term that is pressed shows its definition, or else what it names.
/** @param {HTMLElement | null} term */
function press(term) {
  if (term !== shown) change(term);
  else point(term, true);
}

// Tells the pictures what is named, and whether they shall bring it into sight. Returns whether one
// of them has it.
/** @param {HTMLElement | null} term @param {boolean} bring */
function point(term, bring) {
  /** @type {Named} */
  const detail = { block: term?.dataset.shows ?? "", bring, found: false };
  document.dispatchEvent(new CustomEvent("forward-pass:named", { detail }));
  return detail.found;
}

// Below the term, or above it where there is no room below; never beyond the window.
/** @param {HTMLElement} box @param {DOMRect} word */
function place(box, word) {
  const { width, height } = box.getBoundingClientRect();
  const below = word.bottom;
  const fits = below + height <= window.innerHeight - EDGE;
  box.style.top = `${fits ? below : Math.max(EDGE, word.top - height)}px`;
  box.style.left = `${Math.max(EDGE, Math.min(word.left, window.innerWidth - EDGE - width))}px`;
}

function popover() {
  const old = /** @type {HTMLElement | null} */ (document.querySelector(".fp-meaning"));
  if (old) return old;
  const box = document.createElement("div");
  box.className = "fp-meaning";
  box.popover = "manual";
  box.setAttribute("aria-hidden", "true"); // a screen reader reads the definition at the term
  (document.querySelector('[data-testid="stApp"]') ?? document.body).append(box); // its theme
  return box;
}
