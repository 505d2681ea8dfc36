/**
 * Which elements are near the window, so that nothing need be done for those that are not.
 *
 *   const nearness = new hearsay.Nearness(onChange)   `onChange` gets the elements that have come
 *                                                     near, or gone far
 *   nearness.watch(elements)     these from now on, and no others
 *   nearness.isFar(element)      false until the browser has said so, and for what has no box
 *   nearness.stop()
 *
 * For printing, and until it is done, nothing is far.
 */
{
  globalThis.hearsay ??= {};

  /** How far around the window is near, in windows: enough that a reader who scrolls sees no gap. */
  const MARGIN = "200%";

  hearsay.Nearness = class {
    #onChange;
    #observer = new IntersectionObserver((entries) => this.#onEntries(entries), {
      rootMargin: MARGIN,
    });
    /** @type {Set<Element>} */
    #watched = new Set();
    /** @type {Set<Element>} */
    #far = new Set();
    #life = new AbortController();

    /** @param {(elements: Set<Element>) => void} onChange */
    constructor(onChange) {
      this.#onChange = onChange;
      const { signal } = this.#life;
      window.addEventListener("beforeprint", () => this.#onPrint(), { signal });
      window.addEventListener("afterprint", () => this.#observe(), { signal });
    }

    /** @param {Set<Element>} elements */
    watch(elements) {
      for (const element of this.#watched) {
        if (elements.has(element)) continue;
        this.#observer.unobserve(element);
        this.#far.delete(element);
      }
      // Those that were observed already are not told of anew.
      for (const element of elements) this.#observer.observe(element);
      this.#watched = elements;
    }

    /** @param {Element} element */
    isFar(element) {
      return this.#far.has(element);
    }

    stop() {
      this.#observer.disconnect();
      this.#life.abort();
    }

    /** @param {IntersectionObserverEntry[]} entries */
    #onEntries(entries) {
      const changed = new Set();
      for (const { target, isIntersecting, boundingClientRect: box } of entries) {
        const far = !isIntersecting && box.width + box.height > 0;
        if (!this.#watched.has(target) || far === this.#far.has(target)) continue;
        changed.add(target);
        if (far) this.#far.add(target);
        else this.#far.delete(target);
      }
      if (changed.size) this.#onChange(changed);
    }

    #onPrint() {
      this.#observer.disconnect();
      const far = this.#far;
      this.#far = new Set();
      this.#onChange(far);
    }

    /** Each is told of anew. */
    #observe() {
      for (const element of this.#watched) this.#observer.observe(element);
    }
  };
}
