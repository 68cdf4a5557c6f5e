"""The robots.txt files of a run: each asked for once, through the client that fetches the rest.

Source:
    RFC 9309; and Google's reading of it for 429, which counts as a server error.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from flows.exchange import Approach, DeferredError, Request, RequestError, Response
from flows.hops import origin_of
from flows.robotrules import RobotsRules

_MAX_BYTES = 5_000_000
_READ_BYTES = 512_000  # what RFC 9309 asks for at least; the rest of a longer one is not read
#: Of all that are remembered; the one that was not needed for longest is forgotten first.
_MAX_LETTERS = 32_000_000
_TOO_MANY_REQUESTS = 429
#: Failures that mean there are no rules. RFC 9309 counts endless redirects among them.
_NO_RULES = frozenset({"http_4xx", "redirects"})

#: Origin, user agent, proxy, whether TLS is verified, headers.
_Way = tuple[str, str | None, str | None, bool, frozenset[tuple[str, str]]]


def _way(origin: str, approach: Approach) -> _Way:
    headers = frozenset(approach.headers.items())
    return origin, approach.user_agent, approach.proxy, approach.verify_tls, headers


class Robots:
    """The robots.txt files of a run.

    Args:
        get: fetches a Request of kind `robots`; its errors are RequestError.
    """

    def __init__(self, get: Callable[[Request], Awaitable[Response]]) -> None:
        self._get = get
        self._known: OrderedDict[_Way, RobotsRules] = OrderedDict()
        self._asked: dict[_Way, asyncio.Task[RobotsRules]] = {}
        self._letters = 0

    async def rules_for(self, url: str, approach: Approach) -> RobotsRules:
        """Return the rules of the origin of `url`, a wire URL, for those who ask by `approach`.

        Who comes another way (a proxy, a key) may be told other rules: each way is asked once.
        """
        way = _way(origin_of(url), approach)
        rules = self._known.get(way)
        if rules and _still_holds(rules):
            self._known.move_to_end(way)
            return rules
        if way not in self._asked:
            self._asked[way] = asyncio.create_task(self._ask(way, approach))
        # Shielded: many wait for one request, and one that gives up must not take it away.
        return await asyncio.shield(self._asked[way])

    async def close(self) -> None:
        """Stop what is still under way."""
        tasks = list(self._asked.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _ask(self, way: _Way, approach: Approach) -> RobotsRules:
        try:
            rules = await self._read(way[0], approach)
        finally:
            del self._asked[way]
        self._remember(way, rules)
        return rules

    def _remember(self, way: _Way, rules: RobotsRules) -> None:
        if before := self._known.pop(way, None):
            self._letters -= _size_of(before)
        self._known[way] = rules
        self._letters += _size_of(rules)
        while self._letters > _MAX_LETTERS:
            _, forgotten = self._known.popitem(last=False)
            self._letters -= _size_of(forgotten)

    async def _read(self, origin: str, approach: Approach) -> RobotsRules:
        url = f"{origin}/robots.txt"
        asked = Request(url=url, kind="robots", max_bytes=_MAX_BYTES, approach=approach)
        try:
            response = await self._get(asked)
        except RequestError as error:
            has_rules = error.http_status == _TOO_MANY_REQUESTS or error.reason not in _NO_RULES
            return RobotsRules(error=error if has_rules else None)
        body = _beginning_of(response.body)
        return RobotsRules(text=body.decode("utf-8-sig", errors="replace"))


def _still_holds(rules: RobotsRules) -> bool:
    error = rules.error
    return not isinstance(error, DeferredError) or error.retry_after > datetime.now(UTC)


def _size_of(rules: RobotsRules) -> int:
    return len(rules.text) + 1_000  # the key, the record, perhaps an error


def _beginning_of(body: bytes) -> bytes:
    if len(body) <= _READ_BYTES:
        return body
    whole_lines, _, _ = body[:_READ_BYTES].rpartition(b"\n")
    return whole_lines
