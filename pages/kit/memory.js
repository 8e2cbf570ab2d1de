// What somebody has answered and reached, kept in the browser; where storage is blocked, until the
// page is left.
//
// A question is named "page/question". What comes back first is what was wrong at the first try.

const KEY = "forward-pass:recall";
export const TRIES = 2;

/** @type {string} what would be kept, if it could be */
let here = "";

/** @returns {Memory} */
export function memory() {
  try {
    return read(localStorage.getItem(KEY) ?? here);
  } catch {
    return read(here);
  }
}

// Whether it is kept.
/** @param {Memory} kept */
export function keep(kept) {
  here = JSON.stringify(kept);
  try {
    localStorage.setItem(KEY, here);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} text @returns {Memory} */
function read(text) {
  /** @type {any} */
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    // somebody else's, or none yet
  }
  const table = (/** @type {unknown} */ value) => (value && typeof value === "object" ? value : {});
  const turn = Number.isFinite(found?.turn) ? found.turn : 0;
  const outcomes = Object.entries(table(found?.outcomes)).filter(([, one]) =>
    typeof one?.right === "boolean" && Number.isFinite(one.at));
  const pages = Object.entries(table(found?.pages)).filter(([, one]) =>
    Array.isArray(one?.asked) && Object.values(table(one.tries)).every(Array.isArray));
  const goals = Array.isArray(found?.goals) ? found.goals : [];
  return { turn, outcomes: Object.fromEntries(outcomes), pages: Object.fromEntries(pages), goals };
}

// Those that are asked again first: what was wrong, then what was never asked, then what was right,
// the longest ago first.
/** @param {string[]} names @param {Memory["outcomes"]} outcomes */
export function first(names, outcomes) {
  const rank = (/** @type {string} */ name) =>
    (name in outcomes ? (outcomes[name].right ? 2 : 0) : 1);
  const at = (/** @type {string} */ name) => outcomes[name]?.at ?? 0;
  return [...names].sort((a, b) => rank(a) - rank(b) || at(a) - at(b));
}

// The questions of earlier pages: the first of each, then the second of each, and so on. The page
// before comes first: what is far back was asked again on the pages between.
/** @param {string[][]} pages in the order of the course */
export function nearest(pages) {
  const back = [...pages].reverse();
  const most = Math.max(0, ...back.map((names) => names.length));
  return Array.from({ length: most }, (_, i) => back.flatMap((names) => names.slice(i, i + 1)))
    .flat();
}

// What a page asks: as it was left, or chosen anew as long as nothing has been answered.
/**
 * @param {Memory} kept @param {string} page @param {string[]} own @param {string[]} before
 * @param {number} count of earlier questions @param {boolean} [again] begin once more
 * @returns {Asked}
 */
export function asked(kept, page, own, before, count, again = false) {
  const left = kept.pages[page];
  const known = [...own, ...before];
  const whole = left?.asked.length === own.length + Math.min(count, before.length);
  if (left && whole && !again && left.asked.every((name) => known.includes(name))) {
    const begun = left.asked.some((name) => left.tries[name]?.length);
    if (begun) return { asked: left.asked, tries: { ...left.tries } };
  }
  const order = again ? first(own, kept.outcomes) : own;
  return { asked: [...order, ...first(before, kept.outcomes).slice(0, count)], tries: {} };
}

// Takes an answer; only the first try at a question counts.
/**
 * @param {Memory} kept @param {string} page @param {Asked} now @param {string} name
 * @param {number} choice @param {boolean} right
 */
export function take(kept, page, now, name, choice, right) {
  const tries = [...(now.tries[name] ?? []), choice];
  now.tries[name] = tries;
  kept.pages[page] = now;
  if (tries.length === 1) kept.outcomes[name] = { right, at: ++kept.turn };
}
