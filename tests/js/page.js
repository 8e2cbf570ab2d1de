// As much of a document as the modules need that only build and change elements.

class Element {
  constructor(tag) {
    this.tag = tag;
    this.children = [];
    this.attributes = {};
    this.dataset = {};
    this.classes = new Set();
    this.classList =
      { toggle: (name, on) => (on ? this.classes.add(name) : this.classes.delete(name)) };
    this.textContent = "";
    this.heard = {};
  }

  setAttribute(name, value) {
    this.attributes[name] = value;
    if (name.startsWith("data-")) this.dataset[name.slice(5)] = String(value);
  }

  getAttribute(name) {
    return this.attributes[name];
  }

  append(...children) {
    this.children.push(...children);
  }

  replaceChildren(...children) {
    this.children = children;
  }

  addEventListener(name, hear) {
    (this.heard[name] ??= []).push(hear);
  }

  // An event comes.
  hears(name, event) {
    for (const hear of this.heard[name] ?? []) hear(event);
  }
}

const heard = new Set();

// The tab comes into sight, or goes out of it.
export function becomes(visibilityState) {
  globalThis.document.visibilityState = visibilityState;
  for (const hear of heard) hear();
}

// Makes it the document of this process.
export function page() {
  heard.clear();
  globalThis.document = {
    body: { dataset: {} },
    documentElement: { lang: "en" },
    visibilityState: "visible",
    addEventListener: (_, hear) => heard.add(hear),
    removeEventListener: (_, hear) => heard.delete(hear),
    createElement: (tag) => new Element(tag), createElementNS: (_, tag) => new Element(tag),
  };
}
