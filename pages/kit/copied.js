// Copies a text that is selected on the page; resolves with whether it is in the clipboard now.

/** @param {string} text */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Plain http has no clipboard, but may copy what is selected.
    return document.execCommand("copy");
  }
}
