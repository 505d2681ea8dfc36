"""The conditions that rules set in ``when`` and ``unless``: what the syntax decides.

A condition is one of ``FLAGS`` ("passive"), or one of ``PLACES`` with a list of
``lexicon.toml`` ("subject in evidence"). All speak of the match's looked-up word, the anchor,
in Universal Dependencies. They hold of hand-built Docs too: no condition needs a model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from spacy.tokens import Token

from backend.pipeline.hedges.patterns import BREAK, Match, word_set

Condition = Callable[[Match], bool]

FLAGS: dict[str, Condition] = {}
PLACES: dict[str, Callable[[Match], Iterable[Token]]] = {}

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "csubj:outer"})
AUXILIARIES = frozenset({"aux", "aux:pass", "cop"})
CLAUSES = frozenset({"ccomp", "csubj", "csubj:pass"})
NEGATIONS = frozenset({"not", "n't", "never", "neither", "nor", "hardly", "no"})
BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "'s", "'re", "'m", "am", "s"})

_HAVE_TOPICS = word_set(
    "talk speak think ask know care worry hear read write learn say tell complain warn argue "
    "question book story article film debate concern fact truth idea information report walk turn"
)
_ALWAYS_MODAL = frozenset({"could", "would", "should"})
_NEGATIVE_SUBJECTS = frozenset({"nobody", "nothing", "none", "neither", "few"})
_PERSONAL = frozenset({"i", "you", "he", "she", "we", "they", "who", "me", "him", "them", "us"})
_QUANTITY = re.compile(r"[$£€¥]?\d")
_QUANTITY_WORDS = word_set(
    "half dozen dozens hundred hundreds thousand thousands million millions billion billions "
    "trillion twice thrice double triple quadruple $ £ € ¥ two-thirds noon midnight"
)
_UNITS = word_set(
    "third quarter fifth tenth minute hour day week month year decade century mile kilometer "
    "kilometre foot inch pound ton"
)
_MEASURES = word_set("all anything everything whatever what best most least")
_QUESTION_WORDS = word_set("if whether what how why who when where which")
_DETERMINERS = word_set(
    "a an the this that these those some any what which every each same no all other"
)


def compile_condition(text: str, lists: Mapping[str, Sequence[str]]) -> Condition:
    """Return the condition that ``text`` names.

    Raises:
        ValueError: there is no such condition, place or list.
    """
    if text in FLAGS:
        return FLAGS[text]
    place, _, name = text.partition(" in ")
    if place not in PLACES:
        raise ValueError(f"unknown condition {text!r}")
    if name not in lists:
        raise ValueError(f"unknown list {name!r} in the condition {text!r}")
    words = frozenset(word.strip("<>").lower() for word in lists[name])
    find = PLACES[place]
    return lambda match: any(
        token.lower_.replace("’", "'") in words or token.lemma_.lower() in words
        for token in find(match)
    )


def _flag(name: str) -> Callable[[Condition], Condition]:
    def register(condition: Condition) -> Condition:
        FLAGS[name] = condition
        return condition

    return register


def _place(
    name: str,
) -> Callable[[Callable[[Match], Iterable[Token]]], Callable[[Match], Iterable[Token]]]:
    def register(find: Callable[[Match], Iterable[Token]]) -> Callable[[Match], Iterable[Token]]:
        PLACES[name] = find
        return find

    return register


# Words and their classes


@_flag("modal")
def is_modal(match: Match) -> bool:
    """The anchor is a modal verb ("may", not the month of May)."""
    if match.anchor.lower_ in _ALWAYS_MODAL:
        return True
    if match.anchor.dep_ in {"obj", "obl", "nmod", "flat", "compound"}:
        return False
    return match.anchor.tag_ == "MD" or match.anchor.dep_ == "aux"


@_flag("verb")
def is_verb(match: Match) -> bool:
    """The anchor is a verb in any form."""
    return match.anchor.tag_.startswith("VB")


@_flag("finite verb")
def is_finite(match: Match) -> bool:
    """The anchor is a verb with a tense or a modal, or the base form after "to" or "do"."""
    token = match.anchor
    return token.tag_ in {"VBD", "VBP", "VBZ", "VB"} or (
        token.tag_ in {"VBG", "VBN"} and any(child.dep_ == "aux" for child in token.lefts)
    )


@_flag("noun")
def is_noun(match: Match) -> bool:
    """The anchor is a common noun."""
    return match.anchor.tag_ in {"NN", "NNS"}


@_flag("adjective")
def is_adjective(match: Match) -> bool:
    """The anchor is an adjective, or a participle that modifies a noun."""
    token = match.anchor
    before_noun = token.dep_ == "compound" and token.head.i > token.i
    return token.tag_ in {"JJ", "JJR", "JJS"} or token.dep_ == "amod" or before_noun


@_flag("adverb")
def is_adverb(match: Match) -> bool:
    """The anchor is an adverb."""
    return match.anchor.tag_.startswith("RB") or match.anchor.dep_ == "advmod"


@_flag("before a relative pronoun")
def has_relative_that(match: Match) -> bool:
    """The "that" after the anchor is a relative pronoun ("the *sign* that he hit")."""
    last = match.words.tokens[match.end - 1]
    that = last if last.lower_ == "that" else _next(match, 1)
    return that is not None and that.lower_ == "that" and that.dep_ in {*SUBJECTS, "obj"}


@_flag("modifies a noun")
def modifies_noun(match: Match) -> bool:
    """The anchor stands before its noun ("an *alleged* thief")."""
    token = match.anchor
    if (
        token.dep_ in {"amod", "advmod", "compound"}
        and token.head.i > token.i
        and token.head.tag_.startswith(("NN", "CD"))
    ):
        return True
    before = match.words.tokens[match.start - 1] if match.start else None
    after = _next(match, 1)
    return (  # "this *purported* effort", whatever the tree makes of the participle
        before is not None
        and after is not None
        and before.tag_ in {"DT", "PRP$", "POS", "IN", "JJ"}
        and after.tag_.startswith(("NN", "JJ"))
    )


@_flag("after a name")
def is_after_name(match: Match) -> bool:
    """A proper noun stands before the anchor ("*CBS* reports that")."""
    before = match.words.tokens[match.start - 1] if match.start else None
    return before is not None and before.tag_ in {"NNP", "NNPS"}


@_flag("passive")
def is_passive(match: Match) -> bool:
    """The anchor is a passive participle, with or without a form of "be"."""
    token = match.anchor
    if _follows_be(match):
        return True
    if token.tag_ not in {"VBN", "VBD", "JJ"}:
        return False
    children = {child.dep_ for child in token.children}
    if children & {"aux:pass", "nsubj:pass", "csubj:pass"}:
        return True
    return "nsubj" not in children and token.dep_ in {"acl", "amod"}


@_flag("after its noun")
def is_after_noun(match: Match) -> bool:
    """The anchor follows the noun that it modifies ("the highest rate *possible*")."""
    return match.anchor.dep_ in {"amod", "acl"} and match.anchor.head.i < match.anchor.i


@_flag("passive predicate")
def has_passive_predicate(match: Match) -> bool:
    """The clause of the anchor is passive ("can *be found*")."""
    verb = _predicate(match.anchor)
    return any(child.dep_ == "aux:pass" for child in verb.children)


@_flag("negated")
def is_negated(match: Match) -> bool:
    """The anchor, or the verb that it helps, is negated."""
    following = _following(match, 1)
    if following and following[0] in {"not", "n't", "never", "barely", "hardly", "scarcely"}:
        return True
    if set(_forms_before(match, 2)) & {"neither", "nor"}:
        return True
    token = match.anchor
    if has_negative_subject(match) or any(each.lower_ == "few" for each in _subjects(token)):
        return True
    verbs = {token.i: token, _predicate(token).i: _predicate(token)}
    return any(
        child.lower_.replace("’", "'") in NEGATIONS and child.dep_ in {"advmod", "det", "cc"}
        for verb in verbs.values()
        for child in verb.lefts
    )


@_flag("no subject")
def has_no_subject(match: Match) -> bool:
    """The clause of the anchor has no subject of its own."""
    return not _subjects(match.anchor)


@_flag("named or personal subject")
def has_personal_subject(match: Match) -> bool:
    """The subject is a name or a personal pronoun."""
    return any(
        token.lower_ in _PERSONAL or token.tag_ in {"NNP", "NNPS"}
        for token in _subjects(match.anchor)
    )


@_flag("person as subject")
def has_person_as_subject(match: Match) -> bool:
    """The subject is a personal pronoun or a name without article ("Sanders", not "the EU")."""
    return any(
        subject.lower_ in _PERSONAL
        or (subject.tag_ == "NNP" and not any(child.dep_ == "det" for child in subject.lefts))
        for subject in _subjects(match.anchor)
    )


@_flag("negative subject")
def has_negative_subject(match: Match) -> bool:
    """Nobody does it ("*no one* believes"); "few believe" is still somebody."""
    return any(
        subject.lower_ in _NEGATIVE_SUBJECTS - {"few"}
        or any(child.lower_ == "no" for child in subject.lefts)
        for subject in _subjects(match.anchor)
    )


@_flag("second person")
def has_second_person(match: Match) -> bool:
    """The subject is "you"."""
    return any(token.lower_ == "you" for token in _subjects(match.anchor))


@_flag("passive agent")
def has_agent(match: Match) -> bool:
    """Somebody is named as the doer ("is believed *by investigators* to")."""
    return any(
        child.dep_ == "obl:agent" and any(case.lower_ == "by" for case in child.lefts)
        for child in match.anchor.children
    )


# Clauses


@_flag("takes a clause")
def takes_clause(match: Match) -> bool:
    """The anchor governs a finite clause, or stands as a comment on one (", I *think*,")."""
    token = match.anchor
    clauses = CLAUSES | {"acl"} if token.tag_.startswith("NN") else CLAUSES
    if any(child.dep_ in clauses and child.i > token.i for child in token.children):
        return True
    following = _following(match, 2)
    last = match.words.forms[match.end - 1]
    if len(following) == 2 and following[0] == "that" and following[1][0].isalnum():
        return True
    if last == "that":
        return True
    if following[:1] and following[0] in {"i", "he", "she", "we", "they", "there"}:
        return True
    return is_comment(match)


@_flag("ends its clause")
def ends_clause(match: Match) -> bool:
    """Nothing but punctuation follows ("… , a report *suggests*.")."""
    following = _following(match, 1)
    return not following or not any(char.isalnum() for char in following[0])


@_flag("progressive")
def is_progressive(match: Match) -> bool:
    """The anchor is a present participle with a form of "be" ("is thinking")."""
    return match.anchor.tag_ == "VBG" and any(form in BE for form in _forms_before(match, 2))


@_flag("comment")
def is_comment(match: Match) -> bool:
    """The anchor is the verb of a parenthesis: "the war, he *suspects*, is over"."""
    token = match.anchor
    if token.dep_ == "parataxis" and _subjects(token):
        return True
    # After what it comments on, it heads the sentence: "The war is over, he *suspects*."
    subjects = [child.left_edge.i for child in token.lefts if child.dep_ in SUBJECTS]
    set_off = bool(subjects) and not token.doc[max(0, min(subjects) - 1)].text[0].isalnum()
    return set_off and any(child.dep_ in {"ccomp", "parataxis"} for child in token.lefts)


@_flag("with to-infinitive")
def has_infinitive(match: Match) -> bool:
    """A to-infinitive belongs to the anchor ("*able* to see")."""
    return any(
        child.dep_ in {"xcomp", "acl", "advcl", "ccomp", "csubj"}
        and any(mark.lower_ == "to" for mark in child.lefts)
        for child in match.anchor.children
    ) or _precedes_infinitive(match)


@_flag("in an if-clause")
def in_condition(match: Match) -> bool:
    """The anchor's clause is a condition."""
    return bool(_marks(match.anchor) & {"if", "unless", "lest"})


