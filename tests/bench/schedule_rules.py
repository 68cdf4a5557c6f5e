"""Rules of when to poll, ours and those of others, and what becomes of a feed under one."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from extractors.records import Feed
from flows.schedule import Answered, after_poll, wants_whole_feed
from tests.bench.schedule_traces import DAY_S, HOUR_S, START_S, Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a poll showed."""

    at_s: float
    trace: Trace
    arrivals_s: Sequence[float]  #: of the entries not known before
    listed: int
    is_unchanged: bool


#: From a look to the time of the next; it may remember. A Rule makes one for each feed.
Scheduler = Callable[[Look], float]
Rule = Callable[[Trace], Scheduler]


@dataclass(slots=True)
class Tally:
    """What polling cost and gave."""

    requests: int = 0
    bodies: int = 0  #: answers that were no 304
    latencies_s: list[float] = field(default_factory=list)
    missed: int = 0

    @property
    def mean_s(self) -> float:
        return sum(self.latencies_s) / max(len(self.latencies_s), 1)

    @property
    def p95_s(self) -> float:
        return sorted(self.latencies_s)[int(len(self.latencies_s) * 0.95)] if self.seen else 0.0

    @property
    def seen(self) -> int:
        return len(self.latencies_s)


def summed(tallies: Iterable[Tally]) -> Tally:
    """Return one tally of all."""
    total = Tally()
    for each in tallies:
        total.requests += each.requests
        total.bodies += each.bodies
        total.latencies_s += each.latencies_s
        total.missed += each.missed
    return total


def replay(trace: Trace, rule: Rule, *, days: int) -> Tally:
    """Return what comes of polling `trace` by `rule` for so many days."""
    tally, scheduler = Tally(), rule(trace)
    at_s, seen, before = START_S, 0, (0, 0)
    while at_s < START_S + days * DAY_S:
        end = bisect_right(trace.published_s, at_s)
        start = max(end - trace.window, 0)
        is_unchanged = (start, end) == before
        arrivals = trace.published_s[max(seen, start) : end]
        tally.requests += 1
        tally.bodies += not (is_unchanged and trace.is_conditional)
        if seen:  # what the first poll finds was published before anybody looked
            tally.latencies_s += [at_s - each for each in arrivals]
            tally.missed += max(start - seen, 0)
        at_s = scheduler(
            Look(
                at_s=at_s,
                trace=trace,
                arrivals_s=arrivals,
                listed=end - start,
                is_unchanged=is_unchanged,
            )
        )
        seen, before = end, (start, end)
    return tally


def fixed(interval_s: float) -> Rule:
    """Return the rule of polling every `interval_s`.

    So does miniflux by default (`round_robin`), every hour, where no feed asks for more.
    """
    return lambda _trace: lambda look: look.at_s + interval_s


def miniflux_by_frequency(_trace: Trace) -> Scheduler:
    """Return miniflux' `entry_frequency`: a week over its entries, 5 minutes to a day."""
    published: list[float] = []

    def next_s(look: Look) -> float:
        published.extend(look.arrivals_s)
        in_a_week = len(published) - bisect_right(published, look.at_s - 7 * DAY_S)
        return look.at_s + min(max(7 * DAY_S / max(in_a_week, 1), 300), DAY_S)

    return next_s


def rss_fetcher(_trace: Trace) -> Scheduler:
    """Return rss-fetcher's: half as often where two thirds are known, twice where one third."""
    interval_s = HOUR_S

    def next_s(look: Look) -> float:
        nonlocal interval_s
        share = 1 - len(look.arrivals_s) / look.listed if look.listed else 1.0
        interval_s *= 1.5 if share >= 2 / 3 else 0.5 if share < 1 / 3 else 1.0
        interval_s = min(max(interval_s, 600), DAY_S)
        return look.at_s + interval_s

    return next_s


def ours(patience: float = 1.0) -> Rule:
    """Return our rule, with all intervals `patience` times as long."""
    return partial(_ours, patience)


def _ours(patience: float, trace: Trace) -> Scheduler:
    url = f"https://{trace.feed_id}.example/feed"
    feed = Feed(feed_id=trace.feed_id, url=url, added_at=_at(START_S))

    def next_s(look: Look) -> float:
        nonlocal feed
        is_whole = not (look.is_unchanged and trace.is_conditional) or wants_whole_feed(feed)
        entries = 0 if look.is_unchanged else look.listed
        answer = Answered(
            url=url,
            is_whole=is_whole,
            entries=entries,
            known=entries - len(look.arrivals_s),
            arrivals=tuple(map(_at, look.arrivals_s)),
        )
        feed = after_poll(feed, answer, _at(look.at_s), patience=patience)
        assert feed.next_poll_at is not None
        return feed.next_poll_at.timestamp()

    return next_s


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
