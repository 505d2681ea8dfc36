/** The scripts that read and mark a page, in the order in which they share `globalThis.hearsay`. */
export const CONTENT_SCRIPTS = [
  "content/settings.js",
  "content/slices.js",
  "content/blocks.js",
  "content/article.js",
  "content/looks.js",
  "content/marks.js",
  "content/paint.js",
  "content/words.js",
  "content/ui-sheet.js",
  "content/ui.js",
  "content/overlay.js",
  "content/reading.js",
  "content/reader.js",
  "content/main.js",
];