@_flag("in a whether-clause")
def in_whether(match: Match) -> bool:
    """The anchor's clause is an indirect question."""
    return "whether" in _marks(match.anchor)


@_flag("in a purpose clause")
def in_purpose(match: Match) -> bool:
    """The anchor's clause says what for ("*so* the army *could* round them up")."""
    verb = _predicate(match.anchor)
    if verb.dep_ in {"advcl", "conj", "parataxis", "ccomp"} and "so" in _marks(match.anchor):
        return True
    first = verb.left_edge.i  # "so that", however the tree divides the two words
    return any(
        token.lower_ == "so" and token.dep_ in {"mark", "cc", "advmod", "fixed"}
        for token in verb.doc[max(0, first - 1) : min(first + 2, match.anchor.i)]
    )


@_flag("in a clause of time")
def in_time(match: Match) -> bool:
    """The clause says until when ("*before* he *could* find one"): of what was managed."""
    return bool(_marks(match.anchor) & {"before", "until", "till"})


@_flag("in a how-clause")
def in_how(match: Match) -> bool:
    """A person's clause asks by what means ("*how* she *could* do that")."""
    asks = "how" in _marks(match.anchor) or _forms_before(match, 2)[:1] == ["how"]
    return asks and has_personal_subject(match)


@_flag("what somebody has at hand")
def is_at_hand(match: Match) -> bool:
    """A relative clause on what its own subject can use ("a lander that NASA *could* use")."""
    verb = _predicate(match.anchor)
    if verb.dep_ != "acl:relcl" or not verb.tag_.startswith("VB"):
        return False
    subjects = [child for child in verb.lefts if child.dep_ == "nsubj"]
    return any(
        child.lower_ in _PERSONAL - {"who"} or child.tag_ in {"NNP", "NNPS"} for child in subjects
    )


