"""A feed's body made readable: unpacked, and in UTF-8 whatever it came in."""

import codecs
import re
import zlib
from dataclasses import replace

from extractors.errors import FeedError
from extractors.records import Page

#: How a body begins that is a gzip file in itself.
GZIP = b"\x1f\x8b\x08"
_MOST_BYTES = 15_000_000
#: A list of links shrinks to a thirtieth; what shrinks more than this was made to fill memory.
_MOST_RATIO = 200
_FREE_BYTES = 1_000_000  #: up to here any ratio is harmless
_MOST_MEMBERS = 64

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_CLAIMED = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^<>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_DECLARED_WITHIN = 1_024  #: warnings of programs may stand before it
_SEVEN_BITS = "iso2022"
#: Browsers read the charset on the left as the one on the right, which has all of its characters.
_SUPERSETS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
}  # fmt: skip
#: Of what Python calls a charset, the families that are one; "idna" and "unicode_escape" are not.
_FAMILIES = (
    "utf-8", "cp", "iso8859", "iso2022_jp", "koi8", "gb18030", "hz", "big5", "euc_jp", "mac-",
    "tis-620", "johab",
)  # fmt: skip
_NOT_ASCII = re.compile(r"[^\x00-\x7f\ufffd]")
#: What XML 1.0 has no characters for.
_CONTROLS = bytes(number for number in range(0x20) if chr(number) not in "\t\n\r")
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())


def readable(page: Page) -> Page:
    """Return `page` with its body unpacked and in UTF-8, without what XML has no characters for.

    Unpacked is a file that is gzip in itself, as sitemaps are, whatever its media type.

    Raises:
        FeedError: `empty`; `malformed` for a torn archive; `too_large` for one that swells.
    """
    body = _unpacked(page) if page.body.startswith(GZIP) else page.body
    body = characters_of(body, page.header("Content-Type") or "").encode("utf-8", "replace")
    body = body.translate(None, _CONTROLS)
    for noncharacter in _NONCHARACTERS:
        body = body.replace(noncharacter, b"")
    body = _REFERENCE.sub(_possible_reference, body.removeprefix(codecs.BOM_UTF8).strip())
    if not body:
        raise FeedError(page.url, "empty", "the server gave an empty document")
    return replace(page, body=body)


def _unpacked(page: Page) -> bytes:
    most = min(_MOST_BYTES, max(_FREE_BYTES, _MOST_RATIO * len(page.body)))
    found = bytearray()
    rest = page.body
    for _ in range(_MOST_MEMBERS):
        member = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        try:
            found += member.decompress(rest, most + 1 - len(found))
        except zlib.error as error:
            raise FeedError(page.url, "malformed", f"the gzip file is damaged: {error}") from error
        if len(found) > most:
            raise FeedError(page.url, "too_large", f"the gzip file unpacks to over {most} bytes")
        if not member.eof:
            raise FeedError(page.url, "malformed", "the gzip file breaks off before its end")
        rest = member.unused_data
        if not rest.startswith(GZIP):
            return bytes(found)
    raise FeedError(page.url, "malformed", f"the gzip file has over {_MOST_MEMBERS} members")


def characters_of(body: bytes, content_type: str) -> str:
    """Return the characters of `body`: what decodes as UTF-8 is UTF-8, whatever it claims.

    Source:
        RFC 7303, 3.2, for the rest: a byte order mark, then the header, then the declaration.
    """
    marked = marked_charset(body)
    if marked:
        return body.decode(marked, "replace")
    stated = _stated(body, content_type)
    seven_bits = [name for name in stated if name.startswith(_SEVEN_BITS)]  # look like ASCII
    for name in (*seven_bits, "utf-8", *stated):
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    return _mended(body, stated)


def marked_charset(body: bytes) -> str | None:
    """Return the charset of wide characters that the first bytes of `body` show, if any."""
    return next((name for mark, name in _MARKS if body.startswith(mark)), None)


def _stated(body: bytes, content_type: str) -> list[str]:
    claimed, declared = _CLAIMED.search(content_type), _DECLARED.search(body, 0, _DECLARED_WITHIN)
    labels = (claimed and claimed[1], declared and declared[1].decode("ascii", "replace"))
    return [name for label in labels if label and (name := _charset(label))]


def _charset(label: str) -> str | None:
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(name, name) if name.startswith((*_FAMILIES, *_SUPERSETS)) else None


def _mended(body: bytes, stated: list[str]) -> str:
    """Return characters where no charset fits: one bad byte in UTF-8, or Windows' own charset."""
    others = [name for name in stated if name != "utf-8"]
    if others:
        return body.decode(others[0], "replace")
    text = body.decode("utf-8", "replace")
    is_utf8 = len(_NOT_ASCII.findall(text)) >= text.count("\N{REPLACEMENT CHARACTER}")
    return text if is_utf8 else body.decode("cp1252", "replace")


def _possible_reference(match: re.Match[bytes]) -> bytes:
    digits = match[1] or match[2]
    number = int(digits, 16 if match[1] else 10) if len(digits) < 10 else -1
    is_character = 0 < number < 0xD800 or 0xDFFF < number < 0x110000
    return match[0] if is_character else "\N{REPLACEMENT CHARACTER}".encode()
