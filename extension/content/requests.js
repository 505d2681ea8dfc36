/**
 * Which blocks the API is asked about together.
 *
 *   hearsay.requestsOf(blocks, isRead) -> Block[][]
 *
 * A source's full name, or whom "she" means, is found among the blocks of one request. So an article
 * of usual length is one request, and a long one is cut into few large parts, before a heading where
 * one is near: there writers name people anew. No part repeats blocks of another: the short names
 * that then stand for somebody introduced in an earlier part are folded into the full ones by the
 * panel, which sees the whole article.
 *
 * Parts are read a little otherwise than the whole is: of 3,996 marks in 13 articles that were cut in
 * two or three parts, 1 in 43 stood elsewhere, and 1 in 24 had another speaker. With the 4,000
 * characters before it sent along with each part these were 1 in 38 and 1 in 30, for a fifth more
 * time. So the limit is high instead, and nearly every article is read as a whole.
 *
 * The cuts depend on the article alone and not on what is on the screen, so that a second visit asks
 * the same, and finds it in the cache.
 */
{
  globalThis.hearsay ??= {};

  /** Characters: about 5,000 words, which are one request. Of 1,003 news articles one is longer. */
  const WHOLE = 30_000;
  /** About 1,700 words: of a longer article, each part has so many or more, but for the last. */
  const PART = 10_000;
  /** How much longer a part may be so that it ends before a heading. */
  const SEARCH = 3_000;

  /**
   * Cuts a run of blocks.
   * @param {Block[]} blocks
   * @returns {Block[][]}
   */
  const partsOf = (blocks) => {
    const total = blocks.reduce((sum, { text }) => sum + text.length, 0);
    if (total <= WHOLE) return [blocks];
    /** @type {Block[][]} */
    const parts = [[]];
    let length = 0;
    let left = total;
    for (const block of blocks) {
      const full = length >= PART + SEARCH || (length >= PART && block.kind === "heading");
      if (full && left >= SEARCH) {
        parts.push([]);
        length = 0;
      }
      parts[parts.length - 1].push(block);
      length += block.text.length;
      left -= block.text.length;
    }
    return parts;
  };

  /**
   * @param {Block[]} blocks  The article's, in order
   * @param {(block: Block) => boolean} isRead  Whether it was analysed already
   * @returns {Block[][]}  In document order
   */
  hearsay.requestsOf = (blocks, isRead) =>
    partsOf(blocks)
      .map((part) => part.filter((block) => !isRead(block)))
      .filter((part) => part.length);
}
