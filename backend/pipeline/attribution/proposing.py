"""Proposes the spans of attributions from syntax: sources, cues and contents.

The constructions are data (``rules/constructions.toml``); here is how each is read off a tree of
Universal Dependencies. Next to quotation marks, where parsers err most, a verb of saying and the
noun phrase beside it are enough. Nothing inside a quotation is a cue: those words are the
speaker's own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from backend.pipeline.attribution.constructions import Constructions, Verb, constructions
from backend.pipeline.attribution.scene import CONTENT, CUE, SOURCE
from backend.pipeline.attribution.senses import says_nothing
from backend.pipeline.quotations import QuotationState, quotation_states

Bounds = tuple[int, int]

_FINITE = {"VBD", "VBZ", "VBP", "VB", "VBN", "VBG"}
_SUBJECTS = {"nsubj", "csubj"}
_AUXILIARIES = {"aux", "aux:pass"}
_NOMINAL = {
    "DT", "PDT", "PRP", "PRP$", "NN", "NNS", "NNP", "NNPS", "CD", "JJ", "JJR", "JJS", "POS", "VBN",
    "HYPH", "WP", "$",
}  # fmt: skip
_DETERMINERS = {"DT", "PRP$"}
_HEADS = {"NN", "NNS", "NNP", "NNPS", "PRP", "DT", "CD", "WP", "JJ"}
_CLAUSES = {"ccomp", "parataxis"}
_NEARBY = 8
"""How many attributions back an *as* clause can reach in its sentence."""
_OBJECTS = {"obj", "ccomp"}
_BETWEEN = {"iobj", "obl", "obl:unmarked", "advmod", "obl:tmod", "obl:npmod"}
_GOES_ON = {"conj", "advcl", "parataxis", "appos"}
_BREAKS = frozenset(";—–") | {"--"}
_EDGE = frozenset(",;:.—–-")
_ENDS = frozenset(".!?…")
_WEEK = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_DAYS = frozenset(_WEEK.split()) | {"on", "yesterday", "today"}


def propose(doc: Doc) -> list[Span]:
    """Return the spans that ``doc``'s syntax suggests, labelled SOURCE, CUE or CONTENT."""
    return _Reader(doc, constructions()).read()


@dataclass(frozen=True, slots=True)
class _Found:
    """The spans of one attribution; without ``contents`` where these are for the linker to find."""

    cue: Bounds
    source: Bounds | None
    contents: list[Bounds]
    speech: bool = True


