"""The scope of a hedge: the words that it weakens.

The notion is BioScope's (Vincze et al., BMC Bioinformatics 2008), without the cue: what the cue
governs, to its right; the subject too where a raising verb or a passive has lifted it out of the
hedged clause ("*Mišov* is said to *have fled*"); for a modifier, the phrase that it modifies.
It is read from the tree: the arguments of the cue's words, or else the phrase on which the cue
depends. Parentheses such as "he said" are left out, and split it. Where the tree has nothing,
it is the words up to the next punctuation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span, Token

from backend.pipeline.columns import Columns, columns_of
from backend.pipeline.hedges.conditions.grammar import shared_clause
from backend.pipeline.word_forms import VERB_TAGS

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "csubj:outer"})
_PASSIVE = frozenset({"aux:pass", "nsubj:pass", "csubj:pass"})
_CLAUSES = frozenset({"ccomp", "csubj", "csubj:pass", "xcomp"})
_COMPLEMENTS_OF_NOUNS = frozenset({"acl", "acl:relcl", "ccomp", "nmod", "advcl"})
_MODIFIERS = frozenset(
    {"amod", "advmod", "nummod", "det", "case", "compound", "nmod", "obl", "fixed", "cc"}
)
_PARTICIPLES = frozenset({"VBN", "VBD"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PARENTHESES = frozenset({"parataxis", "discourse", "vocative"})
_RAISING = frozenset(
    {"seem", "appear", "look", "sound", "tend", "remain", "likely", "unlikely", "set", "expected"}
)
_EMPTY_SUBJECTS = frozenset({"it", "there", "what"})
_REACH = 300
"""In tokens. So far from the cue a scope may reach: no sentence is longer for the parser, and in a
text without full stops each of many hedges would else walk through all of it."""
_CLITICS = frozenset({"n't", "n’t"})
"""Parts of a word at which no scope may end, whatever the tree makes of them."""
_QUOTES = frozenset("\"'“”‘’«»`")


def find_scope(cue: Span) -> tuple[Span, ...]:
    """Return the words that ``cue`` weakens as spans of its paragraph, in the text's order."""
    inside = {token.i for token in cue}
    root = cue.root
    if root.dep_ == "aux":
        chosen = _clause_after(root.head, cue)
    elif root.dep_ in _MODIFIERS and not _has_subject(root):
        chosen = _arguments(cue, inside) or _modified(root, cue)
    else:
        chosen = _arguments(cue, inside) or _comment(root, inside)
    spans = _spans(cue, chosen - inside)
    return spans or _spans(cue, _until_punctuation(cue))


