"""A pass, an ad hoc addition and a re-check: begun, gone through, ended and published."""

import logging
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from extractors.errors import OnRecordError
from extractors.records import Failure, Feed, Outcome
from flows.aftermath import told_outside
from flows.course import Course, read_pages
from flows.desk import Desk, opened_desk, version_of
from flows.home import Home
from flows.hosting import ITSELF, Host, Starter
from flows.locks import RunActiveError, held_alone
from flows.pages import Wanted, target_of
from flows.rechecks import recheck
from flows.recovery import recover
from flows.room import DiskFullError, disk_errors_told
from flows.settings import Settings
from flows.subscriptions import feed_from
from warehouse.results import Requests, Run

logger = logging.getLogger(__name__)

_HOSTS = 10  #: that a run waited for longest, for its page


class RunFailedError(OnRecordError):
    """A run that could not go on; what was loaded stays.

    Args:
        message: what went wrong.
        run: its row.
    """

    def __init__(self, message: str, run: Run) -> None:
        super().__init__(message)
        self.args = (message, run)
        self.run = run

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a pass is asked to do."""

    feeds: frozenset[str] | None = None  #: ids; None for all
    force: bool = False  #: poll also what is not due
    retry_failed: bool = False  #: try failed pages also before their time
    limit: int | None = None  #: pages to fetch at most
    wait_s: float | None = None  #: for a pass that is running; None: do not wait
    assistants: int = 0  #: processes elsewhere in the pool of workers that share its batches


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of a run."""

    run: Run | None = None  #: None: another of its kind was running
    active: str | None = None  #: its id
    failures: tuple[Failure, ...] = ()  #: of the pages, in no order
    requests: Requests = field(default_factory=Requests)  #: if the run is one of Prefect


def run_pass(
    home: Home,
    settings: Settings,
    order: Order,
    host: Host = ITSELF,
) -> Report:
    """Do one pass: poll what is due, fetch, extract and load what is new, publish."""
    run_id = new_run_id()
    lock = held_alone(home.run_lock, run_id, wait_s=order.wait_s)
    work = _pass_over(order)
    return alone(
        lock,
        lambda: conduct(home, settings, run_id, host, work, assistants=order.assistants),
    )


def add_urls(
    home: Home,
    settings: Settings,
    urls: Sequence[str],
    host: Host = ITSELF,
) -> Report:
    """Fetch, extract and load these article URLs now, beside whatever pass is running."""

    def add(desk: Desk, started: Starter) -> list[Failure]:
        first = {target_of(url): url for url in reversed(urls)}
        wanted = [Wanted(url=url, target=target) for target, url in reversed(first.items())]
        return read_pages(desk, started, wanted)

    return conduct(home, settings, new_run_id(), host, add)


def recheck_articles(
    home: Home,
    settings: Settings,
    *,
    limit: int | None = None,
    wait_s: float | None = None,
    host: Host = ITSELF,
) -> Report:
    """Ask again for the pages of known articles whose time has come, beside whatever pass runs.

    Args:
        home: whose articles.
        settings: say how many pages a re-check may ask for.
        limit: so many at most, if that is fewer; None: as the settings say.
        wait_s: how long to wait for a re-check that is running; None: not at all.
        host: who has it done.
    """
    run_id = new_run_id()
    budget = settings.recheck_pages if limit is None else min(limit, settings.recheck_pages)
    lock = held_alone(home.recheck_lock, run_id, wait_s=wait_s)
    work = partial(recheck, limit=budget)
    return alone(lock, lambda: conduct(home, settings, run_id, host, work))


