"""The text that a feed gives itself, as a page to be read in place of one that cannot be had."""

import html
from collections.abc import Iterator
from dataclasses import replace

from extractors.feeds.content import entries_with_items
from extractors.feeds.items import Item, ParsedFeed
from extractors.feeds.links import canonical_or_none
from extractors.records import Entry, Moment, Page


def page_from(parsed: ParsedFeed, page: Page, *, url: str) -> Page | None:
    """Return a page with what the feed says of the article at `url`; None if it has no text of it.

    Args:
        parsed: the feed in `page`.
        page: the feed's response, whose fetch and time the result keeps.
        url: the article's; its canonical form is what counts. Nothing is there without one.
    """
    target = canonical_or_none(url)
    if target is None:
        return None
    pairs = entries_with_items(parsed, feed_id="", feed_url=page.final_url, seen_at=page.fetched_at)
    for entry, item in pairs:
        if entry.target == target and entry.url and entry.has_content:
            return replace(
                page,
                url=entry.url,
                final_url=entry.url,
                http_status=200,
                headers=(("Content-Type", "text/html; charset=utf-8"),),
                body=_document(entry, entry.url, item).encode("utf-8", "replace"),
            )
    return None


def _document(entry: Entry, url: str, item: Item) -> str:
    title = html.escape(entry.title or "")
    lang = f' lang="{html.escape(item.lang)}"' if item.lang else ""
    metas = "".join(
        f'<meta {kind}="{name}" content="{html.escape(value)}">'
        for kind, name, value in _metas(entry)
    )
    return (
        f'<!DOCTYPE html><html{lang}><head><meta charset="utf-8"><title>{title}</title>{metas}'
        f'<link rel="canonical" href="{html.escape(url)}"></head><body><article>'
        f"<h1>{title}</h1>{item.content}</article></body></html>"
    )


def _metas(entry: Entry) -> Iterator[tuple[str, str, str]]:
    yield "property", "og:type", "article"
    if entry.title:
        yield "property", "og:title", entry.title
    for author in entry.authors:
        yield "name", "author", author
    if entry.published:
        yield "property", "article:published_time", _written(entry.published)
    if entry.updated:
        yield "property", "article:modified_time", _written(entry.updated)


def _written(moment: Moment) -> str:
    return moment.at.isoformat() if moment.precision == "instant" else str(moment.at.date())
