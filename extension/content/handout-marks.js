/**
 * A text with its marks, as HTML. Values in, a string out; whatever the text holds stays text.
 *
 *   hearsay.escaped(text)                     -> HTML that shows just this
 *   hearsay.written(text)                     the same, line by line
 *   hearsay.drawnText(text, marks, numbers)   with its marks, and the key's numbers behind them
 */
{
  globalThis.hearsay ??= {};

  /** @type {Record<string, string>} */
  const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

  /** @param {string} text */
  const escaped = (text) => text.replace(/[&<>"']/g, (char) => ENTITIES[char]);
  hearsay.escaped = escaped;

  /** @param {string} text  A line break of the article stays one. */
  const written = (text) => escaped(text).replaceAll("\n", "<br>");
  hearsay.written = written;

  /**
   * A block's text with its marks, as elements in elements. A mark that crosses another's end is
   * drawn in two pieces.
   *
   * @param {string} text
   * @param {Mark[]} marks  In this block
   * @param {Map<number, Entry[]>} numbers  By the place that they follow
   */
  hearsay.drawnText = (text, marks, numbers) => {
    /** Longer marks first, so that few are cut. @type {Mark[]} */
    const waiting = marks.toSorted(
      ({ span: a, look: one }, { span: b, look: other }) =>
        a.start - b.start ||
        b.end - a.end ||
        hearsay.looks.priority(one) - hearsay.looks.priority(other),
    );
    /** @type {Mark[]} */
    const open = [];
    const places = marks.flatMap(({ span }) => [span.start, span.end]);
    const stops = [...new Set([...places, ...numbers.keys(), text.length])].sort((a, b) => a - b);
    let html = "";
    let at = 0;
    /** @param {Mark} mark */
    const begin = (mark) => {
      open.push(mark);
      html += `<span class="look-${mark.look}">`;
    };
    for (const stop of stops) {
      html += written(text.slice(at, stop));
      at = stop;
      const first = open.findIndex(({ span }) => span.end <= stop);
      const closed = first < 0 ? [] : open.splice(first);
      html += "</span>".repeat(closed.length);
      for (const { number } of numbers.get(stop) ?? []) {
        html += `<sup><a id="m${number}" href="#n${number}">${number}</a></sup>`;
      }
      for (const mark of closed) if (mark.span.end > stop) begin(mark);
      while (waiting.length && waiting[0].span.start <= stop) {
        begin(/** @type {Mark} */ (waiting.shift()));
      }
    }
    return html;
  };
}
