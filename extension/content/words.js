/**
 * What the overlay says, as values: no DOM here. What a label means comes from the API
 * (GET /v1/labels); the sentences that tie labels to a page stand here.
 *
 *   new hearsay.Words(labels).sections(marks)   what the card says
 *   words.citation(attribution, page)           a claim with its source, to be copied
 *   hearsay.spoken(sections)                    the same for a screen reader
 *   hearsay.sentences(parts)                    any words for a screen reader
 *   hearsay.summaryOf(counts)                   what was found
 *   hearsay.problemWords(problem)               what went wrong, and what to do
 */

/**
 * @typedef {object} Label
 * @property {LabelValue} value
 * @property {string} name
 * @property {string} definition
 * @property {string} why
 * @property {string[]} marks  Words of its examples that are marked with it
 * @property {boolean} [usual]  The usual case, which is no news to a reader
 *
 * @typedef {{families: {id: string, name: string, labels: Label[]}[]}} Labels  GET /v1/labels
 *
 * @typedef {object} Section  One attribution or hedge on the card
 * @property {MarkLook} look
 * @property {string} part  What is pointed at: "Source", "Signal words", …
 * @property {string} title  Who says it; of a hedge, its words
 * @property {string} note  How that agrees with the page: "Here “he”"
 * @property {Label} label  What to know about it here
 * @property {string[]} facts  Names of the other labels that are worth a word
 * @property {((page: Origin) => string) | null} citation  Of a claim: with its
 *   source, to be copied
 *
 * @typedef {{title: string, url: string}} Origin  The page that something is from
 *
 * @typedef {object} ProblemWords
 * @property {string} title
 * @property {string} advice  What to do; the part in `back ticks` is to be typed
 * @property {string} [detail]
 * @property {boolean} retry  Whether trying again can help
 * @property {boolean} [options]  Whether the extension's options can help
 */

