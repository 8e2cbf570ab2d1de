// What a tab keeps over a reload; where a browser keeps nothing, as long as the page lasts. A frame
// in another site may not be allowed to keep anything.

const memory = new Map();

export const storage = {
  /** @param {string} name @returns {string | null | undefined} */
  get(name) {
    try {
      return sessionStorage.getItem(name) ?? memory.get(name);
    } catch {
      return memory.get(name);
    }
  },
  /** @param {string} name @param {string} value */
  set(name, value) {
    memory.set(name, value);
    try {
      sessionStorage.setItem(name, value);
    } catch {
      // it lasts as long as the page
    }
  },
};
