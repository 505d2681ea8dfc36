/**
 * Texts that come as files or by paste, as stories that the page can show.
 *
 *   await hearsay.storyOfFile(file)          -> Story; or throws a TextFileError
 *   hearsay.storyOf(text, source)            -> Story
 *   hearsay.decodeText(bytes)                -> its text; null where this is no text
 */

/**
 * A text with what is known of it; what the extension hands over is one too.
 *
 * @typedef {object} Story
 * @property {string} title  "" where it is not known
 * @property {string} url  "" where it is not known
 * @property {string} [source]  Where it is from, if not from `url`
 * @property {{text: string, kind: Block["kind"]}[]} blocks
 */

{
  globalThis.hearsay ??= {};

  /** Far more than any article, and no work for a browser. */
  const MAX_BYTES = 1_000_000;
  /** A first line up to this length, without a full stop, is a headline. */
  const MAX_HEADLINE = 150;
  /** Lines that a program has broken are about this long, in characters. */
  const WRAPPED = { min: 45, max: 100 };

  /** What went wrong, in a reader's words: a ProblemWords of words.js. */
  hearsay.TextFileError = class extends Error {
    /**
     * @param {string} title
     * @param {string} advice
     */
    constructor(title, advice) {
      super(title);
      /** @type {ProblemWords} */
      this.words = { title, advice, retry: false };
    }
  };

  /**
   * Which of its two bytes is zero in most letters of a text in UTF-16 without a mark at its start.
   *
   * @param {Uint8Array} bytes
   * @returns {"utf-16le" | "utf-16be" | null}
   */
  const unmarkedUtf16 = (bytes) => {
    const sample = bytes.subarray(0, 1000);
    /** @param {number} parity */
    const share = (parity) =>
      sample.filter((byte, index) => byte === 0 && index % 2 === parity).length /
      (sample.length / 2);
    if (share(1) > 0.5 && share(0) < 0.1) return "utf-16le";
    if (share(0) > 0.5 && share(1) < 0.1) return "utf-16be";
    return null;
  };

  /**
   * @param {string} encoding
   * @param {Uint8Array} bytes
   * @returns {string | null}  null where the bytes are not of this encoding
   */
  const decode = (encoding, bytes) => {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      return null;
    }
  };

  /**
   * UTF-8, UTF-16, or else Windows-1252, in which many old text files are. A mark of the byte order
   * is left out.
   *
   * @param {Uint8Array} bytes
   * @returns {string | null}
   */
  hearsay.decodeText = (bytes) => {
    const [first, second] = bytes;
    let encoding = unmarkedUtf16(bytes);
    if (first === 0xff && second === 0xfe) encoding = "utf-16le";
    if (first === 0xfe && second === 0xff) encoding = "utf-16be";
    const text = encoding
      ? decode(encoding, bytes)
      : (decode("utf-8", bytes) ?? decode("windows-1252", bytes));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is how other files are known
    return text === null || /[\0-\x08\x0e-\x1f]/.test(text) ? null : text;
  };

  /**
   * Paragraphs stand between empty lines, or each on a line of its own. Where there are empty lines,
   * a program may have broken the others.
   *
   * @param {string} text
   * @returns {string[]}
   */
  const paragraphsOf = (text) => {
    const lines = text.replace(/\r\n?|\f|\u2028|\u2029/g, "\n").split("\n");
    const full = lines.map((line) => line.trim());
    const hasGaps = /\S\s*\n\s*\n\s*\S/.test(lines.join("\n"));
    /** @type {string[]} */
    const paragraphs = [];
    let open = "";
    for (const line of full) {
      open = open && line ? `${open} ${line}` : open || line;
      const goesOn = hasGaps && line && line.length >= WRAPPED.min && line.length <= WRAPPED.max;
      if (open && !goesOn) {
        paragraphs.push(open);
        open = "";
      }
    }
    return open ? [...paragraphs, open] : paragraphs;
  };

  /**
   * @param {string} text
   * @param {string} [source]
   * @returns {Story}
   */
  hearsay.storyOf = (text, source) => {
    const paragraphs = paragraphsOf(text);
    const [first = ""] = paragraphs;
    const hasHeadline =
      paragraphs.length > 1 && first.length <= MAX_HEADLINE && !/[.!?:;,…][”"’')]*$/.test(first);
    return {
      title: hasHeadline ? first : "",
      url: "",
      source,
      blocks: paragraphs.map((paragraph, index) => ({
        text: paragraph,
        kind: hasHeadline && index === 0 ? "headline" : "paragraph",
      })),
    };
  };

  /**
   * @param {File} file
   * @returns {Promise<Story>}
   */
  hearsay.storyOfFile = async (file) => {
    const { TextFileError } = hearsay;
    if (file.size > MAX_BYTES) {
      throw new TextFileError(
        "This file is too long",
        "Hearsay reads one article at a time. Open the file, copy the part that you want to see, " +
          "and paste it here.",
      );
    }
    const text = hearsay.decodeText(new Uint8Array(await file.arrayBuffer()));
    if (/\.x?html?$/i.test(file.name) || /^\s*<(?:!doctype html|html)\b/i.test(text ?? "")) {
      throw new TextFileError(
        "This file is a web page",
        "Open it in your browser, copy the text of the article there, and paste it here.",
      );
    }
    if (text === null || /^%PDF-|^\{\\rtf/.test(text)) {
      throw new TextFileError(
        "This file is not plain text",
        "Hearsay reads text files, whose names end in .txt. Open this one in its own program, copy " +
          "its text, and paste it here.",
      );
    }
    if (!text.trim()) {
      throw new TextFileError("This file is empty", "There is no text in it. Choose another one.");
    }
    return hearsay.storyOf(text, file.name);
  };
}
