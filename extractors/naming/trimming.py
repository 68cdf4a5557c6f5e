"""Spans without what belongs to the sentence and not to the name, and which of them are names."""

import re
from collections.abc import Iterable, Iterator

from extractors.naming.gazetteer import organisation_called
from extractors.naming.names import PARTICLES, folded_words
from extractors.naming.spans import LINE_ENDS, WITHOUT_ENTITY, Span, Words
from extractors.wordlists import words_in

_ARTICLES = frozenset({"the", "a", "an"})
_OFFICES = frozenset({"Secretary", "Secretaries", "Minister", "Ministers"})
_POSSESSIVES = frozenset({"'s", "’s", "´s", "`s", "'", "’", "'S", "’S"})
#: What a body makes, written like a part of its name.
_POLLS = frozenset({"Poll", "Polls"})
_LINKS = frozenset({"and", "or", "of", "in", "at", "for", "on", "the", "to", "by", "with", "from"})
#: Names of months, of days of the week, and of days seen from the day of writing, folded.
CALENDAR = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
    ]
)
#: Addresses, handles, a politician's party and state, "D-Calif.", and sums, "R2bn".
_NO_NAME = re.compile(r"@|://|^[DRI]-[A-Z]|^[A-Z$€£]{1,3}\d[\d.,]*(?:bn|tn|m|k)\b")
#: Tags of words that no sentence begins with as a name.
_COMMON = frozenset({"NN", "NNS", "VBN", "VBG", "VBD", "RB", "IN", "WRB", "PRP"})
_SCORE = re.compile(r"\d{1,3}[-–]\d{1,3}")


