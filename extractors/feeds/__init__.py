"""From a feed's body to its entries, whatever format it is in."""

from collections.abc import Callable
from datetime import datetime

from extractors.errors import FeedError
from extractors.feeds.content import FeedContent, ParsedFeed, content_from
from extractors.feeds.jsonfeed import looks_like_json, parse_jsonfeed
from extractors.feeds.syndication import parse_syndication
from extractors.records import Page

__all__ = ["PARSERS", "FeedContent", "entries_in"]


def _is_anything(page: Page) -> bool:
    return True


#: How to tell a format, and who reads it; the first that fits. Servers name media types at random,
#: so the body is looked at.
PARSERS: tuple[tuple[Callable[[Page], bool], Callable[[Page], ParsedFeed]], ...] = (
    (looks_like_json, parse_jsonfeed),
    (_is_anything, parse_syndication),
)


def entries_in(page: Page, *, feed_id: str, seen_at: datetime) -> FeedContent:
    """Return what the feed in `page` says, its entries as listed and each once.

    Args:
        page: the response, content-decoded.
        feed_id: whose entries they are.
        seen_at: when the poll began.

    Raises:
        FeedError: `empty`, `not_feed`, or `malformed` beyond reading.
    """
    if not page.body.strip():
        raise FeedError(page.url, "empty", "the server gave an empty document")
    parse = next(parse for fits, parse in PARSERS if fits(page))
    return content_from(parse(page), feed_id=feed_id, base_url=page.final_url, seen_at=seen_at)
