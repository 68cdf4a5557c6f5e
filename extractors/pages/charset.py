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
_UTF8 = "utf-8"
_WIDE_WITHIN = 512
#: Markup is ASCII, whatever its text is, and every second byte of that is NUL.
_WIDE_SHARE = 0.25
_GOOD_PER_WRONG = 10
_NO_ASCII = re.compile(r"[^\x00-\x7f]+")
_ESCAPE = re.compile(rb"\x1b\$[@B]")
_LANGUAGE = re.compile(rb"<html[^>]{0,400}?\slang\s*=\s*[\"']?([a-z]{2})\b", re.IGNORECASE)
#: What browsers take a page in that language to be in, if nothing else tells.
_OF_LANGUAGES = {
    b"ar": "cp1256", b"bg": "cp1251", b"cs": "cp1250", b"el": "cp1253", b"fa": "cp1256",
    b"he": "cp1255", b"hr": "cp1250", b"hu": "cp1250", b"ja": "cp932", b"ko": "cp949",
    b"lt": "cp1257", b"lv": "cp1257", b"pl": "cp1250", b"ru": "cp1251", b"sk": "cp1250",
    b"sl": "cp1250", b"sr": "cp1251", b"th": "cp874", b"tr": "cp1254", b"uk": "cp1251",
    b"vi": "cp1258", b"zh": "gb18030",
}  # fmt: skip


def decoded(body: bytes, content_type: str | None = None) -> str:
    """Return the characters of `body`; what cannot be decoded becomes U+FFFD.

    The byte order mark decides, then UTF-8 if the bytes are valid in it but for a few, then the
    HTTP header, then the page's own declaration, then detection, then the page's language. Bytes
    that are no ASCII and yet valid UTF-8 are hardly ever anything else, whatever header or page
    say. A header of Latin-1 is often the server's default, so there the page goes first.

    Args:
        body: as received, content-encoding undone.
        content_type: the header's value, parameters included.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace")
    if wide := _wide(body):
        return body.decode(wide, "replace")
    for name in _candidates(body, content_type):
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            if name == _UTF8 and _is_mostly_utf8(body):
                break
    else:
        return body.decode(_likeliest(body, content_type), "replace")
    return body.decode(_UTF8, "replace")


def _wide(body: bytes) -> str | None:
    """Return which UTF-16 a page is in that begins without a mark."""
    begin = body[:_WIDE_WITHIN].lstrip(b" \t\r\n\0")[:3]
    odd, even = body[1:_WIDE_WITHIN:2].count(0), body[:_WIDE_WITHIN:2].count(0)
    if begin[:1] != b"<" or max(odd, even) < len(body[:_WIDE_WITHIN]) * _WIDE_SHARE:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_mostly_utf8(body: bytes) -> bool:
    """Return whether damage of a few bytes is all that keeps `body` from being UTF-8."""
    text = body.decode(_UTF8, "replace")
    wrong = text.count("\ufffd")
    return wrong * _GOOD_PER_WRONG <= sum(len(run) for run in _NO_ASCII.findall(text)) - wrong


def _stated(body: bytes, content_type: str | None) -> list[str]:
    """Return the charsets that header and page state, the likelier first."""
    names = [name for name in (_in_header(content_type), _in_page(body)) if name]
    return names[::-1] if names[:1] == ["cp1252"] else names


def _candidates(body: bytes, content_type: str | None) -> list[str]:
    stated = _stated(body, content_type)
    # These look like ASCII, and so like UTF-8; but no other text has their escapes.
    seven_bits = ["iso2022_jp"] if _ESCAPE.search(body) else []
    return [*seven_bits, _UTF8, *stated]


def _likeliest(body: bytes, content_type: str | None) -> str:
    """Return the charset to decode with when none fits without an error."""
    if stated := _stated(body, content_type):
        return stated[0]
    detected = _known(detect_encoding(body[:_DETECTED_FROM]))
    if detected and detected != _UTF8:
        return detected
    language = _LANGUAGE.search(body[:_DECLARED_WITHIN])
    return _OF_LANGUAGES.get(language[1].lower(), "cp1252") if language else "cp1252"


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
