// Drawings in lines and shapes, for pictures whose parts are few and each have a meaning.

const NS = "http://www.w3.org/2000/svg";

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string | null | undefined)} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

// A tenth of a pixel is as fine as an eye can see.
/** @param {number} value */
export const round = (value) => Math.round(value * 10) / 10;

// An arc above a line of words, from the middle of one to the middle of another; of a word to
// itself, a loop.
/** @param {number} from @param {number} to @param {number} low */
export function arc(from, to, low) {
  if (from === to) {
    return `M${from - 5},${low} C${from - 16},${low - 24} ${from + 16},${low
    - 24} ${from + 5},${low}`;
  }
  const high = low - Math.min(low - 4, 10 + Math.abs(to - from) * 0.16);
  return `M${from},${low} C${from},${high} ${to},${high} ${to},${low}`;
}
