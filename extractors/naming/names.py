"""What can be told from a name alone: its normal form, its surname, who may be meant by it."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import filterfalse
from types import MappingProxyType

from extractors.identity import Label, digest_of
from extractors.wordlists import words_in

_APOSTROPHES = re.compile(r"['’ʼ`´.]")
_NOT_LETTERS = re.compile(r"[\W_]+")
#: Marks behind a surname, folded.
GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
#: Small words that begin a surname, folded.
PARTICLES = frozenset(
    [
        "von",
        "van",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "ter",
        "ten",
        "zu",
        "af",
        "abu",
    ]
)
#: Legal forms that are written out, and how they are abbreviated.
_SHORT_FORMS = MappingProxyType(
    {"incorporated": "inc", "limited": "ltd", "corporation": "corp", "company": "co"}
)
#: How words of organisations are spelt in Britain, and in America: one name for all that.
_BRITISH = MappingProxyType(
    {"centre": "center", "defence": "defense", "labour": "labor", "theatre": "theater"}
)
_ISATION = re.compile(r"(?<=\w{4}i)s(?=ations?\Z)")
_MOST_WORDS = 8  #: of a person's name; more are not looked at
_UNSPOKEN = frozenset(
    "of the and for in on to de der la du des les et pour d l".split()  # noqa: SIM905
)


@lru_cache(maxsize=2048)
def is_title(word: str) -> bool:
    """Answer whether `word` is one that stands before a person's name: "Dr.", "Senator"."""
    return "".join(folded_words(word)) in words_in("titles")


@lru_cache(maxsize=2048)  # the names of an article are asked for a dozen times each
def normalised_name(name: str, label: Label) -> str:
    """Return the form under which two spellings of a name are equal.

    NFKC, case folded, without punctuation, blanks single, initials written together ("J. K." is
    "jk"), no article; a person loses honorifics, a people its plural, and an organisation keeps its
    legal form in one spelling ("Incorporated" is "inc"), no "and" between its words, for some write
    "&", and American spelling. Never empty unless `name` has no letter
    and no digit.
    """
    words = _joined_initials(folded_words(name))
    if label == "PERSON":
        words = _without_titles(words)
    elif label == "ORG":
        words = _with_one_legal_form(_in_one_spelling(words))
    elif label == "GROUP":
        words = [*words[:-1], *map(singular, words[-1:])]
    return " ".join(_without_article(words))


def without_legal_form(normalised: str) -> str:
    """Return an organisation's normalised name without its legal form: "acme" for "acme inc"."""
    words = normalised.split()
    return " ".join(words[: _end_of_bare_name(words)])


def singular(word: str) -> str:
    """Return "russian" for "russians"; "swiss" stays."""
    is_plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if is_plural else word


def folded_words(name: str) -> list[str]:
    """Return the words of `name`, compatibility forms and case folded, punctuation gone."""
    return _folded(name).split()


@lru_cache(maxsize=2048)
def _folded(name: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return _NOT_LETTERS.sub(" ", _APOSTROPHES.sub("", folded))


def without_accents(name: str) -> str:
    """Return `name` in letters without marks: "Peña" is "Pena"."""
    if name.isascii():
        return name
    return "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", name)))


def _joined_initials(words: Sequence[str]) -> list[str]:
    joined: list[str] = []
    open_run = False
    for word in words:
        is_initial = len(word) == 1 and word.isalpha()
        if is_initial and open_run:
            joined[-1] += word
        else:
            joined.append(word)
        open_run = is_initial
    return joined


def _without_titles(words: Sequence[str]) -> list[str]:
    titles = words_in("titles")
    first = 0
    while first < len(words) - 1 and words[first] in titles:
        first += 1
    return list(words[first:])


def _in_one_spelling(words: Sequence[str]) -> list[str]:
    """Return the words of an organisation's name as Americans spell them, without inner "and"."""
    spelt = (_BRITISH.get(word) or _ISATION.sub("z", word) for word in words)
    return [word for at, word in enumerate(spelt) if word != "and" or at in {0, len(words) - 1}]


def _with_one_legal_form(words: Sequence[str]) -> list[str]:
    end = _end_of_bare_name(words)
    return [*words[:end], *(_SHORT_FORMS.get(word, word) for word in words[end:])]


