"""A run as Prefect's page shows it: Markdown in which nothing from outside is more than words."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from extractors.reasons import REASONS
from extractors.records import Failure
from flows.advice import advice_for
from flows.subscriptions import Subscription
from flows.telling import FORGOTTEN, without_login
from warehouse.results import FailedFeed, HostTime, RequestCount, Requests, Run

_MOST_ROWS = 100  #: of failures; the rest are counted
_MOST_CHARS = 300  #: of what one cell says
#: What Markdown or HTML could take for more than a letter. As an entity it is always a letter.
_MEANINGFUL = re.compile(r"[^\w \-.,:;'/%?–—“”‘’…]|_")
_IN_LINKS = ":/?#@!$&*+,;=%~-._[]"


def run_page(
    run: Run,
    requests: Requests,
    failures: Sequence[Failure],
    *,
    feeds: Mapping[str, Subscription] = MappingProxyType({}),
    upkeep: Sequence[str] = (),
) -> str:
    """Return what came of a run as Markdown: funnel, failures, hosts that it waited for.

    Args:
        run: its row.
        requests: what it asked for.
        failures: of its pages.
        feeds: the subscribed ones by id, for the failures that name theirs.
        upkeep: what was done beside, a line each.
    """
    parts = [
        f"## Run {_plain(run.run_id)}: {run.outcome}{_took(run)}",
        f"Note: {_plain(run.note)}" if run.note else "",
        *map(_plain, upkeep),
        _table("Funnel", ("step", "how many", "of these"), _funnel(run, requests)),
        _table(
            "What failed, and what can be done",
            ("reason", "feeds", "pages", "what to do"),
            _reasons(requests.failed_feeds, failures),
        ),
        _table("Feeds that failed", ("feed", "why"), map(_feed_row, requests.failed_feeds)),
        _table(
            "Pages that failed",
            ("reason", "page", "feed", "detail"),
            [_page_row(each, feeds.get(each.feed_id or "")) for each in failures],
        ),
        _table(
            "Hosts, those waited for longest first",
            ("host", "requests", "failed", "median ms", "slowest ms", "s in all"),
            map(_host_row, requests.hosts),
        ),
    ]
    return "\n\n".join(part for part in parts if part)


def _took(run: Run) -> str:
    return f" in {(run.ended_at - run.started_at).total_seconds():.1f} s" if run.ended_at else ""


def _funnel(run: Run, requests: Requests) -> list[tuple[str, ...]]:
    feeds = [each for each in requests.counts if each.kind == "feed"]
    pages = [each for each in requests.counts if each.kind == "page"]
    seen = sum(each.entries_seen for each in feeds)
    asked = [
        ("requests for feeds", _sum(feeds), _by_status(feeds)),
        ("entries listed", f"{seen:,}", f"{run.entries_new:,} new"),
    ]
    return [
        *(asked if feeds else ()),
        *([("requests for pages", _sum(pages), _by_status(pages))] if pages else ()),
        ("articles", f"{run.articles_new + run.articles_changed:,}", _novelty(run)),
        ("quotations", f"{run.quotes:,}", ""),
        ("mentions", f"{run.mentions:,}", ""),
        ("failures", f"{run.failures:,}", f"{run.feeds_failed:,} feeds"),
    ]


def _novelty(run: Run) -> str:
    return f"{run.articles_new:,} new, {run.articles_changed:,} changed"


def _sum(counts: Iterable[RequestCount]) -> str:
    return f"{sum(each.requests for each in counts):,}"


def _by_status(counts: Iterable[RequestCount]) -> str:
    return ", ".join(f"{each.requests:,} {each.status}" for each in counts)


def _reasons(feeds: Sequence[FailedFeed], pages: Sequence[Failure]) -> list[tuple[str, ...]]:
    of_feeds = Counter(_reason_of(each) for each in feeds)
    of_pages = Counter(each.reason for each in pages)
    return [
        (reason, f"{of_feeds[reason]:,}", f"{of_pages[reason]:,}", _plain(advice_for(reason)))
        for reason, _ in (of_feeds + of_pages).most_common()
        if reason in REASONS
    ]


def _reason_of(feed: FailedFeed) -> str:
    return (feed.error or "").partition(":")[0]


def _feed_row(feed: FailedFeed) -> tuple[str, ...]:
    return _link(feed.url, feed.title), _plain(feed.error or "")


def _page_row(failure: Failure, feed: Subscription | None) -> tuple[str, ...]:
    happened = failure.detail.partition("\n")[0]
    if failure.reason in REASONS:
        happened = happened.removesuffix(advice_for(failure.reason))
    listed_by = _link(feed.url, feed.title) if feed else ""
    page = "" if failure.reason == FORGOTTEN else _link(failure.url)
    return _plain(failure.reason), page, listed_by, _plain(happened)


def _host_row(host: HostTime) -> tuple[str, ...]:
    counts = (host.requests, host.failed, host.median_ms, host.slowest_ms)
    return (
        _link(f"http://{host.host}/", host.host),
        *(f"{each:,}" for each in counts),
        f"{host.total_ms / 1000:,.1f}",
    )


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table under its title, "" if it has no rows."""
    cells = list(rows)
    if not cells:
        return ""
    lines = [f"### {title}", "", _line(heads), _line(["---"] * len(heads))]
    lines += map(_line, cells[:_MOST_ROWS])
    if len(cells) > _MOST_ROWS:
        lines += ["", f"and {len(cells) - _MOST_ROWS:,} more: `onrecord ask what_failed`"]
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _link(url: str | None, words: str | None = None) -> str:
    """Return a link to a page of the web; of anything else, and of no address, the words alone.

    A name and password in the address are left out.
    """
    if not url:
        return _plain(words or "")
    bare = without_login(url)
    if not bare.lower().startswith(("http://", "https://")) or not _leads_somewhere(bare):
        return _plain(words or bare)
    return f"[{_plain(words or bare)}]({quote(bare, safe=_IN_LINKS)})"


def _leads_somewhere(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _plain(text: str) -> str:
    """Return `text` in one line, shown as the letters it is made of, whatever they are."""
    words = " ".join(text.split())
    cut = words if len(words) <= _MOST_CHARS else f"{words[:_MOST_CHARS]}…"
    return _MEANINGFUL.sub(lambda match: f"&#{ord(match[0])};", cut)
