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
# Frequent function words of other languages in Latin script that English text has not even in
# names, which hold "de", "la", "van" and the like.
_FOREIGN = frozenset(
    """
    dass im zum zur vom wenn noch
    und nicht ist heute ein eine einen mit auf für auch sich wird wurde sind nach über werden
    une pour dans qui pas avec cette sont été où aux leur nous
    que una por para más pero como este esta fue sus según también
    è della delle nel alla gli anche sono dei nella degli più
    uma não foi ao mais pela pelo
    het een niet zijn voor ook maar wordt naar bij deze
    och att det är som av på til ikke på efter från har blev også enligt
    ja ei että oli myös mutta kun joka ovat mukaan sekä hän sen tämä ollut vain kuin nyt jo
    bir bu ve için ile olarak olan çok daha gibi kadar değil dedi yeni göre sonra
    się nie że jest jak dla są przez od czy roku
    je že jsou také při byl která jako podle
    és hogy nem az egy volt már csak szerint
    yang dengan untuk dari ini itu pada tidak dalam adalah oleh akan telah
    și este cu pentru care sunt fost
    i da su koji kao za nije iz
    là và của không những được trong cho người một
    """.split()  # noqa: SIM905
) - frozenset("i da care for har cho".split())  # noqa: SIM905
_LOANS = frozenset(
    """
    café cafés cliché clichés clichéd façade façades fiancé fiancée naïve naïveté résumé résumés
    exposé exposés protégé protégée décor touché première séance soufflé crème brûlée jalapeño
    piñata señor señora señorita über
    """.split()  # noqa: SIM905
)
LOWEST_SCORE = 0.1
"""Per word of a text that is long enough to have its share of function words."""
FEWEST_WORDS = 20
"""A text of fewer words is English unless there is more that speaks against it."""
FEWEST_WITHOUT = 12
"""So many words without any function word of English are not English.

Of the stretches of 4 to 20 words in PolNeAR (English) 0.02 % to 0.3 % are taken for another
language; of those from German, Indonesian, Italian and Portuguese web pages 65 % of 4 words, 82 %
of 10 and 95 % of 20 are found out."""

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def is_english(text: str) -> bool:
    """Say whether ``text`` is English, as far as can be told; too little text counts as English."""
    spelled = _WORD.findall(text)
    words = [word.lower() for word in spelled]
    letters = sum(map(len, words))
    if letters and len(_LATIN.findall(text)) * 2 < letters:
        return False
    score = sum((word in _ENGLISH) + (word in _SHARED) / 2 for word in words)
    foreign = sum(word in _FOREIGN for word in words)
    if len(words) >= FEWEST_WORDS:
        return score - foreign >= LOWEST_SCORE * len(words)
    # Names may have any letter.
    foreign += sum(
        not (word.isascii() or word[0].isupper() or word in _LOANS or word in _FOREIGN)
        for word in spelled
    )
    return foreign <= score and (score > 0 or len(words) < FEWEST_WITHOUT)
