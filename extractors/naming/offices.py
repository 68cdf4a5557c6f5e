"""Office holders whom an article calls by office and surname: "President Obama"."""

from collections.abc import Mapping, Sequence

from extractors.naming.gazetteer import holder_called, office_at_end
from extractors.naming.givennames import with_formal_given_name
from extractors.naming.names import is_variant, surname
from extractors.naming.spans import Span, Words

_LONGEST = 5  #: words before a name that may hold its office: "ex-Secretary of State"
#: Before an office they make another of it, folded.
_UNDER = ("vice", "deputy", "assistant", "lieutenant", "lt")


def office_holders(words: Words, spans: Sequence[Span]) -> Mapping[Span, str]:
    """Return the usual full name of each of `spans` that stands behind an office.

    Meant are names that the office leaves one bearer for in the list of office holders, if the
    article gives that office to nobody else of that surname by full name.
    """
    offices = {
        span: office
        for span in spans
        if span.label == "PERSON" and (office := _office_before(words, span))
    }
    full = {(office, name) for span, office in offices.items() if " " in (name := words.name(span))}
    others = {(office, surname(name)) for office, name in full if _is_another(name, office)}
    written = {holder_called(office, surname(name)): name for office, name in full}
    holders = {
        span: holder_called(office, name)
        for span, office in offices.items()
        if (office, surname(name := words.name(span))) not in others
    }
    return {span: written.get(name, name) for span, name in holders.items() if name}


def _is_another(name: str, office: str) -> bool:
    """Answer whether `name`, in full, is not that of the one whom the news calls so by office."""
    if holder_called(office, name):
        return False
    known, full = (
        with_formal_given_name(one) for one in (holder_called(office, surname(name)) or "", name)
    )
    return not (is_variant(known, full) or is_variant(full, known))


def _office_before(words: Words, span: Span) -> str | None:
    """Return the office in the words just before `span` in its sentence."""
    first = span.first
    while first > 0 and span.first - first < _LONGEST and _goes_with(words, first - 1, span):
        first -= 1
    if first == span.first:
        return None
    before = words.phrase(first, span.first)
    office = office_at_end(before)
    if office is None or _is_under(before, office):
        return None
    return office


def _goes_with(words: Words, index: int, span: Span) -> bool:
    parse = words.parse
    return (
        parse.sentences[index] == parse.sentences[span.first]
        and words.is_one_line(index, span.first + 1)
        and (words.texts[index] == "-" or words.texts[index][0].isalnum())
    )


def _is_under(before: str, office: str) -> bool:
    """Answer whether `before` says "deputy" ahead of `office`."""
    return any(f"{word} {office}" in before.lower().replace(".", "") for word in _UNDER)
