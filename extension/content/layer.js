/**
 * What is painted in one document: highlights by name, and a style sheet of their own.
 *
 *   const layer = new hearsay.Layer(document, css)
 *   layer.adopt(root)                   takes in a shadow tree: the sheet holds there too
 *   layer.add(name, look, range)  layer.delete(name, range)  layer.clear(name)
 *   layer.see(name, seen)               hides what has this name, or shows it again
 *   layer.mend()                        puts back what a script of the page has cleared
 *   layer.remove()                      every trace
 */

{
  globalThis.hearsay ??= {};

  class Layer {
    /** @type {Map<string, {highlight: Highlight, ranges: Set<Range>}>} */
    #highlights = new Map();
    /** Names that are not to be seen for now. @type {Set<string>} */
    #hidden = new Set();
    /** @type {Set<Document | ShadowRoot>} */
    #roots = new Set();

    /**
     * @param {Document} document
     * @param {string} css
     */
    constructor(document, css) {
      // Of the document's own window: another one's are not taken.
      this.window = /** @type {Window & typeof globalThis} */ (document.defaultView);
      this.sheet = new this.window.CSSStyleSheet();
      this.sheet.replaceSync(css);
      this.adopt(document);
    }

    get #registry() {
      return this.window.CSS.highlights;
    }

    /** @param {Document | ShadowRoot} root */
    adopt(root) {
      this.#roots.add(root);
      if (root.adoptedStyleSheets.includes(this.sheet)) return false;
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.sheet];
      return true;
    }

    /**
     * @param {string} name
     * @param {Look} look
     * @param {Range} range
     */
    add(name, look, range) {
      let entry = this.#highlights.get(name);
      if (!entry) {
        entry = { highlight: new this.window.Highlight(), ranges: new Set() };
        entry.highlight.priority = hearsay.looks.priority(look);
        this.#highlights.set(name, entry);
        if (!this.#hidden.has(name)) this.#registry.set(name, entry.highlight);
      }
      entry.ranges.add(range);
      entry.highlight.add(range);
    }

    /**
     * @param {string} name
     * @param {Range} range
     */
    delete(name, range) {
      const entry = this.#highlights.get(name);
      if (!entry) return;
      entry.ranges.delete(range);
      entry.highlight.delete(range);
      if (!entry.ranges.size) this.clear(name);
    }

    /** @param {string} name */
    clear(name) {
      this.#highlights.delete(name);
      this.#registry.delete(name);
    }

    /**
     * @param {string} name
     * @param {boolean} seen
     */
    see(name, seen) {
      if (seen) this.#hidden.delete(name);
      else this.#hidden.add(name);
      const entry = this.#highlights.get(name);
      if (!seen) this.#registry.delete(name);
      else if (entry) this.#registry.set(name, entry.highlight);
    }

    /** @returns {boolean}  Whether anything was lost */
    mend() {
      let lost = false;
      for (const root of this.#roots) lost = this.adopt(root) || lost;
      for (const [name, { highlight, ranges }] of this.#highlights) {
        if (this.#hidden.has(name)) continue;
        if (this.#registry.get(name) === highlight && highlight.size === ranges.size) continue;
        lost = true;
        for (const range of ranges) highlight.add(range);
        this.#registry.set(name, highlight);
      }
      return lost;
    }

    remove() {
      for (const name of [...this.#highlights.keys()]) this.clear(name);
      for (const root of this.#roots) {
        root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet);
      }
    }
  }

  hearsay.Layer = Layer;
}
