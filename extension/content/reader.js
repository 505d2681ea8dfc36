/**
 * Reads the page and marks it: finds the article, asks the API, shows what it found.
 *
 *   const reader = new hearsay.Reader({overlay, ask, onChange})
 *   await reader.start()
 *   reader.retry()              after a problem
 *   reader.snapshot()           -> Snapshot, see reading.js
 *   reader.stop()
 */

/**
 * @typedef {{analysis: Analysis, labels: Labels} | {problem: Problem}} Answer
 *
 * @typedef {object} ReaderOptions
 * @property {any} overlay  A hearsay.Overlay
 * @property {(blocks: {id: string, text: string}[]) => Promise<Answer>} ask
 * @property {() => void} onChange  Called whenever the snapshot has changed
 */

{
  globalThis.hearsay ??= {};

  /**
   * What keeps the page from being read, whatever is in it.
   * @returns {Problem | null}
   */
  const obstacle = () => {
    if (document.contentType === "application/pdf") return { kind: "pdf" };
    const own = document.querySelector('meta[name="application-name"][content="Hearsay"]');
    return own ? { kind: "own-page" } : null;
  };

  hearsay.Reader = class {
    #reading = new hearsay.Reading();
    #overlay;
    #ask;
    #onChange;
    #life = new AbortController();

    /** @param {ReaderOptions} options */
    constructor({ overlay, ask, onChange }) {
      this.#overlay = overlay;
      this.#ask = ask;
      this.#onChange = onChange;
    }

    async start() {
      try {
        await this.#run();
      } catch (error) {
        this.#fail({ kind: "bug", detail: String(error) });
        throw error;
      }
    }

    retry() {
      return this.start();
    }

    async #run() {
      const problem = obstacle();
      if (problem) {
        this.#fail(problem);
        return;
      }
      this.#reading.renew(hearsay.blocksOf(hearsay.findArticle(document)));
      /** @type {Block[]} */
      const unread = this.#reading.unread;
      if (!this.#reading.blocks.length) {
        this.#fail({ kind: "no-article" });
        return;
      }
      this.#enter("busy");
      this.#overlay.busy("Reading the article …");
      const answer = await this.#ask(
        unread.map(({ text }, index) => ({ id: `b${index + 1}`, text })),
      );
      if (this.#life.signal.aborted) return;
      if ("problem" in answer) {
        this.#fail(answer.problem);
        return;
      }
      this.#reading.add(unread, answer);
      const { blocks, analysis, labels } = this.#reading;
      const { painted, mismatched } = this.#overlay.show(blocks, analysis, labels);
      console.info(
        `Hearsay: ${painted} marks painted; ${mismatched} left out, where the page's text differs.`,
      );
      this.#enter("done");
    }

    /**
     * @param {ReadingState} state
     * @param {Problem | null} [problem]
     */
    #enter(state, problem = null) {
      this.#reading.state = state;
      this.#reading.problem = problem;
      this.#onChange();
    }

    /** @param {Problem} problem */
    #fail(problem) {
      if (this.#life.signal.aborted) return;
      this.#overlay.problem(problem);
      this.#enter("problem", problem);
    }

    /** @returns {Snapshot} */
    snapshot() {
      return this.#reading.snapshot();
    }

    stop() {
      if (this.#life.signal.aborted) return;
      this.#life.abort();
      this.#enter("off");
    }
  };
}
