"""Which names of an article mean one person."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from extractors.naming.claims import ShortForms, Spellings
from extractors.naming.givennames import (
    genders_of_first_name,
    is_first_name,
    with_formal_given_name,
)
from extractors.naming.names import (
    first_name_forms,
    inner_forms,
    normalised_name,
    surname,
    surname_forms,
    without_accents,
)
from extractors.wordlists import word_classes


@lru_cache(maxsize=2048)
def folded(name: str) -> str:
    """Return the form under which two spellings of a person's name are one in an article."""
    return normalised_name(without_accents(name), "PERSON")


def gender_of_noun(noun: str) -> str | None:
    """Return the gender that a noun or title tells: "female" for "queen" and "Mrs."."""
    return next(iter(word_classes("gendered_nouns").get(noun.lower(), ())), None)


def may_be(name: str, gender: str) -> bool:
    """Answer whether the first name of a full name leaves it open that it is one of `gender`."""
    return gender in (genders_of_first_name(name.split(maxsplit=1)[0]) or {gender})


def is_another(form: str, gender: str, full: str) -> bool:
    """Answer whether `full` is a name of the other gender than whom the surname `form` means.

    "Kim Jong-il" begins with the surname, so nothing can be told.
    """
    return " " in full and not full.startswith(f"{form} ") and not may_be(full, gender)


def whom_forms_mean(forms: Iterable[str], formal: Mapping[str, str]) -> dict[str, str]:
    """Return for each of `forms` that of the one longer name it is a part of, else its own.

    As an end of a name first: "Clinton" is a surname before it is anybody's first name. Then as one
    of two family names, then as a slip of spelling.

    Args:
        forms: `folded` names.
        formal: what somebody with a nickname in marks is called without it, by the form with it.
    """
    people = _People()
    for form, without in formal.items():
        people.add_formal(without, with_formal_given_name(form))
    meant: dict[str, str] = {}
    for form in sorted(set(forms), key=lambda form: (-form.count(" "), -len(form), form)):
        meant[form] = people.owner(form) or with_formal_given_name(form)
        people.add(form, meant[form])
    return meant


class _People:
    """What the people read so far may be called."""

    def __init__(self) -> None:
        self._surnames, self._first_names, self._inner = ShortForms(), ShortForms(), ShortForms()
        self._spellings = Spellings()

    def add_formal(self, form: str, owner: str) -> None:
        """Note that `owner` is also called `form`."""
        self._surnames.add({form} | surname_forms(form), owner)

    def add(self, form: str, owner: str) -> None:
        """Note what `owner`, called `form` once, may be called elsewhere."""
        formal = with_formal_given_name(form)
        self._surnames.add(surname_forms(form) | surname_forms(formal), owner)
        self._first_names.add(first_name_forms(form), owner)
        self._inner.add((word for word in inner_forms(form) if not is_first_name(word)), owner)
        if " " in form:
            self._spellings.add(form, owner)
            self._spellings.add(surname(form), owner)

    def owner(self, form: str) -> str | None:
        """Return the one person who may be called `form`."""
        formal = with_formal_given_name(form)
        for claims in (self._surnames, self._first_names, self._inner):
            if claims.has(form) or claims.has(formal):
                return claims.owner(form) or claims.owner(formal)
        owner = self._spellings.owner(form)
        return None if owner is None or _are_he_and_she(form, owner) else owner


def _are_he_and_she(form: str, owner: str) -> bool:
    """Answer whether the first words of two full names are of different genders."""
    one, other = (genders_of_first_name(name.split()[0]) for name in (form, owner))
    return " " in form and bool(one) and bool(other) and not one & other