@_flag("stops short with a person")
def stops_with_person(match: Match) -> bool:
    """The clause of a person ends with the anchor ("and now I *could*."): of an ability."""
    return ends_clause(match) and any(
        subject.lower_ in _PERSONAL for subject in _subjects(match.anchor)
    )


@_flag("wish")
def is_wish(match: Match) -> bool:
    """The subject stands after the anchor, and nothing is asked ("*may* the force be with you")."""
    verb = _predicate(match.anchor)
    sentence = (
        match.anchor.sent if match.anchor.doc.has_annotation("SENT_START") else match.anchor.doc
    )
    return "?" not in sentence.text and any(
        child.dep_ in SUBJECTS and child.left_edge.i == match.anchor.i + 1
        for child in verb.children
    )


@_flag("of a possessor")
def is_possessed(match: Match) -> bool:
    """Someone is said to have made it ("*Smith's accusation* that")."""
    return any(child.dep_ == "nmod:poss" for child in match.anchor.lefts)


@_flag("confirmed in office")
def is_of_office(match: Match) -> bool:
    """A person is or is not *confirmed*, as for a post."""
    people = {"judge", "justice", "person", "nominee", "candidate", "appointee", "secretary"}
    passive = any(child.dep_ == "aux:pass" for child in match.anchor.children)
    return (
        passive
        and match.anchor.lower_ == "confirmed"
        and (
            has_person_as_subject(match)
            or any(each.lemma_.lower() in people for each in _subjects(match.anchor))
        )
    )


