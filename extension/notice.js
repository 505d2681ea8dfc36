/** The popup on a page that browsers keep extensions out of; after the "?" stands which problem. */
{
  const kind = location.search.slice(1) || "not-allowed";
  const { title, advice } = globalThis.hearsay.problemWords({ kind });
  /** @type {Element} */ (document.querySelector("h1")).textContent = title;
  /** @type {Element} */ (document.querySelector("p")).textContent = advice;
}
