/**
 * Where one stops when walking the marks: each attribution once, at its cue, and each hedge.
 *
 *   hearsay.stopsByOwner(placed)                    -> Map of an attribution's or hedge's id to its stop
 *   hearsay.nextStop(placed, current, direction)    -> the stop after (1) or before (-1)
 */

{
  globalThis.hearsay ??= {};

  /** @param {Placed[]} all */
  hearsay.stopsByOwner = (all) => {
    /** @type {Map<string, Placed>} */
    const stops = new Map();
    for (const placed of all) {
      const { id } = hearsay.ownerOf(placed.mark);
      if (!stops.has(id) || placed.mark.part === "cue") stops.set(id, placed);
    }
    return stops;
  };

  /**
   * @param {Placed} a
   * @param {Placed} b
   */
  const isSame = (a, b) => a.block === b.block && a.mark.span.start === b.mark.span.start;

  /**
   * The stops in the order of the text, one at each place.
   * @param {Placed[]} all
   */
  const stopsIn = (all) => {
    const stops = new Set(hearsay.stopsByOwner(all).values());
    const ordered = all.filter((placed) => stops.has(placed));
    return ordered.filter((stop, index) => !index || !isSame(stop, ordered[index - 1]));
  };

  /**
   * After the last comes the first.
   *
   * @param {Placed[]} all
   * @param {Placed | null} current  null: the first in the window is next, or the last above it
   * @param {1 | -1} direction
   * @returns {Placed | null}  null where there is none
   */
  hearsay.nextStop = (all, current, direction) => {
    const stops = stopsIn(all);
    if (!stops.length) return null;
    const from = current ? stops.findIndex((stop) => isSame(stop, current)) : -1;
    let index;
    if (from >= 0) {
      index = from + direction;
    } else {
      const visible = stops.findIndex(({ ranges }) => hearsay.extentOf(ranges[0]).bottom > 0);
      index = direction > 0 ? Math.max(visible, 0) : visible - 1;
    }
    return stops.at(index % stops.length) ?? null;
  };
}
