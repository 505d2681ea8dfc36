"""The scope of hedges: on hand-built trees, and on sentences quoted from the dev documents."""

from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from backend.pipeline.hedges import create_hedges
from backend.pipeline.hedges.scope import find_scope
from backend.pipeline.marks import Attribution
from tests.marked import read_marked

VOCAB = spacy.blank("en").vocab


def _scope(
    rows: list[tuple[str, str, str, int]], first: int, last: int, spaces: list[bool] | None = None
) -> list[str]:
    words, tags, deps, heads = zip(*rows, strict=True)
    doc = Doc(VOCAB, words=words, spaces=spaces, lemmas=words, tags=tags, deps=deps, heads=heads)
    return [span.text for span in find_scope(doc[first:last])]


def test_a_passive_report_lifts_its_subject():
    rows = [
        ("Mišov", "NNP", "nsubj:pass", 2),
        ("is", "VBZ", "aux:pass", 2),
        ("said", "VBN", "ROOT", 2),
        ("to", "TO", "mark", 5),
        ("have", "VB", "aux", 5),
        ("fled", "VBN", "xcomp", 2),
        (".", ".", "punct", 2),
    ]
    assert _scope(rows, 1, 4) == ["Mišov", "have fled"]


def test_quoted_words_without_a_verb_bound_nothing():
    rows = [
        ("It", "PRP", "expl", 4),
        ("is", "VBZ", "cop", 4),
        ("“", "``", "punct", 4),
        ("highly", "RB", "advmod", 4),
        ("likely", "JJ", "ROOT", 4),
        ("”", "''", "punct", 4),
        ("that", "IN", "mark", 8),
        ("he", "PRP", "nsubj", 8),
        ("fled", "VBD", "ccomp", 4),
        (".", ".", "punct", 4),
    ]
    words, tags, deps, heads = zip(*rows, strict=True)
    doc = Doc(VOCAB, words=words, lemmas=words, tags=tags, deps=deps, heads=heads)
    doc.spans["quotations"] = [doc[2:6]]
    assert [span.text for span in find_scope(doc[4:5])] == ["he fled"]


def test_a_relative_clause_that_stands_before_its_antecedent():
    """A dash took the parser there, and the analysis of the whole text failed."""
    rows = [
        ("pay", "VB", "ROOT", 0),
        ("taxes", "NNS", "obj", 0),
        ("--", ",", "punct", 3),
        ("which", "WDT", "nsubj", 4),
        ("seem", "VBP", "acl:relcl", 8),
        ("to", "TO", "mark", 8),
        ("be", "VB", "cop", 8),
        ("a", "DT", "det", 8),
        ("question", "NN", "advcl", 0),
    ]
    assert _scope(rows, 4, 6) == ["which", "be a question"]


def test_a_modal_governs_its_clause_without_subject_or_later_clauses():
    rows = [
        ("It", "PRP", "nsubj", 2),
        ("may", "MD", "aux", 2),
        ("fail", "VB", "ROOT", 2),
        ("soon", "RB", "advmod", 2),
        (",", ",", "punct", 7),
        ("but", "CC", "cc", 7),
        ("it", "PRP", "nsubj", 7),
        ("works", "VBZ", "conj", 2),
    ]
    assert _scope(rows, 1, 2) == ["fail soon"]


def test_a_scope_ends_at_a_semicolon_before_a_clause_but_not_in_a_list():
    rows = [
        ("It", "PRP", "nsubj", 2),
        ("may", "MD", "aux", 2),
        ("harm", "VB", "ROOT", 2),
        ("men", "NNS", "obj", 2),
        (";", ":", "punct", 6),
        ("it", "PRP", "nsubj", 6),
        ("does", "VBZ", "obj", 3),  # misread: a clause of its own
        (".", ".", "punct", 2),
    ]
    assert _scope(rows, 1, 2) == ["harm men"]
    rows[5:7] = [("old", "JJ", "amod", 6), ("cats", "NNS", "conj", 3)]
    assert _scope(rows, 1, 2) == ["harm men ; old cats"]


def test_a_passive_modal_lifts_its_subject():
    rows = [
        ("Aid", "NN", "nsubj:pass", 3),
        ("might", "MD", "aux", 3),
        ("be", "VB", "aux:pass", 3),
        ("freed", "VBN", "ROOT", 3),
    ]
    assert _scope(rows, 1, 2) == ["Aid", "be freed"]


def test_a_parenthesis_splits_the_scope():
    rows = [
        ("He", "PRP", "nsubj", 2),
        ("may", "MD", "aux", 2),
        ("go", "VB", "ROOT", 2),
        (",", ",", "punct", 5),
        ("she", "PRP", "nsubj", 5),
        ("said", "VBD", "parataxis", 2),
        (",", ",", "punct", 5),
        ("home", "RB", "advmod", 2),
    ]
    assert _scope(rows, 1, 2) == ["go", "home"]


