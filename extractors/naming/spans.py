"""Spans of words that name something: what the model gives, cleaned."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.naming.gazetteer import organisation_called
from extractors.naming.labels import LABELS
from extractors.naming.names import PARTICLES, folded_words
from extractors.nlp import Parse
from extractors.records import Article, Label
from extractors.wordlists import words_in

#: What has no identity beyond its place in the text.
WITHOUT_ENTITY: frozenset[Label] = frozenset({"DATE", "MONEY"})

_ARTICLES = frozenset({"the", "a", "an"})
_POSSESSIVES = frozenset({"'s", "’s", "´s", "`s", "'", "’", "'S", "’S"})
#: "Okafor‘s": a mark turned by mistake, which the model leaves in the word.
_TURNED_POSSESSIVE = re.compile(r"(?<=\w)[‘`´]s\Z")
#: Honours and offices behind a person's name, no part of it: "Ada Okafor KC".
LETTERS = frozenset({"KC", "QC", "SC", "MP", "MSP", "MEP", "TD", "CBE", "OBE", "MBE", "KBE", "PhD"})
_LINKS = frozenset({"and", "or", "of", "in", "at", "for", "on", "the", "to", "by", "with", "from"})
_CALENDAR = frozenset(
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
#: Addresses, handles, and a politician's party and state: "D-Calif.".
_NO_NAME = re.compile(r"@|://|^[DRI]-[A-Z]")
_SCORE = re.compile(r"\d{1,3}[-–]\d{1,3}")
_LONGEST_NAME = 16  #: words; what is longer is a model's slip


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Words `first` to `end` (exclusive) of a parse, under a label."""

    first: int
    end: int
    label: Label


class Words:
    """The words of a parse as they stand in the article."""

    def __init__(self, article: Article, parse: Parse) -> None:
        self.article = article
        self.parse = parse
        self.texts: tuple[str, ...] = tuple(
            article.text[start:end] for start, end in zip(parse.starts, parse.ends, strict=True)
        )
        #: Last words of the model's full names of persons.
        self.surnames: frozenset[str] = frozenset(
            self.texts[end - 1]
            for first, end, label in parse.named
            if label == "PERSON"
            and end - first > 1
            and self.texts[first].rstrip(".").lower() not in words_in("titles")
        )
        #: The words that also stand in the article without a capital.
        self.lower_case: frozenset[str] = frozenset(filter(str.islower, self.texts))

    def phrase(self, first: int, end: int) -> str:
        """Return the text from word `first` up to word `end`, blanks as in the article."""
        return self.article.text[self.parse.starts[first] : self.parse.ends[end - 1]]

    def name(self, span: Span) -> str:
        """Return the text of `span` with single blanks, no possessive at its end, nor letters."""
        end = span.end
        while span.label == "PERSON" and end - span.first > 1 and self.texts[end - 1] in LETTERS:
            end -= 1
        return _TURNED_POSSESSIVE.sub("", " ".join(self.phrase(span.first, end).split()))

    def is_one_line(self, first: int, end: int) -> bool:
        """Answer whether words `first` to `end` (exclusive) stand on one line of one paragraph."""
        paragraphs = self.parse.paragraphs
        return paragraphs[first] == paragraphs[end - 1] and not {"\n", "\r"} & set(
            self.phrase(first, end)
        )

    def is_subject(self, index: int) -> bool:
        """Answer whether word `index` heads the subject of a verb."""
        return self.parse.relations[index] in {"nsubj", "nsubjpass"}

    def is_proper(self, index: int) -> bool:
        """Answer whether word `index` is written and tagged like a part of a name."""
        return self.parse.tags[index].startswith("NNP") and self.texts[index][:1].isupper()


def spans_in(words: Words) -> Iterator[Span]:
    """Yield the names, dates and sums of money of the model, cleaned, in order, none over another.

    Articles, possessives, outer punctuation and a person's titles are left out; what is no name
    by its look (no capital, a common word, an address) is dropped.
    """
    for named in _joined(words):
        span = trimmed(words, named)
        if span.first < span.end and _is_plausible(words, span):
            yield span


def _joined(words: Words) -> Iterator[Span]:
    """Yield the model's spans, "Lena von der" and "Heide" as one."""
    open_span: Span | None = None
    for first, end, model_label in words.parse.named:
        label = LABELS.get(model_label)
        if label is None:
            continue
        if open_span and _waits_for(words, open_span, first):
            yield Span(first=open_span.first, end=end, label="PERSON")
            open_span = None
            continue
        if open_span:
            yield open_span
        open_span = Span(first=first, end=min(end, first + _LONGEST_NAME), label=label)
    if open_span:
        yield open_span


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
        if "\n" in between or "\n" in words.texts[index]:
            return index + 1
    return span.end


def _before_score(words: Words, first: int, end: int) -> int:
    """Return where the team's name ends in "Harbour Rovers 2-1"."""
    for length in (3, 1):
        if end - first > length and _SCORE.fullmatch("".join(words.texts[end - length : end])):
            return end - length
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
    return not any(map(str.isalnum, word)) or word.casefold() in _LINKS


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
    is_noun = words.parse.tags[span.first] in {"NN", "NNS"} and span.label != "PERSON"
    return is_noun or word.lower() in words.lower_case


def _is_date(name: str) -> bool:
    folded = folded_words(name)
    return any(
        word in _CALENDAR or (len(word) == 4 and word.isdigit() and word[0] in "12")
        for word in folded
    )
