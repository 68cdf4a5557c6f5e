"""When to ask whom, and what to remember of the answer. Pure: the clock is an argument.

Source:
    Media Cloud's rss-fetcher (interval from the share of known entries, weighted back-off),
    miniflux (ttl and max-age hold an interval up), FreshRSS (only a redirect that is permanent
    at every hop moves a feed).
"""

import functools
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.parse import urlsplit

from extractors.records import Feed
from extractors.urls import registrable_domain

Item = TypeVar("Item")

MIN_INTERVAL_S = 600
MAX_INTERVAL_S = 86_400
FIRST_INTERVAL_S = 3_600
_MAX_RETRY_AFTER = timedelta(days=7)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)

#: How much a failure counts: weather passes by itself, a wrong address does not.
_WEIGHTS = {"dns": 0.25, "http_5xx": 0.25, "timeout": 0.5, "connect": 0.5, "reset": 0.5}
_HTTP_GONE = 410

#: Waits before the next try of a page, after its first failure, its second and so on.
_PAGE_WAITS = (timedelta(hours=1), timedelta(hours=4), timedelta(days=1), timedelta(days=3))
#: Pages that will hardly get better are tried this often in all.
_MAX_TRIES = {
    "scheme": 1,
    "private_address": 1,
    "not_html": 1,
    "too_large": 1,
    "redirects": 2,
    "http_4xx": 2,
    "malformed": 2,
    "tls": 3,
}


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


def is_due(feed: Feed, now: datetime, *, force: bool = False) -> bool:
    """Tell whether `feed` is to be polled; a `Retry-After` holds even with `force`."""
    if feed.state != "active" or (feed.not_before is not None and now < feed.not_before):
        return False
    return force or feed.next_poll_at is None or feed.next_poll_at <= now


def fair_order(items: Iterable[Item], key: Callable[[Item], str]) -> Iterator[Item]:
    """Yield `items` host by host in turn, each host's in their order: none waits for another."""
    queues: dict[str, deque[Item]] = {}
    for item in items:
        queues.setdefault(key(item), deque()).append(item)
    while queues:
        for name in list(queues):
            yield queues[name].popleft()
            if not queues[name]:
                del queues[name]


def retry_at(retry_after: str | None, now: datetime) -> datetime | None:
    """Return the time a `Retry-After` names, from `now` to a week on; None if it says nothing.

    Source:
        RFC 9110, 10.2.3: seconds, or an HTTP date.
    """
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        wait = timedelta(seconds=min(int(text[:9]), _MAX_RETRY_AFTER.total_seconds()))
        return now + wait
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max(at, now), now + _MAX_RETRY_AFTER)


def max_age_s(cache_control: str | None) -> int:
    """Return the seconds for which an answer says it stays fresh, 0 if it does not say."""
    found = _MAX_AGE.search(cache_control or "")
    return int(found[1]) if found else 0


def next_interval_s(interval_s: int | None, *, entries: int, known: int) -> int:
    """Return the seconds between polls after one that listed `entries`, `known` from before.

    At least two thirds known: the feed is asked too often, half as often then. Under a third
    known: entries may have been missed, twice as often then. Ten minutes to a day.
    """
    interval_s = interval_s or FIRST_INTERVAL_S
    share = known / entries if entries else 1.0
    factor = 1.5 if share >= 2 / 3 else 0.5 if share < 1 / 3 else 1.0
    return round(min(max(interval_s * factor, MIN_INTERVAL_S), MAX_INTERVAL_S))


def next_poll(now: datetime, *, interval_s: int, at_least_s: int = 0) -> datetime:
    """Return when a feed is due again after an answer.

    Args:
        now: when it came.
        interval_s: as adapted to how often it publishes.
        at_least_s: what ttl, `sy:updatePeriod` or max-age ask for; a day at most is honoured.
    """
    return now + timedelta(seconds=min(max(interval_s, at_least_s), MAX_INTERVAL_S))


def poll_after_failure(now: datetime, *, interval_s: int, failures: int, reason: str) -> datetime:
    """Return when to try a feed again after `failures` in a row, the last for `reason`.

    The interval doubles with each failure that counts in full, slower with weather; a day at most.
    """
    doublings = min(failures * _WEIGHTS.get(reason, 1.0), 10.0)  # 2**10 intervals are past a day
    wait_s = min(interval_s * 2.0**doublings, MAX_INTERVAL_S)
    return now + timedelta(seconds=wait_s)


def next_try(
    now: datetime, *, reason: str, tries: int, http_status: int | None = None
) -> datetime | None:
    """Return when to try a page again that has failed `tries` times; None sets it aside.

    After an hour, four, a day and three days; what will hardly get better earlier.
    """
    limit = 1 if http_status == _HTTP_GONE else _MAX_TRIES.get(reason, len(_PAGE_WAITS) + 1)
    if tries >= limit:
        return None
    return now + _PAGE_WAITS[max(tries, 1) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A poll the server answered, with entries or with "unchanged"."""

    url: str  #: where the answer came from
    moved_for_good: bool = False
    is_full: bool = True  #: False after a 304, which brings no validators worth keeping
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None  #: SHA-256 of the decoded body
    title: str | None = None
    entries: int = 0  #: that the feed listed; 0 if unchanged
    known: int = 0  #: of them, from before
    at_least_s: int = 0  #: from ttl and max-age


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferred:
    """A poll that the host put off."""

    until: datetime
    was_asked: bool = True  #: False: an earlier answer, to somebody else, put it off


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A poll that gave nothing to read."""

    reason: str
    detail: str
    http_status: int | None = None


def after_poll(feed: Feed, outcome: Answered | Deferred | Failed, now: datetime) -> Feed:
    """Return what to remember of `feed` after a poll that ended `now`."""
    if isinstance(outcome, Answered):
        return _after_answer(feed, outcome, now)
    if isinstance(outcome, Deferred):
        return _after_deferral(feed, outcome, now)
    return _after_failure(feed, outcome, now)


def _after_deferral(feed: Feed, deferred: Deferred, now: datetime) -> Feed:
    if deferred.was_asked:
        return replace(
            feed, last_polled_at=now, next_poll_at=deferred.until, not_before=deferred.until
        )
    next_poll_at = max(feed.next_poll_at or deferred.until, deferred.until)
    return replace(feed, next_poll_at=next_poll_at, not_before=deferred.until)


def _after_answer(feed: Feed, answer: Answered, now: datetime) -> Feed:
    interval_s = next_interval_s(feed.interval_s, entries=answer.entries, known=answer.known)
    feed = replace(
        feed,
        url=answer.url if answer.moved_for_good else feed.url,
        title=answer.title or feed.title,
        last_polled_at=now,
        interval_s=interval_s,
        next_poll_at=next_poll(now, interval_s=interval_s, at_least_s=answer.at_least_s),
        not_before=None,
        failures_in_a_row=0,
        last_error=None,
    )
    if not answer.is_full:
        return feed
    return replace(
        feed,
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_hash=answer.body_hash or feed.body_hash,
    )


def _after_failure(feed: Feed, failed: Failed, now: datetime) -> Feed:
    failures = feed.failures_in_a_row + 1
    interval_s = feed.interval_s or FIRST_INTERVAL_S
    return replace(
        feed,
        state="gone" if failed.http_status == _HTTP_GONE else feed.state,
        last_polled_at=now,
        next_poll_at=poll_after_failure(
            now, interval_s=interval_s, failures=failures, reason=failed.reason
        ),
        not_before=None,
        failures_in_a_row=failures,
        last_error=f"{failed.reason}: {failed.detail}",
    )
