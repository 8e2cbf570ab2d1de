// Keys as people press them: under an input method for Korean, Japanese or Chinese, and with Caps
// Lock on.

/**
 * The letter that a shortcut means. Under Hangul `key` is another sign and only `code` knows the
 * key; under every Latin layout `key` is right, wherever the key lies.
 * @param {KeyboardEvent} event
 */
export function letter({ key, code }) {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : key;
}

/**
 * The signs of an input method that writes digits and points wide, as other keyboards write them.
 * @param {string} text
 */
export const narrow = (text) => text.replace(/[。、]/g, ".").replace(/[\uff01-\uff5e]/g,
  (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

/**
 * The digit of a key: as it is written, wide under an input method too, or as it stands on the key,
 * where the layout writes it with Shift only or in digits of another script; null if it is none.
 * @param {KeyboardEvent} event
 */
export function digitOf({ key, code, shiftKey }) {
  const plain = narrow(key);
  if (/^[0-9]$/.test(plain)) return Number(plain);
  const place = !shiftKey && key.length === 1 ? code.match(/^Digit([0-9])$/)?.[1] : undefined;
  return place === undefined ? null : Number(place);
}

/**
 * Whether another key is held that makes something else of this one: a command, or another sign.
 * @param {KeyboardEvent} event
 */
export const commanded = (event) => event.ctrlKey || event.metaKey || event.altKey
  || event.getModifierState("AltGraph");

/**
 * A number as it is typed, with a decimal comma or wide digits; null if it is none.
 * @param {string} text
 */
export function typedNumber(text) {
  const plain = narrow(text).trim().replace("−", "-").replace(",", ".");
  const value = Number(plain);
  return plain && Number.isFinite(value) ? value : null;
}

/**
 * One Enter in a text field, one call. While a syllable is still composed, Enter ends it, and what
 * is to be read is there only after `compositionend`. Browsers differ in whether that comes before
 * the key, after it, or between two of it; until the key is up again there is no second call.
 * @template {HTMLElement} Field
 * @param {Field} field
 * @param {() => unknown} call
 * @param {(event: KeyboardEvent) => boolean} [counts] for a field in which some Enters do not
 * @returns {Field}
 */
export function onEnter(field, call, counts = () => true) {
  let composing = false;
  let waits = false;
  let called = false;
  const once = () => {
    if (called) return;
    called = true;
    waits = false;
    call();
  };
  const forget = () => {
    called = false;
  };
  field.addEventListener("compositionstart", () => {
    composing = true;
  });
  field.addEventListener("compositionend", () => {
    composing = false;
    // Safari writes the text after this event
    setTimeout(() => waits && once());
  });
  field.addEventListener("keydown", (event) => {
    if (![event.key, event.code].some((name) => name === "Enter" || name === "NumpadEnter")) {
      waits = false; // that Enter chose a word, and the writing went on
      return;
    }
    if (!counts(event)) return;
    event.preventDefault();
    if (composing || event.isComposing) waits = true;
    else once();
  });
  for (const name of ["keyup", "blur", "input"]) field.addEventListener(name, forget);
  return field;
}

/** Streamlit's own fields. */
const THEIRS = '[data-testid="stTextInput"] input, [data-testid="stTextArea"] textarea';
/** @type {WeakSet<EventTarget>} those that have come into use */
const used = new WeakSet();

/**
 * Streamlit passes an Enter over that ends a syllable: in its fields, too, one is to be enough. For
 * a listener to `focusin`.
 * @param {{ target: EventTarget | null }} event
 */
export function enterOnce({ target }) {
  if (!(target instanceof HTMLElement) || !target.matches(THEIRS) || used.has(target)) return;
  used.add(target);
  /** @type {KeyboardEventInit} */
  let held = {};
  onEnter(target, () => {
    target.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", ...held }));
  }, ({ isComposing, ctrlKey, metaKey }) => {
    held = { ctrlKey, metaKey, bubbles: true, cancelable: true };
    return isComposing && (target.tagName === "INPUT" || ctrlKey || metaKey);
  });
}
