"""JSON Feed 1.0 and 1.1.

Source:
    jsonfeed.org/version/1.1
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from extractors.errors import FeedError
from extractors.feeds.items import MOST_ITEMS, Item, ParsedFeed, markup_of, plain_text, whole_number
from extractors.records import Enclosure, Page

#: An escape for half a character, as of a title cut in an emoji, which no text can hold.
_HALF_A_PAIR = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    rb"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
_JSON_START = re.compile(rb"\{|\[\s*[\[\]{\"]")


def looks_like_json(page: Page) -> bool:
    """Tell whether the body begins as JSON does, whatever media type it comes under."""
    return bool(_JSON_START.match(page.body))


def parse_jsonfeed(page: Page) -> ParsedFeed:
    """Return the feed in `page`; a field of the wrong type is taken for none.

    Raises:
        FeedError: `malformed` if it is not JSON, `not_feed` if it has no items.
    """
    try:
        found = json.loads(_HALF_A_PAIR.sub(rb"\\ufffd", page.body))
    except (ValueError, RecursionError) as error:
        detail = "the document begins as JSON and cannot be read as such"
        raise FeedError(page.url, "malformed", detail) from error
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        detail = "the document is JSON, but no JSON Feed: it has no list of items"
        raise FeedError(page.url, "not_feed", detail)
    if len(found["items"]) > MOST_ITEMS:
        raise FeedError(
            page.url,
            "too_large",
            f"the feed lists over {MOST_ITEMS} items; subscribe to a shorter one",
        )
    authors = _authors_of(found)
    return ParsedFeed(
        title=plain_text(_string(found, "title")),
        link=_string(found, "home_page_url"),
        items=tuple(
            _item_from(item, authors, _string(found, "language"))
            for item in found["items"]
            if isinstance(item, dict)
        ),
    )


def _item_from(item: dict[str, Any], feed_authors: tuple[str, ...], feed_lang: str | None) -> Item:
    published = _number_or_string(item, "date_published")
    return Item(
        guid=(_number_or_string(item, "id") or "").strip() or None,
        link=_string(item, "url") or _string(item, "external_url"),
        title=plain_text(_string(item, "title")),
        published=(published,) if published else (),
        updated=_number_or_string(item, "date_modified"),
        authors=_authors_of(item) or feed_authors,
        categories=tuple(filter(None, map(plain_text, _strings(item, "tags")))),
        enclosures=tuple(_enclosures_of(item)),
        summary=_markup(item, html="", text="summary"),
        content=_markup(item, html="content_html", text="content_text"),
        lang=_string(item, "language") or feed_lang,
    )


def _authors_of(holder: dict[str, Any]) -> tuple[str, ...]:
    people = [*_objects(holder, "authors"), holder.get("author")]
    names = (plain_text(_string(each, "name")) for each in people if isinstance(each, dict))
    return tuple(name for name in names if name)


def _enclosures_of(item: dict[str, Any]) -> Iterator[Enclosure]:
    for each in _objects(item, "attachments"):
        if url := _string(each, "url"):
            size_bytes = whole_number(_number_or_string(each, "size_in_bytes")) or None
            yield Enclosure(url=url, media_type=_string(each, "mime_type"), size_bytes=size_bytes)


def _markup(item: dict[str, Any], *, html: str, text: str) -> str | None:
    plain = _string(item, text)
    return _string(item, html) or (markup_of(plain) if plain else None)


def _objects(holder: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = holder.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _strings(holder: dict[str, Any], name: str) -> list[str]:
    found = holder.get(name)
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _string(holder: dict[str, Any], name: str) -> str | None:
    value = holder.get(name)
    return value if isinstance(value, str) else None


def _number_or_string(holder: dict[str, Any], name: str) -> str | None:
    value = holder.get(name)
    return str(value) if isinstance(value, str | int | float) and value != "" else None
