"""A warning for text that is not English, which the pipeline would read all the same."""

from __future__ import annotations

import re

# Frequent function words of English that no other language written in Latin letters uses much:
# so not "in", "was", "we", "of", "to" or "on". One word in five of a news text is one of these.
_ENGLISH = frozenset(
    """
    about after against also and any are be because been before being between but by could did
    does during each from had has have he her him his how if into is it its just may more most
    much must not now only other our out said she should some such than that the their them then
    there these they this those through until up very were what when where which while who whose
    why will with would you your
    """.split()
)
FEWEST_WORDS = 20
"""A text of fewer words, a headline say, is judged by its letters alone."""
LOWEST_SHARE = 0.08
"""Of :data:`_ENGLISH` among the words. English prose has some 0.25, other languages under 0.04."""

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def is_english(text: str) -> bool:
    """Say whether ``text`` is English, as far as can be told; too little text counts as English."""
    words = _WORD.findall(text.lower())
    letters = sum(map(len, words))
    if letters and len(_LATIN.findall(text)) * 2 < letters:
        return False
    if len(words) < FEWEST_WORDS:
        return True
    return sum(word in _ENGLISH for word in words) >= LOWEST_SHARE * len(words)
