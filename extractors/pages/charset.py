"""Bytes of a page into its characters."""

import codecs
import re

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_DECLARED = re.compile(
    rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?([\w.:-]+)|<\?xml[^>]{0,200}?encoding=[\"']([\w.:-]+)",
    re.IGNORECASE,
)
#: One page in five declares its charset after byte 1,024, where browsers stop looking.
_DECLARED_WITHIN = 65_536
_DETECTED_FROM = 65_536


def decoded(body: bytes, content_type: str | None = None) -> str:
    """Return the characters of `body`; what cannot be decoded becomes U+FFFD, NUL is dropped.

    The byte order mark decides, then UTF-8 if the bytes are valid in it, then the HTTP header,
    then the page's own declaration, then detection. Bytes that are no ASCII and yet valid UTF-8
    are hardly ever anything else, whatever header or page say.

    Args:
        body: as received, content-encoding undone.
        content_type: the header's value, parameters included.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace").replace("\0", "")
    for name in _candidates(body, content_type):
        try:
            return body.decode(name).replace("\0", "")
        except UnicodeDecodeError:
            continue
    return body.decode(_likeliest(body, content_type), "replace").replace("\0", "")


def _candidates(body: bytes, content_type: str | None) -> list[str]:
    stated = (_in_header(content_type), _in_page(body))
    # ISO-2022-JP and UTF-7 look like ASCII, so a stated charset of seven bits goes first.
    seven_bits = [name for name in stated if name and name.startswith("iso-2022")]
    return [*seven_bits, "utf-8", *(name for name in stated if name)]


def _likeliest(body: bytes, content_type: str | None) -> str:
    """Return the charset to decode with when none fits without an error."""
    stated = _in_header(content_type) or _in_page(body)
    return stated or _known(detect_encoding(body[:_DETECTED_FROM])) or "utf-8"


def _in_header(content_type: str | None) -> str | None:
    match = _HEADER.search(content_type or "")
    return _known(match[1]) if match else None


def _in_page(body: bytes) -> str | None:
    match = _DECLARED.search(body[:_DECLARED_WITHIN])
    return _known((match[1] or match[2]).decode("ascii", "replace")) if match else None


def _known(label: str | None) -> str | None:
    """Return Python's name for the charset that browsers take `label` for ("latin1": cp1252).

    None for what no browser knows: Python has codecs that are none of texts (`idna`, `rot13`).
    """
    name = map_encoding_to_html5(label, fallback_utf8=False) if label else None
    if not name:
        return None
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return None
    # A page that can say so in ASCII is not in UTF-16.
    return "utf-8" if codec.name.startswith("utf-16") else codec.name
