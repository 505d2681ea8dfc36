/** The popup on a page that browsers keep extensions out of. */
{
  const { title, advice } = globalThis.hearsay.problemWords({ kind: "not-allowed" });
  document.querySelector("h1").textContent = title;
  document.querySelector("p").textContent = advice;
}
