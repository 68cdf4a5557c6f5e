"""What the world outside is told of a home: its metrics as a file, and what somebody must see."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from extractors.errors import OnRecordError
from flows.alerts import Alert, alert_of, document_of, read_told, write_told
from flows.home import Home
from flows.locks import held_alone
from flows.settings import Settings
from flows.webhook import post
from warehouse.durably import write_durably
from warehouse.health import Health
from warehouse.interface import Loader

logger = logging.getLogger(__name__)

_PATIENCE_S = 60.0


def health_of(warehouse: Loader, home: Home, settings: Settings, now: datetime) -> Health:
    """Return how a home does, with the runs that failed since that was last told."""
    told = read_told(home.alerts_note, now)
    return warehouse.health(silent_days=settings.silent_days, failed_since=told.runs_until)


def tell_alert(warehouse: Loader, home: Home, settings: Settings, url: str, now: datetime) -> Alert:
    """Post what is new, and note that it was told; return it. Nothing new: nothing is posted.

    Raises:
        WebhookError: the receiver did not take it; the next one tells it.
    """
    with held_alone(home.alerts_lock, "alert", wait_s=_PATIENCE_S):  # or two tell the same
        health = health_of(warehouse, home, settings, now)
        alert, told = alert_of(health, read_told(home.alerts_note, now), now)
        if not alert.is_empty:
            post(url, document_of(alert, now))
        write_told(home.alerts_note, told)
    return alert


def write_metrics(path: Path, home: Home, health: Health, now: datetime) -> None:
    """Write the metrics of a home to the file `path`, whole or not at all."""
    from flows.metrics import metrics_text

    write_durably(path, metrics_text(home, health, now).encode())


@contextmanager
def told_outside(warehouse: Loader, home: Home, settings: Settings) -> Iterator[None]:
    """Tell the world outside how the home does when the run in the block has ended, or failed.

    Nothing is told of a run that is interrupted, whose end is waited for. What goes wrong in
    telling is a warning: a run does not fail for want of a listener.
    """
    try:
        yield
    except OnRecordError:
        _tell(warehouse, home, settings)
        raise
    _tell(warehouse, home, settings)


def _tell(warehouse: Loader, home: Home, settings: Settings) -> None:
    if not (settings.alert_url or settings.metrics_file):
        return
    now = datetime.now(UTC)
    try:
        if settings.metrics_file:
            health = health_of(warehouse, home, settings, now)
            write_metrics(home.path / settings.metrics_file, home, health, now)
        if settings.alert_url:
            tell_alert(warehouse, home, settings, settings.alert_url, now)
    except (OnRecordError, OSError) as error:
        logger.warning("nobody outside was told how the home does: %s", error)
