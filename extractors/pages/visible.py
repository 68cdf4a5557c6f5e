"""What the visible part of a page says about its article: headlines, times, bylines."""

import re
from collections.abc import Iterator
from itertools import chain, islice

from lxml.html import HtmlElement

from extractors.pages.bylines import bylines_shown
from extractors.pages.claims import Claims
from extractors.pages.htmltree import text_of
from extractors.pages.timestamps import dates_near, time_elements

#: Shorter headings of the first level are logos and names of sections.
_HEADLINE_WORDS = 4
_HEADLINE_CHARS = 10
#: Pages that scroll on have one for each article, and no page has so many.
_MAX_HEADINGS = 100
#: Letters of scripts that write a word in one or two: Thai and Lao, Japanese, Chinese, Korean.
_DENSE = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def claims_in_body(tree: HtmlElement) -> Claims:
    """Return what headings, title, time and byline elements say."""
    headline = headline_of(tree)
    times = time_elements(tree, headline)
    return Claims(
        source="page",
        titles=tuple(_titles(tree, headline)),
        authors=tuple(bylines_shown(tree, headline)),
        published=times.published,
        modified=times.modified,
    )


def dates_shown(tree: HtmlElement) -> Iterator[str]:
    """Yield what may be the date of publication where no element states it, the likeliest first."""
    headline = headline_of(tree)
    yield from dates_near(tree, headline)
    yield from time_elements(tree, headline).stray


def headline_of(tree: HtmlElement) -> HtmlElement | None:
    """Return the first heading long enough to be a headline, else the first of all.

    Where no heading of the first level will do, one of the second in the article will.
    """
    headings = list(islice(tree.iter("h1"), _MAX_HEADINGS))
    candidates = chain(headings, (h2 for h2 in tree.iter("h2") if _is_in_article(h2)))
    long = (heading for heading in candidates if _is_headline(text_of(heading)))
    return next(long, headings[0] if headings else None)


def _is_headline(text: str) -> bool:
    """Return whether a text is as long as headlines are."""
    if len(text.split()) >= _HEADLINE_WORDS:
        return True
    return not text.isascii() and len(_DENSE.findall(text)) >= _HEADLINE_CHARS


def _titles(tree: HtmlElement, headline: HtmlElement | None) -> Iterator[str]:
    """Yield the headline, the title element, and the other headings of the first level.

    A title element is often written for search engines, so that the headline comes before it.
    """
    heading = text_of(headline) if headline is not None and headline.tag == "h1" else ""
    title = next(tree.iter("title"), None)
    first = "" if title is None else text_of(title)
    ranked = (heading, first) if _is_headline(heading) else (first, heading)
    first_headings = islice(tree.iter("h1"), _MAX_HEADINGS)
    others = (text_of(other) for other in first_headings if other is not headline)
    yield from filter(None, (*ranked, *others))


def _is_in_article(element: HtmlElement) -> bool:
    return next(element.iterancestors("article"), None) is not None
