// Light or dark: works Streamlit's own menu, which the frame hides, and remembers the choice for
// every page.

/** @returns {HTMLElement | null} */
const menu = () => document.querySelector('[data-testid="stMainMenu"] button');
/** @param {string} name @returns {HTMLElement | null} */
const item = (name) => document.querySelector(`[data-testid="stMainMenuItem-theme-${name}"]`);
const app = () =>
  /** @type {Element} */ (document.querySelector('[data-testid="stApp"]'));

let close = () => {};

/**
 * @param {{ data: { light: string, dark: string, paths: string[] },
 *   parentElement: HTMLElement }} component
 */
export function mount({ data, parentElement }) {
  close();
  const button = /** @type {HTMLButtonElement} */ (parentElement.querySelector("button"));
  const show = () => {
    button.textContent = isDark() ? data.light : data.dark;
    button.removeAttribute("aria-label");
  };
  // Streamlit follows the system a little after the event.
  const later = () => setTimeout(show, 300);
  const watch = new MutationObserver(show);
  const system = matchMedia("(prefers-color-scheme: dark)");
  watch.observe(app(), { attributeFilter: ["class"] });
  system.addEventListener("change", later);
  close = () => {
    watch.disconnect();
    system.removeEventListener("change", later);
  };
  button.onclick = async () => {
    await choose(isDark() ? "Light" : "Dark", data.paths);
    show();
    button.focus({ preventScroll: true });
  };
  show();
}

export function unmount() {
  close();
}

function isDark() {
  const numbers = getComputedStyle(app()).backgroundColor.match(/[\d.]+/g) ?? [];
  const [red, green, blue] = numbers.map(Number);
  return red + green + blue < 384;
}

/** @param {string} name @param {string[]} paths */
async function choose(name, paths) {
  const done = () => isDark() === (name === "Dark");
  menu()?.click();
  if (await within(() => item(name))) {
    item(name)?.click();
    if (menu()?.getAttribute("aria-expanded") === "true") menu()?.click();
    await within(done);
  }
  remember(name, paths);
  if (!done()) location.reload();
}

/** @param {() => unknown} happened */
async function within(happened, frames = 60) {
  for (let i = 0; i < frames && !happened(); i++) await new Promise(requestAnimationFrame);
  return happened();
}

// Streamlit keeps the theme under a key for each address, with the version of its format at the
// end.
/** @param {string} name @param {string[]} paths */
function remember(name, paths) {
  try {
    rememberIn(localStorage, name, paths);
  } catch {
    // a browser that keeps nothing: it holds as long as the page lasts
  }
}

/** @param {Storage} storage @param {string} name @param {string[]} paths */
function rememberIn(storage, name, paths) {
  const base = location.pathname.replace(/[^/]*$/, "");
  const versions =
    Object.keys(storage).map((key) => key.match(/^stActiveTheme-.*(-v\d+)$/)?.[1]);
  const version = versions.find(Boolean) ?? "-v2";
  for (const path of paths) {
    storage.setItem(`stActiveTheme-${base}${path}${version}`, JSON.stringify(name));
  }
}
