"""Small real things that tests talk to."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A request as it arrived."""

    path: str
    headers: Mapping[str, str]  #: names in lower case
    at: float  #: time.monotonic()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a route answers.

    With `drip_s`, the body goes out a byte at a time with that pause; with `hang_up_after`, the
    connection is cut after so many bytes of it.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    delay_s: float = 0.0
    drip_s: float = 0.0
    hang_up_after: int | None = None
    announces_length: bool = True


Route = Reply | Callable[[Seen], Reply]
NOT_THERE = Reply(status=404, body=b"not here")


class ScriptedSite:
    """A real HTTP server on loopback that answers what a test tells it to.

    >>> with ScriptedSite({"/feed": Reply(body=b"...")}) as site:
    ...     site.url("/feed"), site.seen, site.count("/feed")
    """

    def __init__(self, routes: Mapping[str, Route] | None = None) -> None:
        self.routes: dict[str, Route] = {"/robots.txt": NOT_THERE, **(routes or {})}
        self.seen: list[Seen] = []
        self.connections = 0
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self._server = _server_for(self)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    @property
    def host(self) -> str:
        """The address and port that the system chose."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    def url(self, path: str = "/") -> str:
        """Return the absolute URL of `path`."""
        return f"http://{self.host}{path}"

    def count(self, path: str) -> int:
        """Return how often `path` was asked for."""
        return sum(seen.path == path for seen in self.seen)

    def starts(self) -> list[float]:
        """Return when the requests arrived, robots.txt left out."""
        return [seen.at for seen in self.seen if seen.path != "/robots.txt"]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, seen: Seen) -> Reply:
        """Return the reply for a request and remember it."""
        with self._lock:
            self.seen.append(seen)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        route = self.routes.get(seen.path) or self.routes.get(urlsplit(seen.path).path, NOT_THERE)
        reply = route if isinstance(route, Reply) else route(seen)
        time.sleep(reply.delay_s)
        return reply

    def connected(self) -> None:
        """Note a new connection."""
        with self._lock:
            self.connections += 1

    def finished(self) -> None:
        """Note that a request has been answered."""
        with self._lock:
            self._at_once -= 1


class _Handler(BaseHTTPRequestHandler):
    """Answers from the site that the class made for it names."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    site: ScriptedSite

    def setup(self) -> None:
        self.site.connected()
        super().setup()

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        seen = Seen(path=self.path, headers=headers, at=time.monotonic())
        try:
            self._send(self.site.answer(seen))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            self.site.finished()

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.announces_length and reply.status != 304:
            self.send_header("Content-Length", str(len(reply.body)))
        else:
            self.send_header("Connection", "close")
        self.end_headers()
        for chunk in _chunks(reply):
            self.wfile.write(chunk)
            self.wfile.flush()
        if reply.hang_up_after is not None:
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the test's output clean."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256


def _server_for(site: ScriptedSite) -> _Server:
    return _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": site}))


def _chunks(reply: Reply) -> Iterator[bytes]:
    body = reply.body[: reply.hang_up_after]
    if not reply.drip_s:
        yield body
        return
    for number in range(len(body)):
        time.sleep(reply.drip_s)
        yield body[number : number + 1]
