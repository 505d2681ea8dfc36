/**
 * From a block's text to the page and back.
 *
 *   hearsay.rangeOf(block, start, end)            -> Range[]
 *   hearsay.isRangeOf(ranges, block, start, end)  -> boolean
 *   hearsay.textOf(ranges)                        -> string, what stands there now
 */
{
  globalThis.hearsay ??= {};

  /** @type {(node: Node) => node is Text} */
  const isText = hearsay.isText;
  /** @type {(node: Node) => node is Element} */
  const isElement = hearsay.isElement;

  /**
   * The index of the first piece that ends after an offset.
   *
   * @param {Piece[]} pieces
   * @param {number} offset
   */
  const firstPiece = (pieces, offset) => {
    let low = 0;
    for (let high = pieces.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (pieces[middle].end <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  /**
   * Whether ranges still begin and end where `rangeOf` would put them now.
   *
   * @param {Range[]} ranges
   * @param {Block} block
   * @param {number} start
   * @param {number} end
   */
  hearsay.isRangeOf = (ranges, { pieces }, start, end) => {
    const first = pieces[firstPiece(pieces, start)];
    const last = pieces[firstPiece(pieces, end - 1)];
    const { startContainer, startOffset } = ranges[0];
    const { endContainer, endOffset } = ranges[ranges.length - 1];
    return (
      startContainer === first?.node &&
      startOffset === first.nodeStart + Math.max(start - first.start, 0) &&
      endContainer === last?.node &&
      endOffset === last.nodeStart + Math.min(end, last.end) - last.start
    );
  };

  /**
   * The DOM ranges of a part of a block's text: one, or several where something that is no part of
   * the text lies between. Ranges are live: they move with the page's changes.
   *
   * @param {Block} block
   * @param {number} start  UTF-16 offset in the block's text
   * @param {number} end
   * @returns {Range[]}  empty where the page has changed so much that there is no such place
   */
  hearsay.rangeOf = (block, start, end) => {
    const { pieces } = block;
    /** @type {Range[]} */
    const ranges = [];
    for (
      let index = firstPiece(pieces, start);
      index < pieces.length && pieces[index].start < end;
      index++
    ) {
      const piece = pieces[index];
      const from = piece.nodeStart + Math.max(start - piece.start, 0);
      const to = piece.nodeStart + Math.min(end, piece.end) - piece.start;
      if (to > piece.node.length || !piece.node.isConnected) return [];
      let range = ranges.at(-1);
      if (!range || !piece.joined) {
        range = new Range();
        range.setStart(piece.node, from);
        ranges.push(range);
      }
      range.setEnd(piece.node, to);
    }
    return ranges;
  };

  /**
   * The text that stands in the ranges now, normalised as a block's text is: equal to
   * `block.text.slice(start, end)` as long as the page shows what was analysed.
   *
   * @param {Range[]} ranges
   */
  hearsay.textOf = (ranges) => ranges.map(textOfRange).join("");

  /** @param {Range} range */
  const textOfRange = (range) => {
    const { startContainer, startOffset, endContainer, endOffset, commonAncestorContainer } = range;
    const run = new hearsay.TextRun(null);
    const walker = document.createTreeWalker(
      commonAncestorContainer,
      NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT,
    );
    walker.currentNode = startContainer;
    /** @type {Node | null} */
    let node = startContainer;
    while (node) {
      if (isText(node)) {
        const from = node === startContainer ? startOffset : 0;
        const to = node === endContainer ? endOffset : node.length;
        const parent = node.parentElement;
        if (parent) run.add(node, from, to, hearsay.whiteSpaceOf(getComputedStyle(parent)));
      } else if (isElement(node) && node.tagName === "BR") {
        run.breakLine();
      }
      node = node === endContainer ? null : walker.nextNode();
    }
    run.flush();
    return run.text;
  };
}
