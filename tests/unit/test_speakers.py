"""Speakers and quotations, over Docs whose syntax is written by hand."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from backend.pipeline.attribution.attributes import AttributesComponent
from backend.pipeline.attribution.names import Bearer, Gender, Names
from backend.pipeline.attribution.speakers import SpeakersComponent
from backend.pipeline.marks import Attribution, Quote, SourceKind
from backend.pipeline.quotations import find_quotations

VOCAB = spacy.blank("en").vocab


def doc_of(rows: str) -> Doc:
    """Read one token a line: word, tag, distance to its head, relation; "." ends a sentence."""
    parts = {"N": "NOUN", "V": "VERB", "P": "PRON", "J": "ADJ", "D": "DET"}
    table = [line.split() for line in rows.strip().splitlines()]
    tags = [tag for _, tag, _, _ in table]
    doc = Doc(
        VOCAB,
        words=[word for word, _, _, _ in table],
        tags=tags,
        pos=["PROPN" if t.startswith("NNP") else parts.get(t[0], "X") for t in tags],
        heads=[i + int(distance) for i, (_, _, distance, _) in enumerate(table)],
        deps=[relation for _, _, _, relation in table],
        lemmas=[word.lower() for word, _, _, _ in table],
    )
    doc.spans["quotations"] = find_quotations(doc)
    return doc


def analyse(doc: Doc, *attributions: Attribution) -> tuple[Attribution, ...]:
    doc._.attributions = attributions
    filled: tuple[Attribution, ...] = SpeakersComponent()(AttributesComponent()(doc))._.attributions
    return filled


MARY_AND_TOM = """
Mayor NNP 2 nmod:desc
Mary NNP 1 nsubj
met VBD 0 ROOT
Tom NNP -1 obj
Brown NNP -1 flat
. . -3 punct
She PRP 1 nsubj
said VBD 0 ROOT
it PRP 1 nsubj
rained VBD -2 ccomp
. . -3 punct
He PRP 1 nsubj
said VBD 0 ROOT
no UH -1 obj
. . -2 punct
"""


def test_a_pronoun_goes_to_the_name_of_its_gender() -> None:
    doc = doc_of(MARY_AND_TOM)
    she, he = analyse(
        doc,
        Attribution(doc[7:8], doc[6:7], (doc[8:10],)),
        Attribution(doc[12:13], doc[11:12], (doc[13:14],)),
    )
    assert (she.speaker, she.source_kind) == ("Mary", SourceKind.NAMED)
    assert (he.speaker, he.source_kind) == ("Tom Brown", SourceKind.NAMED)


def test_a_pronoun_that_fits_no_name_has_no_speaker() -> None:
    doc = doc_of(MARY_AND_TOM.replace("Mary NNP 1 nsubj", "Tom NNP 1 nsubj"))
    (she,) = analyse(doc, Attribution(doc[7:8], doc[6:7], (doc[8:10],)))
    assert she.speaker is None


WIDOW = """
Ann NNP 2 nsubj
Lee NNP -1 flat
met VBD 0 ROOT
a DT 1 det
widow NN -2 obj
. . -3 punct
The DT 1 det
widow NN 1 nsubj
cried VBD 0 ROOT
. . -1 punct
She PRP 1 nsubj
said VBD 0 ROOT
no UH -1 obj
. . -2 punct
"""


def test_a_person_without_a_name_takes_the_pronoun_from_one_with_a_name() -> None:
    doc = doc_of(WIDOW)
    (she,) = analyse(doc, Attribution(doc[11:12], doc[10:11], (doc[12:13],)))
    assert (she.speaker, she.source_kind) == (None, SourceKind.DESCRIBED)


ROLES = """
Sen. NNP 2 nmod:desc
Jane NNP 2 nsubj
Smith NNP -1 flat
spoke VBD 0 ROOT
. . -1 punct
The DT 1 det
senator NN 1 nsubj
said VBD 0 ROOT
no UH -1 obj
. . -2 punct
Smith NNP 1 nsubj
said VBD 0 ROOT
yes UH -1 obj
. . -2 punct
A DT 1 det
senator NN 1 nsubj
said VBD 0 ROOT
no UH -1 obj
. . -2 punct
"""


def test_a_surname_and_a_definite_role_stand_for_the_full_name() -> None:
    doc = doc_of(ROLES)
    the_senator, smith, a_senator = analyse(
        doc,
        Attribution(doc[7:8], doc[5:7], (doc[8:9],)),
        Attribution(doc[11:12], doc[10:11], (doc[12:13],)),
        Attribution(doc[16:17], doc[14:16], (doc[17:18],)),
    )
    assert (the_senator.speaker, the_senator.source_kind) == ("Jane Smith", SourceKind.NAMED)
    assert smith.speaker == "Jane Smith"
    assert (a_senator.speaker, a_senator.source_kind) == (None, SourceKind.DESCRIBED)


QUOTED = """
“ `` 2 punct
I PRP 1 nsubj
think VBP 5 ccomp
so RB -1 advmod
, , -2 punct
” '' -3 punct
says VBZ 0 ROOT
Ann NNP -1 nsubj
Lee NNP -1 flat
, , 3 punct
according VBG 2 case
to IN -1 fixed
WBN NNP -6 obl
. . -7 punct
"""


def test_a_quotation_is_the_words_of_the_inner_speaker() -> None:
    doc = doc_of(QUOTED)
    says, according, think = analyse(
        doc,
        Attribution(doc[6:7], doc[7:9], (doc[0:6],)),
        Attribution(doc[10:12], doc[12:13], (doc[0:9],)),
        Attribution(doc[2:3], doc[1:2], (doc[3:4],)),
    )
    assert (says.quote, says.speaker) == (Quote.DIRECT, "Ann Lee")
    assert (according.quote, according.speaker) == (Quote.INDIRECT, "WBN")
    assert (think.quote, think.speaker) == (Quote.INDIRECT, "Ann Lee")


def test_the_same_quotation_belongs_to_the_nearer_cue() -> None:
    doc = doc_of(QUOTED)
    according, says = analyse(
        doc,
        Attribution(doc[10:12], doc[12:13], (doc[0:6],)),
        Attribution(doc[6:7], doc[7:9], (doc[0:6],)),
    )
    assert (according.quote, says.quote) == (Quote.INDIRECT, Quote.DIRECT)


def test_some_quoted_words_make_a_mixed_quotation() -> None:
    doc = doc_of(
        """
