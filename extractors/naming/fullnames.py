"""Full names of which the model saw one part: the given name before it, the surname behind."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.naming.gazetteer import is_known
from extractors.naming.givennames import is_first_name
from extractors.naming.names import is_title
from extractors.naming.spans import WITHOUT_ENTITY, Span, Words
from extractors.wordlists import words_in

#: Lists of words that stand beside a name and are no part of it.
_NO_PARTS = ("titles", "trades", "not_names", "org_words", "place_words", "event_words")


def with_whole_names(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans`, "Lind" of "Joost Lind" and "Joost" of it as the whole name.

    The type stays; what the model takes a surname for besides a name, a date, gives way.
    """
    spans = list(spans)
    whole = list(_whole_names(words, spans))
    if not whole:
        return spans
    taken = {index for span in whole for index in range(span.first, span.end)}
    kept = [span for span in spans if taken.isdisjoint(range(span.first, span.end))]
    return sorted([*whole, *kept], key=lambda span: span.first)


def _whole_names(words: Words, spans: Sequence[Span]) -> Iterator[Span]:
    names = [span for span in spans if span.label not in WITHOUT_ENTITY]
    named = {index for span in names for index in range(span.first, span.end)}
    for span in names:
        if span.label not in {"PERSON", "ORG"} or not _is_one_word(words, span):
            continue
        before, behind = span.first - 1, span.end
        if before >= 0 and before not in named and _is_given_name_of(words, before, span):
            named.add(before)
            yield replace(span, first=before)
        elif behind < len(words.texts) and behind not in named and _is_surname_of(words, span):
            named.add(behind)
            yield replace(span, end=behind + 1)


def _is_one_word(words: Words, span: Span) -> bool:
    """Answer whether `span` has no blank: "Lind", "Okafor-Lind"."""
    end = words.end_of_name(span)
    return end - span.first == 1 or " " not in words.phrase(span.first, end)


def _is_given_name_of(words: Words, index: int, span: Span) -> bool:
    """Answer whether word `index` is the given name to the surname `span`.

    One that no list has needs a title before it, or a surname of two parts behind it.
    """
    if words.parse.heads[index] not in range(span.first, span.end):
        return False
    word = words.texts[index]
    is_double = words.end_of_name(span) - span.first > 1 and span.label == "PERSON"
    return (
        _may_be_part(words, index)
        and word.isupper() == words.texts[span.first].isupper()
        and words.is_one_line(index, span.end)
        and (is_double or is_first_name(word) or is_title(words.texts[max(index - 1, 0)]))
        and not is_known(words.phrase(span.first, span.end))
    )


def _is_surname_of(words: Words, span: Span) -> bool:
    """Answer whether the word behind `span`, a person's given name, is the surname."""
    behind = span.end
    return (
        span.label == "PERSON"
        and span.end - span.first == 1
        and words.parse.heads[span.first] == behind
        and is_first_name(words.texts[span.first])
        and _may_be_part(words, behind)
        and words.is_one_line(span.first, behind + 1)
        and not (behind + 1 < len(words.texts) and words.is_proper(behind + 1))
    )


def _may_be_part(words: Words, index: int) -> bool:
    """Answer whether word `index` is written like a name and is known as nothing else."""
    word = words.texts[index]
    folded = word.casefold()
    return (
        words.is_proper(index)
        and len(word) > 2
        and word.isalpha()
        and (word.istitle() or word.isupper())
        and folded not in words.lower_case
        and not any({folded, folded.removesuffix("s")} & words_in(name) for name in _NO_PARTS)
        and not is_known(word)
    )
