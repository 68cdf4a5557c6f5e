"""The part that each line of a plain text plays: headline, body, caption, credit."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.pages.agencies import is_agency_trailer
from extractors.pages.textfilter import is_boilerplate, is_byline, is_credit, is_stamp
from extractors.records import Role

_SOURCES = (
    r"(?:Getty|AFP|AP|Reuters|REUTERS|dpa|EPA|Shutterstock|iStock|Imago|IMAGO|Alamy|Bloomberg|PA"
    r"|Pool|NurPhoto|Anadolu|ANSA|EFE|AAP|Xinhua|Sipa|SIPA|Zuma|ZUMA|Keystone|Flickr|Wikimedia)"
)
#: "… in Chisinau. (AP Photo/Jo Doe, Pool)", "… (Jo Doe/Agency Images)", "… Photo: Jo Doe"
_CREDITED = re.compile(
    r"[(\[](?:[^()\[\]]{0,40}\b(?:photo|photograph|image|picture|foto|file pic|screenshot"
    r"|screengrab|courtesy)s?\b[^()\[\]]{0,80}"
    rf"|[^()\[\]]{{1,60}}/\s?[^()\[\]]{{0,30}}\b{_SOURCES}\b[^()\[\]]{{0,40}}"
    rf"|(?:[^()\[\]]{{1,40}}\bvia\s)?{_SOURCES} (?:Images|Photo|Pool)[^()\[\]]{{0,30}}"
    r"|©[^()\[\]]{1,80})[)\]][\s.]*$"
    r"|\b(?:photo(?:graph)?|image|picture|credit|foto)s?(?: by| credit)?: ?[^.:]{3,60}\.?$",
    re.IGNORECASE,
)
#: "ZOLOTE, UKRAINE - DECEMBER 12: on …", "FILE PHOTO: …"
_DATED = re.compile(
    r"^(?:[A-ZÀ-Þ][A-ZÀ-Þ.,’' -]{2,60}\s[-–—]\s(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
    r"[A-Z]*\.? \d{1,2}(?:, \d{4})?\s?:|FILE(?: PHOTO| IMAGE)?\s?[-–—:]\s)"
)
_SIDES = re.compile(
    r"^(?:pictured|above|below|file photo|photo|image)\s?[:(]|^\([LR](?:-[LR])?\)\s", re.I
)
_QUOTED = re.compile('["“”„«»‘]')
_CLOSED = re.compile(r"[.!?…:;,][\"”’')\]»]*$")
_PART_OF_NAME = r"(?:[A-ZÀ-Þ][\w.’'-]*|de|van|von|der|al|bin|of|the)"
_NAME = re.compile(rf"^{_PART_OF_NAME}(?: {_PART_OF_NAME}){{0,6}}$")
_LINKS_OUT = re.compile(
    r"^follow [^.!?]{2,80} on (?:facebook|twitter|x|instagram|bluesky|threads|linkedin)\b"
    r"|having (?:issues|trouble|problems) with commenting",
    re.IGNORECASE,
)

_INVISIBLE = "\ufeff\u200b"  #: a byte order mark, and blanks without width
_LINE = re.compile(r"[^\S\n]*(\S(?:[^\r\n\u2028\u2029]*[^\s])?)")
_BLOCK = re.compile(r"\s*(\S(?:(?!\n[^\S\n]*\n).)*(?<=\S))", re.DOTALL)
_MAX_WRAPPED_CHARS = 100

_HEADLINE_MAX_WORDS = 30
_HEADING_MAX_WORDS = 12
_STANDFIRST_MAX_WORDS = 40
_CAPTION_MAX_WORDS = 130


def roles_of(lines: Sequence[str]) -> tuple[Role, ...]:
    """Return the role of each paragraph of a plain text, in order.

    Args:
        lines: the paragraphs, without blanks around them.
    """
    lines = [" ".join(line.split()) for line in lines]
    firm = [_firm_role(line) for line in lines]
    headline = _headline_index(lines, firm)
    return tuple(
        role or _role_in_place(lines, firm, index, headline) for index, role in enumerate(firm)
    )


def _firm_role(line: str) -> Role | None:
    """Return the role that a line shows by itself; None for what its place decides."""
    if is_credit(line) or is_agency_trailer(line):
        return "credit"
    if is_byline(line):
        return "byline"
    if is_stamp(line):
        return "boilerplate"
    if _is_caption(line):
        return "caption"
    spoken = _QUOTED.search(line) is not None
    return (
        "boilerplate" if _LINKS_OUT.search(line) or (not spoken and is_boilerplate(line)) else None
    )


def _is_caption(line: str) -> bool:
    if len(line.split()) > _CAPTION_MAX_WORDS:
        return False
    return bool(_CREDITED.search(line) or _DATED.match(line) or _SIDES.search(line))


def _headline_index(lines: Sequence[str], firm: Sequence[Role | None]) -> int | None:
    """Return which line is the headline: the first that tells, if it is short and unclosed."""
    index = next((i for i, role in enumerate(firm) if role is None), None)
    if index is None or index > 2 or not any(role is None for role in firm[index + 1 :]):
        return None
    line = lines[index]
    is_short = len(line.split()) <= _HEADLINE_MAX_WORDS
    return index if is_short and not _CLOSED.search(line.replace("?", "")) else None


def _role_in_place(
    lines: Sequence[str], firm: Sequence[Role | None], index: int, headline: int | None
) -> Role:
    line = lines[index]
    if index == headline:
        return "headline"
    if _leads_to_caption(lines, firm, index):
        return "caption"
    if headline is not None and index == headline + 1 and _is_standfirst(lines, firm, index):
        return "standfirst"
    return "heading" if _is_heading(line) and index + 1 < len(lines) else "body"


def _leads_to_caption(lines: Sequence[str], firm: Sequence[Role | None], index: int) -> bool:
    """Return whether a line is only the name that the caption after it begins or goes on with."""
    if index + 1 >= len(lines) or firm[index + 1] != "caption":
        return False
    return _NAME.match(lines[index]) is not None and lines[index] in lines[index + 1]


def _is_standfirst(lines: Sequence[str], firm: Sequence[Role | None], index: int) -> bool:
    """Return whether the line after the headline sums up: a byline follows, or it is unclosed."""
    if len(lines[index].split()) > _STANDFIRST_MAX_WORDS or index + 1 >= len(lines):
        return False
    return firm[index + 1] in ("byline", "credit") or not _CLOSED.search(lines[index])


def _is_heading(line: str) -> bool:
    short = len(line.split()) <= _HEADING_MAX_WORDS
    return short and not _CLOSED.search(line.replace("?", "")) and not _QUOTED.search(line)


def paragraphs_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each paragraph of `text`, blanks around it left out.

    A paragraph is a line; in a text wrapped to a width it is a block between blank lines.
    """
    pattern = _BLOCK if _is_wrapped(text) else _LINE
    for match in pattern.finditer(text):
        start, end = match.span(1)
        while start < end and (text[start] in _INVISIBLE or text[start].isspace()):
            start += 1
        while start < end and (text[end - 1] in _INVISIBLE or text[end - 1].isspace()):
            end -= 1
        if start < end:
            yield start, end


def _is_wrapped(text: str) -> bool:
    """Return whether lines end where a width ended them: in mid-sentence, block after block."""
    lines = [line.strip() for line in text[:20_000].split("\n")]
    pairs = [(a, b) for a, b in pairwise(lines) if a and b]
    width = max(map(len, lines))
    if len(pairs) < 3 or width > _MAX_WRAPPED_CHARS:
        return False
    broken = sum(not _CLOSED.search(a) and 2 * len(a) > width for a, _ in pairs)
    return broken * 2 > len(pairs)
