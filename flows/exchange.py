"""What is asked of a server and what it answers: the records of one request, and its errors."""

import hashlib
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from extractors.errors import FetchError
from extractors.records import Page
from flows.hops import UnusableUrlError, origin_of, wire_url
from flows.policy import host_key

Kind = Literal["feed", "page", "robots"]
#: No body may be larger once decoded: what is archived must be read again.
MOST_BODY_BYTES = 64_000_000

_ACCEPT: dict[Kind, str] = {
    "feed": "application/rss+xml, application/atom+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5",
    "page": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
    "robots": "text/plain, */*;q=0.5",
}
#: Letters from which on a word of a header is taken for a key, not for `en` or `1`.
_LEAST_SECRET = 6
_CODINGS = "gzip, deflate, br, zstd"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRules:
    """The limits that hold for every request of a home; the settings have the defaults."""

    contact: str | None  #: a person or page, put into the User-Agent
    version: str
    max_feed_bytes: int  #: decoded
    max_page_bytes: int  #: decoded
    timeout_s: float  #: for one request with all its redirects, waits for manners left out
    connect_s: float  #: for each connection, name look-up and TLS included
    idle_s: float  #: for the next byte of an answer
    allow_hosts: frozenset[str]  #: host[:port] that may be loopback or private

    @property
    def user_agent(self) -> str:
        """The product, its version and whom to ask about it."""
        return f"onrecord/{self.version}" + (f" (+{self.contact})" if self.contact else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """How a server wants to be asked, other than by default."""

    user_agent: str | None = None  #: None: ours
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)  #: may hold a key
    proxy: str | None = field(default=None, repr=False)  #: http(s) URL; None: none
    verify_tls: bool = True

    def hidden_in(self, text: str) -> str:
        """Return `text`, which a server wrote, without what the headers told it."""
        for value in self.headers.values():
            for secret in (value, *value.split()):
                text = text.replace(secret, "…") if len(secret) >= _LEAST_SECRET else text
        return text

    def to(self, url: str, *, meant_for: str) -> "Approach":
        """Return how to ask for `url` if this is how `meant_for`, which led there, is asked for.

        Headers stay with the origin they are meant for, since a key for one server is not for the
        next one; and a site that need not be verified vouches for no other.
        """
        try:
            wire, own = wire_url(url), wire_url(meant_for)
        except UnusableUrlError:  # nothing will be asked there
            return replace(self, headers={}, verify_tls=True)
        return replace(
            self,
            headers=self.headers if origin_of(wire) == origin_of(own) else {},
            verify_tls=self.verify_tls or host_key(wire) != host_key(own),
        )


def _is_never(_url: str) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing to fetch."""

    url: str
    kind: Kind = "page"
    etag: str | None = None  #: sent byte for byte as it was received
    last_modified: str | None = None  #: sent byte for byte as it was received
    max_bytes: int | None = None  #: decoded; None: what the rules say for the kind
    approach: Approach = field(default_factory=Approach)
    is_barred: Callable[[str], bool] = _is_never  #: addresses to which no redirect is followed

    @property
    def is_conditional(self) -> bool:
        """Whether a 304 would tell anything."""
        return bool(self.etag or self.last_modified)

    def approach_at(self, url: str) -> Approach:
        """Return how to ask for the wire URL `url`, which is ours or one we were redirected to."""
        return self.approach.to(url, meant_for=self.url)


def headers_for(request: Request, url: str, user_agent: str) -> dict[str, str]:
    """Return the headers to send to `url`, which is the request's or one it was redirected to."""
    approach = request.approach_at(url)
    headers = {
        "User-Agent": approach.user_agent or user_agent,
        "Accept": _ACCEPT[request.kind],
        "Accept-Encoding": _CODINGS,
    }
    validators = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    for name, value in validators.items():
        if value and (sendable := _as_received(value)):
            headers[name] = sendable
    given = {name.lower() for name in approach.headers}
    ours = {name: value for name, value in headers.items() if name.lower() not in given}
    return {**ours, **approach.headers}


def _as_received(value: str) -> str | None:
    """Return what makes aiohttp, which sends UTF-8, put out the bytes that were received.

    None for bytes that are no UTF-8: a validator that is not the server's own is worse than none.
    """
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What is known of a request whatever came of it."""

    fetch_id: str
    started_at: datetime
    duration_ms: int
    final_url: str
    http_status: int | None = None  #: None: no server answered
    received_bytes: int = 0


#: Reasons for which we ourselves refuse to ask.
REFUSALS = frozenset({"private_address", "scheme", "robots"})


def attempt_not_made(url: str, *, at: datetime) -> Attempt:
    """Return what stands in the books for a request that was refused before it was made."""
    return Attempt(fetch_id=uuid.uuid4().hex, started_at=at, duration_ms=0, final_url=url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """The answer that came last, after redirects."""

    fetch_id: str
    request: Request
    final_url: str
    started_at: datetime
    duration_ms: int
    http_status: int
    reason_phrase: str
    headers: tuple[tuple[str, str], ...]  #: in order, as received (latin-1)
    raw: bytes  #: the body content-encoded as received
    body: bytes  #: the body decoded
    ip: str | None = None  #: the server's address, where known
    redirects: tuple[str, ...] = ()  #: the URLs that were asked on the way, first to last
    moved_for_good: bool = False  #: there were redirects, and each was a 301 or 308

    def header(self, name: str) -> str | None:
        """Return the first header called `name`, in any case of letters."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


def body_hash_of(body: bytes) -> str:
    """Return the SHA-256 of a decoded body, by which one that has not changed is known."""
    return hashlib.sha256(body).hexdigest()


def page_of(response: Response) -> Page:
    """Return `response` as extractors read it."""
    return Page(
        fetch_id=response.fetch_id,
        url=response.request.url,
        final_url=response.final_url,
        fetched_at=response.started_at,
        http_status=response.http_status,
        headers=response.headers,
        body=response.body,
    )


class RequestError(FetchError):
    """A request that gave nothing to read.

    Args:
        url: what was asked for.
        reason: a word of `reasons.REASONS`.
        detail: one sentence for the person who reads the failure.
        attempt: the request itself; None where manners forbade to make it.
    """

    def __init__(
        self, url: str, reason: str, detail: str = "", attempt: Attempt | None = None
    ) -> None:
        super().__init__(url, reason, detail)
        self.args = (url, reason, detail, attempt)
        self.attempt = attempt

    @property
    def http_status(self) -> int | None:
        """The status the server gave; None where none answered."""
        return self.attempt.http_status if self.attempt else None


class DeferredError(RequestError):
    """The host asks to be left alone until `retry_after`; never counted as a failure.

    Args:
        url: what was asked for.
        detail: one sentence for the person who reads it.
        retry_after: aware; the host is asked nothing before.
        attempt: the request that was answered so; None where an earlier one was.
    """

    def __init__(
        self, url: str, detail: str, retry_after: datetime, attempt: Attempt | None = None
    ) -> None:
        super().__init__(url, "deferred", detail, attempt)
        self.args = (url, detail, retry_after, attempt)
        self.retry_after = retry_after
