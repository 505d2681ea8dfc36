/**
 * How each mark looks: one table, from which both the page's highlights and the legend's samples
 * get their CSS, so that they cannot differ.
 *
 * Meaning never hangs on colour alone. Each mark has a line of its own, and each family of lines
 * its own distance below the text, so that a mark inside another stays readable: double, dashed and
 * dotted lines for sources and their cues lie closest, then the hairline of a claim, and the wavy
 * line of a hedge lowest. What has nobody to answer for it (vague and unstated sources) shares one
 * ink and the dashed line.
 *
 *   hearsay.looks.names                      every MarkLook, as a legend lists them
 *   hearsay.looks.all                        every Look
 *   hearsay.looks.highlight(look, tone)      the name in CSS.highlights
 *   hearsay.looks.highlights                 all of these names
 *   hearsay.looks.priority(look)             which lies above which
 *   hearsay.looks.highlightSheet()           CSS for the page
 *   hearsay.looks.sampleSheet()              CSS for `.look-source` and so on
 *   hearsay.looks.sampleStyles()             a style sheet of these, always as the reader has chosen
 *   hearsay.looks.strongSheet(within)        the same, in what a selector selects, for a projector
 *   hearsay.looks.palettes                   their names; hearsay.looks.lines: the kinds of line
 *   hearsay.looks.lineOf(look)               its line now
 *   hearsay.looks.onChange(callback)         called when the reader has chosen others, and all of the
 *                                            above tells something new; returns how to end this
 *
 * What pupils mark has an ink of its own, and its lines above the text: below it are Hearsay's.
 */

