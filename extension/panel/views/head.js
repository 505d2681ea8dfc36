/** The article's name, the lesson modes, and whether its site is always marked. */
import * as sites from "../../sites.js";

const { create, titleOf } = globalThis.hearsay;

/** @type {{type: "present" | "guess", name: string, advice: string}[]} */
const MODES = [
  { type: "present", name: "Present", advice: "One mark at a time, large enough for a class" },
  { type: "guess", name: "Guess first", advice: "Find the claims yourself, then see the marks" },
];

/** @param {string} url */
const notAllowed = (url) =>
  `${new URL(url).hostname} stays off: when the browser asked, Hearsay was not allowed to read its ` +
  "pages. Switch it on again and choose “Allow”, or press Hearsay’s button on each page.";

/**
 * A switch: whether every page of the site is marked without a press of the button.
 *
 * @param {(text: string) => void} say
 * @returns {any}  Its element, with `update(url)`
 */
const siteSwitch = (say) => {
  const box = create("input", { type: "checkbox", role: "switch" });
  const name = create("span");
  const label = create("label", { class: "switch" }, box, name);
  let url = "";
  const refresh = async () => {
    const asked = url;
    const on = await sites.isOn(asked);
    if (asked === url) box.checked = on;
  };
  box.addEventListener("change", async () => {
    if (!box.checked) await sites.turnOff(url);
    else if (!(await sites.turnOn(url))) say(notAllowed(url));
    await refresh();
  });
  sites.onChange(refresh);
  return Object.assign(label, {
    /** @param {string} now */
    update: (now) => {
      label.hidden = sites.patternOf(now) === null;
      if (label.hidden || now === url) return;
      url = now;
      name.textContent = `Always on at ${new URL(url).hostname}`;
      refresh();
    },
  });
};

/**
 * @param {Element} parent
 * @param {object} actions
 * @param {(type: "present" | "guess") => void} actions.onMode
 * @param {(text: string) => void} actions.say
 * @returns {(reading: Snapshot | null) => void}  Shows this one
 */
export const makeHead = (parent, { onMode, say }) => {
  const title = create("h1");
  const site = siteSwitch(say);
  const modes = create(
    "div",
    { class: "actions" },
    ...MODES.map(({ type, name, advice }) =>
      create("button", { type: "button", title: advice, onclick: () => onMode(type) }, name),
    ),
  );
  parent.append(title, site, modes);
  return (reading) => {
    title.textContent = reading?.blocks.length ? titleOf(reading) : "Hearsay";
    modes.hidden = reading?.state !== "done";
    site.update(reading?.url ?? "");
  };
};
