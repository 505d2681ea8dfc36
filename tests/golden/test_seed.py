"""The article that the project started from yields its expected spans, and none that it forbids.

The article is not ours to copy: it is read from beside the project, where there is one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from tests.expected_spans import Article, problems, reply_of

SEED = Path(__file__).parents[3] / "shared" / "seed"


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed article lies outside the repository")
def test_the_seed_article(nlp: Language) -> None:
    expected: dict[str, Any] = json.loads((SEED / "expected.json").read_text("utf-8"))
    article = Article((SEED / "article.txt").read_text("utf-8"))
    unmet = problems(expected, article, reply_of(nlp(article.text)))
    assert not [str(problem) for problem in unmet if problem.must]
