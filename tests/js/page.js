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

  addEventListener() {}
}

// Makes it the document of this process.
export function page() {
  globalThis.document = {
    body: { dataset: {} },
    documentElement: { lang: "en" },
    createElement: (tag) => new Element(tag), createElementNS: (_, tag) => new Element(tag),
  };
}
