/** The popup on a page that browsers keep extensions out of. */
{
  const { title, advice } = globalThis.hearsay.problemWords({ kind: "not-allowed" });
  /** @type {Element} */ (document.querySelector("h1")).textContent = title;
  /** @type {Element} */ (document.querySelector("p")).textContent = advice;
}
