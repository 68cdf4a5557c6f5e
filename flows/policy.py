"""To whom politeness is owed, how long an answer holds, when to try a page again. Pure."""

import functools
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from extractors.urls import registrable_domain

_MAX_RETRY_AFTER = timedelta(days=7)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SECONDS_DIGITS = 9  # more of them are thirty years at least

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
    return f"{bracketed}:{parts.port or _DEFAULT_PORTS.get(scheme, 0)}"


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


def retry_at(retry_after: str | None, now: datetime) -> datetime | None:
    """Return the time a `Retry-After` names, from `now` to a week on; None if it says nothing.

    Source:
        RFC 9110, 10.2.3: seconds, or an HTTP date.
    """
    wait_s = _seconds(retry_after)
    if wait_s is not None:
        return now + min(timedelta(seconds=wait_s), _MAX_RETRY_AFTER)
    at = _http_date(retry_after)
    return at and min(max(at, now), now + _MAX_RETRY_AFTER)


def fresh_for_s(
    cache_control: str | None, expires: str | None, date: str | None, age: str | None
) -> int:
    """Return the seconds for which an answer is fresh by its headers, 0 if they do not say.

    Source:
        RFC 9111, 4.2.1, for a private cache: max-age, else Expires less Date; less Age.
    """
    directives = _directives(cache_control)
    if "no-store" in directives or "no-cache" in directives:
        return 0
    if "max-age" in directives:
        lifetime_s = _seconds(directives["max-age"]) or 0
    else:
        stale_at, made_at = _http_date(expires), _http_date(date)
        lifetime_s = int((stale_at - made_at).total_seconds()) if stale_at and made_at else 0
    return max(lifetime_s - (_seconds(age) or 0), 0)


def _directives(cache_control: str | None) -> dict[str, str]:
    """Return the directives of a `Cache-Control`, the first of each name."""
    directives: dict[str, str] = {}
    for directive in (cache_control or "").lower().split(","):
        name, _, value = directive.partition("=")
        directives.setdefault(name.strip(), value.strip().strip('"'))
    return directives


def _seconds(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text[:_SECONDS_DIGITS]) if text.isascii() and text.isdigit() else None


def _http_date(text: str | None) -> datetime | None:
    try:
        at = parsedate_to_datetime((text or "").strip())
    except (ValueError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


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