@_flag("after can")
def is_after_can(match: Match) -> bool:
    """What one may count on ("shoppers *can expect* a refund", "should be able to *expect*")."""
    return bool(set(_forms_before(match, 4)) & {"can", "should", "able", "must", "cannot"})


@_flag("with an if-clause in the past perfect")
def is_counterfactual(match: Match) -> bool:
    """The clause depends on what has not happened ("could have won if he *had* run")."""
    verb = _predicate(match.anchor)
    return any(
        clause.dep_ == "advcl"
        and any(mark.dep_ == "mark" and mark.lower_ == "if" for mark in clause.lefts)
        and any(aux.dep_ == "aux" and aux.lower_ in {"had", "'d"} for aux in clause.lefts)
        for clause in verb.children
    )


@_flag("in a clause of degree")
def in_degree(match: Match) -> bool:
    """The clause measures: "all he *could*", "as well as I *could*", "anything they *could*"."""
    verb = _predicate(match.anchor)
    measured = verb.head.lower_ in _MEASURES or any(
        child.tag_ == "JJS" for child in verb.head.lefts
    )
    if "only" in _forms_before(match, 2):  # "in a way that only he could"
        return True
    if any(child.lower_ == "only" for each in _subjects(match.anchor) for child in each.lefts):
        return True
    if verb.dep_ == "acl:relcl" and measured and _has_personal_subject_of_its_own(verb):
        return True
    if verb.dep_ == "advcl" and verb.i > match.anchor.i:
        return bool(_marks(match.anchor) & {"as", "than"}) and "as" in _forms_before(match, 6)
    return False