def _end_of_bare_name(words: Sequence[str]) -> int:
    """Return where the legal form begins that ends `words`; a name is never that alone."""
    forms, end = words_in("corporate_suffixes"), len(words)
    while end > 1 and words[end - 1] in forms:
        end -= 1
    return end


def _without_article(words: Sequence[str]) -> list[str]:
    return list(words[1:] if len(words) > 1 and words[0] == "the" else words)


def surname(name: str) -> str:
    """Return the family name of a person's full name, folded: "von der leyen", "biden".

    A generation mark ("Jr.", "III") is no part of it, particles before it are.
    """
    words = _without_generation(name)
    first = max(len(words) - 1, 0)
    while first > 1 and words[first - 1] in PARTICLES:
        first -= 1
    return " ".join(words[first:])


@lru_cache(maxsize=2048)
def surname_forms(name: str) -> frozenset[str]:
    """Return the ends of a person's full name, and first with last name, folded.

    "lokke rasmussen", "rasmussen" and "lars rasmussen" for "Lars Lokke Rasmussen"; "brandt jr" for
    "Karl Brandt Jr."; empty for one word.
    """
    whole, words = normalised_name(name, "PERSON").split(), _without_generation(name)
    tails = {" ".join(words[cut:]) for cut in range(max(len(words) - _MOST_WORDS, 1), len(words))}
    if marks := whole[len(words) :]:  # "Karl Brandt" is the father
        outer = {" ".join((*words[-1:], *marks))}
    else:
        outer = _outer_forms(words, surname(name))
    return frozenset((tails | outer) - {" ".join(words), " ".join(whole)} - PARTICLES)


def _outer_forms(words: Sequence[str], last: str) -> set[str]:
    """Return first with last name, whole or as an initial, and with initials between them."""
    if len(words) < 2:
        return set()
    first, between = words[0], words[1 : -len(last.split())][:_MOST_WORDS]
    initials = "".join(word[0] for word in between)
    return {
        f"{first} {last}",
        f"{first[0]} {last}",
        f"{first[0]}{initials} {last}",
        " ".join((first, *([initials] if initials else []), last)),
    }


def first_name_forms(name: str) -> frozenset[str]:
    """Return the beginnings of a person's full name, folded: "xi" for "Xi Jinping".

    A monarch is also called without the number.
    """
    words = _without_generation(name)
    heads = {" ".join(words[:cut]) for cut in range(1, min(len(words), _MOST_WORDS))}
    is_numbered = len(words) == 1 and " " in normalised_name(name, "PERSON")
    return frozenset((heads | ({words[0]} if is_numbered else set())) - PARTICLES)


def inner_forms(name: str) -> frozenset[str]:
    """Return the words between first and last of a person's full name: "lopez" of three."""
    words = _without_generation(name)
    return frozenset(words[1:-1][:_MOST_WORDS]) - PARTICLES


def _without_generation(name: str) -> list[str]:
    words = normalised_name(name, "PERSON").split()
    while len(words) > 1 and words[-1] in GENERATIONS:
        words.pop()
    return words


def is_variant(short: str, full: str) -> bool:
    """Answer whether `short` may stand for the person called `full` in one article."""
    folded = normalised_name(short, "PERSON")
    return folded == normalised_name(full, "PERSON") or folded in surname_forms(
        full
    ) | first_name_forms(full)


def initials_of(name: str) -> frozenset[str]:
    """Return what `name` may be abbreviated to, folded: "nato"; small words count or not.

    Empty for one word.
    """
    folded = folded_words(name)
    if len(folded) < 2:
        return frozenset()
    spoken = "".join(word[0] for word in folded if word not in _UNSPOKEN)
    return frozenset({spoken, "".join(word[0] for word in folded)})


def is_acronym(short: str, name: str) -> bool:
    """Answer whether `short` spells the initials of `name`: "ORS" for "Office of Rail Safety"."""
    letters = short.replace(".", "").casefold()
    return len(letters) > 1 and letters in initials_of(name)


@lru_cache(maxsize=2048)  # each is asked for as the entity's own and as its name's
def entity_id(label: Label, name: str, *, within: str = "") -> str:
    """Return the id of the entity called `name`: 20 hex characters.

    Args:
        label: two entities of one name and different labels are two.
        name: the fullest name known.
        within: an article's id where the name means somebody in that article only.
    """
    key = "\n".join((label, normalised_name(name, label) or name, *([within] if within else [])))
    return digest_of(key)
