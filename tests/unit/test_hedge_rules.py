"""The rules: every example, the language of the patterns, the conditions on hand-built trees."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from backend.pipeline.hedges import choose
from backend.pipeline.hedges.conditions import FLAGS, PLACES, compile_condition
from backend.pipeline.hedges.patterns import Words, compile_pattern, match_at
from backend.pipeline.hedges.rules import Rule, RuleBook, load_rules
from backend.pipeline.marks import HedgeKind
from tests.marked import read_marked

VOCAB = spacy.blank("en").vocab
RULES = load_rules().rules
NAMES = [rule.name for rule in RULES]


def _cases(field):
    return [
        pytest.param(rule, each, id=f"{rule.name}: {each}")
        for rule in RULES
        for each in getattr(rule, field)
    ]


@pytest.mark.parametrize(("rule", "example"), _cases("examples"))
def test_every_example_is_marked_as_it_says(nlp: Language, rule: Rule, example: str):
    wanted = read_marked(example)
    found = {
        (hedge.cue.start_char, hedge.cue.end_char): hedge.kind
        for hedge in nlp(wanted.text)._.hedges
    }
    if rule.kind is None:
        assert not found
    else:
        assert found.get(wanted.cue) == rule.kind


@pytest.mark.parametrize(("rule", "counterexample"), _cases("counterexamples"))
def test_no_counterexample_is_marked_by_its_rule(nlp: Language, rule: Rule, counterexample: str):
    chosen = choose(RuleBook(RULES).matches(Words(nlp(counterexample))))
    assert rule not in [each for each, _ in chosen]


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_every_rule_has_examples_for_and_against(rule: Rule):
    assert rule.patterns
    assert rule.examples
    assert rule.counterexamples


def test_rule_names_are_unique_and_every_kind_has_rules():
    assert len(set(NAMES)) == len(NAMES)
    assert {rule.kind for rule in RULES} == {None, *HedgeKind}


# Patterns


def _words(text: str, tags: str = "", lemmas: str = "") -> Words:
    forms = text.split(" ")
    return Words(
        Doc(
            VOCAB,
            words=forms,
            tags=tags.split() or ["NN"] * len(forms),
            lemmas=lemmas.split() or forms,
        )
    )


def _found(pattern: str, words: Words, lists=None) -> list[str]:
    compiled = compile_pattern(pattern, lists or {})
    texts = []
    for position in range(len(words.forms)):
        anchor = compiled.items[compiled.anchor]
        if anchor.fits(words, position):
            match = match_at(compiled, words, position)
            if match:
                places = words.places[match.start : match.end]
                texts.append(" ".join(words.doc[i].text for i in places))
    return texts


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("said", "He SAID so", ["SAID"]),
        ("said|told", "he told and said", ["told", "said"]),
        ("$be said to", "it is said to be", ["is said to"]),
        ("$be quite? said", "it is said , is quite said", ["is said", "is quite said"]),
        ("is so* said", "is so so so said", ["is so so so said"]),
        ("is so* said", "is so so so so said", []),
        ("no [evidence] that", "there is no evidence that", ["evidence"]),
        ("it 's unclear", "it ’s unclear", ["it ’s unclear"]),
        ("up to", "up to 40", ["up to"]),
    ],
)
def test_patterns(pattern: str, text: str, found: list[str]):
    assert _found(pattern, _words(text), {"be": ["is", "was"]}) == found


def test_patterns_read_lemmas_and_tags():
    words = _words("he seemed rather old", "PRP VBD RB JJ", "he seem rather old")
    assert _found("<seem> %adv? [%adj]", words) == ["old"]


def test_a_pattern_does_not_cross_a_line_break_but_other_white_space():
    assert _found("is said", _words("is \n\n said")) == []
    assert _found("is said", Words(Doc(VOCAB, words=["is", "  ", "said"], tags=["NN"] * 3))) == [
        "is said"
    ]


@pytest.mark.parametrize("pattern", ["", "%adv?", "$nothing", "%nothing", "so?*"])
def test_a_pattern_that_cannot_be_read_says_so(pattern: str):
    with pytest.raises(ValueError, match="pattern"):
        compile_pattern(pattern, {})


@pytest.mark.parametrize("condition", ["sunny", "subject in nowhere", "nowhere in here"])
def test_a_condition_that_does_not_exist_says_so(condition: str):
    with pytest.raises(ValueError, match="unknown"):
        compile_condition(condition, {"here": []})


def test_every_condition_says_what_it_means():
    assert all(condition.__doc__ for condition in [*FLAGS.values(), *PLACES.values()])


# Conditions, and the component on hand-built trees: no model decides these


def _tree(rows: list[tuple[str, str, str, str, int]]) -> Doc:
    words, lemmas, tags, deps, heads = zip(*rows, strict=True)
    return Doc(VOCAB, words=words, lemmas=lemmas, tags=tags, deps=deps, heads=heads)


def _marks(doc: Doc) -> list[tuple[str, str]]:
    return [
        (doc[m.words.places[m.start] : m.words.places[m.end - 1] + 1].text, rule.kind.value)
        for rule, m in choose(load_rules().matches(Words(doc)))
        if rule.kind
    ]


def test_could_of_likelihood_and_could_not():
    assert _marks(
        _tree(
            [
                ("It", "it", "PRP", "nsubj", 2),
                ("could", "could", "MD", "aux", 2),
                ("fail", "fail", "VB", "ROOT", 2),
            ]
        )
    ) == [("could", "modal")]
    assert not _marks(
        _tree(
            [
                ("It", "it", "PRP", "nsubj", 3),
                ("could", "could", "MD", "aux", 3),
                ("not", "not", "RB", "advmod", 3),
                ("fail", "fail", "VB", "ROOT", 3),
            ]
        )
    )


def test_may_and_the_month_of_may():
    assert _marks(
        _tree(
            [
                ("It", "it", "PRP", "nsubj", 2),
                ("may", "may", "MD", "aux", 2),
                ("fail", "fail", "VB", "ROOT", 2),
            ]
        )
    ) == [("may", "modal")]
    assert not _marks(
        _tree(
            [
                ("It", "it", "PRP", "nsubj", 1),
                ("failed", "fail", "VBD", "ROOT", 1),
                ("in", "in", "IN", "case", 3),
                ("May", "May", "NNP", "obl", 1),
            ]
        )
    )


def test_a_passive_report_and_an_active_one():
    assert _marks(
        _tree(
            [
                ("She", "she", "PRP", "nsubj:pass", 2),
                ("was", "be", "VBD", "aux:pass", 2),
                ("said", "say", "VBN", "ROOT", 2),
                ("to", "to", "TO", "mark", 4),
                ("agree", "agree", "VB", "xcomp", 2),
            ]
        )
    ) == [("was said to", "hearsay")]
    assert not _marks(
        _tree(
            [
                ("She", "she", "PRP", "nsubj", 1),
                ("said", "say", "VBD", "ROOT", 1),
                ("to", "to", "IN", "case", 3),
                ("me", "I", "PRP", "obl", 1),
                ("so", "so", "RB", "advmod", 1),
            ]
        )
    )


def test_what_people_suggest_is_no_inference_and_what_facts_suggest_is():
    def sentence(subject: tuple[str, str, str]) -> Doc:
        return _tree(
            [
                (*subject, "nsubj", 1),
                ("suggest", "suggest", "VBP", "ROOT", 1),
                ("he", "he", "PRP", "nsubj", 3),
                ("fled", "flee", "VBD", "ccomp", 1),
            ]
        )

    assert _marks(sentence(("Facts", "fact", "NNS"))) == [("suggest", "appearance")]
    assert not _marks(sentence(("Lawyers", "lawyer", "NNS")))
    assert not _marks(sentence(("They", "they", "PRP")))


def test_the_longer_phrase_wins_and_phrases_that_are_no_hedges_win():
    almost = _words("he will almost certainly go", "PRP MD RB RB VB")
    assert _marks(almost.doc) == [("almost certainly", "likelihood")]
    assert not _marks(_words("as soon as possible", "RB RB IN JJ").doc)


def test_known_words_without_any_tree_are_found():
    assert _marks(_words("He reportedly fled", "PRP RB VBD").doc) == [("reportedly", "hearsay")]
