"""The section an article stands in, and its tags, out of what a page calls them."""

import re
from collections.abc import Collection, Iterable, Iterator

from lxml.html import HtmlElement

from extractors.pages.htmltree import selector, text_of
from extractors.pages.titles import folded_words

_MAX_SECTION_CHARS = 60
_MAX_TAG_CHARS = 60
#: Longer ones are headlines, or keywords run together.
_MAX_SECTION_WORDS = 6
_MAX_TAG_WORDS = 7
_MAX_TAGS = 30
_BETWEEN_TAGS = re.compile(r"\s*[,;|、，]\s*")
#: "Business, Finance, & Economics"
_ONE_TAG = re.compile(r",\s*(?:&|and)\s[^,]*$")
#: Between the names of several sections, where no blank follows as in the name of one.
_BETWEEN_SECTIONS = re.compile(r",(?=\S)|[;|>]")
#: Keys of machines among the tags: "NLP Category: Politics", "page-type:story", ids and numbers.
_MACHINE = re.compile(
    r"(?:[\w ]{1,20} )?(?:category|section|type|channel|author|source|tokens|subject|day|time|wc"
    r"|language)\s?:.*|[\w.-]+[:=]\S.*"
    r"|[0-9a-f]{8}-[0-9a-f-]{20,}|\d{5,}|https?:.*|/.*",
    re.IGNORECASE,
)
#: The first step of a trail, and what templates put where nobody chose a section.
_NO_SECTION = frozenset(
    {"home", "homepage", "start", "startseite", "accueil", "inicio", "portada", "início", "strona"
     " główna", "hem", "hjem", "forside", "forsiden", "voorpagina", "главная", "anasayfa", "ホーム",
     "article", "articles", "null", "none", "undefined", "uncategorized", "uncategorised"}
)  # fmt: skip
_TRAIL = selector(
    "(//@class[contains(., 'readcrumb')]/..|//@aria-label[contains(., 'readcrumb')]/..)[1]//a"
)
_TAG_LINKS = selector("//a/@rel[contains(concat(' ', ., ' '), ' tag ')]/..")
_FROM_FRONT = 6


def section_of(stated: Iterable[str], site: Collection[str], titles: Collection[str]) -> str | None:
    """Return the first of the sections `stated` that can be one.

    Args:
        stated: best first.
        site: names of the site, each its words run together; the front page is no section.
        titles: of the article, with which trails end.
    """
    for section in (_clean(_BETWEEN_SECTIONS.split(text)[0]) for text in stated):
        if (
            0 < len(section) <= _MAX_SECTION_CHARS
            and len(section.split()) <= _MAX_SECTION_WORDS
            and section.casefold() not in _NO_SECTION
            and not _MACHINE.fullmatch(section)
            and not _is_named(section, site, titles)
        ):
            return section
    return None


def tags_of(
    stated: Collection[str], site: Collection[str], titles: Collection[str]
) -> tuple[str, ...]:
    """Return the tags in `stated`, in order, each once, at most 30.

    Args:
        stated: a tag each; or one alone that holds them all, with commas between.
        site: names of the site, each its words run together; they are no tags.
        titles: of the article; they are no tags either.
    """
    is_list = len(stated) == 1 and not any(map(_ONE_TAG.search, stated))
    pieces = [part for text in stated for part in _BETWEEN_TAGS.split(text)] if is_list else stated
    tags: dict[str, str] = {}
    for tag in map(_clean, pieces):
        if _is_tag(tag) and not _is_named(tag, site, titles):
            tags.setdefault(tag.casefold(), tag)
    return tuple(tags.values())[:_MAX_TAGS]


def sections_shown(tree: HtmlElement) -> Iterator[str]:
    """Yield the links of the trail above the article, the one next to it first."""
    yield from map(text_of, reversed(_TRAIL(tree)[:_FROM_FRONT]))


def tags_shown(tree: HtmlElement) -> Iterator[str]:
    """Yield the texts of links that are marked as leading to a tag of the page."""
    yield from map(text_of, _TAG_LINKS(tree)[:_MAX_TAGS])


def _clean(name: str) -> str:
    return " ".join(name.split()).strip(" #,;|>»›\"'“”")


def _is_tag(tag: str) -> bool:
    return (
        0 < len(tag) <= _MAX_TAG_CHARS
        and len(tag.split()) <= _MAX_TAG_WORDS
        and not _MACHINE.fullmatch(tag)
        and any(map(str.isalnum, tag))
    )


def _is_named(name: str, site: Collection[str], titles: Collection[str]) -> bool:
    """Return whether a section or tag is the name of the site, or a title, whole or cut short."""
    words = folded_words(name)
    run = "".join(words)
    return not {run, run.removeprefix("the")}.isdisjoint(site) or (
        len(words) > 2 and any("".join(folded_words(title)).startswith(run) for title in titles)
    )
