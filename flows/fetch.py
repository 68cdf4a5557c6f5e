"""The HTTP client: one request at a time to be polite, many hosts at a time to be fast."""

import asyncio
import contextlib
import functools
import logging
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http import HTTPStatus
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from flows.addresses import checked_socket, leading_to
from flows.decoding import Decoding, TooLargeError, UndecodableError
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
from flows.journey import Journey, Received
from flows.policy import host_key, retry_at
from flows.robots import Robots

log = logging.getLogger(__name__)

_ROBOTS_TIMEOUT_S = 10.0
_KEEPALIVE_S = 20.0
_RESOLVER_THREADS = 64
_MAX_HEADER_BYTES = 65536
#: What is worth reading; every other answer is its status.
_WITH_CONTENT = range(200, 300)
_DRAINED_BYTES = 65_536
_DRAINED_WITHIN_S = 1.0
_ASKS_FOR_PATIENCE = frozenset({429, 503})


class _Resolver(AbstractResolver):
    """The system's resolver in threads enough that some slow name servers hold up nobody else."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_RESOLVER_THREADS, thread_name_prefix="resolver")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        look_up = functools.partial(socket.getaddrinfo, host, port, family, socket.SOCK_STREAM)
        found = await asyncio.get_running_loop().run_in_executor(self._threads, look_up)
        return [
            ResolveResult(
                hostname=host,
                host=str(address[0]),
                port=port,
                family=kind,
                proto=protocol,
                flags=socket.AI_NUMERICHOST,
            )
            for kind, _, protocol, _, address in found
        ]

    async def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


class _Answer(aiohttp.ClientResponse):
    """A response that remembers who sent it: a short one has let go of its connection by then."""

    peer: str | None = None

    async def start(self, connection: "aiohttp.connector.Connection") -> aiohttp.ClientResponse:
        if connection.transport:
            name = connection.transport.get_extra_info("peername")
            self.peer = name[0] if name else None
        return await super().start(connection)


class Client:
    """Fetches what it is asked for, within `rules` and the manners that `gate` keeps.

    An async context manager; it may be used by any number of tasks at a time.
    """

    def __init__(self, rules: FetchRules, gate: HostGate) -> None:
        self._rules = rules
        self._gate = gate
        self._robots = Robots(self.fetch)
        self._resolver = _Resolver()
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0,  # counted by ourselves, so that waiting costs a request none of its time
                keepalive_timeout=_KEEPALIVE_S,
                resolver=self._resolver,
                socket_factory=checked_socket,
            ),
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            max_field_size=_MAX_HEADER_BYTES,
            max_line_size=_MAX_HEADER_BYTES,
            response_class=_Answer,
            timeout=aiohttp.ClientTimeout(total=None),  # ours is kept around each hop
            trust_env=False,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._robots.close()
        if self._session:
            await self._session.close()
            self._session = None
        await self._resolver.close()

    async def fetch(self, request: Request) -> Response:
        """Return what the server answers in the end: a 2xx, or a 304 to a conditional request.

        Redirects are followed, each hop under the manners and checks of its own host. Time spent
        waiting for a turn counts neither into `timeout_s` nor into `duration_ms`.

        Raises:
            DeferredError: the host asked to be left alone, now or earlier.
            RequestError: everything else that gives nothing to read.
        """
        try:
            trail = Trail(url=wire_url(request.url))
        except UnusableUrlError as error:
            raise RequestError(request.url, "scheme", str(error)) from error
        journey = Journey(request=request, trail=trail)
        while True:
            crawl_delay_s = await self._allowed(journey)
            key = host_key(journey.trail.url)
            try:
                async with self._gate(key, crawl_delay_s=crawl_delay_s):
                    response = await self._answer_in_time(journey, key)
            except HostHeldError as held:
                journey.defer(f"{key} asked to be left alone", held.until, held)
            if response:
                return response

    async def _allowed(self, journey: Journey) -> float:
        """Return the crawl-delay of the next hop's host, in seconds."""
        if journey.request.kind == "robots":
            return 0.0
        rules = await self._robots.rules_for(journey.trail.url)
        if journey.request.kind == "page":
            try:
                rules.check(journey.trail.url)
            except DeferredError as error:
                journey.defer(error.detail, error.retry_after, error)
            except RequestError as error:
                journey.fail(error.reason, error.detail, error)
        return rules.crawl_delay_s

    async def _answer_in_time(self, journey: Journey, key: str) -> Response | None:
        """Make one hop; return the response if it is the last."""
        is_robots = journey.request.kind == "robots"
        limit_s = min(self._rules.timeout_s, _ROBOTS_TIMEOUT_S if is_robots else float("inf"))
        with (
            journey.running(),
            leading_to(journey.trail.url, self._rules.allow_hosts) as refused,
        ):
            try:
                async with asyncio.timeout(limit_s - journey.spent_s):
                    return await self._hop(journey, key)
            except TimeoutError as error:
                journey.fail("timeout", f"no complete answer within {limit_s:g} s", error)
            except (aiohttp.ClientError, OSError, ValueError) as error:
                reason, detail = _reason_for(error, refused)
                journey.fail(reason, detail, error)

    async def _hop(self, journey: Journey, key: str) -> Response | None:
        if self._session is None:
            raise RuntimeError("the client is used outside of its context")
        url, request = journey.trail.url, journey.request
        headers = headers_for(request, url, self._rules.user_agent)
        target = URL(url, encoded=True)  # as it is: a signed address must not be normalised
        journey.http_status = None
        async with self._session.get(target, headers=headers, allow_redirects=False) as answer:
            journey.http_status = answer.status
            if answer.status not in _WITH_CONTENT:
                await _drain(answer)
            if answer.status in REDIRECTS:
                journey.redirect(answer.status, answer.headers.get("Location"))
                return None
            self._check_status(journey, answer, key)
            raw, body = await self._body(journey, answer)
        log.debug("fetched url=%s status=%d bytes=%d", url, answer.status, len(raw))
        return journey.arrive(
            Received(
                reason_phrase=answer.reason or "",
                headers=_pairs(answer),
                raw=raw,
                body=body,
                ip=answer.peer if isinstance(answer, _Answer) else None,
            )
        )

    def _check_status(self, journey: Journey, answer: aiohttp.ClientResponse, key: str) -> None:
        status, asked = answer.status, journey.request
        if status in _WITH_CONTENT or (status == HTTPStatus.NOT_MODIFIED and asked.is_conditional):
            return
        said = f"the server answered {status} {answer.reason or ''}".rstrip()
        until = retry_at(answer.headers.get("Retry-After"), datetime.now(UTC))
        if status in _ASKS_FOR_PATIENCE and until:
            if journey.request.kind != "robots":  # feeds are polled whatever robots.txt says
                self._gate.hold_until(key, until)
            journey.defer(said, until)
        if status == HTTPStatus.NOT_MODIFIED:
            journey.fail("malformed", f"{said}, though nothing older was named to it")
        journey.fail("http_5xx" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "http_4xx", said)

    async def _body(self, journey: Journey, answer: aiohttp.ClientResponse) -> tuple[bytes, bytes]:
        """Return the body as received and decoded; stop reading as soon as it is too large."""
        rules = self._rules
        of_kind = rules.max_feed_bytes if journey.request.kind == "feed" else rules.max_page_bytes
        max_bytes = journey.request.max_bytes or of_kind
        if (answer.content_length or 0) > max_bytes:
            journey.fail(
                "too_large", f"{answer.content_length:,} bytes; the limit is {max_bytes:,}"
            )
        raw: list[bytes] = []
        try:
            decoding = Decoding(answer.headers.get("Content-Encoding"), max_bytes=max_bytes)
            async for chunk in answer.content.iter_any():
                journey.received_bytes += len(chunk)
                raw.append(chunk)
                decoding.feed(chunk)
            return b"".join(raw), decoding.finish()
        except TooLargeError as error:
            journey.fail("too_large", f"{error}; the limit is {max_bytes:,}", error)
        except UndecodableError as error:
            journey.fail("malformed", f"the body cannot be decompressed: {error}", error)


