"""The demo newsroom over HTTP on loopback, a port an outlet."""

import gzip
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import cast

from flows.demo.newsroom import Resource, resources_of
from flows.demo.stories import Outlet, outlets

LOOPBACK = "127.0.0.1"
_NOT_THERE = Resource(
    status=404,
    content_type="text/plain",
    body=b"Not found\n",
    modified=datetime(2026, 11, 1, tzinfo=UTC),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """The outlets as they are served; a handle for whoever reads them."""

    feed_urls: tuple[str, ...]  #: all feeds, the broken one last
    addresses: tuple[str, ...]  #: host:port of each outlet
    servers: "tuple[OutletServer, ...]"

    def publish_second_edition(self) -> None:
        """Serve the second edition from now on: one article edited, one new."""
        for server in self.servers:
            server.publish(edition=2)


class OutletServer(ThreadingHTTPServer):
    """Serves one outlet, in the edition last published."""

    daemon_threads = True
    #: A crawler opens its connections all at once.
    request_queue_size = 64

    def __init__(self, outlet: Outlet, port: int) -> None:
        super().__init__((LOOPBACK, port), _Handler)
        self.outlet = outlet
        self.address = f"{LOOPBACK}:{self.server_port}"
        self.publish(edition=1)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a connection that its reader broke off; report anything else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def publish(self, *, edition: int) -> None:
        """Serve `edition` (1 or 2) from the next request on."""
        self.resources: Mapping[str, Resource] = resources_of(
            self.outlet, f"http://{self.address}", edition
        )


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10  # seconds an idle connection may hold its thread

    def do_GET(self) -> None:  # the standard library's name
        self._answer(with_body=True)

    def do_HEAD(self) -> None:  # the standard library's name
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing: whoever reads the outlets keeps the record."""

    def _answer(self, *, with_body: bool) -> None:
        server = cast("OutletServer", self.server)
        resource = server.resources.get(self.path.split("?")[0], _NOT_THERE)
        headers = {
            "ETag": resource.etag,
            "Last-Modified": format_datetime(resource.modified.astimezone(UTC), usegmt=True),
            "Vary": "Accept-Encoding",
        }
        if resource.status == 200 and is_known(resource, self.headers):
            self._send(304, headers, b"")
            return
        headers["Content-Type"] = resource.content_type
        body = resource.body
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = "gzip"
            body = gzip.compress(body, mtime=0)
        headers["Content-Length"] = str(len(body))
        self._send(resource.status, headers, body if with_body else b"")

    def _send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def is_known(resource: Resource, asked: Message) -> bool:
    """Return whether the request headers `asked` show that the reader has `resource` already.

    Source:
        RFC 9110, 13.2.2: `If-Modified-Since` counts only where there is no `If-None-Match`.
    """
    if tags := asked.get("If-None-Match"):
        return resource.etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))
    if since := asked.get("If-Modified-Since"):
        return resource.modified <= parsedate_to_datetime(since)
    return False


@contextmanager
def serve_newsroom() -> Iterator[Newsroom]:
    """Serve the first edition of all outlets until the context is left.

    Each outlet takes the port it prefers, so that a second run meets the same addresses, or any
    free one where that is busy.
    """
    with ExitStack() as stack:
        servers = tuple(stack.enter_context(_served(outlet)) for outlet in outlets())
        feeds = [f"http://{server.address}{server.outlet.feed_path}" for server in servers]
        broken = [
            f"http://{server.address}{server.outlet.broken_feed_path}"
            for server in servers
            if server.outlet.broken_feed_path
        ]
        yield Newsroom(
            feed_urls=(*feeds, *broken),
            addresses=tuple(server.address for server in servers),
            servers=servers,
        )


@contextmanager
def _served(outlet: Outlet) -> Iterator[OutletServer]:
    with _bound(outlet) as server:
        # Polled often, as leaving the context waits for it.
        thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def _bound(outlet: Outlet) -> OutletServer:
    try:
        return OutletServer(outlet, outlet.port)
    except OSError:  # busy
        return OutletServer(outlet, port=0)
