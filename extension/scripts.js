/**
 * The scripts that read and mark a page: classic files, in the order in which they add to what they
 * share, `globalThis.hearsay`.
 */
export const CONTENT_SCRIPTS = [
  "content/settings.js",
  "content/slices.js",
  "content/frames.js",
  "content/text-run.js",
  "content/blocks.js",
  "content/ranges.js",
  "content/furniture.js",
  "content/survey.js",
  "content/article.js",
  "content/looks.js",
  "content/marks.js",
  "content/nearness.js",
  "content/tone.js",
  "content/layer.js",
  "content/paint.js",
  "content/words.js",
  "content/elements.js",
  "content/explained.js",
  "content/ui-sheet.js",
  "content/ui.js",
  "content/sentences.js",
  "content/verdicts.js",
  "content/stage-sheet.js",
  "content/stage.js",
  "content/present.js",
  "content/pupil-marks.js",
  "content/word-caret.js",
  "content/verdict-walk.js",
  "content/guess-bar.js",
  "content/guess.js",
  "content/sight.js",
  "content/stops.js",
  "content/overlay.js",
  "content/reading.js",
  "content/requests.js",
  "content/live.js",
  "content/mending.js",
  "content/page-marker.js",
  "content/main.js",
];

/** Before them, where the page has brought them and no press of the button. */
export const UNASKED = "content/unasked.js";
