"""Names the model missed in one place, found by what the article says in another."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.identity import Label
from extractors.naming.gazetteer import organisation_called, place_called
from extractors.naming.givennames import is_first_name
from extractors.naming.names import GENERATIONS, folded_words, is_title
from extractors.naming.nametypes import MOVABLE, SAYING
from extractors.naming.spans import Span, Words
from extractors.wordlists import words_in

_WORDS_OF_PERSON = 4  #: fewer words than these
_LONGEST_KNOWN = 6  #: words of a name that is looked for elsewhere
#: How capitalised words end that stand before a surname and are no given names either.
_ENDINGS_OF_ROLES = ("ing", "ed", "tor", "sor", "ist", "cian", "yer", "eer", "ess", "ent", "ary")
#: Forms of verbs that begin a sentence before its subject: "Said Ellen Baird".
_SAID = frozenset({"Said", "Says", "Added", "Adds", "Asked", "Wrote", "Replied"})
#: Lists of words that stand before a surname and are no given names.
_NOT_GIVEN = ("titles", "not_names", "org_words", "place_words", "event_words")


def with_definitions(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans` with explained names and their abbreviations in place of what overlaps.

    Both have the type of the name: that of the span on it, else ORG.
    """
    spans = list(spans)
    if not words.definitions:
        return spans
    owner = {index: span for span in spans for index in range(span.first, span.end)}
    added: list[Span] = []
    for one in words.definitions:
        over = owner.get(one.first) or owner.get(one.end - 1)
        if over and over.first > one.first + 1:
            over = None  # a part of the name: "Canada"
        label: Label = over.label if over and over.label in MOVABLE - {"PERSON", "GROUP"} else "ORG"
        added.append(Span(first=one.first, end=one.end, label=label))
        added.append(Span(first=one.end + 1, end=one.end + 2, label=label))
    taken = {index for span in added for index in range(span.first, span.end)}
    kept = [span for span in spans if taken.isdisjoint(range(span.first, span.end))]
    return sorted([*_not_overlapping(added), *kept], key=lambda span: span.first)


def _not_overlapping(spans: Iterable[Span]) -> Iterator[Span]:
    end = 0
    for span in sorted(spans, key=lambda span: (span.first, -span.end)):
        if span.first >= end:
            yield span
            end = span.end


