/**
 * The API's client: for the extension's background and for the web page of the server.
 *
 *   hearsay.api.server                     its address, "" for the page's own
 *   await hearsay.api.analyze(blocks)      -> Analysis
 *   await hearsay.api.labels()             -> Labels
 *
 * What goes wrong as it must be expected to is a hearsay.ApiError, whose `problem` words.js puts
 * into a reader's words; anything else that is thrown is a bug.
 */

/**
 * @typedef {object} Problem
 * @property {"unreachable" | "slow" | "refused" | "broken" | "stranger" | "no-article" | "pdf" | "own-page" | "not-allowed" | "bug"} kind
 * @property {string} [server]  The address asked
 * @property {string} [detail]  The server's own words
 */

{
  globalThis.hearsay ??= {};

  /** A long article takes a slow machine some seconds; far longer, and something is wrong. */
  const PATIENCE_MS = 60_000;

  hearsay.ApiError = class extends Error {
    /** @param {Problem} problem */
    constructor(problem) {
      super(`${problem.kind}: ${problem.detail ?? problem.server ?? ""}`);
      this.problem = problem;
    }
  };

  hearsay.api = {
    server: "http://127.0.0.1:8484",

    /**
     * @param {{id: string, text: string}[]} blocks
     * @param {AbortSignal} [signal]  Aborts without an ApiError
     */
    analyze(blocks, signal) {
      const body = { blocks: blocks.map(({ id, text }) => ({ id, text })), offset_unit: "utf16" };
      return this.ask("/v1/analyze", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
        signal,
      });
    },

    labels() {
      return this.ask("/v1/labels", {});
    },

    /**
     * @param {string} path
     * @param {RequestInit} init
     */
    async ask(path, init) {
      const { server } = this;
      const patience = AbortSignal.timeout(PATIENCE_MS);
      let reply;
      let body;
      try {
        const signal = init.signal ? AbortSignal.any([init.signal, patience]) : patience;
        reply = await fetch(server + path, { ...init, signal, credentials: "omit" });
        body = await reply.text();
      } catch (error) {
        if (init.signal?.aborted) throw error;
        throw new hearsay.ApiError({ kind: patience.aborted ? "slow" : "unreachable", server });
      }
      let value;
      try {
        value = JSON.parse(body);
      } catch {
        throw new hearsay.ApiError({ kind: reply.status < 500 ? "stranger" : "broken", server });
      }
      if (reply.ok) return value;
      const detail = value.detail ?? value.title;
      throw new hearsay.ApiError({
        kind: reply.status < 500 ? "refused" : "broken",
        server,
        detail,
      });
    },
  };
}
