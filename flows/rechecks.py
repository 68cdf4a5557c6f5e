"""A look at the pages of known articles, for what their publishers have changed."""

from datetime import UTC, datetime

from extractors.records import Failure
from flows.course import read_pages
from flows.desk import Desk
from flows.hosting import Starter
from flows.ladder import LADDER, due_by, wants_whole_page
from flows.pages import Held, Wanted, asked_as
from flows.subscriptions import Subscription
from warehouse.results import Recheck


def recheck(desk: Desk, start: Starter, *, limit: int) -> list[Failure]:
    """Ask again for the pages whose time has come; return the failures.

    Args:
        desk: what the run has open.
        start: how its steps are started.
        limit: pages at most, those that have waited longest for their age first.
    """
    by = due_by(datetime.now(UTC))
    due = desk.warehouse.rechecks_due(by, ladder=LADDER, limit=limit)
    wanted = [_wanted_again(each, desk.subscriptions.get(each.feed_id or "")) for each in due]
    return read_pages(desk, start, wanted)


def _wanted_again(page: Recheck, subscription: Subscription | None) -> Wanted:
    """Return the page to fetch for one that was read before.

    Args:
        page: what to fetch.
        subscription: the feed that listed it; None where none did.
    """
    wanted = Wanted(url=page.url, target=page.target, tries=page.tries, held=_held(page))
    return asked_as(wanted, subscription)


def _held(page: Recheck) -> Held | None:
    if page.repeats is None:
        return None
    is_whole = wants_whole_page(not_modified_in_a_row=page.not_modified_in_a_row, tries=page.tries)
    return Held(
        fetch_id=page.repeats,
        body_hash=page.body_hash,
        etag=None if is_whole else page.etag,
        last_modified=None if is_whole else page.last_modified,
    )
