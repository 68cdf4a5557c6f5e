"""Addresses: one spelling for each page, the ids made from it, and whose site it is.

Canonical addresses are names, not targets: fetch what the feed gave, file it under this.
"""

import hashlib
import re
from encodings.idna import nameprep
from functools import cache
from ipaddress import IPv6Address, ip_address
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from publicsuffixlist import PublicSuffixList

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
_MOBILE_LABELS = frozenset({"m", "mobile", "amp"})
_AMP_HEAD = re.compile("^(?:/amp)+(?=/[^/])")
_AMP_TAIL = re.compile(r"(?<=[^/])(?:/amp/?|\.amp)$")
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
#: An ampersand that was escaped for HTML once too often leaves this at the head of the next field.
_ESCAPED_AMPERSAND = re.compile("^(?:amp;)+")

#: Parameters that say where the reader came from, never what is shown. Collected from the
#: documentation of the advertisers, mailers and analytics tools that add them.
_TRACKING_PREFIXES = (
    "utm_", "mtm_", "matomo_", "pk_", "piwik_", "hsa_", "at_", "ns_", "trk_", "oly_", "vero_",
    "guce_", "__twitter_", "amp_", "fb_", "gaa_", "gad_", "wt.",
)  # fmt: skip
_TRACKING = frozenset(
    {
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid",
        "ttclid", "li_fat_id", "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi",
        "_ga", "_gl", "ref_src", "ref_url", "guccounter", "xtor", "cmpid", "cmp", "ocid", "smid",
        "s_cid", "icid", "ito", "ftag", "wt_mc", "wt_zmc", "spm", "sref", "traffic_source",
        "algo_expid", "soc_src", "soc_trk", "share_id", "_openstat", "rb_clickid", "campaign_id",
        "partner", "dicbo", "jsessionid", "phpsessid", "usqp", "mc_tc", "mibextid", "rdt_cid",
        "sccid", "srsltid", "epik", "ef_id", "s_kwcid", "irclickid", "_branch_match_id", "_kx",
        "ck_subscriber_id", "taid", "__s", "__hssc", "__hstc", "__hsfp", "hsctatracking",
    }
)  # fmt: skip
#: Parameters that may mean something, unless their value is the name of a channel.
_CHANNEL_KEYS = frozenset({"ref", "source", "src", "from", "via", "feed", "origin"})
_CHANNELS = frozenset(
    {"rss", "rss2", "atom", "feed", "feeds", "twitter", "facebook", "fb", "whatsapp", "email",
     "newsletter", "instagram", "linkedin", "telegram", "googlenews", "share", "social"}
)  # fmt: skip
_AMP_VALUES = frozenset({"", "1", "true", "amp"})


def canonical_url(url: str, base: str | None = None) -> str:
    """Return the one spelling of `url` that all addresses of the same page share.

    Case of scheme and host, default port, dot segments, escapes, fragment, credentials,
    tracking parameters and the usual AMP and mobile variants are folded; every other parameter
    stays, in its order. Folding twice changes nothing.

    Args:
        url: absolute, or relative to `base`.
        base: address of the page that `url` was found on, if it may be relative.

    Raises:
        ValueError: not an http or https address, or one that names no host.

    Source:
        RFC 3986 section 6; the lists of parameters are our own.
    """
    cleaned = _CONTROLS.sub("", url).strip()
    parts = urlsplit(urljoin(base, cleaned) if base else cleaned)
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        raise ValueError(f"not an http(s) address: {url!r}")
    host = _desktop_host(_host_of(parts))
    port = parts.port
    netloc = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    query = _meaningful_query(parts.query)
    fragment = f"#{_escaped(parts.fragment)}" if re.match("!.", parts.fragment) else ""
    return f"{scheme}://{netloc}{_path(parts.path)}{'?' if query else ''}{query}{fragment}"


def article_id_of(canonical: str) -> str:
    """Return the id of the article at a canonical address: 20 hexadecimal digits.

    Scheme and a leading `www.` don't count: sites answer under all four with the same page.
    """
    return _digest(re.sub(r"^https?://(www\.)?", "", canonical))


def feed_id_of(url: str) -> str:
    """Return the id of the feed first subscribed as `url`, letter for letter: 20 hex digits."""
    return _digest(url)


def entry_id_of(feed_id: str, key: str) -> str:
    """Return the id of a feed's item: 20 hexadecimal digits.

    Args:
        feed_id: the feed that lists it.
        key: its guid, else its link, else title and date.
    """
    return _digest(f"{feed_id}\n{key}")


def registrable_domain(host: str) -> str | None:
    """Return the part of `host` that somebody registered: `bbc.co.uk` of `news.bbc.co.uk`.

    None for IP addresses, single-label hosts and public suffixes themselves.

    Source:
        publicsuffix.org, both its sections; an unlisted top level counts as a suffix.
    """
    host = host.lower().strip("[]").rstrip(".")
    if not host or _is_ip(host):
        return None
    return _suffixes().privatesuffix(host)


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


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:20]


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


def _path(path: str) -> str:
    path = _without_dot_segments(_SESSION.sub("", _escaped(path)))
    path = _AMP_HEAD.sub("", path)
    end = len(path)
    while tail := _AMP_TAIL.search(path, max(end - 5, 0), end):
        end = tail.start()
    return path[:end]


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
    return "&".join(field for field in fields if field and not _is_tracking(field))


def _is_tracking(field: str) -> bool:
    name, _, value = field.lower().partition("=")
    if name in _TRACKING or name.startswith(_TRACKING_PREFIXES):
        return True
    if name == "amp" and value in _AMP_VALUES:
        return True
    if name == "outputtype" and value.startswith("amp"):
        return True
    return name in _CHANNEL_KEYS and value in _CHANNELS
