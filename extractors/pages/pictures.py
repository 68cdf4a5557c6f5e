"""The picture that leads an article, among those a page offers."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from extractors.urls import absolute_url

_MAX_CHARS = 2_000
#: No photograph has these in its path.
_NO_PHOTO = re.compile(
    r"logos?(?![a-z])|placeholder|favicon|sprite|spacer|(?:^|[/._-])(?:1x1|pixel|beacon)(?![a-z])"
    r"|no[_-]?(?:image|img|photo|picture|thumb)|(?:image|img|photo)[_-]?(?:missing|not[_-]?found)"
    r"|gravatar|(?:^|[/_-])avatars?(?=[/._-])|\.(?:svg|ico)$",
    re.IGNORECASE,
)
#: The name of a file that a site shows in want of a picture: all of it such words, one of them
#: telling ("og-default-1200x630"), for many a good picture is called "image".
_STAND_IN = re.compile(
    r"(?=.*(?:default|fallback|shar(?:e|ing)|social|blank|transparent|dummy|icon))"
    r"(?:(?:default|fallback|shar(?:e|ing)|social|blank|transparent|dummy|icons?|image|img|pic"
    r"|picture|photo|thumb(?:nail)?|og|opengraph|facebook|fb|twitter|media|card|site|meta|apple"
    r"|touch|article|news|large|small|\d+(?:x\d+)?)(?:[._-]|$))+",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"\.\w{2,5}$")
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src")
_LEAST_PIXELS = 100
_MAX_PICTURES = 3


def lead_image_of(stated: Iterable[str], url: str) -> str | None:
    """Return the first address in `stated` that can be a photograph's, absolute, or None.

    Left out are logos, what stands in for a picture, tracking pixels and `data:` addresses.

    Args:
        stated: best first.
        url: of the page; relative addresses count from there, and are none without it.
    """
    for text in stated:
        address = absolute_url(text.replace(" ", "%20"), url or "https:")
        if address and len(address) <= _MAX_CHARS and _may_be_photo(address):
            return address
    return None


def images_shown(tree: HtmlElement) -> Iterator[str]:
    """Yield the addresses of the first pictures in figures of the article."""
    for image in islice(_pictures(tree), _MAX_PICTURES):
        if not _is_small(image):
            yield from (str(image.get(name)).strip() for name in _SOURCES if image.get(name))


def _pictures(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the pictures in figures that stand in the article or after the headline."""
    is_after = False
    for element in tree.iter("h1", "figure"):
        if element.tag == "h1":
            is_after = True
        elif _is_of_article(element, is_after=is_after):
            yield from element.iter("img")


def _is_of_article(figure: HtmlElement, *, is_after: bool) -> bool:
    holders = {holder.tag for holder in figure.iterancestors("aside", "article", "main")}
    return "aside" not in holders and (is_after or bool(holders))


def _may_be_photo(address: str) -> bool:
    path = unquote(urlsplit(address).path)
    name = _EXTENSION.sub("", path.rpartition("/")[2])
    return not _NO_PHOTO.search(path) and not _STAND_IN.fullmatch(name)


def _is_small(image: HtmlElement) -> bool:
    sides = (str(image.get(side) or "") for side in ("width", "height"))
    return any(side.isdecimal() and int(side) < _LEAST_PIXELS for side in sides if len(side) < 9)
