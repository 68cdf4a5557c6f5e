"""What stands behind a person's name and a comma: "Jr.", which is part of it, and letters."""

from collections.abc import Iterable
from dataclasses import replace

from extractors.naming.names import GENERATIONS, folded_words
from extractors.naming.spans import Span, Words, is_post_nominal

_AROUND = 2  #: words from the end of a name to the first one behind its comma


def with_suffixes(words: Words, spans: Iterable[Span]) -> list[Span]:
    """Return `spans`, persons with "Jr." behind a comma, and none on what follows that.

    "Ada Okafor, KC," is Ada Okafor alone, "Ada Okafor, Jr., MD" is Ada Okafor, Jr.
    """
    spans = list(spans)
    longer = {
        span: _with_generation(words, span)
        for span in spans
        if span.label == "PERSON" and words.texts[span.end : span.end + 1] == (",",)
    }
    behind = {
        index
        for span, whole in longer.items()
        for index in range(span.end, _end_of_letters(words, whole))
    }
    return [
        longer.get(span, span)
        for span in spans
        if not behind.issuperset(range(span.first, span.end))
    ]


def _with_generation(words: Words, span: Span) -> Span:
    """Return `span` as far as the mark of generation behind its comma goes."""
    end = _behind_comma(words, span.end)
    is_mark = end is not None and "".join(folded_words(words.texts[end])) in GENERATIONS
    return replace(span, end=end + 1) if end is not None and is_mark else span


def _end_of_letters(words: Words, span: Span) -> int:
    """Return where the letters behind `span` end, commas between them; else the end of `span`."""
    end = span.end
    while (at := _behind_comma(words, end)) is not None and is_post_nominal(words.texts[at]):
        if _is_of_name(words, at + 1):
            break
        end = at + 1
    return end


def _behind_comma(words: Words, end: int) -> int | None:
    """Return the index of the word that a comma at `end` parts from what is before, on a line."""
    is_comma = words.texts[end : end + 1] == (",",) and end + 1 < len(words.texts)
    return end + 1 if is_comma and words.is_one_line(end - 1, end + _AROUND) else None


def _is_of_name(words: Words, index: int) -> bool:
    """Answer whether word `index` makes a name with the letters before it: "TD Bank", "JD Lind"."""
    return index < len(words.texts) and words.is_proper(index)
