"""What may stand in a table `[[feeds]]` of the settings file, and what is wrong with one.

No complaint repeats the value of a header or proxy: they hold keys and passwords.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit

from flows.hops import UnusableUrlError, wire_url

#: RFC 9110, 5.6.2
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
#: What a request needs to be one request, and what the client itself has to know of.
_NOT_FOR_PEOPLE = frozenset(
    {
        "accept-encoding", "connection", "content-length", "content-type", "expect", "host",
        "if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since",
        "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "range",
        "te", "trailer", "transfer-encoding", "upgrade",
    }
)  # fmt: skip


def complaints_about(table: Mapping[str, object]) -> Iterator[str]:
    """Yield what is wrong with a table, each a sentence that names the key and what it expects.

    The key `url` is left to whoever reads the table: without it nobody knows which feed is meant.
    """
    if unknown := table.keys() - {"url", *_EXPECTED}:
        yield f"unknown keys {', '.join(sorted(unknown))}; known: url, {', '.join(_EXPECTED)}"
    for key, (fits, expected) in _EXPECTED.items():
        if key in table and not fits(table[key]):
            yield f"{key} must be {expected}"
    if isinstance(headers := table.get("headers"), Mapping):
        yield from _complaints_about_headers(headers)


def _complaints_about_headers(headers: Mapping[str, object]) -> Iterator[str]:
    for name, value in headers.items():
        if not _TOKEN.fullmatch(name):
            yield f"headers: {name!r} cannot be a header's name: letters, digits and - make one"
        elif name.lower() == "user-agent":
            yield f"headers.{name} has a key of its own: user_agent"
        elif name.lower() in _NOT_FOR_PEOPLE:
            yield f"headers.{name} is set by the program itself and cannot be given"
        if not (isinstance(value, str) and value.isprintable()):
            yield f"headers.{name} must be one line of text in quotes"
    spellings = Counter(name.lower() for name in headers)
    if twice := sorted(name for name, count in spellings.items() if count > 1):
        yield f"headers: given twice: {', '.join(twice)}"


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_line(value: object) -> bool:
    return isinstance(value, str) and value.isprintable() and bool(value.strip())


def _is_state(value: object) -> bool:
    return value in ("active", "paused")


def _is_folder(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(name, str) and bool(name.strip()) for name in value
    )


def _is_proxy(value: object) -> bool:
    if not (isinstance(value, str) and value.isprintable()):
        return False
    try:
        parts = urlsplit(wire_url(value))
    except UnusableUrlError:
        return False
    return parts.path == "/" and not parts.query


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


_EXPECTED: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "title": (_is_text, "a text in quotes"),
    "outlet": (_is_text, "a text in quotes"),
    "state": (_is_state, '"active" or "paused"'),
    "folder": (_is_folder, 'a list of texts, the outermost first, as in ["News", "North"]'),
    "user_agent": (_is_line, "one line of text in quotes"),
    "headers": (_is_table, 'a table of texts, as in { Authorization = "Bearer …" }'),
    "proxy": (_is_proxy, 'an http:// or https:// URL of a host, as in "http://proxy.example:3128"'),
    "verify_tls": (_is_flag, "true or false, without quotes"),
}
