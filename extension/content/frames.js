/**
 * Frames of the page's own origin: their documents, and where these lie in the window.
 *
 *   hearsay.documentsIn(document)     -> Document[], the page's first
 *   hearsay.documentAt(x, y)          -> {document, x, y}, the point in the document that is there
 *   hearsay.offsetOf(document)        -> {x, y} of its upper left corner in the window
 *   hearsay.rectsOf(range)            -> DOMRect[] in the window
 *
 *   hearsay.isText(node)  hearsay.isElement(node)   of any document: objects of another frame are no
 *                                     instances of this one's classes
 */
{
  globalThis.hearsay ??= {};

  /**
   * @param {Node} node
   * @returns {node is Text}
   */
  hearsay.isText = (node) =>
    node.nodeType === Node.TEXT_NODE || node.nodeType === Node.CDATA_SECTION_NODE;

  /**
   * @param {Node} node
   * @returns {node is Element}
   */
  hearsay.isElement = (node) => node.nodeType === Node.ELEMENT_NODE;

  /**
   * The document in a frame, where the page itself could read it too.
   * @param {Element | null} element
   * @returns {Document | null}
   */
  const documentIn = (element) =>
    element && /^I?FRAME$/.test(element.tagName)
      ? /** @type {HTMLIFrameElement} */ (element).contentDocument
      : null;

  /**
   * @param {Document} document
   * @returns {Document[]}
   */
  hearsay.documentsIn = (document) => [
    document,
    ...[...document.querySelectorAll("iframe, frame")].flatMap((frame) => {
      const inner = documentIn(frame);
      return inner?.body ? hearsay.documentsIn(inner) : [];
    }),
  ];

  /** @param {Element} frame */
  const cornerOf = (frame) => {
    const { left, top } = frame.getBoundingClientRect();
    return { x: left + frame.clientLeft, y: top + frame.clientTop };
  };

  /** @param {Document} inner */
  hearsay.offsetOf = (inner) => {
    const offset = { x: 0, y: 0 };
    /** @type {Element | null | undefined} */
    let frame = inner.defaultView?.frameElement;
    while (inner !== document && frame) {
      const { x, y } = cornerOf(frame);
      offset.x += x;
      offset.y += y;
      inner = frame.ownerDocument;
      frame = inner.defaultView?.frameElement;
    }
    return offset;
  };

  /**
   * @param {number} x  CSS px from the left of the window
   * @param {number} y
   */
  hearsay.documentAt = (x, y) => {
    let at = { document, x, y };
    for (;;) {
      const frame = at.document.elementFromPoint(at.x, at.y);
      const inner = documentIn(frame);
      if (!frame || !inner) return at;
      const corner = cornerOf(frame);
      at = { document: inner, x: at.x - corner.x, y: at.y - corner.y };
    }
  };

  /**
   * @param {Range} range
   * @returns {DOMRect[]}
   */
  hearsay.rectsOf = (range) => {
    const rects = [...range.getClientRects()];
    const owner = range.startContainer.ownerDocument;
    if (!owner || owner === document) return rects;
    const { x, y } = hearsay.offsetOf(owner);
    return rects.map((rect) => new DOMRect(rect.x + x, rect.y + y, rect.width, rect.height));
  };
}
