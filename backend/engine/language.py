"""A warning for text that is not English, which the pipeline would read all the same."""

from __future__ import annotations

import re

# Frequent function words of English, apart by whether other languages have a frequent word that
# is spelled alike (German "in", French "on", Dutch "we"): those count half.
_ENGLISH = frozenset(
    """
    about after against and any are be because been before being between but by could did does
    during each from has have him his how if into it its may more much must not now only other our
    out said she should some such than that the their them then there these they this those through
    until up very were what when where which while who whose why with would you your
    """.split()  # noqa: SIM905
)
_SHARED = frozenset(
    """
    a all also am an as at do for go had he her i in is just me most my no of on or over s so to
    under us was we will
    """.split()  # noqa: SIM905
)
LOWEST_SCORE = 0.1
"""Per word. Of the stretches of 20 words, 0.1 % of PolNeAR's (English) are below it, and none of
152 from German, Indonesian, Italian and Portuguese web pages is above; of the stretches of 12
words 0.9 % and 1.5 % fall on the wrong side. Whole articles have at least 0.13 or at most 0.04."""
FEWEST_WORDS = 12
"""A text of fewer words is judged by its letters alone."""

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
    score = sum((word in _ENGLISH) + (word in _SHARED) / 2 for word in words)
    return score >= LOWEST_SCORE * len(words)