class _Reader:
    """Reads one parsed Doc."""

    def __init__(self, doc: Doc, rules: Constructions) -> None:
        self.doc, self.rules = doc, rules
        self.states = quotation_states(doc)
        self.found: list[_Found] = []
        self.cues: list[int] = []
        """Where the cues of saying among them begin, in order."""
        self.asides: list[Bounds] = []
        """What ends a content that it closes: *…, as X says*, *…, according to X*."""
        self.clauses: list[int] = []
        """Where a clause begins that is coordinate and has a cue and a source of its own."""

    def read(self) -> list[Span]:
        according: list[Token] = []
        for token in self.doc:
            if self.states[token.i] != QuotationState.OUTSIDE:
                continue
            if token.lower_ == "according":
                according.append(token)
            elif token.lower_ in self.rules.adverbs:
                self._adverb(token)  # some are taken for verbs
            elif token.tag_ in _FINITE:
                self._verb(token)
            elif token.tag_ in ("NN", "NNS"):
                self._noun(token)
        for token in according:
            self._according(token)
        spans: dict[tuple[int, int, str], None] = {}
        said = bytearray(len(self.doc))
        for one in self.found:
            for start, end in one.contents:
                said[start:end] = b"\1" * (end - start)
        self.asides.sort()
        for one in self.found:
            if not one.speech and said[one.cue[0]]:
                continue  # what a speaker is said to want or know is part of what is said
            spans[*one.cue, CUE] = None
            if one.source:
                spans[*one.source, SOURCE] = None
            for bounds in one.contents:
                start, end = self._without_asides(bounds)
                if start < end:
                    spans[start, end, CONTENT] = None
        return [Span(self.doc, start, end, label=label) for start, end, label in spans]

    def _without_asides(self, bounds: Bounds) -> Bounds:
        start, end = bounds
        at = bisect_right(self.asides, (start, len(self.doc)))
        for first, last in self.asides[at:]:
            if first >= end:
                break
            if end <= last + 1:
                end = first
        return _trim(self.doc, start, end)

    # -- what is found ------------------------------------------------------------------------

    def _record(self, one: _Found) -> None:
        self.found.append(one)
        if one.speech:
            insort(self.cues, one.cue[0])

    def _attribute(
        self, cue: Bounds, source: Bounds | None, contents: Sequence[Bounds], speech: bool = True
    ) -> bool:
        """Record an attribution if it has content."""
        trimmed = [_trim(self.doc, *bounds) for bounds in contents]
        full = [(start, end) for start, end in trimmed if start < end]
        if full:
            self._record(_Found(cue, source and _trim(self.doc, *source), full, speech))
        return bool(full)

    # -- verbs --------------------------------------------------------------------------------

    def _verb(self, token: Token) -> None:
        particle = next((t.lower_ for t in token.rights if t.dep_ == "compound:prt"), "")
        verb = self.rules.verbs.get((token.lemma_.lower(), particle))
        if verb is None:
            return
        cue = self._verb_group(token)
        if says_nothing(self.doc[cue[0] : cue[1]]):
            return
        passive = any(t.dep_ == "aux:pass" for t in token.children)
        if passive or (token.tag_ == "VBN" and not self._has_auxiliary(token)):
            self._passive(token, verb, cue)
        else:
            self._active(token, verb, cue)

    def _has_auxiliary(self, token: Token) -> bool:
        holder = token.head if token.dep_ == "conj" else token
        return any(t.dep_ in _AUXILIARIES for t in (*token.children, *holder.children))

    def _verb_group(self, token: Token) -> Bounds:
        """Return the verb with its auxiliaries, negation and the adverbs among and before them."""
        start, end = token.i, token.i + 1
        mine = {
            t.i
            for t in token.children
            if t.dep_ in _AUXILIARIES or (t.dep_ == "advmod" and t.tag_ in ("RB", "RBR"))
        }
        while start - 1 in mine:
            start -= 1
        for t in token.rights:
            if t.dep_ == "compound:prt" and t.i == end:
                end += 1
        if end < len(self.doc) and self.doc[end].text == ":":
            end += 1
        return start, end

    def _active(self, token: Token, verb: Verb, cue: Bounds) -> None:
        if verb.speech and self._fronted_as(token, cue):
            return
        source = self._subject([token])
        if source is None and verb.speech:
            source = self._beside(cue)
        source = source or self._subject(self._above(token))
        if verb.impersonal:
            if self._has_expletive(token):
                self._attribute(cue, None, self._clauses_after(token, cue))
            return
        if source is None:
            return
        contents = self._contents(token, verb, cue, source)
        if self._attribute(cue, source, contents, verb.speech):
            if token.dep_ == "conj":
                self.clauses.append(min(source[0], cue[0], token.left_edge.i))
        elif verb.speech and self._is_as_clause(token):
            self.asides.append((token.left_edge.i, token.right_edge.i + 1))
            self._record(_Found(cue, source, self._host(token)))

    def _contents(self, token: Token, verb: Verb, cue: Bounds, source: Bounds) -> list[Bounds]:
        if verb.speech and (before := self._before(token, cue, source)):
            return [*before, *self._going_on(cue, source)]
        contents: list[Bounds] = []
        if "clause" in verb.content:
            contents += self._clauses_after(token, cue)
        if "infinitive" in verb.content and not contents:
            contents += self._infinitives(token)
        if verb.speech and not contents:
            contents += self._quotation_after(cue, source) or self._next_paragraph(cue)
        if "object" in verb.content and not contents:
            contents += self._objects(token)
        return contents

    def _is_as_clause(self, token: Token) -> bool:
        is_clause = token.dep_.startswith("advcl") or token.dep_ == "ccomp"  # some parse it so
        return is_clause and any(t.dep_ == "mark" and t.lower_ == "as" for t in token.lefts)

    def _fronted_as(self, token: Token, cue: Bounds) -> bool:
        """Read *As X points out, …* from the words alone: parsers take the clause for the main one.

        There the cue has no object or clause of its own before the comma.
        """
        doc, sentence = self.doc, token.sent
        start, end = sentence.start + 1, cue[1]
        if doc[sentence.start].lower_ != "as" or self._is_as_clause(token):
            return False
        if not start < cue[0] or any(t.tag_ not in _NOMINAL for t in doc[start : cue[0]]):
            return False
        while end < sentence.end and doc[end].tag_ not in _FINITE and doc[end].tag_ != "MD":
            if doc[end].text == "," and end + 1 < sentence.end:
                self.asides.append((sentence.start, end))
                content = _trim(doc, end, sentence.end)
                self._record(_Found(cue, (start, cue[0]), [content]))
                return True
            if doc[end].lower_ == "that" or doc[end].dep_ in _OBJECTS:
                return False
            end += 1
        return False

    def _host(self, clause: Token) -> list[Bounds]:
        """Return what an *as* clause hangs on, or nothing where that is content already."""
        host = clause.head
        nearby = self.found[-_NEARBY:]
        taken = [bounds for one in nearby for bounds in (one.cue, *one.contents)]
        if any(start <= host.i < end for start, end in taken):
            return []
        start, end = host.left_edge.i, host.right_edge.i + 1
        first, last = clause.left_edge.i, clause.right_edge.i + 1
        parts = [_trim(self.doc, *bounds) for bounds in ((start, first), (last, end))]
        return [(left, right) for left, right in parts if left < right]

    def _passive(self, token: Token, verb: Verb, cue: Bounds) -> None:
        agent = next((t for t in token.rights if t.dep_ == "obl:agent"), None)
        subject = next((t for t in token.lefts if t.dep_ in ("nsubj:pass", "nsubj")), None)
        if agent is not None and "object" in verb.content and subject is not None:
            by = next((t for t in agent.lefts if t.dep_ == "case"), None)
            if by is not None and by.i == cue[1] and subject.lower_ != "it":
                self._attribute(
                    (cue[0], by.i + 1), self._phrase(agent, skip=by.i), [self._phrase(subject)]
                )
            return
        if cue[0] == token.i and not any(t.dep_ in _AUXILIARIES for t in token.children):
            return
        contents: list[Bounds] = []
        if "clause" in verb.passive:
            contents += self._clauses_after(token, cue)
        if "infinitive" in verb.passive and not contents:
            contents += self._infinitives(token)
        source = self._phrase(agent, skip=agent.left_edge.i) if agent else None
        self._attribute(cue, source, contents, verb.speech or not agent)

    def _has_expletive(self, token: Token) -> bool:
        return any(
            t.lower_ == "it" and (t.dep_ in ("expl", "nsubj", "nsubj:pass")) for t in token.lefts
        )

    # -- sources ------------------------------------------------------------------------------

    def _subject(self, verbs: Iterable[Token]) -> Bounds | None:
        """Return the subject of the first of ``verbs`` that has one."""
        for verb in verbs:
            for t in verb.children:
                if any(c.dep_ == "case" and c.tag_ != "POS" for c in t.lefts):
                    continue  # no subject stands under a preposition: the parser erred
                if t.dep_ in _SUBJECTS and self.states[t.i] == QuotationState.OUTSIDE:
                    if t.lower_ == "there" or t.dep_ == "csubj":
                        return None
                    return self._with_apposition(verb, self._phrase(t))
                if t.dep_ == "expl" or t.dep_ == "nsubj:pass":
                    return None
        return None

    def _with_apposition(self, verb: Token, bounds: Bounds) -> Bounds:
        """Take in a second subject after a comma: an apposition that the parser read as one."""
        for t in verb.lefts:
            if t.dep_ in _SUBJECTS and t.left_edge.i == bounds[1] and t.left_edge.text == ",":
                return bounds[0], self._phrase(t)[1]
        return bounds

    def _above(self, token: Token) -> Iterator[Token]:
        """Yield the verbs that ``token`` may share a subject with."""
        for _ in range(3):
            if token.dep_ not in ("conj", "xcomp", "advcl") or (
                token.dep_ == "advcl" and token.tag_ != "VBG"
            ):
                return
            token = token.head
            yield token

    def _beside(self, cue: Bounds) -> Bounds | None:
        """Return the noun phrase beside a cue that follows a quotation or a comma."""
        doc = self.doc
        at = cue[0] - 1
        if at >= 0 and (self.states[at] == QuotationState.CLOSING or doc[at].text == ","):
            end = cue[1]
            while end < len(doc) and doc[end].tag_ in _NOMINAL and not doc[end].is_space:
                end += 1
            return (cue[1], end) if end > cue[1] and doc[end - 1].tag_ in _HEADS else None
        start = cue[0]
        while start > 0 and doc[start - 1].tag_ in _NOMINAL and not doc[start - 1].is_space:
            start -= 1
            if doc[start].tag_ in _DETERMINERS:
                break
        before = (
            start == 0
            or doc[start].tag_ in _DETERMINERS
            or self.states[start - 1] == QuotationState.CLOSING
            or (doc[start - 1].text == "," and self._ends_sentence(cue[1]))
        )
        if before and start < cue[0] and doc[cue[0] - 1].tag_ in _HEADS:
            return start, cue[0]
        return None

    def _phrase(self, token: Token, skip: int = -1) -> Bounds:
        """Return the words of a noun phrase, from the word after ``skip`` on.

        A clause with *that* which the parser hangs on it is left out, and so is what a quotation
        mark cuts off.
        """
        start, end = max(token.left_edge.i, skip + 1), token.right_edge.i + 1
        for t in self.doc[token.i + 1 : end]:
            if (t.lower_ == "that" and t.dep_ == "mark") or self.states[t.i] != self.states[
                token.i
            ]:
                end = t.i
                break
        for t in self.doc[start : token.i]:
            if self.states[t.i] != self.states[token.i] or t.is_space:
                start = t.i + 1
        return start, end

    # -- contents -----------------------------------------------------------------------------

    def _clauses_after(self, token: Token, cue: Bounds) -> list[Bounds]:
        """Return the clause that follows a cue, with the words that a parser may have cut off."""
        clause = next((t for t in token.rights if t.dep_ in _CLAUSES and t.i >= cue[1]), None)
        if clause is None or self._is_quoted(clause.left_edge.i):
            return []
        if clause.dep_ == "parataxis" and self.doc[cue[1] - 1].text != ":":
            return []
        start = self._clause_start(token, clause, cue)
        end = self._clause_end(token, clause)
        return [self._to_quotation(start, end)] if start < end else []

    def _clause_start(self, token: Token, clause: Token, cue: Bounds) -> int:
        """Return where the clause begins: after the cue, whom it is told, and when."""
        between = {
            i
            for t in token.rights
            if t.i < clause.i and t.dep_ in _BETWEEN
            for i in range(t.left_edge.i, t.right_edge.i + 1)
        }
        start = cue[1]
        while start < clause.i and (start in between or self.doc[start].text in _EDGE):
            start += 1
        that = next((t for t in clause.lefts if t.lower_ == "that" and t.dep_ == "mark"), None)
        return that.i if that is not None and that.i >= cue[1] else start

    def _clause_end(self, token: Token, clause: Token) -> int:
        """Return where the clause ends: before what goes on from the cue or a word above it."""
        above = {token.i}
        while token.head.i != token.i:
            token = token.head
            above.add(token.i)
        end = clause.right_edge.i + 1
        while end < clause.sent.end and not self.doc[end].is_space:
            t = self.doc[end]
            if t.text in _BREAKS or (t.head.i in above and t.dep_ in _GOES_ON):
                break
            if t.dep_ in ("cc", "mark", "nsubj", "punct") and self._leads(t, above):
                break
            end += 1
        return end

    def _leads(self, t: Token, above: set[int]) -> bool:
        """Does ``t`` open a clause that goes on from one of the words ``above``?"""
        return t.head.dep_ in _GOES_ON and t.head.head.i in above and t.i < t.head.i

    def _is_quoted(self, start: int) -> bool:
        return self.states[start] in (QuotationState.OPENING, QuotationState.INSIDE)

    def _to_quotation(self, start: int, end: int) -> Bounds:
        """Let a span that ends inside a quotation run to its closing mark, in its paragraph."""
        while (
            end < len(self.doc)
            and self.states[end] in (QuotationState.INSIDE, QuotationState.CLOSING)
            and self.states[end - 1] in (QuotationState.INSIDE, QuotationState.OPENING)
            and not self.doc[end].is_space
        ):
            end += 1
        return start, end

    def _infinitives(self, token: Token) -> list[Bounds]:
        return [
            (t.left_edge.i, t.right_edge.i + 1)
            for t in token.rights
            if t.dep_ == "xcomp" and self.doc[t.left_edge.i].lower_ == "to"
        ][:1]

    def _objects(self, token: Token) -> list[Bounds]:
        return [
            (t.left_edge.i, t.right_edge.i + 1)
            for t in token.rights
            if t.dep_ == "obj" and t.tag_ not in ("PRP", "WP")
        ][:1]

    def _quotation_after(self, cue: Bounds, source: Bounds) -> list[Bounds]:
        """Return the quotation that a cue leads up to: *told reporters on Monday: “…”*."""
        start = max(cue[1], source[1]) if source[0] == cue[1] else cue[1]
        for i in range(start, min(start + 12, len(self.doc))):
            token = self.doc[i]
            if self.states[i] == QuotationState.OPENING:
                led = (
                    self.doc[i - 1].text in (",", ":") or i == start or token.nbor(-1).tag_ == "IN"
                )
                if not led:
                    return []
                return [(i, self._end_of_quotation(i))]
            if token.text in _ENDS or "\n" in token.text or token.tag_ in ("VBD", "VBZ", "VBP"):
                return []
        return []

    def _next_paragraph(self, cue: Bounds) -> list[Bounds]:
        """Return the paragraph that *He said:* announces at the end of its own."""
        doc = self.doc
        end = cue[1]
        if end + 1 >= len(doc) or doc[end - 1].text != ":" or "\n" not in doc[end].text:
            return []
        if self.states[end + 1] == QuotationState.OPENING:
            return [(end + 1, self._end_of_quotation(end + 1))]
        last = end + 1
        while last < len(doc) and "\n" not in doc[last].text:
            last += 1
        return [(end + 1, last)]

    def _end_of_quotation(self, i: int) -> int:
        end = i + 1
        while (
            end < len(self.doc)
            and self.states[end] != QuotationState.OUTSIDE
            and "\n" not in self.doc[end].text
        ):
            end += 1
            if self.states[end - 1] == QuotationState.CLOSING and (
                end == len(self.doc) or self.states[end] == QuotationState.OUTSIDE
            ):
                break
        return end

    def _before(self, token: Token, cue: Bounds, source: Bounds) -> list[Bounds]:
        """Return the content before *…, X said* or *“…,” said X*, from its sentence's start.

        In *the museum, he said, is large* it goes on after the cue.
        """
        doc = self.doc
        group = (min(cue[0], source[0]), max(cue[1], source[1]))
        if group[1] - group[0] > _size_of(cue) + _size_of(source):
            return []
        at = group[0] - 1
        if at < 1:
            return []
        if self.states[at] == QuotationState.CLOSING:
            if doc[at - 1].text == "." and self._clauses_after(token, cue):
                return []  # the quotation was a sentence of its own
            return [(self._quoted_start(at), at + 1)]
        if doc[at].text != "," or doc[at].sent.start >= at:
            return []
        start = doc[at].sent.start
        if self._ends_sentence(group[1]):
            return [(start, at)]
        if self._is_clause_before(token, at):
            if doc[group[1]].text == ",":
                return [(start, at), (group[1], doc[at].sent.end)]
            return [(start, at)]
        return []

    def _ends_sentence(self, i: int) -> bool:
        """Is there nothing but a day or an adverb between ``i`` and the sentence's end?"""
        doc = self.doc
        while i < len(doc) and (doc[i].tag_ in ("RB", "CD") or doc[i].text in _DAYS):
            i += 1
        return i >= len(doc) or doc[i].is_space or doc[i].text in _ENDS

    def _quoted_start(self, closing: int) -> int:
        """Return where the content begins that ends with a quotation's closing mark."""
        opening = closing
        while opening > 0 and self.states[opening - 1] != QuotationState.OUTSIDE:
            opening -= 1
        start = min(self.doc[closing].sent.start, self.doc[opening].sent.start, opening)
        while start > 0 and self.states[start] in (QuotationState.INSIDE, QuotationState.CLOSING):
            start -= 1
        return start

    def _is_clause_before(self, token: Token, comma: int) -> bool:
        """Is what stands before the comma a clause that ``token`` comments on?"""
        if any(t.dep_ in _CLAUSES and t.i < comma for t in token.lefts):
            return True
        is_joined = token.dep_ == "conj" and not any(t.dep_ == "cc" for t in token.lefts)
        return (token.dep_ == "parataxis" or is_joined) and token.head.i < comma

    def _going_on(self, cue: Bounds, source: Bounds) -> list[Bounds]:
        """Return the quotation of the next sentence: *“…,” she said. “…”*."""
        doc = self.doc
        end = max(cue[1], source[1])
        while end < len(doc) and self.states[end] == QuotationState.OUTSIDE:
            if doc[end].text in (".", ",", ":"):
                following = end + 1
                if following < len(doc) and self.states[following] == QuotationState.OPENING:
                    return [(following, self._end_of_quotation(following))]
                return []
            if end - max(cue[1], source[1]) > 12 or "\n" in doc[end].text:
                return []
            end += 1
        return []

    # -- nouns and prepositions ---------------------------------------------------------------

    def _noun(self, token: Token) -> None:
        lemma = token.lemma_.lower()
        if token.i + 1 >= len(self.doc):
            return
        verbs = self.rules.received.get(lemma)
        if (
            verbs
            and token.dep_ == "obj"
            and token.head.lemma_.lower() in verbs
            and token.nbor().lower_ == "from"
        ):
            self._received(token)
            return
        if lemma in self.rules.nouns and token.nbor().lower_ == "that":
            clause = next(
                (
                    t
                    for t in token.rights
                    if t.dep_ in ("acl", "ccomp", "acl:relcl") and t.left_edge.i == token.i + 1
                ),
                None,
            )
            if clause is None or self.doc[token.i + 1].tag_ == "WDT" or clause.tag_ == "IN":
                return
            owner = next((t for t in token.lefts if t.dep_ == "nmod:poss"), None)
            self._attribute(
                (token.i, token.i + 1),
                (owner.left_edge.i, owner.right_edge.i + 1) if owner is not None else None,
                [(token.i + 1, clause.right_edge.i + 1)],
            )

    def _received(self, token: Token) -> None:
        """Read *has received confirmation from X that …*."""
        start = token.i + 2
        sentence_end = token.sent.end
        that = next((t.i for t in self.doc[start:sentence_end] if t.lower_ == "that"), None)
        if that is None or that == start:
            return
        cue = (self._verb_group(token.head)[0], start)
        self._attribute(cue, (start, that), [(that, sentence_end)])

    def _adverb(self, token: Token) -> None:
        """Read *X has reportedly left*: the clause around the adverb, up to the next clause.

        Some parses have the adverb govern the clause.
        """
        verb = next((t for t in token.rights if t.dep_ == "ccomp"), token.head)
        following = self.doc[min(token.i + 1, len(self.doc) - 1)]
        if following.dep_ == "amod" or not _has_subject(verb):
            return
        start = min(verb.left_edge.i, token.i)
        end = min(
            (
                t.left_edge.i
                for t in verb.rights
                if t.i > token.i and t.dep_ in ("conj", "parataxis") and _has_subject(t)
            ),
            default=verb.right_edge.i + 1,
        )
        contents = [(start, token.i), (token.i + 1, end)]
        self._attribute((token.i, token.i + 1), None, contents, speech=False)

    def _according(self, token: Token) -> None:
        """Read *According to X, …*, *…, according to X* and *… according to X, …*."""
        doc = self.doc
        if token.i + 2 >= len(doc) or token.nbor().lower_ != "to":
            return
        head = token.head if token.head.i > token.i else doc[token.i + 2]
        cue = (token.i, token.i + 2)
        source = self._phrase(head, skip=token.i + 1)
        sentence = token.sent
        self.asides.append((cue[0], source[1]))
        end = next((i for i in self.clauses if source[1] < i < sentence.end), sentence.end)
        after, before = (source[1], end), (sentence.start, token.i)
        if doc[token.i - 1].text != "," and not any(t.tag_ in _FINITE for t in doc[slice(*before)]):
            before = (token.i, token.i)  # *the crew according to him* is one noun phrase
        contents = [
            _trim(doc, *bounds)
            for bounds in (before, after)
            if _size(doc, bounds) > 1 and not self._is_claimed(bounds)
        ]
        self._record(_Found(cue, _trim(doc, *source), contents))

    def _is_claimed(self, bounds: Bounds) -> bool:
        """Does an attribution with a cue of its own take up these words?"""
        return bisect_left(self.cues, bounds[0]) < bisect_left(self.cues, bounds[1])


def _has_subject(verb: Token) -> bool:
    return any(t.dep_ in ("nsubj", "nsubj:pass", "csubj") for t in verb.lefts)


def _size_of(bounds: Bounds) -> int:
    return bounds[1] - bounds[0]


def _size(doc: Doc, bounds: Bounds) -> int:
    return sum(not t.is_punct and not t.is_space for t in doc[bounds[0] : bounds[1]])


def _trim(doc: Doc, start: int, end: int) -> Bounds:
    while start < end and (doc[start].is_space or doc[start].text in _EDGE):
        start += 1
    while start < end and (doc[end - 1].is_space or doc[end - 1].text in _EDGE):
        end -= 1
    return start, end
