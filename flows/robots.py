"""What robots.txt allows: read once an origin and run, through the client that fetches the rest.

Source:
    RFC 9309; and Google's reading of it for 429, which counts as a server error.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from protego import Protego

from extractors.errors import FetchError
from flows.exchange import DeferredError, Request, RequestError, Response
from flows.hops import origin_of

#: Our name in robots.txt files.
PRODUCT = "onrecord"
MAX_CRAWL_DELAY_S = 120.0
_MAX_BYTES = 1_000_000  # RFC 9309 asks for 500 KiB at least
_MAX_ORIGINS = 10_000
_TOO_MANY_REQUESTS = 429
#: Failures that mean there are no rules. RFC 9309 counts endless redirects among them.
_NO_RULES = frozenset({"http_4xx", "redirects"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsRules:
    """The rules of one origin for us."""

    parser: Protego | None = None  #: None: everything is allowed
    error: FetchError | None = None  #: why nothing is allowed for now

    @property
    def crawl_delay_s(self) -> float:
        """Seconds from start to start that the origin asks for, two minutes at most; else 0."""
        delay = self.parser.crawl_delay(PRODUCT) if self.parser else None
        return min(max(float(delay or 0), 0.0), MAX_CRAWL_DELAY_S)

    def check(self, url: str) -> None:
        """Return if `url` may be fetched.

        Raises:
            DeferredError: robots.txt itself was answered with a `Retry-After`.
            RequestError: it may not, or nobody can tell; the reason says which.
        """
        if isinstance(self.error, DeferredError):
            raise DeferredError(url, "its robots.txt was put off", self.error.retry_after)
        if self.error:
            is_weather = self.error.reason not in ("http_4xx", "http_5xx")
            reason = self.error.reason if is_weather else "robots"
            raise RequestError(
                url, reason, f"its robots.txt cannot be read for now: {self.error.detail}"
            )
        if self.parser and not self.parser.can_fetch(url, PRODUCT):
            raise RequestError(url, "robots", "the site's robots.txt forbids this address")


class Robots:
    """The robots.txt files of a run.

    Args:
        get: fetches a Request of kind `robots`; its errors are FetchError.
    """

    def __init__(self, get: Callable[[Request], Awaitable[Response]]) -> None:
        self._get = get
        self._known: OrderedDict[str, asyncio.Task[RobotsRules]] = OrderedDict()

    async def rules_for(self, url: str) -> RobotsRules:
        """Return the rules of the origin of `url`, a wire URL."""
        origin = origin_of(url)
        task = self._known.get(origin)
        if task is None:
            task = self._known[origin] = asyncio.create_task(self._read(origin))
            if len(self._known) > _MAX_ORIGINS:
                self._known.popitem(last=False)
        self._known.move_to_end(origin)
        # Shielded: many wait for one request, and one that gives up must not take it away.
        rules = await asyncio.shield(task)
        if isinstance(rules.error, DeferredError) and rules.error.retry_after <= datetime.now(UTC):
            self._known.pop(origin, None)  # it may be asked again by now
        return rules

    async def close(self) -> None:
        """Stop what is still under way."""
        tasks = list(self._known.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _read(self, origin: str) -> RobotsRules:
        url = f"{origin}/robots.txt"
        try:
            response = await self._get(Request(url=url, kind="robots", max_bytes=_MAX_BYTES))
        except RequestError as error:
            has_rules = error.http_status == _TOO_MANY_REQUESTS or error.reason not in _NO_RULES
            return RobotsRules(error=error if has_rules else None)
        text = response.body.decode("utf-8-sig", errors="replace")
        return RobotsRules(parser=Protego.parse(text))
