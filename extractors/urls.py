"""Addresses: one spelling for each page, the ids made from it, and whose site it is.

Canonical addresses are names, not targets: fetch what the feed gave, file it under this.
"""

import re
from encodings.idna import nameprep
from functools import cache, lru_cache
from ipaddress import IPv6Address, ip_address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from publicsuffixlist import PublicSuffixList

from extractors.identity import digest_of
from extractors.makeups import usual_path
from extractors.tracking import is_tracking

_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
#: C0 controls and the blanks that browsers delete from an address.
_CONTROLS = re.compile("[\x00-\x1f\x7f]")
_BAD_HOST = re.compile(r"[\s\x00-\x20\"#%/:<>?@\[\\\]^`{|}]")
#: Labels with letters of their own since IDNA 2008, which Python's codec still folds.
_SHARP_LABEL = re.compile("[^.\u3002\uff0e\uff61]*[ßς][^.\u3002\uff0e\uff61]*")
_MAX_HOST_CHARS = 253  #: RFC 1035
_SURROGATES = re.compile("[\ud800-\udfff]")
_MOBILE_LABELS = frozenset({"m", "mobile", "mobil", "touch", "wap", "amp"})
#: Search engines that show AMP pages at addresses of their own, and the page's own behind it.
_VIEWER = re.compile(
    r"(?:(?:www\.)?google\.(?:com?\.)?[a-z]{2,3}/amp/|(?:www\.)?bing\.com/amp/"
    r"|(?:[^/]+\.)?(?:cdn\.ampproject\.org|bing-amp\.com)/[a-z]{1,3}/)"
    r"(?P<secure>s/)?(?P<page>[^/]+\.[^/]+(?:/.*)?)$",
    re.DOTALL,
)
_VIEWER_HOST = re.compile(r"https?://[^/]*(?:google\.|bing\.com|\.ampproject\.org|bing-amp\.com)")
_MOST_VIEWERS = 3
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
#: An ampersand that was escaped for HTML once too often leaves this at the head of the next field.
_ESCAPED_AMPERSAND = re.compile("^(?:amp;)+")


def canonical_url(url: str, base: str | None = None) -> str:
    """Return the one spelling of `url` that all addresses of the same page share.

    Case of scheme and host, default port, dot segments, escapes, fragment, credentials, tracking
    parameters, `index.html` and the usual AMP, print and mobile variants are folded; every other
    parameter stays, in its order. Folding twice changes nothing.

    Args:
        url: absolute, or relative to `base`.
        base: address of the page that `url` was found on, if it may be relative.

    Raises:
        ValueError: not an http or https address, or one that names no host.

    Source:
        RFC 3986 section 6; the lists of parameters are our own.
    """
    cleaned = _CONTROLS.sub("", url).strip()
    address = urljoin(base, cleaned) if base else cleaned
    for _ in range(_MOST_VIEWERS):
        folded = _folded(address)
        if not _VIEWER_HOST.match(folded):
            return folded
        shown = _shown_by_viewer(address) or _shown_by_viewer(folded)
        if shown is None:
            return folded
        address = shown
    raise ValueError(f"an address in an address in an address: {url[:200]!r}")


def absolute_url(link: str | None, base_url: str) -> str | None:
    """Return `link` as an absolute http(s) URL; None if it is none."""
    if not link or not link.strip():
        return None
    try:
        parts = urlsplit(link.strip())
        if not (parts.scheme and parts.netloc):
            parts = urlsplit(urljoin(base_url, link.strip()))
        is_usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return parts.geturl() if is_usable else None


def article_id_of(canonical: str) -> str:
    """Return the id of the article at a canonical address: 20 hexadecimal digits.

    Scheme, a leading `www.`, slashes at the end or said twice, and the order of parameters don't
    count: sites answer under all of them with the same page.
    """
    page, _, rest = re.sub(r"^https?://(www\.)?", "", canonical).partition("?")
    query, mark, fragment = rest.partition("#")
    fields = sorted(query.split("&"), key=lambda field: field.partition("=")[0])
    page = re.sub("/+", "/", page).removesuffix("/")
    return digest_of(f"{page}?{'&'.join(fields)}{mark}{fragment}")


def feed_id_of(url: str) -> str:
    """Return the id of the feed first subscribed as `url`, letter for letter: 20 hex digits."""
    return digest_of(url)


def entry_id_of(feed_id: str, key: str) -> str:
    """Return the id of a feed's item: 20 hexadecimal digits.

    Args:
        feed_id: the feed that lists it.
        key: its guid, else its link, else title and date.
    """
    return digest_of(f"{feed_id}\n{key}")


def registrable_domain(host: str) -> str | None:
    """Return the part of `host` that somebody registered: `bbc.co.uk` of `news.bbc.co.uk`.

    None for IP addresses, single-label hosts and public suffixes themselves.

    Source:
        publicsuffix.org, both its sections; an unlisted top level counts as a suffix.
    """
    host = host.lower().strip("[]").rstrip(".")
    return _registered(host) if 0 < len(host) <= _MAX_HOST_CHARS else None


