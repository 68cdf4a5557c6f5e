"""How often a feed publishes, hour by hour, and the interval of polls that suits it. Pure.

A feed's rates are the entries it publishes in an hour, for each hour of the UTC day. An entry
waits half an interval on average: at a rate of `r`, polls every `t` hours cost `r * t / 2`
entry-hours of waiting and `1 / t` requests an hour. Their sum is least at `t = sqrt(2 * c / r)`
if a request is worth `c` entry-hours, so polls go with the square root of the rate. As rates
change over the day, polls are laid so that this density adds up to one from poll to poll: seldom
at night, often in the morning, where a feed has nights and mornings.

Source:
    Sia, Cho and Cho 2007, "Efficient monitoring algorithm for fast news alerts": polls in
    proportion to the square root of a rate with a daily rhythm. Cho and Garcia-Molina 2003,
    "Effective page refresh policies for web crawlers": changes as a Poisson process. Media
    Cloud's rss-fetcher: sooner after a poll that found under a third of a list known.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

MIN_INTERVAL_S = 600
MAX_INTERVAL_S = 86_400
FIRST_INTERVAL_S = 3_600

#: Entries an hour, for each hour of the UTC day; empty if nobody knows.
Rates = tuple[float, ...]

_HOUR_S = 3_600.0
_HOURS = range(24)
#: Twice what a request is worth, in entry-hours: a feed with an entry an hour is polled hourly.
_DOUBLE_COST = 1.0
#: What is taken for the rate of a feed that nobody knows: it is polled every FIRST_INTERVAL_S.
_FIRST_RATE = _DOUBLE_COST * (_HOUR_S / FIRST_INTERVAL_S) ** 2
#: Beyond this rate a feed is polled every MIN_INTERVAL_S, however far beyond.
_MAX_RATE = _DOUBLE_COST * (_HOUR_S / MIN_INTERVAL_S) ** 2
#: Days after which a day counts 1/e as much: half as much after a week.
_MEMORY_DAYS = 10.0
#: Days that the mean of a first list counts against what the list shows of each hour.
_FIRST_MEMORY_DAYS = 2.0
#: Hours that a first list is taken to be a record of, at least and at most.
_LEAST_RECORD_H, _MOST_RECORD_H = 6.0, 14 * 24.0
#: What of each hour's rate is the mean of the day: few entries make no sure rhythm.
_EVENNESS = 0.25
#: How firmly rates are believed against what the last poll found: so many entries' worth.
_TRUST = 2.0
#: An entry tells of its own hour, and half as much of those beside it.
_NEIGHBOURS = ((-1, 0.25), (0, 0.5), (1, 0.25))
#: Entries without a date are given that of the poll, which may have begun so long ago.
_POLL_H = MIN_INTERVAL_S / _HOUR_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What an answered poll showed of a feed."""

    at: datetime  #: when it ended
    since: datetime | None  #: when the feed was seen before; None: never, or with gaps
    arrivals: tuple[datetime, ...] = ()  #: when the entries it shows first were published
    entries: int = 0  #: that it listed; 0 if unchanged

    @property
    def passed(self) -> tuple[float, float] | None:
        """From when to when it tells what arrived, in hours since 1970; None if it does not."""
        if self.since is None:
            return None
        since_h, until_h = _hours_of(self.since), _hours_of(self.at)
        if since_h >= until_h:  # a clock that was set back tells nothing
            return None
        return max(since_h, until_h - _MOST_RECORD_H), until_h


def rates_after(rates: Rates, sight: Sight, *, age_days: float) -> Rates:
    """Return the hourly rates of a feed after `sight`.

    Args:
        rates: those before it.
        sight: what was seen. Entries dated before the last poll, or not at all, are taken to
            have come at any time since then.
        age_days: since the feed was added; a young one's rates are changed more easily.
    """
    if not rates and (shown := _rates_shown(sight)):
        return shown
    if sight.passed is None:
        return rates
    return _learned(
        rates or (_FIRST_RATE,) * len(_HOURS),
        _arrivals_by_hour(sight, sight.passed),
        sight.passed,
        memory_days=min(1.0 + max(age_days, 0.0), _MEMORY_DAYS),
    )


