"""The HTTP client: one request at a time to be polite, many hosts at a time to be fast."""

import asyncio
import logging
import traceback
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Self

from flows.bodies import Body
from flows.decoding import TooLargeError, UndecodableError
from flows.exchange import (
    DeferredError,
    FetchRules,
    Request,
    RequestError,
    Response,
    headers_for,
)
from flows.gate import HostGate, HostHeldError
from flows.hops import REDIRECTS, Trail, UnusableUrlError, wire_url
from flows.httptimes import retry_at
from flows.journey import Journey, Received
from flows.policy import host_key
from flows.robotrules import MAX_CRAWL_DELAY_S
from flows.robots import Robots
from flows.transport import Answer, Transport
from flows.weather import TransportError

log = logging.getLogger(__name__)

_ROBOTS_TIMEOUT_S = 10.0
#: What is worth reading; every other answer is its status.
_WITH_CONTENT = range(200, 300)
_ASKS_FOR_PATIENCE = frozenset({429, 503})
#: A server that is in trouble and says "now" is not taken at its word.
_LEAST_PATIENCE = timedelta(minutes=10)
_SHOWN_LETTERS = 100


class Client:
    """Fetches what it is asked for, within `rules` and the manners that `gate` keeps.

    An async context manager; it may be used by any number of tasks at a time.

    Args:
        rules: the limits of a request.
        gate: the way to every host.
        spool: a folder where large bodies wait until they are whole; nothing stays there.
    """

    def __init__(self, rules: FetchRules, gate: HostGate, *, spool: Path) -> None:
        self._rules = rules
        self._gate = gate
        self._spool = spool
        self._robots = Robots(self.fetch)
        self._transport = Transport(rules)

    async def __aenter__(self) -> Self:
        await self._transport.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._robots.close()
        await self._transport.__aexit__(*error)

    async def fetch(self, request: Request) -> Response:
        """Return what the server answers in the end: a 2xx, or a 304 to a conditional request.

        Redirects are followed, each hop under the manners and checks of its own host. Time spent
        waiting for a turn counts neither into `timeout_s` nor into `duration_ms`. The `approach` of
        the request holds on every hop as far as `Approach.to` lets it.

        Raises:
            DeferredError: the host asked to be left alone, now or earlier.
            RequestError: everything else that gives nothing to read.
        """
        try:
            trail = Trail(url=wire_url(request.url))
        except UnusableUrlError as error:
            raise RequestError(request.url, "scheme", str(error)) from error
        try:
            return await self._travel(Journey(request=request, trail=trail))
        except RequestError as error:
            _let_go(error)
            raise

    async def _travel(self, journey: Journey) -> Response:
        response = None
        while response is None:
            key = host_key(journey.trail.url)
            try:
                response = await self._hop_in_turn(journey, key)
            except HostHeldError as held:
                journey.defer(f"{key} asked to be left alone", held.until, held)
        return response

    async def _hop_in_turn(self, journey: Journey, key: str) -> Response | None:
        """Make one hop when manners allow it; return the response if it is the last."""
        if journey.request.kind == "feed":
            # No crawl-delay can be broken then, so that robots.txt need not be asked for.
            async with self._gate.if_idle(key, for_s=MAX_CRAWL_DELAY_S) as is_idle:
                if is_idle:
                    return await self._hop_in_time(journey, key)
        crawl_delay_s = await self._crawl_delay_s(journey)
        async with self._gate(key, crawl_delay_s=crawl_delay_s):
            return await self._hop_in_time(journey, key)

    async def _crawl_delay_s(self, journey: Journey) -> float:
        """Return what the robots.txt of the next hop asks for, if it lets us make that hop."""
        if journey.request.kind == "robots":
            return 0.0
        url = journey.trail.url
        rules = await self._robots.rules_for(url, journey.request.approach_at(url))
        if journey.request.kind == "page":
            try:
                rules.check(url)
            except DeferredError as error:
                journey.defer(error.detail, error.retry_after, error)
            except RequestError as error:
                journey.fail(error.reason, error.detail, error)
        return rules.crawl_delay_s

    async def _hop_in_time(self, journey: Journey, key: str) -> Response | None:
        is_robots = journey.request.kind == "robots"
        limit_s = min(self._rules.timeout_s, _ROBOTS_TIMEOUT_S if is_robots else float("inf"))
        with journey.running():
            try:
                async with asyncio.timeout(limit_s - journey.spent_s):
                    return await self._hop(journey, key)
            except TimeoutError as error:
                came = f"{journey.received_bytes:,} bytes came"
                journey.fail(
                    "timeout", f"{journey.host} was not done within {limit_s:g} s; {came}", error
                )
            except TransportError as error:
                journey.fail(error.reason, error.detail, error)

    async def _hop(self, journey: Journey, key: str) -> Response | None:
        url, request = journey.trail.url, journey.request
        headers = headers_for(request, url, self._rules.user_agent)
        journey.http_status = None
        async with self._transport.asked(url, headers, request.approach_at(url)) as answer:
            journey.http_status = answer.status
            if answer.status not in _WITH_CONTENT:
                await answer.drain()
            if answer.status in REDIRECTS:
                journey.redirect(answer.status, answer.header("location"))
                return None
            self._check_status(journey, answer, key)
            raw, body = await self._body(journey, answer)
        log.debug("fetched url=%s status=%d bytes=%d", url, answer.status, len(raw))
        return journey.arrive(
            Received(
                reason_phrase=answer.reason_phrase,
                headers=answer.headers,
                raw=raw,
                body=body,
                ip=answer.ip,
            )
        )

    def _check_status(self, journey: Journey, answer: Answer, key: str) -> None:
        status, asked = answer.status, journey.request
        if status in _WITH_CONTENT or (status == HTTPStatus.NOT_MODIFIED and asked.is_conditional):
            return
        phrase = asked.approach.hidden_in(answer.reason_phrase)[:_SHOWN_LETTERS]
        said = f"{journey.host} answered {status} {phrase}".rstrip()
        now = datetime.now(UTC)
        until = retry_at(answer.header("retry-after"), now)
        if status in _ASKS_FOR_PATIENCE and until:
            until = until if until > now else now + _LEAST_PATIENCE
            if journey.request.kind != "robots":  # feeds are polled whatever robots.txt says
                self._gate.hold_until(key, until)
            journey.defer(said, until)
        if status == HTTPStatus.NOT_MODIFIED:
            journey.fail("malformed", f"{said}, though nothing older was named to it")
        journey.fail(_reason_of(status), said)

    async def _body(self, journey: Journey, answer: Answer) -> tuple[bytes, bytes]:
        """Return the body as received and decoded; stop reading as soon as it is too large."""
        rules = self._rules
        of_kind = rules.max_feed_bytes if journey.request.kind == "feed" else rules.max_page_bytes
        max_bytes = journey.request.max_bytes or of_kind
        if (announced := answer.announced_bytes or 0) > max_bytes:
            said = f"{journey.host} announces {announced:,} bytes; the limit is {max_bytes:,}"
            journey.fail("too_large", said)
        try:
            with Body(self._spool, max_bytes=max_bytes) as body:
                async for chunk in answer.chunks():
                    journey.received_bytes += len(chunk)
                    body.add(chunk)
                return body.whole(answer.header("content-encoding"))
        except TooLargeError as error:
            journey.fail("too_large", f"the body from {journey.host} {error}", error)
        except UndecodableError as error:
            journey.fail(
                "malformed", f"the body from {journey.host} cannot be unpacked: {error}", error
            )


def _let_go(error: BaseException) -> None:
    """Let go of the frames that led to `error`, which may be kept for long.

    They hold bodies, decoders and connections: 30 KB for a failed connection, megabytes for a bomb.
    """
    traceback.clear_frames(error.__traceback__)
    while cause := error.__cause__ or error.__context__:
        error = cause.with_traceback(None)


def _reason_of(status: int) -> str:
    if status < HTTPStatus.MULTIPLE_CHOICES:
        return "malformed"  # a preliminary answer, and none after it
    if status < HTTPStatus.BAD_REQUEST:
        return "redirects"  # a choice of several, or a proxy to use: nothing to follow
    return "http_4xx" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "http_5xx"
