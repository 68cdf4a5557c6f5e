"""Which names of one article mean the same, and under what name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractors.naming.gazetteer import country_of_group, organisation_called, place_called
from extractors.naming.names import (
    first_name_forms,
    goes_by,
    initials_of,
    normalised_name,
    surname_forms,
    with_formal_given_name,
    without_accents,
)
from extractors.records import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a name means in one article."""

    label: Label
    key: str  #: equal for names that mean the same
    known_as: str | None = None  #: the usual name, where it is known beyond the article
    country: str | None = None
    is_local: bool = False  #: nobody but this article can tell who it is


def meanings_of(
    names: Sequence[tuple[Label, str]], abbreviations: Mapping[str, str]
) -> dict[tuple[Label, str], Meaning]:
    """Return what each of `names` means.

    Args:
        names: label and name, each pair once.
        abbreviations: explained in the article, with what they stand for.
    """
    persons = _persons([name for label, name in names if label == "PERSON"])
    organisations = _organisations([name for label, name in names if label == "ORG"], abbreviations)
    return {
        (label, name): persons[name]
        if label == "PERSON"
        else organisations[name]
        if label == "ORG"
        else _other(label, name, abbreviations)
        for label, name in names
    }


class _Claims:
    """Short forms and the one name each stands for; none once two names claim it."""

    def __init__(self) -> None:
        self._owner: dict[str, str | None] = {}

    def add(self, forms: Iterable[str], owner: str) -> None:
        for form in forms:
            self._owner[form] = owner if self._owner.get(form, owner) == owner else None

    def has(self, form: str) -> bool:
        return form in self._owner

    def owner(self, form: str) -> str | None:
        return self._owner.get(form)


def _persons(names: Sequence[str]) -> dict[str, Meaning]:
    """Return whom each name means: the one longer name it is a part of, else its own.

    As an end of a name first: "Clinton" is a surname before it is anybody's first name. A nickname
    in marks is the first name that its bearer is known by.
    """
    nicknamed = {name: pair for name in names if (pair := goes_by(name))}
    known_as = {name: with_nickname for name, (with_nickname, _) in nicknamed.items()}
    folded = {name: _folded(known_as.get(name, name)) for name in names}
    surnames, first_names = _Claims(), _Claims()
    for name, (_, without) in nicknamed.items():
        formal = _folded(without)
        surnames.add({formal} | surname_forms(formal), with_formal_given_name(folded[name]))
    meant: dict[str, str] = {}
    for form in sorted(set(folded.values()), key=lambda form: (-form.count(" "), form)):
        formal = with_formal_given_name(form)
        claims = surnames if surnames.has(form) or surnames.has(formal) else first_names
        meant[form] = claims.owner(form) or claims.owner(formal) or formal
        surnames.add(surname_forms(form) | surname_forms(formal), meant[form])
        first_names.add(first_name_forms(form), meant[form])
    lasting = {meant[form] for name, form in folded.items() if " " in name}
    return {
        name: Meaning(
            label="PERSON",
            key=meant[form],
            known_as=known_as.get(name),
            is_local=meant[form] not in lasting,
        )
        for name, form in folded.items()
    }


def _folded(name: str) -> str:
    """Return the form under which two spellings of a person's name are one in an article."""
    return normalised_name(without_accents(name), "PERSON")


def _organisations(names: Sequence[str], abbreviations: Mapping[str, str]) -> dict[str, Meaning]:
    """Return what each name means: a known body, the name an abbreviation or part stands for."""
    known = {name: organisation_called(abbreviations.get(name, name)) for name in names}
    keys = {
        name: normalised_name(known[name] or abbreviations.get(name, name), "ORG") for name in names
    }
    initials, parts = _Claims(), _Claims()
    for name, key in keys.items():
        first, *others = normalised_name(name, "ORG").split() or [""]
        if others:
            initials.add(initials_of(name), key)
            parts.add({first, others[-1]}, key)
    return {
        name: Meaning(
            label="ORG",
            key=key
            if known[name] or " " in key
            else initials.owner(key) or parts.owner(key) or key,
            known_as=known[name],
        )
        for name, key in keys.items()
    }


def _other(label: Label, name: str, abbreviations: Mapping[str, str]) -> Meaning:
    long = abbreviations.get(name, name)
    if label == "PLACE" and (place := place_called(long)):
        return Meaning(
            label=label,
            key=normalised_name(place.name, label),
            known_as=place.name,
            country=place.country,
        )
    key = normalised_name(long, label) or long
    if label != "GROUP":
        return Meaning(label=label, key=key)
    return Meaning(label=label, key=_singular(key), country=country_of_group(name))


def _singular(word: str) -> str:
    """Return "russian" for "russians"; "swiss" stays."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and word[-2] not in "sui" else word
