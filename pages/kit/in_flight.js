// How many questions of the page are on their way, written on its body: who waits until every
// picture shows its last answer, as the tests do, reads it there.

let count = 0;

export const pending = () => count > 0;

/** @param {number} more */
export function inFlight(more) {
  count += more;
  document.body.dataset.fpAsking = String(count);
}