async def _drain(answer: aiohttp.ClientResponse) -> None:
    """Read a body nobody wants if it is short: the connection can then be used again."""
    if answer.content_length is not None and answer.content_length <= _DRAINED_BYTES:
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            async with asyncio.timeout(_DRAINED_WITHIN_S):
                await answer.read()


def _pairs(answer: aiohttp.ClientResponse) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.raw_headers
    )


def _reason_for(error: Exception, refused: list[str]) -> tuple[str, str]:
    """Return the word for what went wrong on the way, and a sentence about it."""
    if isinstance(error, aiohttp.ClientConnectorError) and refused:
        return "private_address", f"it leads to {', '.join(refused)}, which is not public"
    for kinds, reason, detail in _REASONS:
        if isinstance(error, kinds):
            return reason, f"{detail}: {error}"
    return "reset", f"the connection broke: {str(error) or type(error).__name__}"


_REASONS: tuple[tuple[tuple[type[Exception], ...], str, str], ...] = (
    # A label of more than 63 letters: the name cannot even be asked for.
    ((aiohttp.ClientConnectorDNSError, UnicodeError), "dns", "the host's name is not known"),
    (
        (aiohttp.ClientConnectorCertificateError, aiohttp.ClientSSLError),
        "tls",
        "no secure connection",
    ),
    ((aiohttp.ClientConnectorError,), "connect", "no connection"),
    ((aiohttp.InvalidURL,), "scheme", "the address cannot be used"),
)
