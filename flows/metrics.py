"""A home in numbers, as Prometheus reads them."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import get_args

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from extractors.records import FeedState, Outcome
from flows.home import Home
from warehouse.health import Health
from warehouse.staging import staged

_COUNTERS = (
    ("feeds_polled", "Requests for feeds by all runs."),
    ("entries_new", "Items that feeds listed for the first time."),
    ("pages_fetched", "Pages fetched by all runs."),
    ("articles_new", "Articles read for the first time."),
    ("articles_changed", "New versions of known articles."),
    ("quotes", "Quotations found, those of former versions too."),
    ("mentions", "Names found, those of former versions too."),
)


def metrics_text(home: Home, health: Health, now: datetime) -> str:
    """Return the metrics of a home in the text format of Prometheus.

    Args:
        home: whose folders are measured.
        health: what its warehouse says.
        now: when that was.
    """
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Given((*_of_health(health, now), *_of_folders(home))))
    return generate_latest(registry).decode()


class _Given(Collector):
    """Metrics that are there already."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self._metrics = tuple(metrics)

    def collect(self) -> Iterable[Metric]:
        return self._metrics


def _of_health(health: Health, now: datetime) -> Iterator[Metric]:
    yield _info(health)
    yield _one("metrics_timestamp_seconds", "When this was written.", now.timestamp())
    states = {state: 0 for state in get_args(FeedState) if state != "removed"}
    states |= {each.state: each.feeds for each in health.feeds}
    yield _by("state", states, "feeds", "Feeds by state.")
    failing = sum(each.failing for each in health.feeds)
    yield _one("feeds_failing", "Feeds whose last poll failed.", failing)
    silent = len(health.silent_feeds)
    yield _one("feeds_silent", "Active feeds with nothing new for silent_days.", silent)
    due = [(now - each.due_since).total_seconds() for each in health.feeds if each.due_since]
    yield _one("feeds_overdue_seconds", "How long the first due feed waits.", max([0.0, *due]))
    yield from _of_runs(health)
    for name, meaning in _COUNTERS:
        yield CounterMetricFamily(f"onrecord_{name}", meaning, value=getattr(health.totals, name))
    totals = health.totals
    yield _one("stored_articles", "Articles in the warehouse.", totals.stored_articles)
    yield _one("stored_quotes", "Quotations there, of all versions.", totals.stored_quotes)
    yield _one("stored_mentions", "Names there, of all versions.", totals.stored_mentions)
    yield _one("pages_waiting", "Pages that are to be read.", health.totals.pages_waiting)
    yield _by("reason", dict(health.failures), "failures_open", "Failures that are still open.")


def _of_runs(health: Health) -> Iterator[Metric]:
    counted = CounterMetricFamily("onrecord_runs", "Runs by outcome.", labels=["outcome"])
    # Also what never happened: of a series that begins at 1 nobody sees the increase.
    runs = dict.fromkeys(get_args(Outcome), 0) | {each.outcome: each.runs for each in health.runs}
    for outcome, count in runs.items():
        counted.add_metric([outcome], count)
    yield counted
    starts = {each.outcome: each.last_started_at.timestamp() for each in health.runs}
    yield _by("outcome", starts, "last_run_start_timestamp_seconds", "When the last run began.")
    ends = {each.outcome: each.last_ended_at.timestamp() for each in health.runs}
    yield _by("outcome", ends, "last_run_end_timestamp_seconds", "When the last run ended.")
    found = GaugeMetricFamily(
        "onrecord_last_run_count", "What the last run counted.", labels=["outcome", "what"]
    )
    for each in health.runs:
        for what, number in each.last_counts.items():
            found.add_metric([each.outcome, what], number)
    yield found


def _of_folders(home: Home) -> Iterator[Metric]:
    held = {
        "archive": _bytes_in(home.archive),
        "staging": _bytes_in(home.staging),
        "warehouse": _bytes_in(home.warehouse),
        "published": _bytes_in(home.published),
    }
    yield _by("part", held, "home_bytes", "Bytes that a part of the home takes.")
    free = shutil.disk_usage(home.path).free
    yield _one("disk_free_bytes", "Bytes left on the home's disk.", free)
    waiting = staged(home.staging)
    yield _one("staged_batches", "Finished batches that wait to be loaded.", len(waiting))
    if written_at := [at for at in map(_written_at, waiting) if at]:
        yield _one(
            "staged_oldest_timestamp_seconds", "When the oldest of them was made.", min(written_at)
        )
    if shown_at := _written_at(home.published):
        yield _one("published_timestamp_seconds", "When the readers' copy was made.", shown_at)


def _info(health: Health) -> Metric:
    told = {
        "version": metadata.version("onrecord"),
        "schema_version": str(health.totals.schema_version),
        "extractor_version": health.totals.extractor_version or "",
    }
    family = GaugeMetricFamily(
        "onrecord_build_info",
        "The version that wrote this, the warehouse's schema, and the last run's extractors.",
        labels=list(told),
    )
    family.add_metric(list(told.values()), 1)
    return family


def _one(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"onrecord_{name}", meaning, value=value)


def _by(label: str, values: Mapping[str, float], name: str, meaning: str) -> Metric:
    family = GaugeMetricFamily(f"onrecord_{name}", meaning, labels=[label])
    for word, value in values.items():
        family.add_metric([word], value)
    return family


def _written_at(path: Path) -> float | None:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # loaded meanwhile, or not there yet
        return None


def _bytes_in(place: Path) -> int:
    """Return the bytes of a file, or of the files below a folder; 0 if it is not there."""
    try:
        if place.is_dir():
            return sum(_bytes_in(each) for each in place.iterdir())
        return place.stat().st_size
    except FileNotFoundError:  # gone meanwhile, as staged files go
        return 0
