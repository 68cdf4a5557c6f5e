"""What the world outside is told of a home: its metrics as a file, and what somebody must see."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from extractors.errors import OnRecordError, WarehouseBusyError
from flows.alerts import Alert, alert_of, read_told, write_told
from flows.alerttext import document_of
from flows.home import Home
from flows.locks import RunActiveError, held_alone
from flows.settings import Settings
from flows.showing import PATIENCE_S
from flows.webhook import WebhookError, post
from warehouse.door import Warehouse
from warehouse.durably import write_durably
from warehouse.health import Health
from warehouse.reader import Reader

logger = logging.getLogger(__name__)

#: Metrics are asked for every minute; a moment's wait for a load gives the newest.
_BRIEFLY_S = 3.0


def health_of(home: Home, settings: Settings, now: datetime) -> Health:
    """Return how a home does, with the runs that failed since that was last told."""
    told = read_told(home.alerts_note, now)
    warehouse = Warehouse(home.path, lock_wait_s=settings.lock_wait_s)
    return warehouse.health(silent_days=settings.silent_days, failed_since=told.runs_until)


def health_at_once(home: Home, settings: Settings, now: datetime) -> Health:
    """Return how a home does; while somebody writes, how it did when last published.

    Raises:
        WarehouseError: somebody writes, and nothing has been published yet.
    """
    wait_s = min(settings.lock_wait_s, _BRIEFLY_S)
    try:
        return health_of(home, replace(settings, lock_wait_s=wait_s), now)
    except WarehouseBusyError:
        with Reader(home.path) as reader:
            return reader.health(
                silent_days=settings.silent_days, failed_since=now, timeout_s=PATIENCE_S
            )


def tell_alert(home: Home, settings: Settings, url: str, now: datetime) -> Alert:
    """Post what is new, and note that it was told; return it. Nothing new: nothing is posted.

    Raises:
        WebhookError: the receiver did not take it; the next one tells it.
        WarehouseBusyError: the warehouse was not to be had.
    """
    try:
        with held_alone(
            home.alerts_lock, "alert", wait_s=settings.lock_wait_s
        ):  # or two tell the same
            alert, told = alert_of(
                health_of(home, settings, now), read_told(home.alerts_note, now), now
            )
            if not alert.is_empty:
                post(url, document_of(alert, now))
            write_told(home.alerts_note, told)
    except RunActiveError as error:
        raise WebhookError("another alert is on its way still") from error
    return alert


def write_metrics(path: Path, home: Home, health: Health, now: datetime) -> None:
    """Write the metrics of a home to the file `path`, whole or not at all."""
    from flows.metrics import metrics_text

    write_durably(path, metrics_text(home, health, now).encode())


@contextmanager
def told_outside(home: Home, settings: Settings) -> Iterator[None]:
    """Tell the world outside how the home does when the run in the block has ended, or failed.

    Nothing is told of a run that is interrupted, whose end is waited for. What goes wrong in
    telling is a warning: a run does not fail for want of a listener.
    """
    is_interrupted = False
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        is_interrupted = True
        raise
    finally:
        if not is_interrupted:  # a bug of ours that ends a run is told like a full disk
            _tell(home, settings)


def _tell(home: Home, settings: Settings) -> None:
    if not (settings.alert_url or settings.metrics_file):
        return
    now = datetime.now(UTC)
    try:
        if settings.metrics_file:
            health = health_at_once(home, settings, now)
            write_metrics(home.path / settings.metrics_file, home, health, now)
        if settings.alert_url:
            tell_alert(home, settings, settings.alert_url, now)
    except (OnRecordError, OSError) as error:
        logger.warning("nobody outside was told how the home does: %s", error)
