"""Every golden article yields its expected spans, and nothing that it forbids.

A case is a folder with an ``expected.json``, whose ``article`` is a path from the project's root.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from tests.expected_spans import Article, problems, reply_of

ROOT = Path(__file__).parents[2]
CASES = sorted(path.parent for path in Path(__file__).parent.glob("*/expected.json"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_every_required_span_is_found_and_no_forbidden_one(case: Path, nlp: Language) -> None:
    expected: dict[str, Any] = json.loads((case / "expected.json").read_text("utf-8"))
    article = Article((ROOT / expected["article"]).read_text("utf-8"))
    unmet = problems(expected, article, reply_of(nlp(article.text)))
    assert not [str(problem) for problem in unmet if problem.must]