def _arguments(cue: Span, inside: set[int]) -> set[int]:
    """Return what the cue's words govern: clauses, else objects, else the subject."""
    clauses: list[Token] = []
    objects: list[Token] = []
    subjects: list[Token] = []
    for token in cue:
        noun = token.tag_.startswith("NN") or token.dep_ in {"nummod", "nsubj", "obj"}
        for child in token.children:
            if child.i in inside:
                continue
            if child.dep_ in {"nsubj", "nsubj:pass", "nsubj:outer"}:
                # A second one after the verb is what "expects *them* to win" is about.
                second = child.i > token.i and any(other.dep_ == "nsubj" for other in token.lefts)
                (objects if second else subjects).append(child)
            elif (
                child.dep_ in _CLAUSES
                or _is_indirect_question(child)
                or _is_infinitive(token, child)
                or (noun and child.dep_ in _COMPLEMENTS_OF_NOUNS and child.i > token.i)
            ):
                clauses.append(child)
            elif child.dep_ in {"obj", "iobj", "obl", "advcl"} and child.i > token.i:
                objects.append(child)
        if token.dep_ == "mark" and token.head.i >= cue.end and token.head not in clauses:
            clauses.append(token.head)  # the "to" of "is said to" knows its verb
    root = cue.root
    shared = None if clauses or objects else shared_clause(root)
    if shared is not None:
        clauses.append(shared)
    last = cue[-1]
    if last.dep_ == "case" and last.head.i >= cue.end and root.tag_ in _PARTICIPLES:
        clauses.append(last.head)  # the "of" of "is suspected of" knows its noun
    raised = [
        subject
        for subject in subjects
        if _antecedent(subject).lower_ not in _EMPTY_SUBJECTS
        and (_is_passive(cue) or {root.lemma_.lower(), root.lower_} & _RAISING)
    ]
    if any(subject.lower_ == "what" for subject in subjects) and not clauses:
        focus = _cleft_focus(root)
        return _subtree(focus) - _subtree(root) - {t.i for t in focus.lefts if t.dep_ == "cop"}
    direct = [each for each in objects if each.dep_ in {"obj", "iobj", "nsubj"}]
    if clauses and root.tag_ == "RB":  # some parses have an adverb govern its clause
        return _clause_after(clauses[0], cue)
    if clauses:  # of "expects them to win" the object is the subject of what is expected
        of_object = direct if any(clause.dep_ == "xcomp" for clause in clauses) else []
        later = [each for each in objects if raised and _is_after(each, clauses)]
        return _phrases([*of_object, *clauses, *raised, *later])
    if root.dep_ in _MODIFIERS and not subjects:
        return set()
    if any(token.lower_ == "it" and token.dep_ in {"expl", "nsubj"} for token in cue):
        return set()  # what "it" stands for was not found
    is_complement = root.dep_ == "xcomp" or (root.dep_ == "ccomp" and root.tag_ == "JJ")
    if is_complement and not subjects:  # "called the charges unfounded"
        return _phrases(child for child in root.head.children if child.dep_ == "obj")
    own = [each for each in subjects if each.lower_ not in _EMPTY_SUBJECTS]
    if direct and not raised:
        return _phrases(direct)
    active = root.tag_ in VERB_TAGS and root.lemma_.lower() not in _RAISING
    return _phrases(raised or ([] if active or _is_comment(root) else own) or objects)


def _is_after(phrase: Token, clauses: list[Token]) -> bool:
    """Say whether ``phrase`` follows the clauses and belongs to what they say, whatever the tree
    made of it ("is set to open *in May*")."""
    follows = all(clause.i < phrase.left_edge.i for clause in clauses)
    return phrase.dep_ == "obl" and follows and not _is_set_off(phrase)


def _is_indirect_question(child: Token) -> bool:
    """Is this a clause with *whether* that the parser took for one more clause beside its head?"""
    return child.dep_ == "conj" and any(t.lower_ == "whether" for t in child.lefts)


def _modified(root: Token, cue: Span) -> set[int]:
    """Return the phrase or clause that a modifier (adjective, adverb, number word) bears on."""
    head = root.head
    while head.i in range(cue.start, cue.end) and head.head.i != head.i:
        head = head.head
    if head.tag_ == "CD" or head.dep_ == "nummod":
        is_noun = head.dep_ == "nummod" and (head.head.i > head.i or head.head.tag_ == "$")
        noun = head.head if is_noun else head
        return {i for i in _subtree(noun) if cue.end <= i <= noun.i} | _after(head, cue)
    if head.tag_ in VERB_TAGS or _has_subject(head):
        after = _clause_after(head, cue)
        if any(_counts(cue.doc[i].text) for i in after):
            return after
        return _phrases([head])
    return _after(head, cue)


def _clause_after(verb: Token, cue: Span) -> set[int]:
    """Return the clause of ``verb`` from the cue on, and its subject if it is passive."""
    indices = {i for i in _within_clause(verb) if i >= cue.end}
    if not any(child.dep_ == "aux:pass" for child in verb.children):
        return indices
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubj:pass"} and child.i < cue.start:
            indices |= _phrases([child])
    return indices


