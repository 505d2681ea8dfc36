/**
 * The API's client: for the extension's background and options, and for the web page of the server.
 *
 *   hearsay.api.server                     its address, "" for the page's own
 *   hearsay.api.token                      "" for none
 *   await hearsay.api.analyze(blocks)      -> Analysis
 *   await hearsay.api.labels()             -> Labels
 *   await hearsay.api.edition()            -> what changes whenever its answers may, "" for none
 *   await hearsay.api.test()               -> {version, model}, after a text was read as a trial
 *
 * What goes wrong as it must be expected to is a hearsay.ApiError, whose `problem` words.js puts
 * into a reader's words; anything else that is thrown is a bug.
 *
 * Before a server is sent a text or the token, it is asked for GET /v1/openapi.json: it must be
 * Hearsay, of an API with this client's major version, and with at least its minor version (a later
 * one only adds to it). The page of a server is of its version anyway.
 */

/**
 * @typedef {object} Problem
 * @property {"unreachable" | "slow" | "refused" | "broken" | "stranger" | "old-server" | "new-server" | "token-missing" | "token-wrong" | "too-long" | "no-article" | "pdf" | "own-page" | "not-allowed" | "left-behind" | "bug"} kind
 * @property {string} [server]  The address asked
 * @property {string} [detail]  The server's own words
 * @property {number} [limit]  Of too-long: the most characters that the server takes
 * @property {number} [length]  Of too-long: how many there are
 * @property {number} [wordLimit]  Of too-long, where these are too many: the most words and signs
 *   that the server takes
 * @property {number} [words]  Of too-long: how many of these there are
 * @property {number} [enough]  Of too-long: the setting of the server that would take it
 */

{
  globalThis.hearsay ??= {};

  /** The version of the API that this client speaks. */
  const MAJOR = 1;
  const MINOR = 0;

  /** A long article takes a slow machine some seconds; far longer, and something is wrong. */
  const PATIENCE_MS = 60_000;

  /** Has a source, and a hedge. */
  const TRIAL = [{ id: "trial", text: "The mayor said that it might rain." }];

  hearsay.ApiError = class extends Error {
    /** @param {Problem} problem */
    constructor(problem) {
      super(`${problem.kind}: ${problem.detail ?? problem.server ?? ""}`);
      this.problem = problem;
    }
  };

  /**
   * @param {unknown} version  Such as "1.4.0"
   * @returns {Problem["kind"] | null}  What keeps this client from speaking to it
   */
  const unfit = (version) => {
    if (typeof version !== "string" || !/^\d+\.\d+/.test(version)) return "stranger";
    const [major, minor] = version.split(".").map(Number);
    if (major > MAJOR) return "new-server";
    return major < MAJOR || minor < MINOR ? "old-server" : null;
  };

  /** The server that was last found to be Hearsay, of a version that fits. */
  let known = "";

  hearsay.api = {
    server: "http://127.0.0.1:8484",
    token: "",

    /**
     * @param {{id: string, text: string}[]} blocks
     * @param {AbortSignal} [signal]  Aborts without an ApiError
     */
    async analyze(blocks, signal) {
      if (this.server && this.server !== known) await this.version(signal);
      const body = { blocks: blocks.map(({ id, text }) => ({ id, text })), offset_unit: "utf16" };
      return this.ask("/v1/analyze", {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          ...(this.token && { Authorization: `Bearer ${this.token}` }),
        },
        body: JSON.stringify(body),
        signal,
      });
    },

    labels() {
      return this.ask("/v1/labels", {});
    },

    /** @returns {Promise<string>} */
    async edition() {
      const { edition } = await this.ask("/healthz", {});
      return typeof edition === "string" ? edition : "";
    },

    async test() {
      const version = await this.version();
      const { model } = await this.analyze(TRIAL);
      return { version, model };
    },

    /**
     * @param {AbortSignal} [signal]
     * @returns {Promise<string>}
     */
    async version(signal) {
      const { server } = this;
      const { info } = await this.ask("/v1/openapi.json", { signal });
      const kind = info?.title === "Hearsay" ? unfit(info.version) : "stranger";
      if (kind) throw new hearsay.ApiError({ kind, server });
      known = server;
      return info.version;
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
        // A redirection could lead the text to another address.
        const options = { credentials: "omit", redirect: "manual", signal };
        reply = await fetch(server + path, { ...init, .../** @type {RequestInit} */ (options) });
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
      throw new hearsay.ApiError(this.refusal(reply.status, value));
    },

    /**
     * @param {number} status
     * @param {Record<string, any>} body
     * @returns {Problem}
     */
    refusal(status, { detail, title, limit, length, word_limit: wordLimit, words, enough }) {
      const { server } = this;
      const told = { server, detail: detail ?? title };
      const figures = { limit, length, wordLimit, words, enough };
      if (status === 404) return { kind: "stranger", server };
      if (status === 401) return { kind: this.token ? "token-wrong" : "token-missing", server };
      if (status === 413) return { kind: "too-long", ...told, ...figures };
      return { kind: status < 500 ? "refused" : "broken", ...told };
    },
  };
}
