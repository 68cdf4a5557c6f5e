"""Small real things that tests talk to."""

import socket
import ssl
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A request as it arrived."""

    path: str
    headers: Mapping[str, str]  #: names in lower case
    at: float  #: time.monotonic()
    body: bytes = b""  #: what was posted


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a route answers.

    With `drip_s`, the body goes out a byte at a time with that pause; with `hang_up_after`, the
    connection is cut after so many of its bytes. `pieces` makes a body while it is sent, which may
    be larger than memory or never end. `raw` is all that goes out, for servers that don't speak
    HTTP. A `Content-Length` among the headers goes out as it is, true or not.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    pieces: Callable[[], Iterable[bytes]] | None = None
    raw: bytes | None = None
    delay_s: float = 0.0
    drip_s: float = 0.0
    hang_up_after: int | None = None
    announces_length: bool = True
    is_chunked: bool = False
    version: str = "HTTP/1.1"


Route = Reply | Callable[[Seen], Reply]
NOT_THERE = Reply(status=404, body=b"not here")


def answer_of(route: Route, seen: Seen) -> Reply:
    """Return what `route` answers to a request."""
    return route if isinstance(route, Reply) else route(seen)


def in_turn(*routes: Route) -> Route:
    """Return a route that answers with one of `routes` after the other; the last one stays."""
    waiting = deque(routes)

    def answer(seen: Seen) -> Reply:
        return answer_of(waiting.popleft() if len(waiting) > 1 else waiting[0], seen)

    return answer


class ScriptedSite:
    """A real HTTP server on loopback that answers what a test tells it to.

    >>> with ScriptedSite({"/feed": Reply(body=b"...")}) as site:
    ...     site.url("/feed"), site.seen, site.count("/feed")

    Args:
        routes: what each path answers, with its query or without; others are not there.
        address: of loopback, any of 127.0.0.0/8.
        tls: a server's context, with its certificate; None for plain HTTP.
    """

    def __init__(
        self,
        routes: Mapping[str, Route] | None = None,
        *,
        address: str = "127.0.0.1",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.routes: dict[str, Route] = {"/robots.txt": NOT_THERE, **(routes or {})}
        self.seen: list[Seen] = []
        self.sent: Counter[str] = Counter()  #: bytes of bodies that went out, by path
        self.connections = 0
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self._address = address
        self._scheme = "https" if tls else "http"
        self._server = _server_for(self, address, tls)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    @property
    def host(self) -> str:
        """The address and the port that the system chose."""
        return f"{self._address}:{self._server.server_address[1]}"

    @property
    def port(self) -> int:
        """The port that the system chose."""
        return int(self._server.server_address[1])

    def url(self, path: str = "/") -> str:
        """Return the absolute URL of `path`."""
        return f"{self._scheme}://{self.host}{path}"

    def count(self, path: str) -> int:
        """Return how often `path` was asked for."""
        return sum(seen.path == path for seen in self.seen)

    def asked(self, path: str) -> list[Seen]:
        """Return the requests for `path`, first to last."""
        return [seen for seen in self.seen if seen.path == path]

    def starts(self) -> list[float]:
        """Return when the requests arrived, robots.txt left out."""
        return [seen.at for seen in self.seen if seen.path != "/robots.txt"]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
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
        reply = answer_of(route, seen)
        time.sleep(reply.delay_s)
        return reply

    def connected(self) -> None:
        """Note a new connection."""
        with self._lock:
            self.connections += 1

    def sending(self, path: str, size: int) -> None:
        """Note that so many bytes of a body went out."""
        with self._lock:
            self.sent[path] += size

    def finished(self) -> None:
        """Note that a request has been answered."""
        with self._lock:
            self._at_once -= 1


class DeafHost:
    """An address at which nobody accepts a connection: whoever asks waits until he gives up."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=0)
        self._callers = [socket.socket() for _ in range(4)]  # more than the backlog holds

    @property
    def host(self) -> str:
        """The address and the port that the system chose."""
        return f"127.0.0.1:{self._listener.getsockname()[1]}"

    def url(self, path: str = "/") -> str:
        """Return the absolute URL of `path`."""
        return f"http://{self.host}{path}"

    def __enter__(self) -> Self:
        for caller in self._callers:
            caller.setblocking(False)
            caller.connect_ex(self._listener.getsockname())
        return self

    def __exit__(self, *_: object) -> None:
        for each in (*self._callers, self._listener):
            each.close()


class _Handler(BaseHTTPRequestHandler):
    """Answers from the site that the class made for it names."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    site: ScriptedSite

    def setup(self) -> None:
        self.site.connected()
        super().setup()

    def do_GET(self, body: bytes = b"") -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        seen = Seen(path=self.path, headers=headers, at=time.monotonic(), body=body)
        try:
            self._send(self.site.answer(seen))
        except OSError:  # whoever asked has gone
            self.close_connection = True
        finally:
            self.site.finished()

    def do_POST(self) -> None:
        self.do_GET(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _send(self, reply: Reply) -> None:
        if reply.raw is not None:
            for piece in _dripping(reply.raw, reply.drip_s):
                self.wfile.write(piece)
            self.close_connection = True
            return
        self._send_head(reply)
        for piece in _pieces(reply):
            self.wfile.write(b"%X\r\n%b\r\n" % (len(piece), piece) if reply.is_chunked else piece)
            self.site.sending(self.path, len(piece))
        if reply.is_chunked:
            self.wfile.write(b"0\r\n\r\n")
        if reply.hang_up_after is not None:
            self.close_connection = True

    def _send_head(self, reply: Reply) -> None:
        self.protocol_version = reply.version
        self.close_connection = self.close_connection or reply.version == "HTTP/1.0"
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.is_chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif reply.announces_length and reply.pieces is None and reply.status != 304:
            if "Content-Length" not in reply.headers:
                self.send_header("Content-Length", str(len(reply.body)))
        else:
            self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the test's output clean."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep the test's output clean: a client that mistrusts a certificate hangs up."""


def _server_for(site: ScriptedSite, address: str, tls: ssl.SSLContext | None) -> _Server:
    server = _Server((address, 0), type("Handler", (_Handler,), {"site": site}))
    if tls:
        # Each connection shakes hands in its own thread, so that none waits for another's.
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    return server


def _pieces(reply: Reply) -> Iterable[bytes]:
    if reply.pieces:
        return reply.pieces()
    return _dripping(reply.body[: reply.hang_up_after], reply.drip_s)


def _dripping(content: bytes, drip_s: float) -> Iterator[bytes]:
    if not drip_s:
        yield from [content] if content else []
        return
    for number in range(len(content)):
        time.sleep(drip_s)
        yield content[number : number + 1]
