"""Which forms a word can be, by the dictionary of lemminflect."""

from __future__ import annotations

from functools import lru_cache

from lemminflect import getAllInflections, getAllLemmas

VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})


@lru_cache(maxsize=50_000)
def denied_tags(word: str) -> frozenset[str]:
    """Return the verb tags that ``word`` (lower case) cannot have: *claims* is no participle.

    A word that the dictionary does not have may be anything, and so may a part of a word, ’s.
    """
    lemmas: dict[str, tuple[str, ...]] = getAllLemmas(word) if word.isalpha() else {}
    if not lemmas:
        return frozenset()
    allowed = {
        tag
        for part in ("VERB", "AUX")
        for base in lemmas.get(part, ())
        for tag, forms in getAllInflections(base, part).items()
        if word in forms
    }
    if "VBD" in allowed:  # a participle of the same form has no entry of its own
        allowed.add("VBN")
    return VERB_TAGS - allowed
