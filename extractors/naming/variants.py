"""The plainer names under which other articles may mean an entity."""

import re
from collections.abc import Collection, Iterator

from extractors.identity import Identity, Label, PlainerName, VariantReason
from extractors.naming.gazetteer import organisation_called, place_called
from extractors.naming.identifiers import identifiers_of
from extractors.naming.names import (
    GENERATIONS,
    PARTICLES,
    entity_id,
    folded_words,
    normalised_name,
    without_accents,
    without_legal_form,
)

_INITIAL = re.compile(r"[^\W\d_]\.?|(?:[^\W\d_]\.){2,}")
_ACRONYM = re.compile(r"[A-Z][A-Z&.-]*[A-Z]\.?")
#: Letters with a stroke, or of two, which Unicode does not take apart.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "Æ": "Ae",
     "œ": "oe", "Œ": "Oe", "ß": "ss"}
)  # fmt: skip


def identity_of(
    label: Label, name: str, aliases: Collection[str], *, written: str | None = None
) -> Identity:
    """Return what is known beyond its article of the entity called `name`.

    Args:
        label: what sort of entity it is.
        name: the fullest name its article gives.
        aliases: the other forms in the article; the acronyms among them count.
        written: how the article writes `name`, where it has another for it.
    """
    own = id_of_name(label, name)
    plainer = {
        other: reason
        for form, reason in _plainer_forms(label, name, aliases)
        if (other := entity_id(label, form)) != own
    }
    known = identifiers_of(label, name)
    return Identity(
        name_id=own,
        usual_name=name if written and written != name else None,
        geonameid=known.geonameid,
        isin=known.isin,
        ticker=known.ticker,
        domain=known.domain,
        plainer=tuple(
            PlainerName(entity=other, reason=reason) for other, reason in sorted(plainer.items())
        ),
    )


def id_of_name(label: Label, name: str) -> str:
    """Return the id that any article gives to what it calls `name`.

    It is made of the usual name of what everybody knows: "NATO" has one id, written out or not.
    """
    known: str | None = None
    if label == "ORG":
        known = organisation_called(name)
    elif label == "PLACE" and (place := place_called(name)):
        known = place.name
    return entity_id(label, known or name)


def _plainer_forms(
    label: Label, name: str, aliases: Collection[str]
) -> Iterator[tuple[str, VariantReason]]:
    """Yield forms with less in them than `name`, the plainest first."""
    if label == "PERSON" and " " not in name:
        return  # nobody but its article can tell who has it, so no other article can mean it
    forms = list(_shorter_forms(label, name))
    for form, reason in [*forms, (name, "accents")]:
        if (plain := _without_accents(form)) != form:
            yield plain, "accents" if form == name else reason
    yield from forms
    if label == "ORG":
        for alias in aliases:
            if _is_acronym_for(alias, name):
                yield alias, "acronym"


def _shorter_forms(label: Label, name: str) -> Iterator[tuple[str, VariantReason]]:
    if label == "ORG":
        normalised = normalised_name(name, label)
        if (bare := without_legal_form(normalised)) != normalised:
            yield bare, "legal form"
    elif label == "PERSON":
        first, middle, last = _parts(name.split())
        if middle and all(map(_INITIAL.fullmatch, middle)):
            yield " ".join([*first, *last]), "middle initial"
        elif middle and not any(map(_INITIAL.fullmatch, middle)):
            initials = [f"{word[0]}." for word in middle]
            yield " ".join([*first, *initials, *last]), "middle name"


def _parts(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Return the first name, what stands between, and the surname with its particles and mark."""
    end = len(words)
    while end > 1 and words[end - 1].strip(".,").casefold() in GENERATIONS:
        end -= 1
    last = end - 1
    while last > 1 and words[last - 1].casefold() in PARTICLES:
        last -= 1
    return words[:1], words[1:last], words[max(last, 1) :]


def _without_accents(name: str) -> str:
    return without_accents(name).translate(_PLAIN_LETTERS)


def _is_acronym_for(alias: str, name: str) -> bool:
    """Answer whether `alias` is an acronym that stands for `name` in this article alone."""
    return (
        bool(_ACRONYM.fullmatch(alias))
        and not set(folded_words(alias)) & set(folded_words(name))
        and organisation_called(alias) is None
    )
