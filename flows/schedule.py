"""What is remembered of a feed after a poll, and when it is polled next. Pure.

Source:
    Media Cloud's rss-fetcher (failures weighted by their reason, a back-off that is never the
    end of a feed), miniflux (what a feed asks for holds its next poll back, for a day at most),
    FreshRSS (only a redirect that is permanent at every hop moves a feed), RSS 2.0 (skipHours,
    skipDays).
"""

import math
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from extractors.records import Feed, FeedPart
from flows.policy import wants_whole
from flows.rhythm import (
    FIRST_INTERVAL_S,
    MAX_INTERVAL_S,
    MIN_INTERVAL_S,
    Sight,
    interval_s_after,
    rates_after,
)

#: A feed that fails or is gone is asked at least so often: with the jitter, every thirty days.
_MAX_WAIT_S = 27 * 86_400

#: From so many full failures on, a feed is asked less than daily.
_HOPELESS = 10.0
_MAX_JITTER = 0.1
_ALL_HOURS = frozenset(range(24))
_ALL_DAYS = frozenset(range(1, 8))

#: How much a failure counts: weather passes by itself, a wrong address does not, and that our own
#: disk is full tells nothing of the feed.
_WEIGHTS = {
    "dns": 0.25,
    "http_5xx": 0.25,
    "timeout": 0.5,
    "connect": 0.5,
    "reset": 0.5,
    "disk_full": 0.0,
}
_HTTP_GONE = 410
#: 404; and timeout, too early, too many requests: the weather among the 4xx.
_STATUS_WEIGHTS = {404: 0.5, 408: 0.25, 425: 0.25, 429: 0.25}
#: With these some servers meet validators they do not like, though they sent them.
_REFUSED_VALIDATORS = frozenset({400, 412})
_MOST_NOT_MODIFIED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A poll the server answered, with entries or with "unchanged"."""

    url: str  #: where the answer came from
    moved_for_good: bool = False  #: there were redirects, and each was permanent
    is_whole: bool = True  #: False after a 304, which brings no validators worth keeping
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None  #: SHA-256 of the decoded body
    title: str | None = None
    entries: int = 0  #: that the feed listed; 0 if unchanged
    known: int = 0  #: of them, from before
    arrivals: tuple[datetime, ...] = ()  #: of the others: published; else when the poll began
    asks_s: int | None = None  #: how long the body asks to be left alone; None: none was read
    skip_hours: tuple[int, ...] | None = None  #: None: no body was read
    skip_days: tuple[int, ...] | None = None  #: None: no body was read
    fresh_s: int = 0  #: how long the headers ask to be left alone, this time
    parts: tuple[FeedPart, ...] | None = None  #: None: those it had


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


def wants_whole_feed(feed: Feed) -> bool:
    """Tell whether the next request for `feed` must be sent without its validators."""
    return wants_whole(feed.not_modified_in_a_row, most=_MOST_NOT_MODIFIED)


def after_poll(
    feed: Feed, outcome: Answered | Deferred | Failed, now: datetime, *, patience: float = 1.0
) -> Feed:
    """Return what to remember of `feed` after a poll that ended `now`.

    Args:
        feed: as it was before.
        outcome: what came of the poll.
        now: aware.
        patience: above 0; what the intervals between polls are multiplied by.
    """
    if isinstance(outcome, Answered):
        return _after_answer(feed, outcome, now, patience)
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


def _after_answer(feed: Feed, answer: Answered, now: datetime, patience: float) -> Feed:
    feed = _read(_moved(_adapted(feed, answer, now, patience), answer), answer)
    wait_s = max(feed.interval_s or 0, feed.asks_s, answer.fresh_s)
    return replace(
        feed,
        state="active" if feed.state == "gone" else feed.state,
        last_polled_at=now,
        next_poll_at=_next_poll(feed, now, wait_s=min(wait_s, MAX_INTERVAL_S)),
        not_before=None,
        failures_in_a_row=0,
        backoff=0.0,
        last_error=None,
    )


def _adapted(feed: Feed, answer: Answered, now: datetime, patience: float) -> Feed:
    """Return `feed` with the rates it shows and the interval they want."""
    # Failures and deferrals are polls too, but showed nothing of what arrived before them.
    is_gapless = feed.failures_in_a_row == 0 and feed.not_before is None
    sight = Sight(
        at=now,
        since=feed.last_polled_at if is_gapless else None,
        arrivals=answer.arrivals,
        entries=answer.entries,
    )
    age_days = (now - (feed.added_at or now)) / timedelta(days=1)
    rates = rates_after(feed.hourly_rates, sight, age_days=age_days)
    interval_s = interval_s_after(feed.hourly_rates, rates, sight, patience=patience)
    if feed.hourly_rates and 3 * answer.known < answer.entries:
        # Whatever the rates say: entries may have been listed and gone again in between.
        half_s = (feed.interval_s or FIRST_INTERVAL_S) // 2
        interval_s = max(min(interval_s, half_s), MIN_INTERVAL_S)
    return replace(feed, hourly_rates=rates, interval_s=interval_s)


def _moved(feed: Feed, answer: Answered) -> Feed:
    """Return `feed` at its new place, if it was sent there for good twice running."""
    if not answer.moved_for_good or answer.url == feed.url:
        return replace(feed, moving_to=None)
    if feed.moving_to == answer.url:
        return replace(feed, url=answer.url, moving_to=None)
    return replace(feed, moving_to=answer.url)


def _read(feed: Feed, answer: Answered) -> Feed:
    """Return `feed` with what the body says, if one was read, and its validators if it is whole."""
    feed = replace(
        feed,
        title=answer.title or feed.title,
        asks_s=feed.asks_s if answer.asks_s is None else answer.asks_s,
        skip_hours=feed.skip_hours if answer.skip_hours is None else answer.skip_hours,
        skip_days=feed.skip_days if answer.skip_days is None else answer.skip_days,
        parts=feed.parts if answer.parts is None else answer.parts,
    )
    if not answer.is_whole:
        return replace(feed, not_modified_in_a_row=feed.not_modified_in_a_row + 1)
    return replace(
        feed,
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_hash=answer.body_hash or feed.body_hash,
        not_modified_in_a_row=0,
    )


def _after_failure(feed: Feed, failed: Failed, now: datetime) -> Feed:
    is_gone = feed.state == "gone" or failed.http_status == _HTTP_GONE
    weight = _STATUS_WEIGHTS.get(failed.http_status or 0, _WEIGHTS.get(failed.reason, 1.0))
    backoff = feed.backoff + weight
    interval_s = min(max(feed.interval_s or FIRST_INTERVAL_S, feed.asks_s), MAX_INTERVAL_S)
    wait_s = _MAX_WAIT_S if is_gone else _wait_after_failures_s(interval_s, backoff)
    if failed.http_status in _REFUSED_VALIDATORS:
        feed = replace(feed, etag=None, last_modified=None)
    return replace(
        feed,
        state="gone" if is_gone else feed.state,
        last_polled_at=now,
        next_poll_at=_next_poll(feed, now, wait_s=wait_s),
        not_before=None,
        failures_in_a_row=feed.failures_in_a_row + 1,
        backoff=backoff,
        last_error=f"{failed.reason}: {failed.detail}",
    )


def _next_poll(feed: Feed, now: datetime, *, wait_s: float) -> datetime:
    """Return when to poll `feed` again: `wait_s` from `now`, or somewhat later.

    Up to a tenth later, by chance, so that feeds that were added at once do not stay together;
    and never in the hours and days that the feed asks to skip, unless these are all there are.
    """
    at = _after_skipped(feed, now.astimezone(UTC) + timedelta(seconds=wait_s))
    later = at + timedelta(seconds=wait_s * _MAX_JITTER * _chance(feed, now))
    return at if _is_skipped(feed, later) else later


def _wait_after_failures_s(interval_s: int, backoff: float) -> float:
    """Return how many seconds to wait after failures in a row that weigh `backoff`.

    The interval doubles with each that counts in full, to a day; when there is little hope left
    the day doubles, to a month.
    """
    interval_s = max(interval_s, MIN_INTERVAL_S)
    if backoff < _HOPELESS:
        return min(interval_s * math.pow(2.0, backoff), MAX_INTERVAL_S)
    return min(MAX_INTERVAL_S * math.pow(2.0, min(backoff, 2 * _HOPELESS) - _HOPELESS), _MAX_WAIT_S)


def _chance(feed: Feed, now: datetime) -> float:
    """Return a number from 0 to below 1 that nobody can tell, yet is always the same."""
    return zlib.crc32(f"{feed.feed_id} {now.timestamp()}".encode()) / 2**32


def _after_skipped(feed: Feed, at: datetime) -> datetime:
    """Return `at`, or the next full hour that is not skipped."""
    while _is_skipped(feed, at):
        at = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return at


def _is_skipped(feed: Feed, at: datetime) -> bool:
    hours, days = _ALL_HOURS & {*feed.skip_hours}, _ALL_DAYS & {*feed.skip_days}
    if hours == _ALL_HOURS or days == _ALL_DAYS:  # a feed that is never to be polled: a mistake
        return False
    return at.hour in hours or at.isoweekday() in days