def _within_clause(verb: Token) -> set[int]:
    """Return the words of the clause without the clauses that follow it on their own."""
    indices = _subtree(verb)
    finite = _FINITE - {"MD"}
    for child in verb.children:
        set_off = child.dep_ == "advcl" and _is_set_off(child)
        coordinated = child.dep_ == "conj" and (
            _has_subject(child)
            or child.tag_ in finite
            or any(aux.dep_ in {"aux", "cop"} and aux.tag_ in _FINITE for aux in child.lefts)
        )
        if set_off or coordinated:
            indices -= _subtree(child)
    return indices


def _after(head: Token, cue: Span) -> set[int]:
    """Return the phrase of ``head`` from the cue on, without what a comma sets off."""
    indices = _subtree(head)
    for child in head.rights:
        if child.dep_ in {"acl:relcl", "appos", "conj", "advcl", "parataxis"} and (
            _is_set_off(child) or child.dep_ == "conj"
        ):
            indices -= _subtree(child)
    return {i for i in indices if i >= cue.end}


def _comment(root: Token, inside: set[int]) -> set[int]:
    """Return the clause on which ", I think," comments."""
    if root.dep_ in {"parataxis", "discourse", "conj"} and root.head.i not in inside:
        return _subtree(root.head) - _subtree(root)
    return _phrases(child for child in root.children if child.dep_ in {"ccomp", "parataxis"})


def _phrases(heads: Iterable[Token]) -> set[int]:
    """Return the words of the phrases, without the conjunction "that" before a clause."""
    indices: set[int] = set()
    for head in heads:
        antecedent = _antecedent(head)
        if antecedent is not head:
            indices |= _subtree(antecedent) - _subtree(head.head)  # without the relative clause
            continue
        indices |= _subtree(head)
        indices -= {
            child.i
            for child in head.lefts
            if child.lower_ == "that"
            and (child.dep_ == "mark" or (child.tag_ == "WDT" and child.i == head.left_edge.i))
        }
    return indices


def _subtree(token: Token) -> set[int]:
    """Return the indices of the subtree without the parentheses in it."""
    columns = columns_of(token.doc)
    indices = columns.subtree(token.i)
    parentheses: set[int] = set()
    for i in indices - {token.i}:
        if columns.deps[i] in _PARENTHESES:
            parentheses.add(i)
        elif columns.lower[i] == "according" and columns.deps[i] == "case" and i < columns.heads[i]:
            parentheses.add(columns.heads[i])
        elif columns.lower[i : i + 2] == ["according", "to"]:  # taken for a verb
            parentheses.add(i)
            parentheses.update(
                j
                for j in indices
                if j > i + 1 and columns.deps[j] == "obl" and i + 2 in columns.subtree(j)
            )
    for i in parentheses - {token.i}:
        indices -= columns.subtree(i)
    return indices


def _cleft_focus(root: Token) -> Token:
    """Return the head of "what is unclear is *whether …*" from its first half."""
    focus = root.head
    return focus.head if focus.lower_ == "what" else focus


def _antecedent(subject: Token) -> Token:
    verb = subject.head
    relative = subject.lower_ in {"that", "which", "who"} and verb.dep_ == "acl:relcl"
    return verb.head if relative and subject.dep_ in SUBJECTS else subject


def _is_infinitive(token: Token, child: Token) -> bool:
    """Say whether ``child`` is the "to face" of "likely to face", taken for an adverbial."""
    return (
        child.dep_ == "advcl"
        and token.tag_ in {"JJ", "VBN", "RB"}
        and any(mark.lower_ == "to" for mark in child.lefts)
    )


def _has_subject(token: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in token.children)


def _is_passive(cue: Span) -> bool:
    return any(child.dep_ in _PASSIVE for token in cue for child in token.children)


def _is_comment(root: Token) -> bool:
    return root.dep_ == "parataxis" or any(
        child.dep_ in {"ccomp", "parataxis"} and child.i < root.i for child in root.children
    )


