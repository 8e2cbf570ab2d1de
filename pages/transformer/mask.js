// Which token may read which, in a network of one row of tokens or of two.

export const CROSS = 0.5; // through the attention between encoder and decoder

/**
 * Rows and columns are the source, then what the decoder reads: 1 where it may be read in a
 * self-attention, CROSS through the one between the two, 0 where not.
 * @param {{ network?: string, mask?: boolean }} config of a run
 * @param {number} source tokens @param {number} target tokens
 */
export function mayRead({ network = "both", mask = true }, source, target) {
  const alone = network === "decoder";
  const count = source + target;
  /** @param {number} row @param {number} column */
  const one = (row, column) => {
    const ahead = mask && column > row;
    if (alone) return ahead ? 0 : 1;
    if (row < source) return column < source ? 1 : 0;
    return column < source ? CROSS : ahead ? 0 : 1;
  };
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: count }, (_, column) => one(row, column)));
}
