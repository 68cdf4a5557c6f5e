"""What stands among an article's paragraphs and is not its text: taken out of the tree.

Captions are kept aside; teasers, share buttons, newsletter boxes and embedded posts are not.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Literal

from lxml.html import HtmlElement

from extractors.pages.htmltree import hyphenated, selector, text_of, text_within
from extractors.pages.wordcount import count_words

_Kind = Literal["caption", "credit", "clutter", "text"]

_CAPTION = re.compile(
    r"[-_ ](?:(?:img|image|photo|picture|media|figure|foto|bild|gallery|video)-?)?"
    r"(?:captions?|captiontext|bildunterschrift|bildtext|legende|didascalia)(?=$|[-_ ])"
)
_CREDIT = re.compile(
    r"[-_ ](?:img|image|photo|picture|media|caption|figure|foto|bild)[-_]{0,2}"
    r"(?:credits?|copyright|source|rights|quelle|nachweis|author|by)(?=$|[-_ ])"
)
_CLUTTER = re.compile(
    r"[-_ ](?:related|teasers?(?!-text)|recommended|recommendations?|recirc\w*|promos?"
    r"|promobox"
    r"|newsletter\w*|sign-?up|subscribe|shar(?:e|ing)|social|comments?|disqus|breadcrumbs?"
    r"|adverts?|advertisement|ads?|adslot|outbrain|taboola|twitter-tweet|instagram-media"
    r"|tiktok-embed|fb-post|bluesky-embed|info-?box|fact-?box|faktabox|faktaboks|faktaruta"
    r"|read-?more|more-on|most-?read|most-?popular|trending|(?:also|must)-?read|see-?also"
    r"|leggi-anche|lire-aussi|read-?also|author-?(?:bio|box|info|card)|about-author|bio"
    r"|tags|topics|keywords|tooltip|cookies?|sidebar|toc|table-of-contents|poll|survey|quiz"
    r"|sr-only|visually-?hidden|visuallyhidden|screen-reader-text|hidden|print-only|donate"
    r"|donation|(?:access|pay|reg|registration|subscriber|subscription)-?wall|byline|timestamp"
    r"|dateline-?time|inline-?link)(?=$|[-_ ])"
)
_KINDS_OF_TAGS: Mapping[str, _Kind] = {
    "figcaption": "caption", "nav": "clutter", "noscript": "clutter", "aside": "clutter",
    "footer": "clutter", "figure": "clutter",
    **dict.fromkeys(("html", "body", "main", "article", "h1", "head", "title"), "text"),
}  # fmt: skip
#: An outlet's pages share their classes, so most need judging once.
_MOST_CLASSES = 4096
_MAX_CLASS_CHARS = 500
#: Boxes that hold more are the article's, whatever they are called.
_MAX_CLUTTER_WORDS = 200
_MAX_CLUTTER_CHARS = 20_000
_MAX_CAPTION_CHARS = 1500
#: A block is a teaser if it is this small and this much of it is a link.
_MAX_CHILDREN = 6
_MAX_TEASER_CHARS = 250
#: A link with so many paragraphs was never closed, and holds the article.
_UNCLOSED = 3
_LINK_SHARE = 0.6
_CLASSED = selector("//*[@class]|//figcaption|//figure|//nav|//aside|//noscript|//footer")
#: Sites that scroll on have the next articles, with headlines of their own, on the same page.
_OTHER_ARTICLES = selector(
    "(//article[.//h1][not(.//article[.//h1])])[1]/following::article[.//h1]"
)


def take_clutter(tree: HtmlElement) -> tuple[str, ...]:
    """Take captions, credits and clutter out of `tree`; return the captions, each once."""
    for other in _OTHER_ARTICLES(tree):
        other.drop_tree()
    captions: dict[str, None] = {}
    taken: set[HtmlElement] = set()
    for element in _CLASSED(tree):
        kind = _kind(element)
        if kind == "text" or (kind != "caption" and element in taken):
            continue
        text = text_within(element, _MAX_CLUTTER_CHARS)
        # What is empty holds no article.
        if text is None or (text and not _is_small(element, text, kind)):
            continue
        if kind == "caption" and text:
            captions.setdefault(text)
        if element not in taken:
            taken.update(element.iter())
            element.drop_tree()
    return tuple(captions)


def _kind(element: HtmlElement) -> _Kind:
    """Return what an element's name and class say it holds."""
    kind = _KINDS_OF_TAGS.get(element.tag)
    return kind or _judged((element.get("class") or "")[:_MAX_CLASS_CHARS])


@lru_cache(maxsize=_MOST_CLASSES)
def _judged(classes: str) -> _Kind:
    parted = classes if classes.islower() else hyphenated(classes).lower()
    marks = "-" + parted.replace("__", "-")
    if _CREDIT.search(marks):
        return "credit"
    if _CAPTION.search(marks):
        return "caption"
    return "clutter" if _CLUTTER.search(marks) else "text"


def _is_small(element: HtmlElement, text: str, kind: _Kind) -> bool:
    if kind == "clutter":
        few = len(text) <= _MAX_CLUTTER_WORDS or count_words(text) <= _MAX_CLUTTER_WORDS
        return few and not _holds_article(element)
    return len(text) <= _MAX_CAPTION_CHARS and (kind == "credit" or not _holds_article(element))


def _holds_article(element: HtmlElement) -> bool:
    return next(element.iterdescendants("h1", "article"), None) is not None


def linked_blocks(tree: HtmlElement) -> Iterator[str]:
    """Yield the texts of paragraphs and items that are mostly a link, and of whole links."""
    for link in tree.iter("a"):
        linked = text_within(link, _MAX_CLUTTER_CHARS) if link.get("href") else None
        if not linked or sum(1 for _ in islice(link.iter("p"), _UNCLOSED)) == _UNCLOSED:
            continue
        yield linked
        yield from map(text_of, link.iter("p", "h2", "h3", "h4", "h5"))
        block = next(link.iterancestors("p", "li", "h2", "h3", "h4", "h5", "div"), None)
        if block is not None and len(block) <= _MAX_CHILDREN:
            text = text_of(block)
            if len(text) <= _MAX_TEASER_CHARS and len(linked) > _LINK_SHARE * len(text):
                yield text
