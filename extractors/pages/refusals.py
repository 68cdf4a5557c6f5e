"""Why a page may be no article."""

import re
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from extractors.pages.htmltree import selector, text_of
from extractors.pages.kinds import is_live
from extractors.pages.metadata import Metadata
from extractors.pages.shownlines import ShownLine, own_lines, shown_lines
from extractors.pages.walls import (
    asks_for_consent,
    asks_for_proof,
    asks_for_script,
    says_missing,
    told_before_offer,
)
from extractors.records import Page

#: How files of other kinds begin, in lower case.
_OTHER_FORMATS = (
    b"%pdf", b"%!ps", b"\x89png", b"\xff\xd8\xff", b"gif8", b"riff", b"id3", b"oggs", b"ftyp",
    b"pk\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"\x1a\x45\xdf\xa3", b"{", b"[",
)  # fmt: skip
_ROOT = re.compile(
    rb"(?:\s|<\?[^>]*+>|<!--(?:(?!-->).)*+-->|<!doctype[^>]*+>)*+<([a-z:]+)", re.DOTALL
)
_OTHER_ROOTS = frozenset(
    {b"rss", b"feed", b"rdf:rdf", b"urlset", b"sitemapindex", b"opml", b"svg", b"error"}
)
_HTML_TAG = re.compile(rb"<(?:!doctype html|html|head|body|title|meta|article|div|p|h1)[\s>]")

#: Bytes that no text has, but for one in UTF-16, whose byte order mark tells.
_BINARY = re.compile(rb"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LISTED = re.compile(r'"@type"\s*+:\s*+"(?:CollectionPage|ProfilePage|SearchResultsPage)"')
_LISTING_SEGMENTS = frozenset({
    "author", "authors", "autor", "autores", "autoren", "auteur", "auteurs", "autori", "profile",
    "tag", "tags", "topic", "topics", "thema", "themen", "tema", "temas", "sujet", "dossier",
    "category", "categoria", "kategorie", "rubrik", "rubrique", "search", "suche", "archive",
})  # fmt: skip
_PLAYERS = selector(
    "//video|//audio|//iframe[contains(@src, 'player') or contains(@src, '/embed')]"
)
#: A page that says it is an article and has this much text is one, however it looks.
_ENOUGH_WORDS = 150
#: The most words and paragraphs shown of an article that is said to be for subscribers, or that
#: is offered to them.
_LOCKED_WORDS, _LOCKED_LINES = 200, 3
_OFFERED_WORDS, _OFFERED_LINES = 120, 2
_STUB_WORDS = 60
_NOT_FREE = ("locked", "metered")
#: The most words that are said beside a player; where a page says it is a video, beside a stub.
_PLAYER_WORDS = 25
_FLASH_WORDS = 8
_MANY_TEASERS = 8
#: Words of its own that a list has, and the most where it says it is a list.
_LIST_WORDS = 25
_INTRODUCED_WORDS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Impression:
    """A page at first sight."""

    headings: tuple[str, ...]  #: page title and first headings
    lines: tuple[ShownLine, ...]
    teasers: int  #: links that are lines, with a title's words
    own_words: int  #: of running text that is not below a teaser
    shown_words: int  #: of all lines of its own but headings
    has_player: bool
    has_login: bool
    is_listed: bool  #: JSON-LD calls it a collection, a profile or results

    @classmethod
    def of(cls, tree: HtmlElement) -> "Impression":
        """Return the impression that a whole tree makes."""
        lines = shown_lines(tree)
        heads = [text_of(item) for tag in ("title", "h1") for item in islice(tree.iter(tag), 2)]
        heads += [line.text for line in lines if line.is_heading and not line.is_link][:2]
        scripts = (script.text or "" for script in tree.iter("script"))
        return cls(
            headings=tuple(dict.fromkeys(head[:200] for head in heads)),
            lines=lines,
            teasers=sum(line.is_teaser for line in lines),
            own_words=sum(line.words for line in own_lines(lines)),
            shown_words=sum(
                line.words
                for line in lines
                if not (line.is_side or line.is_link or line.is_heading)
            ),
            has_player=bool(_PLAYERS(tree)),
            has_login=any(field.get("type") == "password" for field in tree.iter("input")),
            is_listed=any(_LISTED.search(script) for script in scripts),
        )


def may_be_html(page: Page) -> bool:
    """Return whether a page may be HTML: by its first bytes, then by what the server says.

    Source:
        WHATWG MIME Sniffing, 7.1, for the bytes that no text has.
    """
    head = page.body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n\0").lower()
    root = _ROOT.match(head)
    if head.startswith(_OTHER_FORMATS) or (root and root[1] in _OTHER_ROOTS):
        return False
    kind = (page.header("content-type") or "").partition(";")[0].strip().lower()
    if kind in ("", "text/plain", "application/octet-stream"):
        is_text = page.body.startswith(_UTF_16) or not _BINARY.search(head[:1024])
        return is_text and (not kind or _HTML_TAG.search(head.replace(b"\0", b"")) is not None)
    return "html" in kind or (kind.endswith("xml") and b"<html" in head)


def is_surely_article(metadata: Metadata, words: int) -> bool:
    """Return whether `refusal_of` has nothing to say, however the page looks."""
    least = _LOCKED_WORDS if metadata.access in _NOT_FREE else _ENOUGH_WORDS
    return metadata.is_article and words >= least


def refusal_of(
    page: Page, metadata: Metadata, impression: Impression, words: int
) -> tuple[str, str] | None:
    """Return reason and detail if `page` is no article, else None.

    Args:
        page: as fetched.
        metadata: what it says about itself.
        impression: how it looks.
        words: how many words of text were found.
    """
    # Some sites say of every page, also of their errors, that it is an article.
    is_dated = metadata.is_article and metadata.published is not None
    if not is_dated and (refusal := _wall(page, impression)):
        return refusal
    if _is_index(metadata, impression):
        return "index_page", "the page lists articles and is none itself"
    if _is_paywall(metadata, impression, words):
        return "paywall", "the text is for subscribers; only its beginning is on the page"
    if _is_video(metadata, impression, words):
        return "video_only", "the page holds a recording and hardly any text"
    if words < _FLASH_WORDS or (words < _STUB_WORDS and _is_bare(metadata, impression)):
        return "empty", f"only {min(words, impression.own_words)} words of text were found"
    return None


def _wall(page: Page, impression: Impression) -> tuple[str, str] | None:
    """Return why something other than the page asked for was shown."""
    headings, lines = impression.headings, impression.lines
    shown = " · ".join(headings)[:80]
    if asks_for_proof(headings, lines):
        return "challenge", f"the site asks for proof of a human reader: {shown!r}"
    if says_missing(headings, lines):
        return "soft_404", f"the site says the page is missing: {shown!r}"
    if asks_for_consent(page.final_url, lines):
        return "consent", "the site shows a consent form in place of the page"
    if asks_for_script(lines):
        return "empty", "the page has no text until a script has drawn it"
    if _fell_to_front(page):
        return "soft_404", "the site answered with its front page"
    return None


def _fell_to_front(page: Page) -> bool:
    asked, got = urlsplit(page.url).path, urlsplit(page.final_url).path
    return got in ("", "/") and asked not in ("", "/")


def _is_index(metadata: Metadata, impression: Impression) -> bool:
    if metadata.is_article or is_live(metadata):
        return False
    *folders, _ = urlsplit(metadata.url).path.lower().split("/") or [""]
    is_front = urlsplit(metadata.url).path in ("", "/")
    is_named = is_front or impression.is_listed or not _LISTING_SEGMENTS.isdisjoint(folders)
    most = _INTRODUCED_WORDS if is_named else _LIST_WORDS
    # Beside a player stand a few more of its kind.
    least = 2 * _MANY_TEASERS if impression.has_player and not is_named else _MANY_TEASERS
    return impression.teasers >= least and impression.own_words < most


def _is_paywall(metadata: Metadata, impression: Impression, words: int) -> bool:
    if metadata.access == "free":
        return False
    is_locked = metadata.access in _NOT_FREE
    if words < _STUB_WORDS and (is_locked or _is_login(impression)):
        return True
    if words >= (_LOCKED_WORDS if is_locked else _OFFERED_WORDS):
        return False
    told = told_before_offer(impression.lines)
    return told is not None and told <= (_LOCKED_LINES if is_locked else _OFFERED_LINES)


def _is_login(impression: Impression) -> bool:
    return impression.has_login and impression.own_words < _LIST_WORDS


def _is_video(metadata: Metadata, impression: Impression, words: int) -> bool:
    is_short = words < _STUB_WORDS or impression.teasers >= _MANY_TEASERS
    told = impression.own_words if is_short else words
    if told < _FLASH_WORDS:
        return impression.has_player or metadata.page_kind == "video"
    if metadata.is_article:
        return False
    is_said = metadata.page_kind == "video" and told < _STUB_WORDS
    return is_said or (impression.has_player and told < _PLAYER_WORDS)


def _is_bare(metadata: Metadata, impression: Impression) -> bool:
    """Return whether what was found are labels of the site: the page shows nothing itself."""
    return not metadata.is_article and impression.shown_words < _FLASH_WORDS
