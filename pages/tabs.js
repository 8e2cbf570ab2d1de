// A lesson's tab is filled when it is opened (kit/tabs.py). Until its content is there, the lesson
// keeps its height: nothing below it moves up, and the page does not scroll by itself.

const LESSON = '[class*="st-key-fp-lesson-"]';
const RUNS = '[data-testid="stApp"]:not([data-test-script-state="notRunning"])';

/** @param {Event} event */
function keep({ target }) {
  const tab = /** @type {Element} */ (target).closest?.('[role="tab"]');
  const lesson = /** @type {HTMLElement | null | undefined} */ (tab?.closest(LESSON));
  if (!lesson || lesson.style.minHeight) return;
  lesson.style.minHeight = `${lesson.getBoundingClientRect().height}px`;
  requestAnimationFrame(() => release(lesson));
}

/** @param {HTMLElement} lesson */
function release(lesson) {
  const open = lesson.querySelector('[role="tabpanel"]:not([inert])');
  if (lesson.isConnected && (!open?.textContent || document.querySelector(RUNS))) {
    requestAnimationFrame(() => release(lesson));
  } else lesson.style.minHeight = "";
}

// Before Streamlit's own, which open the tab.
for (const kind of ["pointerdown", "keydown"]) {
  document.addEventListener(kind, keep, { capture: true });
}
