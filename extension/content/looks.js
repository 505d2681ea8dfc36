/**
 * How each mark looks: one table, from which both the page's highlights and the legend's samples
 * get their CSS, so that they cannot differ.
 *
 * Meaning never hangs on colour alone. Each mark has a line of its own, and each family of lines
 * its own distance below the text, so that a mark inside another stays readable: solid, dashed and
 * dotted lines for sources and their cues lie closest, then the hairline of a claim, and the wavy
 * line of a hedge lowest. What has nobody to answer for it (vague and unstated sources) shares one
 * ink and the dashed line.
 *
 *   hearsay.looks.names                      every MarkLook, as a legend lists them
 *   hearsay.looks.all                        every Look
 *   hearsay.looks.highlight(look, tone)      the name in CSS.highlights
 *   hearsay.looks.priority(look)             which lies above which
 *   hearsay.looks.highlightSheet()           CSS for the page
 *   hearsay.looks.sampleSheet()              CSS for `.look-source` and so on
 *   hearsay.looks.strongSheet(within)        the same, in what a selector selects, for a projector
 *
 * What pupils mark has an ink of its own, and its lines above the text: below it are Hearsay's.
 */

/**
 * @typedef {"source" | "vague" | "cue" | "unstated" | "content" | "hedge"} MarkLook  What is painted
 * @typedef {"linked" | "scope"} PointerLook  What lights up with the mark pointed at
 * @typedef {"guess-claim" | "guess-unsure" | "guess-caret"} GuessLook  What pupils mark, and where
 * @typedef {MarkLook | PointerLook | GuessLook} Look
 * @typedef {"solid" | "dashed" | "dotted" | "wavy"} Line
 * @typedef {"light" | "dark"} Tone  Of the page behind the text
 *
 * @typedef {object} Drawing
 * @property {"blue" | "plum" | "ochre" | "green"} ink
 * @property {Record<Tone, number>} [tint]  Opacity of the ink behind the text
 * @property {Line} [line]
 * @property {number} [width]  Of the line, in CSS px
 * @property {Record<Tone, number>} [opacity]  Of the line
 * @property {string} [offset]  Of the line below the text
 * @property {boolean} [above]  The line lies above the text
 * @property {Record<Tone, string>} [text]  The colour of the text
 * @property {string} [forced]  Declarations for forced colours, beside the line
 */