def with_missed(words: Words, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield `spans` and the names that were missed, in order, none over another.

    Found are: names and surnames the article has elsewhere, places and organisations everybody
    knows, abbreviations in capitals, and whoever says something.
    """
    spans = list(spans)
    known = _lookup(words, spans)
    by_first = {span.first: span for span in (_without_verb(words, span, known) for span in spans)}
    end = 0
    for index in sorted(by_first.keys() | words.capitals):
        if index < end:
            continue
        span = _joined_name(words, by_first.get(index), by_first, known)
        if span is None and (words.is_proper(index) or _is_surname(words, index, known)):
            room = _room(words, index, by_first)
            span = (
                _known_at(words, index, room, known)
                or _given_name_at(words, index, by_first, known)
                or _unknown_at(words, index)
            )
        if span:
            yield span
            end = span.end


def persons_in_full(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans`, a full name no body but a person where its surname alone is a person's."""
    spans = list(spans)
    persons = [span for span in spans if span.label == "PERSON"]
    lone = {words.texts[span.first] for span in persons if span.end - span.first == 1}
    lone -= {words.texts[span.end - 1] for span in persons if span.end - span.first > 1}
    return [
        replace(span, label="PERSON")
        if span.label in {"ORG", "PLACE", "PRODUCT", "WORK"}
        and 1 < span.end - span.first < _WORDS_OF_PERSON
        and words.texts[span.end - 1] in lone
        and _may_be_full(words, span)
        and place_called(words.name(span)) is None
        else span
        for span in spans
    ]


def _may_be_full(words: Words, span: Span) -> bool:
    """Answer whether `span` looks like a full name and has no word of another kind of name."""
    texts = words.texts[span.first : span.end]
    return is_first_name(texts[0]) or (
        all(map(str.istitle, texts))
        and not any(text.casefold() in words_in(one) for text in texts for one in _NOT_GIVEN)
        and organisation_called(words.name(span)) is None
    )


def _without_verb(words: Words, span: Span, known: Mapping[tuple[str, ...], Label]) -> Span:
    """Return "Ellen Baird" for the span "Said Ellen Baird" or "Ellen Baird Goes" of a headline.

    Some are called Said, but seldom before a name that is known.
    """
    if span.label != "PERSON":
        return span
    tags = words.parse.tags
    end = next((at for at in range(span.first + 1, span.end) if tags[at] == "VBZ"), span.end)
    rest = words.texts[span.first + 1 : end]
    is_name = len(rest) > 1 or known.get(rest) == "PERSON"
    is_verb = words.texts[span.first].title() in _SAID and is_name
    return Span(first=span.first + is_verb, end=end, label="PERSON")


def _lookup(words: Words, spans: Sequence[Span]) -> Mapping[tuple[str, ...], Label]:
    """Return the names worth looking for, word by word, with their labels."""
    known: dict[tuple[str, ...], Label] = {}
    for span in spans:
        if span.label in {"PERSON", "ORG", "PLACE"} and span.end - span.first <= _LONGEST_KNOWN:
            known.setdefault(words.texts[span.first : span.end], span.label)
            last = words.texts[words.end_of_name(span) - 1]
            if span.label == "PERSON" and "".join(folded_words(last)) not in GENERATIONS:
                known.setdefault((last,), "PERSON")
                known.setdefault((last.upper(),), "PERSON")  # a speaker's label: "OKAFOR:"
    return known


def _room(words: Words, index: int, taken: Mapping[int, Span]) -> int:
    """Return where a name that begins with word `index` must have ended."""
    furthest = min(index + _LONGEST_KNOWN, len(words.texts))
    return next((at for at in range(index + 1, furthest) if at in taken), furthest)


def _known_at(
    words: Words, index: int, room: int, known: Mapping[tuple[str, ...], Label]
) -> Span | None:
    """Return the longest known name that begins with word `index`."""
    ends = (end for end in range(room, index, -1) if _stands_alone(words, index, end))
    for end in ends:
        label = known.get(words.texts[index:end]) or _label_everywhere(words, index, end)
        if label:
            return Span(first=index, end=end, label=label)
    return None


def _label_everywhere(words: Words, first: int, end: int) -> Label | None:
    """Return the type of a name that everybody knows."""
    name = words.phrase(first, end)
    if organisation_called(name):
        return "ORG"
    place = place_called(name)
    return "PLACE" if place and not place.is_city else None


def _is_surname(words: Words, index: int, known: Mapping[tuple[str, ...], Label]) -> bool:
    """Answer whether word `index` is a known surname that is tagged as a common noun."""
    word = words.texts[index]
    return (
        word.istitle()
        and words.parse.tags[index] == "NN"
        and known.get((word,)) == "PERSON"
        and word.lower() not in words.lower_case
    )


def _given_name_at(
    words: Words, index: int, taken: Mapping[int, Span], known: Mapping[tuple[str, ...], Label]
) -> Span | None:
    """Return word `index` and the known surname after it: "Amandine Okafor", missed in part."""
    after, end = taken.get(index + 1), index + 2
    if end > len(words.texts) or (after and after.end != end) or not words.is_proper(index + 1):
        return None
    label = after.label if after else known.get(words.texts[index + 1 : end])
    has_title = index > 0 and is_title(words.texts[index - 1])
    is_name = label == "PERSON" or (label == "ORG" and has_title)
    is_whole = _stands_alone(words, index, end) or (has_title and words.is_one_line(index, end))
    if is_name and is_whole and _may_be_given(words, index, has_title):
        return Span(first=index, end=end, label="PERSON")
    return None


def _joined_name(
    words: Words,
    span: Span | None,
    taken: Mapping[int, Span],
    known: Mapping[tuple[str, ...], Label],
) -> Span | None:
    """Return `span`, or the whole name if it is a given name that was held for a body."""
    if span is None or span.label != "ORG" or span.end - span.first > 1:
        return span
    return _given_name_at(words, span.first, taken, known) or span


def _may_be_given(words: Words, index: int, has_title: bool) -> bool:
    """Answer whether word `index` can be a given name and is nothing else."""
    word, folded = words.texts[index], words.texts[index].casefold()
    return (
        len(word) > 2
        and word.isalpha()
        and word.istitle()
        and words.parse.heads[index] == index + 1
        and (has_title or words.is_subject(index + 1))
        and organisation_called(words.texts[index + 1]) is None
        and not folded.endswith(_ENDINGS_OF_ROLES)
        and folded not in words.lower_case
        and not any({folded, folded.removesuffix("s")} & words_in(name) for name in _NOT_GIVEN)
        and organisation_called(word) is None
        and place_called(word) is None
    )


def _unknown_at(words: Words, index: int) -> Span | None:
    """Return word `index` as an abbreviation or as the person who says something."""
    word = words.texts[index]
    if word.casefold() in words_in("not_names") or not word.isalpha():
        return None
    if not _stands_alone(words, index, index + 1):
        return None
    if 3 <= len(word) <= 6 and word.isupper():
        is_label = words.texts[index + 1 : index + 2] == (":",)
        if is_label or _is_shouted(words, index):
            return None
        return Span(first=index, end=index + 1, label="ORG")
    parse = words.parse
    says = parse.relations[index] == "nsubj" and parse.lemmas[parse.heads[index]] in SAYING
    if says and parse.tags[index] == "NNP":
        return Span(first=index, end=index + 1, label="PERSON")
    return None


def _is_shouted(words: Words, index: int) -> bool:
    """Answer whether a word beside word `index` is in capitals as well, as in a headline."""
    beside = (*words.texts[max(index - 1, 0) : index], *words.texts[index + 1 : index + 2])
    return any(len(word) > 1 and word.isalpha() and word.isupper() for word in beside)


def _stands_alone(words: Words, first: int, end: int) -> bool:
    """Answer whether no part of a longer name touches words `first` to `end` in their paragraph."""
    paragraphs = words.parse.paragraphs
    if first > 0 and words.is_proper(first - 1) and paragraphs[first - 1] == paragraphs[first]:
        return False
    if end < len(paragraphs) and words.is_proper(end) and paragraphs[end] == paragraphs[first]:
        return False
    return words.is_one_line(first, end)
