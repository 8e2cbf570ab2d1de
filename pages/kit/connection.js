// While the server is away. Streamlit then covers the page with a dialog of its own, which takes
// every stroke and every key; it is closed, and a line at the bottom says what happens. What a
// person does stays in the pictures, and they send it when the server is back.

const app = () =>
  /** @type {HTMLElement} */ (document.querySelector('[data-testid="stApp"]'));
/** @returns {HTMLElement | null} */
const dialog = () => document.querySelector('[data-testid="stDialog"]');

let close = () => {};

/** @param {{ data: { away: string }, parentElement: HTMLElement }} component */
export function mount({ data, parentElement }) {
  close();
  const line = /** @type {HTMLElement} */ (parentElement.querySelector("p"));
  line.textContent = data.away;
  const root = /** @type {HTMLElement} */ (document.getElementById("root"));
  const look = () => {
    const away = app().dataset.testConnectionState !== "CONNECTED";
    // Streamlit forgets what it was told meanwhile, and does not ask
    if (!away && !line.hidden) document.dispatchEvent(new CustomEvent("forward-pass:back"));
    line.hidden = !away;
    if (away && dialog()) uncover(root);
  };
  const watch = new MutationObserver(look);
  watch.observe(app(), { attributeFilter: ["data-test-connection-state"] });
  watch.observe(root, { attributeFilter: ["inert"] });
  watch.observe(document.body, { childList: true });
  close = () => watch.disconnect();
  look();
}

export function unmount() {
  close();
}

// At once, so that a stroke in progress goes on; then Streamlit is told, so that its dialog does
// not hold the keys.
/** @param {HTMLElement} root */
function uncover(root) {
  const covers = /** @type {HTMLElement} */ (dialog());
  root.inert = false;
  covers.style.display = "none";
  /** @type {HTMLElement | null} */ (covers.querySelector("section button"))?.click();
}
