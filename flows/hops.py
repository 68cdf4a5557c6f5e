"""From one URL to the next: what may be put on the wire, and which redirects are followed."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

from extractors.errors import SettingsError

DEFAULT_PORTS = {"http": 80, "https": 443}
_MAX_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_SAFE = "!#$%&'()*+,/:;=?@[]~|"
_HOST = re.compile(r"[a-z0-9._-]+|\[[0-9a-f:.]+\]")
_BRACKETED = re.compile(r"\[[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*\](:[0-9]*)?")
#: A host whose last label looks so is an IPv4 address or nothing.
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_MOST_NUMBERS = 4
_SHOWN_LETTERS = 200
_TO_LAST_AT = re.compile(r"^((?:[A-Za-z][A-Za-z0-9+.-]*:)?[/\\]*).*@", re.DOTALL)


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

        Args:
            status: of the redirect.
            location: its header, as received (latin-1).

        Raises:
            RedirectError: without a target, the sixth, or back to where it has been.
            UnusableUrlError: to something else than http(s).
        """
        if not location or not location.strip():
            raise RedirectError(f"{self.url} answered {status} without saying where to go")
        if len(self.passed) >= _MAX_REDIRECTS:
            raise RedirectError(f"more than {_MAX_REDIRECTS} redirects, the last from {self.url}")
        # What a site puts in front of a host for us is sent to nobody, and kept by nobody.
        url, _ = without_password(wire_url(_joined(self.url, _text_of(location))))
        passed = (*self.passed, self.url)
        if url in passed:
            raise RedirectError(f"the redirects go round in a circle at {url}")
        for_good = status in _FOR_GOOD and (self.moved_for_good or not self.passed)
        return Trail(url=url, passed=passed, moved_for_good=for_good)


def _text_of(location: str) -> str:
    # Bytes that are no UTF-8 go back as they came: escaped one by one, by `wire_url`.
    return location.encode("latin-1").decode("utf-8", errors="surrogateescape").strip()


def _joined(base_url: str, location: str) -> str:
    try:
        return urljoin(base_url, _with_slashes(location))
    except ValueError as error:
        raise UnusableUrlError(
            f"{shown_url(location)} cannot be fetched{_why(error, location)}"
        ) from error


def wire_url(url: str) -> str:
    """Return `url` in ASCII and without fragment; nothing else about it is changed.

    As browsers do, backslashes in front of the query count as slashes, tabs and line breaks as
    nothing, and a host that is a number in any spelling (`0x7f.1`, `2130706433`) as the IPv4
    address that it means, so that no spelling hides where a URL leads.

    Raises:
        UnusableUrlError: not http(s), or host or port that cannot be.

    Source:
        The WHATWG URL standard, for those three.
    """
    try:
        parts = urlsplit(_with_slashes(url.strip()))
        port = parts.port
        host = _wire_host(parts)
        user, at, _ = parts.netloc.rpartition("@")
        user, path, query = (_escaped(each) for each in (user, parts.path or "/", parts.query))
    except UnicodeError as error:
        raise UnusableUrlError(f"{shown_url(url)} has letters that no address can have") from error
    except ValueError as error:
        raise UnusableUrlError(f"{shown_url(url)} cannot be fetched{_why(error, url)}") from error
    if parts.scheme not in ("http", "https"):
        raise UnusableUrlError(f"only http and https are fetched, not {shown_url(url)}")
    if not _HOST.fullmatch(host):
        raise UnusableUrlError(f"{shown_url(url)} has no host that can be asked")
    netloc = user.replace("@", "%40") + at + host + ("" if port is None else f":{port}")
    return urlunsplit((parts.scheme, netloc, path, query, ""))


def check_web_url(text: str, *, where: str = "") -> None:
    """Raise SettingsError unless a request could be made for `text`.

    Args:
        text: what somebody gave as a URL.
        where: put before the message.
    """
    try:
        wire_url(text)
    except UnusableUrlError as error:
        raise SettingsError(f"{where}{shown_url(text)} is not an http(s) URL") from error


def check_secret_url(name: str, url: str) -> None:
    """Raise SettingsError unless a request could be made for `url`, which may hold a key.

    Args:
        name: of the setting or option that holds it: the message has this alone.
        url: as it was given.
    """
    try:
        wire_url(url)
    except UnusableUrlError:
        raise SettingsError(f"{name} is not an http(s) URL") from None


def origin_of(url: str) -> str:
    """Return scheme, host and port of a wire URL: what a robots.txt holds for.

    A port that goes without saying is not said.
    """
    scheme = urlsplit(url).scheme
    return f"{scheme}://{host_of(url).removesuffix(f':{DEFAULT_PORTS.get(scheme)}')}"


def host_of(url: str) -> str:
    """Return host and port, if one is named, of a URL: what may be shown, unlike a password."""
    return urlsplit(url).netloc.rpartition("@")[2]


def without_password(url: str) -> tuple[str, str | None]:
    """Return `url` without the name and password in front of its host, and `name:password`.

    What is no address, or has none, comes back as it is, and None.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url, None
    user, at, host = parts.netloc.rpartition("@")
    return (urlunsplit(parts._replace(netloc=host)), unquote(user)) if at else (url, None)


def shown_url(url: str) -> str:
    """Return `url` as a message may have it: not too long, and without name and password."""
    bare, _ = without_password(url)
    if "@" in bare and not _is_well_formed(bare):  # a password may hold any letter, unescaped
        bare = _TO_LAST_AT.sub(r"\1", bare)
    return repr(bare if len(bare) <= _SHOWN_LETTERS else f"{bare[:_SHOWN_LETTERS]}…")


def _is_well_formed(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return bool(parts.hostname)


def _why(error: ValueError, url: str) -> str:
    """Return what the error says, unless that may be a part of a password."""
    return "" if "@" in url else f": {error}"


def _with_slashes(url: str) -> str:
    end = re.search("[?#]|$", url)
    front = end.start() if end else len(url)
    return url[:front].replace("\\", "/") + url[front:]


def _escaped(text: str) -> str:
    return quote(text, safe=_SAFE, errors="surrogateescape")


def _wire_host(parts: SplitResult) -> str:
    host, place = parts.hostname or "", parts.netloc.rpartition("@")[2]
    if place.startswith("["):
        if not _BRACKETED.fullmatch(place):
            raise ValueError(f"{place} is no IPv6 address")
        return f"[{host}]"
    host = host if host.isascii() else host.encode("idna").decode("ascii")
    *_, last = host.removesuffix(".").split(".")
    return str(_ipv4_of(host.removesuffix("."))) if _NUMBER.fullmatch(last) else host


def _ipv4_of(host: str) -> IPv4Address:
    """Return the address that 1 to 4 numbers mean; the last one fills all bytes that are left."""
    *front, last = (_number_of(label) for label in host.split("."))
    rest = _MOST_NUMBERS - len(front)
    if rest < 1 or max(front, default=0) > 255 or last >= 256**rest:
        raise ValueError(f"{host} is no IPv4 address")
    return IPv4Address(int.from_bytes(bytes(front), "big") * 256**rest + last)


def _number_of(label: str) -> int:
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    return int(label, 8 if label.startswith("0") else 10)
