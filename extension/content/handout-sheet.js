/**
 * CSS of a handout, on screen and on paper.
 *
 *   hearsay.handoutSheet()
 */
globalThis.hearsay ??= {};

hearsay.handoutSheet = () => `
body { margin: 0; background: #fff; }
${hearsay.looks.sampleSheet()}
@page {
  margin: 17mm 16mm 18mm;
  @bottom-center { content: counter(page) " / " counter(pages); font: 8pt system-ui, sans-serif; }
}
.handout, .handout * { box-sizing: border-box; }
.handout {
  max-width: 46rem;
  margin: 0 auto;
  padding: 2rem 1.4rem 3rem;
  color: #111;
  background: #fff;
  color-scheme: light;
  counter-reset: paragraph;
  font: 1.06rem/1.7 Charter, "Iowan Old Style", Georgia, ui-serif, serif;
  overflow-wrap: break-word;
}
.handout :is(h1, h2, p, ul, ol, dl, dd, blockquote, pre) { margin: 0; padding: 0; font: inherit; }
.handout :is(ul, ol) { list-style: none; }
.handout :is(header, footer, .task, .key, .legend) { font: 0.88rem/1.5 system-ui, sans-serif; }
.handout h1 { font: 700 1.75rem/1.25 system-ui, sans-serif; text-wrap: balance; }
.handout h2 { margin-top: 1.4em; font: 700 1.1em/1.4 system-ui, sans-serif; break-after: avoid; }
.handout a { color: inherit; }
.handout .source { margin-top: 0.5em; color: #555; overflow-wrap: anywhere; }
.handout .legend {
  display: flex;
  flex-wrap: wrap;
  gap: 0.35em 1.8em;
  margin: 1em 0 0;
  padding: 0.7em 1em 0.9em;
  border: 1px solid #999;
  border-radius: 6px;
  break-inside: avoid;
}
.handout .legend li { color: #444; line-height: 1.8; white-space: nowrap; }
.handout .legend span { margin-inline-end: 0.45em; color: #111; }
.handout .article { margin-top: 1.2rem; padding-inline-start: 2.1rem; }
.handout .block { position: relative; margin-top: 0.75em; orphans: 2; widows: 2; }
.handout h2.block { margin-top: 1.3em; line-height: 1.7; }
.handout blockquote.block { padding-inline-start: 1em; border-inline-start: 3px solid #999; }
.handout .standfirst { font-weight: 600; }
.handout pre { white-space: pre-wrap; font: 0.9em/1.7 ui-monospace, monospace; }
.handout :is(p, blockquote, pre, li).block::before {
  counter-increment: paragraph;
  content: counter(paragraph);
  position: absolute;
  right: 100%;
  width: 2.6rem;
  padding-inline-end: 0.9rem;
  color: #777;
  font: 0.75rem/2.3 system-ui, sans-serif;
  text-align: end;
}
.handout blockquote.block::before { margin-inline-end: 3px; }
.handout li.block { list-style: disc inside; }
.handout sup { line-height: 0; }
.handout sup a {
  padding: 0 0.15em;
  font: 700 0.62rem/1 system-ui, sans-serif;
  text-decoration: none;
}
.handout .task { margin-top: 1.2rem; }
.handout .fields { display: flex; gap: 1.2em; }
.handout .fields span { flex: 1; padding-bottom: 0.3em; border-bottom: 1px solid #555; color: #555; }
.handout .fields span:first-child { flex: 2; }
.handout .task p + .legend { margin: 0.6em 0 0.7em; }
.handout.to-mark .article { position: relative; padding-inline-end: 32%; line-height: 2.25; }
.handout.to-mark .article::after {
  content: "";
  position: absolute;
  inset-block: 0;
  inset-inline-end: 29.5%;
  border-inline-end: 1px solid #999;
}
.handout.to-mark .block { margin-top: 0.5em; }
.handout.to-mark .block::before { line-height: 3.4; }
.handout .key { margin-top: 2rem; line-height: 1.55; }
.handout :is(.entries, dl) { columns: 17rem; column-gap: 2rem; }
.handout .entries [class^="look-"] { line-height: 2.2; }
.handout .entries li { padding: 0 0 0.5em 2em; text-indent: -2em; break-inside: avoid; }
.handout .entries a { display: inline-block; min-width: 2em; font-weight: 700; text-indent: 0; text-decoration: none; }
.handout dl div { padding-bottom: 0.7em; break-inside: avoid; }
.handout dt { font-weight: 700; }
.handout dt span { margin-inline-start: 0.5em; color: #555; font-weight: 400; }
.handout footer { margin-top: 2rem; padding-top: 0.7em; border-top: 1px solid #999; }
@media print {
  .handout { max-width: none; padding: 0; font-size: 11.5pt; line-height: 1.75; }
  .handout :is(header, footer, .task, .key, .legend) { font-size: 9.5pt; }
  .handout h1 { font-size: 18pt; }
  .handout :is(.source, .legend li, .fields span, dt span, .block::before) { color: #333; }
  .handout [class^="look-"] { background: none; text-decoration-color: #000; }
  .handout .look-content { text-decoration-color: #666; text-decoration-thickness: 0.6pt; }
  .handout .key { break-before: page; margin-top: 0; font-size: 9pt; line-height: 1.5; }
  .handout .key h2:first-child { margin-top: 0; }
}
`;