def interval_s_after(before: Rates, after: Rates, sight: Sight, *, patience: float = 1.0) -> int:
    """Return the seconds from a poll to the next, as the feed's rhythm wants it.

    Args:
        before: the rates before `sight`: what was to be expected of it.
        after: the rates after it, for the hours to come.
        sight: what was seen.
        patience: above 0; what intervals are multiplied by, as far as they may be.
    """
    if not after:
        return _clamped_s(FIRST_INTERVAL_S * patience)
    pace, start_h = _pace(before, sight), _hours_of(sight.at)
    densities = [_density(rate * pace, sight.entries) / patience for rate in _evened(after)]
    polls = wait_h = 0.0
    for hour, share in _hours_between(start_h, start_h + MAX_INTERVAL_S / _HOUR_S):
        if polls + densities[hour] * share >= 1.0:
            wait_h += (1.0 - polls) / densities[hour]
            break
        polls += densities[hour] * share
        wait_h += share
    return _clamped_s(wait_h * _HOUR_S)


def _rates_shown(sight: Sight) -> Rates:
    """Return the rates that the dates of a first list show; none if it has no dates."""
    until_h = _hours_of(sight.at)
    told = [at_h for at_h in map(_hours_of, sight.arrivals) if at_h < until_h - _POLL_H]
    if not told:
        return ()
    since_h = until_h - min(max(until_h - min(told), _LEAST_RECORD_H), _MOST_RECORD_H)
    recent = [at_h for at_h in told if at_h >= since_h]
    mean = len(recent) / (until_h - since_h)
    return _learned(
        (mean,) * len(_HOURS),
        _by_hour(recent),
        (since_h, until_h),
        memory_days=_FIRST_MEMORY_DAYS,
    )


def _learned(
    rates: Rates, came: Sequence[float], passed: tuple[float, float], *, memory_days: float
) -> Rates:
    """Return the mean of the rates and what came, each by the time it speaks for."""
    watched = _watched_by_hour(passed)
    return tuple(
        min((rate * memory_days + new) / (memory_days + hours), _MAX_RATE)
        for rate, new, hours in zip(rates, came, watched, strict=True)
    )


def _arrivals_by_hour(sight: Sight, passed: tuple[float, float]) -> Sequence[float]:
    """Return how many entries came in each hour of the day; who knows when, spread evenly."""
    since_h, until_h = passed
    dated = [at_h for at_h in map(_hours_of, sight.arrivals) if since_h < at_h < until_h - _POLL_H]
    undated_an_hour = (len(sight.arrivals) - len(dated)) / (until_h - since_h)
    return [
        count + undated_an_hour * hours
        for count, hours in zip(_by_hour(dated), _watched_by_hour(passed), strict=True)
    ]


def _by_hour(arrivals_h: Sequence[float]) -> Sequence[float]:
    counts = [0.0] * len(_HOURS)
    for at_h in arrivals_h:
        for offset, part in _NEIGHBOURS:
            counts[(int(at_h) + offset) % len(_HOURS)] += part
    return counts


def _watched_by_hour(passed: tuple[float, float]) -> Sequence[float]:
    watched = [0.0] * len(_HOURS)
    for hour, share in _hours_between(*passed):
        watched[hour] += share
    return watched


def _pace(rates: Rates, sight: Sight) -> float:
    """Return how many times its rates the feed is publishing now, by what the last poll found.

    The mean of a gamma distribution around one, after so many entries where so many were to be
    expected. It tells a burst, a strike or a Sunday before the rates know of it.
    """
    if not rates or sight.passed is None:
        return 1.0
    rates = _evened(rates)
    expected = sum(rates[hour] * share for hour, share in _hours_between(*sight.passed))
    return (_TRUST + len(sight.arrivals)) / (_TRUST + expected)


def _evened(rates: Rates) -> Rates:
    mean = sum(rates) / len(_HOURS)
    return tuple(rate + _EVENNESS * (mean - rate) for rate in rates)


def _density(rate: float, entries: int) -> float:
    """Return how many polls an hour suit `rate`; so many that half a list is new at most."""
    best = math.sqrt(rate / _DOUBLE_COST)
    return max(best, 2.0 * rate / entries) if entries else best


def _hours_between(start_h: float, end_h: float) -> Iterator[tuple[int, float]]:
    """Yield the hours of the UTC day from one time to another, and how much of each passes."""
    while start_h < end_h:
        edge_h = min(math.floor(start_h) + 1.0, end_h)
        yield math.floor(start_h) % len(_HOURS), edge_h - start_h
        start_h = edge_h


def _hours_of(at: datetime) -> float:
    return at.timestamp() / _HOUR_S


def _clamped_s(interval_s: float) -> int:
    return round(min(max(interval_s, MIN_INTERVAL_S), MAX_INTERVAL_S))
