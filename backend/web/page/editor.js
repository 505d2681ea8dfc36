/**
 * The text on the page: typed, pasted, or a story that keeps its headline, headings and source.
 *
 *   const editor = new hearsay.Editor({field, origin}, onChange)
 *   editor.show(story)
 *   editor.clear()
 *   editor.blocks()      -> Block[], as they stand on the screen
 *   editor.story         what was shown last; null for what somebody typed
 *   editor.locked = true nothing can be typed
 */
{
  globalThis.hearsay ??= {};

  /** @type {Partial<Record<Block["kind"], string>>} A class has a page headline of its own: "h1". */
  const TAGS = {
    headline: "h2",
    heading: "h3",
    quote: "blockquote",
    item: "li",
    preformatted: "pre",
  };

  /**
   * @param {string} address
   * @returns {URL | null}
   */
  const webAddress = (address) => {
    const url = URL.parse(address);
    return url && /^https?:$/.test(url.protocol) ? url : null;
  };

  hearsay.Editor = class {
    /** @type {Story | null} */
    story = null;
    #field;
    #origin;
    /** What a reader has deleted, for the case that it is undone. */
    #deleted = { text: "", story: /** @type {Story | null} */ (null) };

    /**
     * @param {{field: HTMLElement, origin: HTMLElement}} elements
     * @param {() => void} onChange  Called when a reader has changed the text
     */
    constructor({ field, origin }, onChange) {
      this.#field = field;
      this.#origin = origin;
      let before = "";
      field.addEventListener("beforeinput", () => {
        before = this.#text;
      });
      field.addEventListener("input", () => {
        // The browser's own Undo needs the elements that it knows: they stay, and look like nothing.
        if (before && !this.#text) {
          this.#deleted = { text: before, story: this.story };
          this.#tell(null);
        } else if (this.#text && this.#text === this.#deleted.text) {
          this.#tell(this.#deleted.story);
        }
        field.classList.toggle("blank", !this.#text);
        onChange();
      });
      // What is pasted into the empty page is an article; into a text, a part of that.
      field.addEventListener("paste", (event) => {
        const text = event.clipboardData?.getData("text/plain");
        if (!text?.trim() || this.#text) return;
        event.preventDefault();
        this.show(hearsay.storyOf(text));
        onChange();
      });
    }

    get #text() {
      return this.#field.textContent?.trim() ?? "";
    }

    clear() {
      this.#tell(null);
      this.#deleted = { text: "", story: null };
      this.#field.replaceChildren();
      this.#field.classList.add("blank");
      this.#field.inputMode = "";
    }

    /**
     * Without a story all that is typed is plain text, whatever element it stands in.
     *
     * @param {Story | null} story  What is in the editor
     */
    #tell(story) {
      this.story = story;
      this.#origin.replaceChildren(...(story ? this.#originOf(story) : []));
      this.#field.classList.toggle("plain", !story);
    }

    /** @param {boolean} locked */
    set locked(locked) {
      this.#field.contentEditable = locked ? "false" : "plaintext-only";
    }

    focus() {
      this.#field.focus();
    }

    /** @param {Story} story */
    show(story) {
      this.clear();
      this.#tell(story);
      this.#field.append(...this.#elementsOf(story));
      this.#field.classList.remove("blank");
      // A finger on a mark wants its card, not a keyboard over half the screen.
      if (matchMedia("(pointer: coarse)").matches) this.#field.inputMode = "none";
    }

    /** @param {Story} story */
    #elementsOf({ blocks }) {
      /** @type {HTMLElement[]} */
      const elements = [];
      let headlines = 0;
      for (const { text, kind } of blocks) {
        const isStandfirst = kind === "headline" && headlines++ > 0;
        const element = document.createElement(isStandfirst ? "p" : (TAGS[kind] ?? "p"));
        element.textContent = text.toWellFormed(); // no half of a surrogate pair
        if (kind === "headline")
          element.className = isStandfirst ? "headline standfirst" : "headline";
        const last = elements.at(-1);
        if (kind !== "item") {
          elements.push(element);
        } else if (last?.tagName === "UL") {
          last.append(element);
        } else {
          const list = document.createElement("ul");
          list.append(element);
          elements.push(list);
        }
      }
      return elements;
    }

    /**
     * @param {Story} story
     * @returns {(Node | string)[]}
     */
    #originOf({ title, url, source, blocks }) {
      const address = webAddress(url);
      if (!address) return source ? [source] : [];
      const link = document.createElement("a");
      link.href = address.href;
      link.target = "_blank";
      link.rel = "noreferrer";
      link.textContent = address.host;
      const isShown = blocks.some(({ kind }) => kind === "headline");
      return isShown || !title ? ["From ", link] : ["From ", link, `: ${title}`];
    }

    /** @returns {Block[]} */
    blocks() {
      /** @type {Set<Node>} */
      const headlines = new Set();
      for (const element of this.#field.querySelectorAll(".headline")) {
        for (const node of element.childNodes) headlines.add(node);
      }
      /** @type {Block[]} */
      const blocks = hearsay.blocksOf({ roots: [this.#field], headlines, excluded: new Set() });
      return this.story ? blocks : blocks.map((block) => ({ ...block, kind: "paragraph" }));
    }
  };
}
