"""JSON Feed 1.0 and 1.1.

Source:
    jsonfeed.org/version/1.1
"""

import json
from typing import Any

from extractors.dates import written_time
from extractors.errors import FeedError
from extractors.feeds.content import Item, ParsedFeed, plain_text
from extractors.records import Moment, Page


def looks_like_json(page: Page) -> bool:
    """Tell whether the body begins as a JSON object does, whatever media type it comes under."""
    return page.body[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def parse_jsonfeed(page: Page) -> ParsedFeed:
    """Return the feed in `page`; a field of the wrong type is taken for none.

    Raises:
        FeedError: `malformed` if it is not JSON, `not_feed` if it has no items.
    """
    try:
        found = json.loads(page.body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FeedError(page.url, "malformed", f"not valid JSON: {error}") from error
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        raise FeedError(page.url, "not_feed", "the document is JSON, but not a JSON Feed")
    return ParsedFeed(
        title=plain_text(_string(found, "title")),
        link=_string(found, "home_page_url"),
        items=tuple(_item_from(item) for item in found["items"] if isinstance(item, dict)),
    )


def _item_from(item: dict[str, Any]) -> Item:
    guid = item.get("id")
    return Item(
        guid=str(guid) if isinstance(guid, str | int | float) and guid != "" else None,
        link=_string(item, "url") or _string(item, "external_url"),
        title=plain_text(_string(item, "title")),
        published=_moment(item, "date_published"),
        updated=_moment(item, "date_modified"),
        authors=_authors_of(item),
    )


def _authors_of(item: dict[str, Any]) -> tuple[str, ...]:
    listed = item.get("authors")
    people = [*listed, item.get("author")] if isinstance(listed, list) else [item.get("author")]
    names = (plain_text(_string(each, "name")) for each in people if isinstance(each, dict))
    return tuple(name for name in names if name)


def _moment(item: dict[str, Any], name: str) -> Moment | None:
    written = written_time(_string(item, name))
    return written.moment if written else None


def _string(holder: dict[str, Any], name: str) -> str | None:
    value = holder.get(name)
    return value if isinstance(value, str) else None
