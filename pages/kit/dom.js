// Small helpers for building the page by hand; the parts hold no framework.

export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

export function button(label, onclick, attributes = {}) {
  return el("button", { type: "button", onclick, ...attributes }, label);
}

// Text changes in place and only when it differs: nothing jumps, nothing is laid out again for nothing. What was said is
// remembered here, since asking the page for it sixty times a second costs more than saying it.
const said = new WeakMap();

export function say(element, text) {
  if (said.get(element) === text) return;
  said.set(element, text);
  element.textContent = text;
}

// Three places at most, a real minus sign, the same width for the same number of digits.
export function number(value, places = 3) {
  if (!Number.isFinite(value)) return "–";
  const text = Math.abs(value).toFixed(places);
  return (value < 0 && Number(text) !== 0 ? "−" : "") + text;
}

export const signed = (value, places = 3) => (value < 0 ? "" : "+") + number(value, places);

// "{name}" in a translated sentence is filled with values.name.
export const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

export function percent(share) {
  return `${(100 * share).toFixed(1)}%`;
}

// The text of style sheets, named by their paths below pages/; a component stands in a shadow and brings its own.
export async function styles(...names) {
  const texts = names.map(async (name) => (await fetch(new URL(`../${name}`, import.meta.url))).text());
  return (await Promise.all(texts)).join("\n");
}
