// Whether the network is what one waits for: then a moving hand asks by `fetch`, whose answers come
// packed. A socket's do not: packing would cost a browser beside the server what the socket saves.

const LARGE = 16_000; // bytes from which a transfer tells something of the network
const FAST = 5000; // bytes in a millisecond: 40 Mbit/s

let slow = false;

export const isSlow = () => slow;

// The last large transfer counts: what is cached has none, and a server that thinks is not slow.
/** @param {{ transferSize: number, responseStart: number, responseEnd: number }} entry */
export function learn({ transferSize, responseStart, responseEnd }) {
  if (transferSize < LARGE || responseStart === 0) return;
  slow = transferSize < FAST * (responseEnd - responseStart);
}

new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) learn(/** @type {PerformanceResourceTiming} */ (entry));
}).observe({ type: "resource", buffered: true });
