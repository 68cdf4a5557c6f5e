"""To whom politeness is owed, when to try a page again, and how long to believe a 304. Pure."""

import functools
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from extractors.urls import registrable_domain
from flows.hops import DEFAULT_PORTS

_HTTP_GONE = 410
#: Waits before the next try of a page, after its first failure, its second and so on.
_PAGE_WAITS = (timedelta(hours=1), timedelta(hours=4), timedelta(days=1), timedelta(days=3))
#: Pages that will hardly get better are tried this often in all.
_MAX_TRIES = {
    "scheme": 1,
    "private_address": 1,
    "not_html": 1,
    "too_large": 1,
    "crashed": 1,
    "index_page": 1,
    "video_only": 1,
    "internal": 2,
    "redirects": 2,
    "http_4xx": 2,
    "malformed": 2,
    "soft_404": 2,
    "paywall": 2,
    "consent": 2,
    "challenge": 3,
    "empty": 3,
    "tls": 3,
}
_MAX_TRIES_BY_STATUS = dict.fromkeys((408, 425, 429), len(_PAGE_WAITS) + 1) | {_HTTP_GONE: 1}


@functools.lru_cache(maxsize=50_000)
def _key_of(scheme: str, netloc: str) -> str:
    parts = urlsplit(f"{scheme}://{netloc}")
    host = (parts.hostname or "").rstrip(".")
    if domain := registrable_domain(host):
        return domain
    bracketed = f"[{host}]" if ":" in host else host
    return f"{bracketed}:{parts.port or DEFAULT_PORTS.get(scheme, 0)}"


def host_key(url: str) -> str:
    """Return whom politeness is owed for `url`: the registrable domain, else `host:port`.

    Raises:
        ValueError: `url` has a port that cannot be.
    """
    parts = urlsplit(url)
    return _key_of(parts.scheme, parts.netloc.rpartition("@")[2].lower())


def key_or_url(url: str) -> str:
    """Return the host key of `url`; itself if it has none, which the client says when asked."""
    try:
        return host_key(url)
    except ValueError:
        return url


def next_try(
    now: datetime, *, reason: str, tries: int, http_status: int | None = None
) -> datetime | None:
    """Return when to try a page again that has failed `tries` times; None sets it aside.

    After an hour, four, a day and three days; what will hardly get better less often.
    """
    limit = _MAX_TRIES.get(reason, len(_PAGE_WAITS) + 1)
    if tries >= _MAX_TRIES_BY_STATUS.get(http_status or 0, limit):
        return None
    return now + _PAGE_WAITS[max(tries, 1) - 1]


def wants_whole(not_modified_in_a_row: int, *, most: int) -> bool:
    """Tell whether to ask without validators, after so many answers of 304 since a body came.

    Some servers answer so wrongly: `most` of them are believed.
    """
    return not_modified_in_a_row >= most