@_flag("compared with as")
def is_compared(match: Match) -> bool:
    """ "as *likely* as": a comparison of chances, which says nothing of their size."""
    return _forms_before(match, 1) == ["as"] and "as" in _following(match, 4)


@_flag("with a predicate")
def has_predicate(match: Match) -> bool:
    """Something is predicated of the subject through the anchor ("appeared *drunk*")."""
    if any(child.dep_ == "xcomp" and child.i > match.anchor.i for child in match.anchor.children):
        return True
    following = [token for token in (_next(match, n) for n in (1, 2)) if token is not None]
    adjective = bool(following) and following[0].tag_ in {"JJ", "JJR"}
    return adjective and not any(token.tag_.startswith("NN") for token in following[1:])


@_flag("takes an expectation")
def takes_expectation(match: Match) -> bool:
    """The anchor says what others will do or what will happen, not what its subject plans."""
    if _following(match, 1) == ["to"]:
        return False
    dependents = {child.dep_ for child in match.anchor.children if child.i > match.anchor.i}
    following = _next(match, 1)
    begins_phrase = following is not None and (
        following.tag_ in {"CD", "DT", "EX", "JJ", "NN", "NNP", "NNPS", "NNS", "PRP", "PRP$"}
        or following.lower_ == "that"
    )
    return bool(dependents & {"ccomp", "obj"}) or begins_phrase


@_flag("clausal predicate")
def is_clausal_predicate(match: Match) -> bool:
    """The anchor is what its clause says, not the modifier of a noun."""
    return not modifies_noun(match)


@_flag("negated adjective")
def is_negated_adjective(match: Match) -> bool:
    """A negation stands shortly before the anchor ("not completely *unfounded*")."""
    return bool(set(_forms_before(match, 3)) & (NEGATIONS - {"no"})) or _forms_before(match, 1) == [
        "no"
    ]


@_flag("asks or stands alone")
def asks_or_stands_alone(match: Match) -> bool:
    """A question word or nothing follows the anchor, no object, and it does not modify."""
    if match.anchor.dep_ == "acl:relcl":
        return False
    following = _following(match, 1)
    return not following or following[0] in _QUESTION_WORDS or not following[0][0].isalnum()


@_flag("degree adverb")
def is_degree_adverb(match: Match) -> bool:
    """ "*sort of* sad": no determiner before it and no noun phrase of its own after it."""
    before = _forms_before(match, 1)
    if before and before[0] in _DETERMINERS:
        return False
    following = _next(match, 1)
    return following is not None and not following.tag_.startswith(("NN", "DT"))


