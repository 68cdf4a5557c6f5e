"""Which of the documents that an index lists are worth asking for."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from extractors.dates import written_time
from extractors.feeds.items import Part
from extractors.feeds.links import is_same_owner
from extractors.urls import absolute_url

#: A news sitemap holds the articles of two days; a day is for zones and slow clocks.
_FRESH = timedelta(days=3)
_MOST_PARTS = 20


def parts_worth_polling(
    parts: Iterable[Part], *, index_url: str, seen_at: datetime
) -> tuple[str, ...]:
    """Return the addresses of the parts to poll with their index, best first, at most 20.

    First those that changed lately, newest first; then those that do not say when they changed;
    the others, newest first, only if there are none of either. Parts on another registrable
    domain are left out: an index speaks for its own site.

    Args:
        parts: as listed.
        index_url: where the index is, to which addresses may be relative.
        seen_at: when the poll began; "lately" is within 3 days before.
    """
    changed: dict[str, datetime | None] = {}
    for part in parts:
        url = absolute_url(part.url, index_url)
        if url and url != index_url and is_same_owner(url, index_url):
            changed.setdefault(url, _time_of(part))
    told = {url: at for url, at in changed.items() if at}
    newest_first = sorted(told, key=lambda url: told[url], reverse=True)
    fresh = [url for url in newest_first if told[url] >= seen_at - _FRESH]
    unsaid = [url for url in changed if url not in told]
    return tuple((fresh + unsaid or newest_first)[:_MOST_PARTS])


def _time_of(part: Part) -> datetime | None:
    time = written_time(part.changed)
    if time is None:
        return None
    # A bare day lasts until its end: what changed "three days ago" may have changed late that day.
    lasts = timedelta(days=1) if time.moment.precision == "day" else timedelta()
    return min(time.moment.at, datetime(9999, 1, 1, tzinfo=UTC)) + lasts
