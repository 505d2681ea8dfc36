"""Texts for tests: the kinds that pages hold, and the kinds that break programs."""

from __future__ import annotations

from hypothesis import strategies as st

from backend.engine import OffsetUnit

_PIECES = st.sampled_from(
    """
    According to the BBC, | he said | “We left,” | says Anna Weiss | is said to | may have |
    reportedly | It is unclear whether | the ministry | about 40 |
    Mišov | Mis\u030cov | 😀 | 👩‍👩‍👧 |
    . | , | “ | ” | " | ' | ( | ) | — | … | 漢字 | مرحبا
    """.replace("|\n    ", "| ")
    .strip()
    .split(" | ")
)
_GAPS = st.sampled_from(
    [
        " ",
        "",
        "  ",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "\u00a0",
        "\u00ad",
        "\u200b",
        "\x00",
        "\ud83d",
        "\ude00",
    ]
)


def messy_texts() -> st.SearchStrategy[str]:
    """Words and marks of news with every kind of gap between them, or any characters at all."""
    news = st.lists(st.one_of(_PIECES, _GAPS), max_size=30).map("".join)
    anything = st.text(st.characters(), max_size=60)
    long_words = st.builds(
        str.__mul__, st.sampled_from(["a", "(", "😀", "a.", "\u00ad-"]), st.integers(90, 400)
    )
    return st.one_of(news, anything, long_words, st.tuples(news, long_words, anything).map("".join))


def sliced(text: str, start: int, end: int, unit: OffsetUnit) -> str:
    """Return ``text[start:end]``, both counted in ``unit``."""
    if unit is OffsetUnit.CODEPOINT:
        return text[start:end]
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
