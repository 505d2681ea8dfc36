/**
 * What of a page is in the window, and where.
 *
 *   hearsay.extentOf(range)         -> {top, bottom} in the window, in CSS pixels
 *   hearsay.isInSight(range)        -> whether some of it is in the window
 *   hearsay.bringIntoSight(range)   scrolls, where it must, so that it is not near an edge
 *   hearsay.pointOf(event)          -> {x, y} of a pointer, which may be in a frame
 */

{
  globalThis.hearsay ??= {};

  /** Room above and below what is brought into sight: sticky heads of pages, and our bar. */
  const ABOVE = 80;
  const BELOW = 120;

  /**
   * @param {Range} range
   */
  hearsay.extentOf = (range) => {
    /** @type {DOMRect[]} */
    const rects = hearsay.rectsOf(range);
    return {
      top: Math.min(...rects.map(({ top }) => top)),
      bottom: Math.max(...rects.map(({ bottom }) => bottom)),
    };
  };

  /** @param {Range} range */
  hearsay.isInSight = (range) => {
    const { top, bottom } = hearsay.extentOf(range);
    return bottom > 0 && top < window.innerHeight;
  };

  /** @param {Range} range */
  hearsay.bringIntoSight = (range) => {
    const isWell = () => {
      const { top, bottom } = hearsay.extentOf(range);
      return top >= ABOVE && bottom <= window.innerHeight - BELOW;
    };
    if (isWell()) return;
    // First every scroller around it, then the window to the line itself.
    range.startContainer.parentElement?.scrollIntoView({ block: "center", behavior: "instant" });
    if (isWell()) return;
    const { top } = hearsay.extentOf(range);
    window.scrollBy({ top: top - window.innerHeight * 0.4, behavior: "instant" });
  };

  /** @param {MouseEvent} event */
  hearsay.pointOf = ({ clientX, clientY, view }) => {
    const offset = hearsay.offsetOf(view?.document ?? document);
    return { x: clientX + offset.x, y: clientY + offset.y };
  };
}
