"""A run as Prefect's page shows it: Markdown in which nothing from outside is more than words."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from extractors.records import Failure
from flows.hops import without_password
from warehouse.results import FailedFeed, HostTime, RequestCount, Requests, Run

_MOST_ROWS = 100  #: of failures; the rest are counted
_MOST_CHARS = 300  #: of what one cell says
#: What Markdown or HTML could take for more than a letter. As an entity it is always a letter.
_MEANINGFUL = re.compile(r"[^\w \-.,:;'/%?–—“”‘’…]|_")
_IN_LINKS = ":/?#@!$&*+,;=%~-._[]"


def run_page(run: Run, requests: Requests, failures: Sequence[Failure]) -> str:
    """Return what came of a run as Markdown: funnel, failures, hosts that it waited for.

    Args:
        run: its row.
        requests: what it asked for.
        failures: of its pages.
    """
    parts = [
        f"## Run {_plain(run.run_id)}: {run.outcome}{_took(run)}",
        f"Note: {_plain(run.note)}" if run.note else "",
        _table("Funnel", ("step", "how many", "of these"), _funnel(run, requests)),
        _table("Why pages failed", ("reason", "pages"), _reasons(failures)),
        _table("Feeds that failed", ("feed", "why"), map(_feed_row, requests.failed_feeds)),
        _table("Pages that failed", ("reason", "page", "detail"), map(_page_row, failures)),
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
    return [
        ("requests for feeds", _sum(feeds), _by_status(feeds)),
        ("entries listed", f"{seen:,}", f"{run.entries_new:,} new"),
        ("requests for pages", _sum(pages), _by_status(pages)),
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


def _reasons(failures: Sequence[Failure]) -> list[tuple[str, ...]]:
    counted = Counter(each.reason for each in failures)
    return [(reason, f"{count:,}") for reason, count in counted.most_common()]


def _feed_row(feed: FailedFeed) -> tuple[str, ...]:
    return _link(feed.url, feed.title), _plain(feed.error or "")


def _page_row(failure: Failure) -> tuple[str, ...]:
    return failure.reason, _link(failure.url), _plain(failure.detail)


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
    bare, _ = without_password(url)
    if not bare.startswith(("http://", "https://")):
        return _plain(words or bare)
    return f"[{_plain(words or bare)}]({quote(bare, safe=_IN_LINKS)})"


def _plain(text: str) -> str:
    """Return `text` in one line, shown as the letters it is made of, whatever they are."""
    words = " ".join(text.split())
    cut = words if len(words) <= _MOST_CHARS else f"{words[:_MOST_CHARS]}…"
    return _MEANINGFUL.sub(lambda match: f"&#{ord(match[0])};", cut)
