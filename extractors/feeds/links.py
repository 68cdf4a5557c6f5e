"""Where an item's link leads."""

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, unquote, urlsplit

from extractors.urls import absolute_url, canonical_url, registrable_domain

#: Pages that only send on, and the parameter that says where to: host, path, parameter. Collected
#: from the links in feeds of alerts, of search results and of what was shared. On any other host
#: a parameter is left alone, for a page about an address may carry it as well.
_REDIRECTORS: Sequence[tuple[re.Pattern[str], str, tuple[str, ...]]] = tuple(
    (re.compile(host), path, names)
    for host, path, names in (
        (r"(?:www\.|news\.)?google(?:\.com?)?\.[a-z]{2,3}", "/url", ("url", "q")),
        (r"news\.google\.com", "/news/url", ("url",)),
        (r"lm?\.facebook\.com", "/l.php", ("u",)),
        (r"t\.umblr\.com", "/redirect", ("z",)),
        (r"(?:www\.)?bing\.com", "/news/apiclick.aspx", ("url",)),
        (r"(?:www\.)?duckduckgo\.com", "/l", ("uddg",)),
    )
)
_YAHOO_HOST = "r.search.yahoo.com"
_YAHOO_TARGET = re.compile(r"/RU=([^/]{1,2000})/")
_MOST_REDIRECTORS = 3
_MOST_QUERY_CHARS = 10_000


def past_redirectors(url: str) -> str:
    """Return where `url` leads to, if it is a redirector's that says so; else `url`."""
    for _ in range(_MOST_REDIRECTORS):
        further = absolute_url(_stated_target(url), url)
        if not further:
            break
        url = further
    return url


def canonical_or_none(url: str | None) -> str | None:
    """Return the canonical form of `url`; None where it has none."""
    try:
        return canonical_url(url) if url else None
    except ValueError:
        return None


def is_same_owner(a: str, b: str) -> bool:
    """Tell whether two absolute URLs are on one registrable domain, or else on one host."""
    first, second = (urlsplit(url).hostname or "" for url in (a, b))
    return (registrable_domain(first) or first) == (registrable_domain(second) or second)


def _stated_target(url: str) -> str | None:
    if "=" not in url:
        return None
    parts = urlsplit(url)
    host, path = parts.hostname or "", parts.path.rstrip("/")
    if host == _YAHOO_HOST and (found := _YAHOO_TARGET.search(parts.path)):
        return unquote(found[1])
    for hosts, at, names in _REDIRECTORS:
        if path == at and hosts.fullmatch(host):
            given = dict(parse_qsl(parts.query[:_MOST_QUERY_CHARS]))
            target = next((given[name] for name in names if name in given), "")
            return target if target.startswith(("http://", "https://")) else None
    return None
