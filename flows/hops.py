"""From one URL to the next: what may be put on the wire, and which redirects are followed."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

MAX_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_SAFE = "!#$%&'()*+,/:;=?@[]~|"
_HOST = re.compile(r"[a-z0-9._-]+|\[[0-9a-f:.]+\]")


class UnusableUrlError(ValueError):
    """No request can be made for this URL; the message says why."""


class RedirectError(Exception):
    """A redirect that leads nowhere; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """The way of one request so far."""

    url: str  #: where it is now, ready for the wire
    passed: tuple[str, ...] = ()  #: the URLs that redirected, first to last
    moved_for_good: bool = False  #: every redirect so far is permanent

    def after(self, status: int, location: str | None) -> "Trail":
        """Return the trail one redirect further.

        Raises:
            RedirectError: without a target, the sixth, or back to where it has been.
            UnusableUrlError: to something else than http(s).
        """
        if not location or not location.strip():
            raise RedirectError(f"a redirect ({status}) without a Location")
        if len(self.passed) >= MAX_REDIRECTS:
            raise RedirectError(f"more than {MAX_REDIRECTS} redirects, the last from {self.url}")
        url = wire_url(_joined(self.url, location.strip()))
        passed = (*self.passed, self.url)
        if url in passed:
            raise RedirectError(f"the redirects go round in a circle at {url}")
        for_good = status in _FOR_GOOD and (self.moved_for_good or not self.passed)
        return Trail(url=url, passed=passed, moved_for_good=for_good)


def _joined(base_url: str, location: str) -> str:
    try:
        return urljoin(base_url, location)
    except ValueError as error:
        raise UnusableUrlError(f"{location!r} cannot be fetched: {error}") from error


def wire_url(url: str) -> str:
    """Return `url` in ASCII and without fragment; nothing else about it is changed.

    Raises:
        UnusableUrlError: not http(s), or host or port that cannot be.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = _wire_host(parts.hostname or "")
    except ValueError as error:
        raise UnusableUrlError(f"{url!r} cannot be fetched: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise UnusableUrlError(f"only http and https are fetched, not {url!r}")
    if not _HOST.fullmatch(host):
        raise UnusableUrlError(f"{url!r} has no host that can be asked")
    user, at, _ = parts.netloc.rpartition("@")
    netloc = quote(user, safe=_SAFE) + at + host + ("" if port is None else f":{port}")
    path, query = quote(parts.path or "/", safe=_SAFE), quote(parts.query, safe=_SAFE)
    return urlunsplit((parts.scheme, netloc, path, query, ""))


def origin_of(url: str) -> str:
    """Return scheme, host and port of a wire URL: what a robots.txt holds for."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _wire_host(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    return host if host.isascii() else host.encode("idna").decode("ascii")