def new_run_id() -> str:
    """Return an id for a run; ids sort by time."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}"


def alone(lock: AbstractContextManager[None], run: Callable[[], Report]) -> Report:
    """Do `run` while `lock` is held; say which run is active if it is not to be had."""
    try:
        with lock:
            return run()
    except RunActiveError as error:
        logger.info("another run of this kind is active run=%s", error.run_id)
        return Report(active=error.run_id)


#: What a run does, and the failures of pages that came of it.
Work = Callable[[Desk, Starter], list[Failure]]


def _pass_over(order: Order) -> Work:
    def do(desk: Desk, start: Starter) -> list[Failure]:
        def due(*, force: bool = False) -> list[Feed]:
            return desk.warehouse.feeds_due(datetime.now(UTC), only=order.feeds, force=force)

        more = partial(desk.wanted, only=order.feeds, retry_failed=order.retry_failed)
        course = Course(desk, start, due=due, more=more, limit=order.limit)
        return course.run(due(force=order.force))

    return do


def conduct(
    home: Home,
    settings: Settings,
    run_id: str,
    host: Host,
    work: Work,
    *,
    assistants: int = 0,
) -> Report:
    """Do `work` as run `run_id`: begun, after what killed runs left is loaded, ended, published.

    Args:
        home: whose.
        settings: of the home.
        run_id: of a run that is not begun yet.
        host: who has it done.
        work: what it does.
        assistants: how many processes are to share its batches.

    Raises:
        SettingsError: `host` cannot get assistants.
        RunFailedError: it could not go on.
    """
    with (
        told_outside(home, settings),
        opened_desk(home, settings, run_id, host, assistants=assistants) as desk,
        _threads(settings, host.start) as started,
    ):
        kept_out = _begin(desk, host.flow_run_id)
        logger.info("run started run=%s", run_id)
        with _end_told(desk), disk_errors_told(home):
            started("recover", "what killed runs left", lambda: recover(desk)).result()
            failures = work(desk, started)
            _keep_out_forgotten(desk, but=kept_out)
        with desk.warehouse.together():
            so_far = desk.warehouse.run(run_id)
            run = _finish(desk, outcome_of(so_far) if so_far else "failed")
            told = desk.warehouse.requests_of(run_id, hosts=_HOSTS) if host.flow_run_id else None
        started("publish", "the readers' copy", desk.publish).result()
        logger.info("run ended run=%s outcome=%s", run_id, run.outcome)
        return Report(run=run, failures=tuple(failures), requests=told or Requests())


def _begin(desk: Desk, flow_run_id: str | None) -> frozenset[str]:
    """Tell the warehouse of the run, and of what people have set; return what is kept out."""
    now = datetime.now(UTC)
    with desk.warehouse.together():
        desk.warehouse.sync_feeds([feed_from(each) for each in desk.settings.feeds], now=now)
        desk.warehouse.sync_aliases(desk.settings.aliases, now=now)
        kept_out = _keep_out_forgotten(desk, but=frozenset())
        desk.warehouse.start_run(
            desk.run_id,
            started_at=now,
            flow_run_id=flow_run_id,
            extractor_version=version_of(desk.settings),
        )
    return kept_out


def _keep_out_forgotten(desk: Desk, *, but: frozenset[str]) -> frozenset[str]:
    """Have the warehouse keep out what has a tombstone; return the keys of all tombstones.

    A killed `forget` may have left some, and a page that leads to what was forgotten gets one.
    """
    keys = desk.archive.tombstones.keys
    if keys - but:
        desk.warehouse.keep_out(keys, at=datetime.now(UTC))
        desk.warehouse.unlist_kept_out()
    return keys


@contextmanager
def _end_told(desk: Desk) -> Iterator[None]:
    """Write into the run's row how it ended if it does not come to its end."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        desk.abandon()
        _finish(desk, "interrupted", is_complete=False)
        raise
    except OnRecordError as error:
        if isinstance(error, DiskFullError):
            desk.note_full(error)
        raise RunFailedError(str(error), _failed(desk, error)) from error
    except Exception as error:
        _failed(desk, error)
        raise


def _failed(desk: Desk, error: Exception) -> Run:
    desk.abandon()
    note = str(error) or type(error).__name__
    return _finish(desk, "failed", note=note, is_complete=False)


def _finish(
    desk: Desk, outcome: Outcome, *, note: str | None = None, is_complete: bool = True
) -> Run:
    return desk.warehouse.finish_run(
        desk.run_id,
        ended_at=datetime.now(UTC),
        outcome=outcome,
        note=note,
        is_complete=is_complete,
    )


def outcome_of(run: Run) -> Outcome:
    """Return how a run that came to its end went, by its counts."""
    if run.feeds_polled and run.feeds_failed == run.feeds_polled:
        return "failed"
    return "partial" if run.failures else "done"


@contextmanager
def _threads(settings: Settings, start: Starter | None) -> Iterator[Starter]:
    """Yield `start`, or one that runs each step in a thread of this process."""
    if start is not None:
        yield start
        return
    pool = ThreadPoolExecutor(settings.workers + 4, thread_name_prefix="onrecord-step")
    try:
        yield lambda _kind, _name, work: pool.submit(work)
    finally:
        pool.shutdown(cancel_futures=True)  # what is queued when a run is cut short never starts
