/**
 * The glossary, which explains every mark. It is a page of the reader's own server.
 *
 *   glossaryLink()   -> an element that leads there
 */
import { onChange, read } from "./connection.js";

export const glossaryLink = () => {
  const link = globalThis.hearsay.create(
    "a",
    { target: "_blank", rel: "noopener" },
    "What every mark means: the glossary",
  );
  const lead = async () => {
    link.href = `${(await read()).server}/glossary.html`;
  };
  onChange(lead);
  lead();
  return link;
};
