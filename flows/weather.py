"""What went wrong on the wire, in our words: a reason, and a sentence with names and figures."""

import os
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import aiohttp
from aiohttp.http_exceptions import LineTooLong

from flows.exchange import FetchRules
from flows.hops import host_of

MAX_HEADER_BYTES = 32_768
_MOST_LETTERS = 200


class TransportError(Exception):
    """A request without a complete answer: a word of `reasons.REASONS`, and a sentence."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something went wrong."""

    url: str  #: ready for the wire
    proxy: str | None
    rules: FetchRules

    @property
    def host(self) -> str:
        """Host and port, where one is named."""
        return host_of(self.url)

    @property
    def peer(self) -> str:
        """Whom the connection is made to."""
        return f"the proxy {host_of(self.proxy)}" if self.proxy else self.host


def not_public(place: Place, addresses: Sequence[str]) -> TransportError:
    """Return the error for a host that leads to `addresses`, which nothing may lead to."""
    where = ", ".join(addresses)
    return TransportError(
        "private_address", f"{place.host} leads to {where}, which is not on the public internet"
    )


@contextmanager
def in_our_words(place: Place, refused: Sequence[str] = ()) -> Iterator[None]:
    """Turn what the HTTP library raises within the block into a TransportError.

    Args:
        place: what is being asked.
        refused: addresses that were refused within the block.
    """
    try:
        yield
    except (aiohttp.ClientError, OSError, ValueError) as error:
        if refused and isinstance(error, aiohttp.ClientConnectorError):
            raise not_public(place, refused) from error
        raise TransportError(*_trouble(error, place)) from error


def _trouble(error: Exception, place: Place) -> tuple[str, str]:
    for kinds, reason, sentence in _TROUBLES:
        if isinstance(error, kinds):
            return reason, sentence.format(
                host=place.host,
                peer=place.peer,
                cause=_cause(error),
                connect_s=place.rules.connect_s,
                idle_s=place.rules.idle_s,
            )
    return _unreadable(error, place)


_TROUBLES: tuple[tuple[tuple[type[Exception], ...], str, str], ...] = (
    (
        (aiohttp.ConnectionTimeoutError,),
        "timeout",
        "no connection to {peer} within {connect_s:g} s",
    ),
    ((aiohttp.SocketTimeoutError,), "timeout", "{peer} sent nothing for {idle_s:g} s"),
    # A label of more than 63 letters: the name cannot even be asked for.
    (
        (aiohttp.ClientConnectorDNSError, UnicodeError),
        "dns",
        "{peer} has no known address: {cause}",
    ),
    (
        (aiohttp.ClientConnectorCertificateError, aiohttp.ClientSSLError),
        "tls",
        "no secure connection to {host}: {cause}",
    ),
    ((aiohttp.ClientConnectorError,), "connect", "no connection to {peer}: {cause}"),
    ((aiohttp.ClientHttpProxyError,), "connect", "{peer} does not connect to {host}: {cause}"),
    ((aiohttp.ServerDisconnectedError,), "reset", "{peer} hung up without a complete answer"),
    ((aiohttp.ClientPayloadError,), "reset", "{peer} hung up before the end of the body"),
    ((aiohttp.InvalidURL, ValueError), "scheme", "{host} cannot be asked: {cause}"),
    ((OSError, aiohttp.ClientConnectionError), "reset", "the connection to {peer} broke: {cause}"),
)


def _unreadable(error: Exception, place: Place) -> tuple[str, str]:
    """Return what is wrong with an answer that came, but not as HTTP has it."""
    cause = error.__cause__
    while cause and not isinstance(cause, LineTooLong):
        cause = cause.__cause__
    if cause:
        return (
            "too_large",
            f"the answer of {place.peer} has a header over {MAX_HEADER_BYTES:,} bytes",
        )
    return "malformed", f"the answer of {place.peer} is not HTTP: {_cause(error)}"


def _cause(error: BaseException) -> str:
    """Return what the innermost library says, as part of a sentence."""
    if isinstance(error, aiohttp.ClientConnectorError):
        error = error.os_error
    if isinstance(error, UnicodeError):
        return "no host can be called so"
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return f"it answered {error.status} {_first_line(error.message)}"
    if isinstance(error, aiohttp.ClientResponseError):
        return _first_line(error.message)
    said = _said_by_system(error) if isinstance(error, OSError) else str(error)
    return _first_line(said) or type(error).__name__


def _said_by_system(error: OSError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return str(error.verify_message)
    if isinstance(error, ssl.SSLError) and error.reason:
        return error.reason.lower().replace("_", " ")
    if error.errno and error.errno > 0:
        return os.strerror(error.errno)  # asyncio has put a text of its own in its place
    return error.strerror or str(error)


def _first_line(text: str) -> str:
    return text.partition("\n")[0].strip().rstrip(":.")[:_MOST_LETTERS]
