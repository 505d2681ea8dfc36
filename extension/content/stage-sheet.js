/**
 * CSS of the stage (stage.js) and of the bar in which pupils guess (guess.js), for a screen that is
 * read from the last row: at 1920 px nothing is smaller than 24 px, and ink is black or white.
 *
 *   hearsay.stageSheet
 */
globalThis.hearsay ??= {};

hearsay.stageSheet = /* css */ `
.stage,
.guess {
  --soft: #3c424b;
  --edge: #8d949e;
  font-size: clamp(17px, 14.5px + 0.55vw, 40px);
  line-height: 1.35;
}

.dark .stage,
.dark .guess {
  --soft: #d5d9de;
  --edge: #777e89;
}

.stage button,
.guess button {
  gap: 0.5em;
  min-width: 2.6em;
  height: auto;
  min-height: 2.5em;
  padding: 0.25em 0.9em;
  border: 2px solid var(--edge);
  line-height: 1.2;
  touch-action: manipulation;
}

.stage button:focus-visible,
.guess button:focus-visible {
  outline: 4px solid var(--blue);
  outline-offset: 1px;
}

.scene:focus-visible {
  outline: 4px solid var(--blue);
}

.stage button svg,
.guess button svg {
  flex: none;
  width: 1.2em;
  height: 1.2em;
}

/* The stage */

.stage {
  position: fixed;
  inset: 0;
  width: auto;
  height: auto;
  max-width: none;
  max-height: none;
  margin: 0;
  padding: 0;
  border: 0;
  overflow: hidden;
  background: none;
  color: var(--ink);
  pointer-events: auto;
  touch-action: pan-y;
}

.stage::backdrop {
  background: none;
}

.dim {
  position: absolute;
  inset: 0;
  width: 100%;
  height: 100%;
}

.dim .night {
  fill: rgb(9 11 14 / 0.74);
}

.panel {
  position: absolute;
  inset: auto 0 0;
  display: flex;
  flex-direction: column;
  max-height: 68vh;
  max-height: 68dvh;
  background: var(--paper);
  border-top: 6px solid var(--blue);
  box-shadow: 0 0 40px rgb(0 0 0 / 0.5);
}

.panel.above {
  inset: 0 0 auto;
  border-top: 0;
  border-bottom: 6px solid var(--blue);
}

.scene {
  display: grid;
  grid-template-columns: minmax(0, 11fr) minmax(0, 9fr);
  gap: 0.8em 2.2em;
  align-content: start;
  min-height: 0;
  padding: 1em 1.5em 0.8em;
  overflow-y: auto;
  overscroll-behavior: contain;
  outline-offset: -4px;
}

.excerpt {
  font: 1.28em/1.62 Charter, "Iowan Old Style", Georgia, serif;
  white-space: pre-line;
  overflow-wrap: anywhere;
}

.excerpt.medium {
  font-size: 1.5em;
}

.excerpt.large {
  font-size: 1.8em;
}

.excerpt .rest {
  color: var(--soft);
}

/* On dark pages, too, these outdo the lines of hearsay.looks.strongSheet(). */

.stage .excerpt span[class^="look-"] {
  text-decoration-thickness: 0.1em;
}

.stage .excerpt span.look-hedge,
.stage .excerpt span.look-content {
  text-decoration-thickness: 0.075em;
}

.stage .part,
.stage .facts {
  font-size: 1em;
}

.stage .section .title {
  margin-top: 0.1em;
  font-size: 1.45em;
}

.stage .note,
.stage .why,
.stage .part {
  color: var(--soft);
}

.stage .meaning,
.stage .why,
.stage .facts {
  margin-top: 0.4em;
}

.stage .facts li {
  padding: 0.05em 0.6em;
  border: 2px solid var(--edge);
}

.verdict {
  display: inline-flex;
  align-items: center;
  gap: 0.5em;
  margin-bottom: 0.5em;
  padding: 0.15em 0.8em 0.15em 0.5em;
  font-weight: 600;
  border: 3px solid currentColor;
  border-radius: 2em;
}

.verdict svg {
  width: 1.2em;
  height: 1.2em;
}

.stage .legend {
  padding: 0.5em 1.5em;
  border-top: 2px solid var(--edge);
  border-bottom: 0;
}

.stage .legend ul {
  display: flex;
  flex-wrap: wrap;
  gap: 0.1em 1em;
}

.stage .legend li {
  display: flex;
  gap: 0.4em;
}

.stage .legend .name {
  color: var(--ink);
}

.stage .legend .keys {
  display: none;
}

.foot {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.4em 0.6em;
  padding: 0.5em 1.5em 0.6em;
  border-top: 2px solid var(--edge);
}

.position {
  min-width: 6em;
  text-align: center;
  font-weight: 600;
  font-variant-numeric: tabular-nums;
}

.hint {
  flex: 1;
  padding: 0 1em;
  color: var(--soft);
}

.stage kbd,
.guess kbd {
  font-size: 0.96em;
  white-space: nowrap;
}

/* Guess first */

.guess {
  position: fixed;
  inset: auto 0 0;
  pointer-events: auto;
  background: var(--paper);
  border-top: 6px solid var(--ink);
  box-shadow: 0 0 28px rgb(0 0 0 / 0.35);
}

.sheet {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.5em 0.9em;
  padding: 0.6em 1.5em 0.7em;
}

.task {
  display: flex;
  flex: 1 1 100%;
  flex-wrap: wrap;
  align-items: baseline;
  gap: 0 1em;
}

.task > * {
  flex: 1 1 100%;
}

.task h2:has(+ .tally) {
  flex: 1 1 auto;
}

.task .tally {
  flex: 0 1 auto;
}

.task h2 {
  font: 600 1.25em/1.25 system-ui, sans-serif;
}

.task p,
.reader {
  color: var(--soft);
}

.pens {
  flex: 1 1 auto;
}

.pens,
.do {
  display: flex;
  flex-wrap: wrap;
  gap: 0.5em;
}

.guess .pen {
  padding-block: 0.5em 0.3em;
}

.pen[aria-pressed="true"] {
  border-color: var(--ink);
  box-shadow: inset 0 0 0 2px var(--ink);
}

.pen > span {
  padding: 0 2px;
}

.guess .main {
  color: var(--paper);
  background: var(--ink);
  border-color: var(--ink);
}

.guess button[disabled] {
  opacity: 0.45;
  cursor: default;
}

.reader {
  flex: 1 1 100%;
  border-radius: 6px;
}

.reader:focus-visible {
  outline: 4px solid var(--blue);
  outline-offset: 2px;
}

/* Where fingers point there are no keys, and the other way round. */

.by-touch {
  display: none;
}

@media (hover: none) {
  .by-touch {
    display: revert;
  }

  .by-key {
    display: none;
  }
}

@media (max-width: 800px) {
  .scene {
    grid-template-columns: minmax(0, 1fr);
    padding: 0.7em 1em;
  }

  .excerpt,
  .excerpt.medium,
  .excerpt.large {
    font-size: 1.25em;
  }

  .excerpt.small {
    font-size: 1.1em;
  }

  .stage .section .title {
    font-size: 1.25em;
  }

  .stage .legend,
  .foot {
    padding-inline: 1em;
  }

  .foot .by-key,
  .foot .by-touch {
    display: none;
  }

  .foot .position {
    flex: 1;
  }

  .sheet {
    padding: 0.5em 0.8em 0.6em;
  }

  .pens {
    flex-basis: 100%;
  }

  .pens .by-key {
    display: none;
  }

  .pens button {
    flex: 1 1 auto;
    padding-inline: 0.3em;
    white-space: nowrap;
  }

  .do {
    flex: 1;
  }

  .do button {
    flex: 1 1 auto;
    white-space: nowrap;
  }

  .foot .hint {
    flex-basis: 100%;
    order: 1;
    display: none;
  }
}

@media (forced-colors: active) {
  .dim .night {
    fill: Canvas;
    fill-opacity: 0.85;
  }

  .excerpt .rest {
    color: GrayText;
  }

  .pen[aria-pressed="true"] {
    outline: 4px solid Highlight;
  }
}

@media print {
  .stage,
  .guess {
    display: none;
  }
}
`;
