"""The feeds that people mean by the names they give."""

from collections.abc import Sequence

from extractors.errors import SettingsError
from flows.home import Home
from flows.hops import shown_url
from flows.settings import Settings
from flows.showing import PATIENCE_S
from warehouse.reader import Reader


def chosen_feeds(home: Home, settings: Settings, names: Sequence[str]) -> frozenset[str] | None:
    """Return the ids of the feeds that `names` (URLs, ids or titles) mean; None if all are.

    A feed that has moved goes by its new address as well.

    Raises:
        SettingsError: no feed is called so.
    """
    if not names:
        return None
    chosen: set[str] = set()
    for name in names:
        found = {
            each.feed_id
            for each in settings.feeds
            if name in (each.written_url, each.url, each.feed_id, each.title)
        } or _moved_to(name, home)
        if not found:
            raise SettingsError(
                f"no feed is called {shown_url(name)}; `onrecord feeds list` shows them"
            )
        chosen |= found
    return frozenset(chosen)


def _moved_to(url: str, home: Home) -> set[str]:
    """Return the ids of the subscribed feeds that are at `url` by now."""
    if not home.published.exists():
        return set()
    with Reader(home.path) as reader:
        moved = reader.lookup("feeds_at", {"url": url}, timeout_s=PATIENCE_S)
    return {feed_id for (feed_id,) in moved.rows}
