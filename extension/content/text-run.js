/**
 * Text as a reader sees it, joined from the characters of Text nodes.
 *
 *   const run = new hearsay.TextRun(paragraphEnds)
 *   run.add(node, from, to, whiteSpace)  run.breakLine()  run.flush()  run.clear()
 *   run.text  run.pieces                  and where each character came from
 *   hearsay.whiteSpaceOf(style)           how an element's white space is shown
 */

/**
 * A run of characters that the text has in common with one Text node: for every i,
 * `text[start + i]` is `node.data[nodeStart + i]`, but that any white space there is " " here.
 * Pieces are in order and do not overlap; a character in no piece is a line break of a `<br>`.
 *
 * @typedef {object} Piece
 * @property {Text} node
 * @property {number} nodeStart  UTF-16 offset in `node.data`
 * @property {number} start  UTF-16 offset in the text
 * @property {number} end
 * @property {boolean} joined  Nothing that a reader sees lies between the piece before and this
 *   one: one Range may run across both.
 *
 * @typedef {"collapse" | "preserve-breaks" | "preserve" | "break-spaces"} WhiteSpace  As in CSS
 */

{
  globalThis.hearsay ??= {};

  // Characters that take no room: soft hyphen, zero-width space, word joiner, byte order mark, marks
  // of direction; and the joiners, but where both neighbours are of a script (or emoji) they shape.
  const INVISIBLE =
    "[\\u00AD\\u180E\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u2064\\u2066-\\u2069\\uFEFF]" +
    "|(?<![\\u0300-\\uFFFF])[\\u200C\\u200D]|[\\u200C\\u200D](?![\\u0300-\\uFFFF])";
  const TOKEN = new RegExp(
    `(?:${INVISIBLE})+|(?<space>\\s)|(?<visible>(?:(?!${INVISIBLE})\\S)+)`,
    "g",
  );

  /**
   * Joins characters of Text nodes into one normalised text, and remembers where each came from.
   *
   * Unlike CSS it collapses no-break spaces too: to a reader they are spaces.
   */
  hearsay.TextRun = class {
    text = "";
    /** @type {Piece[]} */
    pieces = [];
    /**
     * White space that waits for a visible character after it; no node: a `<br>`.
     * @type {{char: string, node: Text | null, offset: number, joined: boolean}[]}
     */
    held = [];
    /** Something that a reader may see was left out since the last character. */
    gap = true;

    /** @param {(() => void) | null} paragraphEnds  called at an empty line; null: lines do not matter */
    constructor(paragraphEnds) {
      this.paragraphEnds = paragraphEnds;
    }

    /**
     * @param {Text} node
     * @param {number} from
     * @param {number} to
     * @param {WhiteSpace} mode
     */
    add(node, from, to, mode) {
      TOKEN.lastIndex = from;
      for (const { index, groups } of node.data.matchAll(TOKEN)) {
        if (index >= to) break;
        if (groups?.visible) {
          this.flush();
          this.append(groups.visible.slice(0, to - index), node, index, !this.gap);
          this.gap = false;
        } else if (groups?.space) {
          this.hold(groups.space, node, index, mode);
        }
      }
    }

    /**
     * @param {string} space
     * @param {Text} node
     * @param {number} offset
     * @param {WhiteSpace} mode
     */
    hold(space, node, offset, mode) {
      const joined = !this.gap;
      if (mode === "preserve" || mode === "break-spaces") {
        this.held.push({
          char: space === "\n" || space === "\t" ? space : " ",
          node,
          offset,
          joined,
        });
      } else if (mode === "preserve-breaks" && space === "\n") {
        this.held = this.held.filter(({ char }) => char === "\n");
        this.held.push({ char: "\n", node, offset, joined });
      } else if (!this.held.length) {
        this.held.push({ char: " ", node, offset, joined });
      }
      if (space === "\n" && mode !== "collapse") this.checkParagraph();
    }

    /** Takes a `<br>`. */
    breakLine() {
      this.held = this.held.filter(({ char }) => char === "\n");
      this.held.push({ char: "\n", node: null, offset: 0, joined: true });
      this.checkParagraph();
    }

    checkParagraph() {
      if (this.held.filter(({ char }) => char === "\n").length > 1) this.paragraphEnds?.();
    }

    /** Writes the white space that waited; a block does not begin with any. */
    flush() {
      if (!this.text && this.paragraphEnds) this.held = [];
      for (const { char, node, offset, joined } of this.held) {
        if (node) this.append(char, node, offset, joined);
        else this.text += char;
      }
      this.held = [];
    }

    /** Starts anew. */
    clear() {
      this.text = "";
      this.pieces = [];
      this.held = [];
      this.gap = true;
    }

    /**
     * @param {string} chars
     * @param {Text} node
     * @param {number} offset
     * @param {boolean} joined
     */
    append(chars, node, offset, joined) {
      const start = this.text.length;
      this.text += chars;
      const end = this.text.length;
      const last = this.pieces.at(-1);
      if (
        last?.node === node &&
        last.end === start &&
        last.nodeStart + last.end - last.start === offset
      ) {
        last.end = end;
      } else {
        this.pieces.push({ node, nodeStart: offset, start, end, joined });
      }
    }
  };

  /** @param {CSSStyleDeclaration} style */
  hearsay.whiteSpaceOf = (style) => /** @type {WhiteSpace} */ (style.whiteSpaceCollapse);
}
