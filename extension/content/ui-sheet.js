/**
 * CSS of what the overlay adds to the window: the card, the bar, the legend.
 *
 *   hearsay.uiSheet
 *
 * A string, because a content script can neither import a .css file nor fetch one without revealing
 * the extension to the page.
 */
globalThis.hearsay ??= {};

// `!important` inside a shadow tree wins over the page's `!important`.
hearsay.uiSheet = /* css */ `
:host {
  all: initial !important;
  display: block !important;
  position: fixed !important;
  inset: 0 !important;
  pointer-events: none !important;
  overflow: visible !important;
}

[hidden] {
  display: none !important;
}

*,
::before,
::after {
  box-sizing: border-box;
}

.root {
  --paper: #fdfdfb;
  --ink: #1d2127;
  --soft: #565d68;
  --edge: #d5d8dc;
  --lift: #eef0f2;
  --blue: rgb(31 92 143);
  --shadow: 0 1px 2px rgb(0 0 0 / 0.1), 0 8px 28px rgb(0 0 0 / 0.16);
  color-scheme: light;
  direction: ltr;
  font: clamp(15px, 0.4vw + 10px, 18px) / 1.45 system-ui, sans-serif;
  color: var(--ink);
  text-align: start;
}

.root.dark {
  --paper: #24272c;
  --ink: #eceef0;
  --soft: #b3bac4;
  --edge: #464b54;
  --lift: #343941;
  --blue: rgb(143 195 238);
  --shadow: 0 1px 2px rgb(0 0 0 / 0.5), 0 8px 28px rgb(0 0 0 / 0.5);
  color-scheme: dark;
}

.card,
.bar {
  position: fixed;
  pointer-events: auto;
  background: var(--paper);
  border: 1px solid var(--edge);
  border-radius: 12px;
  box-shadow: var(--shadow);
}

p,
h2,
ul {
  margin: 0;
  padding: 0;
}

/* The card */

.card {
  width: min(24.5em, calc(100vw - 24px));
  max-height: min(28em, calc(100vh - 24px));
  overflow-y: auto;
  overscroll-behavior: contain;
  padding: 14px 18px 16px;
  z-index: 1;
  animation: appear 120ms ease-out;
}

/* How much of a long article is read */

progress {
  display: block;
  appearance: none;
  width: calc(100% - 28px);
  height: 4px;
  margin: 12px 14px 2px;
  border: 0;
  border-radius: 2px;
  overflow: hidden;
  background: var(--lift);
  color: var(--blue);
}

progress::-webkit-progress-bar {
  background: var(--lift);
}

progress::-webkit-progress-value {
  background: var(--blue);
}

progress::-moz-progress-bar {
  background: var(--blue);
}

/* Around the place that one was sent to */

.ring {
  position: fixed;
  border-radius: 4px;
  outline: 3px solid var(--blue);
  outline-offset: 3px;
  animation: fade 1200ms ease-in forwards;
}

@keyframes fade {
  30% {
    opacity: 1;
  }
  to {
    opacity: 0;
  }
}

@keyframes appear {
  from {
    opacity: 0;
  }
}

.section + .section {
  margin-top: 12px;
  padding-top: 12px;
  border-top: 1px solid var(--edge);
}

.section {
  position: relative;
}

/* In the row of the section's first line. */
.copy {
  position: absolute;
  top: -9px;
  right: -8px;
  display: flex;
  align-items: center;
  color: var(--soft);
  font-size: 0.87em;
  background: var(--paper);
}

.section + .section .copy {
  top: 3px;
}

.copy button {
  min-width: 34px;
  height: 34px;
}

.part {
  font-size: 0.87em;
  color: var(--soft);
}

.part > span {
  padding: 0 1px 1px;
}

.title {
  margin-top: 6px;
  font: 600 1.2em/1.3 system-ui, sans-serif;
  overflow-wrap: anywhere;
}

.who::first-letter {
  text-transform: uppercase;
}

.section.also .title {
  font-size: 1em;
}

.note {
  color: var(--soft);
  overflow-wrap: anywhere;
}

.meaning {
  margin-top: 8px;
}

.why {
  margin-top: 6px;
  color: var(--soft);
}

.facts {
  display: flex;
  flex-wrap: wrap;
  gap: 6px;
  margin-top: 10px;
  list-style: none;
  font-size: 0.87em;
  color: var(--soft);
}

.facts li {
  padding: 1px 9px;
  border: 1px solid var(--edge);
  border-radius: 20px;
}

/* The bar */

.bar {
  right: 16px;
  bottom: 16px;
  max-width: min(46em, calc(100vw - 16px));
  animation: appear 160ms ease-out;
}

.row {
  display: flex;
  align-items: center;
  gap: 4px;
  padding: 6px;
}

.emblem {
  flex: none;
  width: 22px;
  height: 22px;
  margin: 0 4px 0 8px;
  color: var(--blue);
}

.counts {
  display: flex;
  flex-wrap: wrap;
  gap: 2px 14px;
  flex: 1;
  padding: 4px 10px 6px 4px;
}

.count {
  white-space: nowrap;
}

.message {
  padding: 4px 12px 4px 4px;
}

.busy .emblem {
  animation: breathe 1.6s ease-in-out infinite;
}

@keyframes breathe {
  50% {
    opacity: 0.35;
  }
}

button {
  all: unset;
  box-sizing: border-box;
  display: inline-flex;
  align-items: center;
  justify-content: center;
  min-width: 38px;
  height: 38px;
  padding: 0 9px;
  border-radius: 8px;
  cursor: pointer;
  user-select: none;
}

button:hover,
button[aria-expanded="true"] {
  background: var(--lift);
}

button:focus-visible,
.card:focus-visible {
  outline: 2px solid var(--blue);
  outline-offset: -2px;
}

button svg {
  width: 18px;
  height: 18px;
}

.steps,
.tools {
  display: flex;
  flex: none;
}

.warning {
  padding: 8px 18px 0;
  max-width: 36em;
}

.legend {
  padding: 14px 18px 8px;
  border-bottom: 1px solid var(--edge);
}

.legend ul {
  list-style: none;
  display: grid;
  grid-template-columns: repeat(2, max-content 1fr);
  gap: 9px 18px;
}

.legend li {
  display: contents;
}

.legend .sample {
  justify-self: start;
  line-height: 1.7;
  padding: 0 1px;
}

.legend .name {
  align-self: center;
  color: var(--soft);
}

.keys {
  margin-top: 12px;
  padding: 8px 0 4px;
  border-top: 1px solid var(--edge);
  font-size: 0.87em;
  color: var(--soft);
}

kbd {
  font: 0.8em/1 system-ui, sans-serif;
  padding: 2px 5px;
  border: 1px solid var(--edge);
  border-radius: 4px;
  background: var(--lift);
  color: var(--ink);
}

/* What went wrong */

.problem {
  width: min(28em, calc(100vw - 16px));
  padding: 16px 20px 14px;
}

.problem .title {
  margin: 0;
}

.problem p {
  margin-top: 8px;
}

.problem code {
  font: 0.93em ui-monospace, monospace;
  padding: 1px 5px;
  border-radius: 4px;
  background: var(--lift);
  user-select: all;
}

.problem .detail {
  color: var(--soft);
  font-size: 0.87em;
  overflow-wrap: anywhere;
}

.actions {
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  margin-top: 14px;
}

.actions button {
  padding: 0 16px;
  border: 1px solid var(--edge);
}

.said {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

@media (max-width: 560px) {
  .bar {
    left: 8px;
    right: 8px;
    bottom: 8px;
    max-width: none;
  }

  .bar.problem {
    width: auto;
  }

  .row {
    flex-wrap: wrap;
  }

  .counts {
    flex-basis: calc(100% - 60px);
  }

  .steps {
    flex: 1;
  }

  .legend ul {
    grid-template-columns: max-content 1fr;
  }

  .card {
    left: 8px !important;
    right: 8px;
    width: auto;
    max-height: 55vh;
  }
}

@media (prefers-reduced-motion: reduce) {
  * {
    animation: none !important;
  }
}

@media (forced-colors: active) {
  .card,
  .bar,
  button:focus-visible {
    border-color: CanvasText;
  }

  progress {
    border: 1px solid CanvasText;
    height: 8px;
  }

  progress::-webkit-progress-value {
    background: Highlight;
  }

  progress::-moz-progress-bar {
    background: Highlight;
  }
}

@media print {
  .card,
  .bar {
    display: none;
  }
}
`;
