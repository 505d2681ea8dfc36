/**
 * What in a page is called, or worded, as no part of an article. No rule knows a site; `make pages`
 * measures them.
 *
 *   hearsay.furniture.nameOf(element)   its class, id, role and itemprop, in small letters
 *   hearsay.furniture.TAGS              elements that are furniture, whatever they are called
 *   hearsay.furniture.PLAIN_NAMES       patterns for names, …
 *   hearsay.furniture.NAMES             … and for those that may be part of an honest one
 *   hearsay.furniture.STANDFIRST_NAMES  for names of the summary between headline and text
 *   hearsay.furniture.NOTICES           patterns for lines that the site puts into the text
 */
{
  globalThis.hearsay ??= {};

  /** @param {string} words  alternatives, separated by white space */
  const anyOf = (words) => new RegExp(`\\b(?:${words.trim().split(/\s+/).join("|")})\\b`);

  /** Words in class, id, role or itemprop of what is no article, wherever it stands. */
  const PLAIN_NAMES = anyOf(`
    comments? disqus related nav navigation menu sidebar footer copyright complementary contentinfo
  `);

  /** The same, of things that stand inside the article, or may be part of an honest name. */
  const NAMES = anyOf(`
    captions? figcaption photos? credits? syndicat\\w* attribution
    bylines? authors? bio contributors? avatar timestamp dateline date published meta counters?
    share sharing sharebar sharedaddy social socials addthis follow print
    recirc\\w* recommend\\w* more-from read-next next-prev also-like trending popular most-read most-viewed
    newsletters? subscri\\w* sign-?up signin login search
    ads? advert\\w* adv dfp sponsor\\w* promo promos promoted promotion outbrain taboola
    respond replies
    breadcrumbs? tags? taglist tagbox categories pagination pager toolbar
    footnotes? disclaimer disclosure cookies? consent banner modal popup tooltip dialog
    gallery slideshow carousel video player
  `);

  const TAGS = new Set([
    "ASIDE",
    "FIGURE",
    "FIGCAPTION",
    "NAV",
    "FOOTER",
    "FORM",
    "HEADER",
    "TIME",
  ]);

  /** Words in the class of a standfirst, the summary between headline and text. */
  const STANDFIRST_NAMES = anyOf(`
    lead standfirst dek deck sub-?title sub-?head(?:line)? summary excerpt teaser key-?points
  `);

  /** Wordings of lines that the site, not the author, put into the text. */
  const NOTICES = [
    /^\W*(?:related(?: \w+)?|(?:read|see|watch|listen)(?: (?:more|also|next|now))?|also|more):/i,
    /^\W*(?:you (?:may|might) also like|click here|subscribe\b|sign up\b|follow \S+ on\b)/i,
    /^\W*(?:advert(?:isement)?|comments?|don['’]t miss|share(?: this)?|tags|topics|loading)\W*(?:\n|$)/i,
    /^\W*(?:copyright\b|©|this (?:post|article|story) (?:may contain|contains) affiliate)/i,
    /\bcontributed to this (?:report|story|article)\W*$/i,
    /[([](?:images?|photos?|pictures?|credits?)(?: by\b|:)[^)\]]*[)\]]$/i,
    /^https?:\/\/\S+$/,
  ];

  /** @param {Element} element */
  const nameOf = (element) =>
    ["class", "id", "role", "itemprop"]
      .map((attribute) => element.getAttribute(attribute) ?? "")
      .join(" ")
      .replace(/([a-z])([A-Z])/g, "$1-$2")
      .replaceAll("_", "-")
      .toLowerCase();

  hearsay.furniture = { nameOf, TAGS, PLAIN_NAMES, NAMES, STANDFIRST_NAMES, NOTICES };
}
