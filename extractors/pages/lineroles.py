"""The part that each line of a plain text plays: headline, body, caption, credit."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.dates import written_time
from extractors.pages.linesigns import QUOTED, firm_role
from extractors.records import Role

_LISTED = re.compile(r"^(?:[-–—•*·]|\d{1,2}[.)])\s")
_DIGIT = re.compile(r"\d")
_CLOSED = re.compile(r"[.!?…:;,][\"”’')\]»]*$")
_PART_OF_NAME = r"(?:[A-ZÀ-Þ][\w.’'-]*|de|van|von|der|al|bin|of|the)"
_NAME = re.compile(rf"^{_PART_OF_NAME}(?: {_PART_OF_NAME}){{0,6}}$")
_LABELLED = re.compile(r"^(?:[QA]|[A-ZÀ-Þ][A-ZÀ-Þ .’'-]{1,40})\s?[:.]\s|^\(.*\)$")
#: "Ada Quill", "ADA QUILL and Bo Ek"
_SIGNATURE = re.compile(
    r"^[A-ZÀ-Þ][\w.’'-]+(?: (?:[A-ZÀ-Þ][\w.’'-]*|de|van|von|der|al|bin)){1,3}"
    r"(?:(?:,| and| und| et| y| e| &) [A-ZÀ-Þ][\w.’'-]+(?: [A-ZÀ-Þ][\w.’'-]*){1,3}){0,3}$"
)
#: What stands below a byline: "Gazette News, Lindby", "Political editor"
_POST = re.compile(
    r"\b(?:news|press|agency|correspondent|reporter|editor|writer|staff|times|post|gazette|herald)\b",
    re.IGNORECASE,
)
#: "Ada Quill is a reporter at The Gazette."
_ABOUT_AUTHOR = re.compile(
    r"^(?:[A-ZÀ-Þ][\w.’'-]+ ){2,4}(?:(?:covers|writes|reports) (?:about|for|on|from|[a-z]+ for)\b"
    r"|is (?:an? |the )?[^.,]{0,60}\b(?:reporter|correspondent|writer|columnist|editor|journalist"
    r"|contributor|professor|fellow|author)\b)"
)

_INVISIBLE = "\ufeff\u200b"  #: a byte order mark, and blanks without width
_LINE = re.compile(r"[^\S\n]*(\S(?:[^\r\n\u2028\u2029]*[^\s])?)")
_BLOCK = re.compile(r"\s*(\S(?:(?!\n[^\S\n]*\n).)*(?<=\S))", re.DOTALL)
_MAX_WRAPPED_CHARS = 100

_HEADLINE_MAX_WORDS = 30
_HEADING_MAX_WORDS = 12
_STANDFIRST_MAX_WORDS = 40
_POST_MAX_WORDS = 6
_ABOUT_MAX_WORDS = 45
#: How far from the top a byline or date stands, and how far from the end what follows the text.
_HEAD_LINES = 6
_TAIL_LINES = 6


def roles_of(lines: Sequence[str]) -> tuple[Role, ...]:
    """Return the role of each paragraph of a plain text, in order.

    Args:
        lines: the paragraphs, without blanks around them.
    """
    lines = [" ".join(line.split()) for line in lines]
    firm = [firm_role(line) for line in lines]
    headline = _headline_index(lines, firm)
    if headline is not None:
        firm[headline] = "headline"
        _sign(lines, firm, headline)
    _close(lines, firm)
    summary = None if headline is None else _standfirst_index(lines, firm, headline)
    return tuple(
        role or ("standfirst" if index == summary else _role_in_place(lines, firm, index))
        for index, role in enumerate(firm)
    )


def _sign(lines: Sequence[str], firm: list[Role | None], headline: int) -> None:
    """Mark the names, posts and dates that stand between headline and text."""
    for index in range(headline + 1, min(headline + _HEAD_LINES, len(lines) - 1)):
        line, above = lines[index], firm[index - 1]
        if firm[index] is not None or _leads_to_caption(lines, firm, index):
            continue
        words = len(line.split())
        is_post = above == "byline" and words <= _POST_MAX_WORDS and _POST.search(line) is not None
        is_near = index <= headline + 2 and not (line.isupper() and above is None)
        if is_post or ((is_near or above == "byline") and _SIGNATURE.match(line)):
            firm[index] = "byline"
        elif words <= _POST_MAX_WORDS and _DIGIT.search(line) and written_time(line):
            firm[index] = "boilerplate"
        elif words > _STANDFIRST_MAX_WORDS:
            return


def _close(lines: Sequence[str], firm: list[Role | None]) -> None:
    """Mark what the very last lines say about the author."""
    for index in range(len(lines) - 1, max(1, len(lines) - _TAIL_LINES), -1):
        line = lines[index]
        is_about = len(line.split()) <= _ABOUT_MAX_WORDS and _ABOUT_AUTHOR.match(line)
        if firm[index] is None and (not is_about or QUOTED.search(line)):
            return
        firm[index] = firm[index] or "boilerplate"


def _headline_index(lines: Sequence[str], firm: Sequence[Role | None]) -> int | None:
    """Return which line is the headline: the first that tells, if it is short and unclosed."""
    index = next((i for i, role in enumerate(firm) if role is None), None)
    if index is None or index > 2 or not any(role is None for role in firm[index + 1 :]):
        return None
    line = lines[index]
    is_short = len(line.split()) <= _HEADLINE_MAX_WORDS
    return index if is_short and not _CLOSED.search(line.replace("?", "")) else None


def _standfirst_index(
    lines: Sequence[str], firm: Sequence[Role | None], headline: int
) -> int | None:
    """Return which line sums up: the first below the headline, if unclosed or signed."""
    index = next((i for i in range(headline + 1, len(lines)) if firm[i] is None), len(lines))
    if index + 1 >= len(lines) or len(lines[index].split()) > _STANDFIRST_MAX_WORDS:
        return None
    if _LABELLED.match(lines[index]) or _leads_to_caption(lines, firm, index):
        return None
    is_signed = index == headline + 1 and firm[index + 1] == "byline"
    return index if is_signed or not _CLOSED.search(lines[index]) else None


def _role_in_place(lines: Sequence[str], firm: Sequence[Role | None], index: int) -> Role:
    if _leads_to_caption(lines, firm, index):
        return "caption"
    return "heading" if _is_heading(lines[index]) and index + 1 < len(lines) else "body"


def _leads_to_caption(lines: Sequence[str], firm: Sequence[Role | None], index: int) -> bool:
    """Return whether a line is only the name that the caption after it begins or goes on with."""
    if index + 1 >= len(lines) or firm[index + 1] != "caption":
        return False
    return _NAME.match(lines[index]) is not None and lines[index] in lines[index + 1]


def _is_heading(line: str) -> bool:
    if QUOTED.search(line) or _LABELLED.match(line) or _LISTED.match(line):
        return False
    short = len(line.split()) <= _HEADING_MAX_WORDS
    return short and not _CLOSED.search(line.replace("?", ""))


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
