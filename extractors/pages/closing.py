"""Lines that repeat a text, or hang on at its end when what they pointed at is gone."""

from collections.abc import Collection, Sequence

from extractors.pages.agencies import agency_among
from extractors.pages.textfilter import Line
from extractors.pages.titles import folded_words
from extractors.records import Role

_NOTE_LINES = 3
#: The name of an author stands this near the beginning of a note on the author.
_NAMED_WITHIN = 8
_NAME_WORDS = 2
_POINTER_MAX_WORDS = 30
_PULLED_WORDS = range(6, 60)
#: Each line is sought in all of the text.
_MOST_LINES = 500
#: What a note says of an author, in words that follow the name.
_ROLES = frozenset({
    "is", "was", "are", "works", "writes", "covers", "reports", "reported", "contributed", "leads",
    "hosts", "edits", "can", "ist", "war", "arbeitet", "schreibt", "berichtet", "leitet", "forscht",
    "est", "écrit", "couvre", "enseigne", "es", "escribe", "cubre", "fue", "è", "scrive", "insegna",
    "é", "escreve", "cobre", "er", "skriver", "dekker", "är", "arbetar", "jest", "pisze", "je",
    "píše",
})  # fmt: skip
_MARKS = frozenset('"“”„«»「」')


def without_repeats(lines: Sequence[Line]) -> list[Line]:
    """Return `lines` without pull quotes: lines of the body whose words a longer line has.

    The first line may be a summary that the others tell again.
    """
    if len(lines) > _MOST_LINES:
        return list(lines)
    spelt = [f" {' '.join(folded_words(line))} " for _, line in lines]
    longer = "\n".join(spelt[1:])
    return [
        (role, line)
        for (role, line), words in zip(lines, spelt, strict=True)
        if role != "body"
        or words.count(" ") - 1 not in _PULLED_WORDS
        or longer.count(words) == spelt[1:].count(words)
    ]


def without_closing(lines: Sequence[Line], authors: Collection[str]) -> list[Line]:
    """Return `lines` without notes on the authors, pointers and headings at their end."""
    people = [folded_words(name) for name in authors if not agency_among([name])]
    names = [name for name in people if len(name) >= _NAME_WORDS]
    kept = list(lines)
    for index in range(len(kept) - 1, max(len(kept) - 1 - _NOTE_LINES, 0), -1):
        role, line = kept[index]
        if role == "body" and _is_note(line, names):
            del kept[index]
    while len(kept) > 1 and _points_on(*kept[-1]):
        kept.pop()
    return kept


def _is_note(line: str, names: Collection[list[str]]) -> bool:
    """Return whether a line says who an author is: "Jo Doe is …", "… ist Professor"."""
    if line.startswith(("... ", "… ")) and folded_words(line)[:1] == ["ist"]:
        return True
    if _MARKS & set(line):
        return False
    words = folded_words(line)
    return any(
        words[at : at + len(name)] == name and words[at + len(name)] in _ROLES
        for name in names
        for at in range(min(_NAMED_WITHIN, len(words) - len(name)))
    )


def _points_on(role: Role, line: str) -> bool:
    """Return whether a line leads to what does not follow."""
    return role == "heading" or (line.endswith(":") and len(line.split()) <= _POINTER_MAX_WORDS)
