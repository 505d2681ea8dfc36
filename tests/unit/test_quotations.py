import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from backend.pipeline.paragraphs import paragraph_bounds
from backend.pipeline.quotations import QuotationState, find_quotations, quotation_states

NLP = spacy.blank("en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"I don\'t know," she said. "Ask them."', ['"I don\'t know,"', '"Ask them."']),
        ("“They’re right,” he said.", ["“They’re right,”"]),
        ("“He told me ‘no,’” she said.", ["“He told me ‘no,’”", "‘no,’"]),
        ("\"'Go,' he said.\"", ["\"'Go,' he said.\"", "'Go,'"]),
        ("The workers' rights and the boys' games.", []),
        ("He praised 'the workers' rights' there.", ["'the workers' rights'"]),
        ("In the ’80s they played rock ’n’ roll, 'cause it's fun.", []),
        ("It is 6'2\" tall.", []),
        # the tokenizer keeps said:"Go in one piece, and a span is made of whole tokens
        ('He said:"Go" and left.', ['said:"Go"']),
        ("``So it is,'' he said.", ["``So it is,''"]),
        ("«So it is», he said.", ["«So it is»"]),
        ('The (so-called "experts") came.', ['"experts"']),
        ("No marks here.", []),
    ],
)
def test_quotations_of_a_paragraph(text, expected):
    assert [span.text for span in find_quotations(NLP(text))] == expected


def test_a_quotation_left_open_runs_to_the_paragraphs_end():
    spans = find_quotations(NLP("He said: “It begins\n\nand nothing closes it."))
    assert [(span.text, span.label_) for span in spans] == [("“It begins", "UNCLOSED")]


def test_each_paragraph_of_one_quotation_opens_with_a_mark():
    spans = find_quotations(NLP("“One.\n\n“Two,” he said.\n\n‘Three.\n\n‘Four.’"))
    assert [(span.text, span.label_) for span in spans] == [
        ("“One.", "UNCLOSED"),
        ("“Two,”", "QUOTATION"),
        ("‘Three.", "UNCLOSED"),
        ("‘Four.’", "QUOTATION"),
    ]


def test_a_quotation_goes_on_in_a_paragraph_without_an_opening_mark():
    spans = find_quotations(NLP("“One.\n\nTwo,” he said. “Three.”"))
    assert [span.text for span in spans] == ["“One.", "Two,”", "“Three.”"]


def test_states():
    doc = NLP("He said “a ‘b’ c” there.")
    states = dict(zip((token.text for token in doc), quotation_states(doc), strict=True))
    assert states == {
        "He": QuotationState.OUTSIDE,
        "said": QuotationState.OUTSIDE,
        "“": QuotationState.OPENING,
        "a": QuotationState.INSIDE,
        "‘": QuotationState.OPENING,
        "b": QuotationState.INSIDE,
        "’": QuotationState.CLOSING,
        "c": QuotationState.INSIDE,
        "”": QuotationState.CLOSING,
        "there": QuotationState.OUTSIDE,
        ".": QuotationState.OUTSIDE,
    }


@given(st.text(alphabet="ab1s .,-\n\"'“”‘’«»`", max_size=60))
def test_quotations_stay_within_paragraphs_and_nest(text):
    doc = NLP(text)
    spans = find_quotations(doc)
    bounds = paragraph_bounds(doc)
    for span in spans:
        assert any(start <= span.start < span.end <= end for start, end in bounds)
    assert len(quotation_states(doc)) == len(doc)
