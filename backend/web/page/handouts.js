/**
 * Handouts from the page: saved as a file, or printed.
 *
 *   new hearsay.Handouts({menu, button, forms, paper}, getReading)
 *
 * The page prints as its handout: there is nothing else on it that paper could show.
 */
{
  globalThis.hearsay ??= {};

  const GAP = 8;

  hearsay.Handouts = class {
    #elements;
    #getReading;
    /** @type {HandoutForm} What is printed next: "marked", where nobody chose another. */
    #form = "marked";
    /** @type {Hidden | undefined} */
    #hidden;
    /** Of the printed pages; on screen it counts for nothing, not even if no end of printing is told. */
    #sheet = new CSSStyleSheet({ media: "print" });
    #title = document.title;

    /**
     * @param {{menu: HTMLElement, button: HTMLElement, forms: HTMLElement, paper: HTMLElement}} elements
     * @param {() => Reading | null} getReading
     */
    constructor(elements, getReading) {
      this.#elements = elements;
      this.#getReading = getReading;
      const { menu, forms, paper } = elements;
      forms.append(...hearsay.handoutForms.map((/** @type {any} */ form) => this.#row(form)));
      menu.addEventListener("toggle", () => this.#place());
      window.addEventListener("resize", () => this.#place());
      window.addEventListener("scroll", () => this.#place(), { passive: true });
      paper.attachShadow({ mode: "open" });
      window.addEventListener("beforeprint", () => this.#fillPaper());
      window.addEventListener("afterprint", () => this.#emptyPaper());
      hearsay.settings.onChange((/** @type {Settings} */ { hidden }) => {
        this.#hidden = hidden;
      });
      hearsay.settings.read().then((/** @type {Settings} */ { hidden }) => {
        this.#hidden = hidden;
      });
    }

    /** @param {{id: HandoutForm, name: string, advice: string}} form */
    #row({ id, name, advice }) {
      const row = document.createElement("li");
      const words = document.createElement("p");
      const title = document.createElement("b");
      title.textContent = name;
      words.append(title, advice);
      /**
       * @param {string} label
       * @param {() => void} act
       */
      const button = (label, act) => {
        const made = document.createElement("button");
        made.type = "button";
        made.textContent = label;
        made.ariaLabel = `${label}: ${name}`;
        made.addEventListener("click", () => {
          this.#elements.menu.hidePopover();
          act();
        });
        return made;
      };
      row.append(
        words,
        button("Print", () => this.#print(id)),
        button("Save", () => this.#save(id)),
      );
      return row;
    }

    /** Below its button, as far as the window has room. */
    #place() {
      const { menu, button } = this.#elements;
      if (!menu.matches(":popover-open")) return;
      const { left, bottom } = button.getBoundingClientRect();
      const { width, height } = menu.getBoundingClientRect();
      const room = document.documentElement.clientWidth - width - GAP;
      const top = Math.min(bottom + GAP, window.innerHeight - height - GAP);
      menu.style.left = `${Math.max(GAP, Math.min(left, room))}px`;
      menu.style.top = `${Math.max(GAP, top)}px`;
    }

    /** @param {HandoutForm} form */
    #save(form) {
      const reading = this.#getReading();
      if (!reading) return;
      const html = hearsay.handout(reading, form, { hidden: this.#hidden });
      const address = URL.createObjectURL(new Blob([html], { type: "text/html;charset=utf-8" }));
      const link = document.createElement("a");
      link.href = address;
      link.download = hearsay.handoutName(hearsay.titleOf(reading), form);
      link.click();
      // The browser reads it after this task.
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    }

    /** @param {HandoutForm} form */
    #print(form) {
      this.#form = form;
      window.print();
    }

    #fillPaper() {
      const reading = this.#getReading();
      const { paper } = this.#elements;
      paper.hidden = !reading;
      if (!reading) return;
      const { title, main } = hearsay.handoutParts(reading, this.#form, { hidden: this.#hidden });
      this.#form = "marked";
      this.#sheet.replaceSync(hearsay.handoutSheet());
      const shadow = /** @type {ShadowRoot} */ (paper.shadowRoot);
      shadow.adoptedStyleSheets = [this.#sheet];
      const { body } = new DOMParser().parseFromString(main, "text/html");
      shadow.replaceChildren(...body.children);
      // The size of pages counts in the document alone.
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.#sheet];
      // Browsers name the printed file by it.
      document.title = title;
    }

    #emptyPaper() {
      this.#elements.paper.hidden = true;
      this.#elements.paper.shadowRoot?.replaceChildren();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter(
        (sheet) => sheet !== this.#sheet,
      );
      document.title = this.#title;
    }
  };
}