@_flag("question to someone")
def is_question(match: Match) -> bool:
    """A question that asks somebody to act or answer: "*Could* you …?", "How *could* …?"."""
    if _forms_before(match, 1) in (["how"], ["why"]):
        return True
    subjects = [
        child
        for child in _predicate(match.anchor).children
        if child.dep_ in SUBJECTS and child.lower_ in {"you", "i", "we"}
    ]
    end = match.anchor.sent if match.anchor.doc.has_annotation("SENT_START") else None
    asks = end is not None and "?" in end.text
    return asks and any(subject.i > match.anchor.i for subject in subjects)


@_flag("concession")
def is_concession(match: Match) -> bool:
    """The clause is granted only to be answered with "but" ("he *may* be old, but he …")."""
    verb = _predicate(match.anchor)
    return any(
        child.dep_ == "conj"
        and child.i > verb.i
        and any(cc.dep_ == "cc" and cc.lower_ == "but" for cc in child.lefts)
        for child in verb.children
    )


# Numbers


@_flag("number next")
def has_number_next(match: Match) -> bool:
    """A number, a sum or a word of quantity follows the cue, an article apart."""
    following = [token for token in (_next(match, n) for n in (1, 2)) if token is not None]
    if [token.lower_ for token in following] == ["one", "of"]:
        return False
    if len(following) == 2 and following[0].lower_ in {"a", "an"} and following[1].lower_ in _UNITS:
        return True
    if following and following[0].lower_ in {"a", "an", "the", "one", "all", "every"}:
        following = following[1:] if not _is_quantity(following[0]) else following[:1]
    return bool(following) and _is_quantity(following[0])


@_flag("of a topic")
def is_of_topic(match: Match) -> bool:
    """ "about" after what has topics ("*spoke* about"), before a bare year or "one of"."""
    before = match.words.tokens[match.start - 1] if match.start else None
    after = _next(match, 1)
    return (before is not None and before.lemma_.lower() in _HAVE_TOPICS) or (
        match.anchor.tag_ == "IN"
        and after is not None
        and re.fullmatch(r"(1[5-9]|20)\d\d", after.text) is not None
    )


@_flag("number before")
def has_number_before(match: Match) -> bool:
    """A number stands just before the cue ("forty *or so*")."""
    before = match.words.tokens[match.start - 1] if match.start else None
    far = match.words.tokens[match.start - 2] if match.start > 1 else None
    return any(token is not None and _is_quantity(token) for token in (before, far))


def _is_quantity(token: Token) -> bool:
    return (
        token.tag_ == "CD"
        or token.lower_ in _QUANTITY_WORDS
        or _QUANTITY.match(token.text) is not None
    )


# Places for "… in LIST"


@_place("subject")
def subject_of(match: Match) -> Iterable[Token]:
    """The head of the anchor's subject; of "it", also nothing else."""
    return _subjects(match.anchor)


@_place("predicate")
def predicate_of(match: Match) -> Iterable[Token]:
    """The verb (or adjective, or noun) that the modal anchor belongs to."""
    return [_predicate(match.anchor)]


@_place("modified")
def modified_by(match: Match) -> Iterable[Token]:
    """The word that the anchor modifies."""
    return [match.anchor.head] if match.anchor.head.i != match.anchor.i else []


@_place("governor")
def governor_of(match: Match) -> Iterable[Token]:
    """The word on which the anchor's clause or phrase depends."""
    verb = _predicate(match.anchor)
    return [verb.head] if verb.head.i != verb.i else []


@_place("modifier")
def modifiers_of(match: Match) -> Iterable[Token]:
    """The words that modify the anchor: determiners, adjectives, possessors."""
    return list(match.anchor.lefts)