def joined_at_particles(words: Words, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield `spans`, "Lena von der" and "Heide" as one."""
    open_span: Span | None = None
    for span in spans:
        if open_span and _waits_for(words, open_span, span.first):
            yield Span(first=open_span.first, end=span.end, label="PERSON")
            open_span = None
            continue
        if open_span:
            yield open_span
        open_span = span
    if open_span:
        yield open_span


def all_trimmed(words: Words, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield each of `spans` without article, possessive, outer punctuation and titles."""
    for span in spans:
        bare = trimmed(words, span)
        if bare.first < bare.end:
            yield bare


def on_one_line(words: Words, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield each of `spans` as far as its first line goes, without blanks around it."""
    for span in spans:
        first, end = span.first, _end_of_line(words, span)
        while first < end and words.texts[end - 1].isspace():
            end -= 1
        while first < end and words.texts[first].isspace():
            first += 1
        if first < end:
            yield Span(first=first, end=end, label=span.label)


def plausible(words: Words, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield those of `spans` that look like a name: with a capital, no common word or address."""
    for span in spans:
        if _is_plausible(words, span) and not _is_of_office(words, span):
            yield span


def _is_of_office(words: Words, span: Span) -> bool:
    """Answer whether `span` is part of an office: "Defense" Secretary, Minister for "Justice"."""
    if span.label != "ORG" or span.end - span.first > 1 or words.texts[span.first].isupper():
        return False
    texts, first = words.texts, span.first
    if texts[span.end : span.end + 1] and texts[span.end] in _OFFICES:
        return True
    first -= first > 0 and texts[first - 1] == "the"
    return first > 1 and texts[first - 1] in {"of", "for"} and texts[first - 2] in _OFFICES


def _waits_for(words: Words, span: Span, first: int) -> bool:
    """Answer whether `span`, a person, ends in a particle and word `first` is the surname."""
    return (
        span.label == "PERSON"
        and span.end == first
        and words.texts[first - 1] in PARTICLES
        and words.is_one_line(span.first, first + 1)
    )


def trimmed(words: Words, span: Span) -> Span:
    """Return `span` without what belongs to the sentence and not to the name; may be empty."""
    first, end = span.first, _before_score(words, span.first, _end_of_line(words, span))
    if span.label in {"PERSON", "PLACE"}:
        end = _before_figures(words, first, end)
    while first < end and _is_tail(words, first, end):
        end -= 1
    while first < end and words.texts[first].isspace():
        first += 1
    if span.label in WITHOUT_ENTITY:
        return Span(first=first, end=end, label=span.label)
    while first < end and _is_outside(words, first, end):
        first += 1
    if span.label == "PERSON" and not organisation_called(
        words.phrase(first, end) if first < end else ""
    ):
        first = _after_titles(words, first, end)
    return Span(first=first, end=end, label=span.label)


def _end_of_line(words: Words, span: Span) -> int:
    """Return the end of the part of `span` that stands on its first line."""
    for index in range(span.first, span.end - 1):
        between = words.article.text[words.parse.ends[index] : words.parse.starts[index + 1]]
        is_next = words.parse.paragraphs[index] != words.parse.paragraphs[index + 1]
        if is_next or not LINE_ENDS.isdisjoint(between + words.texts[index]):
            return index + 1
    return span.end


def _before_score(words: Words, first: int, end: int) -> int:
    """Return where the team's name ends in "Harbour Rovers 2-1"."""
    for length in (3, 1):
        if end - first > length and _SCORE.fullmatch("".join(words.texts[end - length : end])):
            return end - length
    return end


def _before_figures(words: Words, first: int, end: int) -> int:
    """Return where the name ends in "Ada Okafor 64 66"."""
    while end - first > 1 and words.texts[end - 1].isdigit():
        end -= 1
    return end


def _is_outside(words: Words, first: int, end: int) -> bool:
    word = words.texts[first]
    if not any(map(str.isalnum, word)):
        return True
    if word.casefold() not in _ARTICLES:
        return word.islower() and word not in PARTICLES
    known = organisation_called(words.phrase(first, end))
    return known is None or not known.startswith("The ")


def _is_tail(words: Words, first: int, end: int) -> bool:
    word = words.texts[end - 1]
    if word in _POSSESSIVES:
        return organisation_called(words.phrase(first, end)) is None  # "McDonald's" keeps it
    if word in _POLLS:
        return end - first > 1
    is_verb = word.islower() and words.parse.tags[end - 1][:2] in {"VB", "MD"}
    return is_verb or not any(map(str.isalnum, word)) or word.casefold() in _LINKS


def _after_titles(words: Words, first: int, end: int) -> int:
    """Return where the name begins after "President", "Secretary of State", "Mr."; before `end`."""
    titles = words_in("titles")
    longest = 3
    while first < end - 1:
        lengths = range(min(longest, end - 1 - first), 0, -1)
        phrases = ((n, " ".join(folded_words(words.phrase(first, first + n)))) for n in lengths)
        taken = next((length for length, phrase in phrases if phrase in titles), 0)
        if not taken:
            break
        first += taken
    return first


def _is_plausible(words: Words, span: Span) -> bool:
    name = words.phrase(span.first, span.end)
    if span.label == "MONEY":
        return any(map(str.isdigit, name)) or " " in name
    if span.label == "DATE":
        return _is_date(name)
    if _NO_NAME.search(name) or not any(map(str.isupper, name)):
        return False
    if _is_no_name(words, span, " ".join(folded_words(name))):
        return False
    return not (_is_common_word(words, span) or (span.label == "PERSON" and _has_digit(name)))


def _is_no_name(words: Words, span: Span, folded: str) -> bool:
    if folded in words_in("not_names") or (span.label == "PERSON" and folded in words_in("titles")):
        return words.texts[span.end - 1] not in words.surnames  # some are called King
    return len(folded) == 1


def _has_digit(name: str) -> bool:
    return any(map(str.isdigit, name))


def _is_common_word(words: Words, span: Span) -> bool:
    """Answer whether `span` is one word with a capital only because its sentence begins with it."""
    word = words.texts[span.first]
    if span.end - span.first > 1 or span.label == "GROUP" or not word[1:].islower():
        return False
    sentences = words.parse.sentences
    if span.first > 0 and sentences[span.first - 1] == sentences[span.first]:
        return False
    if words.is_subject(span.first) and words.parse.lemmas[words.parse.heads[span.first]] == "say":
        return False
    is_noun = words.parse.tags[span.first] in _COMMON and span.label != "PERSON"
    return is_noun or word.lower() in words.lower_case


def _is_date(name: str) -> bool:
    folded = folded_words(name)
    return any(
        word in CALENDAR or (len(word) == 4 and word.isdigit() and word[0] in "12")
        for word in folded
    )