def _is_set_off(head: Token) -> bool:
    edge = head.left_edge.i
    before = head.doc[edge - 1] if edge else None
    first = head.doc[edge]
    return first.text in {",", "-", "–", "—", "(", ";"} or (
        before is not None and before.text in {",", "-", "–", "—", "(", ";", "--"}
    )


def _until_punctuation(cue: Span) -> set[int]:
    """Return the words after the cue up to the next punctuation, else those before it."""
    words = columns_of(cue.doc).words
    after: set[int] = set()
    for i, word in enumerate(words[cue.end : cue.end + _REACH], cue.end):
        if not _counts(word):
            if after or "\n" in word or word == ".":
                break
            continue
        after.add(i)
    if after:
        return after
    before: set[int] = set()
    for i in range(cue.start - 1, max(0, cue.start - _REACH) - 1, -1):
        if not _counts(words[i]):
            if before or "\n" in words[i] or words[i] == ".":
                break
            continue
        before.add(i)
    return before


def _counts(word: str) -> bool:
    """Say whether ``word`` is one: neither white space nor punctuation."""
    return word.isalnum() or any(char.isalnum() or char in "$£€¥%" for char in word)


def _spans(cue: Span, indices: set[int]) -> tuple[Span, ...]:
    """Return the runs of ``indices`` in the cue's paragraph, without punctuation at the edges."""
    doc, is_space = cue.doc, columns_of(cue.doc).is_space
    first, last = _bounds(cue)
    indices = indices | {
        i + 1
        for i in indices
        if i + 1 < len(doc) and doc[i + 1].lower_ in _CLITICS and not doc[i].whitespace_
    } - set(range(cue.start, cue.end))
    runs: list[list[int]] = []
    for i in sorted(each for each in indices if first <= each < last):
        gap = range(runs[-1][-1] + 1, i) if runs else None
        if gap is not None and all(is_space[each] for each in gap):
            runs[-1].append(i)
        else:
            runs.append([i])
    return tuple(
        doc[start:end] for run in runs for start, end in _trimmed(doc, run[0], run[-1] + 1)
    )


def _trimmed(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = columns_of(doc).words
    while start < end and not _counts(words[start]):
        start += 1
    while end > start and not _counts(words[end - 1]):
        end -= 1
    if start < end:
        yield start, end


def _bounds(cue: Span) -> tuple[int, int]:
    """Return how far a scope may reach: the sentence, and the quotation around the cue.

    A few quoted words without a verb, *it was “highly likely” that he fled*, bound nothing. The
    sentence is that of the punctuation, for the parser joins some that are two; a semicolon
    ends one too, unless it only parts the items of a list.
    """
    doc, columns = cue.doc, columns_of(cue.doc)
    least, most = max(0, cue.start - _REACH), min(len(doc), cue.end + _REACH)
    first, last = cue.start, cue.end
    while first > least and not _is_bound(columns, first - 1):
        first -= 1
    while last < most and not _is_bound(columns, last):
        last += 1
    for start, end in columns.quotations:
        inside = slice(max(first, start), min(last, end))
        if start <= cue.start and cue.end <= end and _has_verb(columns.tags[inside]):
            first, last = inside.start, inside.stop
    return first, last


def _has_verb(tags: Iterable[str]) -> bool:
    return any(tag in VERB_TAGS or tag == "MD" for tag in tags)


def _is_bound(columns: Columns, i: int) -> bool:
    """Does token ``i`` end a sentence, or a clause before another with a verb of its own?"""
    word = columns.words[i]
    return _ends_sentence(word) or (word == ";" and _precedes_clause(columns, i))


def _ends_sentence(word: str) -> bool:
    return word in {".", "!", "?"} or ("\n" in word and word.isspace())


def _precedes_clause(columns: Columns, semicolon: int) -> bool:
    """Say whether a clause with a verb of its own follows a semicolon."""
    for i in range(semicolon + 1, min(semicolon + 1 + _REACH, len(columns.words))):
        if columns.words[i] == ";" or _ends_sentence(columns.words[i]):
            break
        if columns.tags[i] in _FINITE:
            return True
    return False
