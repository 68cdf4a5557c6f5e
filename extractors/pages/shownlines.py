"""What a page shows, line by line, in the order in which a reader meets it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from extractors.pages.wordcount import count_words

_Kind = Literal["hidden", "block", "heading", "side", "link", "inline"]

#: Fewer words label or list; more tell.
_TOLD_WORDS = 8
_TITLE_WORDS = 4
_SUMMARY_WORDS = 80
_MAX_LINES = 3000
_MAX_CHARS = 2000
_LINK_SHARE = 0.6
_KINDS: dict[str, _Kind] = dict.fromkeys(("h1", "h2", "h3", "h4", "h5"), "heading")
_KINDS |= dict.fromkeys(("nav", "footer", "aside", "noscript"), "side")
_KINDS |= dict.fromkeys(
    ("script", "style", "template", "svg", "iframe", "object", "select", "title", "head"), "hidden"
)
_KINDS |= dict.fromkeys(
    ("p", "div", "section", "article", "main", "li", "ul", "ol", "dl", "dt", "dd", "td", "th", "tr",
     "table", "form", "button", "label", "blockquote", "figure", "figcaption", "br", "hr", "pre",
     "header", "body", "time", "address", "video", "audio", "details", "summary", "h6"),
    "block",
)  # fmt: skip
_SIDE_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """A line of a page, as its blocks and breaks divide it."""

    text: str  #: with single blanks, cut after 2,000 characters
    words: int
    is_heading: bool
    is_link: bool  #: most of it leads to another page
    is_side: bool  #: it stands in the site's header, navigation or footer, or is an aside

    @property
    def tells(self) -> bool:
        """Whether it is running text of the page itself."""
        return self.words >= _TOLD_WORDS and not (self.is_link or self.is_side)

    @property
    def is_teaser(self) -> bool:
        """Whether it is the title of another page."""
        return self.is_link and not self.is_side and self.words >= _TITLE_WORDS


def shown_lines(tree: HtmlElement) -> tuple[ShownLine, ...]:
    """Return the first 3,000 lines that the body of `tree` shows."""
    body = next(tree.iter("body"), tree)
    titles = list(islice(body.iter("h1"), 2))
    return tuple(islice(_lines(body, titles[0] if len(titles) == 1 else None), _MAX_LINES))


def own_lines(lines: Iterable[ShownLine]) -> Iterator[ShownLine]:
    """Yield the running text of the page, but for the few words below a teaser.

    They sum up what it leads to, and end at the next teaser or heading.
    """
    below: list[ShownLine] | None = None  # None: what comes is not below a teaser
    for line in lines:
        if line.is_teaser or line.is_heading:
            yield from _more_than_summary(below or ())
            below = [] if line.is_teaser else None
        elif line.tells and below is None:
            yield line
        elif line.tells and below is not None:
            below.append(line)
    yield from _more_than_summary(below or ())


def _more_than_summary(lines: Sequence[ShownLine]) -> Sequence[ShownLine]:
    return lines if sum(line.words for line in lines) > _SUMMARY_WORDS else ()


def _lines(body: HtmlElement, title: HtmlElement | None) -> Iterator[ShownLine]:
    """Yield the lines of `body`; a link in its `title` leads to the page itself."""
    inside: Counter[_Kind] = Counter()
    pieces: list[tuple[str, bool]] = []
    walk = iterwalk(body, events=("start", "end"))
    for event, element in walk:
        begins = event == "start"
        kind = _kind(element, title)
        if kind in ("block", "heading", "side"):
            yield from _line(pieces, inside)
            pieces.clear()
        inside[kind] += 1 if begins else -1
        if begins and kind == "hidden":
            walk.skip_subtree()
        elif text := element.text if begins else element.tail if element is not body else None:
            pieces.append((text, inside["link"] > 0))
    yield from _line(pieces, inside)


def _kind(element: HtmlElement, title: HtmlElement | None) -> _Kind:
    if element.tag == "a":
        leads_off = (element.get("href") or "#")[:1] != "#"
        return "link" if leads_off and not _is_around(element, title) else "inline"
    if element.get("role") in _SIDE_ROLES or _is_masthead(element):
        return "side"
    return _KINDS.get(element.tag, "inline")


def _is_around(link: HtmlElement, title: HtmlElement | None) -> bool:
    """Return whether a link is in the title or the title in it."""
    if title is None:
        return False
    return title in link.iterancestors("h1") or title in link.iter("h1")


def _is_masthead(element: HtmlElement) -> bool:
    """Return whether an element is the header of the site, not of the article."""
    if element.tag != "header" or next(element.iter("h1"), None) is not None:
        return False
    return next(element.iterancestors("article", "main"), None) is None


def _line(pieces: Sequence[tuple[str, bool]], inside: Counter[_Kind]) -> Iterator[ShownLine]:
    text = " ".join("".join(piece for piece, _ in pieces).split())
    if not text:
        return
    linked = sum(len(piece.strip()) for piece, is_linked in pieces if is_linked)
    yield ShownLine(
        text=text[:_MAX_CHARS],
        words=count_words(text),
        is_heading=inside["heading"] > 0,
        is_link=linked > _LINK_SHARE * len(text),
        is_side=inside["side"] > 0,
    )
