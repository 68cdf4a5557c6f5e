"""What can be told from a given name: genders, the formal name of a nickname, names in marks."""

import re
from functools import cache, lru_cache
from types import MappingProxyType

from extractors.naming.names import normalised_name, without_accents
from extractors.wordlists import lines_in, word_classes, words_in

#: Robert C. "Bobby" Okafor
_NICKNAME = re.compile(r"(?P<long>.+) [\"“‘'(](?P<nick>[^\W\d_]+)[\"”’')] (?P<last>.+)")
_GENDERS = ("male", "female")


def is_first_name(word: str) -> bool:
    """Answer whether `word`, or its part before a hyphen, is a first name in the lists."""
    return bool(genders_of_first_name(word) or genders_of_first_name(word.partition("-")[0]))


@lru_cache(maxsize=2048)
def genders_of_first_name(word: str) -> frozenset[str]:
    """Return "male", "female", both or neither for those who bear the first name `word`."""
    folded = without_accents(word.replace("ı", "i")).casefold()
    beyond = word_classes("first_names_beyond").get(folded, ())
    if "either" in beyond:
        return frozenset(_GENDERS)
    listed = {gender for gender in _GENDERS if folded in words_in(f"first_names_{gender}")}
    return frozenset(listed or beyond)


@lru_cache(maxsize=2048)
def goes_by(name: str) -> tuple[str, str] | None:
    """Return the names of somebody with a nickname in marks: with it, and without it.

    "Bobby Okafor" and "Robert C. Okafor" for 'Robert C. "Bobby" Okafor'; None for other names.
    """
    found = _NICKNAME.fullmatch(name)
    if not found or not found["nick"].istitle():
        return None
    return f"{found['nick']} {found['last']}", f"{found['long']} {found['last']}"


@lru_cache(maxsize=2048)
def with_formal_given_name(name: str) -> str:
    """Return a person's normalised name, "joe okafor" as "joseph okafor"; a lone word stays."""
    first, *others = normalised_name(name, "PERSON").split() or [""]
    formal = _formal_given_names().get(first, first)
    return " ".join((formal, *others)) if others else first


@cache
def _formal_given_names() -> MappingProxyType[str, str]:
    return MappingProxyType(dict(line.split(";") for line in lines_in("nicknames")))
