"""Log lines about single feeds and pages: one for each that failed, one for each feed with news."""

import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from extractors.records import Failure, Harvest
from flows.jobs import Fetched

logger = logging.getLogger(__name__)

#: The reason of a page that is kept out: nothing that stays may name it again.
FORGOTTEN = "forgotten"

#: What would end a line, or begin what reads like another field of it.
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")
#: With the slashes before it, which some write as backslashes.
_LOGIN = re.compile(r"^(?P<scheme>[a-z][a-z0-9+.-]*:)?[/\\]*[^/\\?#]*@", re.IGNORECASE)


def tell_of_feeds(harvest: Harvest) -> None:
    """Log what came of the feeds in `harvest`, but for those that have not changed."""
    for poll in harvest.polls:
        if poll.status == "new":
            told = (poll.feed_id, without_login(poll.url), poll.entries_seen)
            logger.info("feed read feed=%s url=%s entries=%d", *told)
    for each in harvest.failures:
        url = without_login(each.url)
        logger.info("feed failed feed=%s url=%s reason=%s", each.feed_id, url, each.reason)


def tell_of_pages(pages: Sequence[Fetched], failures: Sequence[Failure]) -> list[Failure]:
    """Log the failures of `pages`; return them, each with the feed that listed its page.

    They are for people: as stored, a page's failure has no feed, for several may list the page.
    """
    listed_by = {page.fetch.target: page.feed_id for page in pages}
    told = [replace(each, feed_id=listed_by.get(each.target)) for each in failures]
    for each in told:
        logger.info(
            "page failed feed=%s url=%s reason=%s stage=%s",
            each.feed_id or "-",
            "-" if each.reason == FORGOTTEN else without_login(each.url),
            each.reason,
            each.stage,
        )
    return told


def without_login(url: str) -> str:
    """Return `url` as one word without a name and password, to be shown; it may lead nowhere."""
    word = _BREAKS.sub(lambda found: quote(found[0]), url)
    return _LOGIN.sub(lambda found: f"{found['scheme'] or ''}//", word)
