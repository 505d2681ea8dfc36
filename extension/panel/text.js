/**
 * The article's text, counted: its words, and which of them a span takes in.
 */

/** Letters and digits, and what joins them in one word: "don’t", "well-known", "10,000", "U.S". */
const WORD = /[\p{L}\p{M}\p{N}]+(?:[’'.,:\u00ad\u2011-][\p{L}\p{M}\p{N}]+)*/gu;

/** All words of the blocks, numbered from 0 through the whole article. */
export class Words {
  /** @type {Map<string, {first: number, starts: number[], ends: number[]}>} By the block's id */
  #blocks = new Map();
  total = 0;

  /** @param {{id: string, text: string}[]} blocks */
  constructor(blocks) {
    for (const { id, text } of blocks) {
      const found = [...text.matchAll(WORD)];
      const starts = found.map(({ index }) => index);
      const ends = found.map(({ index, 0: word }) => index + word.length);
      this.#blocks.set(id, { first: this.total, starts, ends });
      this.total += found.length;
    }
  }

  /**
   * @param {Span} span
   * @returns {[from: number, to: number]}  The numbers of the words that have a character in it
   */
  within({ block, start, end }) {
    const words = this.#blocks.get(block);
    if (!words) return [0, 0];
    const { first, starts, ends } = words;
    return [first + countUpTo(ends, start), first + countUpTo(starts, end - 1)];
  }

  /**
   * How many words the spans have together, each counted once.
   * @param {Span[]} spans
   */
  count(spans) {
    const ranges = spans.map((span) => this.within(span)).sort(([a], [b]) => a - b);
    let count = 0;
    let counted = 0;
    for (const [from, to] of ranges) {
      count += Math.max(0, to - Math.max(from, counted));
      counted = Math.max(counted, to);
    }
    return count;
  }
}

/**
 * @param {number[]} ascending
 * @param {number} limit
 * @returns {number}  How many are not above the limit
 */
const countUpTo = (ascending, limit) => {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * The words around a span, cut between words.
 *
 * @param {string} text  Of the span's block
 * @param {Span} span
 * @param {number} reach  How many characters on each side
 * @returns {[before: string, after: string]}
 */
export const around = (text, { start, end }, reach) => {
  let from = Math.max(0, start - reach);
  if (from > 0) from = Math.min(start, text.indexOf(" ", from) + 1 || start);
  let to = Math.min(text.length, end + reach);
  if (to < text.length) to = Math.max(end, text.lastIndexOf(" ", to));
  return [
    `${from > 0 ? "…\u00a0" : ""}${text.slice(from, start)}`,
    `${text.slice(end, to)}${to < text.length ? "\u00a0…" : ""}`,
  ];
};

/** @param {string} text */
export const capitalised = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * @param {number} number
 * @param {string} one
 * @param {string} many
 */
export const counted = (number, one, many) =>
  `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