Ann NNP 1 nsubj
said VBD 0 ROOT
that IN 3 mark
it PRP 2 nsubj
was VBD 2 cop
“ `` 1 punct
late JJ -5 ccomp
” '' -1 punct
. . -7 punct
"""
    )
    (said,) = analyse(doc, Attribution(doc[1:2], doc[0:1], (doc[2:8],)))
    assert said.quote is Quote.MIXED


JOINED = """
Ann NNP 9 nsubj
Lee NNP -1 flat
, , 2 punct
a DT 1 det
director NN -4 appos
at IN 1 case
Yale NNP -2 nmod
and CC 1 cc
Oxford NNP -8 conj
met VBD 0 ROOT
Bo NNP 3 nsubj
and CC 1 cc
Cy NNP -2 conj
said VBD -4 ccomp
. . -5 punct
"""


def test_only_names_beside_each_other_are_speakers_together() -> None:
    doc = doc_of(JOINED)
    one, two = analyse(
        doc,
        Attribution(doc[9:10], doc[0:9], (doc[10:14],)),
        Attribution(doc[13:14], doc[10:13], (doc[9:10],)),
    )
    assert one.speaker == "Ann Lee"
    assert two.speaker == "Bo and Cy"


TWO_SENATORS = """
Ohio NNP 2 compound
Sen. NNP 2 nmod:desc
Ann NNP 2 nsubj
Lee NNP -1 flat
met VBD 0 ROOT
Sen. NNP 1 nmod:desc
Bo NNP -2 obj
Cox NNP -1 flat
. . -4 punct
The DT 2 det
Vermont NNP 1 compound
senator NN 1 nsubj
said VBD 0 ROOT
no UH -1 obj
. . -2 punct
"""


def test_a_role_is_not_that_of_somebody_with_the_same_role_elsewhere() -> None:
    doc = doc_of(TWO_SENATORS)
    (vermont,) = analyse(doc, Attribution(doc[12:13], doc[9:12], (doc[13:14],)))
    assert vermont.speaker == "Bo Cox"


PEOPLE_SOMEWHERE = """
It PRP 1 nsubj
pleased VBD 0 ROOT
some DT 1 det
Democrats NNPS -2 obj
on IN 2 case
Capitol NNP 1 compound
Hill NNP -5 obl
, , 2 punct
who WP 1 nsubj
argued VBD -3 acl:relcl
so RB -1 advmod
. . -10 punct
"""


def test_who_is_said_of_people_not_of_their_place() -> None:
    doc = doc_of(PEOPLE_SOMEWHERE)
    (who,) = analyse(doc, Attribution(doc[9:10], doc[8:9], (doc[10:11],)))
    assert (who.speaker, who.source_kind) == (None, SourceKind.VAGUE)


EMPLOYEE = """
The DT 3 det
Platte NNP 1 compound
River NNP 1 compound
employee NN 1 nsubj
left VBD 0 ROOT
. . -1 punct
He PRP 1 nsubj
said VBD 0 ROOT
no UH -1 obj
. . -2 punct
"""


def test_a_name_that_only_describes_a_noun_takes_no_pronoun() -> None:
    doc = doc_of(EMPLOYEE)
    (he,) = analyse(doc, Attribution(doc[7:8], doc[6:7], (doc[8:9],)))
    assert he.speaker is None


ASIDE = """
Ann NNP 2 nsubj
Lee NNP -1 flat
said VBD 0 ROOT
Sue NNP 1 nsubj
lied VBD -2 ccomp
. . -3 punct
But CC 2 cc
she PRP 1 nsubj
said VBD 0 ROOT
no UH -1 obj
. . -2 punct
"""


def test_who_spoke_goes_on_speaking() -> None:
    doc = doc_of(ASIDE)
    _, she = analyse(
        doc,
        Attribution(doc[2:3], doc[0:2], (doc[3:5],)),
        Attribution(doc[8:9], doc[7:8], (doc[9:10],)),
    )
    assert she.speaker == "Ann Lee"


DOCUMENT = """
Fox NNP 2 compound
News NNP 1 compound
video NN 1 nsubj
spread VBD 0 ROOT
. . -1 punct
The DT 1 det
video NN 1 nsubj
says VBZ 0 ROOT
no UH -1 obj
. . -2 punct
"""


def test_a_document_is_not_whoever_it_is_named_after() -> None:
    doc = doc_of(DOCUMENT)
    (video,) = analyse(doc, Attribution(doc[7:8], doc[5:7], (doc[8:9],)))
    assert (video.speaker, video.source_kind) == (None, SourceKind.DESCRIBED)


FAR_QUOTATION = """
Ann NNP 2 nsubj
Lee NNP -1 flat
met VBD 0 ROOT
Sue NNP -1 obj
. . -2 punct
“ `` 1 punct
No UH 0 ROOT
. . -1 punct
Go VB 0 ROOT
. . -1 punct
Sue NNP 1 nsubj
ran VBD 0 ROOT
, , -1 punct
” '' -2 punct
she PRP 1 nsubj
said VBD -4 parataxis
. . -5 punct
"""


def test_who_speaks_is_named_before_the_quotation_not_in_it() -> None:
    doc = doc_of(FAR_QUOTATION)
    (she,) = analyse(doc, Attribution(doc[15:16], doc[14:15], (doc[5:14],)))
    assert she.speaker == "Ann Lee"


@pytest.mark.parametrize(
    ("words", "name", "titles", "bearer", "gender"),
    [
        ("Mrs. Clinton", "Clinton", ("mrs.",), Bearer.PERSON, Gender.FEMALE),
        ("Sen. Elizabeth Warren", "Elizabeth Warren", ("sen.",), Bearer.PERSON, Gender.FEMALE),
        ("John Smith Jr.", "John Smith Jr.", (), Bearer.PERSON, Gender.MALE),
        ("Douglas Holtz - Eakin", "Douglas Holtz - Eakin", (), Bearer.PERSON, Gender.MALE),
        ("Ministry of Justice", "Ministry of Justice", (), Bearer.BODY, None),
        ("Mr. Brown Monday", "Brown", ("mr.",), Bearer.PERSON, Gender.MALE),
        ("France", "France", (), Bearer.PLACE, None),
    ],
)
def test_a_name_is_taken_apart(
    words: str, name: str, titles: tuple[str, ...], bearer: Bearer, gender: Gender | None
) -> None:
    tokens = words.split()
    tags = ["IN" if t == "of" else "HYPH" if t == "-" else "NNP" for t in tokens]
    (found,) = Names(Doc(VOCAB, words=tokens, tags=tags, spaces=[False] * len(tokens))).all
    assert found.text == name.replace(" - ", "-")
    assert (found.titles, found.bearer, found.gender) == (titles, bearer, gender)


@pytest.mark.parametrize(
    ("tagged", "noun", "speaker"),
    [
        ("Volvo/NNP fell/VBD", "company", "Volvo"),
        ("Volvo/NNP fell/VBD", "ministry", None),
        ("Ann/NNP Lee/NNP fell/VBD", "company", None),
        ("Volvo/NNP and/CC Saab/NNP fell/VBD", "company", None),
        ("the/DT Guardian/NNP told/VBD Volvo/NNP", "company", "Volvo"),
        ("Ann/NNP Lee/NNP bought/VBD Ashby/NNP Motors/NNPS", "firm", "Ashby Motors"),
        ("the/DT Ashby/NNP Ministry/NNP fell/VBD", "firm", None),
    ],
)
def test_the_company_is_the_only_business_named_before(
    tagged: str, noun: str, speaker: str | None
) -> None:
    before = [word.rsplit("/", 1) for word in tagged.split()]
    rows = [(word, tag, "1", "dep") for word, tag in before] + [(".", ".", "0", "ROOT")]
    rows += [("The", "DT", "1", "det"), (noun, "NN", "1", "nsubj"), ("said", "VBD", "0", "ROOT")]
    doc = doc_of("\n".join(" ".join(row) for row in [*rows, ("no", "UH", "-1", "obj")]))
    start = len(before) + 1
    mark = Attribution(
        cue=doc[start + 2 : start + 3], source=doc[start : start + 2], content=(doc[start + 3 :],)
    )
    [found] = analyse(doc, mark)
    assert found.speaker == speaker


ANN_OF_THE_MET = """
Ann NNP 5 nsubj
Lee NNP -1 flat
of IN 1 case
Oxfam NNP -3 nmod
, , 2 punct
who WP 1 nsubj
knows VBZ {} acl:relcl
it PRP -1 obj
"""


@pytest.mark.parametrize("antecedent", [-3, -6])
def test_who_is_the_person_and_not_the_body_beside_the_name(antecedent: int) -> None:
    doc = doc_of(ANN_OF_THE_MET.format(antecedent).replace("Ann NNP 5 nsubj", "Ann NNP 0 ROOT"))
    [found] = analyse(doc, Attribution(cue=doc[6:7], source=doc[5:6], content=(doc[7:8],)))
    assert found.speaker == "Ann Lee"
