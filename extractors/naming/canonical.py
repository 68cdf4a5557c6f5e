"""Which names of one article mean the same, and under what name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.identity import Label
from extractors.naming.bodies import keys_of_bodies
from extractors.naming.claims import ShortForms
from extractors.naming.gazetteer import (
    Place,
    country_called,
    country_of_group,
    organisation_called,
    place_called,
)
from extractors.naming.givennames import goes_by
from extractors.naming.names import normalised_name
from extractors.naming.people import folded, gender_of_noun, is_another, whom_forms_mean

#: Halves of a divided land, by the word before it.
_HALVES = {"north": "South", "south": "North", "east": "West", "west": "East"}


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
    listed: dict[Label, list[str]] = {}
    for label, name in names:
        listed.setdefault(label, []).append(name)
    persons = persons_meant(listed.get("PERSON", ()))
    organisations = _organisations(listed.get("ORG", ()), abbreviations)
    places = _places(listed.get("PLACE", ()), abbreviations)
    known = {"PERSON": persons, "ORG": organisations, "PLACE": places}
    return {
        (label, name): known[label][name] if label in known else _other(label, name, abbreviations)
        for label, name in names
    }


def persons_meant(names: Sequence[str]) -> dict[str, Meaning]:
    """Return whom each name means: the one longer name it is a part of, else its own.

    A nickname in marks is the first name that its bearer is known by. "Mr. Okafor" is nobody whose
    first name is a woman's.
    """
    nicknamed = {name: pair for name in names if (pair := goes_by(name))}
    known_as = {name: with_nickname for name, (with_nickname, _) in nicknamed.items()}
    forms = {name: folded(known_as.get(name, name)) for name in names}
    formal = {forms[name]: folded(without) for name, (_, without) in nicknamed.items()}
    meant = whom_forms_mean(forms.values(), formal)
    others = {name for name, form in forms.items() if _is_another(name, form, meant[form])}
    keys = {name: form if name in others else meant[form] for name, form in forms.items()}
    lasting = {keys[name] for name in names if " " in name and name not in others}
    return {
        name: Meaning(
            label="PERSON",
            key=key,
            known_as=known_as.get(name),
            is_local=key not in lasting,
        )
        for name, key in keys.items()
    }


def _is_another(name: str, form: str, owner: str) -> bool:
    """Answer whether the title that `name` begins with is none for `owner`."""
    gender = gender_of_noun(name.split(maxsplit=1)[0])
    return gender is not None and is_another(form, gender, owner)


def _organisations(names: Sequence[str], abbreviations: Mapping[str, str]) -> dict[str, Meaning]:
    keys = keys_of_bodies(names, abbreviations)
    return {
        name: Meaning(
            label="ORG",
            key=keys[name],
            known_as=organisation_called(abbreviations.get(name, name)),
        )
        for name in names
    }


def _places(names: Sequence[str], abbreviations: Mapping[str, str]) -> dict[str, Meaning]:
    """Return what each name means: what everybody knows, or half of a divided land.

    "The South" and "Korea" are short for the one half of Korea that the article names in full.
    """
    known = {name: place_called(abbreviations.get(name, name)) for name in names}
    halves = ShortForms()
    for place in filter(None, known.values()):
        half, _, land = place.name.partition(" ")
        other = _HALVES.get(half.lower())
        if other and country_called(place.name) and country_called(f"{other} {land}"):
            halves.add({half, land}, place.name)
    found = {name: known[name] or place_called(halves.owner(name) or "") for name in names}
    return {
        name: _of_place(place) if place else _other("PLACE", name, abbreviations)
        for name, place in found.items()
    }


def _of_place(place: Place) -> Meaning:
    return Meaning(
        label="PLACE",
        key=normalised_name(place.name, "PLACE"),
        known_as=place.name,
        country=place.country,
    )


def _other(label: Label, name: str, abbreviations: Mapping[str, str]) -> Meaning:
    long = abbreviations.get(name, name)
    return Meaning(
        label=label,
        key=normalised_name(long, label) or long,
        country=country_of_group(name) if label == "GROUP" else None,
    )
