"""From a feed's body to its entries, whatever format it is in."""

from collections.abc import Callable
from datetime import datetime

from extractors.errors import FeedError
from extractors.feeds.bodies import readable
from extractors.feeds.content import FeedContent, content_from
from extractors.feeds.items import ParsedFeed
from extractors.feeds.jsonfeed import looks_like_json, parse_jsonfeed
from extractors.feeds.sitemap import looks_like_sitemap, parse_sitemap
from extractors.feeds.standin import page_from
from extractors.feeds.syndication import parse_syndication
from extractors.records import Page

__all__ = ["PARSERS", "FeedContent", "content_page", "entries_in"]


def _is_anything(page: Page) -> bool:
    return True


#: How to tell a format, and who reads it; the first that fits. Servers name media types at random,
#: so the body is looked at.
PARSERS: tuple[tuple[Callable[[Page], bool], Callable[[Page], ParsedFeed]], ...] = (
    (looks_like_json, parse_jsonfeed),
    (looks_like_sitemap, parse_sitemap),
    (_is_anything, parse_syndication),
)


def entries_in(page: Page, *, feed_id: str, seen_at: datetime) -> FeedContent:
    """Return what the feed in `page` says, its entries as listed and each once.

    Args:
        page: the response, content-decoded.
        feed_id: whose entries they are.
        seen_at: when the poll began.

    Raises:
        FeedError: `empty`, `not_feed`, `too_large` for a file that is packed in itself, or
            `malformed` beyond reading.
    """
    parsed = _parsed(page)
    content = content_from(parsed, feed_id=feed_id, feed_url=page.final_url, seen_at=seen_at)
    if parsed.parts and not content.parts:
        detail = "the index lists sitemaps, but none of this site: subscribe to one of them itself"
        raise FeedError(page.url, "not_feed", detail)
    return content


def content_page(page: Page, *, url: str) -> Page | None:
    """Return a page made of the text that the feed in `page` gives for `url`; None without one.

    Same feed, same page: to be read in place of one that cannot be fetched.

    Args:
        page: the feed's response, content-decoded.
        url: the article's, absolute; its canonical form is what counts.

    Raises:
        FeedError: as `entries_in` does.
    """
    return page_from(_parsed(page), page, url=url)


def _parsed(page: Page) -> ParsedFeed:
    text = readable(page)
    parse = next(parse for fits, parse in PARSERS if fits(text))
    return parse(text)
