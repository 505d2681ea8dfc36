/**
 * Finds the article in a page.
 */
{
  const hearsay = (globalThis.hearsay ??= {});

  hearsay.findArticle = (document) => {
    const live = [...document.querySelectorAll("*")];
    const copy = /** @type {Document} */ (document.cloneNode(true));
    [...copy.querySelectorAll("*")].forEach((element, index) => {
      element.setAttribute("data-hearsay", String(index));
    });
    const result = new Readability(copy, { serializer: (element) => element }).parse();
    const roots = [];
    const excluded = new Set();
    if (result) {
      const kept = new Set();
      for (const e of result.content.querySelectorAll("[data-hearsay]")) kept.add(live[Number(e.getAttribute("data-hearsay"))]);
      for (const e of kept) { let p = e.parentElement; let top = true; while (p) { if (kept.has(p)) top = false; p = p.parentElement; } if (top) roots.push(e); }
      roots.sort((a, b) => (a.compareDocumentPosition(b) & 4 ? -1 : 1));
      for (const r of roots) for (const e of r.querySelectorAll("*")) if (!kept.has(e) && ![...e.querySelectorAll('*')].some((d)=>kept.has(d))) excluded.add(e);
    }
    return { roots, headlines: new Set(), excluded };
  };
}
