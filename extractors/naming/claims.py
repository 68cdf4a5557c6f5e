"""Short forms of names, and the one name of an article that each stands for."""

from collections.abc import Iterable
from functools import lru_cache


class ShortForms:
    """Short forms and the one name each stands for; none once two names claim it."""

    def __init__(self) -> None:
        self._owner: dict[str, str | None] = {}

    def add(self, forms: Iterable[str], owner: str) -> None:
        """Note that `forms` may stand for `owner`."""
        for form in forms:
            self._owner[form] = owner if self._owner.get(form, owner) == owner else None

    def has(self, form: str) -> bool:
        """Answer whether any name claims `form`."""
        return form in self._owner

    def owner(self, form: str) -> str | None:
        """Return the name that alone claims `form`."""
        return self._owner.get(form)


class Spellings:
    """Names found again where one letter of one word is another, is missing or is too many."""

    def __init__(self) -> None:
        self._names: dict[str, dict[str, str]] = {}

    def add(self, name: str, owner: str) -> None:
        """Note that `name` stands for `owner`."""
        for cut in _cuts(name):
            self._names.setdefault(cut, {})[name] = owner

    def owner(self, name: str) -> str | None:
        """Return the one owner of names that differ from `name` by a slip of spelling."""
        owners = {
            owner
            for cut in _cuts(name)
            for other, owner in self._names.get(cut, {}).items()
            if _is_slip(name, other)
        }
        return owners.pop() if len(owners) == 1 else None


_SHORTEST = 5  #: letters of a word; "Erik" and "Eric" may be two
_LONGEST = 40  #: letters of a name that is looked at


@lru_cache(maxsize=1024)  # a name is looked for, then noted
def _cuts(name: str) -> frozenset[str]:
    """Return `name` without each of its letters: what two spellings of it share."""
    if not _SHORTEST <= len(name) <= _LONGEST:
        return frozenset()
    return frozenset([name, *[name[:at] + name[at + 1 :] for at in range(len(name))]])


def _is_slip(name: str, other: str) -> bool:
    """Answer whether `name` is `other` but for one word of the same beginning.

    A plural is no slip: "the Okafors" are not Okafor.
    """
    words, others = name.split(), other.split()
    if len(words) != len(others):
        return False
    differing = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and all(
        one[0] == another[0] and min(len(one), len(another)) >= _SHORTEST and one != f"{another}s"
        for one, another in differing
    )
