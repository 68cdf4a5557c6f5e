"""What the scripts of a page hold about its article, besides JSON-LD.

Sites that build their pages in the browser send along what they build them from, and others tell
their counters of it: `__NEXT_DATA__`, `window.…`, `dataLayer`. There is no standard, so names are
looked for rather than structures. The same scripts tell of other articles too: what stands nearest
to the headline counts, and where the headline does not occur only what nothing contradicts.
"""

import json
import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from extractors.dates import written_time
from extractors.pages.claims import Claims

#: "datePublished", "first_published_at", "publicationDate", "pub", "pubDateIso8601"…
_PUBLISHED = re.compile(
    r"pub(?:li(?:sh|cation)(?!e?r)\w{0,30}|[_-]?(?:date|time|dt)\w{0,12})?[\"']?\s{0,9}[:=]\s{0,9}"
    r"(?:\{\s{0,9}\"\w{1,20}\"\s{0,9}:\s{0,9})?"
    r"(?:[\"'](?P<text>[^\"'\\<>{}]{8,40})[\"']|(?P<epoch>\d{10}(?:\d{3})?)(?!\d))",
    re.IGNORECASE,
)
_LATER = re.compile(r"(?:last|latest|mod\w*|updat\w*|un|re|next|end)[_-]?$", re.IGNORECASE)
_SIGNED = re.compile(
    r"[\"'](?:article_?)?(?:authors?|byline|author_?names?)[\"']\s{0,9}:\s{0,9}"
    r"(?P<value>\[[^\[\]]{2,2000}\]|\{[^{}]{2,1000}\}|\"[^\"\\<>]{3,100}\")",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\"(?:name|full_?name|display_?name)\"\s{0,9}:\s{0,9}\"([^\"\\]{3,60})\"", re.I
)
_STRING = re.compile(r"\"([^\"\\]{3,60})\"")
#: Not "html" or "author_1".
_NAME = re.compile(r"[^\W\d_a-z][^\d_]* [^\d_]+|[^\W\d_a-zA-Z]{2,6}")
_MAX_CHARS = 3_000_000
_MAX_FOUND = 200
_MAX_NEEDLES = 20
_MIN_HEADLINE_CHARS = 12
#: In scripts that need fewer letters for a word, or none but one.
_MIN_DENSE_CHARS = 4
#: Where a headline breaks off in a script: marks that are escaped one way or another.
_ESCAPED = re.compile(r"[\"'\\<>&/‘’“”\u00a0]|\s{2,}")
#: How far from its headline an article's own fields may stand; characters.
_NEAR_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class _Found:
    distance: int | None  #: to the headline, in characters; None where the script has none
    texts: tuple[str, ...]


def claims_in_scripts(tree: HtmlElement, headlines: Sequence[str]) -> Claims:
    """Return what the scripts of the page hold about the article with one of `headlines`."""
    times: list[_Found] = []
    names: list[_Found] = []
    wanted = _needles(headlines)
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            continue
        text = _unescaped(script.text or "")
        places = _places(text, wanted)
        times += _times(text, places)
        names += _names(text, places)
    return Claims(source="page", published=_agreed_times(times), authors=_agreed(names))


def _needles(headlines: Sequence[str]) -> list[str]:
    """Return the longest piece of each headline that scripts spell as the page does."""
    pieces = (max(_ESCAPED.split(headline), key=len).strip() for headline in headlines)
    long = islice(filter(_is_telling, dict.fromkeys(pieces)), _MAX_NEEDLES)
    return [form for piece in long for form in {piece, json.dumps(piece)[1:-1]}]


def _is_telling(piece: str) -> bool:
    return len(piece) >= (_MIN_HEADLINE_CHARS if piece.isascii() else _MIN_DENSE_CHARS)


def _places(text: str, needles: Sequence[str]) -> list[int]:
    """Return where the first of each of `needles` stand, in order."""
    found = (islice(re.finditer(re.escape(needle), text), _MAX_FOUND) for needle in needles)
    return sorted(match.start() for some in found for match in some)


def _unescaped(script: str) -> str:
    """Return a script with the quotation marks that strings within strings escape."""
    script = script[:_MAX_CHARS]
    return re.sub(r"(?<!\\)\\+\"", '"', script) if '\\"' in script else script


def _times(text: str, places: Sequence[int]) -> Iterator[_Found]:
    if "ub" not in text:
        return
    for match in islice(_PUBLISHED.finditer(text), _MAX_FOUND):
        stated = match["text"] or match["epoch"]
        before = text[max(0, match.start() - 12) : match.start()]
        if not _LATER.search(before) and written_time(stated):
            yield _Found(_distance(match.start(), places), (stated,))


def _names(text: str, places: Sequence[int]) -> Iterator[_Found]:
    for match in islice(_SIGNED.finditer(text), _MAX_FOUND):
        value = match["value"]
        names = _NAMED.findall(value) if "{" in value else _STRING.findall(value)
        names = [name for name in names if _NAME.fullmatch(name)]
        if names:
            yield _Found(_distance(match.start(), places), tuple(dict.fromkeys(names)))


def _distance(at: int, places: Sequence[int]) -> int | None:
    """Return how far the nearest of `places`, which are in order, is from `at`."""
    after = bisect(places, at)
    return min((abs(at - place) for place in places[max(after - 1, 0) : after + 1]), default=None)


def _agreed_times(found: Sequence[_Found]) -> tuple[str, ...]:
    """Return the times of one day: the nearest's, or the only one's."""
    near = _nearest_first(found)
    days = {found.texts[0]: _day(found.texts[0]) for found in near}
    if not near or (near[0].distance is None and len(set(days.values())) > 1):
        return ()
    return tuple(text for text, day in days.items() if day == days[near[0].texts[0]])


def _day(text: str) -> object:
    time = written_time(text)
    return time and time.moment.at.date()


def _agreed(found: Sequence[_Found]) -> tuple[str, ...]:
    """Return the names nearest to the headline, or the only ones."""
    near = _nearest_first(found)
    if not near or (near[0].distance is None and len({item.texts for item in near}) > 1):
        return ()
    return near[0].texts


def _nearest_first(found: Sequence[_Found]) -> list[_Found]:
    """Return what stands near a headline, nearest first; all of it if nothing does."""
    near = [item for item in found if item.distance is not None and item.distance <= _NEAR_CHARS]
    return sorted(near, key=lambda item: item.distance or 0) or list(found)