@_place("next")
def next_word(match: Match) -> Iterable[Token]:
    """The word after the cue."""
    token = _next(match, 1)
    return [] if token is None else [token]


@_place("previous")
def previous_word(match: Match) -> Iterable[Token]:
    """The word before the cue."""
    if match.start and match.words.forms[match.start - 1] != BREAK:
        return [match.words.tokens[match.start - 1]]
    return []


# Syntax


def _predicate(token: Token) -> Token:
    """Return what an auxiliary belongs to; another word is its own."""
    if token.dep_ in AUXILIARIES:
        return token.head
    if token.lower_ in _ALWAYS_MODAL:  # taken for something else: the verb that follows
        for after in token.doc[token.i + 1 : token.i + 4]:
            if after.tag_.startswith("VB"):
                return after.head if after.dep_ in AUXILIARIES else after
    return token


def _subjects(token: Token) -> list[Token]:
    """Return the subjects of the clause around ``token``, through verbs that share them."""
    verb = _predicate(token)
    for _ in range(4):
        found = [child for child in verb.children if child.dep_ in SUBJECTS]
        if found:
            return [_antecedent(each, verb) for each in found]
        if verb.dep_ == "acl:relcl" or verb.dep_ == "acl":
            return [verb.head]
        if verb.dep_ not in {"conj", "xcomp"} or verb.head.i == verb.i:
            break
        verb = verb.head
    return []


def _has_personal_subject_of_its_own(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.lower_ in _PERSONAL for child in verb.lefts)


def _antecedent(subject: Token, verb: Token) -> Token:
    """Return what a relative pronoun stands for; another subject is its own."""
    relative = subject.tag_ in {"WDT", "WP"} or subject.lower_ == "that"
    return verb.head if relative and verb.dep_ == "acl:relcl" else subject


def _marks(token: Token) -> set[str]:
    """Return the words that introduce the clause of ``token``."""
    verb = _predicate(token)
    marks = {child.lower_ for child in verb.lefts if child.dep_ in {"mark", "cc", "advmod"}}
    if verb.dep_ == "conj":
        marks |= {child.lower_ for child in verb.head.lefts if child.dep_ == "mark"}
    return marks


def _precedes_infinitive(match: Match) -> bool:
    """Say whether "to" and a verb follow the anchor, whatever the tree makes of them."""
    if match.words.forms[match.end - 1] == "to":
        after = _next(match, 1)
    elif _following(match, 1) == ["to"]:
        after = _next(match, 2)
    else:
        return False
    return after is not None and after.tag_ in {"VB", "RB"}


def _follows_be(match: Match) -> bool:
    """Say whether a form of "be" stands before the anchor, adverbs and "not" apart."""
    position = match.start
    while match.words.tokens[position].i < match.anchor.i:
        position += 1
    for before in range(position - 1, max(-1, position - 5), -1):
        if match.words.forms[before] in BE:
            return True
        token = match.words.tokens[before]
        if match.words.forms[before] not in NEGATIONS and not token.tag_.startswith("RB"):
            return False
    return False


def _next(match: Match, distance: int) -> Token | None:
    position = match.end - 1 + distance
    forms = match.words.forms
    if position < len(forms) and BREAK not in forms[match.end : position + 1]:
        return match.words.tokens[position]
    return None


def _following(match: Match, count: int) -> list[str]:
    """Return the forms of up to ``count`` words after the cue, in its paragraph."""
    forms: list[str] = []
    for form in match.words.forms[match.end : match.end + count]:
        if form == BREAK:
            break
        forms.append(form)
    return forms


def _forms_before(match: Match, count: int) -> list[str]:
    """Return the forms of up to ``count`` words up to the anchor, in its paragraph."""
    position = match.start
    while match.words.tokens[position].i < match.anchor.i:
        position += 1
    forms = match.words.forms[max(0, position - count) : position]
    if BREAK in forms:
        forms = forms[len(forms) - forms[::-1].index(BREAK) :]
    return forms
