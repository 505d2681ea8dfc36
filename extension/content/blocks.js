/**
 * Text of the page as a reader sees it, in blocks, with the way back to the DOM.
 *
 * Content scripts are classic files that share one object, `globalThis.hearsay`. This file gives
 *
 *   hearsay.blocksOf(article) -> Block[]
 *   hearsay.rangeOf(block, start, end) -> Range[]
 *   hearsay.textOf(ranges) -> string
 *
 * and article.js, which builds on it,
 *
 *   hearsay.findArticle(document) -> Article
 *
 * Nothing here changes a node of the page.
 */

/**
 * Where the article's text stands in the live page.
 *
 * @typedef {object} Article
 * @property {Element[]} roots  The elements that hold the text, in document order, none inside
 *   another; empty when the page has no article.
 * @property {Set<Element>} headlines  The roots (or elements inside them) that are the headline or
 *   the standfirst: their blocks have the kind "headline".
 * @property {Set<Element>} excluded  Elements inside the roots that are no part of the article.
 */

/**
 * A run of characters that the block's text has in common with one Text node: for every i,
 * `text[start + i]` is `node.data[nodeStart + i]`, but that any white space there is " " here.
 * Pieces are in order and do not overlap; a character in no piece is a line break of a `<br>`.
 *
 * @typedef {object} Piece
 * @property {Text} node
 * @property {number} nodeStart  UTF-16 offset in `node.data`
 * @property {number} start  UTF-16 offset in the block's text
 * @property {number} end
 * @property {boolean} joined  Nothing that a reader sees lies between the piece before and this
 *   one: one Range may run across both.
 */

/**
 * @typedef {object} Block
 * @property {string} id  "b1", "b2", … in document order
 * @property {string} text  Never empty, no white space at its ends, "\n" only for a `<br>` or in
 *   preformatted text
 * @property {"headline" | "paragraph" | "heading" | "quote" | "item" | "cell" | "preformatted"} kind
 * @property {Element} element  The innermost element that holds the whole block
 * @property {Piece[]} pieces
 */
