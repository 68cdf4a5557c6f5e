"""The headline among what a page calls its title."""

import re
from collections.abc import Iterable, Sequence

_SEPARATOR = re.compile(r"\s+[|\-–—·•*:»«]+\s+|\s*[|｜»：ㅣ]\s*|(?<=\S)_(?=\S)")
#: Shorter parts of a title are its kicker rather than its headline.
_HEADLINE_WORDS = 3
_HEADLINE_CHARS = 12
_BAR = re.compile(r"\s[|–—·-]\s")
_WORD = re.compile(r"\w+")


def same_words(a: str, b: str) -> bool:
    """Return whether two texts have the same words in the same order, case aside."""
    return folded_words(a) == folded_words(b)


def folded_words(text: str) -> list[str]:
    """Return the words of `text`, case folded."""
    return _WORD.findall(text.casefold())


def parts_of_title(title: str) -> list[str]:
    """Return what stands in `title` between bars and dashes, in order."""
    return _BAR.split(title)


def without_site_name(title: str, site_names: Iterable[str], others: Sequence[str]) -> str:
    """Return `title` without the name of the site before or after it.

    Args:
        title: as the page gives it.
        site_names: what the site is called, its domain's label among them.
        others: further titles of the page; a part of `title` that equals one of them is the
            headline, whatever the rest may be.
    """
    known = {"".join(folded_words(name)) for name in site_names} - {""}
    while True:
        cuts = list(_SEPARATOR.finditer(title))
        shorter = next((text for cut in cuts for text in _kept(title, cut, known, others)), None)
        if not shorter:
            return title
        title = shorter


def without_decoration(title: str, others: Iterable[str]) -> str:
    """Return the first of `others` with which `title` begins or ends, else `title`.

    What the page's titles for sharing leave out is no part of the headline: a kicker, a section.
    """
    words = folded_words(title)
    for other in others:
        part = folded_words(other)
        is_part = part in (words[: len(part)], words[-len(part) :])
        if is_part and len(part) < len(words) and _is_whole(other, title):
            return other
    return title


def _is_whole(part: str, title: str) -> bool:
    """Return whether a part of `title` is a headline, rather than its kicker or cut off."""
    is_dense = not part.isascii() and len(part) >= _HEADLINE_CHARS
    if len(folded_words(part)) < _HEADLINE_WORDS and not is_dense:
        return False
    rest = title.removeprefix(part)
    is_cut = part.endswith(("…", "...")) or (rest != title and rest.lstrip().startswith('"'))
    return not is_cut


def _kept(title: str, cut: re.Match[str], known: set[str], others: Sequence[str]) -> Iterable[str]:
    """Yield the side of `cut` that is the headline, if the other is the site's name."""
    head, tail = title[: cut.start()].strip(), title[cut.end() :].strip()
    if not head or not tail:
        return
    if _names_site(tail, known) or any(same_words(head, other) for other in others):
        yield head
    elif _names_site(head, known) or any(same_words(tail, other) for other in others):
        yield tail


def _names_site(text: str, known: set[str]) -> bool:
    words = folded_words(text)
    return bool(words) and len(words) <= 6 and "".join(words) in known