{
  globalThis.hearsay ??= {};

  /**
   * Which family of labels explains which part of an attribution.
   * @satisfies {Record<AttributionMark["part"], keyof Attribution>}
   */
  const EXPLAINED_BY = { source: "source_kind", cue: "stance", content: "quote" };

  /** The family of the parts of an attribution, which has all of them. */
  const PARTS = "attribution";

  /** All hedges together: their family's name in the labels is a question, not a name. */
  const HEDGES = "Unsure words";

  /** A name without its article: “the BBC” is “BBC”. @param {string} name */
  const bare = (name) => name.replace(/^(?:the|an?)\s+/i, "");

  /** @param {string} text */
  const quoted = (text) => `“${text}”`;

  hearsay.Words = class {
    /** @param {Labels} labels */
    constructor({ families }) {
      this.families = new Map(families.map((family) => [family.id, family]));
    }

    /**
     * @param {string} family
     * @param {LabelValue} value
     * @returns {Label}
     */
    label(family, value) {
      const found = this.families.get(family)?.labels.find((label) => label.value === value);
      if (!found) throw new Error(`/v1/labels has no ${family} ${value}`);
      return found;
    }

    /**
     * Who says it, as far as the article tells.
     * @param {Attribution} attribution
     */
    who({ speaker, source, source_kind: kind }) {
      return speaker ?? source?.text ?? this.label("source_kind", kind).name;
    }

    /**
     * What is worth telling of an attribution or a hedge: its labels, without the usual ones.
     * @param {Attribution | Hedge} one
     * @returns {Label[]}
     */
    labelsOf(one) {
      return [...this.families.keys()]
        .filter((family) => family !== PARTS && hearsay.labelIn(one, family) !== undefined)
        .map((family) => this.label(family, hearsay.labelIn(one, family)))
        .filter(({ usual }) => !usual);
    }

    /**
     * The names of its labels, for one who is told of one of them already.
     * @param {Attribution | Hedge} one
     * @param {Label} told
     */
    #otherNames(one, told) {
      return this.labelsOf(one)
        .filter((label) => label !== told)
        .map(({ name }) => name);
    }

    /**
     * One row for each look, with an example of it.
     *
     * @returns {{look: MarkLook, sample: string, name: string}[]}
     */
    legend() {
      /** @type {Record<MarkLook, [family: string, value: string]>} */
      const shown = {
        source: ["attribution", "source"],
        vague: ["source_kind", "vague"],
        cue: ["attribution", "cue"],
        unstated: ["source_kind", "unstated"],
        content: ["attribution", "content"],
        hedge: ["hedge", "modal"],
      };
      return hearsay.looks.names.map((/** @type {MarkLook} */ look) => {
        const [family, value] = shown[look];
        const { name, marks } = this.label(family, value);
        return { look, sample: marks[0], name: look === "hedge" ? HEDGES : name };
      });
    }

    /**
     * One section for each attribution or hedge, in the order of the marks.
     *
     * @param {Mark[]} marks
     * @returns {Section[]}
     */
    sections(marks) {
      const first = new Map();
      for (const mark of marks) {
        const owner = hearsay.ownerOf(mark);
        if (!first.has(owner)) first.set(owner, mark);
      }
      return [...first.values()].map((mark) =>
        mark.part === "hedge" ? this.#hedgeSection(mark) : this.#attributionSection(mark),
      );
    }

    /**
     * A claim with its source, to be pasted elsewhere. No quotation marks are put around it: what
     * is retold is no quotation.
     *
     * @param {Attribution} attribution
     * @param {Origin} page
     */
    citation(attribution, { title, url }) {
      const { source, cue, content, source_kind: kind, quote } = attribution;
      const who = this.who(attribution);
      const { name } = this.label("source_kind", kind);
      const written = [source, cue].filter((span) => span !== null).map(({ text }) => quoted(text));
      return [
        `Claim: ${content.map(({ text }) => text).join(" … ")}`,
        `Source: ${who === name ? who : `${who} (${name})`}`,
        `In the text: ${written.join(", ")}`,
        `${this.families.get("quote")?.name}: ${this.label("quote", quote).name}`,
        `Article: ${title}`,
        url,
      ].join("\n");
    }

    /** @param {AttributionMark} mark */
    #attributionSection({ look, part, attribution }) {
      const { source, source_kind: kind } = attribution;
      const title = this.who(attribution);
      /** @param {"stance" | "attitude"} family */
      const isUsual = (family) => this.label(family, attribution[family]).usual;
      /** @type {keyof Attribution & string} */
      let explained = EXPLAINED_BY[part];
      if (part === "cue") {
        // The least usual thing that the cue tells.
        if (kind === "unstated") explained = "source_kind";
        else if (attribution.negated) explained = "negated";
        else if (isUsual("stance") && !isUsual("attitude")) explained = "attitude";
      }
      const label = this.label(explained, hearsay.labelIn(attribution, explained));
      const facts = this.#otherNames(attribution, label).filter((name) => name !== title);
      return {
        look,
        part: this.label("attribution", part).name,
        title,
        note: source && bare(source.text) !== bare(title) ? `Here ${quoted(source.text)}` : "",
        label,
        facts,
        citation: (/** @type {Origin} */ page) => this.citation(attribution, page),
      };
    }

    /** @param {HedgeMark} mark */
    #hedgeSection({ look, hedge, within }) {
      let note = "The writer’s own caution.";
      if (within?.source) note = `The caution of ${this.who(within)}, not of the writer.`;
      else if (within) note = "Part of a claim whose source is not given.";
      const label = this.label("hedge", hedge.kind);
      return {
        look,
        part: HEDGES,
        title: quoted(hedge.cue.text),
        note,
        label,
        facts: this.#otherNames(hedge, label),
        citation: null,
      };
    }
  };

  /**
   * Joins what is to be heard one after the other, with a full stop where there is none.
   *
   * @param {(string | undefined | false)[]} parts
   */
  hearsay.sentences = (parts) =>
    parts
      .filter((part) => typeof part === "string" && part !== "")
      .map((part) => (/[.?!]$/.test(/** @type {string} */ (part)) ? part : `${part}.`))
      .join(" ");

  /** @param {Section[]} sections */
  hearsay.spoken = (sections) =>
    sections
      .map(({ part, title, note, label, facts }) => {
        const sentences = [
          `${part}: ${title}`,
          note,
          label.name,
          label.definition,
          label.why,
          ...facts,
        ];
        return hearsay.sentences(sentences);
      })
      .join(" ");

  /**
   * @param {number} number
   * @param {string} one
   * @param {string} many
   */
  const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;

  /**
   * @param {Counts} counts
   * @returns {{claims: string, sourceless: string, hedges: string}}
   */
  hearsay.summaryOf = ({ claims, sourceless, hedges }) => ({
    claims: count(claims, "claim", "claims"),
    sourceless: `${sourceless} without a source to ask`,
    hedges: count(hedges, "unsure word", "unsure words"),
  });

  /** @param {number | undefined} value */
  const grouped = (value) => value?.toLocaleString("en");

  /** A round number that is easy to type. @param {number} value */
  const roundedUp = (value) => Math.ceil(value / 10_000) * 10_000;

  /**
   * @param {string} what
   * @param {number | undefined} there
   * @param {number | undefined} most
   */
  const tooMany = (what, there, most) => {
    if (!most) return undefined;
    return there
      ? `It has ${grouped(there)} ${what}; the server takes ${grouped(most)} at a time.`
      : `The server takes ${grouped(most)} ${what} at a time.`;
  };

  /** @type {Record<Problem["kind"], (problem: Problem) => ProblemWords>} */
  const PROBLEMS = {
    unreachable: ({ server }) => ({
      title: "The Hearsay server is not running",
      advice:
        "Hearsay reads the article on your own computer. Start it there with `make run` in the " +
        "project’s folder, then try again.",
      detail: `Nothing answered at ${server || "this address"}.`,
      retry: true,
      options: true,
    }),
    slow: () => ({
      title: "This takes too long",
      advice:
        "The Hearsay server did not finish within a minute. Try again, or try a shorter article.",
      retry: true,
    }),
    refused: ({ detail }) => ({
      title: "The Hearsay server did not take this text",
      advice: "Its answer says what to change.",
      detail,
      retry: false,
    }),
    broken: ({ detail }) => ({
      title: "The Hearsay server ran into an error",
      advice:
        "Try again. If it stays, the window in which `make run` was started says what happened.",
      detail,
      retry: true,
    }),
    stranger: ({ server }) => ({
      title: "Another program answers in Hearsay’s place",
      advice: "Stop that program, start Hearsay with `make run`, then try again.",
      detail: `It answers at ${server || "this address"}.`,
      retry: true,
      options: true,
    }),
    "old-server": ({ server }) => ({
      title: "The Hearsay server is too old for this extension",
      advice:
        "Get the newest version of the project, start it again with `make run`, then try again.",
      detail: `The old one answers at ${server}.`,
      retry: true,
      options: true,
    }),
    "new-server": ({ server }) => ({
      title: "This extension is too old for the Hearsay server",
      advice: "Install the extension that came with the server, then try again.",
      detail: `The newer server answers at ${server}.`,
      retry: true,
      options: true,
    }),
    "token-missing": ({ server }) => ({
      title: "The Hearsay server asks for its access token",
      advice:
        "A token is a password for the server. Whoever runs the server has it; enter it in " +
        "Hearsay’s options, then try again.",
      detail: server && `It was asked at ${server}.`,
      retry: true,
      options: true,
    }),
    "token-wrong": ({ server }) => ({
      title: "The Hearsay server does not know this access token",
      advice:
        "Ask whoever runs the server for the right one (they set it as `HEARSAY_TOKEN`), enter it " +
        "in Hearsay’s options, then try again.",
      detail: server && `It was asked at ${server}.`,
      retry: true,
      options: true,
    }),
    "too-long": ({ limit, length, wordLimit, words, enough }) => ({
      title: "This text is too long",
      advice:
        "Copy a part of it, and paste that into Hearsay’s own page. Or start the server so that it " +
        `takes more: ${enough ? `\`HEARSAY_MAX_CHARS=${roundedUp(enough)} make run\`` : "with a higher `HEARSAY_MAX_CHARS`"}.`,
      detail:
        tooMany("words and signs", words, wordLimit) ?? tooMany("letters and signs", length, limit),
      retry: false,
    }),
    "no-article": () => ({
      title: "No article found on this page",
      advice:
        "Hearsay reads one article at a time. Open a story from a front page or a list, wait until " +
        "its text is there, and press the button again.",
      retry: true,
    }),
    pdf: () => ({
      title: "Hearsay cannot mark a PDF",
      advice: "Copy its text, and paste it into Hearsay’s own page at `http://127.0.0.1:8484/`.",
      retry: false,
    }),
    "own-page": () => ({
      title: "This page marks its text itself",
      advice: "Type or paste into it; the toolbar button is for other pages.",
      retry: false,
    }),
    bug: ({ detail }) => ({
      title: "Hearsay has made a mistake",
      advice: "This page brought out a fault in Hearsay itself. Reload the page and try again.",
      detail,
      retry: false,
    }),
    "left-behind": () => ({
      title: "Hearsay was updated, or switched off",
      advice: "This page still has the old one. Reload it, then press the button again.",
      retry: false,
    }),
    "not-allowed": () => ({
      title: "Hearsay may not read this page",
      advice:
        "Browsers keep extensions out of their own pages, of new tabs, and of extension stores. " +
        "Open an article on the web, and press the button there.",
      retry: false,
    }),
  };

  /**
   * @param {Problem} problem
   * @returns {ProblemWords}
   */
  hearsay.problemWords = (problem) => PROBLEMS[problem.kind](problem);
}