/**
 * @typedef {"source" | "vague" | "cue" | "unstated" | "content" | "hedge"} MarkLook  What is painted
 * @typedef {"linked" | "scope"} PointerLook  What lights up with the mark pointed at
 * @typedef {"guess-claim" | "guess-unsure" | "guess-caret"} GuessLook  What pupils mark, and where
 * @typedef {MarkLook | PointerLook | GuessLook} Look
 * @typedef {"solid" | "double" | "dashed" | "dotted" | "wavy"} Line
 * @typedef {"light" | "dark"} Tone  Of the page behind the text
 *
 * @typedef {"source" | "nobody" | "doubt" | "pupil"} Ink  What it stands for
 *
 * @typedef {object} Palette
 * @property {Record<Ink, Record<Tone, string>>} inks
 * @property {boolean} [strong]  Tints are deeper, and lines as wide as a projector needs them
 *
 * @typedef {object} Drawing
 * @property {Ink} ink
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
   *
   * @type {Record<string, Palette>}
   */
  const PALETTES = {
    standard: {
      inks: {
        source: { light: "31 92 143", dark: "143 195 238" },
        nobody: { light: "160 36 88", dark: "255 157 189" },
        doubt: { light: "138 90 0", dark: "240 191 94" },
        pupil: { light: "13 107 74", dark: "110 222 170" },
      },
    },
    // From the colours of Okabe and Ito, darker on white: no two are near to each other without
    // one of the eye's three kinds of cones.
    distinct: {
      inks: {
        source: { light: "0 96 160", dark: "86 180 233" },
        nobody: { light: "184 76 0", dark: "232 116 40" },
        doubt: { light: "70 60 70", dark: "250 245 170" },
        pupil: { light: "150 20 230", dark: "185 125 125" },
      },
    },
    // At least 7:1, for a projector in a bright room.
    strong: {
      inks: {
        source: { light: "0 62 130", dark: "150 210 255" },
        nobody: { light: "150 0 70", dark: "255 170 200" },
        doubt: { light: "98 56 0", dark: "255 208 100" },
        pupil: { light: "0 80 50", dark: "120 240 185" },
      },
      strong: true,
    },
    // For print, and for who would rather see no colours: the lines alone tell the marks apart.
    grey: {
      inks: {
        source: { light: "70 70 70", dark: "205 205 205" },
        nobody: { light: "70 70 70", dark: "205 205 205" },
        doubt: { light: "70 70 70", dark: "205 205 205" },
        pupil: { light: "70 70 70", dark: "205 205 205" },
      },
    },
  };

  /** @type {Line[]} */
  const LINES = ["solid", "double", "dashed", "dotted", "wavy"];

  const NOBODY = "color: MarkText; background-color: Mark";
  const POINTED = "color: HighlightText; background-color: Highlight";

  /** Unless the reader chose others. From the lowest layer to the highest. @type {Record<Look, Drawing>} */
  const DRAWINGS = {
    "guess-claim": {
      ink: "pupil",
      tint: { light: 0.1, dark: 0.16 },
      line: "solid",
      width: 2.5,
      above: true,
    },
    "guess-unsure": {
      ink: "pupil",
      tint: { light: 0.24, dark: 0.34 },
      line: "wavy",
      width: 2,
      above: true,
    },
    content: {
      ink: "source",
      tint: { light: 0.06, dark: 0.11 },
      line: "solid",
      width: 1,
      opacity: { light: 0.4, dark: 0.45 },
      offset: "0.28em",
    },
    linked: { ink: "source", tint: { light: 0.14, dark: 0.24 }, forced: POINTED },
    scope: { ink: "doubt", tint: { light: 0.18, dark: 0.26 }, forced: POINTED },
    cue: { ink: "source", line: "dotted", width: 2, offset: "0.18em" },
    unstated: {
      ink: "nobody",
      tint: { light: 0.12, dark: 0.2 },
      line: "dashed",
      width: 2,
      offset: "0.18em",
      forced: NOBODY,
    },
    // Not one line: that is how links look on many sites.
    source: {
      ink: "source",
      tint: { light: 0.13, dark: 0.2 },
      line: "double",
      width: 2,
      offset: "0.18em",
    },
    vague: {
      ink: "nobody",
      tint: { light: 0.12, dark: 0.2 },
      line: "dashed",
      width: 2,
      offset: "0.18em",
      forced: NOBODY,
    },
    hedge: { ink: "doubt", line: "wavy", width: 1.5, offset: "0.36em" },
    "guess-caret": {
      ink: "pupil",
      tint: { light: 1, dark: 1 },
      text: { light: "#fff", dark: "#101519" },
      forced: POINTED,
    },
  };

  let palette = PALETTES.standard;
  let drawings = DRAWINGS;

  const LAYERS = /** @type {Look[]} */ (Object.keys(DRAWINGS));

  /** @type {Tone[]} */
  const TONES = ["light", "dark"];

  /** Two lines, and what is between them, take more room than one. @param {Drawing} drawing */
  const thicknessOf = ({ line, width = 1 }) => (line === "double" ? width / 2 : width);

  /**
   * A wave is about four times as high as its line is thick. Where lines of text stand close
   * together it comes nearer to its words, or it would strike out those below.
   *
   * @param {Drawing} drawing
   */
  const offsetOf = ({ line, width = 1, offset }) =>
    line === "wavy" ? `clamp(0.06em, 1lh - 0.62em - ${4 * width}px, ${offset})` : offset;

  /**
   * @param {Drawing} drawing
   * @param {Tone} tone
   */
  const declarations = (drawing, tone) => {
    const { ink, tint, text, line, opacity, offset, above } = drawing;
    const thickness = thicknessOf(drawing);
    const rgb = palette.inks[ink][tone];
    const css = [];
    if (text) css.push(`color: ${text[tone]}`);
    if (tint) css.push(`background-color: rgb(${rgb} / ${tint[tone]})`);
    if (line) {
      // The colour is explicit: without one Firefox hides a wavy line.
      const alpha = opacity ? ` / ${opacity[tone]}` : "";
      const side = above ? "overline" : "underline";
      css.push(`text-decoration: ${side} ${line} rgb(${rgb}${alpha}) ${thickness}px`);
      if (offset) css.push(`text-underline-offset: ${offsetOf(drawing)}`);
    }
    return css.join("; ");
  };

  /** A projector washes out what is pale. @param {Drawing} drawing */
  const strong = ({ tint, opacity: _, ...drawing }) => ({
    ...drawing,
    tint: tint && { light: Math.min(1, tint.light * 1.6), dark: Math.min(1, tint.dark * 1.6) },
  });

  /**
   * @param {Record<Look, Drawing>} all
   * @param {(drawing: Drawing, look: Look) => Drawing} change
   */
  const each = (all, change) =>
    /** @type {Record<Look, Drawing>} */ (
      Object.fromEntries(
        Object.entries(all).map(([look, one]) => [look, change(one, /** @type {Look} */ (look))]),
      )
    );

  /**
   * In forced colours the user's own colours rule, and the lines tell the marks apart. They stand
   * close below the words, for under the fill that Chromium gives a highlight they are not seen.
   *
   * @param {Drawing} drawing
   */
  const forcedDeclarations = (drawing) => {
    const { line, above, forced } = drawing;
    const css = forced ? [forced] : [];
    if (line) {
      const side = above ? "overline" : "underline";
      const color = forced ? "MarkText" : "CanvasText";
      css.push(`text-decoration: ${side} ${line} ${color} ${thicknessOf(drawing)}px`);
    }
    return css.join("; ");
  };

  /**
   * (When colours are forced Chromium fills every highlight with the user's own colour for it,
   * whatever a rule says; the lines remain.)
   *
   * @param {Look[]} looks
   * @param {(look: Look, tone: Tone) => string} selector
   * @param {Record<Look, Drawing>} [drawn]
   */
  const sheet = (looks, selector, drawn = drawings) => {
    /** @param {(look: Look, tone: Tone) => string} write */
    const rules = (write) =>
      looks
        .flatMap((look) => TONES.map((tone) => `${selector(look, tone)} { ${write(look, tone)} }`))
        .join("\n");
    return `
@media not (forced-colors: active) {
${rules((look, tone) => declarations(drawn[look], tone))}
}
@media (forced-colors: active) {
${rules((look) => forcedDeclarations(drawn[look]))}
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

  /** The tone is that of the nearest ancestor with the class `dark`, else light. */
  const sampleSheet = () =>
    sheet(samples, (look, tone) => (tone === "dark" ? `.dark .look-${look}` : `.look-${look}`));

  /** @type {CSSStyleSheet | null} One for all that show samples in this document */
  let styles = null;

  /** @type {Set<() => void>} */
  const listeners = new Set();
  let used = JSON.stringify(hearsay.settings.defaults.looks);

  /** What the settings name and is none of these is left as usual. @param {Settings} settings */
  const use = ({ looks }) => {
    if (JSON.stringify(looks) === used) return;
    used = JSON.stringify(looks);
    palette = Object.hasOwn(PALETTES, looks.palette) ? PALETTES[looks.palette] : PALETTES.standard;
    drawings = each(DRAWINGS, (drawing, look) => {
      const line = looks.lines[/** @type {MarkLook} */ (look)];
      const chosen = line && LINES.includes(line) && drawing.line ? { ...drawing, line } : drawing;
      return palette.strong ? strong(chosen) : chosen;
    });
    styles?.replaceSync(sampleSheet());
    for (const listener of listeners) listener();
  };

  hearsay.looks = {
    names,

    all: LAYERS,

    highlight,

    highlights: LAYERS.flatMap((look) => TONES.map((tone) => highlight(look, tone))),

    /** @param {Look} look */
    priority: (look) => LAYERS.indexOf(look),

    highlightSheet: () => sheet(LAYERS, (look, tone) => `::highlight(${highlight(look, tone)})`),

    sampleSheet,

    sampleStyles: () => {
      if (!styles) {
        styles = new CSSStyleSheet();
        styles.replaceSync(sampleSheet());
      }
      return styles;
    },

    /** @param {string} within */
    strongSheet: (within) => {
      /** @type {(look: Look, tone: Tone) => string} */
      const selector = (look, tone) => `${tone === "dark" ? ".dark " : ""}${within} .look-${look}`;
      return sheet(samples, selector, palette.strong ? drawings : each(drawings, strong));
    },

    palettes: Object.keys(PALETTES),

    lines: LINES,

    /** @param {Look} look */
    lineOf: (look) => drawings[look].line,

    /** @param {() => void} callback */
    onChange: (callback) => {
      listeners.add(callback);
      return () => listeners.delete(callback);
    },
  };

  const { settings } = hearsay;
  settings.read().then(use);
  settings.onChange(use);
}
