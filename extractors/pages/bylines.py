"""Who signs an article on the visible part of its page."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml.html import HtmlElement

from extractors.pages.agencies import is_agency_trailer
from extractors.pages.authors import clean_authors, is_job_title
from extractors.pages.htmltree import selector, template_names, text_of, text_within

_CALLED_BYLINE = re.compile(
    r"(?:^|[-_ ])(?:bylines?|text-?authors?|authors?|autor(?:en|in|es)?|auteurs?"
    r"|(?:byline|author)-?names?)(?=$|[-_ ])"
)
#: Names of what is signed by others, or tells of the author at length.
_NO_BYLINE = re.compile(r"comment|photo|caption|credit|image|avatar|bio(?![a-z])|job|role|social")
#: A coarse net in libxml2, over attributes for they are fewer; `_CALLED_BYLINE` looks at the catch.
_NET = selector(
    "//@class[contains(., 'uthor') or contains(., 'utor') or contains(., 'uteur')"
    " or contains(., 'yline')]/..|//*/@rel[contains(., 'author')]/.."
    "|//*/@itemprop[contains(., 'author')]/..|//*/@data-testid[contains(., 'yline')]/..|//address"
)
#: Where the pages about authors are, as the larger systems have it.
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:en|es|in)?|auteurs?|autori?|profiles?|journalists?"
    r"|contributors?|writers?|reporters?|redakteur\w*|yazar\w*|skribent\w*)/[^/?#]|/autor-",
    re.IGNORECASE,
)
_AUTHOR_LINKS = selector("following::a[@href][position() <= 60]")
_OWN_NAME = selector(".//a[@href]|.//*[@itemprop='name']|.//*[contains(@rel, 'author')]")
_AFTER_HEADLINE = selector(
    "following::*[self::p or self::div or self::span or self::li or self::dt][position() <= 60]"
)
_SIGNED_BELOW = selector("//p[contains(@style, 'right') or @align='right'][strong or b]")
_CAPITAL_NAME = r"[^\W\d_a-z][\w.’'-]*"
_PARTICLES = "de|da|do|dos|di|du|la|le|van|von|der|den|ter|zu|al|el|bin|ben|y|e"
_PERSON = re.compile(rf"{_CAPITAL_NAME}(?:\s(?:{_CAPITAL_NAME}|(?:{_PARTICLES})(?=\s))){{1,4}}")
_BY = r"\b(?i:by|von|par|por|door|av|af|di|text|autor(?:in)?(?:/autor(?:in)?)?|authors?|auteur)\b"
_AND = r"(?:\s*[,/&]\s*|\s(?:and|und|et|y|e|og|och|en)\s)"
#: "By Jo Doe", "von Dr. Jo van Doe und Jim Doe, dpa", "Author: Jo Doe", and nothing else.
_FIRST_SIGNER = re.compile(rf"{_BY}\s*:?\s*{_PERSON.pattern}")
_SIGNATURE = re.compile(
    rf"{_FIRST_SIGNER.pattern}(?:{_AND}(?:{_PERSON.pattern}|[^\W\d][\w-]{{1,11}})){{0,5}}"
)
_PICTURED = re.compile(
    r"(?:foto|photo|bild|image|picture|imagen|kuva|fotograf\w*)\b", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_MAX_BYLINE_CHARS = 120
_MAX_BYLINES = 15
_MAX_LOOKED_AT = 500
#: A name in a link may have a job title beside it.
_MAX_BESIDE_NAME = 40
#: A link that holds more is a teaser, whatever stands in it; blanks included.
_MAX_LINK_CHARS = 2_000


def bylines_shown(tree: HtmlElement, headline: HtmlElement | None) -> Iterator[str]:
    """Yield the first byline and those beside it, by what templates call them.

    Where nothing is called a byline: the first links to pages about authors after the headline,
    else the first line after it that signs, else a bold name set to the right, as the last line
    of a text has it in Vietnam.
    """
    found = list(islice(_called_bylines(tree), _MAX_BYLINES))
    if not found and headline is not None:
        found = list(_author_links(headline))
    if not found and headline is not None:
        texts = map(text_of, _AFTER_HEADLINE(headline))
        found = list(islice(filter(_SIGNATURE.fullmatch, texts), 1))
    yield from found or filter(_is_person, map(text_of, _SIGNED_BELOW(tree)[-1:]))


def signers_in(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the persons and agencies named in bylines of a plain text, in order, each once."""
    return tuple(name for name in clean_authors(lines) if _is_signer(name))


