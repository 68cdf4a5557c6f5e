"""The signs that quotation marks are written with, and what the neighbours of each let it do."""

import re
from typing import NamedTuple

from extractors.records import Paragraph


class Mark(NamedTuple):
    """A quotation mark or apostrophe: `text[start:end]`.

    A tuple, since a hostile page can be made of nothing but marks: a dataclass takes twice as long.
    """

    start: int
    end: int
    sign: str
    opens: bool  #: by its sign and neighbours it can open
    closes: bool


#: Marks that open, and what closes each: the proper mark first, then what careless typing gives.
CLOSERS = {
    "“": ("”", '"', "“", "''", "’’"),
    "”": ("”",),
    '"': ('"', "”", "''"),
    "''": ("''", "”", '"'),
    "``": ("''", '"', "”"),
    "‘‘": ("’’", "”", "''"),
    ",,": ("''", "”", "“", '"', "’’"),
    "„": ("“", "”", '"', "‟"),
    "‟": ("”", '"'),
    "«": ("»",),
    "»": ("«",),
    "‹": ("›",),
    "›": ("‹",),
    "「": ("」",),
    "『": ("』",),
    "‘": ("’", "'"),
    "'": ("'", "’"),
    "‚": ("‘", "’", "'"),
}
SINGLE = frozenset("‘'‚’")
#: What stands between a quotation and who signs it, or around a remark within it.
DASHES = frozenset("-–—―")
FULL_STOPS = frozenset(".!?")
SENTENCE_ENDS = FULL_STOPS | {"…"}
#: After a quotation left open, these may begin the next paragraph.
CONTINUES = {
    "“": ("“", '"'),
    "”": ("”",),
    '"': ('"', "“", "”"),
    "''": ("''", "``"),
    "``": ("``", "''"),
    "‘‘": ("‘‘",),
    ",,": (",,",),
    "„": ("„",),
    "«": ("«", "»"),
    "‘": ("‘",),
    "'": ("'",),
}
_OPENING_ONLY = frozenset({"„", "‚", "「", "『", "``", "‘‘", ",,"})

#: A longer run, with or without blanks, is an ornament or damage, not quotation.
_MAX_RUN = 8  #: characters
_SIGN = r"(?:[\"“”„‟«»‹›‘’‚'`「」『』]|(?<![\w,]),,(?=\w))"
_RUN = re.compile(rf"{_SIGN}+(?:\s?{_SIGN}+)*")
_IN_RUN = re.compile(r"(?<=\S)'(?=''(?!'))|''|``|‘‘|’’|,,|[\"“”„‟«»‹›‘’‚'「」『』]")
_INCHES = re.compile(r"\d['’′] ?\d{1,2}(?:\.\d+)?\Z")
_LONGEST_INCHES = 8  #: characters
_BEFORE_OPENING = frozenset("([{<—–―-/|…\u200b\"“„«‹‘‚'`")
_AFTER_CLOSING = frozenset(".,;:!?)]}>—–―-/|…*\"”»›’'")


def marks_in(text: str, paragraph: Paragraph) -> list[Mark]:
    """Return the marks of one paragraph, in order; inches (6'3") and ornaments left out."""
    return [
        _placed(text, paragraph, found.start(), found.end())
        for run in _RUN.finditer(text, paragraph.start, paragraph.end)
        if run.end() - run.start() <= _MAX_RUN
        for found in _IN_RUN.finditer(text, run.start(), run.end())
        if not (found[0] == '"' and _measures(text, paragraph.start, found.start()))
    ]


def _measures(text: str, begin: int, at: int) -> bool:
    """Answer whether feet and inches stand before `at`."""
    return bool(_INCHES.search(text[max(begin, at - _LONGEST_INCHES) : at]))


def _placed(text: str, paragraph: Paragraph, start: int, end: int) -> Mark:
    """Return the mark `text[start:end]` with what its neighbours let it do."""
    sign = text[start:end]
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    gap_before = before.isspace() or before in _BEFORE_OPENING
    gap_after = after.isspace() or after in _AFTER_CLOSING
    opens = gap_before and not after.isspace()
    closes = gap_after and not before.isspace()
    if not opens and not closes:
        # 'said:"No"' opens, '" No "' may do either, '6"x4' neither.
        opens = before in ",:;" or (before.isspace() and after.isspace())
        closes = before.isspace() and after.isspace()
    if sign in _OPENING_ONLY:
        return Mark(start, end, sign, opens=True, closes=False)
    if sign == "“":
        opens = opens or not closes
    elif sign in {"”", "’’"}:
        opens, closes = opens and not closes, True
    return Mark(start, end, sign, opens=opens, closes=closes)
