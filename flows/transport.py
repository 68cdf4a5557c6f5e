"""The wire: one GET at a time by aiohttp, within deadlines, to addresses that may be asked."""

import asyncio
import functools
import resource
import socket
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Self
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from flows.addresses import checked_socket, is_lifted, is_public, leading_to
from flows.exchange import Approach, FetchRules
from flows.hops import UnusableUrlError, host_of, wire_url
from flows.weather import MAX_HEADER_BYTES, Place, TransportError, in_our_words, not_public

_KEEPALIVE_S = 20.0
_RESOLVER_THREADS = 64
_MAX_HEADERS_BYTES = 131_072
_LOOKUP_S = 3.0
_DRAINED_BYTES = 65_536
_DRAINED_WITHIN_S = 1.0
#: A connection to each of thousands of hosts may be kept for a while.
_OPEN_FILES = 8192


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


class _Response(aiohttp.ClientResponse):
    """A response that remembers who sent it: a short one has let go of its connection by then."""

    peer: str | None = None

    async def start(self, connection: "aiohttp.connector.Connection") -> aiohttp.ClientResponse:
        if connection.transport:
            name = connection.transport.get_extra_info("peername")
            self.peer = name[0] if name else None
        return await super().start(connection)


class Answer:
    """Status and headers of an answer, whose body is still to come."""

    def __init__(self, response: aiohttp.ClientResponse, place: Place) -> None:
        self._response = response
        self._place = place
        self.status = response.status
        self.reason_phrase = response.reason or ""
        #: In order, as received (latin-1).
        self.headers = tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, value in response.raw_headers
        )
        self.announced_bytes = response.content_length
        #: The server's address; behind a proxy the proxy's.
        self.ip = response.peer if isinstance(response, _Response) else None

    def header(self, name: str) -> str | None:
        """Return the first header called `name`, given in lower case."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield the body as it is received.

        Raises:
            TransportError: it does not come to its end.
        """
        while True:
            with in_our_words(self._place):
                chunk = await self._response.content.readany()
            if not chunk:
                return
            yield chunk

    async def drain(self) -> None:
        """Read a body nobody wants if it is short: the connection can then be used again."""
        if self.announced_bytes is None or self.announced_bytes > _DRAINED_BYTES:
            return
        try:
            async with asyncio.timeout(_DRAINED_WITHIN_S):
                await self._response.read()
        except (aiohttp.ClientError, TimeoutError):
            self._response.close()


class Transport:
    """The connections of a client; an async context manager."""

    def __init__(self, rules: FetchRules) -> None:
        self._rules = rules
        self._resolver = _Resolver()
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        _allow_open_files(_OPEN_FILES)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0,  # counted by ourselves, so that waiting costs a request none of its time
                keepalive_timeout=_KEEPALIVE_S,
                resolver=self._resolver,
                socket_factory=checked_socket,
            ),
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            max_field_size=MAX_HEADER_BYTES,
            max_line_size=MAX_HEADER_BYTES,
            response_class=_Response,
            timeout=aiohttp.ClientTimeout(  # the total is the client's, kept over all redirects
                total=None, connect=self._rules.connect_s, sock_read=self._rules.idle_s
            ),
            trust_env=False,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session:
            await self._session.close()
            self._session = None
        await self._resolver.close()

    @asynccontextmanager
    async def asked(
        self, url: str, headers: dict[str, str], approach: Approach
    ) -> AsyncIterator[Answer]:
        """Ask for `url`, a wire URL, and give the answer within the block.

        A proxy is the operator's choice and may have any address. It looks names up by itself,
        so what they lead to is checked only as far as our own name servers know it too.

        Raises:
            TransportError: no answer came.
        """
        if self._session is None:
            raise RuntimeError("the transport is used outside of its context")
        place = Place(url=url, proxy=_proxy_of(approach, url), rules=self._rules)
        lifted = is_lifted(url, self._rules.allow_hosts)
        if place.proxy and not lifted:
            await self._check_target(place)
        with (
            leading_to(is_lifted=lifted or place.proxy is not None) as refused,
            in_our_words(place, refused),
        ):
            response = await self._session.get(
                URL(url, encoded=True),  # as it is: a signed address must not be normalised
                headers=headers,
                allow_redirects=False,
                proxy=place.proxy,
                ssl=approach.verify_tls,
            )
        try:
            yield _checked(Answer(response, place), place)
        finally:
            response.release()

    async def _check_target(self, place: Place) -> None:
        try:
            async with asyncio.timeout(_LOOKUP_S):
                found = await self._resolver.resolve(urlsplit(place.url).hostname or "")
        except (OSError, UnicodeError):
            return  # a name that the proxy may know
        if refused := [each["host"] for each in found if not is_public(each["host"])]:
            raise not_public(place, refused)


def _proxy_of(approach: Approach, url: str) -> str | None:
    if approach.proxy is None:
        return None
    try:
        return wire_url(approach.proxy)
    except UnusableUrlError as error:  # which quotes it, and it may have a password in it
        raise TransportError(
            "connect", f"the proxy for {host_of(url)} is no http(s) URL"
        ) from error


def _allow_open_files(number: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = number if hard == resource.RLIM_INFINITY else min(number, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _checked(answer: Answer, place: Place) -> Answer:
    size = sum(len(name) + len(value) for name, value in answer.headers)
    if size > _MAX_HEADERS_BYTES:
        raise TransportError(
            "too_large", f"the answer of {place.peer} has {size:,} bytes of headers"
        )
    return answer
