"""One request on its way, through all its redirects."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NoReturn

from flows.exchange import Attempt, DeferredError, Request, RequestError, Response
from flows.hops import RedirectError, Trail, UnusableUrlError, host_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What the last hop gave, as the HTTP library has it."""

    reason_phrase: str
    headers: tuple[tuple[str, str], ...]
    raw: bytes
    body: bytes
    ip: str | None


@dataclass(slots=True, kw_only=True)
class Journey:
    """What is known of a request so far; its time runs only while a server is at work."""

    request: Request
    trail: Trail
    fetch_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    started_at: datetime | None = None
    http_status: int | None = None
    received_bytes: int = 0
    _spent_s: float = 0.0
    _since: float | None = None

    @property
    def host(self) -> str:
        """Host and port, where one is named, of where it is now."""
        return host_of(self.trail.url)

    @property
    def spent_s(self) -> float:
        """Seconds of the servers' time so far, waits for a turn left out."""
        running_s = 0.0 if self._since is None else time.monotonic() - self._since
        return self._spent_s + running_s

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let the clock run."""
        self.started_at = self.started_at or datetime.now(UTC)
        self._since = time.monotonic()
        try:
            yield
        finally:
            self._spent_s, self._since = self.spent_s, None

    def attempt(self) -> Attempt | None:
        """Return what is known so far, None if nothing was sent yet."""
        if self.started_at is None:
            return None
        return Attempt(
            fetch_id=self.fetch_id,
            started_at=self.started_at,
            duration_ms=round(self.spent_s * 1000),
            final_url=self.trail.url,
            http_status=self.http_status,
            received_bytes=self.received_bytes,
        )

    def fail(self, reason: str, detail: str, cause: BaseException | None = None) -> NoReturn:
        """Raise a RequestError from `cause`."""
        raise RequestError(self.request.url, reason, detail, self.attempt()) from cause

    def defer(self, said: str, until: datetime, cause: BaseException | None = None) -> NoReturn:
        """Raise a DeferredError from `cause`."""
        detail = f"{said}; to be asked again after {until.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z"
        raise DeferredError(self.request.url, detail, until, self.attempt()) from cause

    def redirect(self, status: int, location: str | None) -> None:
        """Go on to `location`.

        Raises:
            RequestError: it leads nowhere, round in a circle, out of http, or to what is barred.
        """
        try:
            self.trail = self.trail.after(status, location)
        except RedirectError as error:
            self.fail("redirects", str(error), error)
        except UnusableUrlError as error:
            self.fail("scheme", f"redirected: {error}", error)
        if self.request.is_barred(self.trail.url):
            self.fail("forgotten", "it leads to an article that was forgotten")

    def arrive(self, received: Received) -> Response:
        """Return the response at the end of the way, which must have been under way."""
        if self.started_at is None or self.http_status is None:
            raise RuntimeError("a response without a request")
        return Response(
            fetch_id=self.fetch_id,
            request=self.request,
            final_url=self.trail.url,
            started_at=self.started_at,
            duration_ms=round(self.spent_s * 1000),
            http_status=self.http_status,
            reason_phrase=received.reason_phrase,
            headers=received.headers,
            raw=received.raw,
            body=received.body,
            ip=received.ip,
            redirects=self.trail.passed,
            moved_for_good=self.trail.moved_for_good,
        )
