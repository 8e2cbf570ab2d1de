// Goals that answers of the server have reached since the page was loaded; who shows them may come
// later than the answer.

/** @type {Set<string>} */
export const reached = new Set();

/** @type {Set<() => void>} */
const heard = new Set();

// Hears of every new one; what is returned ends that.
/** @param {() => void} hear */
export function onReached(hear) {
  heard.add(hear);
  return () => void heard.delete(hear);
}

/** @param {Iterable<string>} names */
export function reach(names) {
  const before = reached.size;
  for (const name of names) reached.add(name);
  if (reached.size > before) for (const hear of heard) hear();
}

// Beside an answer: names in a header, with spaces between them.
/**
 * @template {Pick<Response, "headers">} Answer
 * @param {Answer} answer
 */
export function reachedBy(answer) {
  const names = answer.headers?.get("X-Forward-Pass-Goals");
  if (names) reach(names.split(" "));
  return answer;
}
