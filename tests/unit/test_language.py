"""What is taken for English: long and short, and short texts in other languages."""

from __future__ import annotations

import pytest

from backend.engine.language import is_english


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Trump",
        "Trump slams Clinton",
        "Storm hits São Paulo",
        "Angela Merkel meets Recep Tayyip Erdoğan",
        "Café closes, naïve clichés live on",
        "The mayor said that the bridge would stay open.",
        "Los Angeles police chief quits",
    ],
)
def test_english_however_short_is_english(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Poliisi kertoi, että mies on otettu kiinni.",
        "Hallitus esitteli tänään uuden talousarvion.",
        "Hän on kotona, ja he on siellä myös. Se on hyvä, ja me on nyt tehty. Ne on täällä.",
        "Meclis bugün toplandı.",
        "Bakan, yeni ekonomi planını bugün açıkladı.",
        "Polisen säger att mannen är gripen.",
        "Die Polizei hat den Mann nicht gefunden.",
        "Le gouvernement a présenté le budget.",
        "Rząd przedstawił dziś nowy budżet.",
        "Полиция сообщила о задержании.",
    ],
)
def test_a_short_text_in_another_language_is_not(text: str) -> None:
    assert not is_english(text)


def test_so_many_words_without_one_of_english_are_not() -> None:
    malagasy = "Androany tsara tokoa hoy izy omaly hariva tany Antsirabe indray ry namana rehetra"
    assert not is_english(malagasy)