def test_no_scope_ends_within_a_word():
    """Some tree hangs the "n't" elsewhere; "it wo" is nothing."""
    rows = [
        ("maybe", "RB", "advmod", 2),
        ("it", "PRP", "nsubj", 2),
        ("wo", "MD", "ROOT", 2),
        ("n't", "RB", "parataxis", 2),
    ]
    assert _scope(rows, 0, 1, spaces=[True, True, False, False]) == ["it won't"]


def test_without_a_tree_the_scope_runs_to_the_next_punctuation():
    words = ["Perhaps", "he", "fled", ",", "perhaps", "not"]
    doc = Doc(VOCAB, words=words)
    assert [span.text for span in find_scope(doc[0:1])] == ["he fled"]


CASES = """
modal | The former pilot [may] <soon be in for a lot more dangerous flak>.
modal | Deep sleep [could] <help to protect the brain against dementia>, according to research.
modal | They [might] <struggle to cut down>.
modal | This [could] <equate to a large proportion of the population>.
modal | Even a small increase [can] <increase the risk of developing problems>.
modal | If convicted, he [could] <face decades in jail>.
modal | That [could] <provide grist for their deportation>.
modal | The Census [could] <provide the road map for either>.
modal | It was not clear when such steps [might] <take place>.
modal | [Must] <have been complicated conversations>?
modal | Scent receptors [may] <have evolved first>.
likelihood | <The envoy> is [likely] <to face tough questions>.
likelihood | <Those voters> are [likely] <to make up more than half the electorate>.
likelihood | The Census will [likely] <again serve up the names and addresses>.
likelihood | How [likely] is <an Assange conviction>?
likelihood | The foundation is under investigation for [possible] <corruption>.
likelihood | They made claims about [potential] <retaliation from other foreign governments>.
likelihood | There is [little chance] <of Census officials being prosecuted>.
likelihood | He will [almost certainly] <seek reelection in 2018>.
likelihood | The climb is a [potential] <public health concern>.
likelihood | <The topic> [is not expected to] <surface in the talks>.
likelihood | <Sanders's profile in the Senate> [is expected to] <increase>.
likelihood | <The bridge> [is set to] <open in May>.
likelihood | <The striker> is [likely] <to stay until the summer>, the club said.
likelihood | It would have [probably] <turned Libya into Syria>.
hearsay | <Some 200 military personnel> [are believed to] <remain at the base>.
hearsay | [Observers say] <the base is vital to preventing weapons trafficking>.
hearsay | The military [reportedly] <has been training the Syrian opposition forces>.
hearsay | <His mother> [was said to] <have been disapproving of the idea>.
hearsay | The experience [allegedly] <resulted in him losing this function>.
hearsay | The US is seeking his extradition over his [alleged] <role in the release>.
hearsay | They include [allegations that] <Chinese interests have hacked into computers>.
hearsay | He rejected [rumors that] <Obama might try to lay out some conditions>.
hearsay | <The drug> [is not thought to] <cause substantial problems>.
hearsay | Police arrested a man [suspected of] <arson>.
hearsay | <He> [is suspected of] <theft>.
hearsay | <Two guards> were [reportedly] <hurt in the clash>.
hearsay | This [purported] <severance of friendship> required three days.
appearance | It [appears] <all interventions in the region are indirect and sparse>.
appearance | Images of casings [indicate] that <they used live ammunition>.
appearance | <The blunt language> [seemed to] <reverberate>.
appearance | <The laws> [seem to] <be so vague>.
appearance | The results [suggest], but do not prove, that <poor sleep is a cause>.
appearance | <Coffee is harmless>, a study [suggests].
belief | [Fears are growing that] <the dam will break>.
belief | Some experts [doubt] <it>.
unverified | Police [could not rule out] that <a third man was involved>.
unverified | <The question> [has not been settled].
unverified | <The cause> is [under investigation].
likelihood | It was late, but [maybe] <it won't>.
appearance | Those facts [suggest] that <the ancestors of rats made scent receptors>.
appearance | A preliminary study [hints] that <the functions may have evolved first>.
appearance | The reference was [apparently] <about risque footage circulating online>.
appearance | His [seeming] <principled concern> stands in stark contrast.
belief | The organization [believes] that <the real death toll may be much higher>.
belief | Advocates [estimate] <there could be 18,000 from South Korea>.
belief | Dayton says he [thinks] <Clinton would win decisively>.
belief | The killings raise serious [fears that] <the use of firearms has become a policy>.
belief | I [think] <that's terrible>.
belief | He [expects] <Obama, Abe, and Park to "clearly demonstrate their unity>."
belief | We all [thought] <it was inappropriate>.
unverified | [It is not clear] <how long her brand of magic can continue>.
unverified | [It remains unclear] <whether they will acclimate themselves to Trump>.
unverified | <The source of the attack> [is unclear].
unverified | <The evolutionary history of other groups> [has yet to be deciphered].
unverified | Police say they [have not yet determined] <whether any were recently arrived>.
unverified | He [offered no proof] that <Clinton had a role>.
unverified | There is [no indication] <she has shown any partisanship>.
unverified | There is [no evidence that] <anything really bad happened>.
unverified | There is [very little public evidence] that <Trump has taken that advice to heart>.
unverified | The caption made an [unconfirmed] <statement>.
unverified | [We do not know] <how many other violations have yet to surface>.
unverified | The agency [could not be sure] that <money was not coming from the drug trade>.
unverified | Yet [it remains to be seen] <whether a new chain of command can fix the problem>.
unverified | The palace [would neither confirm nor deny] <the report>.
unverified | Officials [could neither confirm nor deny] <reports of a coup>.
approximation | [Some] <200 U.S. military personnel> remain at the base.
approximation | The population is estimated at [around] <40,000>.
approximation | It could result in a prison term of [up to] <five years>.
approximation | [Hundreds of] <demonstrators> blocked roads.
approximation | They threatened a fine of [as much as] <$5,000>.
approximation | For [almost] <60 years>, the Census denied any role.
approximation | He transferred his popularity to [relatively] <unknown> figures.
approximation | Sullivan was one of [about] <three individuals> who sent such content.
approximation | He has a desire to punch back at [nearly] <any critic>.
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_scope_of_sentences_from_the_news(nlp: Language, case: str):
    kind, _, written = case.partition(" | ")
    wanted = read_marked(written)
    hedges = [
        hedge
        for hedge in nlp(wanted.text)._.hedges
        if (hedge.cue.start_char, hedge.cue.end_char) == wanted.cue
    ]
    assert [hedge.kind.value for hedge in hedges] == [kind]
    text = wanted.text
    assert [span.text for span in hedges[0].scope] == [text[a:b] for a, b in wanted.scopes]


# Any tree at all

WORDS = [
    *("He", "may", "could", "is", "said", "to", "likely", "no", "evidence", "that", "about", "40"),
    *("hundreds", "of", "seems", "unclear", "it", "I", "think", ",", ".", "“", "”", "—", "\n\n"),
    *("😀", "Mis\u030cov", "reportedly", "not", "confirmed", "  ", "or", "so", "hopes", "fears"),
    "which",
]
TAGS = ["WDT", "MD", "VB", "VBN", "VBZ", "NN", "NNP", "RB", "JJ", "IN", "CD", "PRP", ",", "."]


@st.composite
def _docs(draw) -> Doc:
    words = draw(
        st.lists(
            st.sampled_from(WORDS),
            min_size=1,
            max_size=25,
        )
    )
    n = len(words)
    heads = [draw(st.integers(0, i)) if i else 0 for i in range(n)]
    order = draw(st.permutations(range(n)))
    heads = [order[heads[order.index(i)]] for i in range(n)]
    labels = "nsubj nsubj:pass aux aux:pass ccomp xcomp csubj parataxis advmod amod obj mark punct"
    labels += " acl:relcl advcl conj"
    deps = ["ROOT" if heads[i] == i else draw(st.sampled_from(labels.split(" "))) for i in range(n)]
    tags = draw(
        st.lists(
            st.sampled_from(TAGS),
            min_size=n,
            max_size=n,
        )
    )
    return Doc(
        VOCAB,
        words=words,
        lemmas=[word.lower() for word in words],
        tags=tags,
        deps=deps,
        heads=heads,
    )


@given(_docs())
def test_whatever_the_tree_spans_are_whole_and_in_their_paragraph(doc: Doc):
    create_hedges(spacy.blank("en"), "hedges")(doc)
    cues = [hedge.cue for hedge in doc._.hedges]
    assert list(doc.spans["hedges"]) == cues
    assert all(one.end <= other.start for one, other in pairwise(cues))
    for hedge in doc._.hedges:
        assert hedge.cue.label_ == hedge.kind.value
        spans = [hedge.cue, *hedge.scope]
        for span in spans:
            assert len(span)
            assert span.text.strip() == span.text
        together = doc[min(span.start for span in spans) : max(span.end for span in spans)]
        assert not any("\n" in token.text for token in together)
        inside = [token.i for span in spans for token in span]
        assert len(inside) == len(set(inside)), "cue and scopes overlap"


def test_a_hedge_belongs_to_the_innermost_attribution_around_it():
    words = ["She", "said", "he", "thinks", "it", "may", "rain", ".", "It", "may", "snow"]
    tags = ["PRP", "VBD", "PRP", "VBZ", "PRP", "MD", "VB", ".", "PRP", "MD", "VB"]
    doc = Doc(VOCAB, words=words, tags=tags)
    outer = Attribution(cue=doc[1:2], source=doc[0:1], content=(doc[2:7],))
    inner = Attribution(cue=doc[3:4], source=doc[2:3], content=(doc[4:7],))
    doc._.attributions = (outer, inner)
    create_hedges(spacy.blank("en"), "hedges")(doc)
    assert [(h.cue.text, h.attribution) for h in doc._.hedges if h.cue.text == "may"] == [
        ("may", inner),
        ("may", None),
    ]


@pytest.mark.parametrize("first", [0, 999])
def test_in_a_text_without_full_stops_a_scope_does_not_reach_through_all_of_it(first: int):
    doc = Doc(VOCAB, words=["may"] * 1000, tags=["MD"] * 1000, deps=["dep"] * 1000)
    [scope] = find_scope(doc[first : first + 1])
    assert len(scope) == 300
    assert first + 1 == scope.start or first == scope.end