{
  globalThis.hearsay ??= {};

  /**
   * Every ink has a contrast of at least 4.5:1 with the page it is for (white, #1b1b1b).
   * @type {Record<Drawing["ink"], Record<Tone, string>>}
   */
  const INKS = {
    blue: { light: "31 92 143", dark: "143 195 238" },
    plum: { light: "160 36 88", dark: "255 157 189" },
    ochre: { light: "138 90 0", dark: "240 191 94" },
    green: { light: "13 107 74", dark: "110 222 170" },
  };

  const NOBODY = "color: MarkText; background-color: Mark";
  const POINTED = "color: HighlightText; background-color: Highlight";

  /** From the lowest layer to the highest. @type {Record<Look, Drawing>} */
  const DRAWINGS = {
    "guess-claim": {
      ink: "green",
      tint: { light: 0.1, dark: 0.16 },
      line: "solid",
      width: 2.5,
      above: true,
    },
    "guess-unsure": {
      ink: "green",
      tint: { light: 0.24, dark: 0.34 },
      line: "wavy",
      width: 2,
      above: true,
    },
    content: {
      ink: "blue",
      tint: { light: 0.06, dark: 0.11 },
      line: "solid",
      width: 1,
      opacity: { light: 0.4, dark: 0.45 },
      offset: "0.28em",
    },
    linked: { ink: "blue", tint: { light: 0.14, dark: 0.24 }, forced: POINTED },
    scope: { ink: "ochre", tint: { light: 0.18, dark: 0.26 }, forced: POINTED },
    cue: { ink: "blue", line: "dotted", width: 2, offset: "0.18em" },
    unstated: {
      ink: "plum",
      tint: { light: 0.12, dark: 0.2 },
      line: "dashed",
      width: 2,
      offset: "0.18em",
      forced: NOBODY,
    },
    source: {
      ink: "blue",
      tint: { light: 0.13, dark: 0.2 },
      line: "solid",
      width: 2,
      offset: "0.18em",
    },
    vague: {
      ink: "plum",
      tint: { light: 0.12, dark: 0.2 },
      line: "dashed",
      width: 2,
      offset: "0.18em",
      forced: NOBODY,
    },
    hedge: { ink: "ochre", line: "wavy", width: 1.5, offset: "0.36em" },
    "guess-caret": {
      ink: "green",
      tint: { light: 1, dark: 1 },
      text: { light: "#fff", dark: "#101519" },
      forced: POINTED,
    },
  };

  const LAYERS = /** @type {Look[]} */ (Object.keys(DRAWINGS));

  /** @type {Tone[]} */
  const TONES = ["light", "dark"];

  /**
   * @param {Drawing} drawing
   * @param {Tone} tone
   */
  const declarations = ({ ink, tint, text, line, width, opacity, offset, above }, tone) => {
    const rgb = INKS[ink][tone];
    const css = [];
    if (text) css.push(`color: ${text[tone]}`);
    if (tint) css.push(`background-color: rgb(${rgb} / ${tint[tone]})`);
    if (line) {
      // The colour is explicit: without one Firefox hides a wavy line.
      const alpha = opacity ? ` / ${opacity[tone]}` : "";
      const side = above ? "overline" : "underline";
      css.push(`text-decoration: ${side} ${line} rgb(${rgb}${alpha}) ${width}px`);
      if (offset) css.push(`text-underline-offset: ${offset}`);
    }
    return css.join("; ");
  };

  /** A projector washes out what is pale. @param {Drawing} drawing */
  const strong = ({ tint, opacity: _, ...drawing }) => ({
    ...drawing,
    tint: tint && { light: tint.light * 1.6, dark: tint.dark * 1.6 },
  });

  /**
   * In forced colours the user's own colours rule, and the lines tell the marks apart.
   * @param {Drawing} drawing
   */
  const forcedDeclarations = ({ line, width, offset, above, forced }) => {
    const css = forced ? [forced] : [];
    if (line) {
      const side = above ? "overline" : "underline";
      css.push(`text-decoration: ${side} ${line} ${forced ? "MarkText" : "CanvasText"} ${width}px`);
      if (offset) css.push(`text-underline-offset: ${offset}`);
    }
    return css.join("; ");
  };

  /**
   * (When colours are forced Chromium fills every highlight with the user's own colour for it,
   * whatever a rule says; the lines remain.)
   *
   * @param {Look[]} looks
   * @param {(look: Look, tone: Tone) => string} selector
   * @param {Record<Look, Drawing>} [drawings]
   */
  const sheet = (looks, selector, drawings = DRAWINGS) => {
    /** @param {(look: Look, tone: Tone) => string} write */
    const rules = (write) =>
      looks
        .flatMap((look) => TONES.map((tone) => `${selector(look, tone)} { ${write(look, tone)} }`))
        .join("\n");
    return `
@media not (forced-colors: active) {
${rules((look, tone) => declarations(drawings[look], tone))}
}
@media (forced-colors: active) {
${rules((look) => forcedDeclarations(drawings[look]))}
}`;
  };

  /**
   * @param {Look} look
   * @param {Tone} tone
   */
  const highlight = (look, tone) => `hearsay-${look}-${tone}`;

  /** @type {MarkLook[]} */
  const names = ["source", "vague", "cue", "unstated", "content", "hedge"];

  /** @type {Look[]} */
  const samples = [...names, "scope", "guess-claim", "guess-unsure"];

  hearsay.looks = {
    names,

    all: LAYERS,

    highlight,

    /** @param {Look} look */
    priority: (look) => LAYERS.indexOf(look),

    highlightSheet: () => sheet(LAYERS, (look, tone) => `::highlight(${highlight(look, tone)})`),

    /** The tone is that of the nearest ancestor with the class `dark`, else light. */
    sampleSheet: () =>
      sheet(samples, (look, tone) => (tone === "dark" ? `.dark .look-${look}` : `.look-${look}`)),

    /** @param {string} within */
    strongSheet: (within) => {
      const entries = Object.entries(DRAWINGS).map(([look, drawing]) => [look, strong(drawing)]);
      const drawings = /** @type {Record<Look, Drawing>} */ (Object.fromEntries(entries));
      /** @type {(look: Look, tone: Tone) => string} */
      const selector = (look, tone) => `${tone === "dark" ? ".dark " : ""}${within} .look-${look}`;
      return sheet(samples, selector, drawings);
    },
  };
}