def outlet_of(url: str) -> str:
    """Return whose site `url` is on: the registrable domain, else `host:port`.

    Raises:
        ValueError: `url` is not an http(s) address.
    """
    parts = urlsplit(canonical_url(url))
    host = parts.hostname or ""
    if domain := registrable_domain(host):
        return domain
    bracketed = f"[{host}]" if ":" in host else host
    return f"{bracketed}:{parts.port or _DEFAULT_PORTS[parts.scheme]}"


def same_site(a: str, b: str) -> bool:
    """Return whether two addresses belong to one outlet.

    Raises:
        ValueError: one of them is not an http(s) address.
    """
    return outlet_of(a) == outlet_of(b)


def _folded(address: str) -> str:
    parts = _split(address)
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        raise ValueError(f"not an http(s) address: {address[:200]!r}")
    host = _desktop_host(_host_of(parts))
    port = parts.port
    netloc = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    query = _meaningful_query(parts.query)
    fragment = f"#{_escaped(parts.fragment)}" if re.match("!.", parts.fragment) else ""
    path = usual_path(_plain(parts.path))
    return f"{scheme}://{netloc}{path}{'?' if query else ''}{query}{fragment}"


def _split(address: str) -> SplitResult:
    """Return the parts of an address, with slashes for the backslashes of its path, as browsers."""
    parts = urlsplit(address)
    return parts._replace(path=parts.path.replace("\\", "/"))


def _shown_by_viewer(address: str) -> str | None:
    """Return the address of the page that an AMP viewer's address shows, if it is one.

    Source:
        developers.google.com/amp/cache, "AMP Cache URL format".
    """
    parts = _split(address)
    if parts.scheme.lower() not in _DEFAULT_PORTS:
        return None
    host = _desktop_host(_host_of(parts))
    viewer = _VIEWER.match(host + _plain(parts.path))
    if viewer is None:
        return None
    query = f"?{parts.query}" if parts.query else ""
    return f"{'https' if viewer['secure'] else 'http'}://{viewer['page']}{query}"


@lru_cache(maxsize=1024)  # a feed or a page names the same few hosts over and over
def _registered(host: str) -> str | None:
    return None if _is_ip(host) else _suffixes().privatesuffix(host)


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _host_of(parts: SplitResult) -> str:
    """Return the host in ASCII, IPv6 in brackets and short form."""
    host = (parts.hostname or "").rstrip(".")
    if "\\" in parts.netloc or not host:
        raise ValueError(f"no host in {parts.geturl()!r}")
    if "[" in parts.netloc:
        return f"[{_ipv6(host)}]"
    host = _ascii_host(host).rstrip(".")
    if not host or ".." in f".{host}" or _BAD_HOST.search(host):
        raise ValueError(f"not a host name: {parts.netloc!r}")
    return host


def _ipv6(host: str) -> IPv6Address:
    address = IPv6Address(host)
    if address.scope_id is not None:
        raise ValueError(f"an address within one machine's network: {host!r}")
    return address


def _ascii_host(host: str) -> str:
    """Return `host` with its international labels as browsers and resolvers write them.

    Source:
        RFC 5891; Unicode Technical Standard 46 without its transitional processing.
    """
    if len(host) > _MAX_HOST_CHARS:
        raise ValueError(f"a host name of {len(host)} characters")
    return _SHARP_LABEL.sub(_punycode, host).encode("idna").decode("ascii").lower()


def _punycode(label: re.Match[str]) -> str:
    pieces = re.split("([ßς])", label[0])
    prepared = "".join(piece if piece in ("ß", "ς") else nameprep(piece) for piece in pieces)
    return "xn--" + prepared.encode("punycode").decode("ascii")


def _desktop_host(host: str) -> str:
    """Return `host` without the labels that stand for the mobile edition."""
    domain = registrable_domain(host)
    if domain is None:
        return host
    labels = host.removesuffix(domain).split(".")
    return ".".join(label for label in labels if label not in _MOBILE_LABELS) + domain


def _plain(path: str) -> str:
    """Return `path` without session, in the one way to write it."""
    return _without_dot_segments(_SESSION.sub("", _escaped(path)))


def _without_dot_segments(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _escaped(text: str) -> str:
    """Return `text` with what must be escaped escaped, and nothing else."""
    text = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", _STRAY_PERCENT.sub("%25", text))
    text = quote(text, safe="%/:?#[]@!$&'()*+,;=-._~|")
    return _ESCAPE.sub(_plain_if_unreserved, text)


def _plain_if_unreserved(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()


def _meaningful_query(query: str) -> str:
    fields = (_ESCAPED_AMPERSAND.sub("", _escaped(field)) for field in query.split("&"))
    return "&".join(field for field in fields if field and not is_tracking(field))
