"""Responses and archived records without what was forgotten."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from urllib.parse import urljoin

from extractors.errors import FeedError
from extractors.feeds import entries_in
from extractors.feeds.cutting import without_items
from extractors.records import Page
from flows.decoding import TooLargeError, UndecodableError, decoded
from flows.exchange import MOST_BODY_BYTES, Response
from flows.tombstones import Tombstones
from flows.warc import WarcRecord, digest_of, gzip_member, parsed_block, record_bytes

#: A field of ours: what was taken out of a record, `items` of a feed or the whole `record`.
_REDACTED = "OnRecord-Redacted"
_OF_THE_BODY = re.compile(rb"\r\ncontent-(?:encoding|length):[^\r\n]*", re.IGNORECASE)
_LOOKED_AT = 200_000  #: bytes of a page, in which its head is
_OWN_ADDRESS = re.compile(
    rb"<(?:link|meta)\s[^<>]*(?:\"|'|=)(?:canonical|og:url)(?=[\"'\s/>])[^<>]*>", re.IGNORECASE
)
_VALUE = re.compile(rb"\s(?:href|content)\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)


def feed_without_forgotten(response: Response, tombstones: Tombstones) -> Response:
    """Return a feed's response without the items that were forgotten; itself if it has none.

    One that is changed is no longer content-encoded.
    """
    if not tombstones.keys:
        return response
    kept = without_items(
        response.body, base_url=response.final_url, covers=tombstones.covers
    )  # fmt: skip
    if kept is response.body:
        return response
    headers = tuple(
        pair
        for pair in response.headers
        if pair[0].lower() not in ("content-encoding", "content-length")
    )
    return replace(response, raw=kept, body=kept, headers=headers)


def is_of_forgotten(response: Response, tombstones: Tombstones) -> bool:
    """Tell whether a page is that of a forgotten article, by where it is or says it belongs."""
    return bool(tombstones.keys) and any(
        tombstones.covers(url) for url in (response.final_url, *_own_addresses(response))
    )


def _own_addresses(response: Response) -> Iterator[str]:
    for tag in _OWN_ADDRESS.findall(response.body[:_LOOKED_AT]):
        if found := _VALUE.search(tag):
            yield urljoin(response.final_url, unescape(found[1].decode("utf-8", "replace")))


def blanked(record: WarcRecord, *, size: int) -> bytes:
    """Return the gzip member, `size` bytes long, that says that there was a record here.

    Raises:
        ValueError: so little cannot even say that; no record that we wrote is so short.
    """
    kept = {name: record.fields[name] for name in ("WARC-Record-ID", "WARC-Date")}
    fields = {"WARC-Type": "metadata", **kept, "Content-Type": "text/plain", _REDACTED: "record"}
    member = gzip_member(record_bytes(fields, b""), size=size)
    if len(member) > size:
        raise ValueError(f"a record of {size} bytes is too short to be blanked")
    return member


def feed_member_without(
    record: WarcRecord, covers: Callable[[str], bool], *, size: int
) -> bytes | None:
    """Return the gzip member, `size` bytes long, of an archived feed without some items.

    Where these cannot be cut out alone, or what is left takes more room, the record is blanked.

    Args:
        record: the archived response.
        covers: tells of an address whether its item is to go.
        size: of the member that it stands in.

    Returns:
        None if the feed has no such item.
    """
    try:
        _, headers, raw = parsed_block(record.block)
        coding = next(
            (value for name, value in headers if name.lower() == "content-encoding"), None
        )
        body = decoded(raw, coding, max_bytes=MOST_BODY_BYTES)
    except (ValueError, TooLargeError, UndecodableError):
        return blanked(record, size=size)  # nobody can tell what it lists
    kept = without_items(body, base_url=record.fields["WARC-Target-URI"], covers=covers)
    if _still_lists(record, headers, kept, covers):
        return blanked(record, size=size)
    if kept is body:
        return None
    head, _, _ = record.block.partition(b"\r\n\r\n")
    block = _OF_THE_BODY.sub(b"", head) + b"\r\n\r\n" + kept
    fields = {name: value for name, value in record.fields.items() if name != "Content-Length"}
    fields |= {"WARC-Payload-Digest": digest_of(kept), "WARC-Block-Digest": digest_of(block)}
    fields[_REDACTED] = "items"
    member = gzip_member(record_bytes(fields, block), size=size)
    return member if len(member) == size else blanked(record, size=size)


def _still_lists(
    record: WarcRecord,
    headers: tuple[tuple[str, str], ...],
    body: bytes,
    covers: Callable[[str], bool],
) -> bool:
    page = Page(
        fetch_id=record.fetch_id,
        url=record.fields["OnRecord-Requested-URI"],
        final_url=record.fields["WARC-Target-URI"],
        fetched_at=record.started_at,
        http_status=200,
        headers=headers,
        body=body,
    )
    try:
        listed = entries_in(page, feed_id="", seen_at=record.started_at).entries
    except FeedError:
        return True  # nobody can tell, and nothing that it lists was ever read
    return any(entry.url and covers(entry.url) for entry in listed)