def _called_bylines(tree: HtmlElement) -> Iterator[str]:
    first: HtmlElement | None = None
    last: HtmlElement | None = None
    for element in islice(_NET(tree), _MAX_LOOKED_AT):
        if first is not None and not _stands_beside(element, first):
            continue
        if (last is None or last not in element.iterancestors()) and _is_called_byline(element):
            names = [n for n in _signers(element) if first is None or _is_signer(n)]
            if names:
                first, last = (element if first is None else first), element
                yield from names


def _is_signer(name: str) -> bool:
    """Return whether a name is a person's or an agency's, rather than a control's or a desk's."""
    return _is_person(name) or is_agency_trailer(name)


def _stands_beside(element: HtmlElement, first: HtmlElement) -> bool:
    """Return whether two elements are in one list: side by side, or each in an item of it."""
    holder, other = element.getparent(), first.getparent()
    if holder is other or holder is None or other is None:
        return holder is other
    return holder.getparent() is other.getparent() and holder.tag == other.tag == "li"


def _is_called_byline(element: HtmlElement) -> bool:
    if element.tag in ("link", "meta") or _is_in_teaser(element):
        return False
    if element.tag == "address":
        return _SIGNATURE.fullmatch(text_of(element)) is not None
    names = template_names(element, "rel", "itemprop", "class", "data-testid").lower()
    return _CALLED_BYLINE.search(names) is not None and not _NO_BYLINE.search(names)


def _is_in_teaser(element: HtmlElement) -> bool:
    """Return whether an element is in a link that holds far more text: a headline, a summary."""
    link = next(element.iterancestors("a"), None)
    if link is None:
        return False
    linked = text_within(link, _MAX_LINK_CHARS)
    return linked is None or len(linked) > len(text_of(element)) + _MAX_BESIDE_NAME


def _signers(element: HtmlElement) -> Iterator[str]:
    """Yield who signs in an element: its links and names, else its pieces of text."""
    pieces = [piece for piece in (" ".join(text.split()) for text in element.itertext()) if piece]
    text = " ".join(pieces)
    if len(text) > _MAX_BYLINE_CHARS or _PICTURED.match(text):
        return
    persons = _linked_names(element) or [name for name in map(_bare, pieces) if _is_person(name)]
    whole = clean_authors([text])
    if len(whole) > len(persons) and all(map(_is_person, whole)):
        yield from whole
    elif persons and len(pieces) > 1:
        yield from dict.fromkeys(persons)
    elif text and not _DIGIT.search(text):
        yield text
    elif found := _FIRST_SIGNER.search(text):
        yield found[0]


def _linked_names(element: HtmlElement) -> list[str]:
    """Return the names that are marked as such or link to an author, the innermost of each."""
    names = [_bare(text_of(part)) for part in _OWN_NAME(element) if _is_named(part)]
    return [name for name in names if not any(other != name and other in name for other in names)]


def _bare(text: str) -> str:
    return text.strip(" ,;.:|·•&/-–—")


def _is_named(part: HtmlElement) -> bool:
    marks = f"{part.get('rel') or ''} {part.get('itemprop') or ''}"
    is_marked = "author" in marks or "name" in marks.split()
    is_linked = _AUTHOR_PATH.search(part.get("href") or "") is not None
    return (is_marked or is_linked) and _is_person(_bare(text_of(part)))


def _is_person(text: str) -> bool:
    """Return whether a text is made like the name of a person, and no job title."""
    return _PERSON.fullmatch(text) is not None and not is_job_title(text)


def _author_links(headline: HtmlElement) -> Iterator[str]:
    """Yield the names that link to pages about authors, as long as they stand together."""
    first: HtmlElement | None = None
    for link in _AUTHOR_LINKS(headline):
        name = _bare(text_of(link))
        if not _AUTHOR_PATH.search(link.get("href") or "") or not _is_person(name):
            continue
        first = link if first is None else first
        if _stands_beside(link, first):
            yield name
