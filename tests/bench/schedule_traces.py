"""Feeds that never were: when they publish, how much they list, how their servers answer."""

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

#: A Monday, so that weekends fall where they are looked for.
START_S = datetime(2026, 3, 2, tzinfo=UTC).timestamp()
HOUR_S = 3_600.0
DAY_S = 24 * HOUR_S
#: What feeds have published before the first poll: more than any lists.
_PAST_DAYS = 30

_WORKING_DAY = (0.1,) * 5 + (0.5, 1.2, 1.8, 1.8, 1.5) + (1.3,) * 8 + (1.0, 0.9, 0.7, 0.5, 0.3, 0.2)
_WAKING_DAY = (0.05,) * 7 + (1.0,) * 15 + (0.4, 0.2)
_WEEKDAYS = (1.0, 1.1, 1.1, 1.1, 1.0, 0.5, 0.4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What one feed publishes."""

    kind: str
    feed_id: str
    published_s: Sequence[float]  #: seconds since 1970, in order
    window: int  #: how many entries it lists, the newest
    is_conditional: bool  #: whether its server answers 304


def a_mix(counts: Mapping[str, int], *, days: int, seed: int) -> Sequence[Trace]:
    """Return so many feeds of each kind with all they publish until `days` after START_S."""
    rng = random.Random(seed)  # noqa: S311 (not for secrets)
    return [
        _trace(kind, number, rng, days) for kind, count in counts.items() for number in range(count)
    ]


def _trace(kind: str, number: int, rng: random.Random, days: int) -> Trace:
    published, windows = KINDS[kind]
    return Trace(
        kind=kind,
        feed_id=f"{kind}-{number}",
        published_s=sorted(published(rng, range(-_PAST_DAYS, days))),
        window=rng.choice(windows),
        is_conditional=number % 2 == 0,
    )


def _news(rng: random.Random, days: range) -> Iterator[float]:
    """A newsroom somewhere on the globe: a rhythm of the day and of the week."""
    a_day, zone_h = math.exp(rng.uniform(math.log(10), math.log(150))), rng.randrange(-8, 11)
    for day in days:
        for hour, weight in enumerate(_WORKING_DAY):
            local_h = START_S / HOUR_S + 24 * day + hour
            rate = a_day / sum(_WORKING_DAY) * weight * _WEEKDAYS[day % 7]
            yield from _poisson(rng, local_h - zone_h, rate)


def _blog(rng: random.Random, days: range) -> Iterator[float]:
    """Somebody who writes from twice a month to twice a day, when awake."""
    a_day, zone_h = math.exp(rng.uniform(math.log(0.07), math.log(2))), rng.randrange(-8, 11)
    for day in days:
        for hour, weight in enumerate(_WAKING_DAY):
            local_h = START_S / HOUR_S + 24 * day + hour
            yield from _poisson(rng, local_h - zone_h, a_day / sum(_WAKING_DAY) * weight)


def _burst(rng: random.Random, days: range) -> Iterator[float]:
    """Nothing, and then a dozen or two within hours: a parliament, a court, a press office."""
    for day in days:
        if rng.random() < 0.35:
            start_s = START_S + day * DAY_S + rng.uniform(8, 20) * HOUR_S
            length_s = rng.uniform(0.5, 3) * HOUR_S
            yield from (start_s + rng.random() * length_s for _ in range(rng.randrange(6, 25)))


def _silent(rng: random.Random, _days: range) -> Iterator[float]:
    """Nothing since long ago."""
    yield from (START_S - rng.uniform(100, 900) * DAY_S for _ in range(10))


def _poisson(rng: random.Random, start_h: float, rate: float) -> Iterator[float]:
    at = rng.expovariate(rate)
    while at < 1:
        yield (start_h + at) * HOUR_S
        at += rng.expovariate(rate)


#: What each kind publishes, and how many entries its feeds list.
KINDS: Mapping[str, tuple[Callable[[random.Random, range], Iterator[float]], Sequence[int]]] = {
    "news": (_news, (20, 30, 50)),
    "blog": (_blog, (10, 15)),
    "burst": (_burst, (15, 25)),
    "silent": (_silent, (10,)),
}
